package casework

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/org"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// ReceiptBook is a run of special receipts (专用票据) printed by the treasury and given to one officer.
// Numbers are the treasury's: Fadu registers them and never makes one up.
type ReceiptBook struct {
	bun.BaseModel `bun:"table:receipt_book,alias:rb"`

	ID      int64 `bun:"id,pk"`
	Version int64 `bun:"version"`
	Entry   int64 `bun:"entry_id"`
	access.Levels
	Holder int64      `bun:"holder"` // the officer who answers for it
	Kind   string     `bun:"kind"`
	Prefix string     `bun:"prefix"`
	Width  int64      `bun:"width"` // digits of the number, with leading zeros
	First  int64      `bun:"first_no"`
	Last   int64      `bun:"last_no"`
	Next   int64      `bun:"next_no"`
	Closed store.Flag `bun:"closed"`
}

// Number prints the n-th receipt's number.
func (b ReceiptBook) Number(n int64) string { return fmt.Sprintf("%s%0*d", b.Prefix, b.Width, n) }

// Left returns how many receipts are unused.
func (b ReceiptBook) Left() int64 { return max(0, b.Last-b.Next+1) }

// Receipt is one used or voided receipt.
type Receipt struct {
	bun.BaseModel `bun:"table:receipt,alias:rc"`

	Number string    `bun:"number,pk"`
	Book   int64     `bun:"book_id"`
	Entry  int64     `bun:"entry_id"`
	State  string    `bun:"state"` // used, void, settled
	Case   CaseID    `bun:"case_id"`
	Amount law.Money `bun:"amount"`
	At     int64     `bun:"at"`
	Reason string    `bun:"reason"`
}

// The states of a receipt.
const (
	ReceiptUsed    = "used"
	ReceiptVoid    = "void"
	ReceiptSettled = "settled" // 核销
)

var receiptStateLabels = map[string]string{ReceiptUsed: "已使用", ReceiptVoid: "已作废", ReceiptSettled: "已核销"}

// BookInput registers receipts drawn from the treasury for an officer.
type BookInput struct {
	Unit   access.UnitID `json:"unit"` // zero: that of the holder
	Holder int64         `json:"holder,string"`
	Prefix string        `json:"prefix"`
	First  string        `json:"first"` // as printed, with leading zeros
	Last   string        `json:"last"`
}

