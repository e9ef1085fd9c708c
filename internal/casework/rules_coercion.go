package casework

import (
	"fmt"
	"strings"

	"fadu/internal/law"
)

// The acts of sealing, seizing and executing.
const (
	ActSeize         law.Action = "实施查封扣押"
	ActExtendSeizure law.Action = "延长查封扣押期限"
	ActSealAgain     law.Action = "重复查封"
	ActStorageFee    law.Action = "向当事人收取扣押保管费"
	ActExecute       law.Action = "实施行政强制执行"
	ActCutSupply     law.Action = "对居民断水断电迫使履行"
	ActDemolish      law.Action = "强制拆除违法建筑"
	ActClearAtOnce   law.Action = "立即代履行"
	ActBearCost      law.Action = "代履行费用由谁承担"
	ActApplyCourt    law.Action = "申请法院强制执行"
	ActCourtFee      law.Action = "缴纳非诉执行申请费"
)

// Sealing and seizing (行政强制法第十七、十八、十九、二十三、二十五、二十六条).
var seizureRules = []law.Rule{
	{
		ID: "XZQZ-18-2", Name: "两名以上执法人员实施", Actions: []law.Action{ActSeize},
		Cite: law.Citations{item(xzqz(18), 2)}, From: coercion2012,
		Check: atLeast(law.Officers, "seizure_officers", "执法人员 %d 人，应有 %d 人以上。请增派执法人员后实施"),
	},
	{
		// In an emergency the approval follows within 24 hours (article 19).
		ID: "XZQZ-18-1", Name: "实施前经负责人批准", Actions: []law.Action{ActSeize},
		Cite: law.Citations{item(xzqz(18), 1), xzqz(19)}, From: coercion2012,
		Check: func(r *law.Reading) law.Outcome {
			if r.Claimed(law.Urgent) == law.True && r.Claimed(law.Approved) != law.True {
				return law.WarnThat("情况紧急可以先实施，应在二十四小时内向负责人报告并补办批准手续")
			}
			return law.Unless(r.Is(law.Approved), law.RefuseBecause("没有经行政机关负责人批准。请先报批；情况紧急的，实施后二十四小时内补办"))
		},
	},
	{
		ID: "XZQZ-23-1-related", Name: "限于涉案的场所、设施、财物", Actions: []law.Action{ActSeize},
		Cite: law.Citations{xzqz(23, 1)}, From: coercion2012,
		Check: required(law.RelatedToCase, "与违法行为无关，不得查封、扣押。请只对涉案的场所、设施、财物实施"),
	},
	{
		ID: "XZQZ-23-1-necessities", Name: "不得查封、扣押生活必需品", Actions: []law.Action{ActSeize},
		Cite: law.Citations{xzqz(23, 1)}, From: coercion2012,
		Check: func(r *law.Reading) law.Outcome {
			text, ok := r.Text(law.Target)
			if !ok {
				return law.NotStated()
			}
			bare := strings.Contains(text, "必需品") && !strings.Contains(text, "非生活必需") && !strings.Contains(text, "不是生活必需")
			return law.When(law.TriOf(bare), law.RefuseBecause("公民个人及其所扶养家属的生活必需品不得查封、扣押。请立即退还"))
		},
	},
	{
		ID: "XZQZ-17-1", Name: "强制措施权不得委托", Actions: []law.Action{ActSeize},
		Cite: law.Citations{xzqz(17, 1)}, From: coercion2012, Check: notDelegated,
	},
	{
		ID: "XZQZ-25-1-initial", Name: "查封、扣押不超过三十日", Actions: []law.Action{ActExtendSeizure},
		Cite: law.Citations{xzqz(25, 1)}, From: coercion2012,
		Check: atMost(law.InitialDays, "seizure_days", "查封、扣押 %d 日，超过 %d 日。期满应当解除并退还"),
	},
	{
		ID: "XZQZ-25-1-extension", Name: "延长不超过三十日", Actions: []law.Action{ActExtendSeizure},
		Cite: law.Citations{xzqz(25, 1)}, From: coercion2012,
		Check: atMost(law.ExtensionDays, "seizure_extension_days", "延长 %d 日，超过 %d 日。请缩短延长期限"),
	},
	{
		ID: "XZQZ-25-1-complex", Name: "情况复杂才能延长", Actions: []law.Action{ActExtendSeizure},
		Cite: law.Citations{xzqz(25, 1)}, From: coercion2012,
		Check: required(law.ComplexSituation, "情况不复杂，不能延长。请在期限内作出处理决定"),
	},
	{
		ID: "XZQZ-25-1-approved", Name: "延长经负责人批准", Actions: []law.Action{ActExtendSeizure},
		Cite: law.Citations{xzqz(25, 1)}, From: coercion2012,
		Check: required(law.Approved, "延长没有经行政机关负责人批准。请先报批，并书面告知当事人理由"),
	},
	{
		ID: "XZQZ-23-2", Name: "不得重复查封", Actions: []law.Action{ActSealAgain},
		Cite: law.Citations{xzqz(23, 2)}, From: coercion2012,
		Check: barred(law.SealedByOther, "已被其他国家机关依法查封，不得重复查封。请与该机关协商"),
	},
	{
		ID: "XZQZ-26-3", Name: "保管费用由行政机关承担", Actions: []law.Action{ActStorageFee},
		Cite: law.Citations{xzqz(26, 3)}, From: coercion2012, Check: noFee("查封、扣押的保管费用由行政机关承担，不得向当事人收取。已收的请退还"),
	},
}

