package calendar

import (
	"errors"
	"slices"

	"fadu/internal/fault"
	"fadu/internal/law"
)

// maxExcluded bounds excluded days, far above any real case and far below the last date there is.
const maxExcluded = 3650

// ExcludedInterval is time that does not count, both days included, with the paper it rests on:
// appraisal, hearing, suspension, post; Why names which. Intervals may overlap; a day is left out once.
type ExcludedInterval struct {
	From, To law.Date
	Paper    string
	Why      string
}

// exclusion is either a number of days or intervals; more is what was granted beyond the term's count.
type exclusion struct {
	days      int
	intervals []ExcludedInterval
	more      int
}

// Due returns when the term ends that the rule (name or code) gives from the start event on start.
//
// The day of the event is not counted (民法典第二百零一条). Workdays: the count-th workday after it. Days:
// the count-th day. Months and years: the corresponding day or, where the month has none, its last day
// (第二百零二条). A rolling term that ends on a rest day ends on the next workday (第二百零三条) and RolledFrom
// keeps the unmoved day. Fixed dates lie in the year after start's. A backward term gives the latest day
// that leaves count full units before the event.
//
// Days in excluded intervals are not counted. The calendar is asked only where it matters: a term in days
// that does not roll needs none. Hours are for DueHours.
func (t *Terms) Due(cal *Calendar, rule string, start law.Date, excluded ...ExcludedInterval) (Deadline, error) {
	return t.due(cal, rule, start, exclusion{intervals: excluded})
}

// DueExcluding is Due where of the excluded time only the number of natural days is known: the end moves
// by so many days. Of a term in workdays the end so moved then falls on a workday at the earliest.
func (t *Terms) DueExcluding(cal *Calendar, rule string, start law.Date, days int) (Deadline, error) {
	return t.due(cal, rule, start, exclusion{days: days})
}

// Due is StatutoryTerms().DueExcluding: the end of a statutory term, excludedDays natural days later.
func (c *Calendar) Due(rule string, start law.Date, excludedDays int) (Deadline, error) {
	return StatutoryTerms().DueExcluding(c, rule, start, excludedDays)
}

// Earliest is Due for a live clock. Where the calendar lacks a year that the term runs into, it gives the
// earliest day on which the term can end whatever that year's notice says, and names the year in
// NotLoaded: every day of it is taken for a workday except the holidays that never move. A backward term
// has no such day and stays *YearNotLoaded.
func (t *Terms) Earliest(cal *Calendar, rule string, start law.Date, excluded ...ExcludedInterval) (Deadline, error) {
	return t.earliest(cal, rule, start, exclusion{intervals: excluded})
}

// EarliestLonger is Earliest for a term to which more of its own units were granted: days to one in days,
// workdays to one in workdays. Whether so many may be granted is for the law of the extension.
func (t *Terms) EarliestLonger(cal *Calendar, rule string, start law.Date, more int, excluded ...ExcludedInterval) (Deadline, error) {
	return t.earliest(cal, rule, start, exclusion{intervals: excluded, more: more})
}

// Earliest is StatutoryTerms().Earliest with a number of excluded natural days.
func (c *Calendar) Earliest(rule string, start law.Date, excludedDays int) (Deadline, error) {
	return StatutoryTerms().earliest(c, rule, start, exclusion{days: excludedDays})
}

func (t *Terms) earliest(cal *Calendar, rule string, start law.Date, ex exclusion) (Deadline, error) {
	cal = cal.Still()
	d, err := t.due(cal, rule, start, ex)
	var missing *YearNotLoaded
	if !errors.As(err, &missing) {
		return d, err
	}
	if term, ferr := t.Find(rule, start); ferr != nil || term.Backward {
		return Deadline{}, err
	}
	d, err = t.due(cal.hope(), rule, start, ex)
	d.NotLoaded = missing.Year
	return d, err
}

func (t *Terms) due(cal *Calendar, rule string, start law.Date, ex exclusion) (Deadline, error) {
	if start.IsZero() {
		return Deadline{}, fault.New(fault.Invalid, "没有起算日")
	}
	term, err := t.Find(rule, start)
	if err != nil {
		return Deadline{}, err
	}
	if err := ex.check(term); err != nil {
		return Deadline{}, err
	}
	term.Count += ex.more
	d := Deadline{
		Rule: term.Name(), Code: term.Code, Start: start, Unit: term.Unit, Count: term.Count,
		Article: term.Article, Cite: term.Cite,
	}
	switch term.Unit {
	case Workdays:
		d.Due, d.RolledFrom, err = workdayEnd(cal, term, start, ex)
	case Days, Months, Years:
		d.Due = dayEnd(term, start, ex)
		err = roll(cal, term, &d)
	case Fixed:
		d.Due = law.NewDate(start.Year()+1, 1, 1).AddMonths(term.Month - 1).AddDays(term.Day - 1)
	default:
		err = fault.New(fault.Invalid, "“%s”按小时计算，起算要写到时刻，例如 2026-03-02T22:30", term.Name())
	}
	var missing *YearNotLoaded
	if errors.As(err, &missing) {
		err = &YearNotLoaded{missing.Year, term.Cite}
	}
	if err != nil {
		return Deadline{}, err
	}
	return d, nil
}

