package indicator_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fadu/internal/fault"
	"fadu/internal/indicator"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/testkit"

	"github.com/uptrace/bun"
	"pgregory.net/rapid"
)

var tables = []fs.FS{fstest.MapFS{"m/9001_create_fine.sql": {Data: []byte(`-- +goose Up
CREATE TABLE fine (id BIGINT NOT NULL PRIMARY KEY, u1 BIGINT NOT NULL, decided_on TEXT NOT NULL, kind TEXT NOT NULL,
  amount BIGINT NOT NULL, paid SMALLINT, officer BIGINT, entered BIGINT NOT NULL, voided SMALLINT NOT NULL);
`)}}}

type fine struct {
	bun.BaseModel `bun:"table:fine,alias:f"`

	ID        int64      `bun:"id,pk"`
	U1        int64      `bun:"u1"`
	DecidedOn law.Date   `bun:"decided_on"`
	Kind      string     `bun:"kind"`
	Amount    law.Money  `bun:"amount"`
	Paid      *int64     `bun:"paid"`
	Officer   *int64     `bun:"officer"`
	Entered   int64      `bun:"entered"`
	Voided    store.Flag `bun:"voided"`
}

// unit is a scope: one unit, or with 0 the whole bureau.
type unit int64

func (u unit) Where(q *bun.SelectQuery, alias string) *bun.SelectQuery {
	if u == 0 {
		return q
	}
	return q.Where("?.u1 = ?", bun.Ident(alias), int64(u))
}

func (u unit) Beside(_ *store.Tx, q *bun.SelectQuery, alias string) *bun.SelectQuery {
	return u.Where(q, alias)
}

func base() indicator.Definition {
	return indicator.Definition{
		ID: "toy.fines", Name: "演示处罚数", Measure: indicator.Items,
		Population: "演示处罚决定", Filter: "未作废", Basis: "决定日", Dedup: "一份决定算一件", CutOff: "录入即计",
		Cites: law.Citations{law.Cite("XZCF", 51)},
		Rows: func(tx *store.Tx) *bun.SelectQuery {
			return tx.DB().NewSelect().TableExpr("fine AS f").Where("f.voided = 0")
		},
		Columns:    indicator.Columns{Alias: "f", ID: "f.id", Date: "f.decided_on", Label: "f.kind", Entered: "f.entered"},
		Dimensions: []indicator.Dimension{{ID: "unit", Name: "单位", Expr: "f.u1"}, {ID: "month", Name: "月份", Expr: indicator.Month("f.decided_on")}, {ID: "kind", Name: "案由", Expr: "f.kind"}},
		Link:       "/w/fines/%d",
	}
}

func with(id string, m indicator.Measure, change func(*indicator.Definition)) indicator.Definition {
	d := base()
	d.ID, d.Measure = id, m
	change(&d)
	return d
}

var (
	count    = base()
	sum      = with("toy.amount", indicator.Yuan, func(d *indicator.Definition) { d.Sum = "f.amount" })
	officers = with("toy.officers", indicator.People, func(d *indicator.Definition) { d.Distinct = "f.officer" })
	rate     = with("toy.paid", indicator.Rate, func(d *indicator.Definition) { d.Met = "f.paid = 1" })
	all      = []indicator.Definition{count, sum, officers, rate}
)

func ptr(n int64) *int64 { return &n }

// sample is a small year: two units, an undated row, a voided one, an unknown payment and officer.
func sample() []fine {
	row := func(id, u1 int64, on, kind string, yuan int64, paid, officer *int64) fine {
		f := fine{ID: id, U1: u1, Kind: kind, Amount: law.Yuan(yuan), Paid: paid, Officer: officer, Entered: store.Micros(law.MustDate("2026-01-01").Start()) + id}
		if on != "" {
			f.DecidedOn = law.MustDate(on)
		}
		return f
	}
	rows := []fine{
		row(1, 9, "2026-01-31", "占道", 50, ptr(1), ptr(71)),
		row(2, 10, "2026-02-01", "占道", 100, ptr(0), ptr(72)),
		row(3, 10, "2026-02-28", "违停", 20, nil, ptr(71)),
		row(4, 10, "2026-03-01", "违停", 30, ptr(1), nil),
		row(5, 9, "", "违停", 500, ptr(1), ptr(73)),
		row(6, 9, "2026-02-10", "占道", 999, ptr(1), ptr(74)),
	}
	rows[5].Voided = true
	return rows
}

