package access

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// Read is the reading of a sensitive record.
type Read struct {
	// Kind is the ledger kind of the slice, such as casework.case_read; Subject the record, such as case/1.
	Kind, Subject string
	Unit          UnitID
}

// ReadSubject is the subject under which the reading of a record is entered: beside the record's own
// history, not in it.
func ReadSubject(subject string) string { return "read/" + subject }

const (
	// readAgain is how long one entry stands for the same reader and record.
	readAgain = 10 * time.Minute
	// readSoon is how long a read may wait for its entry; readBatch how many go into one transaction.
	readSoon  = 150 * time.Millisecond
	readBatch = 50
	// readRoom bounds the queue; readRetry is the pause after a failed flush.
	readRoom  = 4096
	readRetry = time.Second
)

// readQueue holds reads on their way into the ledger. It is bounded: a full queue makes the reader wait
// and drops nothing.
type readQueue struct {
	db    *store.DB
	log   *slog.Logger
	room  chan struct{} // a place for each read that waits
	flush sync.Mutex    // one flush at a time

	mu      sync.Mutex
	waiting []waitingRead
	seen    map[readKey]time.Time
	timer   *time.Timer
	closed  bool
}

type readKey struct {
	account AccountID
	subject string
}

type waitingRead struct {
	by ledger.Actor
	Read
	at time.Time
}

func (w waitingRead) key() readKey { return readKey{AccountID(w.by.Account), w.Subject} }

func newReadQueue(db *store.DB, log *slog.Logger, room int) *readQueue {
	return &readQueue{db: db, log: log, room: make(chan struct{}, room), seen: map[readKey]time.Time{}}
}

// Saw notes that the session reads a record, before the record is shown; one entry stands for ten
// minutes. When the queue is full, because the ledger cannot be written, it waits until there is room or
// the request ends. The program's own reading is not noted.
func (s *Service) Saw(ctx context.Context, by Session, r Read) error {
	if by.system || by.account.ID == 0 || by.via == "demo" {
		return nil
	}
	return s.reads.add(ctx, waitingRead{by.Actor(), r, s.db.Now()})
}

func (q *readQueue) add(ctx context.Context, r waitingRead) error {
	if q.stands(r) {
		return nil
	}
	select {
	case q.room <- struct{}{}:
	case <-ctx.Done():
		return errUnread
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case q.closed:
		<-q.room
		return errUnread
	case q.standing(r):
		<-q.room
		return nil
	}
	q.seen[r.key()] = r.at
	q.waiting = append(q.waiting, r)
	if q.timer == nil {
		q.timer = time.AfterFunc(readSoon, q.run)
	}
	return nil
}

var errUnread = fault.New(fault.Busy, "查看记录暂时记不进总账，所以不能打开。请稍候再试；一直这样的，请告诉系统管理员")

func (q *readQueue) stands(r waitingRead) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.standing(r)
}

// standing reports whether an entry, written or on its way, stands for the read. What is too old to stand
// for anything is forgotten when there is much of it.
func (q *readQueue) standing(r waitingRead) bool {
	stands := func(at time.Time) bool { return !r.at.Before(at) && r.at.Sub(at) < readAgain }
	if len(q.seen) >= 4*readRoom {
		for k, at := range q.seen {
			if !stands(at) {
				delete(q.seen, k)
			}
		}
	}
	at, ok := q.seen[r.key()]
	return ok && stands(at)
}

// run writes what waits, and comes back for what did not fit or failed.
func (q *readQueue) run() {
	err := q.write(context.Background())
	q.mu.Lock()
	defer q.mu.Unlock()
	q.timer = nil
	switch {
	case q.closed || q.db.Closed() || len(q.waiting) == 0:
	case err != nil:
		q.log.Error("access: reads are not in the ledger yet, will try again", "waiting", len(q.waiting), "err", err)
		q.timer = time.AfterFunc(readRetry, q.run)
	default:
		q.timer = time.AfterFunc(readSoon, q.run)
	}
}

// write puts everything that waits into the ledger, in batches.
func (q *readQueue) write(ctx context.Context) error {
	q.flush.Lock()
	defer q.flush.Unlock()
	for {
		q.mu.Lock()
		batch := q.waiting[:min(len(q.waiting), readBatch)]
		q.mu.Unlock()
		if len(batch) == 0 {
			return nil
		}
		if err := q.db.Update(ctx, func(tx *store.Tx) error { return enterReads(tx, batch) }); err != nil {
			return err
		}
		q.mu.Lock()
		q.waiting = append([]waitingRead(nil), q.waiting[len(batch):]...)
		q.mu.Unlock()
		for range batch {
			<-q.room
		}
	}
}

// enterReads appends an entry for each read of the batch that none stands for since another start of the
// program.
func enterReads(tx *store.Tx, batch []waitingRead) error {
	for _, r := range batch {
		subject := ReadSubject(r.Subject)
		n, err := tx.DB().NewSelect().TableExpr("ledger_entry").Where("subject = ?", subject).Where("account = ?", r.by.Account).
			Where("at > ?", store.Micros(r.at.Add(-readAgain))).Where("at <= ?", store.Micros(r.at)).Count(tx.Ctx)
		if err != nil {
			return err
		}
		if n > 0 {
			continue
		}
		data := map[string]string{"at": r.at.In(law.Zone).Format(time.RFC3339)}
		if _, err := ledger.Append(tx, r.by, ledger.Act{Kind: r.Kind, Subject: subject, Unit: int64(r.Unit), Data: data}); err != nil {
			return err
		}
	}
	return nil
}

// Close enters every read that still waits. Nothing may be read afterwards.
func (s *Service) Close(ctx context.Context) error { return s.reads.close(ctx) }

func (q *readQueue) close(ctx context.Context) error {
	q.mu.Lock()
	q.closed = true
	if q.timer != nil {
		q.timer.Stop()
	}
	q.mu.Unlock()
	return q.write(ctx)
}
