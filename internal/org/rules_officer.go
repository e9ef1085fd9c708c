package org

import (
	"slices"
	"strings"

	"fadu/internal/law"
)

// The acts that rules on officers guard. ActHandleCase is the bureau's own: naming somebody a handling
// officer of a case; the rest are the recheck door's.
const (
	ActInvestigate     law.Action = "调查取证/检查"
	ActKeepOnCase      law.Action = "执法人员继续参与案件"
	ActStopForRecusal  law.Action = "回避申请未决期间停止调查"
	ActDecideRecusal   law.Action = "决定执法人员回避申请"
	ActAdmitEvidence   law.Action = "采信证据"
	ActHandleCase      law.Action = "承办案件"
	onSpotRequirements law.Action = "当场处罚案件要件" // casework.ActOnSpotRequirements
)

var (
	penaltyLaw2021 = law.MustDate("2021-07-15")
	procedure2022  = law.MustDate("2022-05-01")
)

// Rules returns the statutory rules on officers and on the evidence that they gather.
func Rules() []law.Rule {
	return slices.Concat(investigationRules, recusalRules, evidenceRules, handlingRules)
}

// Investigations and checks are made by at least two qualified officers who show their certificates
// (行政处罚法第四十二条第一款、第五十五条第一款); auxiliaries only assist and are never counted
// (中发〔2015〕37号第十二项).
var investigationRules = []law.Rule{
	{
		ID: "XZCF-42-1-investigators", Name: "调查、检查的执法人员不少于两人，辅助人员不计入",
		Actions: []law.Action{ActInvestigate},
		Cite:    law.Citations{law.Cite("XZCF", 42, 1), {Statute: "ZF37", Section: "十二"}},
		From:    penaltyLaw2021, Check: enoughInvestigators,
	},
	{
		ID: "XZCF-42-1-investigators-certified", Name: "调查、检查的执法人员具有行政执法资格",
		Actions: []law.Action{ActInvestigate},
		Cite:    law.Citations{law.Cite("XZCF", 42, 1)},
		From:    penaltyLaw2021, Check: certifiedInvestigators,
	},
	{
		ID: "XZCF-55-1", Name: "调查、检查时主动出示执法证件",
		Actions: []law.Action{ActInvestigate},
		Cite:    law.Citations{law.Cite("XZCF", 55, 1)},
		From:    penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.Unless(r.Is(law.ShowedID), law.RefuseBecause("没有出示执法证件，当事人有权拒绝调查、检查。请先主动出示证件并记录"))
		},
	},
}

// enoughInvestigators counts whichever number the file gives: all officers, or those with a valid
// certificate. Either below the minimum settles the matter.
func enoughInvestigators(r *law.Reading) law.Outcome {
	least, ok := law.Limit("officers_minimum", r.Date)
	if !ok {
		return law.NotStated()
	}
	if !r.Stated(law.Officers, law.CertifiedCount) {
		r.Has(law.CertifiedCount)
		return law.NotStated()
	}
	for _, k := range []law.NumberKey{law.Officers, law.CertifiedCount} {
		if !r.Stated(k) {
			continue
		}
		if n, _ := r.Number(k); n < least.Value {
			return law.RefuseBecause("%s是 %d，不得少于 %d 人%s。请再派有执法资格的人员到场", k.Label(), n, least.Value, auxiliaryHint(r))
		}
	}
	return law.Pass()
}

func auxiliaryHint(r *law.Reading) string {
	if !r.Stated(law.AuxiliaryCount) {
		return ""
	}
	if n, _ := r.Number(law.AuxiliaryCount); n > 0 {
		return "，辅助人员不计入"
	}
	return ""
}

func certifiedInvestigators(r *law.Reading) law.Outcome {
	if r.Stated(law.CertifiedCount) && !r.Stated(law.OfficersCertified) {
		return law.Pass() // how many are certified is what enoughInvestigators judges
	}
	return law.Unless(r.Is(law.OfficersCertified), law.RefuseBecause("有执法人员没有行政执法资格，不得调查、检查。请换由持有效执法证的人员办理"))
}

