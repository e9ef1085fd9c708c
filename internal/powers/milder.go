package powers

import (
	"slices"

	"fadu/internal/law"
)

// Choice says which law decides an act that lies before a change of law.
type Choice string

// The answers of the comparison of old and new law.
const (
	ChooseOld Choice = "old"
	ChooseNew Choice = "new"
	// ChooseUnclear: each law is milder in some respect; a person must weigh them.
	ChooseUnclear Choice = "unclear"
)

// MilderChoice compares the law of the day of the act with the law of the day of the decision
// (从旧兼从轻, 行政处罚法第三十七条).
type MilderChoice struct {
	Old, New           PowerItem
	OldRange, NewRange Range
	Use                Choice
	Reasons            []string
	// Others are further powers of the new law that could correspond; name one as NewCode to compare it.
	// Chosen: somebody did.
	Others []PowerItem
	Chosen bool
	Cite   law.Citations
}

// Compare weighs the power of the day of the act against the power that followed it, for one party. The
// old law stays unless the new one is milder; where one has a milder fine and the other milder further
// penalties, or where several new powers correspond and do not agree, the answer is unclear. Nil means
// that the law did not change until the decision.
func (l *Library) Compare(old PowerItem, in TierInput, decision law.Date, newCode string) (*MilderChoice, error) {
	if old.InForce(decision) {
		return nil, nil
	}
	followers := l.Counterparts(old, decision)
	if len(followers) == 0 {
		return nil, nil
	}
	oldRange, err := old.StatutoryRange(old.escalate(in))
	if err != nil {
		return nil, err
	}
	if at := slices.IndexFunc(followers, func(q PowerItem) bool { return q.Code == newCode }); at >= 0 {
		chosen := weigh(old, oldRange, followers[at], in, decision)
		chosen.Others, chosen.Chosen = slices.Delete(slices.Clone(followers), at, at+1), true
		return chosen, nil
	}
	var found []*MilderChoice
	for _, q := range followers {
		if m := weigh(old, oldRange, q, in, decision); m.NewRange.Max > 0 {
			found = append(found, m)
		}
	}
	if len(found) == 0 {
		m := weigh(old, oldRange, followers[0], in, decision)
		m.Others = followers[1:]
		return m, nil
	}
	best := found[0]
	for _, m := range found[1:] {
		best.Others = append(best.Others, m.New)
		if m.Use != best.Use {
			best.Use = ChooseUnclear
		}
	}
	if best.Use == ChooseUnclear && len(found) > 1 {
		best.Reasons = append(best.Reasons, "新法有几个对应事项，轻重不一，请先选定对应的一项")
	}
	return best, nil
}

// escalate decides which range of the power the facts open: the second one when it is asked for or when
// the party did not correct, and only where the power has one for the party. The old air law had one
// range for 露天烧烤 where the code has two.
func (p PowerItem) escalate(in TierInput) RangeInput {
	r := in.RangeInput
	r.Escalated = (in.Escalated || p.MovesUp(in.Circumstances)) && p.Escalated.Of(in.Party).Set
	return r
}

func milderCite(decision law.Date) law.Citations {
	cs := law.Citations{law.Cite("XZCF", 37)}
	if !decision.Before(CodeInForce()) {
		cs = append(cs, law.Cite("STHJ", 1057))
	}
	return cs
}

// CodeInForce is the day from which the 生态环境法典 applies (第一千二百四十二条).
func CodeInForce() law.Date { return law.MustDate("2026-08-15") }

func weigh(old PowerItem, oldRange Range, next PowerItem, in TierInput, decision law.Date) *MilderChoice {
	m := &MilderChoice{Old: old, OldRange: oldRange, New: next, Cite: milderCite(decision)}
	r, err := next.StatutoryRange(next.escalate(in))
	if err != nil {
		m.Use = ChooseUnclear
		m.Reasons = []string{"新法对应的" + next.Code + "算不出对" + in.Party.Label() + "的罚款幅度，须由法制机构比较"}
		return m
	}
	m.NewRange = r
	m.compareRanges()
	return m
}

func (m *MilderChoice) compareRanges() {
	o, n := m.OldRange, m.NewRange
	span := func(r Range) string { return r.Min.Grouped() + "至" + r.Max.Grouped() + "元" }
	m.Reasons = []string{
		"行为时：" + m.Old.Penalty.Short() + "，" + span(o),
		"决定时：" + m.New.Penalty.Short() + "，" + span(n),
	}
	fine := 0 // +1: the new fine is milder, -1: the old one
	switch {
	case n.Max == o.Max && n.Min == o.Min:
		m.Reasons = append(m.Reasons, "罚款幅度相同")
	case n.Max <= o.Max && n.Min <= o.Min:
		fine = 1
		m.Reasons = append(m.Reasons, "新规定的罚款较轻")
	case n.Max >= o.Max && n.Min >= o.Min:
		fine = -1
		m.Reasons = append(m.Reasons, "新规定的罚款较重")
	default:
		m.Use = ChooseUnclear
		m.Reasons = append(m.Reasons, "两个幅度一头高一头低，须由法制机构比较")
		return
	}
	gained, lost := heavierIn(m.New.PenaltyKinds, m.Old.PenaltyKinds), heavierIn(m.Old.PenaltyKinds, m.New.PenaltyKinds)
	const atOnce = "未经责令改正即可罚款"
	switch {
	case m.New.CorrectionFirst && !m.Old.CorrectionFirst:
		lost = append(lost, atOnce)
		m.Reasons = append(m.Reasons, "新规定以责令改正后拒不改正为罚款前提")
	case m.Old.CorrectionFirst && !m.New.CorrectionFirst:
		gained = append(gained, atOnce)
	}
	m.decide(fine, gained, lost)
}

func (m *MilderChoice) decide(fine int, gained, lost []string) {
	for _, k := range gained {
		m.Reasons = append(m.Reasons, "新规定多了："+k)
	}
	for _, k := range lost {
		m.Reasons = append(m.Reasons, "新规定没有："+k)
	}
	better, worse := fine > 0 || len(lost) > 0, fine < 0 || len(gained) > 0
	switch {
	case better && worse:
		m.Use = ChooseUnclear
		m.Reasons = append(m.Reasons, "有轻有重，须由法制机构比较后写明理由")
	case better:
		m.Use = ChooseNew
		m.Reasons = append(m.Reasons, "适用决定时的新规定")
	default:
		m.Use = ChooseOld
		m.Reasons = append(m.Reasons, "适用行为时的规定")
	}
}

// heavierIn returns the penalties of a that b lacks. Unlawful gains are confiscated whether or not the
// provision says so (行政处罚法第二十八条第二款), and a warning weighs less than the fine beside it, so neither
// tips the scales.
func heavierIn(a, b []string) []string {
	var out []string
	for _, x := range a {
		if x != "没收违法所得" && x != "警告" && x != "罚款" && !slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}
