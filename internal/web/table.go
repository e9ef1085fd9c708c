package web

import (
	"maps"
	"slices"

	"github.com/a-h/templ"
)

// Col is a column: its first cell in a row is the row's header.
type Col[T any] struct {
	Label string
	// Num sets numbers to the right; NoWrap keeps a cell on one line; NoLabel leaves the label out where
	// the rows become cards.
	Num, NoWrap, NoLabel bool
	// Wide keeps room for names and descriptions where the table is narrow.
	Wide bool
	// Sort is where a click on the heading leads; Dir is "ascending" or "descending" when the list is
	// sorted by this column.
	Sort, Dir string
	Cell      func(T) templ.Component
}

// TableView is a list of records. On phones its rows become cards. Without rows it shows Empty.
type TableView[T any] struct {
	Caption string
	Cols    []Col[T]
	Rows    []T
	// On marks a row as the chosen one.
	On    func(T) bool
	Empty EmptyView
	// Compact is denser; Flat has no frame, for use in a panel.
	Compact, Flat bool
	Foot          []string
}

type tableHead struct {
	Label, Sort, Dir string
	Num              bool
}

type tableCell struct {
	Label       string
	Num, NoWrap bool
	Wide        bool
	Body        templ.Component
}

type tableRow struct {
	On    bool
	Cells []tableCell
}

type tableData struct {
	Caption string
	Heads   []tableHead
	Rows    []tableRow
	Foot    []tableCell
	Empty   EmptyView
	Compact bool
	Flat    bool
}

// Table shows a list of records.
func Table[T any](v TableView[T]) templ.Component {
	d := tableData{Caption: v.Caption, Empty: v.Empty, Compact: v.Compact, Flat: v.Flat}
	for _, c := range v.Cols {
		d.Heads = append(d.Heads, tableHead{c.Label, c.Sort, c.Dir, c.Num})
	}
	for _, r := range v.Rows {
		row := tableRow{On: v.On != nil && v.On(r)}
		for _, c := range v.Cols {
			cell := tableCell{Num: c.Num, NoWrap: c.NoWrap, Wide: c.Wide, Body: c.Cell(r)}
			if !c.NoLabel {
				cell.Label = c.Label
			}
			row.Cells = append(row.Cells, cell)
		}
		d.Rows = append(d.Rows, row)
	}
	for i, s := range v.Foot {
		d.Foot = append(d.Foot, footCell(s, i < len(v.Cols) && v.Cols[i].Num))
	}
	return tableOf(d)
}

func footCell(text string, num bool) tableCell { return tableCell{Num: num, Body: T("%s", text)} }

func (c tableCell) class() string {
	switch {
	case c.Num:
		return "num"
	case c.NoWrap:
		return "nw"
	case c.Wide:
		return "wide"
	}
	return ""
}

// FiltersView is the bar of conditions above a list; they travel in the address. Keep are conditions
// that stay as they are (the view that is open).
type FiltersView struct {
	Action string
	Keep   map[string]string
	// Clear leads to the list without conditions.
	Clear string
	// Submit is the button's label, 筛选 unless stated.
	Submit string
}

// PagerView leads to the neighbouring pages of a list; an empty one is greyed.
type PagerView struct{ Summary, Prev, Next string }

func (d tableData) emptyView() EmptyView {
	if d.Empty.Title == "" {
		return EmptyView{Title: "还没有记录"}
	}
	return d.Empty
}

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
