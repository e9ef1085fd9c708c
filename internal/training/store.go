package training

import (
	"fmt"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

const (
	nounScene = "这个情景"
	nounRun   = "这次演练"
)

func sceneOf(tx *store.Tx, id SceneID) (Scene, error) {
	var s Scene
	err := tx.DB().NewSelect().Model(&s).Where("id = ?", id).Scan(tx.Ctx)
	return s, store.One(err, nounScene)
}

// offered is the newest version of a scene that is in use.
func offered(tx *store.Tx, code string) (Scene, error) {
	var s Scene
	err := tx.DB().NewSelect().Model(&s).Where("code = ?", code).Where("state = ?", Published).Order("number DESC").Limit(1).Scan(tx.Ctx)
	return s, store.One(err, nounScene)
}

// scenesOf are all versions, those of a code together, the newest first.
func scenesOf(tx *store.Tx, states ...SceneState) ([]Scene, error) {
	var out []Scene
	q := tx.DB().NewSelect().Model(&out).ExcludeColumn("content").OrderExpr("set_on, code, number DESC")
	if len(states) > 0 {
		q = q.Where("state IN (?)", bun.List(states))
	}
	return out, q.Scan(tx.Ctx)
}

func saveScene(tx *store.Tx, s *Scene) error {
	old := s.Version
	s.Version++
	res, err := tx.DB().NewUpdate().Model(s).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, nounScene)
}

// ownRun finds a run of the account.
func ownRun(tx *store.Tx, account access.AccountID, id RunID) (Run, error) {
	r, err := runOf(tx, id)
	if err == nil && r.Account != account {
		err = fault.Missing(nounRun)
	}
	return r, err
}

func runOf(tx *store.Tx, id RunID) (Run, error) {
	var r Run
	err := tx.DB().NewSelect().Model(&r).Where("id = ?", id).Scan(tx.Ctx)
	return r, store.One(err, nounRun)
}

func actsOf(tx *store.Tx, id RunID) ([]sent, error) {
	var out []sent
	return out, tx.DB().NewSelect().Model(&out).Where("run_id = ?", id).Order("seq").Scan(tx.Ctx)
}

func insert(tx *store.Tx, row any) error {
	_, err := tx.DB().NewInsert().Model(row).Exec(tx.Ctx)
	return err
}

func saveRun(tx *store.Tx, r *Run) error {
	_, err := tx.DB().NewUpdate().Model(r).WherePK().Exec(tx.Ctx)
	return err
}

// lastRuns are the newest runs of an account.
func lastRuns(tx *store.Tx, account access.AccountID, limit int) ([]Run, error) {
	var out []Run
	return out, tx.DB().NewSelect().Model(&out).Where("account = ?", account).Order("id DESC").Limit(int64(limit)).Scan(tx.Ctx)
}

// best is what an account reached in a scene.
type best struct {
	Code   string     `bun:"code"`
	Runs   int64      `bun:"runs"`
	Score  int64      `bun:"score"`
	Passed store.Flag `bun:"passed"`
}

func bestOf(tx *store.Tx, account access.AccountID) (map[string]best, error) {
	var rows []best
	err := tx.DB().NewSelect().TableExpr("training_run AS tr").Join("JOIN training_scene AS ts ON ts.id = tr.scene_id").
		ColumnExpr("ts.code AS code, COUNT(*) AS runs, MAX(tr.score) AS score, MAX(tr.passed) AS passed").
		Where("tr.account = ?", account).Where("tr.state = ?", Done).GroupExpr("ts.code").Scan(tx.Ctx, &rows)
	out := map[string]best{}
	for _, r := range rows {
		out[r.Code] = r
	}
	return out, err
}

// SceneNames names versions of scenes for whoever reads the ledger.
func SceneNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(x Scene) (int64, string) { return int64(x.ID), fmt.Sprintf("%s第 %d 版", x.Title, x.Number) })
}

// RunNames names runs by who plays.
func RunNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(r Run) (int64, string) { return int64(r.ID), r.Name + "的演练" })
}

// AnswerNames names answers by their question.
func AnswerNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(a Answered) (int64, string) { return int64(a.ID), "题目 " + a.Question })
}
