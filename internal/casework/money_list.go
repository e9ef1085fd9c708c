package casework

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/search"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// MoneyTab is one view of the money.
type MoneyTab string

// The views, in the order of a payment's life. None is ordered by amount (处罚法七十四).
const (
	MoneyDue    MoneyTab = "due"    // fines not fully paid
	MoneyCash   MoneyTab = "cash"   // taken on the spot, not handed in
	MoneyBank   MoneyTab = "bank"   // handed in, not paid in at the bank
	MoneyPaid   MoneyTab = "paid"   // everything that was paid or refunded
	MoneyOdd    MoneyTab = "odd"    // statement lines that wait for a person
	MoneyRefund MoneyTab = "refund" // revoked, or lowered below what was paid, not refunded
)

var moneyTabs = []MoneyTab{MoneyDue, MoneyCash, MoneyBank, MoneyPaid, MoneyOdd, MoneyRefund}

// MoneyFilter chooses what a view lists. Words find cases by number, party and place; the dates bound the
// day of payment.
type MoneyFilter struct {
	Tab         MoneyTab
	Words       string
	Unit        access.UnitID
	From, Until law.Date
}

func (f MoneyFilter) key() string { return fmt.Sprintf("money %+v", f) }

// MoneyRow is a line of a view: a case with what was paid, and the payment or statement line it is about.
type MoneyRow struct {
	Case        Case
	DocNo       string
	UnitName    string
	Paid        law.Money
	Gains       law.Money // of the confiscated gains
	Payment     Payment
	OfficerName string
	Line        StatementLine
	Plans       []Plan
}

// Outstanding is what of the fine is not paid yet.
func (r MoneyRow) Outstanding() law.Money { return r.Case.Amount - r.Paid }

// MoneyPage is one page of a view, with how many each view has (store.CountLimit+1 means more).
type MoneyPage struct {
	Rows   []MoneyRow
	Counts map[MoneyTab]int
	// Sum is the money of all that the view lists, while that can be counted.
	Sum law.Money
	// Prev and Next are cursors.
	Prev, Next string
}

// moneyView is how a view is asked and paged: its rows come from cases (c), payments (pm) or lines (sl).
type moneyView struct {
	alias, sort string
	numeric     bool
	desc        bool
	where       string
	date        string // bounded by From and Until; "" is not
	sum         string // what of a row the view is about
}

var moneyViews = map[MoneyTab]moneyView{
	MoneyDue:    {alias: "c", sort: "c.delivered_at", numeric: true, where: "cb.owing + cb.gains > 0", sum: "cb.owing + cb.gains"},
	MoneyRefund: {alias: "c", sort: "c.closed_at", numeric: true, where: "cb.surplus > 0", sum: "cb.surplus"},
	MoneyCash:   {alias: "pm", sort: "pm.hand_in_due", where: "pm.kind = 'fine' AND pm.channel = 'cash' AND pm.deposited_on = '' AND pm.handed_in_on = ''", date: "pm.paid_on", sum: "pm.amount"},
	MoneyBank:   {alias: "pm", sort: "pm.deposit_due", where: "pm.kind = 'fine' AND pm.channel = 'cash' AND pm.handed_in_on <> '' AND pm.deposited_on = ''", date: "pm.paid_on", sum: "pm.amount"},
	MoneyPaid:   {alias: "pm", sort: "pm.paid_on", desc: true, where: "pm.paid_on > ''", date: "pm.paid_on", sum: "pm.amount"},
	MoneyOdd:    {alias: "sl", sort: "sl.id", numeric: true, where: "sl.state IN ('mismatch', 'unknown')", date: "sl.paid_on", sum: "sl.amount"},
}

func (v moneyView) query(tx *store.Tx, scope access.Scope, f MoneyFilter) *bun.SelectQuery {
	q := tx.DB().NewSelect()
	switch v.alias {
	case "c":
		q = q.TableExpr("case_balance AS cb").Join("CROSS JOIN penalty_case AS c").Where("c.id = cb.case_id") // in this order
	case "pm":
		q = q.TableExpr("payment AS pm").Join("JOIN penalty_case AS c ON c.id = pm.case_id")
	case "sl": // lines are the whole bureau's: they have no unit before they are matched
		q = q.TableExpr("statement_line AS sl")
	}
	q = q.Where(v.where)
	if v.alias != "sl" {
		q = scope.Beside(tx, q, v.alias)
		if strings.TrimSpace(f.Words) != "" {
			q = search.Match(tx, q, searchKind, "c.id", f.Words)
		}
		if f.Unit != 0 {
			q = q.Where("? IN (c.u1, c.u2, c.u3, c.u4, c.u5)", f.Unit)
		}
	} else if w := strings.TrimSpace(f.Words); w != "" {
		q = q.Where("(sl.reference = ? OR sl.doc_no = ? OR sl.doc_no IN (?))", w, w, bun.List(DocNoForms(w)))
	}
	if v.date != "" && !f.From.IsZero() {
		q = q.Where(v.date+" >= ?", f.From)
	}
	if v.date != "" && !f.Until.IsZero() {
		q = q.Where(v.date+" <= ?", f.Until)
	}
	return q
}

