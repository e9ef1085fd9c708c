package register

import (
	"context"
	"net/http"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/register/definition"
	"fadu/internal/register/pages"
	"fadu/internal/web"
)

// changing is an act on a record that has a page with a form of its own.
type changing struct {
	act    definition.Act
	stage  definition.Stage
	done   string
	change func(ctx context.Context, by access.Session, id RecordID, version int64, in Entry) error
}

func (s *Service) correcting() changing {
	return changing{definition.Correct, definition.AtEntry, "已更正，原来的内容留在经过里", s.Correct}
}

func (s *Service) fixing() changing {
	return changing{definition.Fix, definition.AtFix, "已报告整改完成，等另一个人核对", s.Fix}
}

func (s *Service) passing() changing {
	return changing{definition.Pass, definition.AtCheck, "已核对通过", s.Pass}
}

func (s *Service) showCorrect(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderChange(w, r, by, http.StatusOK, web.NewForm(nil), s.correcting())
}

func (s *Service) postCorrect(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.postChange(w, r, by, s.correcting())
}

func (s *Service) showFix(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderChange(w, r, by, http.StatusOK, web.NewForm(nil), s.fixing())
}

func (s *Service) postFix(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.postChange(w, r, by, s.fixing())
}

func (s *Service) showPass(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderChange(w, r, by, http.StatusOK, web.NewForm(nil), s.passing())
}

func (s *Service) postPass(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.postChange(w, r, by, s.passing())
}

func (s *Service) renderChange(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form, c changing) error {
	id, err := pathRecord(r)
	if err != nil {
		return err
	}
	x, err := s.Look(r.Context(), by, id)
	if err != nil {
		return err
	}
	d, rec := x.Definition, x.Record
	label := definition.ActNames[c.act]
	v := pages.EntryView{Form: f, Title: label, Name: d.Name, Help: rec.Title, Href: PathOf + "/" + rec.Code, Up: rec.URL(), UpLabel: rec.Title, Action: rec.URL() + "/" + string(c.act), Submit: label, Version: strconv.FormatInt(rec.Version, 10), Point: c.act == definition.Correct}
	if sent := f.Value("version"); sent != "" {
		v.Version = sent
	}
	there := map[string]bool{}
	for _, file := range x.Files {
		there[file.Field] = there[file.Field] || !bool(file.Removed)
	}
	for _, field := range d.At(c.stage) {
		value := x.Values[field.Key]
		if there[field.Key] {
			value, field.Hint = "有", "已有照片或附件；这里补充新的"
		}
		v.Inputs = append(v.Inputs, s.input(f, d, field, value, false))
	}
	return web.Render(w, r, status, pages.Entry(v))
}

func (s *Service) postChange(w http.ResponseWriter, r *http.Request, by access.Session, c changing) error {
	id, err := pathRecord(r)
	if err != nil {
		return err
	}
	x, err := s.Look(r.Context(), by, id)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, maxForm)
	if err != nil {
		return err
	}
	version := f.RequiredInt("version", "版本", 0, 1<<62)
	in, err := entryOf(f, x.Definition, c.stage)
	if err == nil {
		err = c.change(r.Context(), by, id, version, in)
	}
	page := x.Record.URL() + "/" + string(c.act)
	if _, own := x.Definition.Next(x.Record.State, c.act); !own {
		page = x.Record.URL()
	}
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderChange(w, r, by, status, f, c)
	case err != nil:
		return fault.Moved(err, page)
	}
	web.Notify(w, r, web.Flash{Text: c.done})
	web.SeeOther(w, r, x.Record.URL())
	return nil
}
