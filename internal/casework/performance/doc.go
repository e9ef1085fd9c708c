// Package performance is the desk from the served decision to its performance: what was done on each duty, the surcharge,
// confiscated things, the demand before execution, and reconsideration and suit as far as they stop the count
// (行政处罚法第六十六条、第六十七条、第七十二条至第七十四条；行政强制法第三十四条至第三十六条、第四十五条、第五十四条).
package performance
