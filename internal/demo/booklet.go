package demo

import (
	"context"
	"fmt"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
)

// booklet is a squad's booklet of pre-printed decisions, with the number that comes next.
type booklet struct {
	id    casework.BookletID
	next  int64
	first access.Session // who holds it
	other access.Session
}

// issueBooklets registers a booklet for each squad and gives it to its first officer.
func (f *filler) issueBooklets(ctx context.Context) error {
	clerk := f.sessions["clerk"]
	for i, sq := range f.squads {
		first := int64(1001 + 20*i)
		id, err := f.app.Cases.RegisterBooklet(ctx, clerk, casework.BookletInput{
			Unit: sq.unit.ID, Kind: casework.OnSpotDecision, Year: int64(f.p.From.Year()), Prefix: "演城管手罚字", First: first, Last: first + 19,
			Printer: "演示市印刷厂（演示）", Edition: law.MustDate("2025-12-20"), Presealed: true, ReviewFirst: true, Note: "停电、断网时手写",
		})
		if err != nil {
			return fmt.Errorf("booklet of %s: %w", sq.unit.Name, err)
		}
		b := booklet{id: id, next: first, first: f.sessions[sq.officers[0]], other: f.sessions[sq.officers[1]]}
		if err := f.app.Cases.IssueBooklet(ctx, clerk, id, 1, b.first.Person()); err != nil {
			return fmt.Errorf("booklet of %s: %w", sq.unit.Name, err)
		}
		f.booklets = append(f.booklets, b)
	}
	return nil
}

// byHand says which matters fell into a power cut.
func (f *filler) byHand(n int, last bool) bool { return n%67 == 31 || last && n%11 == 6 }

// handwritten is a decision that was written in the booklet and entered when the power was back: now and
// then late, with a slight fault that the head keeps, spoilt, or not entered yet.
func (s *street) handwritten(n int) error {
	c, b := s.f.app.Cases, &s.f.booklets[n%len(s.f.booklets)]
	reported := n%67 != 31
	if reported {
		b = &s.f.booklets[0] // the officer whose account the demo shows finds it in the to-do list
	}
	number := b.next
	b.next++
	written, turn := s.f.clock.Now(), n/67%4
	if turn == 1 {
		written = written.Add(-26 * time.Hour)
	}
	picture := []casework.Picture{{Bytes: s.f.picture()}}
	if reported { // the last days: told by telephone, to be entered
		return c.ReportNumber(s.ctx, b.first, b.id, number, casework.ReportInput{UsedAt: written, Note: "收队时报告，还没有录入"})
	}
	if turn == 2 {
		return c.VoidBookletNumber(s.ctx, b.first, b.id, number, "当事人姓名写错，当场作废重写", picture)
	}
	s.party = s.f.newParty(false)
	in := casework.HandwrittenInput{
		WrittenAt: written, Source: "patrol", Place: s.place, Area: Area, Summary: "停电，人行道上有人摆摊卖水果", Lead: b.first.Person(), Assist: b.other.Person(), Party: s.party.in,
		Penalty: casework.PenaltyInput{
			ActFrom: law.DateOf(written), FactText: "当事人于" + written.Format("1月2日15时04分") + "在" + s.place + "人行道上摆摊出售水果，占用面积2平方米。", Clear: true, PowerCode: "YS-001", Metric: "2", Fine: true, Amount: law.Yuan(100),
			Corrected: true, Harm: "none", PayBy: casework.PayCode, NoExemption: "当事人所处路段为重点保障路段，经教育仍有必要处罚",
		},
		ShowedID: true, Told: true, Heard: casework.NothingSaid, Correct: casework.CorrectedNow, NoFootage: "停电，执法记录仪没有电", OfficersSigned: true, PartySigned: "on_paper",
	}
	switch turn {
	case 1:
		in.LateWhy = "片区连续停电，第二天下午才恢复"
	case 3:
		in.NoFootage, in.AsWritten = "", true
	}
	s.f.tick(25)
	id, err := c.EnterHandwritten(s.ctx, b.first, b.id, number, in, picture, []casework.Picture{{Bytes: s.f.picture()}})
	if err != nil {
		return err
	}
	s.id = id
	s.f.tick(10)
	s.do(1, func(v int64) error {
		return c.ConfirmEntry(s.ctx, b.other, id, v, casework.ConfirmInput{Agree: true})
	})
	if turn == 3 {
		s.do(1, func(v int64) error {
			return c.KeepEntry(s.ctx, s.f.sessions["deputy"], id, v, "有现场照片和两名执法人员的记录，事实清楚；已要求执勤前检查记录仪电量")
		})
	}
	s.f.tick(5)
	if s.err == nil {
		s.f.due = append(s.f.due, duePayment{law.DateOf(s.f.clock.Now()).AddDays(1 + s.f.rand.IntN(12)), s.number(), in.Penalty.Amount, s.party.in.Name})
	}
	return s.err
}

// instalments lets the party pay in two parts: applied for with papers, approved by the deputy head, the
// first part paid in time.
func (s *street) instalments(fine law.Money) {
	c := s.f.app.Cases
	today := law.DateOf(s.f.clock.Now())
	first := fine / 2
	parts := []casework.Part{{Due: today.AddDays(30), Amount: first}, {Due: today.AddDays(60), Amount: fine - first}}
	s.do(20, func(v int64) error {
		in := casework.PlanInput{AppliedOn: today, Reason: "家中有病人，近期没有收入，申请分两次缴纳", Hardship: true, Parts: parts}
		return c.ApplyPlan(s.ctx, s.lead, s.id, v, in, []casework.Picture{{Bytes: s.f.picture()}})
	})
	s.do(1, func(v int64) error {
		notice, err := c.DecidePlan(s.ctx, s.f.sessions["deputy"], s.id, v, true, "情况属实")
		if err != nil {
			return err
		}
		return s.handOver(notice)
	})
	if s.err != nil {
		return
	}
	number := s.number()
	s.f.due = append(s.f.due, duePayment{parts[0].Due.AddDays(-3), number, first, s.party.in.Name}, duePayment{parts[1].Due.AddDays(-2), number, fine - first, s.party.in.Name})
}
