package ledger

import (
	"context"
	"fmt"
	"time"

	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// grace is how long an entry may wait for its number before that is a fault.
const grace = 60 * time.Second

// maxFaults bounds what Verify lists; it goes on counting.
const maxFaults = 100

// Reference is a column in which business rows keep the entry of their last change. Verify finds
// entries that were removed before they were numbered, and rows that are not as their entry says.
type Reference struct {
	Table, Column string
	// Unproven rows are work in progress, such as those of a file that is being imported: no entry says
	// what is in them.
	Unproven bool
}

// Unproven returns the tables whose rows no entry proves, for Start.
func Unproven(refs []Reference) (tables []string) {
	for _, r := range refs {
		if r.Unproven {
			tables = append(tables, r.Table)
		}
	}
	return tables
}

// Check is a slice's own part of verification, e.g. that a paper's bytes still have their digest. It
// returns what is wrong, in Chinese.
type Check struct {
	Name string
	Run  func(context.Context, *store.DB) ([]string, error)
}

// Report is what Verify found.
type Report struct {
	// Leaves is how many entries are numbered; Root their Merkle root, in hex.
	Leaves int64
	Root   string
	// Rows and Checkpoints are how many rows and checkpoints were compared.
	Rows, Checkpoints int64
	// Faults says, in Chinese, what is wrong and where; More counts those left out.
	Faults []string
	More   int
}

// OK reports whether nothing is wrong.
func (r Report) OK() bool { return len(r.Faults) == 0 }

func (r *Report) fault(format string, args ...any) {
	if len(r.Faults) == maxFaults {
		r.More++
		return
	}
	r.Faults = append(r.Faults, fmt.Sprintf(format, args...))
}

// Task is what to verify.
type Task struct {
	References []Reference
	Checks     []Check
	// Kept are checkpoints from outside of the database; Keys are trusted public keys besides those in it.
	Kept []Checkpoint
	Keys []Verifier
	// Since, when given, is a checkpoint up to which the entries were verified before: they and the rows
	// that they last changed are left out.
	Since *Checkpoint
	// Progress, when given, hears what is being read and how far it has come.
	Progress func(what string, done int64)
}

// Verify recomputes every leaf and node from the entries and checks that numbers run from 1 without a
// gap, that each leaf has its entry and each entry (older than a minute) its leaf, that the tree had
// the root that every checkpoint states, and that every business row is what the entry of its last
// change says; then it runs the slices' checks. It reads in parts, so that memory does not grow.
func Verify(ctx context.Context, db *store.DB, refs []Reference, checks []Check) (Report, error) {
	return Task{References: refs, Checks: checks}.Run(ctx, db)
}

// Run does the task.
func (k Task) Run(ctx context.Context, db *store.DB) (Report, error) {
	if k.Progress == nil {
		k.Progress = func(string, int64) {}
	}
	var rep Report
	err := db.View(ctx, func(tx *store.Tx) error {
		w := newWalk(&rep, tx, k)
		if err := w.entries(); err != nil {
			return err
		}
		if err := rep.unnumbered(tx); err != nil {
			return err
		}
		for _, ref := range k.References {
			if err := w.reference(ref); err != nil {
				return fmt.Errorf("ledger: verify %s: %w", ref.Table, err)
			}
		}
		return nil
	})
	if err != nil {
		return rep, fmt.Errorf("ledger: verify: %w", err)
	}
	for _, c := range k.Checks {
		k.Progress(c.Name, 0)
		faults, err := c.Run(ctx, db)
		if err != nil {
			return rep, fmt.Errorf("ledger: verify %s: %w", c.Name, err)
		}
		for _, f := range faults {
			rep.fault("%s：%s", c.Name, f)
		}
	}
	return rep, nil
}

func (r *Report) unnumbered(tx *store.Tx) error {
	var es []Entry
	err := tx.DB().NewSelect().Model(&es).Where("at < ?", store.Micros(tx.Now.Add(-grace))).
		Where("NOT EXISTS (SELECT 1 FROM ledger_leaf l WHERE l.entry_id = e.id)").Order("id").Limit(maxFaults).Scan(tx.Ctx)
	for _, e := range es {
		r.fault("办案留痕（编号 %s，%s，%s）没有序号，可能是绕过程序插入的", e.ID, e.Kind, e.Subject)
	}
	return err
}

func (r *Report) orphans(tx *store.Tx, ref Reference) error {
	rows, err := tx.DB().QueryContext(tx.Ctx, `SELECT t.? FROM ? t WHERE NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.id = t.?) LIMIT ?`,
		bun.Ident(ref.Column), bun.Ident(ref.Table), bun.Ident(ref.Column), maxFaults)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id EntryID
		if err := rows.Scan(&id); err != nil {
			return err
		}
		r.fault("%s 有一行指向已不存在的办案留痕（编号 %s）", ref.Table, id)
	}
	return rows.Err()
}
