package casework

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/search"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Filter chooses cases for a list. Zero values choose everything.
type Filter struct {
	Words string
	State string // a state, or "open"
	// Procedure is one of the procedures; a lead has none.
	Procedure ProcedureID
	Power     string
	Unit      access.UnitID
	Officer   int64
	Ending    string
	Source    string // where the lead comes from
	// From and Until bound the day on which the lead was found.
	From, Until law.Date
	// DecidedFrom and DecidedUntil bound the day of the decision.
	DecidedFrom, DecidedUntil law.Date
	// ClosedFrom and ClosedUntil bound the day on which the case ended.
	ClosedFrom, ClosedUntil law.Date
	// DueFrom and DueUntil bound the day on which the nearest of the case's terms ends; ByTerm puts the cases whose terms end
	// first on top and leaves out those without.
	DueFrom, DueUntil law.Date
	ByTerm            bool
	Oldest            bool // oldest first
	// near is where the cases with the words are looked for.
	near search.Stretch
}

// key binds a cursor to the filter.
func (f Filter) key() string { return fmt.Sprintf("%+v", f) }

// side is on which side a page's cursor bounds the order already. Of two bounds on one side an index serves
// only one, which must be the cursor's.
type side int

const (
	noSide side = iota
	above
	below
)

// query selects the cases. With words it begins at what has them and byID is the expression of the
// identifier: then cases come in the order in which they were registered.
func (f Filter) query(tx *store.Tx, scope access.Scope, known side) (q *bun.SelectQuery, byID string) {
	n := narrowing{begin: f.beginning(scope), known: known, free: tx.Engine() == store.PostgreSQL}
	switch n.begin {
	case fromTerms:
		q = f.fromTerms(tx, scope)
	case fromWords:
		q, byID = search.Newest(tx, searchKind, "penalty_case", "c", f.Words, f.near)
		q = scope.Beside(tx, f.whereTerm(tx, q), "c")
	case fromUnit:
		q = scope.Where(tx.DB().NewSelect().TableExpr("penalty_case AS c"), "c")
	default:
		q = scope.Beside(tx, tx.DB().NewSelect().TableExpr("penalty_case AS c"), "c")
	}
	return f.whereDates(f.whereWhat(f.whereState(q, n), n), n), byID
}

// narrowing writes columns such that a query begins where it is to begin.
type narrowing struct {
	begin beginning
	known side
	// free: the database chooses by its statistics.
	free bool
}

// column is a column that may be looked up in an index only where the query begins there.
func (n narrowing) column(name string, at beginning) bun.Safe {
	if n.begin == at || n.free {
		return bun.Safe("c." + name)
	}
	return bun.Safe("+c." + name)
}

// bound is a column bounded on a side.
func (n narrowing) bound(on side, name string, at beginning) bun.Safe {
	if on == n.known {
		at = nowhere
	}
	return n.column(name, at)
}

func (f Filter) whereState(q *bun.SelectQuery, n narrowing) *bun.SelectQuery {
	switch {
	case f.State == "":
		return q
	case f.State == "open":
		return q.Where("? = 0", n.column("closed_at", fromOpen)).Where("? IN (?)", n.column("state", nowhere), bun.List(openStates))
	case openState(f.State):
		q = q.Where("? = 0", n.column("closed_at", fromOpen))
	case n.begin == fromState:
		q = q.Where("c.state IN ('declined', 'revoked')")
	}
	return q.Where("? = ?", n.column("state", fromState), f.State)
}

func (f Filter) whereWhat(q *bun.SelectQuery, n narrowing) *bun.SelectQuery {
	switch {
	case f.Procedure == "":
	case n.begin == fromOrdinary:
		q = q.Where("c.procedure = 'ordinary'")
	default:
		q = q.Where("? = ?", n.column("procedure", fromOrdinary), f.Procedure)
	}
	if f.Power != "" {
		q = q.Where("? = ?", n.column("power_code", fromPower), f.Power).Where("c.power_code > ''")
	}
	if f.Unit != 0 {
		q = q.Where("(+c.u1 = ? OR +c.u2 = ? OR +c.u3 = ? OR +c.u4 = ? OR +c.u5 = ?)", f.Unit, f.Unit, f.Unit, f.Unit, f.Unit)
	}
	switch {
	case f.Officer == 0:
	case n.begin == fromOfficer:
		q = q.Where("c.id IN (SELECT o.id FROM penalty_case AS o WHERE o.lead_officer = ? AND o.lead_officer > 0 UNION ALL SELECT o.id FROM penalty_case AS o WHERE o.assist_officer = ? AND o.assist_officer > 0)", f.Officer, f.Officer)
	default:
		q = q.Where("(+c.lead_officer = ? OR +c.assist_officer = ?)", f.Officer, f.Officer)
	}
	if f.Ending != "" {
		q = q.Where("? = ?", n.column("ending", fromEnding), f.Ending).Where("c.ending <> ''")
	}
	if f.Source != "" {
		q = q.Where("? = ?", n.column("source", fromSource), f.Source)
	}
	return q
}

