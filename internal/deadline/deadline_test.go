package deadline

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/indicator"
	"fadu/internal/jobs"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/law/timing"
	"fadu/internal/ledger"
	"fadu/internal/setting"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

var migrations = []fs.FS{jobs.Migrations, access.Migrations, setting.Migrations, Migrations}

// book is a small procedure over real terms: a decision within ninety days, a preservation, a defence, an emergency.
var book = func() *timing.Book {
	b, err := timing.NewBook(
		calendar.StatutoryTerms(),
		timing.Rule{
			Term: "作出处罚决定期限", Start: []string{"file"}, End: []string{"decide"},
			Pauses:     []timing.Pause{{Why: "中止调查", From: []string{"suspend"}, To: []string{"resume"}, Cite: law.Citations{law.Cite("MOHURD55", 30)}}},
			Extensions: []timing.Extension{{Act: "extend", Limit: "decision_extension_days", Cite: law.Citations{law.Cite("MOHURD55", 29)}}},
		},
		timing.Rule{Term: "先行登记保存处理期限", Start: []string{"preserve"}, End: []string{"settle"}},
		timing.Rule{Term: "陈述申辩期限", Whose: timing.Party, Start: []string{"notice"}, Drop: []string{"answer"}},
		timing.Rule{Term: "情况紧急当场强制的报告补批", Start: []string{"seize"}, End: []string{"confirm"}},
	)
	if err != nil {
		panic(err)
	}
	return b
}()

// bench is a bureau of two squads with a service and matters that are lists of events.
type bench struct {
	t       *testing.T
	db      *store.DB
	clock   *testkit.Clock
	s       *Service
	squads  [2]access.Unit
	leader  access.Session
	officer access.Session
	other   access.Session
	events  map[int64][]timing.Event
}

func newBench(t *testing.T, db *store.DB, clock *testkit.Clock) *bench {
	t.Helper()
	ctx, system := context.Background(), access.System("test")
	units, err := access.New(db, access.Options{})
	must(t, err)
	root, err := units.AddUnit(ctx, system, access.UnitInput{Name: "演示局", Code: "B", From: law.MustDate("2020-01-01")})
	must(t, err)
	b := &bench{t: t, db: db, clock: clock, events: map[int64][]timing.Event{}}
	for i := range b.squads {
		id, err := units.AddUnit(ctx, system, access.UnitInput{Parent: root, Name: fmt.Sprintf("演示%d中队", i+1), Code: fmt.Sprintf("Z%d", i+1), From: law.MustDate("2020-01-01")})
		must(t, err)
		testkit.View(t, db, func(tx *store.Tx) (err error) { b.squads[i], err = units.UnitByID(tx, id); return err })
	}
	account := func(login string, person int64, unit access.UnitID, role access.Role) access.Session {
		_, err := units.CreateAccount(ctx, system, access.AccountInput{Login: login, Name: "演示·" + login, Person: person, Unit: unit, Roles: []access.Role{role}, Password: "Yanshi-Deadline-77", Settled: true})
		must(t, err)
		out, err := units.SessionFor(ctx, login)
		must(t, err)
		return out
	}
	b.leader, b.officer, b.other = account("leader", 3, b.squads[0].ID, access.SquadLeader), account("officer", 1, b.squads[0].ID, access.Officer), account("foreign", 2, b.squads[1].ID, access.SquadLeader)
	b.s = b.node()
	return b
}

