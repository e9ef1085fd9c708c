package casework

import (
	"fadu/internal/law"

	"github.com/uptrace/bun"
)

// Statement is a day's list of payments from the treasury's non-tax system (非税对账单).
type Statement struct {
	bun.BaseModel `bun:"table:statement,alias:sm"`

	ID     int64  `bun:"id,pk"`
	Entry  int64  `bun:"entry_id"`
	Name   string `bun:"name"`
	Digest string `bun:"digest"`
	At     int64  `bun:"at"`
	Lines  int64  `bun:"line_count"`
}

// StatementLine is one payment of a statement and what became of it.
type StatementLine struct {
	bun.BaseModel `bun:"table:statement_line,alias:sl"`

	ID        int64     `bun:"id,pk"`
	Version   int64     `bun:"version"`
	Entry     int64     `bun:"entry_id"`
	Statement int64     `bun:"statement_id"`
	Line      int64     `bun:"line"`
	PaidOn    law.Date  `bun:"paid_on"`
	Reference string    `bun:"reference"`
	DocNo     string    `bun:"doc_no"`
	Amount    law.Money `bun:"amount"`
	Payer     string    `bun:"payer"`
	State     string    `bun:"state"`
	Payment   int64     `bun:"payment_id"`
	Note      string    `bun:"note"`

	of string // what a line that matches pays: the fine, or confiscated gains
}

// The states of a statement line.
const (
	LineMatched  = "matched"  // agrees with a payment on record, or made one
	LineMismatch = "mismatch" // a payment or decision is there, but something differs
	LineUnknown  = "unknown"  // no decision with that number
	LineSettled  = "settled"  // a person dealt with it and said how
)

var lineStateLabels = map[string]string{LineMatched: "已对上", LineMismatch: "不一致", LineUnknown: "找不到决定书", LineSettled: "已人工处理"}

// The states of a payment.
const (
	PaymentOpen       = "open"       // not on a statement yet
	PaymentReconciled = "reconciled" // agrees with a statement
	PaymentMismatch   = "mismatch"   // a statement says otherwise
)
