package access

import "fadu/internal/store"

// Counts returns how many sessions are open and how many refusals by law the security log holds.
func Counts(tx *store.Tx) (sessions, refusals int64, err error) {
	err = tx.DB().QueryRowContext(tx.Ctx, `SELECT (SELECT COUNT(*) FROM session), (SELECT COUNT(*) FROM security_event WHERE kind = ?)`, EventRefused).Scan(&sessions, &refusals)
	return sessions, refusals, err
}