func fill(t testing.TB, db *store.DB, rows []fine) {
	t.Helper()
	testkit.Update(t, db, func(tx *store.Tx) error {
		if _, err := tx.Exec("DELETE FROM fine"); err != nil || len(rows) == 0 {
			return err
		}
		_, err := tx.DB().NewInsert().Model(&rows).Exec(tx.Ctx)
		return err
	})
}

func february() indicator.Query {
	return indicator.Query{Scope: unit(0), Period: indicator.Period{From: law.MustDate("2026-02-01"), To: law.MustDate("2026-02-28")}}
}

func TestValue(t *testing.T) {
	whole := indicator.Query{Scope: unit(0)}
	narrowed := february()
	narrowed.Only = map[string]string{"kind": "占道", "unit": "10"}
	past := whole
	past.AsOf = store.FromMicros(sample()[1].Entered)
	cases := []struct {
		name string
		q    indicator.Query
		want []string // of count, sum, officers, rate
	}{
		{"全部有日期的", whole, []string{"4 件", "200 元", "2 人", "50.0%（2/4）"}},
		{"首尾两天都算在期内", february(), []string{"2 件", "120 元", "2 人", "0.0%（0/2）"}},
		{"一个单位", indicator.Query{Scope: unit(9)}, []string{"1 件", "50 元", "1 人", "100.0%（1/1）"}},
		{"没有记录的单位", indicator.Query{Scope: unit(8)}, []string{"0 件", "0 元", "0 人", "—（0/0）"}},
		{"细分到一格", narrowed, []string{"1 件", "100 元", "1 人", "0.0%（0/1）"}},
		{"截至某一时刻录入的", past, []string{"2 件", "150 元", "2 人", "50.0%（1/2）"}},
	}
	testkit.Both(t, tables, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		fill(t, db, sample())
		testkit.View(t, db, func(tx *store.Tx) error {
			for _, c := range cases {
				for i, d := range all {
					f, err := d.Value(tx, c.q)
					if err != nil {
						t.Fatal(err)
					}
					if f.Text() != c.want[i] {
						t.Errorf("%s, %s: %s, want %s", c.name, d.ID, f.Text(), c.want[i])
					}
				}
			}
			return nil
		})
	})
}

func TestGroups(t *testing.T) {
	cases := []struct {
		d    indicator.Definition
		by   []string
		want string
	}{
		{count, []string{"unit"}, "9=1 件；10=3 件"},
		{sum, []string{"unit"}, "9=50 元；10=150 元"}, // not by amount
		{rate, []string{"month"}, "2026-01=100.0%（1/1）；2026-02=0.0%（0/2）；2026-03=100.0%（1/1）"},
		{officers, []string{"unit"}, "9=1 人；10=2 人"},
		{count, []string{"unit", "kind"}, "9 占道=1 件；10 占道=1 件；10 违停=2 件"},
		{count, nil, "=4 件"},
	}
	testkit.Both(t, tables, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		fill(t, db, sample())
		testkit.View(t, db, func(tx *store.Tx) error {
			for _, c := range cases {
				gs, err := c.d.Groups(tx, indicator.Query{Scope: unit(0)}, c.by...)
				if err != nil {
					t.Fatal(err)
				}
				parts := make([]string, len(gs))
				for i, g := range gs {
					parts[i] = strings.Join(g.Keys, " ") + "=" + g.Figure.Text()
				}
				if got := strings.Join(parts, "；"); got != c.want {
					t.Errorf("%s by %v: %s, want %s", c.d.ID, c.by, got, c.want)
				}
			}
			return nil
		})
	})
}

