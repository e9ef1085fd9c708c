package casework

import (
	"net/http"
	"net/url"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/law"
	"fadu/internal/web"
)

// routesPersonal are the ways to personal data in full: each asks for a reason, which is entered first.
func (s *Service) routesPersonal() []access.Route {
	return []access.Route{
		{Pattern: "GET /w/cases/{id}/personal", Allow: access.PersonalRead, Handle: s.askParty},
		{Pattern: "POST /w/cases/{id}/personal", Allow: access.PersonalRead, Handle: s.showParty},
		{Pattern: "GET /w/cases/export/full", Allow: access.PersonalExport, Handle: s.askExport},
		{Pattern: "POST /w/cases/export/full", Allow: access.PersonalExport, Handle: s.exportFull},
	}
}

func (s *Service) askParty(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathCase(r)
	if err != nil {
		return err
	}
	if _, err := s.personalCase(r.Context(), by, id); err != nil {
		return err
	}
	return renderParty(w, r, http.StatusOK, id, nil, nil)
}

func renderParty(w http.ResponseWriter, r *http.Request, status int, id CaseID, f *web.Form, facts []web.FactView) error {
	c := Case{ID: id}
	return web.Render(w, r, status, pages.Personal(pages.PersonalView{
		Title: "查看完整个人信息", Meta: "当事人的姓名、证件号码、电话和住址", Form: f, Action: c.URL() + "/personal", Button: "显示完整信息", Facts: facts, Back: web.Link{Label: "返回案件", Href: c.URL()},
	}))
}

// showParty shows the party in the answer itself, so that nothing of it stands in an address.
func (s *Service) showParty(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathCase(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	p, err := s.ShowParty(r.Context(), by, id, f.Value("reason"))
	if status, ok := f.Take(err); ok {
		return renderParty(w, r, status, id, f, nil)
	}
	if err != nil {
		return err
	}
	return renderParty(w, r, http.StatusOK, id, f, partyRecord(p))
}

func (s *Service) askExport(w http.ResponseWriter, r *http.Request, by access.Session) error {
	if _, err := s.filterOf(web.QueryForm(r), by); err != nil {
		return err
	}
	q := r.URL.Query()
	return renderExport(w, r, http.StatusOK, nil, q)
}

func renderExport(w http.ResponseWriter, r *http.Request, status int, f *web.Form, q url.Values) error {
	keep := map[string]string{}
	for _, k := range append(filterKeys, "cols") {
		if q.Get(k) != "" {
			keep[k] = q.Get(k)
		}
	}
	return web.Render(w, r, status, pages.Personal(pages.PersonalView{
		Title: "导出完整个人信息", Meta: "按列表里现在的条件导出，证件号码、姓名不隐去", Form: f, Action: pages.NavCases + "/export/full", Button: "导出 Excel", Keep: keep, Back: web.Link{Label: "返回列表", Href: pages.NavCases},
	}))
}

func (s *Service) exportFull(w http.ResponseWriter, r *http.Request, by access.Session) error {
	form, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	f, err := s.filterOf(form, by)
	if err != nil {
		return err
	}
	reason := form.Text("reason", 200)
	if reason == "" {
		form.Add("reason", "请填写导出的理由")
	}
	if status, ok := form.Take(form.Err()); ok {
		q := url.Values{}
		for _, k := range append(filterKeys, "cols") {
			q.Set(k, form.Value(k))
		}
		return renderExport(w, r, status, form, q)
	}
	rows := func(yield func(exportedCase) error) error { return s.exportFullWith(r.Context(), by, f, reason, yield) }
	return web.Excel(w, r, "案件-完整-"+law.DateOf(s.DB.Now()).String()+".xlsx", caseSheet(exported(colsOf(form)), rows))
}
