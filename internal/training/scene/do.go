package scene

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/expr-lang/expr/vm"
)

// Act is something that the officer does. Dt is how many seconds passed since the last reply, as the server
// measured them.
type Act struct {
	Action string  `json:"action"`
	Dt     float64 `json:"dt"`
	// Input is what was written into the slots of the choice, by slot.
	Input map[string]string `json:"input,omitempty"`
	// Missing are the elements that the paper of the choice lacks, as the element checker of real papers says.
	Missing []string `json:"missing_fields,omitempty"`
}

// Entry is what the log keeps of an act.
type Entry struct {
	Seq      int      `json:"seq"`
	T        float64  `json:"t"`
	Dt       float64  `json:"dt"`
	Beat     string   `json:"beat"`
	Action   string   `json:"action"`         // what was done
	Sent     string   `json:"sent,omitempty"` // what was sent, when something else came first
	Timeout  bool     `json:"timeout,omitempty"`
	Events   []string `json:"events,omitempty"`
	Quality  string   `json:"quality,omitempty"`
	Emotion  float64  `json:"emotion"`
	Band     string   `json:"band"`
	Next     string   `json:"next"`
	End      string   `json:"end,omitempty"`
	Findings []Hit    `json:"findings,omitempty"`
}

// maxDt is the longest pause that an act may come after.
const maxDt = 24 * 3600

// Do takes a state and an act to the next state and what the log keeps of it. An act that cannot be done leaves the
// state as it is and is an error.
func (p *Play) Do(s State, a Act) (State, Entry, error) {
	if s.End != "" {
		return s, Entry{}, fmt.Errorf("情景已经结束（%s）", s.End)
	}
	if !(a.Dt >= 0 && a.Dt <= maxDt) {
		return s, Entry{}, fmt.Errorf("“%s”的 dt 应是 0 至 %d 秒", a.Action, maxDt)
	}
	beat := p.beats[s.Beat]
	c, tool, err := p.find(s, beat, a.Action)
	if err != nil {
		return s, Entry{}, err
	}
	s = s.clone()
	s.Seq++
	hits := len(s.Hits)
	e := Entry{Seq: s.Seq, Dt: a.Dt, Beat: s.Beat, Action: a.Action}
	dt := a.Dt
	if c != nil {
		dt += c.CostS
	}
	timeout := beat.LimitS > 0 && s.BeatT+a.Dt > beat.LimitS
	if a.Action == Silence && beat.LimitS > 0 {
		timeout = true
	}
	until := s.BeatT + dt
	if timeout {
		until = max(beat.LimitS, s.BeatT)
	}
	moved := p.advance(&s, beat, until, &e)
	switch {
	case moved:
		e.Sent, e.Action = a.Action, ""
	case timeout:
		e.Timeout = true
		e.Sent, e.Action = a.Action, beat.OnTimeout
		c = beat.choice(beat.OnTimeout)
		p.perform(&s, beat, c, false, Act{})
		e.Quality = c.Quality
	case c != nil:
		p.perform(&s, beat, c, tool, a)
		e.Quality = c.Quality
	}
	for s.End == "" && p.fire(&s, p.beats[s.Beat], &e) {
		continue // an event that led on may let another happen
	}
	e.T, e.Emotion, e.Band, e.Next, e.End = round6(s.T), round6(s.Emotion), Band(s.Emotion), s.Beat, s.End
	e.Findings = slices.Clone(s.Hits[hits:])
	return s, e, nil
}

// Replay does the acts one after the other.
func (p *Play) Replay(seed uint64, acts []Act) (State, []Entry, error) {
	s := p.Begin(seed)
	log := make([]Entry, 0, len(acts))
	for i, a := range acts {
		next, e, err := p.Do(s, a)
		if err != nil {
			return s, log, fmt.Errorf("第 %d 个动作：%w", i+1, err)
		}
		s, log = next, append(log, e)
	}
	return s, log, nil
}

func (b *Beat) choice(id string) *Choice {
	for i := range b.Choices {
		if b.Choices[i].ID == id {
			return &b.Choices[i]
		}
	}
	return nil
}

