package casework

import (
	"testing"

	"fadu/internal/law"
)

// What 加处罚款 comes up: the statutory last day is 15 May, the fine 100 yuan.
func TestSurchargeStandsStillWhileAnApprovedTermRuns(t *testing.T) {
	day := law.MustDate
	fine := &Case{Penalty: Penalty{Amount: law.Yuan(100)}}
	part := func(due string, yuan int64) Part { return Part{Due: day(due), Amount: law.Yuan(yuan)} }
	plan := func(decided, ended string, amount int64, parts ...Part) Plan {
		p := Plan{State: PlanApproved, DecidedOn: day(decided), Amount: law.Yuan(amount), Parts: parts}
		if ended != "" {
			p.State, p.EndedOn = PlanEnded, day(ended)
		}
		return p
	}
	paid := func(on string, yuan int64) Payment { return Payment{PaidOn: day(on), Amount: law.Yuan(yuan)} }
	for _, c := range []struct {
		name   string
		plans  []Plan
		ps     []Payment
		today  string
		amount law.Money
		days   int
		capped bool
	}{
		{"最后一天不加处", nil, nil, "2026-05-15", 0, 0, false},
		{"逾期第一日", nil, nil, "2026-05-16", law.Yuan(3), 1, false},
		{"缴款当日不计", nil, []Payment{paid("2026-05-17", 100)}, "2026-05-30", law.Yuan(3), 1, false},
		{"缴了一半，只按没缴的算", nil, []Payment{paid("2026-05-10", 50)}, "2026-05-17", law.Yuan(3), 2, false},
		{"到本金为止", nil, nil, "2027-05-15", law.Yuan(100), 34, true},
		{"延期期间不加处", []Plan{plan("2026-05-10", "", 100, part("2026-06-30", 100))}, nil, "2026-06-30", 0, 0, false},
		{"延期届满次日起算", []Plan{plan("2026-05-10", "", 100, part("2026-06-30", 100))}, nil, "2026-07-02", law.Yuan(6), 2, false},
		{"第一期逾期，只按第一期算", []Plan{plan("2026-05-10", "", 100, part("2026-05-31", 40), part("2026-06-30", 60))}, nil, "2026-06-02", law.Money(240), 2, false},
		{"第一期按时缴了", []Plan{plan("2026-05-10", "", 100, part("2026-05-31", 40), part("2026-06-30", 60))}, []Payment{paid("2026-05-31", 40)}, "2026-06-30", 0, 0, false},
		{"批准以前已经逾期的照算", []Plan{plan("2026-05-18", "", 100, part("2026-06-30", 100))}, nil, "2026-06-01", law.Yuan(6), 2, false},
		{"取消以后从次日起算", []Plan{plan("2026-05-10", "2026-06-01", 100, part("2026-06-30", 100))}, nil, "2026-06-03", law.Yuan(6), 2, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := accrued(fine, day("2026-05-15"), c.plans, c.ps, day(c.today), pendingOn(nil))
			if err != nil || got.Amount != c.amount || got.Days != c.days || got.Capped != c.capped {
				t.Errorf("加处 %s 元，%d 日，封顶 %v（%v），应当是 %s 元，%d 日，%v", got.Amount, got.Days, got.Capped, err, c.amount, c.days, c.capped)
			}
		})
	}
}

func TestPaymentsFillInstalmentsInOrder(t *testing.T) {
	p := Plan{Amount: law.Yuan(90), Parts: []Part{{Amount: law.Yuan(30)}, {Amount: law.Yuan(30)}, {Amount: law.Yuan(30)}}}
	on := law.MustDate("2026-06-01")
	// 罚款 100 元，批准以前缴了 10 元，以后一次缴了 50 元
	got := p.standing(law.Yuan(100), []Payment{{Amount: law.Yuan(10), PaidOn: law.MustDate("2026-05-01")}, {Amount: law.Yuan(50), PaidOn: on}})
	if got[0].Open() != 0 || got[0].PaidOn != on || got[1].Open() != law.Yuan(10) || !got[1].PaidOn.IsZero() || got[2].Paid != 0 {
		t.Errorf("各期 %+v", got)
	}
}
