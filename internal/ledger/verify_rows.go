package ledger

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// mention is what an entry tells of a row.
type mention struct {
	entry      EntryID
	table, key string
	digest     string
}

func mentions(e Entry) ([]mention, error) {
	rows, err := rowsOf(e)
	out := make([]mention, 0, len(rows))
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		table, key, _ := strings.Cut(name, "/")
		out = append(out, mention{e.ID, table, key, rows[name]})
	}
	return out, err
}

func rowsOf(e Entry) (map[string]string, error) {
	if e.Rows == "" {
		return nil, nil
	}
	var rows map[string]string
	if err := json.Unmarshal([]byte(e.Rows), &rows); err != nil {
		return nil, fmt.Errorf("rows of entry %s: %w", e.ID, err)
	}
	return rows, nil
}

// told checks that the rows of which entries tell are there and not older than the entries.
func (w *walk) told(ms []mention) error {
	byTable := map[string][]mention{}
	for _, m := range ms {
		if w.watched[m.table] {
			byTable[m.table] = append(byTable[m.table], m)
		}
	}
	for _, table := range slices.Sorted(maps.Keys(byTable)) {
		keys := make([]string, len(byTable[table]))
		for i, m := range byTable[table] {
			keys[i] = m.key
		}
		slices.Sort(keys)
		rows, err := w.tx.RowsByKey(table, slices.Compact(keys))
		if err != nil {
			return err
		}
		for _, m := range byTable[table] {
			name := m.table + "/" + m.key
			r, there := rows[m.key]
			switch {
			case m.digest == "":
				delete(w.gone, name)
				if there && EntryID(r.Int(entryColumn)) < m.entry {
					w.fault("%s 的一行（%s）在编号 %s 的留痕里已经删除，却又在库里", m.table, m.key, m.entry)
				}
			case !there:
				w.gone[name] = int64(m.entry)
			case EntryID(r.Int(entryColumn)) < m.entry:
				w.fault("%s 的一行（%s）被退回到旧的内容：编号 %s 的留痕改过它，这一行却指向更早的", m.table, m.key, m.entry)
			}
		}
	}
	return nil
}

// reference checks the rows of a table against the entries that they point to, and what entries tell of
// rows that are no longer there.
func (w *walk) reference(ref Reference) error {
	if err := w.orphans(w.tx, ref); err != nil {
		return err
	}
	if !w.watched[ref.Table] {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(w.gone)) {
		if table, key, _ := strings.Cut(name, "/"); table == ref.Table {
			w.fault("%s 的一行（%s）被删除了：编号 %d 的留痕写过它，没有留痕说删除", table, key, w.gone[name])
		}
	}
	for after := ""; ; {
		rows, err := w.tx.Rows(ref.Table, after, walkSize)
		if err != nil || len(rows) == 0 {
			return err
		}
		after = rows[len(rows)-1].Key
		if err := w.rows(rows); err != nil {
			return err
		}
		w.Rows += int64(len(rows))
		w.task.Progress(ref.Table, w.Rows)
	}
}

func (w *walk) rows(rows []store.Row) error {
	ids := make([]int64, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.Int(entryColumn))
	}
	slices.Sort(ids)
	var es []Entry
	if err := w.tx.DB().NewSelect().Model(&es).Column("id", "rows").Where("id IN (?)", bun.List(slices.Compact(ids))).Scan(w.tx.Ctx); err != nil {
		return err
	}
	told := map[EntryID]map[string]string{}
	for _, e := range es {
		var err error
		if told[e.ID], err = rowsOf(e); err != nil {
			w.fault("办案留痕（编号 %s）的行摘要读不出", e.ID)
		}
	}
	for _, r := range rows {
		id := EntryID(r.Int(entryColumn))
		known, ok := told[id]
		if !ok || id <= w.floor {
			continue // said by orphans, or verified before
		}
		digest, ok := known[r.Table+"/"+r.Key]
		switch {
		case !ok:
			w.fault("%s 的一行（%s）没有入账：它指向的留痕（编号 %s）没有写它，可能是绕过程序插入或者改过的", r.Table, r.Key, id)
		case digest != Digest(r):
			w.fault("%s 的一行（%s）的内容与入账时不符（最后一次入账是编号 %s 的留痕）", r.Table, r.Key, id)
		}
	}
	return nil
}
