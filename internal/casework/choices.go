package casework

import (
	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/store"
)

// Choice is an act that a person could do now, with what it still lacks.
type Choice struct {
	Act string
	// Of is the row beside the line that it moves; empty for an act of the line.
	Of   string
	Name string
	// About is what pages call that row.
	About string
	Lacks []law.Finding
	Warns []law.Finding
	// Met are the ids of the rules that were answered and do not object.
	Met []string
	// Allowed: the person holds the permission.
	Allowed bool
}

// Choices lists the acts that leave from the case's state and from the rows beside the line, with the same
// findings that a refusal would give: the page greys its buttons with them. What only the act's own form
// states is taken as stated.
func (s *Service) Choices(tx *store.Tx, by access.Session, c *Case) ([]Choice, error) {
	on := tx.Today()
	facts, err := s.facts(tx, c, on)
	if err != nil {
		return nil, err
	}
	var out []Choice
	for _, a := range c.acts() {
		if a.By == "" {
			continue
		}
		presumed, err := s.presumed(tx, by, c, a.ID, facts)
		if err != nil {
			return nil, err
		}
		out = append(out, s.choice(by, c, stepOf(a), "", on, presumed))
	}
	more, err := s.trackChoices(tx, by, c, on, facts)
	return append(out, more...), err
}

func (s *Service) choice(by access.Session, c *Case, a step, of string, on law.Date, f law.Facts) Choice {
	ch := Choice{Act: a.ID, Of: of, Name: a.Name, Allowed: by.ScopeFor(access.Permission(a.By)).CoversLevels(c.Levels)}
	for _, g := range a.Guards {
		j := s.Judge.Judge(g, on, f)
		ch.Lacks = append(ch.Lacks, j.Lacks()...)
		ch.Met = append(ch.Met, j.Passed...)
		for _, x := range j.Findings {
			if x.Level == law.Warn {
				ch.Warns = append(ch.Warns, x)
			}
		}
	}
	ch.Lacks = dedupe(ch.Lacks)
	return ch
}

// trackChoices are the acts that leave from the open rows beside the line.
func (s *Service) trackChoices(tx *store.Tx, by access.Session, c *Case, on law.Date, facts law.Facts) ([]Choice, error) {
	var out []Choice
	tracks, err := s.openTracks(tx, c)
	if err != nil {
		return nil, err
	}
	for _, t := range tracks {
		for _, a := range t.at() {
			if a.By == "" {
				continue
			}
			f, err := s.presumed(tx, by, c, a.ID, facts)
			if err != nil {
				return nil, err
			}
			if t.Facts != nil {
				t.Facts(&f)
			}
			ch := s.choice(by, c, a, t.Of, on, f)
			ch.About = t.Label
			out = append(out, ch)
		}
	}
	return out, nil
}

// openTracks are the open rows beside the line of an ordinary case.
func (s *Service) openTracks(tx *store.Tx, c *Case) ([]Track, error) {
	var out []Track
	if !c.ordinary() {
		return nil, nil
	}
	for _, d := range s.desks {
		if d.Tracks == nil {
			continue
		}
		tracks, err := d.Tracks(tx, c)
		if err != nil {
			return nil, err
		}
		out = append(out, tracks...)
	}
	return out, nil
}
