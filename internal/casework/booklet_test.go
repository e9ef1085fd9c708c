package casework_test

import (
	"bytes"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/document"
	"fadu/internal/fault"
	"fadu/internal/indicator"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

const handPrefix = "演城管手罚字"

// booklet registers a booklet with the numbers and issues it to the officer.
func (b *street) booklet(first, last int64, officer string) casework.BookletID {
	b.t.Helper()
	id, err := b.cases.RegisterBooklet(b.ctx, b.session("clerk"), b.bookletInput(first, last))
	b.must(err)
	if officer != "" {
		b.must(b.cases.IssueBooklet(b.ctx, b.session("clerk"), id, 1, int64(b.persons[officer])))
	}
	return id
}

func (b *street) bookletInput(first, last int64) casework.BookletInput {
	return casework.BookletInput{Unit: b.units["第一中队"], Kind: casework.OnSpotDecision, Year: 2026, Prefix: handPrefix, First: first, Last: last, Printer: "演示印刷厂", Edition: law.MustDate("2026-01-10"), Presealed: true, ReviewFirst: true}
}

// written is a decision written by hand now by zhao and qian, lawful in all.
func (b *street) written(amount law.Money) casework.HandwrittenInput {
	b.parties++
	on := law.DateOf(b.clock.Now())
	return casework.HandwrittenInput{
		WrittenAt: b.clock.Now(), Source: "patrol", Place: "演示区青石路8号门前", Area: "990107", Summary: "停电，人行道上有人摆摊",
		Lead: int64(b.persons["zhao"]), Assist: int64(b.persons["qian"]),
		Party:    casework.PartyInput{Kind: casework.Citizen, Name: fmt.Sprintf("演示·冯%d", b.parties), IDKind: "resident_id", IDNumber: demoID(fmt.Sprintf("99010719800202%03d", b.parties)), Address: "演示区和平里5号", IdentityBasis: "card_seen"},
		Penalty:  casework.PenaltyInput{ActFrom: on, FactText: "当事人在人行道摆摊，占用2平方米", Clear: true, PowerCode: onStreet, Fine: true, Amount: amount, Metric: "2", Corrected: true, Harm: "none", NoExemption: "经教育仍有必要处罚", PayBy: casework.PayCode},
		ShowedID: true, Told: true, Heard: casework.NothingSaid, Correct: casework.CorrectedNow, NoFootage: "停电，记录仪没有电",
		OfficersSigned: true, PartySigned: "on_paper",
	}
}

func pictures() []casework.Picture { return []casework.Picture{{Bytes: signature()}} }

func (b *street) enter(by string, id casework.BookletID, number int64, in casework.HandwrittenInput) (casework.CaseID, error) {
	return b.cases.EnterHandwritten(b.ctx, b.session(by), id, number, in, pictures(), pictures())
}

// number is a number of a booklet as it is now.
func (b *street) number(id casework.BookletID, n int64) casework.BookletNumber {
	b.t.Helper()
	v, err := b.cases.BookletNumberView(b.ctx, b.session("clerk"), id, n)
	b.must(err)
	return v.Number
}

func TestHandwrittenDecisionStandsLikeAPrintedOne(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		id := b.booklet(1001, 1020, "zhao")
		in := b.written(law.Yuan(100))
		b.clock.Advance(3 * time.Hour)
		c, err := b.enter("zhao", id, 1001, in)
		b.must(err)
		f := b.file(c)
		if f.Case.State != casework.Delivered || f.Decision.DocNo != "演城管手罚字〔2026〕第1001号" || f.Decision.State != casework.PaperDelivered || f.Case.DecidedOn != law.MustDate("2026-04-30") {
			t.Fatalf("补录以后 %+v %+v", f.Case.State, f.Decision)
		}
		if !f.Case.Delivered().Equal(in.WrittenAt) || f.Case.RecordedAt == f.Case.FoundAt {
			t.Errorf("发生时间和录入时间没有分开：%s，录入 %d", f.Case.Delivered(), f.Case.RecordedAt)
		}
		// 备案期限从作出决定之日起算
		if f.Case.FileDue != law.MustDate("2026-05-08") {
			t.Errorf("备案期限 %s", f.Case.FileDue)
		}
		b.refused("另一名没有确认就备案", b.cases.FileWithBureau(b.ctx, b.session("clerk"), c, b.version(c)), "XZCF-42-1-entered")
		b.fails("自己确认自己的补录", b.cases.ConfirmEntry(b.ctx, b.session("zhao"), c, b.version(c), casework.ConfirmInput{Agree: true}), fault.Forbidden, "另一名")
		b.must(b.cases.ConfirmEntry(b.ctx, b.session("qian"), c, b.version(c), casework.ConfirmInput{Agree: true}))
		b.fails("确认两次", b.cases.ConfirmEntry(b.ctx, b.session("qian"), c, b.version(c), casework.ConfirmInput{Agree: true}), fault.Conflict, "已经确认")
		b.must(b.cases.FileWithBureau(b.ctx, b.session("clerk"), c, b.version(c)))
		b.must(b.cases.RecordPayment(b.ctx, b.session("cashier"), c, b.version(c), casework.PaymentInput{Channel: casework.PayBank, Amount: law.Yuan(100), PaidOn: law.DateOf(b.clock.Now()), Reference: "演回单1"}))
		b.must(b.cases.Close(b.ctx, b.session("clerk"), c, b.version(c), ""))
		if n := b.number(id, 1001); n.State != casework.NumberEntered || n.Case != c || n.LateEntry() || n.Ruling != casework.RulingNone {
			t.Errorf("号码 %+v", n)
		}
		b.jobsDone()
		p := b.paper(f.Decision.ID)
		if p.Paper.Digest != "" || p.Paper.SignedDigest == "" || len(p.Signatures) != 3 {
			t.Errorf("机器只有存根：正本 %q，存根 %q，签名 %d", p.Paper.Digest, p.Paper.SignedDigest, len(p.Signatures))
		}
		for _, print := range []func() (string, []byte, error){
			func() (string, []byte, error) { return b.cases.EditableCopy(b.ctx, b.session("zhao"), f.Decision.ID) },
			func() (string, []byte, error) {
				return b.cases.PrintSlip(b.ctx, b.session("zhao"), f.Decision.ID, document.SlipSetup{Paper: 58})
			},
		} {
			name, data, err := print()
			b.must(err)
			if len(data) == 0 {
				t.Errorf("%s 是空的", name)
			}
		}
		_, slip, err := b.cases.Slip(b.ctx, b.session("zhao"), f.Decision.ID, document.SlipSetup{Paper: 58})
		b.must(err)
		said := ""
		for _, l := range slip.Lines {
			said += l.Text
		}
		if !strings.Contains(strings.ReplaceAll(said, " ", ""), "根据手工文书录入") {
			t.Errorf("小票没有标明：%s", said)
		}
		_, pdf, err := b.cases.Print(b.ctx, b.session("zhao"), f.Decision.ID)
		b.must(err)
		if text := pdfText(t, pdf); text != "" && !strings.Contains(strings.ReplaceAll(text, " ", ""), "根据手工文书录入") {
			t.Errorf("转录页没有标明：%s", text)
		}
		b.proved()
	})
}

