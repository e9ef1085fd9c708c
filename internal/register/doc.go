// Package register keeps the ledgers of a bureau's work (台账): one engine for the many lists whose records are of the same
// nature. What a register asks, checks and counts is a definition (package definition), which comes with the program or is made
// on a page; records keep the edition under which they were last written.
package register
