package powers

import (
	"fmt"

	"fadu/internal/law"
)

// AssessInput is one act of one party under one power.
type AssessInput struct {
	Code string
	// ActDate is the day of the act, or of its end; it chooses law and benchmark. DecisionDate is the day
	// of the decision: the bureau must have the power then, and a milder new law of that day wins.
	ActDate, DecisionDate law.Date
	Party                 Party
	Circumstances
	Escalated bool
	Base      law.Money
	Quantity  Quantity
	Grade     string
	// NewCode chooses the corresponding power of the new law where there are several.
	NewCode string
	// Continued is the transfer document by which the bureau goes on with an open case whose power has gone.
	Continued string
}

// Setting is what the bureau decided about computing.
type Setting struct {
	// SoleTraderAs is Citizen (strict, default) or Organisation.
	SoleTraderAs Party
	// Demo: the database is a demo database; sample tiers work there.
	Demo bool
}

// Resolve turns a sole trader into what the bureau treats it as.
func (s Setting) Resolve(p Party) Party {
	if p != SoleTrader {
		return p
	}
	if s.SoleTraderAs == Organisation {
		return Organisation
	}
	return Citizen
}

// UnderNewLaw returns the input that assesses the same act under the milder new law that Compare chose.
func (in AssessInput) UnderNewLaw(m *MilderChoice) AssessInput {
	in.Code, in.ActDate, in.NewCode = m.New.Code, in.DecisionDate, ""
	return in
}

// ExemptionHit is an entry of a list of conduct that is not punished, compared with the facts.
type ExemptionHit struct {
	Exemption Exemption
	// Fits: False when a stated fact rules it out; True when everything that a machine can tell speaks for
	// it. A person still judges the conditions in Judge.
	Fits law.Tri
	Why  string
	// Judge lists the entry's conditions.
	Judge []string
	// Usable: its list is published, or it rests on a statute.
	Usable bool
}

// Assessment is what powers say about an act.
type Assessment struct {
	Item      PowerItem
	Party     Party
	Benchmark Benchmark
	// HasRange, HasTier: the range or tier could be computed; else the problem says why not.
	HasRange, HasTier         bool
	Statutory                 Range
	Tier                      TierResult
	RangeProblem, TierProblem string
	// BenchmarkOut: the benchmark is published for this act and no sample.
	HasBenchmark, BenchmarkOut bool
	// Adopted: the bureau has the power on the day of the decision, or goes on by a transfer document.
	Adopted    bool
	Exemptions []ExemptionHit
	// Usable: a case may rest on the power; Lacks says what is missing otherwise.
	Usable bool
	Lacks  []string
	Milder *MilderChoice
}

// Assess computes everything about one act. It fails only when no version of the power applies to the
// day of the act.
func (l *Library) Assess(in AssessInput, set Setting) (Assessment, error) {
	if in.DecisionDate.IsZero() {
		in.DecisionDate = in.ActDate
	}
	item, err := l.At(in.Code, in.ActDate)
	if err != nil {
		return Assessment{}, err
	}
	a := Assessment{Item: item, Party: set.Resolve(in.Party), Adopted: item.Adopted(in.DecisionDate) || in.Continued != ""}
	t := TierInput{RangeInput{in.ActDate, a.Party, in.Escalated, in.Base, in.Quantity, in.Grade}, in.Circumstances}
	r := t.RangeInput
	if !r.Escalated {
		r = item.escalate(t)
	}
	if a.Statutory, err = item.StatutoryRange(r); err != nil {
		a.RangeProblem = err.Error()
	} else {
		a.HasRange = true
		if a.Milder, err = l.Compare(item, t, in.DecisionDate, in.NewCode); err != nil {
			return Assessment{}, err
		}
	}
	if item.HasFine() {
		l.assessTier(&a, t)
	}
	for _, e := range l.ExemptionsFor(item) {
		a.Exemptions = append(a.Exemptions, e.compare(in, a, set))
	}
	a.Lacks = a.lacks(in, set)
	a.Usable = len(a.Lacks) == 0
	return a, nil
}

