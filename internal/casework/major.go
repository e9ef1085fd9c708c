package casework

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"sync"

	"fadu/internal/law"

	"gopkg.in/yaml.v3"
)

//go:embed data/major_decisions.yaml
var majorYAML []byte

// MajorRow is a row of the directory of major decisions (重大执法决定法制审核目录): when a decision is major and what
// follows. The embedded rows are the law's own; a bureau adopts its own by ReviewDirectory and DiscussionDirectory.
type MajorRow struct {
	Code   string        `yaml:"code"`
	Label  string        `yaml:"label"`
	When   MajorWhen     `yaml:"when"`
	Effect []MajorEffect `yaml:"effect"`
	From   law.Date      `yaml:"from"`
	Until  law.Date      `yaml:"until"`
	Cite   law.Citations `yaml:"cite"`
}

// MajorEffect is what a major decision needs.
type MajorEffect string

// The effects.
const (
	NeedsReview     MajorEffect = "legal_review"
	NeedsDiscussion MajorEffect = "collective"
)

// MajorWhen is when a row holds: every condition that it names.
type MajorWhen struct {
	// Fact and And are names of true/false facts.
	Fact string `yaml:"fact"`
	And  string `yaml:"and"`
	// Hearing: a hearing was held. Party is citizen or unit; FineFrom in whole yuan, reached when equal; Kinds are
	// kinds of penalty.
	Hearing  bool          `yaml:"hearing"`
	Party    string        `yaml:"party"`
	FineFrom int64         `yaml:"fine_from"`
	Kinds    []PenaltyKind `yaml:"kinds"`
}

// MajorCase is what the directory asks of a case. What the file does not say is Unknown.
type MajorCase struct {
	Facts   map[string]law.Tri
	Hearing law.Tri
	Party   PartyKind
	Fine    law.Money
	Kinds   []PenaltyKind
}

// majorRows are the embedded rows; a fault in them stops the program at start.
var majorRows = sync.OnceValues(func() ([]MajorRow, error) { return parseMajor(majorYAML) })

// MajorRows are the rows of the law, which hold for every bureau.
func MajorRows() []MajorRow {
	rows, _ := majorRows() // CheckProcedures looked at them
	return slices.Clone(rows)
}

func parseMajor(b []byte) ([]MajorRow, error) {
	var rows []MajorRow
	if err := yaml.Unmarshal(b, &rows); err != nil {
		return nil, fmt.Errorf("casework: major decisions: %w", err)
	}
	var faults []error
	for _, r := range rows {
		w := r.When
		if r.Code == "" || r.Label == "" || len(r.Effect) == 0 || r.From.IsZero() || len(r.Cite) == 0 || w.Fact == "" && !w.Hearing && w.FineFrom == 0 && len(w.Kinds) == 0 {
			faults = append(faults, fmt.Errorf("casework: major decision %q lacks code, label, condition, effect, first day or basis", r.Code))
		}
		for _, c := range r.Cite {
			faults = append(faults, law.CheckCitation(c))
		}
		for _, f := range []string{w.Fact, w.And} {
			if f != "" && law.Words()[f] == nil {
				faults = append(faults, fmt.Errorf("casework: major decision %s asks for the fact %q, which there is not", r.Code, f))
			}
		}
	}
	return rows, errors.Join(faults...)
}

// Holds reports whether the row makes the case major on the day.
func (r MajorRow) Holds(c MajorCase, on law.Date) law.Tri {
	if !on.Within(r.From, r.Until) {
		return law.False
	}
	out, w := law.True, r.When
	for _, f := range []string{w.Fact, w.And} {
		if f != "" {
			out = law.And(out, c.Facts[f])
		}
	}
	if w.Hearing {
		out = law.And(out, c.Hearing)
	}
	if w.Party != "" {
		out = law.And(out, law.TriOf((w.Party == "unit") == isUnit(c.Party)))
	}
	if w.FineFrom > 0 {
		out = law.And(out, law.TriOf(c.Fine >= law.Yuan(w.FineFrom)))
	}
	if len(w.Kinds) > 0 {
		out = law.And(out, law.TriOf(slices.ContainsFunc(c.Kinds, func(k PenaltyKind) bool { return slices.Contains(w.Kinds, k) })))
	}
	return out
}

// Major tells whether an effect is due, with the rows that say so; Unknown while a row that could say so is open.
func Major(rows []MajorRow, effect MajorEffect, c MajorCase, on law.Date) (law.Tri, []MajorRow) {
	out := law.False
	var by []MajorRow
	for _, r := range rows {
		if !slices.Contains(r.Effect, effect) {
			continue
		}
		h := r.Holds(c, on)
		out = law.Or(out, h)
		if h == law.True {
			by = append(by, r)
		}
	}
	return out, by
}
