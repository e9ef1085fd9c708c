package training

import (
	"fmt"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/training/scene"

	"github.com/uptrace/bun"
)

// DraftID identifies a scene that is being written.
type DraftID int64

// String prints the identifier in decimal.
func (id DraftID) String() string { return fmt.Sprint(int64(id)) }

// DraftState is where a scene that is being written stands.
type DraftState string

// The states of a scene that is being written.
const (
	Writing   DraftState = "writing"
	Submitted DraftState = "submitted"
	Finished  DraftState = "finished" // its version was approved
	Dropped   DraftState = "dropped"
)

var draftLabels = map[DraftState]string{Writing: "在写", Submitted: "待批准", Finished: "已发布", Dropped: "已作废"}

// Manuscript is a scene that is being written. Version counts its changes, Revision its saves.
type Manuscript struct {
	bun.BaseModel `bun:"table:training_draft,alias:td"`

	ID       DraftID          `bun:"id,pk"`
	Code     string           `bun:"code"`
	Title    string           `bun:"title"`
	SetOn    law.Date         `bun:"set_on"`
	Content  string           `bun:"content"`
	Origin   string           `bun:"origin"` // where it comes from, in words
	State    DraftState       `bun:"state"`
	Scene    SceneID          `bun:"scene_id"` // the version that it became
	Author   string           `bun:"author"`
	AuthorID access.AccountID `bun:"author_id"`
	Returned string           `bun:"returned"` // why it was returned
	Revision int              `bun:"revision"`
	MadeAt   int64            `bun:"made_at"` // µs UTC
	SavedAt  int64            `bun:"saved_at"`
	SavedBy  string           `bun:"saved_by"`
	Version  int64            `bun:"version"`
	Entry    int64            `bun:"entry_id"`
}

// Subject is the draft as ledger entries name it.
func (d Manuscript) Subject() string { return "scene-draft/" + d.ID.String() }

// URL is the page of the draft.
func (d Manuscript) URL() string { return PathDrafts + "/" + d.ID.String() }

// Saved is when the draft was last saved.
func (d Manuscript) Saved() time.Time { return store.FromMicros(d.SavedAt) }

// Scenario reads what is written.
func (d Manuscript) Scenario() (*scene.Scenario, error) { return scene.Parse([]byte(d.Content)) }

// open refuses to change a draft that is not being written.
func (d Manuscript) open() error {
	if d.State == Writing {
		return nil
	}
	return fault.New(fault.Conflict, "这份草稿%s，不能再改。待批准的先撤回，已经发布的改出新的一版", draftLabels[d.State])
}

// Revision is a save of a draft.
type Revision struct {
	bun.BaseModel `bun:"table:training_draft_revision,alias:tv"`

	Draft    DraftID          `bun:"draft_id,pk"`
	Number   int              `bun:"number,pk"`
	Content  string           `bun:"content"`
	What     string           `bun:"what"`
	Auto     store.Flag       `bun:"auto"`
	Restored int              `bun:"restored"` // the save that it went back to
	Account  access.AccountID `bun:"account"`
	Name     string           `bun:"name"`
	At       int64            `bun:"at"`
	Entry    int64            `bun:"entry_id"`
}

// base is which save the content comes from.
func (r Revision) base() int {
	if r.Restored > 0 {
		return r.Restored
	}
	return r.Number
}

// blank is a scene with what every scene has: three tools, two ends, the usual weights.
func blank(title, party, figure, place string, on law.Date) *scene.Scenario {
	s := &scene.Scenario{
		Version: 1, Title: title, SetOn: on, Roles: scene.Texts{"主办", "协办"},
		Party: scene.Party{Name: party, Kind: "公民", Figure: figure, Emotion: scene.Emotion{Start: 55, Base: 50, Decay: 0.004, Sensitivity: 1}},
		Facts: map[string]any{"officers": 2, "officers_certified": true, "certified_count": 2, "showed_id": false, "party": "公民", "has_legal_basis": true},
		Toolbar: []scene.Choice{
			{ID: "开记录仪", Text: "打开执法记录仪并说明正在录像", Once: true, Quality: "优", Why: "执法全过程记录从接触当事人之前开始", Refs: scene.Texts{"XZCF-47"}, Effects: scene.Effects{{Facts: map[string]any{"footage_linked": true}, Evidence: scene.Texts{"全程录像"}, Score: map[string]float64{scene.Procedure: 3}}}},
			{ID: "亮证", Text: "出示执法证件，报出证号", Once: true, Quality: "优", Why: "检查、处罚时应当主动出示执法证件", Refs: scene.Texts{"XZCF-55-1"}, Effects: scene.Effects{{Emotion: -3, Facts: map[string]any{"showed_id": true}, Score: map[string]float64{scene.Procedure: 4}}}},
			{ID: "拍照", Text: "拍远景、近景和参照物", Once: true, CostS: 4, Quality: "优", Why: "照片要看得出在哪里、是什么", Refs: scene.Texts{"XZCF-40"}, Effects: scene.Effects{{Evidence: scene.Texts{"现场照片"}, Score: map[string]float64{scene.Evidence: 4}}}},
		},
		Beats: scene.Beats{
			{ID: "开头", Speaker: party, Media: place, Expect: scene.Texts{"开记录仪", "亮证", "拍照"}},
			{ID: "办妥", Speaker: "旁白", End: &scene.End{Kind: scene.EndSuccess}},
			{ID: "办砸", Speaker: "旁白", End: &scene.End{Kind: scene.EndMishandle}},
		},
		Start:  "开头",
		Rubric: scene.Rubric{Weights: scene.DefaultWeights(), Pass: scene.DefaultPass, FatalCap: scene.DefaultFatalCap, Curve: scene.Curve{End: 3, Calm: 3}},
		Media:  []scene.Media{{ID: place, Kind: "背景", Art: place}},
	}
	return s
}
