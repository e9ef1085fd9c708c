package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"

	"fadu/internal/fault"
	"fadu/internal/planted"
)

// Once names a request that may arrive more than once.
type Once struct {
	// Actor is the account that asks; Route what it asks for.
	Actor int64
	Route string
	// Key is the idempotency key; empty means an ordinary Update.
	Key string
	// Body is what was asked; its hash tells a retry from another use of the key.
	Body []byte
}

// Keep is how many days a key is remembered.
const Keep = 7

// Once runs f at most once per actor, route and key: a repeat with the same body gets the first
// location back (replayed), another body is a Reused fault that points to what was made. Only successes
// are remembered, so that a corrected form may reuse its key.
func (db *DB) Once(ctx context.Context, o Once, f func(*Tx) (string, error)) (location string, replayed bool, err error) {
	if rehearsing(ctx) {
		o.Key = ""
	}
	sum := sha256.Sum256(o.Body)
	hash := hex.EncodeToString(sum[:])
	err = db.Update(ctx, func(tx *Tx) error {
		location, replayed = "", false
		remembers := o.Key != "" && !planted.Is(planted.KeyForgotten)
		place := ""
		if remembers {
			var err error
			if location, place, replayed, err = o.claim(tx, hash); err != nil || replayed {
				return err
			}
		}
		loc, err := f(tx)
		if err != nil {
			return err
		}
		if location = loc; !remembers {
			return nil
		}
		return o.remember(tx, hash, loc, place)
	})
	if err != nil && o.Key != "" {
		// Of equal requests at once the others may fail at what the first has just made, and a COMMIT that
		// gave no answer may have been done.
		if at, ok := db.done(ctx, o, hash); ok {
			return at, true, nil
		}
	}
	return location, replayed, err
}

// done reports whether the request was done meanwhile, and where it led.
func (db *DB) done(ctx context.Context, o Once, hash string) (location string, ok bool) {
	err := db.View(ctx, func(tx *Tx) error {
		return tx.idb.QueryRowContext(tx.Ctx, `SELECT location FROM idempotency WHERE actor = ? AND route = ? AND op_key = ? AND body_hash = ?`, o.Actor, o.Route, o.Key, hash).Scan(&location)
	})
	return location, err == nil
}

// claim looks whether the key was used, and how. On PostgreSQL it writes the key at once and returns where:
// to look for a key that is not there would lock the page of the index on which all new keys are, and
// serialisable transactions that only have this page in common would have to retry.
func (o Once) claim(tx *Tx, hash string) (location, place string, replayed bool, err error) {
	if tx.engine == PostgreSQL {
		err = tx.idb.QueryRowContext(tx.Ctx, `INSERT INTO idempotency (actor, route, op_key, body_hash, location, at) VALUES (?, ?, ?, ?, '', ?) ON CONFLICT DO NOTHING RETURNING ctid::text`, o.Actor, o.Route, o.Key, hash, Micros(tx.Now)).Scan(&place)
		if !errors.Is(err, sql.ErrNoRows) {
			return "", place, false, err
		}
	}
	var known string
	err = tx.idb.QueryRowContext(tx.Ctx, `SELECT body_hash, location FROM idempotency WHERE actor = ? AND route = ? AND op_key = ?`, o.Actor, o.Route, o.Key).Scan(&known, &location)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", "", false, nil
	case err == nil && known != hash:
		err = &fault.Error{Kind: fault.Reused, Message: "这张表单已经提交过一次，内容与这次不同。请打开已办的记录核对", Location: location}
	}
	return location, "", err == nil, err
}

// remember writes what the key made.
func (o Once) remember(tx *Tx, hash, location, place string) error {
	if place != "" {
		_, err := tx.Exec(`UPDATE idempotency SET location = ? WHERE ctid = ?::tid`, location, place)
		return err
	}
	_, err := tx.Exec(`INSERT INTO idempotency (actor, route, op_key, body_hash, location, at) VALUES (?, ?, ?, ?, ?, ?)`, o.Actor, o.Route, o.Key, hash, location, Micros(tx.Now))
	return err
}

// ForgetKeys removes idempotency keys older than Keep days.
func ForgetKeys(tx *Tx) error {
	_, err := tx.Exec(`DELETE FROM idempotency WHERE at < ?`, Micros(tx.Now.AddDate(0, 0, -Keep)))
	return err
}