func notDelegated(r *law.Reading) law.Outcome {
	text, ok := r.Text(law.DelegatedTo)
	if !ok {
		return law.NotStated()
	}
	switch plain(text) {
	case "", "无", "没有", "未委托", "没有委托", "否", "不委托":
		return law.Pass()
	}
	return law.RefuseBecause("行政强制措施权不得委托，“%s”不能实施。请由有权的行政机关自己实施", strings.TrimSpace(text))
}

// Executing by force (行政强制法第四十三、四十四、五十一、五十二条；城乡规划法第六十八条).
var executionRules = []law.Rule{
	{
		ID: "XZQZ-43-1", Name: "夜间、法定节假日不得强制执行", Actions: []law.Action{ActExecute},
		Cite: law.Citations{xzqz(43, 1)}, From: coercion2012, Check: executionTime,
	},
	{
		ID: "XZQZ-43-2", Name: "不得对居民断水断电迫使履行", Actions: []law.Action{ActCutSupply},
		Cite: law.Citations{xzqz(43, 2)}, From: coercion2012,
		Check: func(r *law.Reading) law.Outcome {
			if r.Stated(law.Target) {
				if text, _ := r.Text(law.Target); !residential(text) {
					return law.Pass()
				}
			}
			return law.RefuseBecause("不得对居民生活停止供水、供电、供热、供燃气迫使履行。请用催告、申请法院强制执行等方式")
		},
	},
	{
		ID: "XZQZ-44-announced", Name: "强制拆除前公告限期自拆", Actions: []law.Action{ActDemolish},
		Cite: law.Citations{xzqz(44)}, From: coercion2012,
		Check: required(law.Announced, "没有公告限期当事人自行拆除。请先公告"),
	},
	{
		ID: "XZQZ-44-expired", Name: "复议、起诉期限届满后强制拆除", Actions: []law.Action{ActDemolish},
		Cite: law.Citations{xzqz(44)}, From: coercion2012,
		Check: required(law.ReviewSuitExpired, "申请复议、提起诉讼的期限还没有届满，不能强制拆除。请等期限届满"),
	},
	{
		ID: "XZQZ-44-sued", Name: "当事人起诉的，不强制拆除", Actions: []law.Action{ActDemolish},
		Cite: law.Citations{xzqz(44)}, From: coercion2012,
		Check: barred(law.PartySued, "当事人已提起行政诉讼，不能强制拆除。请等裁判生效"),
	},
	{
		ID: "XZQZ-44-review", Name: "当事人申请复议的，不强制拆除", Actions: []law.Action{ActDemolish},
		Cite: law.Citations{xzqz(44)}, From: coercion2012,
		Check: barred(law.PartyAppliedReview, "当事人已申请行政复议，不能强制拆除。请等复议结束并看是否起诉"),
	},
	{
		ID: "XZQZ-44-demolished", Name: "当事人已自行拆除的，不强制拆除", Actions: []law.Action{ActDemolish, ActCarryOut},
		Cite: law.Citations{xzqz(44)}, From: coercion2012,
		Check: barred(law.PartyDemolished, "当事人已自行拆除，不再强制拆除。请核实后结案"),
	},
	{
		ID: "CXGH-68", Name: "强制拆除经县级以上人民政府责成", Actions: []law.Action{ActDemolish},
		Cite: law.Citations{law.Cite("CXGH", 68)}, From: law.MustDate("2019-04-23"),
		Check: required(law.CountyOrdered, "县级以上人民政府没有责成强制拆除，或者责成文件没有登记。请报请本级人民政府责成，登记文件以后再作决定"),
	},
	{
		ID: "XZQZ-52-object", Name: "立即代履行限于公共场所的遗洒物、障碍物、污染物", Actions: []law.Action{ActClearAtOnce},
		Cite: law.Citations{xzqz(52)}, From: coercion2012, Check: clearableObject,
	},
	{
		ID: "XZQZ-52-party", Name: "当事人能够清除的，不立即代履行", Actions: []law.Action{ActClearAtOnce},
		Cite: law.Citations{xzqz(52)}, From: coercion2012,
		Check: barred(law.PartyCanClear, "当事人能够清除，不能立即代履行。请责令当事人立即清除"),
	},
	{
		ID: "XZQZ-51-2", Name: "代履行费用由当事人承担", Actions: []law.Action{ActBearCost},
		Cite: law.Citations{xzqz(51, 2)}, From: coercion2012,
		Check: func(*law.Reading) law.Outcome {
			return law.Duty(law.Must, "代履行费用按成本合理确定，由当事人承担；法律另有规定的除外")
		},
	},
}

