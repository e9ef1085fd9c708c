package setting

import (
	"database/sql"
	"errors"
	"fmt"

	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// stored is what the bureau decided about a setting.
type stored struct {
	bun.BaseModel `bun:"table:setting_item,alias:bs"`

	Name    string         `bun:"name,pk"`
	Value   string         `bun:"value"`
	Reason  string         `bun:"reason"`
	Version int64          `bun:"version"`
	Entry   ledger.EntryID `bun:"entry_id"`
}

// Value returns what the bureau decided, or the setting's default.
func Value(tx *store.Tx, s Item) (string, error) {
	row, err := decided(tx, s.Key)
	if err != nil || row.Version == 0 {
		return s.Default, err
	}
	return row.Value, nil
}

// decided returns the stored row; version 0 when there is none.
func decided(tx *store.Tx, key string) (stored, error) {
	var row stored
	err := tx.DB().NewSelect().Model(&row).Where("name = ?", key).Scan(tx.Ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return stored{Name: key}, nil
	}
	if err != nil {
		return row, fmt.Errorf("setting: setting %s: %w", key, err)
	}
	return row, nil
}

// save writes the row if it is still at the version that its caller saw.
func save(tx *store.Tx, row stored) error {
	if row.Version == 0 {
		row.Version = 1
		_, err := tx.DB().NewInsert().Model(&row).Exec(tx.Ctx)
		return err
	}
	old := row.Version
	row.Version++
	res, err := tx.DB().NewUpdate().Model(&row).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, "这项设置")
}
