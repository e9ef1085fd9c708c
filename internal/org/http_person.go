package org

import (
	"net/http"
	"strings"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/org/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) showPerson(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := personOf(r)
	if err != nil {
		return err
	}
	var v pages.PersonView
	err = s.db.View(r.Context(), func(tx *store.Tx) error {
		d, err := dossierOf(tx, by.ScopeFor(access.OrgRead), id)
		if err != nil {
			return err
		}
		practice, err := PracticeOf(tx)
		if err != nil {
			return err
		}
		v = personView(d, tx.Today(), practice, by)
		v.History, err = history(tx, id.Subject(), nil)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Person(v))
}

func personView(d dossier, today law.Date, practice Practice, by access.Session) pages.PersonView {
	p := d.Person
	status := d.status(today, "", practice)
	v := pages.PersonView{Name: p.Name, Meta: "工号 " + p.StaffNumber}
	tag := web.TagView{Label: "今天不能承办", Kind: "late"}
	switch {
	case !p.Here(today):
		tag = web.TagView{Label: p.LeftOn.String() + " 离职", Kind: "line"}
	case status.Certified:
		tag = web.TagView{Label: "今天可以承办", Kind: "ok"}
	default:
		v.Notices = append(v.Notices, pages.NoticeView{Kind: "soon", Title: "今天不能担任承办人", Text: strings.Join(status.Reasons, "；")})
	}
	v.Facts = append([]web.FactView{{Label: "办案", Body: web.Tag(tag)}}, personFacts(d, status)...)
	for _, c := range d.Cards {
		v.Cards = append(v.Cards, cardView(c, today, practice))
	}
	manage := by.ScopeFor(access.PersonManage).CoversLevels(p.Levels)
	v.Postings = postingRows(d, manage)
	v.Absences = absenceRows(d, today, manage)
	path := personPath(p.ID)
	if manage {
		v.Acts = personActs(p, path)
	}
	if by.ScopeFor(access.AccountManage).CoversLevels(p.Levels) {
		v.Acts = append(v.Acts, pages.Act{Label: "开通账号", Href: "/w/accounts/new?person=" + p.ID.String()})
	}
	if by.ScopeFor(access.CertificateManage).CoversLevels(p.Levels) {
		act := pages.Act{Label: "登记执法证", Href: path + "/certificates", Class: "small"}
		switch {
		case p.Kind == AuxiliaryStaff:
			act.Why = "辅助人员不得持有执法证（行政处罚法第42条、中发〔2015〕37号）"
		case !p.Here(today):
			act.Why = "已经离职"
		}
		v.CardActs = []pages.Act{act}
	}
	return v
}

func personActs(p Person, path string) []pages.Act {
	if !p.LeftOn.IsZero() {
		return []pages.Act{{Label: "修改资料", Href: path + "/edit"}, {Label: "撤销离职", Href: path + "/return"}}
	}
	return []pages.Act{
		{Label: "修改资料", Href: path + "/edit"}, {Label: "离岗", Href: path + "/absent"}, {Label: "离职", Href: path + "/leave"}, {Label: "调动", Href: path + "/transfer", Class: "primary"},
	}
}

func personFacts(d dossier, status OfficerStatus) []web.FactView {
	p := d.Person
	facts := []web.FactView{
		{Label: "所在机构", Text: d.UnitNames[p.UnitID]},
		{Label: "职务", Text: status.Post},
		{Label: "人员类别", Text: p.Kind.Label()},
		{Label: "工号", Text: p.StaffNumber},
		{Label: "电话", Text: web.MaskPhone(p.Phone)},
	}
	if p.Identity != "" {
		facts = append(facts, web.FactView{Label: "公民身份号码", Text: web.MaskIdentity(p.Identity), Href: personPath(p.ID) + "/identity"})
	}
	if text := p.LegalQualification.says(); text != "" {
		facts = append(facts, web.FactView{Label: "法制审核资格", Text: text})
	}
	if p.LeftReason != "" {
		facts = append(facts, web.FactView{Label: "离职原因", Text: p.LeftReason})
	}
	if p.Note != "" {
		facts = append(facts, web.FactView{Label: "备注", Text: p.Note})
	}
	var out []web.FactView
	for _, f := range facts {
		if f.Text != "" {
			out = append(out, f)
		}
	}
	return out
}

func cardView(c Card, today law.Date, practice Practice) pages.CardView {
	standing := c.On(today, "", practice)
	v := pages.CardView{Number: c.Number, Href: cardPath(c.ID), State: cardTag(c, today, practice), Reasons: standing.Reasons, Warnings: standing.Warnings}
	last := c.Validities[len(c.Validities)-1]
	v.Facts = []web.FactView{{Label: "种类", Text: c.Kind.Label()}, {Label: "有效期", Text: span(last.From, last.To)}, {Label: "执法区域", Text: AreaNames(c.Areas)}, {Label: "发证机关", Text: c.Issuer}}
	if standing.Valid && today.DaysUntil(standing.Until) <= 90 {
		v.Facts = append(v.Facts, web.FactView{Label: "到期", Body: web.Due(web.DueOf(standing.Until, today, false, nil).Warned(30))})
	}
	return v
}

func postingRows(d dossier, manage bool) []pages.PostingRow {
	var out []pages.PostingRow
	for i := len(d.Postings) - 1; i >= 0; i-- {
		p := d.Postings[i]
		row := pages.PostingRow{From: p.From.String(), Until: "至" + untilText(p.Until), Unit: d.UnitNames[p.UnitID], Post: p.Post, Kind: p.Kind.Label(), Reason: p.Reason}
		switch {
		case bool(p.Annulled):
			row.Tags = append(row.Tags, web.TagView{Label: "已撤销", Kind: "line"})
		case i > 0 && p.RecordedLate():
			row.Tags = append(row.Tags, web.TagView{Label: p.RecordedOn.String() + " 补录", Kind: "line"})
		}
		if manage && !bool(p.Annulled) {
			row.Acts = append(row.Acts, pages.Act{Label: "更正", Href: postingPath(p), Class: "small quiet"})
			if p.ID == lastLive(d.Postings) && countLive(d.Postings) > 1 && d.Person.LeftOn.IsZero() {
				row.Acts = append(row.Acts, pages.Act{Label: "撤销", Href: postingPath(p) + "/annul", Class: "small quiet"})
			}
		}
		out = append(out, row)
	}
	return out
}

func postingPath(p Posting) string { return personPath(p.Person) + "/postings/" + p.ID.String() }

func lastLive(ps []Posting) PostingID {
	for i := len(ps) - 1; i >= 0; i-- {
		if !bool(ps[i].Annulled) {
			return ps[i].ID
		}
	}
	return 0
}

func countLive(ps []Posting) int {
	n := 0
	for _, p := range ps {
		if !bool(p.Annulled) {
			n++
		}
	}
	return n
}

func absenceRows(d dossier, today law.Date, manage bool) []pages.SpanRow {
	var out []pages.SpanRow
	for i := len(d.Absences) - 1; i >= 0; i-- {
		a := d.Absences[i]
		row := pages.SpanRow{From: a.From.String(), Until: untilText(a.Until), Reason: a.Reason}
		switch {
		case bool(a.Annulled):
			row.Tag = web.TagView{Label: "已撤销", Kind: "line"}
		case a.On(today):
			row.Tag = web.TagView{Label: "离岗中", Kind: "soon"}
		}
		if manage && !bool(a.Annulled) && (a.Until.IsZero() || !a.Until.Before(today)) {
			row.Acts = []pages.Act{{Label: "返岗", Href: personPath(a.Person) + "/absences/" + a.ID.String(), Class: "small"}}
		}
		out = append(out, row)
	}
	return out
}

func (s *Service) askIdentity(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderIdentity(w, r, by, http.StatusOK, nil, "")
}

func (s *Service) renderIdentity(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form, number string) error {
	id, err := personOf(r)
	if err != nil {
		return err
	}
	var p Person
	err = s.db.View(r.Context(), func(tx *store.Tx) error {
		d, err := dossierOf(tx, by.ScopeFor(access.PersonManage), id)
		p = d.Person
		return err
	})
	if err != nil {
		return err
	}
	v := pages.FormView{
		Current: peoplePath, Crumb: peopleCrumb(p, "公民身份号码"), Title: "公民身份号码", Meta: p.Name, Form: f, Action: r.URL.Path, Button: "显示完整号码", ButtonClass: "primary",
		Back: web.Link{Label: "返回", Href: personPath(id)}, Notices: []pages.NoticeView{{Text: "谁在什么时候、为什么查看，会记入办案留痕。"}},
		Groups: []pages.Group{group("查看完整号码", "", fieldOf("text", f.Field("reason", "查看的理由").Need().Max(200).Full()))},
	}
	if number != "" {
		v.Facts = []web.FactView{{Label: p.Name, Text: number}}
	}
	return web.Render(w, r, status, pages.Form(v))
}

// postIdentity shows the full number once, in the answer itself, so that it stands in no address.
func (s *Service) postIdentity(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := personOf(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	number, err := s.ShowIdentity(r.Context(), by, id, f.Value("reason"))
	if status, ok := f.Take(err); ok {
		return s.renderIdentity(w, r, by, status, f, "")
	}
	if err != nil {
		return err
	}
	if number == "" {
		number = "没有登记"
	}
	return s.renderIdentity(w, r, by, http.StatusOK, f, number)
}
