package casework_test

import (
	"context"
	"slices"
	"strconv"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/ending"
	"fadu/internal/casework/enforcement"
	"fadu/internal/casework/measure"
	"fadu/internal/casework/performance"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/powers"
	"fadu/internal/store"
)

// late is a case of the ordinary procedure whose decision was served on 30 April 2026, with the desks that follow.
type late struct {
	*street
	s       *casework.Service
	perform *performance.Service
	enforce *enforcement.Service
	end     *ending.Service
	id      casework.CaseID
}

type says = map[string]any

// served brings a fine of 100 yuan to its service. What the desk of service would say is stated.
func (b *street) servedOrdinary() *late {
	b.t.Helper()
	for kind, word := range map[casework.PaperKind]string{
		"demand_notice": "催", "court_application": "强申", "execution_decision": "强", "substitute_decision": "代", "substitute_demand": "代催", "judgment_application": "执申", "clearance_notice": "立代", "halt_notice": "执中", "end_execution_notice": "执终",
		"case_closing_approval": "结", "demolition_announcement": "拆公", "court_appeal": "强复",
	} {
		for _, year := range []int64{2026, 2027} {
			b.must(b.cases.OpenSeries(b.ctx, b.session("clerk"), casework.SeriesInput{Unit: b.units["局"], Kind: kind, Year: year, Prefix: "演城管" + word + "字", First: 1, Last: 20, Presealed: true}))
		}
	}
	l := &late{street: b, s: casework.New(b.cases.Deps)}
	l.perform, l.enforce, l.end = performance.New(l.s), enforcement.New(l.s), ending.New(l.s)
	others := casework.Desk{Name: "送达", Facts: func(_ *store.Tx, _ *casework.Case, _ law.Date, f *law.Facts) error {
		f.SetBool(law.PapersUnserved, false, "test")
		return nil
	}}
	l.s.AddDesks(others, measure.New(l.s).Desk(), l.perform.Desk(), l.enforce.Desk(), l.end.Desk())
	l.id, _ = b.delivered(law.Yuan(100), casework.PayBank)
	b.put(l.id, casework.ProcedureOrdinary, casework.Issued, "")
	b.must(b.db.Update(b.ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(`UPDATE penalty_case SET filed_on = '2026-03-02' WHERE id = ?`, l.id)
		return err
	}))
	l.served("decision_served")
	return l
}

// served is what the desk of service does when the paper has arrived.
func (l *late) served(act string) {
	l.t.Helper()
	_, err := l.s.Do(l.ctx, access.System("test"), l.id, casework.Command{Act: act, State: func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
		f.SetBool(law.PaperServed, true, "test")
		return nil
	}})
	l.must(err)
}

func (l *late) on(day string) { l.clock.Set(law.MustDate(day).Start().Add(10 * time.Hour)) }

// handed is what the desk of service does with papers of a kind that the party takes at once.
func (l *late) handed(kinds ...casework.PaperKind) {
	l.t.Helper()
	l.must(l.db.Update(l.ctx, func(tx *store.Tx) error {
		all, err := casework.Papers(tx, l.id)
		for _, p := range all {
			if err == nil && slices.Contains(kinds, p.Kind) && p.State == casework.PaperIssued {
				err = casework.MarkServed(tx, p.ID, tx.Today(), ledger.EntryID(p.Entry))
			}
		}
		return err
	}))
}

