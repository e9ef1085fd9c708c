package course

import (
	"math"
	"slices"
	"strconv"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/setting"
	"fadu/internal/training/points"
)

// The sources of points.
const (
	SourceChapter  = "学完一章"
	SourceCourse   = "学完一门课程"
	SourceLesson   = "面授签到"
	SourcePractice = "每日一练答对"
	SourceScene    = "情景演练合格"
	SourceExam     = "考试合格"
)

// Sources are all sources, in the order in which pages list them.
var Sources = []string{SourceChapter, SourceCourse, SourceLesson, SourcePractice, SourceScene, SourceExam}

// firstRules hold until the bureau decides its own. A day's cap keeps the year from being caught up in a night.
var firstRules = []points.Rule{
	{Source: SourceChapter, Each: 5, DailyCap: 30},
	{Source: SourceCourse, Each: 20, DailyCap: 40},
	{Source: SourceLesson, Each: 20, DailyCap: 40},
	{Source: SourcePractice, Each: 1, DailyCap: 20},
	{Source: SourceScene, Each: 15, DailyCap: 30},
	{Source: SourceExam, Each: 40, DailyCap: 40},
	{Source: points.AllSources, DailyCap: 60},
}

// YearlyTarget is what everybody should reach in a year, as the bureau decides.
var YearlyTarget = setting.Item{
	Key: "course.yearly_target", Group: "学练考", Label: "学习积分的年度目标", Help: "课程、面授、每日一练、情景、考试得积分，每天有上限。这里定每人一年应达到多少分。", Source: "本局年度学法计划", Example: strconv.Itoa(points.YearlyTarget),
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

// RuleInput is what a source gives, in points; Per 0 is 1, a cap of 0 is none.
type RuleInput struct {
	Source   string  `json:"source" doc:"来源；* 是全天合计，只有上限"`
	Each     float64 `json:"each" doc:"每次多少分，0 是不给分"`
	Per      float64 `json:"per,omitempty" doc:"满几次给一回分，不写是一次"`
	DailyCap float64 `json:"daily_cap,omitempty" doc:"每天最多多少分，不写是不限"`
}

// checkRules names at its field what keeps rules from being kept.
func checkRules(in []RuleInput) error {
	var fs fault.Fields
	seen := map[string]bool{}
	for _, r := range in {
		at := ruleField(r.Source)
		switch {
		case r.Source != points.AllSources && !slices.Contains(Sources, r.Source):
			return fault.InvalidField("rules", "不认识的来源“%s”", r.Source)
		case seen[r.Source]:
			return fault.InvalidField("rules", "“%s”写了两次", r.Source)
		case !scarce(r.Each) || !scarce(r.Per) || !scarce(r.DailyCap):
			fs.Add(at, "“%s”的分值、次数和上限应是 0 至 10000 的数，最多两位小数", r.Source)
		case r.Source == points.AllSources && r.Each != 0:
			fs.Add(at, "全天合计只写上限")
		case r.DailyCap > 0 && r.DailyCap < r.Each:
			fs.Add(at, "“%s”的每日上限比一次的分值还小", r.Source)
		}
		seen[r.Source] = true
	}
	for _, s := range append(slices.Clone(Sources), points.AllSources) {
		if !seen[s] {
			return fault.InvalidField("rules", "缺“%s”这一行", s)
		}
	}
	return fs.Err()
}

// ruleNumber is the number of a source in the form; all sources together have -1.
func ruleNumber(source string) string { return strconv.Itoa(slices.Index(Sources, source)) }

// ruleField is the field at which what is wrong with a source is said.
func ruleField(source string) string {
	if source == points.AllSources {
		return "cap." + ruleNumber(source)
	}
	return "each." + ruleNumber(source)
}

func scarce(x float64) bool {
	return x >= 0 && x <= 10_000 && math.Abs(x*100-math.Round(x*100)) < 1e-6
}

// reasonBack is the reason of an entry that takes another back.
const reasonBack = "冲销"

// grant is what a source gives on a day on which the account has these entries already, in hundredths, with the reason when
// that is less than the source gives. It is the reckoning that `fadu calc points` answers.
func grant(rules []points.Rule, earlier []PointEntry, next PointEntry) (hundredths int64, reason string, err error) {
	known := map[int64]bool{}
	events := make([]points.Event, 0, len(earlier)+1)
	for _, e := range append(slices.Clone(earlier), next) {
		x := points.Event{ID: strconv.FormatInt(e.ID, 10), Source: e.Source, Day: e.Day}
		if e.Reverses != 0 {
			if !known[e.Reverses] {
				continue // of another day
			}
			x.Reverses = strconv.FormatInt(e.Reverses, 10)
		}
		known[e.ID] = true
		events = append(events, x)
	}
	account, err := points.Reckon(rules, events)
	if err != nil {
		return 0, "", err
	}
	last := account.Entries[len(account.Entries)-1]
	return int64(math.Round(last.Points * 100)), last.Reason, nil
}

// begins refuses rules for a day that has begun: what was entered under the rules of a day stays right.
func begins(from, today law.Date) error {
	if from.IsZero() || !from.After(today) {
		return fault.InvalidField("from", "新规则最早从明天起：已经入账的日子照当时的规则")
	}
	return nil
}