func (f Filter) whereDates(q *bun.SelectQuery, n narrowing) *bun.SelectQuery {
	found := nowhere // where found_at stands in the index behind what it begins with
	switch n.begin {
	case fromUnit, fromOpen, fromPower, fromEnding, fromSource, fromOrdinary, fromState, fromFound:
		found = n.begin
	}
	if !f.From.IsZero() {
		q = q.Where("? >= ?", n.bound(below, "found_at", found), store.Micros(f.From.Start()))
	}
	if !f.Until.IsZero() {
		q = q.Where("? < ?", n.bound(above, "found_at", found), store.Micros(f.Until.AddDays(1).Start()))
	}
	if !f.DecidedFrom.IsZero() {
		q = q.Where("? >= ?", n.bound(below, "decided_on", fromDecided), f.DecidedFrom)
	}
	if !f.DecidedUntil.IsZero() {
		q = q.Where("? <= ?", n.bound(above, "decided_on", fromDecided), f.DecidedUntil)
	}
	if !f.DecidedFrom.IsZero() || !f.DecidedUntil.IsZero() {
		q = q.Where("c.decided_on > ''")
	}
	if !f.ClosedFrom.IsZero() {
		q = q.Where("? >= ?", n.bound(below, "closed_at", fromClosed), store.Micros(f.ClosedFrom.Start()))
	}
	if !f.ClosedUntil.IsZero() {
		q = q.Where("? < ?", n.bound(above, "closed_at", fromClosed), store.Micros(f.ClosedUntil.AddDays(1).Start()))
	}
	if !f.ClosedFrom.IsZero() || !f.ClosedUntil.IsZero() {
		q = q.Where("? > 0", n.column("closed_at", fromClosed))
	}
	return q
}

// beginning is the condition whose index a list begins at. It is chosen here and not by the database:
// SQLite has no statistics (gathering them would stop all writing for a minute), and which condition
// leaves few cases is known beforehand. Most indexes have a condition, which the query must name to be
// served by them.
type beginning int

const (
	fromUnit beginning = iota // in the order of finding, in the unit
	fromWords
	fromTerms   // in the order of their ends
	fromDecided // in the order of decision
	fromClosed  // in the order of closing
	fromOpen
	fromOfficer
	fromPower
	fromEnding
	fromSource
	fromOrdinary // few cases are ordinary
	fromState
	fromFound // in the order of finding, in the whole bureau
	nowhere
)

func (f Filter) beginning(scope access.Scope) beginning {
	switch {
	case strings.TrimSpace(f.Words) != "":
		return fromWords
	case f.byTerm():
		return fromTerms
	case !f.DecidedFrom.IsZero() || !f.DecidedUntil.IsZero():
		return fromDecided
	case !f.ClosedFrom.IsZero() || !f.ClosedUntil.IsZero():
		return fromClosed
	}
	switch {
	case f.State == "open" || openState(f.State):
		return fromOpen
	case f.Officer != 0:
		return fromOfficer
	case f.Power != "":
		return fromPower
	case f.Ending != "":
		return fromEnding
	case f.Source != "":
		return fromSource
	case f.Procedure == ProcedureOrdinary:
		return fromOrdinary
	case f.State == string(Declined) || f.State == string(Revoked): // few cases end so
		return fromState
	case scope.Several():
		return fromFound
	}
	return fromUnit
}

func openState(s string) bool { return slices.Contains(openStates, State(s)) }

// sorting is the column by which the list is ordered and whether it holds instants.
func (f Filter) sorting(scope access.Scope) (column string, numeric bool) {
	switch f.beginning(scope) {
	case fromDecided:
		return "decided_on", false
	case fromClosed:
		return "closed_at", true
	}
	return "found_at", true
}

// place is where a case stands in the list.
func (f Filter) place(scope access.Scope, c listed) store.Cursor {
	sort := strconv.FormatInt(c.FoundAt, 10)
	switch f.beginning(scope) {
	case fromTerms:
		return store.Cursor{Sort: c.TermDue.String(), ID: c.TermRow}
	case fromDecided:
		sort = c.DecidedOn.String()
	case fromClosed:
		sort = strconv.FormatInt(c.ClosedAt, 10)
	}
	return store.Cursor{Sort: sort, ID: int64(c.ID)}
}
