package calc

import (
	"encoding/json"
	"fmt"
	"time"

	"fadu/internal/law"
	"fadu/internal/law/calendar"
)

// deadlineAnswer is when a term ends. due is a day, or of a term in hours a minute.
type deadlineAnswer struct {
	Due        string        `json:"due"`
	Unit       calendar.Unit `json:"unit"`
	Count      *int          `json:"count"`       // null for a fixed date
	RolledFrom *string       `json:"rolled_from"` // the rest day from which due was moved, or null
	// RedLine is where the last day may be moved to while the bureau works to due, a rest day.
	RedLine string `json:"red_line,omitempty"`
	Article string `json:"article"`
}

// instants are the spellings of an instant; without a zone it is Beijing time.
var instants = []string{"2006-01-02T15:04", "2006-01-02T15:04:05", time.RFC3339}

// deadline answers {"rule": NAME or code, "start": date or instant, "excluded_days": n}.
func (d *Door) deadline(question json.RawMessage) (any, error) {
	f, err := readFields(question, "rule", "start", "excluded_days")
	if err != nil {
		return nil, err
	}
	rule, err := f.text("rule")
	if err != nil {
		return nil, err
	}
	start, err := f.text("start")
	if err != nil {
		return nil, err
	}
	excluded, err := f.whole("excluded_days", true)
	if err != nil {
		return nil, err
	}
	if day, err := law.ParseDate(start); err == nil {
		end, err := d.terms.DueExcluding(d.cal, rule, day, excluded)
		if err != nil {
			return nil, err
		}
		a := deadlineAnswer{Due: end.Due.String(), Unit: end.Unit, RedLine: end.RedLine.String(), Article: end.Article}
		if end.Count > 0 {
			a.Count = &end.Count
		}
		if !end.RolledFrom.IsZero() {
			from := end.RolledFrom.String()
			a.RolledFrom = &from
		}
		return a, nil
	}
	for _, layout := range instants {
		if at, err := time.ParseInLocation(layout, start, law.Zone); err == nil {
			return d.hours(rule, at.In(law.Zone), excluded)
		}
	}
	return nil, fmt.Errorf("“start”写成“%s”不对，应是 2026-03-02 这样的真实日期；按小时的期限写成 2026-03-02T22:30", start)
}

func (d *Door) hours(rule string, start time.Time, excluded int) (any, error) {
	end, err := d.terms.DueHours(rule, start)
	if err != nil {
		return nil, err
	}
	if excluded != 0 {
		return nil, fmt.Errorf("“%s”连续计时，没有可以扣除的时间", end.Rule)
	}
	layout := instants[0]
	if end.Due.Second() != 0 {
		layout = instants[1]
	}
	return deadlineAnswer{Due: end.Due.Format(layout), Unit: calendar.Hours, Count: &end.Count, Article: end.Article}, nil
}
