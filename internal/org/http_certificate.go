package org

import (
	"encoding/json"
	"net/http"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/org/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) showCertificate(w http.ResponseWriter, r *http.Request, by access.Session) error {
	var v pages.CertificateView
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		card, p, err := cardToShow(tx, by, r, access.OrgRead)
		if err != nil {
			return err
		}
		practice, err := PracticeOf(tx)
		if err != nil {
			return err
		}
		v = certificateView(card, p, tx.Today(), practice, by)
		v.History, err = history(tx, p.ID.Subject(), func(e ledger.Entry) bool { return aboutCard(e, card.ID) })
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Certificate(v))
}

// cardToShow loads the certificate in the address with its holder, within the scope of a permission.
func cardToShow(tx *store.Tx, by access.Session, r *http.Request, allow access.Permission) (Card, Person, error) {
	id, err := certificateOf(r)
	if err != nil {
		return Card{}, Person{}, err
	}
	return cardIn(tx, by, id, allow)
}

// cardIn loads a certificate with its holder, within the scope of a permission.
func cardIn(tx *store.Tx, by access.Session, id CertificateID, allow access.Permission) (Card, Person, error) {
	c, err := certificateByID(tx, id)
	if err != nil {
		return Card{}, Person{}, err
	}
	p, err := personByID(tx, c.Person)
	if err != nil {
		return Card{}, Person{}, err
	}
	if err := by.ScopeFor(allow).Check(p.Levels, "这本执法证"); err != nil {
		return Card{}, Person{}, err
	}
	cards, err := completed(tx, []Certificate{c})
	if err != nil {
		return Card{}, Person{}, err
	}
	return cards[0], p, nil
}

func aboutCard(e ledger.Entry, id CertificateID) bool {
	var d struct {
		Certificate string `json:"certificate"`
	}
	return json.Unmarshal([]byte(e.Data), &d) == nil && d.Certificate == id.String()
}

func certificateView(c Card, p Person, today law.Date, practice Practice, by access.Session) pages.CertificateView {
	standing := c.On(today, "", practice)
	v := pages.CertificateView{Number: c.Number, Meta: p.Name + " " + p.StaffNumber, Holder: web.Link{Label: p.Name, Href: personPath(p.ID)}}
	for _, r := range standing.Reasons {
		v.Notices = append(v.Notices, pages.NoticeView{Kind: "late", Text: r})
	}
	for _, r := range standing.Warnings {
		v.Notices = append(v.Notices, pages.NoticeView{Kind: "soon", Text: r})
	}
	v.Facts = append([]web.FactView{{Label: "今天", Body: web.Tag(cardTag(c, today, practice))}}, cardFacts(c, p)...)
	manage := by.ScopeFor(access.CertificateManage).CoversLevels(p.Levels)
	path := cardPath(c.ID)
	if manage {
		v.Acts = cardActs(c, path)
	}
	for i := len(c.Validities) - 1; i >= 0; i-- {
		x := c.Validities[i]
		row := pages.SpanRow{From: x.From.String(), Until: x.To.String()}
		if today.Within(x.From, x.To) {
			row.Tag = web.TagView{Label: "现行", Kind: "ok"}
		}
		v.Validities = append(v.Validities, row)
	}
	v.Suspensions = suspensionRows(c, today, path, manage)
	for i := len(c.Checks) - 1; i >= 0; i-- {
		k := c.Checks[i]
		kind := map[CheckResult]string{CheckPassed: "ok", CheckFailed: "late", CheckMissed: "soon"}[k.Result]
		v.Checks = append(v.Checks, pages.SpanRow{From: strconv.Itoa(k.Year) + " 年", Tag: web.TagView{Label: k.Result.Label(), Kind: kind}, Reason: k.CheckedOn.String() + " 审验", Note: k.Note})
	}
	return v
}

