package casework

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/powers"
	"fadu/internal/store"
	"fadu/internal/web"
)

// PenaltyInput proposes a penalty.
type PenaltyInput struct {
	ActFrom   law.Date `json:"act_from"`
	ActUntil  law.Date `json:"act_until"`
	FactText  string   `json:"fact_text"`
	Clear     bool     `json:"facts_clear"` // both officers hold the facts for established
	PowerCode string   `json:"power_code"`
	Warning   bool     `json:"warning"`
	// Spare proposes not to punish: the closing report says so, and no kind is chosen. Only in the ordinary procedure.
	Spare bool `json:"no_penalty,omitempty" doc:"普通程序：拟不予处罚，不选处罚种类，调查终结报告写明理由"`
	Fine  bool `json:"fine"`
	// More are further kinds of the ordinary procedure.
	More   []PenaltyKind `json:"more,omitempty" doc:"普通程序的其他种类，例如 没收违法所得"`
	Amount law.Money     `json:"amount"`
	// Gains, Goods and Contents are what further kinds take; report and notice say it from here.
	Gains     law.Money `json:"gains,omitempty" doc:"没收违法所得的数额"`
	Goods     law.Money `json:"goods,omitempty" doc:"没收的非法财物价值"`
	Worthless bool      `json:"goods_worthless,omitempty" doc:"没收的非法财物没有价值，价值不填"`
	Contents  string    `json:"contents,omitempty" doc:"没收的财物、许可证件、停业、限制等的内容和期限，一行一项：种类：内容"`
	Metric    string    `json:"metric"`
	// MeasuredBy is the evidence by which Metric was measured; only the ordinary procedure has numbered evidence.
	MeasuredBy int64  `json:"measured_by,omitempty" doc:"普通程序：测得这一数值的证据，证据清单的编号；不填的，数值没有变的沿用原来的"`
	Corrected  bool   `json:"corrected"`
	Harm       string `json:"harm"` // none, slight, some
	TierWhy    string `json:"tier_why"`
	// NoExemption is why an exemption that may be granted is not.
	NoExemption string `json:"no_exemption"`
	PayBy       string `json:"pay_by"`
	// ChosenLaw and LawWhy settle which law applies where each is milder in some respect; the ordinary procedure alone asks.
	ChosenLaw string `json:"chosen_law,omitempty" doc:"普通程序：新旧规定各有轻重时选定的，old 或者 new"`
	LawWhy    string `json:"law_why,omitempty" doc:"选定的理由"`
}

// furtherKinds are the kinds that only the ordinary procedure knows (行政处罚法第九条、第五十一条).
var furtherKinds = []PenaltyKind{
	PenaltyCriticism, PenaltyGains, PenaltyGoods, PenaltyLicenceSuspension, PenaltyGradeReduction, PenaltyLicenceRevocation, PenaltyRestriction, PenaltyBusinessStop, PenaltyClosure, PenaltyTradeBar,
}

// PenaltyKinds are the kinds that can be chosen in the ordinary procedure, in the order of 行政处罚法第九条 with the fine before the rest.
func PenaltyKinds() []PenaltyKind {
	return append([]PenaltyKind{PenaltyWarning, PenaltyFine}, furtherKinds...)
}

// NeedsContent reports whether a penalty must say more than its kind and amount: what is confiscated, which licence, for how long.
func (k PenaltyKind) NeedsContent() bool {
	return k != PenaltyFine && k != PenaltyWarning && k != PenaltyCriticism && k != PenaltyGains
}

// penaltyOptions are the kinds that can be chosen in a procedure.
func penaltyOptions(ordinary bool) []web.Option {
	kinds := []PenaltyKind{PenaltyWarning, PenaltyFine}
	if ordinary {
		kinds = PenaltyKinds()
	}
	return mapped(kinds, func(k PenaltyKind) web.Option { return web.Option{Value: string(k), Label: string(k)} })
}

