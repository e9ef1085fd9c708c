package demo

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/hearing"
	"fadu/internal/org"
	"fadu/internal/store"
)

func askHearing(w *Walk) error {
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Hearing.Ask(w.ctx, by, id, v, hearing.AskInput{On: w.today(), Reason: "认为罚款数额过高，要求听证", Agents: []string{"演示代理律师"}, Mandates: []string{w.today().Han() + "授权委托书，一般代理"}})
	})
}

// latest is the last doing of an act of the case; a zero one when it was not done.
func (w *Walk) latest(act string) (out casework.CaseAct, err error) {
	err = w.o.app.DB.View(w.ctx, func(tx *store.Tx) error {
		all, err := casework.Acts(tx, w.ID)
		for _, a := range all {
			if a.Act == act {
				out = a
			}
		}
		return err
	})
	return out, err
}

// row is the row beside the line that an act of the case opened last: hearing/12.
func (w *Walk) row(act string) (string, error) {
	a, err := w.latest(act)
	if err == nil && a.Of == "" {
		err = fmt.Errorf("%s opened nothing", act)
	}
	return a.Of, err
}

func (w *Walk) hearing() (hearing.ID, error) {
	of, err := w.row("ask_hearing")
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseInt(of[strings.Index(of, "/")+1:], 10, 64)
	return hearing.ID(n), err
}

// onHearing lets somebody do something with the hearing.
func (w *Walk) onHearing(login string, do func(by access.Session, id casework.CaseID, v int64, h hearing.ID) error) error {
	h, err := w.hearing()
	if err != nil {
		return err
	}
	return w.by(login, func(by access.Session, id casework.CaseID, v int64) error { return do(by, id, v, h) })
}

// text is an act of the hearing that needs its reason only.
func text(do func(w *Walk) func(by access.Session, id casework.CaseID, v int64, in hearing.TextInput) error, why string) func(w *Walk) error {
	return func(w *Walk) error {
		return w.onHearing("legal", func(by access.Session, id casework.CaseID, v int64, h hearing.ID) error {
			return do(w)(by, id, v, hearing.TextInput{Hearing: h, Text: why, Basis: "《中华人民共和国行政处罚法》第六十三条"})
		})
	}
}

var (
	acceptHearing = text(func(w *Walk) func(access.Session, casework.CaseID, int64, hearing.TextInput) error {
		return func(by access.Session, id casework.CaseID, v int64, in hearing.TextInput) error {
			return w.o.app.Hearing.Accept(w.ctx, by, id, v, in)
		}
	}, "在期限内提出，属于听证范围")
	withdrawHearing = text(func(w *Walk) func(access.Session, casework.CaseID, int64, hearing.TextInput) error {
		return func(by access.Session, id casework.CaseID, v int64, in hearing.TextInput) error {
			return w.o.app.Hearing.Withdraw(w.ctx, by, id, v, in)
		}
	}, "当事人书面撤回听证申请")
	pauseHearing = text(func(w *Walk) func(access.Session, casework.CaseID, int64, hearing.TextInput) error {
		return func(by access.Session, id casework.CaseID, v int64, in hearing.TextInput) error {
			return w.o.app.Hearing.Pause(w.ctx, by, id, v, in)
		}
	}, "当事人申请通知新的证人到场")
	resumeHearing = text(func(w *Walk) func(access.Session, casework.CaseID, int64, hearing.TextInput) error {
		return func(by access.Session, id casework.CaseID, v int64, in hearing.TextInput) error {
			return w.o.app.Hearing.Resume(w.ctx, by, id, v, in)
		}
	}, "证人可以到场")
	refuseHearing = text(func(w *Walk) func(access.Session, casework.CaseID, int64, hearing.TextInput) error {
		return func(by access.Session, id casework.CaseID, v int64, in hearing.TextInput) error {
			return w.o.app.Hearing.Refuse(w.ctx, by, id, v, in)
		}
	}, "超过五个工作日才提出")
)

// endHearing ends a hearing from which the party stayed away.
func endHearing(w *Walk) error {
	from, until := w.during(30)
	return w.onHearing("legal", func(by access.Session, id casework.CaseID, v int64, h hearing.ID) error {
		return w.o.app.Hearing.End(w.ctx, by, id, v, hearing.RecordInput{Hearing: h, From: from, Until: until, Present: "经通知无正当理由没有到场", Signed: true, Absent: true})
	})
}

func appointHost(w *Walk) error {
	host, err := w.o.as(w.ctx, "legal")
	if err != nil {
		return err
	}
	clerk, err := w.o.as(w.ctx, "clerk")
	if err != nil {
		return err
	}
	return w.onHearing("head", func(by access.Session, id casework.CaseID, v int64, h hearing.ID) error {
		return w.o.app.Hearing.Appoint(w.ctx, by, id, v, hearing.HostInput{Hearing: h, Host: org.PersonID(host.Person()), Clerk: org.PersonID(clerk.Person())})
	})
}

// hearingAhead is how many working days lie between the notice of a hearing and its day, that day counted.
const hearingAhead = 9

// scheduleHearing calls the hearing and hands acceptance and notice over.
func scheduleHearing(w *Walk) error {
	day, err := w.o.app.Calendar.AddWorkdays(w.today(), hearingAhead)
	if err != nil {
		return err
	}
	in := hearing.PlanInput{When: day.Start().Add(9 * time.Hour), Place: "局听证室（演示）", Announce: hearing.Announce{Apply: day.AddDays(-2).Han(), Office: "法制科（演示）", Seats: 10}}
	err = w.onHearing("legal", func(by access.Session, id casework.CaseID, v int64, h hearing.ID) error {
		in.Hearing = h
		return w.o.app.Hearing.Schedule(w.ctx, by, id, v, in)
	})
	if err != nil {
		return err
	}
	return serveRest(w)
}

func holdHearing(w *Walk) error {
	from, until := w.during(60)
	return w.onHearing("legal", func(by access.Session, id casework.CaseID, v int64, h hearing.ID) error {
		return w.o.app.Hearing.Hold(w.ctx, by, id, v, hearing.RecordInput{
			Hearing: h, From: from, Until: until, Present: "当事人、代理人到场", Opening: "宣布听证纪律和流程，告知权利义务，当事人不申请回避", Accusation: "调查人员提出事实、证据和处罚建议",
			Defence: "当事人对事实没有异议，认为数额偏高", Final: "双方作最后陈述", Signed: true,
		})
	})
}

func reportHearing(w *Walk) error {
	return w.onHearing("legal", func(by access.Session, id casework.CaseID, v int64, h hearing.ID) error {
		return w.o.app.Hearing.Report(w.ctx, by, id, v, hearing.ReportInput{
			Hearing: h, Facts: w.matter.cause, Accusation: "事实清楚，建议按裁量基准处罚", Defence: "请求降低数额", Findings: "双方对事实没有争议，证据经质证予以认定", Proposal: "事实清楚，建议维持拟作的处理意见", Attached: true,
		})
	})
}
