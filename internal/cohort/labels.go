package cohort

import "fadu/internal/ledger"

const (
	kindOpened    = "cohort.opened"
	kindChanged   = "cohort.changed"
	kindEnrolled  = "cohort.enrolled"
	kindLeft      = "cohort.member_removed"
	kindPart      = "cohort.part_added"
	kindPartGone  = "cohort.part_removed"
	kindClosed    = "cohort.closed"
	kindReopened  = "cohort.reopened"
	kindCancelled = "cohort.cancelled"
)

// Kinds are the ledger kinds of this package with their labels.
var Kinds = map[string]string{
	kindOpened: "开班", kindChanged: "改班次", kindEnrolled: "加入班次名单", kindLeft: "移出班次名单", kindPart: "班次加入内容", kindPartGone: "班次去掉内容",
	kindClosed: "结班", kindReopened: "重开班次", kindCancelled: "取消班次",
}

// References are the columns in which this package's rows keep their ledger entry.
var References = []ledger.Reference{
	{Table: "cohort", Column: "entry_id"},
	{Table: "cohort_member", Column: "entry_id"},
	{Table: "cohort_part", Column: "entry_id"},
}

// State is where a cohort stands.
type State string

// The states.
const (
	Open      State = "open"
	Closed    State = "closed"
	Cancelled State = "cancelled"
)

var stateLabels = map[State]string{Open: "在办", Closed: "已结班", Cancelled: "取消"}

// Label is the Chinese name of the state.
func (s State) Label() string { return stateLabels[s] }

// The kinds of what belongs to a cohort.
const (
	KindLesson = "lesson"
	KindCourse = "course"
	KindExam   = "exam"
	KindScene  = "scene"
)

var kindLabels = map[string]string{KindLesson: "面授", KindCourse: "课程", KindExam: "考试", KindScene: "情景"}

// partKinds are the kinds in the order in which pages list them.
var partKinds = []string{KindLesson, KindCourse, KindExam, KindScene}
