package training

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/training/pages"
	"fadu/internal/training/scene"
	"fadu/internal/web"
)

// trialPace is how many seconds each act of a trial takes.
const trialPace = 3

// trialActs bounds the address of a trial.
const trialActs = 100

// showTrial plays a draft for its author. Nothing of it is kept: the acts stand in the address, and what an officer never
// sees (quality, where a choice leads, numbers, hidden facts) is shown.
func (s *Service) showTrial(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := draftID(r)
	if err != nil {
		return err
	}
	d, _, err := s.Draft(r.Context(), by, id)
	if err != nil {
		return err
	}
	x, err := d.Scenario()
	if err != nil {
		return err
	}
	v := pages.TrialView{Title: d.Title, Href: d.URL(), Back: d.URL()}
	p, err := scene.Compile(x, s.Judge)
	if err != nil {
		v.Broken = strings.TrimPrefix(err.Error(), "情景不能演练：")
		return web.Render(w, r, http.StatusOK, pages.Trial(v))
	}
	t := trial{p: p, d: d, seed: seedOf(r), writing: d.State == Writing && by.Can(access.TrainingManage)}
	t.play(r.URL.Query()["act"])
	t.show(&v)
	return web.Render(w, r, http.StatusOK, pages.Trial(v))
}

func seedOf(r *http.Request) uint64 {
	n, err := strconv.ParseUint(r.URL.Query().Get("seed"), 10, 32)
	if err != nil || n == 0 {
		return 1
	}
	return n
}

type trial struct {
	p       *scene.Play
	d       Manuscript
	seed    uint64
	writing bool
	acts    []string
	state   scene.State
	log     []scene.Entry
	stuck   string
}

// play does the acts of the address as far as they can be done: the draft may have changed since.
func (t *trial) play(acts []string) {
	t.state = t.p.Begin(t.seed)
	for i, a := range acts {
		if i >= trialActs {
			t.stuck = "试演太长了，从头再来"
			return
		}
		next, e, err := t.p.Do(t.state, t.act(a))
		if err != nil {
			t.stuck = fmt.Sprintf("第 %d 步以后走不下去了：%s。情景改过以后会这样", i, err)
			return
		}
		t.state, t.log, t.acts = next, append(t.log, e), append(t.acts, a)
	}
}

// act says all that a choice wants said and fills in its paper.
func (t *trial) act(id string) scene.Act {
	a := scene.Act{Action: id, Dt: trialPace}
	if c := t.p.Choice(t.state.Beat, id); c != nil {
		for _, s := range c.Slots {
			if a.Input == nil {
				a.Input = map[string]string{}
			}
			a.Input[s.ID] = strings.Join(s.AnyOf, "，")
		}
	}
	return a
}

func (t *trial) url(seed uint64, acts []string) string {
	q := url.Values{"seed": {strconv.FormatUint(seed, 10)}, "act": acts}
	return t.d.URL() + "/trial?" + q.Encode()
}

func (t *trial) next(act string) string { return t.url(t.seed, append(slices.Clone(t.acts), act)) }

func (t *trial) show(v *pages.TrialView) {
	see := t.p.See(t.state)
	x := t.p.Scenario
	v.Beat, v.Speaker, v.Say, v.Band, v.Events, v.End, v.Stuck = see.Beat, see.Speaker, see.Say, see.Band, see.Events, see.End, t.stuck
	v.Stage = stageOf(x, see)
	v.Again, v.Other = t.url(t.seed, nil), t.url(t.seed+1, nil)
	if n := len(t.acts); n > 0 {
		v.Undo = t.url(t.seed, t.acts[:n-1])
	}
	if t.writing {
		v.Edit = editURL(t.d, scene.Place{Part: scene.PartBeat, Beat: see.Beat})
	}
	for _, o := range see.Choices {
		v.Choices = append(v.Choices, t.option(see.Beat, o, scene.PartChoice))
	}
	for _, o := range see.Tools {
		v.Tools = append(v.Tools, t.option("", o, scene.PartTool))
	}
	if see.RemainingMS != nil && see.End == "" {
		v.Silence = t.next(scene.Silence)
	} else if see.End == "" {
		v.Wait = t.next(scene.Wait)
	}
	v.State = []web.FactView{{Label: "情绪", Text: fmt.Sprintf("%.0f（%s）", t.state.Emotion, see.Band)}, {Label: "用时", Text: clock(t.state.T)}}
	for _, a := range x.Vars {
		v.State = append(v.State, web.FactView{Label: a.Name, Text: scene.Typed(t.state.Vars[a.Name])})
	}
	if len(see.Evidence)+len(see.Documents) > 0 {
		v.State = append(v.State, web.FactView{Label: "证据、文书", Text: strings.Join(slices.Concat(see.Evidence, see.Documents), "、")})
	}
	for _, e := range t.log {
		line := pages.TrialStep{Beat: e.Beat, Act: e.Action, Quality: qualityTag(e.Quality), Mood: fmt.Sprintf("%.0f", e.Emotion)}
		for _, h := range e.Findings {
			if !h.Passed && h.Message != "" {
				line.Broken = append(line.Broken, h.Message)
			}
		}
		if e.Action == "" {
			line.Act = e.Sent
		}
		v.Log = append(v.Log, line)
	}
	score := t.p.Score(t.state)
	v.Score, v.Passed, v.Fatal = pages.Points(score.Final), score.Passed, score.Fatal
	for _, dim := range scene.Dims {
		row := pages.DimRow{Label: scene.DimLabels[dim], Weight: x.Rubric.Weights[dim]}
		if q := score.Dims[dim]; q != nil {
			row.Has, row.Score = true, *q
		}
		v.Dims = append(v.Dims, row)
	}
}

func (t *trial) option(beat string, o scene.Option, part string) pages.TrialOption {
	c := t.p.Choice(t.state.Beat, o.ID)
	out := pages.TrialOption{ID: o.ID, Text: o.Text, Href: t.next(o.ID), Goto: c.Goto, Why: c.Why, Quality: qualityTag(c.Quality), Note: o.Paper}
	if len(o.Slots) > 0 {
		out.Note = "由学员自己写出：" + strings.Join(o.Slots, "、")
	}
	if t.writing {
		out.Edit = editURL(t.d, scene.Place{Part: part, Beat: beat, Item: o.ID})
	}
	return out
}
