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

// Where the pages stand.
const (
	peoplePath      = pages.NavPeople
	certificatePath = "/w/org/certificates"
	subjectsPath    = pages.NavSubjects
	// ImportPath is where units, people, certificates and 执法主体 are imported.
	ImportPath = "/w/org/import"
)

// Routes are the pages of this slice.
func (s *Service) Routes() []access.Route {
	out := []access.Route{
		{Pattern: "GET " + peoplePath, Allow: access.OrgRead, Handle: s.listPeople},
		{Pattern: "GET " + peoplePath + "/export", Allow: access.PersonManage, Handle: s.exportPeople},
		{Pattern: "GET " + certificatePath + "/export", Allow: access.PersonManage, Handle: s.exportCertificates},
		{Pattern: "GET " + peoplePath + "/{id}", Allow: access.OrgRead, Handle: s.showPerson},
		{Pattern: "GET " + certificatePath + "/{id}", Allow: access.OrgRead, Handle: s.showCertificate},
		{Pattern: "GET " + subjectsPath, Allow: access.OrgRead, Handle: s.listSubjects},
		{Pattern: "GET " + subjectsPath + "/{id}", Allow: access.OrgRead, Handle: s.showSubject},
		{Pattern: "POST " + peoplePath + "/{id}/identity", Allow: access.PersonManage, Handle: s.postIdentity},
		{Pattern: "GET " + peoplePath + "/{id}/identity", Allow: access.PersonManage, Handle: s.askIdentity},
	}
	for _, fs := range [][]form{s.personForms(), s.postingForms(), s.certificateForms(), s.suspensionForms(), s.subjectForms()} {
		for _, f := range fs {
			out = append(out, s.formRoutes(f)...)
		}
	}
	return append(out, s.imports.Routes(draft.Site{Base: ImportPath, Title: "导入", Allow: access.OrgImport, Up: []web.Link{{Label: "人员与执法证", Href: peoplePath}}})...)
}

// form is a page with one form and what its button does.
type form struct {
	path  string
	allow access.Permission
	// page builds the page with the values that the record has now.
	page func(tx *store.Tx, by access.Session, r *http.Request) (sheet, error)
	// do acts on what was sent; it returns where to go and what to say there.
	do func(r *http.Request, by access.Session, f *web.Form) (to, said string, err error)
}

// sheet is a form's page before it has values: either the record's or those that were sent.
type sheet struct {
	view   pages.FormView
	values map[string]string
	groups func(f *web.Form) []pages.Group
}

func (s *Service) formRoutes(f form) []access.Route {
	render := func(w http.ResponseWriter, r *http.Request, by access.Session, status int, sent *web.Form) error {
		var at sheet
		err := s.db.View(r.Context(), func(tx *store.Tx) (err error) {
			at, err = f.page(tx, by, r)
			return err
		})
		if err != nil {
			return err
		}
		v := at.view
		v.Form, v.Action = sent, r.URL.Path
		if sent == nil {
			v.Form = web.NewForm(at.values)
		} else if v.Hidden["version"] != "" {
			v.Hidden["version"] = sent.Value("version")
		}
		v.Groups = at.groups(v.Form)
		return web.Render(w, r, status, pages.Form(v))
	}
	show := func(w http.ResponseWriter, r *http.Request, by access.Session) error {
		return render(w, r, by, http.StatusOK, nil)
	}
	post := func(w http.ResponseWriter, r *http.Request, by access.Session) error {
		sent, err := web.ParseForm(w, r, 0)
		if err != nil {
			return err
		}
		to, said, err := f.do(r, by, sent)
		switch status, ok := sent.Take(err); {
		case ok:
			return render(w, r, by, status, sent)
		case err != nil:
			return fault.Moved(err, r.URL.Path)
		}
		web.Notify(w, r, web.Flash{Text: said})
		web.SeeOther(w, r, to)
		return nil
	}
	return []access.Route{{Pattern: "GET " + f.path, Allow: f.allow, Handle: show}, {Pattern: "POST " + f.path, Allow: f.allow, Handle: post}}
}

// idOf reads an identifier from the address; what names the record in the answer when it is none.
func idOf(r *http.Request, name, what string) (int64, error) {
	n, err := store.ParseID(r.PathValue(name))
	if err != nil {
		return 0, fault.Missing(what)
	}
	return n, nil
}

func personOf(r *http.Request) (PersonID, error) {
	n, err := idOf(r, "id", "这个人")
	return PersonID(n), err
}

func certificateOf(r *http.Request) (CertificateID, error) {
	n, err := idOf(r, "id", "这本执法证")
	return CertificateID(n), err
}

// version reads the hidden version of the record that the form was made of.
func version(f *web.Form) int64 {
	n, _ := strconv.ParseInt(f.Value("version"), 10, 64)
	return n
}

func hiddenVersion(v int64) map[string]string {
	return map[string]string{"version": strconv.FormatInt(v, 10)}
}

func options(ls []Label) []web.Option {
	out := make([]web.Option, len(ls))
	for i, l := range ls {
		out[i] = web.Option{Value: l.Code, Label: l.Text}
	}
	return out
}

func plainOptions(items []string) []web.Option {
	out := make([]web.Option, len(items))
	for i, t := range items {
		out[i] = web.Option{Value: t, Label: t}
	}
	return out
}

// unitOptions are the units of a scope to choose from, indented by level; ended ones only when keep is one.
func (s *Service) unitOptions(tx *store.Tx, scope access.Scope, keep access.UnitID) ([]web.Option, error) {
	all, err := s.units.Units(tx)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(u access.Unit) bool {
		return !scope.Covers(u) || !u.Until.IsZero() && u.Until.Before(tx.Today()) && u.ID != keep
	})
	top := access.MaxLevel
	for _, u := range all {
		top = min(top, u.Level)
	}
	out := make([]web.Option, len(all))
	for i, u := range all {
		indent := ""
		for range u.Level - top {
			indent += "　"
		}
		out[i] = web.Option{Value: u.ID.String(), Label: indent + u.Name}
	}
	return out, nil
}

// peopleCrumb is the way from the list of people to a person's form.
func peopleCrumb(p Person, title string) []web.Link {
	return []web.Link{{Label: "人员与执法证", Href: peoplePath}, {Label: p.Name, Href: personPath(p.ID)}, {Label: title}}
}

func personPath(id PersonID) string { return peoplePath + "/" + id.String() }

func cardPath(id CertificateID) string { return certificatePath + "/" + id.String() }

func subjectPath(id SubjectID) string { return subjectsPath + "/" + id.String() }

func fieldOf(kind string, v web.FieldView) pages.Field { return pages.Field{Kind: kind, View: v} }

func group(legend, hint string, fields ...pages.Field) pages.Group {
	return pages.Group{Legend: legend, Hint: hint, Fields: fields}
}

// span of days for a page: from and until, 至今 for an open one.
func untilText(d law.Date) string {
	if d.IsZero() {
		return "今"
	}
	return d.String()
}