func TestPrintedNumberIsNeverUsedTwice(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		clerk := b.session("clerk")
		id := b.booklet(1001, 1005, "zhao")
		register := func(change func(*casework.BookletInput)) error {
			in := b.bookletInput(1006, 1010)
			change(&in)
			_, err := b.cases.RegisterBooklet(b.ctx, clerk, in)
			return err
		}
		for _, c := range []struct {
			name   string
			change func(*casework.BookletInput)
			text   string
		}{
			{"与另一本重叠一个号", func(in *casework.BookletInput) { in.First = 1005 }, "第1005号 已经登记在另一本"},
			{"整本套在另一本里", func(in *casework.BookletInput) { in.First, in.Last = 1002, 1003 }, "已经登记在另一本"},
			{"用机打的字样", func(in *casework.BookletInput) { in.Prefix = "演城管当罚字" }, "机打文书的字样"},
			{"别家的机关代字", func(in *casework.BookletInput) { in.Prefix = "柳城管手罚字" }, "机关代字"},
			{"一本太多", func(in *casework.BookletInput) { in.Last = in.First + 200 }, "一本最多"},
			{"没有印制单位", func(in *casework.BookletInput) { in.Printer = " " }, "印制单位"},
			{"印制在明天", func(in *casework.BookletInput) { in.Edition = law.MustDate("2026-05-01") }, "印制日期"},
		} {
			b.fails(c.name, register(c.change), fault.Invalid, c.text)
		}
		b.must(register(func(*casework.BookletInput) {}))
		b.fails("机打号段用纸本的字样", b.cases.OpenSeries(b.ctx, clerk, casework.SeriesInput{Unit: b.units["局"], Kind: casework.OnSpotDecision, Year: 2026, Prefix: handPrefix, Count: 10}), fault.Invalid, "纸质文书本的字样")
		b.fails("执法人员不登记文书本", func() error {
			_, err := b.cases.RegisterBooklet(b.ctx, b.session("zhao"), b.bookletInput(2001, 2002))
			return err
		}(), fault.Forbidden, "")
		// 绕过程序也写不进同一个号
		err := b.raw(`INSERT INTO booklet_number SELECT id + 1, version, entry_id, unit_id, u1, u2, u3, u4, u5, booklet_id, prefix, year, number, doc_no || '.', state, holder, used_at, reported_at, reason, case_id, paper_id, entered_at, entered_by, late_why, confirmed_at, confirmed_by, dispute, findings, ruling, ruled_at, ruled_by, ruling_note FROM booklet_number WHERE number = 1001`)
		if err == nil {
			t.Error("数据库收下了重复的号")
		}
		// 录过的不能再录；范围以外、别人名下、在库的都不收
		in := b.written(law.Yuan(100))
		c, err := b.enter("zhao", id, 1001, in)
		b.must(err)
		_, err = b.enter("zhao", id, 1001, b.written(law.Yuan(100)))
		b.fails("同一个号再录一次", err, fault.Conflict, "不能再录一次")
		_, err = b.enter("zhao", id, 1006, b.written(law.Yuan(100)))
		b.fails("号在这一本以外", err, fault.NotFound, "1001—1005")
		stock := b.booklet(3001, 3005, "")
		_, err = b.enter("zhao", stock, 3001, b.written(law.Yuan(100)))
		b.fails("还没有发下来的号", err, fault.Conflict, "没有领用人")
		other := b.bookletInput(4001, 4005)
		other.Unit = b.units["第二中队"]
		theirs, err := b.cases.RegisterBooklet(b.ctx, clerk, other)
		b.must(err)
		b.must(b.cases.IssueBooklet(b.ctx, clerk, theirs, 1, int64(b.persons["sun"])))
		_, err = b.enter("zhao", theirs, 4001, b.written(law.Yuan(100)))
		b.fails("别的中队的本子", err, fault.NotFound, "这一本文书")
		if b.file(c).Decision.DocNo != "演城管手罚字〔2026〕第1001号" || b.count(`SELECT COUNT(*) FROM paper WHERE doc_no = ?`, "演城管手罚字〔2026〕第1001号") != 1 {
			t.Error("决定书多了")
		}
		b.proved()
	})
}

