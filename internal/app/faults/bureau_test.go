package faults

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fadu/internal/app"
	"fadu/internal/app/apptest"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// engines runs f on both, each with a bureau that has no case yet. change may change how it is served.
func engines(t *testing.T, change func(*app.Config), f func(t *testing.T, l *apptest.Line)) {
	t.Helper()
	for _, e := range []string{"SQLite", "PostgreSQL"} {
		t.Run(e, func(t *testing.T) {
			url := ""
			if e == "PostgreSQL" {
				url = apptest.PostgreSQL(t)
			}
			f(t, open(t, url, change))
		})
	}
}

func open(t *testing.T, url string, change func(*app.Config)) *apptest.Line {
	t.Helper()
	site, err := apptest.Open(filepath.Join(t.TempDir(), "data"), url)
	check(t, err)
	if change != nil {
		cfg := app.Config{Data: site.Data, Database: url}
		check(t, site.Close())
		change(&cfg)
		site, err = apptest.Serve(cfg)
		check(t, err)
	}
	t.Cleanup(func() { check(t, site.Close()) })
	dir := t.TempDir()
	photo, sign := image.NewRGBA(image.Rect(0, 0, 64, 48)), image.NewNRGBA(image.Rect(0, 0, 120, 40))
	for i := range 64 * 48 {
		photo.Set(i%64, i/64, color.RGBA{uint8(i % 251), uint8(i / 64 * 5), 120, 255})
	}
	for x := range 100 {
		sign.Set(10+x, 20+x%13-6, color.NRGBA{20, 20, 60, 255})
	}
	var a, b bytes.Buffer
	check(t, jpeg.Encode(&a, photo, nil))
	check(t, png.Encode(&b, sign))
	check(t, os.WriteFile(filepath.Join(dir, "现场.jpg"), a.Bytes(), 0o600))
	check(t, os.WriteFile(filepath.Join(dir, "签名.png"), b.Bytes(), 0o600))
	return &apptest.Line{Site: site, Dir: dir}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// count answers a question with one number.
func count(t *testing.T, l *apptest.Line, query string, args ...any) int64 {
	t.Helper()
	var n int64
	testkit.View(t, l.Site.App.DB, func(tx *store.Tx) error {
		return tx.DB().NewRaw(query, args...).Scan(tx.Ctx, &n)
	})
	return n
}

// entries counts the ledger entries of a kind.
func entries(t *testing.T, l *apptest.Line, kind string) int64 {
	t.Helper()
	return count(t, l, `SELECT COUNT(*) FROM ledger_entry WHERE kind = ?`, kind)
}

// whole verifies the ledger, the rows, the files and the figures, and that numbers follow each other.
func whole(t *testing.T, l *apptest.Line) {
	t.Helper()
	check(t, ledger.Sequence(context.Background(), l.Site.App.DB))
	rep, err := l.Site.App.Verify(context.Background())
	if check(t, err); !rep.OK() {
		t.Fatalf("核验：%v", rep.Faults)
	}
	testkit.View(t, l.Site.App.DB, func(tx *store.Tx) error {
		var twice, holes int64
		if err := tx.DB().NewRaw(`SELECT COUNT(*) FROM (SELECT doc_no FROM paper WHERE doc_no <> '' GROUP BY doc_no HAVING COUNT(*) > 1) x`).Scan(tx.Ctx, &twice); err != nil {
			return err
		}
		err := tx.DB().NewRaw(`SELECT COUNT(*) FROM number_series s WHERE s.next_no - s.first_no <> (SELECT COUNT(*) FROM paper p WHERE p.series_id = s.id)`).Scan(tx.Ctx, &holes)
		if twice > 0 || holes > 0 {
			t.Errorf("%d 个编号用了两次，%d 个号段有空号", twice, holes)
		}
		return err
	})
}
