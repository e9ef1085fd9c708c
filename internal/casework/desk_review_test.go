package casework_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/casework"
	"fadu/internal/casework/decision"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/law/timing"
	"fadu/internal/legalreview"
	"fadu/internal/org"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// reviewing is the bureau with decision and legal review, whose reviewer is another than the officers.
type reviewing struct {
	*deciding
	review *legalreview.Service
}

func onReviews(t *testing.T, f func(t *testing.T, b *reviewing)) {
	t.Helper()
	onDecisions(t, func(t *testing.T, d *deciding) {
		b := &reviewing{deciding: d}
		s := casework.New(d.cases.Deps)
		d.desk = decision.New(s, func(*store.Tx, *casework.Case) (casework.Heard, error) { return d.heard, nil })
		b.review = legalreview.New(s, d.desk.Proposal)
		delete(d.before, law.ReviewLapsed.Name())
		s.AddDesks(d.desk.Desk(), casework.Desk{Name: "前道", Exhibits: listed, Facts: func(_ *store.Tx, c *casework.Case, _ law.Date, f *law.Facts) error {
			for k, v := range d.before {
				if err := law.Words().Set(f, k, v, "test"); err != nil {
					return err
				}
			}
			f.SetMoney(law.InformedPenalty, c.Amount, "test")
			return nil
		}}, b.review.Desk())
		d.cases = s
		for i, login := range []string{"reviewer", "lin", "novice"} {
			in := org.PersonInput{Name: "演示" + login, StaffNumber: fmt.Sprintf("YS8%02d", i), Kind: org.OtherStaff, Unit: b.units["局"], Post: "法制审核员", From: law.MustDate("2023-03-01")}
			if login != "novice" {
				in.LegalQualification = org.LegalQualification{Kind: "unified", Number: "A2022" + login, On: law.MustDate("2022-03-01")}
			}
			person, err := b.org.AddPerson(b.ctx, access.System("test"), in)
			b.must(err)
			_, err = b.access.CreateAccount(b.ctx, access.System("test"), access.AccountInput{Login: login, Person: int64(person), Name: "演示" + login, Unit: b.units["局"], Roles: []access.Role{access.LegalReviewer}, Password: fixturePassword, Settled: true})
			b.must(err)
		}
		b.series(casework.SeriesInput{Unit: b.units["局"], Kind: "review_opinion", Prefix: "演城管审字", First: 1, Last: 20})
		f(t, b)
	})
}

// major is a case that needs legal review, with the materials that are sent.
func (b *reviewing) major() casework.CaseID {
	b.t.Helper()
	id := b.answered()
	today := law.DateOf(b.clock.Now())
	proofs := casework.Proofs{Proofs: []casework.Proof{{Name: "现场检查笔录", Proves: "占用的面积"}}}
	for _, p := range []struct {
		state casework.State
		act   string
		draft casework.Draft
	}{
		{casework.Investigating, "conclude", casework.Draft{Kind: "closing_report", Part: casework.ClosingReport{Proofs: proofs, FiledOn: today, Course: "巡查发现", Facts: "占道2平方米", Views: "当场改正", Discretion: "及时改正", Penalty: "罚款100元", Proposal: "罚款100元", Measures: "无", Crime: "不涉嫌犯罪"}}},
		{casework.Concluded, "issue_notice", casework.Draft{Kind: casework.PenaltyNotice, Part: casework.PriorNotice{Facts: "占道2平方米", Evidence: "现场检查笔录", Penalty: "罚款100元", Contact: "演示赵", Address: "青石路1号"}}},
		{casework.Notified, "answer_defence", casework.Draft{Kind: "defence_review", Part: casework.DefenceReview{
			Approval: casework.Approval{Reason: "当事人提出意见", Steps: []casework.ApprovalStep{{Post: "承办人意见"}}}, Notice: "演1号", StatedOn: today, Result: "采纳", Answers: []casework.DefenceAnswer{{Point: "请从轻", Answer: "属实", Adopted: true}},
		}}},
	} {
		b.put(id, casework.ProcedureOrdinary, p.state, "")
		_, err := b.unguarded().Do(b.ctx, access.System("test"), id, casework.Command{Act: p.act, Drafts: func(*store.Tx, *casework.Case) ([]casework.Draft, error) { return []casework.Draft{p.draft}, nil }})
		b.must(err)
	}
	b.put(id, casework.ProcedureOrdinary, casework.Answered, "")
	in := proposal(law.Yuan(100))
	in.PublicInterest = said(true)
	b.must(b.draw(id, in))
	return id
}