// find looks up what can be done now.
func (p *Play) find(s State, beat *Beat, action string) (c *Choice, tool bool, err error) {
	if reserved(action) {
		return nil, false, nil
	}
	c = beat.choice(action)
	if c == nil {
		c = p.tools[action]
		tool = c != nil
	}
	switch {
	case c == nil || c.Hidden:
		return nil, false, fmt.Errorf("这一节没有“%s”这个选择", action)
	case !p.open(s, beat, c, tool):
		return nil, false, fmt.Errorf("“%s”现在不能做", action)
	}
	return c, tool, nil
}

// open reports whether a choice can be done: its guard holds, and it was not used up.
func (p *Play) open(s State, beat *Beat, c *Choice, tool bool) bool {
	return !c.Hidden && !(c.Once && slices.Contains(s.Used, useKey(beat, c, tool))) && p.holds(s, c.When)
}

func useKey(beat *Beat, c *Choice, tool bool) string {
	if tool {
		return "tool/" + c.ID
	}
	return beat.ID + "/" + c.ID
}

// holds asks a guard. One that fails to answer hides its choice.
func (p *Play) holds(s State, guard string) bool {
	if guard == "" {
		return true
	}
	program := p.guards[guard]
	machine := vm.VM{MemoryBudget: 10000}
	party := p.Scenario.Party
	out, err := machine.Run(program, env{
		Emotion: s.Emotion, Band: Band(s.Emotion), T: s.T, Var: s.Vars, Has: s.has, N: s.number,
		Party: map[string]any{"name": party.Name, "kind": party.Kind, "persona": party.Persona},
		Rule:  func(id string) (bool, error) { return p.lawful(s, id) },
	})
	if err != nil {
		return false
	}
	truth, _ := out.(bool)
	return truth
}

// advance lets time pass until so many seconds into the beat, with the events on the way. It reports whether one of them
// led away, so that what was sent comes too late.
func (p *Play) advance(s *State, beat *Beat, until float64, e *Entry) bool {
	for {
		next := until
		for _, ev := range p.events(beat) {
			if at := ev.AfterS; at > s.BeatT && at < next && !slices.Contains(s.Fired, eventKey(beat, ev)) {
				next = at
			}
		}
		p.drift(s, next-s.BeatT)
		s.BeatT = next
		if p.fire(s, beat, e) {
			return true
		}
		if next >= until {
			return false
		}
	}
}

// drift lets the mood go its way.
func (p *Play) drift(s *State, dt float64) {
	if dt <= 0 {
		return
	}
	if s.Emotion >= angryFrom {
		s.AngryS += dt
	}
	s.Emotion = p.Scenario.Party.Emotion.Drift(s.Emotion, dt)
	s.T += dt
}

// events are those of the beat and those that may happen everywhere.
func (p *Play) events(beat *Beat) []Event {
	return slices.Concat(beat.Events, p.Scenario.Events)
}

func eventKey(beat *Beat, ev Event) string {
	for _, own := range beat.Events {
		if own.ID == ev.ID {
			return beat.ID + "/" + ev.ID
		}
	}
	return ev.ID
}

// fire lets the events happen whose time has come, and reports whether one of them led to another beat.
func (p *Play) fire(s *State, beat *Beat, e *Entry) bool {
	for _, ev := range p.events(beat) {
		key := eventKey(beat, ev)
		if slices.Contains(s.Fired, key) || ev.AfterS > s.BeatT || !p.holds(*s, ev.When) {
			continue
		}
		s.Fired = append(s.Fired, key)
		add(&s.Happened, ev.ID)
		e.Events = append(e.Events, ev.ID)
		p.apply(s, ev.Effects, "", false)
		if ev.Goto != "" {
			p.leave(s, beat)
			p.enter(s, ev.Goto)
			return true
		}
	}
	return false
}

// perform does a choice or uses a tool.
func (p *Play) perform(s *State, beat *Beat, c *Choice, tool bool, a Act) {
	key := useKey(beat, c, tool)
	first := !slices.Contains(s.Used, key)
	add(&s.Used, key)
	p.apply(s, c.Effects, key, first)
	if c.Paper != "" {
		missing := make([]any, len(a.Missing))
		for i, m := range a.Missing {
			missing[i] = m
		}
		s.Facts["missing_fields"] = missing
		add(&s.Documents, c.Paper)
	}
	p.slots(s, c, key, a, first)
	p.judgeAct(s, c)
	p.watch(s, c.ID)
	add(&s.Done, c.ID)
	if _, done := s.Since[c.ID]; !done {
		s.Since[c.ID] = s.T
	}
	if tool {
		// What a tool earns is available once it is used, or once the moment for it has passed.
		p.chance(s, "chance/"+key, c)
	}
	if c.Goto != "" && !c.Stay {
		p.leave(s, beat)
		p.enter(s, c.Goto)
	}
}

