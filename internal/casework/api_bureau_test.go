package casework_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/blob"
	"fadu/internal/casework"
	"fadu/internal/deadline"
	"fadu/internal/document"
	"fadu/internal/draft"
	"fadu/internal/indicator"
	"fadu/internal/jobs"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/law/identity"
	"fadu/internal/ledger"
	"fadu/internal/legalreview"
	"fadu/internal/org"
	"fadu/internal/powers"
	"fadu/internal/search"
	"fadu/internal/setting"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

const (
	fixtureBureau   = "演示市演示区城市管理综合执法局"
	fixturePassword = "Shan-Yu-2026"
	fixtureArea     = "990107 演示市演示区"
)

// apiBureau is a small bureau with the API in front of it: 局, 第一中队 with two officers and an
// auxiliary, 第二中队 with one officer, a clerk, a cashier.
type apiBureau struct {
	t      testing.TB
	db     *store.DB
	clock  *testkit.Clock
	access *access.Service
	org    *org.Service
	cases  *casework.Service
	url    string
	known
	clients map[string]*http.Client
	key     int
}

// fixtureMigrations is the schema that a bureau needs.
var fixtureMigrations = []fs.FS{jobs.Migrations, search.Migrations, draft.Migrations, access.Migrations, setting.Migrations, org.Migrations, powers.Migrations, deadline.Migrations, casework.Migrations, legalreview.Migrations, indicator.Migrations}

// known is what tests know of a bureau that is in the database already.
type known struct {
	units   map[string]access.UnitID
	persons map[string]org.PersonID
}

// inMarch is the bureau on the day of a new clock.
var inMarch = &testkit.Filled[known]{Migrations: fixtureMigrations, Fill: func(t testing.TB, db *store.DB, clock *testkit.Clock) known {
	return fillBureau(t, db, clock).known
}}

func newAPIBureau(t *testing.T) *apiBureau {
	t.Helper()
	db, clock, what := inMarch.SQLite(t)
	b := openBureau(t, db, clock, what)
	b.serve()
	return b
}

// fillBureau makes the bureau in an empty database.
func fillBureau(t testing.TB, db *store.DB, clock *testkit.Clock) *apiBureau {
	t.Helper()
	testkit.Update(t, db, func(tx *store.Tx) error { return ledger.Born(tx, testkit.Actor(), fixtureBureau, true) })
	b := openBureau(t, db, clock, known{map[string]access.UnitID{}, map[string]org.PersonID{}})
	b.people()
	b.law(powers.New(db, powers.Options{}))
	b.desk()
	return b
}

// openBureau starts the services on a database with what is known of it.
func openBureau(t testing.TB, db *store.DB, clock *testkit.Clock, what known) *apiBureau {
	t.Helper()
	b := &apiBureau{t: t, db: db, clock: clock, known: known{maps.Clone(what.units), maps.Clone(what.persons)}, clients: map[string]*http.Client{}}
	judge, err := law.NewJudge(org.Rules(), org.CertificateRules(), org.SubjectRules(), casework.Rules())
	b.must(err)
	policy, err := access.DefaultPolicy()
	b.must(err)
	policy.Password.MemoryKiB, policy.Password.Threads = 64, 1
	b.access, err = access.New(db, access.Options{Bureau: fixtureBureau, Demo: true, Policy: &policy})
	b.must(err)
	press, err := document.Open("")
	b.must(err)
	blobs, err := blob.NewFolder(t.TempDir(), 64<<20)
	b.must(err)
	b.org = org.New(db, b.access, judge)
	kept := deadline.New(deadline.Deps{DB: db, Units: b.access, Calendar: calendar.Official()})
	b.cases = casework.New(casework.Deps{DB: db, Units: b.access, Org: b.org, Powers: powers.New(db, powers.Options{}), Judge: judge, Calendar: calendar.Official(), Blobs: blobs, Press: press, BaseURL: "http://fadu.example", Demo: true, Terms: kept})
	kept.From(b.cases.TermSource())
	return b
}