// packeted puts into the file what the packet for the court needs besides: the papers of a whole case, with their receipts.
func (l *late) packeted() {
	l.t.Helper()
	l.handed("demand_notice")
	l.must(l.db.Update(l.ctx, func(tx *store.Tx) error {
		all, err := casework.Papers(tx, l.id)
		if err != nil {
			return err
		}
		model := all[len(all)-1] // what the others say is not read
		add := func(kind casework.PaperKind, about casework.PaperID) casework.PaperID {
			p := casework.Paper{
				ID: casework.PaperID(store.NewID()), Version: 1, Entry: model.Entry, Levels: model.Levels, Organ: model.Organ, Case: l.id, Kind: kind, State: casework.PaperDelivered,
				Code: strconv.FormatInt(store.NewID(), 36), Content: model.Content, Dated: tx.Today(), CreatedAt: store.Micros(tx.Now), IssuedAt: store.Micros(tx.Now), SealedAt: store.Micros(tx.Now), DeliveredAt: store.Micros(tx.Now), About: about,
			}
			if kind == "penalty_decision" {
				p.DocNo = "演城管罚字〔2026〕第99号"
			}
			if _, more := tx.DB().NewInsert().Model(&p).Exec(tx.Ctx); more != nil && err == nil {
				err = more
			}
			return p.ID
		}
		add("closing_report", 0)
		add("penalty_notice", 0)
		add("service_receipt", add("penalty_decision", 0))
		for _, p := range all {
			if p.Kind == "demand_notice" {
				add("service_receipt", p.ID)
			}
		}
		return err
	}))
}

// mandated is what the desk of the investigation does with the government's order, and a power to execute that the bureau has adopted.
func (l *late) mandated() {
	l.t.Helper()
	var item powers.ItemID
	l.must(l.db.View(l.ctx, func(tx *store.Tx) error {
		all, err := l.cases.Powers.All(tx, powers.Filter{Words: "CG-320"})
		if err == nil {
			item = all[0].ID
		}
		return err
	}))
	_, err := l.cases.Powers.Adopt(l.ctx, access.System("test"), powers.AdoptInput{Items: []powers.ItemID{item}, Basis: powers.AdoptStatutory, Document: "演示", From: law.MustDate("2026-01-01")})
	l.must(err)
	_, err = l.s.Do(l.ctx, access.System("test"), l.id, casework.Command{Act: casework.MandateAct, Named: law.MustDate("2026-11-02"), Note: "演示区人民政府（演政〔2026〕9号）", Row: func(*store.Tx, *casework.Case) (string, error) { return "evidence/1", nil }})
	l.must(err)
}

type doer interface {
	Do(ctx context.Context, by access.Session, id casework.CaseID, act string, in map[string]any) error
}

func (l *late) do(d doer, login, act string, in says) error {
	in["version"] = l.version(l.id)
	return d.Do(l.ctx, l.session(login), l.id, act, in)
}

func (l *late) state(want casework.State) {
	l.t.Helper()
	if c := l.file(l.id).Case; c.State != want {
		l.t.Errorf("现在是 %s，应是 %s", c.State, want)
	}
}

var demand = says{"duty": "缴纳罚款和加处罚款", "days": 10, "how": "缴纳", "channel": "银行", "contact": "演示赵某 19900000001"}

func with(in says, more says) says {
	out := says{}
	for k, v := range in {
		out[k] = v
	}
	for k, v := range more {
		out[k] = v
	}
	return out
}

