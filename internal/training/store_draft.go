package training

import (
	"strings"

	"fadu/internal/access"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

const nounDraft = "这份情景草稿"

func draftOf(tx *store.Tx, id DraftID) (Manuscript, error) {
	var d Manuscript
	err := tx.DB().NewSelect().Model(&d).Where("id = ?", id).Scan(tx.Ctx)
	return d, store.One(err, nounDraft)
}

func saveDraft(tx *store.Tx, d *Manuscript) error {
	old := d.Version
	d.Version++
	res, err := tx.DB().NewUpdate().Model(d).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, nounDraft)
}

func revisionOf(tx *store.Tx, id DraftID, number int) (Revision, error) {
	var r Revision
	err := tx.DB().NewSelect().Model(&r).Where("draft_id = ?", id).Where("number = ?", number).Scan(tx.Ctx)
	return r, store.One(err, "这一次保存")
}

// shownRevisions bounds the list of saves.
const shownRevisions = 100

// revisionsOf are the last saves of a draft, the newest first, without what they say.
func revisionsOf(tx *store.Tx, id DraftID) ([]Revision, error) {
	var out []Revision
	return out, tx.DB().NewSelect().Model(&out).ExcludeColumn("content").Where("draft_id = ?", id).Order("number DESC").Limit(shownRevisions).Scan(tx.Ctx)
}

// wrote reports whether the account saved the draft.
func wrote(tx *store.Tx, id DraftID, account access.AccountID) (bool, error) {
	n, err := tx.DB().NewSelect().Model((*Revision)(nil)).Where("draft_id = ?", id).Where("account = ?", account).Count(tx.Ctx)
	return n > 0, err
}

// DraftFilter chooses drafts.
type DraftFilter struct {
	Words string
	State DraftState
}

// likeText keeps the signs of a pattern in what is looked for.
var likeText = strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`)

func (f DraftFilter) key() string { return "scene-draft|" + f.Words + "|" + string(f.State) }

func (f DraftFilter) where(q *bun.SelectQuery) *bun.SelectQuery {
	if f.Words != "" {
		like := "%" + likeText.Replace(f.Words) + "%"
		q = q.Where(`(td.title LIKE ? ESCAPE '\' OR td.author LIKE ? ESCAPE '\')`, like, like)
	}
	if f.State != "" {
		q = q.Where("td.state = ?", f.State)
	}
	return q
}

// lastNumber is the newest version of a code.
func lastNumber(tx *store.Tx, code string) (last int, err error) {
	return last, tx.DB().NewSelect().Model((*Scene)(nil)).ColumnExpr("COALESCE(MAX(number), 0)").Where("code = ?", code).Scan(tx.Ctx, &last)
}

// DraftNames names scenes that are being written for whoever reads the ledger.
func DraftNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(d Manuscript) (int64, string) { return int64(d.ID), d.Title + "的草稿" })
}
