// Package hearing is the desk of the hearing (听证): asked in time, a host who did not investigate, notice seven full
// working days ahead, at most two agents, four steps, the record and the report on which the decision rests (行政处罚法
// 第六十三条至第六十五条；住房和城乡建设行政处罚程序规定第三十二条至第三十四条). The party pays nothing: there is no place to enter a fee.
package hearing
