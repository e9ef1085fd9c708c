package draft

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"time"

	"fadu/internal/law"
)

// sheet reads one sheet's rows into g.
func (b *book) sheet(part string, g *grid) error {
	row, pending := gridRow{}, false
	flush := func() error {
		if !pending {
			return nil
		}
		pending = false
		return g.add(row)
	}
	line := 0
	err := b.walk(part, func(e xml.StartElement, d *xml.Decoder) error {
		switch e.Name.Local {
		case "row":
			if err := flush(); err != nil {
				return err
			}
			line++
			if n, err := strconv.Atoi(attr(e, "r")); err == nil && n > 0 {
				line = n
			}
			row, pending = gridRow{line: line}, true
		case "c":
			if !pending {
				return errDamaged()
			}
			col := len(row.cells)
			if ref := attr(e, "r"); ref != "" {
				col = columnOf(ref)
			}
			c, err := b.cell(e, d)
			if err != nil || col < 0 || col >= maxColumns {
				return err
			}
			for len(row.cells) <= col {
				row.cells = append(row.cells, cell{})
			}
			row.cells[col] = c
		case "mergeCell":
			g.merged++
		}
		return nil
	})
	if err != nil {
		return err
	}
	return flush()
}

// cell reads one cell up to its end.
func (b *book) cell(start xml.StartElement, d *xml.Decoder) (cell, error) {
	kind, style := attr(start, "t"), attr(start, "s")
	var value, inline strings.Builder
	formula := false
	var into *strings.Builder
	for {
		t, err := d.RawToken()
		if err != nil {
			return cell{}, errDamaged()
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "v":
				into = &value
			case "f":
				formula, into = true, nil
			case "is":
				s, err := innerText(d, "is")
				if err != nil {
					return cell{}, err
				}
				inline.WriteString(s)
			}
		case xml.EndElement:
			if t.Name.Local == "c" {
				c := b.valueOf(kind, style, value.String(), inline.String())
				if formula {
					c.trouble = "这一格是公式，请核对数值后保存"
				}
				return c, nil
			}
			into = nil
		case xml.CharData:
			if into != nil && into.Len() < 4*maxCell+4 {
				into.Write(t)
			}
		}
	}
}

// valueOf turns what the file stores into a cell.
func (b *book) valueOf(kind, style, value, inline string) cell {
	switch kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || n < 0 || n >= len(b.shared) {
			return cell{trouble: "这一格读不出来，请重新填写"}
		}
		return textCell(b.shared[n])
	case "inlineStr":
		return textCell(inline)
	case "str":
		return textCell(value)
	case "b":
		if isTrue(value) {
			return cell{text: "是"}
		}
		return cell{text: "否"}
	case "e":
		return cell{text: clean(value), trouble: "这一格是 Excel 的错误值，请重新填写"}
	case "d":
		return dayCell(value)
	}
	value = strings.TrimSpace(value)
	if value == "" {
		return cell{}
	}
	n, err := strconv.Atoi(style)
	return b.numberCell(value, err == nil && n >= 0 && n < len(b.dated) && b.dated[n])
}

func dayCell(value string) cell {
	day, _, _ := strings.Cut(strings.TrimSpace(value), "T")
	if d, err := law.ParseDate(day); err == nil {
		return cell{text: d.String(), date: true}
	}
	return textCell(value)
}

func (b *book) numberCell(value string, dated bool) cell {
	f, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return cell{text: clip(clean(value), 40), trouble: "这一格读不出来，请重新填写"}
	}
	if dated {
		if d, ok := serialDay(f, b.since04); ok {
			return cell{text: d.String(), date: true}
		}
	}
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return cell{text: strconv.FormatInt(int64(f), 10), number: true}
	}
	if f == math.Trunc(f) {
		return cell{
			text: strconv.FormatFloat(f, 'f', 0, 64), number: true,
			trouble: "数字超过 15 位，Excel 已经丢了后面几位。请把这一格设为文本后重新填写",
		}
	}
	return cell{text: strconv.FormatFloat(f, 'f', -1, 64), number: true}
}

// serialDay turns Excel's count of days into a day. In the 1900 system day 60 is a 29 February that
// never was, so earlier days are off by one.
func serialDay(f float64, since04 bool) (law.Date, bool) {
	n := int(math.Floor(f))
	if n < 1 || n > 109_574 { // 2199-12-31
		return law.Date{}, false
	}
	if since04 {
		return law.NewDate(1904, time.January, 1).AddDays(n), true
	}
	if n < 60 {
		n++
	}
	return law.NewDate(1899, time.December, 30).AddDays(n), true
}

// serial reads a number that stands in a column of dates: Excel's count of days when it is one, else the
// number itself (20260302 is a date to ParseDay).
func (g grid) serial(text string) string {
	f, err := strconv.ParseFloat(text, 64)
	if err == nil && f >= 10_000 {
		if d, ok := serialDay(f, g.since04); ok {
			return d.String()
		}
	}
	return text
}

// columnOf reads the column of a reference such as AB12, from 0; -1 when there is none.
func columnOf(ref string) int {
	n := 0
	for _, r := range ref {
		switch {
		case r >= 'A' && r <= 'Z':
			n = n*26 + int(r-'A') + 1
		case r >= 'a' && r <= 'z':
			n = n*26 + int(r-'a') + 1
		default:
			return n - 1
		}
		if n > 1<<20 {
			return -1
		}
	}
	return n - 1
}
