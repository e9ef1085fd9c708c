package store

import (
	"bytes"
	"context"
	"errors"
	"runtime"

	"fadu/internal/fault"
	"fadu/internal/law"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Duplicate reports a violated unique constraint or primary key, on either engine.
func Duplicate(err error) bool {
	var se *sqlite.Error
	if errors.As(err, &se) {
		return se.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || se.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	}
	var pe *pgconn.PgError
	return errors.As(err, &pe) && pe.Code == "23505"
}

// translate gives the failures of the machine that a user can act on their kind; all else is passed on.
func translate(err error) error {
	if err == nil || fault.KindOf(err) != "" || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var refusal *law.Refusal
	if errors.As(err, &refusal) {
		return err
	}
	full, busy := false, false
	var se *sqlite.Error
	var pe *pgconn.PgError
	switch {
	case errors.As(err, &se):
		switch se.Code() & 0xff {
		case sqlite3.SQLITE_FULL:
			full = true
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
			busy = true
		}
	case errors.As(err, &pe):
		full = pe.Code == "53100"
		busy = conflict(err) || pe.Code == "53300" || pe.Code == "57P03" || pe.Code == "55P03"
	}
	switch {
	case full:
		return &fault.Error{Kind: fault.Full, Message: "磁盘空间不足，这次没有保存，已有数据不受影响。请告知系统管理员清理后重试", Err: err}
	case busy:
		return &fault.Error{Kind: fault.Busy, Message: "系统正忙，这次没有保存，请稍后重试", Err: err}
	}
	return err
}

// goroutine names the running goroutine, to tell a nested Update (which would wait for itself) from a
// concurrent one. The runtime has no cheaper public name for it.
func goroutine() string {
	var buf [40]byte
	b := buf[:runtime.Stack(buf[:], false)]
	b, _, _ = bytes.Cut(bytes.TrimPrefix(b, []byte("goroutine ")), []byte(" "))
	return string(b)
}
