package calendar

import (
	_ "embed"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/planted"
)

//go:embed data/calendar.csv
var officialCSV string

// YearNotLoaded says that a year is needed whose holiday notice is not in the calendar.
type YearNotLoaded struct {
	Year int
	// Cite is where the term stands that needs the year; empty when it is asked about a day alone.
	Cite law.Citations
}

// Error says which year and how to go on.
func (e *YearNotLoaded) Error() string {
	basis := ""
	if len(e.Cite) > 0 {
		basis = "（期限的依据：" + e.Cite.Han() + "）"
	}
	return fmt.Sprintf("没有载入%d年放假安排，不能推算工作日%s。请先导入国务院办公厅关于%d年部分节假日安排的通知", e.Year, basis, e.Year)
}

// Unwrap makes it a fault.Invalid for pages that ask for a certain date.
func (e *YearNotLoaded) Unwrap() error { return fault.New(fault.Invalid, "%s", e.Error()) }

// Calendar knows the workdays of the years loaded. With makes another; Replace is for the one calendar
// of a running program, which learns a year without a restart. The zero Calendar has no year. Safe for
// concurrent use.
type Calendar struct {
	// table is what the notices say; nil for the zero Calendar.
	table *atomic.Pointer[table]
	// hopeful calendars answer for years that are not loaded so that a term ends as early as it ever can.
	hopeful bool
}

// table is what the notices say. It never changes.
type table struct {
	days   map[law.Date]Row
	loaded map[int]bool
}

var noYears = &table{}

// now returns what the notices say at the moment.
func (c *Calendar) now() *table {
	if c.table == nil {
		return noYears
	}
	return c.table.Load()
}

func of(t *table) *Calendar {
	c := &Calendar{table: &atomic.Pointer[table]{}}
	c.table.Store(t)
	return c
}

// Still returns the calendar as it is now, whatever Replace does later, so that one calculation rests on
// one state.
func (c *Calendar) Still() *Calendar {
	s := of(c.now())
	s.hopeful = c.hopeful
	return s
}

// Replace makes c say what next says, for everybody who holds c. It must not be called on Official.
func (c *Calendar) Replace(next *Calendar) { c.table.Store(next.now()) }

var official = sync.OnceValue(func() *Calendar {
	c, err := Load(strings.NewReader(officialCSV))
	if err != nil {
		panic(fmt.Errorf("calendar: embedded calendar: %w", err))
	}
	return c
})

// Official returns the embedded calendar of the years 2016 to 2026.
func Official() *Calendar { return official() }

// Load reads a file as ReadRows does and makes a calendar of it alone.
func Load(r io.Reader) (*Calendar, error) {
	rows, err := ReadRows(r)
	if err != nil {
		return nil, err
	}
	return (&Calendar{}).With(rows)
}

// With returns a calendar with the rows added. A row of another notice replaces what the calendar says
// of its day, for a holiday may be moved during the year (2019, 2020); a row of the same notice that says
// the contrary is refused, as is a workday that is one anyway. All faults are named (fault.Invalid).
//
// A year counts as loaded when its New Year, Spring Festival, Labour Day and National Day are there. Rows
// that only touch the last week of a year belong to the next year's notice and do not load it; any other
// incomplete year is refused.
func (c *Calendar) With(rows []Row) (*Calendar, error) {
	var bad fault.Fields
	contradictions(rows, &bad)
	was := c.now()
	out := &table{days: maps.Clone(was.days), loaded: maps.Clone(was.loaded)}
	if out.days == nil {
		out.days, out.loaded = map[law.Date]Row{}, map[int]bool{}
	}
	touched := map[int]bool{}
	for i, r := range rows {
		name := lineName(r.Line)
		if r.Line == 0 {
			name = fmt.Sprintf("第%d条", i+1)
		}
		old, had := was.days[r.Date]
		switch err := r.check(); {
		case err != nil:
			bad.Add(name, "%v", err)
		case had && old.Kind != r.Kind && old.Source == r.Source:
			bad.Add(name, "%s与已载入的同一通知矛盾：已载入 %s，这里是 %s", r.Date, old.Kind, r.Kind)
		case r.Kind == MakeupDay && !weekend(r.Date) && !had:
			bad.Add(name, "%s不是周六、周日，本来就是工作日，请核对日期", r.Date)
		}
		out.days[r.Date] = r
		touched[r.Date.Year()] = true
	}
	for _, y := range slices.Sorted(maps.Keys(touched)) {
		lacks := out.lacks(y)
		out.loaded[y] = len(lacks) == 0
		if len(lacks) > 0 && !out.lastWeekOnly(y) {
			bad.Add(fmt.Sprintf("%d年", y), "不完整，缺%s，请把全年的放假安排放在一个文件里", strings.Join(lacks, "、"))
		}
	}
	if err := bad.Err(); err != nil {
		return nil, err
	}
	return of(out), nil
}

