package powers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fadu/internal/law"
)

// BenchmarkID identifies one group of tiers.
type BenchmarkID int64

// Grade is the weight of a tier (阶次).
type Grade string

// The grades of discretion.
const (
	NoPenalty Grade = "no_penalty"
	Mitigated Grade = "mitigated"
	Lighter   Grade = "lighter"
	Ordinary  Grade = "ordinary"
	Heavier   Grade = "heavier"
)

// Subject is whom a group of tiers is for.
type Subject string

// The subjects of a group of tiers.
const (
	SubjectAll          Subject = "all"
	SubjectCitizen      Subject = "citizen"
	SubjectOrganisation Subject = "organisation"
)

// TierUnit is the unit of a tier's range.
type TierUnit string

// The units of a tier's range: yuan, per cent of the base, multiples of the base.
const (
	UnitYuan     TierUnit = "yuan"
	UnitPercent  TierUnit = "percent"
	UnitMultiple TierUnit = "multiple"
)

// BaseStage is the stage of the article's first range; any other stage is an escalation trigger.
const BaseStage = "基准"

// PriorTest is a condition on the number of like offences punished in the last two years.
type PriorTest struct {
	Set     bool
	Count   int
	AtLeast bool
}

// String prints 0, 1 or >=2 as in the data, or nothing.
func (p PriorTest) String() string {
	switch {
	case !p.Set:
		return ""
	case p.AtLeast:
		return fmt.Sprintf(">=%d", p.Count)
	}
	return fmt.Sprint(p.Count)
}

// Tier is one step of a benchmark. Its conditions are joined by any or all; a range is [Lower, Upper),
// the last one with its upper end.
type Tier struct {
	Grade         Grade
	Order         int
	Circumstances string
	Metric        string
	MetricUnit    string
	// MetricSet: the metric is a condition, MetricMin ≤ m < MetricMax (MetricOpen: no upper end).
	MetricSet            bool
	MetricMin, MetricMax Quantity
	MetricOpen           bool
	Prior                PriorTest
	// Corrected and Harm are wanted values; law.Unknown means "not a condition".
	Corrected, Harm law.Tri
	// All: every condition must hold; else any one.
	All bool
	// RangeSet is false for a tier without a fine. Lower and Upper are in the benchmark's unit.
	RangeSet       bool
	Lower, Upper   Quantity
	UpperInclusive bool
	Position       string
	Basis          string
}

// Benchmark is the group of tiers for one power, subject and stage.
type Benchmark struct {
	ID      BenchmarkID
	Code    string
	Subject Subject
	Stage   string
	Unit    TierUnit
	Tiers   []Tier // by Order
	// Sample: thresholds made up for this data set (示范), not published by anybody.
	Sample bool
	Demo   bool
	Issue  Issue
}

// Issue is the publication of a benchmark or of a list of exemptions.
type Issue struct {
	Issuer, Document string
	PublishedOn      law.Date
	From, Until      law.Date
}

// Issued reports whether it was published and applies to an act on d.
func (i Issue) Issued(d law.Date) bool {
	return i.Issuer != "" && i.Document != "" && !i.PublishedOn.IsZero() && d.Within(i.From, i.Until)
}

// Key names the group: code, subject, stage.
func (b Benchmark) Key() string { return b.Code + "/" + string(b.Subject) + "/" + b.Stage }

// Escalated reports whether the group belongs to the article's second range.
func (b Benchmark) Escalated() bool { return b.Stage != BaseStage }

func (b Benchmark) sorted() []Tier {
	ts := slices.Clone(b.Tiers)
	slices.SortStableFunc(ts, func(x, y Tier) int { return cmp.Compare(x.Order, y.Order) })
	return ts
}

// byRange returns the indexes of the tiers that carry a fine, from the lowest range.
func (b Benchmark) byRange() []int {
	var at []int
	for i, t := range b.Tiers {
		if t.RangeSet {
			at = append(at, i)
		}
	}
	slices.SortStableFunc(at, func(x, y int) int { return cmp.Compare(b.Tiers[x].Lower, b.Tiers[y].Lower) })
	return at
}

// tierFault is what is wrong with the tier at the index.
type tierFault struct {
	tier    int
	column  string
	message string
}

// faults checks that the tiers join without gap or overlap, in range and in metric, and that their order
// and grades are distinct.
func (b Benchmark) faults() []tierFault {
	var out []tierFault
	add := func(tier int, column, format string, args ...any) {
		out = append(out, tierFault{tier, column, fmt.Sprintf(format, args...)})
	}
	for i, t := range b.Tiers {
		for _, u := range b.Tiers[:i] {
			if t.Order == u.Order {
				add(i, "eval_order", "判断次序%d与“%s”相同", t.Order, u.Grade.Label())
			}
			if t.Grade == u.Grade {
				add(i, "tier", "“%s”写了两次", t.Grade.Label())
			}
		}
	}
	at := b.byRange()
	for n, i := range at {
		t := b.Tiers[i]
		if last := n == len(at)-1; t.UpperInclusive != last {
			add(i, "upper_inclusive", "“%s”应为%s：只有最高一档含上限", t.Grade.Label(), yesNo(last))
		}
		if n == 0 {
			continue
		}
		below := b.Tiers[at[n-1]]
		switch {
		case below.Upper < t.Lower:
			add(i, "range_lower", "“%s”到%s为止，“%s”从%s开始，中间有空档", below.Grade.Label(), below.Upper, t.Grade.Label(), t.Lower)
		case below.Upper > t.Lower:
			add(i, "range_lower", "“%s”到%s为止，“%s”从%s开始，有重叠", below.Grade.Label(), below.Upper, t.Grade.Label(), t.Lower)
		}
		if !t.MetricSet || !below.MetricSet || t.Metric != below.Metric {
			continue
		}
		switch {
		case below.MetricOpen || below.MetricMax > t.MetricMin:
			add(i, "metric_min", "“%s”与“%s”的%s门槛重叠", below.Grade.Label(), t.Grade.Label(), t.Metric)
		case below.MetricMax < t.MetricMin:
			add(i, "metric_min", "“%s”与“%s”的%s门槛之间有空档", below.Grade.Label(), t.Grade.Label(), t.Metric)
		}
	}
	return out
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// refusesCorrection reports whether a stage is opened by not correcting (拒不改正, 逾期未改正, 拒不停止…),
// so that a party who did not correct falls into it directly.
func refusesCorrection(stage string) bool {
	for _, w := range []string{"不改正", "未改正", "拒不停止", "不采取补救"} {
		if strings.Contains(stage, w) {
			return true
		}
	}
	return false
}
