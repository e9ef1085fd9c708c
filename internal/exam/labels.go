package exam

import "fadu/internal/ledger"

const (
	kindSeeded   = "exam.bank_seeded"
	kindDrafted  = "exam.question_drafted"
	kindApproved = "exam.question_approved"
	kindReturned = "exam.question_returned"
	kindEnded    = "exam.question_ended"
	kindRestored = "exam.question_restored"
	kindImported = "exam.question_imported"
	kindReleased = "exam.import_published"
	kindFlagged  = "exam.questions_flagged"

	kindRechecked = "exam.question_rechecked"
)

// Kinds are the ledger kinds of this package with their labels.
var Kinds = map[string]string{
	kindSeeded: "随程序的题目入库", kindDrafted: "起草题目", kindApproved: "审定题目", kindReturned: "退回题目", kindEnded: "停用题目", kindRestored: "恢复题目", kindImported: "导入题目", kindReleased: "导入的题目入库，等待审定",
	kindFlagged: "法律修改，题目待复核", kindRechecked: "复核题目仍正确",
}

// References are the columns in which this package's rows keep their ledger entry.
var References = []ledger.Reference{
	{Table: "exam_question", Column: "entry_id"},
	{Table: "exam_question_version", Column: "entry_id"},
	{Table: "exam_question_article", Column: "entry_id"},
	{Table: "exam_question_flag", Column: "entry_id"},
}

// State is where a version stands; a question stands where its head does.
type State string

// The states. A version that a newer one took the place of is Replaced; one that was not approved is Returned.
const (
	Draft    State = "draft"
	InUse    State = "in_use"
	Ended    State = "ended"
	Replaced State = "replaced"
	Returned State = "returned"
	// Staged is a question of an import that is not published: nobody sees it.
	Staged State = "staged"
)

var stateLabels = map[State]string{Draft: "草稿", InUse: "在用", Ended: "停用", Replaced: "已有新版", Returned: "退回", Staged: "导入未发布"}

// Label is the Chinese name of the state.
func (s State) Label() string { return stateLabels[s] }

// Source is where a version comes from.
type Source string

// The sources.
const (
	Builtin  Source = "builtin"
	Own      Source = "own"
	Imported Source = "imported"
)

var sourceLabels = map[Source]string{Builtin: "随程序", Own: "本局编写", Imported: "导入"}

// Label is the Chinese name of the source.
func (s Source) Label() string { return sourceLabels[s] }

// levelLabels name how hard a question is.
var levelLabels = map[int]string{0: "未定", 1: "易", 2: "中", 3: "难"}

// LevelLabel is the Chinese name of a difficulty.
func LevelLabel(level int) string { return levelLabels[level] }
