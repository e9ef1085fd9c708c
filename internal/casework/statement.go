package casework

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
	"github.com/xuri/excelize/v2"
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
}

// The states of a statement line.
const (
	LineMatched  = "matched"  // agrees with a payment on record, or made one
	LineMismatch = "mismatch" // a payment or decision is there, but something differs
	LineUnknown  = "unknown"  // no decision with that number
	LineSettled  = "settled"  // a person dealt with it and said how
)

var lineStateLabels = map[string]string{LineMatched: "已对上", LineMismatch: "不一致", LineUnknown: "找不到决定书", LineSettled: "已人工处理"}

// StatementColumns are the headings that a statement file must have, in any order.
var StatementColumns = []string{"缴款日期", "流水号", "决定书文号", "金额", "缴款人"}

// maxStatementLines bounds one file.
const maxStatementLines = 20_000

// ParseStatement reads a CSV or XLSX statement. Every bad line is named; a file with one is refused
// whole, since a bank's file is not mended by hand.
func ParseStatement(name string, data []byte) ([]StatementLine, error) {
	rows, err := statementRows(name, data)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fault.New(fault.Invalid, "文件是空的")
	}
	at := map[string]int{}
	for i, h := range rows[0] {
		at[strings.TrimSpace(strings.TrimPrefix(h, "\ufeff"))] = i
	}
	for _, c := range StatementColumns {
		if _, ok := at[c]; !ok {
			return nil, fault.New(fault.Invalid, "第 1 行缺“%s”这一列。对账单应有：%s", c, strings.Join(StatementColumns, "、"))
		}
	}
	var out []StatementLine
	var fs fault.Fields
	seen := map[string]int{}
	for i, r := range rows[1:] {
		n := i + 2
		get := func(c string) string {
			if j := at[c]; j < len(r) {
				return strings.TrimSpace(r[j])
			}
			return ""
		}
		if strings.Join(r, "") == "" {
			continue
		}
		l := StatementLine{Line: int64(n), Reference: get("流水号"), DocNo: get("决定书文号"), Payer: get("缴款人")}
		if l.PaidOn, err = law.ParseDate(get("缴款日期")); err != nil {
			fs.Add(fmt.Sprintf("第 %d 行 缴款日期", n), "%s", err.Error())
		}
		if l.Amount, err = law.ParseMoney(get("金额")); err != nil || l.Amount <= 0 {
			fs.Add(fmt.Sprintf("第 %d 行 金额", n), "“%s”不是大于 0 的金额", get("金额"))
		}
		if l.Reference == "" {
			fs.Add(fmt.Sprintf("第 %d 行 流水号", n), "没有流水号")
		} else if first, dup := seen[l.Reference]; dup {
			fs.Add(fmt.Sprintf("第 %d 行 流水号", n), "与第 %d 行重复", first)
		}
		seen[l.Reference] = n
		out = append(out, l)
		if len(out) > maxStatementLines {
			return nil, fault.New(fault.Invalid, "一份对账单最多 %d 行，请分开导入", maxStatementLines)
		}
	}
	return out, fs.Err()
}

func statementRows(name string, data []byte) ([][]string, error) {
	if strings.HasSuffix(strings.ToLower(name), ".xlsx") {
		f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: 64 << 20, UnzipXMLSizeLimit: 32 << 20, RawCellValue: false})
		if err != nil {
			return nil, fault.New(fault.Invalid, "这个文件不是可读的 Excel 工作簿")
		}
		defer f.Close()
		rows, err := f.GetRows(f.GetSheetName(0))
		if err != nil {
			return nil, fault.New(fault.Invalid, "读不出第一张工作表：%v", err)
		}
		return rows, nil
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	var rows [][]string
	for {
		row, err := r.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, fault.New(fault.Invalid, "CSV 第 %d 行读不懂：%v", len(rows)+1, err)
		}
		rows = append(rows, row)
	}
}

