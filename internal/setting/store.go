package setting

import (
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

type all struct{}

// decided returns the stored row; version 0 when there is none. A page that asks for one setting asks for
// several, so all of them, a few dozen rows, are read at once.
func decided(tx *store.Tx, key string) (stored, error) {
	rows, err := store.Memo(tx, all{}, func() (rows []stored, err error) {
		q := tx.DB().NewSelect().Model(&rows)
		if tx.Writable() {
			q.Where("name = ?", key) // reads no row that another act may be changing
		}
		return rows, q.Scan(tx.Ctx)
	})
	if err != nil {
		return stored{}, fmt.Errorf("setting: %w", err)
	}
	for _, row := range rows {
		if row.Name == key {
			return row, nil
		}
	}
	return stored{Name: key}, nil
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
