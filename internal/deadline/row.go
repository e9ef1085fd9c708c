package deadline

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/law/timing"
	"fadu/internal/store"
	"fadu/internal/web"

	"github.com/uptrace/bun"
)

// Matter is what terms run in: a case, later a review or a request. Kind and Ref are its subject (case/123) apart.
type Matter struct {
	Kind string `bun:"kind"`
	Ref  int64  `bun:"ref"`
	// Title is its number or what people call it, without personal data; Href its page.
	Title string `bun:"title"`
	Href  string `bun:"href"`
	access.Levels
	// Holder and Second are the persons who have it in hand; 0 for none.
	Holder int64 `bun:"holder"`
	Second int64 `bun:"holder2"`
}

// Subject is the matter as ledger entries name it.
func (m Matter) Subject() string { return fmt.Sprintf("%s/%d", m.Kind, m.Ref) }

// Row is a term that runs, stands still or, being another's, ran out.
type Row struct {
	bun.BaseModel `bun:"table:deadline,alias:dl"`

	ID int64 `bun:"id,pk"`
	Matter
	Term  string       `bun:"term"`
	Code  string       `bun:"code"`
	Of    string       `bun:"of_id"`
	Whose timing.Whose `bun:"whose"`
	State timing.State `bun:"state"`
	Start law.Date     `bun:"start_on"`
	// Due is the last day; none while it stands still. DueAt is the instant (µs) of a term in hours, else 0.
	Due   law.Date `bun:"due"`
	DueAt int64    `bun:"due_at"`
	// Workdays: the term counts working days. Length is its count.
	Workdays store.Flag `bun:"workdays"`
	Length   int        `bun:"length"`
	// OwnDue is the last day of the bureau's own shorter term, if it has one.
	OwnDue law.Date `bun:"own_due"`
	// Since and Why say from when and for what it stands still.
	Since     law.Date `bun:"since"`
	Why       string   `bun:"why"`
	RedLine   law.Date `bun:"red_line"`
	NotLoaded int      `bun:"not_loaded"`
	Excluded  string   `bun:"excluded"`
	Granted   int      `bun:"granted"`
	Notes     string   `bun:"notes"`
	Cite      string   `bun:"cite"`
	// Nearest marks the first running term of the matter that is the bureau's or owed to it; when none runs, one that
	// stands still.
	Nearest store.Flag `bun:"nearest"`
	Warned  store.Flag `bun:"warned"`
	Missed  store.Flag `bun:"missed"`
	// Escalated is how many levels of leaders have been told.
	Escalated int `bun:"escalated"`
	// NextAt is when the scan has something to do about it; 0 for never.
	NextAt  int64 `bun:"next_at"`
	Version int64 `bun:"version"`
}

// Cites are the provisions that the term rests on.
func (r Row) Cites() law.Citations {
	var out law.Citations
	for _, k := range strings.Fields(r.Cite) {
		if c, ok := web.ParseCite(k); ok {
			out = append(out, c)
		}
	}
	return out
}

// Left is what remains of the term on a day, as pages tell it.
func (r Row) Left(today law.Date, cal web.Workdays) web.DueView {
	switch r.State {
	case timing.Still:
		return web.DueStopped(r.Why)
	case timing.RanOut:
		return web.DueDone(r.Due, today, false)
	}
	return web.DueOf(r.Due, today, bool(r.Workdays), cal)
}

// Late reports whether the term's last day, or its hour, lies in the past.
func (r Row) Late(now time.Time) bool {
	if r.State != timing.Running {
		return false
	}
	if r.DueAt > 0 {
		return store.Micros(now) > r.DueAt
	}
	return !r.Due.IsZero() && r.Due.Before(law.DateOf(now))
}

// rowOf is a clock as a row of its matter; what the program did about it is not in it.
func rowOf(m Matter, c timing.Clock) Row {
	r := Row{
		Matter: m, Term: c.Term, Code: c.Code, Of: c.Of, Whose: c.Whose, State: c.State, Start: c.Start, Due: c.Due, DueAt: micros(c.DueAt),
		Workdays: store.Flag(c.Unit == calendar.Workdays), Length: c.Count, Since: c.Since, Why: c.Why, RedLine: c.RedLine, NotLoaded: c.NotLoaded,
		Granted: c.Granted, Notes: strings.Join(c.Notes, "\n"), Excluded: excludedText(c.Excluded),
	}
	keys := make([]string, len(c.Cite))
	for i, ci := range c.Cite {
		keys[i] = web.CiteKey(ci)
	}
	r.Cite = strings.Join(keys, " ")
	if c.Holder != 0 {
		r.Holder, r.Second = max(c.Holder, 0), 0
	}
	return r
}

func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return store.Micros(t)
}

// Exclusion is a stretch that was not counted, on which paper.
type Exclusion struct {
	From  law.Date `json:"from"`
	To    law.Date `json:"to"`
	Paper string   `json:"paper"`
	Why   string   `json:"why,omitempty"`
}

func excludedText(xs []calendar.ExcludedInterval) string {
	if len(xs) == 0 {
		return ""
	}
	out := make([]Exclusion, len(xs))
	for i, x := range xs {
		out[i] = Exclusion{x.From, x.To, x.Paper, x.Why}
	}
	b, err := json.Marshal(out)
	if err != nil {
		panic(err) // dates and a text
	}
	return string(b)
}

// Exclusions are the stretches that were not counted.
func (r Row) Exclusions() []Exclusion {
	var out []Exclusion
	if r.Excluded != "" && json.Unmarshal([]byte(r.Excluded), &out) != nil {
		return nil // written by rowOf alone
	}
	return out
}

// sameFacts reports whether the term rests on the same events as before: only the calendar may differ.
func (r Row) sameFacts(o Row) bool {
	return r.Start == o.Start && r.Granted == o.Granted && r.Excluded == o.Excluded && r.State == o.State
}
