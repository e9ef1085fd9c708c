package casework

import (
	"fmt"
	"strings"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// Branch makes a case of a part of another (分案): the same unit, officers, place and filing, so that its term goes
// on from the day of the filing and splitting gains no time. Its party is registered anew. n tells several apart.
func (s *Service) Branch(tx *store.Tx, by access.Session, from *Case, summary string, n int) (*Case, error) {
	c := &Case{
		ID: CaseID(store.NewID()), Version: 1, Levels: from.Levels, Organ: from.Organ, State: Investigating, Procedure: ProcedureOrdinary, Source: from.Source, FoundAt: from.FoundAt,
		RecordedAt: store.Micros(tx.Now), Place: from.Place, Area: from.Area, Latitude: from.Latitude, Longitude: from.Longitude, Summary: summary, Lead: from.Lead, Assist: from.Assist,
		ActFrom: from.ActFrom, ActUntil: from.ActUntil, FiledOn: from.FiledOn, CaseNo: fmt.Sprintf("%s之%d", from.CaseNo, n),
	}
	entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.split", Subject: c.ID.Subject(), Unit: int64(c.UnitID), Data: map[string]any{"from": from.ID, "summary": summary}})
	if err != nil {
		return nil, err
	}
	c.Entry = int64(entry)
	if err := add(tx, c); err != nil {
		return nil, err
	}
	filed := &CaseAct{
		ID: store.NewID(), Case: c.ID, Entry: int64(entry), Act: "approve_filing", On: from.FiledOn, At: store.Micros(from.FiledOn.Start()), Person: by.Person(), Note: "分案自" + from.CaseNo, RecordedAt: store.Micros(tx.Now),
	}
	if from.FiledOn.IsZero() {
		filed.On, filed.At = tx.Today(), store.Micros(tx.Now)
	}
	if err := insert(tx, filed); err != nil {
		return nil, err
	}
	if err := elapsed(tx, from, c); err != nil {
		return nil, err
	}
	if err := indexNew(tx, c); err != nil {
		return nil, err
	}
	return c, s.keepClocks(tx, c)
}

// counted are the acts that lengthen the term of the decision, or leave days out of it.
var counted = map[string]bool{
	"extend_decision": true, "extend_decision_again": true, "suspend": true, "resume": true,
	"commission": true, "prolong_commission": true, "receive_result": true, "cancel_commission": true,
	"accept_hearing": true, "report_hearing": true, "end_hearing": true, "withdraw_hearing": true,
	"post": true, "entrust_service": true, "forward": true, "arrive": true, "fail_service": true,
}

// elapsed takes along what was left out of the term and what was granted before the case was split, so that its term is that of the case from which
// it comes (行政处罚法第六十条；55号令第二十九条). What is still out there stays with that case.
func elapsed(tx *store.Tx, from, c *Case) error {
	acts, err := Acts(tx, from.ID)
	if err != nil {
		return err
	}
	over := map[string]bool{} // the rows beside the line that came back
	for _, a := range acts {
		switch a.Act {
		case "receive_result", "cancel_commission", "report_hearing", "end_hearing", "withdraw_hearing", "arrive", "fail_service":
			over[a.Of] = true
		}
	}
	for _, a := range acts {
		if !counted[a.Act] || a.Of != "" && !over[a.Of] {
			continue
		}
		a.ID, a.Case, a.Entry, a.Withdraws = store.NewID(), c.ID, c.Entry, 0
		a.Note = strings.Trim(a.Note+"；分案自"+from.CaseNo, "；")
		if err := insert(tx, &a); err != nil {
			return err
		}
	}
	return nil
}

// Reset makes a case ready for a new decision after its own was revoked: nothing is decided, served or owed.
func (c *Case) Reset() {
	c.DecidedOn, c.DeliveredAt, c.PayFrom, c.ClosedAt, c.Ending, c.EndingNote = law.Date{}, 0, 0, 0, "", ""
}
