package casework_test

import (
	"strings"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/notice"
	"fadu/internal/casework/serving"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/law/timing"
	"fadu/internal/setting"
	"fadu/internal/store"
)

// afterNotice is the street with the desks of notice and service, under the real law.
type afterNotice struct {
	*street
	s       *casework.Service
	notice  *notice.Service
	serving *serving.Service
	zhao    access.Session
	crime   bool // a crime is reported and not refused
}

func onNotices(t *testing.T, f func(t *testing.T, b *afterNotice)) {
	t.Helper()
	onStreets(t, func(t *testing.T, st *street) {
		b := &afterNotice{street: st, zhao: st.session("zhao")}
		b.s = casework.New(st.cases.Deps)
		b.notice, b.serving = notice.New(b.s), serving.New(b.s)
		b.s.AddDesks(b.notice.Desk(), b.serving.Desk(), casework.Desk{Name: "移送", Facts: func(_ *store.Tx, _ *casework.Case, _ law.Date, f *law.Facts) error {
			f.SetBool(law.SuspectedCrime, b.crime, "test")
			return nil
		}})
		f(t, b)
	})
}

// adopt adopts a threshold for hearings by the bureau's setting.
func (b *afterNotice) adopt(value string) {
	b.t.Helper()
	b.settle(casework.HearingThreshold.Key, value)
}

// settle decides a setting of the bureau.
func (b *street) settle(key, value string) {
	b.t.Helper()
	s, err := setting.New(b.db, casework.Settings...)
	b.must(err)
	b.must(s.Decide(b.ctx, access.System("test"), key, value, "演示·本局标准（演城管〔2026〕3号）", 0))
}

// concluded is a case with an approved closing report, waiting for the notice.
func (b *afterNotice) concluded(fine law.Money) casework.CaseID {
	b.t.Helper()
	id := b.ready(fine, casework.PayBank)
	b.put(id, casework.ProcedureOrdinary, casework.Investigating, "")
	b.report(id)
	return id
}

func (b *afterNotice) report(id casework.CaseID) {
	b.t.Helper()
	_, err := b.unguarded().Do(b.ctx, access.System("test"), id, casework.Command{Act: "conclude", Drafts: func(_ *store.Tx, c *casework.Case) ([]casework.Draft, error) {
		return []casework.Draft{{Kind: "closing_report", Part: casework.ClosingReport{
			Proofs: casework.Proofs{Proofs: []casework.Proof{{Name: "现场检查笔录", Proves: "占道的位置和面积"}}}, FiledOn: law.DateOf(b.clock.Now()), Course: "经现场检查、询问，调查终结", Facts: "当事人在人行道摆摊",
			Views: "当事人承认事实", Discretion: "一般阶次", Penalty: c.Says(), Proposal: "罚款", Measures: "无", Crime: "不涉嫌犯罪",
		}}}, nil
	}})
	b.must(err)
	b.put(id, casework.ProcedureOrdinary, casework.Concluded, "")
}

func (b *afterNotice) issueInput() notice.IssueInput {
	return notice.IssueInput{Evidence: "现场检查笔录、照片1张", Contact: "演示赵某，0990-0000000", Address: "演示区和平路2号"}
}

func (b *afterNotice) last(id casework.CaseID, kind casework.PaperKind) casework.Paper {
	b.t.Helper()
	var p *casework.Paper
	b.must(b.db.View(b.ctx, func(tx *store.Tx) (err error) { p, err = casework.LastPaper(tx, id, kind); return err }))
	if p == nil {
		b.t.Fatalf("没有%s", kind)
	}
	return *p
}

// notified is a case whose notice was handed over and signed for.
func (b *afterNotice) notified(fine law.Money) casework.CaseID {
	b.t.Helper()
	id := b.concluded(fine)
	b.must(b.notice.Issue(b.ctx, b.zhao, id, b.version(id), b.issueInput()))
	b.serve(id, casework.PenaltyNotice)
	return id
}

func (b *afterNotice) serve(id casework.CaseID, kind casework.PaperKind) {
	b.t.Helper()
	b.must(b.serving.Deliver(b.ctx, b.zhao, id, b.version(id), serving.OnSpot, serving.DeliverInput{Service: b.last(id, kind).ID, Signed: true}))
}

