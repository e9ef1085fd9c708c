package training

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/training/pages"
	"fadu/internal/training/scene"
	"fadu/internal/web"
)

func (s *Service) showScenes(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderScenes(w, r, by, http.StatusOK, web.NewForm(nil))
}

func (s *Service) renderScenes(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form) error {
	all, err := s.Scenes(r.Context(), by)
	if err != nil {
		return err
	}
	v := pages.BooksView{Form: f, Drafts: PathDrafts}
	if by.Can(access.TrainingManage) {
		v.New = PathDrafts + "/new"
	}
	amended, err := s.amended(r, all)
	if err != nil {
		return err
	}
	for _, x := range all {
		v.Rows = append(v.Rows, pages.BookRow{Href: x.URL(), Title: x.Title, Code: x.Code, Number: x.Number, Author: x.Author, When: made(x), SetOn: x.SetOn, State: sceneTag(x), Amended: amended[x.ID]})
	}
	return web.Render(w, r, status, pages.Books(v))
}

// amended counts the articles of the scenes in use that have changed since their day.
func (s *Service) amended(r *http.Request, all []Scene) (map[SceneID]int, error) {
	out := map[SceneID]int{}
	err := s.DB.View(r.Context(), func(tx *store.Tx) error {
		for _, x := range all {
			if x.State != Published {
				continue
			}
			p, err := s.playOf(tx, x.ID)
			if err != nil {
				return err
			}
			out[x.ID] = len(p.Scenario.Amended(tx.Today()))
		}
		return nil
	})
	return out, err
}

func made(x Scene) string { return store.FromMicros(x.MadeAt).In(law.Zone).Format("2006-01-02 15:04") }

func sceneTag(x Scene) web.TagView {
	kind := map[SceneState]string{Draft: "soon", Published: "ok", Returned: "late", Ended: "line"}[x.State]
	return web.TagView{Label: sceneLabels[x.State], Kind: kind}
}

func (s *Service) postScene(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := web.ParseForm(w, r, scene.MaxBytes+1<<16)
	if err != nil {
		return err
	}
	var id DraftID
	files := f.Files("file", "情景文件", 1, scene.MaxBytes)
	if len(files) == 0 {
		f.Add("file", "请选择情景文件")
	}
	if err = f.Err(); err == nil {
		var content []byte
		if content, err = files[0].Bytes(); err == nil {
			id, err = s.Import(r.Context(), by, content)
		}
	}
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderScenes(w, r, by, status, f)
	case err != nil:
		return err
	}
	web.SeeOther(w, r, Manuscript{ID: id}.URL())
	return nil
}

func (s *Service) sceneID(r *http.Request) (SceneID, error) {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return 0, fault.Missing(nounScene)
	}
	return SceneID(n), nil
}

func (s *Service) showScene(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderScene(w, r, by, http.StatusOK, nil)
}

func (s *Service) renderScene(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form) error {
	id, err := s.sceneID(r)
	if err != nil {
		return err
	}
	var x Scene
	if err := s.DB.View(r.Context(), func(tx *store.Tx) (err error) { x, err = sceneOf(tx, id); return err }); err != nil {
		return err
	}
	p, err := s.play(x)
	if err != nil {
		return err
	}
	v := pages.BookView{
		Title: fmt.Sprintf("%s（第 %d 版）", x.Title, x.Number), Href: x.URL(), Why: joined(x.Edition, x.Why), State: sceneTag(x), Form: f,
		Version: strconv.FormatInt(x.Version, 10),
		Facts: []web.FactView{
			{Label: "编号", Text: x.Code},
			{Label: "情景日期", Text: cmp.Or(x.SetOn.Han(), unwritten)},
			{Label: "当事人", Text: cmp.Or(strings.Trim(p.Scenario.Party.Name+"，"+p.Scenario.Party.Persona, "，"), unwritten)},
			{Label: "变体", Text: cmp.Or(variants(p.Scenario), "没有")},
			{Label: "录入", Text: x.Author + "，" + made(x)},
			{Label: "内容摘要", Text: x.Digest[:16]},
		},
	}
	if x.Approver != "" {
		v.Facts = append(v.Facts, web.FactView{Label: "批准", Text: x.Approver + "，" + store.FromMicros(x.ApprovedAt).In(law.Zone).Format("2006-01-02 15:04")})
	}
	if err := s.chances(r, by, x, &v); err != nil {
		return err
	}
	v.Amended = amendedLines(p.Scenario, law.DateOf(s.DB.Now()))
	if f == nil {
		v.Form = web.NewForm(nil)
	} else {
		v.Version = f.Value("version")
	}
	if x.State == Draft {
		faults, err := s.Faults(r.Context(), id)
		if err != nil {
			return err
		}
		for _, f := range faults {
			v.Faults = append(v.Faults, f.String())
		}
	}
	for _, b := range p.Scenario.Beats {
		v.Beats = append(v.Beats, beatRow(b))
	}
	return web.Render(w, r, status, pages.Book(v))
}