func (in PenaltyInput) check() error {
	var fs fault.Fields
	if in.ActFrom.IsZero() {
		fs.Add("act_from", "请填写违法行为发生的日期")
	}
	if !in.ActUntil.IsZero() && in.ActUntil.Before(in.ActFrom) {
		fs.Add("act_until", "终了日不能早于发生日")
	}
	if strings.TrimSpace(in.FactText) == "" {
		fs.Add("fact_text", "请写明违法事实：何人、何时、何地、做了什么")
	}
	if strings.TrimSpace(in.PowerCode) == "" {
		fs.Add("power_code", "请选择案由")
	}
	switch chosen := in.Warning || in.Fine || len(in.More) > 0; {
	case in.Spare && chosen:
		fs.Add("kinds", "拟不予处罚的，不选处罚种类")
	case !in.Spare && !chosen:
		fs.Add("kinds", "请选择处罚种类；拟不予处罚的选不予处罚")
	}
	for _, k := range in.More {
		if !slices.Contains(furtherKinds, k) {
			fs.Add("kinds", "没有“%s”这种处罚", k)
		}
	}
	in.checkContents(&fs)
	if in.Fine && in.Amount <= 0 {
		fs.Add("amount", "罚款数额应大于 0")
	}
	if !in.Fine && in.Amount != 0 {
		fs.Add("amount", "没有选罚款，不应填写罚款数额")
	}
	if _, ok := harmLabels[in.Harm]; !ok {
		fs.Add("harm", "请选择危害后果")
	}
	if in.Metric != "" {
		if _, err := powers.ParseQuantity(in.Metric); err != nil {
			fs.Add("metric", "测量值应是数字，例如 3 或 2.5")
		}
	}
	if in.ChosenLaw != "" && strings.TrimSpace(in.LawWhy) == "" {
		fs.Add("law_why", "请写明为什么适用这一规定")
	}
	if _, ok := payLabels[in.PayBy]; in.Fine && !ok {
		fs.Add("pay_by", "请选择缴款方式")
	}
	return fs.Err()
}

// checkContents wants each further kind to say what it takes, before anybody approves it or is told of it.
func (in PenaltyInput) checkContents(fs *fault.Fields) {
	said := ContentLines(in.Contents)
	for _, k := range in.More {
		if k.NeedsContent() && said[string(k)] == "" {
			fs.Add("contents", "请写明%s的内容，一行一项：%s：……", k, k)
		}
	}
	if slices.Contains(in.More, PenaltyGains) != (in.Gains > 0) {
		fs.Add("gains", "拟没收违法所得的填写数额，不没收的不填")
	}
	switch taken := slices.Contains(in.More, PenaltyGoods); {
	case taken && in.Goods > 0 == in.Worthless:
		fs.Add("goods", "拟没收非法财物的填写价值；没有价值的勾选“没有价值”，不填数额")
	case !taken && (in.Goods > 0 || in.Worthless):
		fs.Add("goods", "没有选没收非法财物，不填价值")
	}
}

// Propose records the penalty that the officers mean to impose: power and benchmark by the day of the
// act, the party's earlier offences looked up across the city, exemptions checked. Nothing is decided.
func (s *Service) Propose(ctx context.Context, by access.Session, id CaseID, version int64, in PenaltyInput) error {
	return s.update(ctx, by, "casework.propose", in, id, command{
		act: "propose", version: version,
		prepare: func(tx *store.Tx, c *Case, _ *law.Facts) error {
			if err := in.check(); err != nil {
				return err
			}
			return s.propose(tx, c, in, tx.Today())
		},
		data: func(c *Case) any { return c.Penalty },
	})
}