func cardFacts(c Card, p Person) []web.FactView {
	all := []web.FactView{
		{Label: "持证人", Text: p.Name, Href: personPath(p.ID)},
		{Label: "种类", Text: c.Kind.Label()},
		{Label: "发证机关", Text: c.Issuer},
		{Label: "执法区域", Text: AreaNames(c.Areas)},
		{Label: "执法类别", Text: joined(c.Categories)},
		{Label: "证载单位", Text: c.PrintedUnit},
		{Label: "考试合格", Text: c.ExamPassedOn.String()},
		{Label: "收回、注销", Text: c.RevokedHow},
		{Label: "自", Text: c.RevokedOn.String()},
		{Label: "原因", Text: c.RevokedReason},
	}
	var out []web.FactView
	for _, f := range all {
		if f.Text != "" {
			out = append(out, f)
		}
	}
	return out
}

func cardActs(c Card, path string) []pages.Act {
	correct := pages.Act{Label: "更正", Href: path + "/edit"}
	if !c.RevokedOn.IsZero() {
		return []pages.Act{correct, {Label: "撤销收回", Href: path + "/restore"}}
	}
	return []pages.Act{
		correct,
		{Label: "年度审验", Href: path + "/check"},
		{Label: "暂扣", Href: path + "/suspend"},
		{Label: "收回、注销", Href: path + "/revoke"},
		{Label: "换证、延期", Href: path + "/renew", Class: "primary"},
	}
}

func suspensionRows(c Card, today law.Date, path string, manage bool) []pages.SpanRow {
	var out []pages.SpanRow
	for i := len(c.Suspensions) - 1; i >= 0; i-- {
		x := c.Suspensions[i]
		row := pages.SpanRow{From: x.From.String(), Until: untilText(x.Until), Reason: x.Reason, Note: x.Document}
		switch {
		case bool(x.Annulled):
			row.Tag = web.TagView{Label: "已撤销", Kind: "line"}
		case x.On(today):
			row.Tag = web.TagView{Label: "暂扣中", Kind: "late"}
		}
		if manage && !bool(x.Annulled) {
			if x.Until.IsZero() || !x.Until.Before(today) {
				row.Acts = append(row.Acts, pages.Act{Label: "发还", Href: path + "/suspensions/" + x.ID.String(), Class: "small"})
			}
			row.Acts = append(row.Acts, pages.Act{Label: "撤销", Href: path + "/suspensions/" + x.ID.String() + "/annul", Class: "small quiet"})
		}
		out = append(out, row)
	}
	return out
}

// certificateForms are the forms about a certificate as a whole.
func (s *Service) certificateForms() []form {
	one := certificatePath + "/{id}"
	return []form{
		{peoplePath + "/{id}/certificates", access.CertificateManage, s.issuePage, s.doIssue},
		{one + "/edit", access.CertificateManage, s.editCardPage, s.doEditCard},
		{one + "/renew", access.CertificateManage, s.renewPage, s.doRenew},
		{one + "/revoke", access.CertificateManage, s.revokePage, s.doRevoke},
		{one + "/restore", access.CertificateManage, s.restorePage, s.doRestore},
	}
}

// cardSheet begins a form about a certificate that the actor may manage.
func cardSheet(tx *store.Tx, by access.Session, r *http.Request, title, button string) (Card, sheet, error) {
	c, p, err := cardToShow(tx, by, r, access.CertificateManage)
	if err != nil {
		return Card{}, sheet{}, err
	}
	last := c.Validities[len(c.Validities)-1]
	return c, sheet{view: pages.FormView{
		Current: peoplePath, Title: title, Meta: "执法证 " + c.Number + "，" + p.Name,
		Crumb:  []web.Link{{Label: "人员与执法证", Href: peoplePath}, {Label: p.Name, Href: personPath(p.ID)}, {Label: "执法证 " + c.Number, Href: cardPath(c.ID)}, {Label: title}},
		Hidden: hiddenVersion(c.Version), Button: button, ButtonClass: "primary", Back: web.Link{Label: "返回", Href: cardPath(c.ID)},
		Facts: []web.FactView{{Label: "有效期", Text: span(last.From, last.To)}, {Label: "执法区域", Text: AreaNames(c.Areas)}},
	}}, nil
}

