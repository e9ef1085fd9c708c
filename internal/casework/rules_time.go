package casework

import (
	"fmt"
	"strings"

	"fadu/internal/law"
)

// More time, standing still, ending early (55号令第二十九条至第三十一条).
var timeRules = []law.Rule{
	{
		ID: "MOHURD55-29-approved", Name: "延长、中止、终止经负责人批准", Actions: []law.Action{ActExtendDecision, ActSuspend, ActTerminate, ActWithdrawFiling},
		Cite: law.Citations{mohurd(29), mohurd(30), mohurd(31)}, From: procedure2022,
		Check: required(law.ApprovedByHead, "没有经行政机关负责人批准。请报批"),
	},
	{
		ID: "MOHURD55-29-once", Name: "负责人批准延长只有一次", Actions: []law.Action{ActExtendDecision},
		Cite: law.Citations{mohurd(29)}, From: procedure2022,
		Check: barred(law.ExtendedOnce, "已经负责人批准延长过一次，不能再由一人批准。仍不能作出决定的，提请集体讨论决定再次延长"),
	},
	{
		ID: "MOHURD55-15-once", Name: "核查期限只延长一次", Actions: []law.Action{ActExtendCheck},
		Cite: law.Citations{mohurd(15)}, From: procedure2022,
		Check: barred(law.CheckExtended, "核查期限已经延长过一次，不能再延长。请在期限内决定是否立案"),
	},
	{
		ID: "MOHURD55-29-days", Name: "负责人批准的延长不超过三十日", Actions: []law.Action{ActExtendDecision},
		Cite: law.Citations{mohurd(29)}, From: procedure2022,
		Check: atMost(law.ExtensionDays, "decision_extension_days", "延长 %d 日，超过 %d 日。请缩短；仍不能作出决定的，再提请集体讨论"),
	},
	{
		ID: "MOHURD55-29-again-days", Name: "再次延长不超过六十日", Actions: []law.Action{ActExtendAgain},
		Cite: law.Citations{mohurd(29)}, From: procedure2022,
		Check: atMost(law.ExtensionDays, "decision_extension_again_days", "再次延长 %d 日，超过 %d 日。请缩短"),
	},
	{
		ID: "MOHURD55-29-collective", Name: "再次延长经负责人集体讨论", Actions: []law.Action{ActExtendAgain},
		Cite: law.Citations{mohurd(29)}, From: procedure2022,
		Check: required(law.CollectiveDiscussed, "再次延长没有经负责人集体讨论决定，这一步不能由一人批准。请由负责人集体讨论，记录讨论笔录"),
	},
	{
		ID: "MOHURD55-29-minutes", Name: "再次延长的讨论笔录齐全", Actions: []law.Action{ActExtendAgain},
		Cite: law.Citations{mohurd(29), xzcf(57, 2)}, From: procedure2022, Check: extensionMinuted,
	},
	{
		ID: "MOHURD55-29-first", Name: "先经负责人批准延长过", Actions: []law.Action{ActDiscussExtension, ActExtendAgain},
		Cite: law.Citations{mohurd(29)}, From: procedure2022,
		Check: required(law.ExtendedOnce, "还没有经负责人批准延长三十日，不能直接再次延长。请先报负责人批准"),
	},
	{
		ID: "MOHURD55-29-running", Name: "期限届满前延长", Actions: []law.Action{ActExtendCheck, ActExtendDecision, ActDiscussExtension, ActExtendAgain},
		Cite: law.Citations{mohurd(29), mohurd(15)}, From: procedure2022,
		Check: required(law.BeforeExpiry, "期限已经届满，不能延长。请写明超期的原因和责任，并尽快作出决定"),
	},
	{
		ID: "MOHURD55-31-gone", Name: "对已经死亡、终止的当事人不告知、不决定", Actions: []law.Action{ActNotify, ActAskDecision, ActDecideOrdinary},
		Cite: law.Citations{mohurd(30), mohurd(31)}, From: procedure2022,
		Check: goneBars("当事人已经死亡或者终止，不能对其告知、作出处罚决定。等待确定承受人的请中止调查，没有承受人的请终止调查；有承受人的请登记"),
	},
	{
		ID: "XZQZ-40-gone", Name: "对已经死亡、终止的当事人不催告、不执行", Actions: []law.Action{ActDemand, ActAskCourt, ActOrderExecution, ActCarryOut, ActOrderSubstitute, ActSubstitutePerform},
		Cite: law.Citations{xzqz(39, 1), item(xzqz(40), 1), item(xzqz(40), 2)}, From: coercion2012,
		Check: goneBars("当事人已经死亡或者终止，不能对其催告、强制执行。等待确定承受人的请中止执行，没有财产又没有承受人的请终结执行；有承受人的请登记"),
	},
	{
		ID: "MOHURD55-31-party", Name: "当事人死亡、终止以登记为准", Actions: []law.Action{ActTerminate},
		Cite: law.Citations{mohurd(31)}, From: procedure2022, Check: groundFitsParty,
	},
	{
		ID: "XZCF-36-terminate", Name: "以超过时效终止调查的，确已超过", Actions: []law.Action{ActTerminate},
		Cite: law.Citations{mohurd(31), xzcf(36, 1), xzcf(36, 2)}, From: procedure2022, Check: lateWhenSaid,
	},
	{
		ID: "XZQZ-40-party", Name: "因当事人死亡、终止终结执行以登记为准", Actions: []law.Action{ActEndExecution},
		Cite: law.Citations{item(xzqz(40), 1), item(xzqz(40), 2)}, From: coercion2012, Check: groundFitsParty,
	},
	{
		ID: "XZQZ-40-ground", Name: "终结执行的情形与案卷相符", Actions: []law.Action{ActEndExecution},
		Cite: law.Citations{item(xzqz(40), 4), item(xzqz(40), 5), xzqz(39, 2)}, From: coercion2012, Check: endGroundHolds,
	},
	{
		ID: "MOHURD55-31-reason", Name: "终止调查、撤销立案写明理由", Actions: []law.Action{ActTerminate, ActWithdrawFiling},
		Cite: law.Citations{mohurd(31)}, From: procedure2022,
		Check: required(law.ReasonRecorded, "没有写明理由。请写明属于哪一种情形和依据"),
	},
}