// propose works out the penalty as of the day on which it is decided.
func (s *Service) propose(tx *store.Tx, c *Case, in PenaltyInput, on law.Date) (err error) {
	var kinds []string
	if in.Warning {
		kinds = append(kinds, "警告")
	}
	if in.Fine {
		kinds = append(kinds, "罚款")
	}
	for _, k := range in.More {
		kinds = append(kinds, string(k))
	}
	if in.Spare && !c.ordinary() {
		return fault.InvalidField("no_penalty", "当场不予处罚的，按教育改正办理，不在这里拟定")
	}
	if len(in.More) > 0 && !c.ordinary() {
		return fault.InvalidField("kinds", "当场只能警告、罚款；%s按普通程序办理", in.More[0])
	}
	before := c.Penalty
	c.ActFrom, c.ActUntil, c.FactText, c.FactsClear = in.ActFrom, in.ActUntil, strings.TrimSpace(in.FactText), store.Flag(in.Clear)
	c.Penalty = Penalty{
		PowerCode: strings.TrimSpace(in.PowerCode), Kinds: strings.Join(kinds, ";"), Amount: in.Amount, Gains: in.Gains, Goods: in.Goods, Contents: contentsOf(kinds, in.Contents), Metric: in.Metric,
		Corrected: store.Flag(in.Corrected), Harm: in.Harm, ExemptionWhy: strings.TrimSpace(in.NoExemption), PayBy: in.PayBy,
	}
	if err := s.measuredBy(tx, c, in, before); err != nil {
		return err
	}
	if law.DateOf(c.Found()).Before(c.ActFrom) {
		return fault.InvalidField("act_from", "违法行为发生日不能晚于发现日 %s", law.DateOf(c.Found()))
	}
	if c.Prior, err = s.priorCount(tx, c); err != nil {
		return err
	}
	a, err := s.assess(tx, c, on)
	if err != nil {
		return err
	}
	if err := c.chooseLaw(a, in.ChosenLaw); err != nil {
		return err
	}
	settled := a.Milder != nil && a.Milder.Use == powers.ChooseUnclear
	if c.ChosenLaw == string(powers.ChooseNew) {
		if a, err = s.assess(tx, c, on); err != nil {
			return err
		}
	}
	c.graded(a)
	if settled {
		c.TierWhy = strings.TrimPrefix(c.TierWhy+"；"+settledLaw[c.ChosenLaw]+strings.TrimSpace(in.LawWhy), "；")
	}
	if why := strings.TrimSpace(in.TierWhy); why != "" {
		c.TierWhy = strings.TrimPrefix(c.TierWhy+"；"+why, "；")
	}
	hits := exemptionHits(a)
	c.Exemption = exemptionNote(hits)
	if len(hits) > 0 && c.ExemptionWhy == "" && !in.Spare {
		return fault.InvalidField("no_exemption", "%s。请改为教育改正，或者写明为什么仍要处罚", c.Exemption)
	}
	return nil
}

// measuredBy keeps which evidence gave the figure. What is not on the list gave none; whether it is admitted is asked when the investigation ends.
func (s *Service) measuredBy(tx *store.Tx, c *Case, in PenaltyInput, before Penalty) error {
	if in.MeasuredBy == 0 {
		if in.Metric == before.Metric && in.Metric != "" {
			c.MetricExhibit = before.MetricExhibit
		}
		return nil
	}
	if in.Metric == "" { // nothing was measured
		return nil
	}
	all, err := s.Exhibits(tx, c)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(all, func(e Exhibit) bool { return e.Number == in.MeasuredBy }) {
		return fault.InvalidField("measured_by", "%s", NotListed(in.MeasuredBy))
	}
	c.MetricExhibit = in.MeasuredBy
	return nil
}

// graded takes name and tier from what powers say about the act.
func (c *Case) graded(a powers.Assessment) {
	c.PowerName = a.Item.Name
	if a.HasTier {
		c.Tier, c.TierMin, c.TierMax, c.TierWhy = a.Tier.Tier.Grade.Label(), a.Tier.Min, a.Tier.Max, strings.Join(a.Tier.Why, "；")
		c.MetricUnit = a.Tier.Tier.MetricUnit
	}
}

// Try computes what a penalty would rest on, without recording anything: for the live calculator.
func (s *Service) Try(ctx context.Context, by access.Session, id CaseID, in PenaltyInput) (powers.Assessment, error) {
	scope, err := by.Require(access.CaseHandle)
	if err != nil {
		return powers.Assessment{}, err
	}
	var a powers.Assessment
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		c, err := load(tx, scope, id)
		if err != nil {
			return err
		}
		c.ActFrom, c.ActUntil = in.ActFrom, in.ActUntil
		c.Penalty = Penalty{PowerCode: strings.TrimSpace(in.PowerCode), Metric: in.Metric, Corrected: store.Flag(in.Corrected), Harm: in.Harm}
		if c.Prior, err = s.priorCount(tx, c); err != nil {
			return err
		}
		a, err = s.assess(tx, c, tx.Today())
		return err
	})
	return a, err
}

// settledLaw says before its reasons which law was chosen where each is milder in some respect.
var settledLaw = map[string]string{
	string(powers.ChooseOld): "新旧规定各有轻重，经比较适用行为时的规定：", string(powers.ChooseNew): "新旧规定各有轻重，经比较适用决定时的规定：",
}

// chooseLaw records the comparison of old and new law (从旧兼从轻): which power is applied. Where each is milder in some
// respect, settled is what the officers of an ordinary case chose.
func (c *Case) chooseLaw(a powers.Assessment, settled string) error {
	c.AppliedCode, c.ChosenLaw = c.PowerCode, ""
	if a.Milder == nil {
		return nil
	}
	c.ChosenLaw = string(a.Milder.Use)
	if a.Milder.Use == powers.ChooseUnclear {
		switch {
		case !c.ordinary():
			return fault.InvalidField("power_code", "新旧规定各有轻重（%s），不能当场判断，请转普通程序由法制机构比较", strings.Join(a.Milder.Reasons, "；"))
		case settledLaw[settled] == "":
			return fault.InvalidField("chosen_law", "新旧规定各有轻重（%s）。请由法制机构比较后选定适用哪一个，并写明理由", strings.Join(a.Milder.Reasons, "；"))
		}
		c.ChosenLaw = settled
	}
	if c.ChosenLaw == string(powers.ChooseNew) {
		c.AppliedCode = a.Milder.New.Code
	}
	return nil
}

