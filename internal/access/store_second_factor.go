package access

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/planted"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

type totpRow struct {
	bun.BaseModel `bun:"table:account_totp,alias:t"`

	Account  AccountID      `bun:"account,pk"`
	Secret   string         `bun:"secret"`
	Fresh    string         `bun:"fresh"`
	Since    int64          `bun:"since"`
	UsedStep int64          `bun:"used_step"`
	EntryID  ledger.EntryID `bun:"entry_id"`
}

func totpPurpose(id AccountID) string { return "totp " + id.String() }

// totpOf returns the account's secrets; the zero row when it never began.
func totpOf(tx *store.Tx, id AccountID) (totpRow, error) {
	r := totpRow{Account: id}
	err := tx.DB().NewSelect().Model(&r).WherePK().Scan(tx.Ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return totpRow{Account: id}, nil
	}
	return r, err
}

// unreadable are the secrets, in use or waiting, that the server's key did not seal.
func (s *Service) unreadable(tx *store.Tx) ([]totpRow, error) {
	var all []totpRow
	if err := tx.DB().NewSelect().Model(&all).Order("account").Scan(tx.Ctx); err != nil {
		return nil, fmt.Errorf("access: second factors: %w", err)
	}
	return slices.DeleteFunc(all, func(r totpRow) bool {
		for _, sealed := range []string{r.Secret, r.Fresh} {
			if sealed == "" {
				continue
			}
			if _, err := s.sealer.open(totpPurpose(r.Account), sealed); err != nil {
				return false
			}
		}
		return true
	}), nil
}

func putTOTP(tx *store.Tx, r totpRow) error {
	_, err := tx.DB().NewInsert().Model(&r).On("CONFLICT (account) DO UPDATE").
		Set("secret = EXCLUDED.secret, fresh = EXCLUDED.fresh, since = EXCLUDED.since, used_step = EXCLUDED.used_step, entry_id = EXCLUDED.entry_id").Exec(tx.Ctx)
	if err != nil {
		return fmt.Errorf("access: second factor of %s: %w", r.Account, err)
	}
	return nil
}

// useStep takes a step for good; false when it or a later one was used before.
func useStep(tx *store.Tx, id AccountID, step int64) (bool, error) {
	if planted.Is(planted.CodeTwice) {
		return true, nil
	}
	res, err := tx.Exec(`UPDATE account_totp SET used_step = ? WHERE account = ? AND used_step < ?`, step, id, step)
	if err != nil {
		return false, fmt.Errorf("access: use code of %s: %w", id, err)
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// dropTOTP removes secrets and recovery codes.
func dropTOTP(tx *store.Tx, id AccountID) error {
	for _, q := range []string{`DELETE FROM account_totp WHERE account = ?`, `DELETE FROM account_recovery WHERE account = ?`} {
		if _, err := tx.Exec(q, id); err != nil {
			return fmt.Errorf("access: drop second factor of %s: %w", id, err)
		}
	}
	return nil
}

type recoveryRow struct {
	bun.BaseModel `bun:"table:account_recovery,alias:r"`

	Account AccountID      `bun:"account,pk"`
	Code    string         `bun:"code,pk"`
	EntryID ledger.EntryID `bun:"entry_id"`
}

// putRecovery replaces the account's recovery codes by the hashes.
func putRecovery(tx *store.Tx, id AccountID, hashes []string, entry ledger.EntryID) error {
	if _, err := tx.Exec(`DELETE FROM account_recovery WHERE account = ?`, id); err != nil {
		return fmt.Errorf("access: recovery codes of %s: %w", id, err)
	}
	rows := make([]recoveryRow, len(hashes))
	for i, h := range hashes {
		rows[i] = recoveryRow{Account: id, Code: h, EntryID: entry}
	}
	_, err := tx.DB().NewInsert().Model(&rows).Exec(tx.Ctx)
	return err
}

// useRecovery takes a recovery code for good; false when it is none.
func useRecovery(tx *store.Tx, id AccountID, hash string) (bool, error) {
	res, err := tx.Exec(`DELETE FROM account_recovery WHERE account = ? AND code = ?`, id, hash)
	if err != nil {
		return false, fmt.Errorf("access: use recovery code of %s: %w", id, err)
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

func recoveryLeft(tx *store.Tx, id AccountID) (int, error) {
	n, err := tx.DB().NewSelect().Model((*recoveryRow)(nil)).Where("r.account = ?", id).Count(tx.Ctx)
	return int(n), err
}

// SecondFactor is what the holder sees of the own second factor.
type SecondFactor struct {
	// On says that codes are asked for; Since is when it was set up.
	On    bool
	Since time.Time
	// Required says that the policy asks for it, so that it cannot be given up.
	Required bool
	// Left is how many recovery codes are still good.
	Left int
	// Key is the secret that waits for its first code, as it is typed, and Address what its QR code
	// holds; "" when none waits.
	Key, Address string
}

// SecondFactorOf returns the actor's own second factor.
func (s *Service) SecondFactorOf(tx *store.Tx, by Session) (SecondFactor, error) {
	r, err := totpOf(tx, by.account.ID)
	if err != nil {
		return SecondFactor{}, err
	}
	out := SecondFactor{On: r.Secret != "", Since: store.FromMicros(r.Since), Required: s.factorRequired(by.account)}
	if r.Fresh != "" {
		secret, err := s.sealer.open(totpPurpose(r.Account), r.Fresh)
		if err != nil {
			return out, errKeyLost
		}
		out.Key, out.Address = string(secret), totpAddress(s.o.Bureau, by.account.Login, string(secret))
	}
	if out.On {
		out.Left, err = recoveryLeft(tx, r.Account)
	}
	return out, err
}

// errKeyLost says that the server's key is not the one with which the database was written.
var errKeyLost = fault.New(fault.Busy, "动态口令现在无法核对：服务器的密钥文件与数据库不符。请系统管理员放回原来的密钥文件（secret.key）")