// cardFields are all that stands on a certificate.
func cardFields(f *web.Form) []pages.Group {
	return []pages.Group{
		group("证件", "",
			fieldOf("text", f.Field("number", "证件编号").Need().Max(40)),
			fieldOf("select", f.Field("kind", "证件种类").Need().Options(options(CertificateKinds)...).Hint("监督证只用于监督，不能据以办案")),
			fieldOf("text", f.Field("issuer", "发证机关").Need().Max(60)),
			fieldOf("text", f.Field("printed_unit", "证载单位").Max(60)),
			fieldOf("date", f.Field("exam_passed_on", "执法资格考试合格日期").Cite(law.Cite("MOHURD55", 11)))),
		group("在哪里、管什么、到什么时候", "",
			fieldOf("area", f.Field("areas", "执法区域").Need().Rows(2).Hint("行政区划代码加全称，多个用顿号隔开，如 990107 演示市演示区").Full()),
			fieldOf("text", f.Field("categories", "执法类别").Hint("多个用顿号隔开").Full()),
			fieldOf("date", f.Field("from", "有效期起").Need()),
			fieldOf("date", f.Field("to", "有效期止").Need().Hint("当天仍有效"))),
	}
}

func cardInput(f *web.Form) CertificateInput {
	return CertificateInput{
		Number: f.Value("number"), Kind: CertificateKind(f.Value("kind")), Issuer: f.Value("issuer"), Areas: draft.Items(f.Value("areas")), Categories: draft.Items(f.Value("categories")),
		PrintedUnit: f.Value("printed_unit"), ExamPassedOn: f.Date("exam_passed_on", "考试合格日期"), From: f.Date("from", "有效期起"), To: f.Date("to", "有效期止"),
	}
}

func (s *Service) issuePage(tx *store.Tx, by access.Session, r *http.Request) (sheet, error) {
	id, err := personOf(r)
	if err != nil {
		return sheet{}, err
	}
	p, err := certified(tx, by, id)
	if err != nil {
		return sheet{}, err
	}
	at := sheet{
		view: pages.FormView{
			Current: peoplePath, Crumb: peopleCrumb(p, "登记执法证"), Title: "登记执法证", Meta: p.Name + " " + p.StaffNumber, Button: "登记", ButtonClass: "primary",
			Back: web.Link{Label: "返回", Href: personPath(id)},
		},
		values: map[string]string{"kind": string(EnforcementCertificate)},
		groups: cardFields,
	}
	return at, nil
}

func (s *Service) doIssue(r *http.Request, by access.Session, f *web.Form) (string, string, error) {
	id, err := personOf(r)
	in := cardInput(f)
	if err == nil {
		err = f.Err()
	}
	if err != nil {
		return "", "", err
	}
	in.Person = id
	_, err = s.Issue(r.Context(), by, in)
	return personPath(id), "执法证已登记", err
}

func (s *Service) editCardPage(tx *store.Tx, by access.Session, r *http.Request) (sheet, error) {
	c, at, err := cardSheet(tx, by, r, "更正执法证", "更正")
	if err != nil {
		return at, err
	}
	last := c.Validities[len(c.Validities)-1]
	at.view.Notices = []pages.NoticeView{{Text: "只用来改登记错了的内容，原来的内容留在变动记录里。到期续期请用“换证、延期”。"}}
	at.values = map[string]string{
		"number": c.Number, "kind": string(c.Kind), "issuer": c.Issuer, "areas": AreaNames(c.Areas), "categories": joined(c.Categories), "printed_unit": c.PrintedUnit,
		"exam_passed_on": c.ExamPassedOn.String(), "from": last.From.String(), "to": last.To.String(),
	}
	at.groups = func(f *web.Form) []pages.Group {
		return append(cardFields(f), group("为什么更正", "", fieldOf("text", f.Field("reason", "更正的理由").Need().Max(200).Full())))
	}
	return at, nil
}

