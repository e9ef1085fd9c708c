package trial

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"
)

// ack is one answer that said "done", with what it promised.
type ack struct {
	kind, id     string // of the act; of the case
	key, mark    string
	docNo, paper string
	digest, role string
	once         bool // the key must be remembered
	at           time.Time
}

// books is what the users were told.
type books struct {
	mu   sync.Mutex
	acks []ack
	seen int // how many were compared before
}

func (k *books) add(a ack) {
	k.mu.Lock()
	defer k.mu.Unlock()
	a.at = time.Now()
	k.acks = append(k.acks, a)
}

// upTo returns what is acknowledged at this moment.
func (k *books) upTo() []ack {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.acks[:len(k.acks):len(k.acks)]
}

// fresh returns what was acknowledged since it was asked last.
func (k *books) fresh() []ack {
	k.mu.Lock()
	defer k.mu.Unlock()
	out := k.acks[k.seen:len(k.acks):len(k.acks)]
	k.seen = len(k.acks)
	return out
}

// rows reads the database of a bureau beside the program.
type rows struct {
	t  testing.TB
	b  *bureau
	db *sql.DB
}

func (b *bureau) rows() *rows {
	b.t.Helper()
	driver, dsn := "pgx", b.database
	if dsn == "" {
		driver, dsn = "sqlite", "file:"+(&url.URL{Path: filepath.Join(b.data, "fadu.db")}).EscapedPath()+"?_pragma=query_only(1)&_pragma=busy_timeout(5000)"
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		b.t.Fatal(err)
	}
	return &rows{b.t, b, db}
}

func (r *rows) close() {
	if err := r.db.Close(); err != nil {
		r.t.Error(err)
	}
}

// count runs a query for one number.
func (r *rows) count(query string, args ...any) int64 {
	r.t.Helper()
	if r.b.database != "" {
		for i := 1; strings.Contains(query, "?"); i++ {
			query = strings.Replace(query, "?", fmt.Sprintf("$%d", i), 1)
		}
	}
	var n sql.NullInt64
	if err := r.db.QueryRowContext(context.Background(), query, args...).Scan(&n); err != nil {
		r.t.Fatalf("%s：%v", query, err)
	}
	return n.Int64
}

// promised finds every acknowledged act in the database: there, once, as the answer said.
func (r *rows) promised(acks []ack) {
	r.t.Helper()
	for _, a := range acks {
		var n int64
		switch a.kind {
		case "lead":
			n = r.count("SELECT COUNT(*) FROM penalty_case WHERE summary = ?", a.mark)
			n += r.count("SELECT COUNT(*) FROM penalty_case WHERE id = "+number(a.id)+" AND summary = ?", a.mark) - 1
		case "step":
			n = r.count("SELECT COUNT(*) FROM case_step WHERE case_id = "+number(a.id)+" AND body = ?", a.mark)
		case "photo":
			n = r.count("SELECT COUNT(*) FROM case_photo WHERE case_id = "+number(a.id)+" AND caption = ? AND digest = ?", a.mark, a.digest)
			r.file(a.digest)
		case "paper":
			n = r.count("SELECT COUNT(*) FROM paper WHERE id = "+number(a.paper)+" AND doc_no = ? AND (digest = ? OR ? = '')", a.docNo, a.digest, a.digest)
			if a.digest != "" {
				r.file(a.digest)
			}
		case "sign":
			n = r.count("SELECT COUNT(*) FROM paper_signature WHERE paper_id = "+number(a.paper)+" AND role = ?", a.role)
		case "pay":
			n = r.count("SELECT COUNT(*) FROM payment WHERE case_id = "+number(a.id)+" AND reference = ?", a.mark)
		default:
			var ok bool
			if n, ok = r.ordinary(a); ok {
				break
			}
			n = r.count("SELECT COUNT(*) FROM penalty_case WHERE id = " + number(a.id) + map[string]string{
				"officers": " AND lead_officer <> 0", "party": " AND party_key <> ''", "propose": " AND amount = 10000", "decide": " AND decided_on <> ''",
				"deliver": " AND delivered_at <> 0", "file": " AND filed_at <> 0", "close": " AND closed_at <> 0",
			}[a.kind])
		}
		if n != 1 {
			r.t.Errorf("答复过“%s”（案件 %s，%s%s），库里有 %d 个", a.kind, a.id, a.mark, a.docNo, n)
		}
		if a.once {
			if n := r.count("SELECT COUNT(*) FROM idempotency WHERE op_key = ?", a.key); n != 1 {
				r.t.Errorf("“%s”的操作编号 %s 记了 %d 次", a.kind, a.key, n)
			}
		}
	}
}

