package access

import "slices"

// Permission is the right to do one kind of act. Roles grant permissions; routes and services ask for
// them.
type Permission string

// Public marks a route that needs no sign-in. The empty Permission asks only for a signed-in account.
const Public Permission = "public"

// The permissions.
const (
	CaseRead     Permission = "case.read"
	LeadRegister Permission = "lead.register"
	CaseHandle   Permission = "case.handle"
	CaseApprove  Permission = "case.approve"
	CaseVoid     Permission = "case.void"
	CaseRevoke   Permission = "case.revoke"
	CaseFile     Permission = "case.file"
	CaseExport   Permission = "case.export"

	// Of the ordinary procedure.
	CaseDecide     Permission = "case.decide"
	CaseReview     Permission = "case.review"
	CaseDeliberate Permission = "case.deliberate"
	CasePreside    Permission = "case.preside"
	CaseCustody    Permission = "case.custody"
	CaseAdvise     Permission = "case.advise"

	DeadlineSupervise Permission = "deadline.supervise"

	PaperPrint   Permission = "paper.print"
	SeriesManage Permission = "series.manage"

	MoneyCollect   Permission = "money.collect"
	MoneyReceipt   Permission = "money.receipt"
	MoneyReconcile Permission = "money.reconcile"

	PowerRead    Permission = "power.read"
	PowerImport  Permission = "power.import"
	PowerConfirm Permission = "power.confirm"
	PowerAdopt   Permission = "power.adopt"
	PowerPropose Permission = "power.propose"

	OrgRead           Permission = "org.read"
	OrgManage         Permission = "org.manage"
	PersonManage      Permission = "person.manage"
	OrgImport         Permission = "org.import"
	CertificateManage Permission = "certificate.manage"

	AccountRead   Permission = "account.read"
	AccountManage Permission = "account.manage"
	AccountSecure Permission = "account.secure"
	RolePropose   Permission = "role.propose"
	RoleGrant     Permission = "role.grant"
	LedgerRead    Permission = "ledger.read"
	SecurityRead  Permission = "security.read"
	TokenManage   Permission = "token.manage"

	PersonalRead   Permission = "personal.read"
	PersonalExport Permission = "personal.export"

	TrainingTake   Permission = "training.take"
	TrainingRead   Permission = "training.read"
	TrainingManage Permission = "training.manage"

	TrainingSceneRead    Permission = "training.scene.read"
	TrainingSceneApprove Permission = "training.scene.approve"

	ExamTake    Permission = "exam.take"
	ExamRead    Permission = "exam.read"
	ExamManage  Permission = "exam.manage"
	ExamMark    Permission = "exam.mark"
	ExamApprove Permission = "exam.approve"

	CourseRead    Permission = "course.read"
	CourseManage  Permission = "course.manage"
	CourseApprove Permission = "course.approve"

	ExamBankRead    Permission = "exam.bank.read"
	ExamBankManage  Permission = "exam.bank.manage"
	ExamBankApprove Permission = "exam.bank.approve"

	RegisterRead   Permission = "register.read"
	RegisterWrite  Permission = "register.write"
	RegisterCheck  Permission = "register.check"
	RegisterManage Permission = "register.manage"

	FigureRead    Permission = "figure.read"
	FigureExport  Permission = "figure.export"
	ReportImport  Permission = "report.import"
	SettingManage Permission = "setting.manage"
	JobManage     Permission = "job.manage"
)

// PermissionLabel is a permission with what it allows, in Chinese.
type PermissionLabel struct {
	Permission Permission
	Label      string
}

var permissions = []PermissionLabel{
	{CaseRead, "查看案件"},
	{LeadRegister, "登记线索、补充照片"},
	{CaseHandle, "办理案件"},
	{CaseApprove, "审批案件"},
	{CaseVoid, "送达前作废文书"},
	{CaseRevoke, "撤销、变更已送达的决定"},
	{CaseFile, "备案、结案"},
	{CaseExport, "导出案件"},
	{CaseDecide, "批准立案、强制措施和处罚决定"},
	{CaseReview, "法制审核"},
	{CaseDeliberate, "记录集体讨论"},
	{CasePreside, "主持听证"},
	{CaseAdvise, "以律师身份对案件提意见"},
	{CaseCustody, "保管涉案财物"},
	{DeadlineSupervise, "看全部期限，发、办结督办单"},
	{PaperPrint, "打印文书"},
	{SeriesManage, "管理文书号段"},
	{MoneyCollect, "当场收缴、登记缴款"},
	{MoneyReceipt, "领用、核销专用票据"},
	{MoneyReconcile, "对账、退库"},
	{PowerRead, "查阅权责、基准和法规"},
	{PowerImport, "导入权责、基准和法规"},
	{PowerConfirm, "核实存疑的条目"},
	{PowerAdopt, "采用、公布权责和基准"},
	{PowerPropose, "提出权责调整"},
	{OrgRead, "查看机构和人员"},
	{OrgManage, "管理机构"},
	{PersonManage, "管理人员信息"},
	{OrgImport, "导入机构和人员"},
	{CertificateManage, "管理执法证"},
	{AccountRead, "查看账号"},
	{AccountManage, "建立、停用账号，重置密码"},
	{AccountSecure, "解除锁定、重置动态口令"},
	{RolePropose, "提出角色调整"},
	{RoleGrant, "确认角色调整"},
	{LedgerRead, "查阅办案留痕总账"},
	{SecurityRead, "查阅安全日志"},
	{TokenManage, "查看、撤销接口令牌"},
	{PersonalRead, "写明理由查看完整个人信息"},
	{PersonalExport, "写明理由导出完整个人信息"},
	{TrainingTake, "参加情景演练"},
	{TrainingRead, "查看演练成绩"},
	{TrainingManage, "编写、停用情景"},
	{TrainingSceneRead, "查看情景的内容"},
	{TrainingSceneApprove, "批准情景"},
	{RegisterRead, "查看台账"},
	{RegisterWrite, "登记台账"},
	{RegisterCheck, "核对台账"},
	{RegisterManage, "设计台账"},
	{ExamTake, "参加考试"},
	{ExamRead, "查看考试成绩"},
	{ExamManage, "管理考试"},
	{ExamMark, "评阅考试答卷"},
	{ExamApprove, "批准更正成绩、缓考、成绩作废"},
	{CourseRead, "查看编写中的课程"},
	{CourseManage, "编写、停用课程"},
	{CourseApprove, "审定课程"},
	{ExamBankRead, "查看题库"},
	{ExamBankManage, "编写、停用题库的题目"},
	{ExamBankApprove, "审定题库的题目"},
	{FigureRead, "查看统计"},
	{FigureExport, "导出统计"},
	{ReportImport, "导入、核对旧报告"},
	{SettingManage, "维护业务设置"},
	{JobManage, "查看、重跑后台任务"},
}

// Permissions returns every permission with its label, in the order in which pages list them.
func Permissions() []PermissionLabel { return slices.Clone(permissions) }

// permissionLabel returns what the permission allows, in Chinese; "" for an unknown one.
func permissionLabel(p Permission) string {
	for _, l := range Permissions() {
		if l.Permission == p {
			return l.Label
		}
	}
	return ""
}

func knownPermission(p Permission) bool { return permissionLabel(p) != "" }
