package casework

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// matchChunk is how many lines one update decides.
const matchChunk = 10

// ImportStatement matches a statement against the payments on record: a line with a known reference and
// amount reconciles its payment; one with a known decision and nothing on record makes the payment;
// everything else waits for a person. The same file is taken once; one whose import was interrupted is
// continued where it stopped.
func (s *Service) ImportStatement(ctx context.Context, by access.Session, name string, data []byte) (id int64, err error) {
	scope, err := by.Require(access.MoneyReconcile)
	if err != nil {
		return 0, err
	}
	lines, err := ParseStatement(data)
	if err != nil {
		return 0, err
	}
	if id, err = s.openStatement(ctx, by, name, data, len(lines)); err != nil {
		return 0, err
	}
	for part := range slices.Chunk(lines, matchChunk) {
		if err := s.DB.Update(ctx, func(tx *store.Tx) error { return s.matchAll(tx, by, scope, id, part) }); err != nil {
			return id, fmt.Errorf("casework: statement %d from line %d: %w", id, part[0].Line, err)
		}
	}
	return id, nil
}

// openStatement records the file, or finds the one whose import was interrupted.
func (s *Service) openStatement(ctx context.Context, by access.Session, name string, data []byte, lines int) (id int64, err error) {
	sum := sha256.Sum256(data)
	digest := hex.EncodeToString(sum[:])
	location, _, err := s.DB.Once(ctx, by.Once("casework.statement", []string{name, digest}), func(tx *store.Tx) (string, error) {
		var known []Statement
		if err := tx.DB().NewSelect().Model(&known).Where("digest = ?", digest).Scan(tx.Ctx); err != nil {
			return "", err
		}
		if len(known) > 0 {
			id = known[0].ID
			done, err := tx.DB().NewSelect().Model((*StatementLine)(nil)).Where("statement_id = ?", id).Count(tx.Ctx)
			if err == nil && int64(done) >= known[0].Lines {
				err = &fault.Error{Kind: fault.Conflict, Message: "这份对账单已经导入过", Location: statementURL(id)}
			}
			return statementURL(id), err
		}
		st := &Statement{ID: store.NewID(), Name: clip(strings.TrimSpace(name), 120), Digest: digest, At: store.Micros(tx.Now), Lines: int64(lines)}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.statement_imported", Subject: fmt.Sprintf("statement/%d", st.ID), Unit: int64(by.Unit().ID), Data: map[string]any{"name": st.Name, "digest": digest, "lines": lines}})
		if err != nil {
			return "", err
		}
		st.Entry = int64(entry)
		return statementURL(st.ID), insert(tx, st)
	})
	if err != nil {
		return 0, err
	}
	return store.ParseID(path.Base(location))
}

func statementURL(id int64) string { return fmt.Sprintf("/w/money/statements/%d", id) }

// matchAll decides the lines that were not decided before.
func (s *Service) matchAll(tx *store.Tx, by access.Session, scope access.Scope, statement int64, lines []StatementLine) error {
	numbers := make([]int64, len(lines))
	for i, l := range lines {
		numbers[i] = l.Line
	}
	var done []int64
	if err := tx.DB().NewSelect().Model((*StatementLine)(nil)).Column("line").Where("statement_id = ?", statement).Where("line IN (?)", bun.List(numbers)).Scan(tx.Ctx, &done); err != nil {
		return err
	}
	for _, l := range lines {
		if slices.Contains(done, l.Line) {
			continue
		}
		l.ID, l.Version, l.Statement = store.NewID(), 1, statement
		if err := s.match(tx, by, scope, &l); err != nil {
			return err
		}
	}
	return nil
}

