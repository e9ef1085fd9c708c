// Package casework handles penalty cases: the on-the-spot procedure (简易程序, 行政处罚法第五十一条 and following),
// whole, and the ground of the ordinary one (普通程序, 第五十四条 and following), whose desks are packages below.
//
// The procedures are the tables in flow*.go; the law's guards are the rules in rules_*.go; service*.go and, for
// desks, kernel.go join them with the store in one transaction per act. No step is possible in any way that does
// not pass through these commands.
package casework