func (b *reviewing) submit(id casework.CaseID) error {
	return b.review.Submit(b.ctx, b.session("zhao"), id, b.version(id), legalreview.SubmitInput{Ground: "涉及重大公共利益"})
}

func opinion() legalreview.OpinionInput {
	in := legalreview.OpinionInput{Reason: "事实清楚，程序合法，同意按拟作的决定处理", Signed: true}
	for range casework.ReviewPoints {
		in.Points = append(in.Points, legalreview.LegalReviewPoint{Finding: "符合"})
	}
	return in
}

func (b *reviewing) give(login string, id casework.CaseID, act string, in legalreview.OpinionInput) error {
	return b.review.Give(b.ctx, b.session(login), id, b.version(id), act, in)
}

func (b *reviewing) state(id casework.CaseID) casework.State { return b.file(id).Case.State }

// 送审、逐项审核、签名；资格、回避、四种结果各往哪里去（处罚法五十八；55号令二十四、二十五）。
func TestLegalReview(t *testing.T) {
	onReviews(t, func(t *testing.T, b *reviewing) {
		bare := b.answered()
		in := proposal(law.Yuan(100))
		in.PublicInterest = said(true)
		b.must(b.draw(bare, in))
		b.refused("材料不齐", b.submit(bare), "MOHURD55-24-materials")

		id := b.major()
		b.must(b.submit(id))
		b.clockRuns(id)
		few := opinion()
		few.Points = few.Points[:7]
		b.refused("少审一项", b.give("reviewer", id, "review_agree", few), "MOHURD55-24-points")
		unsigned := opinion()
		unsigned.Signed = false
		b.refused("没有签名", b.give("reviewer", id, "review_agree", unsigned), "MOHURD55-25-signed")
		b.refused("初次从事，没有法律职业资格", b.give("novice", id, "review_agree", opinion()), "XZCF-58-2")
		b.refused("没有资格的不能领取", b.take("novice", id), "XZCF-58-2")
		b.heldBy(id, "", "没有领取")
		b.must(b.take("lin", id))
		b.heldBy(id, "演示lin", "领取以后")
		b.fails("别人领取的", b.take("reviewer", id), fault.Conflict, "已由演示lin领取")
		b.fails("别人领取的，不能出意见", b.give("reviewer", id, "review_amend", opinion()), fault.Conflict, "已由演示lin领取")
		b.fails("不是自己领取的，不能放回", b.review.Release(b.ctx, b.session("reviewer"), id, b.version(id), legalreview.TakeInput{}), fault.Conflict, "不是你领取的")
		b.must(b.review.Release(b.ctx, b.session("lin"), id, b.version(id), legalreview.TakeInput{}))
		b.heldBy(id, "", "放回以后")
		b.must(b.give("reviewer", id, "review_amend", opinion()))
		if s := b.state(id); s != casework.Answered {
			t.Errorf("改正以后 %s", s)
		}
		// 有分歧的由负责人协调，只作记录；说了什么都不打开决定（118号文十四；practice 20）。
		b.must(b.review.Settle(b.ctx, b.session("head"), id, b.version(id), legalreview.DifferenceInput{From: "9时", Until: "10时", At: "会议室", Recorder: "演示", Matter: "裁量阶次", Handling: "适当", Reviewing: "偏低", Result: "同意承办机构的意见"}))
		b.refused("负责人协调以后报批", b.ask(id), "XZCF-58-1")
		in.Opinion = "按审核意见补写了裁量理由"
		b.must(b.draw(id, in))
		b.must(b.submit(id))
		rows := b.papersOf(id, "review_submission")
		if len(rows) != 2 || !strings.Contains(rows[1].Content, "依据和裁量") || strings.Contains(rows[1].Content, "事实——") {
			t.Errorf("第二次送审没有只写变动：%v", rows)
		}
		b.must(b.give("reviewer", id, "review_inquire", opinion()))
		if s := b.state(id); s != casework.Investigating {
			t.Errorf("补充调查以后 %s", s)
		}
		b.put(id, casework.ProcedureOrdinary, casework.Answered, "")
		b.must(b.submit(id))
		b.must(b.review.Withdraw(b.ctx, b.session("zhao"), id, b.version(id), legalreview.WithdrawInput{Why: "材料装订错了"}))
		b.must(b.submit(id))
		b.must(b.give("reviewer", id, "review_transfer", opinion()))
		if s := b.state(id); s != casework.Investigating {
			t.Errorf("移送以后 %s", s)
		}
		b.put(id, casework.ProcedureOrdinary, casework.Answered, "")
		b.must(b.submit(id))
		b.must(b.give("reviewer", id, "review_agree", opinion()))
		if s := b.state(id); s != casework.Agreed {
			t.Errorf("同意以后 %s", s)
		}
		b.proved()
	})
}