// node is a service of its own over the same database, as another server would have.
func (b *bench) node() *Service {
	units, err := access.New(b.db, access.Options{})
	must(b.t, err)
	s := New(Deps{DB: b.db, Units: units, Calendar: calendar.Official().Still(), Program: func() (string, error) { return "测试程序", nil }, People: func(_ *store.Tx, ids []int64) (map[int64]string, error) {
		out := map[int64]string{}
		for _, id := range ids {
			out[id] = fmt.Sprintf("演示甲%d", id)
		}
		return out, nil
	}})
	s.From(Source{Kind: "case", Reread: func(tx *store.Tx, ref int64) error {
		return s.Reckon(tx, b.matter(ref), b.events[ref], book)
	}, Open: func(_ *store.Tx, after int64, limit int) (out []int64, err error) {
		for ref := after + 1; ref <= 20 && len(out) < limit; ref++ {
			if len(b.events[ref]) > 0 {
				out = append(out, ref)
			}
		}
		return out, nil
	}})
	return s
}

func (b *bench) matter(ref int64) Matter {
	return Matter{Kind: "case", Ref: ref, Title: fmt.Sprintf("演城管立字〔2026〕第%d号", ref), Href: fmt.Sprintf("/w/cases/%d", ref), Levels: b.squads[0].Levels(), Holder: 1}
}

// did adds an act to a matter and counts its terms, as a command does.
func (b *bench) did(ref int64, act, on string, more ...timing.Event) {
	b.t.Helper()
	e := timing.Event{Act: act, On: law.MustDate(on)}
	for _, m := range more {
		e.Paper, e.Days, e.At = m.Paper, m.Days, m.At
	}
	b.events[ref] = append(b.events[ref], e)
	testkit.Update(b.t, b.db, func(tx *store.Tx) error { return b.s.Reckon(tx, b.matter(ref), b.events[ref], book) })
}

func (b *bench) at(day string) { b.clock.Set(law.MustDate(day).Start().Add(9 * time.Hour)) }

func (b *bench) rows(ref int64) (out []Row) {
	b.t.Helper()
	testkit.View(b.t, b.db, func(tx *store.Tx) (err error) { out, err = Of(tx, "case", ref); return err })
	return out
}

func (b *bench) scan(want int) {
	b.t.Helper()
	if n, err := b.s.Scan(context.Background()); err != nil || n != want {
		b.t.Errorf("扫描办了 %d 步，应是 %d：%v", n, want, err)
	}
}

// entries counts the ledger's entries of a kind.
func (b *bench) entries(kind string) (n int64) {
	b.t.Helper()
	must(b.t, ledger.Sequence(context.Background(), b.db))
	testkit.View(b.t, b.db, func(tx *store.Tx) (err error) {
		n, err = tx.DB().NewSelect().TableExpr("ledger_entry").Where("kind = ?", kind).Count(tx.Ctx)
		return err
	})
	return n
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestRowsFollowEvents(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		b.at("2026-03-02")
		b.did(1, "file", "2026-03-02")
		first := b.rows(1)[0]
		if first.Due.String() != "2026-05-31" || !bool(first.Nearest) || first.Version != 1 {
			t.Fatalf("立案后九十日：%+v", first)
		}
		testkit.Update(t, db, func(tx *store.Tx) error { return b.s.Reckon(tx, b.matter(1), b.events[1], book) })
		if again := b.rows(1)[0]; again != first {
			t.Errorf("再推算一次没有变化，不应写：%+v", again)
		}
		b.at("2026-03-12")
		b.did(1, "suspend", "2026-03-12", timing.Event{Paper: "中止调查决定"})
		if r := b.rows(1)[0]; r.State != timing.Still || !r.Due.IsZero() || r.Why != "中止调查" || !bool(r.Nearest) || r.NextAt != 0 {
			t.Errorf("中止期间停表：%+v", r)
		}
		b.at("2026-04-11")
		b.did(1, "resume", "2026-04-11")
		if r := b.rows(1)[0]; r.State != timing.Running || r.Due.String() != "2026-06-30" || len(r.Exclusions()) != 1 {
			t.Errorf("恢复后扣除三十日：%+v", r)
		}
		b.did(1, "preserve", "2026-04-13")
		if rows := b.rows(1); len(rows) != 2 || rows[0].Term != "先行登记保存处理期限" || !bool(rows[0].Nearest) || bool(rows[1].Nearest) {
			t.Errorf("先届满的是登记保存：%+v", rows)
		}
		b.did(1, "settle", "2026-04-14")
		b.did(1, "decide", "2026-04-20")
		if rows := b.rows(1); len(rows) != 0 {
			t.Errorf("办完的不留行：%+v", rows)
		}
	})
}

