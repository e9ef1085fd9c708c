package casework_test

import (
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/indicator"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// changed is a change of the fixture's decision to a fine.
func (b *street) changed(amount law.Money) casework.ChangeInput {
	return casework.ChangeInput{
		PenaltyInput: casework.PenaltyInput{ActFrom: law.MustDate("2026-04-30"), FactText: "当事人在人行道摆摊，占用2平方米", Clear: true, PowerCode: onStreet, Fine: true, Amount: amount, Metric: "2", Corrected: true, Harm: "none", NoExemption: "经教育仍有必要处罚", PayBy: casework.PayCode},
		Faults:       []string{"amount"}, Why: "没有考虑当事人当场改正的情节",
	}
}

// served seals a paper and hands it over.
func (b *street) served(id casework.PaperID) {
	b.t.Helper()
	if b.paper(id).Paper.SealedAt == 0 {
		b.must(b.cases.Seal(b.ctx, b.session("clerk"), id))
	}
	b.tick(1)
	b.must(b.cases.HandOver(b.ctx, b.session("zhao"), id, casework.HandOverInput{At: b.clock.Now(), How: casework.HandedDirect}))
	b.tick(1)
}

func (b *street) paid(id casework.CaseID, amount law.Money, reference string) error {
	return b.cases.RecordPayment(b.ctx, b.session("cashier"), id, b.version(id), casework.PaymentInput{Channel: casework.PayBank, Amount: amount, PaidOn: law.DateOf(b.clock.Now()), Reference: reference})
}

// 行政处罚法第七十五条第二款：交付以后确有错误的，由负责人变更；罚款多缴的退还（行政强制法第四十一条）。
func TestFineLoweredAfterPaymentIsRefunded(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		head, cashier, clerk := b.session("head"), b.session("cashier"), b.session("clerk")
		id, first := b.delivered(law.Yuan(100), casework.PayCode)
		b.must(b.paid(id, law.Yuan(100), "YH1"))
		b.must(b.cases.FileWithBureau(b.ctx, clerk, id, b.version(id)))
		b.must(b.cases.Close(b.ctx, clerk, id, b.version(id), ""))
		refund := func(amount law.Money) error {
			return b.cases.Refund(b.ctx, cashier, id, casework.PaymentInput{Channel: casework.PayBank, Amount: amount, PaidOn: law.DateOf(b.clock.Now()), Reference: "TK1"})
		}
		b.fails("没有变更就退库", refund(law.Yuan(40)), fault.Conflict, "才办理退库")
		paper, err := b.cases.Change(b.ctx, head, id, b.version(id), b.changed(law.Yuan(60)))
		b.must(err)
		f, p := b.file(id), b.paper(paper)
		if f.Case.State != casework.Delivered || f.Case.Amount != law.Yuan(60) || f.Case.ClosedAt != 0 || f.Decision.ID != first || f.Decision.State != casework.PaperDelivered {
			t.Errorf("变更后的案件 %+v，原决定书 %s", f.Case, f.Decision.State)
		}
		if p.Paper.DocNo != "演城管变字〔2026〕第1号" || p.About.ID != first || p.Content.Fine != law.Yuan(60) || !p.Content.ReviewFirst || !strings.Contains(p.Content.Fields["was"], "壹佰元整") || !strings.Contains(p.Content.Fields["settle"], "多缴的￥40") {
			t.Errorf("变更决定书 %+v %+v", p.Paper, p.Content)
		}
		v, err := b.cases.CheckPaper(b.ctx, b.paper(first).Paper.Code)
		b.must(err)
		if !v.Counts || strings.Join(v.Changed, "") != p.Paper.DocNo {
			t.Errorf("原决定书验真：%+v", v)
		}
		b.refused("没有送达变更决定书就结案", b.cases.Close(b.ctx, clerk, id, b.version(id), ""), "XZCF-61-closing")
		b.served(paper)
		b.refused("没有退库就结案", b.cases.Close(b.ctx, clerk, id, b.version(id), ""), "XZQZ-41-closing")
		b.fails("退多了", refund(law.Yuan(41)), fault.Invalid, "不超过多缴的 40 元")
		b.must(refund(law.Yuan(40)))
		b.fails("退两次", refund(law.Yuan(40)), fault.Conflict, "才办理退库")
		b.must(b.cases.Close(b.ctx, clerk, id, b.version(id), ""))
		registry, err := indicator.NewRegistry(b.cases.Indicators()...)
		b.must(err)
		for name, want := range map[string]string{"casework.fine_imposed": "60", "casework.fine_collected": "60", "casework.changed": "1"} {
			testkit.View(t, b.db, func(tx *store.Tx) error {
				def, _ := registry.Get(name)
				got, err := def.Value(tx, indicator.Query{Period: indicator.Period{From: law.MustDate("2026-04-01"), To: law.MustDate("2026-04-30")}, Scope: access.System("test").Scope()})
				if err != nil || !strings.HasPrefix(got.Text(), want) {
					t.Errorf("%s 是 %s，应为 %s：%v", name, got.Text(), want, err)
				}
				return err
			})
		}
		if n := b.count(`SELECT SUM(amount) FROM payment WHERE case_id = ?`, id); n != 6000 {
			t.Errorf("实收 %d 分", n)
		}
		b.jobsDone()
		b.proved()
	})
}

