package law

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSurchargeOn(t *testing.T) {
	on := MustDate("2026-03-02")
	for _, c := range []struct {
		name               string
		fine               string
		overdue, suspended int
		amount, total      string
		capped             bool
	}{
		{"没有逾期", "200", 0, 0, "0", "200", false},
		{"逾期一日", "200", 1, 0, "6", "206", false},
		{"逾期三十三日还没有到顶", "1000", 33, 0, "990", "1990", false},
		{"逾期三十四日到顶", "1000", 34, 0, "1000", "2000", true},
		{"逾期多年也只到本金", "400000000000", 3650, 0, "400000000000", "800000000000", true},
		{"复议期间不计", "1000", 40, 30, "300", "1300", false},
		{"全在复议期间", "1000", 40, 40, "0", "1000", false},
		{"有分的罚款四舍五入到分", "185.55", 1, 0, "5.57", "191.12", false},
		{"零元", "0", 40, 0, "0", "0", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := SurchargeOn(on, MustMoney(c.fine), c.overdue, c.suspended)
			if err != nil || s.Amount != MustMoney(c.amount) || s.Total != MustMoney(c.total) || s.Capped != c.capped {
				t.Errorf("得到 %s、%s、封顶=%v（%v），应为 %s、%s、%v", s.Amount, s.Total, s.Capped, err, c.amount, c.total, c.capped)
			}
			if got := s.Cite.String(); got != "行政处罚法第72条第1款第1项、第73条第3款；行政强制法第45条" {
				t.Errorf("依据 %s", got)
			}
		})
	}
	for name, f := range map[string]func() (Surcharge, error){
		"罚款为负":           func() (Surcharge, error) { return SurchargeOn(on, -1, 1, 0) },
		"逾期天数为负":         func() (Surcharge, error) { return SurchargeOn(on, 100, -1, 0) },
		"复议天数为负":         func() (Surcharge, error) { return SurchargeOn(on, 100, 1, -1) },
		"复议天数多于逾期天数":     func() (Surcharge, error) { return SurchargeOn(on, 100, 1, 2) },
		"2021年修订施行前没有载入": func() (Surcharge, error) { return SurchargeOn(MustDate("2021-07-14"), 100, 1, 0) },
	} {
		if s, err := f(); err == nil {
			t.Errorf("%s：应报错，得到 %+v", name, s)
		}
	}
}

// The surcharge grows with the days, never exceeds the fine and differs from the exact 3 % by half a 分 at most.
func TestSurchargeStaysWithinTheLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fine := Money(rapid.Int64Range(0, 100_000_000_000_000).Draw(t, "fine"))
		days := rapid.IntRange(0, 100_000).Draw(t, "days")
		s, err := SurchargeOn(MustDate("2026-03-02"), fine, days, 0)
		if err != nil {
			t.Fatal(err)
		}
		next, _ := SurchargeOn(MustDate("2026-03-02"), fine, days+1, 0)
		if s.Amount > fine || s.Amount < 0 || next.Amount < s.Amount || s.Total != fine+s.Amount {
			t.Fatalf("%s 逾期 %d 日：%+v", fine, days, s)
		}
		if days <= 33 {
			if diff := s.Amount*100 - fine*Money(3*days); diff > 50 || diff <= -50 {
				t.Fatalf("%s 逾期 %d 日：%s，相差 %d", fine, days, s.Amount, diff)
			}
		}
	})
}

func TestHigherFine(t *testing.T) {
	on := MustDate("2026-03-02")
	m, cite, err := HigherFine(on, []Money{Yuan(200), Yuan(5000), Yuan(3000)})
	if err != nil || m != Yuan(5000) || cite.String() != "行政处罚法第29条" {
		t.Errorf("得到 %s（%s，%v）", m, cite, err)
	}
	for name, fines := range map[string][]Money{"没有数额": nil, "负数": {Yuan(5), -1}} {
		if _, _, err := HigherFine(on, fines); err == nil {
			t.Errorf("%s：应报错", name)
		}
	}
	if _, _, err := HigherFine(MustDate("2020-01-01"), []Money{1}); err == nil {
		t.Error("2021年修订施行前没有载入，应报错")
	}
}

func TestBadAmountsAreRefused(t *testing.T) {
	good := string(amountsYAML)
	for _, c := range []struct{ name, from, to string }{
		{"没有依据", "[{statute: XZCF, article: 29}]", "[]"},
		{"法规没有登记", "statute: XZQZ", "statute: XXX"},
		{"没有施行日", "{from: 2021-07-15, cite: [{statute: XZCF, article: 29}", "{cite: [{statute: XZCF, article: 29}"},
		{"比例为零", "rate: 3", "rate: 0"},
		{"版本重叠", "higher_fine:", "higher_fine:\n  - {from: 2022-01-01, cite: [{statute: XZCF, article: 29}]}"},
		{"没有数据", "  - {from: 2021-07-15, cite: [{statute: XZCF, article: 29}]}", ""},
		{"不是 YAML", "surcharge:", "surcharge: ["},
	} {
		bad := strings.Replace(good, c.from, c.to, 1)
		if bad == good {
			t.Fatalf("%s：用例没有改动数据", c.name)
		}
		if _, err := parseAmounts([]byte(bad)); err == nil {
			t.Errorf("%s：应拒绝", c.name)
		}
	}
}
