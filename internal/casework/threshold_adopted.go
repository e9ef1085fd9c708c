package casework

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/law"
	"fadu/internal/setting"
	"fadu/internal/store"
)

// HearingThreshold is what the bureau adopted as 较大数额 for the right to a hearing. Nothing adopted is no answer,
// and blocks the notice of a fine or a confiscation.
var HearingThreshold = setting.Item{
	Key: "casework.hearing_threshold", Group: "听证", Label: "较大数额（听证标准）",
	Help: "全国没有统一数额。填写本地规定的代号，或者本局适用的数额；理由写明文件名称、文号和施行日期。没有采用以前，罚款、没收的案件不能出具处罚事先告知书。公民、单位分别填写，罚款、违法所得、非法财物分别计算，含本数；个体工商户按公民从严。",
	Cite: law.Citations{xzcf(63, 1)}, Example: "31，或者：公民5000 单位50000 自2026-01-01",
	Check: func(value string) string {
		if _, err := adopted(value); err != nil {
			return err.Error()
		}
		return ""
	},
}

// Settings are what this package leaves to the bureau.
var Settings = []setting.Item{HearingThreshold, ReviewDirectory, DiscussionDirectory}

var ownThreshold = regexp.MustCompile(`^公民\s*(\d{1,9})[\s，,、；;]*单位\s*(\d{1,9})(?:[\s，,、；;]*自\s*(\d{4}-\d{2}-\d{2}))?$`)

// adopted reads the setting: the region of a known text (31, 35住建), or the bureau's own amounts.
func adopted(value string) ([]Threshold, error) {
	value = strings.TrimSpace(value)
	if value == "" {
		return nil, nil
	}
	var out []Threshold
	var names []string
	for _, t := range Thresholds() {
		name := t.Region + t.Sector
		if name == value {
			out = append(out, t)
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(out) > 0 {
		return out, nil
	}
	m := ownThreshold.FindStringSubmatch(value)
	if m == nil {
		return nil, fmt.Errorf("没有读懂。写已载入的代号（%s），或者写成：公民5000 单位50000 自2026-01-01", strings.Join(names, "、"))
	}
	from := penaltyLaw2021
	if m[3] != "" {
		day, err := law.ParseDate(m[3])
		if err != nil {
			return nil, fmt.Errorf("施行日期写成 2026-01-01 的样子")
		}
		from = day
	}
	for i, party := range []string{"citizen", "unit"} {
		yuan, err := strconv.ParseInt(m[i+1], 10, 64)
		if err != nil || yuan == 0 {
			return nil, fmt.Errorf("数额应当大于零")
		}
		out = append(out, Threshold{Party: party, Fine: yuan, Gains: yuan, Goods: yuan, From: from, Source: "本局采用的听证标准", Mark: "本局"})
	}
	return out, nil
}

// HearingNeed is whether the party must be told of the right to a hearing, and why.
type HearingNeed struct {
	// Large is whether an amount reaches the adopted threshold; Required whether the right must be told.
	Large, Required law.Tri
	// Ground is how the notice names it: 较大数额罚款（本地听证程序规定，五万元以上）.
	Ground string
}

// HearingNeed judges a proposed penalty by what the bureau adopted for the day; gains and goods are what is to be
// confiscated, each compared apart. With nothing adopted for the day an amount answers nothing.
func (s *Service) HearingNeed(tx *store.Tx, c *Case, gains, goods law.Money, on law.Date) (HearingNeed, error) {
	value, err := setting.Value(tx, HearingThreshold)
	if err != nil {
		return HearingNeed{}, err
	}
	ts, err := adopted(value)
	if err != nil {
		return HearingNeed{}, err
	}
	ts = slices.DeleteFunc(slices.Clone(ts), func(t Threshold) bool { return t.Mark == "演示" && !s.Demo })
	return needOf(ts, c.PartyKind, strings.ReplaceAll(c.Kinds, ";", "、"), c.Amount, gains, goods, on), nil
}

// needOf judges a penalty by thresholds: kinds that are heavy by themselves need no amount.
func needOf(ts []Threshold, party PartyKind, penalty string, fine, gains, goods law.Money, on law.Date) HearingNeed {
	kinds := ParsePenalties(penalty).Kinds
	money := slices.ContainsFunc(kinds, func(k PenaltyKind) bool { return k == PenaltyFine || k == PenaltyGains || k == PenaltyGoods })
	out := HearingNeed{Large: law.TriOf(false), Required: law.False}
	if money {
		out.Large = law.Unknown
		if i := slices.IndexFunc(ts, func(t Threshold) bool { return (t.Party == "unit") == isUnit(party) && on.Within(t.From, t.Until) }); i >= 0 {
			t := ts[i]
			out.Large = law.TriOf(t.Large(fine, gains, goods))
			if out.Large == law.True {
				out.Ground = fmt.Sprintf("较大数额罚款、没收较大数额违法所得或者较大价值非法财物（%s，对%s%d元以上）", t.Source, map[bool]string{true: "单位", false: "公民"}[isUnit(party)], t.Fine)
			}
		}
	}
	for _, k := range kinds {
		heavy := givesHearing(k, func() law.Tri { return out.Large })
		if k == PenaltyLicenceSuspension || k == PenaltyRestriction {
			heavy = law.True // 其他较重的行政处罚: no text draws the line, so the party is told
		}
		if heavy == law.True && k != PenaltyFine && k != PenaltyGains && k != PenaltyGoods {
			out.Ground = string(k)
		}
		out.Required = law.Or(out.Required, heavy)
	}
	return out
}
