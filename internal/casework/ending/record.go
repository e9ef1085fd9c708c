package ending

import (
	"encoding/json"

	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Record is what the form of an act said.
type Record struct {
	bun.BaseModel `bun:"table:side_record,alias:sr"`

	ID         int64           `bun:"id,pk"`
	Case       casework.CaseID `bun:"case_id"`
	Entry      int64           `bun:"entry_id"`
	Act        string          `bun:"act"`
	On         law.Date        `bun:"on_day"`
	Person     int64           `bun:"person_id"`
	Says       string          `bun:"says"` // the input as JSON
	RecordedAt int64           `bun:"recorded_at"`
}

// LinkKind is how one case belongs to another.
type LinkKind string

// The kinds of link.
const (
	LinkMerged      LinkKind = "merged"      // this case went into the other
	LinkSplit       LinkKind = "split"       // the other was split from this one
	LinkTransferred LinkKind = "transferred" // this case went to another body
	LinkDesignated  LinkKind = "designated"  // competence was agreed or designated
)

// Link is how a case belongs to another case, or to another body.
type Link struct {
	bun.BaseModel `bun:"table:case_link,alias:cl"`

	ID         int64           `bun:"id,pk"`
	Case       casework.CaseID `bun:"case_id"`
	Entry      int64           `bun:"entry_id"`
	Kind       LinkKind        `bun:"kind"`
	Other      casework.CaseID `bun:"other_id"`
	Body       string          `bun:"body"`
	Note       string          `bun:"note"`
	On         law.Date        `bun:"on_day"`
	RecordedAt int64           `bun:"recorded_at"`
}

// keep writes what the form of an act said.
func keep(tx *store.Tx, c *casework.Case, done casework.Done, act string, person int64, in any) error {
	b, err := json.Marshal(in)
	if err != nil {
		return err
	}
	return insert(tx, &Record{ID: store.NewID(), Case: c.ID, Entry: int64(done.Entry), Act: act, On: tx.Today(), Person: person, Says: string(b), RecordedAt: store.Micros(tx.Now)})
}

func link(tx *store.Tx, c *casework.Case, done casework.Done, l Link) error {
	l.ID, l.Case, l.Entry, l.On, l.RecordedAt = store.NewID(), c.ID, int64(done.Entry), tx.Today(), store.Micros(tx.Now)
	return insert(tx, &l)
}

// said reads what the last form of an act said into in; it reports whether there is one.
func said(tx *store.Tx, id casework.CaseID, act string, in any) (bool, error) {
	r, err := last(tx, id, act)
	if err != nil || r == nil {
		return false, err
	}
	return true, json.Unmarshal([]byte(r.Says), in)
}
