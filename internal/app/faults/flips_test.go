package faults

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fadu/internal/app"
	"fadu/internal/app/apptest"
	"fadu/internal/backup"
	"fadu/internal/blob"
	"fadu/internal/store"
)

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	file := filepath.Join(dir, name)
	check(t, os.WriteFile(file, []byte(text), 0o600))
	return file
}

// flip changes one bit of what a file has and returns the changed bytes.
func flip(r *rand.Rand, whole []byte) []byte {
	changed := slices.Clone(whole)
	changed[r.IntN(len(changed))] ^= 1 << r.IntN(8)
	return changed
}

// TestFlippedBits flips a bit in files of evidence and papers, in the backup and in pages of the database: each
// is found. The bits of the export are flipped beside the program that checks it.
func TestFlippedBits(t *testing.T) {
	l := open(t, "", nil)
	check(t, l.To("close"))
	r := rand.New(rand.NewPCG(20261121, 3))
	t.Run("文件", func(t *testing.T) { flipBlobs(t, l, r, 240) })
	t.Run("备份", func(t *testing.T) { flipBackup(t, l, r, 100) })
	t.Run("数据库", func(t *testing.T) { flipPages(t, l, r, 60) })
}

func flipBlobs(t *testing.T, l *apptest.Line, r *rand.Rand, n int) {
	var all []string
	for d, err := range l.Site.App.Blobs.Digests() {
		check(t, err)
		all = append(all, d)
	}
	if len(all) < 3 {
		t.Fatalf("只有 %d 个文件", len(all))
	}
	for range n {
		d := all[r.IntN(len(all))]
		file := filepath.Join(l.Site.Data, "blobs", d[:2], d[2:4], d)
		whole, err := os.ReadFile(file)
		check(t, err)
		check(t, os.Chmod(file, 0o600))
		check(t, os.WriteFile(file, flip(r, whole), 0o600))
		if err := l.Site.App.Blobs.Verify(d); !errors.Is(err, blob.ErrDamaged) {
			t.Errorf("%s：%v", d, err)
		}
		check(t, os.WriteFile(file, whole, 0o600))
	}
	// What people and administrators see of it.
	photo, err := l.As("officer102")
	check(t, err)
	id := count(t, l, `SELECT id FROM case_photo LIMIT 1`)
	var d string
	check(t, l.Site.App.DB.View(context.Background(), func(tx *store.Tx) error {
		return tx.DB().NewRaw(`SELECT digest FROM case_photo LIMIT 1`).Scan(tx.Ctx, &d)
	}))
	file := filepath.Join(l.Site.Data, "blobs", d[:2], d[2:4], d)
	whole, err := os.ReadFile(file)
	check(t, err)
	check(t, os.WriteFile(file, flip(r, whole), 0o600))
	check(t, photo.Get(l.Case+"/photos/"+itoa(id)))
	if photo.Status < 500 || !photo.Sees("损坏") {
		t.Errorf("损坏的照片：%d %.300s", photo.Status, photo.Main())
	}
	rep, err := l.Site.App.Verify(context.Background())
	if check(t, err); rep.OK() {
		t.Error("核验没有发现损坏的照片")
	}
	found := false
	for _, f := range l.Site.App.Doctor(context.Background(), true) {
		found = found || f.Name == "文件" && f.Level == app.Fail
	}
	if !found {
		t.Error("自检没有发现损坏的照片")
	}
	check(t, os.WriteFile(file, whole, 0o600))
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func flipBackup(t *testing.T, l *apptest.Line, r *rand.Rand, n int) {
	file := filepath.Join(t.TempDir(), "whole")
	cfg := app.Config{Data: l.Site.Data, Clock: l.Site.Clock.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	_, err := app.Backup(context.Background(), cfg, file)
	check(t, err)
	whole, err := os.ReadFile(file)
	check(t, err)
	first, err := backup.Check(bytes.NewReader(whole))
	check(t, err)
	idle := 0
	for range n {
		changed := flip(r, whole)
		m, err := backup.Check(bytes.NewReader(changed))
		if err != nil {
			continue
		}
		if m.Root != first.Root || m.Leaves != first.Leaves || m.Blobs != first.Blobs || m.Format != first.Format {
			t.Error("改了一位的备份没有被发现")
		}
		idle++ // padding of the archive, or a header's owner or time: nothing that is restored
	}
	t.Logf("%d 次中 %d 次落在不影响内容的填充里", n, idle)
	if idle > n/2 {
		t.Errorf("%d 次中 %d 次没有发现", n, idle)
	}
}

// draftInput is what a file or a person put into the rows of drafts; what a check found beside it is found again.
const draftRows = "draft_row, as put in"

const draftInput = `SELECT id, batch_id, line, cells, unread, mended, removed FROM draft_row ORDER BY id`

// logical is what each table says, or why one cannot be read.
func logical(a *app.App) (map[string]string, error) {
	out := map[string]string{}
	err := a.DB.Snapshot(context.Background(), func(s *store.Snapshot) error {
		tables, err := s.Tables(app.Migrations())
		for _, x := range tables {
			h := sha256.New()
			if err == nil {
				_, err = s.Copy(x, h)
			}
			out[x.Name] = hex.EncodeToString(h.Sum(nil))
		}
		return err
	})
	if err != nil {
		return out, err
	}
	h := sha256.New()
	err = a.DB.View(context.Background(), func(tx *store.Tx) error {
		rows, err := tx.DB().QueryContext(tx.Ctx, draftInput)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var cell [7]string
			if err := rows.Scan(&cell[0], &cell[1], &cell[2], &cell[3], &cell[4], &cell[5], &cell[6]); err != nil {
				return err
			}
			_, _ = fmt.Fprintf(h, "%q\n", cell)
		}
		return rows.Err()
	})
	out[draftRows] = hex.EncodeToString(h.Sum(nil))
	return out, err
}

// flipPages flips bits of the database file. A flip that stops the reading, or changes what a table says whose
// rows the ledger proves, or a row that is being imported, or what is searched, must be found. Others lie in parts of pages
// that hold nothing, or in passing tables (sessions, keys of requests): these are counted and named.
func flipPages(t *testing.T, l *apptest.Line, r *rand.Rand, n int) {
	file, err := sql.Open("sqlite", filepath.Join(l.Site.Data, "fadu.db"))
	check(t, err)
	_, err = file.Exec(`PRAGMA wal_checkpoint(TRUNCATE)`)
	check(t, errors.Join(err, file.Close()))
	whole, err := os.ReadFile(filepath.Join(l.Site.Data, "fadu.db"))
	check(t, err)
	want, err := logical(l.Site.App)
	check(t, err)
	proven, changed := map[string]bool{"ledger_entry": true, "ledger_leaf": true, "ledger_node": true, "ledger_checkpoint": true}, map[string]int{}
	for _, w := range l.Site.App.DB.Watched() {
		proven[w.Name] = true
	}
	refused, found, silent, idle := 0, 0, 0, 0
	for i := range n {
		dir := filepath.Join(t.TempDir(), "data")
		check(t, os.MkdirAll(dir, 0o700))
		for _, key := range []string{"secret.key", "ledger.key"} {
			b, err := os.ReadFile(filepath.Join(l.Site.Data, key))
			if errors.Is(err, fs.ErrNotExist) {
				continue // made when it is first needed
			}
			check(t, err)
			write(t, dir, key, string(b))
		}
		check(t, os.CopyFS(filepath.Join(dir, "blobs"), os.DirFS(filepath.Join(l.Site.Data, "blobs"))))
		write(t, dir, "fadu.db", string(flip(r, whole)))
		a, err := app.Open(context.Background(), app.Config{Data: dir, Base: "http://localhost", Clock: l.Site.Clock.Now, NoSync: true, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
		if err != nil {
			refused++
			if !strings.Contains(err.Error(), "损坏") {
				t.Errorf("第 %d 位：不肯启动，却没有说清：%v", i, err)
			}
			continue
		}
		got, err := logical(a)
		bad, badErr := a.DB.Integrity(context.Background(), app.Migrations())
		rep, repErr := a.Verify(context.Background())
		noticed := len(bad) > 0 || badErr != nil || repErr != nil || !rep.OK()
		if !noticed { // in rows that no entry proves
			noticed = slices.ContainsFunc(a.Doctor(context.Background(), true), func(f app.Finding) bool {
				return (f.Name == "导入草稿" || f.Name == "检索文字") && f.Level != app.OK
			})
		}
		switch {
		case noticed:
			found++
		case err == nil && maps.Equal(got, want):
			idle++
		default:
			silent++
			for name := range want {
				if got[name] != want[name] {
					changed[name]++
					if proven[name] || name == draftRows || name == "search_text" {
						t.Errorf("第 %d 位：%s 的内容变了，没有发现：%v", i, name, err)
					}
				}
			}
		}
		_ = a.Close()
		check(t, os.RemoveAll(dir))
	}
	t.Logf("%d 位：%d 次不肯启动，%d 次由检查发现，%d 次不影响内容，%d 次没有发现", n, refused, found, idle, silent)
	t.Logf("没有发现的都在不由留痕证明的表里：%v", changed)
}
