package report

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"fadu/internal/access"
	"fadu/internal/indicator"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
	"fadu/internal/web"

	"github.com/uptrace/bun"
)

// toy is a slice with records: fines that officers imposed.
var toy = fstest.MapFS{"m/9001_create_toy.sql": {Data: []byte(`-- +goose Up
CREATE TABLE toy (id BIGINT NOT NULL PRIMARY KEY, unit_id BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL,
  day TEXT NOT NULL, kind TEXT NOT NULL, amount BIGINT NOT NULL, paid SMALLINT NOT NULL, officer BIGINT NOT NULL);
`)}}

type record struct {
	bun.BaseModel `bun:"table:toy,alias:y"`

	ID int64 `bun:"id,pk"`
	access.Levels
	Day     law.Date   `bun:"day"`
	Kind    string     `bun:"kind"`
	Amount  law.Money  `bun:"amount"`
	Paid    store.Flag `bun:"paid"`
	Officer int64      `bun:"officer"`
}

func toyDefinition(id, name string, m indicator.Measure) indicator.Definition {
	return indicator.Definition{
		ID: id, Name: name, Measure: m, Population: "演示记录", Filter: "全部", Basis: "决定日", Dedup: "每条记录计一次", CutOff: "录入即计", Cites: law.Citations{law.Cite("XZCF", 51)},
		Rows:    func(tx *store.Tx) *bun.SelectQuery { return tx.DB().NewSelect().TableExpr("toy AS y") },
		Columns: indicator.Columns{Alias: "y", ID: "y.id", Date: "y.day", Label: "y.kind || '案'"},
		Dimensions: []indicator.Dimension{
			{ID: "unit", Name: "单位", Expr: "y.unit_id"}, {ID: "month", Name: "月份", Expr: indicator.Month("y.day")}, {ID: "kind", Name: "案由", Expr: "y.kind"},
		},
		Link: "/w/toys/%d",
	}
}

func definitions() []indicator.Definition {
	sum := toyDefinition("casework.fines", "罚款数额", indicator.Yuan)
	sum.Sum = "y.amount"
	rate := toyDefinition("casework.paid_rate", "缴款率", indicator.Rate)
	rate.Met = "y.paid = 1"
	people := toyDefinition("casework.officers", "办案人数", indicator.People)
	people.Distinct = "y.officer"
	return []indicator.Definition{toyDefinition("casework.cases", "办案数", indicator.Items), sum, rate, people}
}

// desk is a bureau of two squads with records.
type desk struct {
	t       *testing.T
	db      *store.DB
	clock   *testkit.Clock
	access  *access.Service
	s       *Service
	units   []access.Unit // 局, 第一中队, 第二中队
	records []record
}

const readerPassword = "Shan-Yu-2026"

