package org

import (
	"archive/zip"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"fadu/internal/store"
	"fadu/internal/testkit"

	"github.com/xuri/excelize/v2"
)

// sampled is the body of an answer that comes in; most is how far the heap went meanwhile, of what is really held.
type sampled struct {
	io.Reader
	read, next int
	most       uint64
}

func (s *sampled) Read(b []byte) (int, error) {
	n, err := s.Reader.Read(b)
	if s.read += n; s.read >= s.next {
		s.next = s.read + 1<<18
		s.most = max(s.most, held())
	}
	return n, err
}

func held() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestExport十万人一行不少内存不随行数增长: the list of a hundred thousand people is downloaded over HTTP. Each is there, once and
// in order, and neither the server nor the list that it reads holds more than a piece of it.
func TestExport十万人一行不少内存不随行数增长(t *testing.T) {
	const people = 100_000
	db, clock := testkit.SQLite(t, migrations...)
	b := newBureau(t, db, clock)
	testkit.Update(t, db, func(tx *store.Tx) error {
		_, err := tx.Exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
			INSERT INTO org_person_row (id, name, staff_number, kind, note, unit_id, u1, entry_id)
			SELECT i, '演示·' || i, printf('P%06d', i), 'officer', '第' || i || '号，' || ?, ?, ?, (SELECT MAX(id) FROM ledger_entry) FROM n`,
			people, strings.Repeat("长", 60), b.root, b.root)
		return err
	})
	br := b.serve().as("fazhi")
	base := held()
	res, err := br.c.Get(br.url + peoplePath + "/export")
	b.must(err)
	defer func() { _ = res.Body.Close() }()
	name := filepath.Join(t.TempDir(), "people.xlsx")
	file, err := os.Create(name)
	b.must(err)
	body := &sampled{Reader: res.Body}
	_, err = io.Copy(file, body)
	b.must(err)
	b.must(file.Close())
	if res.StatusCode != http.StatusOK || body.most == 0 {
		t.Fatalf("%d, %d bytes", res.StatusCode, body.read)
	}
	text := textOf(t, name)
	grown := int64(body.most) - int64(base)
	t.Logf("%d bytes of file, %d of text; the heap grew by %d", body.read, text, grown)
	if grown > text/5 {
		t.Errorf("the heap grew by %d bytes while %d of text were sent", grown, text)
	}
	var entered string
	testkit.View(t, db, func(tx *store.Tx) error {
		return tx.DB().NewSelect().TableExpr("ledger_entry").ColumnExpr("CAST(data AS TEXT)").Where("kind = ?", kindExported).Scan(tx.Ctx, &entered)
	})
	if !strings.Contains(entered, `"people":100000`) {
		t.Errorf("entered: %s", entered)
	}
	book, err := excelize.OpenFile(name)
	b.must(err)
	defer func() { _ = book.Close() }()
	rows, err := book.Rows(book.GetSheetList()[0])
	b.must(err)
	n := -1 // the heading
	for rows.Next() {
		cells, err := rows.Columns()
		b.must(err)
		if n++; n > 0 && (len(cells) < 2 || cells[1] != fmt.Sprintf("P%06d", n)) {
			t.Fatalf("line %d: %v", n, cells)
		}
	}
	if n != people {
		t.Errorf("%d people in the sheet, not %d", n, people)
	}
}

// textOf is how large the sheet is unpacked.
func textOf(t *testing.T, name string) int64 {
	t.Helper()
	z, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, "xl/worksheets/") {
			return int64(f.UncompressedSize64)
		}
	}
	t.Fatal("no sheet")
	return 0
}
