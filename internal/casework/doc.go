// Package casework handles penalty cases. So far: the on-the-spot procedure (简易程序, 行政处罚法第五十一条
// and following), from a patrol's lead to the closed and filed case, with its papers and its money.
//
// The procedure is the table in flow.go; the law's guards are the rules in rules_*.go; service*.go joins
// them with the store in one transaction per act. No step is possible in any way that does not pass
// through these commands.
package casework