// Who has an interest in a case leaves it; the head decides on a request, and until then the
// investigation goes on (行政处罚法第四十三条).
var recusalRules = []law.Rule{
	{
		ID: "XZCF-43-1", Name: "与案件有利害关系的执法人员应当回避",
		Actions: []law.Action{ActKeepOnCase},
		Cite:    law.Citations{law.Cite("XZCF", 43, 1)},
		From:    penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(r.Is(law.HasDirectInterest), law.RefuseBecause("与案件有直接利害关系或者其他可能影响公正执法的关系，应当回避。请退出本案，由负责人另派人员"))
		},
	},
	{
		ID: "XZCF-43-3-going-on", Name: "回避决定作出之前不停止调查",
		Actions: []law.Action{ActStopForRecusal},
		Cite:    law.Citations{law.Cite("XZCF", 43, 3)},
		From:    penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			pending := law.And(r.Is(law.RecusalRequested), r.Is(law.RecusalDecided).Not())
			return law.When(pending, law.RefuseBecause("回避申请尚未决定，调查不得因此停止。请继续调查，并提请行政机关负责人尽快决定"))
		},
	},
	{
		ID: "XZCF-43-3-head", Name: "执法人员的回避由行政机关负责人决定",
		Actions: []law.Action{ActDecideRecusal},
		Cite:    law.Citations{law.Cite("XZCF", 43, 3)},
		From:    penaltyLaw2021, Check: headDecidesRecusal,
	},
}

// heads are the words for the head of an organ; 机构负责人, 科长, 中队长 and the like are none.
var (
	heads = []string{
		"负责人", "行政机关负责人", "机关负责人", "主要负责人", "分管负责人", "局长", "副局长", "局领导", "行政首长",
		"街道办事处主任", "办事处主任", "镇长", "乡长", "负责人集体", "集体讨论",
	}
	headQualifiers = []string{"行政机关", "机关", "本机关", "本局", "局", "主要", "分管", "主管", "的", "正职", "副职", "党组书记", "执法主体", "单位"}
)

var headOrnament = strings.NewReplacer(" ", "", "　", "", "“", "", "”", "", "、", "")

// isHead reports whether a text names the head of the organ, alone or with words that leave it one.
func isHead(text string) bool {
	s := headOrnament.Replace(text)
	for _, lower := range []string{"内设", "办案机构", "承办机构", "机构负责人", "科", "股", "处长", "中队", "大队", "支队", "所长", "站长", "下级", "当事人"} {
		if strings.Contains(s, lower) {
			return false
		}
	}
	for changed := true; changed; {
		changed = false
		if slices.Contains(heads, s) {
			return true
		}
		for _, q := range headQualifiers {
			if rest, ok := strings.CutPrefix(s, q); ok && rest != "" {
				s, changed = rest, true
			}
		}
	}
	return strings.HasPrefix(s, "负责人集体") || strings.HasPrefix(s, "集体讨论")
}

func headDecidesRecusal(r *law.Reading) law.Outcome {
	who, ok := r.Text(law.Decider)
	switch {
	case !ok:
		return law.NotStated()
	case isHead(who):
		return law.Pass()
	}
	return law.RefuseBecause("执法人员的回避由行政机关负责人决定，“%s”无权决定。请呈报行政机关负责人", who)
}

