package draft

import (
	"strconv"
	"time"

	"fadu/internal/access"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// BatchID identifies a batch.
type BatchID int64

// String prints the identifier in decimal.
func (id BatchID) String() string { return strconv.FormatInt(int64(id), 10) }

// MarshalText prints the identifier as a decimal string, as JSON carries it.
func (id BatchID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads what MarshalText printed.
func (id *BatchID) UnmarshalText(b []byte) error {
	n, err := store.ParseID(string(b))
	*id = BatchID(n)
	return err
}

// Subject is the batch's subject in the ledger.
func (id BatchID) Subject() string { return "draft/" + id.String() }

// RowID identifies a stored row of a batch.
type RowID int64

// String prints the identifier in decimal.
func (id RowID) String() string { return strconv.FormatInt(int64(id), 10) }

// State is where a batch stands.
type State string

// The states. A batch is Loading while its rows are being stored and Publishing while its records are
// staged; one that stays there was interrupted and can be taken up again.
const (
	Loading    State = "loading"
	Open       State = "open"
	Publishing State = "publishing"
	Published  State = "published"
	Discarded  State = "discarded"
)

// Label returns what the state is called.
func (s State) Label() string {
	switch s {
	case Loading:
		return "读取中"
	case Open:
		return "待发布"
	case Publishing:
		return "发布中"
	case Published:
		return "已发布"
	case Discarded:
		return "已作废"
	}
	return string(s)
}

// Batch is one uploaded file with what became of it.
type Batch struct {
	bun.BaseModel `bun:"table:draft_batch,alias:b"`

	ID       BatchID `bun:"id,pk"`
	Kind     string  `bun:"kind"`
	State    State   `bun:"state"`
	FileName string  `bun:"file_name"`
	// Digest is the file's SHA-256, in hex.
	Digest string   `bun:"digest"`
	Sheet  string   `bun:"sheet"`
	Notes  []string `bun:"notes,type:text"`
	// Rows counts all rows; Removed those that somebody took out; Bad and Warned those of the rest that
	// are kept back and those with a warning.
	Rows    int `bun:"row_count"`
	Bad     int `bun:"bad"`
	Warned  int `bun:"warned"`
	Removed int `bun:"removed"`

	UploadedBy  access.AccountID `bun:"uploaded_by"`
	Uploader    string           `bun:"uploader"`
	UploadedAt  int64            `bun:"uploaded_at"`
	Publisher   string           `bun:"publisher"`
	PublishedAt int64            `bun:"published_at"`
	Reason      string           `bun:"reason"`

	access.Levels

	Version int64          `bun:"version"`
	Entry   ledger.EntryID `bun:"entry_id"`
}

// Ready is how many rows can be published.
func (b Batch) Ready() int { return b.Rows - b.Removed - b.Bad }

// Uploaded returns when the file came.
func (b Batch) Uploaded() time.Time { return store.FromMicros(b.UploadedAt) }

// PublishedTime returns when the batch was published; zero before.
func (b Batch) PublishedTime() time.Time { return store.FromMicros(b.PublishedAt) }

// record is a stored row.
type record struct {
	bun.BaseModel `bun:"table:draft_row,alias:r"`

	ID       RowID             `bun:"id,pk"`
	Batch    BatchID           `bun:"batch_id"`
	Line     int               `bun:"line"`
	Values   map[string]string `bun:"cells,type:text"`
	Unread   []Problem         `bun:"unread,type:text"`
	Problems []Problem         `bun:"problems,type:text"`
	Bad      store.Flag        `bun:"bad"`
	Warned   store.Flag        `bun:"warned"`
	Mended   store.Flag        `bun:"mended"`
	Removed  store.Flag        `bun:"removed"`
	Staged   store.Flag        `bun:"staged"`
	Version  int64             `bun:"version"`
	Entry    ledger.EntryID    `bun:"entry_id"`
	// Digest is over what a person put in; "" in rows of earlier versions.
	Digest string `bun:"digest"`
}

// Stored is a row as a page shows it.
type Stored struct {
	Row
	Batch           BatchID
	Mended, Removed bool
	Version         int64
}

func (r record) stored() Stored {
	if !r.sound() {
		r.Problems = append(r.Problems, Problem{Message: damagedRow})
	}
	return Stored{Row{ID: r.ID, Line: r.Line, Values: r.Values, Unread: r.Unread, Problems: r.Problems}, r.Batch, bool(r.Mended), bool(r.Removed), r.Version}
}

// The kinds of ledger entry that this package writes.
const (
	kindUploaded    = "draft.uploaded"
	kindMended      = "draft.row_mended"
	kindRowRemoved  = "draft.row_removed"
	kindRowRestored = "draft.row_restored"
	kindPublishing  = "draft.publishing"
	kindStaged      = "draft.staged"
	kindWithdrawn   = "draft.publishing_withdrawn"
	kindPublished   = "draft.published"
	kindDiscarded   = "draft.discarded"

	kindAcknowledged = "draft.acknowledged"
)

// Kinds are the ledger kinds of this package with their labels.
var Kinds = map[string]string{
	kindUploaded:    "上传导入文件",
	kindMended:      "修改导入行",
	kindRowRemoved:  "去掉导入行",
	kindRowRestored: "恢复导入行",
	kindPublishing:  "开始发布导入批次",
	kindStaged:      "写入导入行",
	kindWithdrawn:   "导入批次退回修改",
	kindPublished:   "发布导入批次",
	kindDiscarded:   "作废导入批次",

	kindAcknowledged: "说明导入清单对不上的原因",
}

// References are the columns in which this package's rows keep their ledger entry.
var References = []ledger.Reference{{Table: "draft_batch", Column: "entry_id", Unproven: true}, {Table: "draft_row", Column: "entry_id", Unproven: true}}
