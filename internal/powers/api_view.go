package powers

import (
	"fadu/internal/fault"
	"fadu/internal/law"
)

// ItemOut is one version of a power.
type ItemOut struct {
	ID            ItemID   `json:"id"`
	Code          string   `json:"code"`
	Kind          Kind     `json:"kind"`
	KindLabel     string   `json:"kind_label"`
	Domain        string   `json:"domain"`
	Name          string   `json:"name"`
	Violated      string   `json:"violated"`
	Penalty       string   `json:"penalty"`
	PenaltyKinds  []string `json:"penalty_kinds"`
	Fine          string   `json:"fine"`
	ValidFrom     law.Date `json:"valid_from"`
	ValidTo       law.Date `json:"valid_to"`
	State         State    `json:"state"`
	StateLabel    string   `json:"state_label"`
	AdoptedFrom   law.Date `json:"adopted_from"`
	AdoptedUntil  law.Date `json:"adopted_until"`
	AdoptDocument string   `json:"adopt_document"`
	Earlier       Periods  `json:"adopted_before" doc:"以前行使的各段时间"`
}

func itemOut(p PowerItem, today law.Date) ItemOut {
	st := p.StateOn(today)
	return ItemOut{
		p.ID, p.Code, p.Kind, p.Kind.Label(), p.Domain, p.Name, p.Violated.Han(), p.Penalty.Han(), append([]string{}, p.PenaltyKinds...), p.FineText(), p.ValidFrom, p.ValidTo,
		st, st.Label(), p.Standing.AdoptedFrom, p.Standing.AdoptedUntil, p.Standing.AdoptDocument, append(Periods{}, p.Standing.Earlier...),
	}
}

// ItemPageOut is a page of powers.
type ItemPageOut struct {
	Items []ItemOut `json:"items"`
	Total int       `json:"total"`
	More  bool      `json:"more"`
	Prev  string    `json:"prev,omitempty"`
	Next  string    `json:"next,omitempty"`
}

// TierOut is one tier of a benchmark.
type TierOut struct {
	Grade         string `json:"grade"`
	Circumstances string `json:"circumstances"`
	Range         string `json:"range"`
	Basis         string `json:"basis"`
}

// BenchmarkOut is a group of tiers with its publication.
type BenchmarkOut struct {
	Subject     string    `json:"subject"`
	Stage       string    `json:"stage"`
	Sample      bool      `json:"sample"`
	Issuer      string    `json:"issuer"`
	Document    string    `json:"document"`
	PublishedOn law.Date  `json:"published_on"`
	From        law.Date  `json:"from"`
	Until       law.Date  `json:"until"`
	Applies     bool      `json:"applies"`
	Tiers       []TierOut `json:"tiers"`
}

// ExemptionOut is an entry of a list of conduct that is not punished.
type ExemptionOut struct {
	Ref        string   `json:"ref"`
	Kind       string   `json:"kind"`
	Effect     string   `json:"effect"`
	Conditions []string `json:"conditions"`
	Basis      string   `json:"basis"`
}

// DossierOut is everything about a power.
type DossierOut struct {
	ItemOut
	Versions    []ItemOut       `json:"versions"`
	Benchmarks  []BenchmarkOut  `json:"benchmarks"`
	Exemptions  []ExemptionOut  `json:"exemptions"`
	Adjustments []AdjustmentOut `json:"adjustments"`
}

func dossierOut(d Dossier, adj []Adjustment, on, today law.Date) DossierOut {
	out := DossierOut{ItemOut: itemOut(d.Item, today), Versions: []ItemOut{}, Benchmarks: []BenchmarkOut{}, Exemptions: []ExemptionOut{}, Adjustments: []AdjustmentOut{}}
	for _, p := range d.Versions {
		out.Versions = append(out.Versions, itemOut(p, today))
	}
	for _, b := range d.Benchmarks {
		x := BenchmarkOut{b.Subject.Label(), b.Stage, b.Sample, b.Issue.Issuer, b.Issue.Document, b.Issue.PublishedOn, b.Issue.From, b.Issue.Until, b.Issue.Issued(on), []TierOut{}}
		for _, t := range b.Tiers {
			x.Tiers = append(x.Tiers, TierOut{t.Grade.Label(), t.Circumstances, t.RangeText(b.Unit), t.Basis})
		}
		out.Benchmarks = append(out.Benchmarks, x)
	}
	for _, e := range d.Exemptions {
		out.Exemptions = append(out.Exemptions, ExemptionOut{e.Ref, e.Kind.Label(), e.Effect.Label(), append([]string{}, e.conditions()...), e.Basis})
	}
	for _, a := range adj {
		out.Adjustments = append(out.Adjustments, adjustmentOut(a))
	}
	return out
}

