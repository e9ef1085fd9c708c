package demo

import (
	"fmt"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/decision"
	"fadu/internal/legalreview"
	"fadu/internal/store"
)

// proofs are the evidence of a decision: all that was admitted.
func (w *Walk) proofs(c *casework.Case) (out []decision.DecisionProof, err error) {
	err = w.o.app.DB.View(w.ctx, func(tx *store.Tx) error {
		all, err := w.o.app.Cases.Exhibits(tx, c)
		out = decision.Admitted(all)
		return err
	})
	return out, err
}

func (w *Walk) drafted() (decision.DraftInput, error) {
	c, err := w.Case()
	if err != nil {
		return decision.DraftInput{}, err
	}
	p, err := w.newest(casework.PenaltyNotice)
	if err != nil {
		return decision.DraftInput{}, err
	}
	proofs, err := w.proofs(c)
	m := w.matter
	in := decision.DraftInput{
		PublicInterest: no(), MajorRights: no(), Complex: no(), ManyRelations: no(), SocialRisk: no(), Slight: no(), SlightWhy: m.measure + "，持续时间较长",
		Outcome: decision.Punish, Clear: true, Course: "本机关于" + day(c).Han() + "发现，" + c.FiledOn.Han() + "立案，调查终结", Facts: fmt.Sprintf(m.fact, day(c).Han(), w.place()), Proofs: proofs,
		Notified: p.ServedOn().Han() + "送达" + p.Named() + "，告知拟作出的处罚和陈述、申辩的权利", Opinion: "按" + m.measure + "确定阶次，在幅度以内确定数额",
		Penalties: []decision.DecisionPenalty{{Kind: string(casework.PenaltyFine), Amount: m.fine}}, Channel: "演示银行各网点，或者扫描缴款码缴纳",
	}
	return in, err
}

// no answers a question of the draft.
func no() *bool { return new(bool) }

func drawUp(w *Walk) error {
	in, err := w.drafted()
	if err != nil {
		return err
	}
	return w.draw(in)
}

func (w *Walk) draw(in decision.DraftInput) error {
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Decision.Draw(w.ctx, by, id, v, in)
	})
}

func submitReview(w *Walk) error {
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Review.Submit(w.ctx, by, id, v, legalreview.SubmitInput{Ground: "对单位罚款五万元以上，属于重大执法决定"})
	})
}

// opinion gives one of the four opinions.
func opinion(act, reason string) func(w *Walk) error {
	return func(w *Walk) error {
		in := legalreview.OpinionInput{Reason: reason, Signed: true}
		for range casework.ReviewPoints {
			in.Points = append(in.Points, legalreview.LegalReviewPoint{Finding: "符合规定", Cite: "行政处罚法第五十八条"})
		}
		return w.by("reviewer", func(by access.Session, id casework.CaseID, v int64) error {
			return w.o.app.Review.Give(w.ctx, by, id, v, act, in)
		})
	}
}

var agree = opinion("review_agree", "事实清楚，证据充分，程序合法，裁量适当")

func submitDiscussion(w *Walk) error {
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Decision.Submit(w.ctx, by, id, v, decision.AskInput{Opinion: "数额较大，提请集体讨论"})
	})
}

// discuss holds the collective discussion: the deputy speaks, the chief speaks last, both sign.
func discuss(w *Walk) error {
	var members []decision.DiscussionMember
	for _, login := range []string{"deputy", "head"} {
		s, err := w.o.as(w.ctx, login)
		if err != nil {
			return err
		}
		members = append(members, decision.DiscussionMember{Account: strconv.FormatInt(int64(s.Account()), 10), Says: "事实清楚，处理适当", Vote: decision.VoteFor})
	}
	in := decision.DiscussionInput{
		On: w.today(), From: "9时00分", Until: "9时40分", At: "局会议室（演示）", Host: "演示局长", Recorder: "演示内勤", Members: members,
		Guests: []decision.DiscussionGuest{{Name: "演示承办人", Post: "承办人", Says: "汇报案情"}, {Name: "演示审核员", Post: "法制审核员", Says: "说明审核意见"}},
		Report: "承办人汇报案情、证据和拟作的决定", Read: []string{"调查终结报告", "法制审核意见书"}, Result: "同意拟作的决定", Agreed: true, Dissent: "无",
	}
	err := w.by("clerk", func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Decision.Record(w.ctx, by, id, v, in)
	})
	for _, login := range []string{"deputy", "head"} {
		if err == nil {
			err = w.by(login, func(by access.Session, id casework.CaseID, v int64) error {
				return w.o.app.Decision.Sign(w.ctx, by, id, v, decision.SignInput{})
			})
		}
	}
	if err != nil {
		return err
	}
	return w.by("clerk", func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Decision.Conclude(w.ctx, by, id, v)
	})
}

func askDecision(w *Walk) error {
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Decision.Ask(w.ctx, by, id, v, decision.AskInput{Opinion: "建议按拟定的意见处理"})
	})
}

func punish(w *Walk) error {
	return w.by("head", func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Decision.Punish(w.ctx, by, id, v, decision.DecideInput{Note: "同意"})
	})
}

func serveDecision(w *Walk) error {
	return w.serve(casework.PenaltyDecisionKind, casework.NoPenaltyDecisionKind)
}

// spare draws up a decision not to punish, for a ground of the law.
func spare(ground, why string) func(w *Walk) error {
	return func(w *Walk) error {
		c, err := w.Case()
		if err != nil {
			return err
		}
		proofs, err := w.proofs(c)
		if err != nil {
			return err
		}
		in := decision.DraftInput{
			PublicInterest: no(), MajorRights: no(), Complex: no(), ManyRelations: no(), SocialRisk: no(),
			Outcome: decision.Spare, Clear: true, Course: "本机关于" + day(c).Han() + "发现，" + c.FiledOn.Han() + "立案，调查终结", Facts: fmt.Sprintf(w.matter.fact, day(c).Han(), w.place()), Proofs: proofs,
			Ground: ground, Why: why, Educated: "约谈当事人，讲明有关规定和危害，当事人签署承诺书",
		}
		if ground == "违法行为轻微" {
			slight := true
			in.Slight, in.SlightWhy = &slight, w.matter.measure+"，当场清理"
		}
		if ground == "违法事实不成立" {
			in.Educated = ""
		}
		return w.draw(in)
	}
}

func pardon(w *Walk) error {
	return w.by("head", func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Decision.Spare(w.ctx, by, id, v, decision.DecideInput{Note: "同意"})
	})
}

func returnDecision(w *Walk) error {
	return w.by("head", func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Decision.Return(w.ctx, by, id, v, decision.ReturnInput{Why: "补写裁量理由"})
	})
}

// voidDecision voids the decision that was issued and not yet served.
func voidDecision(w *Walk) error {
	return w.by(w.leader, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Cases.VoidPaper(w.ctx, by, id, v, "当事人住址门牌号写错")
	})
}

func withdrawReview(w *Walk) error {
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Review.Withdraw(w.ctx, by, id, v, legalreview.WithdrawInput{Why: "补充材料后再送"})
	})
}

// redraft words the draft anew, as the reviewer wanted: what was agreed to lapses.
func redraft(w *Walk) error {
	in, err := w.drafted()
	if err != nil {
		return err
	}
	in.Opinion += "；已补充说明没有从重、减轻情形"
	return w.draw(in)
}
