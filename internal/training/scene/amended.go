package scene

import (
	"slices"
	"strings"

	"fadu/internal/law"
)

// Amendment is an article that a scene cites and whose statute has changed since the day of the scene.
type Amendment struct {
	Cite law.Citation
	// Since is the day from which another version is in force, or from which none is.
	Since    law.Date
	Repealed bool
}

// Refs are the articles that a scene cites, each once.
func (s *Scenario) Refs() (out []string) {
	add(&out, s.Sources...)
	s.eachChoice(func(_ string, c *Choice) { add(&out, c.Refs...) })
	for _, r := range s.Rules {
		add(&out, r.Refs...)
	}
	for _, n := range s.Debrief.Court {
		add(&out, n.Refs...)
	}
	for _, q := range s.Debrief.Questions {
		add(&out, q.Refs...)
	}
	return out
}

// Amended are the articles of the scene whose statute says, or may say, something else on a later day. A scene that is set
// under old law on purpose has none.
func (s *Scenario) Amended(on law.Date) (out []Amendment) {
	if s.Edition == OldLaw || s.SetOn.IsZero() {
		return nil
	}
	for _, ref := range s.Refs() {
		c, err := Ref(ref)
		if err != nil {
			continue
		}
		i := slices.IndexFunc(law.Statutes(), func(x law.Statute) bool { return x.Code == c.Statute })
		if i < 0 {
			continue
		}
		versions := law.Statutes()[i].Versions
		was := versionOn(versions, s.SetOn)
		is := versionOn(versions, on)
		switch {
		case was < 0 || was == is || on.Before(s.SetOn):
		case is < 0:
			out = append(out, Amendment{c, versions[was].Until, true})
		default:
			out = append(out, Amendment{c, versions[was+1].From, false})
		}
	}
	return out
}

func versionOn(versions []law.StatuteVersion, on law.Date) int {
	return slices.IndexFunc(versions, func(v law.StatuteVersion) bool { return on.Within(v.From, v.Until) })
}

// RuleRefs are the articles behind a rule of the scene.
func (p *Play) RuleRefs(id string) (out []string) {
	for _, r := range p.Scenario.Rules {
		if r.ID == id {
			add(&out, r.Refs...)
		}
	}
	if _, of := p.law[id]; of {
		if parts := strings.Split(id, "-"); len(parts) > 1 { // the id of a rule begins with its article
			add(&out, parts[0]+"-"+parts[1])
		}
	}
	return out
}