// SettledLaw is which law was chosen in the proposal where each is milder in some respect, and why; empty when nothing was.
func (c *Case) SettledLaw() (chosen, why string) {
	mark := settledLaw[c.ChosenLaw]
	if mark == "" {
		return "", ""
	}
	_, why, found := strings.Cut(c.TierWhy, mark)
	if !found {
		return "", ""
	}
	return c.ChosenLaw, why
}

// priorCount counts the party's earlier offences under the same power, or the one that it followed, in the two years before the act;
// unknown identity counts none, and blocks the decision elsewhere.
func (s *Service) priorCount(tx *store.Tx, c *Case) (int64, error) {
	if c.PartyKey == "" {
		return 0, nil
	}
	es, err := earlier(tx, c.PartyKey, c.ID, day(c.ActFrom.AddMonths(-24)))
	if err != nil {
		return 0, err
	}
	same, err := s.Powers.Lineage(tx, c.PowerCode) // the code of the old law and that of the new are the same conduct
	if err != nil {
		return 0, err
	}
	n := int64(0)
	for _, e := range es {
		if slices.Contains(same, e.PowerCode) && e.FoundAt <= c.FoundAt { // what came to light later is not earlier
			n++
		}
	}
	return n, nil
}

// exemptionHits are the usable entries of the lists of conduct that is not punished which the facts fit.
func exemptionHits(a powers.Assessment) []powers.ExemptionHit {
	var hits []powers.ExemptionHit
	for _, h := range a.Exemptions {
		if h.Usable && h.Fits == law.True && (h.Exemption.Effect == powers.EffectMust || h.Exemption.Effect == powers.EffectMay) {
			hits = append(hits, h)
		}
	}
	return hits
}

// exemptionNote says what the exemption check found, for the file.
func exemptionNote(hits []powers.ExemptionHit) string {
	if len(hits) == 0 {
		return "已查核，没有符合的不予处罚情形"
	}
	parts := make([]string, len(hits))
	for i, h := range hits {
		parts[i] = fmt.Sprintf("%s（%s）%s", h.Exemption.Kind.Label(), h.Exemption.Ref, h.Why)
	}
	return "符合不予处罚清单：" + strings.Join(parts, "；")
}

// assessInput asks about the applied power: the old law by the day of the act, or the new one by the day
// of the decision where it is milder.
func (c *Case) assessInput(on law.Date) (powers.AssessInput, error) {
	in := powers.AssessInput{Code: c.PowerCode, ActDate: c.SubstanceOn(), DecisionDate: on, Party: powersParty[c.PartyKind]}
	if c.ChosenLaw == string(powers.ChooseNew) {
		in.Code, in.ActDate = c.AppliedCode, on
	}
	if c.Metric != "" {
		q, err := powers.ParseQuantity(c.Metric)
		if err != nil {
			return in, err
		}
		in.Metric = &q
	}
	if c.PartyKey != "" {
		n := int(c.Prior)
		in.Prior2y = &n
	}
	in.Corrected, in.Harm, in.HarmSlight = law.TriOf(bool(c.Corrected)), law.TriOf(c.Harm != "none"), c.Harm == "slight"
	return in, nil
}

var powersParty = map[PartyKind]powers.Party{Citizen: powers.Citizen, SoleTrader: powers.SoleTrader, LegalPerson: powers.Organisation, OtherBody: powers.Organisation}

// Earlier shows a party's earlier offences across the city: date, cause, result and unit only.
func (s *Service) Earlier(ctx context.Context, by access.Session, id CaseID) ([]EarlierCase, error) {
	scope, err := by.Require(access.CaseHandle)
	if err != nil {
		return nil, err
	}
	var out []EarlierCase
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		c, err := load(tx, scope, id)
		if err != nil {
			return err
		}
		out, err = earlier(tx, c.PartyKey, id, store.Micros(tx.Now.AddDate(-2, 0, 0)))
		return err
	})
	return out, err
}
