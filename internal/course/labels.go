package course

import "fadu/internal/ledger"

const (
	kindDrafted  = "course.drafted"
	kindApproved = "course.approved"
	kindReturned = "course.returned"
	kindEnded    = "course.ended"
	kindRestored = "course.restored"
	kindFile     = "course.file_added"
	kindBegun    = "course.study_begun"
	kindChapter  = "course.chapter_done"
	kindFinished = "course.study_finished"

	kindPlanned   = "course.lesson_planned"
	kindCancelled = "course.lesson_cancelled"
	kindSigned    = "course.signed_in"
	kindEntered   = "course.attendance_entered"
	kindTakenOut  = "course.attendance_removed"

	kindRules     = "course.points_ruled"
	kindRulesGone = "course.points_rules_withdrawn"
	kindAwarded   = "course.points_entered"
)

// Kinds are the ledger kinds of this package with their labels.
var Kinds = map[string]string{
	kindDrafted: "起草课程", kindApproved: "审定课程", kindReturned: "退回课程", kindEnded: "停用课程", kindRestored: "恢复课程", kindFile: "课程添加文件",
	kindBegun: "开始学习课程", kindChapter: "学完一章", kindFinished: "学完课程",
	kindRules: "订积分规则", kindRulesGone: "撤回积分规则", kindAwarded: "登记考试积分",
	kindPlanned: "安排面授", kindCancelled: "取消面授", kindSigned: "面授签到", kindEntered: "补登签到", kindTakenOut: "去掉签到",
}

// References are the columns in which this package's rows keep their ledger entry.
var References = []ledger.Reference{
	{Table: "course", Column: "entry_id"},
	{Table: "course_version", Column: "entry_id"},
	{Table: "course_article", Column: "entry_id"},
	{Table: "course_file", Column: "entry_id"},
	{Table: "course_study", Column: "entry_id"},
	{Table: "course_points", Column: "entry_id"},
	{Table: "course_points_edition", Column: "entry_id"},
	{Table: "course_points_rule", Column: "entry_id"},
	{Table: "course_lesson", Column: "entry_id"},
	{Table: "course_attendance", Column: "entry_id"},
}

// State is where a version stands; a course stands where its head does.
type State string

// The states, as those of questions.
const (
	Draft    State = "draft"
	InUse    State = "in_use"
	Ended    State = "ended"
	Replaced State = "replaced"
	Returned State = "returned"
)

var stateLabels = map[State]string{Draft: "草稿", InUse: "在用", Ended: "停用", Replaced: "已有新版", Returned: "退回"}

// Label is the Chinese name of the state.
func (s State) Label() string { return stateLabels[s] }

// StudyState is how far somebody is.
type StudyState string

// The states of a study.
const (
	Studying StudyState = "studying"
	Finished StudyState = "finished"
)

var studyLabels = map[StudyState]string{Studying: "在学", Finished: "学完"}

// Label is the Chinese name of the state.
func (s StudyState) Label() string { return studyLabels[s] }