// 处罚法第四十四、四十五、六十二条：变更对当事人更不利的，先告知、听取陈述申辩，不得多于告知的数额。
func TestChangeForTheWorseNeedsNoticeAndHearing(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		head, zhao := b.session("head"), b.session("zhao")
		id, _ := b.delivered(law.Yuan(100), casework.PayCode)
		change := func(amount law.Money) error {
			return one(b.cases.Change(b.ctx, head, id, b.version(id), b.changed(amount)))
		}
		b.refused("没有告知就加重", change(law.Yuan(150)), "XZCF-44-change")
		b.refused("超过当场罚款限额", change(law.Yuan(300)), "XZCF-51-1")
		b.refused("超出裁量阶次", change(law.Yuan(190)), "XZCF-5-2-tier")
		facts := b.changed(law.Yuan(100))
		facts.Faults, facts.FactText = []string{"facts"}, "当事人在人行道摆摊，占用2平方米，经劝离后返回"
		b.refused("换了事实没有告知", one(b.cases.Change(b.ctx, head, id, b.version(id), facts)), "XZCF-44-change")
		b.fails("没有告知书先记申辩", b.cases.HearAgain(b.ctx, zhao, id, b.version(id), casework.HearInput{At: b.clock.Now(), Text: "无"}), fault.Conflict, "还没有送达的告知书")
		notice, err := b.cases.NotifyChange(b.ctx, zhao, id, b.version(id), b.changed(law.Yuan(150)))
		b.must(err)
		if c := b.file(id).Case; c.Amount != law.Yuan(100) || c.State != casework.Delivered {
			t.Errorf("告知不应改动案件：%v", c.Amount)
		}
		b.refused("告知书没有送达", change(law.Yuan(150)), "XZCF-44-change")
		b.served(notice)
		b.refused("还没有听取", change(law.Yuan(150)), "XZCF-62-change")
		b.fails("申辩没有复核", b.cases.HearAgain(b.ctx, zhao, id, b.version(id), casework.HearInput{At: b.clock.Now(), Text: "我马上就走了"}), fault.Invalid, "复核意见")
		b.must(b.cases.HearAgain(b.ctx, zhao, id, b.version(id), casework.HearInput{At: b.clock.Now(), Text: "我马上就走了", Review: "与音像不符，不予采纳"}))
		b.refused("多于告知的数额", change(law.Yuan(160)), "XZCF-45-2-change")
		paper, err := b.cases.Change(b.ctx, head, id, b.version(id), b.changed(law.Yuan(150)))
		b.must(err)
		if c := b.paper(paper).Content; c.Fields["heard"] != "我马上就走了" || !strings.Contains(c.Fields["notice"], "演城管告字〔2026〕第1号") || !strings.Contains(c.Fields["settle"], "罚款￥150，自收到本决定书之日起十五日内") {
			t.Errorf("变更决定书 %+v", c.Fields)
		}
		b.refused("同一份告知书不能用两次", change(law.Yuan(160)), "XZCF-44-change")
		b.clock.Advance(3 * 24 * 60 * 60 * 1e9)
		b.served(paper)
		if c := b.file(id).Case; law.DateOf(store.FromMicros(c.PayFrom)) != law.MustDate("2026-05-03") {
			t.Errorf("缴款期限从变更决定送达起算：%d", c.PayFrom)
		}
		// 送达后五个工作日不说话，视为放弃（住建部令第55号第二十二条）
		again, err := b.cases.NotifyChange(b.ctx, zhao, id, b.version(id), b.changed(law.Yuan(170)))
		b.must(err)
		b.served(again)
		b.refused("期限没有届满", change(law.Yuan(170)), "XZCF-62-change")
		b.clock.Advance(15 * 24 * 60 * 60 * 1e9)
		paper, err = b.cases.Change(b.ctx, b.session("head"), id, b.version(id), b.changed(law.Yuan(170)))
		b.must(err)
		if f := b.paper(paper).Content.Fields; f["heard"] != "" || !strings.Contains(f["earlier"], "第1号变更") {
			t.Errorf("没有申辩的变更 %+v", f)
		}
		b.proved()
	})
}

