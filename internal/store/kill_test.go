package store_test

import (
	"bufio"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

const envVictim = "FADU_TEST_VICTIM"

var killTables = []fs.FS{toys[0], ledger.Migrations}

// TestVictim is the process that TestKill kills: it writes and says what was acknowledged.
func TestVictim(t *testing.T) {
	url := os.Getenv(envVictim)
	if url == "" {
		t.Skip("only runs as the child of TestKill")
	}
	ctx := context.Background()
	db, err := store.Open(ctx, store.Options{URL: url, Clock: time.Now, Migrations: killTables})
	if err != nil {
		t.Fatal(err)
	}
	if err := ledger.Start(ctx, db); err != nil {
		t.Fatal(err)
	}
	acks := os.NewFile(3, "acks")
	for range 4 {
		go func() {
			for ctx.Err() == nil {
				id := store.NewID()
				err := db.Update(ctx, func(tx *store.Tx) error {
					entry, err := ledger.Append(tx, testkit.Actor(), ledger.Act{Kind: "toy.made", Subject: fmt.Sprintf("toy/%d", id)})
					if err != nil {
						return err
					}
					if _, err := tx.Exec("INSERT INTO toy (id, name, n) VALUES (?, ?, ?)", id, fmt.Sprint(id), entry); err != nil {
						return err
					}
					_, err = tx.Exec("INSERT INTO part VALUES (?, ?)", id, id)
					return err
				})
				if err == nil {
					_, _ = fmt.Fprintln(acks, id)
				}
			}
		}()
	}
	time.Sleep(20 * time.Second) // it never gets this far
}

// TestKill kills the writing process at a random moment, again and again: all that it acknowledged is
// there once and whole, with its ledger entry.
func TestKill(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { kills(t, testkit.SQLiteURL(t), 20, nil) })
	t.Run("PostgreSQL", func(t *testing.T) {
		server := testkit.DurableServer(t)
		kills(t, server.URL(), 5, server.Crash)
	})
}

// kills runs the rounds; crash, if any, crashes the server too.
func kills(t *testing.T, url string, rounds int, crash func() error) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	acknowledged := map[int64]bool{}
	for range rounds {
		victim(t, url, time.Duration(5+random.IntN(120))*time.Millisecond, acknowledged)
		if crash != nil {
			if err := crash(); err != nil {
				t.Fatal(err)
			}
		}
		examine(t, url, acknowledged)
	}
	t.Logf("%d acknowledged", len(acknowledged))
	if len(acknowledged) < rounds {
		t.Errorf("only %d updates were acknowledged: the test tried nothing", len(acknowledged))
	}
}

// victim starts a writer, kills it the given time after its first acknowledgement, and collects what it
// acknowledged.
func victim(t *testing.T, url string, after time.Duration, acknowledged map[int64]bool) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(os.Args[0], "-test.run=^TestVictim$")
	child.Env = append(os.Environ(), envVictim+"="+url)
	child.ExtraFiles = []*os.File{w}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	_ = w.Close()
	// However the child hangs, it ends.
	deadline := time.AfterFunc(15*time.Second, func() { _ = child.Process.Kill() })
	defer deadline.Stop()
	lines := bufio.NewReader(r)
	for first := true; ; first = false {
		line, err := lines.ReadString('\n')
		if err != nil {
			break // also a line cut short was not acknowledged
		}
		id, err := strconv.ParseInt(line[:len(line)-1], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		acknowledged[id] = true
		if first {
			time.AfterFunc(after, func() { _ = child.Process.Kill() })
		}
	}
	_ = r.Close()
	_ = child.Wait()
}

func examine(t *testing.T, url string, acknowledged map[int64]bool) {
	t.Helper()
	ctx := context.Background()
	began := time.Now()
	db, err := store.Open(ctx, store.Options{URL: url, Clock: time.Now, Migrations: killTables})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	t.Logf("ready after %v", time.Since(began))
	if err := ledger.Sequence(ctx, db); err != nil {
		t.Fatal(err)
	}
	rep, err := ledger.Verify(ctx, db, []ledger.Reference{{Table: "toy", Column: "n"}}, nil)
	if err != nil || !rep.OK() {
		t.Fatalf("%+v %v", rep, err)
	}
	testkit.View(t, db, func(tx *store.Tx) error {
		var ids []int64
		if err := tx.DB().NewSelect().TableExpr("toy").Column("id").Where("EXISTS (SELECT 1 FROM part WHERE part.toy = toy.id)").Scan(tx.Ctx, &ids); err != nil {
			return err
		}
		there := make(map[int64]bool, len(ids))
		for _, id := range ids {
			there[id] = true
		}
		for id := range acknowledged {
			if !there[id] {
				t.Errorf("lost %d", id)
			}
		}
		for _, table := range []string{"toy", "part", "ledger_entry", "ledger_leaf"} {
			if n, err := tx.DB().NewSelect().TableExpr(table).Count(tx.Ctx); err != nil || int64(n) != int64(len(ids)) {
				t.Errorf("%d whole records, but %s has %d rows (%v)", len(ids), table, n, err)
			}
		}
		return nil
	})
}

// TestServerGone: when the database server dies under an update, nobody is told that nothing was saved, and
// the next update finds the new server.
func TestServerGone(t *testing.T) {
	ctx := context.Background()
	server := testkit.DurableServer(t)
	db, err := store.Open(ctx, store.Options{URL: server.URL(), Clock: time.Now, Migrations: killTables})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	err = db.Update(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec("INSERT INTO toy (id, name, n) VALUES (1, '甲', 0)"); err != nil {
			return err
		}
		return server.Kill()
	})
	if !fault.Is(err, fault.Busy) || !strings.Contains(err.Error(), "还不知道这一步办成没有") {
		t.Errorf("%v", err)
	}
	for range 20 { // as many as there are dead connections
		if err = db.Update(ctx, func(tx *store.Tx) error { return insert(tx, 2, "乙") }); err == nil {
			break
		}
		if !fault.Is(err, fault.Busy) {
			t.Fatal(err)
		}
	}
	if got := names(t, db); err != nil || len(got) != 1 {
		t.Errorf("%v %v", got, err)
	}
}
