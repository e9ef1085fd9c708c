package casework_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/deadline"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// terms is a bureau of one unit whose cases are written as they would stand, with their terms.
type terms struct {
	t    *testing.T
	db   *store.DB
	s    *casework.Service
	unit access.UnitID
	next casework.CaseID
}

func onTerms(t *testing.T, f func(t *testing.T, b *terms)) {
	t.Helper()
	testkit.Both(t, fixtureMigrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		clock.Set(law.MustDate("2026-03-02").Start().Add(9 * 3600 * 1e9))
		units, err := access.New(db, access.Options{Bureau: fixtureBureau, Demo: true})
		if err != nil {
			t.Fatal(err)
		}
		b := &terms{t: t, db: db}
		kept := deadline.New(deadline.Deps{DB: db, Units: units, Calendar: calendar.Official()})
		b.s = casework.New(casework.Deps{DB: db, Units: units, Calendar: calendar.Official(), Terms: kept})
		kept.From(b.s.TermSource())
		if b.unit, err = units.AddUnit(context.Background(), access.System("test"), access.UnitInput{Name: "局", Code: "YS", From: law.MustDate("2020-01-01")}); err != nil {
			t.Fatal(err)
		}
		f(t, b)
	})
}

func (b *terms) at(day string) int64 { return store.Micros(law.MustDate(day).Start()) + 9*3600*1e6 }

// file is a case with what hangs on it.
type file struct {
	state    casework.State
	amount   law.Money
	decided  string
	filed    bool
	payments []casework.Payment
	steps    []casework.Step
}

// add writes a case as found, decided and delivered on one day, and counts its terms.
func (b *terms) add(f file) casework.CaseID {
	b.t.Helper()
	b.next++
	at := b.at(f.decided)
	c := &casework.Case{ID: b.next, Version: 1, Entry: 1, State: f.state, FoundAt: at, RecordedAt: at, Lead: 1, Penalty: casework.Penalty{Amount: f.amount}}
	c.UnitID, c.U1 = b.unit, b.unit
	if f.state != casework.Lead && f.state != casework.OnSite {
		c.DecidedOn = law.MustDate(f.decided)
	}
	if f.state == casework.Delivered || f.state == casework.Closed {
		c.DeliveredAt, c.PayFrom = at, at
	}
	if f.state == casework.Closed {
		c.ClosedAt = at
	}
	if f.filed {
		c.FiledAt = at
	}
	testkit.Update(b.t, b.db, func(tx *store.Tx) error {
		rows := []any{c}
		for i := range f.payments {
			p := &f.payments[i]
			p.ID, p.Case, p.Version, p.Entry, p.Kind, p.Levels, p.State, p.Officer = store.NewID(), c.ID, 1, 1, "fine", c.Levels, "open", 1
			p.Reference = c.ID.String()
			rows = append(rows, p)
		}
		for i := range f.steps {
			st := &f.steps[i]
			st.ID, st.Case, st.Entry, st.DoneAt = store.NewID(), c.ID, 1, at
			rows = append(rows, st)
		}
		for _, r := range rows {
			if _, err := tx.DB().NewInsert().Model(r).Exec(tx.Ctx); err != nil {
				return err
			}
		}
		return b.s.TermSource().Reread(tx, int64(c.ID))
	})
	return c.ID
}

// open are the running terms of a case that somebody has to keep, the nearest first.
func (b *terms) open(id casework.CaseID) (out []string) {
	b.t.Helper()
	testkit.View(b.t, b.db, func(tx *store.Tx) error {
		rows, err := deadline.OfMany(tx, casework.TermsKind, []int64{int64(id)})
		for _, r := range rows {
			out = append(out, r.Term+" "+r.Due.String())
		}
		return err
	})
	return out
}

