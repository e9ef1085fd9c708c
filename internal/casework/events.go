package casework

import (
	"slices"
	"strconv"

	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/law/timing"
	"fadu/internal/store"
)

// Clocks returns the terms of a case as they follow from what happened in it, by the calendar of today.
func (s *Service) Clocks(tx *store.Tx, c *Case) ([]timing.Clock, error) {
	events, err := s.events(tx, c)
	if err != nil {
		return nil, err
	}
	return c.book().Run(s.Calendar, events, tx.Today())
}

// Events are what happened in a case, as its clocks see it, in order of time.
func (s *Service) Events(tx *store.Tx, c *Case) ([]timing.Event, error) { return s.events(tx, c) }

// clocksShown are the terms that the case's page and its call tell: of an ordinary case those from its events that
// were not begun anew or dropped, those that still run first.
func (s *Service) clocksShown(tx *store.Tx, c *Case, f *File) ([]Clock, error) {
	if !c.ordinary() {
		return s.clocks(c, f.Payments, f.Plans)
	}
	all, err := s.Clocks(tx, c)
	if err != nil {
		return nil, err
	}
	var open, done []Clock
	for _, k := range all {
		shown := Clock{Name: k.Term, Done: k.Ended, Deadline: calendar.Deadline{Due: k.Due, RedLine: k.RedLine, NotLoaded: k.NotLoaded, Unit: k.Unit, Count: k.Count, Cite: k.Cite}}
		switch {
		case k.State == timing.Still:
			shown.Name += "（" + k.Why + "，停止计算）"
			open = append(open, shown)
		case k.Open():
			open = append(open, shown)
		case k.State != timing.Superseded && k.State != timing.Dropped:
			done = append(done, shown)
		}
	}
	slices.SortStableFunc(open, func(a, b Clock) int { return b.Deadline.Due.DaysUntil(a.Deadline.Due) })
	return append(open, done...), nil
}

// book is the clocks of the case's procedure; a lead has those of the ordinary one until the street takes it.
func (c *Case) book() *timing.Book {
	if c.ordinary() || c.undecided() {
		return OrdinaryClocks()
	}
	return OnSpotClocks()
}

// events are what happened in a case, as its clocks see it, in order of time: of an ordinary case the rows of
// case_act and what desks add, of an on-the-spot one what its columns and records tell.
func (s *Service) events(tx *store.Tx, c *Case) ([]timing.Event, error) {
	return s.eventsWith(tx, c, s.desks)
}

// MoneyEvents are the events without those that desks derive, for a desk that derives them from the money.
func (s *Service) MoneyEvents(tx *store.Tx, c *Case) ([]timing.Event, error) {
	return s.eventsWith(tx, c, nil)
}

func (s *Service) eventsWith(tx *store.Tx, c *Case, desks []Desk) ([]timing.Event, error) {
	out := []timing.Event{{Act: EventRegistered, On: law.DateOf(c.Found()), At: c.Found()}}
	more, err := s.eventsOnSpot(tx, c)
	if c.ordinary() {
		more, err = eventsOrdinary(tx, c, desks)
	}
	if err != nil {
		return nil, err
	}
	paid, err := paidUp(tx, c)
	if err != nil {
		return nil, err
	}
	gone, err := withdrawals(tx, c.ID)
	if err != nil {
		return nil, err
	}
	out = slices.Concat(out, more, paid, gone)
	slices.SortStableFunc(out, func(a, b timing.Event) int {
		if a.On != b.On {
			return b.On.DaysUntil(a.On)
		}
		if a.At.IsZero() || b.At.IsZero() {
			return 0
		}
		return a.At.Compare(b.At)
	})
	return out, nil
}

