package access

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"

	"github.com/uptrace/bun"
	"pgregory.net/rapid"
)

func TestUnitTree(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		group := b.unit(b.first, "一组", "CG-1-1")
		team := b.unit(group, "甲班", "CG-1-1-1")
		last := b.unit(team, "早班", "CG-1-1-1-1")
		day := law.MustDate("2020-01-01")
		if u := b.unitByID(last); u.Level != 5 || u.U != [5]UnitID{b.root, b.first, group, team, last} {
			t.Errorf("第五级的上级是 %v", u.U)
		}
		for _, tc := range []struct {
			name  string
			in    UnitInput
			field string
		}{
			{"第六级", UnitInput{last, "再下", "X1", day}, "parent"},
			{"编码重复", UnitInput{b.root, "第三中队", "cg-1", day}, "code"},
			{"全角编码也算重复", UnitInput{b.root, "第三中队", "ＣＧ－1", day}, "code"},
			{"同级同名", UnitInput{b.root, "第一中队", "X2", day}, "name"},
			{"没有名称", UnitInput{b.root, " ", "X3", day}, "name"},
			{"没有编码", UnitInput{b.root, "第三中队", "", day}, "code"},
			{"汉字编码", UnitInput{b.root, "第三中队", "三", day}, "code"},
			{"没有日期", UnitInput{b.root, "第三中队", "X4", law.Date{}}, "from"},
			{"早于上级", UnitInput{b.root, "第三中队", "X5", law.MustDate("2019-12-31")}, "from"},
		} {
			t.Run(tc.name, func(t *testing.T) { wantField(t, second(b.s.AddUnit(b.ctx, System("test"), tc.in)), tc.field) })
		}
		testkit.View(t, db, func(tx *store.Tx) error {
			us, err := b.s.Units(tx)
			if err != nil {
				return err
			}
			var names string
			for _, u := range us {
				names += u.Name + " "
			}
			if names != "演示区城市管理局 第一中队 一组 甲班 早班 第二中队 法制科 " {
				t.Errorf("顺序：%s", names)
			}
			path, err := b.s.Path(tx, group)
			if err != nil || len(path) != 3 || path[0].ID != b.root || path[2].ID != group {
				t.Errorf("路径 %v %v", path, err)
			}
			kids, err := b.s.Children(tx, b.root)
			if err != nil || len(kids) != 3 {
				t.Errorf("下级 %v %v", kids, err)
			}
			if u, err := b.s.UnitByCode(tx, " cg-fz "); err != nil || u.ID != b.legal {
				t.Errorf("按编码 %v %v", u, err)
			}
			if _, err := b.s.UnitByID(tx, 1); !fault.Is(err, fault.NotFound) {
				t.Errorf("没有的机构：%v", err)
			}
			es, err := ledger.History(tx, unitSubject(group), 0, 10)
			if err != nil || len(es) != 1 || es[0].Kind != kindUnitAdded {
				t.Errorf("留痕 %v %v", es, err)
			}
			return err
		})
	})
}

func TestUnitPermissions(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		b.account("xt.guanli", b.root, SystemAdmin)
		b.account("zhifa", b.first, Officer)
		in := UnitInput{b.root, "第三中队", "CG-3", law.MustDate("2026-01-01")}
		if err := second(b.s.AddUnit(b.ctx, b.as("zhifa"), in)); !fault.Is(err, fault.Forbidden) {
			t.Errorf("执法人员设立机构：%v", err)
		}
		if err := second(b.s.AddUnit(b.ctx, b.as("xt.guanli"), UnitInput{0, "另一个局", "QT", in.From})); !fault.Is(err, fault.Forbidden) {
			t.Errorf("网页上设立顶层机构：%v", err)
		}
		id, err := b.s.AddUnit(b.ctx, b.as("xt.guanli"), in)
		if err != nil {
			t.Fatal(err)
		}
		if err := b.s.RenameUnit(b.ctx, b.as("xt.guanli"), id, 1, "机动中队"); err != nil {
			t.Fatal(err)
		}
		if err := b.s.RenameUnit(b.ctx, b.as("xt.guanli"), id, 1, "直属中队"); !fault.Is(err, fault.Conflict) {
			t.Errorf("旧版本更名：%v", err)
		}
		if err := b.s.RenameUnit(b.ctx, b.as("xt.guanli"), id, 2, "第一中队"); !fault.Is(err, fault.Invalid) {
			t.Errorf("改成同级的名字：%v", err)
		}
		if u := b.unitByID(id); u.Name != "机动中队" || u.Version != 2 {
			t.Errorf("更名后 %+v", u)
		}
	})
}

