package powers

import (
	"cmp"
	"reflect"
	"slices"

	"fadu/internal/law"
)

// Change says what publishing a row does.
type Change string

// What publishing a row does.
const (
	ChangeNew     Change = "new"
	ChangeAmended Change = "amended"
	ChangeNone    Change = "unchanged"
)

// Draft is a checked file: what its rows say, what each changes, and what is wrong. It may be published
// only when Faults is empty.
type Draft struct {
	Kind       ImportKind
	Laws       []Drafted[LawText]
	Items      []Drafted[PowerItem]
	Benchmarks []Drafted[Benchmark]
	Exemptions []Drafted[Exemption]
	Faults     []RowError
	// Warnings are worth a look and do not keep a row back.
	Warnings []RowError
	chunk    bool
}

// Drafted is one thing read from a file, from the row where it begins, with what it changes. Replaces is
// the identifier of the published thing that it amends.
type Drafted[T any] struct {
	Row      int
	Value    T
	Change   Change
	Replaces int64
}

// Check reads a table against what is already published. demo says whether fictional rows may load.
func Check(t Table, known *Library, demo bool) Draft { return check(t, known, demo, false) }

// check is Check; chunk says that the table is a part of a file, so that what concerns several rows
// cannot be judged.
func check(t Table, known *Library, demo, chunk bool) Draft {
	d := Draft{Kind: t.Kind, chunk: chunk}
	switch t.Kind {
	case ImportLaws:
		d.checkLaws(t, known, demo)
	case ImportItems:
		d.checkItems(t, known, demo)
	case ImportTiers:
		d.checkTiers(t, known, demo)
	case ImportExemptions:
		d.checkExemptions(t, known, demo)
	}
	slices.SortStableFunc(d.Faults, func(a, b RowError) int { return cmp.Compare(a.Row, b.Row) })
	return d
}

// Count returns how many things are new, amended and unchanged.
func (d Draft) Count() (fresh, amended, same int) {
	count := func(c Change) {
		switch c {
		case ChangeNew:
			fresh++
		case ChangeAmended:
			amended++
		default:
			same++
		}
	}
	for _, x := range d.Laws {
		count(x.Change)
	}
	for _, x := range d.Items {
		count(x.Change)
	}
	for _, x := range d.Benchmarks {
		count(x.Change)
	}
	for _, x := range d.Exemptions {
		count(x.Change)
	}
	return fresh, amended, same
}

func (d *Draft) fault(row int, kind ImportKind, name, format string, args ...any) {
	d.Faults = append(d.Faults, rowError(row, kind.columns(), name, format, args...))
}

func (d *Draft) warn(row int, kind ImportKind, name, format string, args ...any) {
	d.Warnings = append(d.Warnings, rowError(row, kind.columns(), name, format, args...))
}

func (d *Draft) demoOnly(row int, kind ImportKind, name string, fictional, demo bool) {
	if fictional && !demo {
		d.fault(row, kind, name, "演示法规只能导入演示库，正式库不收")
	}
}

func overlaps(from1, to1, from2, to2 law.Date) bool {
	return (to2.IsZero() || !from1.After(to2)) && (to1.IsZero() || !from2.After(to1))
}

