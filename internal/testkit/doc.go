// Package testkit is what tests need from outside: a clock that they set, an empty database of each
// engine, and golden files. It knows the store and the ledger and no capability: a slice's test passes
// the migrations that it needs.
//
// PostgreSQL tests use the server named by FADU_TEST_PG_URL or else start one of their own for the test
// process, in a temporary folder, on a Unix socket. Where the programs of PostgreSQL are missing these
// tests are skipped by name, unless CI is set, when that is a
// failure.
package testkit
