package approval

import (
	"net/http"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/approval/pages"
	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) showMandates(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	return s.renderMandates(w, r, http.StatusOK, nil)
}

func (s *Service) renderMandates(w http.ResponseWriter, r *http.Request, status int, f *web.Form) error {
	v := pages.MandatesView{Form: f}
	for _, p := range Embedded().Posts {
		if len(p.Roles) > 0 {
			v.Posts = append(v.Posts, web.Option{Value: p.Code, Label: p.Label})
		}
	}
	err := s.DB.View(r.Context(), func(tx *store.Tx) error {
		ms, err := mandates(tx)
		for _, m := range ms {
			row := pages.MandateRow{Document: m.Document, Why: m.WhyEnded, Who: m.GiverName + " → " + m.TakerName, Posts: strings.Join(labels(m.Posts()), "、"), Dates: m.From.String() + " 至 " + m.Until.String(), Version: strconv.FormatInt(m.Version, 10), State: web.TagView{Label: "有效", Kind: "ok"}}
			switch today := tx.Today(); {
			case m.Until.Before(today):
				row.State = web.TagView{Label: "已到期", Kind: "line"}
			case today.Before(m.From):
				row.State = web.TagView{Label: "未开始", Kind: "soon"}
			}
			if !m.Until.Before(tx.Today()) {
				row.EndTo = PathMandates + "/" + ID(m.ID).String() + "/end"
			}
			if bool(m.Paired) {
				row.Document += "（AB 角）"
			}
			v.Rows = append(v.Rows, row)
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Mandates(v))
}

func (s *Service) postMandate(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	var posts []string
	for _, p := range Embedded().Posts {
		posts = append(posts, p.Code)
	}
	in := MandateInput{
		Document: f.Required("document", "授权文件的名称、文号", 200), Paired: f.RequiredChoice("kind", "种类", "mandate", "paired") == "paired", Giver: f.Required("giver", "授权人的账号", 32), Taker: f.Required("taker", "代签人的账号", 32),
		From: f.RequiredDate("from_on", "起"), Until: f.RequiredDate("until_on", "止"), Posts: f.Choices("posts", posts...),
	}
	if err = f.Err(); err == nil {
		_, err = s.Grant(r.Context(), by, in)
	}
	return s.mandateDone(w, r, f, err, "授权已登记")
}

func (s *Service) postEndMandate(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return fault.Missing("这份授权")
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	why, version := f.Required("why", "终止的原因", 200), f.Int("version", "版本", 0, 1<<62)
	if err = f.Err(); err == nil {
		err = s.EndMandate(r.Context(), by, MandateID(id), version, why)
	}
	return s.mandateDone(w, r, f, err, "授权已终止")
}

func (s *Service) mandateDone(w http.ResponseWriter, r *http.Request, f *web.Form, err error, done string) error {
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderMandates(w, r, status, f)
	case err != nil:
		return fault.Moved(err, PathMandates)
	}
	web.Notify(w, r, web.Flash{Text: done})
	web.SeeOther(w, r, PathMandates)
	return nil
}
