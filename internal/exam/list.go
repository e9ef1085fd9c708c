package exam

import (
	"fmt"
	"strings"

	"fadu/internal/exam/bank"
	"fadu/internal/law"
	"fadu/internal/search"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Filter chooses questions; empty fields choose all.
type Filter struct {
	Words   string
	Topic   string
	Chapter string
	Type    bank.Type
	Level   int
	State   State
	Source  Source
	// Waiting chooses questions whose newest version waits for approval.
	Waiting bool
	// Changed chooses questions that cite what was amended or repealed since, and that nobody has looked at again.
	Changed bool
	// On chooses what holds on the day.
	On law.Date
	// Statute and Article choose what the head cites; Article 0 any of the statute.
	Statute string
	Article int
	// Newest sorts by the last change instead of the code.
	Newest bool
}

func (f Filter) key() string {
	return strings.Join([]string{"bank", f.Words, f.Topic, f.Chapter, string(f.Type), fmt.Sprint(f.Level), string(f.State), string(f.Source), fmt.Sprint(f.Waiting, f.Changed), f.On.String(), f.Statute, fmt.Sprint(f.Article), fmt.Sprint(f.Newest)}, "\x00")
}

func (f Filter) where(tx *store.Tx, q *bun.SelectQuery) *bun.SelectQuery {
	q = search.Match(tx, q, searchKind, "eq.id", f.Words).Where("eq.state <> ?", Staged)
	for _, c := range []struct {
		column, value string
	}{{"topic", f.Topic}, {"chapter", f.Chapter}, {"type", string(f.Type)}, {"state", string(f.State)}, {"source", string(f.Source)}} {
		if c.value != "" {
			q = q.Where("eq.? = ?", bun.Ident(c.column), c.value)
		}
	}
	if f.Level > 0 {
		q = q.Where("eq.level = ?", f.Level)
	}
	if f.Waiting {
		q = q.Where("eq.waiting = 1")
	}
	if f.Changed {
		q = q.Where("EXISTS (SELECT 1 FROM exam_question_flag ef WHERE ef.question_id = eq.id AND ef.state = ?)", FlagOpen)
	}
	if !f.On.IsZero() {
		q = q.Where("eq.valid_from <= ?", f.On).Where("(eq.valid_until = '' OR eq.valid_until >= ?)", f.On)
	}
	if f.Statute != "" {
		sub, args := "SELECT 1 FROM exam_question_article a WHERE a.version_id = eq.head_id AND a.statute = ?", []any{f.Statute}
		if f.Article > 0 {
			sub, args = sub+" AND a.article = ?", append(args, f.Article)
		}
		q = q.Where("EXISTS ("+sub+")", args...)
	}
	return q
}

func (f Filter) keyset(q *bun.SelectQuery, c store.Cursor, ok bool) *bun.SelectQuery {
	if f.Newest {
		return store.Keyset(q, "eq.changed_at", "eq.id", true, true, c, ok)
	}
	return store.Keyset(q, "eq.code", "eq.id", false, false, c, ok)
}

func (f Filter) place(q Question) store.Cursor {
	if f.Newest {
		return store.Cursor{Sort: fmt.Sprint(q.At), ID: int64(q.ID)}
	}
	return store.Cursor{Sort: q.Code, ID: int64(q.ID)}
}

// Page is a page of the bank with the heads of its questions.
type Page struct {
	Questions  []Question
	Heads      map[VersionID]Version
	Flagged    map[QuestionID]bool // cite what changed, not looked at again
	Total      int                 // up to store.CountLimit+1
	Prev, Next string
}

// Find returns a page of the questions that the filter chooses, after the cursor.
func (b *Bank) Find(tx *store.Tx, f Filter, after string) (out Page, err error) {
	c, ok, err := store.DecodeCursor(after, f.key())
	if err != nil {
		return out, err
	}
	base := func(rows any) *bun.SelectQuery { return f.where(tx, tx.DB().NewSelect().Model(rows)) }
	if out.Total, err = store.CountUpTo(tx, base((*Question)(nil))); err != nil {
		return out, err
	}
	var rows []Question
	if err := f.keyset(base(&rows), c, ok).Limit(store.PageLimit(tx.Ctx)).Scan(tx.Ctx); err != nil {
		return out, err
	}
	out.Questions, out.Prev, out.Next = store.PageOf(tx.Ctx, rows, c, ok, f.key(), f.place)
	if out.Heads, err = heads(tx, out.Questions); err == nil {
		out.Flagged, err = flagged(tx, out.Questions)
	}
	return out, err
}

// flagged tells which of the questions have an open flag.
func flagged(tx *store.Tx, rows []Question) (map[QuestionID]bool, error) {
	out := map[QuestionID]bool{}
	if len(rows) == 0 {
		return out, nil
	}
	ids := make([]QuestionID, len(rows))
	for i, q := range rows {
		ids[i] = q.ID
	}
	var open []QuestionID
	err := tx.DB().NewSelect().Model((*Flag)(nil)).ColumnExpr("DISTINCT ef.question_id").Where("ef.question_id IN (?)", bun.List(ids)).Where("ef.state = ?", FlagOpen).Scan(tx.Ctx, &open)
	for _, id := range open {
		out[id] = true
	}
	return out, err
}

func heads(tx *store.Tx, rows []Question) (map[VersionID]Version, error) {
	ids := make([]VersionID, len(rows))
	for i, q := range rows {
		ids[i] = q.Head
	}
	return versionsByID(tx, ids)
}

// some returns the next questions of an export.
func some(tx *store.Tx, f Filter, after store.Cursor) (rows []Question, end store.Cursor, more bool, err error) {
	end, more, err = store.Piece(tx, &rows, after, func(c store.Cursor, ok bool) *bun.SelectQuery {
		return f.keyset(f.where(tx, tx.DB().NewSelect().Model((*Question)(nil))), c, ok)
	}, f.place)
	return rows, end, more, err
}

// topics are the topics of the bank.
func topics(tx *store.Tx) (out []string, err error) {
	err = tx.DB().NewSelect().Model((*Question)(nil)).ColumnExpr("DISTINCT eq.topic").Where("eq.topic <> ''").Where("eq.state <> ?", Staged).Order("eq.topic").Scan(tx.Ctx, &out)
	return out, err
}

// countStates counts the questions by state, and those with a draft that waits.
func countStates(tx *store.Tx) (by map[State]int64, pending int64, err error) {
	var rows []struct {
		State   State `bun:"state"`
		N       int64 `bun:"n"`
		Waiting int64 `bun:"waiting"`
	}
	err = tx.DB().NewSelect().Model((*Question)(nil)).ColumnExpr("eq.state AS state, COUNT(*) AS n, SUM(eq.waiting) AS waiting").Where("eq.state <> ?", Staged).GroupExpr("eq.state").Scan(tx.Ctx, &rows)
	by = map[State]int64{}
	for _, r := range rows {
		by[r.State], pending = r.N, pending+r.Waiting
	}
	return by, pending, err
}