func (b *apiBureau) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *apiBureau) people() {
	ctx, system := context.Background(), access.System("test")
	since := law.MustDate("2020-01-01")
	for _, u := range [][3]string{{"局", "", "YS"}, {"第一中队", "局", "YS-1"}, {"第二中队", "局", "YS-2"}} {
		name := u[0]
		if name == "局" {
			name = fixtureBureau
		}
		id, err := b.access.AddUnit(ctx, system, access.UnitInput{Parent: b.units[u[1]], Name: name, Code: u[2], From: since})
		b.must(err)
		b.units[u[0]] = id
	}
	uscc := "11990107MB0000001"
	_, err := b.org.AddSubject(ctx, system, org.SubjectInput{
		Name: fixtureBureau, USCC: uscc + identity.USCCCheckChar(uscc), Basis: org.ByStatute, BasisDocument: "演编发〔2020〕1号（演示）", From: since,
		Powers: "城市管理领域行政处罚", Areas: []string{fixtureArea}, Address: "演示区青石路1号（演示）", Phone: "0990-0000000", Seal: "行政处罚专用章（演示）",
		ReviewOrgan: "演示区人民政府", Court: "演示区人民法院", CollectionCode: "990107001", Prefix: "演城管",
	}, b.units["局"])
	b.must(err)
	for i, p := range []struct {
		login, unit string
		kind        org.PersonKind
		roles       []access.Role
	}{
		{"zhao", "第一中队", org.OfficerStaff, []access.Role{access.SquadLeader, access.Officer}},
		{"qian", "第一中队", org.OfficerStaff, []access.Role{access.Officer}},
		{"aux", "第一中队", org.AuxiliaryStaff, []access.Role{access.Auxiliary}},
		{"sun", "第二中队", org.OfficerStaff, []access.Role{access.Officer}},
		{"clerk", "局", org.OtherStaff, []access.Role{access.Clerk}},
		{"cashier", "局", org.OtherStaff, []access.Role{access.Cashier}},
	} {
		person, err := b.org.AddPerson(ctx, system, org.PersonInput{Name: "演示" + p.login, StaffNumber: fmt.Sprintf("YS%03d", i+1), Kind: p.kind, Unit: b.units[p.unit], Post: "队员", From: law.MustDate("2023-03-01")})
		b.must(err)
		b.persons[p.login] = person
		if p.kind == org.OfficerStaff {
			_, err := b.org.Issue(ctx, system, org.CertificateInput{
				Person: person, Number: fmt.Sprintf("990107%05d", i+1), Kind: org.EnforcementCertificate, Issuer: "演示市人民政府", Areas: []string{fixtureArea},
				Categories: []string{"城市管理"}, ExamPassedOn: law.MustDate("2023-12-15"), From: law.MustDate("2024-01-01"), To: law.MustDate("2028-12-31"),
			})
			b.must(err)
		}
		_, err = b.access.CreateAccount(ctx, system, access.AccountInput{Login: p.login, Name: "演示" + p.login, Person: int64(person), Unit: b.units[p.unit], Roles: p.roles, Password: fixturePassword, Settled: true})
		b.must(err)
	}
}

// law imports, adopts and issues the fictional regulation.
func (b *apiBureau) law(s *powers.Service) {
	ctx, system := context.Background(), access.System("test")
	b.must(s.ImportStarter(ctx, system))
	var in powers.AdoptInput
	var unissued powers.Unissued
	testkit.View(b.t, b.db, func(tx *store.Tx) error {
		all, err := s.All(tx, powers.Filter{Kind: powers.KindPenalty})
		for _, p := range all {
			if p.Demo && p.Confirmed() {
				in.Items = append(in.Items, p.ID)
			}
		}
		if err == nil {
			unissued, err = s.Unissued(tx, "")
		}
		return err
	})
	in.Basis, in.Document, in.From = powers.AdoptTransfer, "演政发〔2020〕3号（演示）", law.MustDate("2020-02-01")
	_, err := s.Adopt(ctx, system, in)
	b.must(err)
	_, err = s.IssueBenchmarks(ctx, system, powers.IssueInput{Issuer: "演示市城市管理局（演示）", Document: "《演示市城市管理行政处罚裁量基准》", PublishedOn: law.MustDate("2025-12-20"), Codes: unissued.Codes()})
	b.must(err)
}