func ids(t testing.TB, tx *store.Tx, d indicator.Definition, q indicator.Query, size int) []int64 {
	t.Helper()
	out := []int64{}
	for after, first := "", true; first || after != ""; first = false {
		page, err := d.Records(tx, q, after, size)
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Records) > size {
			t.Fatalf("%d records on a page of %d", len(page.Records), size)
		}
		for _, r := range page.Records {
			out = append(out, r.ID)
		}
		after = page.After
	}
	return out
}

func TestRecords(t *testing.T) {
	part := func(p indicator.Part) indicator.Query { return indicator.Query{Scope: unit(0), Part: p} }
	cases := []struct {
		name string
		d    indicator.Definition
		q    indicator.Query
		want []int64
	}{
		{"最近的在前", count, part(indicator.All), []int64{4, 3, 2, 1}},
		{"二月", sum, february(), []int64{3, 2}},
		{"每人一条", officers, part(indicator.All), []int64{2, 1}},
		{"分母", rate, part(indicator.All), []int64{4, 3, 2, 1}},
		{"分子", rate, part(indicator.Met), []int64{4, 1}},
		{"差在哪里，含不知道的", rate, part(indicator.Unmet), []int64{3, 2}},
		{"只看本单位", count, indicator.Query{Scope: unit(9)}, []int64{1}},
	}
	testkit.Both(t, tables, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		fill(t, db, sample())
		testkit.View(t, db, func(tx *store.Tx) error {
			for _, c := range cases {
				for _, size := range []int{1, 2, 100} {
					if got := ids(t, tx, c.d, c.q, size); !slices.Equal(got, c.want) {
						t.Errorf("%s by %d: %v, want %v", c.name, size, got, c.want)
					}
				}
			}
			page, err := sum.Records(tx, february(), "", 1)
			if err != nil {
				return err
			}
			if r := page.Records[0]; r.ID != 3 || r.Date != law.MustDate("2026-02-28") || r.Label != "违停" || r.N != 2000 {
				t.Errorf("%+v", r)
			}
			// A page token belongs to its question.
			if _, err := sum.Records(tx, indicator.Query{Scope: unit(0)}, page.After, 1); !fault.Is(err, fault.Invalid) {
				t.Error(err)
			}
			return nil
		})
	})
}

// TestAgree: on random rows each figure is what a plain loop counts, its records are as many, and the
// groups make up the whole.
func TestAgree(t *testing.T) {
	dates := []law.Date{{}, law.MustDate("2025-12-31"), law.MustDate("2026-01-01"), law.MustDate("2026-01-31"), law.MustDate("2026-12-31")}
	maybe := func(least, most int64) *rapid.Generator[*int64] {
		return rapid.Ptr(rapid.Int64Range(least, most), true)
	}
	testkit.Both(t, tables, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		rapid.Check(t, func(r *rapid.T) {
			rows := make([]fine, rapid.IntRange(0, 15).Draw(r, "rows"))
			for i := range rows {
				rows[i] = fine{
					ID: int64(i + 1), U1: rapid.Int64Range(8, 11).Draw(r, "unit"), DecidedOn: rapid.SampledFrom(dates).Draw(r, "date"),
					Kind: rapid.SampledFrom([]string{"占道", "违停", ""}).Draw(r, "kind"), Amount: law.Money(rapid.Int64Range(0, 1<<40).Draw(r, "amount")),
					Paid: maybe(0, 1).Draw(r, "paid"), Officer: maybe(1, 3).Draw(r, "officer"), Voided: store.Flag(rapid.IntRange(0, 3).Draw(r, "voided") == 0),
				}
			}
			q := indicator.Query{Scope: unit(rapid.SampledFrom([]int64{0, 9}).Draw(r, "scope"))}
			q.Period = indicator.Period{From: rapid.SampledFrom(dates).Draw(r, "from"), To: rapid.SampledFrom(dates).Draw(r, "to")}
			fill(t, db, rows)
			testkit.View(t, db, func(tx *store.Tx) error {
				want := plain(rows, q)
				for i, d := range all {
					f, err := d.Value(tx, q)
					if err != nil {
						r.Fatal(err)
					}
					if f != want[i] {
						r.Fatalf("%s: %+v, want %+v", d.ID, f, want[i])
					}
					faults, err := d.Recount(tx, q)
					if err != nil || len(faults) > 0 {
						r.Fatalf("%s: %v %v", d.ID, faults, err)
					}
					cells(r, tx, d, q)
				}
				return nil
			})
		})
	})
}

