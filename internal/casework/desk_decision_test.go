package casework_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/decision"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/powers"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// deciding is the decision desk on the street's bureau; before says what the desks before it would state.
type deciding struct {
	*street
	desk   *decision.Service
	before map[string]bool
	heard  casework.Heard // what the notice desk would read
}

// onDecisions plays with a bureau that has a head, a deputy and numbers for decisions.
func onDecisions(t *testing.T, f func(t *testing.T, b *deciding)) {
	t.Helper()
	onStreets(t, func(t *testing.T, st *street) {
		b := &deciding{street: st, before: map[string]bool{
			law.InvestigationClosed.Name(): true, law.Informed.Name(): true, law.PartyHeard.Name(): true, law.RaisedByDefence.Name(): false, law.HearingRequired.Name(): false, law.ReviewWritten.Name(): true,
			law.WorseThanNotice.Name(): false, law.DeviceUnrecorded.Name(): false, law.ReviewLapsed.Name(): false, law.SuspectedCrime.Name(): false, law.NotAsRechecked.Name(): false, law.RecusalRequested.Name(): false,
			law.RequestPeriodExpired.Name(): true,
		}}
		s := casework.New(st.cases.Deps)
		b.desk = decision.New(s, func(*store.Tx, *casework.Case) (casework.Heard, error) { return b.heard, nil })
		s.AddDesks(casework.Desk{Name: "前道", Facts: b.stated, Exhibits: listed}, b.desk.Desk())
		st.settle(casework.ReviewDirectory.Key, "没有另定")
		st.settle(casework.DiscussionDirectory.Key, "没有另定")
		st.cases = s
		for _, login := range []string{"deputy", "deputy2"} {
			_, err := b.access.CreateAccount(b.ctx, access.System("test"), access.AccountInput{Login: login, Name: "演示" + login, Unit: b.units["局"], Roles: []access.Role{access.DeputyHead}, Password: fixturePassword, Settled: true})
			b.must(err)
		}
		for _, k := range []casework.PaperKind{casework.PenaltyDecisionKind, casework.NoPenaltyDecisionKind} {
			b.series(casework.SeriesInput{Unit: b.units["局"], Kind: k, Prefix: "演城管" + k.Label()[:3] + "字", First: 1, Last: 20})
		}
		f(t, b)
	})
}

// listed is the evidence of every case: admitted, not admitted, not weighed, and the record of a device that was not reviewed.
func listed(*store.Tx, *casework.Case) ([]casework.Exhibit, error) {
	return []casework.Exhibit{
		{Number: 1, Title: "现场检查笔录", Pages: "2", Source: "执法人员检查取得", Proves: "占用的位置和面积", Outcome: "采信", Admitted: true},
		{Number: 2, Title: "匿名短信", Proves: "占道时间", Outcome: "不采信"},
		{Number: 3, Title: "邻居证言", Proves: "占道时间"},
		{Number: 4, Title: "路口监控截图", Proves: "占道时间", Outcome: "采信", Admitted: true, Unreviewed: true},
		{Number: 5, Title: "市政公司的施工许可和交底记录", Proves: "证明当事人没有主观过错", Outcome: "采信", Admitted: true},
	}, nil
}

func (b *deciding) stated(_ *store.Tx, c *casework.Case, _ law.Date, f *law.Facts) error {
	for k, v := range b.before {
		if err := law.Words().Set(f, k, v, "test"); err != nil {
			return err
		}
	}
	f.SetMoney(law.InformedPenalty, c.Amount, "test")
	f.SetDate(law.ReviewedOn, law.Date{}, "test")
	return nil
}

// answered is a case whose defence was answered: all that is left is the decision.
func (b *deciding) answered() casework.CaseID {
	b.t.Helper()
	id := b.ready(law.Yuan(100), casework.PayCode)
	b.put(id, casework.ProcedureOrdinary, casework.FilingAsked, "")
	_, err := b.unguarded().Do(b.ctx, access.System("test"), id, casework.Command{Act: "approve_filing"})
	b.must(err)
	b.put(id, casework.ProcedureOrdinary, casework.Answered, "")
	b.set(id, "filed_on = ?, case_no = ?", b.clock.Now().AddDate(0, 0, -1).Format("2006-01-02"), "演城管立字〔2026〕第"+strconv.FormatInt(int64(id)%1000, 10)+"号")
	return id
}