func (s *Service) doEditCard(r *http.Request, by access.Session, f *web.Form) (string, string, error) {
	id, err := certificateOf(r)
	in := CertificateEdit{cardInput(f), f.Value("reason")}
	if err == nil {
		err = f.Err()
	}
	if err != nil {
		return "", "", err
	}
	return cardPath(id), "已更正", s.EditCertificate(r.Context(), by, id, version(f), in)
}

func (s *Service) renewPage(tx *store.Tx, by access.Session, r *http.Request) (sheet, error) {
	c, at, err := cardSheet(tx, by, r, "换证、延期", "登记")
	if err != nil {
		return at, err
	}
	at.view.Notices = []pages.NoticeView{{Text: "编号不变的换证、延期在这里登记，原有效期留着，两段之间空着的日子不能办案。换了编号的，请另登记一本执法证。"}}
	at.values = map[string]string{"from": c.ValidTo.AddDays(1).String()}
	at.groups = func(f *web.Form) []pages.Group {
		return []pages.Group{group("新的有效期", "", fieldOf("date", f.Field("from", "有效期起").Need()), fieldOf("date", f.Field("to", "有效期止").Need().Hint("当天仍有效")))}
	}
	return at, nil
}

func (s *Service) doRenew(r *http.Request, by access.Session, f *web.Form) (string, string, error) {
	id, err := certificateOf(r)
	from, to := f.Date("from", "有效期起"), f.Date("to", "有效期止")
	if err == nil {
		err = f.Err()
	}
	if err != nil {
		return "", "", err
	}
	return cardPath(id), "新的有效期已登记", s.Renew(r.Context(), by, id, version(f), from, to)
}

func (s *Service) revokePage(tx *store.Tx, by access.Session, r *http.Request) (sheet, error) {
	c, at, err := cardSheet(tx, by, r, "收回、注销执法证", "登记")
	if err != nil {
		return at, err
	}
	if !c.RevokedOn.IsZero() {
		return at, errRevoked(c.Certificate)
	}
	at.view.ButtonClass = "danger"
	at.values = map[string]string{"on": tx.Today().String()}
	at.groups = func(f *web.Form) []pages.Group {
		return []pages.Group{group("收回、注销", "", fieldOf("seg", f.Field("how", "方式").Need().Options(plainOptions(RevokedHows)...)),
			fieldOf("date", f.Field("on", "从哪一天起无效").Need().Hint("当天起不能再用来办案")), fieldOf("text", f.Field("reason", "原因").Need().Max(200).Full()))}
	}
	return at, nil
}

func (s *Service) doRevoke(r *http.Request, by access.Session, f *web.Form) (string, string, error) {
	id, err := certificateOf(r)
	on := f.Date("on", "从哪一天起无效")
	if err == nil {
		err = f.Err()
	}
	if err != nil {
		return "", "", err
	}
	return cardPath(id), "已登记", s.Revoke(r.Context(), by, id, version(f), on, f.Value("how"), f.Value("reason"))
}

func (s *Service) restorePage(tx *store.Tx, by access.Session, r *http.Request) (sheet, error) {
	c, at, err := cardSheet(tx, by, r, "撤销收回、注销", "撤销")
	if err == nil && c.RevokedOn.IsZero() {
		err = fault.New(fault.Conflict, "执法证 %s 没有收回、注销的记录", c.Number)
	}
	at.view.Notices = []pages.NoticeView{{Text: "登记错了才撤销。撤销后这本证按有效期重新有效。"}}
	at.groups = func(f *web.Form) []pages.Group {
		return []pages.Group{group("撤销", "", fieldOf("text", f.Field("reason", "撤销的理由").Need().Max(200).Full()))}
	}
	return at, err
}

func (s *Service) doRestore(r *http.Request, by access.Session, f *web.Form) (string, string, error) {
	id, err := certificateOf(r)
	if err != nil {
		return "", "", err
	}
	return cardPath(id), "已撤销", s.AnnulRevocation(r.Context(), by, id, version(f), f.Value("reason"))
}
