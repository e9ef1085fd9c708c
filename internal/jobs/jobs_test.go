package jobs_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fadu/internal/fault"
	"fadu/internal/jobs"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

var tables = []fs.FS{jobs.Migrations, fstest.MapFS{"m/9001_create_done.sql": {Data: []byte("-- +goose Up\nCREATE TABLE work_done (id BIGINT NOT NULL PRIMARY KEY, job_key TEXT NOT NULL);\n")}}}

const kind = "toy.paint"

func add(t testing.TB, db *store.DB, js ...jobs.Job) {
	t.Helper()
	testkit.Update(t, db, func(tx *store.Tx) error {
		for _, j := range js {
			if j.Kind == "" {
				j.Kind = kind
			}
			if err := jobs.Add(tx, j); err != nil {
				return err
			}
		}
		return nil
	})
}

// note is what a handler writes in these tests.
func note(key string) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		_, err := tx.Exec("INSERT INTO work_done (id, job_key) VALUES (?, ?)", store.NewID(), key)
		return err
	}
}

func noting(_ context.Context, r jobs.Record) (func(*store.Tx) error, error) { return note(r.Key), nil }

// done returns the keys of the work that was written, in order.
func done(t testing.TB, db *store.DB) []string {
	t.Helper()
	keys := []string{}
	testkit.View(t, db, func(tx *store.Tx) error {
		return tx.DB().NewSelect().TableExpr("work_done").Column("job_key").Order("id").Scan(tx.Ctx, &keys)
	})
	return keys
}

func record(t testing.TB, db *store.DB, key string) (r jobs.Record) {
	t.Helper()
	testkit.View(t, db, func(tx *store.Tx) error { return tx.DB().NewSelect().Model(&r).Where("job_key = ?", key).Scan(tx.Ctx) })
	return r
}

func runner(db *store.DB, h jobs.Handler) *jobs.Runner {
	return jobs.NewRunner(db, map[string]jobs.Handler{kind: h})
}

func runDue(t testing.TB, r *jobs.Runner) int {
	t.Helper()
	n, err := r.RunDue(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestRunDue(t *testing.T) {
	testkit.Both(t, tables, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		now := clock.Now()
		add(t, db, jobs.Job{Key: "later", Due: now.Add(time.Hour)}, jobs.Job{Key: "b", Due: now}, jobs.Job{Key: "a", Due: now.Add(-time.Minute), Payload: map[string]int{"n": 7}}, jobs.Job{Kind: "toy.unknown", Key: "x"})
		err := db.Update(context.Background(), func(tx *store.Tx) error {
			return errors.Join(jobs.Add(tx, jobs.Job{Kind: kind, Key: "never"}), errors.New("no"))
		})
		if err == nil {
			t.Fatal(err)
		}
		r := runner(db, func(_ context.Context, r jobs.Record) (func(*store.Tx) error, error) {
			if r.Key == "a" {
				var p struct{ N int }
				if err := r.Read(&p); err != nil || p.N != 7 {
					t.Errorf("payload %s: %v", r.Payload, err)
				}
			}
			return note(r.Key), nil
		})
		if n := runDue(t, r); n != 2 || !slices.Equal(done(t, db), []string{"a", "b"}) {
			t.Fatal(n, done(t, db))
		}
		if n := runDue(t, r); n != 0 {
			t.Fatal(n)
		}
		clock.Advance(time.Hour)
		if n := runDue(t, r); n != 1 || !slices.Equal(done(t, db), []string{"a", "b", "later"}) {
			t.Fatal(n, done(t, db))
		}
		if r := record(t, db, "later"); r.State != jobs.Done || r.Tries != 1 || r.EndedAt != store.Micros(clock.Now()) || r.Owner != "" {
			t.Errorf("%+v", r)
		}
		if r := record(t, db, "x"); r.State != jobs.Pending {
			t.Errorf("a job without handler is %s", r.State)
		}
	})
}

func TestAddAgain(t *testing.T) {
	testkit.Both(t, tables, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		now := clock.Now()
		at := func(d time.Duration) int64 { return store.Micros(now.Add(d)) }
		add(t, db, jobs.Job{Key: "k", Payload: 1, Due: now.Add(time.Hour)})
		id := record(t, db, "k").ID
		expect := func(what string, state jobs.State, due int64, payload string) {
			t.Helper()
			if r := record(t, db, "k"); r.ID != id || r.State != state || r.DueAt != due || r.Payload != payload {
				t.Errorf("%s: %+v", what, r)
			}
		}
		add(t, db, jobs.Job{Key: "k", Payload: 2, Due: now.Add(2 * time.Hour)})
		expect("later while pending", jobs.Pending, at(time.Hour), "1")
		add(t, db, jobs.Job{Key: "k", Payload: 2, Due: now.Add(time.Minute)})
		expect("earlier while pending", jobs.Pending, at(time.Minute), "1")
		clock.Advance(time.Minute)

		runs := 0
		r := runner(db, func(context.Context, jobs.Record) (func(*store.Tx) error, error) {
			if runs++; runs == 1 {
				add(t, db, jobs.Job{Key: "k", Payload: 3, Due: now.Add(3 * time.Minute)})
				expect("while running", jobs.Running, at(time.Minute), "3")
			}
			return nil, nil
		})
		if n := runDue(t, r); n != 1 {
			t.Fatal(n)
		}
		expect("asked for while it ran", jobs.Pending, at(3*time.Minute), "3")
		clock.Advance(2 * time.Minute)
		if n := runDue(t, r); n != 1 {
			t.Fatal(n)
		}
		expect("done", jobs.Done, at(3*time.Minute), "3")
		add(t, db, jobs.Job{Key: "k", Payload: 4, Due: now.Add(time.Hour)})
		expect("anew", jobs.Pending, at(time.Hour), "4")
		if r := record(t, db, "k"); r.Tries != 0 || r.EndedAt != 0 {
			t.Errorf("%+v", r)
		}
	})
}

