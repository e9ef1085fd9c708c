// Package points keeps the account of learning points: what each source gives, how much a day at most, and in
// which period. The account only grows: an entry is taken back by another one. It is pure.
package points

import (
	"errors"
	"fmt"
	"math"

	"fadu/internal/law"
)

// YearlyTarget is what a person should reach in a year unless the bureau set otherwise.
const YearlyTarget = 2400

// Rule says what a source gives. Zero dates are open ends, a zero cap is none.
type Rule struct {
	Source   string
	Each     float64
	Per      float64 // so much of the source earns Each once; 0: 1
	DailyCap float64
	From     law.Date
	Until    law.Date
}

// Event is something that may earn points, or the taking back of what an earlier event earned.
type Event struct {
	ID       string
	Source   string
	Day      law.Date
	Amount   float64 // 0: 1
	Reverses string  // the ID of the event that is taken back
}

// Entry is what an event earned, with the reason when that is less than the source gives.
type Entry struct {
	Event  string  `json:"event,omitempty"`
	Source string  `json:"source"`
	Day    string  `json:"day"`
	Points float64 `json:"points"`
	Reason string  `json:"reason,omitempty"`
}

// Day is the sum of a day.
type Day struct {
	Day    string  `json:"day"`
	Points float64 `json:"points"`
}

// Account is the entries with their sums.
type Account struct {
	Entries  []Entry            `json:"entries"`
	Total    float64            `json:"total"`
	Days     []Day              `json:"days"`
	BySource map[string]float64 `json:"by_source"`
}

// AllSources is the source of a rule whose cap holds for a day as a whole.
const AllSources = "*"

const micro = 1_000_000

func units(x float64) int64 { return int64(math.Round(x * micro)) }

func number(u int64) float64 { return float64(u) / micro }

func checkRules(rules []Rule) error {
	for i, r := range rules {
		switch {
		case r.Source == "":
			return fmt.Errorf("第 %d 条积分规则没有来源", i+1)
		case !sane(r.Each) || !sane(r.Per) || !sane(r.DailyCap):
			return fmt.Errorf("“%s”的分值、计量和每日上限应是 0 至一百万的数", r.Source)
		case !r.From.IsZero() && !r.Until.IsZero() && r.From.After(r.Until):
			return fmt.Errorf("“%s”的起止日期反了", r.Source)
		}
		for _, o := range rules[:i] {
			if o.Source == r.Source && (o.Until.IsZero() || r.From.IsZero() || !r.From.After(o.Until)) && (r.Until.IsZero() || o.From.IsZero() || !o.From.After(r.Until)) {
				return fmt.Errorf("“%s”有两条规则在同一天有效", r.Source)
			}
		}
	}
	return nil
}

func sane(x float64) bool { return x >= 0 && x <= 1_000_000 }

type dayKey struct {
	source string
	day    law.Date
}

// Reckon enters the events in their order. Time and the like are counted together over a day before they are
// cut into whole portions. Taking back gives the cap of that day free again.
func Reckon(rules []Rule, events []Event) (Account, error) {
	if err := checkRules(rules); err != nil {
		return Account{}, err
	}
	a := Account{Entries: []Entry{}, Days: []Day{}, BySource: map[string]float64{}}
	amounts, earned := map[dayKey]int64{}, map[dayKey]int64{}
	byID := map[string]int{}
	taken := map[string]bool{}
	for i, e := range events {
		if e.Day.IsZero() {
			return Account{}, fmt.Errorf("第 %d 件没有日期", i+1)
		}
		if e.ID != "" {
			if _, twice := byID[e.ID]; twice {
				return Account{}, fmt.Errorf("编号“%s”有两次", e.ID)
			}
			byID[e.ID] = i
		}
		entry := Entry{Event: e.ID, Source: e.Source, Day: e.Day.String()}
		if e.Reverses != "" {
			at, ok := byID[e.Reverses]
			if !ok || at == i || taken[e.Reverses] || events[at].Reverses != "" {
				return Account{}, fmt.Errorf("第 %d 件要冲销“%s”，它不在前面、本身是冲销或者已经冲销", i+1, e.Reverses)
			}
			taken[e.Reverses] = true
			of := events[at]
			entry.Source, entry.Points, entry.Reason = of.Source, -a.Entries[at].Points, "冲销"
			back := units(a.Entries[at].Points)
			earned[dayKey{of.Source, of.Day}] -= back
			earned[dayKey{AllSources, of.Day}] -= back
			a.Entries = append(a.Entries, entry)
			continue
		}
		if !sane(e.Amount) {
			return Account{}, fmt.Errorf("第 %d 件的数量应是 0 至一百万的数", i+1)
		}
		u, reason, err := grant(rules, e, amounts, earned)
		if err != nil {
			return Account{}, fmt.Errorf("第 %d 件：%w", i+1, err)
		}
		entry.Points, entry.Reason = number(u), reason
		a.Entries = append(a.Entries, entry)
	}
	a.sum()
	return a, nil
}

// grant is what an event earns under the rule of its source on its day, within the caps.
func grant(rules []Rule, e Event, amounts, earned map[dayKey]int64) (u int64, reason string, err error) {
	rule := on(rules, e.Source, e.Day)
	if rule == nil || e.Source == AllSources {
		known := false
		for _, r := range rules {
			known = known || r.Source == e.Source && r.Source != AllSources
		}
		if !known {
			return 0, "", errors.New("没有“" + e.Source + "”的积分规则")
		}
		return 0, "不在有效期内", nil
	}
	amount, per := units(e.Amount), units(rule.Per)
	if amount == 0 {
		amount = micro
	}
	if per == 0 {
		per = micro
	}
	key, whole := dayKey{e.Source, e.Day}, dayKey{AllSources, e.Day}
	before := amounts[key] / per
	amounts[key] += amount
	u = (amounts[key]/per - before) * units(rule.Each)
	if u == 0 && rule.Each > 0 {
		return 0, "还不满一个计量单位", nil
	}
	if limit := units(rule.DailyCap); limit > 0 && u > limit-earned[key] {
		u, reason = max(limit-earned[key], 0), "到了每日上限"
	}
	if all := on(rules, AllSources, e.Day); all != nil && all.DailyCap > 0 && u > units(all.DailyCap)-earned[whole] {
		u, reason = max(units(all.DailyCap)-earned[whole], 0), "到了全天上限"
	}
	earned[key] += u
	earned[whole] += u
	return u, reason, nil
}

func on(rules []Rule, source string, day law.Date) *Rule {
	for i, r := range rules {
		if r.Source == source && day.Within(r.From, r.Until) {
			return &rules[i]
		}
	}
	return nil
}

func (a *Account) sum() {
	var total int64
	at := map[string]int{}
	for _, e := range a.Entries {
		u := units(e.Points)
		total += u
		a.BySource[e.Source] = number(units(a.BySource[e.Source]) + u)
		i, ok := at[e.Day]
		if !ok {
			i = len(a.Days)
			at[e.Day], a.Days = i, append(a.Days, Day{Day: e.Day})
		}
		a.Days[i].Points = number(units(a.Days[i].Points) + u)
	}
	a.Total = number(total)
}
