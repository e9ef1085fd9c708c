package powers

import (
	"context"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

var console = access.System("test")

func itemNow(t testing.TB, s *Service, code string) PowerItem {
	t.Helper()
	return view(t, s, func(tx *store.Tx) (PowerItem, error) {
		items, err := itemsOf(tx, code)
		return items[len(items)-1], err
	})
}

func adoptCodes(t testing.TB, s *Service, from string, codes ...string) {
	t.Helper()
	in := AdoptInput{Basis: AdoptTransfer, Document: "演示政发〔2025〕1号", From: day(from)}
	for _, c := range codes {
		in.Items = append(in.Items, itemNow(t, s, c).ID)
	}
	if _, err := s.Adopt(context.Background(), console, in); err != nil {
		t.Fatal(err)
	}
}

func issueCodes(t *testing.T, s *Service, on string, codes ...string) int {
	t.Helper()
	n, err := s.IssueBenchmarks(context.Background(), console, IssueInput{Codes: codes, Issuer: "演示市城市管理综合执法局", Document: "演示城管〔2024〕12号", PublishedOn: day(on)})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func assess(t *testing.T, s *Service, code string, act, decision string, party Party, c Circumstances) Assessment {
	t.Helper()
	return view(t, s, func(tx *store.Tx) (Assessment, error) {
		return s.Assess(tx, AssessInput{Code: code, ActDate: day(act), DecisionDate: day(decision), Party: party, Circumstances: c})
	})
}

func TestPowerWorksOnlyOnceAdoptedAndIssued(t *testing.T) {
	started(t, true, func(t *testing.T, s *Service) {
		slight := facts("3", 0, law.True, law.False)
		a := assess(t, s, "YS-001", "2026-09-10", "2026-09-10", Citizen, slight)
		if a.Usable || a.Adopted || a.BenchmarkOut || len(a.Lacks) != 2 || !strings.Contains(a.Lacks[0], "还没有采用") || !strings.Contains(a.Lacks[1], "还没有公布") {
			t.Fatalf("未采用、未公布：%v", a.Lacks)
		}
		if !a.HasTier || a.Tier.Text() != "50元以上、185元以下（不含）" {
			t.Errorf("未采用时仍可试算：%s %s", a.Tier.Text(), a.TierProblem)
		}
		adoptCodes(t, s, "2025-03-01", "YS-001")
		if a = assess(t, s, "YS-001", "2026-09-10", "2026-09-10", Citizen, slight); len(a.Lacks) != 1 {
			t.Errorf("只采用：%v", a.Lacks)
		}
		if n := issueCodes(t, s, "2025-01-01", "YS-001"); n != 2 {
			t.Errorf("公布了 %d 组，应为 2 组", n)
		}
		if a = assess(t, s, "YS-001", "2026-09-10", "2026-09-10", Citizen, slight); !a.Usable || len(a.Lacks) != 0 {
			t.Errorf("采用并公布后：%v", a.Lacks)
		}
		if a = assess(t, s, "YS-001", "2025-02-10", "2025-02-20", Citizen, slight); a.Usable {
			t.Error("采用日之前的决定不能依据它")
		}
		if a = assess(t, s, "YS-001", "2024-12-30", "2025-04-01", Citizen, slight); a.BenchmarkOut || a.Usable {
			t.Error("基准施行前的行为不能适用它")
		}
		var f law.Facts
		Facts(assess(t, s, "YS-001", "2026-09-10", "2026-09-10", Citizen, slight), "罚款", &f)
		r := law.Read(f, day("2026-09-10"))
		low, _ := r.Money(law.TierMin)
		high, _ := r.Money(law.TierMax)
		if r.Is(law.PowerAdopted) != law.True || r.Is(law.BenchmarkIssued) != law.True || r.Is(law.PenaltyProvided) != law.True || r.Is(law.TierMaxExcluded) != law.True ||
			r.Is(law.MeasurementRequired) != law.True || r.Is(law.DecidedAfterChange) != law.False || low != law.Yuan(50) || high != law.Yuan(185) {
			t.Errorf("事实：%v", f.Names())
		}
		if r.Has(law.NewRuleLighter) {
			t.Error("法律没有修改时不应说新规定轻重")
		}
	})
}

func TestSampleTiersWorkOnlyInDemo(t *testing.T) {
	started(t, false, func(t *testing.T, s *Service) {
		_, err := s.IssueBenchmarks(context.Background(), console, IssueInput{Codes: []string{"CG-020"}, Issuer: "某局", Document: "1号", PublishedOn: day("2026-01-01")})
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "示范值") {
			t.Errorf("正式库公布示范阶次应拒绝：%v", err)
		}
		_, err = s.IssueExemptions(context.Background(), console, IssueInput{Codes: []string{"EX-003"}, Issuer: "某局", Document: "1号", PublishedOn: day("2026-01-01")})
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("正式库公布示范清单应拒绝：%v", err)
		}
		open := view(t, s, func(tx *store.Tx) (Unissued, error) { return s.Unissued(tx, "") })
		if len(open.Groups) != 0 || len(open.Exemptions) != 0 || open.Samples != 157+33 {
			t.Errorf("%d 组可公布、%d 项可公布、%d 项示范", len(open.Groups), len(open.Exemptions), open.Samples)
		}
	})
	started(t, true, func(t *testing.T, s *Service) {
		if n := issueCodes(t, s, "2025-01-01", "CG-020"); n != 1 {
			t.Errorf("演示库可以公布示范阶次：%d", n)
		}
	})
}

