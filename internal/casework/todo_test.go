package casework

import (
	"testing"

	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/store"
)

func TestGroupOf(t *testing.T) {
	cal := calendar.Official()
	for _, c := range []struct {
		name, today, due string
		want             TodoGroup
	}{
		{"昨天到期", "2026-04-30", "2026-04-29", TodoLate},
		{"今天到期", "2026-04-30", "2026-04-30", TodoToday},
		{"明天到期", "2026-04-29", "2026-04-30", TodoSoon},
		{"隔着五一长假，只有三个工作日", "2026-04-30", "2026-05-08", TodoSoon},
		{"隔着五一长假，第四个工作日是调休的周六", "2026-04-30", "2026-05-09", TodoLater},
		{"三日后但都是工作日", "2026-03-02", "2026-03-05", TodoSoon},
		{"第四个工作日", "2026-03-02", "2026-03-06", TodoLater},
		{"放假安排没有载入，按自然日从严", "2027-03-01", "2027-03-04", TodoSoon},
		{"放假安排没有载入，五日后", "2027-03-01", "2027-03-06", TodoLater},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := groupOf(law.MustDate(c.due), law.MustDate(c.today), cal); got != c.want {
				t.Errorf("%s 看 %s：%d，应为 %d", c.today, c.due, got, c.want)
			}
		})
	}
}

func TestDuties(t *testing.T) {
	s := New(Deps{Calendar: calendar.Official()})
	at := func(day string) int64 { return store.Micros(law.MustDate(day).Start().Add(10 * 3600 * 1e9)) }
	delivered := Case{State: Delivered, DecidedOn: law.MustDate("2026-04-28"), DeliveredAt: at("2026-04-28"), Penalty: Penalty{Amount: law.Yuan(100)}}
	filed := delivered
	filed.FiledAt = at("2026-04-29")
	warned := delivered
	warned.Amount = 0
	issued := Case{State: Issued, Penalty: Penalty{Amount: law.Yuan(100)}}
	cash := func(handed, deposited string) Payment {
		p := Payment{Channel: PayCash, Kind: "fine", Amount: law.Yuan(100), PaidOn: law.MustDate("2026-04-28"), HandInDue: law.MustDate("2026-04-30"), DepositDue: law.MustDate("2026-05-07")}
		if handed != "" {
			p.HandedInOn = law.MustDate(handed)
		}
		if deposited != "" {
			p.DepositedOn = law.MustDate(deposited)
		}
		return p
	}
	by := Step{Kind: StepCorrect, Detail: "by_date", Due: law.MustDate("2026-05-04")}
	for _, c := range []struct {
		name  string
		c     Case
		pay   []Payment
		steps []Step
		want  []string // term and day, nearest first
	}{
		{"交付以后要备案、要缴款", delivered, nil, nil, []string{"当场处罚决定备案 2026-05-06", "缴纳罚款期限 2026-05-13"}},
		{"备案以后只等缴款", filed, nil, nil, []string{"缴纳罚款期限 2026-05-13"}},
		{"只有警告的不等缴款", warned, nil, nil, []string{"当场处罚决定备案 2026-05-06"}},
		{"收了现金要上交", filed, []Payment{cash("", "")}, nil, []string{"当场收缴罚款交至行政机关 2026-04-30"}},
		{"上交以后要缴付银行", filed, []Payment{cash("2026-04-29", "")}, nil, []string{"行政机关将当场收缴罚款缴付银行 2026-05-07"}},
		{"缴付银行以后没有了", filed, []Payment{cash("2026-04-29", "2026-04-30")}, nil, nil},
		{"限期改正到期要复查", issued, nil, []Step{by}, []string{"复查改正情况 2026-05-04"}},
		{"复查过了", issued, nil, []Step{by, {Kind: StepRecheck, Detail: CorrectedNow}}, nil},
		{"当场改正的不复查", issued, nil, []Step{{Kind: StepCorrect, Detail: CorrectedNow}}, nil},
		{"更正过的限期不算", issued, nil, []Step{{Kind: StepCorrect, Detail: "by_date", Due: law.MustDate("2026-05-04"), Withdrawn: true}}, nil},
		{"还在现场的没有期限", Case{State: OnSite}, nil, []Step{by}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			ds, err := s.duties(&c.c, c.pay, c.steps, nil)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range ds {
				got = append(got, d.term+" "+d.due.String())
			}
			if len(got) != len(c.want) {
				t.Fatalf("%v，应为 %v", got, c.want)
			}
			for i := range got {
				if got[i] != c.want[i] {
					t.Errorf("%v，应为 %v", got, c.want)
				}
			}
		})
	}
}
