package measure

import (
	"slices"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/flow"
	"fadu/internal/law"

	"github.com/uptrace/bun"
)

// The kinds of measures; they are the names of their tracks.
const (
	preservation = "preservation"
	seizure      = "seizure"
	confiscation = "confiscation" // goods that a served decision takes and nobody held before; settled at once
)

// Measure is a registered keeping, or a sealing or seizure.
type Measure struct {
	bun.BaseModel `bun:"table:measure,alias:me"`

	ID      int64           `bun:"id,pk"`
	Version int64           `bun:"version"`
	Case    casework.CaseID `bun:"case_id"`
	Entry   int64           `bun:"entry_id"`
	access.Levels
	Kind  string                `bun:"kind"`
	State casework.MeasureState `bun:"state"`
	// Way is 查封 or 扣押; empty for registered keeping, which has Purpose, Risk and WhyNot.
	Way     string `bun:"way"`
	Purpose string `bun:"purpose"`
	Risk    string `bun:"risk"`
	WhyNot  string `bun:"why_not_photos"`
	// PowerCode is the power whose law grants the seizure, Grant the provision as its list says it; empty when it grants none.
	PowerCode string           `bun:"power_code"`
	Grant     string           `bun:"grant_text"`
	Target    string           `bun:"target"`
	Related   string           `bun:"related"`
	KeptAt    string           `bun:"kept_at"`
	TakenOn   law.Date         `bun:"taken_on"`
	TakenAt   int64            `bun:"taken_at"`
	Until     law.Date         `bun:"until_day"`
	Extended  int64            `bun:"extended_days"`
	Paper     casework.PaperID `bun:"paper_id"` // notice or decision
	EndedOn   law.Date         `bun:"ended_on"`
	// Consent is who of the legal staff agreed to the keeping, with what was said.
	Consent string `bun:"consent"`
	Outcome string `bun:"outcome"`
}

// Of names the measure as a row beside the line.
func (m *Measure) Of() string { return m.Kind + "/" + strconv.FormatInt(m.ID, 10) }

// table is what the measure follows.
func (m *Measure) table() flow.Table[casework.MeasureState] { return tableOf(m.Kind) }

func tableOf(kind string) flow.Table[casework.MeasureState] {
	if kind == preservation {
		return casework.Preservation
	}
	return casework.Seizure
}

// leads reports whether an act leads on from where the measure stands.
func (m *Measure) leads(act string) bool {
	return slices.ContainsFunc(m.table().At(m.State), func(a flow.Act[casework.MeasureState]) bool { return a.ID == act })
}

func (m *Measure) open() bool { return !m.table().Closed(m.State) }

// word is what pages call the measure.
func (m *Measure) word() string {
	if m.Kind == preservation {
		return "登记保存"
	}
	return m.Way
}

// The states of a thing. What is held has not been accounted for yet.
const (
	Held        = "held"
	Listed      = "listed" // asked for, not taken
	Returned    = "returned"
	Handed      = "handed"
	Confiscated = "confiscated" // in the store-room until it is disposed of
	Forfeited   = "forfeited"   // sold before; its proceeds are confiscated and not yet in the treasury
	Destroyed   = "destroyed"
	Auctioned   = "auctioned"
	Disposed    = "disposed" // as the state prescribes otherwise
	Remitted    = "remitted" // the proceeds are in the treasury
	Moved       = "moved"    // into another measure
	Sold        = "sold"     // it would have spoilt; the proceeds are kept in its place
)

func thingLabel(state string) string {
	return map[string]string{Held: "在库", Listed: "待实施", Returned: "已退还", Handed: "已移交", Confiscated: "已没收，待处理", Forfeited: "已没收，款项待上缴", Destroyed: "已销毁", Auctioned: "已拍卖", Disposed: "已按规定处理", Remitted: "款项已上缴", Moved: "转为查封、扣押", Sold: "已变卖，款项在管"}[state]
}

// Thing is one line of a measure's list. Code is on its label.
type Thing struct {
	bun.BaseModel `bun:"table:thing,alias:th"`

	ID      int64           `bun:"id,pk"`
	Version int64           `bun:"version"`
	Case    casework.CaseID `bun:"case_id"`
	Entry   int64           `bun:"entry_id"`
	access.Levels
	Measure int64    `bun:"measure_id"`
	Number  int64    `bun:"number"`
	Name    string   `bun:"name"`
	Spec    string   `bun:"spec"`
	Amount  string   `bun:"amount"`
	Trait   string   `bun:"trait"`
	State   string   `bun:"state"`
	Code    string   `bun:"code"`
	Shelf   string   `bun:"shelf"`
	HeldOn  law.Date `bun:"held_on"`
	// Proceeds is what a thing fetched that was sold before the end of the case.
	Proceeds law.Money `bun:"proceeds"`
	// Disposal is what the head allowed to be done with it once it was confiscated, 0 for nothing yet.
	Disposal int64 `bun:"disposal_id"`
}

// confiscated reports whether the thing, or what it fetched, is confiscated and not yet disposed of.
func (t Thing) confiscated() bool { return t.State == Confiscated || t.State == Forfeited }

// kept reports whether the thing, or what it fetched, has not been accounted for yet.
func (t Thing) kept() bool { return t.State == Held || t.State == Sold }

// listed is the thing as papers list it.
func (t Thing) listed() casework.Thing {
	out := casework.Thing{Name: t.Name, Spec: t.Spec, Amount: t.Amount, Trait: t.Trait, Note: t.Code}
	if t.Proceeds != 0 {
		out.Note += "，已变卖，款项 " + t.Proceeds.Grouped() + " 元"
	}
	return out
}

// The kinds of moves.
const (
	MoveIn         = "in"
	MoveShelf      = "shelf"
	MoveReturn     = "return"
	MoveConfiscate = "confiscate" // it stays where it is
	MoveDispose    = "dispose"
	MoveSell       = "sell"
	MoveHand       = "hand_over"
	MoveKeeper     = "keeper" // another keeper, where it is
)

func moveLabel(kind string) string {
	return map[string]string{MoveIn: "入库", MoveShelf: "移库", MoveReturn: "退还出库", MoveConfiscate: "转为没收", MoveDispose: "处理出库", MoveSell: "变卖出库", MoveHand: "移交出库", MoveKeeper: "换保管人"}[kind]
}

// Move is a line of the store-room's ledger: two people, what, whereto, on what basis. Rows are only added.
type Move struct {
	bun.BaseModel `bun:"table:thing_move,alias:tm"`

	ID         int64            `bun:"id,pk"`
	Case       casework.CaseID  `bun:"case_id"`
	Entry      int64            `bun:"entry_id"`
	Thing      int64            `bun:"thing_id"`
	Kind       string           `bun:"kind"`
	At         int64            `bun:"moved_at"`
	Place      string           `bun:"place"`
	Handler    int64            `bun:"handler"`
	Keeper     int64            `bun:"keeper"`
	Receiver   string           `bun:"receiver"`
	Basis      string           `bun:"basis"`
	Condition  string           `bun:"condition_text"`
	Paper      casework.PaperID `bun:"paper_id"`
	RecordedAt int64            `bun:"recorded_at"`
}
