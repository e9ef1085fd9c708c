package indicator_test

import (
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"testing"
	"testing/fstest"

	"fadu/internal/indicator"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/testkit"

	"github.com/uptrace/bun"
	"pgregory.net/rapid"
)

var keptTables = []fs.FS{indicator.Migrations, fstest.MapFS{"m/9001_create_keptfine.sql": {Data: []byte(`-- +goose Up
CREATE TABLE keptfine (id BIGINT NOT NULL PRIMARY KEY, unit_id BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  decided_on TEXT NOT NULL, kind TEXT NOT NULL, amount BIGINT NOT NULL, voided SMALLINT NOT NULL);
`)}}}

type keptfine struct {
	bun.BaseModel `bun:"table:keptfine,alias:f"`

	ID        int64      `bun:"id,pk"`
	Unit      int64      `bun:"unit_id"`
	U1        int64      `bun:"u1"`
	U2        int64      `bun:"u2"`
	U3        int64      `bun:"u3"`
	U4        int64      `bun:"u4"`
	U5        int64      `bun:"u5"`
	DecidedOn law.Date   `bun:"decided_on"`
	Kind      string     `bun:"kind"`
	Amount    law.Money  `bun:"amount"`
	Voided    store.Flag `bun:"voided"`
}

// keptDefinitions are a count and a sum; amounts may cancel out, as fines and refunds do.
func keptDefinitions() []indicator.Definition {
	count := base()
	count.Keep = []string{"kind"}
	count.Rows = func(tx *store.Tx) *bun.SelectQuery {
		return tx.DB().NewSelect().TableExpr("keptfine AS f").Where("f.voided = 0")
	}
	count.Columns.Entered = ""
	count.Dimensions[0].Expr = "f.unit_id"
	sum := count
	sum.ID, sum.Measure, sum.Sum = "toy.amount", indicator.Yuan, "f.amount"
	return []indicator.Definition{count, sum}
}

// uncounted is the same definition, always counted from the records.
func uncounted(d indicator.Definition) indicator.Definition {
	d.Keep = nil
	return d
}

