// Package law holds what a statute says in a form that a program can apply: dates, money, citations,
// facts, rules and the one evaluator of rules. It is pure: no I/O, no clock, no context.
//
// A rule is written once and serves the case page, the handheld, the training scene, the score of a
// closed file and the recheck door alike; they differ only in who fills the Facts.
package law