func (b *reviewing) take(login string, id casework.CaseID) error {
	return b.review.Take(b.ctx, b.session(login), id, b.version(id), legalreview.TakeInput{})
}

// heldBy looks at whose the term of the review is; "" is nobody's.
func (b *reviewing) heldBy(id casework.CaseID, want, when string) {
	b.t.Helper()
	var got string
	b.must(b.db.View(b.ctx, func(tx *store.Tx) error {
		return tx.DB().NewRaw("SELECT COALESCE((SELECT p.name FROM org_person AS p WHERE p.id = r.holder), '') FROM deadline AS r WHERE r.ref = ? AND r.term = '法制审核期限' ORDER BY r.id DESC LIMIT 1", id).Scan(tx.Ctx, &got)
	}))
	if got != want {
		b.t.Errorf("%s：审核期限由%q负责，应是%q", when, got, want)
	}
}

// clockRuns looks for the ten working days.
func (b *reviewing) clockRuns(id casework.CaseID) {
	b.t.Helper()
	due, err := calendar.Official().Due("法制审核期限", law.DateOf(b.clock.Now()), 0)
	b.must(err)
	b.must(b.db.View(b.ctx, func(tx *store.Tx) error {
		k, err := b.cases.ClockOf(tx, b.file(id).Case, "法制审核期限")
		if err == nil && (k == nil || k.State != timing.Running || k.Due != due.Due || due.Count != 10) {
			b.t.Errorf("%+v，应到 %s", k, due.Due)
		}
		return err
	}))
}

func (b *reviewing) papersOf(id casework.CaseID, kind casework.PaperKind) (out []casework.Paper) {
	for _, p := range b.file(id).Papers {
		if p.Kind == kind && p.State != casework.PaperVoid {
			out = append(out, p)
		}
	}
	return out
}

// 承办人不得审核本案（处罚法五十八；118号文十一）。
func TestHandlingOfficerMayNotReview(t *testing.T) {
	onReviews(t, func(t *testing.T, b *reviewing) {
		_, err := b.access.CreateAccount(b.ctx, access.System("test"), access.AccountInput{Login: "both", Name: "演示两任", Unit: b.units["局"], Roles: []access.Role{access.LegalReviewer}, Person: int64(b.persons["sun"]), Password: fixturePassword, Settled: true})
		if err == nil {
			id := b.major()
			b.must(b.submit(id))
			b.set(id, "assist_officer = ?", int64(b.persons["sun"]))
			b.refused("承办人审核本案", b.give("both", id, "review_agree", opinion()), "GBF118-11-apart")
			return
		}
		// A person has one account: the officer's own gets the reviewer's role beside.
		acc, err := b.accountOf("qian")
		b.must(err)
		b.must(b.access.SetRoles(b.ctx, access.System("test"), acc.ID, acc.Version, []access.Role{access.Officer, access.LegalReviewer}))
		delete(b.sessions, "qian")
		id := b.major()
		b.must(b.submit(id))
		b.refused("承办人审核本案", b.give("qian", id, "review_agree", opinion()), "GBF118-11-apart")
	})
}

