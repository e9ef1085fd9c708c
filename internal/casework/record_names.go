package casework

import (
	"fmt"

	"fadu/internal/access"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// The functions below find what records of this slice are called, by identifier, for the ledger's pages.
// They ask for no scope: a name is the number of a paper or of a block, never a party's.

// CaseNames are the numbers of the decisions; a case without one is called by its filing, before by the day of its lead.
func CaseNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	out := map[int64]string{}
	var cases []Case
	if err := tx.DB().NewSelect().Model(&cases).Column("id", "found_at", "case_no").Where("c.id IN (?)", bun.List(ids)).Scan(tx.Ctx); err != nil {
		return nil, err
	}
	for _, c := range cases {
		out[int64(c.ID)] = c.leadTitle()
	}
	var ps []Paper
	err := tx.DB().NewSelect().Model(&ps).Column("id", "case_id", "doc_no").Where("case_id IN (?)", bun.List(ids)).Where("kind IN (?)", bun.List(decisionKinds)).Order("id").Scan(tx.Ctx)
	for _, p := range ps {
		if p.DocNo != "" {
			out[int64(p.Case)] = p.DocNo
		}
	}
	return out, err
}

// PaperNames are the papers' numbers, or their kinds while they have none.
func PaperNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(p Paper) (int64, string) {
		if p.DocNo == "" {
			return int64(p.ID), p.Kind.Label()
		}
		return int64(p.ID), p.Kind.Label() + " " + p.DocNo
	})
}

// SeriesNames are the blocks' prefixes, years and first and last numbers.
func SeriesNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(b Series) (int64, string) {
		return b.ID, fmt.Sprintf("%s〔%d〕%d—%d", b.Prefix, b.Year, b.First, b.Last)
	})
}

// BookletNames are the same of printed booklets.
func BookletNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(b Booklet) (int64, string) {
		return int64(b.ID), b.Label()
	})
}

// ReceiptBookNames are the numbers on the first and last receipt.
func ReceiptBookNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(b ReceiptBook) (int64, string) {
		return b.ID, b.Number(b.First) + "—" + b.Number(b.Last)
	})
}

// StatementNames are the names of the files.
func StatementNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(m Statement) (int64, string) { return m.ID, m.Name })
}

// SavedViewNames are the names of kept lists, also of those that were removed.
func SavedViewNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(v SavedView) (int64, string) { return int64(v.ID), v.Name })
}

// CaseNamed finds a case of the scope by the number of one of its papers or by its own identifier; 0 is none. The name is that
// of CaseNames.
func CaseNamed(tx *store.Tx, scope access.Scope, words string) (CaseID, string, error) {
	id, err := store.ParseID(words)
	if err != nil {
		p, err := paperNumbered(tx, words)
		if err != nil || p.Case == 0 {
			return 0, "", err
		}
		id = int64(p.Case)
	}
	var found []Case
	q := scope.Where(tx.DB().NewSelect().Model(&found).Column("id"), "c").Where("c.id = ?", id)
	if err := q.Scan(tx.Ctx); err != nil || len(found) == 0 {
		return 0, "", err
	}
	names, err := CaseNames(tx, []int64{id})
	return CaseID(id), names[id], err
}

func paperNumbered(tx *store.Tx, number string) (Paper, error) {
	var ps []Paper
	err := tx.DB().NewSelect().Model(&ps).Column("id", "case_id").Where("doc_no = ?", number).Where("doc_no <> ''").Limit(1).Scan(tx.Ctx)
	if err != nil || len(ps) == 0 {
		return Paper{}, err
	}
	return ps[0], nil
}
