package org

import (
	"fmt"
	"testing"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/indicator"
	"fadu/internal/law"
	"fadu/internal/store"
)

func (b *bureau) people(by access.Session, f PersonFilter, after string) PersonPage {
	b.t.Helper()
	var page PersonPage
	b.view(func(tx *store.Tx) (err error) {
		page, err = People(tx, by.ScopeFor(access.OrgRead), f, after)
		return err
	})
	return page
}

func names(p PersonPage) string {
	out := ""
	for _, x := range p.People {
		out += x.StaffNumber + " "
	}
	return out
}

func TestPeopleFilters(t *testing.T) {
	both(t, func(b *bureau) {
		a, c, d := b.add("演示·甲", "A01", OfficerStaff, b.first), b.add("演示·乙", "A02", OfficerStaff, b.second), b.add("演示·丙_%", "A03", OfficerStaff, b.second)
		b.add("演示·协管", "X01", AuxiliaryStaff, b.first)
		gone := b.add("演示·离", "A09", OfficerStaff, b.first)
		b.must(b.s.Leave(b.ctx, b.clerk, gone, 1, day("2026-03-01"), "辞职"))
		b.issue(a, "Z1")
		soon := goodCertificate(c, "Z2")
		soon.To = day("2026-03-25")
		_, err := b.s.Issue(b.ctx, b.clerk, soon)
		b.must(err)
		held := b.issue(d, "Z3")
		b.must(b.s.Suspend(b.ctx, b.clerk, held, 1, SuspensionInput{From: day("2026-03-02"), Reason: "核查"}))
		for _, x := range []struct {
			name string
			f    PersonFilter
			want string
		}{
			{"在册", PersonFilter{}, "A01 A02 A03 X01 "},
			{"已离职", PersonFilter{Left: true}, "A09 "},
			{"按机构", PersonFilter{Unit: b.second}, "A02 A03 "},
			{"按上级机构", PersonFilter{Unit: b.root}, "A01 A02 A03 X01 "},
			{"按类别", PersonFilter{Kind: AuxiliaryStaff}, "X01 "},
			{"按姓名", PersonFilter{Words: "乙"}, "A02 "},
			{"按小写工号", PersonFilter{Words: "a01"}, "A01 "},
			{"按证号", PersonFilter{Words: "z3"}, "A03 "},
			{"通配符只是字", PersonFilter{Words: "_%"}, "A03 "},
			{"两个词都要有", PersonFilter{Words: "演示 乙"}, "A02 "},
			{"有效", PersonFilter{Holding: HoldingValid}, "A01 A02 "},
			{"没有有效证的执法人员", PersonFilter{Holding: HoldingLacking}, "A03 "},
			{"30日内到期", PersonFilter{Holding: HoldingSoon30}, "A02 "},
			{"7日内到期", PersonFilter{Holding: HoldingSoon7}, ""},
			{"暂扣", PersonFilter{Holding: HoldingSuspended}, "A03 "},
		} {
			if got := b.people(b.clerk, x.f, ""); names(got) != x.want || got.Total != len(got.People) {
				b.t.Errorf("%s: %q of %d, want %q", x.name, names(got), got.Total, x.want)
			}
		}
		if got := b.people(b.leader, PersonFilter{}, ""); names(got) != "A01 X01 " {
			b.t.Errorf("the leader of the first squad sees %q", names(got))
		}
		b.view(func(tx *store.Tx) error {
			e, err := EndingSoon(tx, b.clerk.ScopeFor(access.OrgRead))
			if err != nil || e != (Ending{0, 1, 1}) {
				b.t.Errorf("%+v %v", e, err)
			}
			return nil
		})
	})
}

