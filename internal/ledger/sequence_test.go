package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// TestSequencers: several sequencers at once, while entries keep coming, number each entry once.
func TestSequencers(t *testing.T) {
	db, _ := testkit.PostgreSQL(t)
	const writers, each = 4, 25
	done := make(chan error)
	stop := make(chan struct{})
	for w := range writers {
		go func() {
			var err error
			for i := range each {
				err = errors.Join(err, db.Update(context.Background(), func(tx *store.Tx) error {
					_, err := ledger.Append(tx, testkit.Actor(), act(fmt.Sprintf("case/%d-%d", w, i)))
					return err
				}))
			}
			done <- err
		}()
	}
	sequencers := make(chan error)
	for range 2 {
		go func() {
			var err error
			for {
				select {
				case <-stop:
					sequencers <- err
					return
				default:
					err = errors.Join(err, ledger.Sequence(context.Background(), db))
				}
			}
		}()
	}
	for range writers {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	close(stop)
	for range 2 {
		if err := <-sequencers; err != nil {
			t.Error(err)
		}
	}
	sequence(t, db)
	rep, err := ledger.Verify(context.Background(), db, nil, nil)
	if err != nil || !rep.OK() || rep.Leaves != writers*each {
		t.Fatal(rep, err)
	}
}

// TestLateCommitter: an entry whose transaction began before, but committed after, others were numbered
// gets its number too.
func TestLateCommitter(t *testing.T) {
	db, clock := testkit.PostgreSQL(t)
	appended, release, done := make(chan struct{}, 10), make(chan struct{}), make(chan error)
	go func() {
		done <- db.Update(context.Background(), func(tx *store.Tx) error {
			_, err := ledger.Append(tx, testkit.Actor(), act("case/slow"))
			appended <- struct{}{}
			<-release
			return err
		})
	}()
	<-appended
	for i := range 3 {
		add(t, db, fmt.Sprintf("case/%d", i))
	}
	sequence(t, db)
	if _, leaves := counts(t, db); leaves != 3 {
		t.Fatal(leaves)
	}
	close(release)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	sequence(t, db)
	clock.Advance(2 * time.Minute)
	rep, err := ledger.Verify(context.Background(), db, nil, nil)
	if err != nil || !rep.OK() || rep.Leaves != 4 {
		t.Fatal(rep, err)
	}
}

// TestStart: on PostgreSQL entries are numbered within a second without anybody asking.
func TestStart(t *testing.T) {
	db, _ := testkit.PostgreSQL(t)
	add(t, db, "case/1")
	for range 100 {
		if _, leaves := counts(t, db); leaves == 1 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("still not numbered")
}
