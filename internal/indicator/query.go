package indicator

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Scope limits rows to the records that somebody may see; access.Scope is one.
type Scope interface {
	Where(q *bun.SelectQuery, alias string) *bun.SelectQuery
	// Beside is Where, with the period to choose the index.
	Beside(tx *store.Tx, q *bun.SelectQuery, alias string) *bun.SelectQuery
}

// Period is a span of days, both included. A zero bound is open; a row without a date is in no period,
// not even the open one.
type Period struct{ From, To law.Date }

// Part chooses rows of a rate.
type Part string

// The parts of a rate's denominator.
const (
	All   Part = ""
	Met   Part = "met"
	Unmet Part = "unmet"
)

// Query asks for a figure, or for the records behind it.
type Query struct {
	Period Period
	Scope  Scope
	// Only narrows by dimension: dimension ID → value, as Groups returned it.
	Only map[string]string
	// AsOf leaves out what was entered later; the zero time counts all.
	AsOf time.Time
	// Part narrows the records of a rate; Value and Groups ignore it.
	Part Part
	// Plain labels records without what somebody wrote.
	Plain bool
}

// Value returns the figure.
func (d Definition) Value(tx *store.Tx, q Query) (Figure, error) {
	gs, err := d.Groups(tx, q)
	if err != nil {
		return Figure{}, err
	}
	return gs[0].Figure, nil
}

// Group is the figure of one combination of dimension values.
type Group struct {
	Keys   []string
	Figure Figure
}

// Groups returns the figure for each combination of values of the dimensions that has rows, in the
// order of the keys; numbers among keys are ordered as numbers. Without dimensions it is the one whole.
func (d Definition) Groups(tx *store.Tx, q Query, dimensions ...string) ([]Group, error) {
	if q.Scope == nil {
		return nil, errors.New("indicator: query without scope")
	}
	var groups []Group
	columns, kept := d.keptBy(q, dimensions)
	var err error
	if kept {
		kept, err = d.current(tx)
	}
	switch {
	case err != nil:
	case kept:
		groups, err = d.keptGroups(tx, q, columns, dimensions)
	default:
		groups, err = d.counted(tx, q, dimensions)
	}
	slices.SortFunc(groups, func(a, b Group) int { return slices.CompareFunc(a.Keys, b.Keys, compareKeys) })
	return groups, err
}

// counted answers from the records.
func (d Definition) counted(tx *store.Tx, q Query, dimensions []string) ([]Group, error) {
	rows, err := d.rows(tx, q)
	if err != nil {
		return nil, err
	}
	for i, id := range dimensions {
		dim, err := d.dimension(id)
		if err != nil {
			return nil, err
		}
		rows = rows.ColumnExpr("CAST((?) AS TEXT)", bun.Safe(dim.Expr)).GroupExpr(strconv.Itoa(i + 1))
	}
	count := "COUNT(*)"
	switch {
	case d.Sum != "":
		count = "CAST(COALESCE(SUM(" + d.Sum + "), 0) AS BIGINT)"
	case d.Distinct != "":
		count = "COUNT(DISTINCT " + d.Distinct + ")"
	case d.Met != "":
		count = "CAST(COALESCE(SUM(" + d.met() + "), 0) AS BIGINT)"
	}
	return d.scan(tx, rows.ColumnExpr("?", bun.Safe(count)).ColumnExpr("COUNT(*)"), len(dimensions))
}

// scan reads groups: their keys, the count or sum, and how many rows it is of.
func (d Definition) scan(tx *store.Tx, q *bun.SelectQuery, keys int) ([]Group, error) {
	result, err := q.Rows(tx.Ctx)
	if err != nil {
		return nil, fmt.Errorf("indicator: %s: %w", d.ID, err)
	}
	defer func() { _ = result.Close() }()
	groups := []Group{}
	for result.Next() {
		g := Group{Keys: make([]string, keys), Figure: Figure{Measure: d.Measure}}
		targets := make([]any, 0, keys+2)
		for i := range g.Keys {
			targets = append(targets, &g.Keys[i])
		}
		if err := result.Scan(append(targets, &g.Figure.N, &g.Figure.D)...); err != nil {
			return nil, fmt.Errorf("indicator: %s: %w", d.ID, err)
		}
		if d.Measure != Rate {
			g.Figure.D = 0
		}
		groups = append(groups, g)
	}
	return groups, result.Err()
}

