package org

import (
	"net/http"
	"slices"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
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

func subjectFormInput(f *web.Form) SubjectInput {
	return SubjectInput{
		Name: f.Value("name"), USCC: f.Value("uscc"), Basis: Basis(f.Value("basis")), BasisDocument: f.Value("basis_document"), From: f.Date("from", "起始日期"), Until: f.Date("until", "截止日期"),
		Mandator: SubjectID(f.ID("mandator", "委托机关")), Powers: f.Value("powers"), Areas: draft.Items(f.Value("areas")), Address: f.Value("address"), Phone: f.Value("phone"), Seal: f.Value("seal"),
		ReviewOrgan: f.Value("review_organ"), Court: f.Value("court"), CollectionCode: f.Value("collection_code"), Prefix: f.Value("prefix"),
	}
}

func mandatorOptions(tx *store.Tx, self SubjectID) ([]web.Option, error) {
	all, err := Subjects(tx)
	var out []web.Option
	for _, sb := range all {
		if sb.Basis != ByMandate && sb.ID != self {
			out = append(out, web.Option{Value: sb.ID.String(), Label: sb.Name})
		}
	}
	return out, err
}

func subjectSheet(title, button string, crumb ...web.Link) sheet {
	return sheet{view: pages.FormView{
		Current: subjectsPath, Crumb: append(append([]web.Link{{Label: "执法主体", Href: subjectsPath}}, crumb...), web.Link{Label: title}), Title: title,
		Button: button, ButtonClass: "primary", Back: web.Link{Label: "返回", Href: subjectsPath},
	}}
}

func (s *Service) newSubjectPage(tx *store.Tx, by access.Session, _ *http.Request) (sheet, error) {
	at := subjectSheet("登记执法主体", "登记")
	mandators, err := mandatorOptions(tx, 0)
	if err != nil {
		return at, err
	}
	units, err := s.unitOptions(tx, by.ScopeFor(access.SettingManage), 0)
	at.values = map[string]string{"basis": string(ByStatute)}
	at.groups = func(f *web.Form) []pages.Group {
		return append(subjectFields(f, mandators), group("哪个机构以它的名义执法", "下级机构自动包含。还没有定的可以以后再对应。", fieldOf("select", f.Field("unit", "机构").Options(units...))))
	}
	return at, err
}

func (s *Service) doNewSubject(r *http.Request, by access.Session, f *web.Form) (string, string, error) {
	in := subjectFormInput(f)
	unit := access.UnitID(f.ID("unit", "机构"))
	if err := f.Err(); err != nil {
		return "", "", err
	}
	var units []access.UnitID
	if unit != 0 {
		units = append(units, unit)
	}
	id, err := s.AddSubject(r.Context(), by, in, units...)
	return subjectPath(id), "执法主体已登记", err
}

// subjectInPath loads the 执法主体 in the address and begins a form about it.
func subjectInPath(tx *store.Tx, r *http.Request, title, button string) (Subject, sheet, error) {
	id, err := idOf(r, "id", "这个执法主体")
	if err != nil {
		return Subject{}, sheet{}, err
	}
	sb, err := subjectByID(tx, SubjectID(id))
	at := subjectSheet(title, button, web.Link{Label: sb.Name, Href: subjectPath(sb.ID)})
	at.view.Meta, at.view.Hidden, at.view.Back.Href = sb.Name, hiddenVersion(sb.Version), subjectPath(sb.ID)
	return sb, at, err
}

func (s *Service) editSubjectPage(tx *store.Tx, _ access.Session, r *http.Request) (sheet, error) {
	sb, at, err := subjectInPath(tx, r, "修改执法主体", "保存")
	if err != nil {
		return at, err
	}
	mandators, err := mandatorOptions(tx, sb.ID)
	at.view.Notices = []pages.NoticeView{{Text: "修改只影响以后出具的文书，已出具的文书不变。"}}
	at.values = map[string]string{
		"name": sb.Name, "uscc": sb.USCC, "basis": string(sb.Basis), "basis_document": sb.BasisDocument, "from": sb.From.String(), "until": sb.Until.String(), "areas": AreaNames(sb.Areas),
		"prefix": sb.Prefix, "collection_code": sb.CollectionCode, "review_organ": sb.ReviewOrgan, "court": sb.Court, "address": sb.Address, "phone": sb.Phone, "seal": sb.Seal, "powers": sb.Powers,
	}
	if sb.Mandator != 0 {
		at.values["mandator"] = sb.Mandator.String()
	}
	at.groups = func(f *web.Form) []pages.Group { return subjectFields(f, mandators) }
	return at, err
}

func (s *Service) doEditSubject(r *http.Request, by access.Session, f *web.Form) (string, string, error) {
	id, err := idOf(r, "id", "这个执法主体")
	in := subjectFormInput(f)
	if err == nil {
		err = f.Err()
	}
	if err != nil {
		return "", "", err
	}
	return subjectPath(SubjectID(id)), "已保存", s.EditSubject(r.Context(), by, SubjectID(id), version(f), in)
}

func (s *Service) bindPage(tx *store.Tx, by access.Session, r *http.Request) (sheet, error) {
	sb, at, err := subjectInPath(tx, r, "对应机构", "对应")
	if err != nil {
		return at, err
	}
	units, err := s.unitOptions(tx, by.ScopeFor(access.SettingManage), 0)
	at.values = map[string]string{"from": tx.Today().String()}
	at.groups = func(f *web.Form) []pages.Group {
		return []pages.Group{group("以“"+sb.Name+"”的名义执法的机构", "下级机构自动包含；下级另有对应的，以下级的为准。",
			fieldOf("select", f.Field("unit", "机构").Need().Options(units...)), fieldOf("date", f.Field("from", "从哪一天起").Need()))}
	}
	return at, err
}

func (s *Service) doBind(r *http.Request, by access.Session, f *web.Form) (string, string, error) {
	id, err := idOf(r, "id", "这个执法主体")
	unit, from := access.UnitID(f.ID("unit", "机构")), f.Date("from", "从哪一天起")
	if err == nil {
		err = f.Err()
	}
	if err != nil {
		return "", "", err
	}
	return subjectPath(SubjectID(id)), "已对应", s.Bind(r.Context(), by, SubjectID(id), unit, from)
}

func (s *Service) unbindPage(tx *store.Tx, _ access.Session, r *http.Request) (sheet, error) {
	sb, at, err := subjectInPath(tx, r, "结束对应", "结束")
	if err != nil {
		return at, err
	}
	n, err := idOf(r, "binding", "这条对应关系")
	if err != nil {
		return at, err
	}
	all, err := allBindings(tx)
	if err != nil {
		return at, err
	}
	i := slices.IndexFunc(all, func(b Binding) bool { return b.ID == n && b.Subject == sb.ID })
	if i < 0 {
		return at, fault.Missing("这条对应关系")
	}
	names, err := unitNames(tx, []access.UnitID{all[i].Unit})
	at.view.Facts = []web.FactView{{Label: "机构", Text: names[all[i].Unit]}, {Label: "自", Text: all[i].From.String()}}
	at.view.Hidden = hiddenVersion(all[i].Version)
	at.groups = func(f *web.Form) []pages.Group {
		return []pages.Group{group("结束", "", fieldOf("date", f.Field("until", "最后一天").Need().Hint("早于开始日期的，这条对应作废")))}
	}
	return at, err
}

func (s *Service) doUnbind(r *http.Request, by access.Session, f *web.Form) (string, string, error) {
	id, err := idOf(r, "id", "这个执法主体")
	if err != nil {
		return "", "", err
	}
	binding, err := idOf(r, "binding", "这条对应关系")
	until := f.Date("until", "最后一天")
	if err == nil {
		err = f.Err()
	}
	if err != nil {
		return "", "", err
	}
	return subjectPath(SubjectID(id)), "对应已结束", s.EndBinding(r.Context(), by, SubjectID(id), binding, version(f), until)
}
