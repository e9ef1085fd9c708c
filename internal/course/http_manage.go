package course

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/course/pages"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"
)

func tagOf(s State) web.TagView {
	kind := map[State]string{Draft: "soon", InUse: "ok", Returned: "late", Ended: "line", Replaced: "line"}[s]
	return web.TagView{Label: s.Label(), Kind: kind}
}

func waitingTag(c Course) web.TagView {
	if !bool(c.Waiting) || c.State == Draft {
		return web.TagView{}
	}
	return web.TagView{Label: "新版待审定", Kind: "soon"}
}

const bookPage = 50

func (s *Service) showBooks(w http.ResponseWriter, r *http.Request, by access.Session) error {
	after, err := store.ParseID(r.URL.Query().Get("after"))
	if err != nil {
		after = 0
	}
	v := pages.BooksView{}
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		v.Rows = nil
		list, err := courses(tx, after, bookPage+1)
		if len(list) > bookPage {
			list = list[:bookPage]
			v.Next = PathBooks + "?after=" + list[bookPage-1].ID.String()
		}
		for _, c := range list {
			v.Rows = append(v.Rows, pages.BookRow{Href: c.BookURL(), Title: c.Title, Changed: when(c.At), State: tagOf(c.State), Waiting: waitingTag(c), Leaders: leadersTag(bool(c.Leaders))})
		}
		return err
	})
	if err != nil {
		return err
	}
	if by.Can(access.CourseManage) {
		v.New = PathBooks + "/new"
	}
	return web.Render(w, r, http.StatusOK, pages.Books(v))
}

// dossier is a course with all its versions and files.
type dossier struct {
	Course
	Versions []Version // the newest first
	shown    int
	files    []File
	history  []ledger.Entry
}

func dossierOf(tx *store.Tx, id CourseID, number int) (d dossier, err error) {
	if d.Course, err = courseOf(tx, id); err != nil {
		return d, err
	}
	if d.Versions, err = versionsOf(tx, id); err != nil {
		return d, err
	}
	d.shown = slices.IndexFunc(d.Versions, func(v Version) bool { return v.Number == number || number == 0 && v.ID == d.Head })
	if d.shown < 0 {
		return d, fault.Missing(nounVersion)
	}
	if d.files, err = filesOf(tx, id); err == nil {
		d.history, err = ledger.History(tx, d.Subject(), 0, 30)
	}
	return d, err
}

func (s *Service) showBook(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := courseID(r)
	if err != nil {
		return err
	}
	return s.renderBook(w, r, by, id, http.StatusOK, nil)
}

func (s *Service) renderBook(w http.ResponseWriter, r *http.Request, by access.Session, id CourseID, status int, f *web.Form) error {
	number, err := strconv.Atoi(r.URL.Query().Get("number"))
	if err != nil || number < 0 {
		number = 0
	}
	var d dossier
	err = s.DB.View(r.Context(), func(tx *store.Tx) (err error) { d, err = dossierOf(tx, id, number); return err })
	if err != nil {
		return err
	}
	v := bookView(d, by)
	if v.Form = web.NewForm(nil); f != nil {
		v.Form = f
		if f.Value("version") != "" {
			v.Seen = f.Value("version")
		}
	}
	return web.Render(w, r, status, pages.Book(v))
}

func bookView(d dossier, by access.Session) pages.BookView {
	x := d.Versions[d.shown]
	v := pages.BookView{
		Title: d.Title, Href: d.BookURL(), Seen: strconv.FormatInt(d.Version, 10), Meta: x.Summary, State: tagOf(d.State), Text: strings.Split(x.Content, "\n"),
		Facts: []web.FactView{{Label: "版", Text: fmt.Sprintf("第 %d 版，%s", x.Number, x.State.Label())}, {Label: "条文", Text: "按" + x.On.Han() + "施行的文本"}},
	}
	if bool(x.Leaders) {
		v.Facts = append(v.Facts, web.FactView{Label: "范围", Text: "领导干部学法"})
	}
	for _, c := range x.Chapters() {
		v.Chapters = append(v.Chapters, pages.ChapterRow{Title: c.Title, Time: minutes(c.Seconds), Seen: "", State: web.TagView{}})
	}
	for i, o := range d.Versions {
		row := pages.VersionRow{Number: fmt.Sprintf("第 %d 版", o.Number), Href: d.BookURL() + "?number=" + strconv.Itoa(o.Number), Author: o.Author, Made: when(o.MadeAt), Approver: o.Approver, Remark: o.Remark, Shown: i == d.shown, State: tagOf(o.State)}
		if o.ApprovedAt > 0 {
			row.Remark = when(o.ApprovedAt)
		}
		v.Versions = append(v.Versions, row)
	}
	for _, f := range d.files {
		v.Files = append(v.Files, pages.FileRow{Name: f.Name, Href: f.URL(), Size: web.Bytes(f.Size), By: f.By + " " + when(f.At)})
	}
	manage := by.Can(access.CourseManage)
	if manage {
		v.Edit, v.Adding = d.BookURL()+"/edit", true
	}
	if newest := d.Versions[0]; bool(d.Waiting) && by.Can(access.CourseApprove) && newest.State == Draft {
		v.Approving, v.OwnDraft = true, newest.AuthorID == int64(by.Account())
	}
	v.Ending, v.Restoring = manage && d.State == InUse, manage && d.State == Ended
	for _, e := range d.history {
		v.History = append(v.History, historyLine(e))
	}
	return v
}

