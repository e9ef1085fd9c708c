package register

import "fadu/internal/ledger"

const (
	kindDefined   = "register.defined"
	kindPublished = "register.definition_published"
	kindEnded     = "register.definition_ended"
	kindDropped   = "register.definition_dropped"
	kindRecorded  = "register.recorded"
	kindCorrected = "register.corrected"
	kindSubmitted = "register.submitted"
	kindFixed     = "register.fixed"
	kindPassed    = "register.passed"
	kindReturned  = "register.returned"
	kindReopened  = "register.reopened"
	kindVoided    = "register.voided"
	kindFileGone  = "register.file_removed"
	kindExported  = "register.exported"

	kindImported     = "register.imported"
	kindImportSeen   = "register.import_published"
	kindImportUndone = "register.import_undone"
	kindImportVoided = "register.import_voided"
)

// Kinds are the ledger kinds of this package with their labels.
var Kinds = map[string]string{
	kindDefined: "设计台账", kindPublished: "启用台账", kindEnded: "停用台账", kindDropped: "删去台账草稿",
	kindRecorded: "登记台账", kindCorrected: "更正台账记录", kindSubmitted: "提请核对台账记录", kindFixed: "报告整改完成", kindPassed: "台账记录核对通过",
	kindReturned: "退回台账记录", kindReopened: "重新整改", kindVoided: "作废台账记录", kindFileGone: "取下台账附件",
	kindExported: "导出台账", kindImported: "写入导入的台账记录", kindImportSeen: "登记导入的台账记录", kindImportUndone: "撤回导入的台账记录", kindImportVoided: "作废撤回的台账记录",
}

// References are the columns in which this package's rows keep their ledger entry.
var References = []ledger.Reference{
	{Table: "register_definition", Column: "entry_id"},
	{Table: "register_record", Column: "entry_id"},
	{Table: "register_file", Column: "entry_id"},
	{Table: "register_stock", Column: "entry_id"},
	{Table: "register_import", Column: "entry_id"},
}

// BookState is where an edition of a definition stands.
type BookState string

// The states of an edition.
const (
	Draft BookState = "draft"
	InUse BookState = "in_use"
	Ended BookState = "ended"
)

var bookLabels = map[BookState]string{Draft: "草稿", InUse: "使用中", Ended: "已停用"}

const (
	nounRecord = "这条台账记录"
	nounBook   = "这个台账"
	nounFile   = "这个附件"
	nounImport = "这一批导入的记录"
	searchKind = "register"
)