// TestTimer: a job that asks for itself again is a timer.
func TestTimer(t *testing.T) {
	testkit.Both(t, tables, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		add(t, db, jobs.Job{Key: "nightly"})
		r := runner(db, func(_ context.Context, r jobs.Record) (func(*store.Tx) error, error) {
			return func(tx *store.Tx) error {
				return errors.Join(note(r.Key)(tx), jobs.Add(tx, jobs.Job{Kind: kind, Key: r.Key, Due: tx.Now.Add(24 * time.Hour)}))
			}, nil
		})
		for range 3 {
			if n := runDue(t, r); n != 1 {
				t.Fatal(n)
			}
			clock.Advance(24 * time.Hour)
		}
		if n := len(done(t, db)); n != 3 {
			t.Fatal(n)
		}
	})
	t.Run("没有间隔的自我重复有尽头", func(t *testing.T) {
		db, _ := testkit.SQLite(t, tables...)
		add(t, db, jobs.Job{Key: "mad"})
		n, err := runner(db, func(_ context.Context, r jobs.Record) (func(*store.Tx) error, error) {
			return func(tx *store.Tx) error { return jobs.Add(tx, jobs.Job{Kind: kind, Key: r.Key}) }, nil
		}).RunDue(context.Background())
		if err == nil || n != 100 {
			t.Fatal(n, err)
		}
	})
}

func TestFailures(t *testing.T) {
	boom := errors.New("打印机没有纸")
	for name, h := range map[string]jobs.Handler{
		"处理失败": func(context.Context, jobs.Record) (func(*store.Tx) error, error) { return nil, boom },
		"写入失败": func(_ context.Context, r jobs.Record) (func(*store.Tx) error, error) {
			return func(tx *store.Tx) error { return errors.Join(note(r.Key)(tx), boom) }, nil
		},
		"处理时崩溃": func(context.Context, jobs.Record) (func(*store.Tx) error, error) { panic(boom) },
		"写入时崩溃": func(_ context.Context, r jobs.Record) (func(*store.Tx) error, error) {
			return func(tx *store.Tx) error { _ = note(r.Key)(tx); panic(boom) }, nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			testkit.Both(t, tables, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
				add(t, db, jobs.Job{Key: "bad"}, jobs.Job{Key: "good"})
				r := runner(db, func(ctx context.Context, r jobs.Record) (func(*store.Tx) error, error) {
					if r.Key == "good" {
						return note(r.Key), nil
					}
					return h(ctx, r)
				})
				waits := []time.Duration{}
				for try := 1; try <= jobs.MaxTries; try++ {
					if n, err := r.RunDue(context.Background()); err == nil || !strings.Contains(err.Error(), boom.Error()) || n < 1 {
						t.Fatal(try, n, err)
					}
					rec := record(t, db, "bad")
					if rec.Tries != try || !strings.Contains(rec.LastError, boom.Error()) {
						t.Fatalf("%+v", rec)
					}
					if n := runDue(t, r); n != 0 {
						t.Fatal("tried again at once")
					}
					if try < jobs.MaxTries {
						waits = append(waits, store.FromMicros(rec.DueAt).Sub(clock.Now()))
						clock.Set(store.FromMicros(rec.DueAt))
					}
				}
				if want := []time.Duration{10 * time.Second, 30 * time.Second, 90 * time.Second, 270 * time.Second, 810 * time.Second}; !slices.Equal(waits, want) {
					t.Errorf("waited %v", waits)
				}
				clock.Advance(240 * time.Hour)
				if n := runDue(t, r); n != 0 {
					t.Error("a dead letter was tried")
				}
				if got := done(t, db); !slices.Equal(got, []string{"good"}) {
					t.Errorf("written: %v", got)
				}
			})
		})
	}
}

