package casework

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/search"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// searchKind names cases in the search index.
const searchKind = "case"

// index makes the case findable by number, party, place and words.
func index(tx *store.Tx, c *Case) error {
	var numbers []string
	if err := tx.DB().NewSelect().Model((*Paper)(nil)).Column("doc_no").Where("case_id = ?", c.ID).Order("id").Scan(tx.Ctx, &numbers); err != nil {
		return err
	}
	words := c.words()
	for _, n := range numbers {
		words = append(words, DocNoForms(n)...)
	}
	return search.Put(tx, searchKind, int64(c.ID), strings.Join(words, "\n"))
}

// indexNew is index for a case that was not there before.
func indexNew(tx *store.Tx, c *Case) error {
	return search.Add(tx, searchKind, int64(c.ID), strings.Join(c.words(), "\n"))
}

// words are what a case is found by, beside the numbers of its papers.
func (c *Case) words() []string {
	return []string{c.PartyName, c.Place, c.PowerName, c.FactText, c.Summary, c.PartyKey}
}

// Filter chooses cases for a list. Zero values choose everything.
type Filter struct {
	Words   string
	State   string // a state, or "open"
	Power   string
	Unit    access.UnitID
	Officer int64
	Ending  string
	// From and Until bound the day on which the lead was found.
	From, Until law.Date
	// DecidedFrom and DecidedUntil bound the day of the decision.
	DecidedFrom, DecidedUntil law.Date
	// ClosedFrom and ClosedUntil bound the day on which the case ended.
	ClosedFrom, ClosedUntil law.Date
	// Ends keeps cases with a duty whose term ends by a day; see Service.EndsBy.
	Ends Ends
	// NotEnds leaves out those with a duty whose term ended by a day.
	NotEnds Ends
	Oldest  bool // oldest first
}

// key binds a cursor to the filter.
func (f Filter) key() string { return fmt.Sprintf("%+v", f) }

// Page is one page of a list, newest first unless the filter says otherwise.
type Page struct {
	Rows []Row
	// Total stops at store.CountLimit+1.
	Total      int
	Prev, Next string
}

// Row is a case in a list, with its decision's number.
type Row struct {
	Case
	DocNo    string
	UnitName string
	// Handwritten: the decision's number is from a booklet and not from a series of the program.
	Handwritten bool
}

// query selects the cases. With words it begins at what has them and byID is the expression of the
// identifier: then cases come in the order in which they were registered.
func (f Filter) query(tx *store.Tx, scope access.Scope) (q *bun.SelectQuery, byID string) {
	q = tx.DB().NewSelect().TableExpr("penalty_case AS c")
	if strings.TrimSpace(f.Words) != "" {
		q, byID = search.Newest(tx, searchKind, "penalty_case", "c", f.Words)
	}
	begin := f.beginning(scope)
	if begin == fromUnit {
		q = scope.Where(q, "c")
	} else {
		q = scope.Beside(tx, q, "c")
	}
	// column is a column that may be looked up only where the query is to begin there.
	column := func(name string, at beginning) bun.Safe {
		if begin == at || tx.Engine() == store.PostgreSQL {
			return bun.Safe("c." + name)
		}
		return bun.Safe("+c." + name)
	}
	found := nowhere // where found_at stands in the index behind what it begins with
	switch begin {
	case fromUnit, fromOpen, fromPower, fromEnding, fromState, fromFound:
		found = begin
	}
	switch f.State {
	case "":
	case "open":
		q = q.Where("? = 0", column("closed_at", fromOpen)).Where("? IN (?)", column("state", nowhere), bun.List(openStates))
	default:
		if openState(f.State) {
			q = q.Where("? = 0", column("closed_at", fromOpen))
		}
		q = q.Where("? = ?", column("state", fromState), f.State)
		if begin == fromState {
			q = q.Where("c.state IN ('declined', 'revoked')")
		}
	}
	if f.Power != "" {
		q = q.Where("? = ?", column("power_code", fromPower), f.Power).Where("c.power_code > ''")
	}
	if f.Unit != 0 {
		q = q.Where("(+c.u1 = ? OR +c.u2 = ? OR +c.u3 = ? OR +c.u4 = ? OR +c.u5 = ?)", f.Unit, f.Unit, f.Unit, f.Unit, f.Unit)
	}
	switch {
	case f.Officer == 0:
	case begin == fromOfficer:
		q = q.Where("c.id IN (SELECT o.id FROM penalty_case AS o WHERE o.lead_officer = ? AND o.lead_officer > 0 UNION ALL SELECT o.id FROM penalty_case AS o WHERE o.assist_officer = ? AND o.assist_officer > 0)", f.Officer, f.Officer)
	default:
		q = q.Where("(+c.lead_officer = ? OR +c.assist_officer = ?)", f.Officer, f.Officer)
	}
	if f.Ending != "" {
		q = q.Where("? = ?", column("ending", fromEnding), f.Ending).Where("c.ending <> ''")
	}
	if !f.From.IsZero() {
		q = q.Where("? >= ?", column("found_at", found), store.Micros(f.From.Start()))
	}
	if !f.Until.IsZero() {
		q = q.Where("? < ?", column("found_at", found), store.Micros(f.Until.AddDays(1).Start()))
	}
	if !f.DecidedFrom.IsZero() {
		q = q.Where("? >= ?", column("decided_on", fromDecided), f.DecidedFrom)
	}
	if !f.DecidedUntil.IsZero() {
		q = q.Where("? <= ?", column("decided_on", fromDecided), f.DecidedUntil)
	}
	if begin == fromDecided {
		q = q.Where("c.decided_on > ''")
	} else if !f.DecidedUntil.IsZero() {
		q = q.Where("c.decided_on <> ''")
	}
	if !f.ClosedFrom.IsZero() {
		q = q.Where("? >= ?", column("closed_at", fromClosed), store.Micros(f.ClosedFrom.Start()))
	}
	if !f.ClosedUntil.IsZero() {
		q = q.Where("? < ?", column("closed_at", fromClosed), store.Micros(f.ClosedUntil.AddDays(1).Start()))
	}
	if !f.ClosedFrom.IsZero() || !f.ClosedUntil.IsZero() {
		q = q.Where("? > 0", column("closed_at", fromClosed))
	}
	return f.whereEnds(q), byID
}