func TestChangeIsRefused(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		head := b.session("head")
		issued, _ := b.decided(law.Yuan(100), casework.PayCode)
		b.fails("还没有交付", one(b.cases.Change(b.ctx, head, issued, b.version(issued), b.changed(law.Yuan(60)))), fault.Conflict, "不能变更决定")
		id, _ := b.delivered(law.Yuan(100), casework.PayCode)
		b.fails("执法人员自己变更", one(b.cases.Change(b.ctx, b.session("zhao"), id, b.version(id), b.changed(law.Yuan(60)))), fault.Forbidden, "")
		b.fails("别的中队", one(b.cases.NotifyChange(b.ctx, b.session("sun"), id, b.version(id), b.changed(law.Yuan(60)))), fault.NotFound, "")
		b.fails("旧版本", one(b.cases.Change(b.ctx, head, id, b.version(id)-1, b.changed(law.Yuan(60)))), fault.Conflict, "刚被别人改过")
		for _, c := range []struct {
			name string
			edit func(*casework.ChangeInput)
			text string
		}{
			{"没有选哪里有误", func(in *casework.ChangeInput) { in.Faults = nil }, "哪里有误"},
			{"没有理由", func(in *casework.ChangeInput) { in.Why = " " }, "错在哪里"},
			{"没有处罚了", func(in *casework.ChangeInput) { in.Fine, in.Amount = false, 0 }, "请选择处罚种类"},
			{"没有变化", func(in *casework.ChangeInput) { in.Amount = law.Yuan(100) }, "与原决定一样"},
		} {
			in := b.changed(law.Yuan(60))
			c.edit(&in)
			b.fails(c.name, one(b.cases.Change(b.ctx, head, id, b.version(id), in)), fault.Invalid, c.text)
		}
		warning := b.changed(0)
		warning.Fine, warning.Warning, warning.PayBy = false, true, ""
		if err := one(b.cases.Change(b.ctx, head, id, b.version(id), warning)); err != nil {
			b.refused("演示条例没有规定警告的", err, "XZCF-4-kind")
		}
		b.proved()
	})
}

// 处罚法第四十八条第二款：公开的决定被变更、撤销的，三个工作日内撤回。
func TestPublicationIsWithdrawnAfterChangeAndRevocation(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		head, clerk := b.session("head"), b.session("clerk")
		id, _ := b.delivered(law.Yuan(100), casework.PayCode)
		b.fails("没有变更", b.cases.WithdrawPublication(b.ctx, clerk, id, b.version(id), casework.WithdrawalInput{Note: "查过"}), fault.Conflict, "没有要撤回的")
		paper, err := b.cases.Change(b.ctx, head, id, b.version(id), b.changed(law.Yuan(60)))
		b.must(err)
		todo := func() (out []casework.TodoItem) {
			list, err := b.cases.Todo(b.ctx, clerk)
			b.must(err)
			for _, g := range list.Groups {
				for _, it := range g {
					if it.Case == id && it.Step == "withdraw_publication" {
						out = append(out, it)
					}
				}
			}
			return out
		}
		if got := todo(); len(got) != 1 || got[0].Due != law.MustDate("2026-05-08") || !got[0].Workdays { // 五月一日至五日放假
			t.Fatalf("撤回公开的待办 %+v", got)
		}
		b.fails("没有写怎样查明", b.cases.WithdrawPublication(b.ctx, clerk, id, b.version(id), casework.WithdrawalInput{}), fault.Invalid, "怎样查明")
		b.fails("没有写从哪里撤回", b.cases.WithdrawPublication(b.ctx, clerk, id, b.version(id), casework.WithdrawalInput{Published: true, On: law.DateOf(b.clock.Now())}), fault.Invalid, "从哪些网站")
		b.must(b.cases.WithdrawPublication(b.ctx, clerk, id, b.version(id), casework.WithdrawalInput{Published: true, On: law.DateOf(b.clock.Now()), Place: "市政府门户网站，同页说明了理由"}))
		if got := todo(); len(got) != 0 {
			t.Errorf("撤回后还有待办 %+v", got)
		}
		_, err = b.cases.Revoke(b.ctx, head, id, b.version(id), "当事人认定错误")
		b.must(err)
		if p := b.paper(paper).Paper; p.State != casework.PaperRevoked {
			t.Errorf("撤销后变更决定书是 %s", p.State)
		}
		if got := todo(); len(got) != 1 {
			t.Errorf("撤销后的待办 %+v", got)
		}
		b.must(b.cases.WithdrawPublication(b.ctx, clerk, id, b.version(id), casework.WithdrawalInput{Note: "查门户网站和信用中国，没有公开过"}))
		b.proved()
	})
}

