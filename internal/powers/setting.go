package powers

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

const (
	soleTraderSetting = "powers.sole_trader"
	kindSoleTraderSet = "power.sole_trader_set"
)

// Setting returns how the bureau computes: a sole trader (个体工商户) counts as a citizen, the strict
// reading, unless the bureau decided otherwise by a document.
func (s *Service) Setting(tx *store.Tx) (Setting, error) {
	_, demo, _, err := ledger.Birth(tx)
	if err != nil {
		return Setting{}, err
	}
	set := Setting{SoleTraderAs: s.soleTraderAs, Demo: demo}
	stored, ok, err := store.Setting(tx, soleTraderSetting)
	if err != nil || !ok {
		return set, err
	}
	set.SoleTraderAs = Party(stored)
	return set, nil
}

// SetSoleTrader records what a sole trader counts as, and by which document of the bureau.
func (s *Service) SetSoleTrader(ctx context.Context, by access.Session, as Party, document string) error {
	if _, err := by.Require(access.SettingManage); err != nil {
		return err
	}
	var fs fault.Fields
	if as != Citizen && as != Organisation {
		fs.Add("as", "请选择按公民或者按单位掌握")
	}
	if document == "" {
		fs.Add("document", "请写明本局这样掌握的文件")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	_, _, err := s.db.Once(ctx, by.Once(kindSoleTraderSet, []string{string(as), document}), func(tx *store.Tx) (string, error) {
		before, err := s.Setting(tx)
		if err != nil {
			return "", err
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindSoleTraderSet, Subject: "setting/" + soleTraderSetting, Data: map[string]any{"before": before.SoleTraderAs, "after": as, "document": document}})
		if err != nil {
			return "", err
		}
		return "/w/powers/calculator", store.PutSetting(tx, soleTraderSetting, string(as), int64(entry))
	})
	return err
}
