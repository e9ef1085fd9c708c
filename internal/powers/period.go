package powers

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"

	"fadu/internal/law"
)

// Period is a time in which the bureau had a power, both days included, with what gave it.
type Period struct {
	From     law.Date   `json:"from"`
	Until    law.Date   `json:"until"`
	Basis    AdoptBasis `json:"basis"`
	Document string     `json:"document"`
}

// Periods are the times before the present one, the earliest first. In the database they are JSON, ""
// for none.
type Periods []Period

// Value is what the database keeps.
func (ps Periods) Value() (driver.Value, error) {
	if len(ps) == 0 {
		return "", nil
	}
	b, err := json.Marshal([]Period(ps))
	return string(b), err
}

// Scan reads what Value wrote.
func (ps *Periods) Scan(v any) error {
	var b []byte
	switch v := v.(type) {
	case string:
		b = []byte(v)
	case []byte:
		b = v
	default:
		return fmt.Errorf("powers: periods are %T", v)
	}
	if *ps = nil; len(b) == 0 {
		return nil
	}
	return json.Unmarshal(b, (*[]Period)(ps))
}

// Periods are all times in which the bureau had or has the power, the earliest first.
func (s Standing) Periods() Periods {
	out := append(Periods{}, s.Earlier...)
	if !s.AdoptedFrom.IsZero() {
		out = append(out, Period{s.AdoptedFrom, s.AdoptedUntil, s.AdoptBasis, s.AdoptDocument})
	}
	return out
}

// On reports whether the bureau has the power on the day.
func (s Standing) On(d law.Date) bool {
	for _, p := range s.Periods() {
		if d.Within(p.From, p.Until) {
			return true
		}
	}
	return false
}

// endedBefore returns the last day of the latest period that was over on the day.
func (s Standing) endedBefore(d law.Date) (last law.Date, ok bool) {
	for _, p := range s.Periods() {
		if !p.Until.IsZero() && d.After(p.Until) {
			last, ok = p.Until, true
		}
	}
	return last, ok
}

// begin makes a new period the present one and keeps the one before.
func (r *standingRow) begin(p Period) {
	r.Earlier = Standing(*r).Periods()
	r.AdoptedFrom, r.AdoptedUntil, r.AdoptBasis, r.AdoptDocument = p.From, p.Until, p.Basis, p.Document
}