func eventsOrdinary(tx *store.Tx, c *Case, desks []Desk) ([]timing.Event, error) {
	acts, err := Acts(tx, c.ID)
	if err != nil {
		return nil, err
	}
	var out []timing.Event
	for _, a := range acts {
		out = append(out, a.event())
	}
	for _, d := range desks {
		if d.Events == nil {
			continue
		}
		more, err := d.Events(tx, c)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}

// paidUp is the day on which nothing of the fine was open any more; none while something is.
func paidUp(tx *store.Tx, c *Case) ([]timing.Event, error) {
	if c.DeliveredAt == 0 || c.Amount == 0 {
		return nil, nil
	}
	ps, err := payments(tx, c.ID)
	if err != nil {
		return nil, err
	}
	rest := c.Amount
	for _, p := range ps {
		if rest -= p.Amount; rest <= 0 {
			return []timing.Event{{Act: EventPaidUp, On: p.PaidOn, At: store.FromMicros(p.RecordedAt)}}, nil
		}
	}
	return nil, nil
}

// withdrawals are what became of the duty to withdraw a publication.
func withdrawals(tx *store.Tx, id CaseID) ([]timing.Event, error) {
	all, err := ofCase[Withdrawal](tx, id)
	if err != nil {
		return nil, err
	}
	var out []timing.Event
	for _, w := range all {
		switch w.State {
		case "withdrawn":
			out = append(out, timing.Event{Act: "withdraw_publication", On: w.DoneOn})
		case "never_published", "lapsed":
			out = append(out, timing.Event{Act: EventNeverPublished, On: w.DoneOn})
		}
	}
	return out, nil
}

// eventsOnSpot derives the events of an on-the-spot case from its columns and records.
func (s *Service) eventsOnSpot(tx *store.Tx, c *Case) ([]timing.Event, error) {
	if c.undecided() {
		return nil, nil
	}
	e := &onSpotEvents{}
	p, err := decision(tx, c.ID)
	if err != nil {
		return nil, err
	}
	switch hand := p != nil && p.Booklet != 0; {
	case c.State == Declined:
		e.at("decline", c.ClosedAt)
	case hand:
		e.at("enter", c.DeliveredAt)
	default:
		e.at("start", c.RecordedAt)
		e.on("decide", c.DecidedOn)
		e.at("deliver", c.DeliveredAt)
	}
	e.at("file", c.FiledAt)
	switch c.State {
	case Closed:
		e.at("close", c.ClosedAt)
	case Revoked:
		e.at("revoke", c.ClosedAt)
	}
	if err := e.money(tx, c); err != nil {
		return nil, err
	}
	if err := e.corrections(tx, c); err != nil {
		return nil, err
	}
	return e.out, e.changes(tx, c)
}

// onSpotEvents collects events; one without a day has not happened.
type onSpotEvents struct{ out []timing.Event }

func (e *onSpotEvents) on(act string, day law.Date, more ...func(*timing.Event)) {
	if !day.IsZero() {
		e.add(timing.Event{Act: act, On: day}, more...)
	}
}

func (e *onSpotEvents) at(act string, micros int64, more ...func(*timing.Event)) {
	if micros != 0 {
		at := store.FromMicros(micros)
		e.add(timing.Event{Act: act, On: law.DateOf(at), At: at}, more...)
	}
}

func (e *onSpotEvents) add(ev timing.Event, more ...func(*timing.Event)) {
	for _, f := range more {
		f(&ev)
	}
	e.out = append(e.out, ev)
}

func of(name string, id int64) func(*timing.Event) {
	return func(e *timing.Event) { e.Of = name + "/" + strconv.FormatInt(id, 10) }
}

func named(d law.Date) func(*timing.Event) { return func(e *timing.Event) { e.Day = d } }

func (e *onSpotEvents) money(tx *store.Tx, c *Case) error {
	ps, err := payments(tx, c.ID)
	if err != nil {
		return err
	}
	for _, p := range ps {
		if p.Channel != PayCash || p.Kind != "fine" {
			continue
		}
		e.on("collect", p.PaidOn, of("payment", p.ID))
		e.on("hand_in", p.HandedInOn, of("payment", p.ID))
		e.on("deposit", p.DepositedOn, of("payment", p.ID))
	}
	plans, err := plansOf(tx, c.ID)
	if err != nil {
		return err
	}
	for _, p := range plans[c.ID] {
		if (p.State == PlanApproved || p.State == PlanEnded) && len(p.Parts) > 0 {
			e.on("approve_terms", p.DecidedOn, named(p.Parts[len(p.Parts)-1].Due))
		}
		e.on("end_terms", p.EndedOn)
	}
	return nil
}

// corrections are the orders to correct by a day, and the looks at them; on the street both are steps.
func (e *onSpotEvents) corrections(tx *store.Tx, c *Case) error {
	all, err := steps(tx, c.ID)
	if err != nil {
		return err
	}
	last := int64(0)
	for _, st := range all {
		switch {
		case bool(st.Withdrawn):
		case st.Kind == StepCorrect && !st.Due.IsZero():
			last = st.ID
			e.at("order_paper", st.DoneAt, of("step", st.ID), named(st.Due))
		case st.Kind == StepRecheck && last != 0:
			e.at("recheck", st.DoneAt, of("step", last))
		}
	}
	return nil
}

func (e *onSpotEvents) changes(tx *store.Tx, c *Case) error {
	var all []Change
	if err := tx.DB().NewSelect().Model(&all).Where("case_id = ?", c.ID).Where("undone = 0").Order("paper_id").Scan(tx.Ctx); err != nil {
		return err
	}
	for i, ch := range all {
		at := ch.MadeAt
		if i == len(all)-1 { // the term of payment began anew when it was handed over
			at = max(at, c.PayFrom)
		}
		e.at("change", at)
	}
	return nil
}