// IssueReceipts registers a run of receipts (领用).
func (s *Service) IssueReceipts(ctx context.Context, by access.Session, in BookInput) error {
	scope, err := by.Require(access.MoneyReceipt)
	if err != nil {
		return err
	}
	_, _, err = s.DB.Once(ctx, by.Once("casework.receipts", in), func(tx *store.Tx) (string, error) {
		u, err := s.unitOfBook(tx, scope, in)
		if err != nil {
			return "", err
		}
		b, err := in.book(u)
		if err != nil {
			return "", err
		}
		n, err := tx.DB().NewSelect().Model((*ReceiptBook)(nil)).Where("prefix = ?", b.Prefix).Where("width = ?", b.Width).Where("first_no <= ?", b.Last).Where("last_no >= ?", b.First).Count(tx.Ctx)
		if err != nil {
			return "", err
		}
		if n > 0 {
			return "", fault.InvalidField("first", "这些号码里有已经登记领用的")
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.receipts_issued", Subject: fmt.Sprintf("receipt_book/%d", b.ID), Unit: int64(u.ID), Data: in})
		if err != nil {
			return "", err
		}
		b.Entry = int64(entry)
		return "/w/money/receipts", insert(tx, b)
	})
	return err
}

// unitOfBook is the unit that keeps the book: the one given, or that of the holder, who must be able to
// enforce today and work in the scope.
func (s *Service) unitOfBook(tx *store.Tx, scope access.Scope, in BookInput) (access.Unit, error) {
	if in.Holder == 0 {
		return access.Unit{}, fault.InvalidField("holder", "请选择领用的执法人员")
	}
	st, err := org.OfficerOn(tx, org.PersonID(in.Holder), tx.Today(), "")
	if fault.Is(err, fault.NotFound) {
		return access.Unit{}, fault.InvalidField("holder", "没有这个人")
	}
	if err != nil {
		return access.Unit{}, err
	}
	if !st.Valid {
		return access.Unit{}, fault.InvalidField("holder", "%s今天没有有效的执法资格，不能领用：%s", st.Name, strings.Join(st.Reasons, "；"))
	}
	if in.Unit == 0 {
		in.Unit = st.Unit
	}
	for field, id := range map[string]access.UnitID{"unit": in.Unit, "holder": st.Unit} {
		u, err := s.Units.UnitByID(tx, id)
		if err != nil {
			return u, err
		}
		if !scope.Covers(u) {
			return u, fault.InvalidField(field, "“%s”不在您的数据范围内", u.Name)
		}
	}
	return s.Units.UnitByID(tx, in.Unit)
}

// receiptDigits is a receipt's number without its prefix, as printed.
var (
	receiptDigits = regexp.MustCompile(`^[0-9]{1,18}$`)
	receiptPrefix = regexp.MustCompile(`^(|.{0,19}[^0-9])$`)
)

func (in BookInput) book(u access.Unit) (*ReceiptBook, error) {
	var fs fault.Fields
	in.Prefix, in.First, in.Last = strings.TrimSpace(in.Prefix), strings.TrimSpace(in.First), strings.TrimSpace(in.Last)
	if !receiptPrefix.MatchString(in.Prefix) {
		fs.Add("prefix", "冠字最多 20 个字，不能以数字结尾；数字都填在起号、止号里")
	}
	ok1, ok2 := receiptDigits.MatchString(in.First), receiptDigits.MatchString(in.Last)
	if !ok1 {
		fs.Add("first", "起号应是数字，照票面填写，前面的 0 也要填")
	}
	if !ok2 || len(in.First) != len(in.Last) {
		fs.Add("last", "止号应是数字，位数与起号相同")
	}
	first, _ := strconv.ParseInt(in.First, 10, 64) // 18 digits always fit
	last, _ := strconv.ParseInt(in.Last, 10, 64)
	if ok1 && ok2 && (last < first || last-first >= 10_000) {
		fs.Add("last", "止号不能小于起号，一次最多登记一万份")
	}
	return &ReceiptBook{ID: store.NewID(), Version: 1, Levels: u.Levels(), Holder: in.Holder, Kind: "special", Prefix: in.Prefix, Width: int64(len(in.First)), First: first, Last: last, Next: first}, fs.Err()
}

// useReceipt takes the next receipt of the officer's open books for a case.
func useReceipt(tx *store.Tx, officer int64, c *Case, amount law.Money, number string, entry ledger.EntryID) error {
	b, err := bookFor(tx, officer)
	if err != nil {
		return err
	}
	if b == nil || b.Number(b.Next) != number {
		return fault.InvalidField("receipt_no", "票据要按号码顺序使用，请核对您手里的票据")
	}
	if err := insert(tx, &Receipt{Number: number, Book: b.ID, Entry: int64(entry), State: ReceiptUsed, Case: c.ID, Amount: amount, At: store.Micros(tx.Now)}); err != nil {
		return err
	}
	res, err := tx.DB().NewUpdate().Model((*ReceiptBook)(nil)).Set("next_no = next_no + 1").Set("version = version + 1").Where("id = ?", b.ID).Where("next_no = ?", b.Next).Exec(tx.Ctx)
	return store.Updated(res, err, "票据")
}

// bookFor returns the officer's oldest open book with receipts left, or nil.
func bookFor(tx *store.Tx, officer int64) (*ReceiptBook, error) {
	var bs []ReceiptBook
	err := tx.DB().NewSelect().Model(&bs).Where("holder = ?", officer).Where("closed = 0").Where("next_no <= last_no").Order("id").Limit(1).Scan(tx.Ctx)
	if err != nil || len(bs) == 0 {
		return nil, err
	}
	return &bs[0], nil
}

// NextReceipt returns the number of the receipt that an officer must use next, or "".
func NextReceipt(tx *store.Tx, officer int64) (string, error) {
	b, err := bookFor(tx, officer)
	if b == nil || err != nil {
		return "", err
	}
	return b.Number(b.Next), nil
}

// VoidReceipt voids the next unused receipt of a book with its reason (spoilt, lost); it stays on record.
func (s *Service) VoidReceipt(ctx context.Context, by access.Session, book, version int64, why string) error {
	scope, err := by.Require(access.MoneyReceipt)
	if err != nil {
		return err
	}
	why = strings.TrimSpace(why)
	_, _, err = s.DB.Once(ctx, by.Once(fmt.Sprintf("casework.void_receipt/%d", book), []any{version, why}), func(tx *store.Tx) (string, error) {
		var b ReceiptBook
		if err := tx.DB().NewSelect().Model(&b).Where("id = ?", book).Scan(tx.Ctx); err != nil {
			return "", store.One(err, "这本票据")
		}
		if err := scope.Check(b.Levels, "这本票据"); err != nil {
			return "", err
		}
		if why == "" {
			return "", fault.InvalidField("why", "请写明作废的原因")
		}
		if b.Left() == 0 {
			return "", fault.New(fault.Conflict, "这本票据已经用完")
		}
		number := b.Number(b.Next)
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.receipt_voided", Subject: fmt.Sprintf("receipt_book/%d", book), Unit: int64(b.UnitID), Data: map[string]any{"number": number, "why": why}})
		if err != nil {
			return "", err
		}
		if err := insert(tx, &Receipt{Number: number, Book: book, Entry: int64(entry), State: ReceiptVoid, At: store.Micros(tx.Now), Reason: why}); err != nil {
			return "", err
		}
		res, err := tx.DB().NewUpdate().Model((*ReceiptBook)(nil)).Set("next_no = next_no + 1").Set("version = version + 1").Where("id = ?", book).Where("version = ?", version).Exec(tx.Ctx)
		return "/w/money/receipts", store.Updated(res, err, "这本票据")
	})
	return err
}
