package casework

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// BookRow is a book of receipts with how many are in which state.
type BookRow struct {
	ReceiptBook
	HolderName, UnitName string
	Used, Void, Settled  int64
	// Ready are used receipts whose cash is at the bank, so that they can be settled.
	Ready int64
}

// maxBooks bounds the list.
const maxBooks = 500

// Books returns the receipt books in the scope of money.receipt, open ones first, then the newest.
func (s *Service) Books(ctx context.Context, by access.Session) ([]BookRow, error) {
	scope, err := by.Require(access.MoneyReceipt)
	if err != nil {
		return nil, err
	}
	var out []BookRow
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		var books []ReceiptBook
		if err := scope.Where(tx.DB().NewSelect().Model(&books), "rb").Order("closed", "id DESC").Limit(maxBooks).Scan(tx.Ctx); err != nil {
			return err
		}
		out, err = s.bookRows(tx, books)
		return err
	})
	return out, err
}

func (s *Service) bookRows(tx *store.Tx, books []ReceiptBook) ([]BookRow, error) {
	if len(books) == 0 {
		return nil, nil
	}
	units, err := s.unitNames(tx)
	if err != nil {
		return nil, err
	}
	out, at, ids, people := make([]BookRow, len(books)), map[int64]*BookRow{}, make([]int64, len(books)), map[int64]string{}
	for i, b := range books {
		out[i] = BookRow{ReceiptBook: b, UnitName: units[b.UnitID]}
		at[b.ID], ids[i] = &out[i], b.ID
		if out[i].HolderName, err = nameOf(tx, people, b.Holder); err != nil {
			return nil, err
		}
	}
	var counts []struct {
		Book  int64  `bun:"book_id"`
		State string `bun:"state"`
		N     int64  `bun:"n"`
		Ready int64  `bun:"ready"`
	}
	deposited := "CASE WHEN rc.state = 'used' AND EXISTS (SELECT 1 FROM payment AS pm WHERE pm.channel = 'cash' AND pm.reference = rc.number AND pm.deposited_on <> '') THEN 1 ELSE 0 END"
	err = tx.DB().NewSelect().TableExpr("receipt AS rc").ColumnExpr("rc.book_id").ColumnExpr("rc.state").ColumnExpr("COUNT(*) AS n").ColumnExpr("CAST(SUM("+deposited+") AS BIGINT) AS ready").
		Where("rc.book_id IN (?)", bun.List(ids)).GroupExpr("rc.book_id, rc.state").Scan(tx.Ctx, &counts)
	for _, n := range counts {
		switch b := at[n.Book]; n.State {
		case ReceiptUsed:
			b.Used, b.Ready = n.N, n.Ready
		case ReceiptVoid:
			b.Void = n.N
		case ReceiptSettled:
			b.Settled = n.N
		}
	}
	return out, err
}

// BookView is a book with its receipts so far, and the decision that each was used for.
type BookView struct {
	BookRow
	Receipts []ReceiptRow
}

// ReceiptRow is a receipt with the number of the decision it was used for.
type ReceiptRow struct {
	Receipt
	DocNo string `bun:"doc_no"`
}

// Book returns one book in the scope of money.receipt.
func (s *Service) Book(ctx context.Context, by access.Session, id int64) (BookView, error) {
	scope, err := by.Require(access.MoneyReceipt)
	if err != nil {
		return BookView{}, err
	}
	var out BookView
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		var b ReceiptBook
		if err := tx.DB().NewSelect().Model(&b).Where("id = ?", id).Scan(tx.Ctx); err != nil {
			return store.One(err, "这本票据")
		}
		if err := scope.Check(b.Levels, "这本票据"); err != nil {
			return err
		}
		rows, err := s.bookRows(tx, []ReceiptBook{b})
		if err != nil {
			return err
		}
		out = BookView{BookRow: rows[0]}
		return tx.DB().NewSelect().TableExpr("receipt AS rc").ColumnExpr("rc.*").
			ColumnExpr("COALESCE((SELECT MAX(p.doc_no) FROM paper AS p WHERE p.case_id = rc.case_id AND p.kind IN (?) AND p.state <> ?), '') AS doc_no", bun.List(decisionKinds), PaperVoid).
			Where("rc.book_id = ?", id).OrderExpr("rc.number").Scan(tx.Ctx, &out.Receipts)
	})
	return out, err
}
