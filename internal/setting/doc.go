// Package setting keeps what a bureau decides for itself where the law leaves it a choice.
//
// A slice that needs a decision of the bureau declares an Item (key, meaning, basis, choices) as a
// package variable, exports it in its Settings list, which app merges, and reads it with Value. It
// stores nothing itself: the page, the console, the reasons and the ledger entries are here.
package setting
