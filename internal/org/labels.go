package org

import "fadu/internal/ledger"

// Label pairs a code with what people call it.
type Label struct{ Code, Text string }

func labelOf(ls []Label, code string) string {
	for _, l := range ls {
		if l.Code == code {
			return l.Text
		}
	}
	return code
}

func codeOf(ls []Label, text string) (string, bool) {
	for _, l := range ls {
		if l.Text == text {
			return l.Code, true
		}
	}
	return "", false
}

func texts(ls []Label) []string {
	out := make([]string, len(ls))
	for i, l := range ls {
		out[i] = l.Text
	}
	return out
}

// PersonKinds are the kinds of person in the order of pages.
var PersonKinds = []Label{{string(OfficerStaff), "执法人员"}, {string(AuxiliaryStaff), "辅助人员"}, {string(OtherStaff), "其他人员"}}

// CertificateKinds are the kinds of certificate.
var CertificateKinds = []Label{{string(EnforcementCertificate), "行政执法证"}, {string(UrbanCertificate), "城市管理执法证"}, {string(SupervisionCertificate), "行政执法监督证"}}

// Bases are the bases of a 执法主体.
var Bases = []Label{{string(ByStatute), "法定"}, {string(ByAuthorisation), "授权"}, {string(ByEntrustment), "赋权"}, {string(ByMandate), "委托"}}

// CheckResults are the results of an annual check.
var CheckResults = []Label{{string(CheckPassed), "合格"}, {string(CheckFailed), "不合格"}, {string(CheckMissed), "未参加"}}

// CheckPolicies are what a missing annual check can mean.
var CheckPolicies = []Label{{string(CheckIgnored), "不提示"}, {string(CheckWarns), "提示，不拦"}, {string(CheckRefuses), "视为没有有效执法证"}}

// RevokedHows are the ways in which a certificate ends before its time.
var RevokedHows = []string{"收回", "注销", "遗失作废"}

// Label returns what the kind is called.
func (k PersonKind) Label() string { return labelOf(PersonKinds, string(k)) }

// Label returns what the kind is called.
func (k CertificateKind) Label() string { return labelOf(CertificateKinds, string(k)) }

// Label returns what the basis is called.
func (b Basis) Label() string { return labelOf(Bases, string(b)) }

// Label returns what the result is called.
func (r CheckResult) Label() string { return labelOf(CheckResults, string(r)) }

// The kinds of ledger entry that this package writes.
const (
	kindPersonAdded        = "org.person_added"
	kindPersonImported     = "org.person_imported"
	kindPersonEdited       = "org.person_edited"
	kindTransferred        = "org.person_transferred"
	kindPostingCorrected   = "org.posting_corrected"
	kindPostingAnnulled    = "org.posting_annulled"
	kindLeft               = "org.person_left"
	kindReturned           = "org.person_returned"
	kindAbsent             = "org.person_absent"
	kindBack               = "org.person_back"
	kindIdentityShown      = "org.identity_shown"
	kindCertificateIssued  = "org.certificate_issued"
	kindCertificateLoaded  = "org.certificate_imported"
	kindCertificateEdited  = "org.certificate_edited"
	kindCertificateRenewed = "org.certificate_renewed"
	kindSuspended          = "org.certificate_suspended"
	kindResumed            = "org.certificate_resumed"
	kindSuspensionAnnulled = "org.suspension_annulled"
	kindRevoked            = "org.certificate_revoked"
	kindRevocationAnnulled = "org.revocation_annulled"
	kindChecked            = "org.certificate_checked"
	kindSubjectAdded       = "org.subject_added"
	kindSubjectImported    = "org.subject_imported"
	kindSubjectEdited      = "org.subject_edited"
	kindSubjectBound       = "org.subject_bound"
	kindBindingEnded       = "org.subject_binding_ended"
	kindPracticeSet        = "org.practice_set"
	kindExported           = "org.exported"
)

// Kinds are the ledger kinds of this package with their labels.
var Kinds = map[string]string{
	kindPersonAdded:        "登记人员",
	kindPersonImported:     "导入人员（随批次发布生效）",
	kindPersonEdited:       "修改人员资料",
	kindTransferred:        "调动",
	kindPostingCorrected:   "更正任职记录",
	kindPostingAnnulled:    "撤销任职记录",
	kindLeft:               "登记离职",
	kindReturned:           "撤销离职",
	kindAbsent:             "登记离岗",
	kindBack:               "登记返岗",
	kindIdentityShown:      "查看完整身份号码",
	kindCertificateIssued:  "登记执法证",
	kindCertificateLoaded:  "导入执法证（随批次发布生效）",
	kindCertificateEdited:  "修改执法证资料",
	kindCertificateRenewed: "执法证换证、延期",
	kindSuspended:          "暂扣执法证",
	kindResumed:            "发还执法证",
	kindSuspensionAnnulled: "撤销暂扣记录",
	kindRevoked:            "收回、注销执法证",
	kindRevocationAnnulled: "撤销收回、注销记录",
	kindChecked:            "执法证年度审验",
	kindSubjectAdded:       "登记执法主体",
	kindSubjectImported:    "导入执法主体（随批次发布生效）",
	kindSubjectEdited:      "修改执法主体",
	kindSubjectBound:       "机构对应执法主体",
	kindBindingEnded:       "结束机构与执法主体的对应",
	kindPracticeSet:        "调整执法证年度审验设置",
	kindExported:           "导出人员和执法证",
}

// References are the columns in which this package's rows keep their ledger entry.
var References = []ledger.Reference{
	{Table: "org_person_row", Column: "entry_id"},
	{Table: "org_posting", Column: "entry_id"},
	{Table: "org_absence", Column: "entry_id"},
	{Table: "org_certificate_row", Column: "entry_id"},
	{Table: "org_validity", Column: "entry_id"},
	{Table: "org_suspension", Column: "entry_id"},
	{Table: "org_annual_check", Column: "entry_id"},
	{Table: "org_subject_row", Column: "entry_id"},
	{Table: "org_subject_unit", Column: "entry_id"},
}
