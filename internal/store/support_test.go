package store_test

import (
	"context"
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"fadu/internal/store"
	"fadu/internal/testkit"
)

// toys are tables to break: one with constraints and triggers, one that refuses by a deferred key.
var toys = []fs.FS{fstest.MapFS{
	"m/9001_create_toys.sql": {Data: []byte(`-- +goose Up
CREATE TABLE toy (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE, n BIGINT NOT NULL DEFAULT 0, version BIGINT NOT NULL DEFAULT 1);
CREATE TABLE part (id BIGINT NOT NULL PRIMARY KEY, toy BIGINT NOT NULL REFERENCES toy (id) DEFERRABLE INITIALLY DEFERRED);
`)},
	"m/9002_refuse_names.sqlite.sql": {Data: []byte(`-- +goose Up
-- +goose StatementBegin
CREATE TRIGGER toy_abort BEFORE INSERT ON toy WHEN NEW.name = 'abort' BEGIN SELECT RAISE(ABORT, 'no'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER toy_rollback BEFORE INSERT ON toy WHEN NEW.name = 'rollback' BEGIN SELECT RAISE(ROLLBACK, 'no'); END;
-- +goose StatementEnd
`)},
	"m/9002_refuse_names.pg.sql": {Data: []byte(`-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION toy_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.name IN ('abort', 'rollback') THEN RAISE EXCEPTION 'no'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER toy_refuse BEFORE INSERT ON toy FOR EACH ROW EXECUTE FUNCTION toy_refuse();
`)},
}}

func insert(tx *store.Tx, id int64, name string) error {
	_, err := tx.Exec("INSERT INTO toy (id, name) VALUES (?, ?)", id, name)
	return err
}

// names returns the names in the table, in order.
func names(t *testing.T, db *store.DB) []string {
	t.Helper()
	out := []string{}
	testkit.View(t, db, func(tx *store.Tx) error {
		return tx.DB().NewSelect().TableExpr("toy").Column("name").Order("id").Scan(tx.Ctx, &out)
	})
	return out
}

// together runs the closures so that on SQLite they share one batch, in their order, and at the same
// time on PostgreSQL. It returns their errors.
func together(t *testing.T, db *store.DB, fs ...func(*store.Tx) error) []error {
	t.Helper()
	return gather(t, db, len(fs), func(i int) error { return db.Update(context.Background(), fs[i]) })
}

// gather is together for n calls that end in one Update each.
func gather(t *testing.T, db *store.DB, n int, call func(i int) error) []error {
	t.Helper()
	errs := make([]error, n)
	gate, held, done := make(chan struct{}), make(chan struct{}), make(chan struct{}, n+1)
	if db.Engine() == store.SQLite {
		go func() {
			_ = db.Update(context.Background(), func(*store.Tx) error { close(held); <-gate; return nil })
			done <- struct{}{}
		}()
		<-held
	} else {
		done <- struct{}{}
	}
	for i := range n {
		go func() { errs[i] = call(i); done <- struct{}{} }()
		if db.Engine() == store.SQLite {
			wait(t, func() bool { return store.Waiting(db) >= i+1 })
		}
	}
	close(gate)
	for range n + 1 {
		select {
		case <-done:
		case <-time.After(20 * time.Second):
			t.Fatal("a closure was never answered")
		}
	}
	return errs
}

// wait polls until ok, for at most ten seconds.
func wait(t *testing.T, ok func() bool) {
	t.Helper()
	for range 10_000 {
		if ok() {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatal("waited in vain")
}
