package app

import (
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/approval"
	"fadu/internal/casework"
	"fadu/internal/deadline"
	"fadu/internal/law/timing"
	"fadu/internal/store"
)

// caseKind names cases in subjects: case/123.
const caseKind = "case"

// putClocks keeps the terms of a case after each act.
func (a *App) putClocks(tx *store.Tx, subject string, unit access.Levels, holders []int64, clocks []timing.Clock) error {
	id, err := strconv.ParseInt(strings.TrimPrefix(subject, caseKind+"/"), 10, 64)
	if err != nil {
		return err
	}
	names, err := casework.CaseNames(tx, []int64{id})
	if err != nil {
		return err
	}
	m := deadline.Matter{Kind: caseKind, Ref: id, Title: names[id], Href: (&casework.Case{ID: casework.CaseID(id)}).URL(), Levels: unit}
	if len(holders) > 0 {
		m.Holder = holders[0]
	}
	if len(holders) > 1 {
		m.Second = holders[1]
	}
	return a.Terms.Put(tx, m, clocks)
}

// linkTerms lets deadline and approval read cases, which they do not know.
func (a *App) linkTerms() {
	a.Terms.From(deadline.Source{
		Kind: caseKind,
		Reread: func(tx *store.Tx, ref int64) error {
			c, err := a.Cases.Load(tx, access.System("job"), access.CaseRead, casework.CaseID(ref))
			if err != nil {
				return err
			}
			clocks, err := a.Cases.Clocks(tx, c)
			if err != nil {
				return err
			}
			return a.putClocks(tx, c.ID.Subject(), c.Levels, []int64{c.Lead, c.Assist}, clocks)
		},
		Open: func(tx *store.Tx, after int64, limit int) ([]int64, error) {
			ids, err := casework.OpenOrdinary(tx, casework.CaseID(after), limit)
			out := make([]int64, len(ids))
			for i, id := range ids {
				out[i] = int64(id)
			}
			return out, err
		},
	})
	a.Forms.Reads(caseKind, func(tx *store.Tx, by access.Session, ref int64, act string) (approval.Matter, string, error) {
		c, err := a.Cases.Load(tx, by, access.CaseHandle, casework.CaseID(ref))
		if err != nil {
			return approval.Matter{}, "", err
		}
		names, err := casework.CaseNames(tx, []int64{ref})
		return approval.Matter{Kind: caseKind, Ref: ref, Title: names[ref], Href: c.URL(), Levels: c.Levels, Holder: c.Lead, Second: c.Assist}, actName(act), err
	})
}

// actName is what the tables call an act.
func actName(id string) string {
	if x, ok := casework.OrdinaryLine.Act(id); ok {
		return x.Name
	}
	if x, ok := casework.Preservation.Act(id); ok {
		return x.Name
	}
	if x, ok := casework.Seizure.Act(id); ok {
		return x.Name
	}
	if x, ok := casework.Serving.Act(id); ok {
		return x.Name
	}
	return id
}
