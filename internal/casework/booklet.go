package casework

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// BookletID identifies a booklet of pre-printed papers.
type BookletID int64

// String prints the identifier in decimal.
func (id BookletID) String() string { return strconv.FormatInt(int64(id), 10) }

// MarshalText prints the identifier as a decimal string.
func (id BookletID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads what MarshalText printed.
func (id *BookletID) UnmarshalText(b []byte) error {
	n, err := store.ParseID(string(b))
	*id = BookletID(n)
	return err
}

// Subject is the booklet's subject in the ledger.
func (id BookletID) Subject() string { return "booklet/" + id.String() }

// URL is the booklet's page.
func (id BookletID) URL() string { return "/w/booklets/" + id.String() }

// Booklet is a run of papers with printed numbers, for when there is no power, no net or no printer. Its
// numbers have a prefix of their own, so that the machine can never print one of them.
type Booklet struct {
	bun.BaseModel `bun:"table:booklet,alias:bk"`

	ID      BookletID `bun:"id,pk"`
	Version int64     `bun:"version"`
	Entry   int64     `bun:"entry_id"`
	access.Levels
	Organ  int64     `bun:"organ_id"`
	Kind   PaperKind `bun:"paper_kind"`
	Year   int64     `bun:"year"`
	Prefix string    `bun:"prefix"` // 演城管手罚字
	First  int64     `bun:"first_no"`
	Last   int64     `bun:"last_no"`
	// Printer and Edition say who printed the form and when.
	Printer string   `bun:"printer"`
	Edition law.Date `bun:"edition"`
	// Presealed: the forms bear the seal. ReviewFirst: they say that reconsideration comes before a suit.
	Presealed   store.Flag   `bun:"presealed"`
	ReviewFirst store.Flag   `bun:"review_first"`
	State       BookletState `bun:"state"`
	Holder      int64        `bun:"holder"` // the officer who answers for it; 0 in stock
	RegisterAt  int64        `bun:"registered_at"`
	IssuedAt    int64        `bun:"issued_at"`
	ClosedAt    int64        `bun:"closed_at"`
	CheckedAt   int64        `bun:"checked_at"`
	Note        string       `bun:"note"`
}

// Size returns how many numbers the booklet has.
func (b Booklet) Size() int64 { return b.Last - b.First + 1 }

// Label names the booklet by its numbers.
func (b Booklet) Label() string {
	return fmt.Sprintf("%s〔%d〕%d—%d", b.Prefix, b.Year, b.First, b.Last)
}

// BookletState is where a booklet is.
type BookletState string

// The states of a booklet.
const (
	BookletStock  BookletState = "stock"
	BookletIssued BookletState = "issued"
	BookletClosed BookletState = "closed"
)

// Label returns the state's Chinese name.
func (s BookletState) Label() string { return bookletStateLabels[s] }

var bookletStateLabels = map[BookletState]string{BookletStock: "在库", BookletIssued: "已领用", BookletClosed: "已核销"}

// NumberState is what became of a printed number.
type NumberState string

// The states of a number. NumberUsed is written by hand and not entered yet.
const (
	NumberBlank   NumberState = "blank"
	NumberUsed    NumberState = "used"
	NumberEntered NumberState = "entered"
	NumberVoided  NumberState = "void"
	NumberLost    NumberState = "lost"
)

// Label returns the state's Chinese name.
func (s NumberState) Label() string { return numberStateLabels[s] }

var (
	numberStateLabels = map[NumberState]string{NumberBlank: "未用", NumberUsed: "已用待补录", NumberEntered: "已补录", NumberVoided: "作废", NumberLost: "遗失"}
	numberStateOrder  = []NumberState{NumberBlank, NumberUsed, NumberEntered, NumberVoided, NumberLost}
)

// Ruling is what the head decided about a hand-written decision that breaks a rule.
type Ruling string

// The rulings. A decision that breaks no rule needs none.
const (
	RulingNone      Ruling = ""
	RulingPending   Ruling = "pending"
	RulingKept      Ruling = "kept"
	RulingCorrected Ruling = "corrected"
	RulingRevoked   Ruling = "revoked"
)

// Label returns the ruling's Chinese name.
func (r Ruling) Label() string { return rulingLabels[r] }

var (
	rulingLabels = map[Ruling]string{RulingPending: "待负责人处理", RulingKept: "说明理由，维持", RulingCorrected: "已补正、更正", RulingRevoked: "已撤销"}
	rulingOrder  = []Ruling{RulingPending, RulingKept, RulingCorrected, RulingRevoked}
)

// BookletNumber is one printed number with what became of it and, once its paper is entered, when it was
// written, when and by whom it was entered, and what is wrong with it.
type BookletNumber struct {
	bun.BaseModel `bun:"table:booklet_number,alias:bn"`

	ID      int64 `bun:"id,pk"`
	Version int64 `bun:"version"`
	Entry   int64 `bun:"entry_id"`
	access.Levels
	Booklet BookletID   `bun:"booklet_id"`
	Prefix  string      `bun:"prefix"`
	Year    int64       `bun:"year"`
	Number  int64       `bun:"number"`
	DocNo   string      `bun:"doc_no"` // as printed
	State   NumberState `bun:"state"`
	Holder  int64       `bun:"holder"` // who held the booklet when the number was used up
	// UsedAt is when the paper was written (发生时间), ReportedAt when its use was told, EnteredAt when it was
	// entered (录入时间).
	UsedAt     int64   `bun:"used_at"`
	ReportedAt int64   `bun:"reported_at"`
	Reason     string  `bun:"reason"`
	Case       CaseID  `bun:"case_id"`
	Paper      PaperID `bun:"paper_id"`
	EnteredAt  int64   `bun:"entered_at"`
	EnteredBy  int64   `bun:"entered_by"`
	LateWhy    string  `bun:"late_why"`
	// ConfirmedBy is the other officer, under the own identity; Dispute is what that one says is not so.
	ConfirmedAt int64  `bun:"confirmed_at"`
	ConfirmedBy int64  `bun:"confirmed_by"`
	Dispute     string `bun:"dispute"`
	Findings    string `bun:"findings"` // JSON list of law.Finding
	Ruling      Ruling `bun:"ruling"`
	RuledAt     int64  `bun:"ruled_at"`
	RuledBy     int64  `bun:"ruled_by"`
	RulingNote  string `bun:"ruling_note"`
}

// entryTerm is within how long a hand-written paper is to be entered (内部期限).
const entryTerm = 24 * time.Hour

// LateEntry reports whether the paper was entered later than the term after it was written (迟录).
func (n BookletNumber) LateEntry() bool { return n.EnteredAt != 0 && lateEntry(n.UsedAt, n.EnteredAt) }

func lateEntry(used, entered int64) bool {
	return entered-used > int64(entryTerm/time.Microsecond)
}

// EntryDue is by when a used number is to be entered.
func (n BookletNumber) EntryDue() time.Time { return store.FromMicros(n.UsedAt).Add(entryTerm) }

// URL is the number's page.
func (n BookletNumber) URL() string {
	return fmt.Sprintf("%s/numbers/%d", n.Booklet.URL(), n.Number)
}

// Faults are the rules that the hand-written decision breaks.
func (n BookletNumber) Faults() []law.Finding {
	var out []law.Finding
	if n.Findings == "" || json.Unmarshal([]byte(n.Findings), &out) != nil {
		return nil
	}
	return out
}

// BookletPhoto is a picture of the paper. The original bytes are immutable in the blob store.
type BookletPhoto struct {
	bun.BaseModel `bun:"table:booklet_photo,alias:bp"`

	ID     int64  `bun:"id,pk"`
	Number int64  `bun:"number_id"`
	Entry  int64  `bun:"entry_id"`
	Kind   string `bun:"kind"` // entry, void
	Digest string `bun:"digest"`
	Type   string `bun:"media_type"`
	Size   int64  `bun:"size"`
	At     int64  `bun:"at"`
}

// numberPrefix says what a prefix numbers.
type numberPrefix struct {
	bun.BaseModel `bun:"table:number_prefix,alias:np"`

	Prefix string `bun:"prefix,pk"`
	Source string `bun:"source"` // machine, booklet
}

// The sources of numbers.
const (
	fromMachine = "machine"
	fromBooklet = "booklet"
)

// claimPrefix takes a prefix for the numbers of the machine or of booklets; the other's is refused, so
// that no number can ever be printed twice.
func claimPrefix(tx *store.Tx, prefix, source string) error {
	_, err := tx.DB().NewInsert().Model(&numberPrefix{Prefix: prefix, Source: source}).On("CONFLICT (prefix) DO NOTHING").Exec(tx.Ctx)
	if err != nil {
		return err
	}
	var now numberPrefix
	if err := tx.DB().NewSelect().Model(&now).Where("prefix = ?", prefix).Scan(tx.Ctx); err != nil {
		return err
	}
	switch {
	case now.Source == source:
		return nil
	case source == fromBooklet:
		return fault.InvalidField("prefix", "“%s”是机打文书的字样，纸质文书本要用另外的字样，免得同一个号印两次", prefix)
	}
	return fault.InvalidField("prefix", "“%s”是纸质文书本的字样，机打文书不能用，免得同一个号印两次", prefix)
}
