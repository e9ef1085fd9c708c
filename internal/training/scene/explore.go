package scene

import (
	"fmt"
	"slices"
	"strings"
)

// pace is how many seconds a walker takes for each act.
const pace = 3

// maxStates bounds the walk of one variant.
const maxStates = 20000

// variants are the combinations of the values of the variables, at most maxVariants.
func (p *Play) variants() []map[string]any {
	out := []map[string]any{{}}
	for _, v := range p.Scenario.Vars {
		values := slices.Clone(v.Variants)
		if v.Init != nil && !slices.ContainsFunc(values, func(x any) bool { return fmt.Sprint(x) == fmt.Sprint(v.Init) }) {
			values = append([]any{v.Init}, values...)
		}
		var next []map[string]any
		for _, m := range out {
			for _, x := range values {
				if len(next) == maxVariants {
					break
				}
				n := map[string]any{v.Name: x}
				for k, y := range m {
					n[k] = y
				}
				next = append(next, n)
			}
		}
		out = next
	}
	return out
}

func label(values map[string]any, p *Play) string {
	var parts []string
	for _, v := range p.Scenario.Vars {
		parts = append(parts, fmt.Sprintf("%s=%v", v.Name, values[v.Name]))
	}
	if len(parts) == 0 {
		return "情景"
	}
	return "变体（" + strings.Join(parts, "，") + "）"
}

// walked is what the walks of all variants met.
type walked struct {
	beats, choices map[string]bool
	success        bool
	fatalBy        map[string]map[string]bool // fatal fault → by choice, by silence
	available      map[string]bool            // dimensions that the best paths reach in full
}

// walk goes through every variant: what can be reached, whether every state leads to an end, the best path, the lazy ones.
func (l *linter) walk() {
	w := walked{beats: map[string]bool{}, choices: map[string]bool{}, fatalBy: map[string]map[string]bool{}, available: map[string]bool{}}
	for _, values := range l.variants() {
		l.explore(values, &w)
		l.best(values, &w)
		l.lazy(values)
	}
	for _, b := range l.Scenario.Beats {
		if !w.beats[b.ID] {
			l.fault(atBeat(b.ID), "到不了")
		}
		for _, c := range b.Choices {
			if w.beats[b.ID] && !w.choices[b.ID+"/"+c.ID] {
				l.fault(atChoice(b.ID, c.ID), "永远选不到")
			}
		}
	}
	for _, t := range l.Scenario.Toolbar {
		if !w.choices["tool/"+t.ID] {
			l.fault(atTool(t.ID), "永远用不上")
		}
	}
	if !w.success {
		l.fault(atScene, "没有成功的结局")
	}
	for f, by := range w.fatalBy {
		if by["silence"] && !by["choice"] {
			l.fault("一票否决“"+f+"”", "只有超时才会发生，没有人会自己选")
		}
	}
	for d, weight := range l.Scenario.Rubric.Weights {
		if weight > 0 && !w.available[d] {
			l.fault(atRubric, "“%s”这一维拿不到满分", DimLabels[d])
		}
	}
}

// key tells states apart as far as guards can.
func (l *linter) key(s State, asked []string, mood bool) string {
	var b strings.Builder
	b.WriteString(s.Beat)
	for _, name := range asked {
		fmt.Fprintf(&b, "|%v", s.number(name))
		if s.has(name) {
			b.WriteByte('+')
		}
	}
	if mood {
		fmt.Fprintf(&b, "|%d", int(s.Emotion/5))
	}
	for _, c := range l.beats[s.Beat].Choices {
		if c.Once && slices.Contains(s.Used, s.Beat+"/"+c.ID) {
			b.WriteString("|" + c.ID)
		}
	}
	for _, ev := range l.events(l.beats[s.Beat]) {
		if slices.Contains(s.Fired, eventKey(l.beats[s.Beat], ev)) {
			b.WriteString("|" + ev.ID)
		}
	}
	return b.String()
}

// told are the names that guards ask about, and whether any asks about the party's mood.
func (l *linter) told() (asked []string, mood bool) {
	l.eachGuard(func(_, guard string) {
		for _, m := range quoted.FindAllStringSubmatch(guard, -1) {
			add(&asked, m[1])
		}
		mood = mood || strings.Contains(guard, "emotion") || strings.Contains(guard, "band")
		if strings.Contains(guard, "rule(") {
			for name := range l.words {
				add(&asked, name)
			}
		}
	})
	slices.Sort(asked)
	return asked, mood
}

