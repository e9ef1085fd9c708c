package calc

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"fadu/internal/law"
	"fadu/internal/training/points"
)

type pointsRule struct {
	Source   string   `json:"source"`
	Each     float64  `json:"each"`
	Per      float64  `json:"per"`
	DailyCap float64  `json:"daily_cap"`
	From     law.Date `json:"from"`
	Until    law.Date `json:"until"`
}

type pointsEvent struct {
	Event    string   `json:"event"`
	Source   string   `json:"source"`
	Day      law.Date `json:"day"`
	Amount   float64  `json:"amount"`
	Reverses string   `json:"reverses"`
}

type pointsAnswer struct {
	points.Account
	Target  float64 `json:"target"`
	Reached bool    `json:"reached"`
	Article string  `json:"article"`
}

// pointsAccount answers {"rules": […], "events": […], "target"?}. Rules may also be an object by source.
func pointsAccount(question json.RawMessage) (any, error) {
	f, err := readFields(question, "rules", "events", "target")
	if err != nil {
		return nil, err
	}
	var rules []pointsRule
	var bySource map[string]pointsRule
	if f.has("rules") && f["rules"][0] == '{' {
		if err := f.into("rules", &bySource, false); err != nil {
			return nil, err
		}
		for _, source := range slices.Sorted(maps.Keys(bySource)) {
			r := bySource[source]
			if r.Source != "" && r.Source != source {
				return nil, fmt.Errorf("“%s”的规则里来源写成“%s”", source, r.Source)
			}
			r.Source = source
			rules = append(rules, r)
		}
	} else if err := f.into("rules", &rules, false); err != nil {
		return nil, err
	}
	var events []pointsEvent
	if err := f.into("events", &events, false); err != nil {
		return nil, err
	}
	target, err := f.number("target", points.YearlyTarget)
	if err != nil {
		return nil, err
	}
	rs, es := make([]points.Rule, len(rules)), make([]points.Event, len(events))
	for i, r := range rules {
		rs[i] = points.Rule(r)
	}
	for i, e := range events {
		es[i] = points.Event{ID: e.Event, Source: e.Source, Day: e.Day, Amount: e.Amount, Reverses: e.Reverses}
	}
	a, err := points.Reckon(rs, es)
	return pointsAnswer{a, target, a.Total >= target, basisTraining}, err
}