func historyLine(e ledger.Entry) web.LedgerView {
	text := Kinds[e.Kind]
	var data struct {
		Number    int
		Why, File string
	}
	if json.Unmarshal([]byte(e.Data), &data) == nil {
		switch {
		case data.File != "":
			text += "：" + data.File
		case data.Number > 0:
			text += fmt.Sprintf("（第 %d 版）", data.Number)
		}
		if data.Why != "" {
			text += "：" + data.Why
		}
	}
	return web.LedgerView{Time: e.Time().Format("2006-01-02 15:04"), Who: e.Actor, Text: text, Key: true}
}

func (s *Service) showNew(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	return renderForm(w, r, http.StatusOK, web.NewForm(nil), Course{}, map[string]string{"on": s.today()})
}

func (s *Service) today() string { return whenDay(s.DB.Now()) }

func (s *Service) showEdit(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	c, values, err := s.newest(r)
	if err != nil {
		return err
	}
	return renderForm(w, r, http.StatusOK, web.NewForm(nil), c, values)
}

// newest are the values of the newest version, for the form.
func (s *Service) newest(r *http.Request) (c Course, values map[string]string, err error) {
	id, err := courseID(r)
	if err != nil {
		return c, nil, err
	}
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		d, err := dossierOf(tx, id, 0)
		if err != nil {
			return err
		}
		x := d.Versions[0]
		c, values = d.Course, map[string]string{"title": x.Title, "summary": x.Summary, "on": x.On.String(), "text": x.Content}
		if bool(x.Leaders) {
			values["leaders"] = "1"
		}
		return nil
	})
	return c, values, err
}

func renderForm(w http.ResponseWriter, r *http.Request, status int, f *web.Form, c Course, values map[string]string) error {
	v := pages.FormView{Title: "编写课程", Action: PathBooks, Back: PathBooks, Form: f, Values: values}
	if c.ID != 0 {
		v.Title, v.Action, v.Back, v.Seen = "编辑 "+c.Title, c.BookURL()+"/edit", c.BookURL(), strconv.FormatInt(c.Version, 10)
	}
	return web.Render(w, r, status, pages.Form(v))
}

func (s *Service) postNew(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.save(w, r, by, Course{}, map[string]string{})
}

func (s *Service) postEdit(w http.ResponseWriter, r *http.Request, by access.Session) error {
	c, values, err := s.newest(r)
	if err != nil {
		return err
	}
	return s.save(w, r, by, c, values)
}

func (s *Service) save(w http.ResponseWriter, r *http.Request, by access.Session, c Course, values map[string]string) error {
	f, err := web.ParseForm(w, r, 2<<20)
	if err != nil {
		return err
	}
	in := SaveInput{Title: f.Required("title", "课程名称", 100), Summary: f.Long("summary", 500), Leaders: f.Bool("leaders"), On: f.RequiredDate("on", "条文按哪一天施行的文本读"), Text: f.RequiredLong("text", "正文", MaxText)}
	if c.ID != 0 {
		c.Version = f.RequiredInt("version", "版本", 0, 1<<62)
	}
	id := c.ID
	if err = f.Err(); err == nil {
		id, err = s.Save(r.Context(), by, c.ID, c.Version, in)
	}
	switch status, ok := f.Take(err); {
	case ok:
		return renderForm(w, r, status, f, c, values)
	case err != nil && c.ID != 0:
		return fault.Moved(err, c.BookURL()+"/edit")
	case err != nil:
		return err
	}
	web.Notify(w, r, web.Flash{Text: "草稿已保存，等另一个人审定"})
	web.SeeOther(w, r, Course{ID: id}.BookURL())
	return nil
}

func (s *Service) postFile(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := courseID(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, MaxFile+1<<20)
	if err != nil {
		return err
	}
	files := f.Files("file", "文件", 1, MaxFile)
	if len(files) == 0 && f.Err() == nil {
		f.Add("file", "请选择 PDF 或者视频")
	}
	if err = f.Err(); err == nil {
		var body []byte
		if body, err = files[0].Bytes(); err == nil {
			_, err = s.AddFile(r.Context(), by, id, files[0].Name, body)
		}
	}
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderBook(w, r, by, id, status, f)
	case err != nil:
		return fault.Moved(err, Course{ID: id}.BookURL())
	}
	web.Notify(w, r, web.Flash{Text: "已上传，在正文里写“文件：名称”就能用"})
	web.SeeOther(w, r, Course{ID: id}.BookURL())
	return nil
}

func (s *Service) onBook(w http.ResponseWriter, r *http.Request, by access.Session, says string, do func(f *web.Form, id CourseID, seen int64) error) error {
	id, err := courseID(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	err = do(f, id, f.RequiredInt("version", "版本", 0, 1<<62))
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderBook(w, r, by, id, status, f)
	case err != nil:
		return fault.Moved(err, Course{ID: id}.BookURL())
	}
	web.Notify(w, r, web.Flash{Text: says})
	web.SeeOther(w, r, Course{ID: id}.BookURL())
	return nil
}

func (s *Service) postApprove(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onBook(w, r, by, "已审定，可以学习了", func(_ *web.Form, id CourseID, seen int64) error { return s.Approve(r.Context(), by, id, seen) })
}

func (s *Service) postReturn(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onBook(w, r, by, "已退回", func(f *web.Form, id CourseID, seen int64) error {
		return s.Return(r.Context(), by, id, seen, f.Text("reason", 200))
	})
}

func (s *Service) postEnd(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onBook(w, r, by, "已停用", func(f *web.Form, id CourseID, seen int64) error {
		return s.End(r.Context(), by, id, seen, f.Text("reason", 200))
	})
}

func (s *Service) postRestore(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onBook(w, r, by, "已恢复使用", func(f *web.Form, id CourseID, seen int64) error {
		return s.Restore(r.Context(), by, id, seen, f.Text("reason", 200))
	})
}
