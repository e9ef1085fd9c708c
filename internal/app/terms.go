package app

import (
	"strings"

	"fadu/internal/access"
	"fadu/internal/approval"
	"fadu/internal/casework"
	"fadu/internal/deadline"
	"fadu/internal/draft"
	"fadu/internal/holiday"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// caseKind names cases in subjects: case/123.
const caseKind = casework.TermsKind

// linkTerms lets deadline and approval read cases, which they do not know.
func (a *App) linkTerms() {
	a.Terms.From(a.Cases.TermSource())
	a.Terms.OnMoved = a.noteMoved
	a.Holidays.OnLoaded(func(tx *store.Tx, batch draft.BatchID, from law.Date) error {
		return a.Terms.AskRecompute(tx, batch.Subject(), from)
	})
	a.Forms.Veils(caseKind, func(tx *store.Tx, by access.Session, ref int64) (func(string) string, error) {
		c, err := a.Cases.Load(tx, by, access.CaseRead, casework.CaseID(ref))
		if err != nil {
			return nil, err
		}
		return c.Veil(by), nil
	})
	a.Forms.Reads(caseKind, func(tx *store.Tx, by access.Session, allow access.Permission, in approval.Request) (approval.Matter, string, error) {
		c, err := a.Cases.Load(tx, by, allow, casework.CaseID(in.Ref))
		if err != nil {
			return approval.Matter{}, "", err
		}
		m, err := a.matter(tx, c, in.Of, in.Act)
		return m, casework.ActName(in.Act), err
	})
}

// noteMoved keeps with a notice which terms it moved, for who loaded it.
func (a *App) noteMoved(tx *store.Tx, cause string, moved []deadline.Moved) error {
	id, err := store.ParseID(strings.TrimPrefix(cause, "draft/"))
	if err != nil {
		return err
	}
	out := make([]holiday.Move, len(moved))
	for i, m := range moved {
		out[i] = holiday.Move{Levels: m.Levels, Record: m.Title, Href: m.Href, Term: m.Term, Was: m.Was, Due: m.Due, Entry: ledger.EntryID(m.Entry)}
	}
	return a.Holidays.AddMoves(tx, draft.BatchID(id), out)
}
