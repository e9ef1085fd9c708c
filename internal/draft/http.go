package draft

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/draft/pages"
	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Site says where a slice shows the import pages of its lists.
type Site struct {
	// Base is the address of the list of batches, Current the address of the menu item to light, "" for
	// Base. Title heads the pages; Up is the way to them.
	Base, Current, Title string
	Up                   []web.Link
	// Guide says how to import here; none: what holds for lists of people and powers.
	Guide []string
	// Allow is the permission that the pages ask for; publishing asks for the list's own as well.
	Allow access.Permission
}

func (s Site) frame() pages.Frame {
	f := pages.Frame{Base: s.Base, Current: s.Current, Title: s.Title, Up: s.Up}
	if f.Current == "" {
		f.Current = s.Base
	}
	if f.Title == "" {
		f.Title = "导入"
	}
	if f.Guide = s.Guide; len(f.Guide) == 0 {
		f.Guide = usualGuide
	}
	return f
}

// usualGuide is how lists are imported.
var usualGuide = []string{
	"一类一个文件。先机构，再人员，再执法证，执法主体不分先后。", "上传不会改动现有数据。每一行都会检查，问题写明行、列和原因。", "有问题的行点进去改，或者去掉。", "全部改好后发布，整批一起生效；没有发布的可以作废。",
}

// Lander is a Kind that says where its published records are found.
type Lander interface{ Landing() web.Link }

// BatchLander is a Kind that has a page for each published batch.
type BatchLander interface{ LandingOf(id BatchID) web.Link }

// site is the handlers of one place.
type site struct {
	s *Service
	Site
}

// Routes are the import pages of the service's lists under the site's address.
func (s *Service) Routes(at Site) []access.Route {
	h := site{s, at}
	file, _ := s.limits()
	rt := func(pattern string, f func(http.ResponseWriter, *http.Request, access.Session) error) access.Route {
		method, path, _ := strings.Cut(pattern, " ")
		return access.Route{Pattern: method + " " + at.Base + path, Allow: at.Allow, Handle: f}
	}
	post := rt("POST ", h.upload)
	post.MaxBody = int64(file) + 1<<20
	return []access.Route{
		rt("GET ", h.list), post,
		rt("GET /template", h.template),
		rt("GET /{id}", h.show),
		rt("GET /{id}/problems", h.problems),
		rt("POST /{id}/publish", h.publish),
		rt("POST /{id}/withdraw", h.withdraw),
		rt("POST /{id}/discard", h.discard),
		rt("POST /{id}/acknowledge", h.acknowledge),
		rt("GET /{id}/rows/{row}", h.row),
		rt("POST /{id}/rows/{row}", h.mend),
		rt("POST /{id}/rows/{row}/remove", h.remove),
	}
}

const (
	listSize = 20
	// manyKinds is how many lists are offered side by side at most.
	manyKinds = 8
)

func (h site) list(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return h.renderList(w, r, by, http.StatusOK, web.NewForm(map[string]string{"kind": r.URL.Query().Get("kind")}))
}

