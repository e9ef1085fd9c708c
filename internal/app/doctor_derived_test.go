package app_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"fadu/internal/app"
	"fadu/internal/app/apptest"
	"fadu/internal/search"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// TestDoctorMakesSearchAnew: texts of powers and cases that are not what was written are named and made anew from the
// records, on both engines; the doctor says whether PostgreSQL keeps checksums.
func TestDoctorMakesSearchAnew(t *testing.T) {
	t.Parallel()
	for name, database := range map[string]func(*testing.T) string{
		"SQLite":     func(*testing.T) string { return "" },
		"PostgreSQL": func(t *testing.T) string { return apptest.PostgreSQL(t) },
	} {
		t.Run(name, func(t *testing.T) {
			s, err := apptest.Open(filepath.Join(t.TempDir(), "data"), database(t))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = s.Close() })
			l := &apptest.Line{Site: s}
			if err := l.To("party"); err != nil {
				t.Fatal(err)
			}
			searchMadeAnew(t, s.App)
		})
	}
}

func whole(t *testing.T, a *app.App, name string) app.Finding {
	t.Helper()
	for _, f := range a.Doctor(context.Background(), true) {
		if f.Name == name {
			return f
		}
	}
	t.Fatalf("没有查“%s”", name)
	return app.Finding{}
}

func searchMadeAnew(t *testing.T, a *app.App) {
	said := whole(t, a, "检索文字")
	if said.Level != app.OK || !strings.Contains(said.Text, "索引与它们相符") {
		t.Fatal(said.Line())
	}
	if f := whole(t, a, "导入草稿"); f.Level != app.OK {
		t.Error(f.Line())
	}
	texts := func() (n int) {
		testkit.View(t, a.DB, func(tx *store.Tx) error {
			f, err := search.Check(tx)
			if err == nil && (len(f.Damaged) > 0 || f.Index) {
				t.Errorf("还是坏的：%+v", f)
			}
			n = f.Texts
			return err
		})
		return n
	}
	before := texts()
	testkit.Update(t, a.DB, func(tx *store.Tx) error {
		for _, kind := range []string{"case", "power"} {
			if err := damaged(tx, `UPDATE search_text SET body = body || 'x' WHERE id IN (SELECT MIN(id) FROM search_text WHERE kind = ?)`, kind); err != nil {
				return err
			}
		}
		for _, change := range []string{`id = id + 1`, `kind = 'q'`} {
			if err := damaged(tx, `UPDATE search_text SET `+change+` WHERE id IN (SELECT MAX(id) FROM search_text WHERE kind = ?)`, "power"); err != nil {
				return err
			}
		}
		return nil
	})
	f := whole(t, a, "检索文字")
	if f.Level != app.Warn || f.How == "" || !strings.HasPrefix(f.Text, "3 条与写入时不符，3 条照记录重写") {
		t.Error(f.Line())
	}
	if after := texts(); after != before {
		t.Errorf("先有 %d 条，后有 %d 条", before, after)
	}
	if f := whole(t, a, "检索文字"); f.Level != app.OK {
		t.Error(f.Line())
	}
	checksums(t, a)
}

func damaged(tx *store.Tx, q, kind string) error {
	res, err := tx.Exec(q, kind)
	return store.Updated(res, err, "检索文字")
}

// checksums: the doctor says what the server says.
func checksums(t *testing.T, a *app.App) {
	f := whole(t, a, "数据页校验和")
	if a.DB.Engine() == store.SQLite {
		if f.Level != app.OK {
			t.Error(f.Line())
		}
		return
	}
	var said string
	testkit.View(t, a.DB, func(tx *store.Tx) error {
		return tx.DB().QueryRowContext(tx.Ctx, `SHOW data_checksums`).Scan(&said)
	})
	if (said == "on") != (f.Level == app.OK) || (said == "off") != strings.Contains(f.How, "pg_checksums --enable") {
		t.Errorf("data_checksums 是 %s：%s", said, f.Line())
	}
}
