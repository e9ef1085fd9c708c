package testkit_test

import (
	"context"
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

var toy = []fs.FS{fstest.MapFS{"migrations/9001_create_toy.sql": {Data: []byte("-- +goose Up\nCREATE TABLE toy (id BIGINT PRIMARY KEY);\n")}}}

func TestBoth(t *testing.T) {
	for _, name := range []string{"第一个库", "第二个库是空的"} {
		t.Run(name, func(t *testing.T) {
			testkit.Both(t, toy, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
				began := clock.Now()
				clock.Advance(time.Hour)
				testkit.Update(t, db, func(tx *store.Tx) error {
					if !tx.Now.Equal(began.Add(time.Hour)) {
						t.Errorf("Tx.Now = %v", tx.Now)
					}
					if n, err := tx.DB().NewSelect().TableExpr("toy").Count(tx.Ctx); err != nil || n != 0 {
						t.Errorf("rows %d, %v", n, err)
					}
					if _, err := ledger.Append(tx, testkit.Actor(), ledger.Act{Kind: "toy.made", Subject: "toy/1"}); err != nil {
						return err
					}
					_, err := tx.Exec("INSERT INTO toy VALUES (1)")
					return err
				})
				if err := ledger.Sequence(context.Background(), db); err != nil {
					t.Fatal(err)
				}
				rep, err := ledger.Verify(context.Background(), db, nil, nil)
				if err != nil || !rep.OK() || rep.Leaves != 1 {
					t.Fatalf("%+v %v", rep, err)
				}
			})
		})
	}
}
