package org

import (
	"net/http"
	"slices"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/org/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) listSubjects(w http.ResponseWriter, r *http.Request, by access.Session) error {
	var v pages.SubjectsView
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		all, err := Subjects(tx)
		if err != nil {
			return err
		}
		units, err := s.units.Units(tx)
		if err != nil {
			return err
		}
		bound, err := allBindings(tx)
		if err != nil {
			return err
		}
		for _, sb := range all {
			v.Rows = append(v.Rows, subjectRow(sb, bound, units, tx.Today()))
		}
		v.Unbound = unbound(units, bound, by.ScopeFor(access.OrgRead), tx.Today())
		return nil
	})
	if err != nil {
		return err
	}
	if by.Can(access.SettingManage) {
		v.NewHref = subjectsPath + "/new"
	}
	if by.Can(access.OrgImport) {
		v.Import = ImportPath + "?kind=org.subject"
	}
	return web.Render(w, r, http.StatusOK, pages.Subjects(v))
}

func allBindings(tx *store.Tx) ([]Binding, error) {
	var bs []Binding
	err := tx.DB().NewSelect().Model(&bs).Where("annulled = 0").Where("EXISTS (SELECT 1 FROM org_subject s WHERE s.id = bi.subject_id)").Order("from_on", "id").Scan(tx.Ctx)
	return bs, err
}

func subjectRow(sb Subject, bound []Binding, units []access.Unit, today law.Date) pages.SubjectRow {
	row := pages.SubjectRow{Name: sb.Name, Href: subjectPath(sb.ID), Basis: sb.Basis.Label(), Prefix: sb.Prefix, ReviewOrgan: sb.ReviewOrgan, Court: sb.Court, State: subjectTag(sb, today)}
	var names []string
	for _, b := range bound {
		if b.Subject == sb.ID && b.On(today) {
			names = append(names, unitName(units, b.Unit))
		}
	}
	row.Units = joined(names)
	return row
}

func unitName(units []access.Unit, id access.UnitID) string {
	if i := slices.IndexFunc(units, func(u access.Unit) bool { return u.ID == id }); i >= 0 {
		return units[i].Name
	}
	return id.String()
}

func subjectTag(sb Subject, today law.Date) web.TagView {
	switch {
	case sb.On(today) && !sb.Until.IsZero():
		return web.TagView{Label: "至" + sb.Until.String(), Kind: "soon"}
	case sb.On(today):
		return web.TagView{Label: "有效", Kind: "ok"}
	case sb.From.After(today):
		return web.TagView{Label: sb.From.String() + "起", Kind: "line"}
	}
	return web.TagView{Label: "已终止", Kind: "line"}
}

// unbound are the highest units in whose place nothing acts today: a unit whose ancestors are bound
// needs no binding of its own.
func unbound(units []access.Unit, bound []Binding, scope access.Scope, today law.Date) []string {
	covered := map[access.UnitID]bool{}
	for _, b := range bound {
		if b.On(today) {
			covered[b.Unit] = true
		}
	}
	var out []string
	missing := map[access.UnitID]bool{}
	for _, u := range units { // parents come before children
		if covered[u.Parent] {
			covered[u.ID] = true
		}
		if covered[u.ID] || !u.OpenOn(today) {
			continue
		}
		missing[u.ID] = true
		if scope.Covers(u) && !missing[u.Parent] {
			out = append(out, u.Name)
		}
	}
	return out
}

