package legalreview

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// TakeInput takes a review out of the queue, or puts it back.
type TakeInput struct {
	Note string `json:"note,omitempty" doc:"说明"`
}

// Take takes the review of a case: from then on its term is the reviewer's. Who is not qualified, handled the case or withdrew cannot
// (行政处罚法第四十三条、第五十八条第二款).
func (s *Service) Take(ctx context.Context, by access.Session, id casework.CaseID, version int64, in TakeInput) error {
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "take_review", Version: version, Note: in.Note, Input: in,
		Change: func(tx *store.Tx, c *casework.Case) error {
			taker, err := s.taker(tx, c)
			switch {
			case err != nil:
				return err
			case by.Person() == 0:
				return fault.New(fault.Conflict, "这个账号没有对应的人员，不能领取审核")
			case taker == by.Person():
				return fault.New(fault.Conflict, "你已经领取了这件审核")
			}
			return s.free(tx, by, c)
		},
		State: func(tx *store.Tx, c *casework.Case, f *law.Facts) error { return s.stateReviewer(tx, by, c, f) },
	})
	return err
}

// Release puts a review that somebody took back into the queue.
func (s *Service) Release(ctx context.Context, by access.Session, id casework.CaseID, version int64, in TakeInput) error {
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "release_review", Version: version, Note: in.Note, Input: in,
		Change: func(tx *store.Tx, c *casework.Case) error {
			taker, err := s.taker(tx, c)
			if err == nil && (taker == 0 || taker != by.Person()) {
				err = fault.New(fault.Conflict, "这件审核不是你领取的，不能由你放回")
			}
			return err
		},
	})
	return err
}

// taker is who took the review under way and did not have to withdraw since; 0 while it waits.
func (s *Service) taker(tx *store.Tx, c *casework.Case) (int64, error) {
	taker, err := casework.ReviewTaker(tx, c.ID)
	if err != nil || taker == 0 {
		return 0, err
	}
	recusals, err := s.cases.Recusals(tx, c)
	for _, r := range recusals {
		if r.Granted && r.Person == taker {
			return 0, err
		}
	}
	return taker, err
}

// free wants nobody else to have taken the review.
func (s *Service) free(tx *store.Tx, by access.Session, c *casework.Case) error {
	taker, err := s.taker(tx, c)
	if err != nil || taker == 0 || taker == by.Person() {
		return err
	}
	name, err := casework.PersonName(tx, taker)
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, "这件审核已由%s领取。要换人的，请%s放回审核队列", name, name)
}

// relieve puts a review back into the queue whose taker has to withdraw.
func (s *Service) relieve(tx *store.Tx, c *casework.Case) error {
	raw, err := casework.ReviewTaker(tx, c.ID)
	if err != nil || raw == 0 {
		return err
	}
	if now, err := s.taker(tx, c); err != nil || now == raw {
		return err
	}
	_, err = s.cases.Act(tx, access.System("job"), c.ID, casework.Command{Act: "release_review", Note: "审核人员回避"})
	return err
}
