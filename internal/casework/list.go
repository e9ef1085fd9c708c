package casework

import (
	"context"
	"strings"

	"fadu/internal/access"
	"fadu/internal/search"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// searchKind names cases in the search index.
const searchKind = "case"

// index makes the case findable by number, party, place and words.
func (s *Service) index(tx *store.Tx, c *Case) error {
	var numbers []string
	if err := tx.DB().NewSelect().Model((*Paper)(nil)).Column("doc_no").Where("case_id = ?", c.ID).Order("id").Scan(tx.Ctx, &numbers); err != nil {
		return err
	}
	words := c.words()
	for _, d := range s.desks {
		if d.Words == nil || !c.ordinary() {
			continue
		}
		more, err := d.Words(tx, c)
		if err != nil {
			return err
		}
		words = append(words, more...)
	}
	for _, n := range numbers {
		words = append(words, DocNoForms(n)...)
	}
	return search.Put(tx, searchKind, int64(c.ID), strings.Join(words, "\n"))
}

// indexNew is index for a case that was not there before.
func indexNew(tx *store.Tx, c *Case) error {
	return search.Add(tx, searchKind, int64(c.ID), strings.Join(c.words(), "\n"))
}

// Reindex writes the texts of cases that have none, and returns how many they were.
func (s *Service) Reindex(tx *store.Tx) (int, error) {
	var cs []*Case
	if err := search.Missing(tx.DB().NewSelect().Model(&cs), "c.id").Scan(tx.Ctx); err != nil {
		return 0, err
	}
	for _, c := range cs {
		if err := s.index(tx, c); err != nil {
			return 0, err
		}
	}
	return len(cs), nil
}

// words are what a case is found by, beside the numbers of its papers.
func (c *Case) words() []string {
	return []string{c.PartyName, c.Place, c.PowerName, c.FactText, c.Summary, c.PartyKey}
}

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

// page orders the cases and starts after the cursor.
func (f Filter) page(tx *store.Tx, scope access.Scope, cur store.Cursor, ok bool) *bun.SelectQuery {
	known := noSide
	switch {
	case ok && f.Oldest != cur.Back:
		known = below
	case ok:
		known = above
	}
	q, byID := f.query(tx, scope, known)
	switch {
	case byID != "":
		return store.KeysetByID(q, byID, !f.Oldest, cur, ok)
	case f.beginning(scope) == fromTerms:
		return store.Keyset(q.ColumnExpr("dl.due AS term_due, dl.id AS term_row"), "dl.due", "dl.id", false, false, cur, ok)
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
		page, err = s.list(tx, scope, f, cur, ok, func() (int, error) { return s.count(tx, scope, f) })
		return err
	})
	for i := range page.Rows {
		page.Rows[i].hide(by)
	}
	return page, err
}

// count counts the cases, up to store.CountLimit+1.
func (s *Service) count(tx *store.Tx, scope access.Scope, f Filter) (int, error) {
	units, err := s.Units.Units(tx)
	if err != nil {
		return 0, err
	}
	if f == (Filter{Words: f.Words, Oldest: f.Oldest}) && strings.TrimSpace(f.Words) != "" && scope.Whole(units) {
		return search.Count(tx, searchKind, f.Words)
	}
	q, _ := f.query(tx, scope, noSide)
	return store.CountUpTo(tx, q)
}

// list returns a page of the scope's cases with nothing hidden; columns limit what is read of them.
func (s *Service) list(tx *store.Tx, scope access.Scope, f Filter, cur store.Cursor, ok bool, count func() (int, error), columns ...string) (page Page, err error) {
	if page.Total, err = count(); err != nil {
		return page, err
	}
	stretches := []search.Stretch{{}}
	if strings.TrimSpace(f.Words) != "" && page.Total > store.CountLimit {
		stretches = search.Stretches(tx, cur.ID, f.Oldest == (ok && cur.Back))
	}
	var rows []listed
	near := f
	for _, near.near = range stretches {
		if rows, err = near.read(tx, scope, cur, ok, columns); err != nil || len(rows) == int(store.PageLimit(tx.Ctx)) {
			break
		}
	}
	if err != nil {
		return page, err
	}
	page.Rows, page.Prev, page.Next, err = s.paged(tx, rows, f, scope, cur, ok)
	return page, err
}

// read returns what the page shows and one case more.
func (f Filter) read(tx *store.Tx, scope access.Scope, cur store.Cursor, ok bool, columns []string) (rows []listed, err error) {
	q := f.page(tx, scope, cur, ok).Limit(store.PageLimit(tx.Ctx))
	if len(columns) == 0 {
		q = q.ColumnExpr("c.*")
	}
	for _, c := range columns {
		q = q.ColumnExpr("c." + c)
	}
	return rows, q.Scan(tx.Ctx, &rows)
}

func (s *Service) paged(tx *store.Tx, rows []listed, f Filter, scope access.Scope, cur store.Cursor, ok bool) ([]Row, string, string, error) {
	rows, prev, next := store.PageOf(tx.Ctx, rows, cur, ok, f.key(), func(c listed) store.Cursor { return f.place(scope, c) })
	out, err := s.rows(tx, mapped(rows, func(c listed) Case { return c.Case }))
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
		if p.Kind.decides() && p.State != PaperVoid && p.ID > decisions[p.Case].ID {
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

// Export calls yield for every case that the filter chooses, in pages, oldest first, with personal data as
// the session may see it. The export is entered in the ledger before the first row is given out.
func (s *Service) Export(ctx context.Context, by access.Session, f Filter, yield func(Row) error) error {
	return s.exportWith(ctx, by, f, func(r exportedCase) error { return yield(r.Row) })
}

// exportWith is Export with what the list shows beside the cases' own rows.
func (s *Service) exportWith(ctx context.Context, by access.Session, f Filter, yield func(exportedCase) error) error {
	scope, err := by.Require(access.CaseExport)
	if err != nil {
		return err
	}
	if err := s.recordExport(ctx, by, f); err != nil {
		return err
	}
	return s.export(ctx, scope, access.Scope{}, f, func(r exportedCase) error {
		r.hide(by)
		return yield(r)
	})
}

// exportedCase is a case on its way into a file, with what its piece of the list has beside the rows.
type exportedCase struct {
	Row
	beside besides
}

// export walks the cases of the scope; with a second scope that is not empty only those in both.
func (s *Service) export(ctx context.Context, scope, also access.Scope, f Filter, yield func(exportedCase) error) error {
	f.Oldest = true
	rows := store.Walk(ctx, s.DB, func(tx *store.Tx, after store.Cursor) (out []exportedCase, end store.Cursor, more bool, err error) {
		var rows []listed
		end, more, err = store.Piece(tx, &rows, after, func(cur store.Cursor, ok bool) *bun.SelectQuery {
			q := f.page(tx, scope, cur, ok).ColumnExpr("c.*")
			if !also.Empty() {
				q = also.Where(q, "c")
			}
			return q
		}, func(c listed) store.Cursor { return f.place(scope, c) })
		if err == nil {
			out, err = s.besideRows(tx, mapped(rows, func(c listed) Case { return c.Case }))
		}
		return out, end, more, err
	})
	return store.Each(rows, yield)
}

// besideRows completes the cases of a piece for a file.
func (s *Service) besideRows(tx *store.Tx, cases []Case) ([]exportedCase, error) {
	rows, err := s.rows(tx, cases)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	beside, err := s.besidesOf(tx, rows)
	return mapped(rows, func(r Row) exportedCase { return exportedCase{r, beside} }), err
}