// 加处罚款每日百分之三，第 34 日触顶；复议期间不计（处罚法七十二、七十三第三款，强制法四十五）。
func TestSurchargeRunsToTheFineAndNeverInReview(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		l := b.servedOrdinary()
		owes := func(day, text string) {
			t.Helper()
			l.on(day)
			l.fails(day, l.do(l.perform, "zhao", "perform", says{"duty": "加处罚款", "amount": 999, "reference": "X", "says": "试", "proof": "试"}), fault.Invalid, text)
		}
		owes("2026-05-15", "还有 0 元")
		owes("2026-05-16", "还有 3 元")
		owes("2026-06-17", "还有 99 元")
		owes("2026-06-18", "还有 100 元")
		owes("2026-09-18", "还有 100 元")
		l.on("2026-09-18")
		l.must(l.do(l.perform, "zhao", "register_review", says{"on": "2026-05-26", "body": "演示市演示区人民政府"}))
		l.fails("再登记一次", l.do(l.perform, "zhao", "register_review", says{"on": "2026-05-26", "body": "政府"}), fault.Conflict, "还没有结果")
		owes("2026-09-18", "还有 30 元") // 5月16日到25日
		l.must(l.do(l.perform, "zhao", "review_decided", says{"on": "2026-09-01", "result": "维持", "no": "演府复〔2026〕1号"}))
		owes("2026-09-03", "还有 36 元") // 再加两日
		l.refused("催告缺内容", l.do(l.perform, "zhao", "issue_demand", with(demand, says{"channel": ""})), "XZQZ-35")
		l.must(l.paid(l.id, law.Yuan(100), "YH-1"))
		owes("2026-12-01", "还有 33 元") // 缴清以后不再加处，缴款当日不计
		l.must(l.do(l.perform, "zhao", "perform", says{"duty": "加处罚款", "amount": 33, "reference": "YH-2", "says": "已缴", "proof": "回单"}))
		l.must(l.do(l.end, "zhao", "ask_closing", says{"outcome": "罚款100元", "performed": "已缴清", "measures": "无", "published": "已公示"}))
		l.state(casework.EndingAsked)
		l.must(l.do(l.end, "head", "return_closing", says{"why": "补回单"}))
		l.state(casework.Delivered)
		l.must(l.do(l.end, "zhao", "ask_closing", says{"outcome": "罚款100元", "performed": "已缴清", "measures": "无", "published": "已公示"}))
		l.must(l.do(l.end, "head", "approve_closing", says{}))
		l.state(casework.Closed)
	})
}

// 期满催告，送达十个工作日后、起诉期限届满起三个月内申请（强制法五十三至五十五）。
func TestCourtIsAskedInItsWindow(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		l := b.servedOrdinary()
		l.refused("没有执行完毕就结案", l.do(l.end, "zhao", "ask_closing", says{"outcome": "无", "performed": "无", "measures": "无", "published": "无"}), "MOHURD55-31-ground")
		l.on("2026-05-15")
		l.refused("最后一天催告", l.do(l.perform, "zhao", "issue_demand", with(demand, nil)), "XZQZ-34-term")
		l.on("2026-06-22")
		l.must(l.do(l.perform, "zhao", "issue_demand", with(demand, nil)))
		l.served("demand_served")
		l.state(casework.Demanded)
		apply := says{"court": "演示区人民法院", "claim": "强制执行罚款", "state_of_target": "当事人有存款", "head": "演示局长", "address": "演示路1号"}
		all := with(apply, says{"target": true, "other": true})
		for _, c := range []struct{ day, rule string }{{"2026-07-06", "XZQZ-54-days"}, {"2026-10-30", "XZQZ-53-expired"}, {"2027-02-15", "XZQZ-53-months"}} {
			l.on(c.day)
			l.refused(c.day, l.do(l.enforce, "head", "apply_court", with(all, nil)), c.rule)
		}
		l.on("2026-11-03")
		l.refused("材料不齐", l.do(l.enforce, "head", "apply_court", with(apply, nil)), "XZQZ-55-1")
		l.refused("全部勾选，案卷里没有", l.do(l.enforce, "head", "apply_court", with(all, says{"application": true, "decision": true, "grounds": true, "demand": true, "opinions": true})), "XZQZ-55-1")
		l.packeted()
		l.must(l.do(l.perform, "zhao", "register_suit", says{"on": "2026-11-02", "body": "演示区人民法院"}))
		l.refused("起诉的", l.do(l.enforce, "head", "apply_court", with(all, nil)), "XZQZ-53-sued")
		l.must(l.do(l.perform, "zhao", "suit_decided", says{"on": "2026-11-03", "result": "撤诉或者不予立案", "no": "（2026）演1行初1号"}))
		l.on("2027-02-15")
		l.must(l.do(l.enforce, "head", "apply_court", with(all, says{"late": "当事人起诉后撤诉"})))
		l.state(casework.Enforcing)
		of := l.acts(l.id)[len(l.acts(l.id))-1].Of
		step := func(act string) error {
			return l.do(l.enforce, map[bool]string{true: "head", false: "zhao"}[act == "appeal_court"], act, says{
				"of": of, "on": "2027-02-15", "no": "无", "ruled_on": "2027-02-15", "ruling": "（2027）演1行审1号", "upper": "演示市中级人民法院", "claim": "撤销裁定", "reason": "符合条件",
			})
		}
		l.fails("还没有受理就裁定", step("court_allows"), fault.Conflict, "")
		l.fails("早于申请", l.do(l.enforce, "zhao", "hand_in_application", says{"of": of, "on": "2027-02-14", "no": "无"}), fault.Invalid, "上一步")
		for _, act := range []string{"hand_in_application", "court_rejects", "appeal_court", "court_accepts", "court_allows", "court_executed"} {
			if err := step(act); err != nil {
				t.Fatalf("%s：%v", act, err)
			}
		}
		l.must(l.paid(l.id, law.Yuan(60), "YH-3")) // 强制执行中也收缴款
		l.refused("没有法定情形终结执行", l.do(l.enforce, "head", "end_execution", says{"why": "没钱", "proof": "无"}), "XZQZ-39-ground")
		for _, ground := range []string{"中止执行满三年未恢复执行，没有明显社会危害，当事人确无能力履行", "据以执行的行政决定被撤销"} {
			l.refused("案卷里没有："+ground, l.do(l.enforce, "head", "end_execution", says{"ground": ground, "why": "没钱", "proof": "说明"}), "XZQZ-40-ground")
		}
		l.must(l.do(l.enforce, "head", "halt", says{"ground": "当事人履行行政决定确有困难或者暂无履行能力", "why": "住院"}))
		l.state(casework.Halted)
		l.must(l.do(l.enforce, "head", "resume_execution", says{"why": "出院"}))
		l.state(casework.Enforcing)
		l.refused("协议减免本金", l.do(l.perform, "head", "agree_execution", says{"duty": "罚款", "plan": "两期", "principal": true}), "XZQZ-42-2")
		l.must(l.do(l.enforce, "head", "end_execution", says{"ground": "执行标的灭失", "why": "法院裁定", "proof": "（2027）演1执1号裁定书"}))
		l.state(casework.EndingAsked)
		l.fails("没有结案审批表", l.do(l.end, "head", "approve_closing", says{}), fault.Conflict, "还没有填写结案审批表")
		l.must(l.do(l.end, "zhao", "ask_closing", says{"outcome": "终结执行", "performed": "已缴60元", "measures": "无", "published": "已公示"}))
		l.fails("填写了两份", l.do(l.end, "zhao", "ask_closing", says{"outcome": "终结执行", "performed": "已缴60元", "measures": "无", "published": "已公示"}), fault.Conflict, "已经填写")
		l.must(l.do(l.end, "head", "approve_closing", says{}))
		l.state(casework.Closed)
	})
}

