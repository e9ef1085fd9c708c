package ledger_test

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"testing"
	"time"

	"fadu/internal/ledger"
	"fadu/internal/store"
)

func TestSmoke(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "f.db")
	db, err := store.Open(ctx, store.Options{URL: "sqlite:" + path, Clock: time.Now, Migrations: []fs.FS{ledger.Migrations}})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := ledger.Start(ctx, db); err != nil {
		t.Fatal(err)
	}
	by := ledger.Actor{Account: 1, Name: "演示", Via: "console"}
	if err := db.Update(ctx, func(tx *store.Tx) error { return ledger.Born(tx, by, "演示局", true) }); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 50)
	for i := range 50 {
		go func() {
			done <- db.Update(ctx, func(tx *store.Tx) error {
				if _, err := ledger.Append(tx, by, ledger.Act{Kind: "x.y", Subject: "case/1"}); err != nil {
					return err
				}
				if i%5 == 0 {
					return errors.New("no")
				}
				return nil
			})
		}()
	}
	failed := 0
	for range 50 {
		if <-done != nil {
			failed++
		}
	}
	rep, err := ledger.Verify(ctx, db, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if failed != 10 || rep.Leaves != 41 || !rep.OK() {
		t.Fatal(failed, rep)
	}
	if err := db.Update(ctx, func(tx *store.Tx) error { _, err := tx.Exec("DELETE FROM ledger_entry"); return err }); err == nil {
		t.Fatal("delete allowed")
	}
	if err := db.Update(ctx, func(tx *store.Tx) error {
		return db.Update(ctx, func(*store.Tx) error { return nil })
	}); err == nil {
		t.Fatal("nested allowed")
	}
}
