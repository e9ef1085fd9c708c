package casework_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/law/timing"
)

// termsSeries gives the bureau numbers for the notices.
func (b *street) termsSeries() {
	b.series(casework.SeriesInput{Unit: b.units["局"], Kind: casework.PaymentTerms, Prefix: "演城管缓字", First: 1, Last: 20, Presealed: true})
}

func (b *street) plan(id casework.CaseID, change func(*casework.PlanInput)) error {
	in := casework.PlanInput{
		AppliedOn: law.DateOf(b.clock.Now()), Reason: "摊主生病住院，没有收入", Hardship: true,
		Parts: []casework.Part{{Due: law.MustDate("2026-05-31"), Amount: law.Yuan(60)}, {Due: law.MustDate("2026-06-30"), Amount: law.Yuan(40)}},
	}
	if change != nil {
		change(&in)
	}
	return b.cases.ApplyPlan(b.ctx, b.session("zhao"), id, b.version(id), in, pictures())
}

func TestFineIsPaidByInstalments(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		b.termsSeries()
		head, cashier := b.session("head"), b.session("cashier")
		id, _ := b.delivered(law.Yuan(100), casework.PayBank)
		_, err := b.cases.DecidePlan(b.ctx, head, id, b.version(id), true, "")
		b.fails("没有申请", err, fault.Conflict, "没有等审批的")
		for _, c := range []struct {
			name   string
			change func(*casework.PlanInput)
			text   string
		}{
			{"各期加起来不够", func(in *casework.PlanInput) { in.Parts = in.Parts[:1] }, "应当等于尚未缴纳的 100"},
			{"第二期早于第一期", func(in *casework.PlanInput) { in.Parts[1].Due = law.MustDate("2026-05-30") }, "晚于上一期"},
			{"第一期在昨天", func(in *casework.PlanInput) { in.Parts[0].Due = law.MustDate("2026-04-29") }, "不能早于今天"},
			{"一期是负数", func(in *casework.PlanInput) {
				in.Parts[0].Amount, in.Parts[1].Amount = law.Yuan(140), -law.Yuan(40)
			}, "大于 0"},
			{"没有理由", func(in *casework.PlanInput) { in.Reason = " " }, "困难在哪里"},
			{"申请在明天", func(in *casework.PlanInput) { in.AppliedOn = law.MustDate("2026-05-01") }, "申请日期"},
			{"申请早于决定", func(in *casework.PlanInput) { in.AppliedOn = law.MustDate("2026-04-01") }, "申请日期"},
		} {
			b.fails(c.name, b.plan(id, c.change), fault.Invalid, c.text)
		}
		b.fails("没有证明材料", b.cases.ApplyPlan(b.ctx, b.session("zhao"), id, b.version(id), casework.PlanInput{}, nil), fault.Invalid, "申请书和证明")
		b.must(b.plan(id, nil))
		b.fails("再申请一份", b.plan(id, nil), fault.Conflict, "等审批")
		if todo, err := b.cases.Todo(b.ctx, head); err != nil || !strings.Contains(todo.Groups[casework.TodoToday][0].What, "审批延期、分期") {
			t.Errorf("局长的待办 %+v %v", todo, err)
		}
		_, err = b.cases.DecidePlan(b.ctx, b.session("zhao"), id, b.version(id), true, "")
		b.fails("承办人自己批", err, fault.Forbidden, "承办人不能审批")
		_, err = b.cases.DecidePlan(b.ctx, head, id, b.version(id), false, "")
		b.fails("不同意没有理由", err, fault.Invalid, "不同意的理由")
		paper, err := b.cases.DecidePlan(b.ctx, head, id, b.version(id), true, "")
		b.must(err)
		p := b.paper(paper)
		if p.Paper.DocNo != "演城管缓字〔2026〕第1号" || p.Paper.State != casework.PaperIssued || p.Content.Fields["plan"] != "第1期于2026年5月31日前缴纳 60 元；第2期于2026年6月30日前缴纳 40 元" {
			t.Errorf("通知书 %+v %v", p.Paper.DocNo, p.Content.Fields)
		}
		b.must(b.cases.HandOver(b.ctx, b.session("zhao"), paper, casework.HandOverInput{At: b.clock.Now(), How: casework.HandedDirect}))
		due := func() law.Date {
			for _, k := range b.file(id).Clocks {
				if k.Term == "延期、分期缴纳期限" && k.State == timing.Running {
					return k.Due
				}
			}
			return law.Date{}
		}
		if due() != law.MustDate("2026-05-31") {
			t.Errorf("缴款期限应随第一期：%s", due())
		}
		// 法定期限过了，批准的期限没有过：不算逾期
		b.clock.Set(time.Date(2026, 5, 25, 9, 0, 0, 0, law.Zone))
		late := func() int {
			page, err := b.cases.List(b.ctx, cashier, casework.Filter{DueUntil: law.DateOf(b.clock.Now()).AddDays(-1), State: "delivered"}, "")
			b.must(err)
			return len(page.Rows)
		}
		b.must(b.cases.FileWithBureau(b.ctx, b.session("clerk"), id, b.version(id)))
		if n := late(); n != 0 {
			t.Errorf("批准期限内列为逾期 %d 件", n)
		}
		b.must(b.cases.RecordPayment(b.ctx, cashier, id, b.version(id), casework.PaymentInput{Channel: casework.PayBank, Amount: law.Yuan(60), PaidOn: law.MustDate("2026-05-20"), Reference: "演回单11"}))
		if due() != law.MustDate("2026-06-30") {
			t.Errorf("第一期缴清以后，期限应是第二期：%s", due())
		}
		b.clock.Set(time.Date(2026, 7, 2, 9, 0, 0, 0, law.Zone))
		if n := late(); n != 1 {
			t.Errorf("第二期逾期，列出 %d 件", n)
		}
		todo, err := b.cases.Todo(b.ctx, b.session("zhao"))
		b.must(err)
		if n := todo.Groups[casework.TodoLate]; len(n) == 0 || n[0].What != "督促缴纳第 2 期罚款 40 元" {
			t.Errorf("逾期的一期没有进待办：%+v", todo)
		}
		b.proved()
	})
}