func (h site) renderList(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form) error {
	file, rows := h.s.limits()
	kinds := h.s.Kinds()
	v := pages.ListView{Many: len(kinds) > manyKinds, Frame: h.frame(), Form: f, Accept: ".xlsx,.csv", Limit: fmt.Sprintf(".xlsx 或 .csv，最多 %d 行、%d MB", rows, file>>20)}
	for _, k := range kinds {
		if upload, _ := k.Permissions(); by.Can(upload) {
			v.Kinds = append(v.Kinds, web.Option{Value: k.Name(), Label: k.Label()})
			if own, ok := k.(Reader); ok {
				v.Accept += "," + own.Accepts()
				v.Limit += "；" + k.Label() + "也可以是 " + own.Accepts()
			}
			if _, ok := k.(Gate); ok {
				v.States = true
			}
			if chosen := f.Value("kind"); v.Many && chosen != "" && chosen != k.Name() {
				continue
			}
			v.Templates = append(v.Templates, web.FileView{Label: k.Label() + "导入模板.xlsx", Href: h.Base + "/template?kind=" + k.Name()})
		}
	}
	before, err := batchOf(r.URL.Query().Get("before"))
	if err != nil {
		return err
	}
	err = h.s.db.View(r.Context(), func(tx *store.Tx) error {
		bs, err := h.s.List(tx, by, before, listSize+1)
		if err != nil {
			return err
		}
		if len(bs) > listSize {
			bs = bs[:listSize]
			v.Pager.Next = h.Base + "?before=" + bs[listSize-1].ID.String()
		}
		if before > 0 {
			v.Pager.Prev = h.Base
		}
		for _, b := range bs {
			v.Rows = append(v.Rows, h.batchRow(b))
		}
		return nil
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.List(v))
}

func batchOf(s string) (BatchID, error) {
	if s == "" {
		return 0, nil
	}
	n, err := store.ParseID(s)
	if err != nil {
		return 0, fault.Missing("这个导入批次")
	}
	return BatchID(n), nil
}

func (h site) batchRow(b Batch) pages.BatchRow {
	row := pages.BatchRow{Href: h.Base + "/" + b.ID.String(), File: b.FileName, Kind: h.label(b.Kind), Uploaded: b.Uploaded().Format("2006-01-02 15:04"), Uploader: b.Uploader, State: stateTag(b)}
	switch {
	case b.State == Published:
		row.Result = fmt.Sprintf("%d 行已生效", b.Rows-b.Removed)
	case b.State == Open && b.Bad > 0:
		row.Result = fmt.Sprintf("%d 行，%d 行要改", b.Rows-b.Removed, b.Bad)
	default:
		row.Result = fmt.Sprintf("%d 行", b.Rows-b.Removed)
	}
	return row
}

func (h site) label(kind string) string {
	k, err := h.s.Kind(kind)
	if err != nil {
		return kind
	}
	return k.Label()
}

func stateTag(b Batch) web.TagView {
	kinds := map[State]string{Loading: "line", Open: "blue", Publishing: "soon", Published: "ok", Discarded: "line"}
	if b.State == Open && b.Bad > 0 {
		return web.TagView{Label: "待修改", Kind: "soon"}
	}
	return web.TagView{Label: b.State.Label(), Kind: kinds[b.State]}
}

func (h site) upload(w http.ResponseWriter, r *http.Request, by access.Session) error {
	most, _ := h.s.limits()
	f, err := web.ParseForm(w, r, int64(most)+1<<20)
	if err != nil {
		return err
	}
	kind := f.RequiredChoice("kind", "导入什么", h.names()...)
	files := f.Files("file", "文件", 1, int64(most))
	if len(files) == 0 && f.Err() == nil {
		f.Add("file", "请选择要导入的文件")
	}
	stated, err := ParseStated(f.Long("stated", 1000))
	if err == nil {
		err = f.Err()
	}
	var id BatchID
	if err == nil {
		id, err = h.read(r, by, kind, files[0], stated)
	}
	if status, ok := f.Take(fileFault(err)); ok {
		return h.renderList(w, r, by, status, f)
	}
	if err != nil {
		return err
	}
	web.SeeOther(w, r, h.Base+"/"+id.String())
	return nil
}

func (h site) names() []string {
	var out []string
	for _, k := range h.s.Kinds() {
		out = append(out, k.Name())
	}
	return out
}

func (h site) read(r *http.Request, by access.Session, kind string, u web.Upload, stated []Stated) (BatchID, error) {
	content, err := u.Bytes()
	if err != nil {
		return 0, fmt.Errorf("draft: upload: %w", err)
	}
	return h.s.UploadStated(r.Context(), by, kind, u.Name, content, stated)
}

// fileFault puts what is wrong with a file as a whole at the file's field.
func fileFault(err error) error {
	var fs fault.Fields
	if fault.Is(err, fault.Invalid) {
		if e, ok := err.(*fault.Error); ok && len(e.Fields) == 0 {
			fs.Add("file", "%s", e.Message)
			return fs.Err()
		}
	}
	return err
}

func (h site) template(w http.ResponseWriter, r *http.Request, by access.Session) error {
	k, err := h.s.Kind(r.URL.Query().Get("kind"))
	if err != nil {
		return err
	}
	var choices map[string][]string
	if c, ok := k.(Chooser); ok {
		err := h.s.db.View(r.Context(), func(tx *store.Tx) (err error) {
			choices, err = c.Choose(tx, by)
			return err
		})
		if err != nil {
			return err
		}
	}
	content, err := Template(k, choices)
	if err != nil {
		return err
	}
	return web.Download(w, r, k.Label()+"导入模板.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", content)
}

func columnLabel(columns []Column, key string) string {
	if i := slices.IndexFunc(columns, func(c Column) bool { return c.Key == key }); i >= 0 {
		return columns[i].Label
	}
	return "整行"
}
