package app_test

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"fadu/internal/app"
	"fadu/internal/app/apptest"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// withCases is the bureau that the demo of release 0.1 made (seed 3, four matters, 5 to 14 January 2026), as that program
// left it; without its folder of files.
func withCases(t *testing.T, database string) app.Config {
	t.Helper()
	name := map[bool]string{true: "0.1-cases.sqlite.db.gz", false: "0.1-cases.pg.sql.gz"}[database == ""]
	f, err := os.Open(filepath.Join("testdata", "released", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	cfg := clocked(app.Config{Data: t.TempDir(), Database: database, Base: "http://localhost"})
	if database == "" {
		if err := os.WriteFile(filepath.Join(cfg.Data, "fadu.db"), kept, 0o600); err != nil {
			t.Fatal(err)
		}
		return cfg
	}
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, database)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.PgConn().Exec(ctx, string(kept)).ReadAll(); err != nil {
		t.Fatal(err)
	}
	return cfg
}

// TestUpgradeWithCases: cases that were handled with release 0.1 stand in the upgraded database as they were: every row
// is there and proven, the figures are those counted anew, each case opens with its paper's number, and each paper's code
// is found by whoever checks it.
func TestUpgradeWithCases(t *testing.T) {
	eachEngine(t, func(t *testing.T, database func() string) {
		ctx := context.Background()
		want := schemaOf(t, clocked(app.Config{Data: t.TempDir(), Database: database()}))
		cfg := withCases(t, database())
		before := rowCounts(t, cfg)
		site, err := apptest.Serve(app.Config{Data: cfg.Data, Database: cfg.Database})
		if err != nil {
			t.Fatal(err)
		}
		site.Clock.Set(law.MustDate("2026-01-15").Start().Add(9 * time.Hour))
		if n, err := site.App.SealOldRows(ctx); err != nil || n == 0 {
			t.Errorf("补做入账摘要：%v，%d 行", err, n)
		}
		verify := func() {
			t.Helper()
			rep, err := site.App.Verify(ctx)
			if err != nil || rep.Leaves < 800 {
				t.Errorf("%v，%d 条", err, rep.Leaves)
			}
			// The folder of files was not kept: three papers, two of them signed, six signatures and four photographs.
			others := slices.DeleteFunc(slices.Clone(rep.Faults), func(f string) bool { return strings.Contains(f, "读不出或与") })
			if len(rep.Faults) != 15 || len(others) > 0 {
				t.Errorf("核验：%v", rep.Faults)
			}
		}
		verify()
		kept := figuresOf(t, site.App)
		if err := site.App.Report.Recount(ctx); err != nil {
			t.Error(err)
		}
		if anew := figuresOf(t, site.App); anew != kept {
			t.Errorf("数字重数以后不同：\n%s", firstDifference(kept, anew))
		}
		keptRows(t, before, rowCounts(t, cfg))
		casesOpen(t, site)
		verify()
		if err := site.Close(); err != nil {
			t.Error(err)
		}
		if got := schemaOf(t, cfg); got != want {
			t.Errorf("升级上来的结构与新建的不同：\n%s", firstDifference(want, got))
		}
	})
}

// casesOpen opens every case of the old bureau, and the public check of every paper.
func casesOpen(t *testing.T, site *apptest.Site) {
	t.Helper()
	type paper struct{ Case, Number, Code, Party string }
	var papers []paper
	var cases []string
	testkit.View(t, site.App.DB, func(tx *store.Tx) error {
		if err := tx.DB().NewRaw(`SELECT id FROM penalty_case ORDER BY id`).Scan(tx.Ctx, &cases); err != nil {
			return err
		}
		rows, err := tx.DB().QueryContext(tx.Ctx, `SELECT c.id, p.doc_no, p.code, c.party_name FROM paper p JOIN penalty_case c ON c.id = p.case_id ORDER BY p.id`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var p paper
			if err := rows.Scan(&p.Case, &p.Number, &p.Code, &p.Party); err != nil {
				return err
			}
			papers = append(papers, p)
		}
		return rows.Err()
	})
	if len(cases) != 4 || len(papers) != 3 {
		t.Fatalf("旧库里有 %d 件案、%d 份文书", len(cases), len(papers))
	}
	head, err := site.Browser("head")
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range cases {
		if err := head.Get("/w/cases/" + id); err != nil || head.Status != 200 {
			t.Errorf("案件 %s：%v %d %s", id, err, head.Status, head.Main())
		}
		for _, p := range papers {
			if p.Case == id && (!head.Sees(p.Number) || !head.Sees(p.Party)) {
				t.Errorf("案件 %s 的页面没有 %s 或者 %s：%s", id, p.Number, p.Party, head.Main())
			}
		}
	}
	for _, p := range papers {
		if err := head.Get("/v/" + p.Code); err != nil || head.Status != 200 || !strings.Contains(head.Text(), p.Number) {
			t.Errorf("验 %s：%v %d %s", p.Code, err, head.Status, head.Main())
		}
		if err := head.Get(fmt.Sprintf("/w/cases?q=%s", p.Number)); err != nil || !head.Sees(p.Number) {
			t.Errorf("按 %s 查不到案件：%v", p.Number, err)
		}
	}
}
