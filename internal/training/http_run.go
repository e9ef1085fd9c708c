package training

import (
	"net/http"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/training/pages"
	"fadu/internal/training/scene"
	"fadu/internal/web"
)

func (s *Service) showRun(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderRun(w, r, by, http.StatusOK, web.NewForm(nil))
}

func (s *Service) renderRun(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form) error {
	id, err := s.runID(r)
	if err != nil {
		return err
	}
	x, err := s.See(r.Context(), by, id)
	if err != nil {
		return err
	}
	if !x.open() {
		web.SeeOther(w, r, x.Run.URL()+"/debrief")
		return nil
	}
	return web.Render(w, r, status, pages.Play(s.playView(x, f)))
}

func (s *Service) playView(x Session, f *web.Form) pages.PlayView {
	see, p := x.View(), x.Play.Scenario
	v := pages.PlayView{
		Title: see.Title, About: joined(p.SetOn.Han(), p.Edition), Act: x.Run.URL() + "/act", Leave: x.Run.URL() + "/leave", Mode: modeLabels[x.Run.Mode],
		Seq: x.Run.Seq, Clock: clock(x.State.T), Band: see.Band, Trend: x.trend(), Speaker: see.Speaker, Say: see.Say, Spoken: see.Speaker == p.Party.Name,
		Events: see.Events, Evidence: see.Evidence, Documents: see.Documents, Wait: scene.Wait, Silence: scene.Silence, Form: f,
		Stage: stageOf(p, see),
	}
	if v.Spoken {
		v.Persona = p.Party.Persona
	}
	for _, b := range scene.Bands {
		v.Bands = append(v.Bands, pages.BandView{Label: b, On: b == see.Band})
	}
	if see.RemainingMS != nil {
		gone := s.DB.Now().Sub(store.FromMicros(x.Run.LastAt))
		v.LimitMS = *see.RemainingMS
		v.LeftMS = max(v.LimitMS-gone.Milliseconds(), 1)
	}
	for _, o := range see.Choices {
		v.Choices = append(v.Choices, s.option(x, o))
	}
	for _, o := range see.Tools {
		v.Tools = append(v.Tools, s.option(x, o))
	}
	return v
}

func (s *Service) option(x Session, o scene.Option) pages.Option {
	out := pages.Option{ID: o.ID, Text: o.Text, Icon: o.ID, Wants: o.Slots}
	if _, ok := s.paperOf(o.Paper); ok {
		out.Paper = x.Run.URL() + "/paper?action=" + o.ID
	}
	return out
}

func (s *Service) paperOf(name string) (Paper, bool) {
	if name == "" || s.Paper == nil {
		return Paper{}, false
	}
	return s.Paper(name)
}

// stageOf draws the place that the moment names, else the first of the scene.
func stageOf(p *scene.Scenario, see scene.View) pages.StageView {
	v := pages.StageView{Figure: p.Party.Figure, Band: see.Band, Alt: p.Party.Name + "，神情" + see.Band}
	for i, m := range p.Media {
		if m.ID == see.Media || i == 0 {
			v.Backdrop, v.Alt = m.Art, m.Alt+"。"+p.Party.Name+"神情"+see.Band
		}
	}
	return v
}

// trend says how the mood went with the last act; its number stays with the server.
func (x Session) trend() string {
	n := len(x.Log)
	if n == 0 {
		return ""
	}
	before := x.Play.Scenario.Party.Emotion.Start
	if n > 1 {
		before = x.Log[n-2].Emotion
	}
	switch d := x.Log[n-1].Emotion - before; {
	case d > 2:
		return "比刚才激动"
	case d < -2:
		return "比刚才缓和"
	}
	return ""
}

func (s *Service) postAct(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := s.runID(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	in := ActInput{
		Seq: int(f.RequiredInt("seq", "第几步", 0, 1<<20)), Action: f.Required("action", "做什么", 100),
		Words: f.Long("words", maxWords), RTT: f.Int("rtt", "路上的时间", 0, int64(time.Hour/time.Millisecond)),
	}
	for _, name := range f.Under("paper.") {
		if in.Paper == nil {
			in.Paper = map[string]string{}
		}
		in.Paper[name] = f.Long("paper."+name, maxWords)
	}
	if err = f.Err(); err == nil {
		err = s.Act(r.Context(), by, id, in)
	}
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderRun(w, r, by, status, f)
	case fault.Is(err, fault.Conflict):
		web.Notify(w, r, web.Flash{Text: err.Error(), Kind: "late"})
	case err != nil:
		return err
	}
	web.SeeOther(w, r, PathRuns+"/"+id.String())
	return nil
}

