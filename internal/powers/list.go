package powers

import (
	"slices"
	"strings"

	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// ListPage is one page of a list of powers.
type ListPage struct {
	Items []PowerItem
	// Tiers counts the tiers of each code.
	Tiers      map[string]int
	Total      int // up to store.CountLimit+1
	Prev, Next string
}

func (f Filter) key() string {
	return strings.Join([]string{f.Words, string(f.Kind), f.Domain, string(f.State), f.On.String(), f.Law}, "\x00")
}

// List returns a page of powers in the order of their codes, after the cursor.
func (s *Service) List(tx *store.Tx, f Filter, after string) (ListPage, error) {
	c, ok, err := store.DecodeCursor(after, f.key())
	if err != nil {
		return ListPage{}, err
	}
	var out ListPage
	base := func() *bun.SelectQuery {
		return f.where(tx, tx.DB().NewSelect().Model((*itemRow)(nil)).Where("p.live = 1"))
	}
	if out.Total, err = store.CountUpTo(tx, base()); err != nil {
		return ListPage{}, wrap("count", err)
	}
	var rows []itemRow
	q := store.Keyset(base(), "p.code", "p.id", false, false, c, ok).Limit(store.PageLimit(tx.Ctx))
	if err := q.Scan(tx.Ctx, &rows); err != nil {
		return ListPage{}, wrap("list", err)
	}
	rows, out.Prev, out.Next = store.PageOf(tx.Ctx, rows, c, ok, f.key(), func(r itemRow) store.Cursor {
		return store.Cursor{Sort: r.Code, ID: int64(r.ID)}
	})
	codes := []string{}
	for _, r := range rows {
		out.Items = append(out.Items, r.item())
		codes = append(codes, r.Code)
	}
	out.Tiers, err = tierCounts(tx, codes)
	return out, err
}

// countKinds counts the powers of each kind under the other conditions, and all of them.
func countKinds(tx *store.Tx, f Filter) (count map[Kind]int64, all int64, err error) {
	f.Kind = ""
	var rows []struct {
		Kind Kind  `bun:"kind"`
		N    int64 `bun:"n"`
	}
	q := f.where(tx, tx.DB().NewSelect().Model((*itemRow)(nil)).Where("p.live = 1")).ColumnExpr("p.kind AS kind").ColumnExpr("COUNT(*) AS n").GroupExpr("p.kind")
	if err := q.Scan(tx.Ctx, &rows); err != nil {
		return nil, 0, wrap("count kinds", err)
	}
	count = map[Kind]int64{}
	for _, r := range rows {
		count[r.Kind] = r.N
		all += r.N
	}
	return count, all, nil
}

// tierCounts counts the tiers of each code's first group.
func tierCounts(tx *store.Tx, codes []string) (map[string]int, error) {
	out := map[string]int{}
	bs, err := benchmarksOf(tx, codes...)
	for _, b := range bs {
		if b.Stage == BaseStage {
			out[b.Code] = max(out[b.Code], len(b.Tiers))
		}
	}
	return out, err
}

// All returns every power that the filter keeps, for exports and acts on a whole selection.
func (s *Service) All(tx *store.Tx, f Filter) ([]PowerItem, error) {
	return itemsWhere(tx, func(q *bun.SelectQuery) *bun.SelectQuery { return f.where(tx, q) })
}

// somePowers returns the next powers of an export, in the order of their codes.
func somePowers(tx *store.Tx, f Filter, after store.Cursor) (out []PowerItem, end store.Cursor, more bool, err error) {
	var rows []itemRow
	end, more, err = store.Piece(tx, &rows, after, func(cur store.Cursor, ok bool) *bun.SelectQuery {
		return store.Keyset(f.where(tx, tx.DB().NewSelect().Model((*itemRow)(nil)).Where("p.live = 1")), "p.code", "p.id", false, false, cur, ok)
	}, func(r itemRow) store.Cursor { return store.Cursor{Sort: r.Code, ID: int64(r.ID)} })
	for _, r := range rows {
		out = append(out, r.item())
	}
	return out, end, more, wrap("export", err)
}

// Domains returns the domains in use.
func (s *Service) Domains(tx *store.Tx) ([]string, error) {
	var out []string
	err := tx.DB().NewSelect().Model((*itemRow)(nil)).ColumnExpr("DISTINCT p.domain").Where("p.live = 1").Order("p.domain").Scan(tx.Ctx, &out)
	return out, wrap("domains", err)
}

// Counts says how the list stands: how many powers are adopted, in the library, unchecked or ended on
// the day of the transaction, among those in force.
func (s *Service) Counts(tx *store.Tx) (map[State]int, error) {
	items, err := s.All(tx, Filter{On: tx.Today()})
	out := map[State]int{}
	for _, p := range items {
		out[p.StateOn(tx.Today())]++
	}
	return out, err
}

// Dossier is everything about one code.
type Dossier struct {
	// Item is the version that applies on the day asked for, or the nearest.
	Item       PowerItem
	Row        int64 // optimistic version of the row
	Versions   []PowerItem
	Relatives  []PowerItem
	Benchmarks []Benchmark
	Exemptions []Exemption
	Laws       map[string]LawText
	History    []ledger.Entry
	Batch      int64
}

// Dossier returns everything about a code for the day.
func (s *Service) Dossier(tx *store.Tx, code string, on law.Date) (Dossier, error) {
	lib, err := s.around(tx, code, on, on)
	if err != nil {
		return Dossier{}, err
	}
	d := Dossier{Versions: lib.Versions(code), Laws: map[string]LawText{}}
	if len(d.Versions) == 0 {
		_, err := lib.At(code, on)
		return Dossier{}, err
	}
	d.Item = d.Versions[len(d.Versions)-1]
	for _, p := range d.Versions {
		if p.InForce(on) {
			d.Item = p
		}
	}
	row, err := itemRowByID(tx, d.Item.ID)
	if err != nil {
		return Dossier{}, err
	}
	d.Row, d.Batch = row.Version, row.Batch
	for _, q := range lib.Items {
		if q.Code != code && (d.Item.supersededBy(q) || q.supersededBy(d.Item)) {
			d.Relatives = append(d.Relatives, q)
		}
	}
	d.Benchmarks = lib.Benchmarks
	d.Exemptions = lib.ExemptionsFor(d.Item)
	texts, err := laws(tx)
	if err != nil {
		return Dossier{}, err
	}
	all := NewLibrary(nil, nil, nil, texts)
	for _, title := range []string{d.Item.Violated.Law, d.Item.Penalty.Law} {
		if l, ok := all.Law(title, d.Item.ValidFrom); ok {
			d.Laws[title] = l
		}
	}
	d.History, err = ledger.History(tx, LedgerSubject(code), 0, 30)
	return d, err
}

// Laws returns the list of laws: by words in title or number, those in force on the day when it is given.
func (s *Service) Laws(tx *store.Tx, words string, on law.Date) ([]LawText, error) {
	all, err := laws(tx)
	if err != nil {
		return nil, err
	}
	var out []LawText
	for _, l := range all {
		keep := on.IsZero() || l.InForce(on)
		for _, w := range strings.Fields(words) {
			keep = keep && strings.Contains(l.Title+l.DocumentNumber+l.Level+l.IssuingBody, w)
		}
		if keep {
			out = append(out, l)
		}
	}
	slices.SortStableFunc(out, func(a, b LawText) int { return slices.Index(lawLevels, a.Level) - slices.Index(lawLevels, b.Level) })
	return out, nil
}

// CitedBy counts the powers that cite each law, by full title.
func (s *Service) CitedBy(tx *store.Tx) (map[string]int, error) {
	var rows []struct {
		Law string
		N   int
	}
	err := tx.DB().NewRaw(`SELECT b.law AS law, COUNT(DISTINCT p.code) AS n FROM power_basis b JOIN power_item p ON p.id = b.item_id AND p.live = 1 GROUP BY b.law`).Scan(tx.Ctx, &rows)
	out := map[string]int{}
	for _, r := range rows {
		out[r.Law] = r.N
	}
	return out, wrap("cited by", err)
}