// 接手过又移交出去的人，一条记录也没有录入，仍然是办过本案的人，不得审核（处罚法五十八；118号文十一）。
func TestFormerOfficerMayNotReview(t *testing.T) {
	onReviews(t, func(t *testing.T, b *reviewing) {
		id := b.major()
		b.must(b.submit(id))
		for _, way := range [][2]string{{"qian", "sun"}, {"sun", "qian"}} {
			_, err := b.cases.HandOverAll(b.ctx, b.session("zhao"), casework.HandOverCasesInput{From: b.persons[way[0]], To: b.persons[way[1]], Why: "演示移交"})
			b.must(err)
		}
		acc, err := b.accountOf("sun")
		b.must(err)
		b.must(b.access.SetRoles(b.ctx, access.System("test"), acc.ID, acc.Version, []access.Role{access.Officer, access.LegalReviewer}))
		delete(b.sessions, "sun")
		b.refused("办过本案的人审核", b.give("sun", id, "review_agree", opinion()), "GBF118-11-apart")

		// 反过来也一样：审核过的人不再承办（处罚法六十四条第四项的道理）。
		other := b.major()
		b.must(b.submit(other))
		b.must(b.raw("UPDATE org_person_row SET legal_kind = 'unified', legal_number = 'A20220999', legal_on = '2022-03-01' WHERE id = " + b.persons["sun"].String()))
		b.must(b.give("sun", other, "review_agree", opinion()))
		_, err = b.cases.AssignCases(b.ctx, b.session("zhao"), casework.AssignCasesInput{Cases: []casework.CaseID{other}, Lead: b.persons["zhao"], Assist: b.persons["sun"], Why: "演示指派"})
		b.refused("审核过的人承办", err, "XZCF-64-4-handlers")
	})
}

func (b *reviewing) accountOf(login string) (a access.Account, err error) {
	err = b.db.View(b.ctx, func(tx *store.Tx) error {
		a, err = b.access.AccountByLogin(tx, login)
		return err
	})
	return a, err
}

// 没有签名的同意，页面和服务、接口、任务、导入都作不出决定；集体讨论不能代替（处罚法五十八；practice 20）。
func TestNoDecisionWithoutAgreement(t *testing.T) {
	onReviews(t, func(t *testing.T, b *reviewing) {
		id := b.major()
		b.put(id, casework.ProcedureOrdinary, casework.DecisionAsked, "")
		b.refused("页面的服务", b.punish(id), "XZCF-58-1")
		_, err := b.cases.Do(b.ctx, access.System("job"), id, casework.Command{Act: "decide_penalty"})
		b.refused("任务", err, "XZCF-58-1")
		if err := b.db.Update(b.ctx, func(tx *store.Tx) error {
			return casework.RecordFact(tx, access.System("job"), id, "import", law.LegalReview.Name(), "同意", "batch/1")
		}); err == nil {
			t.Error("导入写进了审核结论")
		}
		b.fails("补录手工决定书", func() error {
			_, err := b.cases.Do(b.ctx, access.System("job"), id, casework.Command{Act: "enter"})
			return err
		}(), fault.Conflict, "")
		v1 := api.New("测试", "")
		b.desk.API(v1)
		mux := http.NewServeMux()
		b.access.Mount(mux, append(b.access.Routes(), v1.Routes()...))
		server := httptest.NewServer(mux)
		defer server.Close()
		b.url, b.clients = server.URL, map[string]*http.Client{}
		if r := b.post("head", "/cases/"+id.String()+"/acts/decide-penalty", map[string]any{"version": b.version(id), "note": ""}); r.status != 422 || !strings.Contains(r.raw, "XZCF-58-1") {
			t.Errorf("接口：%d %s", r.status, r.raw)
		}
		// 集体讨论不能代替：没有同意，连提请都不行。
		b.put(id, casework.ProcedureOrdinary, casework.Answered, "")
		b.refused("不审核就集体讨论", b.desk.Submit(b.ctx, b.session("zhao"), id, b.version(id), decision.AskInput{}), "XZCF-58-1")
		b.put(id, casework.ProcedureOrdinary, casework.Discussing, "")
		b.refused("讨论了也没有结论", b.desk.Conclude(b.ctx, b.session("clerk"), id, b.version(id)), "XZCF-58-1")
	})
}

