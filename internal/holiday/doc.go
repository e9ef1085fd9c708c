// Package holiday keeps the days off and days worked (放假安排) that a bureau loads itself, for a year that
// the program does not know yet or that was changed during the year.
//
// A notice is imported as a draft batch and published by whoever keeps the bureau's settings. From then
// on every term is counted by it, on this node at once and on others within seconds, without a restart;
// the open terms that moved by it are listed.
package holiday