// desk gives out numbers and receipts.
func (b *apiBureau) desk() {
	ctx := context.Background()
	clerk, err := b.access.SessionFor(ctx, "clerk")
	b.must(err)
	cashier, err := b.access.SessionFor(ctx, "cashier")
	b.must(err)
	for kind, word := range map[casework.PaperKind]string{casework.OnSpotDecision: "当罚", casework.EducationRecord: "教"} {
		b.must(b.cases.OpenSeries(ctx, clerk, casework.SeriesInput{Unit: b.units["第一中队"], Kind: kind, Year: 2026, Prefix: "演城管" + word + "字", First: 1, Last: 50, Presealed: true, Note: "年初发放"}))
	}
	b.must(b.cases.IssueReceipts(ctx, cashier, casework.BookInput{Unit: b.units["第一中队"], Holder: int64(b.persons["zhao"]), Prefix: "演票", First: "0000001", Last: "0000020"}))
}

func (b *apiBureau) serve() {
	v1 := api.New("测试", "")
	b.cases.API(v1)
	mux := http.NewServeMux()
	b.access.Mount(mux, append(b.access.Routes(), v1.Routes()...))
	server := httptest.NewServer(mux)
	b.t.Cleanup(server.Close)
	b.url = server.URL
}

// reply is an answer of the API, its body read.
type reply struct {
	status   int
	location string
	body     map[string]any
	raw      string
}

func (r reply) text(key string) string { s, _ := r.body[key].(string); return s }

func (r reply) version() int64 { n, _ := r.body["version"].(float64); return int64(n) }

// as returns a client signed in under the login.
func (b *apiBureau) as(login string) *http.Client {
	b.t.Helper()
	if c := b.clients[login]; c != nil {
		return c
	}
	jar, err := cookiejar.New(nil)
	b.must(err)
	c := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if login != "" {
		r, err := c.PostForm(b.url+"/sign-in", url.Values{"login": {login}, "password": {fixturePassword}})
		b.must(err)
		b.must(r.Body.Close())
		if r.StatusCode != http.StatusSeeOther {
			b.t.Fatalf("%s 没有登录成功：%d", login, r.StatusCode)
		}
	}
	b.clients[login] = c
	return c
}

func (b *apiBureau) get(login, path string) reply {
	b.t.Helper()
	return b.send(login, http.MethodGet, path, nil, "")
}

// post sends a body under a fresh key.
func (b *apiBureau) post(login, path string, body any) reply {
	b.t.Helper()
	b.key++
	return b.send(login, http.MethodPost, path, body, fmt.Sprintf("key-%d", b.key))
}

func (b *apiBureau) send(login, method, path string, body any, key string) reply {
	b.t.Helper()
	var in io.Reader
	if body != nil {
		text, ok := body.(string)
		if !ok {
			j, err := json.Marshal(body)
			b.must(err)
			text = string(j)
		}
		in = strings.NewReader(text)
	}
	req, err := http.NewRequest(method, b.url+api.Base+path, in)
	b.must(err)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	r, err := b.as(login).Do(req)
	b.must(err)
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	b.must(err)
	out := reply{status: r.StatusCode, location: r.Header.Get("Location"), raw: string(raw), body: map[string]any{}}
	if len(raw) > 0 && bytes.HasPrefix(raw, []byte("{")) {
		b.must(json.Unmarshal(raw, &out.body))
	}
	return out
}
