// Package bank holds the questions that come with the program, as data: written by us, in Chinese, each with the
// articles that it rests on and the days on which it holds. It is pure; marking is internal/exam/grade.
//
// A file of data/ is one topic:
//
//	topic: 当场处罚
//	from: 2021-07-15        # the questions hold from this day; a question may state its own from and until
//	questions:
//	  - id: onspot-001
//	    type: single        # single, multiple, judgement, fill, order
//	    level: 1            # 1 to 3
//	    stem: 对公民当场作出罚款决定，罚款数额的上限是多少？
//	    options: [一百元, 二百元, 五百元, 一千元]
//	    answer: B           # ACD; 对 or 错; for an order the letters in their right order
//	    explain: 对公民处以二百元以下罚款，才能当场作出决定。
//	    refs: [XZCF-51]     # articles as scenes write them
//	    rules: [XZCF-51-1]  # ids of the rules that the question tests, if any
//
// A fill has ____ in its stem for every blank, no options and no answer but blanks: [[二百, 200元], [三千]], the accepted
// forms of each; forms that grade.Normalise brings together (二百, 200) need not be repeated.
package bank
