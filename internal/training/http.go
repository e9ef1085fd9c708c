package training

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/training/pages"
	"fadu/internal/training/scene"
	"fadu/internal/web"
)

// Where the pages stand.
const (
	Path         = pages.Nav
	PathRuns     = Path + "/runs"
	PathScenes   = Path + "/scenes"
	PathDrafts   = pages.NavDrafts
	PathResults  = Path + "/results"
	PathPractice = pages.NavPractice
)

// Routes are the pages of this slice.
func (s *Service) Routes() []access.Route {
	take, read := access.TrainingTake, access.TrainingRead
	routes := []access.Route{
		{Pattern: "GET " + Path, Allow: take, Handle: s.showHome},
		{Pattern: "POST " + PathRuns, Allow: take, Handle: s.postBegin},
		{Pattern: "GET " + PathRuns + "/{id}", Allow: take, Handle: s.showRun},
		{Pattern: "GET " + PathRuns + "/{id}/paper", Allow: take, Handle: s.showPaper},
		{Pattern: "POST " + PathRuns + "/{id}/act", Allow: take, Handle: s.postAct},
		{Pattern: "POST " + PathRuns + "/{id}/leave", Allow: take, Handle: s.postLeave},
		{Pattern: "POST " + PathRuns + "/{id}/again", Allow: take, Handle: s.postAgain},
		{Pattern: "GET " + PathRuns + "/{id}/debrief", Allow: take, Handle: s.showDebrief},
		{Pattern: "GET " + PathPractice, Allow: take, Handle: s.showPractice},
		{Pattern: "GET " + PathPractice + "/next", Allow: take, Handle: s.showQuestion},
		{Pattern: "POST " + PathPractice + "/answers", Allow: take, Handle: s.postAnswer},
		{Pattern: "GET " + PathPractice + "/answers/{id}", Allow: take, Handle: s.showAnswer},
		{Pattern: "POST " + PathPractice + "/questions/{code}/keep", Allow: take, Handle: s.postKeep},
		{Pattern: "GET " + PathResults, Allow: read, Handle: s.showResults},
		{Pattern: "GET " + PathResults + "/export", Allow: read, Handle: s.exportResults},
	}
	return append(routes, s.authoring()...)
}

// authoring are the pages on which scenes are written, approved and ended.
func (s *Service) authoring() []access.Route {
	look, manage, approve := access.TrainingSceneRead, access.TrainingManage, access.TrainingSceneApprove
	return []access.Route{
		{Pattern: "GET " + PathScenes, Allow: look, Handle: s.showScenes},
		{Pattern: "POST " + PathScenes, Allow: manage, Handle: s.postScene, MaxBody: scene.MaxBytes + 1<<16},
		{Pattern: "GET " + PathScenes + "/{id}", Allow: look, Handle: s.showScene},
		{Pattern: "GET " + PathScenes + "/{id}/file", Allow: look, Handle: s.exportScene},
		{Pattern: "POST " + PathScenes + "/{id}/copy", Allow: manage, Handle: s.postCopy},
		{Pattern: "POST " + PathScenes + "/{id}/publish", Allow: approve, Handle: s.postPublish},
		{Pattern: "POST " + PathScenes + "/{id}/return", Allow: approve, Handle: s.postReturn},
		{Pattern: "POST " + PathScenes + "/{id}/end", Allow: manage, Handle: s.postEnd},
		{Pattern: "GET " + PathDrafts, Allow: look, Handle: s.showDrafts},
		{Pattern: "GET " + PathDrafts + "/new", Allow: manage, Handle: s.showNewDraft},
		{Pattern: "POST " + PathDrafts, Allow: manage, Handle: s.postDraft},
		{Pattern: "GET " + PathDrafts + "/{id}", Allow: look, Handle: s.showDraft},
		{Pattern: "GET " + PathDrafts + "/{id}/file", Allow: look, Handle: s.exportDraft},
		{Pattern: "GET " + PathDrafts + "/{id}/trial", Allow: look, Handle: s.showTrial},
		{Pattern: "GET " + PathDrafts + "/{id}/edit", Allow: manage, Handle: s.showEdit},
		{Pattern: "POST " + PathDrafts + "/{id}/edit", Allow: manage, Handle: s.postEdit},
		{Pattern: "POST " + PathDrafts + "/{id}/restore", Allow: manage, Handle: s.postRestore},
		{Pattern: "POST " + PathDrafts + "/{id}/submit", Allow: manage, Handle: s.postSubmit},
		{Pattern: "POST " + PathDrafts + "/{id}/withdraw", Allow: manage, Handle: s.postWithdraw},
		{Pattern: "POST " + PathDrafts + "/{id}/drop", Allow: manage, Handle: s.postDrop},
	}
}

// shownRuns bounds the list of one's own runs.
const shownRuns = 20

