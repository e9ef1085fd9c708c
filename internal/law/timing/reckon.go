package timing

import (
	"errors"
	"fmt"
	"slices"

	"fadu/internal/law"
	"fadu/internal/law/calendar"
)

// unloaded reports whether a term began under a law that the program does not hold.
func unloaded(err error) bool {
	var old *calendar.LawNotLoaded
	return errors.As(err, &old)
}

// reckon finds the last day of a clock: its pauses, what was granted, and whether it stands still.
func (b *Book) reckon(cal *calendar.Calendar, r Rule, c *Clock, s start, events []Event, stop *Event) error {
	if r.Set {
		c.Due, c.Unit = s.Day, calendar.Days
		if c.Due.IsZero() {
			c.Notes = append(c.Notes, "文书没有写明日期")
		}
		return nil
	}
	term, err := b.terms.Find(r.Term, s.On)
	if err != nil {
		return err
	}
	c.Code, c.Unit, c.Count, c.Article, c.Cite = term.Code, term.Unit, term.Count, term.Article, term.Cite
	if term.Unit == calendar.Hours {
		at := s.At
		if at.IsZero() {
			at = s.On.Start()
		}
		d, err := b.terms.DueHours(r.Term, at)
		c.DueAt, c.Due = d.Due, law.DateOf(d.Due)
		return err
	}
	// What began before the clock counts from its beginning on: an appraisal commissioned before the filing.
	pauses, open := c.pauses(r, within(events, stop))
	if err := b.grant(cal, r, c, s.Event, within(events[max(s.at, 0):], stop), pauses, open); err != nil {
		return err
	}
	d, err := b.due(cal, r, c, s.Event, pauses)
	if err != nil {
		return err
	}
	c.Due, c.RedLine, c.NotLoaded = d.Due, d.RedLine, d.NotLoaded
	for _, p := range pauses {
		if p.To.After(c.Start) && !p.From.After(c.Due) {
			if !p.From.After(c.Start) {
				p.From = c.Start.AddDays(1)
			}
			c.Excluded = append(c.Excluded, p)
		}
	}
	// What begins to stand still after its last day is overdue all the same.
	if open != nil && open.since.Before(c.Due) {
		c.Since, c.Why, c.Due, c.RedLine = open.since, open.why, law.Date{}, law.Date{}
		if c.Since.Before(c.Start) {
			c.Since = c.Start
		}
		if stop == nil {
			c.State = Still
		}
	}
	return nil
}

func (b *Book) due(cal *calendar.Calendar, r Rule, c *Clock, s Event, pauses []calendar.ExcludedInterval) (calendar.Deadline, error) {
	d, err := b.terms.EarliestLonger(cal, r.Term, s.On, c.Granted, pauses...)
	var missing *calendar.YearNotLoaded
	if errors.As(err, &missing) {
		// Counted back from a day in a year that is not loaded: no last day can be given yet.
		return calendar.Deadline{NotLoaded: missing.Year}, nil
	}
	return d, err
}

// within are the events up to the one that ended the clock.
func within(events []Event, stop *Event) []Event {
	if stop == nil {
		return events
	}
	return slices.DeleteFunc(slices.Clone(events), func(e Event) bool { return e.On.After(stop.On) })
}

type stillness struct {
	since law.Date
	why   string
}

// pauses pairs the acts between which the clock stands still; open is the one that has not ended.
func (c *Clock) pauses(r Rule, events []Event) (out []calendar.ExcludedInterval, open *stillness) {
	for _, p := range r.Pauses {
		for i, e := range events {
			if !slices.Contains(p.From, e.Act) || p.Own && e.For != c.Of {
				continue
			}
			if e.Paper == "" {
				c.Notes = append(c.Notes, fmt.Sprintf("%s自%s起，没有依据文书，不扣除", p.Why, e.On))
				continue
			}
			to := slices.IndexFunc(events[i+1:], func(x Event) bool { return slices.Contains(p.To, x.Act) && x.Of == e.Of })
			told := p.Told && !e.Day.IsZero()
			if to < 0 && !told {
				if open == nil || e.On.Before(open.since) {
					open = &stillness{e.On, p.Why}
				}
				continue
			}
			// The day of the act is not counted (民法典第二百零一条); what begins and ends on one day leaves nothing out.
			last := e.Day
			if to >= 0 && (!told || events[i+1+to].On.Before(last)) {
				last = events[i+1+to].On
			}
			if last.After(e.On) {
				out = append(out, calendar.ExcludedInterval{From: e.On.AddDays(1), To: last, Paper: e.Paper, Why: p.Why})
			}
		}
	}
	return out, open
}