func TestDeadLetters(t *testing.T) {
	testkit.Both(t, tables, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		broken := true
		r := runner(db, func(_ context.Context, r jobs.Record) (func(*store.Tx) error, error) {
			if broken {
				return nil, errors.New(strings.Repeat("坏", 2000))
			}
			return note(r.Key), nil
		})
		add(t, db, jobs.Job{Key: "a"}, jobs.Job{Key: "b"})
		for range jobs.MaxTries {
			_, _ = r.RunDue(context.Background())
			clock.Advance(time.Hour)
		}
		var dead []jobs.Record
		testkit.View(t, db, func(tx *store.Tx) (err error) { dead, err = jobs.DeadLetters(tx, 10); return err })
		if len(dead) != 2 || dead[0].State.Label() != "失败" || len([]rune(dead[0].LastError)) != 501 {
			t.Fatalf("%d %+v", len(dead), dead)
		}
		broken = false
		testkit.Update(t, db, func(tx *store.Tx) error { return jobs.Retry(tx, dead[0].ID) })
		if err := db.Update(context.Background(), func(tx *store.Tx) error { return jobs.Retry(tx, dead[0].ID) }); !fault.Is(err, fault.NotFound) {
			t.Error("retried twice:", err)
		}
		// Asking for the other one again also revives it.
		add(t, db, jobs.Job{Key: dead[1].Key})
		if n := runDue(t, r); n != 2 || len(done(t, db)) != 2 {
			t.Error(n, done(t, db))
		}
		testkit.View(t, db, func(tx *store.Tx) (err error) { dead, err = jobs.DeadLetters(tx, 10); return err })
		if len(dead) != 0 {
			t.Error(dead)
		}
	})
}

func TestAddRefuses(t *testing.T) {
	db, _ := testkit.SQLite(t, tables...)
	for name, j := range map[string]jobs.Job{"没有种类": {Key: "k"}, "没有键": {Kind: kind}, "内容不成形": {Kind: kind, Key: "k", Payload: func() {}}} {
		if err := db.Update(context.Background(), func(tx *store.Tx) error { return jobs.Add(tx, j) }); err == nil {
			t.Error(name)
		}
	}
	if b, err := json.Marshal(map[string]jobs.ID{"id": 1 << 60}); err != nil || string(b) != fmt.Sprintf(`{"id":"%d"}`, 1<<60) {
		t.Error(string(b), err)
	}
}

func TestForget(t *testing.T) {
	db, clock := testkit.SQLite(t, tables...)
	add(t, db, jobs.Job{Key: "k"}, jobs.Job{Key: "future", Due: clock.Now().AddDate(1, 0, 0)})
	runDue(t, runner(db, noting))
	count := func() (n int) {
		testkit.View(t, db, func(tx *store.Tx) error {
			c, err := tx.DB().NewSelect().Model((*jobs.Record)(nil)).Count(tx.Ctx)
			n = int(c)
			return err
		})
		return n
	}
	for _, want := range []int{2, 1} {
		testkit.Update(t, db, jobs.Forget)
		if n := count(); n != want {
			t.Fatal(n)
		}
		clock.Advance((jobs.Keep + 1) * 24 * time.Hour)
	}
}
