package ledger

import (
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"fadu/internal/planted"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// EntryID identifies an entry.
type EntryID int64

// String prints the identifier in decimal.
func (id EntryID) String() string { return strconv.FormatInt(int64(id), 10) }

// Actor is who acts: the account, its holder's name at that time, and the way in (web, api, import,
// job, demo, console).
type Actor struct {
	Account int64
	Name    string
	Via     string
}

// Act is what was done. Kind is a dotted code of the slice (casework.paper_issued), Subject the record
// (case/123), Unit the unit whose record it is, Data a JSON object without secrets, Rules the IDs of
// the rules that were answered and passed.
type Act struct {
	Kind    string
	Subject string
	Unit    int64
	Data    any
	Rules   []string
}

// Entry is an act as recorded.
type Entry struct {
	bun.BaseModel `bun:"table:ledger_entry,alias:e"`

	ID      EntryID `bun:"id,pk"`
	At      int64   `bun:"at"` // µs UTC
	Account int64   `bun:"account"`
	Actor   string  `bun:"actor"`
	Via     string  `bun:"via"`
	Kind    string  `bun:"kind"`
	Subject string  `bun:"subject"`
	Unit    int64   `bun:"unit"`
	Data    string  `bun:"data"`  // JSON, exactly as hashed
	Rules   string  `bun:"rules"` // JSON array of rule IDs
	// Rows is a JSON object of the rows that the act wrote: table/key to the digest of the row, "" for a
	// row that was deleted. Empty when it wrote none.
	Rows string `bun:"rows"`
}

// Time returns when the act was recorded.
func (e Entry) Time() time.Time { return store.FromMicros(e.At) }

// Leaf returns the entry's leaf hash: SHA-256 over 0x00 and the canonical encoding, in the manner of
// RFC 6962.
func (e Entry) Leaf() string {
	sum := LeafHash(e.canonical())
	return hex.EncodeToString(sum[:])
}

// canonical is the encoding that is hashed: a version byte, then the fields in the order of Entry;
// integers as 8 bytes big-endian, texts as a 4-byte length and UTF-8 bytes. Version 1 has no rows and
// stands for an entry without any, version 2 has them.
func (e Entry) canonical() []byte {
	b := []byte{1}
	if e.Rows != "" {
		b[0] = 2
	}
	num := func(n int64) { b = binary.BigEndian.AppendUint64(b, uint64(n)) }
	text := func(s string) {
		b = binary.BigEndian.AppendUint32(b, uint32(len(s)))
		b = append(b, s...)
	}
	num(int64(e.ID))
	num(e.At)
	num(e.Account)
	text(e.Actor)
	text(e.Via)
	text(e.Kind)
	text(e.Subject)
	num(e.Unit)
	text(e.Data)
	text(e.Rules)
	if e.Rows != "" {
		text(e.Rows)
	}
	return b
}

// Append records an act in the caller's transaction and returns the entry's identifier, which the
// business rows keep. The entry is written when the closure has succeeded, with the digests of the rows
// that it wrote.
func Append(tx *store.Tx, by Actor, a Act) (EntryID, error) {
	if !tx.Writable() {
		return 0, errors.New("ledger: append in a read-only transaction")
	}
	if by.Name == "" || by.Via == "" || a.Kind == "" || a.Subject == "" {
		return 0, fmt.Errorf("ledger: incomplete act %q on %q by %q via %q", a.Kind, a.Subject, by.Name, by.Via)
	}
	data := []byte("{}")
	if a.Data != nil {
		var err error
		if data, err = json.Marshal(a.Data); err != nil {
			return 0, fmt.Errorf("ledger: %s: %w", a.Kind, err)
		}
	}
	rules := []byte("[]")
	if len(a.Rules) > 0 {
		rules, _ = json.Marshal(a.Rules)
	}
	first := len(pending(tx)) == 0
	if first && tx.Engine() == store.PostgreSQL {
		// The snapshot is taken before the identifier, so that of two acts on a row the later has the greater.
		if _, err := tx.Exec(`SELECT 1`); err != nil {
			return 0, err
		}
	}
	e := &Entry{ID: EntryID(store.NewID()), At: store.Micros(tx.Now), Account: by.Account, Actor: by.Name, Via: by.Via, Kind: a.Kind, Subject: a.Subject, Unit: a.Unit, Data: string(data), Rules: string(rules)}
	tx.Note(e)
	if first {
		tx.AtEnd(func() error { return write(tx) })
	}
	return e.ID, nil
}

// pending are the entries that the closure appended.
func pending(tx *store.Tx) []*Entry {
	var out []*Entry
	for _, n := range tx.Notes() {
		if e, ok := n.(*Entry); ok {
			out = append(out, e)
		}
	}
	return out
}

// write inserts the closure's entries with what they say about its rows.
func write(tx *store.Tx) error {
	es := pending(tx)
	if planted.Is(planted.EntrySkipped) {
		return nil
	}
	if err := seal(tx, es); err != nil {
		return fmt.Errorf("ledger: rows of %s on %s: %w", es[0].Kind, es[0].Subject, err)
	}
	if _, err := tx.DB().NewInsert().Model(&es).Exec(tx.Ctx); err != nil {
		return fmt.Errorf("ledger: %s on %s: %w", es[0].Kind, es[0].Subject, err)
	}
	return nil
}

// History returns up to limit entries about the subject, newest first, older than before (0: from the
// newest).
func History(tx *store.Tx, subject string, before EntryID, limit int) ([]Entry, error) {
	var es []Entry
	q := tx.DB().NewSelect().Model(&es).Where("subject = ?", subject).Order("id DESC").Limit(int64(limit))
	if before > 0 {
		q = q.Where("id < ?", before)
	}
	return es, q.Scan(tx.Ctx)
}

// ByID returns the entries with the identifiers, by identifier.
func ByID(tx *store.Tx, ids []EntryID) (map[EntryID]Entry, error) {
	var es []Entry
	if len(ids) > 0 {
		if err := tx.DB().NewSelect().Model(&es).Where("e.id IN (?)", bun.List(ids)).Scan(tx.Ctx); err != nil {
			return nil, err
		}
	}
	out := make(map[EntryID]Entry, len(es))
	for _, e := range es {
		out[e.ID] = e
	}
	return out, nil
}

// Newest returns the newest entry about any of the subjects; ok is false when there is none.
func Newest(tx *store.Tx, subjects []string) (e Entry, ok bool, err error) {
	err = tx.DB().NewSelect().Model(&e).Where("subject IN (?)", bun.List(subjects)).Order("id DESC").Limit(1).Scan(tx.Ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return e, false, nil
	}
	return e, err == nil, err
}

// birth is the data of the first entry of a database.
type birth struct {
	Demo   bool   `json:"demo"`
	Bureau string `json:"bureau"`
}

// KindBorn is the kind of a database's first entry.
const KindBorn = "ledger.born"

var errBorn = errors.New("这个数据库已经建立过，演示库和正式库不能互相转换")

// Born states, as the first entry, for whom the database is and whether it is a demo. It cannot be
// said twice: demo data can never become real.
func Born(tx *store.Tx, by Actor, bureau string, demo bool) error {
	n, err := tx.DB().NewSelect().Model((*Entry)(nil)).Limit(1).Count(tx.Ctx)
	if err != nil {
		return err
	}
	if n > 0 || len(pending(tx)) > 0 {
		return errBorn
	}
	_, err = Append(tx, by, Act{Kind: KindBorn, Subject: "database", Data: birth{demo, bureau}})
	return err
}

type first struct{}

// Birth returns the bureau's name and whether the database was born as a demo; ok is false while the
// database is empty.
func Birth(tx *store.Tx) (bureau string, demo, ok bool, err error) {
	e, err := store.Memo(tx, first{}, func() (e Entry, err error) {
		return e, tx.DB().NewSelect().Model(&e).Column("id", "kind", "data").Order("id").Limit(1).Scan(tx.Ctx) // also from a schema before this one
	})
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, false, nil
	}
	if err != nil {
		return "", false, false, err
	}
	var b birth
	if e.Kind != KindBorn {
		return "", false, false, fmt.Errorf("ledger: the first entry is %s, not %s", e.Kind, KindBorn)
	}
	err = json.Unmarshal([]byte(e.Data), &b)
	return b.Bureau, b.Demo, true, err
}
