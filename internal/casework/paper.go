package casework

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// PaperID identifies a paper.
type PaperID int64

// String prints the identifier in decimal.
func (id PaperID) String() string { return strconv.FormatInt(int64(id), 10) }

// MarshalText prints the identifier as a decimal string.
func (id PaperID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads what MarshalText printed.
func (id *PaperID) UnmarshalText(b []byte) error {
	n, err := store.ParseID(string(b))
	*id = PaperID(n)
	return err
}

// Subject names the paper as the source of a fact.
func (id PaperID) Subject() string { return "paper/" + id.String() }

// URL is the paper's page.
func (id PaperID) URL() string { return "/w/papers/" + id.String() }

// PaperKind is a kind of enforcement document; texts.yaml has its dated text.
type PaperKind string

// The papers of the street.
const (
	OnSpotDecision   PaperKind = "onspot_decision"
	CorrectionNotice PaperKind = "correction_notice"
	InquiryNotice    PaperKind = "inquiry_notice"
	ParkingNotice    PaperKind = "parking_notice"
	EducationRecord  PaperKind = "education_record"
	CorrectionSlip   PaperKind = "correction_of_paper"
	Revocation       PaperKind = "revocation_decision"
	// PenaltyNotice tells the party what a decision is to be changed to, before it gets worse (事先告知书).
	PenaltyNotice  PaperKind = "penalty_notice"
	ChangeDecision PaperKind = "change_decision"
	PaymentTerms   PaperKind = "payment_terms_notice"
)

// The decisions of the ordinary procedure.
const (
	PenaltyDecisionKind   PaperKind = "penalty_decision"
	NoPenaltyDecisionKind PaperKind = "no_penalty_decision"
)

// decisionKinds are the decisions that end a case of either procedure.
var decisionKinds = []PaperKind{OnSpotDecision, PenaltyDecisionKind, NoPenaltyDecisionKind}

// decides reports whether the case waits for the paper: its decision, of either procedure.
func (k PaperKind) decides() bool { return slices.Contains(decisionKinds, k) }

// PaperState is what became of a paper.
type PaperState string

// A paper's number is used from PaperRendering on, whatever becomes of it.
const (
	PaperRendering PaperState = "rendering" // 出具中
	PaperIssued    PaperState = "issued"    // 已出具，待交付
	PaperDelivered PaperState = "delivered" // 已交付，有效
	PaperVoid      PaperState = "void"      // 交付前作废
	PaperRevoked   PaperState = "revoked"   // 交付后撤销
)

// Paper is a numbered document with the content that it was made from, frozen, and its bytes' digest.
type Paper struct {
	bun.BaseModel `bun:"table:paper,alias:p"`

	ID      PaperID `bun:"id,pk"`
	Version int64   `bun:"version"`
	Entry   int64   `bun:"entry_id"`
	access.Levels
	Organ  int64      `bun:"organ_id"`
	Case   CaseID     `bun:"case_id"`
	Kind   PaperKind  `bun:"kind"`
	State  PaperState `bun:"state"`
	Series int64      `bun:"series_id"`
	Year   int64      `bun:"year"`
	Number int64      `bun:"number"`
	DocNo  string     `bun:"doc_no"`
	// Code is the public verification code, printed and in the QR code.
	Code    string `bun:"code"`
	Content string `bun:"content"` // JSON of the document's data, frozen when the number was taken
	Digest  string `bun:"digest"`  // of the PDF as issued
	// SignedDigest is of the copy for the file with the signatures, made on delivery.
	SignedDigest string `bun:"signed_digest"`
	// HandFill lists characters that no font has and that are filled in by hand (手填).
	HandFill    string   `bun:"hand_fill"`
	Dated       law.Date `bun:"dated"`
	CreatedAt   int64    `bun:"created_at"`
	IssuedAt    int64    `bun:"issued_at"`
	SealedAt    int64    `bun:"sealed_at"`
	DeliveredAt int64    `bun:"delivered_at"`
	EndedAt     int64    `bun:"ended_at"`
	EndedWhy    string   `bun:"ended_why"`
	// About is the paper that a correction or revocation concerns.
	About  PaperID `bun:"about_id"`
	Prints int64   `bun:"prints"`
	// Booklet is where the number was printed of a paper written by hand; 0 for the machine's papers.
	Booklet BookletID `bun:"booklet_id"`
}

// Created returns when the number was taken: the creation date inside the PDF.
func (p Paper) Created() time.Time { return store.FromMicros(p.CreatedAt) }

// Signature is a signature under a paper, or its recorded refusal.
type Signature struct {
	bun.BaseModel `bun:"table:paper_signature,alias:sg"`

	ID      int64         `bun:"id,pk"`
	Paper   PaperID       `bun:"paper_id"`
	Entry   int64         `bun:"entry_id"`
	Role    SignatureRole `bun:"role"`
	Person  int64         `bun:"person_id"` // the officer; 0 for the party
	Account int64         `bun:"account"`   // under whose sign-in it was made
	Method  string        `bun:"method"`    // drawn, on_paper, refused
	Digest  string        `bun:"digest"`    // of the drawn image, or of the photographed paper
	At      int64         `bun:"signed_at"`
	Note    string        `bun:"note"`
}

// SignatureRole says whose signature it is.
type SignatureRole string

// The three signatures under an on-the-spot decision.
const (
	SignLead   SignatureRole = "lead"
	SignAssist SignatureRole = "assist"
	SignParty  SignatureRole = "party"
)

// Series is a block of numbers issued in advance to a unit for one kind of paper and one year.
type Series struct {
	bun.BaseModel `bun:"table:number_series,alias:ns"`

	ID      int64 `bun:"id,pk"`
	Version int64 `bun:"version"`
	Entry   int64 `bun:"entry_id"`
	access.Levels
	Organ  int64      `bun:"organ_id"`
	Kind   PaperKind  `bun:"paper_kind"`
	Year   int64      `bun:"year"`
	Prefix string     `bun:"prefix"` // 演城管当罚字
	First  int64      `bun:"first_no"`
	Last   int64      `bun:"last_no"`
	Next   int64      `bun:"next_no"`
	Closed store.Flag `bun:"closed"`
	// Presealed: the bureau sealed the pre-numbered forms of this block before issuing it.
	Presealed store.Flag `bun:"presealed"`
	Note      string     `bun:"note"`
}

// Left returns how many numbers are left.
func (s Series) Left() int64 { return max(0, s.Last-s.Next+1) }

// DocNo prints a document number in its usual form: 演城管当罚字〔2026〕第186号 — six-cornered brackets, no
// padding. Papers take the form that the bureau settled, by Wording.DocNo.
func DocNo(prefix string, year, number int64) string {
	return fmt.Sprintf("%s〔%d〕第%d号", prefix, year, number)
}
