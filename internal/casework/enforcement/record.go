package enforcement

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/flow"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
	"gopkg.in/yaml.v3"
)

// Application is an application to the court.
type Application struct {
	bun.BaseModel `bun:"table:court_application,alias:ca"`

	ID         int64               `bun:"id,pk"`
	Version    int64               `bun:"version"`
	Case       casework.CaseID     `bun:"case_id"`
	Entry      int64               `bun:"entry_id"`
	State      casework.CourtState `bun:"state"`
	Court      string              `bun:"court"`
	Claim      string              `bun:"claim"`
	RecordedAt int64               `bun:"recorded_at"`
	// Kind is judgment for an application to execute a judgment, empty for one to execute the decision.
	Kind string `bun:"kind"`
}

// judgment is the kind of an application to execute a judgment (行政诉讼法第九十五条).
const judgment = "judgment"

func (a Application) of() string { return "court/" + strconv.FormatInt(a.ID, 10) }

// track is the application as a row beside the line; place is where it stands.
func (a Application) track(place *flow.Place[casework.CourtState]) casework.Track {
	t := casework.TrackOf(a.of(), a.Court, casework.CourtTrack, place)
	if a.Kind == judgment {
		t.Label += "（执行生效裁判）"
	}
	t.Facts = func(f *law.Facts) { f.SetBool(law.JudgmentApplied, a.Kind == judgment, a.of()) }
	return t
}

func (a Application) place() flow.Place[casework.CourtState] {
	return flow.Place[casework.CourtState]{State: a.State}
}

// Record is what the form of an act said.
type Record struct {
	bun.BaseModel `bun:"table:execution,alias:ex"`

	casework.Said
	Of string `bun:"of_id"`
}

// Material is a thing that the court wants to see, with why it sends the packet back.
type Material struct {
	Name    string       `yaml:"name"`
	Label   string       `yaml:"label"`
	Bounced string       `yaml:"bounced"`
	Cite    law.Citation `yaml:"cite"`
	// Part is the item of 行政强制法第五十五条第一款 under which it is bound.
	Part int `yaml:"part"`
	// Papers are the papers of the file that are it, Needs those of which one must be there; Served: the party got it.
	Papers []casework.PaperKind `yaml:"papers"`
	Needs  []casework.PaperKind `yaml:"needs"`
	Served bool                 `yaml:"served"`
}

//go:embed data/packet.yaml
var packetFile embed.FS

// Packet are the materials of 行政强制法第五十五条 in their order; a fault in the data stops the program at start.
var Packet = sync.OnceValue(func() []Material {
	var out struct {
		Items []Material `yaml:"items"`
	}
	b, err := packetFile.ReadFile("data/packet.yaml")
	if err == nil {
		err = yaml.Unmarshal(b, &out)
	}
	if err != nil || len(out.Items) == 0 {
		panic(fmt.Errorf("enforcement: packet.yaml: %w", err))
	}
	return out.Items
})

// keep writes what the form said.
func keep(tx *store.Tx, c *casework.Case, done casework.Done, act, of string, person int64, in any) error {
	said, err := casework.SaidNow(tx, c, done, act, person, in)
	if err != nil {
		return err
	}
	return casework.AddRow(tx, &Record{Said: said, Of: of})
}

// said reads what the last form of an act said about the decision that stands into in; it reports whether there is one.
func said(tx *store.Tx, id casework.CaseID, act string, in any) (bool, error) {
	rows, err := casework.RoundRows[Record](tx, id)
	if err != nil {
		return false, err
	}
	return casework.LastSaid(rows, act, in)
}

// saidBy reads what the form of an order that stands said into in; it reports whether there is one.
func saidBy(tx *store.Tx, c *casework.Case, order casework.CaseAct, in any) (bool, error) {
	if order.ID == 0 {
		return false, nil
	}
	return said(tx, c.ID, order.Act, in)
}

func applications(tx *store.Tx, id casework.CaseID) ([]Application, error) {
	var out []Application
	return out, tx.DB().NewSelect().Model(&out).Where("case_id = ?", id).Order("id").Scan(tx.Ctx)
}

// row finds an application of the case by its name.
func row(tx *store.Tx, c *casework.Case, of string) (*Application, error) {
	all, err := applications(tx, c.ID)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(all, func(a Application) bool { return a.of() == of }); i >= 0 {
		return &all[i], nil
	}
	return nil, fault.New(fault.NotFound, "没有这一项申请")
}

// save writes the application's new state.
func save(tx *store.Tx, a *Application, state casework.CourtState, entry int64) error {
	a.State, a.Entry = state, entry
	a.Version++
	res, err := tx.DB().NewUpdate().Model(a).WherePK().Where("version = ?", a.Version-1).Exec(tx.Ctx)
	return store.Updated(res, err, "这项申请")
}
