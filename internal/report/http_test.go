package report

import (
	"encoding/csv"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// visitor is a browser of somebody signed in.
type visitor struct {
	t   *testing.T
	c   *http.Client
	url string
}

func (d *desk) serve() string {
	mux := http.NewServeMux()
	d.access.Mount(mux, append(d.access.Routes(), d.s.Routes()...))
	server := httptest.NewServer(mux)
	d.t.Cleanup(server.Close)
	return server.URL
}

func (d *desk) visit(at, login string) visitor {
	d.t.Helper()
	jar, err := cookiejar.New(nil)
	d.must(err)
	v := visitor{d.t, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, at}
	r, err := v.c.PostForm(at+"/sign-in", url.Values{"login": {login}, "password": {readerPassword}})
	d.must(err)
	d.must(r.Body.Close())
	return v
}

func (v visitor) get(path string) (int, string) {
	v.t.Helper()
	r, err := v.c.Get(v.url + path)
	if err != nil {
		v.t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return r.StatusCode, string(b)
}

var changing = regexp.MustCompile(`\d{15,}|after=[\w-]+`)

// mainOf is the page without frame, identifiers and page tokens.
func mainOf(body string) []byte {
	if at := strings.Index(body, "<main"); at >= 0 {
		body = body[at:]
	}
	if at := strings.Index(body, "</main>"); at >= 0 {
		body = body[:at+len("</main>")]
	}
	return []byte(strings.ReplaceAll(changing.ReplaceAllString(body, "~"), "><", ">\n<") + "\n")
}

func TestPages(t *testing.T) {
	db, clock := testkit.SQLite(t, access.Migrations, toy)
	d := newDesk(t, db, clock)
	d.fill(60, rand.New(rand.NewPCG(3, 3)))
	at := d.serve()
	head, leader := d.visit(at, "head"), d.visit(at, "leader")
	first, second := d.units[1].ID.String(), d.units[2].ID.String()
	for _, c := range []struct {
		name, path string
		who        visitor
		status     int
		has, not   []string
	}{
		{"overview", "/w/figures", head, 200, []string{"2026年 · 演示局及下级", "缴款率", "span=year", "罚没款"}, []string{"sort="}},
		{"overview-squad", "/w/figures?span=last_year", leader, 200, []string{"2025年 · 第一中队及下级"}, []string{`name="unit"`}},
		{"figure-cases", "/w/figures/casework.cases?span=custom", head, 200, []string{"按月份", "only.month=2026-02", "2025年12月", "数过的记录", "下一页", "导出 Excel", "/w/toys/10"}, []string{"sort="}},
		{"figure-fines-by-unit", "/w/figures/casework.fines?span=custom&by=unit", head, 200, []string{"第一中队", "第二中队", "元"}, []string{"<svg class=\"chart\"", "sort="}},
		{"figure-fines-by-month", "/w/figures/casework.fines?span=custom&by=month", head, 200, []string{"<svg class=\"chart\""}, nil},
		{"figure-rate", "/w/figures/casework.paid_rate?span=custom&by=kind&part=unmet", head, 200, []string{"分子/分母", "未达到", "只看未达到的"}, []string{"<svg class=\"chart\""}},
		{"figure-people", "/w/figures/casework.officers?span=custom&by=kind", head, 200, []string{"各组相加会大于总数"}, nil},
		{"figure-narrowed", "/w/figures/casework.cases?span=custom&only.kind=%E5%81%9C%E8%BD%A6&unit=" + first, head, 200, []string{"案由：停车", "第一中队及下级"}, []string{"占道案"}},
		{"", "/w/figures/casework.none", head, 404, nil, nil},
		{"", "/w/figures/casework.cases?unit=" + second, leader, 404, nil, nil},
		{"", "/w/figures?unit=" + second, leader, 404, nil, nil},
		{"", "/w/figures/casework.cases?only.nothing=1", head, 422, nil, nil},
		{"", "/w/figures/casework.cases?by=nothing", head, 200, nil, nil},
		{"", "/w/figures?span=custom&from=2026-03-01&until=2026-02-01", head, 422, nil, nil},
		{"", "/w/figures?span=week", head, 422, nil, nil},
		{"", "/w/figures/casework.cases?after=xyz", head, 422, nil, nil},
		{"", "/w/figures", d.visit(at, "aux"), 403, nil, nil},
		{"", "/w/figures/casework.cases/csv", d.visit(at, "officer"), 403, nil, nil},
	} {
		status, body := c.who.get(c.path)
		if status != c.status {
			t.Errorf("%s：%d，应为 %d", c.path, status, c.status)
			continue
		}
		for _, text := range c.has {
			if !strings.Contains(body, text) {
				t.Errorf("%s 没有“%s”", c.path, text)
			}
		}
		for _, text := range c.not {
			if strings.Contains(body, text) {
				t.Errorf("%s 不应有“%s”", c.path, text)
			}
		}
		if c.name != "" {
			testkit.Golden(t, "pages/"+c.name+".html", mainOf(body))
		}
	}
}

func TestExportIsEnteredInTheLedger(t *testing.T) {
	db, clock := testkit.SQLite(t, access.Migrations, toy)
	d := newDesk(t, db, clock)
	d.fill(30, rand.New(rand.NewPCG(4, 4)))
	leader := d.visit(d.serve(), "leader")
	query := "?span=custom&only.kind=%E5%81%9C%E8%BD%A6"
	status, body := leader.get("/w/figures/casework.fines/csv" + query)
	if status != http.StatusOK {
		t.Fatal(status, body)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	d.must(err)
	n, _ := d.model(d.session("leader"), "casework.fines", ask{Span: custom, Only: map[string]string{"kind": "停车"}}, law.DateOf(clock.Now()))
	if int64(len(rows)) != n+1 || strings.Join(rows[0][:4], ",") != "日期,记录,编号,金额（元）" || rows[1][1] != "停车案" {
		t.Errorf("%d 行，应为 %d 行：%v", len(rows)-1, n, rows[:2])
	}
	if status, _ := leader.get("/w/figures/casework.fines/xlsx" + query); status != http.StatusOK {
		t.Errorf("Excel：%d", status)
	}
	var entries []ledger.Entry
	testkit.View(t, db, func(tx *store.Tx) (err error) {
		entries, err = ledger.History(tx, "figure/casework.fines", 0, 10)
		return err
	})
	if len(entries) != 2 || entries[0].Kind != KindExported || !strings.Contains(string(entries[0].Data), "停车") {
		t.Errorf("%+v", entries)
	}
}