func (d *Draft) checkLaws(t Table, known *Library, demo bool) {
	for _, row := range t.Rows {
		l, faults := ParseLaw(row)
		d.Faults = append(d.Faults, faults...)
		d.demoOnly(row.No, ImportLaws, "title", l.Demo, demo)
		x := Drafted[LawText]{Row: row.No, Value: l, Change: ChangeNew}
		for _, k := range known.Laws {
			if k.Title == l.Title && k.EffectiveFrom == l.EffectiveFrom {
				x.Replaces, x.Change = int64(k.ID), ChangeAmended
				k.ID = 0
				if k == l {
					x.Change = ChangeNone
				}
			}
		}
		d.Laws = append(d.Laws, x)
	}
	for i, x := range d.Laws {
		if d.chunk {
			break
		}
		for _, y := range d.Laws[:i] {
			if x.Value.Title != "" && x.Value.Title == y.Value.Title && overlaps(x.Value.EffectiveFrom, x.Value.ValidTo, y.Value.EffectiveFrom, y.Value.ValidTo) {
				d.fault(x.Row, ImportLaws, "title", "与第%d行是同一部法律，施行期间重叠", y.Row)
			}
		}
		for _, k := range known.Laws {
			replaced := slices.ContainsFunc(d.Laws, func(y Drafted[LawText]) bool { return y.Change != ChangeNew && y.Replaces == int64(k.ID) })
			if !replaced && k.Title == x.Value.Title && overlaps(x.Value.EffectiveFrom, x.Value.ValidTo, k.EffectiveFrom, k.ValidTo) {
				d.fault(x.Row, ImportLaws, "effective_date", "与已发布的%s起施行的版本重叠，请先给旧版本写失效日", k.EffectiveFrom)
			}
		}
		s := x.Value.Successor
		if s != "" && !known.hasLaw(s) && !slices.ContainsFunc(d.Laws, func(y Drafted[LawText]) bool { return y.Value.Title == s }) {
			d.fault(x.Row, ImportLaws, "successor", "法律法规表里没有《%s》", clip(s, 40))
		}
	}
}

func (l *Library) hasLaw(title string) bool {
	return slices.ContainsFunc(l.Laws, func(t LawText) bool { return t.Title == title })
}

func (d *Draft) checkItems(t Table, known *Library, demo bool) {
	for _, row := range t.Rows {
		p, faults := ParseItem(row)
		d.Faults = append(d.Faults, faults...)
		d.demoOnly(row.No, ImportItems, "penalty_law", p.Demo, demo)
		x := Drafted[PowerItem]{Row: row.No, Value: p, Change: ChangeNew}
		for _, k := range known.Versions(p.Code) {
			if k.ValidFrom == p.ValidFrom {
				x.Replaces, x.Change = int64(k.ID), amendment(k, p)
				d.frozen(row.No, k, p)
				x.Value.Standing = k.Standing
			}
		}
		if p.NeedsConfirmation() {
			d.warn(row.No, ImportItems, "verify", "没有核对过，发布后须由专人核实并写明来源才能使用")
		}
		d.Items = append(d.Items, x)
		d.citesKnownLaw(row.No, p, known)
	}
	for i, x := range d.Items {
		if d.chunk {
			break
		}
		for _, y := range d.Items[:i] {
			if x.Value.Code != "" && x.Value.Code == y.Value.Code && overlaps(x.Value.ValidFrom, x.Value.ValidTo, y.Value.ValidFrom, y.Value.ValidTo) {
				d.fault(x.Row, ImportItems, "code", "与第%d行编码重复，且有效期重叠", y.Row)
			}
		}
		for _, k := range known.Versions(x.Value.Code) {
			replaced := slices.ContainsFunc(d.Items, func(y Drafted[PowerItem]) bool { return y.Change != ChangeNew && y.Replaces == int64(k.ID) })
			if !replaced && overlaps(x.Value.ValidFrom, x.Value.ValidTo, k.ValidFrom, k.ValidTo) {
				d.fault(x.Row, ImportItems, "valid_from", "与已发布的版本（%s起）有效期重叠，请在同一文件里给旧版本写失效日", k.ValidFrom)
			}
		}
		d.checkSuccession(x, known)
	}
}

// amendment tells whether the row says anything new.
func amendment(published, row PowerItem) Change {
	published.ID, published.Standing = 0, Standing{}
	row.ID, row.Standing = 0, Standing{}
	if reflect.DeepEqual(published, row) {
		return ChangeNone
	}
	return ChangeAmended
}