func (b *deciding) set(id casework.CaseID, what string, args ...any) {
	b.t.Helper()
	b.must(b.db.Update(b.ctx, func(tx *store.Tx) error {
		_, err := tx.Exec("UPDATE penalty_case SET "+what+" WHERE id = ?", append(args, id)...)
		return err
	}))
}

// said answers a question of the draft.
func said(v bool) *bool { return &v }

func proposal(fine law.Money) decision.DraftInput {
	return decision.DraftInput{
		PublicInterest: said(false), MajorRights: said(false), Complex: said(false), ManyRelations: said(false), SocialRisk: said(false), Slight: said(false), SlightWhy: "占用2平方米，超过清单", FaultDisproved: said(false), FaultWhy: "施工许可不包括占道摆摊",
		Outcome: decision.Punish, Clear: true, Course: "2026年4月29日巡查发现，同日立案调查", Facts: "当事人在人行道摆摊，占用2平方米", Proofs: []decision.DecisionProof{{Exhibit: 1, Proves: "证明占用的位置和面积"}},
		Notified: "4月29日送达告知书", Opinion: "当事人及时改正，酌情处罚", Penalties: []decision.DecisionPenalty{{Kind: "罚款", Amount: fine}}, Channel: "演示银行各网点",
	}
}

func (b *deciding) draw(id casework.CaseID, in decision.DraftInput) error {
	return b.desk.Draw(b.ctx, b.session("zhao"), id, b.version(id), in)
}

func (b *deciding) ask(id casework.CaseID) error {
	return b.desk.Ask(b.ctx, b.session("zhao"), id, b.version(id), decision.AskInput{})
}

func (b *deciding) punish(id casework.CaseID) error {
	return b.desk.Punish(b.ctx, b.session("head"), id, b.version(id), decision.DecideInput{Note: "同意"})
}

// decisionOf is the text of the decision as issued.
func (b *deciding) decisionOf(id casework.CaseID) (casework.Paper, string) {
	b.t.Helper()
	f := b.file(id)
	if f.Decision == nil || f.Decision.State != casework.PaperIssued {
		b.t.Fatalf("没有出具决定书：%+v", f.Decision)
	}
	return *f.Decision, f.Decision.Content
}

// 拟定、报批、退回、再报批、负责人决定、出具（处罚法五十七、五十九）。
func TestDecisionIsMade(t *testing.T) {
	onDecisions(t, func(t *testing.T, b *deciding) {
		id := b.answered()
		b.fails("没有拟定就报批", b.ask(id), fault.Conflict, "还没有拟定")
		b.must(b.draw(id, proposal(law.Yuan(100))))
		b.before[law.SuspectedCrime.Name()] = true
		b.refused("涉嫌犯罪没有不批准移送就报批", b.ask(id), "YSGD-11-1")
		b.before[law.SuspectedCrime.Name()] = false
		b.must(b.ask(id))
		b.before[law.SuspectedCrime.Name()] = true
		b.refused("涉嫌犯罪的，处罚", b.punish(id), "YSGD-11-1")
		b.before[law.SuspectedCrime.Name()] = false
		b.fails("承办人自己决定", b.desk.Punish(b.ctx, b.session("zhao"), id, b.version(id), decision.DecideInput{}), fault.Forbidden, "")
		b.must(b.desk.Return(b.ctx, b.session("head"), id, b.version(id), decision.ReturnInput{Why: "补写裁量理由"}))
		if c := b.file(id).Case; c.State != casework.Answered {
			t.Fatalf("退回后是 %s", c.State)
		}
		b.must(b.ask(id))
		b.fails("拟罚的作不予处罚", b.desk.Spare(b.ctx, b.session("head"), id, b.version(id), decision.DecideInput{}), fault.Conflict, "拟定的是")
		b.must(b.punish(id))
		p, text := b.decisionOf(id)
		if c := b.file(id).Case; c.State != casework.Issued || c.DecidedOn != law.DateOf(b.clock.Now()) || c.Amount != law.Yuan(100) || p.Kind != casework.PenaltyDecisionKind {
			t.Errorf("%s %s %s %s", c.State, c.DecidedOn, c.Amount, p.Kind)
		}
		for _, words := range []string{"现场检查笔录", "占用的位置和面积", "演示银行各网点", `"review_first":false`} {
			if !strings.Contains(text, words) {
				t.Errorf("决定书里没有 %s", words)
			}
		}
		// 送达以前写错了的作废，编号不再用。
		b.must(b.cases.VoidPaper(b.ctx, b.session("zhao"), id, b.version(id), "文号印错"))
		if c := b.file(id).Case; c.State != casework.DecisionAsked || !c.DecidedOn.IsZero() {
			t.Errorf("作废后 %s %s", c.State, c.DecidedOn)
		}
		b.must(b.punish(id))
		again, _ := b.decisionOf(id)
		if again.Number != p.Number+1 {
			t.Errorf("重出的编号 %d，作废的 %d", again.Number, p.Number)
		}
		b.proved()
	})
}

