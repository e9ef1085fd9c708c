package casework

import (
	"context"
	"fmt"
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
}

// query selects the cases. With words it begins at what has them and byID is the expression of the
// identifier: then cases come in the order in which they were registered.
func (f Filter) query(tx *store.Tx, scope access.Scope) (q *bun.SelectQuery, byID string) {
	q = tx.DB().NewSelect().TableExpr("penalty_case AS c")
	if strings.TrimSpace(f.Words) != "" {
		q, byID = search.Newest(tx, searchKind, "penalty_case", "c", f.Words)
	}
	q = scope.Where(q, "c")
	switch f.State {
	case "":
	case "open":
		q = q.Where("c.closed_at = 0").Where("c.state IN (?)", bun.List(openStates)) // the first is for the index
	default:
		q = q.Where("c.state = ?", f.State)
	}
	if f.Power != "" {
		q = q.Where("c.power_code = ?", f.Power)
	}
	if f.Unit != 0 {
		q = q.Where("(c.u1 = ? OR c.u2 = ? OR c.u3 = ? OR c.u4 = ? OR c.u5 = ?)", f.Unit, f.Unit, f.Unit, f.Unit, f.Unit)
	}
	if f.Officer != 0 {
		q = q.Where("(c.lead_officer = ? OR c.assist_officer = ?)", f.Officer, f.Officer)
	}
	if f.Ending != "" {
		q = q.Where("c.ending = ?", f.Ending)
	}
	if !f.From.IsZero() {
		q = q.Where("c.found_at >= ?", store.Micros(f.From.Start()))
	}
	if !f.Until.IsZero() {
		q = q.Where("c.found_at < ?", store.Micros(f.Until.AddDays(1).Start()))
	}
	if !f.DecidedFrom.IsZero() {
		q = q.Where("c.decided_on >= ?", f.DecidedFrom)
	}
	if !f.DecidedUntil.IsZero() {
		q = q.Where("c.decided_on <= ?", f.DecidedUntil).Where("c.decided_on <> ''")
	}
	return f.whereEnds(q), byID
}

// page orders the cases and starts after the cursor.
func (f Filter) page(tx *store.Tx, scope access.Scope, cur store.Cursor, ok bool) *bun.SelectQuery {
	q, byID := f.query(tx, scope)
	q = q.ColumnExpr("c.*")
	if byID != "" {
		return store.KeysetByID(q, byID, !f.Oldest, cur, ok)
	}
	return store.Keyset(q, "c.found_at", "c.id", !f.Oldest, true, cur, ok)
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
		q, _ := f.query(tx, scope)
		if page.Total, err = store.CountUpTo(tx, q); err != nil {
			return err
		}
		var rows []Case
		if err := f.page(tx, scope, cur, ok).Limit(store.PageLimit(ctx)).Scan(tx.Ctx, &rows); err != nil {
			return err
		}
		page.Rows, page.Prev, page.Next, err = s.paged(tx, rows, f, cur, ok)
		return err
	})
	for i := range page.Rows {
		page.Rows[i].hide(by)
	}
	return page, err
}

func (s *Service) paged(tx *store.Tx, rows []Case, f Filter, cur store.Cursor, ok bool) ([]Row, string, string, error) {
	rows, prev, next := store.PageOf(tx.Ctx, rows, cur, ok, f.key(), func(c Case) store.Cursor {
		return store.Cursor{Sort: strconv.FormatInt(c.FoundAt, 10), ID: int64(c.ID)}
	})
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
	err := tx.DB().NewSelect().Model(&ps).Column("id", "case_id", "doc_no").Where("case_id IN (?)", bun.List(ids)).Where("kind = ?", OnSpotDecision).
		Where("state <> ?", PaperVoid).Order("id").Scan(tx.Ctx)
	if err != nil {
		return nil, err
	}
	numbers := map[CaseID]string{}
	for _, p := range ps {
		numbers[p.Case] = p.DocNo
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
		out[i] = Row{Case: c, DocNo: numbers[c.ID], UnitName: names[c.UnitID]}
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
			q := f.page(tx, scope, cur, ok).Limit(500)
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
		last := out[len(out)-1]
		cur = store.Cursor{Sort: strconv.FormatInt(last.FoundAt, 10), ID: int64(last.ID)}
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
