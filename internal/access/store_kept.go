package access

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"

	"fadu/internal/fault"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// KeptForm is what somebody had filled in when the session had ended.
type KeptForm struct {
	// Action is where the form was sent, Values what it held, without its token.
	Action string     `json:"action"`
	Values url.Values `json:"values"`
	// Files are the names of files that were sent and are not kept.
	Files []string `json:"files"`
}

type keptRow struct {
	bun.BaseModel `bun:"table:kept_form,alias:k"`

	ID      int64     `bun:"id,pk"`
	Account AccountID `bun:"account"`
	At      int64     `bun:"at"`
	Content string    `bun:"content"`
}

const (
	// maxKept bounds a kept form in bytes, keptEach how many wait for one account.
	maxKept  = 256 << 10
	keptEach = 5
)

func keptPurpose(id AccountID) string { return "kept form of " + id.String() }

// keep stores the form for its account alone, and removes what is past its time.
func (s *Service) keep(tx *store.Tx, account AccountID, k KeptForm) (int64, error) {
	b, err := json.Marshal(k)
	if err != nil || len(b) > maxKept {
		return 0, orFault(err, fault.New(fault.Invalid, "填的内容太多，没有能保留"))
	}
	r := &keptRow{ID: store.NewID(), Account: account, At: store.Micros(tx.Now), Content: s.sealer.seal(keptPurpose(account), b)}
	if _, err := tx.DB().NewInsert().Model(r).Exec(tx.Ctx); err != nil {
		return 0, fmt.Errorf("access: keep form: %w", err)
	}
	for _, q := range []struct {
		sql  string
		args []any
	}{
		{`DELETE FROM kept_form WHERE at < ?`, []any{store.Micros(tx.Now.Add(-s.policy.Session.Kept))}},
		{`DELETE FROM kept_form WHERE account = ? AND id NOT IN (SELECT id FROM kept_form WHERE account = ? ORDER BY id DESC LIMIT ?)`, []any{account, account, keptEach}},
	} {
		if _, err := tx.Exec(q.sql, q.args...); err != nil {
			return 0, fmt.Errorf("access: keep form: %w", err)
		}
	}
	return r.ID, nil
}

// kept returns the actor's own form, or NotFound.
func (s *Service) kept(tx *store.Tx, by Session, id int64) (KeptForm, error) {
	missing := fault.Missing("保留的内容（也可能超过了保留时间）")
	r := keptRow{ID: id}
	err := tx.DB().NewSelect().Model(&r).WherePK().Where("k.account = ? AND k.at >= ?", by.account.ID, store.Micros(tx.Now.Add(-s.policy.Session.Kept))).Scan(tx.Ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return KeptForm{}, missing
	}
	if err != nil {
		return KeptForm{}, fmt.Errorf("access: kept form: %w", err)
	}
	var k KeptForm
	if s.sealer.openJSON(keptPurpose(by.account.ID), r.Content, &k) != nil {
		return k, missing
	}
	return k, nil
}

// dropKept removes the account's kept forms.
func dropKept(tx *store.Tx, account AccountID) error {
	if _, err := tx.Exec(`DELETE FROM kept_form WHERE account = ?`, account); err != nil {
		return fmt.Errorf("access: drop kept forms: %w", err)
	}
	return nil
}
