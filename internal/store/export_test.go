package store

// Waiting returns how many closures wait for the SQLite writer, so that a test can make some share a
// batch.
func Waiting(db *DB) int { return len(db.writer.queue) }