// 强制拆除：公告、期限、责成（强制法四十四，城乡规划法六十八）；夜间、节假日、居民断水断电不许（强制法四十三）；代履行（五十至五十二）。
func TestExecutionByTheBureau(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		l := b.servedOrdinary()
		l.on("2026-06-22")
		l.must(l.do(l.perform, "zhao", "issue_demand", with(demand, says{"own": true})))
		l.served("demand_served")
		order := says{"power_code": "CG-320", "mandate": "1", "duty": "拆除违法建筑", "heard": "没有提出意见", "reason": "逾期不拆", "order": "拆除", "way": "机械拆除", "when": "11月9日上午"}
		l.on("2026-11-03")
		err := l.do(l.enforce, "head", "order_execution", with(order, says{"power_code": "", "mandate": ""}))
		for _, rule := range []string{"XZQZ-13", "XZQZ-36", "XZQZ-44-announced", "CXGH-68"} {
			l.refused("缺四项", err, rule)
		}
		l.fails("听取在催告送达以前", l.do(l.perform, "zhao", "hear_demand", says{"said": "提出了意见", "person": "演示·郑某", "role": "当事人本人", "from": "2026-06-21T10:00:00+08:00", "until": "2026-06-21T10:20:00+08:00", "at": "中队", "points": "请求宽限", "answer": "没有"}), fault.Invalid, "2026年6月22日")
		l.must(l.do(l.perform, "zhao", "hear_demand", says{"said": "期满没有提出意见", "answer": "继续执行"}))
		l.must(l.do(l.enforce, "zhao", "announce_demolition", says{"shown": "郑某", "what": "楼顶彩钢房20平方米", "due": "2026-11-06"}))
		l.fails("没有登记的责成文件", l.do(l.enforce, "head", "order_execution", with(order, nil)), fault.Invalid, "没有登记过这份责成文件")
		l.mandated()
		l.fails("依据不是法律的事项", l.do(l.enforce, "head", "order_execution", with(order, says{"power_code": "CG-322"})), fault.Invalid, "依据是法律")
		l.refused("公告没有期满", l.do(l.enforce, "head", "order_execution", with(order, nil)), "XZQZ-44-running")
		l.on("2026-11-09")
		l.refused("自行拆除了", l.do(l.enforce, "head", "order_execution", with(order, says{"demolished": true})), "XZQZ-44-demolished")
		l.must(l.do(l.enforce, "head", "order_execution", with(order, nil)))
		l.state(casework.Enforcing)
		l.on("2026-11-11")
		early := says{"from": "2026-11-10T10:00:00+08:00", "until": "2026-11-10T11:00:00+08:00", "present": "郑某", "supervisor": "李某", "course": "拆除", "goods": "无", "remark": "无", "footage": "DSJ-0"}
		l.refused("决定书没有送达", l.do(l.enforce, "zhao", "execute", with(early, nil)), "XZQZ-38-served")
		l.fails("早于决定", l.do(l.enforce, "zhao", "execute", with(early, says{"from": "2026-11-09T09:00:00+08:00"})), fault.Invalid, "不能早于")
		l.handed("execution_decision")
		l.refused("送达以前", l.do(l.enforce, "zhao", "execute", with(early, nil)), "XZQZ-38-served")
		l.must(b.db.Update(b.ctx, func(tx *store.Tx) error { // as if all this had been before the holidays
			_, err := tx.Exec(`UPDATE case_act SET on_day = '2026-09-21', done_at = ? WHERE act = 'order_execution'`, store.Micros(law.MustDate("2026-09-21").Start()))
			if err == nil {
				_, err = tx.Exec(`UPDATE paper SET delivered_at = ? WHERE kind = 'execution_decision'`, store.Micros(law.MustDate("2026-09-22").Start()))
			}
			return err
		}))
		site := says{"present": "郑某", "supervisor": "李某", "course": "拆除彩钢房", "goods": "无", "remark": "无", "footage": "DSJ-1"}
		at := func(from, until string, more says) says {
			return with(site, with(says{"from": from, "until": until}, more))
		}
		l.on("2027-01-04")
		l.refused("夜间", l.do(l.enforce, "zhao", "execute", at("2026-11-10T22:30:00+08:00", "2026-11-10T23:00:00+08:00", nil)), "XZQZ-43-1")
		l.refused("跨到夜间", l.do(l.enforce, "zhao", "execute", at("2026-11-10T21:30:00+08:00", "2026-11-10T22:30:00+08:00", nil)), "XZQZ-43-1")
		l.refused("国庆节", l.do(l.enforce, "zhao", "execute", at("2026-10-01T10:00:00+08:00", "2026-10-01T11:00:00+08:00", nil)), "XZQZ-43-1")
		l.refused("居民断水", l.do(l.enforce, "zhao", "execute", at("2026-11-10T10:00:00+08:00", "2026-11-10T11:00:00+08:00", says{"cut": true, "target": "居民住宅"})), "XZQZ-43-2")
		l.must(l.do(l.enforce, "zhao", "execute", at("2026-11-10T10:00:00+08:00", "2026-11-10T11:00:00+08:00", nil)))
		l.proofOfSubstitute(at)
	})
}