// A change whose paper cannot be made leaves the decision as it was.
func TestChangeWithoutPaperIsUndone(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		head := b.session("head")
		id, _ := b.delivered(law.Yuan(100), casework.PayCode)
		paper, err := b.cases.Change(b.ctx, head, id, b.version(id), b.changed(law.Yuan(60)))
		b.must(err)
		testkit.Update(t, b.db, func(tx *store.Tx) error {
			_, err := tx.Exec(`UPDATE paper SET state = 'rendering', digest = '', content = REPLACE(content, '"kind":"change_decision"', '"kind":"no_such_kind"') WHERE id = ?`, paper)
			return err
		})
		b.fails("没有这一种文书的文本", b.cases.Finish(b.ctx, paper), fault.Conflict, "编号 演城管变字〔2026〕第1号 已登记作废")
		if f := b.file(id); f.Case.Amount != law.Yuan(100) || f.Case.State != casework.Delivered || b.paper(paper).Paper.State != casework.PaperVoid {
			t.Errorf("没有恢复：%v %s", f.Case.Amount, f.Case.State)
		}
		if n := b.count(`SELECT COUNT(*) FROM publication_withdrawal WHERE case_id = ? AND state = 'open'`, id); n != 0 {
			t.Errorf("还有 %d 项撤回", n)
		}
		b.proved()
	})
}