// match decides one line.
func (s *Service) match(tx *store.Tx, by access.Session, scope access.Scope, l *StatementLine) error {
	known, err := knownPayments(tx, scope, l.Reference)
	if err != nil {
		return err
	}
	var c *Case
	of := PaidFine
	subject := fmt.Sprintf("statement/%d", l.Statement)
	if len(known) > 0 {
		subject = known[0].Case.Subject()
		if err := compare(tx, l, known); err != nil {
			return err
		}
	} else if c, err = s.caseOfLine(tx, scope, l); err != nil {
		return err
	}
	kind := "casework.statement_matched"
	if c != nil {
		kind, subject = "casework.paid", c.ID.Subject()
		of = l.of
	}
	entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: subject, Unit: int64(by.Unit().ID), Data: map[string]any{"statement": fmt.Sprint(l.Statement), "line": l.Line, "paid_on": l.PaidOn, "reference": l.Reference, "doc_no": l.DocNo, "amount": l.Amount, "state": l.State, "note": l.Note}})
	if err != nil {
		return err
	}
	l.Entry = int64(entry)
	switch {
	case c != nil:
		p := &Payment{ID: store.NewID(), Version: 1, Entry: int64(entry), Levels: c.Levels, Case: c.ID, Kind: of, Channel: PayCode, Amount: l.Amount, PaidOn: l.PaidOn, Reference: l.Reference, RecordedAt: store.Micros(tx.Now), State: PaymentReconciled, Note: "对账导入"}
		l.Payment = p.ID
		if err := insertPayment(tx, p); err != nil {
			return err
		}
		if err := s.reread(tx, int64(c.ID)); err != nil {
			return err
		}
	case l.Payment != 0:
		state := PaymentReconciled
		if l.State == LineMismatch {
			state = PaymentMismatch
		}
		if _, err := tx.Exec(`UPDATE payment SET state = ?, entry_id = ?, version = version + 1 WHERE id = ?`, state, entry, l.Payment); err != nil {
			return err
		}
	}
	return insert(tx, l)
}

// knownPayments are the payments in the scope that were registered with the reference. Cash has the
// numbers of receipts, which are no references of the treasury.
func knownPayments(tx *store.Tx, scope access.Scope, reference string) ([]Payment, error) {
	var known []Payment
	q := tx.DB().NewSelect().Model(&known).Where("pm.reference = ?", reference).Where("pm.channel <> ?", PayCash).Where("pm.kind IN (?, ?)", PaidFine, PaidGains).Order("id")
	return known, scope.Where(q, "pm").Scan(tx.Ctx)
}

// compare says whether the payment on record is what the line says.
func compare(tx *store.Tx, l *StatementLine, known []Payment) error {
	p := known[0]
	l.Payment, l.State, l.Note = p.ID, LineMatched, ""
	var differs []string
	if len(known) > 1 {
		differs = append(differs, fmt.Sprintf("这个流水号登记了 %d 笔缴款", len(known)))
	}
	if p.Amount != l.Amount {
		differs = append(differs, fmt.Sprintf("登记的是 %s 元，对账单是 %s 元", p.Amount.Grouped(), l.Amount.Grouped()))
	}
	if l.DocNo != "" {
		same, err := tx.DB().NewSelect().Model((*Paper)(nil)).Where("case_id = ?", p.Case).Where("kind IN (?)", bun.List(decisionKinds)).Where("doc_no IN (?)", bun.List(DocNoForms(l.DocNo))).Count(tx.Ctx)
		if err != nil {
			return err
		}
		if same == 0 {
			differs = append(differs, "登记在另一份决定书上")
		}
	}
	if len(differs) > 0 {
		l.State, l.Note = LineMismatch, strings.Join(differs, "；")
	}
	return nil
}

