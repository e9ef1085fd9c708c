package app_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/law/identity"
	"fadu/internal/ledger"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
)

// creditCode adds the check character to 17 characters of a unified credit code (GB 32100).
func (p *program) creditCode(text string) string { return text + identity.USCCCheckChar(text) }

// citizen adds the check character to 17 digits of an identity number (GB 11643).
func (p *program) citizen(text string) string { return text + identity.ResidentCheckChar(text) }

// spareToken makes a further token of a person and returns its number.
func (p *program) spareToken(login string) string {
	p.Helper()
	p.serial++
	ctx := context.Background()
	owner, err := p.site.App.Access.SessionFor(ctx, login)
	if err != nil {
		p.Fatal(err)
	}
	in := access.TokenInput{Name: fmt.Sprintf("演示备用%d", p.serial), Permissions: []access.Permission{access.CaseRead}, Unit: owner.ScopeFor(access.CaseRead).Unit(), Until: law.DateOf(p.site.Clock.Now()).AddDays(30)}
	_, id, err := p.site.App.Access.CreateToken(ctx, owner, in)
	if err != nil {
		p.Fatal(err)
	}
	return id.String()
}

// secondFactor sets up one-time codes for a person, on the person's own page.
func (p *program) secondFactor(login string) {
	p.Helper()
	b, err := p.site.Browser(login)
	if err != nil {
		p.Fatal(err)
	}
	open := func(path string, values ...string) {
		p.Helper()
		if err := b.Get("/w/me/second-factor"); err != nil {
			p.Fatal(err)
		}
		if err := b.Submit(path, "", values...); err != nil || b.Status >= 400 {
			p.Fatalf("%s：%v %d %s", path, err, b.Status, b.Main())
		}
	}
	open("/w/me/second-factor/start", "password=Fadu-Demo-2026")
	seed, ok := b.FindInPage(seedOnPage)
	if !ok {
		p.Fatalf("没有种子：%s", b.Main())
	}
	code, err := hotp.GenerateCodeCustom(strings.ReplaceAll(seed, " ", ""), uint64(p.site.Clock.Now().Unix()/30), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
	if err != nil {
		p.Fatal(err)
	}
	p.rare.meet(login, http.MethodPost, "/api/v1/me/second-factor/confirm")
	open("/w/me/second-factor/confirm", "code="+code)
	for _, path := range []string{"/me/second-factor/recovery", "/me/second-factor/stop", "/sign-in/code"} {
		p.rare.meet(login, http.MethodPost, "/api/v1"+path)
	}
}

// sequenced waits until every entry has its number, which PostgreSQL gives a moment later.
func (p *program) sequenced() {
	p.Helper()
	if err := ledger.Sequence(context.Background(), p.site.App.DB); err != nil {
		p.Fatal(err)
	}
}

// size is how many entries a checkpoint covers.
func size(a heard) string {
	n, _ := a.body["size"].(float64)
	return strconv.FormatInt(int64(n), 10)
}

// csvFile is a CSV file in Base64.
func csvFile(rows ...string) string {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	for _, r := range rows {
		_ = w.Write(strings.Split(r, "|"))
	}
	w.Flush()
	return encoded(b.Bytes())
}

// person is the number of an officer's person.
func (p *program) person(login string) string {
	p.Helper()
	return p.one(`SELECT CAST(person AS TEXT) FROM account WHERE login = '` + login + `'`)
}
