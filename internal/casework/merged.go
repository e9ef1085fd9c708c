package casework

import "fadu/internal/store"

// Merged hands over to the case that stays what the desks keep of one that is merged into it (55号令第十五条).
func (s *Service) Merged(tx *store.Tx, from, into *Case, done Done) error {
	for _, d := range s.desks {
		if d.Merged == nil {
			continue
		}
		if err := d.Merged(tx, from, into, done); err != nil {
			return err
		}
	}
	return nil
}

// SplitOff gives a case that is split from another one what the desks keep of that one: its evidence is about both.
func (s *Service) SplitOff(tx *store.Tx, from, part *Case, done Done) error {
	for _, d := range s.desks {
		if d.Split == nil {
			continue
		}
		if err := d.Split(tx, from, part, done); err != nil {
			return err
		}
	}
	return nil
}
