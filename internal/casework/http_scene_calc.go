package casework

import (
	"strings"

	"fadu/internal/casework/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/powers"
	"fadu/internal/store"
	"fadu/internal/web"
)

// calculate says what law and benchmark make of an act as filled in: statutory range, tier and why, the
// ceiling of article 51, what may be imposed on the spot, exemptions, earlier offences, old and new law.
// It changes nothing, and answers nil while no cause is chosen.
func (s *Service) calculate(tx *store.Tx, c *Case, in PenaltyInput) (*pages.CalcView, error) {
	if in.PowerCode == "" || in.ActFrom.IsZero() {
		return nil, nil
	}
	try := *c
	try.ActFrom, try.ActUntil = in.ActFrom, in.ActUntil
	try.Penalty = Penalty{PowerCode: in.PowerCode, Metric: strings.TrimSpace(in.Metric), Corrected: store.Flag(in.Corrected), Harm: in.Harm}
	if _, err := powers.ParseQuantity(try.Metric); err != nil {
		try.Metric = "" // a wrong number is the form's to say
	}
	if try.PartyKind == "" {
		try.PartyKind = Citizen // the stricter ceiling while nobody is recorded
	}
	var err error
	if try.Prior, err = s.priorCount(tx, &try); err != nil {
		return nil, err
	}
	a, err := s.tryAssess(tx, &try)
	if fault.KindOf(err) != "" {
		return &pages.CalcView{Problem: err.Error()}, nil
	}
	if err != nil {
		return nil, err
	}
	notes := milderNotes(a)
	if a.Milder != nil && a.Milder.Use == powers.ChooseNew {
		try.AppliedCode, try.ChosenLaw = a.Milder.New.Code, string(powers.ChooseNew)
		if a, err = s.tryAssess(tx, &try); err != nil {
			return nil, err
		}
	}
	set, err := s.Powers.Setting(tx)
	if err != nil {
		return nil, err
	}
	way := c.URL()
	if c.DeliveredAt != 0 {
		way = "" // a delivered decision is revoked, not declined
	}
	out := &pages.CalcView{Lacks: a.Lacks, Notes: append(notes, exemptionNotes(a, way)...)}
	ceiling, ok := onSpotLimit(c.PartyKind, set, tx.Today())
	answer(out, a, ceiling, ok, in.Amount)
	out.Facts = calcFacts(a, ceiling, ok, c, &try)
	return out, nil
}

// tryAssess is assess for a case that need not be complete: while the party is not established, it is taken
// as without earlier offences.
func (s *Service) tryAssess(tx *store.Tx, c *Case) (powers.Assessment, error) {
	in, err := c.assessInput(tx.Today())
	if err != nil {
		return powers.Assessment{}, err
	}
	if in.Prior2y == nil {
		in.Prior2y = new(int)
	}
	return s.Powers.Assess(tx, in)
}

// onSpotLimit is the ceiling of article 51 for the kind of party; while the party is not recorded it is
// the citizen's, the stricter one.
func onSpotLimit(k PartyKind, set powers.Setting, on law.Date) (law.LegalNumber, bool) {
	name := "onspot_fine_citizen"
	if isUnit(k) || k == SoleTrader && set.SoleTraderAs == powers.Organisation {
		name = "onspot_fine_unit"
	}
	return law.Limit(name, on)
}

// allowed is the range that may be imposed on the spot, the strictest of all. ok is false when none is
// left.
func allowed(a powers.Assessment, ceiling law.LegalNumber) (low, high law.Money, ok bool) {
	low, high = a.Statutory.Min, a.Statutory.Max
	if a.HasTier && a.Tier.RangeSet {
		low, high = max(low, a.Tier.Min), min(high, a.Tier.Max)
	}
	high = min(high, ceiling.Money())
	return low, high, high > 0 && low <= high
}

