package store_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fadu/internal/store"
	"fadu/internal/testkit"
)

// TestBadClosure: whatever one closure does, it leaves nothing behind and its neighbours in the same
// batch are kept, once.
func TestBadClosure(t *testing.T) {
	refused := errors.New("refused")
	cases := []struct {
		name string
		bad  func(*store.Tx) error
	}{
		{"写入后返回错误", func(tx *store.Tx) error { return errors.Join(insert(tx, 50, "bad"), refused) }},
		{"崩溃", func(tx *store.Tx) error { _ = insert(tx, 50, "bad"); panic("boom") }},
		{"空指针崩溃", func(tx *store.Tx) error { _ = insert(tx, 50, "bad"); var p *store.Cursor; _ = p.Sort; return nil }},
		{"重名", func(tx *store.Tx) error { return errors.Join(insert(tx, 50, "bad"), insert(tx, 51, "first")) }},
		{"触发器中止", func(tx *store.Tx) error { return errors.Join(insert(tx, 50, "bad"), insert(tx, 51, "abort")) }},
		{"触发器回滚整个事务", func(tx *store.Tx) error { return errors.Join(insert(tx, 50, "bad"), insert(tx, 51, "rollback")) }},
		{"语句写错", func(tx *store.Tx) error {
			_, err := tx.Exec("INSERT INTO nowhere VALUES (1)")
			return errors.Join(insert(tx, 50, "bad"), err)
		}},
		{"延迟外键到提交时才失败", func(tx *store.Tx) error {
			_, err := tx.Exec("INSERT INTO part VALUES (1, 999)")
			return errors.Join(insert(tx, 50, "bad"), err)
		}},
		{"闭包自己ROLLBACK", func(tx *store.Tx) error {
			_, err := tx.Exec("ROLLBACK")
			return errors.Join(err, insert(tx, 50, "bad"))
		}},
		{"闭包自己ROLLBACK且不理会错误", func(tx *store.Tx) error {
			_ = insert(tx, 50, "bad")
			_, _ = tx.Exec("rollback")
			return nil
		}},
		{"闭包自己COMMIT", func(tx *store.Tx) error {
			_, err := tx.Exec("  COMMIT")
			return errors.Join(err, insert(tx, 50, "bad"))
		}},
		{"闭包经bun并在注释后ROLLBACK", func(tx *store.Tx) error {
			_, err := tx.DB().NewRaw("/* x */ -- y\n ROLLBACK").Exec(tx.Ctx)
			_ = insert(tx, 50, "bad")
			return err
		}},
		{"闭包释放自己的保存点", func(tx *store.Tx) error {
			_ = insert(tx, 50, "bad")
			_, err := tx.Exec("RELEASE closure")
			return err
		}},
	}
	testkit.Both(t, toys, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				testkit.Update(t, db, func(tx *store.Tx) error { _, err := tx.Exec("DELETE FROM toy"); return err })
				testkit.Update(t, db, func(tx *store.Tx) error { return insert(tx, 1, "first") })
				ran := false
				errs := together(t, db,
					func(tx *store.Tx) error { return insert(tx, 2, "before") },
					func(tx *store.Tx) error { tx.AfterCommit(func() { ran = true }); return c.bad(tx) },
					func(tx *store.Tx) error { return insert(tx, 60, "after") })
				if errs[0] != nil || errs[2] != nil {
					t.Errorf("neighbours paid: %v, %v", errs[0], errs[2])
				}
				if errs[1] == nil {
					t.Error("the bad closure was acknowledged")
				}
				if ran {
					t.Error("AfterCommit ran for a closure that failed")
				}
				if got := names(t, db); !slices.Equal(got, []string{"first", "before", "after"}) {
					t.Errorf("kept %v", got)
				}
				testkit.Update(t, db, func(tx *store.Tx) error { return insert(tx, 70, "later") })
			})
		}
	})
}

// TestCommitBehindSemicolon: a COMMIT behind another statement is refused, though the closure ignores it,
// and nothing of the closure remains.
func TestCommitBehindSemicolon(t *testing.T) {
	testkit.Both(t, toys, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		for _, q := range []string{"INSERT INTO toy (id, name) VALUES (50, 'bad'); COMMIT", "INSERT INTO toy (id, name) VALUES (50, 'it''s; bad') /* ; */ ; -- x\n rollback; BEGIN"} {
			err := db.Update(context.Background(), func(tx *store.Tx) error {
				if err := insert(tx, 40, "mine"); err != nil {
					return err
				}
				_, err := tx.Exec(q)
				if db.Engine() == store.PostgreSQL {
					return nil
				}
				return err
			})
			if err == nil || len(names(t, db)) != 0 {
				t.Errorf("%s: %v, left %v", q, err, names(t, db))
			}
		}
		testkit.Update(t, db, func(tx *store.Tx) error { return insert(tx, 60, "'; COMMIT; --") })
	})
}

