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

type counted struct{ what string }

// A count beside a menu is asked anew once something was committed, or once it is older than allowed.
func TestGlance(t *testing.T) {
	tables := fstest.MapFS{"m/9001_create_toy.sql": {Data: []byte("-- +goose Up\nCREATE TABLE toy (id BIGINT NOT NULL PRIMARY KEY);\n")}}
	for _, c := range []struct {
		name  string
		age   time.Duration
		fresh bool
		write bool
		wait  time.Duration
		asked int
	}{
		{"没有人写过，不用再数", 0, false, false, 10 * time.Second, 1},
		{"没有人写过，一分钟以后还是再数：控制台命令可能写过", 0, false, false, 2 * time.Minute, 2},
		{"有人写过，不许旧的，再数", 0, false, true, 0, 2},
		{"有人写过，五秒以内的还算数", 5 * time.Second, false, true, 4 * time.Second, 1},
		{"有人写过，过了五秒再数", 5 * time.Second, false, true, 6 * time.Second, 2},
		{"自己刚办完一步，再数", 5 * time.Second, true, true, time.Second, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			clock := testkit.NewClock()
			db, err := store.Open(context.Background(), store.Options{URL: "sqlite:" + t.TempDir() + "/f.db", Clock: clock.Now, Migrations: []fs.FS{tables}, NoSync: true, Glance: c.age})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = db.Close() }()
			asked := 0
			look := func(ctx context.Context) int64 {
				var n int64
				err := db.View(ctx, func(tx *store.Tx) (err error) {
					n, err = store.Glance(tx, counted{"toys"}, func() (n int64, err error) {
						asked++
						return n, tx.DB().NewRaw("SELECT COUNT(*) FROM toy").Scan(tx.Ctx, &n)
					})
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
				return n
			}
			ctx := context.Background()
			look(ctx)
			if c.write {
				testkit.Update(t, db, func(tx *store.Tx) error { _, err := tx.Exec("INSERT INTO toy (id) VALUES (1)"); return err })
			}
			clock.Advance(c.wait)
			if c.fresh {
				ctx = store.WithFresh(ctx)
			}
			n := look(ctx)
			if asked != c.asked {
				t.Errorf("数了 %d 次，应为 %d 次", asked, c.asked)
			}
			if c.write && c.asked == 2 && n != 1 {
				t.Errorf("数到 %d", n)
			}
		})
	}
}
