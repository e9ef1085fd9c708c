package indicator

import (
	"fmt"
	"slices"

	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// months is a span of whole months, as YYYY-MM; an empty bound is open.
type months struct{ from, to string }

// split cuts a period into whole months and the days before and after them; whole is false when no month
// is whole.
func split(p Period) (m months, whole bool, rest []Period) {
	if !p.From.IsZero() && !p.To.IsZero() && p.To.Before(p.From) {
		return m, false, []Period{p} // no day at all
	}
	if !p.From.IsZero() {
		first := law.NewDate(p.From.Year(), p.From.Month(), 1)
		if p.From != first {
			first = first.AddMonths(1)
			head := Period{From: p.From, To: first.AddDays(-1)}
			if !p.To.IsZero() && p.To.Before(head.To) {
				return m, false, []Period{p}
			}
			rest = append(rest, head)
		}
		m.from = first.String()[:7]
	}
	if !p.To.IsZero() {
		next := p.To.AddDays(1)
		end := law.NewDate(next.Year(), next.Month(), 1) // the first day that is not in a whole month
		if end != next {
			rest = append(rest, Period{From: end, To: p.To})
		}
		m.to = end.AddDays(-1).String()[:7]
	}
	if m.from != "" && m.to != "" && m.from > m.to {
		return months{}, false, rest
	}
	return m, true, rest
}

// keptBy returns the columns of the dimensions if the kept sums can answer for them.
func (d Definition) keptBy(q Query, dimensions []string) (map[string]string, bool) {
	if d.Keep == nil || !q.AsOf.IsZero() {
		return nil, false
	}
	columns := map[string]string{unitDimension: "f.unit_id", monthDimension: "f.month"}
	for i, id := range d.Keep {
		columns[id] = fmt.Sprintf("f.k%d", i+1)
	}
	for _, id := range dimensions {
		if _, ok := columns[id]; !ok {
			return nil, false
		}
	}
	for id := range q.Only {
		if _, ok := columns[id]; !ok {
			return nil, false
		}
	}
	return columns, true
}

// current reports whether sums of this very definition are kept.
func (d Definition) current(tx *store.Tx) (bool, error) {
	return store.Memo(tx, currentKey(d.ID), func() (bool, error) {
		var known []string
		err := tx.DB().NewSelect().TableExpr("figure_kept").Column("definition").Where("indicator = ?", d.ID).Scan(tx.Ctx, &known)
		return len(known) == 1 && known[0] == d.fingerprint(tx), err
	})
}

type currentKey string

// keptGroups answers whole months from the kept sums and the days around them from the records.
func (d Definition) keptGroups(tx *store.Tx, q Query, columns map[string]string, dimensions []string) ([]Group, error) {
	m, whole, rest := split(q.Period)
	groups := []Group{}
	if whole {
		kept, err := d.ofMonths(tx, q, m, columns, dimensions)
		if err != nil {
			return nil, err
		}
		groups = kept
	}
	for _, p := range rest {
		part := q
		part.Period = p
		more, err := d.counted(tx, part, dimensions)
		if err != nil {
			return nil, err
		}
		groups = add(groups, more)
	}
	if len(dimensions) == 0 && len(groups) == 0 {
		return d.counted(tx, q, dimensions)
	}
	return groups, nil
}

// ofMonths sums cells and deltas. A group without records is left out.
func (d Definition) ofMonths(tx *store.Tx, q Query, m months, columns map[string]string, dimensions []string) ([]Group, error) {
	narrowed := func(table string) *bun.SelectQuery {
		f := tx.DB().NewSelect().TableExpr("? AS f", bun.Ident(table)).Where("f.indicator = ?", d.ID)
		f = q.Scope.Where(f, "f")
		if m.from != "" {
			f = f.Where("f.month >= ?", m.from)
		}
		if m.to != "" {
			f = f.Where("f.month <= ?", m.to)
		}
		for id, value := range q.Only {
			f = f.Where("CAST(? AS TEXT) = ?", bun.Safe(columns[id]), value)
		}
		for i, id := range dimensions {
			f = f.ColumnExpr("CAST(? AS TEXT) AS ?", bun.Safe(columns[id]), bun.Ident(fmt.Sprintf("d%d", i+1)))
		}
		return f.ColumnExpr("f.n AS n").ColumnExpr("f.records AS records")
	}
	sum := tx.DB().NewSelect().TableExpr("(?) AS s", narrowed("figure_cell").UnionAll(narrowed("figure_delta")))
	for i := range dimensions {
		name := bun.Ident(fmt.Sprintf("d%d", i+1))
		sum = sum.ColumnExpr("?", name).GroupExpr("?", name)
	}
	if len(dimensions) > 0 {
		sum = sum.Having("SUM(records) <> 0")
	}
	return d.scan(tx, sum.ColumnExpr("CAST(COALESCE(SUM(n), 0) AS BIGINT)").ColumnExpr("0"), len(dimensions))
}

// add merges groups of the same keys.
func add(a, b []Group) []Group {
	for _, g := range b {
		i := slices.IndexFunc(a, func(x Group) bool { return slices.Equal(x.Keys, g.Keys) })
		if i < 0 {
			a = append(a, g)
			continue
		}
		a[i].Figure.N += g.Figure.N
		a[i].Figure.D += g.Figure.D
	}
	return a
}
