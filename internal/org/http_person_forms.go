package org

import (
	"net/http"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/org/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

// personForms are the forms about a person as a whole.
func (s *Service) personForms() []form {
	one := peoplePath + "/{id}"
	return []form{
		{peoplePath + "/new", access.PersonManage, s.addPage, s.doAdd},
		{one + "/edit", access.PersonManage, s.editPage, s.doEdit},
		{one + "/leave", access.PersonManage, s.leavePage, s.doLeave},
		{one + "/return", access.PersonManage, s.returnPage, s.doReturn},
		{one + "/absent", access.PersonManage, s.absentPage, s.doAbsent},
		{one + "/absences/{absence}", access.PersonManage, s.backPage, s.doBack},
	}
}

// personSheet begins a form about a person whom the actor may manage.
func personSheet(tx *store.Tx, by access.Session, r *http.Request, title, button string) (Person, sheet, error) {
	id, err := personOf(r)
	if err != nil {
		return Person{}, sheet{}, err
	}
	p, err := personByID(tx, id)
	if err != nil {
		return Person{}, sheet{}, err
	}
	if err := by.ScopeFor(access.PersonManage).Check(p.Levels, "这个人"); err != nil {
		return Person{}, sheet{}, err
	}
	return p, sheet{view: pages.FormView{
		Current: peoplePath, Crumb: peopleCrumb(p, title), Title: title, Meta: p.Name + " " + p.StaffNumber, Hidden: hiddenVersion(p.Version),
		Button: button, ButtonClass: "primary", Back: web.Link{Label: "返回", Href: personPath(p.ID)},
	}}, nil
}

func (s *Service) addPage(tx *store.Tx, by access.Session, r *http.Request) (sheet, error) {
	units, err := s.unitOptions(tx, by.ScopeFor(access.PersonManage), 0)
	return sheet{
		view: pages.FormView{
			Current: peoplePath, Crumb: []web.Link{{Label: "人员与执法证", Href: peoplePath}, {Label: "登记人员"}}, Title: "登记人员",
			Button: "登记", ButtonClass: "primary", Back: web.Link{Label: "返回", Href: peoplePath},
		},
		values: map[string]string{"kind": string(OfficerStaff), "unit": r.URL.Query().Get("unit")},
		groups: func(f *web.Form) []pages.Group {
			return []pages.Group{
				group("本人", "",
					fieldOf("text", f.Field("name", "姓名").Need().Max(40)),
					fieldOf("text", f.Field("staff_number", "工号").Need().Max(32).Hint("全局唯一")),
					fieldOf("text", f.Field("phone", "手机号").Max(20)),
					fieldOf("text", f.Field("identity", "公民身份号码").Max(18).Hint("可以不填。页面上只显示部分数字，查看完整号码要写理由"))),
				group("任职", "", append(postingFields(f, units), fieldOf("date", f.Field("from", "任职日期").Need().Hint("到现机构任现职的第一天")))...),
				legalGroup(f),
				group("其他", "", fieldOf("text", f.Field("note", "备注").Max(500).Full())),
			}
		},
	}, err
}

// postingFields are unit, post and kind.
func postingFields(f *web.Form, units []web.Option) []pages.Field {
	return []pages.Field{
		fieldOf("select", f.Field("unit", "机构").Need().Options(units...)),
		fieldOf("text", f.Field("post", "职务").Need().Max(40)),
		fieldOf("seg", f.Field("kind", "人员类别").Need().Options(options(PersonKinds)...).Hint("协管、劳务派遣等是辅助人员，不得持证，不能承办案件。").Cite(law.Cite("XZCF", 42, 1))),
	}
}

// legalGroup are the fields of those who review decisions.
func legalGroup(f *web.Form) pages.Group {
	kinds := append([]web.Option{{Label: "（没有）"}}, options(LegalKinds)...)
	return group("法制审核资格", "初次从事处罚决定法制审核的，应当通过国家统一法律职业资格考试取得资格（行政处罚法第五十八条第二款）；2018年1月1日以前已经从事的填起始日。不从事法制审核的不填。",
		fieldOf("select", f.Field("legal_kind", "法律职业资格").Options(kinds...)),
		fieldOf("text", f.Field("legal_number", "资格证书编号").Max(40)),
		fieldOf("date", f.Field("legal_on", "取得资格日期")),
		fieldOf("date", f.Field("reviews_since", "从事法制审核起始日")))
}

func legalOf(f *web.Form) LegalQualification {
	return LegalQualification{Kind: f.Value("legal_kind"), Number: f.Value("legal_number"), On: f.Date("legal_on", "取得资格日期"), Since: f.Date("reviews_since", "从事法制审核起始日")}
}

func (s *Service) doAdd(r *http.Request, by access.Session, f *web.Form) (string, string, error) {
	in := PersonInput{Name: f.Value("name"), StaffNumber: f.Value("staff_number"), Kind: PersonKind(f.Value("kind")), Phone: f.Value("phone"), Identity: f.Value("identity"), Note: f.Value("note"), Unit: access.UnitID(f.ID("unit", "机构")), Post: f.Value("post"), From: f.Date("from", "任职日期"), LegalQualification: legalOf(f)}
	if err := f.Err(); err != nil {
		return "", "", err
	}
	id, err := s.AddPerson(r.Context(), by, in)
	return personPath(id), "已登记。持证的请接着登记执法证", err
}

func (s *Service) editPage(tx *store.Tx, by access.Session, r *http.Request) (sheet, error) {
	p, at, err := personSheet(tx, by, r, "修改资料", "保存")
	at.values = map[string]string{"name": p.Name, "staff_number": p.StaffNumber, "phone": web.MaskPhone(p.Phone), "note": p.Note, "legal_kind": p.LegalQualification.Kind, "legal_number": p.Number, "legal_on": p.On.String(), "reviews_since": p.Since.String()}
	at.view.Notices = []pages.NoticeView{{Text: "机构、职务、类别有变化的，用“调动”；登记错了的，在任职经历里“更正”。"}}
	at.groups = func(f *web.Form) []pages.Group {
		hint := "没有登记"
		if p.Identity != "" {
			hint = "已登记。不改就空着"
		}
		return []pages.Group{group("本人", "",
			fieldOf("text", f.Field("name", "姓名").Need().Max(40)),
			fieldOf("text", f.Field("staff_number", "工号").Need().Max(32)),
			fieldOf("text", f.Field("phone", "手机号").Max(20).Hint("已登记的只显示一部分，不改就不要动")),
			fieldOf("text", f.Field("identity", "公民身份号码").Max(18).Hint(hint)),
			fieldOf("check", f.Field("no_identity", "去掉已登记的身份号码")),
			fieldOf("text", f.Field("note", "备注").Max(500).Full())), legalGroup(f)}
	}
	return at, err
}

func (s *Service) doEdit(r *http.Request, by access.Session, f *web.Form) (string, string, error) {
	id, err := personOf(r)
	if err != nil {
		return "", "", err
	}
	in := PersonEdit{Name: f.Value("name"), StaffNumber: f.Value("staff_number"), Phone: f.Value("phone"), Note: f.Value("note"), Identity: f.Value("identity"), NoIdentity: f.Bool("no_identity"), LegalQualification: legalOf(f)}
	if err := f.Err(); err != nil {
		return "", "", err
	}
	return personPath(id), "资料已保存", s.EditPerson(r.Context(), by, id, version(f), in)
}

func (s *Service) leavePage(tx *store.Tx, by access.Session, r *http.Request) (sheet, error) {
	p, at, err := personSheet(tx, by, r, "离职", "登记离职")
	if err != nil {
		return at, err
	}
	if !p.LeftOn.IsZero() {
		return at, fault.New(fault.Conflict, "%s已于%s离职", p.Name, p.LeftOn.Han())
	}
	at.view.ButtonClass = "danger"
	at.view.Notices = []pages.NoticeView{{Kind: "soon", Text: "离职次日起，执法证记为收回；账号在登记时立即停用。实物证件请当面收回。"}}
	at.groups = func(f *web.Form) []pages.Group {
		return []pages.Group{group("离职", "", fieldOf("date", f.Field("last", "在本单位的最后一天").Need()), fieldOf("text", f.Field("reason", "原因").Need().Max(200)))}
	}
	return at, nil
}

func (s *Service) doLeave(r *http.Request, by access.Session, f *web.Form) (string, string, error) {
	id, err := personOf(r)
	last := f.Date("last", "最后一天")
	if err == nil {
		err = f.Err()
	}
	if err != nil {
		return "", "", err
	}
	return personPath(id), "已登记离职", s.Leave(r.Context(), by, id, version(f), last, f.Value("reason"))
}

func (s *Service) returnPage(tx *store.Tx, by access.Session, r *http.Request) (sheet, error) {
	p, at, err := personSheet(tx, by, r, "撤销离职", "撤销离职")
	at.view.Facts = []web.FactView{{Label: "最后一天", Text: p.LeftOn.String()}, {Label: "离职原因", Text: p.LeftReason}}
	at.view.Notices = []pages.NoticeView{{Text: "任职恢复到离职前。执法证和账号不会自动恢复，请分别办理。"}}
	at.groups = func(f *web.Form) []pages.Group {
		return []pages.Group{group("撤销", "", fieldOf("text", f.Field("reason", "撤销的理由").Need().Max(200).Full()))}
	}
	return at, err
}

func (s *Service) doReturn(r *http.Request, by access.Session, f *web.Form) (string, string, error) {
	id, err := personOf(r)
	if err != nil {
		return "", "", err
	}
	return personPath(id), "已撤销离职", s.Return(r.Context(), by, id, version(f), f.Value("reason"))
}

func (s *Service) absentPage(tx *store.Tx, by access.Session, r *http.Request) (sheet, error) {
	_, at, err := personSheet(tx, by, r, "离岗", "登记离岗")
	at.view.Notices = []pages.NoticeView{{Text: "借调、病休、脱产学习、停职等：人还在册，离岗期间不能承办案件。"}}
	at.groups = func(f *web.Form) []pages.Group {
		return []pages.Group{group("离岗", "", fieldOf("date", f.Field("from", "离岗第一天").Need()), fieldOf("date", f.Field("until", "离岗最后一天").Hint("还不知道就空着")), fieldOf("text", f.Field("reason", "原因").Need().Max(200).Full()))}
	}
	return at, err
}

func (s *Service) doAbsent(r *http.Request, by access.Session, f *web.Form) (string, string, error) {
	id, err := personOf(r)
	from, until := f.Date("from", "离岗第一天"), f.Date("until", "离岗最后一天")
	if err == nil {
		err = f.Err()
	}
	if err != nil {
		return "", "", err
	}
	return personPath(id), "已登记离岗", s.Absent(r.Context(), by, id, version(f), from, until, f.Value("reason"))
}

func (s *Service) backPage(tx *store.Tx, by access.Session, r *http.Request) (sheet, error) {
	p, at, err := personSheet(tx, by, r, "返岗", "登记返岗")
	if err != nil {
		return at, err
	}
	absences, err := absencesOf(tx, []PersonID{p.ID})
	if err != nil {
		return at, err
	}
	for _, a := range absences[p.ID] {
		if a.ID.String() == r.PathValue("absence") {
			at.view.Facts = []web.FactView{{Label: "离岗", Text: span(a.From, a.Until)}, {Label: "原因", Text: a.Reason}}
		}
	}
	if at.view.Facts == nil {
		return at, fault.Missing("这段离岗")
	}
	at.values = map[string]string{"on": tx.Today().String()}
	at.groups = func(f *web.Form) []pages.Group {
		return []pages.Group{group("返岗", "", fieldOf("date", f.Field("on", "返岗日期").Need().Hint("回来上班的第一天。不晚于离岗第一天的，这段离岗作废")))}
	}
	return at, nil
}

func (s *Service) doBack(r *http.Request, by access.Session, f *web.Form) (string, string, error) {
	id, err := personOf(r)
	if err != nil {
		return "", "", err
	}
	absence, err := strconv.ParseInt(r.PathValue("absence"), 10, 64)
	on := f.Date("on", "返岗日期")
	if err == nil {
		err = f.Err()
	}
	if err != nil {
		return "", "", err
	}
	return personPath(id), "已登记返岗", s.Back(r.Context(), by, id, version(f), AbsenceID(absence), on)
}