// number guards the ids that are written into a query.
func number(id string) string {
	if id == "" || strings.Trim(id, "0123456789") != "" {
		return "-1"
	}
	return id
}

// file reads a blob and compares it with its name.
func (r *rows) file(digest string) {
	r.t.Helper()
	f, err := os.Open(filepath.Join(r.b.data, "blobs", digest[:2], digest[2:4], digest))
	if err != nil {
		r.t.Errorf("有记录没有文件：%v", err)
		return
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil || hex.EncodeToString(h.Sum(nil)) != digest {
		r.t.Errorf("文件 %s 的内容不对：%v", digest, err)
	}
}

// files reads every file that a record names: a record without its file must never be.
func (r *rows) files() {
	r.t.Helper()
	for _, query := range []string{"SELECT digest FROM case_photo", "SELECT digest FROM paper WHERE digest <> ''", "SELECT signed_digest FROM paper WHERE signed_digest <> ''", "SELECT digest FROM paper_signature WHERE digest <> ''"} {
		found, err := r.db.Query(query)
		if err != nil {
			r.t.Fatal(err)
		}
		for found.Next() {
			var digest string
			if err := found.Scan(&digest); err != nil {
				r.t.Fatal(err)
			}
			r.file(digest)
		}
		if err := errors.Join(found.Err(), found.Close()); err != nil {
			r.t.Fatal(err)
		}
	}
}

// numbered checks that every series gave its numbers one after the other, none twice, none left out.
func (r *rows) numbered() {
	r.t.Helper()
	for what, query := range map[string]string{
		"重号": "SELECT COUNT(*) FROM (SELECT series_id, number FROM paper WHERE number > 0 GROUP BY series_id, number HAVING COUNT(*) > 1) AS twice",
		"跳号": `SELECT COUNT(*) FROM number_series s WHERE s.next_no - s.first_no <>
			(SELECT COUNT(*) FROM paper p WHERE p.series_id = s.id) + (SELECT COALESCE(SUM(v.last_no - v.first_no + 1), 0) FROM number_void v WHERE v.series_id = s.id)`,
	} {
		if n := r.count(query); n != 0 {
			r.t.Errorf("%s：%d 处", what, n)
		}
	}
}

// counted are the rows and entries that each kind of act makes.
var counted = map[string][2]string{
	"lead":    {"penalty_case", "casework.lead_registered"},
	"step":    {"case_step", "casework.step_recorded"},
	"photo":   {"case_photo", "casework.photo_added"},
	"decide":  {"paper WHERE kind = 'onspot_decision'", "casework.decided"},
	"sign":    {"paper_signature", "casework.signed"},
	"pay":     {"payment", "casework.paid"},
	"deliver": {"", "casework.delivered"},
	"file":    {"", "casework.filed"},
	"close":   {"", "casework.closed"},

	"acts/take-up":          {"penalty_case WHERE procedure = 'ordinary'", "casework.check_begun"},
	"acts/assign":           {"", "casework.assigned"},
	"acts/check":            {"lead_check", "casework.checked"},
	"acts/ask-filing":       {"paper WHERE kind = 'filing_approval'", "casework.filing_asked"},
	"acts/approve-filing":   {"penalty_case WHERE filed_on <> ''", "casework.case_filed"},
	"acts/collect-evidence": {"evidence WHERE number > 0", "casework.evidence_collected"},
	"acts/order-correction": {"paper WHERE kind = 'correction_notice'", "casework.correction_ordered"},
}

// tally counts the rows and entries that the acts of a trial add to.
func (r *rows) tally() map[string][2]int64 {
	r.t.Helper()
	out := map[string][2]int64{}
	for kind, c := range counted {
		var n [2]int64
		if c[0] != "" {
			n[0] = r.count("SELECT COUNT(*) FROM " + c[0])
		}
		n[1] = r.count("SELECT COUNT(*) FROM ledger_entry WHERE kind = ?", c[1])
		out[kind] = n
	}
	return out
}

// exact compares the growth since before with the acts: not one row or entry more or less.
func (r *rows) exact(before map[string][2]int64, acks []ack) {
	r.t.Helper()
	acts := map[string]int64{}
	for _, a := range acks {
		acts[a.kind]++
	}
	for kind, n := range r.tally() {
		for i, what := range counted[kind] {
			if got := n[i] - before[kind][i]; what != "" && got != acts[kind] {
				r.t.Errorf("答复过 %d 次“%s”，%s 多了 %d", acts[kind], kind, what, got)
			}
		}
	}
}
