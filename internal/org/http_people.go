package org

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/org/pages"
	"fadu/internal/setting"
	"fadu/internal/store"
	"fadu/internal/web"
)

// holdings are the choices of the list by certificate.
var holdings = []Label{
	{string(HoldingValid), "持有效证"},
	{string(HoldingLacking), "执法人员无有效证"},
	{string(HoldingSoon90), "90 日内到期"},
	{string(HoldingSoon30), "30 日内到期"},
	{string(HoldingSoon7), "7 日内到期"},
	{string(HoldingSuspended), "暂扣中"},
}

func filterOf(q url.Values) PersonFilter {
	unit, _ := strconv.ParseInt(q.Get("unit"), 10, 64)
	f := PersonFilter{Unit: access.UnitID(unit), Kind: PersonKind(q.Get("kind")), Holding: Holding(q.Get("holding")), Words: strings.Join(strings.Fields(q.Get("q")), " "), Left: q.Get("left") == "1"}
	if _, ok := kindText(f.Kind); !ok {
		f.Kind = ""
	}
	if labelOf(holdings, string(f.Holding)) == string(f.Holding) {
		f.Holding = ""
	}
	return f
}

// query prints the filter as it stands in an address.
func (f PersonFilter) query() url.Values {
	q := url.Values{}
	set := func(k, v string) {
		if v != "" && v != "0" {
			q.Set(k, v)
		}
	}
	set("q", f.Words)
	set("unit", f.Unit.String())
	set("kind", string(f.Kind))
	set("holding", string(f.Holding))
	if f.Left {
		q.Set("left", "1")
	}
	return q
}

func (s *Service) listPeople(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f := filterOf(r.URL.Query())
	q := f.query()
	v := pages.PeopleView{Kinds: options(PersonKinds), Holdings: options(holdings), Form: web.NewForm(map[string]string{"q": f.Words, "unit": q.Get("unit"), "kind": string(f.Kind), "holding": string(f.Holding)})}
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		scope := by.ScopeFor(access.OrgRead)
		page, err := People(tx, scope, f, r.URL.Query().Get("after"))
		if err != nil {
			return err
		}
		if v.Units, err = s.unitOptions(tx, scope, f.Unit); err != nil {
			return err
		}
		ending, err := EndingSoon(tx, scope)
		if err != nil {
			return err
		}
		v.Ending = endingStats(ending)
		for _, p := range page.People {
			v.Rows = append(v.Rows, personRow(p, page, tx.Today()))
		}
		v.Summary = "共 " + web.CountText(int64(min(page.Total, store.CountLimit)), page.Total > store.CountLimit) + " 人"
		link := func(token string) string {
			if token == "" {
				return ""
			}
			at := f.query()
			at.Set("after", token)
			return web.Address(peoplePath, at)
		}
		v.Pager = web.PagerView{Summary: v.Summary, Prev: link(page.Prev), Next: link(page.Next)}
		return nil
	})
	if err != nil {
		return err
	}
	s.peopleLinks(&v, by, f)
	return web.Render(w, r, http.StatusOK, pages.People(v))
}

// peopleLinks fills what the list offers besides its rows.
func (s *Service) peopleLinks(v *pages.PeopleView, by access.Session, f PersonFilter) {
	v.Empty = web.EmptyView{Title: "没有符合条件的人", Why: "换一个词，或者去掉一个条件", Exit: web.Link{Label: "看全部", Href: peoplePath}}
	here, left := f, f
	here.Left, left.Left = false, true
	v.Tabs = []web.TabView{
		{Label: "在册", Href: web.Address(peoplePath, here.query()), Current: !f.Left, NoCount: true},
		{Label: "已离职", Href: web.Address(peoplePath, left.query()), Current: f.Left, NoCount: true},
	}
	v.Chips = chips(f, v.Units)
	if f.Left {
		v.Keep = map[string]string{"left": "1"}
	}
	if by.Can(access.PersonManage) {
		v.NewHref = peoplePath + "/new"
		v.ExportHref, v.CertificatesHref = web.Address(peoplePath+"/export", f.query()), web.Address(certificatePath+"/export", f.query())
	}
	if by.Can(access.OrgImport) {
		v.ImportRef = ImportPath
	}
	if by.Can(access.SettingManage) {
		v.PracticeHref = setting.PathOf(AnnualCheckPolicy)
	}
}