func (b *afterNotice) state(id casework.CaseID) casework.State { return b.file(id).Case.State }

// facts are what the desks state about a case.
func (b *afterNotice) facts(id casework.CaseID) law.Facts {
	b.t.Helper()
	var f law.Facts
	b.must(b.db.View(b.ctx, func(tx *store.Tx) error {
		c, err := b.s.Load(tx, access.System("test"), access.CaseHandle, id)
		if err == nil {
			err = b.notice.Desk().Facts(tx, c, tx.Today(), &f)
		}
		if err == nil {
			err = b.serving.Desk().Facts(tx, c, tx.Today(), &f)
		}
		return err
	}))
	return f
}

func (b *afterNotice) decide(id casework.CaseID, action law.Action) string {
	j := b.s.Judge.Judge(action, law.DateOf(b.clock.Now()), b.facts(id))
	var out []string
	for _, l := range j.Lacks() {
		out = append(out, l.Rule)
	}
	return strings.Join(out, " ")
}

// 没有采用听证标准的，罚款的告知书出不了；采用以后按数额告知听证权利（处罚法63Ⅰ）。
func TestNotice听证标准(t *testing.T) {
	onNotices(t, func(t *testing.T, b *afterNotice) {
		id := b.concluded(law.Yuan(150))
		b.refused("没有采用听证标准", b.notice.Issue(b.ctx, b.zhao, id, b.version(id), b.issueInput()), "XZCF-63-1-told")
		b.adopt("公民150 单位5000 自2026-01-01")
		b.must(b.notice.Issue(b.ctx, b.zhao, id, b.version(id), b.issueInput()))
		part, err := casework.PartOf[casework.PriorNotice](b.last(id, casework.PenaltyNotice))
		b.must(err)
		if !part.Hearing || !strings.Contains(part.Penalty, "人民币壹佰伍拾元整") {
			t.Errorf("告知书：%+v", part)
		}
		small := b.concluded(law.Yuan(149))
		b.must(b.notice.Issue(b.ctx, b.zhao, small, b.version(small), b.issueInput()))
		if part, err = casework.PartOf[casework.PriorNotice](b.last(small, casework.PenaltyNotice)); err != nil || part.Hearing {
			t.Errorf("差一元也告知了听证：%+v %v", part, err)
		}
		// 文书样式要求分开的，听证权利另用一份，两份都送达才算告知（处罚法63、64）。
		b.must(b.series1("hearing_right_notice", "演城管听告字"))
		apart, in := b.concluded(law.Yuan(150)), b.issueInput()
		in.Apart = true
		b.must(b.notice.Issue(b.ctx, b.zhao, apart, b.version(apart), in))
		told, err := casework.PartOf[casework.HearingRightNotice](b.last(apart, "hearing_right_notice"))
		b.must(err)
		if part, err = casework.PartOf[casework.PriorNotice](b.last(apart, casework.PenaltyNotice)); err != nil || part.Hearing || told.Ground == "" || told.Notice != b.last(apart, casework.PenaltyNotice).DocNo {
			t.Errorf("分开告知：%+v %+v %v", part, told, err)
		}
		b.serve(apart, casework.PenaltyNotice)
		if s := b.state(apart); s != casework.Noticing {
			t.Errorf("听证告知书没有送达就算告知：%s", s)
		}
		b.serve(apart, "hearing_right_notice")
		if s := b.state(apart); s != casework.Notified {
			t.Errorf("两份都送达以后：%s", s)
		}
		b.proved()
	})
}