var timeWords = words[bool]{
	{"非节假日", false},
	{"非法定节假日", false},
	{"非夜间", false},
	{"夜", true},
	{"晚", true},
	{"凌晨", true},
	{"节前", false},
	{"节后", false},
	{"节假日", true},
	{"假日", true},
	{"假期", true},
	{"春节", true},
	{"元旦", true},
	{"国庆", true},
	{"清明", true},
	{"劳动节", true},
	{"五一", true},
	{"端午", true},
	{"中秋", true},
	{"工作日", false},
	{"白天", false},
	{"日间", false},
	{"昼间", false},
	{"上午", false},
	{"下午", false},
	{"中午", false},
	{"周", false},
	{"星期", false},
	{"休息日", false},
}

// closedTime reports whether a text, in words or as a time of day, is a night or a public holiday. Night
// is from ten in the evening to six in the morning.
func closedTime(text string) (closed, known bool) {
	hour, minute := 0, 0
	if n, _ := fmt.Sscanf(strings.ReplaceAll(text, "：", ":"), "%d:%d", &hour, &minute); n == 2 && hour >= 0 && hour < 24 {
		return hour >= 22 || hour < 6, true
	}
	return timeWords.find(text)
}

func executionTime(r *law.Reading) law.Outcome {
	text, ok := r.Text(law.ExecutionTime)
	if !ok {
		return law.NotStated()
	}
	if r.Claimed(law.Urgent) == law.True {
		return law.Pass()
	}
	closed, known := closedTime(plain(text))
	if !known {
		return unreadable(law.ExecutionTime, text, "夜间、法定节假日或者工作日白天")
	}
	return law.When(law.TriOf(closed), law.RefuseBecause("不得在夜间或者法定节假日实施行政强制执行，情况紧急的除外。请改在其他时间实施"))
}

func residential(text string) bool {
	for _, w := range []string{"非居民", "企业", "单位", "工地", "商户", "商业", "生产", "经营"} {
		if strings.Contains(text, w) {
			return strings.Contains(text, "居民生活") && !strings.Contains(text, "非居民")
		}
	}
	return true
}