// compareKeys orders numbers as numbers and before all else.
func compareKeys(a, b string) int {
	m, errA := strconv.ParseInt(a, 10, 64)
	n, errB := strconv.ParseInt(b, 10, 64)
	switch {
	case errA == nil && errB == nil:
		return cmp.Compare(m, n)
	case errA == nil:
		return -1
	case errB == nil:
		return 1
	}
	return strings.Compare(a, b)
}

// met is 1 for a row of the numerator and 0 for another, also where the condition is unknown.
func (d Definition) met() string { return "CASE WHEN (" + d.Met + ") THEN 1 ELSE 0 END" }

// rows is the one condition of figure and records.
func (d Definition) rows(tx *store.Tx, q Query) (*bun.SelectQuery, error) {
	return d.rowsAfter(tx, q, false)
}

// rowsAfter are the rows for a page that begins at a cursor, which bounds them above already: of two such
// bounds an index serves only one, which must be the cursor's.
func (d Definition) rowsAfter(tx *store.Tx, q Query, cursor bool) (*bun.SelectQuery, error) {
	rows := d.within(q.Scope.Beside(tx, d.selected(tx, q), d.Columns.Alias), d.period(q), cursor && tx.Engine() == store.SQLite)
	if !q.AsOf.IsZero() {
		if d.Columns.Entered == "" {
			return nil, fmt.Errorf("indicator: %s cannot be asked as of a past moment", d.ID)
		}
		rows = rows.Where("? <= ?", bun.Safe(d.Columns.Entered), store.Micros(q.AsOf))
	}
	if d.Distinct != "" {
		rows = rows.Where("(?) IS NOT NULL", bun.Safe(d.Distinct))
	}
	for _, id := range slices.Sorted(maps.Keys(q.Only)) {
		dim, err := d.dimension(id)
		if err != nil {
			return nil, err
		}
		rows = rows.Where("CAST((?) AS TEXT) = ?", bun.Safe(dim.Expr), q.Only[id])
	}
	return rows, nil
}

// within narrows rows to those dated in the period; known says that its end needs no index.
func (d Definition) within(rows *bun.SelectQuery, p Period, known bool) *bun.SelectQuery {
	column, none := d.Columns.Date, "''"
	day := func(on law.Date) any { return on }
	if d.Columns.Instant != "" {
		column, none = d.Columns.Instant, "0"
		day = func(on law.Date) any { return store.Micros(on.Start()) }
	}
	rows = rows.Where("? > ?", bun.Safe(column), bun.Safe(none)) // as in the condition of an index
	if d.On == nil && !p.From.IsZero() {
		rows = rows.Where("? >= ?", bun.Safe(column), day(p.From))
	}
	if d.On == nil && !p.To.IsZero() {
		if known {
			column = "+" + column
		}
		rows = rows.Where("? < ?", bun.Safe(column), day(p.To.AddDays(1)))
	}
	return rows
}

// period is the query's period, narrowed to the month that is asked for alone.
func (d Definition) period(q Query) Period {
	p := q.Period
	month, err := law.ParseDate(q.Only[monthDimension] + "-01")
	if dim, known := d.dimension(monthDimension); err != nil || known != nil || dim.Expr != Month(d.Columns.Date) {
		return p
	}
	if p.From.IsZero() || p.From.Before(month) {
		p.From = month
	}
	if last := month.AddMonths(1).AddDays(-1); p.To.IsZero() || p.To.After(last) {
		p.To = last
	}
	return p
}

// selected are the counted rows before period, scope and narrowing.
func (d Definition) selected(tx *store.Tx, q Query) *bun.SelectQuery {
	if d.On == nil {
		return d.Rows(tx)
	}
	day := tx.Today()
	if !q.Period.To.IsZero() && q.Period.To.Before(day) {
		day = q.Period.To
	}
	return d.On(tx, day)
}

func (d Definition) dimension(id string) (Dimension, error) {
	for _, dim := range d.Dimensions {
		if dim.ID == id {
			return dim, nil
		}
	}
	return Dimension{}, fault.New(fault.Invalid, "指标“%s”不能按“%s”细分", d.Name, id)
}
