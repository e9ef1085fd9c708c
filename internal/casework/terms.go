package casework

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/deadline"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/law/timing"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"

	"github.com/uptrace/bun"
)

// TermsKind names cases among the matters of the deadline mechanism: case/123.
const TermsKind = "case"

// keepClocks makes the rows of the case's running terms follow its events: at the end of every command.
func (s *Service) keepClocks(tx *store.Tx, c *Case) error {
	if s.Terms == nil {
		return nil
	}
	clocks, err := s.Clocks(tx, c)
	if err != nil {
		return err
	}
	return s.putClocks(tx, c, clocks)
}

// keepNewClocks is keepClocks for a case that was not there before.
func (s *Service) keepNewClocks(tx *store.Tx, c *Case) error {
	if s.Terms == nil {
		return nil
	}
	clocks, err := c.book().Run(s.Calendar, []timing.Event{c.registered()}, tx.Today())
	if err != nil {
		return err
	}
	m, err := s.matter(tx, c)
	if err != nil {
		return err
	}
	return s.Terms.PutNew(tx, m, clocks)
}

func (s *Service) putClocks(tx *store.Tx, c *Case, clocks []timing.Clock) error {
	if !c.ordinary() && c.ended() { // the party's rights run on and ask nothing of anybody
		clocks = slices.DeleteFunc(slices.Clone(clocks), func(k timing.Clock) bool { return k.Whose == timing.Party || k.Whose == timing.Others })
	}
	m, err := s.matter(tx, c)
	if err != nil {
		return err
	}
	return s.Terms.Put(tx, m, clocks)
}

// matter is the case as the deadline mechanism knows it.
func (s *Service) matter(tx *store.Tx, c *Case) (deadline.Matter, error) {
	title, err := c.numberOrLead(tx)
	return deadline.Matter{Kind: TermsKind, Ref: int64(c.ID), Title: title, Href: c.URL(), Levels: c.Levels, Holder: c.Lead, Second: c.Assist}, err
}

// numberOrLead names the case: by its decision's number, before by that of its filing, before by when it was found.
func (c *Case) numberOrLead(tx *store.Tx) (string, error) {
	if c.DecidedOn.IsZero() || c.ordinary() {
		return c.leadTitle(), nil
	}
	no, err := DocNoOf(tx, c.ID)
	return orWord(no, c.leadTitle()), err
}

// TermSource lets the deadline mechanism read cases: to count their terms anew, and those that were open before it was
// there.
func (s *Service) TermSource() deadline.Source {
	return deadline.Source{
		Kind: TermsKind, Reread: s.reread, Open: openRefs, Moved: storeMoved,
	}
}

// reread counts the terms of a case anew from its records.
func (s *Service) reread(tx *store.Tx, ref int64) error {
	c := new(Case)
	if err := tx.DB().NewSelect().Model(c).Where("c.id = ?", ref).Scan(tx.Ctx); err != nil {
		return store.One(err, "这个案件")
	}
	return s.keepClocks(tx, c)
}

// openRefs are the cases with something open, after an identifier, in its order: cash that has not reached the bank and
// publications to be withdrawn may belong to a closed one.
func openRefs(tx *store.Tx, after int64, limit int) ([]int64, error) {
	var out []int64
	err := tx.DB().NewRaw(`SELECT DISTINCT t.ref FROM (
		SELECT * FROM (SELECT c.id AS ref FROM penalty_case AS c WHERE c.closed_at = 0 AND c.id > ?0 ORDER BY c.id LIMIT ?1) AS o
		UNION ALL SELECT * FROM (SELECT DISTINCT pm.case_id AS ref FROM payment AS pm WHERE pm.channel = 'cash' AND pm.deposited_on = '' AND pm.case_id > ?0 ORDER BY pm.case_id LIMIT ?1) AS p
		UNION ALL SELECT * FROM (SELECT DISTINCT wd.case_id AS ref FROM publication_withdrawal AS wd WHERE wd.state = 'open' AND wd.case_id > ?0 ORDER BY wd.case_id LIMIT ?1) AS w) AS t
		ORDER BY t.ref LIMIT ?1`, after, limit).Scan(tx.Ctx, &out)
	return out, err
}