// 决定书写的告知、申辩和听证只取自记录，一点也不能漏（四十五、五十九、六十二、六十三条）。
func TestDecision写的申辩和听证取自记录(t *testing.T) {
	onDecisions(t, func(t *testing.T, b *deciding) {
		served, one, two := law.MustDate("2026-04-29"), casework.DefenceAnswer{Point: "只占了1平方米。", Answer: "已复测，占用2平方米", Why: "与测量不符"}, casework.DefenceAnswer{Point: "已经搬走。", Answer: "情况属实", Adopted: true}
		for _, x := range []struct {
			what  string
			heard casework.Heard
			form  string
		}{
			{"没有意见", casework.Heard{ServedOn: served}, "当事人没有提出陈述、申辩意见"},
			{"告知了听证，没有要求", casework.Heard{ServedOn: served, HearingRight: true}, "当事人没有提出陈述、申辩意见"},
			{"要求听证", casework.Heard{ServedOn: served, HearingRight: true, HearingAsked: true}, "当事人没有提出陈述、申辩意见"},
			{"两点意见", casework.Heard{ServedOn: served, HearingRight: true, Answers: []casework.DefenceAnswer{one, two}}, "当事人提出 2 点意见，均已复核"},
		} {
			b.heard = x.heard
			id := b.answered()
			b.must(b.draw(id, proposal(law.Yuan(100))))
			b.must(b.ask(id))
			b.must(b.db.View(b.ctx, func(tx *store.Tx) error {
				_, form, _, err := casework.LastPart[casework.DecisionApproval](tx, id, "decision_approval")
				if err == nil && !strings.Contains(form.Heard, x.form) {
					t.Errorf("%s：审批表写 %s", x.what, form.Heard)
				}
				return err
			}))
			b.must(b.punish(id))
			p, _ := b.decisionOf(id)
			part, err := casework.PartOf[casework.PenaltyDecision](p)
			if err != nil || part.HearingRight != x.heard.HearingRight || part.HearingAsked != x.heard.HearingAsked || !slices.Equal(part.Answers, x.heard.Answers) {
				t.Errorf("%s：%+v %v", x.what, part, err)
			}
		}
		b.heard = casework.Heard{ServedOn: served, Answers: []casework.DefenceAnswer{one}, Unanswered: []string{"夜里没有摆摊"}}
		id := b.answered()
		b.must(b.draw(id, proposal(law.Yuan(100))))
		b.must(b.ask(id))
		err := b.punish(id)
		b.refused("有一点没有答复", err, "XZCF-59-1")
		if err != nil && !strings.Contains(err.Error(), "夜里没有摆摊") {
			t.Errorf("没有说是哪一点：%v", err)
		}
	})
}