// lacks names the holidays without which a year is not loaded.
func (t *table) lacks(year int) []string {
	var out []string
	for _, h := range []struct {
		name        string
		first, last law.Date
		days        int
	}{
		{"元旦", law.NewDate(year, time.January, 1), law.NewDate(year, time.January, 1), 1},
		{"春节", law.NewDate(year, time.January, 20), law.NewDate(year, time.February, 28), 3},
		{"劳动节", law.NewDate(year, time.May, 1), law.NewDate(year, time.May, 1), 1},
		{"国庆节", law.NewDate(year, time.October, 1), law.NewDate(year, time.October, 3), 3},
	} {
		n := 0
		for d := h.first; !d.After(h.last); d = d.AddDays(1) {
			if t.days[d].Kind == Holiday {
				n++
			}
		}
		if n < h.days {
			out = append(out, h.name)
		}
	}
	return out
}

func (t *table) lastWeekOnly(year int) bool {
	for d := range t.days {
		if d.Year() == year && d.Before(law.NewDate(year, time.December, 25)) {
			return false
		}
	}
	return true
}

func weekend(d law.Date) bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}

// Years returns the years loaded, in order.
func (c *Calendar) Years() []int {
	var ys []int
	for y, ok := range c.now().loaded {
		if ok {
			ys = append(ys, y)
		}
	}
	slices.Sort(ys)
	return ys
}

// Rows returns what the notices say of a year's days, in order.
func (c *Calendar) Rows(year int) []Row {
	var rows []Row
	for d, r := range c.now().days {
		if d.Year() == year {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, func(a, b Row) int { return b.Date.DaysUntil(a.Date) })
	return rows
}

// Workday reports whether d is a workday; a year that is not loaded is *YearNotLoaded.
func (c *Calendar) Workday(d law.Date) (bool, error) {
	t := c.now()
	if r, ok := t.days[d]; ok && (t.loaded[d.Year()] || c.hopeful) {
		return r.Kind == MakeupDay, nil
	}
	if t.loaded[d.Year()] {
		return !weekend(d), nil
	}
	if c.hopeful {
		return !alwaysHoliday(d), nil
	}
	if planted.Is(planted.YearGuessed) {
		return !weekend(d), nil
	}
	return false, &YearNotLoaded{Year: d.Year()}
}

// NextWorkday returns the first workday on or after d: where a term ends that ends on a rest day.
func (c *Calendar) NextWorkday(d law.Date) (law.Date, error) {
	for ; ; d = d.AddDays(1) {
		if ok, err := c.Workday(d); ok || err != nil {
			return d, err
		}
	}
}

// LastWorkday returns the last workday on or before d: the day to act by when a term that does not roll
// ends on a rest day.
func (c *Calendar) LastWorkday(d law.Date) (law.Date, error) {
	for ; ; d = d.AddDays(-1) {
		if ok, err := c.Workday(d); ok || err != nil {
			return d, err
		}
	}
}

// AddWorkdays returns the n-th workday after d, not counting d; for a negative n, the |n|-th before d.
// For 0 it returns d itself.
func (c *Calendar) AddWorkdays(d law.Date, n int) (law.Date, error) {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		d = d.AddDays(step)
		ok, err := c.Workday(d)
		if err != nil {
			return d, err
		}
		if ok {
			n--
		}
	}
	return d, nil
}

// WorkdaysBetween counts the full workdays between two days, neither of them included: between a notice
// of hearing and the hearing there must be seven.
func (c *Calendar) WorkdaysBetween(a, b law.Date) (int, error) {
	return c.count(a, b.AddDays(-1))
}

// WorkdaysElapsed counts the workdays after start up to and including until: how much of a term that
// began on start has run when until is over.
func (c *Calendar) WorkdaysElapsed(start, until law.Date) (int, error) { return c.count(start, until) }

// count counts the workdays d with after < d ≤ until.
func (c *Calendar) count(after, until law.Date) (int, error) {
	n := 0
	for d := after.AddDays(1); !d.After(until); d = d.AddDays(1) {
		ok, err := c.Workday(d)
		if err != nil {
			return 0, err
		}
		if ok {
			n++
		}
	}
	return n, nil
}

// alwaysHoliday reports the holidays that fall on the same day every year whatever a notice says
// (全国年节及纪念日放假办法). All other days of a year that is not loaded may turn out to be worked.
func alwaysHoliday(d law.Date) bool {
	switch d.Month() {
	case time.January, time.May:
		return d.Day() == 1
	case time.October:
		return d.Day() <= 3
	}
	return false
}

// hope returns the calendar that lets every term end as early as it ever can.
func (c *Calendar) hope() *Calendar {
	h := c.Still()
	h.hopeful = true
	return h
}