// explore walks breadth first over the states that guards can tell apart.
func (l *linter) explore(values map[string]any, w *walked) {
	asked, mood := l.told()
	start := l.begin(0, values)
	seen := map[string]int{l.key(start, asked, mood): 0}
	queue := []State{start}
	var edges [][2]int
	ends := map[int]bool{}
	for at := 0; at < len(queue); at++ {
		s := queue[at]
		w.beats[s.Beat] = true
		if s.End != "" {
			ends[at] = true
			w.success = w.success || s.End == EndSuccess
			continue
		}
		acts := l.acts(s, asked, w)
		if len(acts) == 0 {
			l.fault(atBeat(s.Beat), "%s里走到这里什么也做不了", label(values, l.Play))
		}
		for _, a := range acts {
			next, e, err := l.Do(s, a)
			if err != nil {
				continue
			}
			if e.Timeout {
				w.choices[e.Beat+"/"+e.Action] = true
			}
			for _, f := range next.Fatal {
				if !slices.Contains(s.Fatal, f) {
					if w.fatalBy[f] == nil {
						w.fatalBy[f] = map[string]bool{}
					}
					w.fatalBy[f][map[bool]string{true: "silence", false: "choice"}[e.Timeout]] = true
				}
			}
			k := l.key(next, asked, mood)
			to, known := seen[k]
			if !known {
				if len(queue) >= maxStates {
					l.fault(atScene, "状态太多，查不完：条件里少用情绪和可以反复改变的事实")
					return
				}
				to = len(queue)
				seen[k], queue = to, append(queue, next)
			}
			edges = append(edges, [2]int{at, to})
		}
	}
	l.exits(queue, edges, ends, label(values, l.Play))
}

// acts are the acts that a walker tries: every choice, silence, and the tools that a guard may ask about.
func (l *linter) acts(s State, asked []string, w *walked) []Act {
	var out []Act
	b := l.beats[s.Beat]
	for _, c := range l.choices(s) {
		w.choices[s.Beat+"/"+c.ID] = true
		out = append(out, Act{Action: c.ID, Dt: pace})
	}
	if b.LimitS > 0 {
		out = append(out, Act{Action: Silence})
	}
	for _, ev := range l.events(b) {
		if ev.AfterS > s.BeatT && !slices.Contains(s.Fired, eventKey(b, ev)) && (b.LimitS == 0 || ev.AfterS <= b.LimitS) {
			out = append(out, Act{Action: Wait, Dt: ev.AfterS - s.BeatT})
		}
	}
	for i := range l.Scenario.Toolbar {
		t := &l.Scenario.Toolbar[i]
		if !l.open(s, b, t, true) {
			continue
		}
		w.choices["tool/"+t.ID] = true
		if l.matters(t, asked) && !slices.Contains(s.Done, t.ID) {
			out = append(out, Act{Action: t.ID, Dt: pace})
		}
	}
	return out
}

// matters reports whether a tool can change what a guard asks, or leads somewhere, or may end in a fatal fault.
func (l *linter) matters(t *Choice, asked []string) bool {
	if t.Goto != "" || t.Act != "" || slices.Contains(asked, t.ID) {
		return true
	}
	for _, e := range t.Effects {
		for _, x := range slices.Concat(e.Evidence, e.Document) {
			if slices.ContainsFunc(asked, func(a string) bool { return strings.HasPrefix(x, a) }) {
				return true
			}
		}
		for f := range e.Facts {
			if slices.Contains(asked, f) {
				return true
			}
		}
		if len(e.Fatal) > 0 {
			return true
		}
	}
	return false
}

// exits: from every state that was met some way leads to an end.
func (l *linter) exits(queue []State, edges [][2]int, ends map[int]bool, variant string) {
	back := map[int][]int{}
	for _, e := range edges {
		back[e[1]] = append(back[e[1]], e[0])
	}
	reach := map[int]bool{}
	var stack []int
	for i := range ends {
		reach[i], stack = true, append(stack, i)
	}
	for len(stack) > 0 {
		i := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, j := range back[i] {
			if !reach[j] {
				reach[j], stack = true, append(stack, j)
			}
		}
	}
	for i, s := range queue {
		if !reach[i] {
			l.fault(atBeat(s.Beat), "%s里从这里转来转去，到不了结局", variant)
		}
	}
}