// CalculationIn is what the fine calculator asks. Unstated circumstances are left out.
type CalculationIn struct {
	ActDate      law.Date  `json:"act_date"`
	DecisionDate law.Date  `json:"decision_date"`
	Party        string    `json:"party" doc:"公民、单位或者个体工商户"`
	Metric       string    `json:"metric" doc:"计量值，十进制文字"`
	Prior        *int      `json:"prior_2y" doc:"二年内同类违法受处罚次数"`
	Corrected    *bool     `json:"corrected"`
	Harm         *bool     `json:"harm"`
	Escalated    bool      `json:"escalated"`
	Base         law.Money `json:"base"`
	Quantity     string    `json:"quantity"`
	Grade        string    `json:"grade"`
	NewCode      string    `json:"new_code"`
}

func (in CalculationIn) input(code string) (AssessInput, error) {
	var fs fault.Fields
	out := AssessInput{Code: code, DecisionDate: in.DecisionDate, NewCode: in.NewCode}
	out.ActDate, out.Prior2y, out.Escalated, out.Base, out.Grade = in.ActDate, in.Prior, in.Escalated, in.Base, in.Grade
	var ok bool
	if out.Party, ok = ParseParty(in.Party); !ok {
		fs.Add("party", "应为公民、单位或者个体工商户")
	}
	if in.ActDate.IsZero() {
		fs.Add("act_date", "请写违法行为日")
	}
	if in.Metric != "" {
		q, err := ParseQuantity(in.Metric)
		if err != nil {
			fs.Add("metric", "%v", err)
		}
		out.Metric = &q
	}
	if in.Quantity != "" {
		q, err := ParseQuantity(in.Quantity)
		if err != nil {
			fs.Add("quantity", "%v", err)
		}
		out.Quantity = q
	}
	if in.Corrected != nil {
		out.Corrected = law.TriOf(*in.Corrected)
	}
	if in.Harm != nil {
		out.Harm = law.TriOf(*in.Harm)
	}
	return out, fs.Err()
}

// SimilarOut is how the fines of the bureau's own similar cases lie.
type SimilarOut struct {
	Count   int         `json:"count"`
	Years   int         `json:"years"`
	Min     law.Money   `json:"min"`
	Median  law.Money   `json:"median"`
	Max     law.Money   `json:"max"`
	Buckets []BucketOut `json:"buckets"`
}

// BucketOut counts the cases of a range, both ends included.
type BucketOut struct {
	Min   law.Money `json:"min"`
	Max   law.Money `json:"max"`
	Count int       `json:"count"`
}

func similarOut(d Distribution) *SimilarOut {
	out := &SimilarOut{d.Count, SimilarYears, d.Min, d.Median, d.Max, []BucketOut{}}
	for _, b := range d.Buckets {
		out.Buckets = append(out.Buckets, BucketOut(b))
	}
	return out
}

// CalculationOut is what was computed.
type CalculationOut struct {
	Item           ItemOut     `json:"item"`
	Statutory      string      `json:"statutory"`
	RangeProblem   string      `json:"range_problem,omitempty"`
	Tier           string      `json:"tier"`
	TierProblem    string      `json:"tier_problem,omitempty"`
	Min            *law.Money  `json:"min"`
	Max            *law.Money  `json:"max"`
	UpperInclusive bool        `json:"upper_inclusive"`
	Why            []string    `json:"why"`
	Basis          string      `json:"basis"`
	Lacks          []string    `json:"lacks" doc:"还不能用于办案的原因"`
	Similar        *SimilarOut `json:"similar,omitempty"`
}

