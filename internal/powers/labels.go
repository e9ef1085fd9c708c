package powers

import "slices"

// pair is a code with its Chinese label; a list of pairs keeps the order of choices on pages.
type pair[K ~string] struct {
	Code  K
	Label string
}

func label[K ~string](list []pair[K], k K) string {
	for _, p := range list {
		if p.Code == k {
			return p.Label
		}
	}
	return string(k)
}

// fromLabel finds the code by its label or by the code itself.
func fromLabel[K ~string](list []pair[K], s string) (K, bool) {
	i := slices.IndexFunc(list, func(p pair[K]) bool { return p.Label == s || string(p.Code) == s })
	if i < 0 {
		return "", false
	}
	return list[i].Code, true
}

func labels[K ~string](list []pair[K]) []string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = p.Label
	}
	return out
}

var kindLabels = []pair[Kind]{
	{KindPenalty, "行政处罚"},
	{KindLicence, "行政许可"},
	{KindCoercion, "行政强制"},
	{KindLevy, "行政征收"},
	{KindInspection, "行政检查"},
	{KindOther, "其他"},
}

// Label returns 行政处罚 and so on.
func (k Kind) Label() string { return label(kindLabels, k) }

var fineBasisLabels = []pair[FineBasis]{
	{FineRange, "区间"},
	{FineAtMost, "只有上限"},
	{FineFixed, "定额"},
	{FineRatio, "按比例或倍数"},
	{FinePerUnit, "按数量"},
	{FineLocalRule, "由地方规定"},
	{FineByOtherLaw, "转致其他法律"},
	{FineNone, "无罚款"},
}

// Label returns 区间 and so on.
func (b FineBasis) Label() string { return label(fineBasisLabels, b) }

var partyLabels = []pair[Party]{
	{Citizen, "公民"},
	{Organisation, "单位"},
	{SoleTrader, "个体工商户"},
}

// Label returns 公民, 单位 or 个体工商户.
func (p Party) Label() string { return label(partyLabels, p) }

// ParseParty reads 公民, 个人, 自然人, 单位, 法人, 其他组织, 法人或者其他组织, 个体工商户.
func ParseParty(s string) (Party, bool) {
	switch s {
	case "个人", "自然人":
		return Citizen, true
	case "法人", "其他组织", "法人或者其他组织", "法人或其他组织", "非法人组织":
		return Organisation, true
	}
	return fromLabel(partyLabels, s)
}

var adoptBasisLabels = []pair[AdoptBasis]{
	{AdoptStatutory, "法定职权"},
	{AdoptTransfer, "职能划转"},
	{AdoptEmpower, "赋权、下放"},
}

// Label returns 职能划转 and so on.
func (b AdoptBasis) Label() string { return label(adoptBasisLabels, b) }

var stateLabels = []pair[State]{
	{StateAdopted, "在行使"},
	{StateLibrary, "事项库"},
	{StateUnchecked, "待核实"},
	{StateEnded, "已停止"},
}

// Label returns 在行使, 事项库, 待核实 or 已停止.
func (s State) Label() string { return label(stateLabels, s) }

var gradeLabels = []pair[Grade]{
	{NoPenalty, "不予处罚"},
	{Mitigated, "减轻"},
	{Lighter, "从轻"},
	{Ordinary, "一般"},
	{Heavier, "从重"},
}

// Label returns 不予处罚, 减轻, 从轻, 一般 or 从重.
func (g Grade) Label() string { return label(gradeLabels, g) }

var subjectLabels = []pair[Subject]{
	{SubjectAll, "全部"},
	{SubjectCitizen, "个人"},
	{SubjectOrganisation, "单位"},
}

// Label returns 全部, 个人 or 单位.
func (s Subject) Label() string { return label(subjectLabels, s) }

var tierUnitLabels = []pair[TierUnit]{
	{UnitYuan, "元"},
	{UnitPercent, "百分比"},
	{UnitMultiple, "倍"},
}

// Label returns 元, 百分比 or 倍.
func (u TierUnit) Label() string { return label(tierUnitLabels, u) }

var exemptionKindLabels = []pair[ExemptionKind]{
	{ExemptSlight, "轻微不罚"},
	{ExemptFirst, "首违不罚"},
	{ExemptPrecondition, "前提未成就"},
	{ExemptSubject, "主体不罚"},
	{ExemptNoFault, "无过错不罚"},
	{ExemptLimitation, "时效不罚"},
	{ExemptNewLaw, "从新"},
}

// Label returns 首违不罚 and so on.
func (k ExemptionKind) Label() string { return label(exemptionKindLabels, k) }

var effectLabels = []pair[Effect]{
	{EffectMust, "应当不予处罚"},
	{EffectMay, "可以不予处罚"},
	{EffectNotMet, "处罚条件未成就"},
	{EffectNoMore, "不再给予处罚"},
	{EffectNewRule, "适用新规定"},
}

// Label returns 应当不予处罚 and so on.
func (e Effect) Label() string { return label(effectLabels, e) }

// Kinds names the ledger entries that this slice writes.
var Kinds = map[string]string{
	"power.import_opened":    "上传权责导入批次",
	"power.import_mended":    "改正导入行",
	"power.import_published": "发布权责导入批次",
	"power.import_abandoned": "放弃权责导入批次",
	"power.confirmed":        "核实权责事项依据",
	"power.sole_trader_set":  "设定个体工商户的限额口径",
	"power.adopted":          "采用权责事项",
	"power.ended":            "停止行使权责事项",
	"power.benchmark_issued": "公布裁量基准",
	"power.exemption_issued": "公布不予处罚清单",
	"power.adjust_proposed":  "提出权责调整",
	"power.adjust_amended":   "修改权责调整",
	"power.adjust_attached":  "附权责调整的依据文件",
	"power.adjust_checked":   "权责调整法制核通过",
	"power.adjust_returned":  "退回权责调整",
	"power.adjust_filed":     "权责调整登记备案",
	"power.adjust_in_force":  "权责调整生效",
	"power.adjust_withdrawn": "撤回权责调整",
	"power.rebased":          "权责依据变更",
	"power.affected_settled": "核对受影响的内容",
	"power.guide_saved":      "公布办事指南",
	"power.law_changed":      "登记法律修改、废止",
}