func TestBookOfTheColleagueIsNotMine(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		third := b.hire("wu")
		id := b.booklet(1001, 1005, third)
		_, err := b.enter("zhao", id, 1001, b.written(law.Yuan(100)))
		b.fails("别人领用的本子", err, fault.Conflict, "不是这两名执法人员的")
	})
}

// Two tabs, and two officers, enter the same paper at once: one entry.
func TestSamePaperEnteredAtOnce(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		id := b.booklet(1001, 1005, "zhao")
		in := b.written(law.Yuan(100))
		var wg sync.WaitGroup
		errs := make([]error, 6)
		logins := []string{"zhao", "qian"}
		for _, l := range logins {
			b.session(l)
		}
		for i := range errs {
			wg.Go(func() {
				for range 20 {
					if _, errs[i] = b.enter(logins[i%2], id, 1001, in); !fault.Is(errs[i], fault.Busy) {
						return
					}
				}
			})
		}
		wg.Wait()
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else if !fault.Is(err, fault.Conflict) {
				t.Errorf("同时补录：%v", err)
			}
		}
		if n := b.count(`SELECT COUNT(*) FROM penalty_case`); done != 1 || n != 1 {
			t.Errorf("办成 %d 次，案件 %d 个", done, n)
		}
		b.proved()
	})
}

