package training

import (
	"encoding/json"
	"fmt"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/training/scene"

	"github.com/uptrace/bun"
)

// SceneID identifies a version of a scene, RunID a run.
type (
	SceneID int64
	RunID   int64
)

// String prints the identifier in decimal.
func (id SceneID) String() string { return fmt.Sprint(int64(id)) }

// String prints the identifier in decimal.
func (id RunID) String() string { return fmt.Sprint(int64(id)) }

// Scene is a version of a scene: Number counts the versions of a Code.
type Scene struct {
	bun.BaseModel `bun:"table:training_scene,alias:ts"`

	ID      SceneID    `bun:"id,pk"`
	Code    string     `bun:"code"`
	Number  int        `bun:"number"`
	Title   string     `bun:"title"`
	Edition string     `bun:"edition"`
	SetOn   law.Date   `bun:"set_on"`
	Content string     `bun:"content"` // YAML, as scene.Parse reads it
	Digest  string     `bun:"digest"`
	Builtin store.Flag `bun:"builtin"`
	State   SceneState `bun:"state"`
	Author  string     `bun:"author"`
	MadeAt  int64      `bun:"made_at"` // µs UTC
	Why     string     `bun:"ended_why"`
	// AuthorID asked for the version, Draft is where it was written, Approver let it be offered.
	AuthorID   access.AccountID `bun:"author_id"`
	Draft      DraftID          `bun:"draft_id"`
	Approver   string           `bun:"approver"`
	ApprovedAt int64            `bun:"approved_at"`
	Version    int64            `bun:"version"`
	Entry      int64            `bun:"entry_id"`
}

// Subject is the scene as ledger entries name it.
func (s Scene) Subject() string { return "scene/" + s.ID.String() }

// URL is the page of the version.
func (s Scene) URL() string { return PathScenes + "/" + s.ID.String() }

// Run is somebody's way through a scene. Score is in hundredths of a point.
type Run struct {
	bun.BaseModel `bun:"table:training_run,alias:tr"`

	ID      RunID            `bun:"id,pk"`
	Scene   SceneID          `bun:"scene_id"`
	Account access.AccountID `bun:"account"`
	Name    string           `bun:"name"`
	access.Levels
	Mode      Mode       `bun:"mode"`
	Seed      int64      `bun:"seed"`
	State     RunState   `bun:"state"`
	BegunAt   int64      `bun:"begun_at"` // µs UTC, as the other times
	LastAt    int64      `bun:"last_at"`
	EndedAt   int64      `bun:"ended_at"`
	Seq       int        `bun:"seq"`
	Outcome   string     `bun:"outcome"`
	Score     int64      `bun:"score"`
	Passed    store.Flag `bun:"passed"`
	Fatal     string     `bun:"fatal"`
	AgainOf   RunID      `bun:"again_of"`
	AgainFrom int        `bun:"again_from"`
	Entry     int64      `bun:"entry_id"`
}

// Subject is the run as ledger entries name it.
func (r Run) Subject() string { return "run/" + r.ID.String() }

// URL is the page of the run.
func (r Run) URL() string { return PathRuns + "/" + r.ID.String() }

// Begun is when the run began.
func (r Run) Begun() time.Time { return store.FromMicros(r.BegunAt) }

// Points is the score as it is shown.
func (r Run) Points() string {
	if r.State != Done {
		return ""
	}
	return fmt.Sprintf("%d.%02d", r.Score/100, r.Score%100)
}

// sent is an act as it was sent.
type sent struct {
	bun.BaseModel `bun:"table:training_act,alias:ta"`

	Run     RunID  `bun:"run_id,pk"`
	Seq     int    `bun:"seq,pk"`
	Action  string `bun:"action"`
	Input   string `bun:"input"`   // JSON, by slot
	Missing string `bun:"missing"` // JSON list
	Dt      int64  `bun:"dt"`      // ms
	At      int64  `bun:"at"`
	Entry   int64  `bun:"entry_id"`
}

func (a sent) act() (scene.Act, error) {
	out := scene.Act{Action: a.Action, Dt: float64(a.Dt) / 1000}
	if err := json.Unmarshal([]byte(a.Input), &out.Input); err != nil {
		return out, err
	}
	return out, json.Unmarshal([]byte(a.Missing), &out.Missing)
}

// Session is a run with its scene, worked out from its acts.
type Session struct {
	Run   Run
	Scene Scene
	Play  *scene.Play
	State scene.State
	Log   []scene.Entry
	acts  []sent
}

// View is what the officer sees now.
func (x Session) View() scene.View { return x.Play.See(x.State) }

// open refuses an act in a run that is over.
func (x Session) open() bool { return x.Run.State == Running }

// over refuses to look back on a run that goes on: it would tell what is hidden.
func (x Session) over() error {
	if x.open() {
		return fault.New(fault.Conflict, "这次演练还没有结束，结束以后才能看复盘")
	}
	return nil
}
