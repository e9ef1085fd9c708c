package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/uptrace/bun"
)

// touchLock makes nodes that start at once prepare one after the other.
const touchLock = 0x746f7563

// touchFunction notes, in a setting of the transaction, which rows a statement wrote or deleted. A
// setting costs no table write, no lock and no read that could make a serialisable transaction retry.
const touchFunction = `CREATE OR REPLACE FUNCTION store_touch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE lines text;
BEGIN
  IF TG_OP = 'DELETE' THEN
    SELECT string_agg(TG_TABLE_NAME || ' - ' || to_jsonb(r)::text, E'\n') INTO lines FROM touched r;
  ELSE
    SELECT string_agg(TG_TABLE_NAME || ' + ' || to_jsonb(r)::text, E'\n') INTO lines FROM touched r;
  END IF;
  IF lines IS NOT NULL THEN
    PERFORM set_config('fadu.touched', COALESCE(current_setting('fadu.touched', true), '') || lines || E'\n', true);
  END IF;
  RETURN NULL;
END $$`

// watchPostgreSQL gives every watched table the triggers that it lacks.
func (db *DB) watchPostgreSQL(ctx context.Context) error {
	return db.Maintain(ctx, func(tx *Tx) error {
		var have []string
		missing := func() (todo []string, err error) {
			err = tx.idb.NewRaw(`SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
				WHERE n.nspname = 'public' AND t.tgname LIKE 'store_touch_%' AND t.tgenabled <> 'D' GROUP BY c.relname HAVING COUNT(*) = 3`).Scan(tx.Ctx, &have)
			found := map[string]bool{}
			for _, h := range have {
				found[h] = true
			}
			for _, t := range db.Watched() {
				if !found[t.Name] {
					todo = append(todo, t.Name)
				}
			}
			return todo, err
		}
		todo, err := missing()
		if err != nil || len(todo) == 0 {
			return err
		}
		if _, err := tx.Exec(`SELECT pg_advisory_xact_lock(?)`, touchLock); err != nil {
			return err
		}
		if todo, err = missing(); err != nil || len(todo) == 0 {
			return err
		}
		if _, err := tx.Exec(touchFunction); err != nil {
			return fmt.Errorf("store: watch: %w", err)
		}
		for _, name := range todo {
			for _, x := range [][3]string{{"store_touch_insert", "INSERT", "NEW"}, {"store_touch_update", "UPDATE", "NEW"}, {"store_touch_delete", "DELETE", "OLD"}} {
				if _, err := tx.Exec(`CREATE OR REPLACE TRIGGER `+x[0]+` AFTER `+x[1]+` ON ? REFERENCING `+x[2]+` TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION store_touch()`, bun.Ident(name)); err != nil {
					return fmt.Errorf("store: watch %s: %w", name, err)
				}
			}
		}
		return nil
	})
}

func (tx *Tx) changesPostgreSQL() ([]Row, error) {
	var text string
	if err := tx.idb.QueryRowContext(tx.Ctx, `SELECT COALESCE(current_setting('fadu.touched', true), '')`).Scan(&text); err != nil {
		return nil, err
	}
	last := map[string]int{}
	var out []Row
	for line := range strings.Lines(text) {
		table, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		sign, object, _ := strings.Cut(rest, " ")
		t, ok := tx.db.watched[table]
		if !ok {
			continue // watched by another node's program
		}
		r, err := t.fromJSON(object)
		if err != nil {
			return nil, err
		}
		if r.Deleted = sign == "-"; r.Deleted {
			r.Values = nil
		}
		if i, again := last[table+"/"+r.Key]; again {
			out[i] = r
			continue
		}
		last[table+"/"+r.Key] = len(out)
		out = append(out, r)
	}
	return out, nil
}

// fromJSON reads a row as PostgreSQL prints it.
func (t *Table) fromJSON(text string) (Row, error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var m map[string]any
	if err := d.Decode(&m); err != nil {
		return Row{}, fmt.Errorf("store: row of %s: %w", t.Name, err)
	}
	for c, v := range m {
		n, ok := v.(json.Number)
		if !ok {
			continue
		}
		var err error
		if t.whole[c] {
			m[c], err = n.Int64()
		} else {
			m[c], err = n.Float64()
		}
		if err != nil {
			return Row{}, fmt.Errorf("store: %s of %s: %w", c, t.Name, err)
		}
	}
	return t.row(m), nil
}
