package course

import (
	"math"
	"strconv"

	"fadu/internal/setting"
	"fadu/internal/training/points"
)

// The sources of points.
const (
	SourceChapter = "学完一章"
	SourceCourse  = "学完一门课程"
)

// pointRules are what each source gives and at most in a day. A day's cap keeps the year from being caught up in a night.
var pointRules = []points.Rule{
	{Source: SourceChapter, Each: 5, DailyCap: 30},
	{Source: SourceCourse, Each: 20, DailyCap: 40},
	{Source: points.AllSources, DailyCap: 60},
}

// YearlyTarget is what everybody should reach in a year, as the bureau decides.
var YearlyTarget = setting.Item{
	Key: "course.yearly_target", Group: "学练考", Label: "学习积分的年度目标", Help: "学完课程得积分，每天有上限。这里定每人一年应达到多少分。", Source: "本局年度学法计划", Example: strconv.Itoa(points.YearlyTarget),
	Default: strconv.Itoa(points.YearlyTarget),
	Check: func(v string) string {
		if n, err := strconv.Atoi(v); err != nil || n < 1 || n > 100_000 {
			return "请写 1 至 100000 的整数"
		}
		return ""
	},
}

// Settings are what the bureau decides about learning.
var Settings = []setting.Item{YearlyTarget}

// grant is what a source gives on a day on which the account earned these entries before, in hundredths, with the reason
// when that is less than the source gives.
func grant(earlier []PointEntry, next PointEntry) (hundredths int64, reason string, err error) {
	events := make([]points.Event, 0, len(earlier)+1)
	for _, e := range append(earlier, next) {
		events = append(events, points.Event{Source: e.Source, Day: e.Day})
	}
	account, err := points.Reckon(pointRules, events)
	if err != nil {
		return 0, "", err
	}
	last := account.Entries[len(account.Entries)-1]
	return int64(math.Round(last.Points * 100)), last.Reason, nil
}
