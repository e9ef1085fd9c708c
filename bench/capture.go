package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"             // the driver "sqlite"
)

// stored is a row that a create wrote.
type stored struct {
	table   string
	columns []string
	values  []any
}

// creation is everything that one real create wrote, to be written again under other names.
type creation struct {
	rows []stored
	// schema makes the empty tables with all their indexes (SQLite).
	schema []string
	// ids are the identifiers that belong to this create, key its idempotency key.
	ids []int64
	key string
}

// tablesOfCreate are (identifiers within ten seconds of the case are its own) what a create writes to, with the rows that belong to the case $1.
var tablesOfCreate = [][2]string{
	{"penalty_case", `id = $1`},
	{"figure_delta", `id > $1 AND id < $1 + 40000000000`},
	{"search_text", `id = $1`},
	{"idempotency", `location = '/w/cases/' || $1`},
	{"ledger_entry", `subject = 'case/' || $1`},
	{"ledger_leaf", `entry_id IN (SELECT id FROM ledger_entry WHERE subject = 'case/' || $1)`},
}

// capture lets the running server register a lead and reads what that wrote.
func capture(ctx context.Context, w where, officer *browser) (*creation, error) {
	req, err := creating(ctx, officer)(rand.New(rand.NewPCG(1, 1)))
	if err != nil {
		return nil, err
	}
	resp, err := officer.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	var made struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(body, &made); err != nil || made.ID == "" {
		return nil, fmt.Errorf("capture: %s %s", resp.Status, body)
	}
	id, err := strconv.ParseInt(made.ID, 10, 64)
	if err != nil {
		return nil, err
	}
	db, err := open(w)
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	c := &creation{key: req.Header.Get("Idempotency-Key"), ids: []int64{id}}
	for _, t := range tablesOfCreate {
		if err := c.read(ctx, db, t[0], strings.ReplaceAll(t[1], "$1", made.ID)); err != nil {
			return nil, fmt.Errorf("capture %s: %w", t[0], err)
		}
	}
	if w.Database == "" {
		err = c.index(ctx, db)
	}
	return c, err
}

func open(w where) (*sql.DB, error) {
	if w.Database != "" {
		return sql.Open("pgx", w.Database)
	}
	return sql.Open("sqlite", "file:"+filepath.Join(w.Data, "fadu.db")+"?mode=ro&_pragma=busy_timeout(5000)")
}

// read takes the rows of a table; leaves on PostgreSQL come a moment later.
func (c *creation) read(ctx context.Context, db *sql.DB, table, condition string) error {
	for began := time.Now(); time.Since(began) < 5*time.Second; time.Sleep(100 * time.Millisecond) {
		rows, err := db.QueryContext(ctx, "SELECT * FROM "+table+" WHERE "+condition)
		if err != nil {
			return err
		}
		before := len(c.rows)
		if err := c.scan(rows, table); err != nil {
			return err
		}
		if len(c.rows) > before {
			return nil
		}
	}
	return errors.New("the create left no row there")
}

func (c *creation) scan(rows *sql.Rows, table string) error {
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, v := range values {
			if b, ok := v.([]byte); ok {
				values[i] = string(b)
			}
		}
		if first, ok := values[0].(int64); ok && columns[0] == "id" && !slices.Contains(c.ids, first) {
			c.ids = append(c.ids, first)
		}
		c.rows = append(c.rows, stored{table, columns, values})
	}
	return rows.Err()
}

// index adds the row of the full-text index, whose terms are not kept as text, and the schema.
func (c *creation) index(ctx context.Context, db *sql.DB) error {
	for _, r := range c.rows {
		if r.table == "search_text" {
			body := []rune(r.values[slices.Index(r.columns, "body")].(string))
			terms := map[string]bool{}
			for i := range body[1:] {
				terms[fmt.Sprintf("case_%04s%04s", strconv.FormatInt(int64(body[i]), 36), strconv.FormatInt(int64(body[i+1]), 36))] = true
			}
			var text []string
			for t := range terms {
				text = append(text, t)
			}
			slices.Sort(text)
			c.rows = append(c.rows, stored{"search_index", []string{"rowid", "terms"}, []any{c.ids[0], strings.Join(text, " ")}})
		}
	}
	for _, r := range c.rows {
		rows, err := db.QueryContext(ctx, `SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL AND type IN ('table', 'index') ORDER BY type DESC`, r.table)
		if err != nil {
			return err
		}
		for rows.Next() {
			var text string
			if err := rows.Scan(&text); err != nil {
				_ = rows.Close()
				return err
			}
			if !slices.Contains(c.schema, text) {
				c.schema = append(c.schema, text)
			}
		}
		if err := rows.Close(); err != nil {
			return err
		}
	}
	return nil
}

// step keeps the identifiers of two copies apart.
const step = 1 << 22

// copy returns the values of the rows under the n-th other name: as many bytes, no key twice.
func (c *creation) copy(n int64) [][]any {
	var words []string
	for _, id := range c.ids {
		words = append(words, strconv.FormatInt(id, 10), strconv.FormatInt(id+n*step, 10))
	}
	rename := strings.NewReplacer(append(words, c.key, uuid.NewString())...)
	out := make([][]any, len(c.rows))
	for i, r := range c.rows {
		values := slices.Clone(r.values)
		for j, v := range values {
			switch x := v.(type) {
			case int64:
				if slices.Contains(c.ids, x) || r.columns[j] == "rowid" {
					values[j] = x + n*step
				} else if r.columns[j] == "seq" {
					values[j] = x + n
				}
			case string:
				if len(x) >= 18 && r.columns[j] != "terms" {
					values[j] = rename.Replace(x)
				}
			}
		}
		out[i] = values
	}
	return out
}

// bytes counts what a copy holds.
func (c *creation) bytes() (n int) {
	for _, r := range c.rows {
		for _, v := range r.values {
			if s, ok := v.(string); ok {
				n += len(s)
			} else {
				n += 8
			}
		}
	}
	return n
}

// insert is the statement for a row, with the mark of a parameter.
func (r stored) insert(schema string, mark func(int) string) string {
	marks := make([]string, len(r.columns))
	for i := range marks {
		marks[i] = mark(i + 1)
	}
	return "INSERT INTO " + schema + r.table + " (" + strings.Join(r.columns, ", ") + ") VALUES (" + strings.Join(marks, ", ") + ")"
}