func TestEntryIsMendedBeforeItIsRecorded(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		id := b.booklet(1001, 1005, "zhao")
		for _, c := range []struct {
			name   string
			change func(*casework.HandwrittenInput)
			text   string
		}{
			{"作出时间在将来", func(in *casework.HandwrittenInput) { in.WrittenAt = b.clock.Now().Add(time.Hour) }, "不能晚于现在"},
			{"发现晚于作出", func(in *casework.HandwrittenInput) { in.FoundAt = in.WrittenAt.Add(time.Minute) }, "发现时间不能晚于"},
			{"二十五小时以后，没有写原因", func(in *casework.HandwrittenInput) { in.WrittenAt = b.clock.Now().Add(-25 * time.Hour) }, "迟录"},
			{"两名执法人员是同一人", func(in *casework.HandwrittenInput) { in.Assist = in.Lead }, "两名执法人员"},
			{"没有说当事人签没签", func(in *casework.HandwrittenInput) { in.PartySigned = "" }, "当事人签名还是拒绝"},
			{"没有地点", func(in *casework.HandwrittenInput) { in.Place = "" }, "地点"},
			{"身份证号抄错", func(in *casework.HandwrittenInput) { in.Party.IDNumber = "99010719800202001X1" }, "id_number"},
		} {
			in := b.written(law.Yuan(100))
			c.change(&in)
			_, err := b.enter("zhao", id, 1001, in)
			b.fails(c.name, err, fault.Invalid, c.text)
		}
		_, err := b.cases.EnterHandwritten(b.ctx, b.session("zhao"), id, 1001, b.written(law.Yuan(100)), nil, pictures())
		b.fails("没有纸质文书的照片", err, fault.Invalid, "拍下纸质决定书")
		_, err = b.cases.EnterHandwritten(b.ctx, b.session("zhao"), id, 1001, b.written(law.Yuan(100)), []casework.Picture{{Bytes: []byte("<html>")}}, nil)
		b.fails("照片是网页", err, fault.Invalid, "JPEG 或 PNG")
		_, err = b.enter("clerk", id, 1001, b.written(law.Yuan(100)))
		b.fails("内勤代录", err, fault.Forbidden, "")
		if n := b.number(id, 1001); n.State != casework.NumberBlank {
			t.Errorf("没有录成的号是 %s", n.State)
		}
		if n := b.count(`SELECT COUNT(*) FROM penalty_case`); n != 0 {
			t.Errorf("留下 %d 个案件", n)
		}
	})
}

func TestLateEntryIsMarked(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		id := b.booklet(1001, 1005, "zhao")
		in := b.written(law.Yuan(100))
		b.clock.Advance(25 * time.Hour)
		in.LateWhy = "台风，连续两天没有网"
		c, err := b.enter("zhao", id, 1001, in)
		b.must(err)
		n := b.number(id, 1001)
		if !n.LateEntry() || n.LateWhy != in.LateWhy || b.file(c).Case.DecidedOn != law.MustDate("2026-04-30") {
			t.Errorf("迟录 %+v", n)
		}
		page, err := b.cases.BookletNumbers(b.ctx, b.session("clerk"), casework.NumberFilter{Late: true}, "")
		b.must(err)
		if len(page.Rows) != 1 {
			t.Errorf("迟录登记里有 %d 条", len(page.Rows))
		}
	})
}