// 街面案件走着哪些期限：从案件的各栏、缴款、步骤推算。
func TestTermsOfTheStreet(t *testing.T) {
	cash := func(handed, deposited string) []casework.Payment {
		p := casework.Payment{Channel: casework.PayCash, Amount: law.Yuan(100), PaidOn: law.MustDate("2026-04-28")}
		if handed != "" {
			p.HandedInOn = law.MustDate(handed)
		}
		if deposited != "" {
			p.DepositedOn = law.MustDate(deposited)
		}
		return []casework.Payment{p}
	}
	step := func(kind casework.StepKind, detail, due string) casework.Step {
		st := casework.Step{Kind: kind, Detail: detail}
		if due != "" {
			st.Due = law.MustDate(due)
		}
		return st
	}
	by, withdrawn := step(casework.StepCorrect, "by_date", "2026-05-04"), step(casework.StepCorrect, "by_date", "2026-05-04")
	withdrawn.Withdrawn = true
	of := func(state casework.State, yuan int64, filed bool, pay []casework.Payment, steps ...casework.Step) file {
		return file{state: state, amount: law.Yuan(yuan), decided: "2026-04-28", filed: filed, payments: pay, steps: steps}
	}
	onTerms(t, func(t *testing.T, b *terms) {
		for _, c := range []struct {
			name string
			f    file
			want []string
		}{
			{"线索要在十五个工作日内核查（55号令15）", of(casework.Lead, 0, false, nil), []string{"线索核查期限 2026-05-21"}},
			{"到了现场就不再核查", of(casework.OnSite, 0, false, nil), nil},
			{"交付以后要备案、要缴款", of(casework.Delivered, 100, false, nil), []string{"当场处罚决定备案 2026-05-06", "缴纳罚款期限 2026-05-13"}},
			{"备案以后只等缴款", of(casework.Delivered, 100, true, nil), []string{"缴纳罚款期限 2026-05-13"}},
			{"只有警告的不等缴款", of(casework.Delivered, 0, false, nil), []string{"当场处罚决定备案 2026-05-06"}},
			{"收了现金要上交", of(casework.Delivered, 100, true, cash("", "")), []string{"当场收缴罚款交至行政机关 2026-04-30"}},
			{"上交以后要缴付银行", of(casework.Delivered, 100, true, cash("2026-04-29", "")), []string{"行政机关将当场收缴罚款缴付银行 2026-05-06"}},
			{"结了案的，现金还是要缴付", of(casework.Closed, 100, true, cash("2026-04-29", "")), []string{"行政机关将当场收缴罚款缴付银行 2026-05-06"}},
			{"缴付银行以后没有了", of(casework.Delivered, 100, true, cash("2026-04-29", "2026-04-30")), nil},
			{"限期改正到期要复查", of(casework.Issued, 100, true, nil, by), []string{"责令改正期限 2026-05-04"}},
			{"复查过了", of(casework.Issued, 100, true, nil, by, step(casework.StepRecheck, casework.CorrectedNow, "")), nil},
			{"另行限期的，按后一次", of(casework.Issued, 100, true, nil, by, step(casework.StepCorrect, "by_date", "2026-05-09")), []string{"责令改正期限 2026-05-09"}},
			{"当场改正的不复查", of(casework.Issued, 100, true, nil, step(casework.StepCorrect, casework.CorrectedNow, "")), nil},
			{"更正过的限期不算", of(casework.Issued, 100, true, nil, withdrawn), nil},
			{"结了案的没有期限", of(casework.Closed, 0, true, nil), nil},
		} {
			t.Run(c.name, func(t *testing.T) {
				if got := b.open(b.add(c.f)); !slices.Equal(got, c.want) {
					t.Errorf("%v，应为 %v", got, c.want)
				}
			})
		}
	})
}

// 列表按最先届满的期限选案、排序，两种数据库一样；翻页不漏。
func TestListByTerms(t *testing.T) {
	onTerms(t, func(t *testing.T, b *terms) {
		ctx, system := context.Background(), access.System("test")
		b.add(file{state: casework.Delivered, decided: "2026-02-24"})                                    // 1：2月27日前备案，已超期
		b.add(file{state: casework.Delivered, decided: "2026-02-28"})                                    // 2：3月4日前备案
		b.add(file{state: casework.Delivered, amount: law.Yuan(50), decided: "2026-02-28", filed: true}) // 3：3月16日前缴款
		b.add(file{state: casework.Delivered, amount: law.Yuan(50), decided: "2026-02-10", filed: true}) // 4：2月25日前缴款，已超期
		b.add(file{state: casework.Closed, amount: law.Yuan(50), decided: "2026-01-10", filed: true})    // 5：没有期限
		list := func(f casework.Filter) string {
			t.Helper()
			var out []string
			for after := ""; ; {
				page, err := b.s.List(store.WithPageSize(ctx, 2), system, f, after)
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range page.Rows {
					out = append(out, r.ID.String())
				}
				if after = page.Next; after == "" {
					return strings.Join(out, "")
				}
			}
		}
		day := law.MustDate
		for _, c := range []struct {
			name string
			f    casework.Filter
			want string
		}{
			{"已超期的，先到的在前", casework.Filter{DueUntil: day("2026-03-01")}, "41"},
			{"三月二日到五日", casework.Filter{DueFrom: day("2026-03-02"), DueUntil: day("2026-03-05")}, "2"},
			{"到三月十六日止", casework.Filter{DueUntil: day("2026-03-16")}, "4123"},
			{"按期限排，没有期限的不列", casework.Filter{ByTerm: true}, "4123"},
			{"按期限排，再看环节", casework.Filter{ByTerm: true, State: "delivered"}, "4123"},
			{"三月结案的", casework.Filter{ClosedFrom: day("2026-03-01"), ClosedUntil: day("2026-03-31")}, ""},
		} {
			t.Run(c.name, func(t *testing.T) {
				if got := list(c.f); got != c.want {
					t.Errorf("选出 %q，应为 %q", got, c.want)
				}
			})
		}
		todo, err := b.s.Todo(ctx, system)
		if err != nil {
			t.Fatal(err)
		}
		if n, late := todo.Count(); n != 2 || !late {
			t.Errorf("内勤待办 %d 件，超期 %v：%+v", n, late, todo)
		}
	})
}
