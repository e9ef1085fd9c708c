package powers

import (
	"strings"

	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

type issueRow struct {
	Issuer      string   `bun:"issuer"`
	Document    string   `bun:"document"`
	PublishedOn law.Date `bun:"published_on"`
	From        law.Date `bun:"valid_from"`
	Until       law.Date `bun:"valid_to"`
}

type benchmarkRow struct {
	bun.BaseModel `bun:"table:power_benchmark,alias:k"`
	ID            BenchmarkID `bun:"id,pk"`
	Code          string      `bun:"code"`
	Subject       Subject     `bun:"subject"`
	Stage         string      `bun:"stage"`
	Unit          TierUnit    `bun:"unit"`
	Sample        store.Flag  `bun:"sample"`
	Demo          store.Flag  `bun:"demo"`
	issueRow
	record
}

func benchmarkRowOf(b Benchmark) benchmarkRow {
	return benchmarkRow{ID: b.ID, Code: b.Code, Subject: b.Subject, Stage: b.Stage, Unit: b.Unit, Sample: store.Flag(b.Sample), Demo: store.Flag(b.Demo), issueRow: issueRow(b.Issue)}
}

func (r benchmarkRow) benchmark(tiers []Tier) Benchmark {
	return Benchmark{r.ID, r.Code, r.Subject, r.Stage, r.Unit, tiers, bool(r.Sample), bool(r.Demo), Issue(r.issueRow)}
}

type tierRow struct {
	bun.BaseModel  `bun:"table:power_tier,alias:t"`
	ID             int64       `bun:"id,pk"`
	Benchmark      BenchmarkID `bun:"benchmark_id"`
	Batch          int64       `bun:"batch_id"`
	Line           int         `bun:"line"`
	Code           string      `bun:"code"`
	Subject        Subject     `bun:"subject"`
	Stage          string      `bun:"stage"`
	Unit           TierUnit    `bun:"unit"`
	Grade          Grade       `bun:"grade"`
	Order          int         `bun:"eval_order"`
	Circumstances  string      `bun:"circumstances"`
	Metric         string      `bun:"metric"`
	MetricUnit     string      `bun:"metric_unit"`
	MetricSet      store.Flag  `bun:"metric_set"`
	MetricMin      Quantity    `bun:"metric_min"`
	MetricMax      Quantity    `bun:"metric_max"`
	MetricOpen     store.Flag  `bun:"metric_open"`
	Prior          string      `bun:"prior_2y"`
	Corrected      law.Tri     `bun:"corrected"`
	Harm           law.Tri     `bun:"harm"`
	All            store.Flag  `bun:"combine_all"`
	RangeSet       store.Flag  `bun:"range_set"`
	Lower          Quantity    `bun:"range_lower"`
	Upper          Quantity    `bun:"range_upper"`
	UpperInclusive store.Flag  `bun:"upper_inclusive"`
	Position       string      `bun:"position"`
	Basis          string      `bun:"basis"`
}

func tierRowOf(r TierRow) tierRow {
	t := r.Tier
	return tierRow{
		ID: store.NewID(), Line: r.Row, Code: r.Code, Subject: r.Subject, Stage: r.Stage, Unit: r.Unit, Grade: t.Grade, Order: t.Order, Circumstances: t.Circumstances,
		Metric: t.Metric, MetricUnit: t.MetricUnit, MetricSet: store.Flag(t.MetricSet), MetricMin: t.MetricMin, MetricMax: t.MetricMax, MetricOpen: store.Flag(t.MetricOpen),
		Prior: t.Prior.String(), Corrected: t.Corrected, Harm: t.Harm, All: store.Flag(t.All), RangeSet: store.Flag(t.RangeSet), Lower: t.Lower, Upper: t.Upper,
		UpperInclusive: store.Flag(t.UpperInclusive), Position: t.Position, Basis: t.Basis,
	}
}

func (r tierRow) tierRow() TierRow {
	prior, _ := parsePrior(r.Prior)
	return TierRow{r.Line, r.Code, r.Subject, r.Stage, r.Unit, Tier{
		Grade: r.Grade, Order: r.Order, Circumstances: r.Circumstances, Metric: r.Metric, MetricUnit: r.MetricUnit,
		MetricSet: bool(r.MetricSet), MetricMin: r.MetricMin, MetricMax: r.MetricMax, MetricOpen: bool(r.MetricOpen), Prior: prior, Corrected: r.Corrected, Harm: r.Harm,
		All: bool(r.All), RangeSet: bool(r.RangeSet), Lower: r.Lower, Upper: r.Upper, UpperInclusive: bool(r.UpperInclusive), Position: r.Position, Basis: r.Basis,
	}}
}

type exemptionRow struct {
	bun.BaseModel      `bun:"table:power_exemption,alias:e"`
	ID                 ExemptionID   `bun:"id,pk"`
	Ref                string        `bun:"ref"`
	Code               string        `bun:"code"`
	Name               string        `bun:"name"`
	Kind               ExemptionKind `bun:"kind"`
	Effect             Effect        `bun:"effect"`
	Conditions         string        `bun:"conditions"`
	WindowYears        int           `bun:"window_years"`
	CorrectionRequired store.Flag    `bun:"correction_required"`
	Accompanying       string        `bun:"accompanying"`
	Basis              string        `bun:"basis"`
	Sample             store.Flag    `bun:"sample"`
	Demo               store.Flag    `bun:"demo"`
	issueRow
	record
}

func exemptionRowOf(e Exemption) exemptionRow {
	return exemptionRow{
		ID: e.ID, Ref: e.Ref, Code: e.Code, Name: e.Name, Kind: e.Kind, Effect: e.Effect, Conditions: e.Conditions, WindowYears: e.WindowYears,
		CorrectionRequired: store.Flag(e.CorrectionRequired), Accompanying: strings.Join(e.Accompanying, ";"), Basis: e.Basis, Sample: store.Flag(e.Sample), Demo: store.Flag(e.Demo), issueRow: issueRow(e.Issue),
	}
}

func (r exemptionRow) exemption() Exemption {
	e := Exemption{r.ID, r.Ref, r.Code, r.Name, r.Kind, r.Effect, r.Conditions, r.WindowYears, bool(r.CorrectionRequired), splitList(r.Accompanying), r.Basis, bool(r.Sample), bool(r.Demo), Issue(r.issueRow)}
	if len(e.Accompanying) == 0 {
		e.Accompanying = nil
	}
	return e
}
