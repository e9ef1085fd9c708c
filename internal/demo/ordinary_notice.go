package demo

import (
	"fmt"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/notice"
	"fadu/internal/casework/serving"
	"fadu/internal/store"
)

// seal puts the seal on a paper that is waiting for it.
func (w *Walk) seal(p casework.Paper) error {
	if p.SealedAt != 0 || p.DocNo == "" {
		return nil
	}
	return w.by("clerk", func(by access.Session, _ casework.CaseID, _ int64) error { return w.o.app.Cases.Seal(w.ctx, by, p.ID) })
}

// send has the newest paper of the kinds sealed and opens its service.
func (w *Walk) send(way serving.Way, kinds ...casework.PaperKind) (casework.Paper, error) {
	p, err := w.newest(kinds...)
	if err == nil {
		err = w.sendOut(way, p)
	}
	return p, err
}

func (w *Walk) sendOut(way serving.Way, p casework.Paper) error {
	if err := w.seal(p); err != nil {
		return err
	}
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Serving.Send(w.ctx, by, id, v, serving.SendInput{Paper: p.ID, Way: way})
	})
}

// serve brings the newest paper of the kinds to the party, who signs for it.
func (w *Walk) serve(kinds ...casework.PaperKind) error {
	p, err := w.send(serving.Direct, kinds...)
	if err != nil {
		return err
	}
	return w.deliver(p)
}

func (w *Walk) deliver(p casework.Paper) error {
	in := serving.DeliverInput{Service: p.ID, On: w.today(), Relation: serving.Self, Receiver: w.party.Name, Signed: true}
	if w.matter.unit {
		in.Relation, in.Receiver = serving.Representative, w.party.LegalRep
	}
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Serving.Deliver(w.ctx, by, id, v, serving.Direct, in)
	})
}

func issueNotice(w *Walk) error { return w.issueNotice("") }

func (w *Walk) issueNotice(changed string) error {
	in := notice.IssueInput{Evidence: "询问笔录、现场检查（勘验）笔录、现场照片、书证", Contact: "演示执法人员 0990-0000000", Address: "演示市演示区青石路1号（演示）", Changed: changed}
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Notice.Issue(w.ctx, by, id, v, in)
	})
}

func serveNotice(w *Walk) error { return w.serve(casework.PenaltyNotice) }

// points are what the party says to the notice.
var points = []string{"已经认识到错误，停止了违法行为，请求从轻处罚", "认为数额偏高"}

func stateDefence(w *Walk) error {
	from, until := w.during(20)
	name, _ := w.speaker()
	in := notice.StateInput{Oral: true, On: w.today(), From: from, Until: until, At: "演示区青石路1号（演示）", Recorder: "演示记录员", Person: name, Role: "当事人本人", Points: points}
	if w.matter.unit {
		in.Role = "法定代表人"
	}
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Notice.StateDefence(w.ctx, by, id, v, in)
	})
}

// answerDefence answers each point: the first is adopted, the second is not.
func answerDefence(w *Walk) error {
	in := notice.AnswerInput{Reason: "对照证据逐点复核", Result: "维持拟作的处理意见"}
	err := w.o.app.DB.View(w.ctx, func(tx *store.Tx) error {
		said, err := notice.Points(tx, w.ID)
		for i, p := range said {
			a := notice.Answer{Point: fmt.Sprint(p.ID), Answer: "情况属实，已在裁量中考虑", Adopted: true}
			if i > 0 {
				a = notice.Answer{Point: fmt.Sprint(p.ID), Answer: "拟定的数额在裁量阶次以内", Why: "没有应当减少的法定情形"}
			}
			in.Answers = append(in.Answers, a)
		}
		return err
	})
	if err != nil {
		return err
	}
	if len(in.Answers) == 0 {
		in.Result = "当事人没有提出意见，维持拟作的处理意见"
	}
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Notice.AnswerDefence(w.ctx, by, id, v, in)
	})
}