func TestScanWarnsMissesAndReportsOnce(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		b.at("2026-03-02")
		b.did(1, "preserve", "2026-03-02") // 七个工作日，3月11日届满
		b.scan(0)
		b.at("2026-03-06") // 前三个工作日
		b.scan(1)
		b.scan(0)
		if r := b.rows(1)[0]; !bool(r.Warned) || bool(r.Missed) {
			t.Errorf("临期只提醒：%+v", r)
		}
		b.at("2026-03-11")
		b.scan(0)
		b.at("2026-03-12")
		b.scan(1)
		b.scan(0)
		if n := b.entries(kindMissed); n != 1 {
			t.Errorf("超期入账 %d 次", n)
		}
		testkit.View(t, db, func(tx *store.Tx) error {
			ms, err := MissesOf(tx, 1)
			if err != nil || len(ms) != 1 || ms[0].Due.String() != "2026-03-11" {
				t.Errorf("承办人应当说明原因：%+v %v", ms, err)
			}
			return err
		})
		b.at("2026-03-13") // 超期满一个工作日以后
		b.scan(1)
		if r := b.rows(1)[0]; r.Escalated != 1 {
			t.Errorf("应报中队长：%+v", r)
		}
		b.at("2026-03-30") // 程序停了很久：其余两级一并补报
		b.scan(2)
		if r := b.rows(1)[0]; r.Escalated != 3 || r.NextAt != 0 || b.entries(kindEscalated) != 2 {
			t.Errorf("应报到主要负责人为止：%+v", r)
		}
		b.did(1, "settle", "2026-03-31")
		if n := b.entries(kindMissed); n != 1 || len(b.rows(1)) != 0 {
			t.Errorf("办完以后不再记第二次：%d", n)
		}
		rep, err := ledger.Verify(context.Background(), db, References, nil)
		if err != nil || !rep.OK() {
			t.Errorf("%+v %v", rep, err)
		}
	})
}

func TestMissedWhileProgramWasAway(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		b.at("2026-03-02")
		b.did(1, "preserve", "2026-03-02")
		b.at("2026-03-16") // 没有扫描过就逾期办了
		b.did(1, "settle", "2026-03-16")
		if n := b.entries(kindMissed); n != 1 {
			t.Errorf("逾期办结也要入账，记了 %d 次", n)
		}
	})
}

// 办结的期限计入指标：按期、超期分开；撤回办结的不算；每个指标都能打开记录。
func TestFiguresOfTerms(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		b.at("2026-03-02")
		for ref := int64(1); ref <= 3; ref++ {
			b.did(ref, "preserve", "2026-03-02") // 3月11日届满
		}
		b.at("2026-03-05")
		b.did(1, "settle", "2026-03-05")
		b.did(2, "settle", "2026-03-05")
		b.events[2] = b.events[2][:1] // 办结被撤回，期限接着走
		testkit.Update(t, db, func(tx *store.Tx) error { return b.s.Reckon(tx, b.matter(2), b.events[2], book) })
		b.at("2026-03-12")
		b.scan(4) // 两件提醒并超期
		b.did(3, "settle", "2026-03-12")
		registry, err := indicator.NewRegistry(Indicators("case", "/w/cases/%d")...)
		must(t, err)
		for id, want := range map[string][2]int64{"deadline.done": {2, 0}, "deadline.kept_rate": {3, 1}, "deadline.missed": {2, 0}, "deadline.explained_rate": {2, 0}} {
			d, _ := registry.Get(id)
			testkit.View(t, db, func(tx *store.Tx) error {
				all, err := d.Rows(tx).Count(tx.Ctx)
				if err != nil {
					return err
				}
				met := int64(0)
				if d.Met != "" {
					met, err = d.Rows(tx).Where(d.Met).Count(tx.Ctx)
				}
				if all != want[0] || met != want[1] {
					t.Errorf("%s：%d，分子 %d，应为 %v", id, all, met, want)
				}
				return err
			})
		}
	})
}