func endingStats(e Ending) []web.StatView {
	if e.Within90 == 0 {
		return nil
	}
	stat := func(label string, n int, h Holding, late bool) web.StatView {
		return web.StatView{Label: label, Value: strconv.Itoa(n), Unit: "人", Href: peoplePath + "?holding=" + string(h), Late: late && n > 0}
	}
	return []web.StatView{stat("执法证 7 日内到期", e.Within7, HoldingSoon7, true), stat("30 日内到期", e.Within30, HoldingSoon30, false), stat("90 日内到期", e.Within90, HoldingSoon90, false)}
}

func chips(f PersonFilter, units []web.Option) []web.Link {
	unit := f.Unit.String()
	for _, o := range units {
		if o.Value == unit {
			unit = o.Label
		}
	}
	labels := map[string]string{"q": "“" + f.Words + "”", "unit": unit, "kind": f.Kind.Label(), "holding": labelOf(holdings, string(f.Holding))}
	var out []web.Link
	for _, k := range []string{"q", "unit", "kind", "holding"} {
		q := f.query()
		if q.Get(k) != "" {
			q.Del(k)
			out = append(out, web.Link{Label: labels[k], Href: web.Address(peoplePath, q)})
		}
	}
	return out
}

func personRow(p Person, page PersonPage, today law.Date) pages.PersonRow {
	status := page.Statuses[p.ID]
	row := pages.PersonRow{Name: p.Name, Href: personPath(p.ID), StaffNumber: p.StaffNumber, Kind: p.Kind.Label(), Unit: page.Units[p.UnitID], Post: status.Post, Phone: web.MaskPhone(p.Phone), Certificate: status.CertificateNo}
	if !p.Here(today) {
		row.Post = p.LeftOn.String() + " 离职"
	}
	c, has := page.Cards[p.ID]
	row.State = holdingTag(p, c, has, today, page.Practice)
	if last, valid := c.validOn(today); has && valid && c.RevokedOn.IsZero() {
		if today.DaysUntil(last) <= 90 {
			row.Until = web.DueOf(last, today, false, nil).Warned(30)
		} else {
			row.Note = last.String()
		}
	}
	return row
}

// holdingTag says in a word how it stands with somebody's certificate today.
func holdingTag(p Person, c Card, has bool, today law.Date, practice Practice) web.TagView {
	switch {
	case !has && p.Kind == AuxiliaryStaff:
		return web.TagView{Label: "辅助人员", Kind: "line"}
	case !has && p.Kind == OfficerStaff:
		return web.TagView{Label: "无证", Kind: "late"}
	case !has:
		return web.TagView{}
	}
	return cardTag(c, today, practice)
}

func cardTag(c Card, today law.Date, practice Practice) web.TagView {
	for _, x := range c.Suspensions {
		if x.On(today) && c.RevokedOn.IsZero() {
			return web.TagView{Label: "暂扣", Kind: "late"}
		}
	}
	last, valid := c.validOn(today)
	switch {
	case !c.RevokedOn.IsZero() && !today.Before(c.RevokedOn):
		return web.TagView{Label: c.RevokedHow, Kind: "line"}
	case !c.Kind.Enforces():
		return web.TagView{Label: "监督证", Kind: "line"}
	case valid && !c.On(today, "", practice).Valid:
		return web.TagView{Label: "审验不合格", Kind: "late"}
	case valid && today.DaysUntil(last) <= 30:
		return web.TagView{Label: "将到期", Kind: "soon"}
	case valid:
		return web.TagView{Label: "有效", Kind: "ok"}
	case last.IsZero():
		return web.TagView{Label: "未生效", Kind: "soon"}
	}
	return web.TagView{Label: "已到期", Kind: "late"}
}

