package powers

import (
	"regexp"
	"strconv"
	"strings"

	"fadu/internal/law"
)

// TierRow is one row of a benchmark file: a tier with the group it belongs to.
type TierRow struct {
	Row     int
	Code    string
	Subject Subject
	Stage   string
	Unit    TierUnit
	Tier    Tier
}

var priorForm = regexp.MustCompile(`^(>=)?([0-9]{1,2})$`)

// ParseTier reads one row of a benchmark file.
func ParseTier(row TableRow) (TierRow, []RowError) {
	c := newCells(ImportTiers, row)
	t := Tier{
		Grade: enum(c, "tier", gradeLabels), Order: c.integer("eval_order", 0, 99), Circumstances: c.text("circumstances"),
		Metric: c.text("metric"), MetricUnit: c.text("metric_unit"), Corrected: c.yes("corrected"), Harm: c.yes("harm"),
		Position: c.text("position"), Basis: c.text("basis"), Prior: readPrior(c),
	}
	readMetric(c, &t)
	readRange(c, &t)
	switch c.text("combine") {
	case "any", "任一", "":
	case "all", "全部":
		t.All = true
	default:
		c.add("combine", "“%s”应为 any 或者 all", clip(c.text("combine"), 20))
	}
	if len(t.conditions(Circumstances{})) == 0 && !c.bad("metric_min") && !c.bad("prior_2y") && !c.bad("corrected") && !c.bad("harm") {
		c.add("circumstances", "没有可以判定的条件：计量指标、次数、是否改正、有无后果至少填一项")
	}
	r := TierRow{row.No, c.text("code"), enum(c, "subject", subjectLabels), c.text("stage"), enum(c, "unit", tierUnitLabels), t}
	return r, c.faults
}

func readPrior(c *cells) PriorTest {
	if c.bad("prior_2y") {
		return PriorTest{}
	}
	p, ok := parsePrior(c.text("prior_2y"))
	if !ok {
		c.add("prior_2y", "“%s”应为0、1、>=2这样的写法", clip(c.text("prior_2y"), 20))
	}
	return p
}

// parsePrior reads what PriorTest.String prints.
func parsePrior(s string) (PriorTest, bool) {
	if s == "" {
		return PriorTest{}, true
	}
	m := priorForm.FindStringSubmatch(s)
	if m == nil {
		return PriorTest{}, false
	}
	n, _ := strconv.Atoi(m[2])
	return PriorTest{Set: true, Count: n, AtLeast: m[1] != ""}, true
}

func readMetric(c *cells, t *Tier) {
	low, hasLow := c.quantity("metric_min")
	high, hasHigh := c.quantity("metric_max")
	switch {
	case hasLow:
		t.MetricSet, t.MetricMin, t.MetricMax, t.MetricOpen = true, low, high, !hasHigh
		if hasHigh && low >= high {
			c.add("metric_min", "指标下限%s不小于上限%s", low, high)
		}
		if t.Metric == "" {
			c.add("metric", "写了指标数值，却没有写是什么指标")
		}
	case hasHigh:
		c.add("metric_min", "写了指标上限，没有写下限（没有下限填0）")
	}
}

func readRange(c *cells, t *Tier) {
	low, hasLow := c.quantity("range_lower")
	high, hasHigh := c.quantity("range_upper")
	inclusive := c.yes("upper_inclusive")
	switch {
	case t.Grade == NoPenalty:
		if hasLow || hasHigh {
			c.add("range_lower", "“不予处罚”不应有幅度")
		}
	case !hasLow || !hasHigh:
		if !c.bad("range_lower") && !c.bad("range_upper") {
			c.add("range_lower", "没有写幅度的上限和下限")
		}
	default:
		t.RangeSet, t.Lower, t.Upper, t.UpperInclusive = true, low, high, inclusive == law.True
		if low > high {
			c.add("range_lower", "下限%s大于上限%s", low, high)
		}
		if inclusive == law.Unknown && !c.bad("upper_inclusive") {
			c.add("upper_inclusive", "没有写是否含上限")
		}
	}
}

// GroupTiers gathers tier rows into benchmarks, in the order of the file.
func GroupTiers(rows []TierRow) []Benchmark {
	var out []Benchmark
	at := map[string]int{}
	for _, r := range rows {
		b := Benchmark{Code: r.Code, Subject: r.Subject, Stage: r.Stage, Unit: r.Unit}
		i, ok := at[b.Key()]
		if !ok {
			i = len(out)
			at[b.Key()] = i
			out = append(out, b)
		}
		out[i].Tiers = append(out[i].Tiers, r.Tier)
		if strings.Contains(r.Tier.Basis, "示范") {
			out[i].Sample = true
		}
		if strings.Contains(r.Tier.Basis, demoMark) {
			out[i].Demo = true
		}
	}
	return out
}
