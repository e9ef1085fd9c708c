package sitting

import "fadu/internal/ledger"

const (
	kindMade      = "exam.sitting_made"
	kindEdited    = "exam.sitting_edited"
	kindFrozen    = "exam.paper_frozen"
	kindThawed    = "exam.paper_withdrawn"
	kindCancelled = "exam.sitting_cancelled"
	kindRoster    = "exam.candidates_added"
	kindRemoved   = "exam.candidate_removed"
	kindGranted   = "exam.time_granted"
	kindDeferred  = "exam.candidate_deferred" // of releases that deferred without approval
	kindVoided    = "exam.result_voided"      // the same
	kindStarted   = "exam.attempt_started"
	kindTakenOver = "exam.attempt_taken_over"
	kindSubmitted = "exam.attempt_submitted"
	kindCollected = "exam.attempt_collected"
	kindMarked    = "exam.sitting_marked"
	kindPublished = "exam.results_published"
	kindAbsent    = "exam.candidates_absent"
	kindAppointed = "exam.markers_appointed"
	kindDismissed = "exam.marker_dismissed"
	kindScored    = "exam.script_marked"
	kindRescored  = "exam.mark_corrected"
	kindByPeople  = "exam.marking_begun"
	kindProposed  = "exam.motion_proposed"
	kindApproved  = "exam.motion_approved"
	kindRefused   = "exam.motion_refused"
	kindWithdrawn = "exam.motion_withdrawn"
	kindRegraded  = "exam.scores_corrected"
	kindMakeUp    = "exam.make_up_planned"
	kindPrinted   = "exam.paper_printed"

	kindDiplomasIssued = "exam.diplomas_issued"
	kindDiplomaRevoked = "exam.diploma_revoked"
	kindDiplomaPrinted = "exam.diploma_printed"
)

// Kinds are the ledger kinds of this package with their labels.
var Kinds = map[string]string{
	kindMade: "安排考试", kindEdited: "修改考试", kindFrozen: "定卷", kindThawed: "退回重新组卷", kindCancelled: "取消考试",
	kindRoster: "加入考生", kindRemoved: "移出考生", kindGranted: "给考生加时", kindDeferred: "准许缓考", kindVoided: "成绩作废（违纪）",
	kindStarted: "开始答卷", kindTakenOver: "换设备继续答卷", kindSubmitted: "交卷", kindCollected: "到时自动收卷",
	kindMarked: "阅卷", kindPublished: "公布成绩", kindAbsent: "记为缺考",
	kindAppointed: "指定评卷人", kindDismissed: "撤下评卷人", kindScored: "评分", kindRescored: "改评分", kindByPeople: "开始人工评卷",
	kindProposed: "提请考试事项", kindApproved: "批准考试事项", kindRefused: "不批准考试事项", kindWithdrawn: "撤回考试事项", kindRegraded: "更正得分", kindMakeUp: "安排补考", kindPrinted: "打印试卷",
	kindDiplomasIssued: "颁发合格证书", kindDiplomaRevoked: "撤销合格证书", kindDiplomaPrinted: "打印合格证书",
}

// References are the columns in which this package's rows keep their ledger entry.
var References = []ledger.Reference{
	{Table: "exam_sitting", Column: "entry_id"},
	{Table: "exam_candidate", Column: "entry_id"},
	{Table: "exam_attempt", Column: "entry_id"},
	{Table: "exam_marker", Column: "entry_id"},
	{Table: "exam_script", Column: "entry_id"},
	{Table: "exam_mark", Column: "entry_id"},
	{Table: "exam_motion", Column: "entry_id"},
	{Table: "exam_rescored", Column: "entry_id"},
	{Table: "exam_diploma", Column: "entry_id"},
}

// State is where a sitting stands as it is kept; Phase adds what the clock says.
type State string

// The states.
const (
	Draft     State = "draft"
	Frozen    State = "frozen"
	Marking   State = "marking"
	Marked    State = "marked"
	Published State = "published"
	Cancelled State = "cancelled"
)

// Phase is a state with what the clock adds: between freezing and marking the sitting waits, is open, and is collected.
type Phase string

// The phases that the clock adds.
const (
	Waiting   Phase = "waiting"
	Open      Phase = "open"
	Collected Phase = "collected"
)

// phases are all of them in their order, with their labels.
var phases = []struct {
	Phase Phase
	Label string
}{
	{Phase(Draft), "草稿"}, {Phase(Frozen), "已定卷"}, {Waiting, "候考"}, {Open, "开考"}, {Collected, "收卷"}, {Phase(Marking), "人工评卷"}, {Phase(Marked), "阅卷"}, {Phase(Published), "已公布"}, {Phase(Cancelled), "已取消"},
}

// Label is the Chinese name of the phase.
func (p Phase) Label() string {
	for _, x := range phases {
		if x.Phase == p {
			return x.Label
		}
	}
	return string(p)
}

// Standing is where a candidate stands.
type Standing string

// The standings of a candidate.
const (
	Registered Standing = "registered"
	Took       Standing = "took"
	Absent     Standing = "absent"
	Deferred   Standing = "deferred"
	Voided     Standing = "voided"
	Removed    Standing = "removed"
)

var standingLabels = map[Standing]string{Registered: "待考", Took: "已考", Absent: "缺考", Deferred: "缓考", Voided: "违纪", Removed: "移出名单"}

// Label is the Chinese name of the standing.
func (s Standing) Label() string { return standingLabels[s] }

// TryState is where an attempt stands.
type TryState string

// The states of an attempt.
const (
	Running   TryState = "running"
	Submitted TryState = "submitted"
)

// Who ended an attempt.
const (
	bySelf    = "self"
	byTimeout = "timeout"
)

var endLabels = map[string]string{bySelf: "本人交卷", byTimeout: "到时自动收卷"}

// The signals.
const (
	signalAway   = "away"
	signalDevice = "device"
	signalPaste  = "paste"
)

var signalLabels = map[string]string{signalAway: "离开答卷窗口", signalDevice: "换设备继续", signalPaste: "粘贴文字"}
