package casework

import (
	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// MovedTerm is a running term that ends on another day than before.
type MovedTerm struct {
	access.Levels
	Case     CaseID
	Title    string
	Term     string
	Was, Due law.Date
}

// termReach is how many days before a changed day a term of this procedure can begin: more than its
// longest, fifteen days that end on a rest day.
const termReach = 60

// RecountTerms counts the open terms anew when the calendar before becomes after, from the first changed
// day on: it stores the ends that are stored, tells each case so, and returns those that moved.
func (s *Service) RecountTerms(tx *store.Tx, by ledger.Actor, before, after *calendar.Calendar, from law.Date) ([]MovedTerm, error) {
	since := from.AddDays(-termReach)
	var cases []Case
	err := tx.DB().NewSelect().Model(&cases).Where("c.closed_at = 0 AND c.state IN ('issuing', 'issued', 'delivered') OR c.id IN (SELECT pm.case_id FROM payment AS pm WHERE pm.channel = 'cash' AND pm.kind = 'fine' AND pm.deposited_on = '')").
		Where("(c.decided_on >= ? OR c.pay_from >= ?)", since, day(since)).Order("c.id").Scan(tx.Ctx)
	if err != nil {
		return nil, err
	}
	files, err := s.todoCases(tx, cases)
	if err != nil {
		return nil, err
	}
	var out []MovedTerm
	for i := range files {
		moved, err := recount(&files[i], before, after)
		if err != nil {
			return nil, err
		}
		if len(moved) == 0 {
			continue
		}
		if err := storeMoved(tx, by, &files[i], moved); err != nil {
			return nil, err
		}
		for _, m := range moved {
			out = append(out, m.MovedTerm)
		}
	}
	return out, nil
}

// moved is a moved term with where its end is stored: a column of the payment, or of the case; "" when it
// is counted afresh each time.
type moved struct {
	MovedTerm
	payment *Payment
	column  string
}

// recount compares the open terms of a case under two calendars.
func recount(c *todoCase, before, after *calendar.Calendar) ([]moved, error) {
	var out []moved
	add := func(term string, start, stored law.Date, p *Payment, column string) error {
		is, err := after.Earliest(term, start, 0)
		if old, err := former(err); err != nil || old != "" {
			return err
		}
		if stored != is.Due {
			out = append(out, moved{MovedTerm{c.Levels, c.ID, c.title(), term, stored, is.Due}, p, column})
		}
		return nil
	}
	if c.FiledAt == 0 && c.State != Closed && !c.FileDue.IsZero() {
		if err := add(termFile, c.DecidedOn, c.FileDue, nil, "file_due"); err != nil {
			return nil, err
		}
	}
	rest := c.Amount
	for i, p := range c.payments {
		rest -= p.Amount
		if p.Channel != PayCash || p.Kind != "fine" || !p.DepositedOn.IsZero() {
			continue
		}
		term, start, stored, column := termHandIn, p.PaidOn, p.HandInDue, "hand_in_due"
		if !p.HandedInOn.IsZero() {
			term, start, stored, column = termDeposit, p.HandedInOn, p.DepositDue, "deposit_due"
		}
		if err := add(term, start, stored, &c.payments[i], column); err != nil {
			return nil, err
		}
	}
	if c.State == Delivered && rest > 0 {
		pay, err := recountPay(c, before, after)
		if pay != nil {
			out = append(out, *pay)
		}
		return out, err
	}
	return out, nil
}

// recountPay compares the term of payment; one that was deferred or cut into parts ends as was agreed.
func recountPay(c *todoCase, before, after *calendar.Calendar) (*moved, error) {
	was, err := before.Earliest(termPay, c.payOn(), 0)
	if old, err := former(err); err != nil || old != "" {
		return nil, err
	}
	is, err := after.Earliest(termPay, c.payOn(), 0)
	if err != nil {
		return nil, err
	}
	then, now := payTermOf(&c.Case, was.Due, c.plans, c.payments).due, payTermOf(&c.Case, is.Due, c.plans, c.payments).due
	if then == now {
		return nil, nil
	}
	return &moved{MovedTerm: MovedTerm{c.Levels, c.ID, c.title(), termPay, then, now}}, nil
}

// storeMoved enters in the case what moved and writes the ends that are stored.
func storeMoved(tx *store.Tx, by ledger.Actor, c *todoCase, ms []moved) error {
	said := map[string]string{}
	for _, m := range ms {
		said[m.Term] = m.Was.String() + " → " + m.Due.String()
	}
	entry, err := ledger.Append(tx, by, ledger.Act{Kind: "casework.terms_recounted", Subject: c.ID.Subject(), Unit: int64(c.UnitID), Data: map[string]any{"terms": said}})
	if err != nil {
		return err
	}
	for _, m := range ms {
		switch m.column {
		case "file_due":
			c.FileDue, c.Entry, c.Version = m.Due, int64(entry), c.Version+1
			err = save(tx, &c.Case)
		case "hand_in_due", "deposit_due":
			_, err = tx.Exec(`UPDATE payment SET ? = ?, version = version + 1, entry_id = ? WHERE id = ?`, bun.Ident(m.column), m.Due, int64(entry), m.payment.ID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