func (s *Service) showSubject(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf(r, "id", "这个执法主体")
	if err != nil {
		return err
	}
	var v pages.SubjectView
	err = s.db.View(r.Context(), func(tx *store.Tx) error {
		sb, err := subjectByID(tx, SubjectID(id))
		if err != nil {
			return err
		}
		units, err := s.units.Units(tx)
		if err != nil {
			return err
		}
		bound, err := allBindings(tx)
		if err != nil {
			return err
		}
		mandator := Subject{}
		if sb.Mandator != 0 {
			if mandator, err = subjectByID(tx, sb.Mandator); err != nil {
				return err
			}
		}
		v = subjectView(sb, mandator, bound, units, tx.Today(), by.Can(access.SettingManage))
		v.History, err = history(tx, sb.ID.Subject(), nil)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Subject(v))
}

// uncoded are the names of areas that have no code.
func uncoded(areas []Area) []string {
	var out []string
	for _, a := range areas {
		if a.Code == "" {
			out = append(out, a.Name)
		}
	}
	return out
}

func subjectView(sb, mandator Subject, bound []Binding, units []access.Unit, today law.Date, manage bool) pages.SubjectView {
	path := subjectPath(sb.ID)
	v := pages.SubjectView{Name: sb.Name, Meta: sb.Basis.Label() + "，" + span(sb.From, sb.Until)}
	if bare := uncoded(sb.Areas); len(bare) > 0 {
		v.Notices = []pages.NoticeView{{Kind: "soon", Title: "管辖区域没有行政区划代码", Text: "“" + joined(bare) + "”只写了名称：执法证的区域写的是代码时，与案件对不上，执法人员会被认为不在执法区域。请在“修改”里补上代码，如“990107 演示市演示区”。"}}
	}
	if manage {
		v.Acts = []pages.Act{{Label: "修改", Href: path + "/edit"}, {Label: "对应机构", Href: path + "/units", Class: "primary"}}
	}
	all := []web.FactView{
		{Label: "统一社会信用代码", Text: sb.USCC},
		{Label: "依据", Text: sb.Basis.Label()},
		{Label: "依据文件", Text: sb.BasisDocument},
		{Label: "职权期间", Text: span(sb.From, sb.Until)},
		{Label: "委托机关", Text: mandator.Name, Href: subjectPath(mandator.ID)},
		{Label: "管辖区域", Text: AreaNames(sb.Areas)},
		{Label: "机关代字", Text: sb.Prefix},
		{Label: "复议机关", Text: sb.ReviewOrgan},
		{Label: "管辖法院", Text: sb.Court},
		{Label: "执收编码", Text: sb.CollectionCode},
		{Label: "用印说明", Text: sb.Seal},
		{Label: "职权范围", Text: sb.Powers},
		{Label: "地址", Text: sb.Address},
		{Label: "电话", Text: sb.Phone},
	}
	v.Facts = []web.FactView{{Label: "状态", Body: web.Tag(subjectTag(sb, today))}}
	for _, f := range all {
		if f.Text != "" {
			v.Facts = append(v.Facts, f)
		}
	}
	for _, b := range bound {
		if b.Subject != sb.ID {
			continue
		}
		row := pages.SpanRow{From: b.From.String(), Until: untilText(b.Until), Reason: unitName(units, b.Unit)}
		if b.On(today) {
			row.Tag = web.TagView{Label: "现行", Kind: "ok"}
		}
		if manage && b.Until.IsZero() {
			row.Acts = []pages.Act{{Label: "结束", Href: path + "/units/" + strconv.FormatInt(b.ID, 10), Class: "small quiet"}}
		}
		v.Bindings = append(v.Bindings, row)
	}
	return v
}

// subjectForms are the forms about 执法主体.
func (s *Service) subjectForms() []form {
	one := subjectsPath + "/{id}"
	return []form{
		{subjectsPath + "/new", access.SettingManage, s.newSubjectPage, s.doNewSubject},
		{one + "/edit", access.SettingManage, s.editSubjectPage, s.doEditSubject},
		{one + "/units", access.SettingManage, s.bindPage, s.doBind},
		{one + "/units/{binding}", access.SettingManage, s.unbindPage, s.doUnbind},
	}
}

// subjectFields are all that a 执法主体 has.
func subjectFields(f *web.Form, mandators []web.Option) []pages.Group {
	return []pages.Group{
		group("主体", "",
			fieldOf("text", f.Field("name", "名称").Need().Max(60).Hint("中队、科室等内设机构不能作执法主体。").Cite(law.Cite("XZCF", 17))),
			fieldOf("text", f.Field("uscc", "统一社会信用代码").Need().Max(18)),
			fieldOf("seg", f.Field("basis", "依据").Need().Options(options(Bases)...).Hint("法定：行政机关；授权：法律法规授权的组织；赋权：乡镇、街道；委托：受委托组织，以委托机关的名义").Full()),
			fieldOf("text", f.Field("basis_document", "依据文件").Max(200).Hint("名称和文号。授权、赋权、委托必填").Full()),
			fieldOf("date", f.Field("from", "起始日期").Need()),
			fieldOf("date", f.Field("until", "截止日期").Hint("委托必填")),
			fieldOf("select", f.Field("mandator", "委托机关").Options(mandators...).Hint("只有委托才选")),
			fieldOf("text", f.Field("areas", "管辖区域").Need().Hint("行政区划代码加全称，多个用顿号隔开；没有代码的，与执法证的区域对不上").Full())),
		group("文书上用的", "",
			fieldOf("text", f.Field("prefix", "机关代字").Max(12).Hint("文号开头，如“演城管”。受委托组织不填")),
			fieldOf("text", f.Field("collection_code", "执收编码").Max(40).Hint("非税系统的执收单位编码")),
			fieldOf("text", f.Field("review_organ", "复议机关").Max(60).Hint("受委托组织不填")),
			fieldOf("text", f.Field("court", "管辖法院").Max(60).Hint("受委托组织不填")),
			fieldOf("text", f.Field("address", "地址").Max(100)),
			fieldOf("text", f.Field("phone", "电话").Max(20)),
			fieldOf("text", f.Field("seal", "用印说明").Max(200).Hint("用哪枚章、由谁保管").Full()),
			fieldOf("area", f.Field("powers", "职权范围").Rows(3).Max(1000).Full())),
	}
}
