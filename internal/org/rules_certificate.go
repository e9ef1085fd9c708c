package org

import "fadu/internal/law"

// ActHoldCertificate is giving an enforcement certificate to somebody, by form or import.
const ActHoldCertificate law.Action = "发放执法证"

// Facts about the holder of a new certificate.
var (
	HolderAuxiliary = law.Bool("holder_auxiliary", "持证人是辅助人员（协管）")
	HolderInPost    = law.Bool("holder_in_post", "持证人在编在岗")
	ExamPassed      = law.Bool("exam_passed", "执法资格考试合格")
)

// ruleExam asks for the examination.
const ruleExam = "MOHURD55-11-exam"

// CertificateRules are the rules on who may hold an enforcement certificate.
func CertificateRules() []law.Rule { return certificateRules }

// Enforcement is done by persons with enforcement qualification (行政处罚法第四十二条第一款); auxiliary staff
// only assist (中发〔2015〕37号第十二项) and get no certificate. Qualification comes with training and an
// examination (住建部令第55号第十一条).
var certificateRules = []law.Rule{
	{
		ID: "ZF37-12-certificate", Name: "辅助人员不得持有执法证",
		Actions: []law.Action{ActHoldCertificate},
		Cite:    law.Citations{{Statute: "ZF37", Section: "十二"}, law.Cite("XZCF", 42, 1)},
		Check: func(r *law.Reading) law.Outcome {
			return law.When(r.Is(HolderAuxiliary), law.RefuseBecause("辅助人员（协管）只能协助，不得持有执法证。已考录入编的，请先办理调动，把人员类别改为执法人员"))
		},
	},
	{
		ID: "XZCF-42-1-in-post", Name: "执法证发给在岗人员",
		Actions: []law.Action{ActHoldCertificate},
		Cite:    law.Citations{law.Cite("XZCF", 42, 1)},
		Check: func(r *law.Reading) law.Outcome {
			return law.Unless(r.Is(HolderInPost), law.RefuseBecause("这个人已经离职，不能登记新的执法证。已回到本单位的，请先撤销离职"))
		},
	},
	{
		ID: ruleExam, Name: "执法资格考试合格后发证",
		Actions: []law.Action{ActHoldCertificate},
		Cite:    law.Citations{law.Cite("MOHURD55", 11)},
		Check: func(r *law.Reading) law.Outcome {
			return law.Unless(r.Is(ExamPassed), law.WarnThat("没有填执法资格考试合格的日期，请补上"))
		},
	},
}
