package casework

import (
	"context"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// termWithdraw is the duty to withdraw what was published of a decision that was changed or revoked.
const termWithdraw = "撤回已公开的处罚决定信息"

// Withdrawal is that duty in one case (行政处罚法第四十八条第二款). It is owed whenever a decision is changed
// or revoked, unless the file says that it was not published; somebody looks, and says what was done.
type Withdrawal struct {
	bun.BaseModel `bun:"table:publication_withdrawal,alias:wd"`

	ID      int64    `bun:"id,pk"`
	Version int64    `bun:"version"`
	Entry   int64    `bun:"entry_id"`
	Case    CaseID   `bun:"case_id"`
	Cause   string   `bun:"cause"` // change, revoke
	Due     law.Date `bun:"due"`
	State   string   `bun:"state"` // open, withdrawn, never_published, lapsed
	DoneOn  law.Date `bun:"done_on"`
	Place   string   `bun:"place"`
	Note    string   `bun:"note"`
}

// oweWithdrawal enters the duty.
func (s *Service) oweWithdrawal(tx *store.Tx, id CaseID, cause string, entry ledger.EntryID) error {
	stated, err := recorded(tx, id)
	if err != nil {
		return err
	}
	for _, f := range stated {
		if f.Key == law.Disclosed.Name() && f.Value == "false" {
			return nil
		}
	}
	due, err := s.due(termWithdraw, tx.Today())
	if err != nil {
		return err
	}
	return insert(tx, &Withdrawal{ID: store.NewID(), Version: 1, Entry: int64(entry), Case: id, Cause: cause, Due: due, State: "open"})
}

// openWithdrawal is the oldest open duty of the case, or nil.
func openWithdrawal(tx *store.Tx, id CaseID) (*Withdrawal, error) {
	var out []Withdrawal
	if err := tx.DB().NewSelect().Model(&out).Where("case_id = ?", id).Where("state = 'open'").Order("id").Limit(1).Scan(tx.Ctx); err != nil || len(out) == 0 {
		return nil, err
	}
	return &out[0], nil
}

// WithdrawalInput says that the publication was withdrawn, or that there never was one.
type WithdrawalInput struct {
	// Published: the decision had been published; then On and Place say when and where it was withdrawn.
	Published bool     `json:"published"`
	On        law.Date `json:"on"`
	Place     string   `json:"place"`
	Note      string   `json:"note"`
}

func (in WithdrawalInput) check(today law.Date) error {
	var fs fault.Fields
	switch {
	case !in.Published && strings.TrimSpace(in.Note) == "":
		fs.Add("note", "请写明怎样查明没有公开过")
	case !in.Published:
	case in.On.IsZero() || in.On.After(today):
		fs.Add("on", "请填写撤回的日期，不能晚于今天")
	case strings.TrimSpace(in.Place) == "":
		fs.Add("place", "请写明从哪些网站、平台撤回，在哪里说明了理由")
	}
	return fs.Err()
}

// WithdrawPublication registers what became of the publication of a decision that was changed or revoked.
func (s *Service) WithdrawPublication(ctx context.Context, by access.Session, id CaseID, version int64, in WithdrawalInput) error {
	var row *Withdrawal
	return s.update(ctx, by, "casework.withdraw_publication", in, id, command{
		act: "withdraw_publication", version: version,
		prepare: func(tx *store.Tx, c *Case, _ *law.Facts) (err error) {
			if row, err = openWithdrawal(tx, c.ID); err != nil {
				return err
			}
			if row == nil {
				return fault.New(fault.Conflict, "没有要撤回的公开信息")
			}
			if err := in.check(tx.Today()); err != nil {
				return err
			}
			row.State, row.DoneOn, row.Place, row.Note = "never_published", tx.Today(), strings.TrimSpace(in.Place), strings.TrimSpace(in.Note)
			if in.Published {
				row.State, row.DoneOn = "withdrawn", in.On
			}
			return nil
		},
		data: func(*Case) any { return map[string]any{"cause": row.Cause, "due": row.Due, "input": in} },
		finish: func(tx *store.Tx, _ *Case, entry ledger.EntryID) error {
			row.Entry = int64(entry)
			row.Version++
			res, err := tx.DB().NewUpdate().Model(row).WherePK().Where("version = ?", row.Version-1).Exec(tx.Ctx)
			return store.Updated(res, err, "这项撤回")
		},
	})
}
