// Package store keeps state: one interface over embedded SQLite (the default) and PostgreSQL.
//
// An Update is one closure in one transaction with Now fixed. On SQLite one writer goroutine commits
// whatever waits in one durable transaction, each closure in its own savepoint, so that a failing one
// leaves its neighbours alone; a closure is acknowledged only after the commit reached the disk. On
// PostgreSQL each closure is a SERIALIZABLE transaction of its own, retried on conflict. Closures
// therefore may run more than once: they do database work only and keep nothing from a failed run.
package store