// Every guard is judged on the day of the act, not on the day of entry.
func TestGuardsOfTheDayOfTheAct(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		id := b.booklet(1001, 1020, "zhao")
		for i, c := range []struct {
			name   string
			change func(*casework.HandwrittenInput)
			rule   string
		}{
			{"罚款超过公民的限额", func(in *casework.HandwrittenInput) { in.Penalty.Amount = law.Yuan(500) }, "XZCF-51-1"},
			{"没有听取陈述申辩", func(in *casework.HandwrittenInput) { in.Heard = "" }, "XZCF-44-recorded"},
			{"没有出示证件", func(in *casework.HandwrittenInput) { in.ShowedID = false }, "XZCF-52-1-certificate"},
			{"没有责令改正", func(in *casework.HandwrittenInput) { in.Correct = "" }, "XZCF-28-1"},
			{"身份没有查清", func(in *casework.HandwrittenInput) { in.Party.IdentityBasis = "self_stated" }, "XZCF-40-identity"},
			{"数额不在裁量阶次", func(in *casework.HandwrittenInput) { in.Penalty.Amount = law.Yuan(190) }, "XZCF-5-2-tier"},
			{"纸上漏写了救济途径", func(in *casework.HandwrittenInput) {
				in.Lacking = []string{"申请行政复议、提起行政诉讼的途径和期限"}
			}, "XZCF-52-2-elements"},
			{"只有一名执法人员签名", func(in *casework.HandwrittenInput) { in.OfficersSigned = false }, "XZCF-52-2-signatures"},
			{"拒签没有在纸上注明", func(in *casework.HandwrittenInput) { in.PartySigned = "refused" }, "XZCF-52-1-refusal"},
			{"收了现金没有票据", func(in *casework.HandwrittenInput) { in.Cash = casework.CashInput{Amount: law.Yuan(100)} }, "XZCF-70"},
			{"票据不是名下的下一张", func(in *casework.HandwrittenInput) {
				in.Cash = casework.CashInput{Amount: law.Yuan(100), ReceiptNo: "演票0000009"}
			}, "XZCF-70-register"},
			{"超过一百元收现金", func(in *casework.HandwrittenInput) {
				in.Penalty.Amount = law.Yuan(150)
				in.Cash = casework.CashInput{Amount: law.Yuan(150), ReceiptNo: "演票0000001"}
			}, "XZCF-68-69"},
		} {
			in := b.written(law.Yuan(100))
			c.change(&in)
			_, err := b.enter("zhao", id, 1001+int64(i), in)
			b.refused(c.name, err, c.rule)
		}
		// 执法证在补录时有效、在行为日已经暂扣，也不行
		b.must(b.suspend("qian", "2026-04-29", "2026-05-06"))
		in := b.written(law.Yuan(100))
		b.clock.Advance(10 * 24 * time.Hour)
		in.LateWhy = "当事人拒不配合，过后才整理"
		_, err := b.enter("zhao", id, 1015, in)
		b.refused("行为日执法证暂扣", err, "XZCF-42-1-onspot-certified")
		if n := b.count(`SELECT COUNT(*) FROM penalty_case`); n != 0 {
			t.Errorf("被拒绝的留下 %d 个案件", n)
		}
	})
}

