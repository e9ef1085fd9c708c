package exam

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fadu/internal/access"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/interchange"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/search"
	"fadu/internal/store"
)

// SaveInput is a question as it was written: a new one, or the next version of one.
type SaveInput struct {
	Question QuestionID    `json:"question,omitempty" doc:"已有题目的编号；新题不填"`
	Seen     int64         `json:"seen,omitempty" doc:"看到的题目版本号"`
	Asks     bank.Question `json:"asks" doc:"题目的内容"`
}

// Save keeps what was written as a draft: of a new question, or as the next version of one. What is in use stays in use
// until the draft is approved.
func (b *Bank) Save(ctx context.Context, by access.Session, in SaveInput) (QuestionID, error) {
	if _, err := by.Require(access.ExamBankManage); err != nil {
		return 0, err
	}
	if err := unsound(in.Asks); err != nil {
		return 0, err
	}
	at, _, err := b.DB.Once(ctx, by.Once(kindDrafted, in), func(tx *store.Tx) (string, error) {
		v := &Version{State: Draft, Source: Own, Author: by.Name(), AuthorID: int64(by.Account())}
		if in.Question == 0 {
			q, err := create(tx, by, v, in.Asks)
			return q.URL(), err
		}
		q, err := questionOf(tx, in.Question)
		if err != nil {
			return "", err
		}
		if q.Version != in.Seen {
			return "", fault.Stale(nounQuestion)
		}
		if err := same(tx, q, in.Asks); err != nil {
			return "", err
		}
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindDrafted, Subject: q.Subject(), Data: map[string]any{"question": q.Code, "number": q.Number + 1}})
		if err != nil {
			return "", err
		}
		in.Asks.ID = q.Code
		return q.URL(), next(tx, &q, v, in.Asks, int64(e))
	})
	return QuestionID(store.IDAt(at)), err
}

// SaveCells is Save of a question as cells; what cannot be read is named at its field.
func (b *Bank) SaveCells(ctx context.Context, by access.Session, in SaveInput, cells interchange.Cells) (QuestionID, error) {
	asks, faults := interchange.FromCells(cells)
	var fields fault.Fields
	for _, f := range faults {
		fields.Add(f.Field, "%s", f.Message)
	}
	if err := fields.Err(); err != nil {
		return 0, err
	}
	in.Asks = asks
	return b.Save(ctx, by, in)
}

// unsound names at its field what makes a question impossible to ask.
func unsound(q bank.Question) error {
	var fields fault.Fields
	for _, err := range q.Sound() {
		var f bank.Fault
		errors.As(err, &f)
		fields.Add(f.Field, "%s", f.Message)
	}
	return fields.Err()
}

// same refuses a version that says what the newest says already.
func same(tx *store.Tx, q Question, asks bank.Question) error {
	_, digest, err := content(asks)
	if err != nil {
		return err
	}
	all, err := versionsOf(tx, q.ID)
	if err == nil && len(all) > 0 && all[0].Digest == digest && all[0].State != Returned {
		err = fault.New(fault.Conflict, "内容和第 %d 版完全一样，没有另存", all[0].Number)
	}
	return err
}

// ownCodes begin what the bureau writes itself.
const ownCodes = "own-"

// create keeps a new question as a draft.
func create(tx *store.Tx, by access.Session, v *Version, asks bank.Question) (Question, error) {
	code, err := nextCode(tx)
	if err != nil {
		return Question{}, err
	}
	asks.ID = code
	q := Question{ID: QuestionID(store.NewID()), Code: code, State: Draft, Source: v.Source}
	e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindDrafted, Subject: q.Subject(), Data: map[string]any{"question": code, "number": 1, "type": asks.Type.Label()}})
	if err != nil {
		return q, err
	}
	q.Entry = int64(e)
	if err := insertAll(tx, []Question{q}, nil, nil); err != nil {
		return q, err
	}
	return q, next(tx, &q, v, asks, q.Entry)
}

// nextCode is the code after the greatest of the bureau.
func nextCode(tx *store.Tx) (string, error) {
	var last string
	err := tx.DB().NewSelect().Model((*Question)(nil)).ColumnExpr("COALESCE(MAX(eq.code), '')").Where("eq.code >= ?", ownCodes).Where("eq.code < ?", "own.").Scan(tx.Ctx, &last)
	n := 0
	_, _ = fmt.Sscanf(strings.TrimPrefix(last, ownCodes), "%d", &n)
	return fmt.Sprintf("%s%06d", ownCodes, n+1), err
}

// Approve lets the newest version, a draft, be asked, by somebody who did not write it; the version before it is used no more.
func (b *Bank) Approve(ctx context.Context, by access.Session, id QuestionID, seen int64) error {
	return b.onDraft(ctx, by, id, seen, kindApproved, "", approval(by))
}

// approval puts a draft into use: one by somebody else, in which nothing is missing.
func approval(by access.Session) func(*store.Tx, *Question, *Version) error {
	return func(tx *store.Tx, q *Question, v *Version) error {
		if v.AuthorID == int64(by.Account()) {
			return fault.New(fault.Forbidden, "自己编写的题目要由另一个人审定")
		}
		asks, err := v.Asks()
		if err != nil {
			return err
		}
		if err := unready(asks); err != nil {
			return err
		}
		if err := replace(tx, q.Current, v.Entry); err != nil {
			return err
		}
		if _, err := settle(tx, by, q.ID, FlagRenewed, fmt.Sprintf("第 %d 版已审定", v.Number), v.Entry); err != nil {
			return err
		}
		v.State, v.Approver, v.ApprovedAt = InUse, by.Name(), store.Micros(tx.Now)
		q.Current, q.Why = v.ID, ""
		q.shows(*v, asks)
		return search.Put(tx, searchKind, int64(q.ID), words(asks))
	}
}