func TestPeoplePages(t *testing.T) {
	both(t, func(b *bureau) {
		csv := personHead
		for i := range 2*store.DefaultPage + 5 {
			csv += fmt.Sprintf("演示·某,P%03d,执法人员,第一中队,队员,2024-01-01,,\n", i)
		}
		b.publish(b.clerk, b.upload(b.clerk, "org.person", csv))
		first := b.people(b.clerk, PersonFilter{}, "")
		second := b.people(b.clerk, PersonFilter{}, first.Next)
		third := b.people(b.clerk, PersonFilter{}, second.Next)
		back := b.people(b.clerk, PersonFilter{}, third.Prev)
		if len(third.People) != 5 || third.Next != "" || first.Prev != "" || names(back) != names(second) || first.Total != 2*store.DefaultPage+5 {
			b.t.Fatalf("%d %d %d, back %q", len(first.People), len(second.People), len(third.People), names(back))
		}
		if top := b.people(b.clerk, PersonFilter{}, back.Prev); names(top) != names(first) || top.Prev != "" {
			b.t.Fatalf("back to the top: %q", names(top))
		}
		b.view(func(tx *store.Tx) error {
			if _, err := People(tx, b.clerk.ScopeFor(access.OrgRead), PersonFilter{Words: "x"}, first.Next); !fault.Is(err, fault.Invalid) {
				b.t.Fatal(err)
			}
			return nil
		})
	})
}

func TestFigures(t *testing.T) {
	both(t, func(b *bureau) {
		a, c := b.add("演示·甲", "A01", OfficerStaff, b.first), b.add("演示·乙", "A02", OfficerStaff, b.second)
		b.add("演示·协管", "X01", AuxiliaryStaff, b.first)
		b.issue(a, "Z1")
		soon := goodCertificate(c, "Z2")
		soon.To = day("2026-04-10")
		_, err := b.s.Issue(b.ctx, b.clerk, soon)
		b.must(err)
		b.must(b.s.Transfer(b.ctx, b.clerk, a, 1, TransferInput{Unit: b.second, Post: "队员", Kind: OfficerStaff, From: day("2026-02-01"), Reason: "文件"}))
		defs := map[string]indicator.Definition{}
		registry, err := indicator.NewRegistry(b.s.Indicators()...)
		b.must(err)
		for _, d := range registry.All() {
			defs[d.Name] = d
		}
		scope := b.clerk.ScopeFor(access.OrgRead)
		for _, x := range []struct {
			name, until string
			want        int64
		}{
			{"持证执法人员数", "2026-12-31", 2},
			{"持证执法人员数", "2024-02-29", 0},
			{"持证执法人员数", "2024-03-01", 2},
			{"在册执法人员数", "2023-12-31", 0},
			{"在册执法人员数", "2026-03-31", 2},
			{"辅助人员数", "2026-03-31", 1},
			{"90日内到期执法证数", "2026-03-31", 1},
			{"90日内到期执法证数", "2025-12-31", 0},
		} {
			q := indicator.Query{Period: indicator.Period{From: day("2026-01-01"), To: day(x.until)}, Scope: scope}
			b.view(func(tx *store.Tx) error {
				got, err := defs[x.name].Value(tx, q)
				if err != nil || got.N != x.want {
					b.t.Errorf("%s on %s: %d %v, want %d", x.name, x.until, got.N, err, x.want)
				}
				faults, err := defs[x.name].Recount(tx, q)
				if err != nil || len(faults) > 0 {
					b.t.Errorf("%s: %v %v", x.name, faults, err)
				}
				return nil
			})
		}
		groups := func(on string) string {
			out := ""
			b.view(func(tx *store.Tx) error {
				gs, err := defs["持证执法人员数"].Groups(tx, indicator.Query{Period: indicator.Period{To: day(on)}, Scope: scope}, "unit")
				for _, g := range gs {
					out += fmt.Sprintf("%s=%d ", map[string]string{b.first.String(): "一中队", b.second.String(): "二中队"}[g.Keys[0]], g.Figure.N)
				}
				return err
			})
			return out
		}
		if got := groups("2026-01-31"); got != "一中队=1 二中队=1 " {
			b.t.Error("before the transfer: " + got)
		}
		if got := groups("2026-02-01"); got != "二中队=2 " {
			b.t.Error("after the transfer: " + got)
		}
		if law.MustDate("2026-03-02") != b.today() {
			b.t.Error("the tests' clock moved")
		}
	})
}

func (b *bureau) today() law.Date { return law.DateOf(b.clock.Now()) }