// ImportStatement matches a statement against the payments on record: a line with a known reference and
// amount reconciles its payment; one with a known decision and nothing on record makes the payment;
// everything else waits for a person. The same file is taken once.
func (s *Service) ImportStatement(ctx context.Context, by access.Session, name string, data []byte) (id int64, err error) {
	if _, err := by.Require(access.MoneyReconcile); err != nil {
		return 0, err
	}
	lines, err := ParseStatement(name, data)
	if err != nil {
		return 0, err
	}
	sum := sha256.Sum256(data)
	st := &Statement{ID: store.NewID(), Name: name, Digest: hex.EncodeToString(sum[:]), Lines: int64(len(lines))}
	err = s.DB.Update(ctx, func(tx *store.Tx) error {
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.statement_imported", Subject: fmt.Sprintf("statement/%d", st.ID), Unit: int64(by.Unit().ID), Data: map[string]any{"name": name, "digest": st.Digest, "lines": len(lines)}})
		st.Entry, st.At = int64(entry), store.Micros(tx.Now)
		if err != nil {
			return err
		}
		err = insert(tx, st)
		if store.Duplicate(err) {
			return fault.New(fault.Conflict, "这份对账单已经导入过")
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	for i := range lines {
		l := &lines[i]
		l.ID, l.Version, l.Statement = store.NewID(), 1, st.ID
		if err := s.DB.Update(ctx, func(tx *store.Tx) error { return s.match(tx, by, l) }); err != nil {
			return st.ID, fmt.Errorf("casework: statement line %d: %w", l.Line, err)
		}
	}
	return st.ID, nil
}

// match decides one line.
func (s *Service) match(tx *store.Tx, by access.Session, l *StatementLine) error {
	var known []Payment
	if err := tx.DB().NewSelect().Model(&known).Where("reference = ?", l.Reference).Where("channel <> ?", PayCash).Limit(1).Scan(tx.Ctx); err != nil {
		return err
	}
	l.State, l.Note = LineUnknown, "没有这个文号的决定书"
	var c *Case
	if len(known) > 0 {
		l.Payment = known[0].ID
		l.State, l.Note = LineMatched, ""
		if known[0].Amount != l.Amount {
			l.State, l.Note = LineMismatch, fmt.Sprintf("登记的是 %s 元，对账单是 %s 元", known[0].Amount, l.Amount)
		}
	} else {
		var err error
		if c, err = s.caseOfLine(tx, l); err != nil {
			return err
		}
	}
	entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.statement_matched", Subject: fmt.Sprintf("statement/%d", l.Statement), Data: map[string]any{"line": l.Line, "reference": l.Reference, "doc_no": l.DocNo, "amount": l.Amount, "state": l.State, "note": l.Note}})
	if err != nil {
		return err
	}
	l.Entry = int64(entry)
	if c != nil {
		p := &Payment{ID: store.NewID(), Version: 1, Entry: int64(entry), Levels: c.Levels, Case: c.ID, Kind: "fine", Channel: PayCode, Amount: l.Amount, PaidOn: l.PaidOn, Reference: l.Reference, RecordedAt: store.Micros(tx.Now), State: "reconciled", Note: "对账导入"}
		l.Payment = p.ID
		if err := insertPayment(tx, p); err != nil {
			return err
		}
	} else if l.State == LineMatched {
		if _, err := tx.Exec(`UPDATE payment SET state = 'reconciled', entry_id = ?, version = version + 1 WHERE id = ?`, entry, l.Payment); err != nil {
			return err
		}
	}
	return insert(tx, l)
}

// caseOfLine finds the delivered case whose fine the line pays; nil when a person must look.
func (s *Service) caseOfLine(tx *store.Tx, l *StatementLine) (*Case, error) {
	var ps []Paper
	if err := tx.DB().NewSelect().Model(&ps).Where("doc_no = ?", l.DocNo).Where("kind = ?", OnSpotDecision).Scan(tx.Ctx); err != nil || len(ps) == 0 {
		return nil, err
	}
	c := new(Case)
	if err := tx.DB().NewSelect().Model(c).Where("id = ?", ps[0].Case).Scan(tx.Ctx); err != nil {
		return nil, err
	}
	rest, err := outstanding(tx, c)
	if err != nil {
		return nil, err
	}
	switch {
	case c.State != Delivered:
		l.State, l.Note = LineMismatch, "案件现在是“"+OnSpot.Label(c.State)+"”，不能自动登记缴款"
	case l.Amount != rest:
		l.State, l.Note = LineMismatch, fmt.Sprintf("尚未缴纳 %s 元，对账单是 %s 元", rest, l.Amount)
	default:
		l.State, l.Note = LineMatched, ""
		return c, nil
	}
	return nil, nil
}

// SettleLine records how a person dealt with a line that did not match.
func (s *Service) SettleLine(ctx context.Context, by access.Session, id, version int64, note string) error {
	if _, err := by.Require(access.MoneyReconcile); err != nil {
		return err
	}
	note = strings.TrimSpace(note)
	_, _, err := s.DB.Once(ctx, by.Once(fmt.Sprintf("casework.settle_line/%d", id), note), func(tx *store.Tx) (string, error) {
		if note == "" {
			return "", invalid("note", "请写明怎样处理的")
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.statement_matched", Subject: fmt.Sprintf("statement_line/%d", id), Data: map[string]any{"settled": note}})
		if err != nil {
			return "", err
		}
		res, err := tx.Exec(`UPDATE statement_line SET state = ?, note = ?, entry_id = ?, version = version + 1 WHERE id = ? AND version = ? AND state IN (?, ?)`, LineSettled, note, entry, id, version, LineMismatch, LineUnknown)
		return "/w/money/statements", store.Updated(res, err, "这一行")
	})
	return err
}