// TestSmuggledCommit: on SQLite also a COMMIT that the guard of PostgreSQL would not see does no harm.
func TestSmuggledCommit(t *testing.T) {
	for name, bad := range map[string]func(*store.Tx) error{
		"夹在另一条语句后面": func(tx *store.Tx) error {
			_, err := tx.Exec("INSERT INTO toy (id, name) VALUES (50, 'bad'); COMMIT")
			return err
		},
		"用自己的context": func(tx *store.Tx) error {
			_, err := tx.DB().ExecContext(context.Background(), "COMMIT")
			return errors.Join(insert(tx, 50, "bad"), err)
		},
	} {
		t.Run(name, func(t *testing.T) {
			db, _ := testkit.SQLite(t, toys...)
			errs := together(t, db,
				func(tx *store.Tx) error { return insert(tx, 1, "before") }, bad,
				func(tx *store.Tx) error { return insert(tx, 60, "after") })
			if errs[0] != nil || errs[1] == nil || errs[2] != nil || !slices.Equal(names(t, db), []string{"before", "after"}) {
				t.Fatal(errs, names(t, db))
			}
		})
	}
}

func TestCallerGivesUp(t *testing.T) {
	testkit.Both(t, toys, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		ctx, cancel := context.WithCancel(context.Background())
		errs := gather(t, db, 3, func(i int) error {
			switch i {
			case 0:
				return db.Update(context.Background(), func(tx *store.Tx) error { return insert(tx, 1, "before") })
			case 1:
				return db.Update(ctx, func(tx *store.Tx) error {
					if err := insert(tx, 2, "given up"); err != nil {
						return err
					}
					cancel()
					return insert(tx, 3, "given up, second row")
				})
			}
			return db.Update(context.Background(), func(tx *store.Tx) error { return insert(tx, 4, "after") })
		})
		if errs[0] != nil || errs[2] != nil {
			t.Fatalf("neighbours paid: %v, %v", errs[0], errs[2])
		}
		if errs[1] != nil && !errors.Is(errs[1], context.Canceled) {
			t.Fatalf("the caller got %v", errs[1])
		}
		// What was started runs to its end: both rows of the given-up closure are there.
		wait(t, func() bool { return len(names(t, db)) == 4 })
	})
	t.Run("还没开始就放弃", func(t *testing.T) {
		testkit.Both(t, toys, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			err := db.Update(ctx, func(tx *store.Tx) error { return insert(tx, 1, "x") })
			if !errors.Is(err, context.Canceled) || len(names(t, db)) != 0 {
				t.Fatal(err, names(t, db))
			}
		})
	})
	t.Run("排队时放弃只是不再等", func(t *testing.T) {
		db, _ := testkit.SQLite(t, toys...)
		gate, held := make(chan struct{}), make(chan struct{})
		go func() {
			_ = db.Update(context.Background(), func(*store.Tx) error { close(held); <-gate; return nil })
		}()
		<-held
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
		defer cancel()
		if err := db.Update(ctx, func(tx *store.Tx) error { return insert(tx, 1, "x") }); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatal(err)
		}
		close(gate)
		wait(t, func() bool { return len(names(t, db)) == 1 })
	})
}

func TestNestedUpdate(t *testing.T) {
	testkit.Both(t, toys, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		inner := func(tx *store.Tx) error { return insert(tx, 2, "inner") }
		err := db.Update(context.Background(), func(tx *store.Tx) error {
			return errors.Join(insert(tx, 1, "outer"), db.Update(tx.Ctx, inner))
		})
		if err == nil || !strings.Contains(err.Error(), "Update inside Update") {
			t.Fatal(err)
		}
		err = db.Update(context.Background(), func(tx *store.Tx) error {
			_, _, err := db.Once(tx.Ctx, store.Once{}, func(tx *store.Tx) (string, error) { return "", inner(tx) })
			return err
		})
		if err == nil || len(names(t, db)) != 0 {
			t.Fatal(err, names(t, db))
		}
		// After a refused nesting the same goroutine may update again.
		testkit.Update(t, db, inner)
	})
}

func TestAfterCommit(t *testing.T) {
	testkit.Both(t, toys, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		calls, seen := 0, 0
		testkit.Update(t, db, func(tx *store.Tx) error {
			tx.AfterCommit(func() {
				calls++
				seen = len(names(t, db)) // already visible to readers
			})
			return insert(tx, 1, "x")
		})
		if calls != 1 || seen != 1 {
			t.Fatalf("ran %d times, saw %d rows", calls, seen)
		}
	})
}

