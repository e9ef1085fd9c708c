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
