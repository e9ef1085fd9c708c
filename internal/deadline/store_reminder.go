package deadline

import (
	"strconv"

	"fadu/internal/access"
	"fadu/internal/store"
)

// RowText is an identifier in decimal.
func RowText(id RowID) string { return strconv.FormatInt(int64(id), 10) }

// rowIn is a running term within the scope.
func rowIn(tx *store.Tx, scope access.Scope, id RowID) (Row, error) {
	var r Row
	err := tx.DB().NewSelect().Model(&r).Where("id = ?", int64(id)).Scan(tx.Ctx)
	if store.One(err, "") != nil {
		return r, missing()
	}
	return r, scope.Check(r.Levels, "这个期限")
}

// nextNumber is the next number of the year. Two at once meet at the unique index or retry.
func nextNumber(tx *store.Tx, year int) (int64, error) {
	var n int64
	err := tx.DB().NewSelect().Model((*Reminder)(nil)).ColumnExpr("COALESCE(MAX(number), 0) + 1").Where("year = ?", year).Scan(tx.Ctx, &n)
	return n, err
}

func reminderIn(tx *store.Tx, scope access.Scope, id ReminderID) (Reminder, error) {
	var r Reminder
	err := tx.DB().NewSelect().Model(&r).Where("id = ?", int64(id)).Scan(tx.Ctx)
	if err := store.One(err, "这份督办单"); err != nil {
		return r, err
	}
	return r, scope.Check(r.Levels, "这份督办单")
}

func updateReminder(tx *store.Tx, r *Reminder) error {
	old := r.Version
	r.Version++
	res, err := tx.DB().NewUpdate().Model(r).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, "这份督办单")
}

func updateMiss(tx *store.Tx, m *Miss) error {
	old := m.Version
	m.Version++
	res, err := tx.DB().NewUpdate().Model(m).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, "这条超期记录")
}

// remindersOf is a page of the orders in the scope in one state ("" all), newest first.
func remindersOf(tx *store.Tx, scope access.Scope, state string, cur store.Cursor, ok bool) (rows []Reminder, prev, next string, err error) {
	q := scope.Where(tx.DB().NewSelect().Model(&rows), "rm")
	if state != "" {
		q = q.Where("rm.state = ?", state)
	}
	if err = store.KeysetByID(q, "rm.id", true, cur, ok).Limit(store.PageLimit(tx.Ctx)).Scan(tx.Ctx); err != nil {
		return nil, "", "", err
	}
	rows, prev, next = store.PageOf(tx.Ctx, rows, cur, ok, "reminders"+state, func(r Reminder) store.Cursor { return store.Cursor{ID: r.ID} })
	return rows, prev, next, nil
}

// RemindersTo are the orders that wait for a person's answer, the oldest first.
func RemindersTo(tx *store.Tx, person int64) ([]Reminder, error) {
	if person == 0 {
		return nil, nil
	}
	var out []Reminder
	err := tx.DB().NewSelect().Model(&out).Where("holder = ?", person).Where("state = 'open'").Order("id").Limit(mineLimit).Scan(tx.Ctx)
	return out, err
}

// MissesOf are the missed terms that wait for a person to say why.
func MissesOf(tx *store.Tx, person int64) ([]Miss, error) {
	if person == 0 {
		return nil, nil
	}
	var out []Miss
	err := tx.DB().NewSelect().Model(&out).Where("holder = ?", person).Where("cause = ''").Order("id").Limit(mineLimit).Scan(tx.Ctx)
	return out, err
}
