package measure

import (
	"slices"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/store"
)

// after sends along what seizures hold when their case has left the house (行政强制法第二十一条), ends what was asked for and cannot be carried out
// any more, and keeps the ends of measures as their clocks have them (第二十五条第三款).
func (s *Service) after(tx *store.Tx, c *casework.Case) error {
	to, err := s.cases.Departure(tx, c)
	if err != nil {
		return err
	}
	if to.To != "" {
		if err := s.leave(tx, c.ID, to); err != nil {
			return err
		}
	}
	if c.Gone() {
		return s.dropAll(tx, c)
	}
	all, err := ofCase[Measure](tx, c.ID)
	if err != nil {
		return err
	}
	for i := range all {
		m := &all[i]
		if !held(m.State) {
			continue
		}
		clock, err := s.clock(tx, c, m)
		if err != nil {
			return err
		}
		if clock == nil || clock.Due.IsZero() {
			continue
		}
		if clock.Due != m.Until {
			m.Until, m.Entry = clock.Due, c.Entry
			m.Version++
			if err := update(tx, m, m.Version-1, "这项措施"); err != nil {
				return err
			}
		}
		if m.Kind == seizure { // the job asks again what day it is then
			if err := expireLater(tx, m); err != nil {
				return err
			}
		}
	}
	return nil
}

// leave hands over one seizure after the other. Each is an act of its own after which the desks are asked again, so that the list is read anew
// each time.
func (s *Service) leave(tx *store.Tx, id casework.CaseID, to casework.Departure) error {
	for {
		all, err := inForce(tx, id)
		if err != nil || len(all) == 0 {
			return err
		}
		if err := s.sendAlong(tx, &all[0], to); err != nil {
			return err
		}
	}
}

func (s *Service) sendAlong(tx *store.Tx, m *Measure, to casework.Departure) error {
	ch := &change{kind: seizure, of: m.Of()}
	cmd := casework.Command{Act: "hand_over_seized", Note: "随案移送" + to.To, Drafts: func(*store.Tx, *casework.Case) ([]casework.Draft, error) {
		if len(ch.kept()) == 0 { // all of it was given back before
			return nil, nil
		}
		return []casework.Draft{{Kind: "thing_list", Part: casework.ThingList{Things: list(ch.kept()), Title: to.Title, Of: orNone(to.Letter), Remark: "随案移送" + to.To}}}, nil
	}}
	_, err := s.cases.Act(tx, access.System("job"), m.Case, ch.command(cmd, nil, func(tx *store.Tx, c *casework.Case, done casework.Done) error {
		ch.m.Outcome = "随案移送" + to.To
		move := Move{Entry: int64(done.Entry), Kind: MoveHand, Handler: c.Lead, Keeper: c.Assist, Receiver: to.To, Basis: to.Title + to.Letter}
		if len(done.Papers) > 0 {
			move.Paper = done.Papers[0]
		}
		return shift(tx, ch.kept(), Handed, move)
	}))
	return err
}

// dropAll ends what was asked for or approved in a case that has ended or left: it can no longer be carried out.
func (s *Service) dropAll(tx *store.Tx, c *casework.Case) error {
	for {
		all, err := ofCase[Measure](tx, c.ID)
		i := slices.IndexFunc(all, func(m Measure) bool { return m.State == casework.MeasureAsked || m.State == casework.MeasureApproved })
		if err != nil || i < 0 {
			return err
		}
		if _, err := s.cases.Act(tx, access.System("job"), c.ID, s.dropped(DropInput{OnMeasure{all[i].Of()}, "案件" + c.StateLabel()}, all[i].Kind, 0)); err != nil {
			return err
		}
	}
}
