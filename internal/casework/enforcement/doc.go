// Package enforcement is the desk of execution: the application to the court with what courts send back, execution by the
// bureau where a statute grants it, performance by others, clearing at once, agreement, halt and end
// (行政处罚法第七十二条；行政强制法第三十七条至第四十四条、第五十条至第五十八条；城乡规划法第六十八条).
package enforcement
