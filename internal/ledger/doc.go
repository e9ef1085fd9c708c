// Package ledger keeps 办案留痕: who did what, when, to what and why, as append-only entries written in
// the same transaction as the state that they change. An act whose entry cannot be written does not
// happen.
//
// Entries are numbered into leaves by one sequencer: on SQLite the writer appends them before each
// commit; on PostgreSQL one node does so under an advisory lock, at most half a second later. A leaf is
// SHA-256 over a fixed encoding of its entry, so that Verify finds what was changed, removed,
// re-ordered or inserted behind the program's back.
package ledger
