package org

import (
	"fmt"
	"time"

	"fadu/internal/law"
	"fadu/internal/setting"
	"fadu/internal/store"
)

// AnnualCheckPolicy is what a missing annual check of a certificate means; AnnualCheckUntil is until when
// in a year the check for the year before is to be made.
var (
	AnnualCheckPolicy = setting.Item{
		Key: "org.annual_check", Group: "执法证", Label: "没有上一年度审验记录的执法证",
		Help:   "各省对没有按时审验的执法证规定不一，请按本省的执法证管理办法定。审验不合格的，一律不能承办案件，与这项设置无关。",
		Source: "本省行政执法证件管理办法",
		Choices: []setting.Choice{
			{Value: string(CheckIgnored), Label: labelOf(CheckPolicies, string(CheckIgnored)), Small: "本省没有年度审验的"},
			{Value: string(CheckWarns), Label: labelOf(CheckPolicies, string(CheckWarns)), Small: "办案时提示，照常办"},
			{Value: string(CheckRefuses), Label: labelOf(CheckPolicies, string(CheckRefuses)), Small: "不能担任承办人"},
		},
		Default: string(CheckWarns),
	}
	AnnualCheckUntil = setting.Item{
		Key: "org.annual_check_until", Group: "执法证", Label: "年度审验截止日",
		Help:    "过了这一天还没有上一年度的审验记录，就按上一项办。",
		Source:  "本省行政执法证件管理办法",
		Example: "03-31",
		Check: func(v string) string {
			if _, err := time.Parse(monthDay, v); err != nil {
				return "请写成“月-日”，例如 03-31"
			}
			return ""
		},
		Default: "03-31",
	}
)

// Settings are what this package leaves to the bureau.
var Settings = []setting.Item{AnnualCheckPolicy, AnnualCheckUntil}

const monthDay = "01-02"

// PracticeOf returns what the bureau decided about certificates, or the default.
func PracticeOf(tx *store.Tx) (Practice, error) {
	policy, err := setting.Value(tx, AnnualCheckPolicy)
	if err != nil {
		return Practice{}, err
	}
	until, err := setting.Value(tx, AnnualCheckUntil)
	if err != nil {
		return Practice{}, err
	}
	day, err := time.Parse(monthDay, until)
	if err != nil {
		return Practice{}, fmt.Errorf("org: practice: %w", err)
	}
	on := law.DateOf(day)
	return Practice{AnnualCheck: CheckPolicy(policy), CheckMonth: int(on.Month()), CheckDay: on.Day()}, nil
}
