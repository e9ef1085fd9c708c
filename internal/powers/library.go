package powers

import (
	"cmp"
	"slices"
	"strings"

	"fadu/internal/fault"
	"fadu/internal/law"
)

// Library is a set of powers, benchmarks, exemptions and laws to compute with: the embedded starter data,
// or what a database holds about one power.
type Library struct {
	Items      []PowerItem
	Benchmarks []Benchmark
	Exemptions []Exemption
	Laws       []LawText
	byCode     map[string][]int
}

// NewLibrary indexes the parts.
func NewLibrary(items []PowerItem, benchmarks []Benchmark, exemptions []Exemption, laws []LawText) *Library {
	l := &Library{Items: items, Benchmarks: benchmarks, Exemptions: exemptions, Laws: laws, byCode: map[string][]int{}}
	for i, p := range items {
		l.byCode[p.Code] = append(l.byCode[p.Code], i)
	}
	return l
}

// Versions returns all versions of a code, the earliest first.
func (l *Library) Versions(code string) []PowerItem {
	out := make([]PowerItem, 0, len(l.byCode[code]))
	for _, i := range l.byCode[code] {
		out = append(out, l.Items[i])
	}
	slices.SortFunc(out, func(a, b PowerItem) int { return cmp.Compare(a.ValidFrom.String(), b.ValidFrom.String()) })
	return out
}

// Law returns the law of that title: the version in force on d, else any version.
func (l *Library) Law(title string, d law.Date) (LawText, bool) {
	found := LawText{}
	ok := false
	for _, t := range l.Laws {
		if t.Title != title {
			continue
		}
		if t.InForce(d) {
			return t, true
		}
		found, ok = t, true
	}
	return found, ok
}

// At returns the version of the power that applies to an act on d. Where none does, the error says from
// when until when the code applies and which power does apply.
func (l *Library) At(code string, d law.Date) (PowerItem, error) {
	versions := l.Versions(code)
	if len(versions) == 0 {
		return PowerItem{}, fault.New(fault.NotFound, "权责事项里没有编码%s", code)
	}
	if d.IsZero() {
		return PowerItem{}, fault.New(fault.Invalid, "没有写违法行为发生的日期，无法确定适用哪个版本")
	}
	for _, p := range versions {
		if p.InForce(d) {
			return p, nil
		}
	}
	near := versions[len(versions)-1]
	if d.Before(versions[0].ValidFrom) {
		near = versions[0]
	}
	return PowerItem{}, l.notInForce(near, d)
}

func (l *Library) notInForce(p PowerItem, d law.Date) error {
	span := "自" + p.ValidFrom.Han() + "起适用"
	if d.After(p.ValidFrom) {
		span = "只适用到" + p.ValidTo.Han()
	}
	others := l.Counterparts(p, d)
	if len(others) == 0 {
		return fault.New(fault.Invalid, "%s（%s）%s，不适用于%s的行为；没有找到当日有效的对应事项",
			p.Code, p.Penalty.Short(), span, d.Han())
	}
	names := make([]string, 0, 3)
	for _, o := range others[:min(3, len(others))] {
		names = append(names, o.Code+"“"+o.Name+"”（"+o.Penalty.Short()+"）")
	}
	return fault.New(fault.Invalid, "%s（%s）%s，%s的行为应适用%s", p.Code, p.Penalty.Short(), span, d.Han(), strings.Join(names, "，或者"))
}

// Counterparts returns the powers in force on d that follow p or that p follows, the most alike first.
func (l *Library) Counterparts(p PowerItem, d law.Date) []PowerItem {
	type scored struct {
		item  PowerItem
		score int
	}
	var found []scored
	for _, q := range l.Items {
		if q.Code == p.Code || q.Kind != p.Kind || !q.InForce(d) {
			continue
		}
		if p.supersededBy(q) || q.supersededBy(p) {
			found = append(found, scored{q, likeness(p.Name, q.Name)})
		}
	}
	slices.SortStableFunc(found, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	out := make([]PowerItem, len(found))
	for i, f := range found {
		out[i] = f.item
	}
	return out
}

// supersededBy reports whether q is what p's superseded_by names: a code, or a provision of q's law.
func (p PowerItem) supersededBy(q PowerItem) bool {
	if p.SupersededBy == "" || !q.ValidFrom.After(p.ValidTo) {
		return false
	}
	for _, part := range strings.FieldsFunc(p.SupersededBy, func(r rune) bool { return r == ';' || r == '；' }) {
		if part == q.Code {
			return true
		}
		for _, title := range []string{ShortTitle(q.Penalty.Law), q.Penalty.Law} {
			rest, ok := strings.CutPrefix(part, title)
			if !ok {
				continue
			}
			if as, err := ParseArticles(rest); err == nil && as.Covers(q.Penalty.Articles) {
				return true
			}
		}
	}
	return false
}

// likeness counts shared pairs of characters.
func likeness(a, b string) int {
	pairs := map[string]int{}
	each := func(s string, f func(string)) {
		rs := []rune(s)
		for i := 0; i+1 < len(rs); i++ {
			f(string(rs[i : i+2]))
		}
	}
	each(a, func(s string) { pairs[s]++ })
	n := 0
	each(b, func(s string) {
		if pairs[s] > 0 {
			pairs[s]--
			n += 2
		} else {
			n--
		}
	})
	return n
}

// BenchmarkFor returns the group of tiers for the power's stage and party. Among several versions, one
// that is published for an act on d wins over one that is not, a later over an earlier.
func (l *Library) BenchmarkFor(code, stage string, p Party, d law.Date) (Benchmark, bool) {
	want := SubjectCitizen
	if p == Organisation {
		want = SubjectOrganisation
	}
	best, rank := Benchmark{}, -1
	for _, b := range l.Benchmarks {
		if b.Code != code || b.Stage != stage || (b.Subject != want && b.Subject != SubjectAll) {
			continue
		}
		r := 0
		if b.Issue.Issued(d) {
			r += 2
		}
		if b.Subject == want {
			r++
		}
		if r > rank || r == rank && b.Issue.From.After(best.Issue.From) {
			best, rank = b, r
		}
	}
	return best, rank >= 0
}

// ExemptionsFor returns the entries that name the power and the general ones that concern it.
func (l *Library) ExemptionsFor(p PowerItem) []Exemption {
	var out []Exemption
	for _, e := range l.Exemptions {
		if e.Code == p.Code || e.General() && e.concerns(p) {
			out = append(out, e)
		}
	}
	return out
}

// concerns keeps a general entry that rests on one branch's statute away from other branches.
func (e Exemption) concerns(p PowerItem) bool {
	if strings.HasPrefix(e.Basis, "行政处罚法") {
		return true
	}
	title, _, _ := strings.Cut(e.Basis, "第")
	return title != "" && (strings.HasPrefix(p.Penalty.Short(), title) || strings.HasPrefix(p.SupersededBy, title))
}
