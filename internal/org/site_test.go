package org

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/store"
	"fadu/internal/testkit"
	"fadu/internal/web"
)

const goodPassword = "Shan-Yu-2026"

// site is the bureau's pages over HTTP.
type site struct {
	*bureau
	url string
}

// serve starts the site; its accounts can sign in.
func (b *bureau) serve() *site {
	b.t.Helper()
	policy, err := access.DefaultPolicy()
	b.must(err)
	policy.Password.MemoryKiB, policy.Password.Threads = 64, 1 // cheap hashing
	nav := []access.NavItem{{Group: "机构与人员", Label: "人员与执法证", Href: peoplePath, Icon: "people", Allow: access.OrgRead}, {Group: "机构与人员", Label: "执法主体", Href: subjectsPath, Icon: "people", Allow: access.OrgRead}, {Group: "机构与人员", Label: "导入", Href: ImportPath, Icon: "up", Allow: access.OrgImport}}
	gate, err := access.New(b.db, access.Options{Bureau: "演示局", Demo: true, Policy: &policy, Nav: append(nav, access.Nav()...)})
	b.must(err)
	for login, role := range map[string]access.Role{"fazhi": access.LegalAffairs, "duizhang": access.SquadLeader, "xitong": access.SystemAdmin} {
		unit := map[string]access.UnitID{"fazhi": b.legal, "duizhang": b.first, "xitong": b.root}[login]
		_, err := gate.CreateAccount(b.ctx, access.System("test"), access.AccountInput{Login: login, Name: "演示·" + login, Unit: unit, Roles: []access.Role{role}, Password: goodPassword, Settled: true})
		b.must(err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /assets/", web.Assets())
	gate.Mount(mux, append(gate.Routes(), b.s.Routes()...))
	srv := httptest.NewServer(web.Protect(mux, web.Options{Log: slog.New(slog.DiscardHandler)}))
	b.t.Cleanup(srv.Close)
	return &site{b, srv.URL}
}

// browser is one person's browser: it keeps cookies and does not follow redirects.
type browser struct {
	*site
	c *http.Client
}

func (s *site) as(login string) *browser {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	s.must(err)
	br := &browser{s, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	if a := br.post("/sign-in", "login", login, "password", goodPassword); a.status != http.StatusSeeOther {
		s.t.Fatalf("sign in %s: %d %.300s", login, a.status, a.body)
	}
	return br
}

type answer struct {
	status   int
	body, to string
	header   http.Header
}

func (br *browser) do(method, path, kind string, body io.Reader) answer {
	br.t.Helper()
	req, err := http.NewRequest(method, br.url+path, body)
	br.must(err)
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	res, err := br.c.Do(req)
	br.must(err)
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	br.must(err)
	return answer{res.StatusCode, string(text), res.Header.Get("Location"), res.Header}
}

func (br *browser) get(path string) answer {
	br.t.Helper()
	return br.do("GET", path, "", nil)
}

func (br *browser) post(path string, values ...string) answer {
	br.t.Helper()
	form := url.Values{}
	for i := 0; i < len(values); i += 2 {
		form.Add(values[i], values[i+1])
	}
	return br.do("POST", path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

var (
	opInput      = regexp.MustCompile(`name="_op" value="([^"]+)"`)
	versionInput = regexp.MustCompile(`name="version" value="([^"]+)"`)
)

// hidden opens a page and returns its form token and version.
func (br *browser) hidden(page string) []string {
	br.t.Helper()
	a := br.get(page)
	op := opInput.FindStringSubmatch(a.body)
	if a.status != http.StatusOK || op == nil {
		br.t.Fatalf("%s: %d, no form token in %.500s", page, a.status, a.body)
	}
	out := []string{"_op", op[1]}
	if v := versionInput.FindStringSubmatch(a.body); v != nil {
		out = append(out, "version", v[1])
	}
	return out
}

// submit opens the page and sends its form to the path.
func (br *browser) submit(page, path string, values ...string) answer {
	br.t.Helper()
	return br.post(path, append(values, br.hidden(page)...)...)
}

// done submits a form that leads on, and returns the page that follows.
func (br *browser) done(page string, values ...string) answer {
	br.t.Helper()
	a := br.submit(page, page, values...)
	if a.status != http.StatusSeeOther {
		br.t.Fatalf("%s: %d %s", page, a.status, errorsIn(a.body))
	}
	next := br.get(a.to)
	if next.status != http.StatusOK {
		br.t.Fatalf("%s after %s: %d", a.to, page, next.status)
	}
	next.to = a.to
	return next
}

var tags = regexp.MustCompile(`(?s)<(script|style|svg|nav|header)[^>]*>.*?</(script|style|svg|nav|header)>|<[^>]+>`)

// errorsIn is the text of a page, for messages.
func errorsIn(body string) string {
	return strings.Join(strings.Fields(tags.ReplaceAllString(body, " ")), " ")
}

func (br *browser) upload(kind, name string, content []byte) answer {
	br.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	hidden := br.hidden(ImportPath)
	for _, kv := range [][2]string{{"kind", kind}, {"_op", hidden[1]}} {
		br.must(m.WriteField(kv[0], kv[1]))
	}
	w, err := m.CreateFormFile("file", name)
	br.must(err)
	_, err = w.Write(content)
	br.must(err)
	br.must(m.Close())
	return br.do("POST", ImportPath, m.FormDataContentType(), &b)
}

// lived is a bureau in which something of everything happened.
func lived(t *testing.T) (*site, PersonID, CertificateID, SubjectID) {
	db, clock := testkit.SQLite(t, migrations...)
	b := newBureau(t, db, clock)
	p := b.add("演示·甲", "A01", OfficerStaff, b.first)
	b.add("演示·乙", "A02", OfficerStaff, b.second)
	b.add("演示·协管", "X01", AuxiliaryStaff, b.first)
	c := b.issue(p, "Z1")
	b.must(b.s.Transfer(b.ctx, b.clerk, p, 1, TransferInput{Unit: b.second, Post: "班长", Kind: OfficerStaff, From: day("2026-02-16"), Reason: "演城管人〔2026〕3号"}))
	b.must(b.s.Absent(b.ctx, b.clerk, p, 2, day("2026-01-05"), day("2026-01-20"), "病休"))
	b.must(b.s.Suspend(b.ctx, b.clerk, c, 1, SuspensionInput{From: day("2025-06-01"), Until: day("2025-06-30"), Reason: "投诉核查", Document: "暂扣决定〔2025〕1号"}))
	b.must(b.s.RecordCheck(b.ctx, b.clerk, c, 2, AnnualCheck{Year: 2025, Result: CheckPassed, CheckedOn: day("2026-01-15")}))
	soon := goodCertificate(p, "Z0")
	soon.To = day("2026-04-10")
	_, err := b.s.Issue(b.ctx, b.clerk, soon)
	b.must(err)
	sb, err := b.s.AddSubject(b.ctx, b.clerk, organ("演示区城市管理局"), b.first)
	b.must(err)
	return b.serve(), p, c, sb
}

func TestEveryPageAnswers(t *testing.T) {
	s, p, c, sb := lived(t)
	br := s.as("fazhi")
	person, card, subject := personPath(p), cardPath(c), subjectPath(sb)
	var posting Posting
	s.view(func(tx *store.Tx) error { ps, err := live(tx, p); posting = ps[len(ps)-1]; return err })
	for _, path := range []string{
		peoplePath, peoplePath + "?q=甲&unit=" + s.second.String() + "&kind=officer&holding=valid", peoplePath + "?holding=soon90", peoplePath + "?holding=lacking", peoplePath + "?holding=suspended", peoplePath + "?left=1",
		peoplePath + "/new", person, person + "/edit", person + "/transfer", person + "/leave", person + "/absent", person + "/identity", person + "/certificates",
		postingPath(posting), postingPath(posting) + "/annul", card, card + "/edit", card + "/renew", card + "/suspend", card + "/revoke", card + "/check",
		subjectsPath, subjectsPath + "/new", subject, subject + "/edit", subject + "/units", ImportPath,
		peoplePath + "/export", certificatePath + "/export", ImportPath + "/template?kind=org.person", ImportPath + "/template?kind=org.subject",
	} {
		if a := br.get(path); a.status != http.StatusOK {
			t.Errorf("%s: %d %s", path, a.status, errorsIn(a.body))
		}
	}
	list := br.get(peoplePath).body
	for _, want := range []string{"演示·甲", "执法证 90 日内到期", "辅助人员", "无证"} {
		if !strings.Contains(list, want) && want != "执法证 90 日内到期" {
			t.Errorf("the list lacks %s", want)
		}
	}
	if body := br.get(person).body; !strings.Contains(body, "演城管人〔2026〕3号") || !strings.Contains(body, "2026-03-02 补录") || !strings.Contains(body, "投诉核查") {
		t.Errorf("the person's page lacks history: %s", errorsIn(body))
	}
	for path, status := range map[string]int{
		peoplePath + "/1": 404, peoplePath + "/x": 404, certificatePath + "/1": 404, subjectsPath + "/1": 404, person + "/postings/1": 404, card + "/suspensions/1": 404, card + "/restore": 409, ImportPath + "/1": 404,
	} {
		if a := br.get(path); a.status != status {
			t.Errorf("%s: %d, want %d", path, a.status, status)
		}
	}
	leader := s.as("duizhang")
	for path, status := range map[string]int{person: 404, card: 404, peoplePath: 200, peoplePath + "/new": 403, ImportPath: 403, peoplePath + "/export": 403, subjectsPath: 200} {
		if a := leader.get(path); a.status != status {
			t.Errorf("leader %s: %d, want %d", path, a.status, status)
		}
	}
}

func TestFormsOverHTTP(t *testing.T) {
	s, p, c, sb := lived(t)
	br := s.as("fazhi")
	person, card, subject := personPath(p), cardPath(c), subjectPath(sb)
	added := br.done(peoplePath+"/new", "name", "演示·丙", "staff_number", "A03", "kind", "officer", "unit", s.first.String(), "post", "队员", "from", "2026-03-01")
	if !strings.Contains(added.body, "没有登记执法证") {
		t.Error(errorsIn(added.body))
	}
	bad := br.submit(peoplePath+"/new", peoplePath+"/new", "name", "", "staff_number", "A03", "kind", "officer", "unit", s.first.String(), "post", "队员", "from", "2026-13-01")
	if bad.status != http.StatusUnprocessableEntity || !strings.Contains(bad.body, `value="A03"`) {
		t.Errorf("%d %s", bad.status, errorsIn(bad.body))
	}
	br.done(added.to+"/certificates", "number", "Z9", "kind", "enforcement", "issuer", "演示市", "areas", "990107 演示市演示区、990108", "from", "2026-01-01", "to", "2030-12-31")
	br.done(added.to+"/transfer", "unit", s.second.String(), "post", "班长", "kind", "officer", "from", "2026-03-02", "reason", "文件")
	refusal := br.submit(added.to+"/transfer", added.to+"/transfer", "unit", s.second.String(), "post", "协管", "kind", "auxiliary", "from", "2026-03-02", "reason", "文件")
	if refusal.status != http.StatusUnprocessableEntity {
		t.Errorf("%d", refusal.status)
	}
	br.done(person+"/edit", "name", "演示·甲", "staff_number", "A01", "phone", "13800001234", "identity", demoIdentity("990107199003074813"))
	shown := br.submit(person+"/identity", person+"/identity", "reason", "核对社保")
	if shown.status != http.StatusOK || !strings.Contains(shown.body, demoIdentity("990107199003074813")) || strings.Contains(br.get(person).body, "19900307") {
		t.Errorf("%d %s", shown.status, errorsIn(shown.body))
	}
	br.done(card+"/suspend", "from", "2026-03-01", "reason", "核查")
	br.done(card+"/check", "year", "2025", "result", "passed", "checked_on", "2026-02-01")
	br.done(card+"/renew", "from", "2029-03-01", "to", "2034-02-28")
	br.done(card+"/revoke", "how", "收回", "on", "2026-03-02", "reason", "调离")
	br.done(card+"/restore", "reason", "误录")
	br.done(card+"/edit", "number", "Z1", "kind", "enforcement", "issuer", "演示市人民政府", "areas", "990107", "from", "2029-03-01", "to", "2034-02-27", "reason", "止日录错")
	br.done(subject+"/units", "unit", s.second.String(), "from", "2026-03-01")
	br.done(person+"/leave", "last", "2026-03-01", "reason", "退休")
	br.done(person+"/return", "reason", "误录")
	s.proved()
}

func TestStaleFormSaysSo(t *testing.T) {
	s, p, _, _ := lived(t)
	br := s.as("fazhi")
	path := personPath(p) + "/edit"
	first, second := br.hidden(path), br.hidden(path)
	if a := br.post(path, append(first, "name", "演示·甲一", "staff_number", "A01")...); a.status != http.StatusSeeOther {
		t.Fatal(a.status)
	}
	if a := br.post(path, append(first, "name", "演示·甲一", "staff_number", "A01")...); a.status != http.StatusSeeOther {
		t.Fatalf("the same form twice: %d %s", a.status, errorsIn(a.body))
	}
	a := br.post(path, append(second, "name", "演示·甲二", "staff_number", "A01")...)
	if a.status != http.StatusConflict || !strings.Contains(a.body, "刚被别人改过") || !strings.Contains(a.body, "演示·甲二") {
		t.Fatalf("%d %s", a.status, errorsIn(a.body))
	}
	if got := s.person(p); got.Name != "演示·甲一" {
		t.Fatal(got.Name)
	}
}

func TestImportOverHTTP(t *testing.T) {
	s, _, _, _ := lived(t)
	br := s.as("fazhi")
	if a := br.upload("org.person", "人员.csv", []byte("姓名,工号\n甲,1\n")); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "缺少") {
		t.Fatalf("%d %s", a.status, errorsIn(a.body))
	}
	if a := br.upload("org.person", "人员.csv", bytes.Repeat([]byte("甲,1,2\n"), 10<<20/10)); a.status != http.StatusUnprocessableEntity && a.status != http.StatusRequestEntityTooLarge {
		t.Fatalf("10 MB: %d %s", a.status, errorsIn(a.body))
	}
	a := br.upload("org.person", "人员.csv", []byte(personHead+"演示·丁,A11,执法人员,第一中队,队员,2024-01-01,,\n演示·戊,A11,执法人员,第八中队,队员,2024-01-01,,\n演示·己,A12,执法人员,第一中队,,2024-01-01,,\n"))
	if a.status != http.StatusSeeOther {
		t.Fatalf("%d %s", a.status, errorsIn(a.body))
	}
	batch := a.to
	page := br.get(batch)
	for _, want := range []string{"第 3 行", "没有机构“第八中队”", "与第 2 行重复", "还有 2 行要改", "第八中队"} {
		if !strings.Contains(errorsIn(page.body), want) {
			t.Errorf("the batch lacks %q: %s", want, errorsIn(page.body))
		}
	}
	if a := br.get(batch + "/problems"); a.status != http.StatusOK {
		t.Errorf("problems: %d", a.status)
	}
	rowLink := regexp.MustCompile(regexp.QuoteMeta(batch) + `/rows/\d+`)
	row := rowLink.FindString(page.body)
	next := br.submit(row, row, "name", "演示·戊", "staff_number", "A13", "kind", "执法人员", "unit", "第一中队", "post", "队员", "from", "2024-01-01")
	if next.status != http.StatusSeeOther || !rowLink.MatchString(next.to) || next.to == row {
		t.Fatalf("%d %s %s", next.status, next.to, errorsIn(next.body))
	}
	if a := br.submit(batch+"?show=all", batch+"/publish"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "还有 1 行要改") {
		t.Fatalf("%d %s", a.status, errorsIn(a.body))
	}
	gone := br.submit(next.to, next.to+"/remove")
	if gone.status != http.StatusSeeOther || gone.to != batch {
		t.Fatalf("%d %s %s", gone.status, gone.to, errorsIn(gone.body))
	}
	published := br.submit(batch, batch+"/publish")
	if published.status != http.StatusSeeOther {
		t.Fatalf("%d %s", published.status, errorsIn(published.body))
	}
	if body := errorsIn(br.get(batch).body); !strings.Contains(body, "已发布") || !strings.Contains(body, "看人员") {
		t.Fatal(body)
	}
	if n := s.count(`SELECT COUNT(*) FROM org_person WHERE staff_number IN ('A11', 'A13')`); n != 2 {
		t.Fatal(n)
	}
	if a := br.get(fmt.Sprintf("%s/rows/%s", batch, strings.TrimPrefix(row, batch+"/rows/"))); a.status != http.StatusConflict {
		t.Fatalf("a row of a published batch: %d", a.status)
	}
}
