package org

import (
	"strings"

	"fadu/internal/law"
)

// ActNameSubject is entering a body as 执法主体.
const ActNameSubject law.Action = "登记执法主体"

// Facts about a body that is to be 执法主体.
var (
	SubjectInternal  = law.Bool("subject_internal", "是内设机构（中队、科室等）")
	SubjectBasis     = law.Text("subject_basis", "执法主体的依据", "法定", "授权", "赋权", "委托")
	BasisDocumented  = law.Bool("basis_documented", "已写明依据文件")
	MandatorNamed    = law.Bool("mandator_named", "已写明委托机关")
	MandateTermGiven = law.Bool("mandate_term_given", "已写明委托期限")
	RemediesNamed    = law.Bool("remedies_named", "已写明复议机关和管辖法院")
)

// SubjectRules are the rules on who may be 执法主体.
func SubjectRules() []law.Rule { return subjectRules }

var subjectRules = []law.Rule{
	{
		ID: "XZCF-17-subject", Name: "内设机构不能作执法主体",
		Actions: []law.Action{ActNameSubject},
		Cite:    law.Citations{law.Cite("XZCF", 17)},
		Check: func(r *law.Reading) law.Outcome {
			return law.When(r.Is(SubjectInternal), law.RefuseBecause("中队、科室等内设机构不能以自己的名义执法。请登记它所属的行政机关，再把这个机构对应过去"))
		},
	},
	basisRule("XZCF-19-subject", "授权组织须有法律、法规依据", law.Citations{law.Cite("XZCF", 19)}, "授权", BasisDocumented,
		"授权组织的处罚权来自法律、法规，请写明是哪一部、哪一条"),
	basisRule("XZCF-24-subject", "乡镇街道赋权须有省级决定", law.Citations{law.Cite("XZCF", 24)}, "赋权", BasisDocumented,
		"乡镇、街道行使处罚权须由省、自治区、直辖市决定并公布，请写明决定的名称和文号"),
	basisRule("XZCF-20-document", "委托须有委托书", law.Citations{law.Cite("XZCF", 20)}, "委托", BasisDocumented,
		"委托处罚须有书面委托书并公布，请写明委托书的名称和文号"),
	basisRule("XZCF-20-mandator", "受委托组织以委托机关的名义处罚", law.Citations{law.Cite("XZCF", 20)}, "委托", MandatorNamed,
		"受委托组织只能以委托机关的名义处罚，请选择委托机关"),
	basisRule("XZCF-20-term", "委托书载明期限", law.Citations{law.Cite("XZCF", 20)}, "委托", MandateTermGiven,
		"委托书应当载明委托期限，请填写截止日期"),
	{
		ID: "XZCF-59-subject", Name: "决定书须能写明救济途径",
		Actions: []law.Action{ActNameSubject},
		Cite:    law.Citations{law.Cite("XZCF", 59)},
		Check: func(r *law.Reading) law.Outcome {
			own := r.OneOf(SubjectBasis, "委托").Not()
			return law.When(law.And(own, r.Is(RemediesNamed).Not()), law.RefuseBecause("决定书要写明申请复议、提起诉讼的途径，请填写复议机关和管辖法院"))
		},
	},
}

// basisRule asks for a fact when the subject rests on the basis.
func basisRule(id, name string, cite law.Citations, basis string, fact law.BoolKey, message string) law.Rule {
	return law.Rule{
		ID: id, Name: name, Actions: []law.Action{ActNameSubject}, Cite: cite,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(law.And(r.OneOf(SubjectBasis, basis), r.Is(fact).Not()), law.RefuseBecause("%s", message))
		},
	}
}

// internalNames end the names of offices inside an organ, which act in its name only.
var internalNames = []string{"中队", "分队", "小队", "小组", "科", "股", "室", "处室", "窗口", "班组"}

// internalOffice reports whether a name is that of an office inside an organ.
func internalOffice(name string) bool {
	for _, end := range internalNames {
		if strings.HasSuffix(name, end) && !strings.HasSuffix(name, "办公室") {
			return true
		}
	}
	return false
}

// subjectFacts states what the rules ask about s.
func subjectFacts(s Subject) law.Facts {
	var f law.Facts
	source := "subject/" + s.Name
	f.SetBool(SubjectInternal, internalOffice(s.Name), source)
	f.SetText(SubjectBasis, s.Basis.Label(), source)
	f.SetBool(BasisDocumented, s.BasisDocument != "", source)
	f.SetBool(MandatorNamed, s.Mandator != 0, source)
	f.SetBool(MandateTermGiven, !s.Until.IsZero(), source)
	f.SetBool(RemediesNamed, s.ReviewOrgan != "" && s.Court != "", source)
	return f
}
