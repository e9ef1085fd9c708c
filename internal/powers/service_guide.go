package powers

import (
	"context"
	"encoding/json"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// guideURL is where a power's guide is edited.
func guideURL(code string) string { return "/w/powers/item/" + code + "/guide" }

// guideOf returns the guide in use, or none.
func guideOf(tx *store.Tx, code string) (*GuideVersion, error) {
	all, err := guidesOf(tx, code)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}

// guidesOf returns all versions of a guide, newest first.
func guidesOf(tx *store.Tx, code string) ([]GuideVersion, error) {
	var rows []guideRow
	if err := tx.DB().NewSelect().Model(&rows).Where("g.code = ?", code).Order("g.number DESC").Scan(tx.Ctx); err != nil {
		return nil, wrap("guides", err)
	}
	out := make([]GuideVersion, len(rows))
	for i, r := range rows {
		var err error
		if out[i], err = r.guide(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// guidedCodes are those of the codes that have a guide.
func guidedCodes(tx *store.Tx, codes []string) ([]string, error) {
	var out []string
	if len(codes) == 0 {
		return nil, nil
	}
	err := tx.DB().NewSelect().Model((*guideRow)(nil)).ColumnExpr("DISTINCT g.code").Where("g.code IN (?)", bun.List(codes)).Order("g.code").Scan(tx.Ctx, &out)
	return out, wrap("guides", err)
}

// SaveGuide publishes a guide as a new version; seen is the number of the version that was edited, 0 for
// the first.
func (s *Service) SaveGuide(ctx context.Context, by access.Session, code string, seen int, g Guide) error {
	if _, err := by.Require(access.PowerAdopt); err != nil {
		return err
	}
	if err := g.check(); err != nil {
		return err
	}
	_, _, err := s.db.Once(ctx, by.Once("power.guide_saved", []any{code, seen, g}), func(tx *store.Tx) (string, error) {
		if items, err := itemsOf(tx, code); err != nil || len(items) == 0 {
			return "", orMissing(err, code)
		}
		old, err := guidesOf(tx, code)
		if err != nil {
			return "", err
		}
		if len(old) != seen {
			return "", fault.Stale(code + "的办事指南")
		}
		content, err := json.Marshal(g)
		if err != nil {
			return "", err
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "power.guide_saved", Subject: LedgerSubject(code), Data: map[string]any{"code": code, "number": seen + 1, "guide": g}})
		if err != nil {
			return "", err
		}
		r := guideRow{ID: store.NewID(), Code: code, Number: seen + 1, Content: string(content), PublishedOn: tx.Today(), Author: by.Name(), Entry: int64(entry)}
		return guideURL(code), insertAll(tx, []guideRow{r})
	})
	return err
}

func orMissing(err error, what string) error {
	if err != nil {
		return err
	}
	return fault.Missing(what)
}