// A command that forgot to put its terms does not make the bureau late: the matter is counted anew first.
func TestNothingIsMissedOnStaleRow(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		b.at("2026-03-02")
		b.did(1, "preserve", "2026-03-02")
		b.events[1] = append(b.events[1], timing.Event{Act: "settle", On: law.MustDate("2026-03-05")})
		b.at("2026-03-12")
		b.scan(0)
		if n := b.entries(kindMissed); n != 0 || len(b.rows(1)) != 0 {
			t.Errorf("已经办了，不是超期：%d", n)
		}
	})
}

func TestTwoNodesMissOnce(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		b.at("2026-03-02")
		for ref := int64(1); ref <= 12; ref++ {
			b.did(ref, "preserve", "2026-03-02")
		}
		b.at("2026-03-12")
		var wg sync.WaitGroup
		for range 2 {
			s := b.node()
			wg.Go(func() {
				if _, err := s.Scan(context.Background()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := b.entries(kindMissed); n != 12 {
			t.Errorf("十二项期限，两台服务器同时扫描，入账 %d 次", n)
		}
		b.at("2026-03-30") // 三级都到了该上报的时候
		for range 2 {
			s := b.node()
			wg.Go(func() {
				if _, err := s.Scan(context.Background()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := b.entries(kindEscalated); n != 12 {
			t.Errorf("十二项期限，三级一并上报，两台服务器同时扫描，入账 %d 次", n)
		}
		if n := b.entries(kindMissed); n != 12 {
			t.Errorf("上报时又记了超期：%d 次", n)
		}
	})
}

func TestOthersTermsOnlyRunOut(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		b.at("2026-03-02")
		b.did(1, "file", "2026-03-02")
		b.did(1, "notice", "2026-03-02") // 陈述申辩五个工作日，3月9日届满
		b.at("2026-03-10")
		b.scan(1)
		rows := b.rows(1)
		if len(rows) != 2 || rows[0].State != timing.RanOut || b.entries(kindMissed) != 0 {
			t.Errorf("当事人的期间届满不算本机关超期：%+v", rows)
		}
		testkit.View(t, db, func(tx *store.Tx) error {
			mine, _, err := Mine(tx, "case", 1)
			if err != nil || len(mine) != 2 {
				t.Errorf("期满后承办人可以办下一步：%+v %v", mine, err)
			}
			return err
		})
		b.did(1, "answer", "2026-03-10")
		if rows := b.rows(1); len(rows) != 1 || rows[0].State != timing.Running {
			t.Errorf("办了下一步就不再提：%+v", rows)
		}
	})
}

func TestTermInHours(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		b.at("2026-03-02")
		b.did(1, "seize", "2026-03-02", timing.Event{At: clock.Now()})
		clock.Advance(23*time.Hour + 59*time.Minute)
		b.scan(0)
		clock.Advance(2 * time.Minute)
		b.scan(1)
		if b.entries(kindMissed) != 1 {
			t.Error("二十四小时内没有补批，应记超期")
		}
	})
}

func TestCalendarMovesRunningTermsOnly(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		b.at("2026-03-02")
		b.did(1, "preserve", "2026-03-02") // 3月11日届满
		b.did(2, "preserve", "2026-03-06") // 3月17日届满
		b.at("2026-03-12")
		b.scan(3) // 第一件提醒并超期，第二件临期提醒
		next, err := calendar.Official().With([]calendar.Row{
			{Date: law.MustDate("2026-03-10"), Kind: calendar.Holiday, Name: "演示", Source: "演示通知", Line: 1},
		})
		must(t, err)
		b.s.Calendar.Replace(next)
		testkit.Update(t, db, func(tx *store.Tx) error { return b.s.AskRecompute(tx, "draft/1", law.MustDate("2026-03-10")) })
		clock.Advance(settled)
		run := jobs.NewRunner(db, b.s.Jobs())
		if _, err := run.RunDue(context.Background()); err != nil {
			t.Fatal(err)
		}
		if r := b.rows(1)[0]; r.Due.String() != "2026-03-11" {
			t.Errorf("已届满的不追溯：%s", r.Due)
		}
		if r := b.rows(2)[0]; r.Due.String() != "2026-03-18" {
			t.Errorf("正在走的重算：%s", r.Due)
		}
		testkit.View(t, db, func(tx *store.Tx) error {
			ms, err := movesOf(tx, b.leader.ScopeFor(access.DeadlineSupervise), 10)
			if err != nil || len(ms) != 1 || ms[0].Was.String() != "2026-03-17" || ms[0].Due.String() != "2026-03-18" {
				t.Errorf("列出变动：%+v %v", ms, err)
			}
			return err
		})
		if b.entries(kindMoved) != 1 {
			t.Error("变动要入账")
		}
	})
}

