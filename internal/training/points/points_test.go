package points

import (
	"math"
	"slices"
	"testing"

	"fadu/internal/law"
	"pgregory.net/rapid"
)

func day(d int) law.Date { return law.MustDate("2026-03-01").AddDays(d - 1) }

var rules = []Rule{
	{Source: "登录", Each: 1, DailyCap: 1},
	{Source: "文章", Each: 1, DailyCap: 6},
	{Source: "时长", Each: 1, Per: 4, DailyCap: 6},
	{Source: "活动", Each: 5, From: day(1), Until: day(10)},
	{Source: "活动", Each: 2, From: day(11)},
	{Source: AllSources, DailyCap: 10},
}

func TestReckon(t *testing.T) {
	read := func(d, n int) (out []Event) {
		for range n {
			out = append(out, Event{Source: "文章", Day: day(d)})
		}
		return out
	}
	for _, c := range []struct {
		name   string
		events []Event
		total  float64
	}{
		{"每日上限", read(1, 9), 6},
		{"两天各有上限", append(read(1, 9), read(2, 3)...), 9},
		{"登录一天一次", []Event{{Source: "登录", Day: day(1)}, {Source: "登录", Day: day(1)}}, 1},
		{"四分钟一分，零头合并", []Event{{Source: "时长", Day: day(1), Amount: 3}, {Source: "时长", Day: day(1), Amount: 6}}, 2},
		{"零头不过夜", []Event{{Source: "时长", Day: day(1), Amount: 3}, {Source: "时长", Day: day(2), Amount: 3}}, 0},
		{"规则换版", []Event{{Source: "活动", Day: day(10)}, {Source: "活动", Day: day(11)}}, 7},
		{"有效期外", []Event{{Source: "活动", Day: day(0)}}, 0},
		{"全天上限", append(read(1, 9), Event{Source: "活动", Day: day(1)}), 10},
		{"冲销", append(read(1, 2), Event{ID: "a", Source: "活动", Day: day(1)}, Event{Day: day(3), Reverses: "a"}), 2},
		{"冲销以后上限空出来", []Event{{ID: "a", Source: "登录", Day: day(1)}, {Day: day(1), Reverses: "a"}, {Source: "登录", Day: day(1)}}, 1},
	} {
		a, err := Reckon(rules, c.events)
		if err != nil || a.Total != c.total {
			t.Errorf("%s：%+v %v，应得 %v", c.name, a, err, c.total)
		}
	}
}

func TestReckonRefuses(t *testing.T) {
	one := []Event{{ID: "a", Source: "登录", Day: day(1)}}
	for name, c := range map[string]struct {
		rules  []Rule
		events []Event
	}{
		"没有规则":   {rules, []Event{{Source: "做梦", Day: day(1)}}},
		"冒充全天":   {rules, []Event{{Source: AllSources, Day: day(1)}}},
		"没有日期":   {rules, []Event{{Source: "登录"}}},
		"编号重复":   {rules, slices.Concat(one, one)},
		"冲销没有的":  {rules, []Event{{Day: day(1), Reverses: "a"}}},
		"冲销两次":   {rules, slices.Concat(one, []Event{{Day: day(1), Reverses: "a"}, {Day: day(1), Reverses: "a"}})},
		"规则重叠":   {[]Rule{{Source: "x", Each: 1}, {Source: "x", Each: 2, From: day(5)}}, nil},
		"规则日期反了": {[]Rule{{Source: "x", Each: 1, From: day(5), Until: day(1)}}, nil},
		"分值不是数":  {[]Rule{{Source: "x", Each: math.NaN()}}, nil},
		"数量为负":   {rules, []Event{{Source: "时长", Day: day(1), Amount: -1}}},
	} {
		if a, err := Reckon(c.rules, c.events); err == nil {
			t.Errorf("%s也收了：%+v", name, a)
		}
	}
}

// The sums are the sum of the entries, and no day goes above its cap.
func TestReckonSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var events []Event
		for range rapid.IntRange(0, 40).Draw(t, "n") {
			events = append(events, Event{Source: rapid.SampledFrom([]string{"登录", "文章", "时长", "活动"}).Draw(t, "s"), Day: day(rapid.IntRange(1, 12).Draw(t, "d")), Amount: float64(rapid.IntRange(0, 30).Draw(t, "a"))})
		}
		a, err := Reckon(rules, events)
		if err != nil {
			t.Fatal(err)
		}
		var sum, days, sources float64
		for _, e := range a.Entries {
			sum += e.Points
		}
		for _, d := range a.Days {
			days += d.Points
			if d.Points > 10 {
				t.Fatalf("%+v", d)
			}
		}
		for _, s := range a.BySource {
			sources += s
		}
		if sum != a.Total || days != a.Total || sources != a.Total {
			t.Fatalf("%v %v %v %v", sum, days, sources, a.Total)
		}
	})
}
