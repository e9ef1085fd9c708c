package app_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// looks opens a picture or page by a session that has seen nothing of the record, and finds the entry of the reading.
func (p *program) looks(login, path, kind, subject string) {
	p.Helper()
	seen := p.seeing(kind, access.ReadSubject(subject), "web")
	req, err := http.NewRequest(http.MethodGet, p.site.URL+path, nil)
	if err != nil {
		p.Fatal(err)
	}
	for _, c := range p.session(login) {
		req.AddCookie(c)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		p.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusOK {
		p.Fatalf("%s %s：%d", login, path, res.StatusCode)
	}
	if !seen() {
		p.Errorf("%s 看了 %s，没有入账", login, path)
	}
}

// seeing returns what waits for one more entry of a kind on a subject that came by pages or by a token.
func (p *program) seeing(kind, subject, via string) func() bool {
	p.Helper()
	entries := func() (n int64) {
		err := p.site.App.DB.View(context.Background(), func(tx *store.Tx) (err error) {
			n, err = tx.DB().NewSelect().Model((*ledger.Entry)(nil)).Where("kind = ?", kind).Where("subject = ?", subject).Where("via LIKE ?", via+"%").Count(tx.Ctx)
			return err
		})
		if err != nil {
			p.Fatal(err)
		}
		return n
	}
	before := entries()
	return func() bool {
		for range 200 { // reads are entered a moment later
			if entries() > before {
				return true
			}
			time.Sleep(50 * time.Millisecond)
		}
		return false
	}
}

// original is a file that a program fetches, and the entry that it leaves: as for a person, by the token. Nobody
// gets it without a token. The reader has not seen the subject, which is the ledger's, in the last ten minutes.
func (p *program) original(op, by, at, kind, subject string) string {
	p.Helper()
	path := p.path(op, at)
	seen := p.seeing(kind, subject, "api:")
	req, err := http.NewRequest(http.MethodGet, p.site.URL+"/api/v1"+path, nil)
	if err != nil {
		p.Fatal(err)
	}
	if a := p.send("", http.MethodGet, path, "", ""); a.status != http.StatusUnauthorized {
		p.Errorf("%s：没有令牌答复 %d", path, a.status)
	}
	req.Header.Set("Authorization", "Bearer "+p.token(by))
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		p.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		p.Fatal(err)
	}
	got := res.Header.Get("Content-Type")
	if res.StatusCode != http.StatusOK || got != http.DetectContentType(body) {
		p.Fatalf("%s：%d %s，内容是 %s %.300s", path, res.StatusCode, got, http.DetectContentType(body), body)
	}
	if named := res.Header.Get("Content-Disposition"); got == "application/pdf" && !strings.Contains(named, url.PathEscape("演示-")) {
		p.Errorf("%s：名称 %s", path, named)
	}
	p.done[op] = true
	if !seen() {
		p.Errorf("%s 由令牌取了 %s，没有入账", by, path)
	}
	return string(body)
}

// originalActs fetches the files of a case of the street: the photograph, the papers, the sheets of its file.
func originalActs(p *program) {
	m := p.delivered(100, "code")
	photo := m.file().in("photos", 0)
	if got := digestOf(p.original("getPhoto", "deputy", m.id+","+photo["id"].(string), "casework.case_read", access.ReadSubject("case/"+m.id))); got != photo["digest"] {
		p.Errorf("照片的摘要是 %s，案件写的是 %s", got, photo["digest"])
	}
	paper := m.decision()
	if _, err := p.site.App.Jobs.RunDue(context.Background()); err != nil { // makes the signed copy
		p.Fatal(err)
	}
	read := access.ReadSubject("paper/" + paper)
	issued, signed := p.original("getPaper", "deputy", paper, "casework.paper_read", read), p.original("getSignedPaper", "head", paper, "casework.paper_read", read)
	if digestOf(issued) != p.one(`SELECT digest FROM paper WHERE id = `+paper) || digestOf(signed) != p.one(`SELECT signed_digest FROM paper WHERE id = `+paper) || issued == signed {
		p.Errorf("文书 %s 的两份 PDF 不是存着的", paper)
	}
	for _, sheet := range []string{"cover", "contents", "closing"} {
		p.original("printFileSheet", "clerk", m.id+","+sheet, "casework.file_sheet_printed", "case/"+m.id)
	}
	if a := p.send("clerk", http.MethodGet, p.path("printFileSheet", m.id+",nothing"), "", ""); a.status != http.StatusNotFound || a.str("type") != "not_found" {
		p.Errorf("没有的一张：%d %s", a.status, a.text)
	}
}

func digestOf(body string) string {
	sum := sha256.Sum256([]byte(body))
	return hex.EncodeToString(sum[:])
}
