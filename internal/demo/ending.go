package demo

import (
	"bytes"
	"errors"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
)

// finish ends the case in one of the ways that streets know.
func (s *street) finish(n int, last bool) {
	c := s.f.app.Cases
	if s.f.rand.IntN(100) < 2 {
		s.do(1, func(v int64) error {
			return c.ToOrdinary(s.ctx, s.lead, s.id, v, "案情需要进一步调查，不宜当场处罚")
		})
		return
	}
	if last && n%5 == 1 {
		return // still on site
	}
	in, ok := s.penalty()
	if s.err != nil {
		return
	}
	if !ok {
		s.educate()
		return
	}
	s.do(3, func(v int64) error { return c.Propose(s.ctx, s.lead, s.id, v, in) })
	if s.err != nil {
		return
	}
	var paper casework.PaperID
	s.do(2, func(v int64) (err error) { paper, err = c.Decide(s.ctx, s.lead, s.id, v); return err })
	if s.err != nil || last && n%5 == 2 {
		return // waiting for signatures
	}
	if n%97 == 50 {
		s.do(2, func(v int64) error {
			return c.VoidPaper(s.ctx, s.f.sessions[leaderOf(s.squad)], s.id, v, "打印时卡纸，纸面污损，当场作废重出")
		})
		s.do(2, func(v int64) (err error) { paper, err = c.Decide(s.ctx, s.lead, s.id, v); return err })
	}
	s.sign(paper, n)
	s.do(5, func(v int64) error {
		return c.Deliver(s.ctx, s.lead, s.id, v, casework.DeliverInput{At: s.f.clock.Now()})
	})
	switch {
	case s.err != nil:
	case n%61 == 40:
		s.do(1, func(v int64) error {
			slip, err := c.CorrectPaper(s.ctx, s.f.sessions["deputy"], s.id, v, casework.CorrectionInput{Item: "当事人住所门牌号", Was: "（笔误）", Becomes: s.party.in.Address, Why: "填写时笔误，不影响当事人权利义务", SlipOnly: true})
			return errors.Join(err, s.handOver(slip))
		})
		s.pay(in, n)
	case n%83 == 60:
		s.do(1, func(v int64) error {
			revocation, err := c.Revoke(s.ctx, s.f.sessions["head"], s.id, v, "复查发现当事人另有身份证明材料，认定的当事人有误")
			return errors.Join(err, s.handOver(revocation))
		})
	default:
		s.pay(in, n)
	}
}

// handOver gives the party a paper other than the decision.
func (s *street) handOver(paper casework.PaperID) error {
	if paper == 0 {
		return nil
	}
	s.f.tick(1)
	return s.f.app.Cases.HandOver(s.ctx, s.lead, paper, casework.HandOverInput{At: s.f.clock.Now(), How: casework.HandedDirect})
}

func leaderOf(sq squad) string { return sq.officers[len(sq.officers)-1] }

// educate ends a slight or first offence without a case.
func (s *street) educate() {
	s.step(2, casework.StepInput{Kind: casework.StepEducate, Detail: "signed", Text: "讲明有关规定和危害，当事人签署承诺书"})
	s.do(2, func(v int64) error {
		in := casework.DeclineInput{Ground: "slight", ActFrom: law.DateOf(s.f.clock.Now()), FactText: s.fact(), PowerCode: s.off.code, Harm: "none", Why: "违法行为轻微，当场改正，没有造成危害后果"}
		if s.f.rand.IntN(2) == 0 {
			in.Ground, in.Harm, in.Why = "first", "slight", "初次违法，危害后果轻微，当场改正"
		}
		record, err := s.f.app.Cases.Decline(s.ctx, s.lead, s.id, v, in)
		if err == nil {
			return s.handOver(record)
		}
		var refused *law.Refusal
		if errors.As(err, &refused) {
			err = s.f.app.Cases.ToOrdinary(s.ctx, s.lead, s.id, v, "不符合当场处罚和不予处罚的条件")
		}
		return err
	})
}

func (s *street) sign(paper casework.PaperID, n int) {
	c := s.f.app.Cases
	if s.err != nil {
		return
	}
	for _, sg := range []struct {
		by access.Session
		in casework.SignInput
	}{
		{s.lead, casework.SignInput{Role: casework.SignLead, Method: "drawn"}},
		{s.assist, casework.SignInput{Role: casework.SignAssist, Method: "drawn"}},
		{s.lead, casework.SignInput{Role: casework.SignParty, Method: "drawn"}},
	} {
		image := s.f.signature(sg.by.Login())
		if sg.in.Role == casework.SignParty {
			image = s.f.signature(s.party.in.Name)
		}
		if sg.in.Role == casework.SignParty && n%13 == 4 {
			sg.in.Method, sg.in.Note, image = "refused", "当事人拒绝签名，两名执法人员当场注明，已录像", nil
		}
		var err error
		if image == nil {
			err = c.Sign(s.ctx, sg.by, paper, sg.in, nil)
		} else {
			err = c.Sign(s.ctx, sg.by, paper, sg.in, bytes.NewReader(image))
		}
		if err != nil {
			s.err = err
			return
		}
		s.f.tick(1)
	}
}

// pay takes cash where it is lawful, or lets the payment arrive with a later statement.
func (s *street) pay(in casework.PenaltyInput, n int) {
	if in.Amount == 0 {
		return
	}
	if in.PayBy == casework.PayCash {
		var number string
		s.err = s.f.app.DB.View(s.ctx, func(tx *store.Tx) (err error) {
			number, err = casework.NextReceipt(tx, s.lead.Person())
			return err
		})
		if s.err == nil && number != "" {
			s.do(2, func(v int64) error {
				return s.f.app.Cases.CollectCash(s.ctx, s.lead, s.id, v, casework.CashInput{Amount: in.Amount, ReceiptNo: number})
			})
			return
		}
	}
	if n%29 == 7 {
		return // never pays
	}
	if n%131 == 45 && in.Amount >= law.Yuan(20) {
		s.instalments(in.Amount)
		return
	}
	s.f.due = append(s.f.due, duePayment{law.DateOf(s.f.clock.Now()).AddDays(1 + s.f.rand.IntN(12)), s.number(), in.Amount, s.party.in.Name})
}

// number is the decision's, as the party writes it on the transfer.
func (s *street) number() string {
	if s.err != nil {
		return ""
	}
	var number string
	s.err = s.f.app.DB.View(s.ctx, func(tx *store.Tx) (err error) {
		number, err = casework.DocNoOf(tx, s.id)
		return err
	})
	return number
}
