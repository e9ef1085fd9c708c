package hearing

import (
	"strconv"

	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/setting"
	"fadu/internal/store"
	"fadu/internal/web"
)

// AnnounceSetting is how many working days before a public hearing local rules want it announced; the statute names none.
var AnnounceSetting = setting.Item{
	Key: "casework.hearing_announcement_days", Group: "普通程序", Label: "公开听证举行几个工作日前公告", Cite: law.Citations{{Statute: "XZCF", Article: 64, Item: 3}}, Source: "本地行政处罚听证程序规定", Example: "7",
	Help: "法律没有规定公告的天数，各地不同。不填的，与听证通知同时公告。",
	Check: func(v string) string {
		if n, err := strconv.Atoi(v); v != "" && (err != nil || n < 1 || n > 30) {
			return "请填 1 至 30 的工作日数，或者不填"
		}
		return ""
	},
}

// Settings are what this desk leaves to the bureau.
var Settings = []setting.Item{AnnounceSetting}

func announceDays(tx *store.Tx) (int64, error) {
	v, err := setting.Value(tx, AnnounceSetting)
	if n, bad := strconv.ParseInt(v, 10, 64); err == nil && bad == nil {
		return n, nil
	}
	return 0, err
}

// shownName is the party as the public may read it: of a person only the surname.
func shownName(c *casework.Case) string {
	if c.PartyKind == casework.Citizen {
		return web.MaskName(c.PartyName)
	}
	return c.PartyName
}
