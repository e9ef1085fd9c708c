package sitting

import (
	"encoding/json"
	"fmt"
	"slices"

	"fadu/internal/access"
	"fadu/internal/exam/assembly"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/grade"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// ScriptID identifies an answer that people mark.
type ScriptID int64

// String prints the identifier in decimal.
func (id ScriptID) String() string { return fmt.Sprint(int64(id)) }

// Marker is somebody who was appointed to mark a sitting.
type Marker struct {
	bun.BaseModel `bun:"table:exam_marker,alias:ek"`

	ID      int64            `bun:"id,pk"`
	Sitting SittingID        `bun:"sitting_id"`
	Account access.AccountID `bun:"account"`
	Name    string           `bun:"name"`
	access.Levels
	Active store.Flag `bun:"active"`
	Entry  int64      `bun:"entry_id"`
}

// Script is an answer that people mark. Its unit is the candidate's; Place orders the scripts of an item.
type Script struct {
	bun.BaseModel `bun:"table:exam_script,alias:er"`

	ID        ScriptID         `bun:"id,pk"`
	Sitting   SittingID        `bun:"sitting_id"`
	Item      int              `bun:"item"`
	Attempt   AttemptID        `bun:"attempt_id"`
	Candidate CandidateID      `bun:"candidate_id"`
	Account   access.AccountID `bun:"account"`
	access.Levels
	Place   int64      `bun:"place"`
	Done    store.Flag `bun:"done"`
	Given   int64      `bun:"given"`
	Score   int64      `bun:"score"`
	Version int64      `bun:"version"`
	Entry   int64      `bun:"entry_id"`
}

// Subject is the script as ledger entries name it.
func (s Script) Subject() string { return "script/" + s.ID.String() }

// URL is the page on which the script is marked.
func (s Script) URL() string { return PathScripts + "/" + s.ID.String() }

// Number is by what markers speak of a script; it tells nothing of the candidate.
func (s Script) Number() string { return fmt.Sprintf("%06d", s.Place%1000000) }

// Mark is what one marker gave a script: hundredths for each criterion as JSON, and their sum.
type Mark struct {
	bun.BaseModel `bun:"table:exam_mark,alias:em"`

	ID      int64            `bun:"id,pk"`
	Script  ScriptID         `bun:"script_id"`
	Sitting SittingID        `bun:"sitting_id"`
	Item    int              `bun:"item"`
	Marker  access.AccountID `bun:"marker"`
	Name    string           `bun:"name"`
	Number  int64            `bun:"number"`
	Points  string           `bun:"points"`
	Score   int64            `bun:"score"`
	Note    string           `bun:"note"`
	At      int64            `bun:"at"`
	Version int64            `bun:"version"`
	Entry   int64            `bun:"entry_id"`
}

func (m Mark) points() (out []int64) {
	_ = json.Unmarshal([]byte(m.Points), &out) // what the slice wrote itself; nothing read shows as nothing given
	return out
}

// below are the units of l under the unit that holds the exam, from the top.
func below(l, holds access.Levels) []access.UnitID {
	all := []access.UnitID{l.U1, l.U2, l.U3, l.U4, l.U5}
	i := slices.Index(all, holds.UnitID)
	return slices.DeleteFunc(all[i+1:], func(u access.UnitID) bool { return u == 0 })
}

// near reports whether a marker stands too near to a candidate: both are of one unit, or, under the unit that holds the
// exam, the unit of one lies in that of the other.
func near(marker, candidate, holds access.Levels) bool {
	return marker.UnitID == candidate.UnitID ||
		slices.Contains(below(candidate, holds), marker.UnitID) || slices.Contains(below(marker, holds), candidate.UnitID)
}

// apartFrom narrows scripts to those whose candidates the marker does not stand near to.
func apartFrom(q *bun.SelectQuery, m Marker, holds access.Levels) *bun.SelectQuery {
	q = q.Where("er.account <> ?", m.Account).Where("er.unit_id <> ?", m.UnitID)
	own := below(m.Levels, holds)
	if slices.Contains(own, m.UnitID) {
		q = q.Where("? NOT IN (er.u1, er.u2, er.u3, er.u4, er.u5)", m.UnitID)
	}
	if len(own) > 0 {
		q = q.Where("er.unit_id NOT IN (?)", bun.List(own))
	}
	return q
}

// joined is what two or three markers come to, by the function of the recheck door; open while a third is needed.
func joined(marks []Mark, maximum int64) (score int64, open bool, err error) {
	if len(marks) < 2 {
		return 0, true, nil
	}
	var third *float64
	if len(marks) > 2 {
		x := float64(marks[2].Score) / 100
		third = &x
	}
	got, open, err := grade.Double(float64(marks[0].Score)/100, float64(marks[1].Score)/100, float64(maximum)/100, third)
	return hundredthsOf(got), open, err
}

// scriptsOf are the answers of an attempt that people mark.
func scriptsOf(x Sitting, form assembly.Form, c Candidate, a Attempt, given []Answer, place func(AttemptID, int) int64, entry int64) (out []Script) {
	if c.State == Voided {
		return nil
	}
	for _, g := range given {
		if g.Item < len(form) && form[g.Item].Open() && g.Value != "" {
			out = append(out, Script{ID: ScriptID(store.NewID()), Sitting: x.ID, Item: g.Item, Attempt: a.ID, Candidate: c.ID, Account: c.Account, Levels: c.Levels, Place: place(a.ID, g.Item), Version: 1, Entry: entry})
		}
	}
	return out
}

// criteria are by what an open item is marked, with the hundredths of each.
func criteria(it assembly.Item) (texts []string, points []int64) {
	for _, c := range it.Question.Rubric {
		texts, points = append(texts, c.Text), append(points, hundredthsOf(c.Points))
	}
	if len(texts) == 0 {
		return []string{"全题"}, []int64{it.Points}
	}
	return texts, points
}

// linesOf are the lines into which an open answer is written: of the paper, else one for all.
func linesOf(it assembly.Item) []assembly.Line {
	if len(it.Lines) > 0 {
		return it.Lines
	}
	label := "作答"
	if it.Question.Type == bank.Drafting {
		label = it.Question.Paper
	}
	return []assembly.Line{{Name: "text", Label: label, Long: true}}
}

// lacks is what the element checker of real papers finds missing in an answer; nil for an answer that is no paper.
func (s *Service) lacks(it assembly.Item, value string) []string {
	if len(it.Lines) == 0 || s.Paper == nil {
		return nil
	}
	paper, ok := s.Paper(it.Question.Paper)
	if !ok {
		return nil
	}
	given := givenOf(it.Question.Type, value)
	values := map[string]string{}
	for i, l := range it.Lines {
		if i < len(given) {
			values[l.Name] = given[i]
		}
	}
	return paper.Lacks(values)
}