func TestPlanIsChangedRefusedAndEnded(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		b.termsSeries()
		head := b.session("head")
		id, _ := b.delivered(law.Yuan(100), casework.PayBank)
		b.must(b.plan(id, func(in *casework.PlanInput) { in.Hardship = false }))
		_, err := b.cases.DecidePlan(b.ctx, head, id, b.version(id), true, "")
		b.refused("没有经济困难的证明", err, "XZCF-66-2-hardship")
		paper, err := b.cases.DecidePlan(b.ctx, head, id, b.version(id), false, "没有经济困难的证明")
		b.must(err)
		if p := b.paper(paper); p.Content.Fields["answer"] != "不同意" || p.Content.Fields["why"] != "没有经济困难的证明" {
			t.Errorf("不同意的通知书 %v", p.Content.Fields)
		}
		// 缴款以后计划就不对了，要重新提出
		b.must(b.plan(id, nil))
		b.must(b.cases.RecordPayment(b.ctx, b.session("cashier"), id, b.version(id), casework.PaymentInput{Channel: casework.PayBank, Amount: law.Yuan(10), PaidOn: law.DateOf(b.clock.Now()), Reference: "演回单21"}))
		_, err = b.cases.DecidePlan(b.ctx, head, id, b.version(id), true, "")
		b.fails("申请以后又缴了款", err, fault.Conflict, "还欠 90")
		_, err = b.cases.DecidePlan(b.ctx, head, id, b.version(id), false, "又缴了款，请重新提出计划")
		b.must(err)
		one := func(in *casework.PlanInput) {
			in.Parts = []casework.Part{{Due: law.MustDate("2026-06-30"), Amount: law.Yuan(90)}}
		}
		b.must(b.plan(id, one))
		_, err = b.cases.DecidePlan(b.ctx, head, id, b.version(id), true, "")
		b.must(err)
		// 变更：新的计划批准以后代替旧的
		b.must(b.plan(id, func(in *casework.PlanInput) {
			in.Parts = []casework.Part{{Due: law.MustDate("2026-07-31"), Amount: law.Yuan(45)}, {Due: law.MustDate("2026-08-31"), Amount: law.Yuan(45)}}
		}))
		_, err = b.cases.DecidePlan(b.ctx, head, id, b.version(id), true, "")
		b.must(err)
		plans := b.file(id).Plans
		if n := len(plans); n != 4 || plans[2].State != casework.PlanEnded || plans[3].State != casework.PlanApproved || plans[2].Kind() != "延期" || plans[3].Kind() != "分期" {
			t.Errorf("计划 %+v", plans)
		}
		b.fails("取消没有原因", b.cases.EndPlan(b.ctx, head, id, b.version(id), ""), fault.Invalid, "取消的原因")
		b.fails("执法人员不能取消", b.cases.EndPlan(b.ctx, b.session("qian"), id, b.version(id), "不缴"), fault.Forbidden, "")
		b.clock.Advance(30 * 24 * time.Hour)
		b.must(b.cases.EndPlan(b.ctx, head, id, b.version(id), "当事人明确表示不缴"))
		for _, k := range b.file(id).Clocks {
			if k.State == timing.Running && k.Whose == timing.Owed && k.Due != law.DateOf(b.clock.Now()) {
				t.Errorf("取消以后的期限 %+v", k)
			}
		}
		b.fails("取消两次", b.cases.EndPlan(b.ctx, head, id, b.version(id), "再取消"), fault.Conflict, "没有在执行的")
		// 每一次都有痕迹
		if n := b.count(`SELECT COUNT(*) FROM ledger_entry WHERE kind LIKE 'casework.terms_%'`); n != 9 {
			t.Errorf("留痕 %d 条", n)
		}
		b.proved()
	})
}