func TestUncheckedRowMustBeConfirmed(t *testing.T) {
	started(t, true, func(t *testing.T, s *Service) {
		ctx := context.Background()
		p := itemNow(t, s, "CG-347")
		in := AdoptInput{Items: []ItemID{itemNow(t, s, "YS-001").ID, p.ID}, Basis: AdoptStatutory, Document: "1号", From: day("2025-01-01")}
		if _, err := s.Adopt(ctx, console, in); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "CG-347") {
			t.Fatalf("未核实不能采用：%v", err)
		}
		if itemNow(t, s, "YS-001").Adopted(day("2026-01-01")) {
			t.Error("有一项不能采用时，一项也不采用")
		}
		row := view(t, s, func(tx *store.Tx) (itemRow, error) { return itemRowByID(tx, p.ID) })
		if err := s.Confirm(ctx, console, ConfirmInput{Item: p.ID, Version: row.Version, On: day("2026-11-01")}); !fault.Is(err, fault.Invalid) {
			t.Errorf("没有写来源：%v", err)
		}
		if err := s.Confirm(ctx, console, ConfirmInput{Item: p.ID, Version: row.Version, On: day("2026-12-01"), Source: "公报"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("日期在将来：%v", err)
		}
		if err := s.Confirm(ctx, console, ConfirmInput{Item: p.ID, Version: row.Version + 1, On: day("2026-11-01"), Source: "公报"}); !fault.Is(err, fault.Conflict) {
			t.Errorf("版本过时：%v", err)
		}
		if err := s.Confirm(ctx, console, ConfirmInput{Item: p.ID, Version: row.Version, On: day("2026-11-01"), Source: "国务院公报2004年第23号"}); err != nil {
			t.Fatal(err)
		}
		if out, err := s.Adopt(ctx, console, in); err != nil || out.Done != 2 {
			t.Errorf("核实后可采用：%v %v", out, err)
		}
		if out, err := s.Adopt(ctx, console, in); err != nil || out.Done != 0 || len(out.Already) != 2 {
			t.Errorf("重复采用无害：%v %v", out, err)
		}
		history := view(t, s, func(tx *store.Tx) ([]ledger.Entry, error) { return ledger.History(tx, LedgerSubject("CG-347"), 0, 10) })
		if len(history) != 2 || history[0].Kind != "power.adopted" || history[1].Kind != "power.confirmed" {
			t.Errorf("留痕：%v", history)
		}
	})
}

func TestAdoptionAsksForPermissionAndDocument(t *testing.T) {
	started(t, true, func(t *testing.T, s *Service) {
		ctx := context.Background()
		if _, err := s.Adopt(ctx, access.Session{}, AdoptInput{}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("没有权限：%v", err)
		}
		if err := s.Confirm(ctx, access.Session{}, ConfirmInput{}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("没有权限：%v", err)
		}
		if _, err := s.IssueBenchmarks(ctx, access.Session{}, IssueInput{}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("没有权限：%v", err)
		}
		_, err := s.Adopt(ctx, console, AdoptInput{Items: []ItemID{1}})
		for _, field := range []string{"basis", "document", "from"} {
			if !strings.Contains(err.Error(), field) {
				t.Errorf("没有指出 %s：%v", field, err)
			}
		}
		_, err = s.IssueBenchmarks(ctx, console, IssueInput{Codes: []string{"YS-001"}, Issuer: "局", Document: "1号", PublishedOn: day("2025-01-01"), From: day("2024-01-01")})
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "不能早于公布日") {
			t.Errorf("施行早于公布：%v", err)
		}
	})
}