func (s *Service) exportPeople(w http.ResponseWriter, r *http.Request, by access.Session) error {
	sheet := web.Sheet{Name: "人员", Head: []string{"姓名", "工号", "人员类别", "所在机构", "职务", "任职日期", "手机号", "公民身份号码", "执法证编号", "今天能否办案", "原因", "法律职业资格", "资格证书编号", "取得资格日期", "从事法制审核起始日", "备注"}, Widths: []float64{12, 12, 10, 20, 12, 12, 14, 22, 18, 12, 40, 24, 20, 14, 18, 24}}
	return s.export(w, r, by, "人员", sheet, func(d dossier, today law.Date, practice Practice) [][]any {
		st := d.status(today, "", practice)
		posting, _ := d.postingOn(today)
		can := "否"
		if st.Certified {
			can = "能"
		}
		return [][]any{{d.Person.Name, d.Person.StaffNumber, d.Person.Kind.Label(), d.UnitNames[d.Person.UnitID], posting.Post, posting.From, web.MaskPhone(d.Person.Phone), web.MaskIdentity(d.Person.Identity), st.CertificateNo, can, joined(st.Reasons), legalLabel(d.Person.LegalQualification), d.Person.Number, d.Person.On, d.Person.Since, d.Person.Note}}
	})
}

func (s *Service) exportCertificates(w http.ResponseWriter, r *http.Request, by access.Session) error {
	sheet := web.Sheet{Name: "执法证", Head: []string{"姓名", "工号", "所在机构", "证件编号", "证件种类", "发证机关", "执法区域", "执法类别", "有效期起", "有效期止", "考试合格日期", "证载单位", "状态"}, Widths: []float64{12, 12, 20, 18, 16, 20, 24, 16, 12, 12, 14, 24, 12}}
	return s.export(w, r, by, "执法证", sheet, func(d dossier, today law.Date, practice Practice) [][]any {
		var rows [][]any
		for _, c := range d.Cards {
			last := c.Validities[len(c.Validities)-1]
			rows = append(rows, []any{d.Person.Name, d.Person.StaffNumber, d.UnitNames[d.Person.UnitID], c.Number, c.Kind.Label(), c.Issuer, AreaNames(c.Areas), joined(c.Categories), last.From, last.To, c.ExamPassedOn, c.PrintedUnit, cardTag(c, today, practice).Label})
		}
		return rows
	})
}

// export enters that a list left the house, then sends it.
func (s *Service) export(w http.ResponseWriter, r *http.Request, by access.Session, name string, sheet web.Sheet, rowsOf func(dossier, law.Date, Practice) [][]any) error {
	f, scope := filterOf(r.URL.Query()), by.ScopeFor(access.PersonManage)
	var practice Practice
	err := s.db.Update(r.Context(), func(tx *store.Tx) (err error) {
		if practice, err = PracticeOf(tx); err != nil {
			return err
		}
		n, err := f.exportable(tx, scope).Count(tx.Ctx)
		if err != nil {
			return err
		}
		_, err = ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindExported, Subject: "export/" + name, Unit: int64(by.Unit().ID), Data: map[string]any{"people": n, "filter": f.query().Encode()}})
		return err
	})
	if err != nil {
		return err
	}
	sheet.Rows = store.Walk(r.Context(), s.db, func(tx *store.Tx, after store.Cursor) (rows [][]any, end store.Cursor, more bool, err error) {
		some, end, more, err := somePeople(tx, scope, f, after)
		for _, d := range some {
			rows = append(rows, rowsOf(d, tx.Today(), practice)...)
		}
		return rows, end, more, err
	})
	return web.Excel(w, r, name, sheet)
}
