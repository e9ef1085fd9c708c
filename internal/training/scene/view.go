package scene

import (
	"fmt"
	"slices"
	"strings"
)

// Option is a choice as the officer sees it.
type Option struct {
	ID    string   `json:"id"`
	Text  string   `json:"text"`
	Paper string   `json:"paper,omitempty"`
	Slots []string `json:"slots,omitempty"`
}

// View is all that an officer can see: no guard, no effect, no hidden fact, no number of mood.
type View struct {
	Title       string   `json:"title"`
	Beat        string   `json:"beat"`
	Speaker     string   `json:"speaker"`
	Say         string   `json:"say"`
	Media       string   `json:"media,omitempty"`
	Band        string   `json:"band"`
	Choices     []Option `json:"choices"`
	Tools       []Option `json:"tools"`
	RemainingMS *int64   `json:"remaining_ms"`
	Evidence    []string `json:"evidence"`
	Documents   []string `json:"documents"`
	Events      []string `json:"events"` // what is said of events that happened
	End         string   `json:"end,omitempty"`
}

// See draws what the officer sees. Choices come in an order that the seed gives.
func (p *Play) See(s State) View {
	b := p.beats[s.Beat]
	v := View{
		Title: p.Scenario.Title, Beat: b.ID, Speaker: b.Speaker, Media: b.Media, Band: Band(s.Emotion), End: s.End,
		Say: p.fill(s, b.Say.In(Band(s.Emotion))), Choices: []Option{}, Tools: []Option{}, Events: []string{},
		Evidence: slices.Clone(s.Evidence), Documents: slices.Clone(s.Documents),
	}
	if s.End != "" {
		return v
	}
	if b.LimitS > 0 {
		left := max(int64((b.LimitS-s.BeatT)*1000), 0)
		v.RemainingMS = &left
	}
	for _, c := range p.choices(s) {
		v.Choices = append(v.Choices, p.option(s, c))
	}
	for i := range p.Scenario.Toolbar {
		if t := &p.Scenario.Toolbar[i]; p.open(s, b, t, true) {
			v.Tools = append(v.Tools, p.option(s, t))
		}
	}
	for _, ev := range p.events(b) {
		if slices.Contains(s.Fired, eventKey(b, ev)) && ev.Say != "" {
			v.Events = append(v.Events, p.fill(s, ev.Say))
		}
	}
	return v
}

func (p *Play) option(s State, c *Choice) Option {
	o := Option{ID: c.ID, Text: p.fill(s, c.Text), Paper: c.Paper}
	for _, slot := range c.Slots {
		o.Slots = append(o.Slots, slot.Label)
	}
	return o
}

// choices are those that can be chosen now, in the order of the seed; seed 0 keeps the author's.
func (p *Play) choices(s State) []*Choice {
	b := p.beats[s.Beat]
	var out []*Choice
	for i := range b.Choices {
		if c := &b.Choices[i]; p.open(s, b, c, false) {
			out = append(out, c)
		}
	}
	if s.Seed == 0 {
		return out
	}
	for i := len(out) - 1; i > 0; i-- {
		j := p.draw(s.Seed, fmt.Sprintf("order/%s/%d", b.ID, i), i+1)
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// fill puts the values of variables into a text: {区域}.
func (p *Play) fill(s State, text string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	for _, v := range p.Scenario.Vars {
		text = strings.ReplaceAll(text, "{"+v.Name+"}", fmt.Sprint(s.Vars[v.Name]))
	}
	return text
}

// Lacks are the things that the file would lack in court.
func (p *Play) Lacks(s State) []Need {
	out := []Need{}
	for _, n := range p.Scenario.Debrief.Court {
		if p.holds(s, n.When) && !s.has(n.Has) {
			out = append(out, n)
		}
	}
	return out
}

// Choice finds what can be said or done in a beat, hidden ones too, or a tool; nil when there is none of that name.
func (p *Play) Choice(beat, id string) *Choice {
	if b := p.beats[beat]; b != nil {
		if c := b.choice(id); c != nil {
			return c
		}
	}
	return p.tools[id]
}

// Text is what a choice says in a run, with its variables filled in.
func (p *Play) Text(s State, text string) string { return p.fill(s, text) }

// Papers are the papers that are filled in, by where.
func (p *Play) Papers() map[string]string {
	out := map[string]string{}
	for _, b := range p.Scenario.Beats {
		for _, c := range b.Choices {
			if c.Paper != "" {
				out[atChoice(b.ID, c.ID)] = c.Paper
			}
		}
	}
	for _, t := range p.Scenario.Toolbar {
		if t.Paper != "" {
			out[atTool(t.ID)] = t.Paper
		}
	}
	return out
}

// EventText is what was said of an event that happened in a beat; "" when nothing was.
func (p *Play) EventText(s State, beat, id string) string {
	if b := p.beats[beat]; b != nil {
		for _, ev := range p.events(b) {
			if ev.ID == id {
				return p.fill(s, ev.Say)
			}
		}
	}
	return ""
}
