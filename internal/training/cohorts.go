package training

import (
	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// What cohorts ask of scenes.

// Offered are the scenes in use, each by its newest version.
func Offered(tx *store.Tx) ([]Scene, error) {
	all, err := scenesOf(tx, Published)
	var out []Scene
	seen := map[string]bool{}
	for _, s := range all {
		if !seen[s.Code] {
			seen[s.Code] = true
			out = append(out, s)
		}
	}
	return out, err
}

// BestBetween are the best finished runs of a scene by accounts between two days, from its beginning: passed ones first.
func BestBetween(tx *store.Tx, code string, from, until law.Date, accounts []access.AccountID) (map[access.AccountID]Run, error) {
	var rows []Run
	err := tx.DB().NewSelect().Model(&rows).Where("scene_id IN (SELECT id FROM training_scene WHERE code = ?)", code).Where("account IN (?)", bun.List(accounts)).
		Where("state = ?", Done).Where("again_of = 0").Where("ended_at >= ?", store.Micros(from.Start())).Where("ended_at < ?", store.Micros(until.AddDays(1).Start())).
		Order("passed DESC", "score DESC", "id").Scan(tx.Ctx)
	out := map[access.AccountID]Run{}
	for _, r := range rows {
		if _, ok := out[r.Account]; !ok {
			out[r.Account] = r
		}
	}
	return out, err
}
