package casework

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

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
	return s.renderStaffing(w, r, by, http.StatusOK, web.QueryForm(r), "", 0)
}

// renderStaffing shows both forms; sent names the one that came back.
func (s *Service) renderStaffing(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form, sent string, moved int) error {
	v := pages.StaffingView{Assign: f, HandOver: web.NewForm(nil)}
	if sent == "handover" {
		v.Assign, v.HandOver = web.NewForm(nil), f
	}
	if refused := f.Refused(); refused != nil {
		view := web.RefusalOf(refused)
		view.Note = "一件也没有改。换别的人，或者把这件从勾选里去掉。"
		if moved > 0 {
			view.Note = fmt.Sprintf("前面 %d 件已经移交，从这一批起没有改。单独指派这一件，再移交一次。", moved)
		}
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
		if err := addKeepers(tx, &v); err != nil {
			return err
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
		if v.Cases, err = s.chosen(tx, scope, v.Assign.Values("case")); err != nil {
			return err
		}
		if who := f.ID("who", "移交人"); who != 0 || sent == "handover" {
			if who == 0 {
				who = f.ID("from", "移交人")
			}
			v.Stays, err = s.stayViews(tx, scope, who)
			v.Whose = strconv.FormatInt(who, 10)
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Staffing(v))
}

// addKeepers offers who may keep things; who has no case may still keep things or host a hearing.
func addKeepers(tx *store.Tx, v *pages.StaffingView) error {
	keepers, hosts, err := keepersAndHosts(tx)
	for _, h := range keepers {
		v.Keepers = append(v.Keepers, web.Option{Value: org.PersonID(h.Person).String(), Label: h.Name})
	}
	for _, h := range append(keepers, hosts...) {
		o := web.Option{Value: org.PersonID(h.Person).String(), Label: h.Name}
		if !slices.ContainsFunc(v.From, func(x web.Option) bool { return x.Value == o.Value }) {
			v.From = append(v.From, o)
		}
	}
	return err
}

// stayViews are what waits for a person beside its cases.
func (s *Service) stayViews(tx *store.Tx, scope access.Scope, person int64) ([]pages.StayView, error) {
	all, err := s.stays(tx, scope, person)
	var out []pages.StayView
	for _, x := range all {
		v := pages.StayView{Kind: x.Kind, Text: x.Text, Href: (&Case{ID: x.Case}).URL(), Mend: "随财物接手人换人"}
		if x.Step != "" {
			a, _ := findAct(x.Step)
			v.Href += "?step=" + x.Step
			v.Mend = "由“" + a.Name + "”另定"
		}
		out = append(out, v)
	}
	return out, err
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
	in := HandOverCasesInput{From: org.PersonID(f.ID("from", "移交人")), To: org.PersonID(f.ID("to", "接手人")), Keeper: org.PersonID(f.ID("keeper", "财物接手人")), Why: f.Text("why", 200)}
	err = f.Err()
	var out HandedOn
	if err == nil {
		out, err = s.HandOverAll(r.Context(), by, in)
	}
	if status, ok := f.Take(err); ok {
		return s.renderStaffing(w, r, by, status, f, "handover", out.Cases)
	}
	if err != nil {
		return err
	}
	rest, err := s.Stays(r.Context(), by, in.From)
	if err != nil {
		return err
	}
	text := fmt.Sprintf("%d 件案件已换承办人，期限提醒随案移交", out.Cases)
	if out.Things > 0 {
		text += fmt.Sprintf("；%d 件财物已换保管人", out.Things)
	}
	to := pages.NavCases
	if len(rest) > 0 {
		text += fmt.Sprintf("；还有 %d 项要另行指定，列在下面", len(rest))
		to = pages.NavStaffing + "?who=" + in.From.String()
	}
	web.Notify(w, r, web.Flash{Text: text})
	web.SeeOther(w, r, to)
	return nil
}

func (s *Service) staffed(w http.ResponseWriter, r *http.Request, by access.Session, f *web.Form, sent string, do func() (int, error)) error {
	err := f.Err()
	n := 0
	if err == nil {
		n, err = do()
	}
	if status, ok := f.Take(err); ok {
		return s.renderStaffing(w, r, by, status, f, sent, 0)
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
