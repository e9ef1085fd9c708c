package register

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/register/definition"
	"fadu/internal/register/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) showBooks(w http.ResponseWriter, r *http.Request, by access.Session) error {
	all, err := s.Books(r.Context(), by)
	if err != nil {
		return err
	}
	v := pages.BooksView{Form: web.NewForm(nil)}
	slices.SortStableFunc(all, func(a, b Book) int { // what the bureau made itself and what waits comes first
		return rank(a) - rank(b)
	})
	for _, b := range all {
		row := pages.BookRow{Href: PathBooks + "/" + b.ID.String(), Name: b.Name, Code: b.Code, Edition: b.Edition, Author: b.Author, When: store.FromMicros(b.MadeAt).In(law.Zone).Format("2006-01-02"), State: bookTag(b), Origin: "本局"}
		if b.Builtin {
			row.Origin = "随程序"
		}
		v.Rows = append(v.Rows, row)
	}
	return web.Render(w, r, http.StatusOK, pages.Books(v))
}

func rank(b Book) int {
	switch {
	case b.State == Draft:
		return 0
	case !bool(b.Builtin) && b.State == InUse:
		return 1
	case b.State == InUse:
		return 2
	}
	return 3
}

func bookTag(b Book) web.TagView {
	return web.TagView{Label: bookLabels[b.State], Kind: map[BookState]string{Draft: "soon", InUse: "ok", Ended: "line"}[b.State]}
}

func (s *Service) showBook(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderBook(w, r, by, http.StatusOK, web.NewForm(nil))
}

func (s *Service) renderBook(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form) error {
	id, err := pathBook(r)
	if err != nil {
		return err
	}
	b, d, err := s.Book(r.Context(), by, id)
	if err != nil {
		return err
	}
	v := pages.BookView{
		Form: f, Title: fmt.Sprintf("%s 第 %d 版", b.Name, b.Edition), Href: PathBooks + "/" + id.String(), Version: strconv.FormatInt(b.Version, 10), State: bookTag(b), Draft: b.State == Draft, InUse: b.State == InUse,
		Facts: []web.FactView{{Label: "分组", Text: d.Group}, {Label: "什么记在这里", Text: d.Help}, {Label: "怎么办理", Text: definition.FlowNames[d.Flow]}, {Label: "记录的量词", Text: d.Measure}, {Label: "编号", Text: d.Code}, {Label: "设计", Text: b.Author}},
	}
	if d.Due > 0 {
		v.Facts = append(v.Facts, web.FactView{Label: "整改期限", Text: fmt.Sprintf("%d 个工作日", d.Due)})
	}
	if b.Reason != "" {
		v.Facts = append(v.Facts, web.FactView{Label: "停用的理由", Text: b.Reason})
	}
	if v.InUse {
		v.Change = PathBooks + "/new?code=" + b.Code
		v.Facts = append(v.Facts, web.FactView{Label: "登记", Text: "打开这个台账", Href: PathOf + "/" + b.Code})
	}
	for _, x := range d.Fields {
		v.Fields = append(v.Fields, pages.FieldRow{Label: x.Label, Kind: definition.KindNames[x.Kind], Need: needText(x), Stage: stageNames[x.Stage], Note: fieldNote(x)})
	}
	for _, x := range d.Indicators {
		measure := d.MeasureOf(x)
		if len(x.Met) > 0 {
			measure = "%"
		}
		v.Figures = append(v.Figures, pages.FigureRow{Name: x.Name, Measure: measure})
	}
	return web.Render(w, r, status, pages.Book(v))
}

var stageNames = map[definition.Stage]string{definition.AtEntry: "登记时", definition.AtFix: "整改时", definition.AtCheck: "核对时"}

func needText(x definition.Field) string {
	if x.Need || x.Proof > 0 {
		return "必填"
	}
	return ""
}

func fieldNote(x definition.Field) string {
	switch {
	case x.Per != "":
		return "量词按选项锁定"
	case x.Measure != "":
		return "量词：" + x.Measure
	case len(x.Options) > 0:
		return strings.Join(x.Options, "、")
	}
	return x.Hint
}

func (s *Service) onBookForm(w http.ResponseWriter, r *http.Request, by access.Session, text string, do func(ctx context.Context, id BookID, version int64, f *web.Form) error) error {
	id, err := pathBook(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	version := f.RequiredInt("version", "版本", 0, 1<<62)
	if err = f.Err(); err == nil {
		err = do(r.Context(), id, version, f)
	}
	page := PathBooks + "/" + id.String()
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderBook(w, r, by, status, f)
	case err != nil:
		return fault.Moved(err, page)
	}
	web.Notify(w, r, web.Flash{Text: text})
	web.SeeOther(w, r, page)
	return nil
}

func (s *Service) postPublish(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onBookForm(w, r, by, "已启用，现在就能登记", func(ctx context.Context, id BookID, version int64, _ *web.Form) error {
		return s.Publish(ctx, by, id, version)
	})
}

func (s *Service) postDrop(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onBookForm(w, r, by, "草稿已删去", func(ctx context.Context, id BookID, version int64, _ *web.Form) error {
		return s.Drop(ctx, by, id, version)
	})
}

func (s *Service) postEnd(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onBookForm(w, r, by, "已停用", func(ctx context.Context, id BookID, version int64, f *web.Form) error {
		return s.End(ctx, by, id, version, f.Text("reason", 200))
	})
}