func newDesk(t *testing.T, db *store.DB, clock *testkit.Clock) *desk {
	t.Helper()
	d := &desk{t: t, db: db, clock: clock}
	d.must(db.Update(context.Background(), func(tx *store.Tx) error { return ledger.Born(tx, testkit.Actor(), "演示局", true) }))
	policy, err := access.DefaultPolicy()
	d.must(err)
	policy.Password.MemoryKiB, policy.Password.Threads = 64, 1
	d.access, err = access.New(db, access.Options{Bureau: "演示局", Demo: true, Policy: &policy})
	d.must(err)
	d.s, err = New(db, d.access, definitions())
	d.must(err)
	root := access.UnitID(0)
	for i, name := range []string{"演示局", "第一中队", "第二中队"} {
		id, err := d.access.AddUnit(context.Background(), access.System("test"), access.UnitInput{Parent: root, Name: name, Code: fmt.Sprint("YS", i), From: law.MustDate("2020-01-01")})
		d.must(err)
		if i == 0 {
			root = id
		}
		testkit.View(t, db, func(tx *store.Tx) error {
			u, err := d.access.UnitByID(tx, id)
			if i == len(d.units) {
				d.units = append(d.units, u)
			}
			return err
		})
	}
	for _, a := range []struct {
		login string
		unit  int
		role  access.Role
	}{{"head", 0, access.BureauHead}, {"leader", 1, access.SquadLeader}, {"officer", 1, access.Officer}, {"aux", 1, access.Auxiliary}} {
		_, err := d.access.CreateAccount(context.Background(), access.System("test"), access.AccountInput{Login: a.login, Name: "演示" + a.login, Unit: d.units[a.unit].ID, Roles: []access.Role{a.role}, Password: readerPassword, Settled: true})
		d.must(err)
	}
	return d
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// fill makes records of the two squads over 2025 and 2026.
func (d *desk) fill(n int, r *rand.Rand) {
	d.t.Helper()
	for i := range n {
		u := d.units[1+r.IntN(2)]
		d.records = append(d.records, record{
			ID: int64(1000 + i), Levels: u.Levels(), Day: law.MustDate("2025-11-01").AddDays(r.IntN(150)), Kind: []string{"占道", "停车", "犬只"}[r.IntN(3)],
			Amount: law.Yuan(int64(r.IntN(20) * 10)), Paid: store.Flag(r.IntN(3) > 0), Officer: int64(1 + r.IntN(5)),
		})
	}
	testkit.Update(d.t, d.db, func(tx *store.Tx) error {
		_, err := tx.DB().NewInsert().Model(&d.records).Exec(tx.Ctx)
		return err
	})
}

func (d *desk) session(login string) access.Session {
	d.t.Helper()
	s, err := d.access.SessionFor(context.Background(), login)
	d.must(err)
	return s
}

// walked is what the pages of a figure show when one turns them all.
func (d *desk) walked(by access.Session, id string, a ask) (shown []int64, value string) {
	d.t.Helper()
	after := ""
	for range 100 {
		form := web.NewForm(map[string]string{"after": after})
		v, err := d.s.figure(context.Background(), by, id, a, form)
		d.must(err)
		value = v.Value
		for _, r := range v.Records {
			shown = append(shown, int64(r.Amount))
		}
		if v.Next == "" {
			return shown, value
		}
		u, err := url.Parse(v.Next)
		d.must(err)
		after = u.Query().Get("after")
	}
	d.t.Fatal("pages do not end")
	return nil, ""
}

// model counts what an ask means, in plain Go.
func (d *desk) model(by access.Session, id string, a ask, today law.Date) (rows, value int64) {
	p := a.period(today)
	officers := map[int64]bool{}
	for _, r := range d.records {
		scope := by.ScopeFor(access.FigureRead)
		if !scope.CoversLevels(r.Levels) || (a.Unit != 0 && r.U1 != a.Unit && r.U2 != a.Unit) || !r.Day.Within(p.From, p.To) {
			continue
		}
		if k, ok := a.Only["kind"]; ok && k != r.Kind {
			continue
		}
		if m, ok := a.Only["month"]; ok && m != r.Day.String()[:7] {
			continue
		}
		if id == "casework.officers" {
			officers[r.Officer] = true
			rows, value = int64(len(officers)), int64(len(officers))
			continue
		}
		if a.Part == indicator.Met && !bool(r.Paid) || a.Part == indicator.Unmet && bool(r.Paid) {
			continue
		}
		rows++
		switch id {
		case "casework.fines":
			value += int64(r.Amount)
		case "casework.paid_rate":
			if r.Paid {
				value++
			}
		default:
			value++
		}
	}
	return rows, value
}

func TestFigureIsItsRecords(t *testing.T) {
	testkit.Both(t, []fs.FS{access.Migrations, toy}, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		d := newDesk(t, db, clock)
		r := rand.New(rand.NewPCG(7, 7))
		d.fill(240, r)
		today := law.DateOf(clock.Now())
		for range 60 {
			id := d.s.Definitions()[r.IntN(4)].ID
			by := d.session([]string{"head", "leader"}[r.IntN(2)])
			a := ask{Span: []string{thisYear, lastYear, thisMonth, lastMonth, custom}[r.IntN(5)], Only: map[string]string{}}
			if a.Span == custom && r.IntN(2) == 0 {
				a.From = law.MustDate("2025-11-01").AddDays(r.IntN(100))
				a.Until = a.From.AddDays(r.IntN(60))
			}
			if r.IntN(3) == 0 {
				a.Unit = d.units[1].ID
			}
			if r.IntN(3) == 0 {
				a.Only["kind"] = "停车"
			}
			if r.IntN(4) == 0 {
				a.Only["month"] = "2026-02"
			}
			if id == "casework.paid_rate" {
				a.Part = []indicator.Part{indicator.All, indicator.Met, indicator.Unmet}[r.IntN(3)]
			}
			rows, value := d.model(by, id, a, today)
			shown, _ := d.walked(by, id, a)
			sum := int64(0)
			for _, n := range shown {
				sum += n
			}
			if int64(len(shown)) != rows || sum != value {
				t.Fatalf("%s %+v（%s）：页面列 %d 条合计 %d，应为 %d 条合计 %d", id, a, by.Login(), len(shown), sum, rows, value)
			}
			d.sameInFile(by, id, a, rows)
			d.sameInTile(by, id, a, today)
		}
		faults, err := d.s.FigureCheck().Run(context.Background(), db)
		if err != nil || len(faults) > 0 {
			t.Errorf("%v %v", faults, err)
		}
	})
}

