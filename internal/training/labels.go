package training

import "fadu/internal/ledger"

const (
	kindMade      = "training.scene_made"
	kindPublished = "training.scene_published"
	kindEnded     = "training.scene_ended"
	kindBegun     = "training.run_begun"
	kindActed     = "training.run_acted"
	kindLeft      = "training.run_left"
	kindAnswered  = "training.question_answered"
	kindKept      = "training.question_kept"

	kindDraftMade  = "training.draft_made"
	kindDraftSaved = "training.draft_saved"
	kindSubmitted  = "training.draft_submitted"
	kindWithdrawn  = "training.draft_withdrawn"
	kindDropped    = "training.draft_dropped"
	kindReturned   = "training.scene_returned"
)

// Kinds are the ledger kinds of this package with their labels.
var Kinds = map[string]string{
	kindMade: "提请批准情景", kindPublished: "批准、发布情景", kindEnded: "停用情景", kindReturned: "退回情景",
	kindDraftMade: "开始写情景", kindDraftSaved: "改情景草稿", kindSubmitted: "送审情景草稿", kindWithdrawn: "撤回送审的情景", kindDropped: "作废情景草稿",
	kindBegun: "开始情景演练", kindActed: "情景演练的动作", kindLeft: "中途退出情景演练",
	kindAnswered: "练习作答", kindKept: "收藏题目",
}

// References are the columns in which this package's rows keep their ledger entry.
var References = []ledger.Reference{
	{Table: "training_scene", Column: "entry_id"},
	{Table: "training_run", Column: "entry_id"},
	{Table: "training_act", Column: "entry_id"},
	{Table: "training_card", Column: "entry_id"},
	{Table: "training_answer", Column: "entry_id"},
	{Table: "training_recall", Column: "entry_id"},
	{Table: "training_draft", Column: "entry_id"},
	{Table: "training_draft_revision", Column: "entry_id"},
}

// SceneState is where a version of a scene stands.
type SceneState string

// The states of a version.
const (
	Draft     SceneState = "draft"
	Published SceneState = "published"
	Returned  SceneState = "returned"
	Ended     SceneState = "ended"
)

var sceneLabels = map[SceneState]string{Draft: "待批准", Returned: "已退回", Published: "使用中", Ended: "已停用"}

// Mode is what a run is for.
type Mode string

// Practice may be taken up again from any act; a test may not.
const (
	Practice Mode = "practice"
	Test     Mode = "test"
)

var modeLabels = map[Mode]string{Practice: "练习", Test: "考核"}

// RunState is where a run stands.
type RunState string

// The states of a run.
const (
	Running RunState = "running"
	Done    RunState = "done"
	Left    RunState = "left"
)

var runLabels = map[RunState]string{Running: "进行中", Done: "已结束", Left: "中途退出"}