func TestFillIsIdempotent(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		b.at("2026-03-02")
		for ref := int64(1); ref <= 3; ref++ {
			b.events[ref] = []timing.Event{{Act: "file", On: law.MustDate("2026-03-02")}}
		}
		run := jobs.NewRunner(db, b.s.Jobs())
		for _, program := range []string{"旧程序", "旧程序", "新程序"} { // the last one may count otherwise: it walks again
			b.s.Program = func() (string, error) { return program, nil }
			must(t, b.s.Start(context.Background()))
			_, err := run.RunDue(context.Background())
			must(t, err)
			testkit.View(t, db, func(tx *store.Tx) error {
				var by string
				err := tx.DB().NewRaw("SELECT program FROM deadline_fill WHERE kind = 'case'").Scan(tx.Ctx, &by)
				if by != program {
					t.Errorf("补行的程序是 %q，应当是 %q", by, program)
				}
				return err
			})
		}
		for ref := int64(1); ref <= 3; ref++ {
			if rows := b.rows(ref); len(rows) != 1 || rows[0].Version != 1 {
				t.Errorf("补行两次与一次相同：%+v", rows)
			}
		}
	})
}

func TestInternalTermIsShorter(t *testing.T) {
	for name, data := range map[string]string{
		"比法定的长": "- {term: 法制审核期限, count: 11}", "与法定的一样": "- {term: 法制审核期限, count: 10}", "没有这项法定期限": "- {term: 随便什么, count: 1}", "零日": "- {term: 法制审核期限, count: 0}",
	} {
		if _, err := ParseInternal([]byte(data), calendar.StatutoryTerms()); err == nil {
			t.Errorf("%s：应当拒绝", name)
		}
	}
	for name, data := range map[string]string{
		"没有上报": "warn: [{before: 1}]", "级别倒了": "warn: [{before: 1}]\nescalate: [{after: 3, role: squad_leader, label: a}, {after: 1, role: bureau_head, label: b}]",
		"没有这个角色": "warn: [{before: 1}]\nescalate: [{after: 3, role: nobody, label: a}]", "最后一行写了 under": "warn: [{under: 3, before: 1}]\nescalate: [{after: 3, role: squad_leader, label: a}]",
	} {
		if _, err := ParseChain([]byte(data)); err == nil {
			t.Errorf("%s：应当拒绝", name)
		}
	}
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		b.at("2026-03-02")
		set, err := setting.New(db, Settings()...)
		must(t, err)
		key := itemOf(internalTerms()[1]).Key // 作出处罚决定期限
		if err := set.Decide(context.Background(), access.System("test"), key, "90", "演示文件", 0); !fault.Is(err, fault.Invalid) {
			t.Errorf("内部期限不能等于法定期限：%v", err)
		}
		must(t, set.Decide(context.Background(), access.System("test"), key, "60", "演示文件", 0))
		b.did(1, "file", "2026-03-02")
		if r := b.rows(1)[0]; r.OwnDue.String() != "2026-05-01" || r.Due.String() != "2026-05-31" {
			t.Errorf("内部期限早三十日：%+v", r)
		}
		b.at("2026-04-24") // 内部期限前七日
		b.scan(1)
	})
}

