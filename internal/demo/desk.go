package demo

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"

	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
)

// reconcile imports the day's statement of the treasury with the payments that arrived.
func (f *filler) reconcile(ctx context.Context, d law.Date) error {
	rows := [][]string{casework.StatementColumns}
	var later []duePayment
	for _, p := range f.due {
		if p.day.After(d) {
			later = append(later, p)
			continue
		}
		f.lines++
		rows = append(rows, []string{p.day.String(), fmt.Sprintf("演非税%08d", f.lines), p.number, p.amount.String(), p.payer})
	}
	f.due = later
	if len(rows) == 1 {
		return nil
	}
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		return err
	}
	_, err := f.app.Cases.ImportStatement(ctx, f.sessions["cashier"], "非税对账-"+d.String()+".csv", b.Bytes())
	return err
}

// closing is the desk's evening: file what was delivered, take in cash, close what is paid.
func (f *filler) closing(ctx context.Context, last bool) error {
	clerk := f.sessions["clerk"]
	today := law.DateOf(f.clock.Now())
	var open []casework.Row
	for after := ""; ; {
		page, err := f.app.Cases.List(ctx, clerk, casework.Filter{State: string(casework.Delivered)}, after)
		if err != nil {
			return err
		}
		for _, r := range page.Rows {
			if r.Procedure != casework.ProcedureOrdinary {
				open = append(open, r)
			}
		}
		if after = page.Next; after == "" {
			break
		}
	}
	for i, r := range open {
		if last && i%4 == 1 {
			continue
		}
		if err := f.desktop(ctx, r, today); err != nil {
			return fmt.Errorf("closing %s: %w", r.DocNo, err)
		}
	}
	return nil
}

// desktop does what is due on one delivered case.
func (f *filler) desktop(ctx context.Context, r casework.Row, today law.Date) error {
	clerk, cashier := f.sessions["clerk"], f.sessions["cashier"]
	version := r.Version
	if r.FiledAt == 0 {
		if err := f.app.Cases.FileWithBureau(ctx, clerk, r.ID, version); err != nil {
			return err
		}
		version++
	}
	var payments []casework.Payment
	err := f.app.DB.View(ctx, func(tx *store.Tx) (err error) {
		payments, err = casework.Payments(tx, r.ID)
		return err
	})
	if err != nil {
		return err
	}
	paid := law.Money(0)
	for _, p := range payments {
		paid += p.Amount
		if p.Channel == casework.PayCash && p.HandedInOn.IsZero() {
			if err := f.app.Cases.HandInCash(ctx, cashier, p.ID, p.Version, today); err != nil {
				return err
			}
			if err := f.app.Cases.DepositCash(ctx, cashier, p.ID, p.Version+1, today); err != nil {
				return err
			}
			version += 2
		}
	}
	if paid < r.Amount {
		return nil
	}
	return f.app.Cases.Close(ctx, clerk, r.ID, version, "")
}
