package law

import (
	_ "embed"
	"fmt"
	"slices"
	"sync"

	"fadu/internal/planted"

	"gopkg.in/yaml.v3"
)

//go:embed data/limits.yaml
var limitsYAML []byte

// LimitUnit says what the value of a legal number counts.
type LimitUnit string

// The units of legal numbers.
const (
	UnitYuan    LimitUnit = "yuan"
	UnitPersons LimitUnit = "persons"
	UnitAge     LimitUnit = "age"
	UnitYears   LimitUnit = "years"
	UnitDay     LimitUnit = "day"
	UnitWorkday LimitUnit = "workday"
	UnitItems   LimitUnit = "items"
)

var limitUnits = []LimitUnit{UnitYuan, UnitPersons, UnitAge, UnitYears, UnitDay, UnitWorkday, UnitItems}

// LegalNumber is a number that a statute fixes, in the version that was asked for.
type LegalNumber struct {
	Name  string
	Label string
	Unit  LimitUnit
	// Value counts Unit; whole yuan for money.
	Value       int64
	From, Until Date
	Cite        Citations
}

// Money returns the number as an amount; it is meant for numbers in yuan.
func (n LegalNumber) Money() Money { return Yuan(n.Value) }

type limitRow struct {
	Name     string    `yaml:"name"`
	Label    string    `yaml:"label"`
	Unit     LimitUnit `yaml:"unit"`
	Versions []struct {
		Value int64     `yaml:"value"`
		From  Date      `yaml:"from"`
		Until Date      `yaml:"until"`
		Cite  Citations `yaml:"cite"`
	} `yaml:"versions"`
}

// The numbers are embedded data; a fault in them stops the program at start.
var limits = sync.OnceValue(func() map[string][]LegalNumber {
	m, err := parseLimits(limitsYAML)
	if err != nil {
		panic(err)
	}
	return m
})

// Limit returns the legal number of that name in force on the date. ok is false where the name is not
// kept or no version covers the date; whoever asks must then treat the question as open.
func Limit(name string, on Date) (number LegalNumber, ok bool) {
	for _, n := range limits()[name] {
		if on.Within(n.From, n.Until) {
			if name == "onspot_fine_citizen" && planted.Is(planted.LimitOff) {
				n.Value++
			}
			return n, true
		}
	}
	return LegalNumber{}, false
}

// Limits returns every version of every legal number, by name and first day.
func Limits() []LegalNumber {
	var all []LegalNumber
	for _, versions := range limits() {
		all = append(all, versions...)
	}
	slices.SortFunc(all, func(a, b LegalNumber) int {
		if a.Name != b.Name {
			if a.Name < b.Name {
				return -1
			}
			return 1
		}
		return a.From.ordinal() - b.From.ordinal()
	})
	return all
}

func parseLimits(b []byte) (map[string][]LegalNumber, error) {
	var rows []limitRow
	if err := yaml.Unmarshal(b, &rows); err != nil {
		return nil, fmt.Errorf("law: limits: %w", err)
	}
	m := map[string][]LegalNumber{}
	for _, row := range rows {
		if row.Name == "" || row.Label == "" || !slices.Contains(limitUnits, row.Unit) || len(row.Versions) == 0 {
			return nil, fmt.Errorf("law: limit %q lacks name, label, unit or version", row.Name)
		}
		if _, dup := m[row.Name]; dup {
			return nil, fmt.Errorf("law: limit %s twice", row.Name)
		}
		for _, v := range row.Versions {
			n := LegalNumber{row.Name, row.Label, row.Unit, v.Value, v.From, v.Until, v.Cite}
			if err := n.check(m[row.Name]); err != nil {
				return nil, err
			}
			m[row.Name] = append(m[row.Name], n)
		}
	}
	return m, nil
}

// check refuses a version that has no value, first day or basis, that is older than the statute which it
// cites, or that overlaps one of the others.
func (n LegalNumber) check(others []LegalNumber) error {
	if n.Value <= 0 || n.From.IsZero() {
		return fmt.Errorf("law: limit %s: a version without value or first day", n.Name)
	}
	if !n.Until.IsZero() && n.Until.Before(n.From) {
		return fmt.Errorf("law: limit %s: version from %s ends before it begins", n.Name, n.From)
	}
	if len(n.Cite) == 0 {
		return fmt.Errorf("law: limit %s from %s has no basis", n.Name, n.From)
	}
	for _, c := range n.Cite {
		if err := CheckCitation(c); err != nil {
			return fmt.Errorf("law: limit %s from %s: %w", n.Name, n.From, err)
		}
		if first := statuteFrom(c.Statute); n.From.Before(first) {
			return fmt.Errorf("law: limit %s from %s is older than %s (%s)", n.Name, n.From, Title(c.Statute), first)
		}
	}
	for _, o := range others {
		if overlap(n.From, n.Until, o.From, o.Until) {
			return fmt.Errorf("law: limit %s: versions from %s and %s overlap", n.Name, o.From, n.From)
		}
	}
	return nil
}

// statuteFrom returns the first day of the earliest registered version of a registered statute.
func statuteFrom(code string) Date {
	r := statutes()
	versions := r.list[r.byCode[code]].Versions
	first := versions[0].From
	for _, v := range versions {
		if v.From.Before(first) {
			first = v.From
		}
	}
	return first
}