// answer says in one line what may be imposed, and how that came about.
func answer(out *pages.CalcView, a powers.Assessment, ceiling law.LegalNumber, limited bool, amount law.Money) {
	out.Title = "本单可以当场罚"
	switch {
	case a.HasTier && !a.Tier.RangeSet:
		out.Title, out.Allowed, out.How = "按裁量基准", "不予处罚", "所填情节落在不予处罚的阶次；请改为教育改正"
		return
	case !a.HasRange && !a.Item.HasFine():
		out.Title, out.Allowed, out.How = "依据没有规定罚款", "只能"+strings.Join(a.Item.PenaltyKinds, "、"), ""
		return
	case !a.HasRange || !limited:
		out.Title, out.Allowed, out.How = "还算不出数额", "—", joinDot(a.RangeProblem, a.TierProblem)
		return
	}
	low, high, ok := allowed(a, ceiling)
	if !ok {
		out.Barred, out.Title, out.Allowed = true, "不能当场罚款", "请转普通程序"
		out.How = "下限 " + low.Grouped() + " 元高于当场上限 " + ceiling.Money().Grouped() + " 元；不得为了当场处罚而低于下限"
		return
	}
	out.Allowed, out.How = rangeText(low, high), "取法定幅度、裁量阶次和当场上限中最严的"
	if a.HasTier && !a.Tier.UpperInclusive && high == a.Tier.Max && high > low {
		out.How += "；不含 " + high.Grouped() + " 元"
	}
	if amount > 0 && (amount < low || amount > high) {
		out.How = "您填的 " + amount.Grouped() + " 元不在其中"
	}
}

func calcFacts(a powers.Assessment, ceiling law.LegalNumber, limited bool, c *Case, try *Case) []web.FactView {
	out := []web.FactView{{Label: "案由", Text: a.Item.Name}, {Label: "违反", Text: a.Item.Violated.Han()}, {Label: "依据", Text: a.Item.Penalty.Han()}, {Label: "种类", Text: strings.Join(a.Item.PenaltyKinds, "、")}}
	if a.HasRange {
		out = append(out, web.FactView{Label: "法定幅度", Text: rangeText(a.Statutory.Min, a.Statutory.Max)})
	} else if a.RangeProblem != "" {
		out = append(out, web.FactView{Label: "法定幅度", Text: a.RangeProblem})
	}
	switch {
	case a.HasTier:
		out = append(out, web.FactView{Label: "裁量阶次", Text: joinDot(a.Tier.Tier.Grade.Label()+" "+a.Tier.Text(), strings.Join(a.Tier.Why, "；"))}, web.FactView{Label: "基准", Text: orWord(a.Benchmark.Issue.Document, "没有登记文号")})
	case a.TierProblem != "":
		out = append(out, web.FactView{Label: "裁量阶次", Text: a.TierProblem})
	}
	if limited {
		out = append(out, web.FactView{Label: "当场上限", Text: ceiling.Money().Grouped() + " 元（" + orWord(c.PartyKind.Label(), "当事人没有登记，按公民") + "）"})
	}
	return append(out, web.FactView{Label: "以往同类", Text: priorText(c, try)})
}

func priorText(c, try *Case) string {
	switch {
	case c.PartyKey == "":
		return "当事人身份没有查清，按没有试算"
	case try.Prior == 0:
		return "全市两年内没有"
	}
	return law.HanNumeral(int(try.Prior)) + "次，全市两年内"
}

func rangeText(low, high law.Money) string {
	if low == high {
		return high.Grouped() + " 元"
	}
	if low == 0 {
		return high.Grouped() + " 元以下"
	}
	return low.Grouped() + "—" + high.Grouped() + " 元"
}

// milderNotes say how old and new law compare.
func milderNotes(a powers.Assessment) []pages.NoteView {
	m := a.Milder
	if m == nil {
		return nil
	}
	kind, title := "", "行为后法律有修改，适用行为时的规定。"
	switch m.Use {
	case powers.ChooseNew:
		title = "行为后法律有修改，新规定较轻，适用新规定。"
	case powers.ChooseUnclear:
		kind, title = "soon", "新旧规定各有轻重，不能当场判断。"
	}
	return []pages.NoteView{{Kind: kind, Title: title, Text: strings.Join(m.Reasons, "；") + "。", Cite: m.Cite}}
}

// exemptionNotes show the entries that the facts fit, or may fit.
func exemptionNotes(a powers.Assessment, url string) []pages.NoteView {
	var out []pages.NoteView
	for _, h := range a.Exemptions {
		e := h.Exemption
		if h.Fits == law.False || !h.Usable || h.Fits == law.Unknown && e.General() {
			continue
		}
		n := pages.NoteView{Title: "也许不罚：" + e.Kind.Label() + "。", Text: joinDot(e.Name, e.Effect.Label(), h.Why, e.Basis)}
		if h.Fits == law.True {
			n.Kind, n.Title = "ok", "符合"+e.Kind.Label()+"："+e.Effect.Label()+"。"
			n.Text = joinDot(e.Name, h.Why, "还要核对："+strings.Join(h.Judge, "；"), e.Basis)
			if url != "" {
				n.Exit = web.Link{Label: "改为不予处罚", Href: url + "?step=decline"}
			}
		}
		out = append(out, n)
	}
	return out
}