// beginning is the condition whose index a list begins at. It is chosen here and not by the database:
// SQLite has no statistics (gathering them would stop all writing for a minute), and which condition
// leaves few cases is known beforehand. Most indexes have a condition, which the query must name to be
// served by them.
type beginning int

const (
	fromUnit beginning = iota // in the order of finding, in the unit
	fromWords
	fromEnds
	fromDecided // in the order of decision
	fromClosed  // in the order of closing
	fromOpen
	fromOfficer
	fromPower
	fromEnding
	fromState
	fromFound // in the order of finding, in the whole bureau
	nowhere
)

func (f Filter) beginning(scope access.Scope) beginning {
	switch {
	case strings.TrimSpace(f.Words) != "":
		return fromWords
	case !f.Ends.By.IsZero():
		return fromEnds
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
func (f Filter) place(scope access.Scope, c Case) store.Cursor {
	sort := strconv.FormatInt(c.FoundAt, 10)
	switch f.beginning(scope) {
	case fromDecided:
		sort = c.DecidedOn.String()
	case fromClosed:
		sort = strconv.FormatInt(c.ClosedAt, 10)
	}
	return store.Cursor{Sort: sort, ID: int64(c.ID)}
}

// page orders the cases and starts after the cursor.
func (f Filter) page(tx *store.Tx, scope access.Scope, cur store.Cursor, ok bool) *bun.SelectQuery {
	q, byID := f.query(tx, scope)
	if byID != "" {
		return store.KeysetByID(q, byID, !f.Oldest, cur, ok)
	}
	column, numeric := f.sorting(scope)
	return store.Keyset(q, "c."+column, "c.id", !f.Oldest, numeric, cur, ok)
}

// List returns a page of the cases that the session may read.
func (s *Service) List(ctx context.Context, by access.Session, f Filter, after string) (Page, error) {
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return Page{}, err
	}
	cur, ok, err := store.DecodeCursor(after, f.key())
	if err != nil {
		return Page{}, err
	}
	var page Page
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		page, err = s.list(tx, scope, f, cur, ok)
		return err
	})
	for i := range page.Rows {
		page.Rows[i].hide(by)
	}
	return page, err
}

// list returns a page of the scope's cases with nothing hidden; columns limit what is read of them.
func (s *Service) list(tx *store.Tx, scope access.Scope, f Filter, cur store.Cursor, ok bool, columns ...string) (page Page, err error) {
	q, _ := f.query(tx, scope)
	if page.Total, err = store.CountUpTo(tx, q); err != nil {
		return page, err
	}
	q = f.page(tx, scope, cur, ok)
	if len(columns) == 0 {
		columns = []string{"*"}
	}
	for _, c := range columns {
		q = q.ColumnExpr("c." + c)
	}
	var rows []Case
	if err := q.Limit(store.PageLimit(tx.Ctx)).Scan(tx.Ctx, &rows); err != nil {
		return page, err
	}
	page.Rows, page.Prev, page.Next, err = s.paged(tx, rows, f, scope, cur, ok)
	return page, err
}

