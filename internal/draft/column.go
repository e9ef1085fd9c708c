package draft

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/law"
	"fadu/internal/web"
)

// ColumnKind says how the cells of a column are read.
type ColumnKind string

// The kinds. A Code is a number that identifies (staff number, certificate number): full-width signs
// and spaces inside are taken away, leading zeros stay. A List has items separated by 、，； or a line break.
const (
	Text   ColumnKind = "text"
	Code   ColumnKind = "code"
	Day    ColumnKind = "date"
	Choice ColumnKind = "choice"
	List   ColumnKind = "list"
	Whole  ColumnKind = "whole"
	Amount ColumnKind = "amount"
)

// Column describes one column of a list.
type Column struct {
	// Key names the value in code; Label is the heading in the file.
	Key   string
	Label string
	// Also are other headings by which the column is recognised.
	Also []string
	Kind ColumnKind
	Need bool
	// Max is the greatest length in characters; 0 means 200.
	Max     int
	Choices []string
	// Note tells in the template how to fill it in; Example fills the example row.
	Note    string
	Example string
	// Width is the column's width in the template, in characters; 0 means 14.
	Width float64
	// Secret values are shown masked outside the form that mends them.
	Secret bool
}

const defaultMax = 200

// Problem is what is wrong with one cell. A warning is shown and does not keep the row back. Column may
// be empty when the row as a whole is meant.
type Problem struct {
	Column  string `json:"column,omitempty"`
	Message string `json:"message"`
	Warning bool   `json:"warning,omitempty"`
}

// Row is one row of a batch while it is checked and staged: the values as they stand in the file or
// were mended, by column key.
type Row struct {
	// ID is zero before the row is stored. Line is the row's number in the file.
	ID     RowID
	Line   int
	Values map[string]string
	// Unread are problems of reading the file (a formula, a number that lost digits) which stay until
	// the row is mended by hand.
	Unread   []Problem
	Problems []Problem
	// Out rows were left out when the file was read, for the reason in Unread; a person may put them back.
	Out bool
}

// Bad notes that the column's value is wrong and how to mend it.
func (r *Row) Bad(column, format string, args ...any) {
	r.Problems = append(r.Problems, Problem{column, fmt.Sprintf(format, args...), false})
}

// Warn notes something to look at that does not keep the row back.
func (r *Row) Warn(column, format string, args ...any) {
	r.Problems = append(r.Problems, Problem{column, fmt.Sprintf(format, args...), true})
}

// OK reports whether nothing keeps the row back.
func (r *Row) OK() bool {
	return !slices.ContainsFunc(r.Problems, func(p Problem) bool { return !p.Warning })
}

// Wrong reports whether the column has a problem that keeps the row back, so that a later check need
// not complain again.
func (r *Row) Wrong(column string) bool {
	return slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Column == column && !p.Warning })
}

// Text returns a value, trimmed.
func (r *Row) Text(key string) string { return strings.TrimSpace(r.Values[key]) }

// Code returns an identifying number: half-width, without spaces.
func (r *Row) Code(key string) string { return CodeOf(r.Values[key]) }

// Date returns a date, or the zero Date when it is absent or wrong.
func (r *Row) Date(key string) law.Date {
	d, _ := ParseDay(r.Values[key])
	return d
}

// List returns the items of a list.
func (r *Row) List(key string) []string { return Items(r.Values[key]) }

// Whole returns a whole number, or 0 when it is absent or wrong.
func (r *Row) Whole(key string) int64 {
	n, _ := strconv.ParseInt(CodeOf(r.Values[key]), 10, 64)
	return n
}

// Amount returns a sum of money, or 0 when it is absent or wrong.
func (r *Row) Amount(key string) law.Money {
	m, _ := law.ParseMoney(CodeOf(r.Values[key]))
	return m
}

// checkColumns checks each value by its column alone, replacing the row's problems.
func (r *Row) checkColumns(columns []Column) {
	r.Problems = slices.Clone(r.Unread)
	for _, c := range columns {
		if r.Wrong(c.Key) {
			continue
		}
		if msg := c.fault(r.Values[c.Key]); msg != "" {
			r.Bad(c.Key, "%s", msg)
		}
	}
}

// fault says what is wrong with a value by itself, or "".
func (c Column) fault(v string) string {
	v = strings.TrimSpace(v)
	if v == "" {
		if c.Need {
			return "必填，现在是空的"
		}
		return ""
	}
	limit := c.Max
	if limit == 0 {
		limit = defaultMax
	}
	if c.Kind == Code {
		v = CodeOf(v) // as it is kept: spaces between the groups of a number do not count
	}
	if n := web.Length(v); n > limit {
		return fmt.Sprintf("最多 %d 个字，现有 %d 个", limit, n)
	}
	switch c.Kind {
	case Day:
		if _, err := ParseDay(v); err != nil {
			return err.Error()
		}
	case Choice:
		if !slices.Contains(c.Choices, v) {
			return "只能填：" + strings.Join(c.Choices, "、")
		}
	case Code:
		if s := CodeOf(v); strings.ContainsFunc(s, func(r rune) bool { return r < 0x20 || r == '\'' || r == '"' }) {
			return "含有不该有的符号"
		}
	case Whole:
		if _, err := strconv.ParseInt(CodeOf(v), 10, 64); err != nil {
			return "应是整数"
		}
	case Amount:
		if _, err := law.ParseMoney(CodeOf(v)); err != nil {
			return "应是金额（元），最多两位小数"
		}
	}
	return ""
}

// Repeated tells, for each row, the line that already has its value; rows whose value is empty are not
// compared. Use it for values that must be unique in a file.
func Repeated(rows []*Row, value func(*Row) string) map[*Row]int {
	first, out := map[string]int{}, map[*Row]int{}
	for _, r := range rows {
		v := value(r)
		if v == "" {
			continue
		}
		if line, ok := first[v]; ok {
			out[r] = line
			continue
		}
		first[v] = r.Line
	}
	return out
}
