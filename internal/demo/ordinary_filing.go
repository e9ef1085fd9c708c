package demo

import (
	"fmt"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/filing"
	"fadu/internal/org"
	"fadu/internal/store"
)

// lead registers what was seen or reported.
func lead(w *Walk) error {
	s, err := w.o.as(w.ctx, w.lead)
	if err != nil {
		return err
	}
	m := w.matter
	w.ID, err = w.o.app.Cases.RegisterLead(w.ctx, s, casework.LeadInput{Source: m.source, FoundAt: w.o.clock.Now(), Place: w.place(), Area: Area, Summary: m.summary})
	w.tick(5)
	return err
}

func takeUp(w *Walk) error {
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Filing.TakeUp(w.ctx, by, id, v)
	})
}

func assign(w *Walk) error {
	a, err := w.o.as(w.ctx, w.lead)
	if err != nil {
		return err
	}
	b, err := w.o.as(w.ctx, w.assist)
	if err != nil {
		return err
	}
	in := filing.AssignInput{Lead: org.PersonID(a.Person()), Assist: org.PersonID(b.Person())}
	return w.by(w.leader, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Filing.Assign(w.ctx, by, id, v, in)
	})
}

func recordParty(w *Walk) error {
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Cases.RecordParty(w.ctx, by, id, v, w.party)
	})
}

// check records that the matter is ours and that there is evidence.
func check(w *Walk) error { return w.check(filing.CheckInput{PrimaFacie: true, Ours: true}) }

func (w *Walk) check(in filing.CheckInput) error {
	c, err := w.Case()
	if err != nil {
		return err
	}
	m := w.matter
	in.On, in.Found, in.Cause, in.Informant = w.today(), "到现场查看，"+m.summary+"，已拍照、测量，询问了现场人员。", m.cause, filing.NoInformant
	if in.PrimaFacie {
		in.ActFrom, in.Evidence = day(c), "现场照片、测量记录和现场人员的陈述"
		if in.Violated, err = w.violated(); err != nil {
			return err
		}
	}
	if m.source == "complaint" {
		in.Informant, in.Letter = filing.Named, fmt.Sprintf("演信〔%d〕%d号", w.today().Year(), 100+w.number)
	}
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Filing.Record(w.ctx, by, id, v, in)
	})
}

// violated is the provision of the power that the matter will fall under.
func (w *Walk) violated() (han string, err error) {
	err = w.o.app.DB.View(w.ctx, func(tx *store.Tx) error {
		item, err := w.o.app.Powers.ItemOn(tx, w.matter.code, w.today())
		han = item.Violated.Han()
		return err
	})
	return han, err
}

func askFiling(w *Walk) error {
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Filing.Ask(w.ctx, by, id, v, filing.AskInput{Opinion: "有初步证据证明违法行为，属于本机关管辖，建议立案"})
	})
}

func approveFiling(w *Walk) error {
	return w.by("deputy", func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Filing.Approve(w.ctx, by, id, v, filing.DecideInput{Note: "同意立案"})
	})
}

// toOrdinary leaves the street at once: the matter is not for an on-the-spot decision.
func toOrdinary(w *Walk) error {
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Cases.ToOrdinary(w.ctx, by, id, v, "案情需要进一步调查，不宜当场处罚")
	})
}
