package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fadu/internal/jobs"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// expire makes the leases of running jobs run out, as ten minutes would.
func expire(t testing.TB, db *store.DB) {
	t.Helper()
	testkit.Update(t, db, func(tx *store.Tx) error {
		_, err := tx.Exec("UPDATE job SET lease_until = 1 WHERE lease_until > 0")
		return err
	})
}

func claim(t testing.TB, r *jobs.Runner) jobs.Record {
	t.Helper()
	job, ok, err := jobs.Claim(r)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	return job
}

// TestTakenOver: the runner dies with a job in hand; another one does it, and should the first come back
// to life, its writes are refused.
func TestTakenOver(t *testing.T) {
	testkit.Both(t, tables, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		add(t, db, jobs.Job{Key: "k"})
		dead, heir := runner(db, noting), runner(db, noting)
		job := claim(t, dead)
		if _, ok, err := jobs.Claim(heir); ok || err != nil {
			t.Fatal("two runners have the same job", err)
		}
		if db.Engine() == store.PostgreSQL {
			if n := runDue(t, heir); n != 0 {
				t.Fatal("taken over before the lease ran out")
			}
			expire(t, db)
		}
		if n := runDue(t, heir); n != 1 {
			t.Fatal(n)
		}
		if err := jobs.Finish(dead, job, note("twice")); !errors.Is(err, jobs.ErrLost) {
			t.Fatal(err)
		}
		if got := done(t, db); !slices.Equal(got, []string{"k"}) {
			t.Fatal(got)
		}
		if r := record(t, db, "k"); r.State != jobs.Done || r.Tries != 2 {
			t.Errorf("%+v", r)
		}
	})
}

// TestPoison: a job that takes its process down each time ends as a dead letter.
func TestPoison(t *testing.T) {
	testkit.Both(t, tables, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		add(t, db, jobs.Job{Key: "poison"})
		for range jobs.MaxTries {
			claim(t, runner(db, noting))
			expire(t, db)
			if _, err := jobs.NewRunner(db, nil).RunDue(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		if r := record(t, db, "poison"); r.State != jobs.Dead || !strings.Contains(r.LastError, "中断") || r.EndedAt == 0 {
			t.Fatalf("%+v", r)
		}
	})
}

// TestTwoNodes: two runners on PostgreSQL do each of many jobs once.
func TestTwoNodes(t *testing.T) {
	db, _ := testkit.PostgreSQL(t, tables...)
	const n = 60
	for i := range n {
		add(t, db, jobs.Job{Key: fmt.Sprint(i)})
	}
	errs := make(chan error, 4)
	for range cap(errs) {
		go func() { _, err := runner(db, noting).RunDue(context.Background()); errs <- err }()
	}
	for range cap(errs) {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	got := done(t, db)
	slices.Sort(got)
	if len(got) != n || len(slices.Compact(got)) != n {
		t.Fatalf("%d writes", len(got))
	}
}

func TestRun(t *testing.T) {
	testkit.Both(t, tables, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		started, release := make(chan string, 10), make(chan struct{})
		var running, most atomic.Int64
		r := runner(db, func(ctx context.Context, r jobs.Record) (func(*store.Tx) error, error) {
			most.Store(max(most.Load(), running.Add(1)))
			defer running.Add(-1)
			started <- r.Key
			if strings.HasPrefix(r.Key, "slow") {
				select {
				case <-release:
				case <-ctx.Done():
					return nil, ctx.Err()
				}
			}
			return note(r.Key), nil
		})
		ended := make(chan error)
		run := func() context.CancelFunc {
			ctx, stop := context.WithCancel(context.Background())
			go func() { ended <- r.Run(ctx) }()
			return stop
		}

		jobs.Looks(r, 24*time.Hour)
		stop := run()
		time.Sleep(50 * time.Millisecond) // let it look once and find nothing
		add(t, db, jobs.Job{Key: "quick"})
		expect(t, started, "quick") // it does not look again today: it was woken
		stop()
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
		jobs.Looks(r, 20*time.Millisecond)
		stop = run()
		// A job that becomes due as time goes by is found by looking.
		add(t, db, jobs.Job{Key: "tomorrow", Due: clock.Now().Add(24 * time.Hour)})
		clock.Advance(24 * time.Hour)
		expect(t, started, "tomorrow")
		// Two run side by side; then a stop waits for them and starts no more.
		add(t, db, jobs.Job{Key: "slow1"}, jobs.Job{Key: "slow2"}, jobs.Job{Key: "too late", Due: clock.Now()})
		expect(t, started, "slow1", "slow2")
		expect(t, started, "slow1", "slow2")
		stop()
		select {
		case <-ended:
			t.Fatal("stopped in the middle of a job")
		case <-time.After(50 * time.Millisecond):
		}
		close(release)
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
		got := done(t, db)
		slices.Sort(got)
		if !slices.Equal(got, []string{"quick", "slow1", "slow2", "tomorrow"}) || most.Load() != 2 {
			t.Errorf("done %v, %d at a time", got, most.Load())
		}
		if r := record(t, db, "too late"); r.State != jobs.Pending || r.Tries != 0 {
			t.Errorf("%+v", r)
		}
	})
}

func expect(t *testing.T, started <-chan string, keys ...string) {
	t.Helper()
	select {
	case got := <-started:
		if !slices.Contains(keys, got) {
			t.Fatalf("started %s, want one of %v", got, keys)
		}
	case <-time.After(5 * time.Second):
		t.Fatalf("none of %v ever started", keys)
	}
}
