package demo

import (
	"bytes"
	"context"
	"fmt"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
)

// recent is how many of the last days leave work on the desks.
const recent = 6

// cases runs the simulated days: every working day some leads are found, papers handed over, money
// reconciled, cases filed and closed.
func (f *filler) cases(ctx context.Context) error {
	days := []law.Date{}
	for d := f.p.From; !d.After(f.p.Until); d = d.AddDays(1) {
		ok, err := f.app.Calendar.Workday(d)
		if err != nil {
			return err
		}
		if ok {
			days = append(days, d)
		}
	}
	if err := f.planOrdinary(ctx); err != nil {
		return err
	}
	done := 0
	for i, d := range days {
		f.at(d, 8, 30)
		if err := f.turnYear(ctx, d); err != nil {
			return err
		}
		if err := f.reconcile(ctx, d); err != nil {
			return err
		}
		if err := f.ordinaryDay(ctx, d); err != nil {
			return err
		}
		for want := f.p.Cases * (i + 1) / len(days); done < want; done++ {
			f.at(d, 9+f.rand.IntN(7), f.rand.IntN(50))
			if err := f.one(ctx, done, i >= len(days)-recent); err != nil {
				return fmt.Errorf("case %d on %s: %w", done, d, err)
			}
		}
		f.at(d, 17, 20)
		if err := f.closing(ctx, i >= len(days)-recent); err != nil {
			return err
		}
		if _, err := f.app.Jobs.RunDue(ctx); err != nil {
			return err
		}
	}
	return f.ordinaryLeft()
}

// street is one case while it is worked on.
type street struct {
	f            *filler
	ctx          context.Context
	id           casework.CaseID
	lead, assist access.Session
	squad        squad
	off          offence
	metric       string
	place        string
	party        party
	err          error
}

func (s *street) version() int64 {
	if s.err != nil {
		return 0
	}
	var v int64
	s.err = s.f.app.DB.View(s.ctx, func(tx *store.Tx) (err error) {
		v, err = casework.VersionOf(tx, s.id)
		return err
	})
	return v
}

// do runs one command and lets a few minutes pass; after an error nothing more is done.
func (s *street) do(minutes int, f func(version int64) error) {
	v := s.version()
	if s.err != nil {
		return
	}
	if err := f(v); err != nil {
		s.err = err
		return
	}
	s.f.tick(minutes)
}

func (f *filler) one(ctx context.Context, n int, last bool) error {
	sq := f.squads[n%3]
	if last && n%3 != 2 {
		sq = f.squads[0]
	}
	a := f.rand.IntN(len(sq.officers))
	b := (a + 1 + f.rand.IntN(len(sq.officers)-1)) % len(sq.officers)
	if last {
		a, b = 0, 1 // the officers whose accounts the demo shows find work on their desks
	}
	s := &street{f: f, ctx: ctx, lead: f.sessions[sq.officers[a]], assist: f.sessions[sq.officers[b]], squad: sq, off: offences[f.rand.IntN(len(offences))]}
	s.place = fmt.Sprintf("演示区%s%d号门前", streets[f.rand.IntN(len(streets))], f.rand.IntN(180)+1)
	if len(s.off.metric) > 0 {
		s.metric = s.off.metric[f.rand.IntN(len(s.off.metric))]
	}
	if len(f.parties) > 20 && f.rand.IntN(10) == 0 {
		s.party = f.parties[f.rand.IntN(len(f.parties))]
		if (s.party.in.Kind == casework.LegalPerson) != s.off.unit {
			s.party = f.newParty(s.off.unit)
		}
	} else {
		s.party = f.newParty(s.off.unit)
	}
	if f.byHand(n, last) {
		return s.handwritten(n)
	}
	var err error
	summary := s.off.summary
	s.id, err = f.app.Cases.RegisterLead(ctx, s.lead, casework.LeadInput{Source: "patrol", FoundAt: f.clock.Now(), Place: s.place, Area: Area, Summary: summary})
	if err != nil {
		return err
	}
	if last && n%7 == 0 {
		return nil // found today, not yet taken up
	}
	s.scene()
	if s.err == nil {
		s.finish(n, last)
	}
	return s.err
}

// scene is what happens on every case before the decision.
func (s *street) scene() {
	c := s.f.app.Cases
	s.do(2, func(v int64) error {
		return c.NameOfficers(s.ctx, s.lead, s.id, v, casework.OfficersInput{Lead: s.lead.Person(), Assist: s.assist.Person()})
	})
	s.step(1, casework.StepInput{Kind: casework.StepShowID, Text: "两名执法人员向当事人出示执法证件"})
	s.do(2, func(v int64) error {
		return c.AddPhoto(s.ctx, s.lead, s.id, v, casework.PhotoInput{Caption: "现场全景", Place: s.place, TakenAt: s.f.clock.Now(), Type: "image/jpeg"}, bytes.NewReader(s.f.picture()))
	})
	s.do(3, func(v int64) error { return c.RecordParty(s.ctx, s.lead, s.id, v, s.party.in) })
	if s.metric != "" {
		s.step(2, casework.StepInput{Kind: casework.StepMeasure, Detail: s.metric, Text: "卷尺、清点"})
	}
	s.step(1, casework.StepInput{Kind: casework.StepFootage, Detail: fmt.Sprintf("DSJ-%04d-%s", 100+s.f.rand.IntN(40), s.f.clock.Now().Format("20060102150405"))})
	s.step(2, casework.StepInput{Kind: casework.StepTell, Text: "告知拟作出处罚的内容及事实、理由、依据和陈述、申辩的权利"})
	if s.f.rand.IntN(3) == 0 {
		s.step(2, casework.StepInput{Kind: casework.StepHear, Text: "知道错了，马上整改，请从轻处理。"})
		s.step(1, casework.StepInput{Kind: casework.StepReview, Text: "当事人配合改正的情节予以采纳，已在裁量中考虑。"})
	} else {
		s.step(2, casework.StepInput{Kind: casework.StepHear, Text: casework.NothingSaid})
	}
	s.step(3, casework.StepInput{Kind: casework.StepCorrect, Detail: casework.CorrectedNow, Text: "当事人当场改正"})
}

func (s *street) step(minutes int, in casework.StepInput) {
	in.DoneAt = s.f.clock.Now()
	s.do(minutes, func(v int64) error { return s.f.app.Cases.RecordStep(s.ctx, s.lead, s.id, v, in) })
}