// proofOfSubstitute: 代履行只对清除类义务，三个工作日前催告，派员监督。
func (l *late) proofOfSubstitute(at func(from, until string, more says) says) {
	l.t.Helper()
	l.put(l.id, casework.ProcedureOrdinary, casework.Demanded, "")
	order := says{"duty": "清运渣土", "harm": "危害交通安全", "reason": "催告不履行", "what": "路面渣土", "way": "清运", "when": "2026-12-04", "budget": "800元", "doer": "演示清运公司", "due": "2026-12-03", "contact": "赵某"}
	l.refused("不属于清除类", l.do(l.enforce, "head", "order_substitute", with(order, says{"due": "2027-01-08", "when": "2027-01-11"})), "XZQZ-50-kind")
	in := at("2026-12-03T10:00:00+08:00", "2026-12-03T11:00:00+08:00", says{"cost": 800})
	l.on("2026-12-03")
	l.refused("没有代履行决定", l.do(l.enforce, "zhao", "substitute", at("2026-12-03T08:00:00+08:00", "2026-12-03T09:00:00+08:00", says{"cost": 800})), "XZQZ-51-1-served")
	l.on("2026-11-30")
	l.refused("催告的期限不满三个工作日", l.do(l.enforce, "head", "order_substitute", with(order, says{"clearing": true, "due": "2026-12-02"})), "XZQZ-51-1-term")
	l.refused("没有等催告期满", l.do(l.enforce, "head", "order_substitute", with(order, says{"clearing": true, "when": "2026-12-03"})), "XZQZ-51-1-after")
	l.must(l.do(l.enforce, "head", "order_substitute", with(order, says{"clearing": true})))
	l.must(l.db.View(l.ctx, func(tx *store.Tx) error {
		demand, err := casework.LastPaper(tx, l.id, "substitute_demand")
		if err != nil {
			return err
		}
		order, err := casework.LastPaper(tx, l.id, "substitute_decision")
		if err != nil {
			return err
		}
		d, err := casework.PartOf[casework.SubstituteDemand](*demand)
		if d.Decision == "" || d.Decision != order.DocNo {
			l.t.Errorf("催告书引的决定书：%q，应是 %q", d.Decision, order.DocNo)
		}
		return err
	}))
	l.on("2026-12-05")
	l.refused("催告书没有送达", l.do(l.enforce, "zhao", "substitute", in), "XZQZ-51-1-demand")
	l.on("2026-11-30")
	l.handed("substitute_decision", "substitute_demand")
	l.on("2026-12-05")
	l.refused("催告两个工作日", l.do(l.enforce, "zhao", "substitute", in), "XZQZ-51-1-demand")
	in = at("2026-12-04T10:00:00+08:00", "2026-12-04T11:00:00+08:00", says{"cost": 800})
	l.refused("没有人监督", l.do(l.enforce, "zhao", "substitute", with(in, says{"supervisor": ""})), "XZQZ-51-1-witness")
	l.must(l.do(l.enforce, "zhao", "substitute", in))
	l.put(l.id, casework.ProcedureOrdinary, casework.Delivered, "")
	in = with(in, says{"party_at": "当事人在场"})
	l.refused("当事人能清除", l.do(l.enforce, "zhao", "clear_at_once", with(in, says{"contact": "赵某", "due": "2026-12-20", "object": "青石路路面遗洒的渣土", "can_clear": true, "showed_id": true})), "XZQZ-52-party")
	l.refused("不是公共场所", l.do(l.enforce, "zhao", "clear_at_once", with(in, says{"contact": "赵某", "due": "2026-12-20", "object": "院内杂物"})), "XZQZ-52-object")
	l.refused("没有出示证件", l.do(l.enforce, "zhao", "clear_at_once", with(in, says{"contact": "赵某", "due": "2026-12-20", "object": "青石路路面遗洒的渣土"})), "XZCF-55-1")
	there := with(in, says{"object": "青石路路面遗洒的渣土", "showed_id": true, "party_at": "当事人不在场"})
	l.fails("不在场，没有写缴费期限", l.do(l.enforce, "zhao", "clear_at_once", with(there, says{"contact": "赵某"})), fault.Invalid, "缴纳费用的最后一日")
	l.must(l.do(l.enforce, "zhao", "clear_at_once", with(there, says{"contact": "赵某", "due": "2026-12-20"})))
	l.must(l.db.View(l.ctx, func(tx *store.Tx) error {
		p, err := casework.LastPaper(tx, l.id, "clearance_notice")
		if err == nil && p == nil {
			l.t.Error("当事人不在场，没有出具立即代履行通知书")
		}
		return err
	}))
	l.fails("多收", l.do(l.enforce, "zhao", "settle_cost", says{"how": "当事人缴纳", "amount": 1601, "on": "2026-12-05", "reference": "YH-1"}), fault.Invalid, "还有 1,600 元")
	l.fails("没有理由就不收", l.do(l.enforce, "zhao", "settle_cost", says{"how": "不再收取", "amount": 800, "on": "2026-12-05"}), fault.Invalid, "理由")
	l.must(l.do(l.enforce, "zhao", "settle_cost", says{"how": "当事人缴纳", "amount": 1600, "on": "2026-12-05", "reference": "YH-1"}))
	l.refused("已经收齐", l.do(l.enforce, "zhao", "settle_cost", says{"how": "当事人缴纳", "amount": 1, "on": "2026-12-05", "reference": "YH-2"}), "XZQZ-51-2-rest")
}

