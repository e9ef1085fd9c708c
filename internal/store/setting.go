package store

import (
	"database/sql"
	"errors"
	"fmt"
)

// Setting returns a setting of the bureau by its dotted name; ok is false where nobody set it.
func Setting(tx *Tx, name string) (value string, ok bool, err error) {
	err = tx.idb.QueryRowContext(tx.Ctx, `SELECT value FROM setting WHERE name = ?`, name).Scan(&value)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", false, nil
	case err != nil:
		return "", false, fmt.Errorf("store: setting %s: %w", name, err)
	}
	return value, true, nil
}

// PutSetting keeps a setting with the ledger entry of its change.
func PutSetting(tx *Tx, name, value string, entry int64) error {
	_, err := tx.Exec(`INSERT INTO setting (name, value, entry_id) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value, entry_id = excluded.entry_id`, name, value, entry)
	if err != nil {
		return fmt.Errorf("store: setting %s: %w", name, err)
	}
	return nil
}
