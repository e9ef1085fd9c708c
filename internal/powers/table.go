package powers

import (
	"fmt"

	"fadu/internal/draft"
)

// Table is an imported file as text: its cells in the order of the kind's columns.
type Table struct {
	Kind ImportKind
	Rows []TableRow
}

// TableRow is one row. No is the row's number as the spreadsheet shows it (the header is row 1).
type TableRow struct {
	No    int
	Cells []string
}

// RowError names what is wrong with one cell, in Chinese. Column is the column's name in the data, Label
// what the heading says.
type RowError struct {
	Row    int
	Column string
	Label  string
	Reason string
}

// String prints 第3行“编码”：与第2行编码重复.
func (e RowError) String() string {
	return fmt.Sprintf("第%d行“%s”：%s", e.Row, e.Label, e.Reason)
}

// ReadTable reads a CSV or Excel file as the kind's list, by its content.
func ReadTable(kind ImportKind, content []byte) (Table, error) {
	parsed, err := draft.Parse(content, list{kind: kind})
	if err != nil {
		return Table{}, err
	}
	return tableOf(kind, parsed.Rows), nil
}

func tableOf(kind ImportKind, rows []*draft.Row) Table {
	t := Table{Kind: kind}
	for _, r := range rows {
		row := TableRow{No: r.Line}
		for _, c := range kind.columns() {
			row.Cells = append(row.Cells, r.Text(c.name))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "…"
}
