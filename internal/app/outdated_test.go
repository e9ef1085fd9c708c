package app_test

import (
	"cmp"
	"context"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"fadu/internal/app"
	"fadu/internal/app/apptest"
	"fadu/internal/fault"
	"fadu/internal/jobs"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// TestUpgradedUnderneath: a server whose database a newer program has changed answers 503 with words to pages, forms and
// programs, says so to watchers, writes nothing more, and what was done before is whole.
func TestUpgradedUnderneath(t *testing.T) {
	t.Parallel()
	for name, database := range map[string]func(*testing.T) string{
		"SQLite":     func(*testing.T) string { return "" },
		"PostgreSQL": func(t *testing.T) string { return apptest.PostgreSQL(t) },
	} {
		t.Run(name, func(t *testing.T) {
			url := database(t)
			s, err := apptest.Open(filepath.Join(t.TempDir(), "data"), url)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = s.Close() })
			upgradedUnderneath(t, s, cmp.Or(url, "sqlite:"+filepath.Join(s.Data, "fadu.db")))
		})
	}
}

func upgradedUnderneath(t *testing.T, s *apptest.Site, url string) {
	const page = "/w/settings/powers.sole_trader"
	ctx := context.Background()
	b := signIn(t, s, "legal")
	opens(t, b, page)
	if err := b.Submit(page, t.TempDir(), "value=按单位掌握", "reason=升级以前"); err != nil || b.Status != http.StatusSeeOther {
		t.Fatalf("%d %v", b.Status, err)
	}
	opens(t, b, page) // the form that is sent after the upgrade
	if err := b.Fill(page, t.TempDir(), "value=按公民掌握", "reason=升级以后"); err != nil {
		t.Fatal(err)
	}
	later := fstest.MapFS{"migrations/9999_create_later.sql": {Data: []byte("-- +goose Up\nCREATE TABLE later (id BIGINT NOT NULL PRIMARY KEY);")}}
	newer, err := store.Open(ctx, store.Options{URL: url, Clock: s.Clock.Now, Migrations: append(app.Migrations(), later), NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = newer.Close() })
	if err := ledger.Start(t.Context(), newer, ledger.Unproven(app.References())...); err != nil {
		t.Fatal(err)
	}

	if err := b.Again(); err != nil || b.Status != http.StatusServiceUnavailable || !b.Sees("程序要换成新的") || !b.Sees("换上新的程序启动") {
		t.Errorf("提交：%d %v %s", b.Status, err, b.Text())
	}
	for _, path := range []string{"/w/cases", "/sign-in", "/"} {
		if err := b.Get(path); err != nil || b.Status != http.StatusServiceUnavailable || !b.Sees("程序要换成新的") {
			t.Errorf("%s：%d %v %s", path, b.Status, err, b.Text())
		}
	}
	for path, want := range map[string]string{"/api/v1/settings": `"type":"outdated"`, "/readyz": `"schema":"fail"`} {
		if code, body := answer(t, s.App.Handler(), path); code != http.StatusServiceUnavailable || !strings.Contains(body, want) {
			t.Errorf("%s：%d %s", path, code, body)
		}
	}
	if code, _ := answer(t, s.App.Handler(), "/healthz"); code != http.StatusOK {
		t.Errorf("进程还在，healthz 答 %d", code)
	}
	if f := finding(t, s.App, "数据库结构"); f.Level != app.Fail || f.How == "" {
		t.Error(f.Line())
	}
	err = s.App.DB.Update(ctx, func(tx *store.Tx) error { return jobs.Add(tx, jobs.Job{Kind: "test.nothing", Key: "1"}) })
	if !fault.Is(err, fault.Outdated) {
		t.Errorf("后台还能写：%v", err)
	}
	wholeAfterUpgrade(t, newer)
}

// wholeAfterUpgrade: the ledger holds the change before the upgrade and none after, and everything is proven.
func wholeAfterUpgrade(t *testing.T, db *store.DB) {
	t.Helper()
	ctx := context.Background()
	if err := ledger.Sequence(ctx, db); err != nil {
		t.Fatal(err)
	}
	rep, err := ledger.Verify(ctx, db, app.References(), nil)
	if err != nil || !rep.OK() {
		t.Errorf("%v %v", err, rep.Faults)
	}
	var reasons []string
	testkit.View(t, db, func(tx *store.Tx) error {
		return tx.DB().NewSelect().TableExpr("setting_item").Column("reason").Where("name = ?", "powers.sole_trader").Scan(tx.Ctx, &reasons)
	})
	if len(reasons) != 1 || reasons[0] != "升级以前" {
		t.Errorf("升级以前的设置：%v", reasons)
	}
}
