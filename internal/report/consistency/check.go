package consistency

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"fadu/internal/law"
)

// Figure is one printed figure of a report.
type Figure struct {
	ID     string
	Name   string
	Value  Number
	Unit   string // measure word as printed; %, ‰ or 比例 make it a rate
	Period string // as printed, such as 2023-01至11; one that cannot be read is not held against a date
	Parts  []string
	// Numerator and Denominator are what a rate or an average is of, as far as the report says so.
	Numerator, Denominator Number
	SignedOn               law.Date // of the report; zero if unknown
}

// Verdict says what a check found.
type Verdict string

// A finding either holds, cannot be true as printed, or needs an explanation or a definition.
const (
	Holds      Verdict = "holds"
	Impossible Verdict = "impossible"
	Explain    Verdict = "explain"
)

// Finding is what one check says of the figures that it names.
type Finding struct {
	ID      string   `json:"id"` // of the check: parts, rate, count, period, cutoff, unit, same_value
	Verdict Verdict  `json:"verdict"`
	Message string   `json:"message"` // Chinese
	Figures []string `json:"figures"` // the one that is judged first
}

// The checks, by their stable names.
const (
	checkParts  = "parts"
	checkRate   = "rate"
	checkCount  = "count"
	checkPeriod = "period"
	checkCutoff = "cutoff"
	checkUnit   = "unit"
	checkSame   = "same_value"
)

// Check holds the figures against each other: first what concerns one figure, in their order, then what concerns
// several. Two figures of one id, or a part that is not among them, are an error in Chinese.
func Check(figures []Figure) ([]Finding, error) {
	byID := make(map[string]*Figure, len(figures))
	for i := range figures {
		f := &figures[i]
		if f.ID == "" {
			return nil, fmt.Errorf("第%d个数字没有 id", i+1)
		}
		if byID[f.ID] != nil {
			return nil, fmt.Errorf("有两个数字的 id 都是“%s”", f.ID)
		}
		byID[f.ID] = f
	}
	out := []Finding{}
	for i := range figures {
		f := &figures[i]
		parts := make([]*Figure, len(f.Parts))
		for j, id := range f.Parts {
			if parts[j] = byID[id]; parts[j] == nil {
				return nil, fmt.Errorf("“%s”的组成部分“%s”不在这些数字里", f.ID, id)
			}
			if id == f.ID {
				return nil, fmt.Errorf("“%s”不能是自己的组成部分", f.ID)
			}
		}
		out = append(out, f.count()...)
		out = append(out, f.sum(parts)...)
		out = append(out, f.rate()...)
		out = append(out, f.signed()...)
	}
	out = append(out, early(figures)...)
	out = append(out, cutoffs(figures)...)
	out = append(out, units(figures)...)
	return append(out, sameValues(figures)...), nil
}

func finding(id string, v Verdict, figures []string, format string, args ...any) Finding {
	return Finding{ID: id, Verdict: v, Message: fmt.Sprintf(format, args...), Figures: figures}
}

// label is the figure as a message names it.
func (f *Figure) label() string {
	if f.Name != "" {
		return f.Name
	}
	return f.ID
}

// The measure words of things that are counted one by one. 元, 平方米 and 分 are not among them.
var counted = []string{"件", "起", "次", "人", "名", "人次", "份", "个", "条", "家", "辆", "处", "块", "篇", "期", "项", "场", "批次", "册", "部", "册次", "站", "户", "幅", "张", "台", "套", "宗", "例", "位", "所", "间", "棵", "车次", "批", "大类", "类"}

// count refuses half and negative things, and a number of things that is called a rate.
func (f *Figure) count() []Finding {
	if !f.Value.Is() || !slices.Contains(counted, f.Unit) {
		return nil
	}
	switch {
	case strings.Contains(f.Name, "率") && f.Unit != "项" && f.Unit != "个":
		return []Finding{finding(checkCount, Impossible, []string{f.ID}, "%s：%s%s是数量，不是率；率要有分子和分母", f.label(), f.Value.Text(), f.Unit)}
	case f.Value.value.Sign() < 0:
		return []Finding{finding(checkCount, Impossible, []string{f.ID}, "%s：%s%s，数量不会是负数", f.label(), f.Value.Text(), f.Unit)}
	case !f.Value.whole():
		return []Finding{finding(checkCount, Impossible, []string{f.ID}, "%s：%s%s，按%s计的数量应是整数", f.label(), f.Value.Text(), f.Unit, f.Unit)}
	}
	return nil
}

// sum compares a total with its parts.
func (f *Figure) sum(parts []*Figure) []Finding {
	if len(parts) == 0 || !f.Value.Is() {
		return nil
	}
	ids, addends := []string{f.ID}, []string{}
	least, most, total := new(big.Rat), new(big.Rat), new(big.Rat)
	exact, places := f.Value.Bound == Exact, f.Value.places
	for _, p := range parts {
		if !p.Value.Is() {
			return []Finding{finding(checkParts, Explain, []string{f.ID, p.ID}, "%s的组成部分%s没有数字，不能核对", f.label(), p.label())}
		}
		ids, addends = append(ids, p.ID), append(addends, p.Value.Text())
		low, high := p.Value.within()
		least, most = plus(least, low), plus(most, high)
		total.Add(total, p.Value.value)
		exact, places = exact && p.Value.Bound == Exact, max(places, p.Value.places)
	}
	sum := strings.Join(addends, "＋") + "＝" + total.FloatString(places)
	low, high := f.Value.within()
	switch {
	case exact && f.Value.value.Cmp(total) == 0:
		return []Finding{finding(checkParts, Holds, ids, "%s：%s，与合计相符", f.label(), sum)}
	case less(high, least) || less(most, low):
		off := new(big.Rat).Sub(total, f.Value.value)
		return []Finding{finding(checkParts, Impossible, ids, "%s：合计%s，各部分%s，相差%s", f.label(), f.Value.Text(), sum, off.Abs(off).FloatString(places))}
	}
	return []Finding{finding(checkParts, Explain, ids, "%s：合计%s，各部分%s；有不确切的数，不能证明相符", f.label(), f.Value.Text(), sum)}
}

// plus adds two ends; an open one stays open.
func plus(a, b *big.Rat) *big.Rat {
	if a == nil || b == nil {
		return nil
	}
	return new(big.Rat).Add(a, b)
}

// less reports whether both ends are known and a is under b.
func less(a, b *big.Rat) bool { return a != nil && b != nil && a.Cmp(b) < 0 }