// Evidence: what a monitoring device recorded counts only once the record was reviewed; what was got by
// unlawful means never counts (行政处罚法第四十一条第二款、第四十六条第三款).
var evidenceRules = []law.Rule{
	{
		ID: "XZCF-41-2", Name: "电子技术监控记录经审核符合要求才能作证据",
		Actions: []law.Action{ActAdmitEvidence},
		Cite:    law.Citations{law.Cite("XZCF", 41, 2)},
		From:    penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(law.And(monitored(r), r.Is(law.Reviewed).Not()),
				law.RefuseBecause("电子技术监控记录未经审核或者审核不符合要求，不得作为处罚证据。请先完成审核并记录，或者另行取证"))
		},
	},
	{
		ID: "XZCF-46-3", Name: "非法手段取得的证据不得采信",
		Actions: []law.Action{ActAdmitEvidence},
		Cite:    law.Citations{law.Cite("XZCF", 46, 3)},
		From:    penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(r.Is(law.IllegalMeans), law.RefuseBecause("以非法手段取得的证据不得作为认定事实的根据。请排除这份证据，依法重新取证"))
		},
	},
}

// monitored reports whether the evidence is the record of a monitoring device.
func monitored(r *law.Reading) law.Tri {
	kind, ok := r.Text(law.EvidenceType)
	if !ok {
		return law.Unknown
	}
	for _, w := range []string{"监控", "电子警察", "抓拍", "电子眼", "探头"} {
		if strings.Contains(kind, w) {
			return law.True
		}
	}
	return law.False
}

// Handling officers of a real case: their certificates are valid on the day of the act and for its
// place, none was recused, none is an auxiliary.
var handlingRules = []law.Rule{
	{
		ID: "XZCF-42-1-handlers", Name: "承办人持有在行为日有效的执法证，不少于两人",
		Actions: []law.Action{ActHandleCase, onSpotRequirements},
		Cite:    law.Citations{law.Cite("XZCF", 42, 1)},
		From:    penaltyLaw2021, Check: enoughHandlers,
	},
	{
		ID: "MOHURD55-11-area", Name: "承办人的执法区域包括案发地",
		Actions: []law.Action{ActHandleCase, onSpotRequirements},
		Cite:    law.Citations{law.Cite("MOHURD55", 11), law.Cite("XZCF", 42, 1)},
		From:    procedure2022,
		Check: func(r *law.Reading) law.Outcome {
			return law.Unless(r.Is(law.OfficerAreaCovers), law.RefuseBecause("有承办人的执法证不含案发地所在区域。请换由执法区域包括案发地的人员承办"))
		},
	},
	{
		ID: "XZCF-64-4-handlers", Name: "审核本案、主持本案听证的人员不得转为承办本案",
		Actions: []law.Action{ActHandleCase},
		Cite:    law.Citations{law.Citation{Statute: "XZCF", Article: 64, Item: 4}, {Statute: "GBF118", Section: "十一"}},
		From:    penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(r.Is(law.OfficerJudged), law.RefuseBecause("承办人中有人审核过本案或者主持过本案听证。请指派其他人员承办"))
		},
	},
	{
		ID: "XZCF-43-1-handlers", Name: "已决定回避的人员不得承办",
		Actions: []law.Action{ActHandleCase, onSpotRequirements},
		Cite:    law.Citations{law.Cite("XZCF", 43, 1)},
		From:    penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(r.Is(law.OfficerRecused), law.RefuseBecause("承办人中有人已被决定回避。请更换执法人员"))
		},
	},
	{
		ID: "ZF37-12", Name: "辅助人员不得担任承办人",
		Actions: []law.Action{ActHandleCase, onSpotRequirements},
		Cite:    law.Citations{{Statute: "ZF37", Section: "十二"}, law.Cite("XZCF", 42, 1)},
		From:    penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(r.Is(law.AuxiliaryHandling), law.RefuseBecause("辅助人员只能协助，不得从事具体执法。请换由执法人员承办"))
		},
	},
}

func enoughHandlers(r *law.Reading) law.Outcome {
	least, ok := law.Limit("officers_minimum", r.Date)
	if !ok {
		return law.NotStated()
	}
	n, _ := r.Number(law.CertifiedCount)
	return law.Unless(r.AtLeast(law.CertifiedCount, least.Value),
		law.RefuseBecause("行为日持有效执法证的承办人有 %d 人，不得少于 %d 人。请更换或者增派执法人员", n, least.Value))
}
