package demo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
)

// Scenario is a case of the ordinary procedure from its lead to its end, as a list of steps. Each step is what real
// people do with the real desks; nothing is stated that no record says.
type Scenario struct {
	// Name is what happens in it.
	Name   string
	matter matter
	steps  []step
}

// step is what is done in one go.
type step struct {
	// wait is how many working days pass before it; days are calendar days instead, where a term counts those.
	wait, days int
	do         func(w *Walk) error
	// state is where the case is after it; "" leaves it where it was.
	state casework.State
	// runs: what the step begins runs on after it, and the scenario ends with it.
	runs bool
}

// to says where the step leads.
func (st step) to(s casework.State) step {
	st.state = s
	return st
}

// Comes reports whether the scenario leads through a state.
func (s Scenario) Comes(to casework.State) bool {
	return slices.ContainsFunc(s.steps, func(st step) bool { return st.state == to })
}

// SetClock is a clock that scenarios move.
type SetClock interface {
	Now() time.Time
	Set(t time.Time)
}

// Office is a demo bureau whose people can be asked to work.
type Office struct {
	app      *app.App
	clock    SetClock
	sessions map[string]access.Session
	picture  func() []byte
	walks    int
	// squads is how many squads share the work, in pairs of officers; with one, its first two have every case.
	squads int
}

// NewOffice opens the office of a bureau that Fill made; officer102, officer103 and leader1 have every case.
func NewOffice(a *app.App, clock SetClock) *Office {
	f := newFiller(a, nil, Profile{Seed: 1})
	return &Office{app: a, clock: clock, sessions: map[string]access.Session{}, picture: f.picture, squads: 1}
}

// as is the session of a login.
func (o *Office) as(ctx context.Context, login string) (access.Session, error) {
	if s, ok := o.sessions[login]; ok {
		return s, nil
	}
	s, err := o.app.Access.SessionFor(ctx, login)
	if err != nil {
		return s, fmt.Errorf("demo: %s: %w", login, err)
	}
	o.sessions[login] = s.WithVia("demo")
	return o.sessions[login], nil
}

// Walk is one case of a scenario on its way.
type Walk struct {
	Scenario
	// ID is the case; Other a second one, where the scenario has two.
	ID, Other casework.CaseID

	o                    *Office
	ctx                  context.Context
	party                casework.PartyInput
	number               int
	squad                int
	lead, assist, leader string
	next                 int
	last                 law.Date       // the day of the last step
	until                casework.State // where the case stays; "" for the end of the scenario
}

// Begin opens a case of the scenario; its first step is done by Step.
func (o *Office) Begin(ctx context.Context, s Scenario) *Walk {
	n := o.walks
	o.walks++
	w := &Walk{Scenario: s, o: o, ctx: ctx, number: n}
	pair := 0
	if o.squads > 1 {
		pair = n / o.squads % 5
	}
	w.give(n%o.squads+1, pair)
	w.party, w.last = makeParty(900000+n, s.matter.unit), w.today()
	return w
}

// Of gives the case, before its first step, to a squad.
func (w *Walk) Of(squad int) { w.give(squad, 0) }

func (w *Walk) give(squad, pair int) {
	first := 2 + 2*pair
	w.squad, w.lead, w.assist, w.leader = squad, fmt.Sprintf("officer%d%02d", squad, first), fmt.Sprintf("officer%d%02d", squad, first+1), fmt.Sprintf("leader%d", squad)
}

// Handler is the login of the officer who leads the case.
func (w *Walk) Handler() string { return w.lead }

// ServeRest brings every paper that goes to the party and has not yet gone.
func (w *Walk) ServeRest() error { return serveRest(w) }

// Done reports whether the case is where it is to stay.
func (w *Walk) Done() bool {
	return w.next >= len(w.steps) || w.until != "" && w.next > 0 && w.steps[w.next-1].state == w.until
}

// Due is the first day on which the next step can be done.
func (w *Walk) Due() (law.Date, error) {
	st := w.steps[w.next]
	on, err := w.last, error(nil)
	if st.wait > 0 {
		on, err = w.o.app.Calendar.AddWorkdays(w.last, st.wait)
	}
	if err == nil {
		on, err = w.o.app.Calendar.NextWorkday(on.AddDays(st.days))
	}
	return on, err
}

// Step does the next step now.
func (w *Walk) Step() error {
	st := w.steps[w.next]
	if err := st.do(w); err != nil {
		return fmt.Errorf("demo: %s, step %d: %w", w.Name, w.next+1, err)
	}
	w.next++
	w.last = w.today()
	if st.state == "" {
		return nil
	}
	c, err := w.Case()
	if err == nil && c.State != st.state {
		err = fmt.Errorf("demo: %s, step %d leads to %s, not to %s", w.Name, w.next, c.State, st.state)
	}
	return err
}

