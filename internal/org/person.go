package org

import (
	"strconv"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// PersonID identifies a person; 0 is nobody.
type PersonID int64

// String prints the identifier in decimal.
func (id PersonID) String() string { return strconv.FormatInt(int64(id), 10) }

// MarshalText prints the identifier as a decimal string, as JSON carries it.
func (id PersonID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads what MarshalText printed.
func (id *PersonID) UnmarshalText(b []byte) error {
	n, err := store.ParseID(string(b))
	*id = PersonID(n)
	return err
}

// Subject is the person's subject in the ledger.
func (id PersonID) Subject() string { return "person/" + id.String() }

// PersonKind says in what capacity somebody works. It belongs to a posting, since an auxiliary who is
// recruited becomes an officer from a day on.
type PersonKind string

// The kinds. Officer is 在编在岗的执法人员; Auxiliary is 协管 and can never handle a case.
const (
	OfficerStaff   PersonKind = "officer"
	AuxiliaryStaff PersonKind = "auxiliary"
	OtherStaff     PersonKind = "other"
)

// Person is somebody who works or worked in the bureau. Kind and the unit are those of the latest
// posting.
type Person struct {
	bun.BaseModel `bun:"table:org_person,alias:p"`

	ID          PersonID   `bun:"id,pk"`
	Name        string     `bun:"name"`
	StaffNumber string     `bun:"staff_number"`
	Kind        PersonKind `bun:"kind"`
	Phone       string     `bun:"phone"`
	// Identity is the 公民身份号码, checked; pages mask it and the ledger never has it in full.
	Identity string `bun:"identity_number"`
	Note     string `bun:"note"`
	// LeftOn is the last day in the bureau; zero while the person is here.
	LeftOn     law.Date `bun:"left_on"`
	LeftReason string   `bun:"left_reason"`

	LegalQualification
	access.Levels

	Batch   int64          `bun:"batch_id"`
	Version int64          `bun:"version"`
	Entry   ledger.EntryID `bun:"entry_id"`
}

// Here reports whether the person belongs to the bureau on the day.
func (p Person) Here(on law.Date) bool { return p.LeftOn.IsZero() || !on.After(p.LeftOn) }

// PostingID identifies a posting.
type PostingID int64

// String prints the identifier in decimal.
func (id PostingID) String() string { return strconv.FormatInt(int64(id), 10) }

// Posting is a person's place in a unit with a post (职务) from a day until another, both included.
// Postings of a person never overlap, so that on any day there is one main unit at most. An annulled
// posting was entered in error.
type Posting struct {
	bun.BaseModel `bun:"table:org_posting,alias:po"`

	ID     PostingID  `bun:"id,pk"`
	Person PersonID   `bun:"person_id"`
	Kind   PersonKind `bun:"kind"`
	Post   string     `bun:"post"`
	From   law.Date   `bun:"from_on"`
	Until  law.Date   `bun:"until_on"`
	// Reason is why the posting began, or why it was corrected.
	Reason   string     `bun:"reason"`
	Annulled store.Flag `bun:"annulled"`
	// RecordedOn is the day of entry; a later one than From is shown as 补录.
	RecordedOn law.Date `bun:"recorded_on"`

	access.Levels

	Batch   int64          `bun:"batch_id"`
	Version int64          `bun:"version"`
	Entry   ledger.EntryID `bun:"entry_id"`
}

// On reports whether the posting holds on the day.
func (p Posting) On(d law.Date) bool { return !bool(p.Annulled) && d.Within(p.From, p.Until) }

// RecordedLate reports an entry made after the posting had begun.
func (p Posting) RecordedLate() bool { return p.RecordedOn.After(p.From) }

// AbsenceID identifies an absence.
type AbsenceID int64

// String prints the identifier in decimal.
func (id AbsenceID) String() string { return strconv.FormatInt(int64(id), 10) }

// Absence (离岗) is a time in which a person is on the rolls but does no work here: secondment, long
// illness, study, suspension from duty. Both days are included; a zero Until is open.
type Absence struct {
	bun.BaseModel `bun:"table:org_absence,alias:ab"`

	ID       AbsenceID      `bun:"id,pk"`
	Person   PersonID       `bun:"person_id"`
	From     law.Date       `bun:"from_on"`
	Until    law.Date       `bun:"until_on"`
	Reason   string         `bun:"reason"`
	Annulled store.Flag     `bun:"annulled"`
	Version  int64          `bun:"version"`
	Entry    ledger.EntryID `bun:"entry_id"`
}

// On reports whether the person is absent on the day.
func (a Absence) On(d law.Date) bool { return !bool(a.Annulled) && d.Within(a.From, a.Until) }