// 第五十九条第一款每一项，缺了就不能作出决定。
func TestDecisionLacksAnElement(t *testing.T) {
	onDecisions(t, func(t *testing.T, b *deciding) {
		for _, x := range []struct {
			element string
			in      func(*decision.DraftInput)
			field   string
		}{
			{"违法事实（二）", func(in *decision.DraftInput) { in.Facts = "" }, "facts"},
			{"证据（二）", func(in *decision.DraftInput) { in.Proofs = nil }, "proofs"},
			{"没有采信的证据（四十六条二款）", func(in *decision.DraftInput) { in.Proofs[0].Exhibit = 2 }, "proofs.0"},
			{"没有审查认定的证据（四十六条二款）", func(in *decision.DraftInput) {
				in.Proofs = append(in.Proofs, decision.DecisionProof{Exhibit: 3, Proves: "证明占道时间"})
			}, "proofs.1"},
			{"没有审核的监控记录（四十一条二款）", func(in *decision.DraftInput) { in.Proofs[0].Exhibit = 4 }, "proofs.0"},
			{"清单上没有的证据（四十六条二款）", func(in *decision.DraftInput) { in.Proofs[0].Exhibit = 9 }, "proofs.0"},
			{"同一证据列两次", func(in *decision.DraftInput) { in.Proofs = append(in.Proofs, in.Proofs[0]) }, "proofs.1"},
			{"证据的证明目的（二）", func(in *decision.DraftInput) { in.Proofs[0].Proves = "" }, "proofs.0"},
			{"处罚的种类（三）", func(in *decision.DraftInput) { in.Penalties = nil }, "kinds"},
			{"不是法定的种类（三）", func(in *decision.DraftInput) { in.Penalties[0].Kind = "罚站" }, "kinds"},
			{"罚款的数额（三）", func(in *decision.DraftInput) { in.Penalties[0].Amount = 0 }, "amount"},
			{"没收的内容（三）", func(in *decision.DraftInput) {
				in.Penalties = append(in.Penalties, decision.DecisionPenalty{Kind: "没收非法财物"})
				in.Perform = "三日内"
			}, "content"},
			{"缴款的渠道（四）", func(in *decision.DraftInput) { in.Channel = "" }, "channel"},
			{"其他处罚的履行（四）", func(in *decision.DraftInput) {
				in.Penalties = append(in.Penalties, decision.DecisionPenalty{Kind: "没收非法财物", Content: "推车一辆"})
			}, "perform"},
			{"其他处罚几日内履行（四）", func(in *decision.DraftInput) {
				in.Penalties, in.Perform = append(in.Penalties, decision.DecisionPenalty{Kind: "没收非法财物", Content: "推车一辆"}), "交到本机关"
			}, "perform_days"},
		} {
			in := proposal(law.Yuan(100))
			x.in(&in)
			id := b.answered()
			if err := b.draw(id, in); !fieldFault(err, x.field) {
				t.Errorf("%s：应当退回 %s，得到 %v", x.element, x.field, err)
			}
		}
		for _, x := range []struct{ element, lacking, table, where string }{
			{"当事人的地址（一）", "UPDATE penalty_case SET party_address = ''", "地址", ""},
			{"复议机关（五）", "UPDATE org_subject_row SET review_organ = ''", "复议", "UPDATE org_subject_row SET review_organ = '演示区人民政府'"},
			{"管辖法院（五）", "UPDATE org_subject_row SET court = ''", "途径", "UPDATE org_subject_row SET court = '演示区人民法院'"},
		} {
			id := b.answered()
			b.must(b.draw(id, proposal(law.Yuan(100))))
			b.must(b.ask(id))
			b.exec(x.lacking)
			err := b.punish(id)
			b.refused(x.element, err, "XZCF-59-1")
			if err != nil && !strings.Contains(err.Error(), x.table) {
				t.Errorf("%s：没有说缺什么：%v", x.element, err)
			}
			if x.where != "" {
				b.exec(x.where)
			}
		}
	})
}

func (b *deciding) exec(query string) {
	b.t.Helper()
	b.must(b.db.Update(b.ctx, func(tx *store.Tx) error { _, err := tx.Exec(query); return err }))
}

func fieldFault(err error, field string) bool {
	var e *fault.Error
	if !errors.As(err, &e) {
		return false
	}
	for _, f := range e.Fields {
		if f.Name == field {
			return true
		}
	}
	return false
}

