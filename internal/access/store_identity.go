package access

import (
	"database/sql"
	"errors"
	"fmt"

	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

type identityRow struct {
	bun.BaseModel `bun:"table:account_identity,alias:i"`

	Account AccountID      `bun:"account,pk"`
	Issuer  string         `bun:"issuer"`
	Subject string         `bun:"subject"`
	BoundAt int64          `bun:"bound_at"`
	EntryID ledger.EntryID `bun:"entry_id"`
}

// accountAt returns the account that is bound to the subject of the issuer, or NotFound.
func (s *Service) accountAt(tx *store.Tx, issuer, subject string) (Account, error) {
	var r identityRow
	if err := tx.DB().NewSelect().Model(&r).Where("i.issuer = ? AND i.subject = ?", issuer, subject).Scan(tx.Ctx); err != nil {
		return Account{}, store.One(err, "这个账号")
	}
	return s.AccountByID(tx, r.Account)
}

// identityOf returns the account's subject at the issuer, "" for none.
func identityOf(tx *store.Tx, issuer string, id AccountID) (string, error) {
	var r identityRow
	err := tx.DB().NewSelect().Model(&r).Where("i.account = ? AND i.issuer = ?", id, issuer).Scan(tx.Ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return r.Subject, err
}

// bindIdentity replaces the account's binding; "" removes it.
func bindIdentity(tx *store.Tx, r identityRow) error {
	if _, err := tx.Exec(`DELETE FROM account_identity WHERE account = ?`, r.Account); err != nil {
		return fmt.Errorf("access: identity of %s: %w", r.Account, err)
	}
	if r.Subject == "" {
		return nil
	}
	if _, err := tx.DB().NewInsert().Model(&r).Exec(tx.Ctx); err != nil {
		return fmt.Errorf("access: identity of %s: %w", r.Account, err)
	}
	return nil
}

func (s *Service) identityFree(tx *store.Tx, subject string, self AccountID) error {
	a, err := s.accountAt(tx, s.oidc.o.Issuer, subject)
	if fault.Is(err, fault.NotFound) || err == nil && a.ID == self {
		return nil
	}
	if err != nil {
		return err
	}
	return passwordFault("subject", fmt.Errorf("这个用户标识已经绑定给账号 %s", a.Login))
}
