package legalreview

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/store"
)

// reviewTerm is how long a review takes at most.
const reviewTerm = "法制审核期限"

// Waiting is a submission that waits for an opinion.
type Waiting struct {
	casework.Row
	Round int64
	On    law.Date
	Due   law.Date
	// Taker is who took it; empty while it waits to be taken.
	Taker string
}

// Queue is what waits for the opinion of a reviewer, the oldest case on top. What the reviewer handled is for another and left out; Left
// counts it on this page.
type Queue struct {
	Rows       []Waiting
	Prev, Next string
	Left       int
}

// Waits returns a page of the queue. Needs case.review.
func (s *Service) Waits(ctx context.Context, by access.Session, after string) (out Queue, err error) {
	if _, err := by.Require(access.CaseReview); err != nil {
		return out, err
	}
	page, err := s.cases.List(ctx, by, casework.Filter{State: string(casework.Reviewing), Oldest: true}, after)
	if err != nil {
		return out, err
	}
	out.Prev, out.Next = page.Prev, page.Next
	err = s.cases.DB.View(ctx, func(tx *store.Tx) error {
		out.Rows, out.Left = nil, 0
		cases, ids := make([]*casework.Case, len(page.Rows)), make([]casework.CaseID, len(page.Rows))
		for i := range page.Rows {
			cases[i], ids[i] = &page.Rows[i].Case, page.Rows[i].ID
		}
		handled, err := casework.InvestigatorsOf(tx, cases)
		if err != nil {
			return err
		}
		last, err := submitted(tx, ids)
		if err != nil {
			return err
		}
		takers, err := casework.ReviewTakers(tx, ids)
		if err != nil {
			return err
		}
		for _, r := range page.Rows {
			if by.Person() != 0 && handled[r.ID][by.Person()] {
				out.Left++
				continue
			}
			w := Waiting{Row: r}
			if sub, ok := last[r.ID]; ok {
				w.Round, w.On = sub.Round, sub.On
				if w.Due, err = s.due(w.On); err != nil {
					return err
				}
			}
			w.Taker = takers[r.ID]
			out.Rows = append(out.Rows, w)
		}
		return nil
	})
	return out, err
}

// due is the day by which an opinion on what came in on a day is given (55号令第二十五条).
func (s *Service) due(on law.Date) (law.Date, error) {
	d, err := s.cases.Calendar.Earliest(reviewTerm, on, 0)
	return d.Due, err
}

// Given returns a page of the opinions in the scope, the newest on top; own are only those of the session's account. Needs case.review.
func (s *Service) Given(ctx context.Context, by access.Session, own bool, after string) (rows []Opinion, prev, next string, err error) {
	scope, err := by.Require(access.CaseReview)
	if err != nil {
		return nil, "", "", err
	}
	key := "given"
	if own {
		key = "given own"
	}
	cur, ok, err := store.DecodeCursor(after, key)
	if err != nil {
		return nil, "", "", err
	}
	err = s.cases.DB.View(ctx, func(tx *store.Tx) error {
		rows = nil
		q := scope.Where(tx.DB().NewSelect().Model(&rows), "lro")
		if own {
			q = q.Where("lro.account = ?", by.Account())
		}
		return store.Keyset(q, "lro.made_on", "lro.id", true, false, cur, ok).Limit(store.PageLimit(ctx)).Scan(tx.Ctx)
	})
	if err != nil {
		return nil, "", "", err
	}
	rows, prev, next = store.PageOf(ctx, rows, cur, ok, key, func(o Opinion) store.Cursor { return store.Cursor{Sort: o.On.String(), ID: o.ID} })
	return rows, prev, next, nil
}

// Staff is how many review and how many enforce: reviewers should be at least a twentieth of the officers with certificates
// (国办发〔2018〕118号十一).
type Staff struct{ Reviewers, Officers int64 }

// Few reports whether there are too few reviewers.
func (f Staff) Few() bool { return f.Reviewers*20 < f.Officers }

// daysSince are the working days from one day to another; -1 while a year between them has no calendar yet.
func (s *Service) daysSince(from, on law.Date) int64 {
	n, err := s.cases.Calendar.WorkdaysElapsed(from, on)
	if err != nil {
		return -1
	}
	return int64(n)
}

// daysUsed is how many working days an opinion took.
func daysUsed(o Opinion, cal *calendar.Calendar) int {
	n, err := cal.WorkdaysElapsed(o.SubmittedOn, o.On)
	if err != nil {
		return o.SubmittedOn.DaysUntil(o.On)
	}
	return n
}

func caseURL(o Opinion) string { return (&casework.Case{ID: o.Case}).URL() }
