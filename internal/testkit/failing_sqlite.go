package testkit

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"unsafe"

	"modernc.org/libc"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// FailingSQLite is the name of a driver that is SQLite with every statement, and every write, sync and
// truncation of its files, a step of the Nth that FailSQLite chose.
const FailingSQLite = "sqlite-failing"

var (
	failing  atomic.Pointer[Nth]
	register = sync.OnceFunc(func() {
		registerVFS()
		sql.Register(FailingSQLite, failingDriver{})
	})
)

// FailSQLite makes the driver available and f decide which of its steps fail. Only one test at a time may
// use it.
func FailSQLite(f *Nth) {
	register()
	failing.Store(f)
}

func step(name string) error {
	if f := failing.Load(); f != nil {
		return f.Step(name)
	}
	return nil
}

type failingDriver struct{}

// Open opens a connection on the failing files.
func (failingDriver) Open(dsn string) (driver.Conn, error) {
	c, err := (&sqlite.Driver{}).Open(dsn + "&vfs=" + vfsName)
	if err != nil {
		return nil, err
	}
	return &failingConn{c.(sqliteConn)}, nil
}

// sqliteConn is all that database/sql and the store use of a connection.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	sqlite.HookRegisterer
}

type failingConn struct{ sqliteConn }

func statement(query string) string {
	query = strings.TrimSpace(query)
	if len(query) > 60 {
		query = query[:60]
	}
	return "sql " + query
}

// ExecContext runs the statement unless it is its turn to fail.
func (c *failingConn) ExecContext(ctx context.Context, q string, args []driver.NamedValue) (driver.Result, error) {
	if err := step(statement(q)); err != nil {
		return nil, err
	}
	return c.sqliteConn.ExecContext(ctx, q, args)
}

// QueryContext runs the statement unless it is its turn to fail.
func (c *failingConn) QueryContext(ctx context.Context, q string, args []driver.NamedValue) (driver.Rows, error) {
	if err := step(statement(q)); err != nil {
		return nil, err
	}
	return c.sqliteConn.QueryContext(ctx, q, args)
}

// PrepareContext prepares a statement each use of which is a step.
func (c *failingConn) PrepareContext(ctx context.Context, q string) (driver.Stmt, error) {
	s, err := c.sqliteConn.PrepareContext(ctx, q)
	if err != nil {
		return nil, err
	}
	return &failingStmt{s.(sqliteStmt), statement(q)}, nil
}

type sqliteStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type failingStmt struct {
	sqliteStmt
	name string
}

// ExecContext runs the statement unless it is its turn to fail.
func (s *failingStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	if err := step(s.name); err != nil {
		return nil, err
	}
	return s.sqliteStmt.ExecContext(ctx, args)
}

// QueryContext runs the statement unless it is its turn to fail.
func (s *failingStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	if err := step(s.name); err != nil {
		return nil, err
	}
	return s.sqliteStmt.QueryContext(ctx, args)
}

const vfsName = "failing"

// realVFS is the system's VFS; methods leads from a table of file methods of ours to the real one and back.
var (
	realVFS uintptr
	methods = struct {
		sync.Mutex
		ours, real map[uintptr]uintptr
	}{ours: map[uintptr]uintptr{}, real: map[uintptr]uintptr{}}
)

// cFunc is the address by which translated C calls a function of Go, goFunc the reverse; the layout is that
// of modernc.org/sqlite.
func cFunc[T any](f T) uintptr { return *(*uintptr)(unsafe.Pointer(&struct{ f T }{f})) }

func goFunc[T any](p uintptr) T { return *(*T)(unsafe.Pointer(&struct{ uintptr }{p})) }

// at reads memory of libc, which Go neither moves nor frees.
func at[T any](p uintptr) *T { return (*T)(*(*unsafe.Pointer)(unsafe.Pointer(&p))) }

func registerVFS() {
	tls := libc.NewTLS()
	realVFS = sqlite3.Xsqlite3_vfs_find(tls, 0)
	name, err := libc.CString(vfsName)
	if err != nil {
		panic(err)
	}
	p := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(sqlite3.Tsqlite3_vfs{})))
	v := at[sqlite3.Tsqlite3_vfs](p)
	*v = *at[sqlite3.Tsqlite3_vfs](realVFS)
	v.FpNext, v.FzName, v.FxOpen = 0, name, cFunc(openFile)
	if rc := sqlite3.Xsqlite3_vfs_register(tls, p, 0); rc != sqlite3.SQLITE_OK {
		panic(errors.New("testkit: the failing VFS was not registered"))
	}
}

// openFile opens a real file and puts our methods before its own.
func openFile(tls *libc.TLS, _, name, file uintptr, flags int32, out uintptr) int32 {
	open := goFunc[func(*libc.TLS, uintptr, uintptr, uintptr, int32, uintptr) int32](at[sqlite3.Tsqlite3_vfs](realVFS).FxOpen)
	rc := open(tls, realVFS, name, file, flags, out)
	if table := at[uintptr](file); rc == sqlite3.SQLITE_OK && *table != 0 {
		*table = ourMethods(tls, *table)
	}
	return rc
}

func ourMethods(tls *libc.TLS, real uintptr) uintptr {
	methods.Lock()
	defer methods.Unlock()
	if ours, ok := methods.ours[real]; ok {
		return ours
	}
	ours := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(sqlite3.Tsqlite3_io_methods{})))
	m := at[sqlite3.Tsqlite3_io_methods](ours)
	*m = *at[sqlite3.Tsqlite3_io_methods](real)
	m.FxWrite, m.FxSync, m.FxTruncate = cFunc(writeFile), cFunc(syncFile), cFunc(truncateFile)
	methods.ours[real], methods.real[ours] = ours, real
	return ours
}

func realOf(file uintptr) *sqlite3.Tsqlite3_io_methods {
	methods.Lock()
	defer methods.Unlock()
	return at[sqlite3.Tsqlite3_io_methods](methods.real[*at[uintptr](file)])
}

func writeFile(tls *libc.TLS, file, data uintptr, n int32, offset int64) int32 {
	if step("file write") != nil {
		return sqlite3.SQLITE_IOERR_WRITE
	}
	return goFunc[func(*libc.TLS, uintptr, uintptr, int32, int64) int32](realOf(file).FxWrite)(tls, file, data, n, offset)
}

func syncFile(tls *libc.TLS, file uintptr, flags int32) int32 {
	if step("file sync") != nil {
		return sqlite3.SQLITE_IOERR_FSYNC
	}
	return goFunc[func(*libc.TLS, uintptr, int32) int32](realOf(file).FxSync)(tls, file, flags)
}

func truncateFile(tls *libc.TLS, file uintptr, size int64) int32 {
	if step("file truncate") != nil {
		return sqlite3.SQLITE_IOERR_TRUNCATE
	}
	return goFunc[func(*libc.TLS, uintptr, int64) int32](realOf(file).FxTruncate)(tls, file, size)
}
