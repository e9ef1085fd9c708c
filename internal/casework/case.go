package casework

import (
	"strconv"
	"time"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// CaseID identifies a case from its lead on.
type CaseID int64

// String prints the identifier in decimal.
func (id CaseID) String() string { return strconv.FormatInt(int64(id), 10) }

// MarshalText prints the identifier as a decimal string, as JSON carries it.
func (id CaseID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads what MarshalText printed.
func (id *CaseID) UnmarshalText(b []byte) error {
	n, err := store.ParseID(string(b))
	*id = CaseID(n)
	return err
}

// Subject is the case's subject in the ledger.
func (id CaseID) Subject() string { return "case/" + id.String() }

// State is where a case stands in the procedure; flow.go lists them.
type State string

// Case is one matter on the street: a lead, then perhaps an on-the-spot penalty.
//
// Three dates are never one field (处罚法三十六、三十七): ActFrom/ActUntil say when the violation was done
// and choose the substantive law; each step has its own day, which chooses certificate and procedure;
// DecidedOn compares old law and new.
type Case struct {
	bun.BaseModel `bun:"table:penalty_case,alias:c"`

	ID      CaseID `bun:"id,pk"`
	Version int64  `bun:"version"`
	Entry   int64  `bun:"entry_id"`
	access.Levels
	// Organ is the 执法主体 in whose name the case is handled, bound when officers are named.
	Organ int64 `bun:"organ_id"`
	State State `bun:"state"`
	// Procedure is which table the case follows; empty while a lead may still go either way. Back is the state
	// to which a side state leads back.
	Procedure ProcedureID `bun:"procedure"`
	Back      State       `bun:"back_state"`

	// Source is where the lead comes from (patrol …); FoundAt when it was found, RecordedAt when that was
	// entered: a gap of over a day is shown as 补录.
	Source     string  `bun:"source"`
	FoundAt    int64   `bun:"found_at"`
	RecordedAt int64   `bun:"recorded_at"`
	Place      string  `bun:"place"`
	Area       string  `bun:"area"`
	Latitude   float64 `bun:"latitude"`
	Longitude  float64 `bun:"longitude"`
	Summary    string  `bun:"summary"`

	// Lead and Assist are the two handling officers (org persons).
	Lead   int64 `bun:"lead_officer"`
	Assist int64 `bun:"assist_officer"`

	Party

	ActFrom    law.Date   `bun:"act_from"`
	ActUntil   law.Date   `bun:"act_until"`
	FactText   string     `bun:"fact_text"`
	FactsClear store.Flag `bun:"facts_clear"`

	Penalty

	// FiledOn is the day of 批准立案, CaseNo the number under which the case was filed; both of the ordinary
	// procedure.
	FiledOn law.Date `bun:"filed_on"`
	CaseNo  string   `bun:"case_no"`

	DecidedOn law.Date `bun:"decided_on"`
	// FileDue is by when the decision is to be reported to the bureau, as counted when it was made.
	FileDue     law.Date `bun:"file_due"`
	DeliveredAt int64    `bun:"delivered_at"`
	// PayFrom is when the term of payment began: the delivery of the decision or of its last change.
	PayFrom  int64 `bun:"pay_from"`
	FiledAt  int64 `bun:"filed_at"`
	ClosedAt int64 `bun:"closed_at"`
	// Ending says how the case ended: paid, warned, declined_slight, declined_first, ordinary, revoked, not_filed.
	Ending     string `bun:"ending"`
	EndingNote string `bun:"ending_note"`
}

// Found returns when the lead was found.
func (c Case) Found() time.Time { return store.FromMicros(c.FoundAt) }

// Delivered returns when the decision was handed over; zero before.
func (c Case) Delivered() time.Time { return store.FromMicros(c.DeliveredAt) }

// payOn returns the day from which the term of payment runs; zero before delivery.
func (c Case) payOn() law.Date {
	if c.PayFrom == 0 {
		return law.DateOf(c.Delivered())
	}
	return law.DateOf(store.FromMicros(c.PayFrom))
}

// SubstanceOn returns the day that chooses the substantive law: the end of a continuing act, else its day.
func (c Case) SubstanceOn() law.Date {
	if !c.ActUntil.IsZero() {
		return c.ActUntil
	}
	return c.ActFrom
}

// Continuing reports whether the act went on over more than one day.
func (c Case) Continuing() bool { return !c.ActUntil.IsZero() && c.ActUntil != c.ActFrom }

// PartyKind is what the law distinguishes among parties.
type PartyKind string

// The kinds. A sole trader (个体工商户) has the citizen's ceiling unless the bureau set otherwise.
const (
	Citizen     PartyKind = "citizen"
	SoleTrader  PartyKind = "sole_trader"
	LegalPerson PartyKind = "legal_person"
	OtherBody   PartyKind = "other_organisation"
)

// Party is whom the case is against. Key is what earlier cases are found by: the identity number or
// credit code, normalised; empty while identity is not established.
type Party struct {
	PartyKind    PartyKind `bun:"party_kind"`
	PartyName    string    `bun:"party_name"`
	IDKind       string    `bun:"party_id_kind"` // resident_id, uscc, passport, other
	IDNumber     string    `bun:"party_id_number"`
	PartyKey     string    `bun:"party_key"`
	PartyAddress string    `bun:"party_address"`
	PartyPhone   string    `bun:"party_phone"`
	Born         law.Date  `bun:"party_born"`
	LegalRep     string    `bun:"party_legal_rep"`
	Guardian     string    `bun:"party_guardian"`
	// IdentityBasis is how identity was established: card_seen, card_photo, police_check; self_stated and
	// unknown do not establish it.
	IdentityBasis string `bun:"party_identity_basis"`
}

// IdentityEstablished reports whether the party's identity was checked against a document or by the police.
func (p Party) IdentityEstablished() bool { return p.established() && p.PartyKey != "" }

// Penalty is what is proposed and then decided, with the version of power and benchmark that it rests on.
type Penalty struct {
	// PowerCode is what the officers chose by the day of the act; AppliedCode differs where a later law
	// is milder.
	PowerCode   string    `bun:"power_code"`
	AppliedCode string    `bun:"applied_code"`
	PowerName   string    `bun:"power_name"`
	Kinds       string    `bun:"penalty_kinds"` // 警告;罚款
	Amount      law.Money `bun:"amount"`
	Gains       law.Money `bun:"gains"`    // 没收违法所得
	Goods       law.Money `bun:"goods"`    // what the things to be confiscated are worth
	Contents    string    `bun:"contents"` // 种类：内容, a line for each kind that needs one
	Metric      string    `bun:"metric"`   // decimal text in MetricUnit, as measured
	// MetricExhibit is the number of the evidence that shows Metric; 0 for none.
	MetricExhibit int64      `bun:"metric_exhibit"`
	MetricUnit    string     `bun:"metric_unit"`
	Prior         int64      `bun:"prior_count"`
	Corrected     store.Flag `bun:"corrected"`
	Harm          string     `bun:"harm"` // none, slight, some
	Tier          string     `bun:"tier"`
	TierMin       law.Money  `bun:"tier_min"`
	TierMax       law.Money  `bun:"tier_max"`
	TierWhy       string     `bun:"tier_why"`
	Exemption     string     `bun:"exemption"` // what the exemption check found
	// ExemptionWhy is why an exemption that may be granted was not.
	ExemptionWhy string `bun:"exemption_why"`
	ChosenLaw    string `bun:"chosen_law"` // old, new or same: the outcome of 从旧兼从轻
	PayBy        string `bun:"pay_by"`     // code, bank, electronic, cash
}

// Step is something done on the street, with when it was done and when that was entered.
type Step struct {
	bun.BaseModel `bun:"table:case_step,alias:st"`

	ID         int64    `bun:"id,pk"`
	Case       CaseID   `bun:"case_id"`
	Entry      int64    `bun:"entry_id"`
	Kind       StepKind `bun:"kind"`
	DoneAt     int64    `bun:"done_at"`
	RecordedAt int64    `bun:"recorded_at"`
	Person     int64    `bun:"person_id"`
	Text       string   `bun:"body"`
	// Detail depends on the kind: 当场改正 or a date for correction, a value for measurement, a link or a
	// reason for footage.
	Detail string   `bun:"detail"`
	Due    law.Date `bun:"due"`
	// Withdrawn marks a step entered by mistake; a correcting entry says why. It counts for nothing.
	Withdrawn store.Flag `bun:"withdrawn"`
}

// Done returns when the step was done.
func (s Step) Done() time.Time { return store.FromMicros(s.DoneAt) }

// Late reports whether the step was entered more than a day after it was done (补录).
func (s Step) Late() bool { return s.RecordedAt-s.DoneAt > int64(24*time.Hour/time.Microsecond) }

// StepKind names what was done on the street.
type StepKind string

// The steps that the law asks for on every on-the-spot case.
const (
	StepShowID  StepKind = "show_id" // certificates shown
	StepTell    StepKind = "tell"    // facts, grounds and rights told
	StepHear    StepKind = "hear"    // what the party said, in its own words, or 无
	StepReview  StepKind = "review"  // the officers' answer to what the party said
	StepCorrect StepKind = "correct" // order to correct: done on the spot or by a date
	StepRecheck StepKind = "recheck" // the re-check of a correction by a date
	StepMeasure StepKind = "measure" // a measurement that a tier needs
	StepFootage StepKind = "footage" // footage linked, or the reason why not
	StepEducate StepKind = "educate" // education, with the party's promise
	StepRecusal StepKind = "recusal" // an officer was asked to withdraw, and the head's decision
)

// Photo is a photograph taken on the street. The original bytes are immutable in the blob store.
type Photo struct {
	bun.BaseModel `bun:"table:case_photo,alias:ph"`

	ID        int64   `bun:"id,pk"`
	Case      CaseID  `bun:"case_id"`
	Entry     int64   `bun:"entry_id"`
	Digest    string  `bun:"digest"`
	Type      string  `bun:"media_type"`
	Size      int64   `bun:"size"`
	Caption   string  `bun:"caption"`
	Place     string  `bun:"place"`
	TakenAt   int64   `bun:"taken_at"`
	Latitude  float64 `bun:"latitude"`
	Longitude float64 `bun:"longitude"`
	Person    int64   `bun:"person_id"`
}

// Taken returns when the photograph was taken.
func (p Photo) Taken() time.Time { return store.FromMicros(p.TakenAt) }

// Fact is a fact stated by a satellite slice in its own transaction.
type Fact struct {
	bun.BaseModel `bun:"table:case_fact,alias:f"`

	Case   CaseID `bun:"case_id,pk"`
	Key    string `bun:"key,pk"`
	Value  string `bun:"value"` // JSON
	Source string `bun:"source"`
	Entry  int64  `bun:"entry_id"`
	At     int64  `bun:"at"`
}