var packet = says{"court": "演示区人民法院", "claim": "强制执行罚款", "state_of_target": "当事人有存款", "head": "演示局长", "address": "演示路1号", "target": true, "other": true}

// demandedIn brings the case to a served demand for the court on a day.
func (l *late) demandedIn(day string) {
	l.t.Helper()
	l.on(day)
	l.must(l.do(l.perform, "zhao", "issue_demand", with(demand, nil)))
	l.served("demand_served")
	l.packeted()
}

// 申请没有办完的，不能再申请，也不能结案；撤回以后可以再申请（强制法五十三，55号令三十一）。
func TestOneApplicationAtATime(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		l := b.servedOrdinary()
		l.demandedIn("2026-06-22")
		l.on("2026-11-03")
		l.must(l.do(l.enforce, "head", "apply_court", with(packet, nil)))
		l.refused("再申请一次", l.do(l.enforce, "head", "apply_court", with(packet, nil)), "XZQZ-53-open")
		of := l.acts(l.id)[len(l.acts(l.id))-1].Of
		l.must(l.paid(l.id, law.Yuan(100), "YH-7"))
		l.must(l.do(l.perform, "zhao", "perform", says{"duty": "加处罚款", "amount": 100, "reference": "YH-8", "says": "已缴", "proof": "回单"}))
		closing := says{"outcome": "罚款100元", "performed": "已缴清", "measures": "无", "published": "已公示"}
		l.refused("申请没有办完就结案", l.do(l.end, "zhao", "ask_closing", with(closing, nil)), "MOHURD55-31-court")
		l.must(l.do(l.enforce, "head", "withdraw_application", says{"of": of, "on": "2026-11-03", "no": "无"}))
		l.refused("已经履行", l.do(l.enforce, "head", "apply_court", with(packet, nil)), "XZQZ-53-performed")
		l.must(l.do(l.end, "zhao", "ask_closing", with(closing, nil)))
	})
}

