package casework_test

import (
	"fmt"
	"sync"
	"testing"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
)

// block returns the block with the prefix that starts at the number.
func (b *street) block(prefix string, first int64) casework.SeriesRow {
	b.t.Helper()
	rows, err := b.cases.SeriesList(b.ctx, b.session("clerk"))
	b.must(err)
	for _, r := range rows {
		if r.Prefix == prefix && r.First == first {
			return r
		}
	}
	b.t.Fatalf("没有号段 %s %d", prefix, first)
	return casework.SeriesRow{}
}

// notice issues a parking notice on a new lead.
func (b *street) notice(by access.Session, id casework.CaseID) (casework.PaperID, error) {
	return b.cases.OrderPaper(b.ctx, by, id, 0, casework.ParkingNotice, map[string]string{"plate": "演A00001", "where": "第一中队"})
}

func TestNumbersHaveNoGapWithoutReason(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		clerk := b.session("clerk")
		number := func(id casework.PaperID) string { return b.paper(id).Paper.DocNo }
		_, first := b.decided(law.Yuan(100), casework.PayCode)
		if number(first) != "演城管当罚字〔2026〕第1号" {
			t.Fatalf("第一份是 %s", number(first))
		}
		// 作废的编号保留，重出的取下一个号
		case2, second := b.decided(law.Yuan(100), casework.PayCode)
		b.must(b.cases.VoidPaper(b.ctx, b.session("zhao"), case2, b.version(case2), "打印时卡纸"))
		again, err := b.cases.Decide(b.ctx, b.session("zhao"), case2, b.version(case2))
		b.must(err)
		if number(second) != "演城管当罚字〔2026〕第2号" || number(again) != "演城管当罚字〔2026〕第3号" {
			t.Errorf("作废后重出：%s、%s", number(second), number(again))
		}
		// 空号跳过，写明原因
		row := b.block("演城管当罚字", 1)
		b.fails("空号没有原因", b.cases.VoidNumber(b.ctx, clerk, row.ID, row.Version, " "), fault.Invalid, "请写明原因")
		b.must(b.cases.VoidNumber(b.ctx, clerk, row.ID, row.Version, "空白文书写坏"))
		b.fails("拿旧版本再跳", b.cases.VoidNumber(b.ctx, clerk, row.ID, row.Version, "再跳一个"), fault.Conflict, "刚被别人改过")
		_, fifth := b.decided(law.Yuan(100), casework.PayCode)
		if number(fifth) != "演城管当罚字〔2026〕第5号" {
			t.Errorf("跳过空号后是 %s", number(fifth))
		}
		row = b.block("演城管当罚字", 1)
		if row.Used != 4 || row.Left() != 45 || len(row.Voids) != 1 || len(row.VoidPapers) != 1 || row.Voids[0].Reason != "空白文书写坏" || row.VoidPapers[0].Why != "打印时卡纸" {
			t.Errorf("号段 %+v", row)
		}
		b.proved()
	})
}

func TestBlocksFollowEachOther(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		clerk := b.session("clerk")
		good := casework.SeriesInput{Unit: b.units["第二中队"], Kind: casework.OnSpotDecision, Year: 2026, Prefix: "演城管当罚字", First: 51, Last: 60}
		for _, c := range []struct {
			name   string
			change func(*casework.SeriesInput)
			text   string
		}{
			{"与上一号段隔开", func(in *casework.SeriesInput) { in.First, in.Last = 52, 60 }, "起号应是 51"},
			{"与上一号段重叠", func(in *casework.SeriesInput) { in.First, in.Last = 50, 60 }, "起号应是 51"},
			{"止号小于起号", func(in *casework.SeriesInput) { in.Last = 50 }, "止号不小于起号"},
			{"去年的", func(in *casework.SeriesInput) { in.Year = 2025 }, "今年或明年"},
			{"别家的机关代字", func(in *casework.SeriesInput) { in.Prefix = "柳城管当罚字" }, "机关代字"},
			{"字样里有数字", func(in *casework.SeriesInput) { in.Prefix = "演城管1字" }, "用汉字"},
			{"没有这种文书", func(in *casework.SeriesInput) { in.Kind = "receipt" }, "请选择文书种类"},
			{"数量和起止号都填", func(in *casework.SeriesInput) { in.Count = 10 }, "填了数量就不填"},
		} {
			in := good
			c.change(&in)
			b.fails(c.name, b.cases.OpenSeries(b.ctx, clerk, in), fault.Invalid, c.text)
		}
		b.fails("执法人员不发号段", b.cases.OpenSeries(b.ctx, b.session("zhao"), good), fault.Forbidden, "")
		// 只说数量，接着上一号段
		in := good
		in.First, in.Last, in.Count = 0, 0, 10
		b.must(b.cases.OpenSeries(b.ctx, clerk, in))
		if row := b.block("演城管当罚字", 51); row.Last != 60 || row.Next != 51 {
			t.Errorf("号段 %d—%d，下一个 %d", row.First, row.Last, row.Next)
		}
		// 收回的号都登记，新号段接在后面
		row := b.block("演城管当罚字", 51)
		b.must(b.cases.CloseSeries(b.ctx, clerk, row.ID, row.Version, "第二中队不再单独取号"))
		row = b.block("演城管当罚字", 51)
		if !row.Closed || len(row.Voids) != 1 || row.Voids[0].First != 51 || row.Voids[0].Last != 60 {
			t.Errorf("收回后 %+v", row)
		}
		b.fails("收回两次", b.cases.CloseSeries(b.ctx, clerk, row.ID, row.Version, "再收"), fault.Conflict, "已经收回")
		good.First, good.Last = 61, 62
		b.must(b.cases.OpenSeries(b.ctx, clerk, good))
		b.proved()
	})
}