func TestEndOfAPower(t *testing.T) {
	started(t, true, func(t *testing.T, s *Service) {
		adoptCodes(t, s, "2025-01-01", "YS-001")
		issueCodes(t, s, "2025-01-01", "YS-001")
		p := itemNow(t, s, "YS-001")
		row := view(t, s, func(tx *store.Tx) (itemRow, error) { return itemRowByID(tx, p.ID) })
		in := EndInput{Item: p.ID, Version: row.Version, Document: "演示政发〔2026〕2号", Last: day("2026-06-30")}
		if err := s.End(context.Background(), console, in); err != nil {
			t.Fatal(err)
		}
		if err := s.End(context.Background(), console, in); !fault.Is(err, fault.Conflict) {
			t.Errorf("再停一次：%v", err)
		}
		slight := facts("3", 0, law.True, law.False)
		if a := assess(t, s, "YS-001", "2026-06-29", "2026-06-30", Citizen, slight); !a.Usable {
			t.Errorf("最后一天仍可决定：%v", a.Lacks)
		}
		if a := assess(t, s, "YS-001", "2026-06-29", "2026-07-01", Citizen, slight); a.Usable || !strings.Contains(a.Lacks[0], "2026年7月1日起不再行使") {
			t.Errorf("次日起不再行使：%v", a.Lacks)
		}
		if st := itemNow(t, s, "YS-001").StateOn(day("2026-07-01")); st != StateEnded {
			t.Errorf("状态 %s", st.Label())
		}
	})
}

func TestNewEditionOfABenchmark(t *testing.T) {
	started(t, true, func(t *testing.T, s *Service) {
		adoptCodes(t, s, "2025-01-01", "YS-005")
		issueCodes(t, s, "2025-01-01", "YS-005")
		_, data, err := StarterFile(ImportTiers, true)
		if err != nil {
			t.Fatal(err)
		}
		// The new edition halves the share of 从轻: 20–200 parts at 50 instead of 74.
		var lines []string
		for i, l := range strings.Split(string(data), "\n") {
			if i == 0 || strings.HasPrefix(l, "YS-005,个人,") {
				lines = append(lines, strings.ReplaceAll(l, ",74,", ",50,"))
			}
		}
		if _, err := s.ImportFile(context.Background(), console, ImportTiers, "2026年版.csv", strings.NewReader(strings.Join(lines, "\n"))); err != nil {
			t.Fatal(err)
		}
		slight := facts("3", 0, law.True, law.False)
		if a := assess(t, s, "YS-005", "2026-09-10", "2026-09-10", Citizen, slight); a.Tier.Max != law.Yuan(74) || !a.Usable {
			t.Errorf("新版公布前仍适用旧版：%s %v", a.Tier.Text(), a.Lacks)
		}
		if n := issueCodes(t, s, "2026-05-01", "YS-005"); n != 1 {
			t.Fatalf("公布了 %d 组", n)
		}
		if a := assess(t, s, "YS-005", "2026-04-30", "2026-09-10", Citizen, slight); a.Tier.Max != law.Yuan(74) || !a.Usable {
			t.Errorf("新版施行前的行为适用旧版：%s %v", a.Tier.Text(), a.Lacks)
		}
		if a := assess(t, s, "YS-005", "2026-05-01", "2026-09-10", Citizen, slight); a.Tier.Max != law.Yuan(50) || !a.Usable {
			t.Errorf("施行日起适用新版：%s %v", a.Tier.Text(), a.Lacks)
		}
		_, err = s.IssueBenchmarks(context.Background(), console, IssueInput{Codes: []string{"YS-005"}, Issuer: "局", Document: "旧", PublishedOn: day("2025-03-01")})
		if err != nil {
			t.Errorf("没有未公布的，不应出错：%v", err)
		}
	})
}

