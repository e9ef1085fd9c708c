package consistency

import (
	"fmt"
	"slices"
	"strings"

	"fadu/internal/law"
)

// signed refuses what had not begun when the report was signed.
func (f *Figure) signed() []Finding {
	p := parsePeriod(f.Period)
	if f.SignedOn.IsZero() || !p.known() || !p.until.After(f.SignedOn) || f.target() {
		return nil
	}
	ids := []string{f.ID}
	if p.day || p.from.After(f.SignedOn) {
		return []Finding{finding(checkPeriod, Impossible, ids, "%s：统计期是%s，报告%s就签发了，那时还没有发生", f.label(), f.Period, f.SignedOn.Han())}
	}
	return nil
}

// early gathers the figures whose period had begun but not ended when the report was signed.
func early(figures []Figure) []Finding {
	var out []Finding
	at := map[string]int{}
	for i := range figures {
		f := &figures[i]
		p := parsePeriod(f.Period)
		if f.SignedOn.IsZero() || !p.known() || p.day || !p.until.After(f.SignedOn) || p.from.After(f.SignedOn) || f.target() {
			continue
		}
		said := fmt.Sprintf("统计期到%s才完，报告%s签发，应写明截止日，期满后重算", p.until.Han(), f.SignedOn.Han())
		if k, ok := at[said]; ok {
			out[k].Figures = append(out[k].Figures, f.ID)
			continue
		}
		at[said] = len(out)
		out = append(out, finding(checkPeriod, Explain, []string{f.ID}, "%s", said))
	}
	return out
}

// cutoffs finds figures that count the same year to different days.
func cutoffs(figures []Figure) []Finding {
	byYear := map[int]map[law.Date][]*Figure{}
	for i := range figures {
		f := &figures[i]
		p := parsePeriod(f.Period)
		if !p.year() || f.target() || strings.Contains(f.Period, "半年") || strings.Contains(f.Period, "季") || dateUnit(f.Unit) {
			continue
		}
		year := byYear[p.from.Year()]
		if year == nil {
			year = map[law.Date][]*Figure{}
			byYear[p.from.Year()] = year
		}
		year[p.until] = append(year[p.until], f)
	}
	var out []Finding
	for _, year := range sortedKeys(byYear, func(a, b int) int { return a - b }) {
		ends := sortedKeys(byYear[year], func(a, b law.Date) int { return strings.Compare(a.String(), b.String()) })
		if len(ends) < 2 {
			continue
		}
		var words, ids []string
		for _, end := range ends {
			names := byYear[year][end]
			shown := names[0].label()
			if len(names) > 1 {
				shown += "等"
			}
			words = append(words, end.Han()+"（"+shown+"）")
			for _, f := range names {
				ids = append(ids, f.ID)
			}
		}
		out = append(out, finding(checkCutoff, Explain, ids, "%d年的数字截止日不一：%s；应统一，或者逐项写明", year, strings.Join(words, "、")))
	}
	return out
}

func sortedKeys[K comparable, V any](m map[K]V, cmp func(a, b K) int) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, cmp)
	return keys
}

// dateUnit reports whether the number is part of a date, a number of a document or of a session: nothing counted.
func dateUnit(unit string) bool {
	return slices.Contains([]string{"年", "月", "日", "号", "年度", "版", "届", "日期", "时间", "月.日", "年底", "渠道号", "等奖", "组合"}, unit)
}
