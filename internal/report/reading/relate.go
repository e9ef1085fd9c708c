package reading

import (
	"slices"
	"strings"

	"fadu/internal/report/consistency"
)

// relate proposes what belongs together among the figures of the last sentence, and of those before that it goes on from.
func relate(figures []Figure, all []sentence, last int) {
	for i := range figures {
		f := &figures[i]
		if f.sentence == last && f.Unit == "%" {
			proposeRate(figures, i, f.Sentence)
		}
		if len(f.Parts) == 0 {
			f.Parts = partsOf(figures, i, all, last)
		}
	}
}

// Things of one class are added up: 起, 件 and 宗 all count cases.
func class(unit string) string {
	if unit == "起" || unit == "件" || unit == "宗" {
		return "件"
	}
	return unit
}

// partsOf finds what a total is made of: the figures of its class behind 其中 or 包括, to the bracket's end or the
// sentence's. Fewer than two are an example, not the parts.
func partsOf(figures []Figure, i int, all []sentence, last int) []string {
	total := figures[i]
	if total.Unit == "%" || total.Unit == "" || total.Unit == "日期" {
		return nil
	}
	behind := total.Sentence[total.end:]
	until, inside := len(total.Sentence), false
	switch word := firstOf(behind, "其中", "包括"); {
	case word >= 0 && total.sentence == last:
		between := behind[:word]
		if strings.ContainsAny(between, "0123456789;") { // another figure stands nearer
			return nil
		}
		if open := strings.LastIndex(between, "("); open >= 0 {
			if end := strings.Index(behind, ")"); end > open {
				until = total.end + end
			}
		}
		inside = true
	case strings.HasPrefix(behind, "(") && total.sentence == last:
		return nil
	case total.sentence == last-1 && strings.HasPrefix(all[last].text, "其中") && !slices.ContainsFunc(figures[i+1:], func(f Figure) bool { return f.sentence == total.sentence }):
		inside = true
	}
	if !inside {
		return nil
	}
	var ids []string
	for _, f := range figures[i+1:] {
		if f.sentence == total.sentence && f.start >= until {
			break
		}
		if class(f.Unit) == class(total.Unit) {
			ids = append(ids, f.ID)
		}
	}
	if len(ids) < 2 {
		return nil
	}
	return ids
}

func firstOf(text string, words ...string) int {
	first := -1
	for _, w := range words {
		if at := strings.Index(text, w); at >= 0 && (first < 0 || at < first) {
			first = at
		}
	}
	return first
}

// What a rate may be of; classes and sessions are not what passes.
var rated = []string{"条", "件", "起", "次", "份", "家", "人", "名", "人次", "宗"}

// proposeRate gives a rate the count right before it: as its whole, or as its part where another of the same measure word
// stands before that (开庭4次，出庭4次，出庭率100%).
func proposeRate(figures []Figure, i int, text string) {
	f := &figures[i]
	if i == 0 || f.Denominator.Is() || f.Period == "目标" {
		return
	}
	near := figures[i-1]
	if near.sentence != f.sentence || !slices.Contains(rated, near.Unit) || strings.ContainsAny(text[near.end:f.start], ";)") {
		return
	}
	f.Denominator = near.Value
	if i < 2 || figures[i-2].sentence != f.sentence {
		return
	}
	if far := figures[i-2]; far.Unit == near.Unit && strings.Contains(f.Name, "出庭") && consistency.AtMost(near.Value, far.Value) {
		f.Numerator, f.Denominator = near.Value, far.Value
	}
}
