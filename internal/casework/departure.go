package casework

import "fadu/internal/store"

// Gone reports whether a case has ended or left the house, so that nothing is begun in it any more.
func (c *Case) Gone() bool {
	return c.State == WithPolice || c.State == LeadWithPolice || OrdinaryLine.Closed(c.State)
}

// Departure is where a case has gone, and by which letter; To is empty while it is here.
type Departure struct {
	To string
	// Letter is the letter's number, Title what it is called.
	Letter, Title string
}

// Departure asks the desks where a case has gone; the zero value while it is here.
func (s *Service) Departure(tx *store.Tx, c *Case) (Departure, error) {
	for _, d := range s.desks {
		if d.Left == nil {
			continue
		}
		if out, err := d.Left(tx, c); err != nil || out.To != "" {
			return out, err
		}
	}
	return Departure{}, nil
}

// Held are the things that measures hold in a case, for the papers by which they go along.
func (s *Service) Held(tx *store.Tx, c *Case) ([]Thing, error) {
	var out []Thing
	for _, d := range s.desks {
		if d.Held == nil {
			continue
		}
		more, err := d.Held(tx, c)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}

// EvidenceClosed reports whether a case has come past the taking of evidence: it is decided, has ended or has gone.
// From then on nothing more is kept or seized in it (行政处罚法第五十六条；行政强制法第二条第二款).
func (c *Case) EvidenceClosed() bool {
	switch c.State {
	case Issuing, Issued, Delivered, Demanded, Enforcing, Halted, EndingAsked, WithPolice, LeadWithPolice:
		return true
	}
	return OrdinaryLine.Closed(c.State)
}
