package casework

import (
	"slices"
	"strings"

	"fadu/internal/casework/pages"
	"fadu/internal/deadline"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
)

// chosenColumns are the columns of the list that are named, in the list's order; nil for the usual ones. Names may stand
// together with dots.
func chosenColumns(named []string) []string {
	var given, out []string
	for _, n := range named {
		given = append(given, strings.Split(n, ".")...)
	}
	usual := true
	for _, c := range pages.CaseColumns {
		in := slices.Contains(given, c.Key)
		if in {
			out = append(out, c.Key)
		}
		usual = usual && in == c.Usual
	}
	if usual || len(out) == 0 {
		return nil
	}
	return out
}

// besides is what the list shows of cases beside their own rows.
type besides struct {
	open  map[CaseID]*todoCase
	terms map[int64]deadline.Row
	names map[int64]string
}

// besidesOf gathers it with a few queries for all rows.
func (s *Service) besidesOf(tx *store.Tx, rows []Row) (b besides, err error) {
	var open []Case
	var people []org.PersonID
	b.names, b.open = map[int64]string{}, map[CaseID]*todoCase{}
	for _, r := range rows {
		if r.open() {
			open = append(open, r.Case)
		}
		for _, p := range []int64{r.Case.Lead, r.Assist} {
			if _, ok := b.names[p]; !ok && p != 0 {
				b.names[p] = ""
				people = append(people, org.PersonID(p))
			}
		}
	}
	if b.terms, err = nearestOf(tx, rows); err != nil {
		return b, err
	}
	files, err := s.todoCases(tx, open)
	if err != nil {
		return b, err
	}
	for i := range files {
		b.open[files[i].ID] = &files[i]
	}
	names, err := org.PeopleNames(tx, people)
	for id, name := range names {
		b.names[int64(id)] = name
	}
	return b, err
}

// officers are the names of the two officers.
func (b besides) officers(r Row) string {
	if r.Case.Lead == 0 {
		return ""
	}
	return b.names[r.Case.Lead] + "、" + b.names[r.Assist]
}

// next is what is to be done next in an open case.
func (b besides) next(r Row) string {
	if c := b.open[r.ID]; c != nil {
		return c.next(b.terms[int64(r.ID)])
	}
	return ""
}

// exportColumn is a column of the Excel export; in is the column of the list in which it stands.
type exportColumn struct {
	in, head string
	width    float64
	cell     func(Row, besides) any
}

// cellOf makes a cell that the row itself fills.
func cellOf[T any](f func(Row) T) func(Row, besides) any {
	return func(r Row, _ besides) any { return f(r) }
}

// exportColumns are the columns of the Excel export.
var exportColumns = []exportColumn{
	{"", "决定书文号", 28, cellOf(func(r Row) string { return r.DocNo })},
	{"", "立案号", 24, cellOf(func(r Row) string { return r.CaseNo })},
	{"state", "环节", 12, cellOf(func(r Row) string { return r.StateLabel() })},
	{"officers", "承办单位", 20, cellOf(func(r Row) string { return r.UnitName })},
	{"officers", "执法人员", 20, func(r Row, b besides) any { return b.officers(r) }},
	{"found", "发现时间", 18, cellOf(func(r Row) any { return r.Found() })},
	{"cause", "地点", 30, cellOf(func(r Row) string { return r.Place })},
	{"party", "当事人", 24, cellOf(func(r Row) string { return r.PartyName })},
	{"party", "当事人类型", 14, cellOf(func(r Row) string { return partyLabels[r.PartyKind] })},
	{"party", "证件号码", 22, cellOf(func(r Row) string { return r.IDNumber })},
	{"cause", "案由", 30, cellOf(func(r Row) string { return r.PowerName })},
	{"cause", "案由编码", 12, cellOf(func(r Row) string { return r.AppliedCode })},
	{"acted", "违法行为日", 14, cellOf(func(r Row) law.Date { return r.ActFrom })},
	{"kinds", "处罚种类", 12, cellOf(func(r Row) string { return r.Kinds })},
	{"amount", "罚款（元）", 12, cellOf(func(r Row) law.Money { return r.Amount })},
	{"tier", "裁量阶次", 12, cellOf(func(r Row) string { return r.Tier })},
	{"decided", "决定日", 14, cellOf(func(r Row) law.Date { return r.DecidedOn })},
	{"delivered", "交付时间", 18, cellOf(func(r Row) any {
		if r.DeliveredAt == 0 {
			return nil
		}
		return r.Delivered()
	})},
	{"ending", "结果", 14, cellOf(func(r Row) string { return endingLabels[r.Ending] })},
	{"due", "期限", 14, func(r Row, b besides) any { return b.terms[int64(r.ID)].Due }},
	{"due", "期限名称", 24, func(r Row, b besides) any { return b.terms[int64(r.ID)].Term }},
	{"next", "下一步", 20, func(r Row, b besides) any { return b.next(r) }},
}

// exported are the columns of an export: all, or those of the chosen columns of the list.
func exported(cols []string) []exportColumn {
	if cols == nil {
		return exportColumns
	}
	return slices.DeleteFunc(slices.Clone(exportColumns), func(c exportColumn) bool { return c.in != "" && !slices.Contains(cols, c.in) })
}
