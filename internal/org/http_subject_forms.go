package org

import (
	"net/http"
	"slices"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/org/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

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
