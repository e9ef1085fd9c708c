package performance

import (
	"slices"
	"strings"

	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/law/timing"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Performance is what was done on a duty of the decision.
type Performance struct {
	bun.BaseModel `bun:"table:performance,alias:pf"`

	ID         int64           `bun:"id,pk"`
	Case       casework.CaseID `bun:"case_id"`
	Entry      int64           `bun:"entry_id"`
	Duty       string          `bun:"duty"`
	Due        law.Date        `bun:"due_on"`
	DoneOn     law.Date        `bun:"done_on"`
	Done       store.Flag      `bun:"done"`
	Amount     law.Money       `bun:"amount"` // of a surcharge, what was paid or lawfully waived
	Reference  string          `bun:"reference"`
	Says       string          `bun:"says"`
	Proof      string          `bun:"proof"`
	Person     int64           `bun:"person_id"`
	RecordedAt int64           `bun:"recorded_at"`
}

// Contest is a step of the demand, of reconsideration or of a suit.
type Contest struct {
	bun.BaseModel `bun:"table:contest,alias:ct"`

	ID         int64           `bun:"id,pk"`
	Case       casework.CaseID `bun:"case_id"`
	Entry      int64           `bun:"entry_id"`
	Act        string          `bun:"act"`
	On         law.Date        `bun:"on_day"`
	Result     string          `bun:"result"`
	Says       string          `bun:"says"`
	Person     int64           `bun:"person_id"`
	RecordedAt int64           `bun:"recorded_at"`
}

// The duties that have a rule of their own.
const (
	fineDuty      = "罚款"
	gainsDuty     = string(casework.PenaltyGains)
	surchargeDuty = "加处罚款"
	waiverDuty    = "减免加处罚款" // only an agreement writes it
)

// atOnce are penalties that are carried out with the service of the decision.
var atOnce = []string{"警告", "通报批评"}

// standing is how a decision is performed so far.
type standing struct {
	Fine law.Money
	// Rest is what of the fine is open, GainsRest what of the confiscated gains.
	Rest, GainsRest law.Money
	// Due is the last day for the fine: fifteen days after the service, or of the last instalment.
	Due       law.Date
	Surcharge law.Surcharge
	// Settled is what of the surcharge was paid or waived, Owed what is not.
	Settled, Owed law.Money
	// Demolished: a duty to take down a structure is done.
	Demolished bool
	// Cleared: there are duties beside the fine, and they are done.
	Cleared bool
	// Open are the other duties that are not done; Overdue: one of them, or the fine, is past its last day.
	Open    []string
	Overdue bool
	// Last is the day on which the last of everything was done.
	Last law.Date
}

func (st standing) done() bool { return st.Rest <= 0 && st.Owed <= 0 && len(st.Open) == 0 }

// duties are those of the decision beside the fine, and any other on record.
func duties(c *casework.Case, rows []Performance) []string {
	var out []string
	for _, k := range strings.Split(c.Kinds, ";") {
		if k != "" && k != fineDuty && !slices.Contains(atOnce, k) {
			out = append(out, k)
		}
	}
	for _, r := range rows {
		if r.Duty != surchargeDuty && r.Duty != waiverDuty && r.Duty != fineDuty && !slices.Contains(out, r.Duty) {
			out = append(out, r.Duty)
		}
	}
	return out
}

// reckon says how the decision of a served case is performed on a day.
func (s *Service) reckon(tx *store.Tx, c *casework.Case, on law.Date) (standing, error) {
	st := standing{Fine: c.Amount, Last: law.DateOf(c.Delivered())}
	rows, err := casework.RoundRows[Performance](tx, c.ID)
	if err != nil {
		return st, err
	}
	dues, err := s.dues(tx, c)
	if err != nil {
		return st, err
	}
	all := duties(c, rows)
	for _, duty := range all {
		if duty == gainsDuty && c.Gains > 0 {
			if err := st.gains(tx, c, dues[duty], rows, on); err != nil {
				return st, err
			}
			continue
		}
		st.duty(duty, dues[duty], rows, on)
	}
	st.Cleared = len(all) > 0 && len(st.Open) == 0
	if c.Amount <= 0 {
		return st, nil
	}
	events, err := s.cases.MoneyEvents(tx, c)
	if err != nil {
		return st, err
	}
	return st, s.fine(tx, c, events, rows, on, &st)
}

// dues are the last days of the duties beside the fine, as the served decision sets them (行政处罚法第五十九条第一款第四项、第六十六条第一款): a rest day
// moves to the next working day. A decision of before set none.
func (s *Service) dues(tx *store.Tx, c *casework.Case) (map[string]law.Date, error) {
	_, part, ok, err := casework.LastPart[casework.PenaltyDecision](tx, c.ID, casework.PenaltyDecisionKind)
	out := map[string]law.Date{}
	if err != nil || !ok || c.DeliveredAt == 0 {
		return out, err
	}
	for _, p := range part.Penalties {
		if p.Days <= 0 {
			continue
		}
		due := law.DateOf(c.Delivered()).AddDays(p.Days)
		if next, err := s.cases.Calendar.NextWorkday(due); err == nil { // a year that is not loaded moves nothing
			due = next
		}
		out[p.Kind] = due
	}
	return out, nil
}

// duty adds a duty by its last row. The day that the decision sets counts; what was typed only where it sets none.
func (st *standing) duty(duty string, due law.Date, rows []Performance, on law.Date) {
	var last *Performance
	for i := range rows {
		if rows[i].Duty == duty {
			last = &rows[i]
		}
	}
	if last != nil && bool(last.Done) {
		st.Last = later(st.Last, last.DoneOn)
		st.Demolished = st.Demolished || strings.Contains(duty, "拆除")
		return
	}
	st.Open = append(st.Open, duty)
	if due.IsZero() && last != nil {
		due = last.Due
	}
	st.Overdue = st.Overdue || !due.IsZero() && due.Before(on)
}

// gains adds the confiscated gains by what of them was paid (行政处罚法第七十四条第二款). What an officer recorded as handed over before payments told of
// them stands.
func (st *standing) gains(tx *store.Tx, c *casework.Case, due law.Date, rows []Performance, on law.Date) error {
	if slices.ContainsFunc(rows, func(r Performance) bool { return r.Duty == gainsDuty && bool(r.Done) }) {
		st.duty(gainsDuty, due, rows, on)
		return nil
	}
	paid, last, err := casework.GainsPaid(tx, c.ID)
	if err != nil {
		return err
	}
	st.Last = later(st.Last, last)
	if st.GainsRest = max(0, c.Gains-paid); st.GainsRest == 0 {
		return nil
	}
	st.Open = append(st.Open, gainsDuty+"（还有 "+st.GainsRest.Grouped()+" 元）")
	st.Overdue = st.Overdue || !due.IsZero() && due.Before(on)
	return nil
}

func later(a, b law.Date) law.Date {
	if b.After(a) {
		return b
	}
	return a
}

// fine adds the fine and its surcharge: on what is due and not paid, never while reconsideration or a suit is pending,
// and never beyond the fine.
func (s *Service) fine(tx *store.Tx, c *casework.Case, events []timing.Event, rows []Performance, on law.Date, st *standing) error {
	var err error
	if st.Rest, err = restOf(tx, c); err != nil {
		return err
	}
	clocks, err := casework.OrdinaryClocks().Run(s.cases.Calendar, events, on)
	if err != nil {
		return err
	}
	for _, k := range clocks {
		if (k.Term == "缴纳罚款期限" || k.Term == "延期、分期缴纳期限") && k.State != timing.Dropped && k.State != timing.Superseded {
			st.Due = later(st.Due, k.Due)
		}
	}
	until := on
	for _, e := range events {
		if e.Act == casework.EventPaidUp && st.Rest <= 0 {
			st.Last = later(st.Last, e.On)
		}
	}
	aside, err := setAsideOn(tx, c)
	if err != nil {
		return err
	}
	if !aside.IsZero() && aside.Before(until) {
		until = aside // what no longer stands grows no more
	}
	if !st.Due.IsZero() {
		if st.Surcharge, err = s.cases.Accrued(tx, c, until, ofRound(events)); err != nil {
			return err
		}
		st.Overdue = st.Overdue || st.Rest > 0 && st.Due.Before(on)
	}
	for _, r := range rows {
		if r.Duty == surchargeDuty || r.Duty == waiverDuty {
			st.Settled += r.Amount
			st.Last = later(st.Last, r.DoneOn)
		}
	}
	st.Owed = max(0, st.Surcharge.Amount-st.Settled)
	return nil
}

// ofRound are the events since the case was last taken up anew: a review of the revoked decision pauses nothing of the new one.
func ofRound(events []timing.Event) []timing.Event {
	for i := len(events) - 1; i >= 0; i-- {
		if events[i].Act == "reopen" {
			return events[i+1:]
		}
	}
	return events
}
