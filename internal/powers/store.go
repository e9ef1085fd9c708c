package powers

import (
	"fmt"
	"slices"

	"fadu/internal/store"

	"github.com/uptrace/bun"
)

func itemsWhere(tx *store.Tx, where func(*bun.SelectQuery) *bun.SelectQuery) ([]PowerItem, error) {
	var rows []itemRow
	q := tx.DB().NewSelect().Model(&rows).Where("p.live = 1").Order("p.code", "p.valid_from", "p.id")
	if err := where(q).Scan(tx.Ctx); err != nil {
		return nil, fmt.Errorf("powers: items: %w", err)
	}
	out := make([]PowerItem, len(rows))
	for i, r := range rows {
		out[i] = r.item()
	}
	return out, nil
}

func itemsOf(tx *store.Tx, codes ...string) ([]PowerItem, error) {
	if len(codes) == 0 {
		return nil, nil
	}
	return itemsWhere(tx, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("p.code IN (?)", bun.List(codes)) })
}

// ItemByID returns one version of a power, also one that was replaced since.
func (s *Service) ItemByID(tx *store.Tx, id ItemID) (PowerItem, error) {
	r, err := itemRowByID(tx, id)
	return r.item(), err
}

func itemRowByID(tx *store.Tx, id ItemID) (itemRow, error) {
	var r itemRow
	err := tx.DB().NewSelect().Model(&r).Where("p.id = ?", id).Scan(tx.Ctx)
	return r, store.One(err, "这个权责事项")
}

func laws(tx *store.Tx) ([]LawText, error) {
	var rows []lawRow
	if err := tx.DB().NewSelect().Model(&rows).Where("l.live = 1").Order("l.title", "l.effective_from").Scan(tx.Ctx); err != nil {
		return nil, fmt.Errorf("powers: laws: %w", err)
	}
	out := make([]LawText, len(rows))
	for i, r := range rows {
		out[i] = r.law()
	}
	return out, nil
}

func benchmarksOf(tx *store.Tx, codes ...string) ([]Benchmark, error) {
	if len(codes) == 0 {
		return nil, nil
	}
	var rows []benchmarkRow
	err := tx.DB().NewSelect().Model(&rows).Where("k.live = 1").Where("k.code IN (?)", bun.List(codes)).Order("k.code", "k.stage", "k.subject", "k.id").Scan(tx.Ctx)
	if err != nil || len(rows) == 0 {
		return nil, wrap("benchmarks", err)
	}
	ids := make([]BenchmarkID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	var tiers []tierRow
	if err := tx.DB().NewSelect().Model(&tiers).Where("t.benchmark_id IN (?)", bun.List(ids)).Order("t.line").Scan(tx.Ctx); err != nil {
		return nil, wrap("tiers", err)
	}
	of := map[BenchmarkID][]Tier{}
	for _, t := range tiers {
		of[t.Benchmark] = append(of[t.Benchmark], t.tierRow().Tier)
	}
	out := make([]Benchmark, len(rows))
	for i, r := range rows {
		out[i] = r.benchmark(of[r.ID])
	}
	return out, nil
}

func exemptionsWhere(tx *store.Tx, where string, args ...any) ([]Exemption, error) {
	var rows []exemptionRow
	if err := tx.DB().NewSelect().Model(&rows).Where("e.live = 1").Where(where, args...).Order("e.ref", "e.id").Scan(tx.Ctx); err != nil {
		return nil, wrap("exemptions", err)
	}
	out := make([]Exemption, len(rows))
	for i, r := range rows {
		out[i] = r.exemption()
	}
	return out, nil
}

func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("powers: %s: %w", what, err)
}

// known loads what rows of a file are checked against: the laws, and what the codes in the rows name.
func known(tx *store.Tx, kind ImportKind, t Table) (*Library, error) {
	lib := &Library{}
	var err error
	if kind == ImportLaws || kind == ImportItems {
		if lib.Laws, err = laws(tx); err != nil {
			return nil, err
		}
	}
	if kind != ImportLaws {
		if lib.Items, err = itemsOf(tx, codesIn(t)...); err != nil {
			return nil, err
		}
	}
	switch kind {
	case ImportTiers:
		lib.Benchmarks, err = benchmarksOf(tx, codesIn(t)...)
	case ImportExemptions:
		lib.Exemptions, err = exemptionsWhere(tx, "e.ref IN (?)", bun.List(columnOf(t, "id")))
	}
	if err != nil {
		return nil, err
	}
	return NewLibrary(lib.Items, lib.Benchmarks, lib.Exemptions, lib.Laws), nil
}

// codesIn collects the codes that a file's rows are about or refer to.
func codesIn(t Table) []string {
	out := columnOf(t, "code")
	for _, s := range columnOf(t, "superseded_by") {
		for _, part := range splitList(s) {
			if itemCode.MatchString(part) {
				out = append(out, part)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func columnOf(t Table, name string) []string {
	at := slices.IndexFunc(t.Kind.columns(), func(c column) bool { return c.name == name })
	out := []string{}
	for _, r := range t.Rows {
		if at >= 0 && r.Cells[at] != "" {
			out = append(out, r.Cells[at])
		}
	}
	return out
}
