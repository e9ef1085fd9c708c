package indicator

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Record is a row behind a figure.
type Record struct {
	ID int64 `bun:"id"`
	// Subject is what the definition's Link opens.
	Subject int64    `bun:"subject"`
	Date    law.Date `bun:"basis_date"`
	Label   string   `bun:"label"`
	N       int64    `bun:"n"` // the amount in 分 of a sum; 1 or 0 of a rate; else 1
	// Place is the value by which the records are ordered: an instant or a day.
	Place string `bun:"place" json:"-"`
}

// Page is a part of the records behind a figure, by date, newest first. After is the token of the next
// page, "" at the end.
type Page struct {
	Records []Record
	After   string
}

// Records returns up to size of the records behind the figure that the same query gives, after the
// token. Where distinct things are counted it returns one record for each.
func (d Definition) Records(tx *store.Tx, q Query, after string, size int) (Page, error) {
	cursor, ok, err := store.DecodeCursor(after, d.filter(q))
	if err != nil {
		return Page{}, err
	}
	rows, err := d.rowsAfter(tx, q, ok)
	if err != nil {
		return Page{}, err
	}
	if d.Distinct != "" {
		first := rows.ColumnExpr("MIN(?)", bun.Safe(d.Columns.ID)).GroupExpr("?", bun.Safe(d.Distinct))
		rows = d.selected(tx, q).Where("? IN (?)", bun.Safe(d.Columns.ID), first)
	}
	n, label := "1", d.Columns.Label
	if q.Plain {
		label = cmp.Or(d.Columns.Plain, label)
	}
	switch {
	case d.Sum != "":
		n = d.Sum
	case d.Met != "":
		n = d.met()
		if q.Part != All {
			rows = rows.Where("? = ?", bun.Safe(n), store.Flag(q.Part == Met))
		}
	}
	rows = rows.ColumnExpr("? AS id", bun.Safe(d.Columns.ID)).ColumnExpr("? AS subject", bun.Safe(cmp.Or(d.Columns.Subject, d.Columns.ID))).ColumnExpr("? AS basis_date", bun.Safe(d.Columns.Date)).
		ColumnExpr("? AS label", bun.Safe(label)).ColumnExpr("? AS n", bun.Safe(n))
	by := cmp.Or(d.Columns.Instant, d.Columns.Date)
	rows = rows.ColumnExpr("CAST(? AS TEXT) AS place", bun.Safe(by))
	var page Page
	err = store.Keyset(rows, by, d.Columns.ID, true, d.Columns.Instant != "", cursor, ok).Limit(int64(size)+1).Scan(tx.Ctx, &page.Records)
	if err != nil {
		return Page{}, fmt.Errorf("indicator: records of %s: %w", d.ID, err)
	}
	if len(page.Records) > size {
		page.Records = page.Records[:size]
		last := page.Records[size-1]
		page.After = store.Cursor{Sort: last.Place, ID: last.ID}.Encode(d.filter(q))
	}
	return page, nil
}

// filter is what a page token belongs to. The scope is not part of it: it is applied to each page anew.
func (d Definition) filter(q Query) string {
	s := fmt.Sprintf("%s %s %s %d %s", d.ID, q.Period.From, q.Period.To, q.AsOf.UnixMicro(), q.Part)
	for _, id := range slices.Sorted(maps.Keys(q.Only)) {
		s += fmt.Sprintf(" %s=%q", id, q.Only[id])
	}
	return s
}

// Recount reads all records behind the figure and compares them with it, and the figures by each
// dimension with the whole. It returns what does not agree, in Chinese.
func (d Definition) Recount(tx *store.Tx, q Query) ([]string, error) {
	q.Part = All
	whole, err := d.Value(tx, q)
	if err != nil {
		return nil, err
	}
	var faults []string
	counted, rows := int64(0), int64(0)
	seen := map[int64]bool{}
	for after, first := "", true; first || after != ""; first = false {
		page, err := d.Records(tx, q, after, 500)
		if err != nil {
			return nil, err
		}
		for _, r := range page.Records {
			counted += r.N
			rows++
			seen[r.ID] = true
		}
		after = page.After
	}
	if int64(len(seen)) != rows {
		faults = append(faults, fmt.Sprintf("%s：明细有 %d 行，只有 %d 条不同的记录", d.Name, rows, len(seen)))
	}
	if counted != whole.N || (d.Measure == Rate && rows != whole.D) {
		listed := Figure{Measure: d.Measure, N: counted, D: rows}
		faults = append(faults, fmt.Sprintf("%s：数字是 %s，明细合计是 %s", d.Name, whole.Text(), listed.Text()))
	}
	if d.Distinct != "" {
		return faults, nil // the same thing may count in several groups
	}
	for _, dim := range d.Dimensions {
		groups, err := d.Groups(tx, q, dim.ID)
		if err != nil {
			return nil, err
		}
		sum := Figure{Measure: d.Measure}
		for _, g := range groups {
			sum.N, sum.D = sum.N+g.Figure.N, sum.D+g.Figure.D
		}
		counted, err := d.counted(tx, q, []string{dim.ID})
		if err != nil {
			return nil, err
		}
		slices.SortFunc(counted, func(a, b Group) int { return slices.CompareFunc(a.Keys, b.Keys, compareKeys) })
		if !slices.EqualFunc(groups, counted, func(a, b Group) bool { return slices.Equal(a.Keys, b.Keys) && a.Figure == b.Figure }) {
			faults = append(faults, fmt.Sprintf("%s：按%s保存的合计和逐条清点的不一致", d.Name, dim.Name))
		}
		if sum != whole {
			faults = append(faults, fmt.Sprintf("%s：按%s合计是 %s，总数是 %s", d.Name, dim.Name, sum.Text(), whole.Text()))
		}
	}
	return faults, nil
}
