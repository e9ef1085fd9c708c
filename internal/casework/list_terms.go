package casework

import (
	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// listed is a case in a list with where it stands when the list goes by terms.
type listed struct {
	Case
	TermDue law.Date `bun:"term_due"`
	TermRow int64    `bun:"term_row"`
}

// byTerm reports whether the list is about terms, so that it begins at them and those that end first are on top.
func (f Filter) byTerm() bool {
	return f.ByTerm || !f.DueFrom.IsZero() || !f.DueUntil.IsZero()
}

// fromTerms begins a list at the running terms of the scope, one for each case, in the order of their ends: it costs what is
// open, however many cases are closed.
func (f Filter) fromTerms(tx *store.Tx, scope access.Scope) *bun.SelectQuery {
	q := tx.DB().NewSelect().TableExpr("deadline AS dl").Join("CROSS JOIN penalty_case AS c").Where("c.id = dl.ref").Where("dl.state = 'running'").Where("dl.due <> ''")
	kind := bun.Safe("+dl.kind") // its index leads to all matters of the kind
	if tx.Engine() == store.PostgreSQL {
		kind = "dl.kind"
	}
	q = f.whereDue(q).Where("? = ?", kind, TermsKind)
	if scope.Several() {
		return scope.Beside(tx, q, "dl")
	}
	return scope.Where(q, "dl")
}

// whereDue keeps the nearest terms of cases that end in the filter's days.
func (f Filter) whereDue(q *bun.SelectQuery) *bun.SelectQuery {
	q = q.Where("dl.nearest = 1")
	if !f.DueFrom.IsZero() {
		q = q.Where("dl.due >= ?", f.DueFrom)
	}
	if !f.DueUntil.IsZero() {
		q = q.Where("dl.due <= ?", f.DueUntil)
	}
	return q
}

// whereTerm narrows a list that begins elsewhere, at words, to cases whose nearest term ends in the filter's days.
func (f Filter) whereTerm(tx *store.Tx, q *bun.SelectQuery) *bun.SelectQuery {
	if f.DueFrom.IsZero() && f.DueUntil.IsZero() {
		return q
	}
	sub := tx.DB().NewSelect().TableExpr("deadline AS dl").ColumnExpr("1").Where("dl.kind = ?", TermsKind).Where("dl.ref = c.id").Where("dl.state = 'running'").Where("dl.due <> ''")
	return q.Where("EXISTS (?)", f.whereDue(sub))
}
