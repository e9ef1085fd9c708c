package casework

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"fadu/internal/law"
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

// registered is the lead as its clocks see it.
func (c *Case) registered() timing.Event {
	return timing.Event{Act: EventRegistered, On: law.DateOf(c.Found()), At: c.Found()}
}

// MoneyEvents are the events without those that desks derive, for a desk that derives them from the money.
func (s *Service) MoneyEvents(tx *store.Tx, c *Case) ([]timing.Event, error) {
	return s.eventsWith(tx, c, nil)
}

func (s *Service) eventsWith(tx *store.Tx, c *Case, desks []Desk) ([]timing.Event, error) {
	out := []timing.Event{c.registered()}
	var more []timing.Event
	var err error
	if c.ordinary() {
		more, err = eventsOrdinary(tx, c, desks)
	} else {
		more, err = s.eventsOnSpot(tx, c)
	}
	if err != nil {
		return nil, err
	}
	money, err := moneyEvents(tx, c, more)
	if err != nil {
		return nil, err
	}
	out = slices.Concat(out, more, money)
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
	var set []timing.Event // what a judgment set for the new decision
	for _, a := range acts {
		out = append(out, a.event())
		if a.Act == "reopen" && !a.Named.IsZero() {
			by := a.event()
			by.Act = EventToDecideBy
			set = append(set, by)
		}
	}
	holdReviews(acts, out)
	out = append(out, set...)
	changed, err := changesServed(tx, c.ID)
	if err != nil {
		return nil, err
	}
	out = append(out, changed...)
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

// changesServed are the changes of a decision that reached the party.
func changesServed(tx *store.Tx, id CaseID) ([]timing.Event, error) {
	all, err := papers(tx, id)
	var out []timing.Event
	for _, p := range all {
		if p.Kind == ChangeDecision && p.DeliveredAt != 0 {
			out = append(out, timing.Event{Act: EventChangeServed, On: p.ServedOn(), At: store.FromMicros(p.DeliveredAt), Paper: p.ID.Subject()})
		}
	}
	return out, err
}

// moneyEvents are what payments and plans tell, of either procedure: nothing before the decision is served.
func moneyEvents(tx *store.Tx, c *Case, others []timing.Event) ([]timing.Event, error) {
	if c.DeliveredAt == 0 {
		return nil, nil
	}
	served := timing.Event{On: law.DateOf(c.Delivered()), At: c.Delivered()}
	begins := []string{"deliver", "enter", "change"}
	if c.ordinary() {
		begins = []string{"decision_served", EventChangeServed}
	}
	for _, e := range others { // the term of payment began with the last of these
		if slices.Contains(begins, e.Act) && !e.On.Before(served.On) {
			served.On, served.At = e.On, later(served.At, e.At)
		}
	}
	if c.Amount == 0 {
		served.Act = EventNothingOwed
		return []timing.Event{served}, nil
	}
	ps, err := payments(tx, c.ID)
	if err != nil {
		return nil, err
	}
	plans, err := plansOf(tx, c.ID)
	if err != nil {
		return nil, err
	}
	out := planEvents(c, plans[c.ID], ps, served)
	rest := c.Amount
	for _, p := range ps {
		if rest -= p.Amount; rest <= 0 {
			return append(out, after(served, EventPaidUp, p.PaidOn)), nil
		}
	}
	return out, nil
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// planEvents are what approved plans say about payment: until when each instalment is to be paid, and what became of it.
// When a plan was cancelled, what is open is due at once.
func planEvents(c *Case, plans []Plan, ps []Payment, served timing.Event) []timing.Event {
	var out []timing.Event
	for i, p := range plans {
		if p.State != PlanApproved && p.State != PlanEnded {
			continue
		}
		if !c.ordinary() { // of an ordinary case the act says it
			e := timing.Event{Act: "approve_terms", On: p.DecidedOn}
			if p.State == PlanApproved {
				e = after(served, e.Act, e.On)
			}
			out = append(out, e)
		}
		over := p.EndedOn
		if over.Before(p.DecidedOn) {
			over = p.DecidedOn
		}
		for _, x := range p.standing(c.Amount, ps) {
			e := timing.Event{Of: fmt.Sprintf("payment_part/%d-%d", p.ID, x.Number), On: p.DecidedOn}
			due, paid, off := e, e, e
			due.Act, due.Day = EventPartDue, x.Due
			paid.Act, paid.On = EventPartPaid, x.PaidOn
			off.Act, off.On = EventPartOff, over
			out = append(out, due)
			switch {
			case !x.PaidOn.IsZero():
				out = append(out, paid)
			case p.State == PlanEnded:
				out = append(out, off)
			}
		}
		if p.State == PlanEnded && i == len(plans)-1 {
			out = append(out, timing.Event{Act: EventPartDue, Of: fmt.Sprintf("payment_plan/%d", p.ID), On: over, Day: over})
		}
	}
	return out
}

// after is an event of a day that cannot come before another one.
func after(first timing.Event, act string, on law.Date) timing.Event {
	if on.After(first.On) {
		return timing.Event{Act: act, On: on}
	}
	return timing.Event{Act: act, On: first.On, At: first.At}
}

// eventsOnSpot derives the events of an on-the-spot case from its columns and records.
func (s *Service) eventsOnSpot(tx *store.Tx, c *Case) ([]timing.Event, error) {
	if c.undecided() {
		return nil, nil
	}
	e := &onSpotEvents{}
	if c.DecidedOn.IsZero() && c.State != Declined { // on the street: an order to correct may stand already
		e.at("start", c.RecordedAt)
		return e.out, e.corrections(tx, c)
	}
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

func heldBy(person int64) func(*timing.Event) { return func(e *timing.Event) { e.Holder = person } }

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
		e.on("collect", p.PaidOn, of("payment", p.ID), heldBy(p.Officer))
		e.on("hand_in", p.HandedInOn, of("payment", p.ID))
		e.on("deposit", p.DepositedOn, of("payment", p.ID))
	}
	return nil
}

// corrections are the orders to correct by a day, and the looks at them; on the street both are steps.
func (e *onSpotEvents) corrections(tx *store.Tx, c *Case) error {
	all, err := steps(tx, c.ID)
	if err != nil {
		return err
	}
	for _, st := range all {
		switch {
		case bool(st.Withdrawn):
		case st.Kind == StepCorrect && st.Detail == CorrectedNow, st.Kind == StepRecheck:
			e.at("recheck", st.DoneAt)
		case st.Kind == StepCorrect && !st.Due.IsZero():
			e.at("order_paper", st.DoneAt, named(st.Due))
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
	if len(all) == 0 && c.State != Revoked {
		return nil
	}
	return e.withdrawals(tx, c, all)
}

// withdrawals are the duties to withdraw what was published of a decision that was changed or revoked, and what became
// of them. One that lapsed belongs to a change that was undone.
func (e *onSpotEvents) withdrawals(tx *store.Tx, c *Case, changes []Change) error {
	rows, err := ofCase[Withdrawal](tx, c.ID)
	for _, w := range rows {
		if w.State == "lapsed" {
			continue
		}
		began := c.ClosedAt
		if w.Cause == "change" && len(changes) > 0 {
			began = changes[0].MadeAt
			changes = changes[1:]
		}
		thing := of("publication", w.ID)
		e.at(EventPublicationOwed, began, thing)
		switch w.State {
		case "withdrawn":
			e.on("withdraw_publication", w.DoneOn, thing)
		case "never_published":
			e.on(EventNeverPublished, w.DoneOn, thing)
		}
	}
	return err
}
