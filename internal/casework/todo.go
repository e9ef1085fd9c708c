package casework

import (
	"context"
	"errors"
	"slices"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// The terms of an on-the-spot case by their names.
const (
	termFile    = "当场处罚决定备案"
	termPay     = "缴纳罚款期限"
	termHandIn  = "当场收缴罚款交至行政机关"
	termDeposit = "行政机关将当场收缴罚款缴付银行"
)

// TodoGroup is how near a to-do is.
type TodoGroup int

// The groups, in the order in which the page shows them. What waits for somebody without a term is for
// today when the law wants it done on the spot, else for later.
const (
	TodoLate TodoGroup = iota
	TodoToday
	TodoSoon
	TodoLater
	todoGroups
)

// soonWorkdays is how many working days ahead count as soon.
const soonWorkdays = 3

// TodoItem is one thing that waits for a person: what, about which case, where to do it, by when.
type TodoItem struct {
	Case  CaseID
	What  string
	Title string // the decision's number, or when the lead was found
	About string // party, cause, place
	Step  string // the step of the case's page where it is done
	// Href is the place of what is about no case.
	Href   string
	Action string
	Due    law.Date
	// Workdays: the term counts working days.
	Workdays bool
	Cite     law.Citations
	Group    TodoGroup
}

// Todo is what waits for a person, nearest first in each group.
type Todo struct {
	Groups [todoGroups][]TodoItem
	// Cut: there is more than was looked at.
	Cut bool
}

// Count returns how many things wait, and whether any is overdue.
func (t Todo) Count() (n int, late bool) {
	for _, g := range t.Groups {
		n += len(g)
	}
	return n, len(t.Groups[TodoLate]) > 0
}

// groupOf puts a term into its group: past, today, within three working days, later. Where a year's days
// off are not loaded, days count as working days: better early than late.
func groupOf(due, today law.Date, cal *calendar.Calendar) TodoGroup {
	switch {
	case due.Before(today):
		return TodoLate
	case due == today:
		return TodoToday
	}
	left, err := cal.WorkdaysElapsed(today, due)
	if err != nil {
		left = today.DaysUntil(due)
	}
	if left <= soonWorkdays {
		return TodoSoon
	}
	return TodoLater
}

// todoLimit bounds how many cases of each kind the to-do list looks at.
const todoLimit = 200

// Todo lists what waits for the session's person: their own open cases, signatures and papers, and what
// their permissions make their duty in their scope (filing, sealing, closing, receiving cash).
func (s *Service) Todo(ctx context.Context, by access.Session) (Todo, error) {
	var out Todo
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) { out, err = s.todo(tx, by); return err })
	return out, err
}

func (s *Service) todo(tx *store.Tx, by access.Session) (Todo, error) {
	t := &todoList{s: s, by: by, today: tx.Today(), seen: map[string]bool{}}
	if err := t.gather(tx); err != nil {
		return Todo{}, err
	}
	return t.todo(), nil
}

// TodoNumber is how much waits for somebody, and whether any of it is overdue.
type TodoNumber struct {
	N    int
	Late bool
}

// todoGlance is whose to-dos were counted on which day.
type todoGlance struct {
	account access.AccountID
	today   law.Date
}

// TodoCount counts for the navigation what waits; see store.Glance.
func (s *Service) TodoCount(ctx context.Context, by access.Session) (out TodoNumber, err error) {
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		out, err = store.Glance(tx, todoGlance{by.Account(), tx.Today()}, func() (n TodoNumber, err error) {
			t, err := s.todo(tx, by)
			n.N, n.Late = t.Count()
			return n, err
		})
		return err
	})
	return out, err
}

// todoList collects to-dos while it reads.
type todoList struct {
	s     *Service
	by    access.Session
	today law.Date
	items []TodoItem
	seen  map[string]bool
	cut   bool
}

// gather reads each source once.
func (t *todoList) gather(tx *store.Tx) error {
	type source struct {
		where func(*bun.SelectQuery) *bun.SelectQuery
		allow access.Permission
		add   func(*todoCase) error
	}
	person := t.by.Person()
	sources := []source{
		{func(q *bun.SelectQuery) *bun.SelectQuery {
			return q.Where("c.closed_at = 0").Where("(+c.lead_officer = ? OR +c.assist_officer = ?)", person, person).Where("c.state IN ('on_site', 'issuing', 'issued')")
		}, access.CaseHandle, t.addOwn},
		{func(q *bun.SelectQuery) *bun.SelectQuery {
			return servingCases(q).Where("(+c.lead_officer = ? OR +c.assist_officer = ?)", person, person)
		}, access.CaseHandle, t.addServing},
		{func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("c.closed_at = 0").Where("c.state = 'lead'") }, access.CaseHandle, t.addLead},
		{func(q *bun.SelectQuery) *bun.SelectQuery {
			return q.Where("c.closed_at = 0").Where(`(c.state = 'delivered' AND c.filed_at <> 0 AND NOT EXISTS (SELECT 1 FROM case_balance AS cb WHERE cb.case_id = c.id AND cb.owing > 0)
				OR c.state = 'issued' AND EXISTS (SELECT 1 FROM paper AS sl WHERE sl.case_id = c.id AND sl.state = 'issued' AND sl.sealed_at = 0))`)
		}, access.CaseFile, t.addDesk},
		{changedCases, access.CaseFile, t.addChangeDesk},
		{overpaidCases, access.MoneyReconcile, t.addRefund},
	}
	for _, src := range sources {
		if !t.by.Can(src.allow) || src.allow == access.CaseHandle && person == 0 {
			continue
		}
		var cases []Case
		q := src.where(t.by.ScopeFor(src.allow).Beside(tx, tx.DB().NewSelect().Model(&cases), "c")).Order("c.found_at", "c.id").Limit(todoLimit + 1)
		if err := q.Scan(tx.Ctx); err != nil {
			return err
		}
		if len(cases) > todoLimit {
			t.cut, cases = true, cases[:todoLimit]
		}
		files, err := t.s.todoCases(tx, cases)
		if err != nil {
			return err
		}
		for i := range files {
			if err := src.add(&files[i]); err != nil {
				return err
			}
		}
	}
	return errors.Join(t.addTerms(tx), t.addBooklets(tx), t.addPlans(tx), t.addPowers(tx), t.addCertificates(tx), t.addOthers(tx))
}

// todo groups and sorts what was collected.
func (t *todoList) todo() Todo {
	out := Todo{Cut: t.cut}
	for _, it := range t.items {
		out.Groups[it.Group] = append(out.Groups[it.Group], it)
	}
	for _, g := range out.Groups {
		slices.SortStableFunc(g, func(a, b TodoItem) int {
			switch {
			case a.Due.IsZero() != b.Due.IsZero():
				if a.Due.IsZero() {
					return 1
				}
				return -1
			case a.Due.Before(b.Due):
				return -1
			case b.Due.Before(a.Due):
				return 1
			}
			return 0
		})
	}
	return out
}
