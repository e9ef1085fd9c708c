package casework_test

import (
	"context"
	"io/fs"
	"testing"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/draft"
	"fadu/internal/indicator"
	"fadu/internal/jobs"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/org"
	"fadu/internal/powers"
	"fadu/internal/search"
	"fadu/internal/setting"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// A duty's term chooses cases alike on both engines; the to-do list's own conditions run on both.
func TestEndsOnBothEngines(t *testing.T) {
	migrations := []fs.FS{jobs.Migrations, search.Migrations, draft.Migrations, access.Migrations, setting.Migrations, org.Migrations, powers.Migrations, casework.Migrations, indicator.Migrations}
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		units, err := access.New(db, access.Options{Bureau: fixtureBureau, Demo: true})
		if err != nil {
			t.Fatal(err)
		}
		s := casework.New(casework.Deps{DB: db, Units: units, Calendar: calendar.Official()})
		ctx, system := context.Background(), access.System("test")
		unit, err := units.AddUnit(ctx, system, access.UnitInput{Name: "局", Code: "YS", From: law.MustDate("2020-01-01")})
		if err != nil {
			t.Fatal(err)
		}
		at := func(day string) int64 { return store.Micros(law.MustDate(day).Start()) + 9*3600*1e6 }
		add := func(id casework.CaseID, state casework.State, amount law.Money, decided string, filed bool) {
			c := &casework.Case{ID: id, Version: 1, Entry: 1, State: state, FoundAt: at(decided), RecordedAt: at(decided), DecidedOn: law.MustDate(decided), DeliveredAt: at(decided), PayFrom: at(decided), Penalty: casework.Penalty{Amount: amount}}
			c.UnitID, c.U1 = unit, unit
			if filed {
				c.FiledAt = at(decided)
			}
			testkit.Update(t, db, func(tx *store.Tx) error {
				_, err := tx.DB().NewInsert().Model(c).Exec(tx.Ctx)
				return err
			})
			if err := s.RecountBalances(ctx); err != nil {
				t.Fatal(err)
			}
		}
		add(1, casework.Delivered, 0, "2026-02-24", false)           // to be filed by 27 February: overdue
		add(2, casework.Delivered, 0, "2026-02-28", false)           // to be filed by 4 March
		add(3, casework.Delivered, law.Yuan(50), "2026-02-28", true) // to be paid by 16 March
		add(4, casework.Delivered, law.Yuan(50), "2026-02-10", true) // to be paid by 25 February: overdue
		add(5, casework.Closed, law.Yuan(50), "2026-01-10", true)
		list := func(f casework.Filter) string {
			page, err := s.List(ctx, system, f, "")
			if err != nil {
				t.Fatal(err)
			}
			out := ""
			for _, r := range page.Rows {
				out += r.ID.String()
			}
			return out
		}
		ends := func(day string) casework.Ends {
			e, err := s.EndsBy(law.MustDate(day))
			if err != nil {
				t.Fatal(err)
			}
			return e
		}
		late := ends("2026-03-01")
		for _, c := range []struct {
			name string
			f    casework.Filter
			want string
		}{
			{"到三月一日止", casework.Filter{Ends: late, Oldest: true}, "41"},
			{"三月二日到五日", casework.Filter{Ends: ends("2026-03-05"), NotEnds: late}, "2"},
			{"到三月十六日止", casework.Filter{Ends: ends("2026-03-16"), Oldest: true}, "4123"},
			{"三月结案的", casework.Filter{ClosedFrom: law.MustDate("2026-03-01"), ClosedUntil: law.MustDate("2026-03-31")}, ""},
		} {
			t.Run(c.name, func(t *testing.T) {
				if got := list(c.f); got != c.want {
					t.Errorf("选出 %q，应为 %q", got, c.want)
				}
			})
		}
		todo, err := s.Todo(ctx, system)
		if err != nil {
			t.Fatal(err)
		}
		if n, late := todo.Count(); n != 2 || !late {
			t.Errorf("待办 %d 件，超期 %v：%+v", n, late, todo)
		}
	})
}
