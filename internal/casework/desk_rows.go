package casework

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"fadu/internal/law"
	"fadu/internal/store"
)

// AddRow writes a row of a desk.
func AddRow(tx *store.Tx, row any) error { return insert(tx, row) }

// RoundActs are the acts of a case since it was last taken up anew, as Acts orders them: those of before belong to the
// decision that was revoked.
func RoundActs(tx *store.Tx, id CaseID) ([]CaseAct, error) {
	all, err := Acts(tx, id)
	since := round(all)
	return slices.DeleteFunc(all, func(a CaseAct) bool { return a.ID <= since }), err
}

// RoundRows are the rows of a desk's table since then, oldest first.
func RoundRows[R any](tx *store.Tx, id CaseID) ([]R, error) {
	acts, err := Acts(tx, id)
	if err != nil {
		return nil, err
	}
	var out []R
	return out, tx.DB().NewSelect().Model(&out).Where("case_id = ?", id).Where("id > ?", round(acts)).Order("id").Scan(tx.Ctx)
}

// round is the act by which the case was last taken up anew, 0 in the first round; whatever is younger has a larger number.
func round(acts []CaseAct) (since int64) {
	for _, a := range acts {
		if a.Act == "reopen" {
			since = max(since, a.ID)
		}
	}
	return since
}

// Decided is the decision as papers of performance and execution name it.
type Decided struct {
	Executed
	On, Served law.Date
}

// DecidedOf reads it from the case and its papers.
func DecidedOf(tx *store.Tx, c *Case) (Decided, error) {
	no, err := DocNoOf(tx, c.ID)
	return Decided{Executed{Title: "行政处罚决定书", Decision: no}, c.DecidedOn, law.DateOf(c.Delivered())}, err
}

// Minute is an instant as papers print it; "" for none.
func Minute(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(law.Zone).Format("2006年1月2日15时04分")
}

// Joined puts the parts that say something behind each other, with a sign between them.
func Joined(sign string, parts ...string) string {
	var said []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			said = append(said, p)
		}
	}
	return strings.Join(said, sign)
}

// OrWord is a text, or a word where there is none.
func OrWord(text, word string) string { return orWord(strings.TrimSpace(text), word) }

// Said is what the form of an act said, as JSON. A desk embeds it in a row with a table of its own.
type Said struct {
	ID         int64    `bun:"id,pk"`
	Case       CaseID   `bun:"case_id"`
	Entry      int64    `bun:"entry_id"`
	Act        string   `bun:"act"`
	On         law.Date `bun:"on_day"`
	Says       string   `bun:"says"`
	Person     int64    `bun:"person_id"`
	RecordedAt int64    `bun:"recorded_at"`
}

func (s Said) said() Said { return s }

// SaidNow is what a form said in an act that was just done.
func SaidNow(tx *store.Tx, c *Case, done Done, act string, person int64, in any) (Said, error) {
	b, err := json.Marshal(in)
	return Said{ID: store.NewID(), Case: c.ID, Entry: int64(done.Entry), Act: act, On: tx.Today(), Says: string(b), Person: person, RecordedAt: store.Micros(tx.Now)}, err
}

// LastSaid reads what the last form of an act said, among rows that are ordered by age, into in. It reports whether
// there is one.
func LastSaid[R interface{ said() Said }](rows []R, act string, in any) (bool, error) {
	for i := len(rows) - 1; i >= 0; i-- {
		if r := rows[i].said(); r.Act == act {
			return true, json.Unmarshal([]byte(r.Says), in)
		}
	}
	return false, nil
}

// WorkdaysPassed is how many workdays have wholly passed on a day since another; counting ends after sixty days, which
// no rule asks for, so that no later year's calendar is needed.
func (s *Service) WorkdaysPassed(since, on law.Date) (int, error) {
	until := on.AddDays(-1)
	if far := since.AddDays(60); until.After(far) {
		until = far
	}
	return s.Calendar.WorkdaysElapsed(since, until)
}