func TestUnitsEndAndAreSucceeded(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock) // 2026-03-02
		by := System("test")
		child := b.unit(b.first, "一组", "CG-1-1")
		leader := b.account("er.duizhang", b.second, SquadLeader)
		until := law.MustDate("2026-02-28")
		old := b.unitByID(b.first)
		third := b.unit(b.root, "第三中队", "CG-3")
		for _, tc := range []struct {
			name  string
			until law.Date
			to    []UnitID
			field string
		}{
			{"下面还有机构", until, nil, "until"},
			{"没有日期", law.Date{}, nil, "until"},
			{"早于设立", law.MustDate("2019-01-01"), nil, "until"},
			{"由自己的下级承接", until, []UnitID{child}, "successors"},
			{"由没有的机构承接", until, []UnitID{12345}, "successors"},
		} {
			t.Run(tc.name, func(t *testing.T) { wantField(t, b.s.EndUnit(b.ctx, by, b.first, 1, tc.until, tc.to...), tc.field) })
		}
		if b.as("er.duizhang").ScopeFor(CaseRead).Covers(old) {
			t.Fatal("撤并前就能看到第一中队")
		}
		must(t, b.s.EndUnit(b.ctx, by, child, 1, until))
		must(t, b.s.EndUnit(b.ctx, by, b.first, 1, until, b.second, b.second))
		if !b.as("er.duizhang").ScopeFor(CaseRead).Covers(old) {
			t.Error("承接后看不到第一中队的案件")
		}
		if b.as("er.duizhang").ScopeFor(CaseRead).Covers(b.unitByID(third)) {
			t.Error("也能看到第三中队")
		}
		wantField(t, b.s.EndUnit(b.ctx, by, b.first, 2, until), "until")
		wantField(t, b.s.EndUnit(b.ctx, by, b.second, 1, until, b.first), "successors")
		wantField(t, second(b.s.AddUnit(b.ctx, by, UnitInput{b.first, "二组", "CG-1-2", until})), "parent")
		wantField(t, b.s.EditAccount(b.ctx, by, leader, 1, AccountEdit{Name: "演示", Unit: b.first}), "unit")
		// 第二中队再由第三中队承接：第三中队的人看得到两个。
		must(t, b.s.EndUnit(b.ctx, by, b.second, 1, law.MustDate("2026-03-02"), third))
		b.account("san.duizhang", third, SquadLeader)
		if b.as("san.duizhang").ScopeFor(CaseRead).Covers(old) {
			t.Error("最后一天还没过就承接了")
		}
		clock.Advance(24 * 3600e9)
		sees := b.as("san.duizhang").ScopeFor(CaseRead)
		if !sees.Covers(old) || !sees.Covers(b.unitByID(b.second)) {
			t.Error("辗转承接的案件看不到")
		}
	})
}

// TestScopeIsTheSubtree compares, on random trees with random successions, what Where selects with what
// walking up the parents says.
func TestScopeIsTheSubtree(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		n := 0
		rapid.Check(t, func(rt *rapid.T) {
			us := randomTree(rt)
			n++
			tag := fmt.Sprint(n)
			ids := map[int]UnitID{}
			takes := map[int][]int{} // successor → predecessors
			for i := range us {
				if i > 0 && rapid.IntRange(0, 3).Draw(rt, "succession") == 0 {
					p := rapid.IntRange(0, i-1).Draw(rt, "predecessor")
					takes[i] = append(takes[i], p)
				}
			}
			err := db.Update(context.Background(), func(tx *store.Tx) error {
				for i := range us {
					us[i].ID = UnitID(store.NewID())
					ids[i] = us[i].ID
					if p := us[i].parent; p >= 0 {
						us[i].Parent, us[i].U, us[i].Level = us[p].ID, us[p].U, us[p].Level+1
					} else {
						us[i].Level = 1
					}
					us[i].U[us[i].Level-1] = us[i].ID
					us[i].Code, us[i].Name = fmt.Sprintf("%s-%d", tag, i), "单位"
					us[i].From = law.MustDate("2020-01-01")
					if _, err := tx.DB().NewInsert().Model(rowOf(us[i].Unit, 1)).Exec(tx.Ctx); err != nil {
						return err
					}
					l := us[i].Levels()
					if _, err := tx.Exec(`INSERT INTO probe VALUES (?, ?, ?, ?, ?, ?, ?)`, us[i].ID, l.UnitID, l.U1, l.U2, l.U3, l.U4, l.U5); err != nil {
						return err
					}
				}
				for to, from := range takes {
					for _, f := range from {
						r := &successionRow{Predecessor: ids[f], Successor: ids[to], EndedOn: law.MustDate("2025-01-01"), EntryID: 1}
						if _, err := tx.DB().NewInsert().Model(r).Exec(tx.Ctx); err != nil {
							return err
						}
					}
				}
				return nil
			})
			if err != nil {
				rt.Fatal(err)
			}
			i := rapid.IntRange(0, len(us)-1).Draw(rt, "unit")
			want := expected(us, takes, i)
			testkit.View(t, db, func(tx *store.Tx) error {
				scope, err := scopeOf(tx, us[i].Unit)
				if err != nil {
					return err
				}
				var got []UnitID
				q := tx.DB().NewSelect().TableExpr("probe AS p").Column("p.id").Where("p.id IN (?)", bun.List(values(ids)))
				if err := scope.Where(q, "p").Scan(tx.Ctx, &got); err != nil {
					return err
				}
				for j := range us {
					in := slices.Contains(got, us[j].ID)
					if in != want[j] || scope.Covers(us[j].Unit) != want[j] {
						rt.Fatalf("单位 %d 的范围：记录 %d 查到 %v，Covers %v，应为 %v", i, j, in, scope.Covers(us[j].Unit), want[j])
					}
				}
				return nil
			})
		})
	})
}

