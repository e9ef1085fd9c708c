package deadline

import (
	"fmt"

	"fadu/internal/law"

	"github.com/uptrace/bun"
)

// Reminder is an order of supervision (督办单): who asks whom to do what about which matter by when, and the answer.
type Reminder struct {
	bun.BaseModel `bun:"table:reminder,alias:rm"`

	ID int64 `bun:"id,pk"`
	// Year and No make its number: 督〔2026〕3号.
	Year int   `bun:"year"`
	No   int64 `bun:"number"`
	Matter
	Term string   `bun:"term"`
	Due  law.Date `bun:"due"`

	IssuedOn   law.Date `bun:"issued_on"`
	Issuer     int64    `bun:"issuer"`
	IssuerName string   `bun:"issuer_name"`
	HolderName string   `bun:"holder_name"`
	Demand     string   `bun:"demand"`
	AnswerBy   law.Date `bun:"answer_by"`
	State      string   `bun:"state"`
	Answer     string   `bun:"answer"`
	AnsweredOn law.Date `bun:"answered_on"`
	Closing    string   `bun:"closing"`
	ClosedOn   law.Date `bun:"closed_on"`
	Version    int64    `bun:"version"`
	Entry      int64    `bun:"entry_id"`
}

// Number is the order's number as it is printed.
func (r Reminder) Number() string { return fmt.Sprintf("督〔%d〕%d号", r.Year, r.No) }

// URL is the order's page.
func (r Reminder) URL() string { return fmt.Sprintf("%s/%d", PathReminders, r.ID) }

// Subject is the order as ledger entries name it.
func (r Reminder) Subject() string { return fmt.Sprintf("reminder/%d", r.ID) }