// 情节复杂的，经集体讨论：只有负责人表决、逐人记载、主要负责人末位、人人签名（处罚法五十七条第二款）。
func TestCollectiveDiscussion(t *testing.T) {
	onDecisions(t, func(t *testing.T, b *deciding) {
		id := b.answered()
		in := proposal(law.Yuan(100))
		in.Complex, in.ManyRelations = said(true), said(true)
		b.must(b.draw(id, in))
		b.refused("复杂的案件直接报批", b.ask(id), "XZCF-57-2")
		b.refused("没有法制审核同意就提请讨论", b.desk.Submit(b.ctx, b.session("zhao"), id, b.version(id), decision.AskInput{}), "XZCF-58-1")
		b.agree()
		b.must(b.desk.Submit(b.ctx, b.session("zhao"), id, b.version(id), decision.AskInput{}))
		members := func(logins ...string) (out []decision.DiscussionMember) {
			for _, l := range logins {
				out = append(out, decision.DiscussionMember{Account: strconv.FormatInt(int64(b.session(l).Account()), 10), Says: "事实清楚，同意", Vote: decision.VoteFor})
			}
			return out
		}
		minutesOf := func(ms []decision.DiscussionMember, guests ...decision.DiscussionGuest) decision.DiscussionInput {
			guests = append(guests, decision.DiscussionGuest{Name: "演示赵", Post: "承办人", Says: "汇报案情"}, decision.DiscussionGuest{Name: "演示周", Post: "法制审核员", Says: "说明审核意见"})
			return decision.DiscussionInput{
				On: law.DateOf(b.clock.Now()), From: "9时", Until: "10时", At: "会议室", Host: "演示局长", Recorder: "演示clerk", Members: ms, Guests: guests,
				Report: "承办人汇报案情", Read: []string{"调查终结报告"}, Result: "同意拟作的决定", Agreed: true, Dissent: "无",
			}
		}
		record := func(ms []decision.DiscussionMember, guests ...decision.DiscussionGuest) error {
			return b.desk.Record(b.ctx, b.session("clerk"), id, b.version(id), minutesOf(ms, guests...))
		}
		conclude := func() error { return b.desk.Conclude(b.ctx, b.session("clerk"), id, b.version(id)) }
		sign := func(login string) error {
			return b.desk.Sign(b.ctx, b.session(login), id, b.version(id), decision.SignInput{})
		}
		if err := record(members("deputy", "zhao", "head")); !fieldFault(err, "member1") {
			t.Errorf("承办人列为成员：%v", err)
		}
		b.must(record(members("deputy", "head"), decision.DiscussionGuest{Name: "演示赵", Post: "承办人", Vote: decision.VoteFor}))
		b.refused("列席的表决", conclude(), "XZCF-57-2-members")
		b.must(record(members("head", "deputy")))
		b.refused("主要负责人先说", conclude(), "XZCF-57-2-last")
		b.must(record(members("head")))
		b.refused("只有一人", conclude(), "XZCF-57-2-quorum")
		silent := members("deputy", "head")
		silent[0].Says = ""
		if err := record(silent); err == nil || !strings.Contains(err.Error(), "意见") {
			t.Errorf("没有记载意见：%v", err)
		}
		tie := members("deputy", "head")
		tie[0].Vote = decision.VoteAgainst
		if err := record(tie); !fieldFault(err, "agreed") {
			t.Errorf("一票对一票记为同意：%v", err)
		}
		tie[0].Vote, tie[1].Vote = decision.VoteAbstain, decision.VoteAbstain
		if err := record(tie); !fieldFault(err, "agreed") {
			t.Errorf("全体弃权记为同意：%v", err)
		}
		twice := append(members("deputy"), members("deputy", "head")...)
		twice[1].Account = "0" + twice[1].Account
		if err := record(twice); !fieldFault(err, "member2") {
			t.Errorf("同一人用两种写法凑人数：%v", err)
		}
		early := minutesOf(members("deputy", "head"))
		early.On = law.DateOf(b.clock.Now()).AddDays(-1)
		if err := b.desk.Record(b.ctx, b.session("clerk"), id, b.version(id), early); !fieldFault(err, "on") {
			t.Errorf("拟定以前就讨论：%v", err)
		}
		refused := minutesOf(members("deputy", "head"))
		refused.Members[0].Vote, refused.Members[1].Vote = decision.VoteAgainst, decision.VoteAgainst
		refused.Agreed, refused.Result = false, "不同意，退回补充裁量理由"
		b.must(b.desk.Record(b.ctx, b.session("clerk"), id, b.version(id), refused))
		b.must(sign("deputy"))
		b.must(sign("head"))
		b.fails("没有同意也形成结论", conclude(), fault.Conflict, "没有同意")
		b.must(record(members("deputy", "head")))
		b.refused("没有签名", conclude(), "XZCF-57-2-signed")
		b.must(sign("deputy"))
		b.refused("缺一人签名", conclude(), "XZCF-57-2-signed")
		b.fails("没有参加的人签名", sign("deputy2"), fault.Forbidden, "不能代签")
		b.must(sign("head"))
		b.must(conclude())
		b.must(b.punish(id))
		b.decisionOf(id)
		b.proved()
	})
}

// agree states what legal review would.
func (b *deciding) agree() {
	b.before[law.LegalReviewRequired.Name()] = true
	d := casework.Desk{Name: "审核", Facts: func(_ *store.Tx, _ *casework.Case, on law.Date, f *law.Facts) error {
		f.SetText(law.LegalReview, "同意", "test")
		f.SetDate(law.ReviewedOn, on, "test")
		return nil
	}}
	b.cases.AddDesks(d)
}

