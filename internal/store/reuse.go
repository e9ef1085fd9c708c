package store

import (
	"container/list"
	"context"
	"database/sql"
	"database/sql/driver"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"modernc.org/sqlite"
)

// keptStatements bounds the prepared statements of a connection; each holds some 10 kB.
const keptStatements = 200

// openReusing opens a pool on a SQLite file whose connections prepare each statement once.
func openReusing(name, dsn string) (*sql.DB, error) {
	plain, err := sql.Open(name, dsn) // never connects
	if err != nil {
		return nil, err
	}
	defer func() { _ = plain.Close() }()
	return sql.OpenDB(sqliteReusing{plain.Driver(), dsn}), nil
}

type sqliteReusing struct {
	driver driver.Driver
	dsn    string
}

// Driver returns the driver.
func (r sqliteReusing) Driver() driver.Driver { return r.driver }

// Connect opens a connection.
func (r sqliteReusing) Connect(context.Context) (driver.Conn, error) {
	conn, err := r.driver.Open(r.dsn)
	if err != nil {
		return nil, err
	}
	return &sqliteConn{sqliteDriverConn: conn.(sqliteDriverConn), known: map[string]*list.Element{}, recent: list.New()}, nil
}

// sqliteDriverConn is what the driver's connections can do.
type sqliteDriverConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	sqlite.HookRegisterer
}

// sqliteConn keeps the statements that it prepared. database/sql uses a connection from one goroutine at
// a time.
type sqliteConn struct {
	sqliteDriverConn
	known  map[string]*list.Element
	recent *list.List // of *statement, the one used last in front
}

type statement struct {
	text string
	stmt driver.Stmt
	// busy is set while its rows are read; a second use meanwhile needs a statement of its own.
	busy bool
}

// prepared returns the statement of the text, which is marked busy; nil when it is busy already.
func (c *sqliteConn) prepared(ctx context.Context, text string) (*statement, error) {
	if e, ok := c.known[text]; ok {
		s := e.Value.(*statement)
		if s.busy {
			return nil, nil
		}
		c.recent.MoveToFront(e)
		s.busy = true
		return s, nil
	}
	stmt, err := c.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	s := &statement{text: text, stmt: stmt, busy: true}
	c.known[text] = c.recent.PushFront(s)
	for e := c.recent.Back(); len(c.known) > keptStatements && e != nil; {
		old, before := e.Value.(*statement), e.Prev()
		if !old.busy {
			delete(c.known, old.text)
			c.recent.Remove(e)
			_ = old.stmt.Close()
		}
		e = before
	}
	return s, nil
}

// ExecContext runs the statement of the text with its arguments taken out.
func (c *sqliteConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if len(args) > 0 {
		return c.sqliteDriverConn.ExecContext(ctx, query, args)
	}
	text, args, reuse := separate(query, false)
	if reuse {
		s, err := c.prepared(ctx, text)
		if err != nil {
			return nil, err
		}
		if s != nil {
			defer func() { s.busy = false }()
			return s.stmt.(driver.StmtExecContext).ExecContext(ctx, args)
		}
	}
	return c.sqliteDriverConn.ExecContext(ctx, text, args)
}

// QueryContext is ExecContext for rows.
func (c *sqliteConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if len(args) > 0 {
		return c.sqliteDriverConn.QueryContext(ctx, query, args)
	}
	text, args, reuse := separate(query, false)
	if reuse {
		s, err := c.prepared(ctx, text)
		if err != nil {
			return nil, err
		}
		if s != nil {
			rows, err := s.stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
			if err != nil {
				s.busy = false
				return nil, err
			}
			return &reusedRows{sqliteRows: rows.(sqliteRows), of: s}, nil
		}
	}
	return c.sqliteDriverConn.QueryContext(ctx, text, args)
}

// ResetSession asks the driver whether the connection can be used again.
func (c *sqliteConn) ResetSession(ctx context.Context) error {
	if r, ok := c.sqliteDriverConn.(driver.SessionResetter); ok {
		return r.ResetSession(ctx)
	}
	return nil
}

// IsValid asks the driver whether the connection can be kept.
func (c *sqliteConn) IsValid() bool {
	v, ok := c.sqliteDriverConn.(driver.Validator)
	return !ok || v.IsValid()
}

// Close closes the statements and the connection.
func (c *sqliteConn) Close() error {
	for _, e := range c.known {
		_ = e.Value.(*statement).stmt.Close()
	}
	clear(c.known)
	return c.sqliteDriverConn.Close()
}

// sqliteRows is what the driver's rows can do.
type sqliteRows interface {
	driver.RowsColumnTypeDatabaseTypeName
	driver.RowsColumnTypeLength
	driver.RowsColumnTypeNullable
	driver.RowsColumnTypePrecisionScale
	driver.RowsColumnTypeScanType
}

// reusedRows gives its statement back when it is closed.
type reusedRows struct {
	sqliteRows
	of *statement
}

// Close ends the reading.
func (r *reusedRows) Close() error {
	defer func() { r.of.busy = false }()
	return r.sqliteRows.Close()
}

// openReusingPG opens a pool on PostgreSQL. The driver prepares what has arguments once a connection.
func openReusingPG(cfg pgx.ConnConfig) *sql.DB {
	return sql.OpenDB(pgReusing{stdlib.GetConnector(cfg)})
}

type pgReusing struct{ driver.Connector }

// Connect opens a connection.
func (r pgReusing) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := r.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &pgConn{conn.(*stdlib.Conn)}, nil
}

type stdlibConn = stdlib.Conn

// pgConn is the driver's connection with arguments taken out of statements.
type pgConn struct{ *stdlibConn }

// ExecContext runs the statement of the text with its arguments taken out.
func (c *pgConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if len(args) == 0 {
		query, args, _ = separate(query, true)
	}
	return c.stdlibConn.ExecContext(ctx, query, args)
}

// QueryContext is ExecContext for rows.
func (c *pgConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if len(args) == 0 {
		query, args, _ = separate(query, true)
	}
	return c.stdlibConn.QueryContext(ctx, query, args)
}

// BeginTx begins a transaction, with the turn that the context names in the same round trip.
func (c *pgConn) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	begin, ok := ctx.Value(beginKey{}).(string)
	if !ok {
		return c.stdlibConn.BeginTx(ctx, opts)
	}
	if c.Conn().IsClosed() {
		return nil, driver.ErrBadConn
	}
	tx, err := c.Conn().BeginTx(ctx, pgx.TxOptions{BeginQuery: begin})
	if err != nil {
		return nil, err
	}
	return pgTx{ctx, tx}, nil
}

// pgTx is the driver's transaction.
type pgTx struct {
	ctx context.Context
	tx  pgx.Tx
}

// Commit commits.
func (t pgTx) Commit() error { return t.tx.Commit(t.ctx) }

// Rollback undoes.
func (t pgTx) Rollback() error { return t.tx.Rollback(t.ctx) }
