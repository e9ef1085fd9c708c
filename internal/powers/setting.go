package powers

import (
	"fmt"

	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/setting"
	"fadu/internal/store"
)

// SoleTraderLimit is how the bureau reads article 51 for a sole trader (个体工商户).
var SoleTraderLimit = setting.Item{
	Key: "powers.sole_trader", Group: "当场处罚", Label: "个体工商户的当场罚款限额",
	Help: "行政处罚法第五十一条对公民的限额是二百元以下，对法人或者其他组织是三千元以下。民法典把个体工商户列在自然人一章，各地掌握不一。没有本局文件时按公民从严，不会超出权限。",
	Cite: law.Citations{law.Cite("XZCF", 51), law.Cite("MFD", 54)},
	Choices: []setting.Choice{
		{Value: string(Citizen), Label: "按公民掌握", Small: "当场罚款二百元以下；从严"},
		{Value: string(Organisation), Label: "按单位掌握", Small: "当场罚款三千元以下；应当有上级或者本局的文件"},
	},
	Default: string(Citizen),
}

// Settings are what this package leaves to the bureau.
var Settings = []setting.Item{SoleTraderLimit}

// Setting returns how the bureau computes.
func (s *Service) Setting(tx *store.Tx) (Setting, error) {
	_, demo, _, err := ledger.Birth(tx)
	if err != nil {
		return Setting{}, err
	}
	as, err := setting.Value(tx, SoleTraderLimit)
	if err != nil {
		return Setting{}, fmt.Errorf("powers: setting: %w", err)
	}
	return Setting{SoleTraderAs: Party(as), Demo: demo}, nil
}