// frozen refuses to rewrite a version on which cases may rest: only its end may be written.
func (d *Draft) frozen(row int, published, p PowerItem) {
	if published.Standing.AdoptedFrom.IsZero() {
		return
	}
	p.ValidTo, p.SupersededBy, p.Notes = published.ValidTo, published.SupersededBy, published.Notes
	if amendment(published, p) == ChangeAmended {
		d.fault(row, ImportItems, "code", "%s的这个版本已经采用，只能补写失效日、由何替代和备注；内容变了请另立新版本", p.Code)
	}
}

func (d *Draft) citesKnownLaw(row int, p PowerItem, known *Library) {
	for _, b := range []struct {
		basis           Basis
		column, article string
	}{{p.Violated, "violated_law", "violated_article"}, {p.Penalty, "penalty_law", "penalty_article"}} {
		if b.basis.Law == "" {
			continue
		}
		l, ok := known.Law(b.basis.Law, p.ValidFrom)
		if !ok {
			d.fault(row, ImportItems, b.column, "法律法规表里没有《%s》，请先导入或者改为全称", clip(b.basis.Law, 40))
			continue
		}
		if !l.ValidTo.IsZero() && l.EffectiveFrom == p.LawVersion && (p.ValidTo.IsZero() || p.ValidTo.After(l.ValidTo)) {
			d.fault(row, ImportItems, "valid_to", "《%s》只施行到%s，事项的失效日不能更晚", l.Title, l.ValidTo)
		}
		for _, a := range b.basis.Articles {
			if l.LastArticle > 0 && a.No > l.LastArticle {
				d.fault(row, ImportItems, b.article, "《%s》共%d条，没有%s", l.Title, l.LastArticle, Article{No: a.No}.Han())
			}
		}
	}
}

// checkSuccession holds superseded_by against the codes and laws that exist.
func (d *Draft) checkSuccession(x Drafted[PowerItem], known *Library) {
	p := x.Value
	if p.SupersededBy == "" {
		return
	}
	titles := map[string]bool{}
	for _, l := range known.Laws {
		titles[l.Title], titles[ShortTitle(l.Title)] = true, true
	}
	codes := map[string]bool{}
	for _, k := range known.Items {
		codes[k.Code] = true
	}
	for _, y := range d.Items {
		codes[y.Value.Code] = true
	}
	for _, part := range splitList(p.SupersededBy) {
		if codes[part] {
			continue
		}
		title, rest := cutArticle(part)
		if _, err := ParseArticles(rest); err != nil || !titles[title] {
			d.fault(x.Row, ImportItems, "superseded_by", "“%s”应为已有法律的条款或者已有的编码", clip(part, 40))
		}
	}
}

func (d *Draft) checkExemptions(t Table, known *Library, demo bool) {
	samples := starterConditions()
	for _, row := range t.Rows {
		e, faults := ParseExemption(row)
		d.Faults = append(d.Faults, faults...)
		d.demoOnly(row.No, ImportExemptions, "basis", e.Demo, demo)
		if !e.General() && e.Kind != ExemptPrecondition && samples[e.Ref] == e.Conditions && e.Conditions != "" {
			e.Sample = true
		}
		if e.Code != "" && !e.General() && len(known.Versions(e.Code)) == 0 {
			d.fault(row.No, ImportExemptions, "code", "权责事项里没有%s", clip(e.Code, 20))
		}
		x := Drafted[Exemption]{Row: row.No, Value: e, Change: ChangeNew}
		for _, k := range known.Exemptions {
			if k.Ref == e.Ref {
				x.Replaces, x.Change = int64(k.ID), ChangeAmended
				k.ID, k.Issue = 0, Issue{}
				if reflect.DeepEqual(k, e) {
					x.Change = ChangeNone
				}
			}
		}
		if e.Sample && !demo {
			d.warn(row.No, ImportExemptions, "conditions", "条件是示范值，正式办案不能用，请换成本地公布的清单")
		}
		for _, y := range d.Exemptions {
			if e.Ref != "" && y.Value.Ref == e.Ref {
				d.fault(row.No, ImportExemptions, "id", "与第%d行编号重复", y.Row)
			}
		}
		d.Exemptions = append(d.Exemptions, x)
	}
}