// 撤回以后在三个月内再次申请；裁判作出后按生效裁判执行（强制法五十三，行政诉讼法九十五）。
func TestApplicationAgainAfterWithdrawal(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		l := b.servedOrdinary()
		l.demandedIn("2026-06-22")
		l.on("2026-11-03")
		l.must(l.do(l.enforce, "head", "apply_court", with(packet, nil)))
		of := l.acts(l.id)[len(l.acts(l.id))-1].Of
		l.must(l.do(l.enforce, "head", "withdraw_application", says{"of": of, "on": "2026-11-03", "no": "无"}))
		l.must(l.do(l.perform, "zhao", "register_suit", says{"on": "2026-11-03", "body": "演示区人民法院"}))
		l.refused("正在诉讼", l.do(l.enforce, "head", "apply_court", with(packet, nil)), "XZQZ-53-sued")
		l.must(l.do(l.perform, "zhao", "suit_decided", says{"on": "2026-11-03", "result": "撤诉或者不予立案", "no": "1号"}))
		l.must(l.do(l.enforce, "head", "apply_court", with(packet, says{"late": "撤回后重新申请"})))
		l.state(casework.Enforcing)
	})
}

// 复议决定撤销的，原决定不能再催告、不能申请执行，加处罚款不再增加（强制法四十第四项）；裁判驳回的，按生效裁判执行。
func TestWhatWasSetAsideIsNotEnforced(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		l := b.servedOrdinary()
		l.on("2026-05-20")
		l.must(l.do(l.perform, "zhao", "register_review", says{"on": "2026-05-20", "body": "演示区人民政府"}))
		l.on("2026-06-22")
		l.must(l.do(l.perform, "zhao", "review_decided", says{"on": "2026-06-22", "result": "撤销", "no": "演府复〔2026〕1号"}))
		l.refused("撤销以后催告", l.do(l.perform, "zhao", "issue_demand", with(demand, nil)), "XZQZ-40-set-aside")
		l.on("2026-09-18")
		l.fails("不再增加", l.do(l.perform, "zhao", "perform", says{"duty": "加处罚款", "amount": 999, "reference": "X", "says": "试", "proof": "试"}), fault.Invalid, "还有 12 元") // 5月16日到19日
	})
}