func TestUnlawfulPaperIsNotHidden(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		id := b.booklet(1001, 1005, "zhao")
		in := b.written(law.Yuan(500))
		in.AsWritten = true
		c, err := b.enter("zhao", id, 1001, in)
		b.must(err)
		n := b.number(id, 1001)
		if n.Ruling != casework.RulingPending || len(n.Faults()) == 0 || b.file(c).Case.State != casework.Delivered {
			t.Fatalf("照实补录 %+v", n)
		}
		b.must(b.cases.ConfirmEntry(b.ctx, b.session("qian"), c, b.version(c), casework.ConfirmInput{Agree: true}))
		b.must(b.cases.FileWithBureau(b.ctx, b.session("clerk"), c, b.version(c)))
		b.must(b.cases.RecordPayment(b.ctx, b.session("cashier"), c, b.version(c), casework.PaymentInput{Channel: casework.PayBank, Amount: law.Yuan(500), PaidOn: law.DateOf(b.clock.Now()), Reference: "演回单2"}))
		b.refused("没有处理就结案", b.cases.Close(b.ctx, b.session("clerk"), c, b.version(c), ""), "XZCF-75-2-handwritten")
		b.refused("超限额的决定不能维持", b.cases.KeepEntry(b.ctx, b.session("head"), c, b.version(c), "数额不大"), "XZCF-38-2-keep")
		b.fails("中队长不能维持", b.cases.KeepEntry(b.ctx, b.session("zhao"), c, b.version(c), "数额不大"), fault.Forbidden, "")
		_, err = b.cases.Revoke(b.ctx, b.session("head"), c, b.version(c), "罚款超过当场处罚限额")
		b.must(err)
		if n := b.number(id, 1001); n.Ruling != casework.RulingRevoked || n.RulingNote != "罚款超过当场处罚限额" {
			t.Errorf("撤销以后 %+v", n)
		}
		// 轻微的瑕疵可以说明理由维持
		in = b.written(law.Yuan(100))
		in.NoFootage, in.AsWritten = "", true
		c, err = b.enter("zhao", id, 1002, in)
		b.must(err)
		b.refused("维持没有理由", b.cases.KeepEntry(b.ctx, b.session("head"), c, b.version(c), " "), "XZCF-75-2-keep-reason")
		b.must(b.cases.KeepEntry(b.ctx, b.session("head"), c, b.version(c), "现场照片和两人记录足以证明，已对两人提醒谈话"))
		if n := b.number(id, 1002); n.Ruling != casework.RulingKept {
			t.Errorf("维持以后 %+v", n)
		}
		// 漏写的由负责人补正
		in = b.written(law.Yuan(100))
		in.Lacking, in.AsWritten = []string{"地点"}, true
		c, err = b.enter("zhao", id, 1003, in)
		b.must(err)
		_, err = b.cases.CorrectPaper(b.ctx, b.session("head"), c, b.version(c), casework.CorrectionInput{Item: "违法地点", Becomes: "青石路8号门前", Why: "漏写", SlipOnly: true})
		b.must(err)
		if n := b.number(id, 1003); n.Ruling != casework.RulingCorrected {
			t.Errorf("补正以后 %+v", n)
		}
		// 另一名执法人员说不一致，也到负责人
		c, err = b.enter("zhao", id, 1004, b.written(law.Yuan(100)))
		b.must(err)
		b.fails("不一致没有写明", b.cases.ConfirmEntry(b.ctx, b.session("qian"), c, b.version(c), casework.ConfirmInput{}), fault.Invalid, "哪里不一致")
		b.must(b.cases.ConfirmEntry(b.ctx, b.session("qian"), c, b.version(c), casework.ConfirmInput{Note: "纸上写的是 80 元"}))
		if n := b.number(id, 1004); n.Ruling != casework.RulingPending || !strings.Contains(n.Faults()[0].Message, "80 元") {
			t.Errorf("有异议 %+v", n)
		}
		b.proved()
	})
}

func TestCashOfAHandwrittenDecision(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		id := b.booklet(1001, 1005, "zhao")
		in := b.written(law.Yuan(80))
		in.Penalty.PayBy = casework.PayCash
		in.Cash = casework.CashInput{Amount: law.Yuan(80), ReceiptNo: "演票0000001"}
		b.clock.Advance(20 * time.Hour)
		c, err := b.enter("zhao", id, 1001, in)
		b.must(err)
		p := b.file(c).Payments[0]
		if p.PaidOn != law.MustDate("2026-04-30") || p.HandInDue != law.MustDate("2026-05-07") || p.ReceiptNo != "演票0000001" {
			t.Errorf("现金 %+v", p)
		}
		if book := b.book(); book.Used != 1 || book.Next != 2 {
			t.Errorf("票据 %+v", book)
		}
		b.proved()
	})
}

