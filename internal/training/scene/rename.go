package scene

import "strings"

// Beat finds a beat; nil when there is none.
func (s *Scenario) Beat(id string) *Beat {
	for i := range s.Beats {
		if s.Beats[i].ID == id {
			return &s.Beats[i]
		}
	}
	return nil
}

// Tool finds a tool; nil when there is none.
func (s *Scenario) Tool(id string) *Choice {
	for i := range s.Toolbar {
		if s.Toolbar[i].ID == id {
			return &s.Toolbar[i]
		}
	}
	return nil
}

// Choice finds a choice of the beat; nil when there is none.
func (b *Beat) Choice(id string) *Choice { return b.choice(id) }

// eachChoice visits the tools and the choices of every beat.
func (s *Scenario) eachChoice(see func(beat string, c *Choice)) {
	for i := range s.Toolbar {
		see("", &s.Toolbar[i])
	}
	for i := range s.Beats {
		for j := range s.Beats[i].Choices {
			see(s.Beats[i].ID, &s.Beats[i].Choices[j])
		}
	}
}

// eachEvent visits the events of the scene and of every beat.
func (s *Scenario) eachEvent(see func(beat string, e *Event)) {
	for i := range s.Events {
		see("", &s.Events[i])
	}
	for i := range s.Beats {
		for j := range s.Beats[i].Events {
			see(s.Beats[i].ID, &s.Beats[i].Events[j])
		}
	}
}

// RenameBeat gives a beat another name, and whatever leads to it follows.
func (s *Scenario) RenameBeat(from, to string) {
	if s.Start == from {
		s.Start = to
	}
	for i := range s.Beats {
		if s.Beats[i].ID == from {
			s.Beats[i].ID = to
		}
	}
	s.eachChoice(func(_ string, c *Choice) {
		if c.Goto == from {
			c.Goto = to
		}
	})
	s.eachEvent(func(_ string, e *Event) {
		if e.Goto == from {
			e.Goto = to
		}
	})
}

// RenameChoice gives a choice, or a tool when the beat is empty, another name. What rules, guards and the debrief ask of it
// follows, unless another choice has the old name, too.
func (s *Scenario) RenameChoice(beat, from, to string) {
	others := 0
	s.eachChoice(func(at string, c *Choice) {
		switch {
		case c.ID == from && at == beat:
			c.ID = to
		case c.ID == from:
			others++
		}
	})
	for i := range s.Beats {
		b := &s.Beats[i]
		if b.ID == beat && b.OnTimeout == from {
			b.OnTimeout = to
		}
		if beat == "" {
			replace(b.Expect, from, to)
		}
	}
	if others > 0 {
		return
	}
	for i := range s.Rules {
		r := &s.Rules[i]
		if r.First == from {
			r.First = to
		}
		replace(r.Then, from, to)
		replace(r.Needs, from, to)
	}
	asked := strings.NewReplacer(`has("`+from+`")`, `has("`+to+`")`, `n("`+from+`")`, `n("`+to+`")`)
	for i := range s.Debrief.Court {
		n := &s.Debrief.Court[i]
		if n.Has == from {
			n.Has = to
		}
		n.When = asked.Replace(n.When)
	}
	s.eachChoice(func(_ string, c *Choice) { c.When = asked.Replace(c.When) })
	s.eachEvent(func(_ string, e *Event) { e.When = asked.Replace(e.When) })
}

func replace(list []string, from, to string) {
	for i := range list {
		if list[i] == from {
			list[i] = to
		}
	}
}

// Leads counts what leads to a beat.
func (s *Scenario) Leads(beat string) (n int) {
	s.eachChoice(func(_ string, c *Choice) {
		if c.Goto == beat {
			n++
		}
	})
	s.eachEvent(func(_ string, e *Event) {
		if e.Goto == beat {
			n++
		}
	})
	return n
}