// clearableObject wants both: a place open to the public and something that dirties or blocks it.
func clearableObject(r *law.Reading) law.Outcome {
	text, ok := r.Text(law.ClearedObject)
	if !ok {
		return law.NotStated()
	}
	return law.Unless(law.TriOf(containsAny(text, "道", "路", "街", "河", "航", "公共", "广场", "公园", "桥") && containsAny(text, "遗洒", "遗撒", "抛洒", "散落", "泼洒", "障碍", "污染", "垃圾", "渣土", "油污")),
		law.RefuseBecause("“%s”不属于道路、河道、航道或者公共场所的遗洒物、障碍物、污染物，不能立即代履行。请按一般代履行催告", strings.TrimSpace(text)))
}

func containsAny(text string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// Asking the court to execute (行政强制法第五十三、五十四、五十五、六十条；行诉解释第一百五十六条).
var courtEnforcementRules = []law.Rule{
	{
		ID: "XZQZ-53-expired", Name: "起诉期限届满后申请法院强制执行", Actions: []law.Action{ActApplyCourt},
		Cite: law.Citations{xzqz(53)}, From: suit2018,
		Check: required(law.SuitExpired, "起诉期限还没有届满，不能申请法院强制执行。请等期限届满"),
	},
	{
		ID: "XZQZ-53-sued", Name: "当事人起诉的，不申请非诉执行", Actions: []law.Action{ActApplyCourt},
		Cite: law.Citations{xzqz(53)}, From: suit2018,
		Check: barred(law.PartySued, "当事人已提起行政诉讼，不能申请非诉执行。请等裁判生效后按生效裁判执行"),
	},
	{
		ID: "XZQZ-53-review", Name: "当事人申请复议的，不申请非诉执行", Actions: []law.Action{ActApplyCourt},
		Cite: law.Citations{xzqz(53)}, From: suit2018,
		Check: barred(law.PartyAppliedReview, "当事人已申请行政复议，不能申请非诉执行。请等复议结束，再从新的期限起算"),
	},
	{
		ID: "XZQZ-53-performed", Name: "已履行的，不申请法院强制执行", Actions: []law.Action{ActApplyCourt},
		Cite: law.Citations{xzqz(53)}, From: suit2018,
		Check: barred(law.Performed, "当事人已经履行，不必申请法院强制执行。请登记后结案"),
	},
	{
		ID: "XZQZ-54-served", Name: "申请前催告", Actions: []law.Action{ActApplyCourt},
		Cite: law.Citations{xzqz(54)}, From: suit2018,
		Check: required(law.DemandServed, "催告书还没有送达当事人。请先送达催告书"),
	},
	{
		ID: "XZQZ-54-days", Name: "催告书送达满十个工作日", Actions: []law.Action{ActApplyCourt},
		Cite: law.Citations{xzqz(54), xzqz(69)}, From: suit2018,
		Check: atLeast(law.DaysSinceDemand, "demand_days", "催告书送达后只过了 %d 个工作日，不满 %d 个。请等期满后再申请"),
	},
	{
		ID: "XZQZ-53-months", Name: "期限届满后三个月内申请", Actions: []law.Action{ActApplyCourt},
		Cite: law.Citations{xzqz(53), law.Cite("SSJS", 156)}, From: suit2018,
		Check: func(r *law.Reading) law.Outcome {
			return law.Unless(law.Or(r.Is(law.WithinThreeMonths), r.Claimed(law.JustifiedReason)),
				law.RefuseBecause("超过三个月的申请期限又没有正当理由，法院不予受理。有正当理由的，请写明并附证明"))
		},
	},
	{
		ID: "XZQZ-55-1", Name: "申请材料齐全", Actions: []law.Action{ActApplyCourt},
		Cite: law.Citations{xzqz(55, 1)}, From: suit2018,
		Check: complete(law.MissingMaterials, "申请材料还缺：%s。请补齐后申请"),
	},
	{
		ID: "XZQZ-60-1", Name: "申请法院强制执行不缴申请费", Actions: []law.Action{ActCourtFee},
		Cite: law.Citations{xzqz(60, 1)}, From: coercion2012,
		Check: func(*law.Reading) law.Outcome {
			return law.Duty(law.NotRequired, "行政机关申请法院强制执行不缴纳申请费，执行费用由被执行人承担")
		},
	},
}
