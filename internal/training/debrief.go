package training

import (
	"fmt"

	"fadu/internal/law"
	"fadu/internal/training/pages"
	"fadu/internal/training/scene"
)

// Step is an act of a run with what is said of it afterwards.
type Step struct {
	scene.Entry
	// Did is what was said or done, as it was offered.
	Did, Why, Better string
	Cites            law.Citations
	// Broken are the rules that the act did not keep.
	Broken []scene.Hit
	Events []string
}

// Debrief is a run that is over, looked back on.
type Debrief struct {
	Score scene.Result
	Steps []Step
	Lacks []scene.Need
	start float64
}

// DebriefOf works out what is said of a run.
func DebriefOf(x Session) Debrief {
	d := Debrief{Score: x.Play.Score(x.State), Lacks: x.Play.Lacks(x.State), start: x.Play.Scenario.Party.Emotion.Start}
	for _, e := range x.Log {
		st := Step{Entry: e}
		if c := x.Play.Choice(e.Beat, e.Action); c != nil {
			st.Did, st.Why, st.Better, st.Cites = x.Play.Text(x.State, c.Text), c.Why, c.Better, cites(c.Refs)
			if c.Hidden {
				st.Did = "没有作声"
			}
		}
		switch {
		case e.Action == scene.Wait || e.Action == "" && e.Sent == scene.Wait:
			st.Did = "等一等，看看"
		case e.Action == "" && e.Sent != "":
			st.Did = fmt.Sprintf("想“%s”，事情先变了", e.Sent)
		}
		for _, h := range e.Findings {
			if !h.Passed && h.Message != "" {
				st.Broken = append(st.Broken, h)
			}
		}
		for _, id := range e.Events {
			if say := x.Play.EventText(x.State, e.Beat, id); say != "" {
				st.Events = append(st.Events, say)
			}
		}
		d.Steps = append(d.Steps, st)
	}
	return d
}

// curve is the course of the mood for the chart and in words.
func (d Debrief) curve() pages.CurveView {
	c := pages.CurveView{Points: []pages.CurvePoint{{Label: "开始", Mood: d.start}}}
	peak := 0
	for i, st := range d.Steps {
		c.Points = append(c.Points, pages.CurvePoint{Label: st.Action, Mood: st.Emotion})
		if st.Emotion > c.Points[peak].Mood {
			peak = i + 1
		}
	}
	c.Points[peak].Peak = true
	last := c.Points[len(c.Points)-1]
	c.Says = fmt.Sprintf("当事人情绪从 %.0f 开始，最高 %.0f（%s），结束时 %.0f", d.start, c.Points[peak].Mood, c.Points[peak].Label, last.Mood)
	return c
}

// cites reads references that were checked when the scene was published.
func cites(refs []string) law.Citations {
	var out law.Citations
	for _, r := range refs {
		if c, err := scene.Ref(r); err == nil {
			out = append(out, c)
		}
	}
	return out
}
