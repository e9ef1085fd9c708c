package timing

import (
	"fmt"
	"slices"
	"time"

	"fadu/internal/law"
	"fadu/internal/law/calendar"
)

// State is how a clock stands.
type State string

// The states. A running clock may be overdue; one that stands still has no last day until it goes on.
const (
	Running    State = "running"
	Still      State = "still"
	Kept       State = "kept"       // ended by what it asked for, in time
	Late       State = "late"       // ended by what it asked for, after its last day
	RanOut     State = "ran_out"    // another's term that ended by itself
	Superseded State = "superseded" // begun anew
	Dropped    State = "dropped"
)

// Clock is one term of a matter.
type Clock struct {
	Term, Code, Of string
	Whose          Whose
	State          State
	Start          law.Date
	// StartAct is the act that started it, or the term with whose end it began; EndAct the one that ended it, "" when
	// it ended by itself.
	StartAct, EndAct string
	// Holder is the event's.
	Holder int64
	// Due is the last day; none while the clock stands still. DueAt is the instant of a term in hours.
	Due   law.Date
	DueAt time.Time
	// RedLine, NotLoaded, Unit and Count as in calendar.Deadline.
	RedLine   law.Date
	NotLoaded int
	Unit      calendar.Unit
	Count     int
	// Since is from when the clock stands still, Why what for.
	Since law.Date
	Why   string
	// Ended is when it was ended.
	Ended    law.Date
	Excluded []calendar.ExcludedInterval
	Granted  int
	// Notes say what was not counted and why.
	Notes   []string
	Article string
	Cite    law.Citations
}

// Open reports whether the clock still asks for something.
func (c Clock) Open() bool { return c.State == Running || c.State == Still }

// Overdue reports whether a running clock's last day lies before the day.
func (c Clock) Overdue(today law.Date) bool {
	return c.State == Running && !c.Due.IsZero() && c.Due.Before(today)
}

// Run makes the clocks of a matter from its events, in the order of the rules and of their starts. An event
// whose law is not loaded starts no clock. today decides only whether another's term has run out.
func (b *Book) Run(cal *calendar.Calendar, events []Event, today law.Date) ([]Clock, error) {
	cal = cal.Still()
	events = slices.Clone(events)
	slices.SortStableFunc(events, func(x, y Event) int { return y.On.DaysUntil(x.On) })
	var out []Clock
	for _, r := range b.order() {
		cs, err := b.runRule(cal, r, events, out)
		if err != nil {
			return nil, fmt.Errorf("timing: %s: %w", r.Term, err)
		}
		for i := range cs {
			if (r.Whose == Party || r.Whose == Others) && cs[i].Overdue(today) {
				cs[i].State, cs[i].Ended = RanOut, cs[i].Due
			}
		}
		out = append(out, cs...)
	}
	return out, nil
}

// order puts rules after those on whose end they wait.
func (b *Book) order() []Rule {
	out := slices.Clone(b.rules)
	slices.SortStableFunc(out, func(x, y Rule) int { return min(len(x.After), 1) - min(len(y.After), 1) })
	return out
}

// runRule follows one rule through the events, apart for each thing that it concerns.
func (b *Book) runRule(cal *calendar.Calendar, r Rule, events []Event, before []Clock) ([]Clock, error) {
	starts := startsOf(r, events, before)
	var out []Clock
	for i, s := range starts {
		next := len(events)
		for _, later := range starts[i+1:] {
			if later.Of == s.Of {
				next = later.at
				break
			}
		}
		c, ok, err := b.follow(cal, r, s, events, next)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, c)
		}
	}
	return out, nil
}

// start is an event that starts a clock; at is its place among the events, or that of the last event before
// the end of the term with whose end it begins.
type start struct {
	Event
	at int
}

func startsOf(r Rule, events []Event, before []Clock) []start {
	var out []start
	for i, e := range events {
		if !slices.Contains(r.Start, e.Act) {
			continue
		}
		if slices.Contains(r.FromDay, e.Act) {
			e.On = e.Day
		}
		if !e.On.IsZero() {
			out = append(out, start{e, i})
		}
	}
	if len(r.After) == 0 {
		return out
	}
	for _, c := range before {
		if slices.Contains(r.After, c.Term) && c.State == RanOut {
			at := slices.IndexFunc(events, func(e Event) bool { return e.On.After(c.Due) })
			if at < 0 {
				at = len(events)
			}
			out = append(out, start{Event{Act: c.Term, Of: c.Of, On: c.Due}, at - 1})
		}
	}
	for _, c := range before {
		if slices.Contains(r.After, c.Term) && c.Open() { // the latest beginning is still to come
			out = slices.DeleteFunc(out, func(s start) bool { return s.Of == c.Of })
		}
	}
	return latestOf(out)
}

// latestOf keeps the latest beginning for each thing.
func latestOf(starts []start) []start {
	var out []start
	for _, s := range starts {
		i := slices.IndexFunc(out, func(o start) bool { return o.Of == s.Of })
		switch {
		case i < 0:
			out = append(out, s)
		case s.On.After(out[i].On):
			out[i] = s
		}
	}
	return out
}

// follow reckons the clock that one event started, up to the place of the event that starts it anew.
func (b *Book) follow(cal *calendar.Calendar, r Rule, s start, events []Event, next int) (Clock, bool, error) {
	c := Clock{Term: r.Term, Of: s.Of, Whose: r.Whose, State: Running, Start: s.On, StartAct: s.Act, Holder: s.Holder, Cite: r.Cite, Article: r.Cite.String()}
	var stop *Event
	for i := max(s.at, 0); i < next; i++ {
		e := events[i]
		if stop != nil {
			if slices.Contains(r.Undo, e.Act) {
				stop = nil
			}
			continue
		}
		ends := slices.Contains(r.End, e.Act) && (i > s.at || slices.Contains(r.Start, e.Act) && e.Act == s.Act)
		if (ends || i > s.at && slices.Contains(r.Drop, e.Act)) && (c.Of == "" || e.Of == "" || e.Of == c.Of || e.For == c.Of) {
			stop = &events[i]
		}
	}
	err := b.reckon(cal, r, &c, s, events[:next], stop)
	if unloaded(err) {
		return c, false, nil
	}
	switch {
	case err != nil:
		return c, false, err
	case stop != nil && !slices.Contains(r.End, stop.Act):
		c.State, c.Ended, c.EndAct = Dropped, stop.On, stop.Act
	case stop != nil:
		c.end(*stop)
	case next < len(events):
		c.State, c.Ended, c.EndAct = Superseded, events[next].On, events[next].Act
	}
	return c, true, nil
}

// end closes the clock by the act that it asked for.
func (c *Clock) end(e Event) {
	c.Ended, c.EndAct = e.On, e.Act
	late := !c.Due.IsZero() && e.On.After(c.Due)
	switch {
	case !c.DueAt.IsZero() && !e.At.IsZero():
		late = e.At.After(c.DueAt)
	case late && !c.RedLine.IsZero() && !e.On.After(c.RedLine):
		late = false
		c.Notes = append(c.Notes, fmt.Sprintf("%s届满，按末日顺延至%s", c.Due, c.RedLine))
	}
	c.State = Kept
	if late {
		c.State = Late
	}
}