// storeMoved writes ends that a newly loaded calendar moved where they are kept beside the term: by when to report the
// decision, to hand the cash in and to bank it.
func storeMoved(tx *store.Tx, ref int64, moved []deadline.Moved, entry ledger.EntryID) error {
	for _, m := range moved {
		var err error
		switch m.Term {
		case termFile:
			c := new(Case)
			if err := tx.DB().NewSelect().Model(c).Where("c.id = ?", ref).Scan(tx.Ctx); err != nil {
				return err
			}
			c.FileDue, c.Entry, c.Version = m.Due, int64(entry), c.Version+1
			err = save(tx, c)
		case termHandIn, termDeposit:
			column := map[string]string{termHandIn: "hand_in_due", termDeposit: "deposit_due"}[m.Term]
			id, _ := strconv.ParseInt(strings.TrimPrefix(m.Of, "payment/"), 10, 64)
			_, err = tx.Exec(`UPDATE payment SET ? = ?, version = version + 1, entry_id = ? WHERE id = ?`, bun.Ident(column), m.Due, int64(entry), id)
		case termWithdraw:
			_, err = tx.Exec(`UPDATE publication_withdrawal SET due = ?, version = version + 1, entry_id = ? WHERE case_id = ? AND state = 'open'`, m.Due, int64(entry), ref)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// termsOf are the open terms of several cases that somebody has to keep, each case's nearest first, in one query.
func termsOf(tx *store.Tx, ids []CaseID) (map[CaseID][]deadline.Row, error) {
	refs := make([]int64, len(ids))
	for i, id := range ids {
		refs[i] = int64(id)
	}
	rows, err := deadline.OfMany(tx, TermsKind, refs)
	out := map[CaseID][]deadline.Row{}
	for _, r := range rows {
		out[CaseID(r.Ref)] = append(out[CaseID(r.Ref)], r)
	}
	return out, err
}

// ActName is what the tables, or the clocks, call an act.
func ActName(id string) string {
	if a, ok := findAct(id); ok {
		return a.Name
	}
	return orWord(eventNames[id], id)
}

// eventNames are what starts or ends a term without being an act.
var eventNames = map[string]string{
	EventRegistered: "发现线索", EventFiledLeft: "移送有管辖权的机关", EventJudgmentDue: "裁判可以执行", EventPaidUp: "罚款缴清", EventPerformed: "决定全部履行", EventNeverPublished: "没有公开过", EventDecisionSent: "决定书发出", EventDecisionReturned: "决定书没有送到",
	EventNothingOwed: "没有罚款", EventPartDue: "同意延期、分期", EventPartPaid: "这一期缴清", EventPartOff: "取消延期、分期", EventPublicationOwed: "变更或者撤销", EventChangeServed: "变更决定书送达", EventToDecideBy: "责令重作",
}

// whatOf says which of several things a term concerns, as far as its name is of use to a reader.
func whatOf(of string) string {
	kind, id, _ := strings.Cut(of, "/")
	if kind == "payment_part" {
		_, n, _ := strings.Cut(id, "-")
		return fmt.Sprintf("第 %s 期", n)
	}
	return ""
}

// clocksShown are the terms of the case for its page and its call: those that run or stand still, the first to end on
// top, then those that ended. What never asked for anything is left out.
func (s *Service) clocksShown(tx *store.Tx, c *Case) ([]timing.Clock, error) {
	all, err := s.Clocks(tx, c)
	all = slices.DeleteFunc(all, func(k timing.Clock) bool { return k.State == timing.Dropped && k.EndAct == EventNothingOwed })
	slices.SortStableFunc(all, func(a, b timing.Clock) int {
		switch {
		case a.Open() != b.Open():
			if a.Open() {
				return -1
			}
			return 1
		case !a.Open():
			return 0
		case a.Due.IsZero() != b.Due.IsZero():
			if b.Due.IsZero() {
				return -1
			}
			return 1
		}
		return b.Due.DaysUntil(a.Due)
	})
	return all, err
}

// dueOf shows a clock as what is left of it, or how it ended.
func dueOf(k timing.Clock, today law.Date, cal web.Workdays) web.DueView {
	switch k.State {
	case timing.Running:
		return web.DueOf(k.Due, today, k.Unit == calendar.Workdays, cal)
	case timing.Still:
		return web.DueStopped(k.Why)
	}
	return web.DueDone(k.Ended, today, k.State == timing.Late)
}

// nearestOf returns for a page of a list the term of each case that ends first.
func nearestOf(tx *store.Tx, rows []Row) (map[int64]deadline.Row, error) {
	refs := make([]int64, len(rows))
	for i, r := range rows {
		refs[i] = int64(r.ID)
	}
	return deadline.Nearest(tx, TermsKind, refs)
}

// dueBounds are the days between which the nearest terms of the cases of a view end: late are those that ended before
// today, soon those that end within three working days.
func (s *Service) dueBounds(view string, today law.Date) (from, until law.Date) {
	if view == "late" {
		return law.Date{}, today.AddDays(-1)
	}
	last, err := s.Calendar.AddWorkdays(today, soonWorkdays)
	if err != nil {
		last = today.AddDays(soonWorkdays) // the year's days off are not loaded
	}
	return today, last
}