// 裁判驳回以后不申请非诉执行，按生效裁判执行（行政诉讼法九十五）；减免加处罚款只凭有补救措施的执行协议（强制法四十二）。
func TestAfterTheJudgmentAndTheAgreement(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		l := b.servedOrdinary()
		l.demandedIn("2026-06-22")
		l.must(l.do(l.perform, "zhao", "register_suit", says{"on": "2026-06-22", "body": "演示区人民法院"}))
		l.on("2026-11-03")
		l.must(l.do(l.perform, "zhao", "suit_decided", says{"on": "2026-11-03", "result": "驳回诉讼请求", "no": "（2026）演1行初1号"}))
		l.refused("裁判以后", l.do(l.enforce, "head", "apply_court", with(packet, nil)), "XZSS-95")
		judgment := says{"court": "演示区人民法院", "ruling": "（2026）演1行初1号", "ruled_on": "2026-11-01", "order": "驳回诉讼请求", "claim": "强制执行罚款", "state_of_target": "当事人有存款", "head": "演示局长", "address": "演示路1号"}
		l.fails("裁判晚于收到", l.do(l.enforce, "head", "apply_judgment", with(judgment, says{"ruled_on": "2026-11-04"})), fault.Invalid, "不晚于收到")
		l.must(l.do(l.enforce, "head", "apply_judgment", with(judgment, nil)))
		l.refused("再申请一次", l.do(l.enforce, "head", "apply_judgment", with(judgment, nil)), "XZQZ-53-open")
		l.must(l.paid(l.id, law.Yuan(100), "YH-9"))
		in := says{"duty": "加处罚款", "says": "试", "proof": "试", "amount": 10, "reference": "YH-9"}
		l.fails("缴罚款的流水号", l.do(l.perform, "zhao", "perform", with(in, nil)), fault.Invalid, "已经登记过")
		l.fails("自己写减免", l.do(l.perform, "zhao", "perform", with(in, says{"duty": "减免加处罚款"})), fault.Invalid, "执行协议")
		agree := says{"duty": "加处罚款", "plan": "减免", "waived": 10}
		l.fails("没有补救措施", l.do(l.perform, "head", "agree_execution", with(agree, nil)), fault.Invalid, "补救措施")
		l.fails("超过加处的数额", l.do(l.perform, "head", "agree_execution", with(agree, says{"remedied": "恢复原状", "waived": 101})), fault.Invalid, "不能超过")
		l.must(l.do(l.perform, "head", "agree_execution", with(agree, says{"remedied": "恢复原状"})))
		l.fails("减免以后", l.do(l.perform, "zhao", "perform", with(in, says{"amount": 999, "reference": "YH-10"})), fault.Invalid, "还有 90 元")
	})
}
