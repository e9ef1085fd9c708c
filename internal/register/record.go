package register

import (
	"encoding/json"
	"fmt"
	"time"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/register/definition"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// RecordID identifies a record, BookID an edition of a definition, FileID a photo or file.
type (
	RecordID int64
	BookID   int64
	FileID   int64
)

// String prints the identifier in decimal.
func (id RecordID) String() string { return fmt.Sprint(int64(id)) }

// String prints the identifier in decimal.
func (id BookID) String() string { return fmt.Sprint(int64(id)) }

// String prints the identifier in decimal.
func (id FileID) String() string { return fmt.Sprint(int64(id)) }

// Book is an edition of a register's definition as it is kept.
type Book struct {
	bun.BaseModel `bun:"table:register_definition,alias:rd"`

	ID      BookID     `bun:"id,pk"`
	Code    string     `bun:"code"`
	Edition int        `bun:"edition"`
	Name    string     `bun:"name"`
	Content string     `bun:"content"` // YAML, as definition.Parse reads it
	Builtin store.Flag `bun:"builtin"`
	State   BookState  `bun:"state"`
	Author  string     `bun:"author"`
	MadeAt  int64      `bun:"made_at"` // µs UTC
	Reason  string     `bun:"reason"`
	Version int64      `bun:"version"`
	Entry   int64      `bun:"entry_id"`
}

// Subject is the edition as ledger entries name it.
func (b Book) Subject() string { return "register/" + b.ID.String() }

// Record is one record of a register.
type Record struct {
	bun.BaseModel `bun:"table:register_record,alias:rr"`

	ID      RecordID `bun:"id,pk"`
	Code    string   `bun:"code"`
	Edition int      `bun:"edition"`
	access.Levels
	State    definition.State `bun:"state"`
	Happened law.Date         `bun:"happened"`
	Title    string           `bun:"title"`
	Place    string           `bun:"place"`
	Lat      int64            `bun:"lat"` // millionths of a degree
	Lng      int64            `bun:"lng"`
	Due      law.Date         `bun:"due_on"`
	EndedOn  law.Date         `bun:"ended_on"`
	Event    RecordID         `bun:"event_id"`

	Recorder     access.AccountID `bun:"recorder"`
	RecorderName string           `bun:"recorder_name"`
	RecordedAt   int64            `bun:"recorded_at"` // µs UTC
	Fixer        access.AccountID `bun:"fixer"`
	CheckerName  string           `bun:"checker_name"`
	Reason       string           `bun:"reason"` // of the last return, reopening or cancellation

	columns
	Tags    string `bun:"tags"`
	Data    string `bun:"data"` // JSON of definition.Values
	Batch   int64  `bun:"batch_id"`
	Version int64  `bun:"version"`
	Entry   int64  `bun:"entry_id"`
}

// columns are the typed columns that definitions assign.
type columns struct {
	N1 int64    `bun:"n1"`
	N2 int64    `bun:"n2"`
	N3 int64    `bun:"n3"`
	N4 int64    `bun:"n4"`
	N5 int64    `bun:"n5"`
	N6 int64    `bun:"n6"`
	N7 int64    `bun:"n7"`
	N8 int64    `bun:"n8"`
	K1 string   `bun:"k1"`
	K2 string   `bun:"k2"`
	K3 string   `bun:"k3"`
	K4 string   `bun:"k4"`
	K5 string   `bun:"k5"`
	K6 string   `bun:"k6"`
	K7 string   `bun:"k7"`
	K8 string   `bun:"k8"`
	D1 law.Date `bun:"d1"`
	D2 law.Date `bun:"d2"`
	D3 law.Date `bun:"d3"`
	D4 law.Date `bun:"d4"`
	R1 int64    `bun:"r1"`
	R2 int64    `bun:"r2"`
	R3 int64    `bun:"r3"`
	R4 int64    `bun:"r4"`
}

func columnsOf(s definition.Slots) columns {
	n, k, d, r := s.N, s.K, s.D, s.R
	return columns{
		n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], k[0], k[1], k[2], k[3], k[4], k[5], k[6], k[7], d[0], d[1], d[2], d[3], r[0], r[1], r[2], r[3],
	}
}

// Subject is the record as ledger entries name it.
func (r Record) Subject() string { return "record/" + r.ID.String() }

// URL is the page of the record.
func (r Record) URL() string { return PathRecords + "/" + r.ID.String() }

// Recorded is when the record was entered.
func (r Record) Recorded() time.Time { return store.FromMicros(r.RecordedAt) }

// Values reads what the record says.
func (r Record) Values() (definition.Values, error) {
	out := definition.Values{}
	if err := json.Unmarshal([]byte(r.Data), &out); err != nil {
		return nil, fmt.Errorf("register: record %s: %w", r.ID, err)
	}
	return out, nil
}

// fill lays values into the record by its definition.
func (r *Record) fill(d *definition.Definition, v definition.Values) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	r.Edition, r.Data, r.Tags, r.Title, r.Happened, r.columns = d.Edition, string(b), d.Tagged(v), d.TitleOf(v), d.DayOf(v), columnsOf(d.Slots(v))
	if f, ok := d.PlaceField(); ok {
		r.Place = v[f.Key]
	}
	return nil
}

// Overdue reports whether the rectification should have ended before the day.
func (r Record) Overdue(d *definition.Definition, today law.Date) bool {
	return !r.Due.IsZero() && r.Due.Before(today) && !d.Ended(r.State)
}

// File is a photo or file of a record.
type File struct {
	bun.BaseModel `bun:"table:register_file,alias:rf"`

	ID      FileID           `bun:"id,pk"`
	Record  RecordID         `bun:"record_id"`
	Code    string           `bun:"code"`
	Field   string           `bun:"field"`
	Digest  string           `bun:"digest"`
	Name    string           `bun:"name"`
	Type    string           `bun:"type"`
	Size    int64            `bun:"size"`
	Look    int64            `bun:"look"`
	Account access.AccountID `bun:"account"`
	By      string           `bun:"account_name"`
	AddedAt int64            `bun:"added_at"`
	Removed store.Flag       `bun:"removed"`
	Entry   int64            `bun:"entry_id"`
}

// URL is where the file's bytes are.
func (f File) URL() string { return PathRecords + "/" + f.Record.String() + "/files/" + f.ID.String() }