// unready refuses with everything that is missing before a question may be used.
func unready(asks bank.Question) error {
	var lacks []string
	for _, err := range asks.Ready() {
		lacks = append(lacks, err.Error())
	}
	if len(lacks) == 0 {
		return nil
	}
	return fault.New(fault.Conflict, "还不能使用：%s。请先编辑出新的一版", strings.Join(lacks, "；"))
}

// Return gives a draft back to who wrote it, with what is to be mended.
func (b *Bank) Return(ctx context.Context, by access.Session, id QuestionID, seen int64, why string) error {
	why = strings.TrimSpace(why)
	if why == "" {
		return fault.InvalidField("reason", "请写明要改什么")
	}
	return b.onDraft(ctx, by, id, seen, kindReturned, why, func(_ *store.Tx, q *Question, v *Version) error {
		v.State, v.Remark = Returned, why
		if q.Head == v.ID {
			q.State = Returned
		}
		return nil
	})
}

// onDraft decides on a draft; seen is the version of its question that the page showed.
func (b *Bank) onDraft(ctx context.Context, by access.Session, id QuestionID, seen int64, kind, why string, decide func(*store.Tx, *Question, *Version) error) error {
	if _, err := by.Require(access.ExamBankApprove); err != nil {
		return err
	}
	_, _, err := b.DB.Once(ctx, by.Once(kind, []any{id, seen, why}), func(tx *store.Tx) (string, error) {
		return Question{ID: id}.URL(), decideDraft(tx, by, id, seen, kind, why, decide)
	})
	return err
}

// decideDraft runs an act on the draft of a question that waits.
func decideDraft(tx *store.Tx, by access.Session, id QuestionID, seen int64, kind, why string, decide func(*store.Tx, *Question, *Version) error) error {
	q, err := questionOf(tx, id)
	if err != nil {
		return err
	}
	all, err := versionsOf(tx, id)
	switch {
	case err != nil:
		return err
	case q.Version != seen:
		return fault.Stale(nounQuestion)
	case len(all) == 0 || all[0].State != Draft:
		return fault.New(fault.Conflict, "这道题没有等待审定的草稿")
	}
	v := all[0]
	e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: q.Subject(), Data: map[string]any{"question": q.Code, "number": v.Number, "digest": v.Digest, "why": why}})
	if err != nil {
		return err
	}
	v.Entry, q.Entry = int64(e), int64(e)
	if err := decide(tx, &q, &v); err != nil {
		return err
	}
	q.Waiting, q.At = false, store.Micros(tx.Now)
	if err := saveVersion(tx, &v); err != nil {
		return err
	}
	return saveQuestion(tx, &q)
}

// End takes a question out of use; papers that have it keep it.
func (b *Bank) End(ctx context.Context, by access.Session, id QuestionID, seen int64, why string) error {
	return b.turn(ctx, by, id, seen, kindEnded, why, func(_ *store.Tx, q *Question, v *Version) error {
		if q.State != InUse {
			return fault.New(fault.Conflict, "这道题%s，不用停用", q.State.Label())
		}
		q.State, q.Current, q.Why, v.State = Ended, 0, why, Ended
		return nil
	})
}

// Restore puts a question that was ended into use again, if it may still be asked.
func (b *Bank) Restore(ctx context.Context, by access.Session, id QuestionID, seen int64, why string) error {
	return b.turn(ctx, by, id, seen, kindRestored, why, func(_ *store.Tx, q *Question, v *Version) error {
		if q.State != Ended {
			return fault.New(fault.Conflict, "这道题%s，没有停用", q.State.Label())
		}
		asks, err := v.Asks()
		if err == nil {
			err = unready(asks)
		}
		q.State, q.Current, q.Why, v.State = InUse, v.ID, "", InUse
		return err
	})
}

// turn changes how a question and its head stand, with a reason.
func (b *Bank) turn(ctx context.Context, by access.Session, id QuestionID, seen int64, kind, why string, f func(*store.Tx, *Question, *Version) error) error {
	if _, err := by.Require(access.ExamBankManage); err != nil {
		return err
	}
	why = strings.TrimSpace(why)
	if why == "" {
		return fault.InvalidField("reason", "请写明理由")
	}
	_, _, err := b.DB.Once(ctx, by.Once(kind, []any{id, seen, why}), func(tx *store.Tx) (string, error) {
		q, err := questionOf(tx, id)
		if err != nil {
			return "", err
		}
		if q.Version != seen {
			return "", fault.Stale(nounQuestion)
		}
		v, err := versionOf(tx, q.Head)
		if err != nil {
			return "", err
		}
		if err := f(tx, &q, &v); err != nil {
			return "", err
		}
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: q.Subject(), Data: map[string]any{"question": q.Code, "number": v.Number, "why": why}})
		if err != nil {
			return "", err
		}
		v.Entry, q.Entry, q.At = int64(e), int64(e), store.Micros(tx.Now)
		if err := saveVersion(tx, &v); err != nil {
			return "", err
		}
		return q.URL(), saveQuestion(tx, &q)
	})
	return err
}
