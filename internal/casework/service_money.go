package casework

import (
	"context"
	"fmt"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// CashInput is a fine taken in cash on the spot.
type CashInput struct {
	Amount    law.Money `json:"amount"`
	ReceiptNo string    `json:"receipt_no"`
	// HardLater: it could hardly be enforced later, with the reason; Remote, Difficult and Asked are the
	// conditions of article 69.
	HardLater bool   `json:"hard_later"`
	Why       string `json:"why"`
	Remote    bool   `json:"remote"`
	Difficult bool   `json:"difficult"`
	Asked     bool   `json:"asked"`
}

// CollectCash takes the fine in cash (处罚法六十八至七十), with the officer's next special receipt. The
// two-day clock to hand it in starts.
func (s *Service) CollectCash(ctx context.Context, by access.Session, id CaseID, version int64, in CashInput) error {
	row := &Payment{ID: store.NewID(), Version: 1, Case: id, Kind: "fine", Channel: PayCash, State: "open"}
	return s.update(ctx, by, "casework.collect", in, id, command{
		act: "collect", version: version,
		prepare: func(tx *store.Tx, c *Case, f *law.Facts) error {
			if by.Person() != c.Lead && by.Person() != c.Assist {
				return fault.New(fault.Forbidden, "当场收缴由本案执法人员用本人账号登记")
			}
			rest, err := outstanding(tx, c)
			if err != nil {
				return err
			}
			var fs fault.Fields
			if in.Amount != rest || rest <= 0 {
				fs.Add("amount", "收缴金额要与尚未缴纳的罚款一致：%s 元", rest)
			}
			if in.HardLater && strings.TrimSpace(in.Why) == "" {
				fs.Add("why", "请写明不当场收缴事后难以执行的理由")
			}
			next, err := NextReceipt(tx, by.Person())
			if err != nil {
				return err
			}
			if next != "" && in.ReceiptNo != "" && in.ReceiptNo != next {
				fs.Add("receipt_no", "票据要按号码顺序使用，您名下的下一张是 %s。票面损坏的，请内勤先登记作废", next)
			}
			if err := fs.Err(); err != nil {
				return err
			}
			src := c.ID.Subject()
			f.SetBool(law.SpecialReceipt, in.ReceiptNo != "", src)
			f.SetBool(law.ReceiptRegistered, next != "" && next == in.ReceiptNo, src)
			f.SetBool(law.HardToExecuteLater, in.HardLater, src)
			f.SetBool(law.RemoteArea, in.Remote, src)
			f.SetBool(law.PaymentDifficulty, in.Difficult, src)
			f.SetBool(law.PartyRequested, in.Asked, src)
			row.Levels, row.Amount, row.PaidOn, row.Reference, row.ReceiptNo, row.Officer = c.Levels, in.Amount, tx.Today(), in.ReceiptNo, in.ReceiptNo, by.Person()
			row.Ground, row.Note, row.RecordedAt = in.ground(), strings.TrimSpace(in.Why), store.Micros(tx.Now)
			row.HandInDue, err = s.due("当场收缴罚款交至行政机关", tx.Today())
			return err
		},
		data: func(*Case) any { return in },
		finish: func(tx *store.Tx, c *Case, entry ledger.EntryID) error {
			row.Entry = int64(entry)
			if err := useReceipt(tx, by.Person(), c, in.Amount, in.ReceiptNo, entry); err != nil {
				return err
			}
			c.PayBy = PayCash
			return addPayment(tx, row)
		},
	})
}

func (in CashInput) ground() string {
	switch {
	case in.Remote && in.Difficult && in.Asked:
		return "remote"
	case in.HardLater:
		return "hard_later"
	}
	return "small"
}

// due returns a term's last day, or the earliest possible one while the calendar of a needed year is missing.
func (s *Service) due(rule string, start law.Date) (law.Date, error) {
	d, err := s.Calendar.Earliest(rule, start, 0)
	return d.Due, err
}

// outstanding is what of the fine is not paid yet.
func outstanding(tx *store.Tx, c *Case) (law.Money, error) {
	ps, err := payments(tx, c.ID)
	if err != nil {
		return 0, err
	}
	rest := c.Amount
	for _, p := range ps {
		rest -= p.Amount
	}
	return rest, nil
}

// PaymentInput is a payment through the bank, a payment code or another electronic way.
type PaymentInput struct {
	Channel   string    `json:"channel"`
	Amount    law.Money `json:"amount"`
	PaidOn    law.Date  `json:"paid_on"`
	Reference string    `json:"reference"` // the bank's serial number
	Note      string    `json:"note"`
	// For says of what the money is; a fine where nothing is said.
	For string `json:"for,omitempty" doc:"款项：fine 罚款（不填）、gains 没收违法所得" enum:"fine,gains"`
}

// kind is the kind of payment that the input is about, or of refund.
func (in PaymentInput) kind(refund bool) string {
	switch {
	case in.For == PaidGains && refund:
		return GainsRefund
	case in.For == PaidGains:
		return PaidGains
	case refund:
		return PaidRefund
	}
	return PaidFine
}

// RecordPayment registers a payment that came in through the treasury's channel. The same reference of
// one channel can be entered once.
func (s *Service) RecordPayment(ctx context.Context, by access.Session, id CaseID, version int64, in PaymentInput) error {
	row := &Payment{ID: store.NewID(), Version: 1, Case: id, Kind: in.kind(false), Channel: in.Channel, Amount: in.Amount, PaidOn: in.PaidOn, Reference: strings.TrimSpace(in.Reference), State: "open", Note: strings.TrimSpace(in.Note)}
	return s.update(ctx, by, "casework.pay", in, id, command{
		act: "pay", version: version,
		prepare: func(tx *store.Tx, c *Case, _ *law.Facts) error { return row.checkIncoming(tx, c) },
		data:    func(*Case) any { return in },
		finish: func(tx *store.Tx, _ *Case, entry ledger.EntryID) error {
			row.Entry = int64(entry)
			return insertPayment(tx, row)
		},
	})
}

func (p *Payment) checkIncoming(tx *store.Tx, c *Case) error {
	var fs fault.Fields
	if !viaTreasury(p.Channel) {
		fs.Add("channel", "请选择缴款码、银行或者电子支付")
	}
	if p.Reference == "" {
		fs.Add("reference", "请填写缴款流水号，照回单填写")
	}
	if p.PaidOn.IsZero() || p.PaidOn.After(tx.Today()) || p.PaidOn.Before(c.DecidedOn) {
		fs.Add("paid_on", "缴款日期应在决定之日和今天之间")
	}
	rest, err := outstanding(tx, c)
	if err == nil && p.Kind == PaidGains {
		var paid law.Money
		paid, _, err = GainsPaid(tx, c.ID)
		rest = c.gainsOpen(paid)
	}
	if err != nil {
		return err
	}
	if p.Amount <= 0 || p.Amount > rest {
		fs.Add("amount", "金额应大于 0，且不超过尚未缴纳的 %s 元", rest)
	}
	p.Levels, p.RecordedAt = c.Levels, store.Micros(tx.Now)
	return fs.Err()
}

// viaTreasury reports whether money of the channel goes through the treasury's account (处罚法六十七).
func viaTreasury(channel string) bool {
	return channel == PayCode || channel == PayBank || channel == PayElectronic
}

func insertPayment(tx *store.Tx, p *Payment) error {
	n, err := tx.DB().NewSelect().Model((*Payment)(nil)).Where("channel = ?", p.Channel).Where("reference = ?", p.Reference).Count(tx.Ctx)
	if err != nil {
		return err
	}
	if n > 0 {
		return fault.InvalidField("reference", "这个流水号已经登记过")
	}
	return addPayment(tx, p)
}

// addPayment writes a new payment. Its amount, channel and kind never change afterwards.
func addPayment(tx *store.Tx, p *Payment) error {
	if err := insert(tx, p); err != nil {
		return err
	}
	c := new(Case)
	if err := tx.DB().NewSelect().Model(c).Column("id", "state", "amount", "gains", "delivered_at", "pay_from").Where("c.id = ?", p.Case).Scan(tx.Ctx); err != nil {
		return err
	}
	if err := rebalance(tx, c); err != nil {
		return err
	}
	return keptPayments.Changed(tx, p.ID, nil)
}

// HandInCash records that an officer handed cash in; whoever receives it is not the officer who took it.
func (s *Service) HandInCash(ctx context.Context, by access.Session, payment, version int64, on law.Date) error {
	return s.onCash(ctx, by, payment, version, "hand_in", on, func(tx *store.Tx, p *Payment, f *law.Facts) error {
		if !p.HandedInOn.IsZero() {
			return fault.New(fault.Conflict, "票据 %s 的罚款已经上交", p.ReceiptNo)
		}
		if on.Before(p.PaidOn) || on.After(tx.Today()) {
			return fault.InvalidField("on", "上交日期应在收缴之日和今天之间（票据 %s 是 %s 收缴的）", p.ReceiptNo, p.PaidOn)
		}
		p.HandedInOn = on
		var err error
		p.DepositDue, err = s.due("行政机关将当场收缴罚款缴付银行", on)
		f.SetBool(law.CashReceivedApart, by.Person() != p.Officer, "payment/"+fmt.Sprint(p.ID))
		f.SetDate(law.HandInDue, p.HandInDue, "payment/"+fmt.Sprint(p.ID))
		f.SetDate(law.HandedInOn, on, "payment/"+fmt.Sprint(p.ID))
		return err
	})
}

// DepositCash records that the bureau paid the cash in at the bank.
func (s *Service) DepositCash(ctx context.Context, by access.Session, payment, version int64, on law.Date) error {
	return s.onCash(ctx, by, payment, version, "deposit", on, func(tx *store.Tx, p *Payment, _ *law.Facts) error {
		if p.HandedInOn.IsZero() || !p.DepositedOn.IsZero() {
			return fault.New(fault.Conflict, "票据 %s 的罚款还没有上交，或者已经缴付银行", p.ReceiptNo)
		}
		if on.Before(p.HandedInOn) || on.After(tx.Today()) {
			return fault.InvalidField("on", "缴付日期应在上交之日和今天之间（票据 %s 是 %s 上交的）", p.ReceiptNo, p.HandedInOn)
		}
		p.DepositedOn = on
		return nil
	})
}

func (s *Service) onCash(ctx context.Context, by access.Session, payment, version int64, act string, on law.Date, f func(*store.Tx, *Payment, *law.Facts) error) error {
	_, _, err := s.DB.Once(ctx, by.Once(fmt.Sprintf("casework.%s/%d", act, payment), on), func(tx *store.Tx) (string, error) {
		var p Payment
		if err := tx.DB().NewSelect().Model(&p).Where("id = ?", payment).Where("channel = ?", PayCash).Scan(tx.Ctx); err != nil {
			return "", store.One(err, "这笔收缴")
		}
		c, err := s.run(tx, by, p.Case, command{
			act:     act,
			prepare: func(tx *store.Tx, _ *Case, facts *law.Facts) error { return f(tx, &p, facts) },
			data:    func(*Case) any { return map[string]any{"payment": fmt.Sprint(payment), "on": on} },
			finish: func(tx *store.Tx, _ *Case, entry ledger.EntryID) error {
				p.Entry, p.Version = int64(entry), version+1
				res, err := tx.DB().NewUpdate().Model(&p).WherePK().Where("version = ?", version).Exec(tx.Ctx)
				return store.Updated(res, err, "票据 "+p.ReceiptNo+" 的收缴记录")
			},
		})
		if err != nil {
			return "", err
		}
		return c.URL(), nil
	})
	return err
}

// tooMuch is what of the fine, or of the gains, is to be given back.
func tooMuch(tx *store.Tx, c *Case, gains bool) (law.Money, error) {
	if gains {
		paid, _, err := GainsPaid(tx, c.ID)
		return c.gainsOver(paid), err
	}
	rest, err := outstanding(tx, c)
	return c.overpaid(c.Amount - rest), err
}

// Refund registers that a fine was paid back (退库) after a revocation, or what was paid too much
// after a change: a negative payment with the
// treasury's reference.
func (s *Service) Refund(ctx context.Context, by access.Session, id CaseID, in PaymentInput) error {
	_, _, err := s.DB.Once(ctx, by.Once("casework.refund/"+id.String(), in), func(tx *store.Tx) (string, error) {
		scope, err := by.Require(access.MoneyReconcile)
		if err != nil {
			return "", err
		}
		c, err := load(tx, scope, id)
		if err != nil {
			return "", err
		}
		over, err := tooMuch(tx, c, in.For == PaidGains)
		if err != nil {
			return "", err
		}
		if over <= 0 {
			return "", fault.New(fault.Conflict, "决定撤销，或者变更以后有多缴的款项，才办理退库")
		}
		var fs fault.Fields
		if in.Amount <= 0 || in.Amount > over {
			fs.Add("amount", "退库金额应大于 0，且不超过多缴的 %s 元", over)
		}
		if !viaTreasury(in.Channel) {
			fs.Add("channel", "请选择退库的渠道")
		}
		if strings.TrimSpace(in.Reference) == "" {
			fs.Add("reference", "请填写退库凭证号")
		}
		if in.PaidOn.IsZero() || in.PaidOn.After(tx.Today()) {
			fs.Add("paid_on", "退库日期不能晚于今天")
		}
		if err := fs.Err(); err != nil {
			return "", err
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.refunded", Subject: id.Subject(), Unit: int64(c.UnitID), Data: in})
		if err != nil {
			return "", err
		}
		return c.URL(), insertPayment(tx, &Payment{
			ID: store.NewID(), Version: 1, Entry: int64(entry), Levels: c.Levels, Case: id, Kind: in.kind(true), Channel: in.Channel, Amount: -in.Amount,
			PaidOn: in.PaidOn, Reference: strings.TrimSpace(in.Reference), RecordedAt: store.Micros(tx.Now), State: "open", Note: strings.TrimSpace(in.Note),
		})
	})
	return err
}