func TestReminder(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		b.at("2026-03-02")
		b.did(1, "file", "2026-03-02")
		ctx, row := context.Background(), RowID(b.rows(1)[0].ID)
		today := law.MustDate("2026-03-02")
		for name, c := range map[string]struct {
			by     access.Session
			demand string
			until  law.Date
			kind   fault.Kind
		}{
			"没有写要求":   {b.leader, " ", today, fault.Invalid},
			"答复日期在过去": {b.leader, "快办", today.AddDays(-1), fault.Invalid},
			"没有督办权限":  {b.officer, "快办", today, fault.Forbidden},
			"别的中队的事项": {b.other, "快办", today, fault.NotFound},
		} {
			if _, err := b.s.Issue(ctx, c.by, row, c.demand, c.until); !fault.Is(err, c.kind) {
				t.Errorf("%s：%v", name, err)
			}
		}
		id, err := b.s.Issue(ctx, b.leader, row, "三日内报调查进展", today.AddDays(3))
		must(t, err)
		second, err := b.s.Issue(ctx, b.leader, row, "再报一次", today.AddDays(5))
		must(t, err)
		see := func(id ReminderID) (r Reminder) {
			testkit.View(t, db, func(tx *store.Tx) (err error) {
				r, err = reminderIn(tx, b.leader.ScopeFor(access.DeadlineSupervise), id)
				return err
			})
			return r
		}
		if see(id).Number() != "督〔2026〕1号" || see(second).Number() != "督〔2026〕2号" {
			t.Errorf("编号：%s %s", see(id).Number(), see(second).Number())
		}
		if err := b.s.Answer(ctx, b.leader, id, 1, "我替他答"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("别人不能代答：%v", err)
		}
		must(t, b.s.Answer(ctx, b.officer, id, 1, "已询问两人，三日内送鉴定"))
		if err := b.s.Answer(ctx, b.officer, id, 2, "又答"); !fault.Is(err, fault.Conflict) {
			t.Errorf("不能答两次：%v", err)
		}
		if err := b.s.Close(ctx, b.leader, id, 1, "同意"); !fault.IsStale(err) {
			t.Errorf("拿着旧版本：%v", err)
		}
		must(t, b.s.Close(ctx, b.leader, id, 2, "同意，按期办"))
		if r := see(id); r.State != ReminderClosed || r.Answer == "" || r.ClosedOn != today {
			t.Errorf("%+v", r)
		}
		testkit.View(t, db, func(tx *store.Tx) error {
			wait, err := RemindersTo(tx, 1)
			if err != nil || len(wait) != 1 {
				t.Errorf("还有一份等答复：%d %v", len(wait), err)
			}
			return err
		})
	})
}

func TestExplain(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		b.at("2026-03-02")
		b.did(1, "preserve", "2026-03-02")
		b.at("2026-03-12")
		b.scan(2)
		ctx := context.Background()
		var id MissID
		testkit.View(t, db, func(tx *store.Tx) error {
			ms, err := MissesOf(tx, 1)
			if err == nil && len(ms) == 1 {
				id = MissID(ms[0].ID)
			}
			return err
		})
		if err := b.s.Explain(ctx, b.other, id, 1, "不是我的"); !fault.Is(err, fault.NotFound) {
			t.Errorf("外单位看不到：%v", err)
		}
		if err := b.s.Explain(ctx, b.officer, id, 1, ""); !fault.Is(err, fault.Invalid) {
			t.Errorf("没有写原因：%v", err)
		}
		must(t, b.s.Explain(ctx, b.officer, id, 1, "车辆故障，处理决定晚送一日"))
		if err := b.s.Explain(ctx, b.leader, id, 1, "改写"); !fault.IsStale(err) {
			t.Errorf("旧版本：%v", err)
		}
	})
}