func (s *Service) showPaper(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := s.runID(r)
	if err != nil {
		return err
	}
	x, err := s.See(r.Context(), by, id)
	if err != nil {
		return err
	}
	action := r.URL.Query().Get("action")
	c := x.Play.Choice(x.State.Beat, action)
	if !x.open() || c == nil {
		web.SeeOther(w, r, x.Run.URL())
		return nil
	}
	paper, ok := s.paperOf(c.Paper)
	if !ok {
		return fault.Missing("这种文书")
	}
	v := pages.PaperView{Title: x.Scene.Title, Paper: c.Paper, Act: x.Run.URL() + "/act", Back: x.Run.URL(), Action: action, Seq: x.Run.Seq, Form: web.NewForm(nil)}
	for _, l := range paper.Lines {
		v.Lines = append(v.Lines, pages.PaperLine(l))
	}
	return web.Render(w, r, http.StatusOK, pages.Paper(v))
}

func (s *Service) showDebrief(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := s.runID(r)
	if err != nil {
		return err
	}
	x, err := s.Look(r.Context(), by, id)
	if err != nil {
		return err
	}
	if x.open() {
		if x.Run.Account != by.Account() {
			return x.over()
		}
		web.SeeOther(w, r, x.Run.URL())
		return nil
	}
	v := debriefView(x, by)
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		asked, err := s.recalls(tx, id)
		v.Recall = nil
		for _, q := range asked {
			v.Recall = append(v.Recall, q.Stem)
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Debrief(v))
}

func debriefView(x Session, by access.Session) pages.DebriefView {
	d := DebriefOf(x)
	p := x.Play.Scenario
	v := pages.DebriefView{
		Title: x.Scene.Title, Name: x.Run.Name, Mode: modeLabels[x.Run.Mode], Took: clock(x.State.T), Outcome: x.Run.Outcome, Result: resultTag(x.Run),
		Score: x.Run.Points(), Pass: pages.Points(p.Rubric.Pass), Fatal: d.Score.Fatal, Held: x.State.Evidence, Summary: p.Debrief.Summary, Misconceptions: x.State.Misconception,
		Own: x.Run.Account == by.Account(), Code: x.Scene.Code, Hidden: p.Party.Hidden, Curve: d.curve(),
	}
	if v.Outcome == "" {
		v.Outcome, v.Score = runLabels[x.Run.State], "—"
	}
	if v.Own && x.Run.Mode == Practice {
		v.Again = x.Run.URL() + "/again"
	}
	for _, dim := range scene.Dims {
		row := pages.DimRow{Label: scene.DimLabels[dim], Weight: p.Rubric.Weights[dim]}
		if score := d.Score.Dims[dim]; score != nil {
			row.Has, row.Score = true, *score
		}
		v.Dims = append(v.Dims, row)
	}
	for _, st := range d.Steps {
		v.Steps = append(v.Steps, stepRow(st))
	}
	for _, n := range d.Lacks {
		v.Lacks = append(v.Lacks, pages.LackRow{Text: n.Text, Cites: cites(n.Refs)})
	}
	for _, q := range p.Debrief.Questions {
		v.Questions = append(v.Questions, pages.QuestionRow{Ask: q.Ask, Answer: q.Answer, Cites: cites(q.Refs)})
	}
	return v
}

func stepRow(st Step) pages.StepRow {
	row := pages.StepRow{Seq: st.Seq, Clock: clock(st.T), Did: st.Did, Quality: qualityTag(st.Quality), Why: st.Why, Better: st.Better, Cites: st.Cites, Events: st.Events, Late: st.Timeout, Mood: st.Band}
	for _, h := range st.Broken {
		row.Rules = append(row.Rules, pages.RuleRow{Article: h.Article, Message: h.Message})
	}
	if strings.TrimSpace(row.Did) == "" {
		row.Did = "（没有动作）"
	}
	return row
}