// apply does what effects say; scores count the first time only.
func (p *Play) apply(s *State, es Effects, key string, scored bool) {
	for _, f := range es {
		if f.Emotion != 0 {
			s.Emotion = p.Scenario.Party.Emotion.Push(s.Emotion, f.Emotion)
			s.Peak = max(s.Peak, s.Emotion)
		}
		maps.Copy(s.Facts, f.Facts)
		add(&s.Evidence, f.Evidence...)
		add(&s.Documents, f.Document...)
		add(&s.Fatal, f.Fatal...)
		add(&s.Misconception, f.Misconception...)
		add(&s.Happened, f.Event...)
		if scored {
			for _, d := range Dims {
				if x := f.Score[d]; x != 0 {
					s.Credits = append(s.Credits, Credit{Key: key, Dim: d, Earned: x})
				}
			}
		}
	}
}

// slots looks for the required elements in what was written; each is worth one point of communication's
// sister dimension, education.
func (p *Play) slots(s *State, c *Choice, key string, a Act, first bool) {
	if len(c.Slots) == 0 || !first {
		return
	}
	credit := Credit{Key: key + "/slots", Dim: Education, Available: float64(len(c.Slots))}
	for _, slot := range c.Slots {
		for _, phrase := range slot.AnyOf {
			if strings.Contains(a.Input[slot.ID], phrase) {
				credit.Earned++
				break
			}
		}
	}
	s.Credits = append(s.Credits, credit)
}

// worth is what a choice can earn in each dimension.
func worth(c *Choice) map[string]float64 {
	out := map[string]float64{}
	for _, f := range c.Effects {
		for d, x := range f.Score {
			out[d] += x
		}
	}
	return out
}

func total(m map[string]float64) (sum float64) {
	for _, x := range m {
		sum += max(x, 0)
	}
	return sum
}

// chance notes, once, what a choice could have earned.
func (p *Play) chance(s *State, key string, c *Choice) {
	if slices.Contains(s.Left, key) {
		return
	}
	s.Left = append(s.Left, key)
	w := worth(c)
	for _, d := range Dims {
		if w[d] > 0 {
			s.Credits = append(s.Credits, Credit{Key: key, Dim: d, Available: w[d]})
		}
	}
}

// leave counts, once, the chances of a beat: its best way out, all that could be done staying in it, and the tools that it
// called for.
func (p *Play) leave(s *State, beat *Beat) {
	if slices.Contains(s.Left, beat.ID) {
		return
	}
	s.Left = append(s.Left, beat.ID)
	var best *Choice
	for i := range beat.Choices {
		c := &beat.Choices[i]
		if c.Hidden || !p.holds(*s, c.When) && !slices.Contains(s.Used, useKey(beat, c, false)) {
			continue
		}
		switch {
		case c.Stay || c.Goto == "":
			p.chance(s, "chance/"+beat.ID+"/"+c.ID, c)
		case best == nil || total(worth(c)) > total(worth(best)):
			best = c
		}
	}
	if best != nil {
		p.chance(s, "chance/"+beat.ID, best)
	}
	for _, t := range beat.Expect {
		if tool := p.tools[t]; slices.Contains(s.Used, "tool/"+t) || p.holds(*s, tool.When) {
			p.chance(s, "chance/tool/"+t, tool)
		}
	}
}

// enter begins a beat; a beat that ends the scene ends it.
func (p *Play) enter(s *State, id string) {
	beat := p.beats[id]
	s.Beat, s.BeatT = id, 0
	p.apply(s, beat.OnEnter, "enter/"+id, !slices.Contains(s.Left, "enter/"+id))
	add(&s.Left, "enter/"+id)
	if beat.End != nil {
		s.End = beat.End.Kind
		p.watchEnd(s)
	}
}
