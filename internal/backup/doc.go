// Package backup writes everything that a bureau has into one file while others go on working, and
// restores such a file into an empty place.
//
// A backup is a tar file: the rows of each table in parts (gzip, the text form of PostgreSQL's COPY, which
// both engines read), every blob by its digest, and at the end a manifest with the size and SHA-256 of
// each part, the migrations that the database has had, and the ledger's size and root. The manifest stands
// last, so a file that was cut has none. Rows come from one snapshot, and blobs are listed after it: no
// row is without its blob.
//
// Nothing of a backup is written before all of it was checked, and a restore that fails leaves nothing.
// Since the rows are neutral, a backup of one engine can be restored into the other.
package backup