// TestAfterCommitOnceAfterRerun: a closure that is run twice because its batch failed wakes only once.
func TestAfterCommitOnceAfterRerun(t *testing.T) {
	db, _ := testkit.SQLite(t, toys...)
	calls, runs := 0, 0
	errs := together(t, db,
		func(tx *store.Tx) error { runs++; tx.AfterCommit(func() { calls++ }); return insert(tx, 1, "x") },
		func(tx *store.Tx) error { _, err := tx.Exec("INSERT INTO part VALUES (1, 999)"); return err })
	if errs[0] != nil || errs[1] == nil || runs != 2 || calls != 1 {
		t.Fatal(errs, runs, calls)
	}
	if _, _, _, _, rescued, failed := db.Stats(); rescued != 2 || failed != 1 {
		t.Fatalf("rescued %d, failed %d", rescued, failed)
	}
}

// TestFailingBeforeCommit: when the step before the commit fails, nothing is acknowledged.
func TestFailingBeforeCommit(t *testing.T) {
	db, _ := testkit.SQLite(t, toys...)
	broken := true
	db.BeforeCommit(func(_ *store.Tx, notes []any) error {
		if broken && slices.Contains(notes, any("bad")) {
			return errors.New("cannot be numbered")
		}
		return nil
	})
	write := func(id int64, name string) func(*store.Tx) error {
		return func(tx *store.Tx) error { tx.Note(name); return insert(tx, id, name) }
	}
	errs := together(t, db, write(1, "good"), write(2, "bad"))
	if errs[0] != nil || errs[1] == nil || !slices.Equal(names(t, db), []string{"good"}) {
		t.Fatal(errs, names(t, db))
	}
	broken = false
	testkit.Update(t, db, write(2, "bad"))
	// The note of a closure that failed is not passed on.
	broken = true
	errs = together(t, db, write(3, "other"), func(tx *store.Tx) error { tx.Note("bad"); return errors.New("no") })
	if errs[0] != nil || errs[1] == nil || errs[1].Error() != "no" {
		t.Fatal(errs)
	}
}

// TestLate: what is left for later is written with its closure or not at all, on both engines.
func TestLate(t *testing.T) {
	testkit.Both(t, toys, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		later := func(id int64, name string) func(*store.Tx) error {
			return func(tx *store.Tx) error { return insert(tx, id, name) }
		}
		with := func(id int64, name string, late func(*store.Tx) error, then error) func(*store.Tx) error {
			return func(tx *store.Tx) error { return errors.Join(insert(tx, id, name), tx.Late(late), then) }
		}
		no := func(*store.Tx) error { return errors.New("no") }
		errs := together(t, db,
			with(1, "kept", later(11, "kept late"), nil),
			with(2, "fails", later(12, "fails late"), errors.New("no")),
			with(3, "late fails", no, nil),
			with(4, "neighbour", later(14, "neighbour late"), nil))
		if errs[0] != nil || errs[1] == nil || errs[2] == nil || errs[3] != nil {
			t.Fatal(errs)
		}
		got := names(t, db)
		slices.Sort(got)
		if want := []string{"kept", "kept late", "neighbour", "neighbour late"}; !slices.Equal(got, want) {
			t.Errorf("%q, not %q", got, want)
		}
	})
}

func TestWake(t *testing.T) {
	testkit.Both(t, toys, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		signals, others := db.Listen("toys"), db.Listen("other")
		_ = db.Update(context.Background(), func(tx *store.Tx) error { tx.Wake("toys"); return errors.New("no") })
		select {
		case <-signals:
			t.Fatal("a failed transaction woke somebody")
		default:
		}
		for range 3 {
			testkit.Update(t, db, func(tx *store.Tx) error { tx.Wake("toys"); return nil })
		}
		<-signals
		select {
		case <-signals:
			t.Fatal("signals pile up")
		case <-others:
			t.Fatal("another topic was woken")
		default:
		}
	})
}

// TestMaintain: housekeeping keeps the rules of Update.
func TestMaintain(t *testing.T) {
	testkit.Both(t, toys, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		ran := false
		err := db.Maintain(context.Background(), func(tx *store.Tx) error {
			tx.AfterCommit(func() { ran = true })
			return insert(tx, 1, "x")
		})
		if err != nil || !ran || len(names(t, db)) != 1 {
			t.Fatal(err, ran)
		}
		err = db.Maintain(context.Background(), func(tx *store.Tx) error {
			return errors.Join(insert(tx, 2, "y"), db.Update(tx.Ctx, func(*store.Tx) error { return nil }))
		})
		if err == nil || len(names(t, db)) != 1 {
			t.Fatal("nested in Maintain:", err)
		}
		if err := db.Maintain(context.Background(), func(*store.Tx) error { panic("boom") }); err == nil {
			t.Fatal("a panic passed")
		}
	})
}
