package backup

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"fadu/internal/store"
)

// Check reads a whole backup against its manifest and returns it. Anything missing, cut or changed is an
// error that says so.
func Check(r io.Reader) (Manifest, error) {
	var m Manifest
	seen := map[string]Part{}
	in := tar.NewReader(r)
	for {
		h, err := in.Next()
		if err == nil && m.Format != 0 {
			return m, broken("清单后面还有内容")
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return m, broken("读到一半出错（%v）", err)
		}
		if h.Name == manifestName {
			if err := json.NewDecoder(io.LimitReader(in, 1<<30)).Decode(&m); err != nil || m.Format == 0 {
				return m, broken("清单读不出来")
			}
			continue
		}
		sum := sha256.New()
		n, err := io.Copy(sum, in)
		if err != nil {
			return m, broken("%s 读到一半就断了", h.Name)
		}
		seen[h.Name] = Part{h.Name, n, hex.EncodeToString(sum.Sum(nil))}
	}
	switch {
	case m.Format == 0:
		return m, broken("结尾没有清单，文件可能没有传完")
	case m.Format > format:
		return m, broken("格式 %d 由更新的程序所做", m.Format)
	case len(seen) != len(m.Parts):
		return m, broken("清单上有 %d 部分，文件里有 %d 部分", len(m.Parts), len(seen))
	}
	for _, p := range m.Parts {
		if seen[p.Name] != p {
			return m, broken("%s 与清单不符", p.Name)
		}
	}
	return m, nil
}

// Derived takes the rows of a table of which the other columns are computed, such as a search index.
type Derived struct {
	Table string
	// Put writes one row: its values in the order of Columns.
	Columns []string
	Put     func(tx *store.Tx, cells []string) error
}

// Target is where a backup goes: an empty database, and what stores a file and returns its digest.
type Target struct {
	Options store.Options
	Put     func(ctx context.Context, r io.Reader) (digest string, size int64, err error)
	Derived []Derived
}

// Rows fills the target's empty database and files from a checked backup. The database cannot be opened
// before all of it is there. Derived rows are left to PutDerived.
func Rows(ctx context.Context, file string, m Manifest, to Target) (err error) {
	l, err := store.NewLoader(ctx, to.Options, m.Migrations)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, l.Discard(context.WithoutCancel(ctx)))
		}
		err = errors.Join(err, l.Close())
	}()
	// Tables come in one order in the file, the one in which they refer to each other.
	count := map[string]int64{}
	err = each(file, func(name string, r io.Reader) error {
		if digest, ok := strings.CutPrefix(name, "blob/"); ok {
			got, _, err := to.Put(ctx, r)
			if err == nil && got != digest {
				err = broken("%s 与清单不符", name)
			}
			return err
		}
		t, ok := tableOf(m, name)
		if !ok || to.derived(t.Name) != nil {
			return nil
		}
		z, err := gzip.NewReader(r)
		if err != nil {
			return err
		}
		n, err := l.Load(ctx, store.Relation{Name: t.Name, Columns: t.Columns}, z)
		count[t.Name] += n
		return err
	})
	if err != nil {
		return err
	}
	for _, t := range m.Tables {
		if to.derived(t.Name) == nil && count[t.Name] != t.Rows {
			return fmt.Errorf("backup: %s has %d rows, not %d", t.Name, count[t.Name], t.Rows)
		}
	}
	return l.Finish(ctx)
}

func (to Target) derived(table string) *Derived {
	for i, d := range to.Derived {
		if d.Table == table {
			return &to.Derived[i]
		}
	}
	return nil
}

// derivedChunk is how many rows are written in one update.
const derivedChunk = 100

// PutDerived computes what the rows of derived tables stand for, in the opened database.
func PutDerived(ctx context.Context, file string, m Manifest, db *store.DB, to Target) error {
	return each(file, func(name string, r io.Reader) error {
		t, ok := tableOf(m, name)
		d := to.derived(t.Name)
		if !ok || d == nil {
			return nil
		}
		z, err := gzip.NewReader(r)
		if err != nil {
			return err
		}
		var chunk [][]string
		flush := func() error {
			rows := chunk
			chunk = nil
			return db.Update(ctx, func(tx *store.Tx) error {
				for _, row := range rows {
					if err := d.Put(tx, row); err != nil {
						return err
					}
				}
				return nil
			})
		}
		err = store.Rows(z, func(cells []any) error {
			chunk = append(chunk, pick(t.Columns, d.Columns, cells))
			if len(chunk) < derivedChunk {
				return nil
			}
			return flush()
		})
		if err != nil || len(chunk) == 0 {
			return err
		}
		return flush()
	})
}

// pick returns the cells of the wanted columns, "" for none.
func pick(have, want []string, cells []any) []string {
	out := make([]string, len(want))
	for i, w := range want {
		for j, h := range have {
			if h == w && j < len(cells) {
				out[i], _ = cells[j].(string)
			}
		}
	}
	return out
}

func tableOf(m Manifest, name string) (TablePart, bool) {
	for _, t := range m.Tables {
		if strings.HasPrefix(name, "table/"+t.Name+"/") {
			return t, true
		}
	}
	return TablePart{}, false
}

// each goes through the entries of a backup.
func each(file string, f func(name string, r io.Reader) error) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	t := tar.NewReader(in)
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return broken("%v", err)
		}
		if err := f(h.Name, t); err != nil {
			return fmt.Errorf("%s: %w", h.Name, err)
		}
	}
}
