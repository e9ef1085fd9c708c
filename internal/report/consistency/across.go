package consistency

import (
	"slices"
	"strings"

	"fadu/internal/law"
)

// units finds one name under several measure words, and parts counted otherwise than their total.
func units(figures []Figure) []Finding {
	var out []Finding
	byName := map[string][]*Figure{}
	byID := map[string]*Figure{}
	var names []string
	for i := range figures {
		f := &figures[i]
		byID[f.ID] = f
		key := law.FoldName(f.Name)
		if key == "" || f.Unit == "" || dateUnit(f.Unit) {
			continue
		}
		if byName[key] == nil {
			names = append(names, key)
		}
		byName[key] = append(byName[key], f)
	}
	for _, name := range names {
		out = append(out, mixed(byName[name], "%s用了不同的计量单位：%s；应统一")...)
	}
	for i := range figures {
		family := []*Figure{&figures[i]}
		for _, id := range figures[i].Parts {
			family = append(family, byID[id])
		}
		out = append(out, mixed(family, "%s与它的组成部分计量单位不一：%s；应统一")...)
	}
	return out
}

func mixed(family []*Figure, format string) []Finding {
	var words, ids []string
	for _, f := range family {
		if f.Unit == "" {
			continue
		}
		ids = append(ids, f.ID)
		if word := "“" + f.Unit + "”"; !strings.Contains(strings.Join(words, ""), word) {
			words = append(words, word)
		}
	}
	if len(words) < 2 {
		return nil
	}
	return []Finding{finding(checkUnit, Explain, ids, format, family[0].label(), strings.Join(words, "、"))}
}

// plainFrom is the least number that is not easily the same by chance.
const plainFrom = 100

// sameValues finds one number under two names that have nothing to do with each other: often copied from one place
// to the other. Round numbers and those that stand to each other as part and total are left alone.
func sameValues(figures []Figure) []Finding {
	partOf := totals(figures)
	var out []Finding
	byValue := map[string][]*Figure{}
	var order []string
	for i := range figures {
		f := &figures[i]
		if !f.Value.Is() || f.Value.Bound != Exact || !f.Value.whole() || f.scale() != nil || dateUnit(f.Unit) {
			continue
		}
		key := f.Value.Text()
		if f.Value.value.Cmp(Whole(plainFrom).value) < 0 || strings.HasSuffix(key, "00") {
			continue
		}
		if byValue[key] == nil {
			order = append(order, key)
		}
		byValue[key] = append(byValue[key], f)
	}
	for _, key := range order {
		same := byValue[key]
		var names, ids []string
		for _, f := range same {
			if law.FoldName(f.Name) != law.FoldName(same[0].Name) && !related(f, same[0], partOf) {
				names, ids = append(names, f.label()), append(ids, f.ID)
			}
		}
		if len(ids) > 0 {
			out = append(out, finding(checkSame, Explain, append([]string{same[0].ID}, ids...), "%s与%s都是%s，请核对是不是抄错了", same[0].label(), strings.Join(names, "、"), key))
		}
	}
	return out
}

// totals gives of each figure those that it is a part of.
func totals(figures []Figure) map[string][]string {
	of := map[string][]string{}
	for i := range figures {
		for _, part := range figures[i].Parts {
			of[part] = append(of[part], figures[i].ID)
		}
	}
	return of
}

// related reports whether one is a part of the other, or both of one total.
func related(a, b *Figure, totals map[string][]string) bool {
	if slices.Contains(totals[a.ID], b.ID) || slices.Contains(totals[b.ID], a.ID) {
		return true
	}
	return slices.ContainsFunc(totals[a.ID], func(total string) bool { return slices.Contains(totals[b.ID], total) })
}
