package casework

import (
	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// addBooklets tells who holds or manages booklets which numbers were used and are not entered, the other
// officer which entries wait to be confirmed, and the heads which decisions they have to deal with.
func (t *todoList) addBooklets(tx *store.Tx) error {
	for _, src := range []struct {
		allow access.Permission
		where func(*bun.SelectQuery) *bun.SelectQuery
		item  func(BookletNumber) TodoItem
	}{
		{access.CaseHandle, func(q *bun.SelectQuery) *bun.SelectQuery {
			return q.Where("bn.state = ?", NumberUsed).Where("bn.holder = ?", t.by.Person())
		}, t.toEnter},
		{access.SeriesManage, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("bn.state = ?", NumberUsed) }, t.toEnter},
		{access.CaseHandle, func(q *bun.SelectQuery) *bun.SelectQuery {
			return q.Where("bn.state = ?", NumberEntered).Where("bn.confirmed_at = 0").Where("bn.entered_by <> ?", t.by.Person()).
				Where("EXISTS (SELECT 1 FROM penalty_case AS c WHERE c.id = bn.case_id AND c.state = 'delivered' AND ? IN (c.lead_officer, c.assist_officer))", t.by.Person())
		}, toConfirm},
		{access.CaseRevoke, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("bn.ruling = ?", RulingPending) }, toRule},
	} {
		if !t.by.Can(src.allow) || src.allow == access.CaseHandle && t.by.Person() == 0 {
			continue
		}
		var ns []BookletNumber
		if err := src.where(t.by.ScopeFor(src.allow).Where(tx.DB().NewSelect().Model(&ns), "bn")).Order("bn.id").Limit(todoLimit + 1).Scan(tx.Ctx); err != nil {
			return err
		}
		if len(ns) > todoLimit {
			t.cut, ns = true, ns[:todoLimit]
		}
		for _, n := range ns {
			it := src.item(n)
			it.Title = n.DocNo
			if !it.Due.IsZero() {
				it.Group = groupOf(it.Due, t.today, t.s.Calendar)
			}
			if n.State == NumberUsed && tx.Now.After(n.EntryDue()) { // the term counts hours
				it.Group = TodoLate
			}
			if key := n.DocNo + it.What; !t.seen[key] {
				t.seen[key] = true
				t.items = append(t.items, it)
			}
		}
	}
	return nil
}

func (t *todoList) toEnter(n BookletNumber) TodoItem {
	return TodoItem{What: "手工用过的号还没有补录", About: joinDot("使用后 24 小时内补录", n.Reason), Href: n.URL(), Action: "去补录", Due: law.DateOf(n.EntryDue()), Cite: law.Citations{xzcf(52, 2)}}
}

func toConfirm(n BookletNumber) TodoItem {
	return TodoItem{What: "确认手工决定书的补录", About: "另一名执法人员已补录，请对照纸面确认", Href: (&Case{ID: n.Case}).URL() + "?step=confirm_entry", Action: "去确认", Group: TodoToday, Cite: law.Citations{xzcf(42, 1)}}
}

func toRule(n BookletNumber) TodoItem {
	return TodoItem{What: "手工决定书有问题，请处理", About: firstWords(flaws(n.Faults())), Href: (&Case{ID: n.Case}).URL() + "?step=keep_entry", Action: "去处理", Group: TodoToday, Cite: law.Citations{xzcf(75, 2)}}
}
