package casework

import (
	"slices"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// The ways of paying. Scanning a payment code into the non-tax account is payment to the bank (处罚法
// 六十七), not collection on the spot: only PayCash is.
const (
	PayCode       = "code"
	PayBank       = "bank"
	PayElectronic = "electronic"
	PayCash       = "cash"
)

// Payment is money paid, or refunded (kind refund, a negative amount), for a case. References are the
// bank's or, for cash, the number of the special receipt: Fadu never makes one up.
type Payment struct {
	bun.BaseModel `bun:"table:payment,alias:pm"`

	ID      int64 `bun:"id,pk"`
	Version int64 `bun:"version"`
	Entry   int64 `bun:"entry_id"`
	access.Levels
	Case      CaseID    `bun:"case_id"`
	Kind      string    `bun:"kind"`
	Channel   string    `bun:"channel"`
	Amount    law.Money `bun:"amount"`
	PaidOn    law.Date  `bun:"paid_on"`
	Reference string    `bun:"reference"`
	ReceiptNo string    `bun:"receipt_no"`
	Officer   int64     `bun:"officer"` // who took cash
	// Ground is why cash could be taken on the spot: small, hard_later, remote.
	Ground      string   `bun:"ground"`
	RecordedAt  int64    `bun:"recorded_at"`
	HandInDue   law.Date `bun:"hand_in_due"`
	HandedInOn  law.Date `bun:"handed_in_on"`
	DepositDue  law.Date `bun:"deposit_due"`
	DepositedOn law.Date `bun:"deposited_on"`
	State       string   `bun:"state"` // open, reconciled, mismatch
	Note        string   `bun:"note"`
}

// Payments returns what was paid or refunded of the fine of a case, oldest first.
func Payments(tx *store.Tx, id CaseID) ([]Payment, error) { return payments(tx, id) }

// payments are those of the fine.
func payments(tx *store.Tx, id CaseID) ([]Payment, error) {
	all, err := allPayments(tx, id)
	return slices.DeleteFunc(slices.Clone(all), Payment.aboutGains), err
}

// allPayments are those of the fine and of confiscated gains.
func allPayments(tx *store.Tx, id CaseID) ([]Payment, error) { return ofCase[Payment](tx, id) }

// moneyFacts states what was paid.
func (s *Service) moneyFacts(tx *store.Tx, c *Case, f *law.Facts) error {
	ps, err := payments(tx, c.ID)
	if err != nil {
		return err
	}
	src := c.ID.Subject()
	sum, cash, handedIn := law.Money(0), false, true
	for _, p := range ps {
		sum += p.Amount
		if p.Channel == PayCash && p.Kind == "fine" {
			cash = true
			handedIn = handedIn && !p.HandedInOn.IsZero()
			f.SetDate(law.HandInDue, p.HandInDue, src)
			f.SetDate(law.HandedInOn, p.HandedInOn, src)
		}
	}
	if c.DeliveredAt != 0 {
		f.SetBool(law.FineCollected, c.Amount > 0 && sum >= c.Amount, src)
		f.SetBool(law.Performed, sum >= c.Amount, src)
		f.SetBool(law.CashCollected, cash, src)
		if cash {
			f.SetBool(law.CashHandedIn, handedIn, src)
		}
		f.SetBool(law.OnSpotRecorded, c.FiledAt != 0, src)
		f.SetBool(law.EndedOtherwise, false, src)
	}
	return nil
}
