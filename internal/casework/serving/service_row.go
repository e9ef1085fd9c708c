package serving

import (
	"strconv"

	"fadu/internal/casework"
	"fadu/internal/flow"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Row is the service of one paper; it has the paper's id.
type Row struct {
	bun.BaseModel `bun:"table:service,alias:sv"`

	ID      casework.PaperID      `bun:"id,pk"`
	Case    casework.CaseID       `bun:"case_id"`
	Entry   int64                 `bun:"entry_id"`
	Version int64                 `bun:"version"`
	State   casework.ServiceState `bun:"state"`
	// Way is how it was begun last, or served.
	Way Way `bun:"way"`
	// BegunOn is the day of the posting, commission or announcement; ServedOn the day that counts.
	BegunOn  law.Date `bun:"begun_on"`
	ServedOn law.Date `bun:"served_on"`
}

// of names the row beside the line.
func of(id casework.PaperID) string { return "service/" + id.String() }

// paperOf reads a row's name.
func paperOf(name string) casework.PaperID {
	const before = "service/"
	if len(name) <= len(before) || name[:len(before)] != before {
		return 0
	}
	n, _ := strconv.ParseInt(name[len(before):], 10, 64)
	return casework.PaperID(n)
}

// Try is one act of a service: what was done, when and with what proof. Rows are only added.
type Try struct {
	bun.BaseModel `bun:"table:service_try,alias:st"`

	ID       int64            `bun:"id,pk"`
	Service  casework.PaperID `bun:"service_id"`
	Case     casework.CaseID  `bun:"case_id"`
	Entry    int64            `bun:"entry_id"`
	Act      string           `bun:"act"`
	Way      Way              `bun:"way"`
	On       law.Date         `bun:"on_day"`
	Place    string           `bun:"place"`
	Receiver string           `bun:"receiver"`
	// Relation is the receiver's to the addressee, when it is another person.
	Relation   string `bun:"relation"`
	Reason     string `bun:"reason"`
	Proof      string `bun:"proof"`
	Person     int64  `bun:"person_id"`
	RecordedAt int64  `bun:"recorded_at"`
}

// Address is what the party confirmed (送达地址确认书).
type Address struct {
	bun.BaseModel `bun:"table:service_address,alias:sa"`

	ID         int64           `bun:"id,pk"`
	Case       casework.CaseID `bun:"case_id"`
	Entry      int64           `bun:"entry_id"`
	Address    string          `bun:"address"`
	Receiver   string          `bun:"receiver"`
	Phone      string          `bun:"phone"`
	Electronic store.Flag      `bun:"electronic"`
	Papers     string          `bun:"papers"` // those that may come electronically, one a line
	Account    string          `bun:"account"`
	Spare      string          `bun:"spare"`
	SignedOn   law.Date        `bun:"signed_on"`
	RecordedAt int64           `bun:"recorded_at"`
}

// job is a service in hand: the row, its paper and its place in the table.
type job struct {
	row   *Row
	paper casework.Paper
	place flow.Place[casework.ServiceState]
	fresh bool
}

func (j *job) track() casework.Track {
	return casework.TrackOf(of(j.row.ID), j.paper.Named(), casework.Serving, &j.place)
}

// keep writes the row as the act left it.
func (j *job) keep(tx *store.Tx, done casework.Done) error {
	j.row.State, j.row.Entry = j.place.State, int64(done.Entry)
	if j.fresh {
		j.row.Version, j.fresh = 1, false
		return insert(tx, j.row)
	}
	j.row.Version++
	return save(tx, j.row)
}
