package scene

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxPaths bounds the search for the best path of a variant.
const maxPaths = 200

// maxActs bounds one run of a walker.
const maxActs = 400

// Run is one run of a walker.
type Run struct {
	Acts  []Act  `json:"acts"`
	End   string `json:"end"`
	Score Result `json:"score"`
}

// best looks for a path that reaches the mark, and notes which dimensions it fills.
func (l *linter) best(values map[string]any, w *walked) {
	run := l.Best(values)
	for d, x := range run.Score.Dims {
		if x != nil && *x >= bestFrom {
			w.available[d] = true
		}
	}
	if run.End != EndSuccess || run.Score.Final < bestFrom {
		l.fault(label(values, l.Play), "最好的走法只得 %.1f 分（%s），应不低于 %d 分并且成功", run.Score.Final, orNone(run.End), bestFrom)
	}
}

func orNone(end string) string {
	if end == "" {
		return "没有走到结局"
	}
	return end
}

// Best is the best run that a walker finds which uses the tools that each moment calls for and then takes one of the best
// ways on.
func (p *Play) Best(values map[string]any) Run {
	var best Run
	paths := 0
	var walk func(State, []Act)
	walk = func(s State, acts []Act) {
		if paths >= maxPaths || len(acts) > maxActs {
			return
		}
		if s.End != "" {
			paths++
			r := p.Score(s)
			if best.Acts == nil || r.Final > best.Score.Final && s.End == EndSuccess || best.End != EndSuccess && s.End == EndSuccess {
				best = Run{slices.Clone(acts), s.End, r}
			}
			return
		}
		s, acts = p.useTools(s, acts)
		if s.End != "" {
			walk(s, acts)
			return
		}
		for _, c := range p.good(s) {
			a := Act{Action: c.ID, Dt: pace, Input: p.wellWritten(c)}
			next, _, err := p.Do(s, a)
			if err == nil {
				walk(next, append(slices.Clone(acts), a))
			}
			if best.Score.Final >= 99.999 && best.End == EndSuccess {
				return
			}
		}
	}
	walk(p.begin(0, values), []Act{})
	return best
}

// useTools uses the tools that the moment calls for and that were not used yet.
func (p *Play) useTools(s State, acts []Act) (State, []Act) {
	for _, t := range p.beats[s.Beat].Expect {
		if s.End != "" || slices.Contains(s.Done, t) || !p.open(s, p.beats[s.Beat], p.tools[t], true) {
			continue
		}
		a := Act{Action: t, Dt: 1}
		if next, _, err := p.Do(s, a); err == nil {
			s, acts = next, append(slices.Clone(acts), a)
		}
	}
	return s, acts
}

// good are the ways on worth trying: first what can be done staying here, then the best ways out.
func (p *Play) good(s State) []*Choice {
	beat := p.beats[s.Beat]
	rank := func(c *Choice) int {
		i := slices.Index(qualities, c.Quality)
		if i < 0 {
			i = 2
		}
		return i
	}
	var stay, out []*Choice
	for _, c := range p.choices(s) {
		switch {
		case (c.Stay || c.Goto == "") && rank(c) == 0 && !slices.Contains(s.Used, useKey(beat, c, false)):
			stay = append(stay, c)
		case c.Goto != "" && !c.Stay:
			out = append(out, c)
		}
	}
	if len(stay) > 0 {
		return stay[:1]
	}
	slices.SortStableFunc(out, func(a, b *Choice) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(total(worth(b)), total(worth(a))))
	})
	for i, c := range out {
		if rank(c) != rank(out[0]) {
			return out[:i]
		}
	}
	return out
}

func (p *Play) wellWritten(c *Choice) map[string]string {
	if len(c.Slots) == 0 {
		return nil
	}
	in := map[string]string{}
	for _, s := range c.Slots {
		if len(s.AnyOf) > 0 {
			in[s.ID] = s.AnyOf[0]
		}
	}
	return in
}

// A lazy walker takes the same kind of choice everywhere.
type lazyWalker struct {
	name string
	pick func([]*Choice) *Choice
	all  bool // presses every tool first
}

// lazyWalkers must fail: a scene that they pass teaches nothing.
var lazyWalkers = []lazyWalker{
	{"总选第一个", func(cs []*Choice) *Choice { return cs[0] }, false},
	{"总选最后一个", func(cs []*Choice) *Choice { return cs[len(cs)-1] }, false},
	{"总选最长的", longest, false},
	{"总选“倾听”", listening, false},
	{"工具全按一遍，总选第一个", func(cs []*Choice) *Choice { return cs[0] }, true},
	{"工具全按一遍，总选最长的", longest, true},
	{"工具全按一遍，总选“倾听”", listening, true},
}

func longest(cs []*Choice) *Choice {
	return slices.MaxFunc(cs, func(a, b *Choice) int {
		return cmp.Compare(utf8.RuneCountInString(a.Text), utf8.RuneCountInString(b.Text))
	})
}

// listening takes what sounds like listening, and the first where nothing does.
func listening(cs []*Choice) *Choice {
	for _, word := range []string{"倾听", "听", "安慰", "理解"} {
		for _, c := range cs {
			if strings.Contains(c.Text, word) {
				return c
			}
		}
	}
	return cs[0]
}

// lazy: no lazy walker passes.
func (l *linter) lazy(values map[string]any) {
	for _, w := range lazyWalkers {
		if run := l.Lazy(values, w.pick, w.all); run.Score.Passed && run.End == EndSuccess {
			l.fault(label(values, l.Play), "“%s”得 %.1f 分，也能通过", w.name, run.Score.Final)
		}
	}
}

// Lazy runs a walker that picks alike everywhere.
func (p *Play) Lazy(values map[string]any, pick func([]*Choice) *Choice, allTools bool) Run {
	s := p.begin(0, values)
	acts := []Act{}
	do := func(a Act) bool {
		next, _, err := p.Do(s, a)
		if err == nil {
			s, acts = next, append(acts, a)
		}
		return err == nil
	}
	for _, t := range p.Scenario.Toolbar {
		if allTools && s.End == "" && p.open(s, p.beats[s.Beat], p.tools[t.ID], true) {
			do(Act{Action: t.ID, Dt: 1})
		}
	}
	for s.End == "" && len(acts) < maxActs {
		cs := p.choices(s)
		var fresh []*Choice // a walker does not stay for ever
		for _, c := range cs {
			if !c.Stay || !slices.Contains(s.Used, useKey(p.beats[s.Beat], c, false)) {
				fresh = append(fresh, c)
			}
		}
		if len(fresh) == 0 {
			if !do(Act{Action: Silence, Dt: pace}) {
				break
			}
			continue
		}
		if !do(Act{Action: pick(fresh).ID, Dt: pace}) {
			break
		}
	}
	return Run{acts, s.End, p.Score(s)}
}
