// Package pages holds the pages of powers, benchmarks and laws. It knows only what it shows.
package pages

import (
	"fadu/internal/law"
	"fadu/internal/web"

	"github.com/a-h/templ"
)

// Nav are the places in the side navigation that these pages belong to.
const (
	NavPowers = "/w/powers"
	NavLaws   = "/w/laws"
)

// ItemRow is one power in a list.
type ItemRow struct {
	ID, Code, Name, Href string
	Basis, Article       string
	Fine, Tiers          string
	State                web.TagView
	StateNote            string
	// Choose offers the row for adoption.
	Choose bool
}

// ListView is the list of powers with its conditions.
type ListView struct {
	Meta                   string
	Form                   *web.Form
	Kinds, Domains, States []web.Option
	Chips                  []web.Link
	Summary                string
	Rows                   []ItemRow
	Pager                  web.PagerView
	ExportHref             string
	ImportHref             string
	IssueHref              string
	Empty                  web.EmptyView
	Adopt                  *AdoptView
}

// AdoptView is the form that takes powers up.
type AdoptView struct {
	Form    *web.Form
	Bases   []web.Option
	Keep    map[string]string
	AllText string
}

// TierLine is one tier of a benchmark.
type TierLine struct {
	Grade, When, Range string
	On                 bool
}

// BenchmarkView is a group of tiers.
type BenchmarkView struct {
	Title string
	Tag   web.TagView
	Note  string
	Tiers []TierLine
}

// ExemptionView is an entry of a list of conduct that is not punished.
type ExemptionView struct {
	Kind, Effect, Basis, Note string
	Tag                       web.TagView
	Conditions                []string
}

// VersionLine is one version of a power, or one that follows or precedes it.
type VersionLine struct {
	Span, Basis, Fine, Href, Name string
	Current                       bool
}

// ActForm is a form beside a power: confirm, adopt, end, issue.
type ActForm struct {
	Form    *web.Form
	Version string
	// Small explains the act.
	Small  string
	Bases  []web.Option
	ItemID string
}

// ItemView is one power.
type ItemView struct {
	Code, Name string
	Meta       string
	Tags       []web.TagView
	Lacks      []string
	Facts      []web.FactView
	Fines      [][3]string // party, first range, second range
	Trigger    string
	Benchmarks []BenchmarkView
	Exemptions []ExemptionView
	Versions   []VersionLine
	Related    []VersionLine
	History    []web.LedgerView
	BatchHref  string
	// Adjustments are those that concern the power, newest first; Links lead to its guide and to a proposal.
	Adjustments []AdjustRow
	Links       []web.Link
	// Calc is nil where the power knows no fine.
	Calc    *CalcView
	Confirm *ActForm
	Adopt   *ActForm
	End     *ActForm
	Issue   *ActForm
}

// CalcView is the fine calculator: its inputs and, once something was filled in, its result.
type CalcView struct {
	Form    *web.Form
	Code    string
	Parties []web.Option
	// Metric, Base, Quantity and Trigger are what this power asks for; empty ones are not shown.
	Metric, MetricUnit, Base, Quantity, Trigger string
	Grades                                      []web.Option
	Successors                                  []web.Option
	Result                                      *ResultView
}

// ResultView is what was computed.
type ResultView struct {
	Problem                 string
	Item, ItemHref, Basis   string
	Statutory               string
	StatutoryNote           string
	RangeProblem            string
	Grade, Range, RangeNote string
	Why                     []string
	TierProblem             string
	Tiers                   []TierLine
	TierSource              string
	Milder                  *MilderView
	Exemptions              []ExemptionView
	Lacks                   []string
	// Reasons are the circumstances one by one with what each rests on; Similar the bureau's own cases.
	Reasons []ReasonLine
	Similar *SimilarView
}

// ReasonLine is one circumstance that chose the tier: the articles on which it counts, and the benchmark
// that says how much.
type ReasonLine struct {
	Text, Basis string
	Cite        law.Citations
}

// SimilarView is how the fines of the bureau's own similar cases lie.
type SimilarView struct {
	Summary string
	Chart   web.ChartView
	Rows    []SimilarRow
}

// SimilarRow is one similar case: no party, officer or unit.
type SimilarRow struct{ On, Circumstances, Amount string }

// MilderView is the comparison of old and new law.
type MilderView struct {
	Kind, Title string
	Reasons     []string
	Cite        law.Citations
}

// LawRow is one law in the list.
type LawRow struct {
	Title, Href, Number, Level, Span, Grade string
	Tag                                     web.TagView
	Cited                                   int
	CitedHref                               string
}

// LawsView is the list of laws.
type LawsView struct {
	Form  *web.Form
	Rows  []LawRow
	Count int
	Focus *LawFocus
}

// LawFocus is one law, or one provision, that a citation leads to.
type LawFocus struct {
	Title, Article string
	Facts          []web.FactView
	Note           string
	Items          []ItemRow
}

// IssueView is the form that records the publication of benchmarks or lists.
type IssueView struct {
	Form                   *web.Form
	Benchmarks, Exemptions int
	Samples                int
	Demo                   bool
}

func stateCell(r ItemRow) templ.Component {
	if r.StateNote == "" {
		return web.Tagged(r.State.Label, r.State.Kind)
	}
	return web.Join(web.Tagged(r.State.Label, r.State.Kind), small(r.StateNote))
}

func issueOptions(v IssueView) []web.Option {
	return []web.Option{
		{Value: "benchmarks", Label: "裁量基准", Small: countText(v.Benchmarks, "组未公布"), Off: v.Benchmarks == 0},
		{Value: "exemptions", Label: "不予处罚清单", Small: countText(v.Exemptions, "项未公布"), Off: v.Exemptions == 0},
	}
}

func countText(n int, what string) string { return web.CountText(int64(n), false) + " " + what }