// Money returns a page of a view in the scope of money.reconcile.
func (s *Service) Money(ctx context.Context, by access.Session, f MoneyFilter, after string) (MoneyPage, error) {
	scope, err := by.Require(access.MoneyReconcile)
	if err != nil {
		return MoneyPage{}, err
	}
	v, ok := moneyViews[f.Tab]
	if !ok {
		return MoneyPage{}, fault.InvalidField("tab", "没有这一栏")
	}
	cur, ok, err := store.DecodeCursor(after, f.key())
	if err != nil {
		return MoneyPage{}, err
	}
	page := MoneyPage{Counts: map[MoneyTab]int{}}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		for _, tab := range moneyTabs {
			counted := MoneyFilter{Tab: tab}
			if tab == f.Tab {
				counted = f
			}
			var err error
			if page.Counts[tab], err = store.CountUpTo(tx, moneyViews[tab].query(tx, scope, counted)); err != nil {
				return err
			}
		}
		if n := page.Counts[f.Tab]; n > 0 && n <= store.CountLimit {
			sum := tx.DB().NewSelect().TableExpr("(?) AS listed", v.query(tx, scope, f).ColumnExpr(v.sum+" AS amount")).ColumnExpr("CAST(SUM(listed.amount) AS BIGINT)")
			if err := sum.Scan(tx.Ctx, &page.Sum); err != nil {
				return err
			}
		}
		if err := v.read(tx, store.Keyset(v.query(tx, scope, f), v.sort, v.alias+".id", v.desc, v.numeric, cur, ok).Limit(store.PageLimit(ctx)), &page.Rows); err != nil {
			return err
		}
		page.Rows, page.Prev, page.Next = store.PageOf(ctx, page.Rows, cur, ok, f.key(), func(r MoneyRow) store.Cursor {
			sort, id := v.place(r)
			return store.Cursor{Sort: sort, ID: id}
		})
		return s.fillMoney(tx, page.Rows)
	})
	for i := range page.Rows {
		page.Rows[i].Case.hide(by)
	}
	return page, err
}

func (v moneyView) read(tx *store.Tx, q *bun.SelectQuery, rows *[]MoneyRow) error {
	*rows = nil
	var err error
	switch v.alias {
	case "c":
		var cases []Case
		err = q.ColumnExpr("c.*").Scan(tx.Ctx, &cases)
		for _, c := range cases {
			*rows = append(*rows, MoneyRow{Case: c})
		}
	case "pm":
		var payments []Payment
		err = q.ColumnExpr("pm.*").Scan(tx.Ctx, &payments)
		for _, p := range payments {
			*rows = append(*rows, MoneyRow{Payment: p, Case: Case{ID: p.Case}})
		}
	case "sl":
		var lines []StatementLine
		err = q.ColumnExpr("sl.*").Scan(tx.Ctx, &lines)
		for _, l := range lines {
			*rows = append(*rows, MoneyRow{Line: l})
		}
	}
	return err
}

// place is the row's sort value and identifier in the view.
func (v moneyView) place(r MoneyRow) (string, int64) {
	switch v.sort {
	case "c.delivered_at":
		return strconv.FormatInt(r.Case.DeliveredAt, 10), int64(r.Case.ID)
	case "c.closed_at":
		return strconv.FormatInt(r.Case.ClosedAt, 10), int64(r.Case.ID)
	case "pm.hand_in_due":
		return r.Payment.HandInDue.String(), r.Payment.ID
	case "pm.deposit_due":
		return r.Payment.DepositDue.String(), r.Payment.ID
	case "pm.paid_on":
		return r.Payment.PaidOn.String(), r.Payment.ID
	}
	return strconv.FormatInt(r.Line.ID, 10), r.Line.ID
}

// fillMoney adds cases, numbers, units, sums and officers with a query each.
func (s *Service) fillMoney(tx *store.Tx, rows []MoneyRow) error {
	var ids []CaseID
	for _, r := range rows {
		if r.Case.ID != 0 {
			ids = append(ids, r.Case.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var cases []Case
	if err := tx.DB().NewSelect().Model(&cases).Where("c.id IN (?)", bun.List(ids)).Scan(tx.Ctx); err != nil {
		return err
	}
	listed, err := s.rows(tx, cases)
	if err != nil {
		return err
	}
	var sums []struct {
		Case  CaseID    `bun:"case_id"`
		Paid  law.Money `bun:"paid"`
		Gains law.Money `bun:"gains"`
	}
	if err := tx.DB().NewSelect().TableExpr("payment AS pm").ColumnExpr("pm.case_id").ColumnExpr("CAST(SUM(CASE WHEN pm."+ofFine+" THEN pm.amount ELSE 0 END) AS BIGINT) AS paid").ColumnExpr("CAST(SUM(CASE WHEN pm."+ofGains+" THEN pm.amount ELSE 0 END) AS BIGINT) AS gains").Where("pm.case_id IN (?)", bun.List(ids)).GroupExpr("pm.case_id").Scan(tx.Ctx, &sums); err != nil {
		return err
	}
	plans, err := plansOf(tx, ids...)
	if err != nil {
		return err
	}
	names := map[int64]string{}
	for i := range rows {
		r := &rows[i]
		r.Plans = plans[r.Case.ID]
		for _, l := range listed {
			if l.ID == r.Case.ID {
				r.Case, r.DocNo, r.UnitName = l.Case, l.DocNo, l.UnitName
			}
		}
		for _, sum := range sums {
			if sum.Case == r.Case.ID {
				r.Paid, r.Gains = sum.Paid, sum.Gains
			}
		}
		if r.OfficerName, err = nameOf(tx, names, r.Payment.Officer); err != nil {
			return err
		}
	}
	return nil
}

// nameOf is a person's name, looked up once.
func nameOf(tx *store.Tx, known map[int64]string, person int64) (string, error) {
	if person == 0 {
		return "", nil
	}
	if name, ok := known[person]; ok {
		return name, nil
	}
	name, err := org.PersonName(tx, org.PersonID(person))
	known[person] = name
	return name, err
}
