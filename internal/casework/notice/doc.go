// Package notice is the desk of the prior notice and of what the party says to it: the notice with its content frozen,
// statement and defence point by point with reasoned answers, express waiver, notice anew (行政处罚法第四十四条、第四十五条、
// 第六十二条；住房和城乡建设行政处罚程序规定第二十二条).
package notice
