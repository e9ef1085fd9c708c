package casework

import (
	"context"
	"encoding/json"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// wordingOn returns the wording that papers of a day are made in.
func wordingOn(tx *store.Tx, on law.Date) (Wording, error) {
	var w Wording
	err := tx.DB().NewSelect().Model(&w).Where("since <= ?", on).Order("since DESC", "id DESC").Limit(1).Scan(tx.Ctx)
	if err := store.One(err, "用字"); err != nil {
		if fault.Is(err, fault.NotFound) {
			return usualWording(), nil
		}
		return Wording{}, err
	}
	return w, nil
}

// Wordings returns what holds today and all versions, newest first.
func (s *Service) Wordings(ctx context.Context, by access.Session) (now Wording, all []Wording, err error) {
	if _, err := by.Require(access.SettingManage); err != nil {
		return now, nil, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) (err error) {
		if now, err = wordingOn(tx, tx.Today()); err != nil {
			return err
		}
		return tx.DB().NewSelect().Model(&all).Order("since DESC", "id DESC").Limit(100).Scan(tx.Ctx)
	})
	return now, all, err
}

// SetWording settles the wording from a day on. Papers that have their number are not touched.
func (s *Service) SetWording(ctx context.Context, by access.Session, in WordingInput) error {
	if _, err := by.Require(access.SettingManage); err != nil {
		return err
	}
	titles := map[PaperKind]string{}
	for kind, title := range in.Titles {
		if title = strings.TrimSpace(title); title != "" && title != kind.Label() {
			titles[kind] = title
		}
	}
	in.Titles, in.Document = titles, strings.TrimSpace(in.Document)
	_, _, err := s.DB.Once(ctx, by.Once("casework.wording", in), func(tx *store.Tx) (string, error) {
		if err := in.check(tx.Today()); err != nil {
			return "", err
		}
		before, err := wordingOn(tx, in.Since)
		if err != nil {
			return "", err
		}
		was, err := before.Titles()
		if err != nil {
			return "", err
		}
		names, err := json.Marshal(in.Titles)
		if err != nil {
			return "", err
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.wording_set", Subject: "setting/" + WordingKey, Data: map[string]any{
			"before": map[string]any{"ordinal": before.Ordinal, "titles": was}, "after": in,
		}})
		if err != nil {
			return "", err
		}
		return "/w/wording", insert(tx, &Wording{
			ID: store.NewID(), Entry: int64(entry), Since: in.Since, Ordinal: store.Flag(in.Ordinal), Names: string(names), Document: in.Document, MadeAt: store.Micros(tx.Now),
		})
	})
	return err
}
