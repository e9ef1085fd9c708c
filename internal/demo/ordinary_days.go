package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
)

// newOffice is the filler's own office, with its clock and its dice.
func (f *filler) newOffice() *Office {
	return &Office{app: f.app, clock: f.clock, sessions: map[string]access.Session{}, picture: f.picture, squads: len(f.squads)}
}

// planOrdinary says which cases of the ordinary procedure the bureau has, and when each begins: every scenario once, as
// far as the days reach; the others stay in each state of the procedure, where they arrive in the last days.
func (f *filler) planOrdinary(ctx context.Context) error {
	f.office = f.newOffice()
	all := Scenarios()
	var open []casework.State
	for _, st := range casework.OrdinaryLine.States {
		if !casework.OrdinaryLine.Closed(st.ID) && slices.ContainsFunc(all, func(s Scenario) bool { return s.Comes(st.ID) }) {
			open = append(open, st.ID)
		}
	}
	for i := range f.p.Ordinary {
		s, until := all[i%len(all)], casework.State("")
		rest := 2 + i%5
		if n := i - len(all); n >= 0 {
			until = open[n%len(open)]
			at := slices.IndexFunc(all, func(s Scenario) bool { return s.Comes(until) })
			s = all[(at+n/len(open))%len(all)]
			if !s.Comes(until) {
				s = all[at]
			}
		} else if !s.steps[len(s.steps)-1].runs {
			rest += i * 3 % 60
		}
		w := f.office.Begin(ctx, s)
		w.until = until
		if err := w.beginFor(f.p.Until.AddDays(-rest), f.p.From); err != nil {
			return err
		}
		f.walks = append(f.walks, w)
	}
	return nil
}

// beginFor lets the case begin so late that it is where it stays by a day, though not before the first day. It comes
// near from before, as the year after may have no calendar yet.
func (w *Walk) beginFor(by, first law.Date) error {
	const holidays = 12
	w.last = by.AddDays(-w.length() - holidays)
	on, err := w.arrives()
	if err == nil && on.Before(by) {
		w.last = w.last.AddDays(min(on.DaysUntil(by), holidays))
	}
	for err == nil && w.last.After(first) {
		if on, err = w.arrives(); err != nil || !on.After(by) {
			return err
		}
		w.last = w.last.AddDays(-by.DaysUntil(on))
	}
	w.last = first
	return err
}

// length is about how many days the case takes, without holidays.
func (w *Walk) length() int {
	days := 0
	for _, st := range w.steps {
		days += st.days + (st.wait*7+4)/5
		if w.until != "" && st.state == w.until {
			break
		}
	}
	return days
}

// arrives is the first day on which the case can be where it stays.
func (w *Walk) arrives() (law.Date, error) {
	ahead := *w
	for ; !ahead.Done(); ahead.next++ {
		on, err := ahead.Due()
		if err != nil {
			return on, err
		}
		ahead.last = on
	}
	return ahead.last, nil
}

// ordinaryDay does on a day what is due on the cases of the ordinary procedure, up to the afternoon.
func (f *filler) ordinaryDay(ctx context.Context, d law.Date) error {
	for _, w := range f.walks {
		for !w.Done() && f.clock.Now().Hour() < 15 && law.DateOf(f.clock.Now()) == d {
			on, err := w.Due()
			if err != nil {
				return err
			}
			if on.After(d) {
				break
			}
			if err := w.Step(); err != nil {
				return err
			}
		}
	}
	return nil
}

// errCut says that a scenario cannot be played to where it should end.
var errCut = errors.New("demo: the days are too few")

func (f *filler) ordinaryLeft() error {
	for _, w := range f.walks {
		if on, err := w.arrives(); err != nil || w.until != "" && !w.Done() && on.Before(f.p.Until) {
			return errors.Join(err, fmt.Errorf("%w: %s to %s", errCut, w.Name, w.until))
		}
	}
	return nil
}