// grant adds up the extensions. One beyond its legal number, or made when the term had run out, counts nothing.
func (b *Book) grant(cal *calendar.Calendar, r Rule, c *Clock, s Event, events []Event, pauses []calendar.ExcludedInterval, open *stillness) error {
	used := map[string]bool{}
	for _, e := range events {
		k := slices.IndexFunc(r.Extensions, func(x Extension) bool { return x.Act == e.Act })
		if k < 0 || e.Of != c.Of {
			continue
		}
		x := r.Extensions[k]
		most, ok := law.Limit(x.Limit, e.On)
		then := slices.DeleteFunc(slices.Clone(pauses), func(p calendar.ExcludedInterval) bool { return p.From.After(e.On) })
		d, err := b.due(cal, r, c, s, then)
		if err != nil {
			return err
		}
		switch {
		case !ok || e.Days <= 0 || int64(e.Days) > most.Value:
			c.Notes = append(c.Notes, fmt.Sprintf("%s延长 %d 日，超过法定的 %d 日（%s），不计", e.On, e.Days, most.Value, x.Cite.String()))
		case used[e.Act]:
			c.Notes = append(c.Notes, fmt.Sprintf("%s又延长一次，法律只许一次（%s），不计", e.On, x.Cite.String()))
		case e.On.After(d.Due) && !(open != nil && open.since.Before(d.Due)):
			c.Notes = append(c.Notes, fmt.Sprintf("%s延长时期限已于%s届满，不计", e.On, d.Due))
		default:
			used[e.Act] = true
			c.Granted += e.Days
		}
	}
	return nil
}

// Move is a clock that ends on another day than before.
type Move struct {
	Term, Of string
	Was, Is  law.Date
}

// Moved compares the clocks of a matter under two calendars. What has ended, or had run out before today, is not
// touched; a clock that stands still has no last day to move.
func (b *Book) Moved(before, after *calendar.Calendar, events []Event, today law.Date) ([]Move, error) {
	was, err := b.Run(before, events, today)
	if err != nil {
		return nil, err
	}
	is, err := b.Run(after, events, today)
	if err != nil {
		return nil, err
	}
	var out []Move
	for _, w := range was {
		if w.State != Running || w.Overdue(today) {
			continue
		}
		for _, n := range is {
			if n.Term == w.Term && n.Of == w.Of && n.Start == w.Start && n.Due != w.Due {
				out = append(out, Move{w.Term, w.Of, w.Due, n.Due})
			}
		}
	}
	return out, nil
}

// Between is a pair of acts between which something does not count.
type Between struct{ From, To string }

// Pending tells of a day whether it lies between two acts of a pair, both days included: 复议、诉讼 in which no surcharge
// accrues (行政处罚法第七十三条第三款).
func Pending(events []Event, pairs ...Between) func(law.Date) bool {
	events = slices.Clone(events)
	slices.SortStableFunc(events, func(x, y Event) int { return y.On.DaysUntil(x.On) })
	return func(d law.Date) bool {
		for _, p := range pairs {
			open := map[string]bool{}
			for _, e := range events {
				switch {
				case e.Act == p.From && !e.On.After(d):
					open[e.Of] = true
				case e.Act == p.To && e.On.Before(d):
					delete(open, e.Of)
				}
			}
			if len(open) > 0 {
				return true
			}
		}
		return false
	}
}