func TestLeadersSeeTheirScope(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		b.at("2026-03-02")
		for ref := int64(1); ref <= 5; ref++ {
			b.did(ref, "file", law.MustDate("2026-03-02").AddDays(-int(ref)).String())
		}
		b.did(6, "preserve", "2026-02-09") // 早已超期
		ctx := store.WithPageSize(context.Background(), 2)
		var got []string
		for after := ""; ; {
			rows, _, next, err := b.s.List(ctx, b.leader, Filter{}, after)
			must(t, err)
			for _, r := range rows {
				got = append(got, r.Due.String())
			}
			if after = next; next == "" {
				break
			}
		}
		if len(got) != 6 || !strings.HasPrefix(got[0], "2026-02") || got[1] > got[5] {
			t.Errorf("先届满的在前，翻页不漏：%v", got)
		}
		late, _, _, err := b.s.List(ctx, b.leader, Filter{View: ViewLate}, "")
		if err != nil || len(late) != 1 {
			t.Errorf("超期一项：%d %v", len(late), err)
		}
		if rows, _, _, err := b.s.List(ctx, b.other, Filter{}, ""); err != nil || len(rows) != 0 {
			t.Errorf("别的中队看不到：%d %v", len(rows), err)
		}
		if _, _, _, err := b.s.List(ctx, b.officer, Filter{}, ""); !fault.Is(err, fault.Forbidden) {
			t.Errorf("没有督办权限的看不到总表：%v", err)
		}
		units, terms, err := b.s.Tallies(ctx, b.leader)
		if err != nil || len(units) != 1 || units[0].All != 6 || units[0].Late != 1 || len(terms) != 2 {
			t.Errorf("按单位、按期限：%+v %+v %v", units, terms, err)
		}
		n := 0
		must(t, b.s.Export(ctx, b.leader, Filter{}, func(Row) error { n++; return nil }))
		if n != 6 || b.entries(kindExported) != 1 {
			t.Errorf("导出 %d 行", n)
		}
	})
}

// TestScanFigure measures the scan of 100,000 running terms; it takes half a minute and runs when asked for.
func TestScanFigure(t *testing.T) {
	if os.Getenv("FADU_FIGURES") == "" {
		t.Skip("只在 FADU_FIGURES 设定时量：十万项期限扫描")
	}
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBench(t, db, clock)
		b.at("2026-03-02")
		const all = 100_000
		for at := 0; at < all; at += 2000 {
			testkit.Update(t, db, func(tx *store.Tx) error {
				rows := make([]Row, 2000)
				for i := range rows {
					due := law.MustDate("2026-03-20").AddDays(i % 60)
					rows[i] = Row{ID: store.NewID(), Matter: b.matter(int64(at + i + 1)), Term: "作出处罚决定期限", Start: due.AddDays(-90), Due: due, State: timing.Running, Length: 90, Nearest: true, Version: 1}
					rows[i].NextAt = b.s.next(rows[i], tx.Today())
				}
				_, err := tx.DB().NewInsert().Model(&rows).Exec(tx.Ctx)
				return err
			})
		}
		for _, day := range []string{"2026-03-02", "2026-03-13", "2026-06-01"} {
			b.at(day)
			began := time.Now()
			n, err := b.s.Scan(context.Background())
			t.Logf("%s：%d 项在走，办了 %d 步，%s，%v", day, all, n, time.Since(began).Round(time.Millisecond), err)
		}
	})
}