func TestPlanPages(t *testing.T) {
	b := newPageBureau(t)
	clerk, err := b.access.SessionFor(t.Context(), "clerk")
	b.must(err)
	b.must(b.cases.OpenSeries(t.Context(), clerk, casework.SeriesInput{Unit: b.units["局"], Kind: casework.PaymentTerms, Year: 2026, Prefix: "演城管缓字", Count: 5, Presealed: true}))
	_, err = b.access.CreateAccount(t.Context(), access.System("test"), access.AccountInput{Login: "head", Name: "演示局长", Unit: b.units["局"], Roles: []access.Role{access.BureauHead}, Password: fixturePassword, Settled: true})
	b.must(err)
	c := b.ready("100")
	b.done("zhao", c+"?step=decide", nil)
	b.signAll(c)
	b.done("zhao", c+"?step=deliver", form("at", "2026-04-30T17:40"))
	values := form("applied_on", "2026-04-30", "reason", "家里有病人", "hardship", "1", "due1", "2026-05-31", "amount1", "60", "due2", "2026-06-30", "amount2", "30")
	b.attach("zhao", c+"?step=apply_terms", values, "proof", "a.jpg", picture(t)).has(t, "各期加起来是 90 元", "家里有病人")
	values.Set("amount2", "40")
	if p := b.attach("zhao", c+"?step=apply_terms", values, "proof", "a.jpg", picture(t)); p.status != http.StatusSeeOther {
		t.Fatalf("没有登记申请（%d）：%s", p.status, mainText(p.body))
	}
	b.open("zhao", c+"?step=approve_terms").has(t, "承办人不能审批")
	b.open("zhao", c).has(t, "分期申请", "等审批")
	b.open("head", "/w/").has(t, "审批延期、分期缴纳罚款")
	b.done("head", c+"?step=approve_terms", nil).has(t, "分期（延期）缴纳罚款通知书", "第 1 期 5月31日前", "60 元，未到期")
	b.open("cashier", "/w/money").has(t, "第 1 期 60 元")
	b.clock.Set(time.Date(2026, 6, 5, 9, 0, 0, 0, law.Zone))
	b.clients = map[string]*http.Client{} // a month later everybody signs in again
	b.open("zhao", c).has(t, "逾期，欠 60 元", "加处罚款，没有扣除复议诉讼期间", "9 元 · 5 日")
	b.done("head", c+"?step=end_terms", form("why", "不按期缴纳")).has(t, "取消延期、分期")
}