// chances are what the viewer may do with a version.
func (s *Service) chances(r *http.Request, by access.Session, x Scene, v *pages.BookView) error {
	manage := by.Can(access.TrainingManage)
	v.Waiting = x.State == Draft && by.Can(access.TrainingSceneApprove)
	v.Copying, v.Next, v.Live = manage, !bool(x.Builtin) && (x.State == Published || x.State == Ended), manage && x.State == Published
	if x.Draft == 0 {
		return nil
	}
	v.DraftHref = Manuscript{ID: x.Draft}.URL()
	return s.DB.View(r.Context(), func(tx *store.Tx) (err error) {
		v.Own, err = wrote(tx, x.Draft, by.Account())
		return err
	})
}

// unwritten stands for what a draft does not say yet.
const unwritten = "还没有写"

func variants(p *scene.Scenario) string {
	var out []string
	for _, x := range p.Vars {
		out = append(out, x.Label)
	}
	return strings.Join(out, "、")
}

func beatRow(b scene.Beat) pages.BeatRow {
	row := pages.BeatRow{ID: b.ID, Speaker: b.Speaker, Say: b.Say.In(scene.Bands[0])}
	if b.LimitS > 0 {
		row.Limit = fmt.Sprintf("限 %.0f 秒", b.LimitS)
	}
	if b.End != nil {
		row.End = b.End.Kind
	}
	for _, c := range b.Choices {
		text := c.Text
		if c.Hidden {
			text = "（没有作声）"
		}
		next := c.Goto
		if next == "" {
			next = "留在这一节"
		}
		row.Choices = append(row.Choices, pages.ChoiceRow{ID: c.ID, Text: text, When: c.When, Goto: next, Why: c.Why, Quality: qualityTag(c.Quality)})
	}
	return row
}

func (s *Service) exportScene(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	id, err := s.sceneID(r)
	if err != nil {
		return err
	}
	var x Scene
	if err := s.DB.View(r.Context(), func(tx *store.Tx) (err error) { x, err = sceneOf(tx, id); return err }); err != nil {
		return err
	}
	return web.Download(w, r, fmt.Sprintf("%s-%d.yaml", x.Code, x.Number), "application/yaml; charset=utf-8", []byte(x.Content))
}

func (s *Service) postPublish(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onScene(w, r, by, func(f *web.Form, id SceneID, version int64) error {
		return s.Publish(r.Context(), by, id, version)
	}, "已批准并发布，现在可以练了")
}

func (s *Service) postReturn(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onScene(w, r, by, func(f *web.Form, id SceneID, version int64) error {
		return s.Return(r.Context(), by, id, version, f.Required("why", "要改什么", 400))
	}, "已退回")
}

func (s *Service) postEnd(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onScene(w, r, by, func(f *web.Form, id SceneID, version int64) error {
		return s.End(r.Context(), by, id, version, f.Required("reason", "为什么停用", 200))
	}, "已停用；正在练的可以练完")
}

func (s *Service) onScene(w http.ResponseWriter, r *http.Request, by access.Session, do func(f *web.Form, id SceneID, version int64) error, says string) error {
	id, err := s.sceneID(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	version := f.RequiredInt("version", "版本", 0, 1<<62)
	err = do(f, id, version)
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderScene(w, r, by, status, f)
	case err != nil:
		return fault.Moved(err, Scene{ID: id}.URL())
	}
	web.Notify(w, r, web.Flash{Text: says})
	web.SeeOther(w, r, Scene{ID: id}.URL())
	return nil
}