func TestPaperOfACaseOnSite(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		id := b.booklet(1001, 1005, "zhao")
		c := b.lead()
		b.must(b.cases.NameOfficers(b.ctx, b.session("zhao"), c, b.version(c), casework.OfficersInput{Lead: int64(b.persons["zhao"]), Assist: int64(b.persons["qian"])}))
		b.tick(5)
		in := b.written(law.Yuan(100))
		in.Case = c
		early := in
		early.WrittenAt = b.clock.Now().Add(-time.Hour)
		_, err := b.enter("zhao", id, 1001, early)
		b.fails("早于发现", err, fault.Invalid, "不能早于发现时间")
		got, err := b.enter("zhao", id, 1001, in)
		b.must(err)
		if got != c || b.file(c).Case.State != casework.Delivered || b.count(`SELECT COUNT(*) FROM penalty_case`) != 1 {
			t.Errorf("应接着原来的案件 %s，得到 %s", c, got)
		}
		in = b.written(law.Yuan(100))
		in.Case = c
		_, err = b.enter("zhao", id, 1002, in)
		b.fails("已经决定的案件再补录", err, fault.Conflict, "")
		b.proved()
	})
}

func TestLifeOfABooklet(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		clerk := b.session("clerk")
		id := b.booklet(1001, 1005, "")
		version := func() int64 {
			v, err := b.cases.BookletView(b.ctx, clerk, id)
			b.must(err)
			return v.Booklet.Version
		}
		b.fails("协管不能领用", b.cases.IssueBooklet(b.ctx, clerk, id, version(), int64(b.persons["aux"])), fault.Invalid, "不能领用")
		b.fails("拿旧版本发放", b.cases.IssueBooklet(b.ctx, clerk, id, version()+1, int64(b.persons["zhao"])), fault.Conflict, "刚被别人改过")
		b.must(b.cases.IssueBooklet(b.ctx, clerk, id, version(), int64(b.persons["zhao"])))
		b.fails("发给两个人", b.cases.IssueBooklet(b.ctx, clerk, id, version(), int64(b.persons["qian"])), fault.Conflict, "先交回")
		b.tick(10)
		zhao := b.session("zhao")
		b.must(b.cases.ReportNumber(b.ctx, zhao, id, 1001, casework.ReportInput{UsedAt: b.clock.Now(), Note: "电话报告"}))
		b.fails("作废没有照片", b.cases.VoidBookletNumber(b.ctx, zhao, id, 1002, "写坏了", nil), fault.Invalid, "全部各联")
		b.must(b.cases.VoidBookletNumber(b.ctx, zhao, id, 1002, "写坏了", pictures()))
		_, err := b.enter("zhao", id, 1002, b.written(law.Yuan(100)))
		b.fails("作废的号", err, fault.Conflict, "作废")
		b.fails("遗失没有说明", b.cases.LoseNumber(b.ctx, zhao, id, 1003, ""), fault.Invalid, "怎样遗失")
		b.must(b.cases.LoseNumber(b.ctx, zhao, id, 1003, "巡逻中丢了一页"))
		b.fails("执法人员不能恢复", b.cases.RestoreNumber(b.ctx, zhao, id, 1003, "找到了"), fault.Forbidden, "")
		b.must(b.cases.RestoreNumber(b.ctx, clerk, id, 1003, "找到了"))
		// 盘点：本子翻到 1004，1003 就是用了没有报的
		found, err := b.cases.CheckBooklet(b.ctx, clerk, id, version(), casework.CheckInput{Next: 1004})
		b.must(err)
		if len(found) != 1 || found[0] != "演城管手罚字〔2026〕第1003号" {
			t.Errorf("盘点发现 %v", found)
		}
		b.fails("有没补录的不能交回", b.cases.ReturnBooklet(b.ctx, clerk, id, version(), ""), fault.Conflict, "第1001号、演城管手罚字〔2026〕第1003号")
		todo, err := b.cases.Todo(b.ctx, zhao)
		b.must(err)
		n, _ := todo.Count()
		if n != 2 {
			t.Errorf("待办 %d 项：%+v", n, todo)
		}
		b.tick(60 * 30)
		if todo, err = b.cases.Todo(b.ctx, clerk); err != nil || len(todo.Groups[casework.TodoLate]) != 2 {
			t.Errorf("内勤的待办 %+v %v", todo, err)
		}
		for _, no := range []int64{1001, 1003} {
			in := b.written(law.Yuan(100))
			_, err := b.enter("zhao", id, no, in)
			b.must(err)
		}
		b.must(b.cases.ReturnBooklet(b.ctx, clerk, id, version(), "换新版"))
		b.must(b.cases.CloseBooklet(b.ctx, clerk, id, version(), "改版"))
		if n := b.number(id, 1005); n.State != casework.NumberVoided || n.Reason != "未用，核销：改版" {
			t.Errorf("没用的号 %+v", n)
		}
		b.fails("核销以后再发", b.cases.IssueBooklet(b.ctx, clerk, id, version(), int64(b.persons["zhao"])), fault.Conflict, "已经核销")
		b.proved()
	})
}

