package register

import (
	"net/http"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/register/definition"
	"fadu/internal/register/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Where the pages stand.
const (
	Path        = pages.Nav
	PathOf      = Path + "/of"
	PathRecords = Path + "/records"
	PathBooks   = Path + "/books"
	PathImports = Path + "/imports"
	PathImport  = "/w/register-import"
)

// maxForm bounds a form with photos.
const maxForm = 64 << 20

// Routes are the pages of this slice.
func (s *Service) Routes() []access.Route {
	read, write, manage := access.RegisterRead, access.RegisterWrite, access.RegisterManage
	rs := []access.Route{
		{Pattern: "GET " + Path, Allow: read, Handle: s.showHome},
		{Pattern: "GET " + PathOf + "/{code}", Allow: read, Handle: s.showList},
		{Pattern: "GET " + PathOf + "/{code}/export", Allow: read, Handle: s.exportList},
		{Pattern: "GET " + PathOf + "/{code}/new", Allow: write, Handle: s.showNew},
		{Pattern: "GET " + PathOf + "/{code}/quick", Allow: write, Handle: s.showQuick},
		{Pattern: "POST " + PathOf + "/{code}/new", Allow: write, Handle: s.postNew, MaxBody: maxForm},
		{Pattern: "POST " + PathOf + "/{code}/quick", Allow: write, Handle: s.postQuick, MaxBody: maxForm},
		{Pattern: "GET " + PathRecords + "/{id}", Allow: read, Handle: s.showRecord},
		{Pattern: "GET " + PathRecords + "/{id}/files/{file}", Allow: read, Handle: s.serveFile},
		{Pattern: "POST " + PathRecords + "/{id}/files/{file}/remove", Allow: write, Handle: s.postRemoveFile},
		{Pattern: "GET " + PathRecords + "/{id}/correct", Allow: write, Handle: s.showCorrect},
		{Pattern: "POST " + PathRecords + "/{id}/correct", Allow: write, Handle: s.postCorrect, MaxBody: maxForm},
		{Pattern: "GET " + PathRecords + "/{id}/fix", Allow: write, Handle: s.showFix},
		{Pattern: "POST " + PathRecords + "/{id}/fix", Allow: write, Handle: s.postFix, MaxBody: maxForm},
		{Pattern: "GET " + PathRecords + "/{id}/pass", Allow: access.RegisterCheck, Handle: s.showPass},
		{Pattern: "POST " + PathRecords + "/{id}/pass", Allow: access.RegisterCheck, Handle: s.postPass},
		{Pattern: "POST " + PathRecords + "/{id}/submit", Allow: write, Handle: s.postSubmit},
		{Pattern: "POST " + PathRecords + "/{id}/return", Allow: access.RegisterCheck, Handle: s.postReturn},
		{Pattern: "POST " + PathRecords + "/{id}/reopen", Allow: access.RegisterCheck, Handle: s.postReopen},
		{Pattern: "POST " + PathRecords + "/{id}/cancel", Allow: write, Handle: s.postCancel},
		{Pattern: "GET " + PathBooks, Allow: manage, Handle: s.showBooks},
		{Pattern: "GET " + PathBooks + "/new", Allow: manage, Handle: s.showDesign},
		{Pattern: "POST " + PathBooks + "/new", Allow: manage, Handle: s.postDesign},
		{Pattern: "GET " + PathBooks + "/{id}", Allow: manage, Handle: s.showBook},
		{Pattern: "POST " + PathBooks + "/{id}/publish", Allow: manage, Handle: s.postPublish},
		{Pattern: "POST " + PathBooks + "/{id}/end", Allow: manage, Handle: s.postEnd},
		{Pattern: "POST " + PathBooks + "/{id}/drop", Allow: manage, Handle: s.postDrop},
		{Pattern: "GET " + PathImports + "/{id}", Allow: write, Handle: s.showImport},
		{Pattern: "POST " + PathImports + "/{id}/undo", Allow: manage, Handle: s.postUndo},
	}
	return append(rs, s.drafts.Routes(importSite())...)
}

func (s *Service) showHome(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f := web.QueryForm(r)
	words := f.Text("q", 40)
	all, err := s.Registers(r.Context(), by)
	if err != nil {
		return err
	}
	v := pages.HomeView{Form: f, Words: words}
	if by.Can(access.RegisterManage) {
		v.Design = PathBooks
	}
	at := map[string]int{}
	for _, x := range all {
		if words != "" && !strings.Contains(x.Name+x.Help+x.Group, words) {
			continue
		}
		i, known := at[x.Group]
		if !known {
			i = len(v.Groups)
			at[x.Group] = i
			v.Groups = append(v.Groups, pages.GroupView{Name: x.Group})
		}
		row := pages.RegisterRow{Name: x.Name, Href: PathOf + "/" + x.Code, Help: x.Help, Flow: definition.FlowNames[x.Flow]}
		if by.Can(access.RegisterWrite) {
			row.Enter = row.Href + "/new"
			if quickly(x.Definition) {
				row.Quick = row.Href + "/quick"
			}
		}
		v.Groups[i].Rows = append(v.Groups[i].Rows, row)
	}
	return web.Render(w, r, http.StatusOK, pages.Home(v))
}

// quickly reports whether the register has a quick form.
func quickly(d *definition.Definition) bool {
	for _, f := range d.Fields {
		if f.Quick {
			return true
		}
	}
	return false
}

func pathRecord(r *http.Request) (RecordID, error) {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return 0, fault.Missing(nounRecord)
	}
	return RecordID(n), nil
}

func pathBook(r *http.Request) (BookID, error) {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return 0, fault.Missing(nounBook)
	}
	return BookID(n), nil
}
