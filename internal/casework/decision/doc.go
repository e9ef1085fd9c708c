// Package decision is the desk of the decision in the ordinary procedure: what is to be decided, collective discussion, approval, the
// decision with the elements of 行政处罚法第五十九条 or not to punish (行政处罚法第三十三条、第五十七条、第五十九条).
package decision