// Play does the steps of the case, moving the clock over the days between them and running what is due, until the
// case is in the state; "" plays to the end.
func (w *Walk) Play(until casework.State) error {
	w.until = until
	for !w.Done() {
		if err := w.PlayOn(1); err != nil {
			return err
		}
	}
	if until != "" && w.steps[w.next-1].state != until {
		return fmt.Errorf("demo: %s never comes to %s", w.Name, until)
	}
	return nil
}

// PlayOn does the next n steps as Play does them.
func (w *Walk) PlayOn(n int) error {
	for range n {
		if err := w.o.wait(w.ctx, w); err != nil {
			return err
		}
		if err := w.Step(); err != nil {
			return err
		}
	}
	return nil
}

// wait lets time pass until the next step of a case can be done, in the hours of work.
func (o *Office) wait(ctx context.Context, w *Walk) error {
	on, err := w.Due()
	if err != nil {
		return err
	}
	if now := o.clock.Now(); !on.After(law.DateOf(now)) {
		on = law.DateOf(now)
		if now.Hour() >= 18 {
			on = on.AddDays(1)
		}
		if on, err = o.app.Calendar.NextWorkday(on); err != nil {
			return err
		}
	}
	if at := on.Start().Add(9 * time.Hour); at.After(o.clock.Now()) {
		o.clock.Set(at)
	}
	_, err = o.app.Jobs.RunDue(ctx)
	return err
}

// PlayAll plays several cases side by side, each begun some days after the one before.
func (o *Office) PlayAll(ctx context.Context, all []Scenario) ([]*Walk, error) {
	var walks []*Walk
	for i, s := range all {
		w := o.Begin(ctx, s)
		w.last = law.DateOf(o.clock.Now()).AddDays(i)
		walks = append(walks, w)
	}
	var faults []error
	open := slices.Clone(walks)
	for len(open) > 0 {
		next := slices.MinFunc(open, func(a, b *Walk) int {
			return cmp.Or(cmp.Compare(a.due().String(), b.due().String()), a.number-b.number)
		})
		err := o.wait(ctx, next)
		if err == nil {
			err = next.Step()
		}
		faults = append(faults, err)
		open = slices.DeleteFunc(open, func(w *Walk) bool { return w.Done() || err != nil && w == next })
	}
	return walks, errors.Join(faults...)
}

func (w *Walk) due() law.Date {
	on, err := w.Due()
	if err != nil {
		return w.last // Step says what is wrong
	}
	return on
}

// Case loads the case.
func (w *Walk) Case() (c *casework.Case, err error) {
	err = w.o.app.DB.View(w.ctx, func(tx *store.Tx) error {
		c, err = w.o.app.Cases.Load(tx, access.System("demo"), access.CaseRead, w.ID)
		return err
	})
	return c, err
}

// tick lets some minutes pass.
func (w *Walk) tick(minutes int) {
	w.o.clock.Set(w.o.clock.Now().Add(time.Duration(minutes) * time.Minute))
}

func (w *Walk) today() law.Date { return law.DateOf(w.o.clock.Now()) }

// by lets somebody do something with the case as it stands now, which takes some minutes.
func (w *Walk) by(login string, do func(by access.Session, id casework.CaseID, version int64) error) error {
	s, err := w.o.as(w.ctx, login)
	if err != nil {
		return err
	}
	version, err := w.version(w.ID)
	if err != nil {
		return err
	}
	if err := do(s, w.ID, version); err != nil {
		return fmt.Errorf("%s: %w", login, err)
	}
	w.tick(3)
	return nil
}

func (w *Walk) version(id casework.CaseID) (v int64, err error) {
	err = w.o.app.DB.View(w.ctx, func(tx *store.Tx) error {
		v, err = casework.VersionOf(tx, id)
		return err
	})
	return v, err
}

// newest is the last paper of the kinds that counts.
func (w *Walk) newest(kinds ...casework.PaperKind) (p casework.Paper, err error) {
	err = w.o.app.DB.View(w.ctx, func(tx *store.Tx) error {
		all, err := casework.Papers(tx, w.ID)
		for _, x := range all {
			if slices.Contains(kinds, x.Kind) && x.State != casework.PaperVoid {
				p = x
			}
		}
		return err
	})
	if err == nil && p.ID == 0 {
		err = fmt.Errorf("there is no %v", kinds)
	}
	return p, err
}

// then joins what is done one after the other.
func then(all ...func(w *Walk) error) func(w *Walk) error {
	return func(w *Walk) error {
		for _, do := range all {
			if err := do(w); err != nil {
				return err
			}
		}
		return nil
	}
}
