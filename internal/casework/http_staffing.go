package casework

import (
	"fmt"
	"net/http"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
	"fadu/internal/web"
)

// routesStaffing are the page on which leaders give cases to officers and from one to another.
func (s *Service) routesStaffing() []access.Route {
	return []access.Route{
		{Pattern: "GET /w/cases/staffing", Allow: access.CaseApprove, Handle: s.showStaffing},
		{Pattern: "POST /w/cases/staffing/assign", Allow: access.CaseApprove, Handle: s.assignForm},
		{Pattern: "POST /w/cases/staffing/handover", Allow: access.CaseApprove, Handle: s.handOverForm},
	}
}

func (s *Service) showStaffing(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderStaffing(w, r, by, http.StatusOK, web.QueryForm(r), "")
}

// renderStaffing shows both forms; sent names the one that came back.
func (s *Service) renderStaffing(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form, sent string) error {
	v := pages.StaffingView{Assign: f, HandOver: web.NewForm(nil)}
	if sent == "handover" {
		v.Assign, v.HandOver = web.NewForm(nil), f
	}
	if refused := f.Refused(); refused != nil {
		view := web.RefusalOf(refused)
		view.Note = "一件也没有改。换别的人，或者把这件从勾选里去掉。"
		v.Refusal = &view
	}
	err := s.DB.View(r.Context(), func(tx *store.Tx) error {
		scope := by.ScopeFor(access.CaseApprove)
		loads, err := workloads(tx, scope)
		if err != nil {
			return err
		}
		open := map[org.PersonID]int{}
		for _, l := range loads {
			open[l.Person] = l.Open
			v.From = append(v.From, web.Option{Value: l.Person.String(), Label: l.Name, Small: fmt.Sprintf("在办 %d 件", l.Open)})
		}
		staff, err := org.Officers(tx, scope, law.DateOf(s.DB.Now()), "")
		if err != nil {
			return err
		}
		for _, o := range staff {
			small := fmt.Sprintf("%s · 在办 %d 件", o.UnitName, open[o.Person])
			if !o.Certified {
				small = "今天不能承办"
			}
			v.Staff = append(v.Staff, web.Option{Value: o.Person.String(), Label: o.Name, Small: small, Off: !o.Certified})
		}
		v.Cases, err = s.chosen(tx, scope, v.Assign.Values("case"))
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Staffing(v))
}

// chosen are the cases ticked in the list, as far as they are in the scope and open.
func (s *Service) chosen(tx *store.Tx, scope access.Scope, ids []string) ([]pages.ChosenCase, error) {
	var keys []CaseID
	for _, id := range ids {
		if n, err := store.ParseID(id); err == nil && len(keys) < staffedAtOnce {
			keys = append(keys, CaseID(n))
		}
	}
	if len(keys) == 0 {
		return nil, nil
	}
	all, err := casesOf(tx, scope, keys)
	if err != nil {
		return nil, err
	}
	var people []org.PersonID
	for _, c := range all {
		people = append(people, org.PersonID(c.Lead), org.PersonID(c.Assist))
	}
	names, err := org.PeopleNames(tx, people)
	if err != nil {
		return nil, err
	}
	var out []pages.ChosenCase
	for _, c := range all {
		if !c.open() {
			continue
		}
		title, err := c.numberOrLead(tx)
		if err != nil {
			return nil, err
		}
		who := names[org.PersonID(c.Lead)] + "、" + names[org.PersonID(c.Assist)]
		if c.Lead == 0 {
			who = "还没有承办人"
		}
		out = append(out, pages.ChosenCase{ID: c.ID.String(), Title: title, Href: c.URL(), State: c.StateLabel(), Officers: who})
	}
	return out, nil
}

func (s *Service) assignForm(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	in := AssignCasesInput{Lead: org.PersonID(f.ID("lead", "主办")), Assist: org.PersonID(f.ID("assist", "协办")), Why: f.Text("why", 200)}
	for _, id := range f.Values("case") {
		if n, err := store.ParseID(id); err == nil {
			in.Cases = append(in.Cases, CaseID(n))
		}
	}
	return s.staffed(w, r, by, f, "assign", func() (int, error) { return s.AssignCases(r.Context(), by, in) })
}

func (s *Service) handOverForm(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	in := HandOverCasesInput{From: org.PersonID(f.ID("from", "移交人")), To: org.PersonID(f.ID("to", "接手人")), Why: f.Text("why", 200)}
	return s.staffed(w, r, by, f, "handover", func() (int, error) { return s.HandOverCases(r.Context(), by, in) })
}

func (s *Service) staffed(w http.ResponseWriter, r *http.Request, by access.Session, f *web.Form, sent string, do func() (int, error)) error {
	err := f.Err()
	n := 0
	if err == nil {
		n, err = do()
	}
	if status, ok := f.Take(err); ok {
		return s.renderStaffing(w, r, by, status, f, sent)
	}
	if err != nil {
		return err
	}
	text := "已经办过了，没有重复"
	if n > 0 {
		text = fmt.Sprintf("%d 件案件已换承办人，期限提醒随案移交", n)
	}
	web.Notify(w, r, web.Flash{Text: text})
	web.SeeOther(w, r, pages.NavCases)
	return nil
}
