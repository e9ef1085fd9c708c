package powers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/draft"
	"fadu/internal/law"
)

// cells reads one row by column name and collects what is wrong with it.
type cells struct {
	row    TableRow
	cols   []column
	faults []RowError
}

func newCells(kind ImportKind, row TableRow) *cells {
	c := &cells{row: row, cols: kind.columns()}
	for i, col := range c.cols {
		c.checkCell(col, row.Cells[i])
	}
	return c
}

// checkCell finds what no column may hold: blank required cells, over-long text, full-width characters in
// codes and numbers.
func (c *cells) checkCell(col column, s string) {
	switch {
	case s == "" && col.required:
		c.add(col.name, "没有填写")
	case len([]rune(s)) > maxCellRunes:
		c.add(col.name, "超过%d字", maxCellRunes)
	case col.code:
		for _, r := range s {
			if r >= '！' && r <= '～' || r == '　' {
				c.add(col.name, "含全角字符“%c”，请改为半角", r)
				return
			}
		}
	}
}

func (c *cells) add(name, format string, args ...any) {
	c.faults = append(c.faults, rowError(c.row.No, c.cols, name, format, args...))
}

func rowError(row int, cols []column, name, format string, args ...any) RowError {
	e := RowError{row, name, name, fmt.Sprintf(format, args...)}
	for _, col := range cols {
		if col.name == name {
			e.Label = col.label
		}
	}
	return e
}

// bad reports whether the column already has a fault, so that one slip is named once.
func (c *cells) bad(name string) bool {
	return slices.ContainsFunc(c.faults, func(e RowError) bool { return e.Column == name })
}

func (c *cells) text(name string) string {
	for i, col := range c.cols {
		if col.name == name {
			return c.row.Cells[i]
		}
	}
	return ""
}

func (c *cells) list(name string) []string {
	s := c.text(name)
	if s == "" {
		return nil
	}
	var out []string
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == '；' }) {
		if p = strings.TrimSpace(p); p == "" {
			continue
		}
		if slices.Contains(out, p) {
			c.add(name, "“%s”写了两次", p)
		}
		out = append(out, p)
	}
	return out
}

func (c *cells) date(name string) law.Date {
	s := c.text(name)
	if s == "" || c.bad(name) {
		return law.Date{}
	}
	d, err := draft.ParseDay(s)
	if err != nil {
		c.add(name, "%v", err)
	}
	return d
}

func (c *cells) integer(name string, low, high int) int {
	s := c.text(name)
	if s == "" || c.bad(name) {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < low || n > high {
		c.add(name, "“%s”应为%d到%d的整数", clip(s, 20), low, high)
		return 0
	}
	return n
}

func (c *cells) quantity(name string) (q Quantity, set bool) {
	s := c.text(name)
	if s == "" || c.bad(name) {
		return 0, false
	}
	q, err := ParseQuantity(s)
	if err != nil {
		c.add(name, "%v", err)
		return 0, false
	}
	return q, true
}

// yes reads yes, no, 是 or 否; an empty cell is Unknown.
func (c *cells) yes(name string) law.Tri {
	s := c.text(name)
	if c.bad(name) {
		return law.Unknown
	}
	switch s {
	case "":
		return law.Unknown
	case "yes", "是":
		return law.True
	case "no", "否":
		return law.False
	}
	c.add(name, "“%s”应为 yes 或者 no", clip(s, 20))
	return law.Unknown
}

func (c *cells) articles(name string) Articles {
	if c.text(name) == "" || c.bad(name) {
		return nil
	}
	as, err := ParseArticles(c.text(name))
	if err != nil {
		c.add(name, "%v", err)
	}
	return as
}

// bounds reads a pair of amounts in yuan: both or neither.
func (c *cells) bounds(low, high string) Bounds {
	l, h := c.text(low), c.text(high)
	if l == "" && h == "" || c.bad(low) || c.bad(high) {
		return Bounds{}
	}
	if l == "" || h == "" {
		name := low
		if h == "" {
			name = high
		}
		c.add(name, "上限和下限要么都填，要么都空（法定无下限填0）")
		return Bounds{}
	}
	lo, err := law.ParseMoney(l)
	if err != nil || lo < 0 {
		c.add(low, "“%s”应为不小于0的金额（元）", clip(l, 20))
		return Bounds{}
	}
	hi, err := law.ParseMoney(h)
	if err != nil || hi <= 0 {
		c.add(high, "“%s”应为大于0的金额（元）", clip(h, 20))
		return Bounds{}
	}
	if lo > hi {
		c.add(low, "下限%s元大于上限%s元", lo.Grouped(), hi.Grouped())
		return Bounds{}
	}
	return Bounds{true, lo, hi}
}

func enum[K ~string](c *cells, name string, list []pair[K]) K {
	s := c.text(name)
	if s == "" || c.bad(name) {
		return ""
	}
	k, ok := fromLabel(list, s)
	if !ok {
		c.add(name, "没有“%s”，应为%s", clip(s, 20), strings.Join(labels(list), "、"))
	}
	return k
}