func (l *Library) assessTier(a *Assessment, t TierInput) {
	var err error
	a.Tier, a.Benchmark, err = l.TierFor(a.Item, t)
	a.HasBenchmark = a.Benchmark.Code != ""
	a.HasTier = err == nil
	if err != nil {
		a.TierProblem = err.Error()
	}
}

func (a *Assessment) lacks(in AssessInput, set Setting) []string {
	var out []string
	p := a.Item
	if !p.Confirmed() {
		out = append(out, fmt.Sprintf("%s的依据没有核对过，须由专人对照原文核实并写明来源", p.Code))
	}
	if !a.Adopted {
		why := "本局还没有采用"
		if last, had := p.Standing.endedBefore(in.DecisionDate); had {
			why = "本局自" + last.AddDays(1).Han() + "起不再行使"
		}
		out = append(out, fmt.Sprintf("%s%s，须由法制科登记职能划转或者赋权文件和日期", why, p.Code))
	}
	if a.HasBenchmark {
		if !a.Benchmark.Issue.Issued(in.ActDate) {
			out = append(out, fmt.Sprintf("%s的裁量基准还没有公布，须登记制定机关、文号和公布日期", p.Code))
		} else if a.Benchmark.Sample && !set.Demo {
			out = append(out, fmt.Sprintf("%s的裁量阶次是示范值，只能用于演示和训练；请导入本地公布的基准", p.Code))
		} else {
			a.BenchmarkOut = true
		}
	}
	return out
}

// compare holds an exemption against the facts.
func (e Exemption) compare(in AssessInput, a Assessment, set Setting) ExemptionHit {
	h := ExemptionHit{Exemption: e, Usable: e.Usable(in.ActDate, set.Demo), Judge: e.conditions()}
	prior := law.Unknown
	if in.Prior2y != nil {
		prior = law.TriOf(*in.Prior2y == 0)
	}
	switch e.Kind {
	case ExemptFirst:
		h.Fits = law.And(prior, in.Corrected, law.Or(in.Harm.Not(), law.TriOf(in.HarmSlight)))
		h.Why = triText(h.Fits, "二年内初次，已改正，"+in.harmText(), "不是初次、没有改正或者危害后果不轻微", "还要查明是否初次、是否改正、危害后果是否轻微")
	case ExemptSlight:
		h.Fits = law.And(in.Corrected, in.Harm.Not())
		h.Why = triText(h.Fits, "已改正，没有造成危害后果", "没有改正或者造成了危害后果", "还要查明是否改正、有无危害后果")
	case ExemptPrecondition:
		h.Fits = in.Corrected
		h.Why = triText(h.Fits, "责令改正后已改正，罚款的前提没有成就", "责令改正后没有改正", "先责令改正，再看是否改正")
	case ExemptLimitation:
		h.Fits, h.Why = limitation(in, a.Item)
	case ExemptNewLaw:
		h.Fits, h.Why = law.False, "行为时的法律没有改变，或者新规定不更轻"
		if a.Milder != nil && a.Milder.Use != ChooseOld {
			h.Fits, h.Why = law.TriOf(a.Milder.Use == ChooseNew), "行为后法律有修改，见新旧比较"
			if a.Milder.Use == ChooseUnclear {
				h.Fits = law.Unknown
			}
		}
	default:
		h.Why = "由承办人按证据判断"
	}
	return h
}

// limitation tells whether the basic period may have run out; when the offence was discovered and whether
// it continued is not known here (行政处罚法第三十六条).
func limitation(in AssessInput, p PowerItem) (law.Tri, string) {
	end := in.ActDate.AddMonths(12 * max(p.LimitationYears, 2))
	if !in.DecisionDate.After(end) {
		return law.False, "行为终了至今没有超过追责期限"
	}
	return law.Unknown, "行为终了已超过" + law.HanNumeral(max(p.LimitationYears, 2)) + "年，要查明何时发现、有无危害后果"
}

func triText(t law.Tri, yes, no, unknown string) string {
	switch t {
	case law.True:
		return yes
	case law.False:
		return no
	}
	return unknown
}