// TestKept: whatever is entered, changed and voided, and whenever sums are folded, the kept figures are
// those of the records, for every period, unit and dimension.
func TestKept(t *testing.T) {
	defs := keptDefinitions()
	kept := indicator.Keep("f", defs)
	dates := []law.Date{{}, law.MustDate("2025-12-31"), law.MustDate("2026-01-01"), law.MustDate("2026-01-31"), law.MustDate("2026-02-15"), law.MustDate("2026-02-28"), law.MustDate("2026-03-01")}
	some := func(r *rapid.T, f *keptfine) {
		f.DecidedOn = rapid.SampledFrom(dates).Draw(r, "date")
		f.Kind = rapid.SampledFrom([]string{"占道", "违停", ""}).Draw(r, "kind")
		f.Amount = law.Money(rapid.Int64Range(-2, 2).Draw(r, "amount"))
		f.Voided = store.Flag(rapid.IntRange(0, 3).Draw(r, "voided") == 0)
	}
	testkit.Both(t, keptTables, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		rapid.Check(t, func(r *rapid.T) {
			var units []int64 // of the rows there are
			testkit.Update(t, db, func(tx *store.Tx) error {
				for _, table := range []string{"keptfine", "figure_delta", "figure_cell", "figure_kept"} {
					if _, err := tx.Exec("DELETE FROM " + table); err != nil {
						return err
					}
				}
				return indicator.Rebuild(tx, defs, false)
			})
			for range rapid.IntRange(1, 12).Draw(r, "steps") {
				var f keptfine // drawn before the transaction, which would take rapid's way of giving up for a panic
				some(r, &f)
				step, which := rapid.IntRange(0, 5).Draw(r, "step"), rapid.IntRange(0, 11).Draw(r, "which")
				f.ID, f.Unit = int64(len(units)+1), rapid.Int64Range(8, 10).Draw(r, "unit")
				testkit.Update(t, db, func(tx *store.Tx) error {
					if step == 0 {
						_, err := indicator.Fold(tx)
						return err
					}
					if step > 2 || which >= len(units) {
						units = append(units, f.Unit)
						f.U1 = f.Unit
						if _, err := tx.DB().NewInsert().Model(&f).Exec(tx.Ctx); err != nil {
							return err
						}
						return kept.Changed(tx, f.ID, nil)
					}
					f.ID, f.Unit, f.U1 = int64(which+1), units[which], units[which]
					before, err := kept.Of(tx, f.ID)
					if err != nil {
						return err
					}
					if _, err := tx.DB().NewUpdate().Model(&f).WherePK().Exec(tx.Ctx); err != nil {
						return err
					}
					return kept.Changed(tx, f.ID, before)
				})
			}
			q := indicator.Query{Scope: unit(rapid.SampledFrom([]int64{0, 9}).Draw(r, "scope"))}
			q.Period = indicator.Period{From: rapid.SampledFrom(dates).Draw(r, "from"), To: rapid.SampledFrom(dates).Draw(r, "to")}
			if rapid.Bool().Draw(r, "narrowed") {
				q.Only = map[string]string{"kind": "占道"}
			}
			testkit.View(t, db, func(tx *store.Tx) error {
				for _, d := range defs {
					for _, by := range [][]string{nil, {"kind"}, {"month"}, {"unit", "month", "kind"}} {
						got, err := d.Groups(tx, q, by...)
						if err != nil {
							r.Fatal(err)
						}
						want, err := uncounted(d).Groups(tx, q, by...)
						if err != nil {
							r.Fatal(err)
						}
						if !reflect.DeepEqual(got, want) {
							r.Fatalf("%s by %v of %v: %v, counted %v", d.ID, by, q.Period, got, want)
						}
					}
					if faults, err := d.Recount(tx, q); err != nil || len(faults) > 0 {
						r.Fatalf("%v %v", faults, err)
					}
				}
				return nil
			})
		})
	})
}

// TestKeptIsProven: a kept sum changed behind the program's back is found, and counting anew mends it.
func TestKeptIsProven(t *testing.T) {
	defs := keptDefinitions()
	all := indicator.Query{Scope: unit(0)}
	recount := func(t *testing.T, db *store.DB) (faults []string) {
		testkit.View(t, db, func(tx *store.Tx) (err error) {
			faults, err = defs[0].Recount(tx, all)
			return err
		})
		return faults
	}
	testkit.Both(t, keptTables, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		testkit.Update(t, db, func(tx *store.Tx) error {
			if _, err := tx.DB().NewInsert().Model(&keptfine{ID: 1, Unit: 9, U1: 9, DecidedOn: law.MustDate("2026-02-01"), Kind: "占道"}).Exec(tx.Ctx); err != nil {
				return err
			}
			return indicator.Rebuild(tx, defs, false)
		})
		if faults := recount(t, db); len(faults) > 0 {
			t.Fatal(faults)
		}
		testkit.Update(t, db, func(tx *store.Tx) error {
			_, err := tx.Exec("UPDATE figure_cell SET n = n + 1")
			return err
		})
		if faults := recount(t, db); !slices.Contains(faults, "演示处罚数：数字是 2 件，明细合计是 1 件") {
			t.Errorf("%q", faults)
		}
		testkit.Update(t, db, func(tx *store.Tx) error { return indicator.Rebuild(tx, defs, true) })
		if faults := recount(t, db); len(faults) > 0 {
			t.Error(faults)
		}
		// Sums of another definition are not used.
		other := defs[0]
		other.Rows = func(tx *store.Tx) *bun.SelectQuery { return defs[0].Rows(tx).Where("f.kind <> ?", "占道") }
		testkit.View(t, db, func(tx *store.Tx) error {
			f, err := other.Value(tx, all)
			if err == nil && f.N != 0 {
				err = fmt.Errorf("used the sums of another definition: %s", f.Text())
			}
			return err
		})
	})
}
