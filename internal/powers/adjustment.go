package powers

import (
	"slices"
	"strconv"
	"time"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// AdjustmentID identifies an adjustment of the list of powers.
type AdjustmentID int64

// String returns the decimal form.
func (id AdjustmentID) String() string { return strconv.FormatInt(int64(id), 10) }

// MarshalText prints the decimal form, so that JSON carries a string.
func (id AdjustmentID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads the decimal form.
func (id *AdjustmentID) UnmarshalText(b []byte) error {
	n, err := store.ParseID(string(b))
	*id = AdjustmentID(n)
	return err
}

// Subject is the adjustment's subject in the ledger.
func (id AdjustmentID) Subject() string { return "power_adjustment/" + id.String() }

// AdjustKind says what an adjustment does.
type AdjustKind string

// What an adjustment does.
const (
	AdjustAdd      AdjustKind = "add"      // 新增
	AdjustCancel   AdjustKind = "cancel"   // 取消
	AdjustDelegate AdjustKind = "delegate" // 下放
	AdjustTake     AdjustKind = "take"     // 承接
	AdjustMerge    AdjustKind = "merge"    // 合并
	AdjustBasis    AdjustKind = "basis"    // 依据变更
)

// Takes reports whether the bureau gets the powers, Ends whether it loses them.
func (k AdjustKind) Takes() bool { return k == AdjustAdd || k == AdjustTake }

// Ends reports whether the bureau loses the powers.
func (k AdjustKind) Ends() bool { return k == AdjustCancel || k == AdjustDelegate || k == AdjustMerge }

// Handling says what becomes of open cases when a power moves.
type Handling string

// What becomes of open cases.
const (
	HandlingContinue Handling = "continue" // 按移交文件由本局继续办理
	HandlingTransfer Handling = "transfer" // 移送承接机关
)

// Adjustment is one adjustment with everything said about it on its way.
type Adjustment struct {
	bun.BaseModel `bun:"table:power_adjustment,alias:a"`

	ID    AdjustmentID `bun:"id,pk"`
	Kind  AdjustKind   `bun:"kind"`
	State AdjustState  `bun:"state"`
	// Codes are the powers adjusted; Into is the one that takes them in a merger.
	Codes []string `bun:"-"`
	Into  string   `bun:"into_code"`
	// Counterpart is the body to which powers go or from which they come.
	Counterpart string   `bun:"counterpart"`
	Reason      string   `bun:"reason"`
	BasisTitle  string   `bun:"basis_title"`
	BasisNumber string   `bun:"basis_number"`
	BasisDate   law.Date `bun:"basis_date"`
	FileDigest  string   `bun:"file_digest"`
	FileName    string   `bun:"file_name"`
	FileType    string   `bun:"file_type"`
	// EffectiveOn is the first day on which the list reads differently.
	EffectiveOn law.Date `bun:"effective_on"`
	// The new basis of a 依据变更; an empty law keeps the old one.
	ViolatedLaw      string   `bun:"violated_law"`
	ViolatedArticle  string   `bun:"violated_article"`
	PenaltyLaw       string   `bun:"penalty_law"`
	PenaltyArticle   string   `bun:"penalty_article"`
	Handling         Handling `bun:"handling"`
	HandlingDocument string   `bun:"handling_document"`

	ProposerID   access.AccountID `bun:"proposer_id"`
	Proposer     string           `bun:"proposer"`
	ProposedAt   int64            `bun:"proposed_at"`
	CheckerID    access.AccountID `bun:"checker_id"`
	Checker      string           `bun:"checker"`
	CheckedAt    int64            `bun:"checked_at"`
	Opinion      string           `bun:"opinion"`
	ReturnReason string           `bun:"return_reason"`
	FiledWith    string           `bun:"filed_with"`
	FiledNumber  string           `bun:"filed_number"`
	FiledOn      law.Date         `bun:"filed_on"`
	InForceAt    int64            `bun:"in_force_at"`

	Batch   int64      `bun:"batch_id"`
	Live    store.Flag `bun:"live"`
	Version int64      `bun:"version"`
	Entry   int64      `bun:"entry_id"`
}

// Document names the basis document: 《……》（文号，日期）.
func (a Adjustment) Document() string {
	return "《" + a.BasisTitle + "》（" + a.BasisNumber + "，" + a.BasisDate.Han() + "）"
}

// Proposed returns when it was proposed.
func (a Adjustment) Proposed() time.Time { return store.FromMicros(a.ProposedAt) }

// Closed reports whether nothing more will happen to it.
func (a Adjustment) Closed() bool { return Adjusting.Closed(a.State) }

// touched are the codes that it concerns, the one merged into included.
func (a Adjustment) touched() []string {
	out := slices.Clone(a.Codes)
	if a.Into != "" && !slices.Contains(out, a.Into) {
		out = append(out, a.Into)
	}
	return out
}

type adjustItemRow struct {
	bun.BaseModel `bun:"table:power_adjustment_item,alias:ai"`
	Adjustment    AdjustmentID `bun:"adjustment_id,pk"`
	Code          string       `bun:"code,pk"`
}

// AdjustInput is what a proposal says.
type AdjustInput struct {
	Kind             AdjustKind `json:"kind"`
	Codes            []string   `json:"codes"`
	Into             string     `json:"into"`
	Counterpart      string     `json:"counterpart"`
	Reason           string     `json:"reason"`
	BasisTitle       string     `json:"basis_title"`
	BasisNumber      string     `json:"basis_number"`
	BasisDate        law.Date   `json:"basis_date"`
	EffectiveOn      law.Date   `json:"effective_on"`
	ViolatedLaw      string     `json:"violated_law"`
	ViolatedArticle  string     `json:"violated_article"`
	PenaltyLaw       string     `json:"penalty_law"`
	PenaltyArticle   string     `json:"penalty_article"`
	Handling         Handling   `json:"handling"`
	HandlingDocument string     `json:"handling_document"`
}

// into copies the input onto the adjustment.
func (in AdjustInput) into(a *Adjustment) {
	a.Kind, a.Codes, a.Into, a.Counterpart, a.Reason = in.Kind, in.Codes, in.Into, in.Counterpart, in.Reason
	a.BasisTitle, a.BasisNumber, a.BasisDate, a.EffectiveOn = in.BasisTitle, in.BasisNumber, in.BasisDate, in.EffectiveOn
	a.ViolatedLaw, a.ViolatedArticle, a.PenaltyLaw, a.PenaltyArticle = in.ViolatedLaw, in.ViolatedArticle, in.PenaltyLaw, in.PenaltyArticle
	a.Handling, a.HandlingDocument = in.Handling, in.HandlingDocument
}

// input is what the adjustment says, for a form that amends it.
func (a Adjustment) input() AdjustInput {
	return AdjustInput{
		a.Kind, a.Codes, a.Into, a.Counterpart, a.Reason, a.BasisTitle, a.BasisNumber, a.BasisDate, a.EffectiveOn,
		a.ViolatedLaw, a.ViolatedArticle, a.PenaltyLaw, a.PenaltyArticle, a.Handling, a.HandlingDocument,
	}
}