func (s *Service) showHome(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderHome(w, r, by, http.StatusOK, web.NewForm(nil))
}

func (s *Service) renderHome(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form) error {
	v := pages.HomeView{Form: f}
	if by.Can(access.TrainingRead) {
		v.Results = PathResults
	}
	if by.Can(access.TrainingSceneRead) {
		v.Books = PathScenes
	}
	scenes, reached, err := s.Offered(r.Context(), by)
	if err != nil {
		return err
	}
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		v.Scenes = nil
		for _, x := range scenes {
			whole, err := sceneOf(tx, x.ID)
			if err != nil {
				return err
			}
			p, err := s.play(whole)
			if err != nil {
				return err
			}
			v.Scenes = append(v.Scenes, sceneCard(x, p.Scenario, reached[x.Code]))
		}
		runs, err := lastRuns(tx, by.Account(), shownRuns)
		if err != nil {
			return err
		}
		v.Runs, err = runRows(tx, runs, nil)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Home(v))
}

func sceneCard(x Scene, p *scene.Scenario, b best) pages.SceneCard {
	c := pages.SceneCard{
		Code: x.Code, Title: x.Title, Edition: x.Edition, SetOn: x.SetOn, Topics: p.Topics, Runs: b.Runs, Passed: bool(b.Passed),
		About: p.Party.Name + "，" + p.Party.Persona, Best: Run{State: Done, Score: b.Score}.Points(),
		Stage: pages.StageView{Figure: p.Party.Figure, Band: scene.Bands[0], Alt: p.Party.Name + "的画像"},
	}
	return c
}

// runRows name the runs; units names units where others are listed.
func runRows(tx *store.Tx, runs []Run, units map[access.UnitID]string) ([]pages.RunRow, error) {
	titles := map[SceneID]string{}
	var out []pages.RunRow
	for _, r := range runs {
		if _, known := titles[r.Scene]; !known {
			x, err := sceneOf(tx, r.Scene)
			if err != nil {
				return nil, err
			}
			titles[r.Scene] = x.Title
		}
		row := pages.RunRow{
			Href: r.URL() + "/debrief", Title: titles[r.Scene], Name: r.Name, Unit: units[r.UnitID], Mode: modeLabels[r.Mode], Score: r.Points(),
			When: r.Begun().In(law.Zone).Format("2006-01-02 15:04"), State: resultTag(r), Fatal: r.Fatal,
		}
		if r.State == Running && units == nil {
			row.Href = r.URL()
		}
		out = append(out, row)
	}
	return out, nil
}

func resultTag(r Run) web.TagView {
	switch {
	case r.State != Done:
		return web.TagView{Label: runLabels[r.State], Kind: "line"}
	case bool(r.Passed):
		return web.TagView{Label: "合格", Kind: "ok"}
	}
	return web.TagView{Label: "不合格", Kind: "late"}
}

func (s *Service) postBegin(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	id, err := s.Begin(r.Context(), by, BeginInput{Scene: f.Text("scene", 100), Mode: Mode(f.RequiredChoice("mode", "方式", string(Practice), string(Test)))})
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderHome(w, r, by, status, f)
	case err != nil:
		return err
	}
	web.SeeOther(w, r, PathRuns+"/"+id.String())
	return nil
}

func (s *Service) runID(r *http.Request) (RunID, error) {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return 0, fault.Missing(nounRun)
	}
	return RunID(n), nil
}

func (s *Service) postLeave(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onRun(w, r, func(ctx context.Context, id RunID, _ *web.Form) (string, error) {
		return Path, s.Leave(ctx, by, id)
	})
}

func (s *Service) postAgain(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onRun(w, r, func(ctx context.Context, id RunID, f *web.Form) (string, error) {
		from := f.RequiredInt("from", "从哪一步", 1, 1<<20)
		if err := f.Err(); err != nil {
			return "", err
		}
		made, err := s.Again(ctx, by, id, int(from))
		return PathRuns + "/" + made.String(), err
	})
}

func (s *Service) onRun(w http.ResponseWriter, r *http.Request, do func(ctx context.Context, id RunID, f *web.Form) (string, error)) error {
	id, err := s.runID(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	to, err := do(r.Context(), id, f)
	if err != nil {
		return err
	}
	web.SeeOther(w, r, to)
	return nil
}

// qualityTag colours the quality of an act.
func qualityTag(q string) web.TagView {
	switch q {
	case "优", "良":
		return web.TagView{Label: q, Kind: "ok"}
	case "可":
		return web.TagView{Label: q, Kind: "soon"}
	case "":
		return web.TagView{}
	}
	return web.TagView{Label: q, Kind: "late"}
}

func clock(seconds float64) string {
	n := int(seconds)
	if n >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", n/3600, n/60%60, n%60)
	}
	return fmt.Sprintf("%02d:%02d", n/60, n%60)
}

func joined(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " · ")
}
