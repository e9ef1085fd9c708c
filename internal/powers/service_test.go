package powers

import (
	"context"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/search"
	"fadu/internal/setting"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// both runs f on both engines over a database born as a demo or not.
func both(t *testing.T, demo bool, f func(t *testing.T, s *Service)) {
	t.Helper()
	testkit.Both(t, ownTables, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		f(t, born(t, db, clock, demo))
	})
}

var ownTables = []fs.FS{draft.Migrations, search.Migrations, setting.Migrations, Migrations}

func born(t testing.TB, db *store.DB, clock *testkit.Clock, demo bool) *Service {
	t.Helper()
	clock.Set(law.MustDate("2026-11-21").Time())
	testkit.Update(t, db, func(tx *store.Tx) error {
		return ledger.Born(tx, testkit.Actor(), "演示市城市管理综合执法局", demo)
	})
	return New(db, Options{})
}

// started is both over a database that has the starter data already.
func started(t *testing.T, demo bool, f func(t *testing.T, s *Service)) {
	t.Helper()
	withStarter[demo].Both(t, func(t *testing.T, db *store.DB, _ *testkit.Clock, _ struct{}) { f(t, New(db, Options{})) })
}

var withStarter = map[bool]*testkit.Filled[struct{}]{true: starterData(true), false: starterData(false)}

func starterData(demo bool) *testkit.Filled[struct{}] {
	return &testkit.Filled[struct{}]{Migrations: ownTables, Fill: func(t testing.TB, db *store.DB, clock *testkit.Clock) struct{} {
		starterIn(t, born(t, db, clock, demo))
		return struct{}{}
	}}
}

func starterIn(t testing.TB, s *Service) {
	t.Helper()
	if err := s.ImportStarter(context.Background(), access.System("test")); err != nil {
		t.Fatal(err)
	}
}

func view[T any](t testing.TB, s *Service, f func(*store.Tx) (T, error)) T {
	t.Helper()
	var out T
	testkit.View(t, s.db, func(tx *store.Tx) (err error) {
		out, err = f(tx)
		return err
	})
	return out
}

func TestImportStarter(t *testing.T) {
	both(t, true, func(t *testing.T, s *Service) {
		starterIn(t, s)
		want := withDemo(t)
		got := view(t, s, func(tx *store.Tx) ([]PowerItem, error) { return s.All(tx, Filter{}) })
		if len(got) != len(want.Items) {
			t.Fatalf("%d 项，应为 %d 项", len(got), len(want.Items))
		}
		// What comes out of the database computes as what went in.
		for _, p := range got {
			origin := want.Versions(p.Code)[0]
			if amendment(origin, p) != ChangeNone {
				t.Errorf("%s 存取后不同：\n%+v\n%+v", p.Code, origin, p)
			}
		}
		codes := []string{}
		for _, b := range want.Benchmarks {
			codes = append(codes, b.Code)
		}
		groups := view(t, s, func(tx *store.Tx) ([]Benchmark, error) { return benchmarksOf(tx, codes...) })
		if len(groups) != len(want.Benchmarks) {
			t.Fatalf("%d 组阶次，应为 %d 组", len(groups), len(want.Benchmarks))
		}
		for _, b := range groups {
			x := Drafted[Benchmark]{Value: b}
			x.Value.ID, x.Value.Issue = 0, Issue{}
			matchBenchmark(&x, want)
			if x.Change != ChangeNone {
				t.Errorf("%s 存取后不同", b.Key())
			}
		}
		texts := view(t, s, func(tx *store.Tx) ([]LawText, error) { return s.Laws(tx, "", law.Date{}) })
		entries := view(t, s, func(tx *store.Tx) ([]Exemption, error) { return exemptionsWhere(tx, "1 = 1") })
		if len(texts) != len(want.Laws) || len(entries) != len(want.Exemptions) {
			t.Errorf("%d 部法律、%d 项不罚情形", len(texts), len(entries))
		}
		starterIn(t, s)
		if again := view(t, s, func(tx *store.Tx) ([]PowerItem, error) { return s.All(tx, Filter{}) }); !slices.EqualFunc(again, got, func(a, b PowerItem) bool { return a.ID == b.ID }) {
			t.Error("再导入一次不应改变任何事项")
		}
	})
}

func TestImportStarterOutsideDemo(t *testing.T) {
	both(t, false, func(t *testing.T, s *Service) {
		starterIn(t, s)
		items := view(t, s, func(tx *store.Tx) ([]PowerItem, error) { return s.All(tx, Filter{}) })
		if len(items) != 399 {
			t.Errorf("%d 项，应为 399 项", len(items))
		}
		name, data, err := StarterFile(ImportLaws, true)
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.ImportFile(context.Background(), access.System("test"), ImportLaws, name, strings.NewReader(string(data)))
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("正式库应拒收演示法规：%v", err)
		}
	})
}
