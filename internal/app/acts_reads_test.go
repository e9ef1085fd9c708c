package app_test

import (
	"context"
	"net/http"
	"time"

	"fadu/internal/access"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// looks opens a picture or page by a session that has seen nothing of the record, and finds the entry of the reading.
func (p *program) looks(login, path, kind, subject string) {
	p.Helper()
	entries := func() (n int64) {
		err := p.site.App.DB.View(context.Background(), func(tx *store.Tx) (err error) {
			n, err = tx.DB().NewSelect().Model((*ledger.Entry)(nil)).Where("kind = ?", kind).Where("subject = ?", access.ReadSubject(subject)).Count(tx.Ctx)
			return err
		})
		if err != nil {
			p.Fatal(err)
		}
		return n
	}
	before := entries()
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
	for range 200 { // reads are entered a moment later
		if entries() > before {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.Errorf("%s 看了 %s，没有入账", login, path)
}