// 偏离裁量基准：这份基准是上级制定的，要报制定机关批准（国办发〔2022〕27号十二）。
func TestDepartureFromBenchmark(t *testing.T) {
	onDecisions(t, func(t *testing.T, b *deciding) {
		id := b.answered()
		b.must(b.draw(id, proposal(law.Yuan(190))))
		b.must(b.ask(id))
		b.refused("超出阶次", b.punish(id), "XZCF-5-2-tier-ordinary")
		in := proposal(law.Yuan(190))
		in.Departure = "当事人占道的位置在学校门口，适用基准明显不当"
		b.must(b.draw(id, in))
		b.refused("上级的基准没有报批", b.punish(id), "GBF27-12")
		in.MakerApproval = "演市城管函〔2026〕5号（演示）"
		b.must(b.draw(id, in))
		b.must(b.punish(id))
		if _, text := b.decisionOf(id); !strings.Contains(text, "演市城管函") {
			t.Error("决定书没有写明批准的文件")
		}
	})
}

// 多个规范择高；减轻要有法定情形；不予处罚要有情形、教育（处罚法二十九、三十二、三十三）。
func TestSeveralNormsAndSparing(t *testing.T) {
	onDecisions(t, func(t *testing.T, b *deciding) {
		id := b.answered()
		in := proposal(law.Yuan(60))
		in.Norms = []decision.DecisionNorm{{Code: onStreet, Fine: law.Yuan(120)}}
		if err := b.draw(id, in); !fieldFault(err, "amount") {
			t.Errorf("按低的罚：%v", err)
		}
		in.Norms[0].Fine = law.Yuan(50)
		b.must(b.draw(id, in))
		low := proposal(law.Yuan(20))
		low.Reduced = true
		if err := b.draw(id, low); !fieldFault(err, "leniency") {
			t.Errorf("没有情形的减轻：%v", err)
		}
		low.Leniency = "受他人胁迫或者诱骗实施"
		if err := b.draw(id, low); !fieldFault(err, "leniency") {
			t.Errorf("没有证据的情形：%v", err)
		}
		low.Leniency, low.Circumstances = "法律、法规、规章规定的其他情形", []decision.DecisionCircumstance{{Ground: "法律、法规、规章规定的其他情形", Exhibit: 1}}
		if err := b.draw(id, low); !fieldFault(err, "leniency_norm") {
			t.Errorf("没有写依据的其他情形：%v", err)
		}
		spare := decision.DraftInput{PublicInterest: said(false), MajorRights: said(false), Complex: said(false), ManyRelations: said(false), SocialRisk: said(false), Outcome: decision.Spare, Course: "巡查发现，立案调查", Facts: "占道2平方米，当场改正", Proofs: proposal(1).Proofs, Ground: "首违", Why: "初次违法，危害后果轻微并及时改正", Correct: "当场改正"}
		b.must(b.draw(id, spare))
		b.must(b.ask(id))
		do := func() error {
			return b.desk.Spare(b.ctx, b.session("head"), id, b.version(id), decision.DecideInput{})
		}
		b.refused("没有教育", do(), "XZCF-33-3-decision")
		spare.Educated = "约谈当事人，讲明市容条例的规定"
		b.set(id, "corrected = 0")
		b.must(b.draw(id, spare))
		b.refused("没有改正的首违", do(), "XZCF-33-fits")
		b.set(id, "corrected = 1")
		b.must(b.draw(id, spare))
		b.must(do())
		if p, text := b.decisionOf(id); p.Kind != casework.NoPenaltyDecisionKind || !strings.Contains(text, "行政处罚法第三十三条第一款") {
			t.Errorf("%s %s", p.Kind, text)
		}
		if c := b.file(id).Case; c.Amount != 0 || c.Kinds != "" {
			t.Errorf("不予处罚的案件还有 %s %s", c.Kinds, c.Amount)
		}
		b.proved()
	})
}