// 审核同意以后改了处罚，意见失效，案件退回再审（practice 19）。
func TestReviewLapses(t *testing.T) {
	onReviews(t, func(t *testing.T, b *reviewing) {
		id := b.major()
		b.must(b.submit(id))
		b.must(b.give("reviewer", id, "review_agree", opinion()))
		in := proposal(law.Yuan(100))
		in.PublicInterest = said(true)
		b.must(b.draw(id, in)) // the same again changes nothing
		if s := b.state(id); s != casework.Agreed {
			t.Fatalf("没有变动也失效：%s", s)
		}
		in.Penalties[0].Amount = law.Yuan(90)
		b.must(b.draw(id, in))
		if s := b.state(id); s != casework.Answered {
			t.Errorf("改了数额以后 %s", s)
		}
		acts := b.acts(id)
		if last := acts[len(acts)-1]; last.Act != "lapse_review" {
			t.Errorf("最后一步 %s", last.Act)
		}
		b.refused("失效以后报批", b.ask(id), "XZCF-58-1-lapsed")
		b.must(b.submit(id))
		b.must(b.give("reviewer", id, "review_agree", opinion()))
		b.proved()
	})
}

// 审核同意以后补充调查、重新告知、听证的，先前的拟定和同意都不再作数（处罚法五十八；44、65条）。
func TestReviewAndDraftEndWithNewGround(t *testing.T) {
	onReviews(t, func(t *testing.T, b *reviewing) {
		id := b.major()
		agreed := func() {
			b.must(b.submit(id))
			b.must(b.give("reviewer", id, "review_agree", opinion()))
		}
		agreed()
		for _, act := range []string{"approve_conclusion", "notice_served", "answer_defence", "report_hearing", "notify_again", "investigate_again"} {
			b.anew(id, act)
			b.put(id, casework.ProcedureOrdinary, casework.Answered, "")
			b.fails(act+"以后不重新拟定就报批", b.ask(id), fault.Conflict, "不再作数")
			in := proposal(law.Yuan(100))
			in.PublicInterest = said(true)
			b.must(b.draw(id, in)) // word for word what was agreed to
			b.refused(act+"以前的同意", b.ask(id), "XZCF-58-1-lapsed")
			agreed()
		}
		b.refused("审核有效，只差集体讨论", b.ask(id), "XZCF-57-2")
	})
}

// anew does an act by which the case stands anew, as its desk would, whatever its guards say.
func (b *street) anew(id casework.CaseID, act string) {
	b.t.Helper()
	b.must(b.db.Update(b.ctx, func(tx *store.Tx) error {
		row := &casework.CaseAct{ID: store.NewID(), Case: id, Act: act, On: tx.Today(), RecordedAt: store.Micros(tx.Now)}
		_, err := tx.DB().NewInsert().Model(row).Exec(tx.Ctx)
		return err
	}))
}

// 撤回第二次送审，只作废那一份送审表（practice 19）。
func TestWithdrawnSubmissionVoidsOnlyItsOwnPaper(t *testing.T) {
	onReviews(t, func(t *testing.T, b *reviewing) {
		id := b.major()
		b.must(b.submit(id))
		b.must(b.give("reviewer", id, "review_amend", opinion()))
		b.must(b.submit(id))
		b.must(b.review.Withdraw(b.ctx, b.session("zhao"), id, b.version(id), legalreview.WithdrawInput{Why: "材料装订错了"}))
		if rows := b.papersOf(id, "review_submission"); len(rows) != 1 {
			t.Errorf("撤回以后有效的送审表有 %d 份", len(rows))
		}
		b.proved()
	})
}

