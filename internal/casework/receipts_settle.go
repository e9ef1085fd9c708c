package casework

import (
	"context"
	"fmt"
	"slices"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// SettleReceipts settles the used receipts of a book (核销) whose cash has been paid in at the bank, and
// returns how many they were. A book with no receipt left, all of them settled or void, is closed.
func (s *Service) SettleReceipts(ctx context.Context, by access.Session, book, version int64) (int, error) {
	scope, err := by.Require(access.MoneyReceipt)
	if err != nil {
		return 0, err
	}
	n := 0
	_, _, err = s.DB.Once(ctx, by.Once(fmt.Sprintf("casework.settle_receipts/%d", book), version), func(tx *store.Tx) (string, error) {
		n = 0
		var b ReceiptBook
		if err := tx.DB().NewSelect().Model(&b).Where("id = ?", book).Scan(tx.Ctx); err != nil {
			return "", store.One(err, "这本票据")
		}
		if err := scope.Check(b.Levels, "这本票据"); err != nil {
			return "", err
		}
		numbers, err := depositedReceipts(tx, book)
		if err != nil {
			return "", err
		}
		if len(numbers) == 0 {
			return "", fault.New(fault.Conflict, "没有可以核销的票据：已使用的票据，要等款项缴付银行后才能核销")
		}
		n = len(numbers)
		return "/w/money/receipts", settle(tx, by, &b, version, numbers)
	})
	return n, err
}

// depositedReceipts are the numbers of the book's used receipts whose cash is at the bank.
func depositedReceipts(tx *store.Tx, book int64) ([]string, error) {
	var numbers []string
	err := tx.DB().NewSelect().TableExpr("receipt AS rc").ColumnExpr("rc.number").
		Where("rc.book_id = ?", book).Where("rc.state = ?", ReceiptUsed).
		Where("EXISTS (SELECT 1 FROM payment pm WHERE pm.channel = ? AND pm.reference = rc.number AND pm.deposited_on <> '')", PayCash).
		OrderExpr("rc.number").Scan(tx.Ctx, &numbers)
	return numbers, err
}

func settle(tx *store.Tx, by access.Session, b *ReceiptBook, version int64, numbers []string) error {
	entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.receipts_returned", Subject: fmt.Sprintf("receipt_book/%d", b.ID), Unit: int64(b.UnitID), Data: map[string]any{"numbers": numbers}})
	if err != nil {
		return err
	}
	for part := range slices.Chunk(numbers, 500) {
		if _, err := tx.DB().NewUpdate().Model((*Receipt)(nil)).Set("state = ?", ReceiptSettled).Set("entry_id = ?", entry).
			Where("number IN (?)", bun.List(part)).Where("state = ?", ReceiptUsed).Exec(tx.Ctx); err != nil {
			return err
		}
	}
	used, err := tx.DB().NewSelect().Model((*Receipt)(nil)).Where("book_id = ?", b.ID).Where("state = ?", ReceiptUsed).Count(tx.Ctx)
	if err != nil {
		return err
	}
	b.Closed = store.Flag(used == 0 && b.Left() == 0)
	b.Entry, b.Version = int64(entry), version+1
	res, err := tx.DB().NewUpdate().Model(b).WherePK().Where("version = ?", version).Exec(tx.Ctx)
	return store.Updated(res, err, "这本票据")
}