// 卷里有当事人没有主观过错的证据，或者当事人这样申辩：不回答的不能处罚，答“是”的不予处罚，答“否”的写进决定书（处罚法三十三条二款）。
func TestFaultIsAnsweredBeforePunishing(t *testing.T) {
	onDecisions(t, func(t *testing.T, b *deciding) {
		id := b.answered()
		in := proposal(law.Yuan(100))
		in.FaultWhy = ""
		if err := b.draw(id, in); !fieldFault(err, "fault_why") {
			t.Errorf("没有写理由：%v", err)
		}
		open := proposal(law.Yuan(100))
		open.FaultDisproved = nil
		b.must(b.draw(id, open))
		b.must(b.ask(id))
		b.refused("没有回答", b.punish(id), "XZCF-33-2")
		proved := proposal(law.Yuan(100))
		proved.FaultDisproved, proved.FaultWhy = said(true), "施工许可载明的范围就是这里"
		b.must(b.draw(id, proved))
		b.refused("已经证明", b.punish(id), "XZCF-33-2")
		b.must(b.draw(id, proposal(law.Yuan(100))))
		b.must(b.punish(id))
		if _, text := b.decisionOf(id); !strings.Contains(text, "第三十三条第二款") || !strings.Contains(text, "施工许可不包括占道摆摊") {
			t.Errorf("决定书没有写为什么不认定：%s", text)
		}
	})
	for _, x := range []struct {
		what string
		said casework.Heard
		want bool
	}{
		{"没有提出意见", casework.Heard{}, false},
		{"只请从轻", casework.Heard{Answers: []casework.DefenceAnswer{{Point: "请从轻"}}}, false},
		{"提出没有主观过错", casework.Heard{Answers: []casework.DefenceAnswer{{Point: "物业指定的位置，我没有过错"}}}, true},
		{"提出了还没有答复", casework.Heard{Unanswered: []string{"没有主观过错"}}, true},
	} {
		if got := casework.FaultAsked(nil, x.said); got != x.want {
			t.Errorf("%s：要不要回答 %v", x.what, got)
		}
	}
}

// 没有主观过错要有当事人的证据，超过追责时效要与时效的计算一致（处罚法三十三条二款、三十六条）。
func TestGroundsThatRecordsTell(t *testing.T) {
	onDecisions(t, func(t *testing.T, b *deciding) {
		id := b.answered()
		spare := decision.DraftInput{PublicInterest: said(false), MajorRights: said(false), Complex: said(false), ManyRelations: said(false), SocialRisk: said(false), Outcome: decision.Spare, Course: "巡查发现，立案调查", Facts: "占道2平方米", Proofs: proposal(1).Proofs, Ground: "没有主观过错", Why: "按许可的范围施工", Educated: "约谈当事人"}
		do := func() error {
			return b.desk.Spare(b.ctx, b.session("head"), id, b.version(id), decision.DecideInput{})
		}
		for _, x := range []struct {
			what    string
			no      int64
			besides int64
		}{{"没有指明证据", 0, 5}, {"证据证明的是别的", 1, 5}, {"没有列进决定书", 5, 0}, {"没有采信的", 2, 5}} {
			in := spare
			in.NoFault = x.no
			if x.besides != 0 {
				in.Proofs = append(in.Proofs[:1:1], decision.DecisionProof{Exhibit: x.besides, Proves: "没有主观过错"})
			}
			err := b.draw(id, in)
			if !fieldFault(err, "no_fault") || !strings.Contains(err.Error(), "第三十三条第二款") {
				t.Errorf("%s：%v", x.what, err)
			}
		}
		spare.Proofs, spare.NoFault = append(spare.Proofs, decision.DecisionProof{Exhibit: 5, Proves: "没有主观过错"}), 5
		b.must(b.draw(id, spare))
		b.must(b.ask(id))
		late := spare
		late.Ground, late.NoFault, late.Why = "超过追责时效", 0, "两年以后才发现"
		b.must(b.draw(id, late))
		b.refused("没有超过时效", do(), "XZCF-33-fits")
		b.set(id, "act_from = '2024-01-10', act_until = '2024-01-10'")
		b.must(b.draw(id, late))
		b.must(do())
		other := b.answered()
		b.must(b.draw(other, spare))
		b.must(b.ask(other))
		b.must(b.desk.Spare(b.ctx, b.session("head"), other, b.version(other), decision.DecideInput{}))
		b.proved()
	})
}