type drawn struct {
	Unit
	parent int
}

func randomTree(rt *rapid.T) []drawn {
	n := rapid.IntRange(1, 14).Draw(rt, "units")
	depth := make([]int, n)
	us := make([]drawn, n)
	for i := range us {
		us[i].parent = rapid.IntRange(-1, i-1).Draw(rt, "parent")
		if p := us[i].parent; p >= 0 && depth[p] < MaxLevel-1 {
			depth[i] = depth[p] + 1
		} else {
			us[i].parent = -1
		}
	}
	return us
}

// expected walks up from each unit: it is seen when the unit itself or something that it took over from
// lies on the way.
func expected(us []drawn, takes map[int][]int, i int) map[int]bool {
	tops := map[int]bool{i: true}
	for grown := true; grown; {
		grown = false
		for t := range tops {
			for _, p := range takes[t] {
				if !tops[p] {
					tops[p], grown = true, true
				}
			}
		}
	}
	want := map[int]bool{}
	for j := range us {
		for at := j; at >= 0; at = us[at].parent {
			want[j] = want[j] || tops[at]
		}
	}
	return want
}

func values(m map[int]UnitID) []UnitID {
	var out []UnitID
	for _, v := range m {
		out = append(out, v)
	}
	return out
}

func TestZeroScopeCoversNothing(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		testkit.View(t, db, func(tx *store.Tx) error {
			n, err := Scope{}.Where(tx.DB().NewSelect().Model((*unitRow)(nil)), "u").Count(tx.Ctx)
			if err != nil || n != 0 {
				t.Errorf("空范围查到 %d 行，%v", n, err)
			}
			all, err := System("test").Scope().Where(tx.DB().NewSelect().Model((*unitRow)(nil)), "u").Count(tx.Ctx)
			if err != nil || all != 4 {
				t.Errorf("全部范围查到 %d 行，%v", all, err)
			}
			return nil
		})
		if (Session{}).Can(CaseRead) || (Session{}).Scope().Covers(b.unitByID(b.root)) || (Session{}).SignedIn() {
			t.Error("空会话有权限")
		}
		if err := (Scope{}).Check(b.unitByID(b.root).Levels(), "这个案件"); !fault.Is(err, fault.NotFound) {
			t.Errorf("范围之外的记录：%v", err)
		}
	})
}

// TestScopeIsByPermission: whoever is officer of a squad and publishes for the bureau reads everywhere
// and handles only at home.
func TestScopeIsByPermission(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		b.account("liang.tou", b.first, Officer, DisclosureClerk)
		s, other, own := b.as("liang.tou"), b.unitByID(b.second), b.unitByID(b.first)
		if !s.ScopeFor(CaseRead).Covers(other) || !s.Scope().Covers(other) {
			t.Error("公示专员看不到全局案件")
		}
		if s.ScopeFor(CaseHandle).Covers(other) || !s.ScopeFor(CaseHandle).Covers(own) {
			t.Error("办案范围不是本中队")
		}
		if _, err := s.Require(CaseApprove); !fault.Is(err, fault.Forbidden) {
			t.Errorf("没有的权限：%v", err)
		}
	})
}

func second[T any](_ T, err error) error { return err }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantField fails unless err is Invalid and names the field.
func wantField(t testing.TB, err error, field string) {
	t.Helper()
	var f *fault.Error
	if !fault.Is(err, fault.Invalid) {
		t.Errorf("应当指出 %s 有误，得到 %v", field, err)
		return
	}
	f = asFault(err)
	if !slices.ContainsFunc(f.Fields, func(x fault.Field) bool { return x.Name == field }) {
		t.Errorf("应当指出 %s 有误，得到 %v", field, err)
	}
}
