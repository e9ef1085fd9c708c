package exam

import (
	"strings"

	"fadu/internal/exam/bank"
	"fadu/internal/law"
	"fadu/internal/search"
	"fadu/internal/store"
	"fadu/internal/training/scene"

	"github.com/uptrace/bun"
)

const (
	nounQuestion = "这道题"
	nounVersion  = "题目的这一版"
	searchKind   = "question"
)

// insertPiece bounds how many rows one statement inserts.
const insertPiece = 100

func insertAll(tx *store.Tx, questions []Question, versions []Version, articles []article) error {
	if err := pieces(tx, questions); err != nil {
		return err
	}
	if err := pieces(tx, versions); err != nil {
		return err
	}
	return pieces(tx, articles)
}

func pieces[R any](tx *store.Tx, rows []R) error {
	for len(rows) > 0 {
		n := min(len(rows), insertPiece)
		part := rows[:n]
		if _, err := tx.DB().NewInsert().Model(&part).Exec(tx.Ctx); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

func questionOf(tx *store.Tx, id QuestionID) (Question, error) {
	var q Question
	err := tx.DB().NewSelect().Model(&q).Where("id = ?", id).Where("state <> ?", Staged).Scan(tx.Ctx)
	return q, store.One(err, nounQuestion)
}

func byCode(tx *store.Tx, code string) (Question, error) {
	var q Question
	err := tx.DB().NewSelect().Model(&q).Where("code = ?", code).Where("state <> ?", Staged).Scan(tx.Ctx)
	return q, store.One(err, nounQuestion)
}

func versionOf(tx *store.Tx, id VersionID) (Version, error) {
	var v Version
	err := tx.DB().NewSelect().Model(&v).Where("id = ?", id).Scan(tx.Ctx)
	return v, store.One(err, nounVersion)
}

func versionsByID(tx *store.Tx, ids []VersionID) (map[VersionID]Version, error) {
	out := make(map[VersionID]Version, len(ids))
	for len(ids) > 0 {
		n := min(len(ids), store.WalkPiece)
		var rows []Version
		if err := tx.DB().NewSelect().Model(&rows).Where("id IN (?)", bun.List(ids[:n])).Scan(tx.Ctx); err != nil {
			return nil, err
		}
		for _, v := range rows {
			out[v.ID] = v
		}
		ids = ids[n:]
	}
	return out, nil
}

// versionsOf are all versions of a question, the newest first.
func versionsOf(tx *store.Tx, id QuestionID) ([]Version, error) {
	var out []Version
	return out, tx.DB().NewSelect().Model(&out).Where("question_id = ?", id).Order("number DESC").Scan(tx.Ctx)
}

func saveQuestion(tx *store.Tx, q *Question) error {
	old := q.Version
	q.Version++
	res, err := tx.DB().NewUpdate().Model(q).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, nounQuestion)
}

func saveVersion(tx *store.Tx, v *Version) error {
	old := v.Version
	v.Version++
	res, err := tx.DB().NewUpdate().Model(v).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, nounVersion)
}

// replace puts the version that was in use so far behind a newer one.
func replace(tx *store.Tx, id VersionID, entry int64) error {
	if id == 0 {
		return nil
	}
	v, err := versionOf(tx, id)
	if err != nil {
		return err
	}
	v.State, v.Entry = Replaced, entry
	return saveVersion(tx, &v)
}

// overtake puts drafts behind a newer version of their question.
func overtake(tx *store.Tx, id QuestionID, entry int64) error {
	all, err := versionsOf(tx, id)
	if err != nil {
		return err
	}
	for _, v := range all {
		if v.State != Draft {
			continue
		}
		v.State, v.Entry = Replaced, entry
		if err := saveVersion(tx, &v); err != nil {
			return err
		}
	}
	return nil
}

func inForce(tx *store.Tx, on law.Date, f Filter) ([]Question, error) {
	var out []Question
	q := tx.DB().NewSelect().Model(&out).Where("eq.state = ?", InUse).Where("eq.valid_from <= ?", on).Where("(eq.valid_until = '' OR eq.valid_until >= ?)", on)
	f = Filter{Topic: f.Topic, Chapter: f.Chapter, Type: f.Type, Level: f.Level, Source: f.Source}
	return out, f.where(tx, q).Order("eq.code").Scan(tx.Ctx)
}

func articlesOf(tx *store.Tx, ids []VersionID) (map[VersionID][]string, error) {
	out := map[VersionID][]string{}
	for len(ids) > 0 {
		n := min(len(ids), store.WalkPiece)
		var rows []article
		if err := tx.DB().NewSelect().Model(&rows).Where("version_id IN (?)", bun.List(ids[:n])).Order("version_id", "ref").Scan(tx.Ctx); err != nil {
			return nil, err
		}
		for _, a := range rows {
			out[a.Of] = append(out[a.Of], a.Ref)
		}
		ids = ids[n:]
	}
	return out, nil
}

// words are what a question is found by.
func words(q bank.Question) string {
	parts := []string{q.ID, q.Topic, q.Chapter, q.Stem, q.Text, q.Paper, q.Basis, q.Explain}
	parts = append(parts, q.Options...)
	for _, p := range q.Pairs {
		parts = append(parts, p.Left, p.Right)
	}
	for _, p := range q.Parts {
		parts = append(append(parts, p.Stem), p.Options...)
	}
	for _, ref := range q.Refs {
		if c, err := scene.Ref(ref); err == nil {
			parts = append(parts, c.Han())
		}
	}
	return strings.Join(parts, "\n")
}

// Reindex writes the texts of questions that have none in the index, and returns how many they were.
func Reindex(tx *store.Tx) (int, error) {
	var rows []Question
	if err := search.Missing(tx.DB().NewSelect().Model(&rows), "eq.id").Scan(tx.Ctx); err != nil {
		return 0, err
	}
	ids := make([]VersionID, len(rows))
	for i, q := range rows {
		ids[i] = q.Head
	}
	heads, err := versionsByID(tx, ids)
	if err != nil {
		return 0, err
	}
	for _, q := range rows {
		asks, err := heads[q.Head].Asks()
		if err != nil {
			return 0, err
		}
		if err := search.Put(tx, searchKind, int64(q.ID), words(asks)); err != nil {
			return 0, err
		}
	}
	return len(rows), nil
}

// QuestionNames names questions for whoever reads the ledger.
func QuestionNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(q Question) (int64, string) { return int64(q.ID), "题目 " + q.Code })
}
