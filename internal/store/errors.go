package store

import (
	"bytes"
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"runtime"
	"strings"

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
	full, busy, gone, damaged := false, false, false, false
	var se *sqlite.Error
	var pe *pgconn.PgError
	switch {
	case errors.As(err, &se):
		switch se.Code() & 0xff {
		case sqlite3.SQLITE_FULL:
			full = true
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
			busy = true
		case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
			damaged = true
		}
	case errors.As(err, &pe):
		damaged = strings.HasPrefix(pe.Code, "XX00") && pe.Code != "XX000"
		full = pe.Code == "53100"
		busy = conflict(err) || pe.Code == "53300" || pe.Code == "55P03"
		gone = strings.HasPrefix(pe.Code, "57P0") || strings.HasPrefix(pe.Code, "08")
	default:
		gone = cut(err)
	}
	switch {
	case full:
		return &fault.Error{Kind: fault.Full, Message: "磁盘空间不足，这次没有保存，已有数据不受影响。请告知系统管理员清理后重试", Err: err}
	case damaged:
		return &fault.Error{Kind: fault.Damaged, Message: "数据库文件损坏，读不出来。请系统管理员停止程序，保留现状，运行 fadu doctor 看哪里坏了，再恢复最近的备份", Err: err}
	case busy:
		return &fault.Error{Kind: fault.Busy, Message: "系统正忙，这次没有保存，请稍后重试", Err: err}
	case gone:
		return &fault.Error{Kind: fault.Busy, Message: "数据库暂时连不上，还不知道这一步办成没有。请稍后把同一张表单再提交一次：已经办成的不会再办一次", Err: err}
	}
	return err
}

// cut reports a connection to the database server that could not be made or broke. When it broke at the
// COMMIT nobody knows whether that was done.
func cut(err error) bool {
	var connecting *pgconn.ConnectError
	var network *net.OpError
	return errors.As(err, &connecting) || errors.As(err, &network) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.ErrUnexpectedEOF) || pgconn.SafeToRetry(err)
}

// goroutine names the running goroutine, to tell a nested Update (which would wait for itself) from a
// concurrent one. The runtime has no cheaper public name for it.
func goroutine() string {
	var buf [40]byte
	b := buf[:runtime.Stack(buf[:], false)]
	b, _, _ = bytes.Cut(bytes.TrimPrefix(b, []byte("goroutine ")), []byte(" "))
	return string(b)
}