// 告知内容同批准的调查终结报告不一致的不得出具；缺项的写明缺什么（55号令22，处罚法44）。
func TestNotice与报告一致(t *testing.T) {
	onNotices(t, func(t *testing.T, b *afterNotice) {
		b.adopt("公民5000 单位50000")
		id := b.concluded(law.Yuan(150))
		in := b.issueInput()
		in.Evidence = " "
		b.fails("没有证据", b.notice.Issue(b.ctx, b.zhao, id, b.version(id), in), fault.Invalid, "证据")
		b.must(b.raw("UPDATE penalty_case SET amount = 16000 WHERE id = " + id.String()))
		b.crime = true
		b.refused("报告了涉嫌犯罪", b.notice.Issue(b.ctx, b.zhao, id, b.version(id), b.issueInput()), "YSGD-11-1")
		b.crime = false
		b.refused("报告批准以后改了数额", b.notice.Issue(b.ctx, b.zhao, id, b.version(id), b.issueInput()), "MOHURD55-22-report")
		for _, later := range []string{"penalty_kinds = '罚款;没收违法所得', gains = 90000", "penalty_kinds = '警告;罚款'", "penalty_kinds = '罚款;没收非法财物', goods = 100, contents = '没收非法财物：折叠桌'"} {
			other := b.concluded(law.Yuan(150))
			b.must(b.raw("UPDATE penalty_case SET " + later + " WHERE id = " + other.String()))
			b.refused("报告批准以后："+later, b.notice.Issue(b.ctx, b.zhao, other, b.version(other), b.issueInput()), "MOHURD55-22-report")
		}
	})
}

// 从告知到复核：送达使期限起算，逐点答复，期满未提的写明；作废只在送达以前（处罚法44、45，55号令22）。
func TestNotice从告知到复核(t *testing.T) {
	onNotices(t, func(t *testing.T, b *afterNotice) {
		b.adopt("公民5000 单位50000")
		id := b.concluded(law.Yuan(150))
		b.must(b.notice.Issue(b.ctx, b.zhao, id, b.version(id), b.issueInput()))
		lead := b.session("zhao")
		b.refused("没有理由", b.notice.Void(b.ctx, lead, id, b.version(id), notice.WhyInput{}), "XZCF-47-void-reason")
		first := b.last(id, casework.PenaltyNotice)
		b.must(b.notice.Void(b.ctx, lead, id, b.version(id), notice.WhyInput{Why: "地址写错"}))
		b.must(b.notice.Issue(b.ctx, b.zhao, id, b.version(id), b.issueInput()))
		if again := b.last(id, casework.PenaltyNotice); again.DocNo == first.DocNo || b.paper(first.ID).Paper.State != casework.PaperVoid {
			t.Errorf("作废的编号重用：%s", again.DocNo)
		}
		if got := b.decide(id, casework.ActDecide); !strings.Contains(got, "XZCF-62-told") {
			t.Errorf("没有送达就不缺告知：%s", got)
		}
		b.serve(id, casework.PenaltyNotice)
		if s := b.state(id); s != casework.Notified {
			t.Fatalf("送达以后是 %s", s)
		}
		b.fails("送达以后作废", b.notice.Void(b.ctx, lead, id, b.version(id), notice.WhyInput{Why: "地址写错"}), fault.Conflict, "")
		b.clockRuns(id, "陈述申辩期限")
		b.refused("当天就复核", b.notice.AnswerDefence(b.ctx, b.zhao, id, b.version(id), notice.AnswerInput{Reason: "复核", Result: "维持"}), "MOHURD55-22-waited")

		from := b.clock.Now().Add(-30 * time.Minute)
		b.must(b.notice.StateDefence(b.ctx, b.zhao, id, b.version(id), notice.StateInput{Oral: true, From: from, Until: from.Add(20 * time.Minute), At: "演示区中队", Recorder: "演示钱某", Person: "演示·郑某", Role: "当事人", Points: []string{"只占了1平方米", "家里困难", "记错的一点"}}))
		answers := b.answers(id, "已核对照片，占用2平方米")
		b.must(b.notice.StateDefence(b.ctx, b.zhao, id, b.version(id), notice.StateInput{Withdraw: answers[2].Point, Why: "当事人没有这样说"}))
		in := notice.AnswerInput{Reason: "核对照片和笔录", Result: "维持告知的处罚", Answers: answers[:1]}
		b.refused("第二点没有答复", b.notice.AnswerDefence(b.ctx, b.zhao, id, b.version(id), in), "MOHURD55-22-points")
		in.Answers = answers[:2]
		in.Answers[1].Why = ""
		b.refused("不采纳没有理由", b.notice.AnswerDefence(b.ctx, b.zhao, id, b.version(id), in), "MOHURD55-22-points")
		in.Answers[1].Why = "法律没有规定可以减轻"
		b.must(b.notice.AnswerDefence(b.ctx, b.zhao, id, b.version(id), in))
		if s := b.state(id); s != casework.Answered {
			t.Fatalf("复核以后是 %s", s)
		}
		review, err := casework.PartOf[casework.DefenceReview](b.last(id, "defence_review"))
		if err != nil || len(review.Answers) != 2 || review.Answers[1].Why != "法律没有规定可以减轻" {
			t.Errorf("%+v %v", review, err)
		}
		if got := b.decide(id, casework.ActDecide); strings.Contains(got, "XZCF-62") || strings.Contains(got, "XZCF-44") || strings.Contains(got, "XZCF-45") {
			t.Errorf("还缺 %s", got)
		}
		b.proved()
	})
}

