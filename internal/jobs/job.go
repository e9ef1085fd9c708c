package jobs

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"fadu/internal/fault"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// ID identifies a job.
type ID int64

// String prints the identifier in decimal.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// MarshalText prints the identifier in decimal.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads a decimal identifier.
func (id *ID) UnmarshalText(b []byte) error {
	n, err := store.ParseID(string(b))
	*id = ID(n)
	return err
}

// State is where a job stands.
type State string

// The states.
const (
	Pending State = "pending" // waits until it is due
	Running State = "running" // somebody works on it
	Done    State = "done"
	Dead    State = "dead" // failed too often; waits for a person
)

// Label returns the state in Chinese.
func (s State) Label() string {
	switch s {
	case Pending:
		return "待办"
	case Running:
		return "在办"
	case Done:
		return "完成"
	case Dead:
		return "失败"
	}
	return string(s)
}

// Job is work to be done. Kind is a dotted code of the slice (casework.render) and names the handler;
// Key tells this piece of work from others of the kind. Payload becomes JSON. Due is when to start; the
// zero time is at once.
type Job struct {
	Kind    string
	Key     string
	Payload any
	Due     time.Time
}

// Record is a job as it is kept. Instants are µs UTC.
type Record struct {
	bun.BaseModel `bun:"table:job,alias:job"`

	ID         ID     `bun:"id,pk"`
	Kind       string `bun:"kind"`
	Key        string `bun:"job_key"`
	Payload    string `bun:"payload"`
	State      State  `bun:"state"`
	DueAt      int64  `bun:"due_at"`
	AgainAt    int64  `bun:"again_at"` // asked for again while it was running
	Tries      int    `bun:"tries"`
	Owner      string `bun:"owner"`
	LeaseUntil int64  `bun:"lease_until"`
	LastError  string `bun:"last_error"`
	CreatedAt  int64  `bun:"created_at"`
	EndedAt    int64  `bun:"ended_at"`
}

// Read decodes the payload into v.
func (r Record) Read(v any) error {
	if err := json.Unmarshal([]byte(r.Payload), v); err != nil {
		return fmt.Errorf("jobs: payload of %s %s: %w", r.Kind, r.Key, err)
	}
	return nil
}

// topic is what runners listen to.
const topic = "jobs"

// Add asks for the job in the caller's transaction. While the same job (kind and key) is pending this
// only brings it forward when the new one is due earlier. While it is running it will run once more
// afterwards. One that is done or dead starts anew.
func Add(tx *store.Tx, j Job) error {
	if j.Kind == "" || j.Key == "" {
		return fmt.Errorf("jobs: job without kind or key: %q %q", j.Kind, j.Key)
	}
	payload := []byte("null")
	if j.Payload != nil {
		var err error
		if payload, err = json.Marshal(j.Payload); err != nil {
			return fmt.Errorf("jobs: %s %s: %w", j.Kind, j.Key, err)
		}
	}
	if j.Due.IsZero() {
		j.Due = tx.Now
	}
	r := &Record{ID: ID(store.NewID()), Kind: j.Kind, Key: j.Key, Payload: string(payload), State: Pending, DueAt: store.Micros(j.Due), CreatedAt: store.Micros(tx.Now)}
	_, err := tx.DB().NewInsert().Model(r).
		On("CONFLICT (kind, job_key) DO UPDATE").
		Set("payload = CASE WHEN job.state = ? THEN job.payload ELSE EXCLUDED.payload END", Pending).
		Set("due_at = CASE WHEN job.state = ? OR (job.state = ? AND job.due_at <= EXCLUDED.due_at) THEN job.due_at ELSE EXCLUDED.due_at END", Running, Pending).
		Set("again_at = CASE WHEN job.state = ? THEN EXCLUDED.due_at ELSE 0 END", Running).
		Set("tries = CASE WHEN job.state IN (?, ?) THEN 0 ELSE job.tries END", Done, Dead).
		Set("ended_at = CASE WHEN job.state IN (?, ?) THEN 0 ELSE job.ended_at END", Done, Dead).
		Set("state = CASE WHEN job.state = ? THEN job.state ELSE EXCLUDED.state END", Running).
		Exec(tx.Ctx)
	if err != nil {
		return fmt.Errorf("jobs: add %s %s: %w", j.Kind, j.Key, err)
	}
	tx.Wake(topic)
	return nil
}

// DeadLetters returns the jobs that failed too often, newest first, at most limit.
func DeadLetters(tx *store.Tx, limit int) ([]Record, error) {
	var rs []Record
	err := tx.DB().NewSelect().Model(&rs).Where("state = ?", Dead).Order("ended_at DESC", "id DESC").Limit(int64(limit)).Scan(tx.Ctx)
	return rs, err
}

// Retry makes a dead letter pending again. The caller records who asked for it.
func Retry(tx *store.Tx, id ID) error {
	res, err := tx.Exec(`UPDATE job SET state = ?, tries = 0, due_at = ?, ended_at = 0 WHERE id = ? AND state = ?`, Pending, store.Micros(tx.Now), id, Dead)
	if err != nil {
		return fmt.Errorf("jobs: retry %s: %w", id, err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		if err == nil {
			err = fault.Missing("这项失败的后台任务")
		}
		return err
	}
	tx.Wake(topic)
	return nil
}

// Keep is how many days a job that is done stays in the table.
const Keep = 30

// Forget removes jobs that were done more than Keep days ago. Dead letters stay.
func Forget(tx *store.Tx) error {
	_, err := tx.Exec(`DELETE FROM job WHERE state = ? AND ended_at < ?`, Done, store.Micros(tx.Now.AddDate(0, 0, -Keep)))
	return err
}
