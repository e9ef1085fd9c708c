package scene

import (
	"fmt"
	"slices"
	"strings"

	"fadu/internal/law"
)

// facts states what the law's vocabulary knows of the scene's facts. Compile saw to it that they can be stated.
func (p *Play) facts(s State) law.Facts {
	var f law.Facts
	for name, v := range s.Facts {
		if _, legal := p.words[name]; legal && v != nil {
			// A fact that cannot be stated stays open, and an open fact allows nothing.
			_ = p.words.Set(&f, name, plain(v), "scene/"+p.Scenario.ID)
		}
	}
	return f
}

// lawful answers rule(x) in a guard: x is a rule of the law that is kept as things stand, or an act that would be allowed.
func (p *Play) lawful(s State, x string) (bool, error) {
	if a, ok := p.law[x]; ok {
		return slices.Contains(p.judge.Judge(a, p.Scenario.SetOn, p.facts(s)).Passed, x), nil
	}
	if a := law.Action(x); p.judge.Knows(a) {
		return p.judge.Judge(a, p.Scenario.SetOn, p.facts(s)).Enforce() == nil, nil
	}
	return false, fmt.Errorf("没有规则或者行为“%s”", x)
}

// unboundPoints is what a refusal of the law costs that the scene does not count itself.
const unboundPoints = 5

// judgeAct asks the law about a choice that has a legal name. As on a real case, a rule that the scene counts and whose
// facts nobody established is not kept.
func (p *Play) judgeAct(s *State, c *Choice) {
	if c.Act == "" {
		return
	}
	j := p.judge.Judge(law.Action(c.Act), p.Scenario.SetOn, p.facts(*s))
	for _, f := range j.Findings {
		rule := p.rules[f.Rule]
		if f.Level == law.Note {
			// A question of duty: not_required does not support what was chosen.
			if rule != nil {
				supported := j.Answer != law.NotRequired
				p.result(s, *rule, f.Article, orMessage(supported, f.Message), supported)
			}
			continue
		}
		switch {
		case rule != nil && f.Level == law.Block:
			p.result(s, *rule, f.Article, f.Message, false)
		case f.Level == law.Block:
			p.result(s, Rule{ID: f.Rule, Dim: Procedure, Points: unboundPoints, Severity: Major}, f.Article, f.Message, false)
		default:
			p.result(s, Rule{ID: f.Rule, Dim: Procedure, Severity: Minor}, f.Article, f.Message, false)
		}
	}
	for _, g := range j.Unknown {
		if rule := p.rules[g.Rule]; rule != nil {
			labels := make([]string, len(g.Missing))
			for i, k := range g.Missing {
				labels[i] = k.Label()
			}
			p.result(s, *rule, g.Cite.String(), "没有做到或者没有记载："+strings.Join(labels, "、"), false)
		}
	}
	for _, id := range j.Passed {
		if rule := p.rules[id]; rule != nil {
			p.result(s, *rule, p.cite(id), "", true)
		}
	}
}

func (p *Play) cite(id string) string {
	for _, r := range p.judge.Rules() {
		if r.ID == id && p.Scenario.SetOn.Within(r.From, r.Until) {
			return r.Cite.String()
		}
	}
	return ""
}

// result notes what a rule said. It counts once: a later violation takes back what was earned, a later success gives
// nothing back.
func (p *Play) result(s *State, r Rule, article, message string, passed bool) {
	if article == "" {
		article = p.articles(r.Refs)
	}
	s.Hits = append(s.Hits, Hit{s.Seq, r.ID, article, message, r.Severity, passed})
	if !passed && r.Severity == Fatal {
		name := r.Name
		if name == "" {
			name = r.ID
		}
		add(&s.Fatal, name)
	}
	earned := 0.0
	switch {
	case passed:
		earned = r.Points
	case r.Severity == Minor:
		earned = r.Points / 2
	}
	key := "rule/" + r.ID
	for i := range s.Credits {
		if s.Credits[i].Key == key {
			s.Credits[i].Earned = min(s.Credits[i].Earned, earned)
			return
		}
	}
	if r.Points > 0 {
		s.Credits = append(s.Credits, Credit{key, r.Dim, earned, r.Points})
	}
}

func (p *Play) articles(refs []string) string {
	var cs law.Citations
	for _, ref := range refs {
		if c, err := Ref(ref); err == nil {
			cs = append(cs, c)
		}
	}
	return cs.String()
}

// watch asks the scene's own rules about an act that is being done.
func (p *Play) watch(s *State, id string) {
	for _, r := range p.Scenario.Rules {
		switch r.Kind {
		case RulePrecedence:
			if slices.Contains(r.Then, id) {
				p.result(s, r, "", orMessage(s.has(r.First), r.Name), s.has(r.First))
			}
		case RuleRequires:
			if slices.Contains(r.Then, id) {
				var lack []string
				for _, n := range r.Needs {
					if !s.has(n) {
						lack = append(lack, n)
					}
				}
				p.result(s, r, "", orMessage(len(lack) == 0, r.Name), len(lack) == 0)
			}
		case RuleForbid:
			if slices.Contains(r.Then, id) {
				p.result(s, r, "", r.Name, false)
			}
		case RuleDeadline:
			if from, begun := s.Since[r.First]; begun && slices.Contains(r.Then, id) && !slices.ContainsFunc(r.Then, func(t string) bool { return slices.Contains(s.Done, t) }) {
				kept := s.T-from <= r.WithinS
				p.result(s, r, "", orMessage(kept, r.Name), kept)
			}
		}
	}
}

func orMessage(kept bool, message string) string {
	if kept {
		return ""
	}
	return message
}

// watchEnd counts what should have been done and never was.
func (p *Play) watchEnd(s *State) {
	for _, r := range p.Scenario.Rules {
		if _, begun := s.Since[r.First]; r.Kind == RuleDeadline && begun && !slices.ContainsFunc(r.Then, func(t string) bool { return slices.Contains(s.Done, t) }) {
			p.result(s, r, "", r.Name, false)
		}
	}
}
