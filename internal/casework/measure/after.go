package measure

import (
	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/store"
)

// after keeps the ends of seizures as their clocks have them, and sends along what is still held when its case has left the house with
// its things (行政强制法第二十一条、第二十五条第三款).
func (s *Service) after(tx *store.Tx, c *casework.Case) error {
	all, err := ofCase[Measure](tx, c.ID)
	if err != nil {
		return err
	}
	left := map[casework.State]string{casework.WithPolice: "公安机关", casework.Transferred: "受移送的机关"}[c.State]
	for i := range all {
		m := &all[i]
		if m.Kind != seizure || !held(m.State) {
			continue
		}
		if left != "" {
			if err := s.sendAlong(tx, c, m, left); err != nil {
				return err
			}
			continue
		}
		clock, err := s.clock(tx, c, m.Of())
		if err != nil {
			return err
		}
		if clock == nil || clock.Due.IsZero() || clock.Due == m.Until {
			continue
		}
		m.Until, m.Entry = clock.Due, c.Entry
		m.Version++
		if err := update(tx, m, m.Version-1, "这项措施"); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) sendAlong(tx *store.Tx, c *casework.Case, m *Measure, to string) error {
	ch := &change{kind: seizure, of: m.Of()}
	cmd := ch.command(casework.Command{Act: "hand_over_seized", Note: "随案移送" + to}, nil, func(tx *store.Tx, c *casework.Case, done casework.Done) error {
		ch.m.Outcome = "随案移送" + to
		return shift(tx, ch.in(Held), Handed, Move{Entry: int64(done.Entry), Kind: MoveHand, Handler: c.Lead, Keeper: c.Assist, Receiver: to, Basis: "随案移送"})
	})
	_, err := s.cases.Act(tx, access.System("job"), c.ID, cmd)
	return err
}