// hire adds an officer of the first squad.
func (b *street) hire(login string) string {
	b.t.Helper()
	system := access.System("test")
	person, err := b.org.AddPerson(b.ctx, system, org.PersonInput{Name: "演示" + login, StaffNumber: "YS9" + login, Kind: org.OfficerStaff, Unit: b.units["第一中队"], Post: "队员", From: law.MustDate("2023-03-01")})
	b.must(err)
	b.persons[login] = person
	_, err = b.org.Issue(b.ctx, system, org.CertificateInput{Person: person, Number: "99010799" + login, Kind: org.EnforcementCertificate, Issuer: "演示市人民政府", Areas: []string{fixtureArea}, Categories: []string{"城市管理"}, ExamPassedOn: law.MustDate("2023-12-15"), From: law.MustDate("2024-01-01"), To: law.MustDate("2028-12-31")})
	b.must(err)
	_, err = b.access.CreateAccount(b.ctx, system, access.AccountInput{Login: login, Name: "演示" + login, Person: int64(person), Unit: b.units["第一中队"], Roles: []access.Role{access.Officer}, Password: fixturePassword, Settled: true})
	b.must(err)
	return login
}

// suspend takes an officer's certificate away for some days.
func (b *street) suspend(login, from, until string) error {
	b.t.Helper()
	var card org.CertificateID
	testkit.View(b.t, b.db, func(tx *store.Tx) error {
		st, err := org.OfficerOn(tx, b.persons[login], law.DateOf(b.clock.Now()), "990107")
		card = st.Certificate
		return err
	})
	return b.org.Suspend(b.ctx, access.System("test"), card, 1, org.SuspensionInput{From: law.MustDate(from), Until: law.MustDate(until), Reason: "演示暂扣"})
}

// raw runs a statement behind the commands' back.
func (b *street) raw(query string) error {
	b.t.Helper()
	return b.db.Update(b.ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(query)
		return err
	})
}

// pdfText is what can be read out of a PDF, "" where no reader is installed.
func pdfText(t *testing.T, pdf []byte) string {
	t.Helper()
	path, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Log("pdftotext（poppler-utils）没有安装，没有核对文书的文字")
		return ""
	}
	cmd := exec.Command(path, "-enc", "UTF-8", "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestFiguresOfHandwrittenDecisions(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		id := b.booklet(1001, 1005, "zhao")
		late := b.written(law.Yuan(100))
		b.clock.Advance(25 * time.Hour)
		late.LateWhy = "停电"
		for n, in := range []casework.HandwrittenInput{late, b.written(law.Yuan(100))} {
			_, err := b.enter("zhao", id, 1001+int64(n), in)
			b.must(err)
		}
		registry, err := indicator.NewRegistry(b.cases.Indicators()...)
		b.must(err)
		for id, want := range map[string]string{"casework.handwritten": "2 件", "casework.handwritten_in_time": "50.0%（1/2）", "casework.terms_approved": "0 件"} {
			d, _ := registry.Get(id)
			testkit.View(t, b.db, func(tx *store.Tx) error {
				f, err := d.Value(tx, indicator.Query{Period: indicator.Period{From: law.MustDate("2026-04-01"), To: law.MustDate("2026-05-31")}, Scope: access.System("test").Scope()})
				if err != nil || f.Text() != want {
					t.Errorf("%s：%s，应为 %s（%v）", id, f.Text(), want, err)
				}
				return err
			})
		}
	})
}