// 行政处罚法第七十五条第二款、第六十一条：变更决定书送达以前写错了的，写明理由作废，编号保留，原决定照旧；
// 送达以后不能作废，只能补正、再变更或者撤销。
func TestChangeIsVoidedBeforeService(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		head, leader, clerk := b.session("head"), b.session("zhao"), b.session("clerk")
		id, first := b.delivered(law.Yuan(100), casework.PayCode)
		void := func(by access.Session, why string) error {
			return b.cases.VoidChange(b.ctx, by, id, b.version(id), why)
		}
		b.refused("没有变更过", void(leader, "写错了"), "XZCF-75-2-void-change")
		b.must(b.paid(id, law.Yuan(100), "YH1"))
		b.must(b.cases.FileWithBureau(b.ctx, clerk, id, b.version(id)))
		b.must(b.cases.Close(b.ctx, clerk, id, b.version(id), ""))
		before := b.file(id).Case

		// 送达前作废
		wrong, err := b.cases.Change(b.ctx, head, id, b.version(id), b.changed(law.Yuan(60)))
		b.must(err)
		b.refused("没有写理由", void(leader, " "), "XZCF-47-void-reason")
		b.fails("别的中队", void(b.session("sun"), "写错了"), fault.NotFound, "")
		b.fails("没有作废权限", void(b.session("cashier"), "写错了"), fault.Forbidden, "")
		b.fails("旧版本", b.cases.VoidChange(b.ctx, leader, id, b.version(id)-1, "写错了"), fault.Conflict, "刚被别人改过")
		b.must(void(leader, "数额写错"))
		after, p := b.file(id).Case, b.paper(wrong).Paper
		if after.State != casework.Closed || after.Amount != law.Yuan(100) || after.ClosedAt != before.ClosedAt || after.Ending != before.Ending || p.State != casework.PaperVoid || p.EndedWhy != "数额写错" {
			t.Errorf("作废以后的案件 %+v，变更决定书 %+v", after, p)
		}
		if n := b.count(`SELECT COUNT(*) FROM publication_withdrawal WHERE case_id = ? AND state = 'open'`, id); n != 0 {
			t.Errorf("还有 %d 项撤回公开", n)
		}
		if v, err := b.cases.CheckPaper(b.ctx, b.paper(first).Paper.Code); err != nil || !v.Counts || len(v.Changed) != 0 {
			t.Errorf("原决定书验真：%+v %v", v, err)
		}
		if v, err := b.cases.CheckPaper(b.ctx, p.Code); err != nil || v.Counts {
			t.Errorf("作废的变更决定书验真：%+v %v", v, err)
		}
		b.fails("作废的不能送达", b.cases.HandOver(b.ctx, b.session("zhao"), wrong, casework.HandOverInput{At: b.clock.Now(), How: casework.HandedDirect}), fault.Conflict, "")
		if n := b.count(`SELECT COUNT(*) FROM ledger_entry WHERE kind = 'casework.paper_voided' AND subject = ?`, id.Subject()); n != 1 {
			t.Errorf("作废入账 %d 条", n)
		}

		// 作废后重新变更：另取一号，不说经作废的那份变更过
		b.tick(1)
		right, err := b.cases.Change(b.ctx, head, id, b.version(id), b.changed(law.Yuan(70)))
		b.must(err)
		if p := b.paper(right); p.Paper.DocNo != "演城管变字〔2026〕第2号" || p.Content.Fields["earlier"] != "" || !strings.Contains(p.Content.Fields["was"], "壹佰元整") {
			t.Errorf("重新变更 %s %+v", p.Paper.DocNo, p.Content.Fields)
		}

		// 送达后不能作废
		b.served(right)
		b.refused("送达以后作废", void(leader, "又写错了"), "XZCF-75-2-void-change")
		if c := b.file(id).Case; c.Amount != law.Yuan(70) || c.State != casework.Delivered {
			t.Errorf("送达以后的案件 %+v", c)
		}
		registry, err := indicator.NewRegistry(b.cases.Indicators()...)
		b.must(err)
		testkit.View(t, b.db, func(tx *store.Tx) error {
			def, _ := registry.Get("casework.changed")
			got, err := def.Value(tx, indicator.Query{Period: indicator.Period{From: law.MustDate("2026-04-01"), To: law.MustDate("2026-04-30")}, Scope: access.System("test").Scope()})
			if err != nil || !strings.HasPrefix(got.Text(), "1") {
				t.Errorf("变更决定件数 %s：%v", got.Text(), err)
			}
			return err
		})
		b.jobsDone()
		b.proved()
	})
}

// A refund that was made because of the change leaves the fine owed again: the case does not close itself.
func TestChangeVoidedAfterRefundStaysOpen(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		head, clerk := b.session("head"), b.session("clerk")
		id, _ := b.delivered(law.Yuan(100), casework.PayCode)
		b.must(b.paid(id, law.Yuan(100), "YH1"))
		b.must(b.cases.FileWithBureau(b.ctx, clerk, id, b.version(id)))
		b.must(b.cases.Close(b.ctx, clerk, id, b.version(id), ""))
		_, err := b.cases.Change(b.ctx, head, id, b.version(id), b.changed(law.Yuan(60)))
		b.must(err)
		b.must(b.cases.Refund(b.ctx, b.session("cashier"), id, casework.PaymentInput{Channel: casework.PayBank, Amount: law.Yuan(40), PaidOn: law.DateOf(b.clock.Now()), Reference: "TK1"}))
		b.must(b.cases.VoidChange(b.ctx, b.session("zhao"), id, b.version(id), "数额写错"))
		if c := b.file(id).Case; c.State != casework.Delivered || c.Amount != law.Yuan(100) || c.ClosedAt != 0 {
			t.Errorf("退过库的案件 %+v", c)
		}
		b.refused("退库以后没有补缴就结案", b.cases.Close(b.ctx, clerk, id, b.version(id), ""), "MOHURD55-31-done")
		b.proved()
	})
}