// plain counts the figures of all without SQL.
func plain(rows []fine, q indicator.Query) []indicator.Figure {
	out := make([]indicator.Figure, len(all))
	for i, d := range all {
		out[i].Measure = d.Measure
	}
	seen := map[int64]bool{}
	for _, f := range rows {
		if bool(f.Voided) || f.DecidedOn.IsZero() || !f.DecidedOn.Within(q.Period.From, q.Period.To) || (q.Scope.(unit) != 0 && int64(q.Scope.(unit)) != f.U1) {
			continue
		}
		out[0].N++
		out[1].N += int64(f.Amount)
		if f.Officer != nil && !seen[*f.Officer] {
			seen[*f.Officer] = true
			out[2].N++
		}
		out[3].D++
		if f.Paid != nil && *f.Paid == 1 {
			out[3].N++
		}
	}
	return out
}

// cells opens each cell of a table by unit and kind: it shows as many records as it says.
func cells(r *rapid.T, tx *store.Tx, d indicator.Definition, q indicator.Query) {
	gs, err := d.Groups(tx, q, "unit", "kind")
	if err != nil {
		r.Fatal(err)
	}
	for _, g := range gs {
		q.Only = map[string]string{"unit": g.Keys[0], "kind": g.Keys[1]}
		page, err := d.Records(tx, q, "", 100)
		if err != nil {
			r.Fatal(err)
		}
		n := int64(0)
		for _, rec := range page.Records {
			n += rec.N
		}
		if n != g.Figure.N {
			r.Fatalf("%s in %v: %s, but its records make %d", d.ID, g.Keys, g.Figure.Text(), n)
		}
	}
}

func TestRecountFinds(t *testing.T) {
	double := with("toy.double", indicator.Items, func(d *indicator.Definition) {
		d.Rows = func(tx *store.Tx) *bun.SelectQuery {
			return tx.DB().NewSelect().TableExpr("fine AS f").Join("JOIN fine AS other ON other.u1 = f.u1")
		}
	})
	testkit.Both(t, tables, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		holes := with("toy.holes", indicator.Items, func(d *indicator.Definition) {
			calls := 0
			d.Rows = func(tx *store.Tx) *bun.SelectQuery { // answers differently each time
				calls++
				return tx.DB().NewSelect().TableExpr("fine AS f").Where("f.id > ?", calls)
			}
		})
		fill(t, db, sample())
		testkit.View(t, db, func(tx *store.Tx) error {
			for d, want := range map[*indicator.Definition]string{&double: "不同的记录", &holes: "明细合计是"} {
				faults, err := d.Recount(tx, indicator.Query{Scope: unit(0)})
				if err != nil || !strings.Contains(strings.Join(faults, "\n"), want) {
					t.Errorf("%s: %v %v", d.ID, faults, err)
				}
			}
			return nil
		})
	})
}

func TestRefusedQueries(t *testing.T) {
	db, clock := testkit.SQLite(t, tables...)
	noEntry := with("toy.x", indicator.Items, func(d *indicator.Definition) { d.Columns.Entered = "" })
	testkit.View(t, db, func(tx *store.Tx) error {
		if _, err := count.Value(tx, indicator.Query{}); err == nil {
			t.Error("a figure without scope")
		}
		if _, err := count.Groups(tx, indicator.Query{Scope: unit(0)}, "amount"); !fault.Is(err, fault.Invalid) {
			t.Error(err)
		}
		if _, err := count.Records(tx, indicator.Query{Scope: unit(0), Only: map[string]string{"f.id) OR (1": "1"}}, "", 5); !fault.Is(err, fault.Invalid) {
			t.Error(err)
		}
		if _, err := noEntry.Value(tx, indicator.Query{Scope: unit(0), AsOf: clock.Now().Add(time.Hour)}); err == nil {
			t.Error("as of a moment that is not recorded")
		}
		return nil
	})
}