// answers answers every point of the defence with a refusal.
func (b *afterNotice) answers(id casework.CaseID, text string) []notice.Answer {
	b.t.Helper()
	var out []notice.Answer
	b.must(b.db.View(b.ctx, func(tx *store.Tx) error {
		var ids []string
		err := tx.DB().NewSelect().TableExpr("defence_point").ColumnExpr("CAST(id AS TEXT)").Where("case_id = ?", id).Order("id").Scan(tx.Ctx, &ids)
		for _, i := range ids {
			out = append(out, notice.Answer{Point: i, Answer: text, Why: "与事实不符"})
		}
		return err
	}))
	return out
}

func (b *afterNotice) clockRuns(id casework.CaseID, term string) {
	b.t.Helper()
	b.must(b.db.View(b.ctx, func(tx *store.Tx) error {
		c, err := b.s.Load(tx, access.System("test"), access.CaseHandle, id)
		if err != nil {
			return err
		}
		clocks, err := b.s.Clocks(tx, c)
		for _, k := range clocks {
			if k.Term == term && k.State == timing.Running {
				return err
			}
		}
		b.t.Errorf("“%s”没有起算：%+v", term, clocks)
		return err
	}))
}

// 放弃要明确表示；期满没有提出的，也要书面写明（处罚法62，55号令22）。
func TestNotice放弃和期满(t *testing.T) {
	onNotices(t, func(t *testing.T, b *afterNotice) {
		b.adopt("公民5000 单位50000")
		id := b.notified(law.Yuan(150))
		b.fails("没有签名的声明", b.notice.Waive(b.ctx, b.zhao, id, b.version(id), notice.WaiveInput{Defence: true}), fault.Invalid, "签名")
		b.fails("没有告知过听证", b.notice.Waive(b.ctx, b.zhao, id, b.version(id), notice.WaiveInput{Hearing: true, Signed: true}), fault.Invalid, "听证")
		b.must(b.notice.Waive(b.ctx, b.zhao, id, b.version(id), notice.WaiveInput{Defence: true, Signed: true}))
		if got := b.decide(id, casework.ActDecide); strings.Contains(got, "XZCF-62-heard") {
			t.Errorf("明确放弃以后还缺 %s", got)
		}
		b.tick(1)
		b.must(b.notice.StateDefence(b.ctx, b.zhao, id, b.version(id), notice.StateInput{Person: "演示·郑某", Role: "当事人", Points: []string{"请从轻"}}))
		if got := b.decide(id, casework.ActDecide); !strings.Contains(got, "XZCF-62-heard") {
			t.Errorf("放弃以后又提出的没有作数：%s", got)
		}

		silent := b.notified(law.Yuan(150))
		b.clock.Set(time.Date(2026, 5, 11, 10, 0, 0, 0, law.Zone)) // 4月30日送达，五一放假，第五个工作日是5月11日
		in := notice.AnswerInput{Reason: "期限届满", Result: "按告知的意见办理"}
		b.refused("第五个工作日还没有过完", b.notice.AnswerDefence(b.ctx, b.zhao, silent, b.version(silent), in), "MOHURD55-22-waited")
		b.clock.Set(time.Date(2026, 5, 12, 10, 0, 0, 0, law.Zone))
		b.must(b.notice.AnswerDefence(b.ctx, b.zhao, silent, b.version(silent), in))
		b.proved()
	})
}