func TestUnitDrawsFromItsOwnBlockAndRunsOut(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		row := b.block("演城管停告字", 1)
		b.must(b.cases.CloseSeries(b.ctx, b.session("clerk"), row.ID, row.Version, "换成两个号"))
		for _, unit := range []string{"局", "第一中队"} { // 21—22 是局的，23—24 是第一中队的
			b.series(casework.SeriesInput{Unit: b.units[unit], Kind: casework.ParkingNotice, Prefix: "演城管停告字", Count: 2})
		}
		zhao := b.session("zhao")
		var got []int64
		for range 4 {
			id, err := b.notice(zhao, b.lead())
			b.must(err)
			got = append(got, b.paper(id).Paper.Number)
		}
		if fmt.Sprint(got) != "[23 24 21 22]" {
			t.Errorf("先用本单位的，用完才用上级的：%v", got)
		}
		_, err := b.notice(zhao, b.lead())
		b.fails("号用完", err, fault.Conflict, "没有可用的违法停车告知单编号")
		b.proved()
	})
}

// Fifty notices at once, of two squads with a block each: never two of them with one number.
func TestFiftyDrawsAtOnceShareNoNumber(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		for _, unit := range []string{"第一中队", "第二中队"} {
			b.series(casework.SeriesInput{Unit: b.units[unit], Kind: casework.ParkingNotice, Prefix: "演城管停告字", Count: 40})
		}
		type draw struct {
			by access.Session
			id casework.CaseID
		}
		var draws []draw
		for i := range 50 {
			login := []string{"zhao", "sun"}[i%2]
			id, err := b.cases.RegisterLead(b.ctx, b.session(login), casework.LeadInput{Source: "patrol", FoundAt: b.clock.Now(), Place: "演示区青石路8号门前", Area: "990107", Summary: "人行道上停车"})
			b.must(err)
			draws = append(draws, draw{b.session(login), id})
		}
		var wg sync.WaitGroup
		ids, errs := make([]casework.PaperID, len(draws)), make([]error, len(draws))
		for i, d := range draws {
			wg.Go(func() {
				for range 20 { // who is told that the system is busy tries again
					if ids[i], errs[i] = b.notice(d.by, d.id); ids[i] != 0 || !fault.Is(errs[i], fault.Busy) {
						return
					}
				}
			})
		}
		wg.Wait()
		seen := map[string]bool{}
		b.jobsDone() // a paper that was numbered and not finished while the system was busy
		for i, err := range errs {
			if ids[i] == 0 {
				b.must(err)
			}
			p := b.paper(ids[i]).Paper
			if seen[p.DocNo] {
				t.Errorf("%s 用了两次", p.DocNo)
			}
			seen[p.DocNo] = true
		}
		for _, first := range []int64{21, 61} {
			if row := b.block("演城管停告字", first); row.Used != 25 || row.Next != first+25 {
				t.Errorf("号段 %d：用了 %d 个，下一个 %d", first, row.Used, row.Next)
			}
		}
		b.proved()
	})
}
