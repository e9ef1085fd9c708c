package definition

import (
	"fmt"
	"slices"
	"strings"
)

func (d *Definition) lintIndicators(bad report) {
	seen := map[string]bool{}
	for i, x := range d.Indicators {
		at := []any{"indicators", i}
		here := func(key, format string, args ...any) {
			bad(append(slices.Clone(at), key), "指标“%s”：%s", x.Name, fmt.Sprintf(format, args...))
		}
		if !codeForm.MatchString(x.ID) || seen[x.ID] {
			here("id", "编号“%s”不能用或者写了两次", x.ID)
		}
		seen[x.ID] = true
		if strings.TrimSpace(x.Name) == "" {
			here("name", "没有名称")
		}
		if strings.Contains(x.Name, "率") != (len(x.Met) > 0) {
			here("name", "叫“率”的要有分子（met），有分子的要叫“率”：计数不是比率")
		}
		if x.Sum != "" {
			f, ok := d.Field(x.Sum)
			switch {
			case !ok || f.Slot == "" || f.Kind != Number && f.Kind != Money:
				here("sum", "合计的“%s”要是有列的数量或金额", x.Sum)
			case f.Per != "" && d.word(f, x) == "":
				here("where", "“%s”的量词按“%s”锁定，条件要限定到同一个量词的选项", f.Label, f.Per)
			case f.Kind == Number && x.Measure != "" && x.Measure != d.word(f, x):
				here("measure", "量词“%s”与字段锁定的“%s”不同", x.Measure, d.word(f, x))
			case len(x.Met) > 0:
				here("met", "合计不能是比率")
			}
		}
		for j, c := range x.Where {
			d.lintCondition(c, func(format string, args ...any) {
				here("where", "第 %d 个条件%s", j+1, fmt.Sprintf(format, args...))
			})
		}
		for j, c := range x.Met {
			d.lintCondition(c, func(format string, args ...any) { here("met", "第 %d 个条件%s", j+1, fmt.Sprintf(format, args...)) })
		}
	}
}

func (d *Definition) lintCondition(c Condition, bad func(format string, args ...any)) {
	if c.Field == StateField {
		for _, s := range c.Is {
			if !slices.Contains(States, State(s)) {
				bad("：没有状态“%s”", s)
			}
		}
		if len(c.Is) == 0 || c.From != nil || c.To != nil {
			bad("：状态写成 is: […]")
		}
		return
	}
	f, ok := d.Field(c.Field)
	switch {
	case !ok:
		bad("：没有字段“%s”", c.Field)
	case f.Kind == Number || f.Kind == Money:
		if len(c.Is) > 0 || c.From == nil && c.To == nil || f.Slot == "" {
			bad("：“%s”要有列，写成 from、to", f.Label)
		}
	case f.Kind == Choice && f.Slot != "" || f.Kind == Tags:
		if len(c.Is) == 0 || c.From != nil || c.To != nil {
			bad("：“%s”写成 is: […]", f.Label)
		}
		for _, o := range c.Is {
			if !slices.Contains(f.Options, o) {
				bad("：“%s”没有选项“%s”", f.Label, o)
			}
		}
	default:
		bad("：“%s”不能作条件，要是有列的单选、数量，或者多选标签", f.Label)
	}
}

// Succeeds says what forbids the definition to follow an earlier edition: a field that keeps its key keeps its type, its
// measure word and its slot, and a slot that was given is not given to another field.
func (d *Definition) Succeeds(old Definition) []string {
	var out []string
	bad := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if d.Code != old.Code {
		bad("编号从“%s”变成了“%s”", old.Code, d.Code)
	}
	if d.Flow != old.Flow {
		bad("办理方式变了：已有的记录没有新的环节，请另建一个台账")
	}
	was := map[string]Field{}
	for _, f := range old.Fields {
		if f.Slot != "" {
			was[f.Slot] = f
		}
		now, ok := d.Field(f.Key)
		switch {
		case !ok:
		case now.Kind != f.Kind:
			bad("字段“%s”的类型不能改，请另加一个字段", f.Label)
		case now.Measure != f.Measure:
			bad("字段“%s”的量词“%s”是锁定的", f.Label, f.Measure)
		case f.Slot != "" && now.Slot != f.Slot:
			bad("字段“%s”的列不能换", f.Label)
		}
	}
	for _, f := range d.Fields {
		if before, taken := was[f.Slot]; taken && before.Key != f.Key {
			bad("字段“%s”占了“%s”的列 %s", f.Label, before.Label, f.Slot)
		}
	}
	return out
}

// Place gives every number, money, choice, person, unit and link without a slot a free one, as far as there are; taken are
// slots of earlier editions.
func (d *Definition) Place(taken map[string]bool) {
	used := map[string]bool{}
	for s := range taken {
		used[s] = true
	}
	for _, f := range d.Fields {
		used[f.Slot] = true
	}
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Slot != "" {
			continue
		}
		for name, s := range slots {
			if !slices.Contains(s.kinds, f.Kind) || f.Kind == Period {
				continue
			}
			for n := 1; n <= s.n; n++ {
				if slot := fmt.Sprint(name, n); !used[slot] {
					f.Slot, used[slot] = slot, true
					break
				}
			}
		}
	}
}

// word is the measure word of a number as the indicator adds it up; "" where its condition mixes several.
func (d *Definition) word(f Field, x Indicator) string {
	if f.Per == "" {
		return f.Measure
	}
	word := ""
	for _, c := range x.Where {
		for _, o := range c.Is {
			if c.Field != f.Per {
				continue
			}
			if word != "" && word != f.Words[o] {
				return ""
			}
			word = f.Words[o]
		}
	}
	return word
}

// MeasureOf is the measure word of an indicator.
func (d *Definition) MeasureOf(x Indicator) string {
	if f, ok := d.Field(x.Sum); ok && f.Kind == Number {
		return d.word(f, x)
	}
	if x.Measure != "" {
		return x.Measure
	}
	return d.Measure
}

// Show prints the value of a field as people read it, with the measure word that its record has.
func (d *Definition) Show(f Field, v Values) string {
	if f.Kind == Number && f.Per != "" && v[f.Key] != "" {
		return v[f.Key] + " " + f.Words[v[f.Per]]
	}
	if v[f.Key] == "" {
		return ""
	}
	return f.Show(v[f.Key])
}