// 处罚重于告知的要重新告知；申辩以后同样的事实加重的，重新告知也不行（处罚法44、45Ⅱ、62）。
func TestNotice加重要重新告知(t *testing.T) {
	onNotices(t, func(t *testing.T, b *afterNotice) {
		b.adopt("公民5000 单位50000")
		id := b.notified(law.Yuan(150))
		b.must(b.notice.StateDefence(b.ctx, b.zhao, id, b.version(id), notice.StateInput{Person: "演示·郑某", Role: "当事人", Points: []string{"请从轻"}}))
		b.must(b.raw("UPDATE penalty_case SET amount = 16000 WHERE id = " + id.String()))
		if got := b.decide(id, casework.ActDecideOrdinary) + b.decide(id, casework.ActDecide); !strings.Contains(got, "XZCF-44-worse") || !strings.Contains(got, "XZCF-44-again") || !strings.Contains(got, "XZCF-45-2") {
			t.Errorf("加重没有拒绝：%s", got)
		}
		b.fails("没有理由", b.notice.Again(b.ctx, b.zhao, id, b.version(id), notice.WhyInput{}), fault.Invalid, "理由")
		b.must(b.notice.Again(b.ctx, b.zhao, id, b.version(id), notice.WhyInput{Why: "数额变更"}))
		b.must(b.raw("UPDATE penalty_case SET state = 'investigating' WHERE id = " + id.String()))
		b.report(id)
		in := b.issueInput()
		b.fails("没有写变更了什么", b.notice.Issue(b.ctx, b.zhao, id, b.version(id), in), fault.Invalid, "变更")
		in.Changed = "罚款由一百五十元变更为一百六十元"
		b.must(b.notice.Issue(b.ctx, b.zhao, id, b.version(id), in))
		b.serve(id, casework.PenaltyNotice)
		got := b.decide(id, casework.ActDecide) + b.decide(id, casework.ActDecideOrdinary)
		if strings.Contains(got, "XZCF-44") {
			t.Errorf("重新告知以后还说加重：%s", got)
		}
		if !strings.Contains(got, "XZCF-45-2") {
			t.Errorf("申辩以后同样的事实加重没有拒绝：%s", got)
		}
		part, err := casework.PartOf[casework.PriorNotice](b.last(id, casework.PenaltyNotice))
		if err != nil || part.Earlier == "" {
			t.Errorf("新的告知书没有写代替哪一份：%+v %v", part, err)
		}
		b.proved()
	})
}

// 决定同告知逐项比较，以拟定的决定为准：没收的数额、财物、停业的期限、认定的事实（处罚法44、62、63）。
func TestNotice同拟定的决定比较(t *testing.T) {
	onNotices(t, func(t *testing.T, b *afterNotice) {
		b.adopt("公民5000 单位50000")
		id := b.notified(law.Yuan(150))
		var drafted *casework.Imposed
		b.notice.Drafted = func(*store.Tx, *casework.Case) (casework.Imposed, bool, error) {
			if drafted == nil {
				return casework.Imposed{}, false, nil
			}
			return *drafted, true, nil
		}
		facts := b.file(id).Case.FactText
		for _, x := range []struct {
			what string
			in   casework.Imposed
			rule string
		}{
			{"照告知的拟定", casework.Imposed{Kinds: "罚款", Fine: law.Yuan(150), Facts: facts}, ""},
			{"另外没收违法所得", casework.Imposed{Kinds: "罚款;没收违法所得", Fine: law.Yuan(150), Gains: law.Yuan(1000000), Facts: facts}, "XZCF-44-worse"},
			{"写进没有告知的事实", casework.Imposed{Kinds: "罚款", Fine: law.Yuan(150), Facts: facts + "另查明，当事人还在夜间占道。"}, "XZCF-44-worse"},
			{"没有告知听证，没收的数额达到听证标准", casework.Imposed{Kinds: "罚款;没收违法所得", Fine: law.Yuan(150), Gains: law.Yuan(6000), Facts: facts}, "XZCF-63-1-told"},
		} {
			drafted = &x.in
			got := b.decide(id, casework.ActDecideOrdinary) + " " + b.decide(id, casework.ActDecide)
			if x.rule == "" && strings.Contains(got, "XZCF-44-worse") || !strings.Contains(got, x.rule) {
				t.Errorf("%s：%s", x.what, got)
			}
		}
	})
}
