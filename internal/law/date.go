package law

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Zone is the bureau's time zone, China Standard Time, fixed at UTC+8.
var Zone = time.FixedZone("CST", 8*3600)

// Date is a civil day, printed and stored as YYYY-MM-DD. The zero Date is "no date".
type Date struct {
	year  int16
	month uint8
	day   uint8
}

// NewDate returns the day y-m-d, normalised as time.Date does (the 31st of April is the 1st of May).
func NewDate(y int, m time.Month, d int) Date {
	return DateOf(time.Date(y, m, d, 12, 0, 0, 0, Zone))
}

// DateOf returns the day on which t falls in Zone.
func DateOf(t time.Time) Date {
	y, m, d := t.In(Zone).Date()
	return Date{int16(y), uint8(m), uint8(d)}
}

// ParseDate reads YYYY-MM-DD; a day that does not exist is an error.
func ParseDate(s string) (Date, error) {
	t, err := time.ParseInLocation("2006-01-02", s, Zone)
	if err != nil {
		return Date{}, fmt.Errorf("日期“%s”不对，应写成 2026-03-02 这样的真实日期", s)
	}
	return DateOf(t), nil
}

// MustDate is ParseDate for constants in code and tests.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Year returns the calendar year of d.
func (d Date) Year() int { return int(d.year) }

// Month returns the month of d.
func (d Date) Month() time.Month { return time.Month(d.month) }

// Day returns the day of the month of d.
func (d Date) Day() int { return int(d.day) }

// Weekday returns the day of the week of d.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// Time returns noon of d in Zone.
func (d Date) Time() time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 12, 0, 0, 0, Zone)
}

// Start returns the first instant of d in Zone.
func (d Date) Start() time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, Zone)
}

// AddDays returns the day n days after d (before, when n is negative).
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// AddMonths returns the corresponding day n months later, or the last day of that month where it has
// no such day (民法典第二百零二条).
func (d Date) AddMonths(n int) Date {
	first := time.Date(d.Year(), d.Month()+time.Month(n), 1, 12, 0, 0, 0, Zone)
	last := first.AddDate(0, 1, -1).Day()
	return DateOf(first.AddDate(0, 0, min(d.Day(), last)-1))
}

// Before reports whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.ordinal() < e.ordinal() }

// After reports whether d is later than e.
func (d Date) After(e Date) bool { return d.ordinal() > e.ordinal() }

// Within reports whether from ≤ d ≤ until; a zero bound is open.
func (d Date) Within(from, until Date) bool {
	return (from.IsZero() || !d.Before(from)) && (until.IsZero() || !d.After(until))
}

// DaysUntil returns how many days e lies after d.
func (d Date) DaysUntil(e Date) int { return int(e.Time().Sub(d.Time()).Hours() / 24) }

func (d Date) ordinal() int { return int(d.year)*10000 + int(d.month)*100 + int(d.day) }

// String returns YYYY-MM-DD, or the empty string for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// Han returns the day as documents print it: 2026年3月2日.
func (d Date) Han() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d年%d月%d日", d.year, d.month, d.day)
}

// MarshalText prints d as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads d as ParseDate does; empty text is no date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	v, err := ParseDate(string(b))
	*d = v
	return err
}

// Value stores d as TEXT; no date is the empty string.
func (d Date) Value() (driver.Value, error) { return d.String(), nil }

// Scan reads what Value stored; NULL is no date.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Date{}
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	case time.Time:
		*d = DateOf(v)
		return nil
	}
	return fmt.Errorf("law: cannot read a date from %T", src)
}
