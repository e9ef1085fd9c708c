package org

import (
	"strconv"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// SubjectID identifies a 执法主体; 0 is none.
type SubjectID int64

// String prints the identifier in decimal.
func (id SubjectID) String() string { return strconv.FormatInt(int64(id), 10) }

// MarshalText prints the identifier as a decimal string, as JSON carries it.
func (id SubjectID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads what MarshalText printed.
func (id *SubjectID) UnmarshalText(b []byte) error {
	n, err := store.ParseID(string(b))
	*id = SubjectID(n)
	return err
}

// Subject is the 执法主体's subject in the ledger.
func (id SubjectID) Subject() string { return "subject/" + id.String() }

// Basis is on what a 执法主体's power to punish rests.
type Basis string

// The bases: an organ by statute (处罚法17), an organisation authorised by law or regulation (19), a town
// or street entrusted by the province's decision (24), an organisation mandated in writing (20, 21),
// which acts in the mandator's name.
const (
	ByStatute       Basis = "statute"
	ByAuthorisation Basis = "authorisation"
	ByEntrustment   Basis = "entrustment"
	ByMandate       Basis = "mandate"
)

// Subject is a 执法主体: the body in whose name decisions are made. It is not the tree of units: header,
// seal, number, remedy text and the check of standing come from it.
type Subject struct {
	bun.BaseModel `bun:"table:org_subject,alias:sb"`

	ID   SubjectID `bun:"id,pk"`
	Name string    `bun:"name"`
	// USCC is the 统一社会信用代码.
	USCC          string   `bun:"uscc"`
	Basis         Basis    `bun:"basis"`
	BasisDocument string   `bun:"basis_document"`
	From          law.Date `bun:"from_on"`
	Until         law.Date `bun:"until_on"`
	// Mandator is in whose name a mandated organisation acts.
	Mandator SubjectID `bun:"mandator_id"`
	// Powers says in words what it may do; Areas where.
	Powers  string `bun:"powers"`
	Areas   []Area `bun:"areas,type:text"`
	Address string `bun:"address"`
	Phone   string `bun:"phone"`
	// Seal says which seal is used and who keeps it.
	Seal string `bun:"seal"`
	// ReviewOrgan (复议机关) and Court (管辖法院) are named in every decision.
	ReviewOrgan string `bun:"review_organ"`
	Court       string `bun:"court"`
	// CollectionCode is the 执收单位编码 of the 非税 system.
	CollectionCode string `bun:"collection_code"`
	// Prefix is the 机关代字 with which its numbers begin: 演城管.
	Prefix string `bun:"prefix"`

	// Levels are those of the unit that keeps the record.
	access.Levels

	Batch   int64          `bun:"batch_id"`
	Version int64          `bun:"version"`
	Entry   ledger.EntryID `bun:"entry_id"`
}

// On reports whether the subject has its power on the day.
func (s Subject) On(d law.Date) bool { return d.Within(s.From, s.Until) }

// Binding says that a unit acts in the name of a subject, from a day until another, both included.
type Binding struct {
	bun.BaseModel `bun:"table:org_subject_unit,alias:bi"`

	ID       int64          `bun:"id,pk"`
	Subject  SubjectID      `bun:"subject_id"`
	Unit     access.UnitID  `bun:"unit_id"`
	From     law.Date       `bun:"from_on"`
	Until    law.Date       `bun:"until_on"`
	Annulled store.Flag     `bun:"annulled"`
	Batch    int64          `bun:"batch_id"`
	Version  int64          `bun:"version"`
	Entry    ledger.EntryID `bun:"entry_id"`
}

// On reports whether the binding holds on the day.
func (b Binding) On(d law.Date) bool { return !bool(b.Annulled) && d.Within(b.From, b.Until) }

// Acting is in whose name a unit acts on a day: the subject itself, or the mandator of the organisation
// that is bound to the unit, which is then named by Delegate.
type Acting struct {
	Subject
	Delegate string
}