// caseOfLine finds the delivered case whose fine the line pays; nil when a person must look.
func (s *Service) caseOfLine(tx *store.Tx, scope access.Scope, l *StatementLine) (*Case, error) {
	l.State, l.Note = LineUnknown, "没有这个文号的决定书"
	if l.DocNo == "" {
		l.Note = "对账单上没有写文号"
		return nil, nil
	}
	var ps []Paper
	q := tx.DB().NewSelect().Model(&ps).Where("p.doc_no <> ''").Where("p.doc_no IN (?)", bun.List(DocNoForms(l.DocNo))).Where("p.kind IN (?)", bun.List(decisionKinds))
	if err := scope.Where(q, "p").Scan(tx.Ctx); err != nil || len(ps) == 0 {
		return nil, err
	}
	c := new(Case)
	if err := tx.DB().NewSelect().Model(c).Where("c.id = ?", ps[0].Case).Scan(tx.Ctx); err != nil {
		return nil, err
	}
	rest, err := outstanding(tx, c)
	if err != nil {
		return nil, err
	}
	part, err := openPart(tx, c)
	if err != nil {
		return nil, err
	}
	taken, _, err := GainsPaid(tx, c.ID)
	if err != nil {
		return nil, err
	}
	gains := c.gainsOpen(taken)
	l.State, l.of = LineMismatch, PaidFine
	switch {
	case ps[0].State == PaperVoid:
		l.Note = "这份决定书已经作废"
	case !c.owes():
		l.Note = "案件现在是“" + c.StateLabel() + "”，不能自动登记缴款"
	case l.PaidOn.Before(c.DecidedOn), l.PaidOn.After(tx.Today()):
		l.Note = fmt.Sprintf("缴款日期 %s 不在决定之日 %s 和今天之间", l.PaidOn, c.DecidedOn)
	case gains > 0 && l.Amount == gains && l.Amount != rest && l.Amount != part:
		l.State, l.Note, l.of = LineMatched, "", PaidGains
		return c, nil
	case gains > 0 && l.Amount == gains:
		l.Note = "罚款和没收的违法所得都还差这个数额，分不清缴的是哪一项，请照回单人工登记"
	case gains > 0 && l.Amount != rest && l.Amount != part:
		l.Note = fmt.Sprintf("罚款尚未缴纳 %s 元，没收的违法所得尚未缴纳 %s 元，对账单是 %s 元", rest.Grouped(), gains.Grouped(), l.Amount.Grouped())
	case l.Amount != rest && l.Amount != part: // nor the instalment that is due next
		l.Note = fmt.Sprintf("尚未缴纳 %s 元，对账单是 %s 元", rest.Grouped(), l.Amount.Grouped())
	default:
		l.State, l.Note = LineMatched, ""
		return c, nil
	}
	return nil, nil
}

// SettleLine records how a person dealt with a line that did not match. What a payment on record said
// differently counts as explained.
func (s *Service) SettleLine(ctx context.Context, by access.Session, id, version int64, note string) error {
	if _, err := by.Require(access.MoneyReconcile); err != nil {
		return err
	}
	note = strings.TrimSpace(note)
	_, _, err := s.DB.Once(ctx, by.Once(fmt.Sprintf("casework.settle_line/%d", id), note), func(tx *store.Tx) (string, error) {
		if note == "" {
			return "", fault.InvalidField("note", "请写明怎样处理的")
		}
		var l StatementLine
		if err := tx.DB().NewSelect().Model(&l).Where("id = ?", id).Scan(tx.Ctx); err != nil {
			return "", store.One(err, "这一行对账单")
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.statement_matched", Subject: fmt.Sprintf("statement/%d", l.Statement), Unit: int64(by.Unit().ID), Data: map[string]any{"line": l.Line, "reference": l.Reference, "settled": note}})
		if err != nil {
			return "", err
		}
		if l.Payment != 0 {
			if _, err := tx.Exec(`UPDATE payment SET state = ?, entry_id = ?, version = version + 1 WHERE id = ? AND state = ?`, PaymentReconciled, entry, l.Payment, PaymentMismatch); err != nil {
				return "", err
			}
		}
		res, err := tx.Exec(`UPDATE statement_line SET state = ?, note = ?, entry_id = ?, version = version + 1 WHERE id = ? AND version = ? AND state IN (?, ?)`, LineSettled, l.settledNote(note), entry, id, version, LineMismatch, LineUnknown)
		return statementURL(l.Statement), store.Updated(res, err, "这一行")
	})
	return err
}

// settledNote keeps what was found before what was done about it.
func (l StatementLine) settledNote(note string) string {
	if l.Note == "" {
		return note
	}
	return l.Note + "。处理：" + note
}