// 驻队律师的意见单独成文、本人签名，不代替审核人，也不打开决定（118号文十一）。
func TestCounselOpinionOpensNothing(t *testing.T) {
	onReviews(t, func(t *testing.T, b *reviewing) {
		_, err := b.access.CreateAccount(b.ctx, access.System("test"), access.AccountInput{Login: "cen", Name: "演示岑律师", Unit: b.units["局"], Roles: []access.Role{access.Lawyer}, Password: fixturePassword, Settled: true})
		b.must(err)
		id := b.major()
		b.must(b.submit(id))
		in := legalreview.CounselInput{Firm: "演示律师事务所", Licence: "19901202610000001", Matter: "拟作的处罚", Opinion: "证据充分，裁量适当，建议同意。"}
		advise := func(login string) error { return b.review.Advise(b.ctx, b.session(login), id, b.version(id), in) }
		if err := advise("cen"); fault.KindOf(err) != fault.Invalid {
			t.Errorf("没有签名：%v", err)
		}
		in.Signed = true
		if err := advise("zhao"); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("承办人以律师身份：%v", err)
		}
		b.must(advise("cen"))
		if s := b.state(id); s != casework.Reviewing {
			t.Errorf("律师意见以后 %s", s)
		}
		kinds := map[casework.PaperKind]int{}
		for _, p := range b.file(id).Papers {
			kinds[p.Kind]++
		}
		if kinds["counsel_opinion"] != 1 || kinds["review_opinion"] != 0 {
			t.Errorf("文书 %v", kinds)
		}
		if err := b.review.Give(b.ctx, b.session("cen"), id, b.version(id), "review_agree", opinion()); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("律师签审核意见：%v", err)
		}
	})
}

// asked counts the statements that a database is asked.
type asked struct{ n atomic.Int64 }

func (*asked) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context { return ctx }
func (a *asked) AfterQuery(context.Context, *bun.QueryEvent)                      { a.n.Add(1) }

// 队列有多少件，都问同样多次；撤回重送的写最后一次，自己办过的不列。
func TestQueueAsksTheSameForAnyNumber(t *testing.T) {
	onReviews(t, func(t *testing.T, b *reviewing) {
		count := &asked{}
		b.must(b.db.View(b.ctx, func(tx *store.Tx) error {
			//lint:ignore SA1019 a copy with the hook would not be the database that the service asks
			tx.DB().NewSelect().DB().AddQueryHook(count)
			return nil
		}))
		queue := func(want int) (q legalreview.Queue, least int64) {
			for i := range 3 { // a reading that met another transaction is read again, and asks twice
				before := count.n.Load()
				var err error
				q, err = b.review.Waits(b.ctx, b.session("reviewer"), "")
				b.must(err)
				if len(q.Rows) != want {
					t.Errorf("队列有 %d 件，应有 %d", len(q.Rows), want)
				}
				if n := count.n.Load() - before; i == 0 || n < least {
					least = n
				}
			}
			return q, least
		}
		first := b.major()
		b.must(b.submit(first))
		queue(1)
		_, one := queue(1)
		for range 3 {
			b.must(b.submit(b.major()))
		}
		b.must(b.review.Withdraw(b.ctx, b.session("zhao"), first, b.version(first), legalreview.WithdrawInput{Why: "补充材料"}))
		b.must(b.submit(first))
		q, four := queue(4)
		if one != four || one == 0 {
			t.Errorf("一件问 %d 次，四件问 %d 次", one, four)
		}
		for _, w := range q.Rows {
			if w.Round != 1 || w.On != law.DateOf(b.clock.Now()) || w.Due.IsZero() {
				t.Errorf("%s 第 %d 次 %s 送审，%s 到期", w.CaseNo, w.Round, w.On, w.Due)
			}
		}
		acc, err := b.accountOf("zhao")
		b.must(err)
		b.must(b.access.SetRoles(b.ctx, access.System("test"), acc.ID, acc.Version, []access.Role{access.Officer, access.LegalReviewer}))
		delete(b.sessions, "zhao")
		own, err := b.review.Waits(b.ctx, b.session("zhao"), "")
		b.must(err)
		if len(own.Rows) != 0 || own.Left != 4 {
			t.Errorf("自己办过的列出 %d 件，另有 %d 件", len(own.Rows), own.Left)
		}
	})
}