func TestAssessAcrossTheChangeOfLaw(t *testing.T) {
	started(t, true, func(t *testing.T, s *Service) {
		slight := facts("3", 0, law.True, law.False)
		a := assess(t, s, "CG-382", "2026-07-20", "2026-09-10", Citizen, slight)
		if a.Statutory.Text() != "500—20,000 元" || a.Milder == nil || a.Milder.Use != ChooseNew || len(a.Milder.Others) != 1 {
			t.Fatalf("七月行为九月决定：%s %+v", a.Statutory.Text(), a.Milder)
		}
		in := AssessInput{Code: "CG-382", ActDate: day("2026-07-20"), DecisionDate: day("2026-09-10"), Party: Citizen, Circumstances: slight, NewCode: "CG-171"}
		b := view(t, s, func(tx *store.Tx) (Assessment, error) {
			first, err := s.Assess(tx, in)
			if err != nil {
				return first, err
			}
			return s.Assess(tx, in.UnderNewLaw(first.Milder))
		})
		if b.Item.Code != "CG-171" || b.Statutory.Text() != "500—5,000 元" || b.Tier.Text() != "500元以上、1,800元以下（不含）" {
			t.Errorf("适用新规定：%s %s", b.Statutory.Text(), b.Tier.Text())
		}
		var f law.Facts
		Facts(a, "罚款", &f)
		r := law.Read(f, day("2026-09-10"))
		if r.Is(law.DecidedAfterChange) != law.True || r.Is(law.NewRuleLighter) != law.True {
			t.Error("应说明行为后规定已修改且新规定较轻")
		}
		testkitView(t, s, func(tx *store.Tx) error {
			_, err := s.ItemOn(tx, "CG-171", day("2026-07-20"))
			if err == nil || !strings.Contains(err.Error(), "CG-382") {
				t.Errorf("新编码用于旧行为应指出 CG-382：%v", err)
			}
			_, err = s.ItemOn(tx, "CG-382", day("2026-09-10"))
			if err == nil || !strings.Contains(err.Error(), "CG-171") {
				t.Errorf("旧编码用于新行为应指出 CG-171：%v", err)
			}
			p, err := s.ItemOn(tx, "CG-382", day("2026-08-14"))
			if err != nil || p.Code != "CG-382" {
				t.Errorf("旧法最后一天：%v", err)
			}
			_, err = s.ItemOn(tx, "XX-1", day("2026-08-14"))
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("没有的编码：%v", err)
			}
			return nil
		})
	})
}

func TestExemptionHits(t *testing.T) {
	started(t, true, func(t *testing.T, s *Service) {
		find := func(a Assessment, k ExemptionKind) (ExemptionHit, bool) {
			for _, h := range a.Exemptions {
				if h.Exemption.Kind == k {
					return h, true
				}
			}
			return ExemptionHit{}, false
		}
		first, ok := find(assess(t, s, "YS-001", "2026-09-10", "2026-09-10", Citizen, facts("0.5", 0, law.True, law.False)), ExemptFirst)
		if !ok || first.Fits != law.True || first.Usable || len(first.Judge) != 4 {
			t.Errorf("初次、已改正、清单未公布：%+v", first)
		}
		if _, err := s.IssueExemptions(context.Background(), console, IssueInput{Codes: []string{first.Exemption.Ref}, Issuer: "演示局", Document: "演示〔2025〕3号", PublishedOn: day("2025-01-01")}); err != nil {
			t.Fatal(err)
		}
		if h, _ := find(assess(t, s, "YS-001", "2026-09-10", "2026-09-10", Citizen, facts("0.5", 0, law.True, law.False)), ExemptFirst); !h.Usable {
			t.Error("清单公布后可以适用")
		}
		for name, c := range map[string]Circumstances{"第二次": facts("0.5", 1, law.True, law.False), "没有改正": facts("0.5", 0, law.False, law.False), "有后果": facts("0.5", 0, law.True, law.True)} {
			if h, _ := find(assess(t, s, "YS-001", "2026-09-10", "2026-09-10", Citizen, c), ExemptFirst); h.Fits != law.False {
				t.Errorf("%s：%v", name, h.Fits)
			}
		}
		if h, _ := find(assess(t, s, "YS-001", "2026-09-10", "2026-09-10", Citizen, Circumstances{}), ExemptFirst); h.Fits != law.Unknown {
			t.Error("没有查明时不下结论")
		}
		if h, _ := find(assess(t, s, "YS-001", "2024-03-01", "2026-09-10", Citizen, Circumstances{}), ExemptLimitation); h.Fits != law.Unknown || !strings.Contains(h.Why, "已超过二年") {
			t.Errorf("超过二年：%+v", h)
		}
		if _, ok := find(assess(t, s, "YS-001", "2026-09-10", "2026-09-10", Citizen, Circumstances{}), ExemptNewLaw); ok {
			t.Error("生态环境法律的从新规定与市容事项无关")
		}
		if h, ok := find(assess(t, s, "CG-382", "2026-07-20", "2026-09-10", Citizen, facts("3", 0, law.True, law.False)), ExemptNewLaw); !ok || h.Fits != law.True {
			t.Errorf("露天烧烤从新：%+v", h)
		}
	})
}

func testkitView(t *testing.T, s *Service, f func(*store.Tx) error) {
	t.Helper()
	if err := s.db.View(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}