func calculationOut(a Assessment) CalculationOut {
	out := CalculationOut{Item: itemOut(a.Item, a.Item.ValidFrom), RangeProblem: a.RangeProblem, TierProblem: a.TierProblem, Why: []string{}, Lacks: append([]string{}, a.Lacks...)}
	if a.HasRange {
		out.Statutory = a.Statutory.Text()
	}
	if a.HasTier {
		out.Tier, out.UpperInclusive, out.Basis = a.Tier.Tier.Grade.Label(), a.Tier.UpperInclusive, a.Tier.Tier.Basis
		out.Why = append(out.Why, a.Tier.Why...)
		if a.Tier.RangeSet {
			out.Min, out.Max = &a.Tier.Min, &a.Tier.Max
		}
	}
	return out
}

// LawOut is one version of a law.
type LawOut struct {
	ID             string   `json:"id"`
	Title          string   `json:"title"`
	DocumentNumber string   `json:"document_number"`
	IssuingBody    string   `json:"issuing_body"`
	Level          string   `json:"level"`
	From           law.Date `json:"from"`
	Until          law.Date `json:"until"`
	Status         string   `json:"status"`
	LastArticle    int      `json:"last_article"`
}

// LawsOut is the list of laws.
type LawsOut struct {
	Items []LawOut `json:"items"`
}

func lawOut(l LawText) LawOut {
	return LawOut{AdjustmentID(l.ID).String(), l.Title, l.DocumentNumber, l.IssuingBody, l.Level, l.EffectiveFrom, l.ValidTo, l.Status, l.LastArticle}
}

// ArticleOut is one article as it stands in a version of a law.
type ArticleOut struct {
	Law        string      `json:"law_id"`
	Title      string      `json:"title"`
	From       law.Date    `json:"from"`
	Until      law.Date    `json:"until"`
	Number     string      `json:"number"`
	Paragraphs []Paragraph `json:"paragraphs"`
}

// ArticlesOut are articles found.
type ArticlesOut struct {
	Items []ArticleOut `json:"items"`
}

func articleOut(h ArticleHit) ArticleOut {
	return ArticleOut{AdjustmentID(h.Law).String(), h.Title, h.From, h.Until, h.Number, append([]Paragraph{}, Paragraphs(h.Text)...)}
}

// AdjustmentOut is an adjustment.
type AdjustmentOut struct {
	ID         AdjustmentID `json:"id"`
	Version    int64        `json:"version"`
	State      AdjustState  `json:"state"`
	StateLabel string       `json:"state_label"`
	AdjustInput
	Proposer     string   `json:"proposer"`
	Checker      string   `json:"checker"`
	Opinion      string   `json:"opinion"`
	ReturnReason string   `json:"return_reason"`
	FiledWith    string   `json:"filed_with"`
	FiledNumber  string   `json:"filed_number"`
	FiledOn      law.Date `json:"filed_on"`
	HasFile      bool     `json:"has_file"`
}

func adjustmentOut(a Adjustment) AdjustmentOut {
	return AdjustmentOut{
		a.ID, a.Version, a.State, a.State.Label(), a.input(), a.Proposer, a.Checker, a.Opinion, a.ReturnReason, a.FiledWith, a.FiledNumber, a.FiledOn, a.FileDigest != "",
	}
}

// AdjustmentsOut is a page of adjustments.
type AdjustmentsOut struct {
	Items []AdjustmentOut `json:"items"`
}

// AffectedOut is a thing that an adjustment touches.
type AffectedOut struct {
	Kind      AffectedKind  `json:"kind"`
	KindLabel string        `json:"kind_label"`
	Ref       string        `json:"ref"`
	Label     string        `json:"label"`
	Note      string        `json:"note"`
	State     AffectedState `json:"state"`
	Outcome   Outcome       `json:"outcome"`
	Gone      bool          `json:"gone"`
}

// AdjustmentDetail is an adjustment with what it touches.
type AdjustmentDetail struct {
	AdjustmentOut
	Affected []AffectedOut `json:"affected"`
}
