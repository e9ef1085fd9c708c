package web

import (
	"fmt"

	"fadu/internal/law"
)

// Workdays says which days are worked; *calendar.Calendar does.
type Workdays interface {
	Workday(law.Date) (bool, error)
}

type dueState int

const (
	dueNone dueState = iota
	dueRunning
	dueStopped
	dueDone
)

// DueView is a deadline as the tag shows it: how much is left, in words, shape and colour. Build it
// with DueOf, DueStopped or DueDone; pages never write deadline texts. The zero DueView shows nothing.
type DueView struct {
	state   dueState
	on      law.Date
	today   law.Date
	left    int // days of the unit until on; negative: past
	workday bool
	unsure  int // the year whose days off are not loaded, or 0
	late    bool
	warn    int
	reason  string
}

// maxWorkdayCount bounds counting day by day; what is farther is told in calendar days.
const maxWorkdayCount = 400

// DueOf tells what is left on today of a term that ends on due. byWorkday counts working days, as its
// statute counts; where a year's days off are not loaded, calendar days are told and the gap is named.
func DueOf(due, today law.Date, byWorkday bool, cal Workdays) DueView {
	if due.IsZero() {
		return DueView{}
	}
	v := DueView{state: dueRunning, on: due, today: today, left: today.DaysUntil(due), warn: 3}
	if !byWorkday || cal == nil || abs(v.left) > maxWorkdayCount {
		return v
	}
	n, err := workdaysBetween(today, due, cal)
	if err != nil {
		v.unsure = due.Year()
		return v
	}
	v.left, v.workday = n, true
	return v
}

// workdaysBetween counts the working days after the earlier and up to the later day, negative when b is
// before a.
func workdaysBetween(a, b law.Date, cal Workdays) (int, error) {
	sign, from, to := 1, a, b
	if b.Before(a) {
		sign, from, to = -1, b, a
	}
	n := 0
	for d := from.AddDays(1); !d.After(to); d = d.AddDays(1) {
		worked, err := cal.Workday(d)
		if err != nil {
			return 0, err
		}
		if worked {
			n++
		}
	}
	return sign * n, nil
}

// DueStopped is a term that does not run, for the stated reason.
func DueStopped(reason string) DueView { return DueView{state: dueStopped, reason: reason} }

// DueDone is a duty fulfilled on the day, in time or late.
func DueDone(on, today law.Date, late bool) DueView {
	return DueView{state: dueDone, on: on, today: today, late: late}
}

// Warned changes how many days before the end the tag warns (standard: 3).
func (v DueView) Warned(days int) DueView { v.warn = days; return v }

// IsZero reports whether there is nothing to show.
func (v DueView) IsZero() bool { return v.state == dueNone }

// Late reports whether the term has passed without the duty done, or it was done late.
func (v DueView) Late() bool {
	return v.state == dueDone && v.late || v.state == dueRunning && v.on.Before(v.today)
}

// Today reports whether the term ends today.
func (v DueView) Today() bool { return v.state == dueRunning && v.on == v.today }

// Soon reports whether the term ends within the days of warning, today included.
func (v DueView) Soon() bool {
	return v.state == dueRunning && !v.on.Before(v.today) && v.left <= v.warn
}

func (v DueView) class() string {
	switch {
	case v.state == dueStopped:
		return "due stop"
	case v.Late():
		return "due late"
	case v.state == dueDone:
		return "due done"
	case v.Soon():
		return "due soon"
	}
	return "due"
}

// Text is the deadline in one line: 剩 3 个工作日 · 5月8日, with the days off that are not yet known.
func (v DueView) Text() string {
	if v.unsure > 0 {
		return v.short() + "（" + v.gap() + "）"
	}
	return v.short()
}

// gap names the year whose days off are not loaded, so that no working days could be counted.
func (v DueView) gap() string { return fmt.Sprintf("待载入%d年放假安排", v.unsure) }

func (v DueView) short() string {
	switch v.state {
	case dueNone:
		return ""
	case dueStopped:
		if v.reason == "" {
			return "期限暂停"
		}
		return "期限暂停 · " + v.reason
	case dueDone:
		if v.late {
			return "逾期办结 · " + v.day()
		}
		return "按期办结 · " + v.day()
	}
	var s string
	switch {
	case v.Today():
		s = "今天到期"
	case v.on.Before(v.today) && v.left == 0: // past, but no working day since
		s = "已到期"
	case v.on.Before(v.today):
		s = "超期 " + v.count(-v.left)
	case v.left == 0: // the end lies on days off that follow today
		s = "今天是最后一个工作日"
	default:
		s = "剩 " + v.count(v.left)
	}
	return s + " · " + v.day()
}

func (v DueView) count(n int) string {
	if v.workday {
		return fmt.Sprintf("%d 个工作日", n)
	}
	return fmt.Sprintf("%d 日", n)
}

// day prints the end; the year only when it is not this year.
func (v DueView) day() string { return shortDay(v.on, v.today) }

func shortDay(d, today law.Date) string {
	if d.Year() == today.Year() {
		return fmt.Sprintf("%d月%d日", int(d.Month()), d.Day())
	}
	return d.Han()
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