func TestFigureText(t *testing.T) {
	for _, c := range []struct {
		f    indicator.Figure
		want string
	}{
		{indicator.Figure{Measure: indicator.Yuan, N: 123456789}, "1,234,567.89 元"},
		{indicator.Figure{Measure: indicator.Times, N: 0}, "0 次"},
		{indicator.Figure{Measure: indicator.Rate, N: 5, D: 6}, "83.3%（5/6）"},
		{indicator.Figure{Measure: indicator.Rate, N: 1, D: 16}, "6.3%（1/16）"},
		{indicator.Figure{Measure: indicator.Rate, N: 9999, D: 10000}, "99.9%（9999/10000）"},
		{indicator.Figure{Measure: indicator.Rate, N: 1, D: 10000}, "0.1%（1/10000）"},
		{indicator.Figure{Measure: indicator.Rate}, "—（0/0）"},
	} {
		if got := c.f.Text(); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
	if _, err := (indicator.Figure{Measure: indicator.Items, N: 5}).Money(); err == nil {
		t.Error("a count passed for money")
	}
	if m, err := (indicator.Figure{Measure: indicator.Yuan, N: 500}).Money(); err != nil || m != law.Yuan(5) {
		t.Error(m, err)
	}
}

func TestRegistry(t *testing.T) {
	r, err := indicator.NewRegistry(rate, count, sum, officers)
	if err != nil {
		t.Fatal(err)
	}
	order := []string{}
	for _, d := range r.All() {
		order = append(order, d.ID)
	}
	if !slices.IsSorted(order) || len(order) != 4 {
		t.Error(order)
	}
	if d, ok := r.Get("toy.paid"); !ok || d.Measure != indicator.Rate {
		t.Error(d.ID, ok)
	}
	if _, ok := r.Get("toy.none"); ok {
		t.Error("found what is not there")
	}
	bad := map[string]indicator.Definition{
		"没有名称":    with("a", indicator.Items, func(d *indicator.Definition) { d.Name = "" }),
		"没有统计期依据": with("a", indicator.Items, func(d *indicator.Definition) { d.Basis = "" }),
		"没有行":     with("a", indicator.Items, func(d *indicator.Definition) { d.Rows = nil }),
		"元却不是合计":  with("a", indicator.Yuan, func(*indicator.Definition) {}),
		"合计却不是元":  with("a", indicator.Items, func(d *indicator.Definition) { d.Sum = "f.amount" }),
		"比率没有分子":  with("a", indicator.Rate, func(*indicator.Definition) {}),
		"金额又去重":   with("a", indicator.Yuan, func(d *indicator.Definition) { d.Sum, d.Distinct = "f.amount", "f.officer" }),
		"细分重复":    with("a", indicator.Items, func(d *indicator.Definition) { d.Dimensions = append(d.Dimensions, d.Dimensions[0]) }),
		"没有链接":    with("a", indicator.Items, func(d *indicator.Definition) { d.Link = "" }),
	}
	for name, d := range bad {
		if _, err := indicator.NewRegistry(d); err == nil {
			t.Errorf("%s passed", name)
		}
	}
	if _, err := indicator.NewRegistry(count, count); err == nil {
		t.Error("one ID twice")
	}
}

func TestDocument(t *testing.T) {
	testkit.Golden(t, "indicators.md", []byte(indicator.Document(all)))
	if s := indicator.Document([]indicator.Definition{with("a", indicator.Items, func(d *indicator.Definition) { d.Filter = "甲|乙\n丙" })}); !strings.Contains(s, `甲\|乙 丙`) {
		t.Error(s)
	}
	if got := fmt.Sprintf(count.Link, 17); got != "/w/fines/"+strconv.Itoa(17) {
		t.Error(got)
	}
}
