package powers

import (
	"context"
	"strings"
	"testing"

	"fadu/internal/store"
)

// TestPowerComesBack: 停止以后又重新采用的，每一段都算数：按当时那一天判断有没有这项权力。
func TestPowerComesBack(t *testing.T) {
	desks(t, func(d *desk) {
		t := d.t
		ctx, legal := context.Background(), d.who["fa.zhi"]
		version := func(p PowerItem) int64 {
			r := view(t, d.s, func(tx *store.Tx) (itemRow, error) { return itemRowByID(tx, p.ID) })
			return r.Version
		}
		p := d.item("YS-001", "2026-11-21")
		must(t, d.s.End(ctx, legal, EndInput{Item: p.ID, Version: version(p), Document: "演示移交文件", Last: day("2026-11-30")}))
		again := AdoptInput{Items: []ItemID{p.ID}, Basis: AdoptTransfer, Document: "演示划转方案", From: day("2026-11-25")}
		if _, err := d.s.Adopt(ctx, legal, again); err == nil || !strings.Contains(err.Error(), "要从次日起") {
			t.Errorf("与还在行使的一段重叠：%v", err)
		}
		again.From = day("2027-02-01")
		done, err := d.s.Adopt(ctx, legal, again)
		must(t, err)
		if done.Done != 1 {
			t.Fatalf("%+v", done)
		}
		p = d.item("YS-001", "2026-11-21")
		for on, want := range map[string]State{"2024-12-31": StateLibrary, "2025-01-01": StateAdopted, "2026-11-30": StateAdopted, "2026-12-01": StateEnded, "2027-01-31": StateEnded, "2027-02-01": StateAdopted} {
			if got := p.StateOn(day(on)); got != want {
				t.Errorf("%s：%s，应为%s", on, got.Label(), want.Label())
			}
		}
		// 清单的查询与逐项判断一致。
		for _, on := range []string{"2026-11-21", "2026-12-05", "2027-02-01"} {
			d.at(on)
			now := p.StateOn(day(on))
			for _, st := range []State{StateLibrary, StateAdopted, StateEnded} {
				list := view(t, d.s, func(tx *store.Tx) ([]PowerItem, error) { return d.s.All(tx, Filter{State: st, Words: "YS-001"}) })
				if found := len(list) == 1; found != (st == now) {
					t.Errorf("%s：按“%s”查到%v，应为“%s”", on, st.Label(), found, now.Label())
				}
			}
		}
		assess := func(on string) string {
			a := view(t, d.s, func(tx *store.Tx) (Assessment, error) {
				return d.s.Assess(tx, AssessInput{Code: "YS-001", ActDate: day("2026-11-10"), DecisionDate: day(on), Party: Citizen})
			})
			return strings.Join(a.Lacks, "；")
		}
		if got := assess("2026-11-28"); strings.Contains(got, "行使") || strings.Contains(got, "采用") {
			t.Errorf("停止以前作出的决定：%s", got)
		}
		if got := assess("2027-01-15"); !strings.Contains(got, "自2026年12月1日起不再行使") {
			t.Errorf("两段之间作出的决定：%s", got)
		}
		if got := assess("2027-02-01"); strings.Contains(got, "行使") || strings.Contains(got, "采用") {
			t.Errorf("重新采用以后：%s", got)
		}
		want := Periods{{day("2025-01-01"), day("2026-11-30"), AdoptTransfer, p.Standing.Earlier[0].Document}, {From: day("2027-02-01"), Basis: AdoptTransfer, Document: "演示划转方案"}}
		if got := p.Standing.Periods(); len(got) != 2 || got[0] != want[0] || got[1].From != want[1].From || got[1].Basis != want[1].Basis || got[1].Document != want[1].Document {
			t.Errorf("%+v", got)
		}
	})
}
