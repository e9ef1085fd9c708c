package indicator

import (
	"errors"
	"fmt"
	"sort"

	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Measure is the measure word of a figure.
type Measure string

// The measures. A sum of money is Yuan and nothing else is; other sums have the measure word of what is added up.
const (
	Items  Measure = "件"
	Times  Measure = "次"
	People Measure = "人"
	Yuan   Measure = "元"
	Rate   Measure = "%"
)

// Definition says what a figure counts. All texts are Chinese and printed beside the figure.
type Definition struct {
	// ID is a dotted code of the slice that has the records: casework.decided.
	ID      string
	Name    string
	Measure Measure
	// Population, Filter, Basis, Dedup and CutOff explain whose records are counted, which of them, by
	// which date, what is counted once, and up to when entries count.
	Population, Filter, Basis, Dedup, CutOff string
	// Cites is where the figure is prescribed or defined; may be empty.
	Cites law.Citations

	// Rows selects the counted rows without columns, order or limit, each record once. Period, scope and
	// narrowing are added to it as further conditions, so it has no WhereOr outside of a group.
	Rows func(tx *store.Tx) *bun.SelectQuery
	// On stands instead of Rows for what is counted on a day, such as the people who are here: the day is
	// the last of the period, today when the period is open or goes on. The first day has no meaning then.
	On func(tx *store.Tx, day law.Date) *bun.SelectQuery
	// Columns are where the parts of a row are found.
	Columns Columns
	// Sum is the expression of what is added up: an amount in 分 for Yuan, else a whole number.
	Sum string
	// Whole says that Sum adds up whole numbers, such as people or square metres, which are no money.
	Whole bool
	// Distinct is the expression of what is counted once, such as a person; empty counts rows.
	Distinct string
	// Met is the condition that makes a row count in the numerator; only for Rate. All rows are the
	// denominator.
	Met string
	// Dimensions are what the figure can be grouped and narrowed by.
	Dimensions []Dimension
	// Keep names up to two dimensions, beside unit and month, by which sums are kept (see Kept); nil counts
	// the records each time. Only for a count or a sum over Rows that depend on nothing but the record.
	Keep []string
	// Link is the address of a record, with %d for its identifier.
	Link string
}

// Columns name columns of Rows with their table's alias. Label may be any expression of TEXT.
type Columns struct {
	// Alias is the alias of the table with the unit columns u1…u5.
	Alias string
	ID    string // BIGINT
	// Subject is what Link opens where that is not the record itself: the case of a term; "" is ID.
	Subject string
	Date    string // law.Date, the basis of the period
	Label   string
	// Plain is the label for whoever sees names masked, where Label holds what somebody wrote; "" is Label.
	Plain string
	// Instant is the column of instants (BIGINT µs) whose day Date is; "" where Date is a column itself. The
	// records are found and ordered by it, since no index has what is reckoned.
	Instant string
	// Entered is the instant of entry, BIGINT µs; needed to ask for a figure as of a past moment.
	Entered string
}

// Stock reports whether the figure counts what is there on a day rather than what happened in a period.
func (d Definition) Stock() bool { return d.On != nil }

// Dimension is one way to group a figure; Expr is an expression over Rows that is never NULL.
type Dimension struct {
	ID, Name string
	Expr     string
}

// Month returns the expression of a date column's month, YYYY-MM.
func Month(column string) string { return "substr(" + column + ", 1, 7)" }

// Registry holds the definitions of the program.
type Registry struct {
	all  []Definition
	byID map[string]int
}

// NewRegistry checks the definitions. An incomplete one or a second of the same ID is an error.
func NewRegistry(defs ...Definition) (*Registry, error) {
	r := &Registry{byID: map[string]int{}}
	var errs []error
	for _, d := range defs {
		if _, dup := r.byID[d.ID]; dup {
			errs = append(errs, fmt.Errorf("indicator: %s is defined twice", d.ID))
		}
		r.byID[d.ID] = 0
		if err := d.check(); err != nil {
			errs = append(errs, fmt.Errorf("indicator: %s: %w", d.ID, err))
		}
	}
	r.all = append(r.all, defs...)
	sort.SliceStable(r.all, func(i, j int) bool { return r.all[i].ID < r.all[j].ID })
	for i, d := range r.all {
		r.byID[d.ID] = i
	}
	return r, errors.Join(errs...)
}

// All returns the definitions in the order of their IDs.
func (r *Registry) All() []Definition { return r.all }

// Get returns the definition with the ID.
func (r *Registry) Get(id string) (Definition, bool) {
	i, ok := r.byID[id]
	if !ok {
		return Definition{}, false
	}
	return r.all[i], true
}

func (d Definition) check() error {
	for what, text := range map[string]string{
		"ID": d.ID, "Name": d.Name, "Measure": string(d.Measure), "Population": d.Population, "Filter": d.Filter, "Basis": d.Basis, "Dedup": d.Dedup, "CutOff": d.CutOff,
		"Columns.Alias": d.Columns.Alias, "Columns.ID": d.Columns.ID, "Columns.Date": d.Columns.Date, "Columns.Label": d.Columns.Label, "Link": d.Link,
	} {
		if text == "" {
			return fmt.Errorf("no %s", what)
		}
	}
	switch {
	case (d.Rows == nil) == (d.On == nil):
		return errors.New("either Rows or On")
	case d.On != nil && d.Columns.Entered != "":
		return errors.New("what is counted on a day cannot be asked as of a past moment")
	case (d.Measure == Yuan) != (d.Sum != "" && !d.Whole):
		return errors.New("a sum is in yuan, and only a sum is, unless it is of whole numbers")
	case (d.Measure == Rate) != (d.Met != ""):
		return errors.New("a rate has a numerator, and only a rate does")
	case d.Distinct != "" && (d.Sum != "" || d.Met != ""):
		return errors.New("only a count can be of distinct things")
	}
	if err := d.checkKeep(); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, dim := range d.Dimensions {
		if dim.ID == "" || dim.Name == "" || dim.Expr == "" || seen[dim.ID] {
			return fmt.Errorf("dimension %q is incomplete or double", dim.ID)
		}
		seen[dim.ID] = true
	}
	return nil
}