func (s *Service) paged(tx *store.Tx, rows []Case, f Filter, scope access.Scope, cur store.Cursor, ok bool) ([]Row, string, string, error) {
	rows, prev, next := store.PageOf(tx.Ctx, rows, cur, ok, f.key(), func(c Case) store.Cursor { return f.place(scope, c) })
	out, err := s.rows(tx, rows)
	return out, prev, next, err
}

// rows adds decision numbers and unit names, with one query each.
func (s *Service) rows(tx *store.Tx, cases []Case) ([]Row, error) {
	if len(cases) == 0 {
		return nil, nil
	}
	ids := make([]CaseID, len(cases))
	for i, c := range cases {
		ids[i] = c.ID
	}
	var ps []Paper
	err := tx.DB().NewSelect().Model(&ps).Column("id", "case_id", "kind", "state", "doc_no", "series_id").Where("case_id IN (?)", bun.List(ids)).Scan(tx.Ctx)
	if err != nil {
		return nil, err
	}
	decisions := map[CaseID]Paper{}
	for _, p := range ps { // of the newest that counts
		if p.Kind == OnSpotDecision && p.State != PaperVoid && p.ID > decisions[p.Case].ID {
			decisions[p.Case] = p
		}
	}
	units, err := s.Units.Units(tx)
	if err != nil {
		return nil, err
	}
	names := map[access.UnitID]string{}
	for _, u := range units {
		names[u.ID] = u.Name
	}
	out := make([]Row, len(cases))
	for i, c := range cases {
		d := decisions[c.ID]
		out[i] = Row{Case: c, DocNo: d.DocNo, Handwritten: d.ID != 0 && d.Series == 0, UnitName: names[c.UnitID]}
	}
	return out, nil
}

// exportLimit bounds one Excel export: what a sheet holds, less its heading.
const exportLimit = 1<<20 - 1

// Export calls yield for every case that the filter chooses, in pages, oldest first, with personal data as
// the session may see it. The export is entered in the ledger before the first row is given out.
func (s *Service) Export(ctx context.Context, by access.Session, f Filter, yield func(Row) error) error {
	scope, err := by.Require(access.CaseExport)
	if err != nil {
		return err
	}
	if err := s.exportable(ctx, f, scope); err != nil {
		return err
	}
	if err := s.recordExport(ctx, by, f); err != nil {
		return err
	}
	return s.export(ctx, scope, access.Scope{}, f, func(r Row) error {
		r.hide(by)
		return yield(r)
	})
}

// export walks the cases of the scope; with a second scope that is not empty only those in both.
func (s *Service) export(ctx context.Context, scope, also access.Scope, f Filter, yield func(Row) error) error {
	f.Oldest = true
	var cur store.Cursor
	for ok := false; ; ok = true {
		var out []Row
		err := s.DB.View(ctx, func(tx *store.Tx) error {
			var rows []Case
			q := f.page(tx, scope, cur, ok).ColumnExpr("c.*").Limit(500)
			if !also.Empty() {
				q = also.Where(q, "c")
			}
			if err := q.Scan(tx.Ctx, &rows); err != nil {
				return err
			}
			var err error
			out, err = s.rows(tx, rows)
			return err
		})
		if err != nil || len(out) == 0 {
			return err
		}
		for _, r := range out {
			if err := yield(r); err != nil {
				return err
			}
		}
		cur = f.place(scope, out[len(out)-1].Case)
	}
}

// exportable refuses a list longer than a sheet before anything is sent of it.
func (s *Service) exportable(ctx context.Context, f Filter, scope access.Scope) error {
	return s.DB.View(ctx, func(tx *store.Tx) error {
		q, _ := f.query(tx, scope)
		n, err := tx.DB().NewSelect().TableExpr("(?) AS t", q.ColumnExpr("c.id").Limit(exportLimit+1)).Count(tx.Ctx)
		if err == nil && n > exportLimit {
			err = fault.New(fault.Invalid, "一次最多导出 %d 件，请缩小范围分次导出", exportLimit)
		}
		return err
	})
}
