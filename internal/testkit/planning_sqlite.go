package testkit

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"maps"
	"strings"
	"sync"

	"modernc.org/sqlite"
)

// PlanningSQLite is the name of a driver that is SQLite and keeps, for every statement that is prepared,
// how SQLite goes about it.
const PlanningSQLite = "sqlite-planning"

var plans = struct {
	sync.Mutex
	once sync.Once
	of   map[string][]string
}{of: map[string][]string{}}

// PlanSQLite makes the driver available. Plans returns what was kept since: for each text of a statement the
// lines of EXPLAIN QUERY PLAN.
func PlanSQLite() {
	plans.once.Do(func() { sql.Register(PlanningSQLite, planningDriver{}) })
}

// Plans returns a copy of what was kept.
func Plans() map[string][]string {
	plans.Lock()
	defer plans.Unlock()
	return maps.Clone(plans.of)
}

type planningDriver struct{}

// Open opens a connection that explains.
func (planningDriver) Open(dsn string) (driver.Conn, error) {
	c, err := (&sqlite.Driver{}).Open(dsn)
	if err != nil {
		return nil, err
	}
	return &planningConn{c.(sqliteConn)}, nil
}

type planningConn struct{ sqliteConn }

// PrepareContext prepares a statement and, the first time, asks how it is gone about.
func (c *planningConn) PrepareContext(ctx context.Context, q string) (driver.Stmt, error) {
	s, err := c.sqliteConn.PrepareContext(ctx, q)
	if err != nil {
		return nil, err
	}
	plans.Lock()
	_, known := plans.of[q]
	plans.Unlock()
	if known {
		return s, nil
	}
	lines, err := c.explain(ctx, q, strings.Count(q, "?"))
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	plans.Lock()
	plans.of[q] = lines
	plans.Unlock()
	return s, nil
}

func (c *planningConn) explain(ctx context.Context, q string, inputs int) ([]string, error) {
	args := make([]driver.NamedValue, inputs)
	for i := range args {
		args[i].Ordinal = i + 1
	}
	rows, err := c.QueryContext(ctx, "EXPLAIN QUERY PLAN "+q, args)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var lines []string
	for row := make([]driver.Value, len(rows.Columns())); ; {
		switch err := rows.Next(row); {
		case errors.Is(err, io.EOF):
			return lines, nil
		case err != nil:
			return nil, err
		}
		if text, ok := row[len(row)-1].(string); ok {
			lines = append(lines, text)
		}
	}
}
