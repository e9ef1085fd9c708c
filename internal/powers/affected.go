package powers

import (
	"strconv"

	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// AffectedKind is the kind of a thing that an adjustment or a change of a law touches.
type AffectedKind string

// What can be touched.
const (
	AffectedItem      AffectedKind = "item"
	AffectedBenchmark AffectedKind = "benchmark"
	AffectedExemption AffectedKind = "exemption"
	AffectedRule      AffectedKind = "rule"
	AffectedTerm      AffectedKind = "term"
	AffectedText      AffectedKind = "text"
	AffectedNumber    AffectedKind = "number"
	AffectedDirectory AffectedKind = "directory"
	AffectedCase      AffectedKind = "case"
	AffectedPaper     AffectedKind = "paper"
	AffectedGuide     AffectedKind = "guide"
	AffectedQuestion  AffectedKind = "question"
	AffectedScene     AffectedKind = "scene"
	AffectedCourse    AffectedKind = "course"
)

// AffectedState says whether 法制科 has looked at an entry.
type AffectedState string

// The states of an entry.
const (
	AffectedPending AffectedState = "pending"
	AffectedChecked AffectedState = "checked"
)

// Outcome is what came of looking at an entry.
type Outcome string

// The outcomes. The last two are for open cases.
const (
	OutcomeNone     Outcome = "none"
	OutcomeAdjusted Outcome = "adjusted"
	OutcomeContinue Outcome = "continue"
	OutcomeTransfer Outcome = "transfer"
)

// Source says on whose account an entry was listed.
type Source string

// The sources.
const (
	SourceAdjustment Source = "adjustment"
	SourceLaw        Source = "law"
)

// AffectedID identifies an entry of the list 受影响.
type AffectedID int64

// String returns the decimal form.
func (id AffectedID) String() string { return strconv.FormatInt(int64(id), 10) }

// MarshalText prints the decimal form, so that JSON carries a string.
func (id AffectedID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// Affected is one thing touched, with what came of looking at it. Ref tells it from others of its kind.
type Affected struct {
	bun.BaseModel `bun:"table:power_affected,alias:f"`

	ID        AffectedID    `bun:"id,pk"`
	Source    Source        `bun:"source"`
	SourceID  int64         `bun:"source_id"`
	Kind      AffectedKind  `bun:"kind"`
	Ref       string        `bun:"ref"`
	Label     string        `bun:"label"`
	Href      string        `bun:"href"`
	Note      string        `bun:"note"`
	State     AffectedState `bun:"state"`
	Outcome   Outcome       `bun:"outcome"`
	Remark    string        `bun:"remark"`
	SettledBy string        `bun:"settled_by"`
	SettledAt int64         `bun:"settled_at"`
	// Gone: listed before, not touched any more on the day of effect.
	Gone    store.Flag `bun:"gone"`
	Version int64      `bun:"version"`
	Entry   int64      `bun:"entry_id"`
}

// outcomes are the answers that fit the entry.
func (a Affected) outcomes() []Outcome {
	if a.Kind == AffectedCase || a.Kind == AffectedPaper {
		return []Outcome{OutcomeContinue, OutcomeTransfer, OutcomeNone}
	}
	return []Outcome{OutcomeNone, OutcomeAdjusted}
}

// OpenCase is an open case under a power, as the slice that owns cases tells it. It names no party.
type OpenCase struct {
	ID, Code, Label, Href, State string
	// ActFrom and ActUntil are the days of the conduct, Step the day of the latest step.
	ActFrom, ActUntil, Step law.Date
	// Papers are numbers of papers not delivered yet.
	Papers []string
}

// Citing is something outside this slice that cites a law: a rule, a term, the text of a paper.
type Citing struct {
	Kind             AffectedKind
	Ref, Label, Href string
	// Law is the full title; Articles may be empty where the whole law is meant.
	Law      string
	Articles Articles
}

// LawChangeKind says how a law changed.
type LawChangeKind string

// How a law changes.
const (
	LawAmended  LawChangeKind = "amended"
	LawRepealed LawChangeKind = "repealed"
)

// LawChange is an amendment or repeal that the library learnt of.
type LawChange struct {
	bun.BaseModel `bun:"table:law_change,alias:lc"`

	ID   int64         `bun:"id,pk"`
	Law  string        `bun:"law"`
	Kind LawChangeKind `bun:"kind"`
	// Articles are the provisions changed; empty: the whole law.
	Articles    string   `bun:"articles"`
	EffectiveOn law.Date `bun:"effective_on"`
	Document    string   `bun:"document"`
	Entry       int64    `bun:"entry_id"`
}

// caseNote says how the days of an open case lie to the day of the change (practice: act date, step date).
func caseNote(c OpenCase, effective law.Date) string {
	note := c.State + "；"
	switch {
	case !c.ActUntil.IsZero() && !c.ActUntil.Before(effective):
		note += "行为持续到" + c.ActUntil.Han() + "，在调整以后"
	case !c.ActFrom.IsZero():
		note += "行为日" + c.ActFrom.Han() + "，在调整以前，实体问题按行为时的权力和依据"
	default:
		note += "行为日还没有查明"
	}
	if !c.Step.IsZero() {
		note += "；最近一步" + c.Step.Han()
	}
	return note + "；" + effective.Han() + "起的执法步骤要有移交文件才能继续办"
}