// extensionMinuted: what any collective discussion must have, the second extension's has too (行政处罚法第五十七条第二款; practice.md 22).
func extensionMinuted(r *law.Reading) law.Outcome {
	if r.Claimed(law.CollectiveDiscussed) != law.True {
		return law.Pass() // MOHURD55-29-collective says so
	}
	present, ok1 := r.Number(law.MembersPresent)
	least, ok2 := r.Number(law.Quorum)
	open := !ok1 || !ok2
	var lacks []string
	if !open && (present < least || present < 2) {
		lacks = append(lacks, fmt.Sprintf("到会 %d 名负责人，至少要 %d 名", present, max(least, 2)))
	}
	for _, x := range []struct {
		said law.Tri
		good law.Tri
		text string
	}{
		{r.Is(law.OpinionsRecorded), law.True, "没有逐人记载意见"},
		{r.Is(law.ChiefSpokeLast), law.True, "主要负责人没有最后表态"},
		{r.Is(law.OutsiderVoted), law.False, "列席人员参加了表决"},
		{r.Is(law.MembersSigned), law.True, "没有全部成员签名"},
	} {
		switch x.said {
		case law.Unknown:
			open = true
		case x.good:
		default:
			lacks = append(lacks, x.text)
		}
	}
	switch {
	case len(lacks) > 0:
		return law.RefuseBecause("再次延长的集体讨论笔录不齐全：%s。请补正或者重新讨论", strings.Join(lacks, "；"))
	case open:
		return law.NotStated()
	}
	return law.Pass()
}

// goneBars bars an act against a party that died or ended while nobody is recorded who takes its place.
func goneBars(why string) func(*law.Reading) law.Outcome {
	return func(r *law.Reading) law.Outcome {
		return law.When(r.Claimed(law.PartyGone), law.RefuseBecause("%s", why))
	}
}

// What is recorded of a party's death or end, as grounds name it.
const (
	citizenDied = "公民死亡"
	bodyEnded   = "法人或者其他组织终止"
)

// groundFitsParty: the party's death or end is a ground only as it is recorded, and what is recorded is not passed over
// for another ground that nobody can check.
func groundFitsParty(r *law.Reading) law.Outcome {
	ground, ok1 := r.Text(law.EndGround)
	gone, ok2 := r.Text(law.PartyGoneAs)
	if !ok1 || !ok2 {
		return law.NotStated()
	}
	died, ended := strings.Contains(ground, "死亡"), strings.Contains(ground, "组织终止")
	switch {
	case died && gone != citizenDied, ended && gone != bodyEnded:
		return law.RefuseBecause("案卷登记的是“%s”，不能以“%s”为由。请先登记当事人死亡、终止，附证明材料，写明没有承受人", gone, ground)
	case strings.HasPrefix(ground, "其他") || strings.HasPrefix(ground, "行政机关认为"):
		return law.When(law.TriOf(gone == citizenDied || gone == bodyEnded), law.RefuseBecause("已登记%s，没有承受人。请选择这一种情形", gone))
	}
	return law.Pass()
}

// endGroundHolds: what the file can tell about a ground of ending execution is read from it, and what nobody can check
// is the chief head's to answer for (行政强制法第三十九条第二款、第四十条).
func endGroundHolds(r *law.Reading) law.Outcome {
	ground, ok := r.Text(law.EndGround)
	switch {
	case !ok:
		return law.NotStated()
	case strings.Contains(ground, "三年"):
		return law.Unless(r.Is(law.HaltedThreeYears), law.RefuseBecause("没有中止执行满三年的记录，不能以此终结执行。请先中止执行，满三年未恢复的再办"))
	case strings.Contains(ground, "被撤销"):
		return law.Unless(r.Is(law.DecisionSetAside), law.RefuseBecause("没有决定被撤销的记录，不能以此终结执行。请先登记复议、诉讼的结果；自行撤销的，作撤销决定"))
	case strings.HasPrefix(ground, "行政机关认为"):
		return law.Unless(r.Is(law.ApprovedByChief), law.RefuseBecause("其他情形没有法定的标准，要由主要负责人批准，写明理由和材料"))
	}
	return law.Pass()
}

// lateWhenSaid: the limitation is a ground only where the recorded days show that it ran out before the act was found.
func lateWhenSaid(r *law.Reading) law.Outcome {
	ground, ok := r.Text(law.EndGround)
	switch {
	case !ok:
		return law.NotStated()
	case !strings.Contains(ground, "时效"):
		return law.Pass()
	}
	late := withinLimitation(r)
	if late == law.NotStated() {
		return late
	}
	return law.Unless(law.TriOf(late.Answer == law.Refuse), law.RefuseBecause("查明的违法行为没有超过处罚时效，不能以此终止调查。请改选情形，或者继续调查"))
}