func (ex exclusion) check(term Term) error {
	some := ex.days != 0 || len(ex.intervals) > 0
	switch {
	case some && (term.Backward || term.Unit == Fixed || term.Unit == Hours):
		return fault.New(fault.Invalid, "“%s”没有可以扣除的时间", term.Name())
	case ex.more != 0 && (term.Backward || term.Unit == Fixed || term.Unit == Hours):
		return fault.New(fault.Invalid, "“%s”不能延长", term.Name())
	case ex.more < 0 || ex.more > maxExcluded:
		return fault.New(fault.Invalid, "延长的天数不对")
	case ex.days < 0:
		return fault.New(fault.Invalid, "扣除天数不能是负数")
	case ex.days > maxExcluded:
		return fault.New(fault.Invalid, "扣除天数不能超过%d天", maxExcluded)
	}
	total := 0
	for _, in := range ex.intervals {
		switch {
		case in.From.IsZero() || in.To.IsZero():
			return fault.New(fault.Invalid, "扣除期间要有起止日；还没有结束的，期限停止计算，结束后再推算")
		case in.To.Before(in.From):
			return fault.New(fault.Invalid, "扣除期间%s至%s起止倒置", in.From, in.To)
		case in.Paper == "":
			return fault.New(fault.Invalid, "扣除期间%s至%s没有依据文书", in.From, in.To)
		}
		total += in.From.DaysUntil(in.To) + 1
	}
	if total > maxExcluded {
		return fault.New(fault.Invalid, "扣除期间合计不能超过%d天", maxExcluded)
	}
	return nil
}

func (ex exclusion) has(d law.Date) bool {
	return slices.ContainsFunc(ex.intervals, func(in ExcludedInterval) bool { return d.Within(in.From, in.To) })
}

func workdayEnd(cal *Calendar, term Term, start law.Date, ex exclusion) (due, rolledFrom law.Date, err error) {
	if term.Backward {
		// Count full workdays lie between, so the event is at the earliest the next workday.
		due, err = cal.AddWorkdays(start, -(term.Count + 1))
		return due, law.Date{}, err
	}
	due = start
	for n := 0; n < term.Count; {
		due = due.AddDays(1)
		if ex.has(due) {
			continue
		}
		ok, err := cal.Workday(due)
		if err != nil {
			return due, law.Date{}, err
		}
		if ok {
			n++
		}
	}
	if ex.days == 0 {
		return due, law.Date{}, nil
	}
	moved := due.AddDays(ex.days)
	if due, err = cal.NextWorkday(moved); due != moved {
		rolledFrom = moved
	}
	return due, rolledFrom, err
}

func dayEnd(term Term, start law.Date, ex exclusion) law.Date {
	var end law.Date
	switch {
	case term.Backward:
		return start.AddDays(-(term.Count + 1))
	case term.Unit == Days:
		end = start.AddDays(term.Count)
	case term.Unit == Months:
		end = start.AddMonths(term.Count)
	default:
		end = start.AddMonths(12 * term.Count)
	}
	// Each excluded day up to the end moves the end by one; the days so gained may be excluded too.
	for d := start.AddDays(1); !d.After(end); d = d.AddDays(1) {
		if ex.has(d) {
			end = end.AddDays(1)
		}
	}
	return end.AddDays(ex.days)
}

// roll moves the end of a rolling term off a rest day, or notes the red line of a term that does not
// roll. A red line that needs a year not loaded is left out: the term itself stands.
func roll(cal *Calendar, term Term, d *Deadline) error {
	if !term.Roll && len(term.RedLine) == 0 {
		return nil
	}
	next, err := cal.NextWorkday(d.Due)
	switch {
	case !term.Roll:
		if err == nil && next != d.Due {
			d.RedLine, d.RedLineCite = next, term.RedLine
		}
		return nil
	case err != nil:
		return err
	case next != d.Due:
		d.Due, d.RolledFrom = next, d.Due
	}
	return nil
}