// sameInFile counts the rows of the export.
func (d *desk) sameInFile(by access.Session, id string, a ask, rows int64) {
	d.t.Helper()
	def, err := d.s.definition(context.Background(), id)
	d.must(err)
	var q indicator.Query
	testkit.View(d.t, d.db, func(tx *store.Tx) error {
		rd, err := d.s.reader(tx, by)
		if err == nil {
			q, err = rd.query(a)
		}
		return err
	})
	n := int64(0)
	for _, err := range d.s.sheetRows(context.Background(), def, q) {
		d.must(err)
		n++
	}
	if n != rows {
		d.t.Fatalf("%s %+v：导出 %d 行，应为 %d 行", id, a, n, rows)
	}
}

// sameInTile compares the number on the page with the model, the part of a rate left aside.
func (d *desk) sameInTile(by access.Session, id string, a ask, today law.Date) {
	d.t.Helper()
	v, err := d.s.figure(context.Background(), by, id, a, web.NewForm(nil))
	d.must(err)
	rows, value := d.model(by, id, a.withPart(indicator.All), today)
	want := web.CountText(value, false)
	switch id {
	case "casework.fines":
		want = law.Money(value).Grouped()
	case "casework.paid_rate":
		want = strings.TrimSuffix(indicator.Figure{Measure: indicator.Rate, N: value, D: rows}.Percent(), "%")
		if rows > 0 && v.Parts != web.Parts(value, rows) {
			d.t.Fatalf("%+v：%s，应为 %d/%d", a, v.Parts, value, rows)
		}
	}
	if v.Value != want {
		d.t.Fatalf("%s %+v：%s，应为 %s", id, a, v.Value, want)
	}
}

func TestFigureCheckFindsWhatDoesNotAgree(t *testing.T) {
	db, clock := testkit.SQLite(t, access.Migrations, toy)
	d := newDesk(t, db, clock)
	d.fill(20, rand.New(rand.NewPCG(1, 1)))
	double := toyDefinition("casework.double", "重复计数", indicator.Items)
	double.Rows = func(tx *store.Tx) *bun.SelectQuery {
		return tx.DB().NewSelect().TableExpr("toy AS y").Join("JOIN toy AS z ON z.officer = y.officer")
	}
	s, err := New(db, d.access, []indicator.Definition{double})
	d.must(err)
	faults, err := s.FigureCheck().Run(context.Background(), db)
	if err != nil || len(faults) == 0 || !strings.Contains(faults[0], "重复计数") {
		t.Errorf("%v %v", faults, err)
	}
}

func TestNewRefusesDoubleDefinitions(t *testing.T) {
	d := definitions()
	if _, err := New(nil, nil, append(d, d[0])); err == nil {
		t.Error("同一个编号定义两次")
	}
}
