package calendar

import (
	"time"

	"fadu/internal/fault"
	"fadu/internal/law"
)

// Deadline is when a term ends: on Due, at the end of the day.
type Deadline struct {
	Rule  string // the rule's name
	Code  string // its code
	Start law.Date
	Due   law.Date
	Unit  Unit
	Count int // 0 for a fixed date
	// RolledFrom is the rest day from which Due was moved, or no date.
	RolledFrom law.Date
	// RedLine is set where the bureau works to the unmoved Due, a rest day, while RedLineCite would let the
	// term end on RedLine (作出处罚决定: 55号令第四十五条).
	RedLine     law.Date
	RedLineCite law.Citations
	// NotLoaded is the year whose calendar is missing, set by Earliest alone; Due is then the earliest
	// possible day. 0 means that Due is certain.
	NotLoaded int
	Article   string // the basis as answers print it
	Cite      law.Citations
}

// Remaining says how a term stands on the day today: how many units are left after today (0: it ends
// today) or, when it is overdue, how many have passed since Due. A term in workdays is counted in
// workdays, any other in days. A term overdue only by rest days is overdue by 0 workdays.
func (d Deadline) Remaining(cal *Calendar, today law.Date) (n int, unit Unit, overdue bool, err error) {
	from, to := today, d.Due
	if overdue = today.After(d.Due); overdue {
		from, to = d.Due, today
	}
	if d.Unit != Workdays {
		return from.DaysUntil(to), Days, overdue, nil
	}
	if d.NotLoaded != 0 {
		cal = cal.hope()
	}
	n, err = cal.WorkdaysElapsed(from, to)
	return n, Workdays, overdue, err
}

// HourDeadline is when a term in hours ends. Hours run on through rest days (民法典第二百零一条第二款).
type HourDeadline struct {
	Rule       string
	Code       string
	Start, Due time.Time
	Count      int
	Article    string
	Cite       law.Citations
}

// DueHours returns the end of a term in hours that begins at the instant start.
func (t *Terms) DueHours(rule string, start time.Time) (HourDeadline, error) {
	term, err := t.Find(rule, law.DateOf(start))
	if err != nil {
		return HourDeadline{}, err
	}
	if term.Unit != Hours {
		return HourDeadline{}, fault.New(fault.Invalid, "“%s”不按小时计算，起算只写日期，例如 2026-03-02", term.Name())
	}
	due := start.Add(time.Duration(term.Count) * time.Hour)
	return HourDeadline{term.Name(), term.Code, start, due, term.Count, term.Article, term.Cite}, nil
}
