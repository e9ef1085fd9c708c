// Package practice decides when a person meets a question again: the FSRS-6 model of memory in its
// long-term mode, written from the published formulas; what rating an answer amounts to; which cards come up
// today; and when a question leaves the book of mistakes. It is pure: instants come in as values.
//
// Long-term mode knows no steps of minutes, for people practise once a day. Intervals are whole days without
// fuzz, so that anybody can repeat them.
package practice