// 三个日期：七月、九月焚烧垃圾依法不同；七月的行为九月决定，新旧相比不轻的仍用旧法（处罚法三十七；生态环境法典一千零五十七）。
func TestBurningWasteInJulyAndSeptember(t *testing.T) {
	onDecisions(t, func(t *testing.T, b *deciding) {
		b.adopt("CG-384", "CG-167")
		burn := func(acted, decided string, code string) casework.Content {
			b.clock.Set(time.Date(2026, 4, 30, 10, 0, 0, 0, law.Zone))
			id := b.answered()
			b.clock.Set(law.MustDate(decided).Start().Add(10 * time.Hour))
			b.set(id, "act_from = ?, found_at = ?, filed_on = ?, power_code = ?, party_kind = 'legal_person', party_key = 'USCC', metric = '5', tier_why = '焚烧量5千克'", acted, store.Micros(law.MustDate(acted).Start()), acted, code)
			in := proposal(law.Yuan(20000))
			b.must(b.draw(id, in))
			b.must(b.ask(id))
			b.must(b.punish(id))
			p, _ := b.decisionOf(id)
			v, err := b.cases.Paper(b.ctx, access.System("test"), p.ID)
			b.must(err)
			b.exec("UPDATE penalty_case SET party_key = ''")
			return v.Content
		}
		july := burn("2026-07-10", "2026-07-20", "CG-384")
		september := burn("2026-09-03", "2026-09-10", "CG-167")
		late := burn("2026-07-10", "2026-09-10", "CG-384")
		for _, x := range []struct {
			what         string
			c            casework.Content
			basis, never string
		}{{"七月", july, "大气污染防治法", "生态环境法典"}, {"九月", september, "生态环境法典", "大气污染防治法"}, {"七月的行为九月决定", late, "大气污染防治法", "生态环境法典"}} {
			if !strings.Contains(x.c.Basis, x.basis) || !strings.Contains(x.c.Violated, x.basis) || strings.Contains(x.c.Basis, x.never) {
				t.Errorf("%s：违反%s，依据%s", x.what, x.c.Violated, x.c.Basis)
			}
		}
	})
}

// adopt makes powers of the starter data the bureau's own, with their benchmarks.
func (b *deciding) adopt(codes ...string) {
	b.t.Helper()
	var in powers.AdoptInput
	var unissued powers.Unissued
	testkit.View(b.t, b.db, func(tx *store.Tx) error {
		all, err := b.cases.Powers.All(tx, powers.Filter{Kind: powers.KindPenalty})
		for _, p := range all {
			for _, c := range codes {
				if p.Code == c {
					in.Items = append(in.Items, p.ID)
				}
			}
		}
		if err == nil {
			unissued, err = b.cases.Powers.Unissued(tx, "")
		}
		return err
	})
	in.Basis, in.Document, in.From = powers.AdoptTransfer, "演政发〔2020〕3号（演示）", law.MustDate("2020-02-01")
	_, err := b.cases.Powers.Adopt(context.Background(), access.System("test"), in)
	b.must(err)
	if len(unissued.Codes()) > 0 {
		_, err = b.cases.Powers.IssueBenchmarks(context.Background(), access.System("test"), powers.IssueInput{Issuer: "演示市城市管理局（演示）", Document: "《演示市裁量基准》", PublishedOn: law.MustDate("2025-12-20"), Codes: unissued.Codes()})
		b.must(err)
	}
}

// 一事不再罚跨单位、跨案由：同一当事人同日已被罚款的，要答是不是同一违法行为；没有答的、答是的都不能罚款（处罚法二十九）。
func TestSameActIsAsked(t *testing.T) {
	onDecisions(t, func(t *testing.T, b *deciding) {
		first := b.answered()
		b.must(b.draw(first, proposal(law.Yuan(100))))
		b.must(b.ask(first))
		b.must(b.punish(first))
		id := b.answered()
		b.set(first, "party_key = 'SAME'")
		b.set(id, "party_key = 'SAME', place = ?", "青石路另一处")
		in := proposal(law.Yuan(100))
		b.must(b.draw(id, in))
		b.must(b.ask(id))
		b.refused("没有回答", b.punish(id), "XZCF-29")
		in.SameAct = said(true)
		if err := b.draw(id, in); !fieldFault(err, "same_act_why") {
			t.Errorf("没有理由：%v", err)
		}
		in.SameActWhy = "与已罚的一案是同一天同一摊位"
		b.must(b.draw(id, in))
		b.refused("是同一违法行为", b.punish(id), "XZCF-29")
		in.SameAct, in.SameActWhy = said(false), "与已罚的一案地点不同，是另一次占道"
		b.must(b.draw(id, in))
		b.set(first, "decided_on = '2099-01-01'")
		b.refused("答了以后又有新的罚款", b.punish(id), "XZCF-29")
		b.must(b.draw(id, in))
		b.refused("后来的罚款在拟定以后", b.punish(id), "XZCF-29")
		b.set(first, "decided_on = '2020-01-01'")
		b.must(b.punish(id))
	})
}
