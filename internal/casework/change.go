package casework

import (
	"slices"
	"strings"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// ChangeInput is what a delivered decision is to say instead, and why (行政处罚法第七十五条第二款).
type ChangeInput struct {
	PenaltyInput
	// Faults names what was wrong with the decision: facts, basis, kind, amount, other.
	Faults []string `json:"faults"`
	Why    string   `json:"why"`
	// NotWorse: facts or grounds that are changed do not get worse for the party.
	NotWorse bool `json:"not_worse"`
}

// faultLabels are what can be wrong with a decision.
var (
	faultLabels = map[string]string{"facts": "事实认定", "basis": "适用依据", "kind": "处罚种类", "amount": "处罚幅度", "other": "其他"}
	faultOrder  = []string{"facts", "basis", "kind", "amount", "other"}
)

func faultsText(faults []string) string {
	var out []string
	for _, f := range faultOrder {
		if slices.Contains(faults, f) {
			out = append(out, faultLabels[f])
		}
	}
	return strings.Join(out, "、")
}

func (in ChangeInput) checkChange() error {
	var fs fault.Fields
	if len(in.Faults) == 0 || slices.ContainsFunc(in.Faults, func(f string) bool { return faultLabels[f] == "" }) {
		fs.Add("faults", "请选择原决定哪里有误")
	}
	if strings.TrimSpace(in.Why) == "" {
		fs.Add("why", "请写明原决定错在哪里、怎样查明的")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return in.PenaltyInput.check()
}

// Change is a change of a delivered decision that was made by a paper.
type Change struct {
	bun.BaseModel `bun:"table:decision_change,alias:dc"`

	Paper  PaperID    `bun:"paper_id,pk"`
	Entry  int64      `bun:"entry_id"`
	Case   CaseID     `bun:"case_id"`
	Faults string     `bun:"faults"`
	Why    string     `bun:"reason"`
	Before string     `bun:"before"` // JSON of an outcome
	After  string     `bun:"after"`
	MadeAt int64      `bun:"made_at"`
	Undone store.Flag `bun:"undone"` // its paper could not be made, or was voided before it was served
}

// outcome is everything of a case that a change replaces.
type outcome struct {
	Penalty
	ActFrom    law.Date
	ActUntil   law.Date
	FactText   string
	FactsClear store.Flag
	State      State
	ClosedAt   int64
	Ending     string
	EndingNote string
}

func (c *Case) outcome() outcome {
	return outcome{c.Penalty, c.ActFrom, c.ActUntil, c.FactText, c.FactsClear, c.State, c.ClosedAt, c.Ending, c.EndingNote}
}

func (c *Case) restore(o outcome) {
	c.Penalty, c.ActFrom, c.ActUntil, c.FactText, c.FactsClear = o.Penalty, o.ActFrom, o.ActUntil, o.FactText, o.FactsClear
	c.State, c.ClosedAt, c.Ending, c.EndingNote = o.State, o.ClosedAt, o.Ending, o.EndingNote
}

// sameFacts and sameGrounds compare what was found and on what the penalty rests.
func (o outcome) sameFacts(p outcome) bool {
	return o.ActFrom == p.ActFrom && o.ActUntil == p.ActUntil && o.FactText == p.FactText && o.Metric == p.Metric && o.Corrected == p.Corrected && o.Harm == p.Harm
}

func (o outcome) sameGrounds(p outcome) bool { return o.AppliedCode == p.AppliedCode }

func (o outcome) samePenalty(p outcome) bool { return o.Kinds == p.Kinds && o.Amount == p.Amount }

// worse reports whether p is worse for the party than o: a higher fine, a further kind of penalty, or
// other facts or grounds, unless those are stated not to get worse. A warning in place of a fine is not.
func (o outcome) worse(p outcome, notWorse bool) bool {
	return o.heavier(p) || !notWorse && (!o.sameFacts(p) || !o.sameGrounds(p))
}

// heavier reports whether p punishes more than o: a higher fine or a further kind of penalty.
func (o outcome) heavier(p outcome) bool {
	if p.Amount > o.Amount {
		return true
	}
	for _, k := range p.kinds() {
		if !slices.Contains(o.kinds(), k) && (k != PenaltyWarning || slices.Contains(p.kinds(), PenaltyFine)) {
			return true
		}
	}
	return false
}

func (p Penalty) kinds() []PenaltyKind {
	var out []PenaltyKind
	for _, k := range strings.Split(p.Kinds, ";") {
		if k != "" {
			out = append(out, PenaltyKind(k))
		}
	}
	return out
}

// text is the penalty as papers write it.
func (p Penalty) text() string {
	fine := "罚款人民币" + p.Amount.Han() + "（￥" + p.Amount.Grouped() + "）"
	switch warned := slices.Contains(p.kinds(), PenaltyWarning); {
	case p.Amount == 0:
		return "警告"
	case warned:
		return "警告，并处" + fine
	}
	return fine
}

// settlement says what becomes of the money, given what was paid.
func (p Penalty) settlement(paid law.Money) string {
	owed := p.Amount - paid
	switch {
	case owed < 0:
		return "你（单位）已缴纳罚款￥" + paid.Grouped() + "，多缴的￥" + (-owed).Grouped() + "由本机关依法办理退还。"
	case p.Amount == 0:
		return "变更后没有罚款。"
	case owed == 0:
		return "罚款已经缴清，不用再缴。"
	case paid > 0:
		return "你（单位）已缴纳罚款￥" + paid.Grouped() + "，尚应缴纳￥" + owed.Grouped() + "，" + payHow
	}
	return "罚款￥" + owed.Grouped() + "，" + payHow
}

// overpaid is what of a paid sum is to be given back: all of it once the decision is revoked.
func (c *Case) overpaid(paid law.Money) law.Money {
	if c.State == Revoked {
		return paid
	}
	if c.DeliveredAt == 0 {
		return 0
	}
	return max(0, paid-c.Amount)
}

const payHow = "自收到本决定书之日起十五日内到指定的银行或者通过电子支付系统缴纳。逾期不缴纳的，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超过罚款的数额。"
