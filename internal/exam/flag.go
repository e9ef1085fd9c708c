package exam

import (
	"context"
	"fmt"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// FlagState says whether somebody has looked again at a question whose article changed.
type FlagState string

// The states of a flag: open until somebody says that the question is still right, or until a newer version is approved.
const (
	FlagOpen    FlagState = "open"
	FlagRight   FlagState = "right"
	FlagRenewed FlagState = "renewed"
)

// Flag says that a law which a question cites was amended or repealed.
type Flag struct {
	bun.BaseModel `bun:"table:exam_question_flag,alias:ef"`

	ID        int64      `bun:"id,pk"`
	Question  QuestionID `bun:"question_id"`
	Of        VersionID  `bun:"version_id"`
	Law       string     `bun:"law"`
	Kind      string     `bun:"kind"`     // 修改 or 废止
	Articles  string     `bun:"articles"` // as cited by the question
	On        law.Date   `bun:"effective_on"`
	Document  string     `bun:"document"`
	State     FlagState  `bun:"state"`
	Remark    string     `bun:"remark"`
	SettledBy string     `bun:"settled_by"`
	MadeAt    int64      `bun:"made_at"`
	SettledAt int64      `bun:"settled_at"`
	Version   int64      `bun:"version"`
	Entry     int64      `bun:"entry_id"`
}

// Text says what changed.
func (f Flag) Text() string {
	out := fmt.Sprintf("引用的%s自%s起%s", f.Articles, f.On.Han(), f.Kind)
	if f.Document != "" {
		out += "（" + f.Document + "）"
	}
	return out
}

// LawChanged is a law that was amended or repealed: Code is how references name it, Articles the numbers that changed,
// none for the whole law.
type LawChanged struct {
	Code, Title, Kind, Document string
	Articles                    []int
	On                          law.Date
}

// Flag marks the questions whose newest or whose used version cites what changed, in the update that learns of the
// change, and says how many they are.
func (b *Bank) Flag(tx *store.Tx, by access.Session, c LawChanged) (int, error) {
	rows, err := citing(tx, c)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindFlagged, Subject: "law/" + c.Title, Data: map[string]any{"law": c.Title, "articles": c.Articles, "on": c.On, "document": c.Document, "count": len(rows)}})
	if err != nil {
		return 0, err
	}
	flags := make([]Flag, len(rows))
	for i, r := range rows {
		flags[i] = Flag{
			ID: store.NewID(), Question: r.Question, Of: r.Of, Law: c.Title, Kind: c.Kind, Articles: r.cited(), On: c.On, Document: c.Document, State: FlagOpen, MadeAt: store.Micros(tx.Now), Version: 1, Entry: int64(e),
		}
	}
	return len(flags), pieces(tx, flags)
}

// cited is a question that cites a law.
type cited struct {
	Question QuestionID `bun:"question_id"`
	Of       VersionID  `bun:"version_id"`
	Refs     []string   `bun:"-"`
}

func (c cited) cited() string {
	var out []string
	for _, x := range cites(c.Refs) {
		out = append(out, x.Han())
	}
	return strings.Join(out, "、")
}

// citing are the questions that cite what changed, each once.
func citing(tx *store.Tx, c LawChanged) (out []cited, err error) {
	var rows []struct {
		Question QuestionID `bun:"question_id"`
		Of       VersionID  `bun:"version_id"`
		Ref      string     `bun:"ref"`
	}
	q := tx.DB().NewSelect().TableExpr("exam_question_article AS ea").Join("JOIN exam_question AS eq ON eq.head_id = ea.version_id").
		ColumnExpr("eq.id AS question_id, ea.version_id, ea.ref").Where("ea.statute = ?", c.Code).Where("eq.state IN (?)", bun.List([]State{InUse, Draft}))
	if len(c.Articles) > 0 {
		q = q.Where("(ea.article IN (?) OR ea.article = 0)", bun.List(c.Articles))
	}
	if err := q.Order("eq.id", "ea.ref").Scan(tx.Ctx, &rows); err != nil {
		return nil, err
	}
	for _, r := range rows {
		if n := len(out); n == 0 || out[n-1].Question != r.Question {
			out = append(out, cited{Question: r.Question, Of: r.Of})
		}
		out[len(out)-1].Refs = append(out[len(out)-1].Refs, r.Ref)
	}
	return out, nil
}

// flagsOf are the flags of a question, the newest first.
func flagsOf(tx *store.Tx, id QuestionID) (out []Flag, err error) {
	return out, tx.DB().NewSelect().Model(&out).Where("question_id = ?", id).Order("id DESC").Scan(tx.Ctx)
}

// settle closes the open flags of a question.
func settle(tx *store.Tx, by access.Session, id QuestionID, as FlagState, remark string, entry int64) (n int, err error) {
	open, err := flagsOf(tx, id)
	if err != nil {
		return 0, err
	}
	for _, f := range open {
		if f.State != FlagOpen {
			continue
		}
		old := f.Version
		f.State, f.Remark, f.SettledBy, f.SettledAt, f.Entry, f.Version = as, remark, by.Name(), store.Micros(tx.Now), entry, old+1
		res, err := tx.DB().NewUpdate().Model(&f).WherePK().Where("version = ?", old).Exec(tx.Ctx)
		if err := store.Updated(res, err, nounQuestion); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// Recheck records that somebody looked at a question again whose article changed, and that it is still right, with why.
func (b *Bank) Recheck(ctx context.Context, by access.Session, id QuestionID, seen int64, why string) error {
	if _, err := by.Require(access.ExamBankApprove); err != nil {
		return err
	}
	if why = strings.TrimSpace(why); why == "" {
		return fault.InvalidField("recheck", "请写明核对了什么，为什么仍正确")
	}
	_, _, err := b.DB.Once(ctx, by.Once(kindRechecked, []any{id, seen, why}), func(tx *store.Tx) (string, error) {
		q, err := questionOf(tx, id)
		if err != nil {
			return "", err
		}
		if q.Version != seen {
			return "", fault.Stale(nounQuestion)
		}
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindRechecked, Subject: q.Subject(), Data: map[string]any{"question": q.Code, "why": why}})
		if err != nil {
			return "", err
		}
		n, err := settle(tx, by, id, FlagRight, why, int64(e))
		if err == nil && n == 0 {
			err = fault.New(fault.Conflict, "这道题引用的条文没有待复核的修改")
		}
		if err != nil {
			return "", err
		}
		q.At, q.Entry = store.Micros(tx.Now), int64(e)
		return q.URL(), saveQuestion(tx, &q)
	})
	return err
}
