package app_test

import (
	"bytes"
	"context"
	"fmt"
	"mime"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/powers"
	"fadu/internal/store"
	"fadu/internal/testkit"

	"github.com/xuri/excelize/v2"
)

// TestPathTricks: no spelling of a path leads out of what is served, and none fails inside.
func TestPathTricks(t *testing.T) {
	a := newAbused(t)
	leader := a.of(access.SquadLeader)
	climbs := []string{"..", "%2e%2e", "..%2f", "..%5c", "%2e%2e%2f", "%252e%252e%252f", "..;/", "%c0%ae%c0%ae%2f", `..\`, "//", "/./", "%00", "C:%5c", "CON", "NUL", "%e2%80%ae", strings.Repeat("a", 8000)}
	tails := []string{"", "/etc/passwd", "/fadu.db", "/secret.key", "/go.mod", "%2fetc%2fpasswd", "/..%2f..%2f..%2fetc%2fpasswd"}
	n := 0
	for _, root := range []string{"/assets/", "/w/cases/", "/w/papers/", "/v/", "/api/v1/papers/", "/w/laws/", "/w/powers/", "/w/figures/", "/"} {
		for _, climb := range climbs {
			for _, tail := range tails {
				n++
				target := root + climb + tail
				req, err := http.NewRequest("GET", leader.url, nil)
				if err != nil {
					t.Fatal(err)
				}
				req.URL.Opaque = target // as it is, without tidying
				res, err := leader.c.Do(req)
				if err != nil {
					t.Fatalf("%s：%v", target, err)
				}
				var b bytes.Buffer
				_, _ = b.ReadFrom(res.Body)
				_ = res.Body.Close()
				text := b.String()
				if res.StatusCode >= 500 || strings.Contains(text, "root:") || strings.Contains(text, "SQLite format") || strings.Contains(text, "module fadu") {
					t.Errorf("%.120s：%d %.100s", target, res.StatusCode, text)
				}
				if to := res.Header.Get("Location"); strings.HasPrefix(to, "//") || strings.Contains(to, "://") && !strings.HasPrefix(to, leader.url) {
					t.Errorf("%.120s：转到 %s", target, to)
				}
			}
		}
	}
	if n < 1000 {
		t.Errorf("只试了 %d 个", n)
	}
}

// parted is a form with one file.
func parted(t *testing.T, fields url.Values, field, name, kind string, content []byte) (contentType, body string) {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for k, vs := range fields {
		for _, v := range vs {
			if err := m.WriteField(k, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	h := textproto.MIMEHeader{}
	h.Set("Content-Disposition", fmt.Sprintf(`form-data; name=%q; filename="%s"`, field, strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\r", "%0D", "\n", "%0A").Replace(name)))
	h.Set("Content-Type", kind)
	part, err := m.CreatePart(h)
	if err == nil {
		_, err = part.Write(content)
	}
	if err == nil {
		err = m.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return m.FormDataContentType(), b.String()
}

// TestNamesOfFiles: whatever an uploaded file calls itself, and whatever it is, it comes back as a download
// under a harmless name, that runs nothing.
func TestNamesOfFiles(t *testing.T) {
	a := newAbused(t)
	clerk := a.of(access.Clerk)
	today := law.DateOf(a.site.Clock.Now())
	by, err := a.site.App.Access.SessionFor(context.Background(), a.p.login(access.Clerk))
	if err != nil {
		t.Fatal(err)
	}
	var code string
	testkit.View(t, a.site.App.DB, func(tx *store.Tx) error {
		return tx.DB().NewRaw(`SELECT MIN(power_code) FROM penalty_case WHERE power_code <> ''`).Scan(tx.Ctx, &code)
	})
	in := powers.AdjustInput{
		Kind: powers.AdjustCancel, Codes: []string{code}, Reason: "演示：条例修改", BasisTitle: "演示通知", BasisNumber: "演示政发〔2026〕9号", BasisDate: today.AddDays(-5),
		EffectiveOn: today.AddDays(20), Handling: powers.HandlingContinue, HandlingDocument: "第三条",
	}
	id, err := a.site.App.Powers.Propose(context.Background(), by, in)
	if err != nil {
		t.Fatal(err)
	}
	path := "/w/powers/adjustments/" + id.String() + "/file"
	version := 1
	for _, c := range []struct {
		name    string
		content string
		taken   bool
	}{
		{`..\..\..\etc\passwd.pdf`, "%PDF-1.4 /JS (app.alert(1)) /OpenAction", true},
		{"../../../../etc/cron.d/x.pdf", "%PDF-1.4", true},
		{"/etc/passwd", "%PDF-1.4", true},
		{"通知\u202efdp.exe", "%PDF-1.4", true},
		{"a\"; filename=\"x.html", "%PDF-1.4", true},
		{"a\r\nSet-Cookie: x=1\r\n.pdf", "%PDF-1.4", true},
		{"CON", "%PDF-1.4", true},
		{"NUL.pdf", "%PDF-1.4", true},
		{strings.Repeat("长", 255) + ".pdf", "%PDF-1.4", true},
		{"通知.pdf", "<html><script>alert(1)</script>", false},
		{"通知.jpg", "<html><script>alert(1)</script>", false},
		{"通知.svg", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`, false},
		{"通知.svg", `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`, false},
		{"通知.gif", "GIF89a/*\x00\x00*/=1;alert(1)", false},
		{"通知.pdf", "", false},
		{"通知.txt", "alert(1)", false},
	} {
		kind, body := parted(t, url.Values{"_op": {clerk.op()}, "version": {fmt.Sprint(version)}}, "file", c.name, "application/pdf", []byte(c.content))
		r := clerk.do("POST", path, body, "Content-Type", kind)
		if taken := r.StatusCode == http.StatusSeeOther; taken != c.taken || r.StatusCode >= 500 {
			t.Errorf("%.40q %.30q：%d", c.name, c.content, r.StatusCode)
			continue
		}
		if !c.taken {
			continue
		}
		version++
		got := clerk.get(path)
		how, params, err := mime.ParseMediaType(got.Header.Get("Content-Disposition"))
		name := params["filename"]
		bad := regexp.MustCompile(`[/\\:*?"<>|\x00-\x1f\x7f\x{202a}-\x{202e}\x{2066}-\x{2069}]`)
		if err != nil || how != "attachment" || bad.MatchString(name) || len([]rune(name)) > 130 || strings.HasPrefix(name, ".") {
			t.Errorf("%.40q：下载名 %q（%s，%v）", c.name, name, got.Header.Get("Content-Disposition"), err)
		}
		if got.StatusCode != 200 || got.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(got.Header.Get("Content-Security-Policy"), "sandbox") || got.Header.Get("Set-Cookie") != "" {
			t.Errorf("%.40q：%d %v", c.name, got.StatusCode, got.Header)
		}
		if page := clerk.get("/w/powers/adjustments/" + id.String()); strings.Contains(page.body, "\u202e") {
			t.Errorf("%.40q：页面上的名字没有收拾", c.name)
		}
	}
}

// TestUploadsOverHTTP: files that are no list are refused at the page with words, quickly and whole.
func TestUploadsOverHTTP(t *testing.T) {
	a := newAbused(t)
	admin := a.of(access.SystemAdmin)
	before := a.state()
	kinds := regexp.MustCompile(`value="(org\.[a-z]+)"`).FindStringSubmatch(admin.get("/w/org/import").body)
	if kinds == nil {
		t.Fatal("导入页上没有可选的类别")
	}
	big := strings.Repeat("王某某,1,2024-03-01\n", 10<<20/24)
	for _, c := range []struct{ name, file, content, want string }{
		{"10 MB 的 CSV", "人员.csv", big, "太大"},
		{"6 MB 的 CSV", "人员.csv", big[:5<<20+300<<10], "5 MB"},
		{"网页冒充表格", "人员.xlsx", "<html><script>alert(1)</script>", "表头"},
		{"空文件", "人员.xlsx", "", "空文件"},
		{"截断的表格", "人员.xlsx", "PK\x03\x04\x14\x00", "打不开"},
		{"旧版表格", "人员.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版"},
		{"UTF-16", "人员.csv", "\xff\xfeY\x00S\x00", "UTF-16"},
		{"乱码", "人员.csv", "\x81\xff\xff", "读不出文字"},
		{"名字里有脚本", `"><script>alert(1)</script>.csv`, "a,b\n", "表头"},
	} {
		t.Run(c.name, func(t *testing.T) {
			kind, body := parted(t, url.Values{"_op": {admin.op()}, "kind": {kinds[1]}}, "file", c.file, "text/csv", []byte(c.content))
			r := admin.do("POST", "/w/org/import", body, "Content-Type", kind)
			if r.StatusCode != http.StatusUnprocessableEntity && r.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(r.body, c.want) || strings.Contains(r.body, "<script>alert") {
				t.Errorf("%d，没有说“%s”：%.400s", r.StatusCode, c.want, text(r.body))
			}
		})
	}
	a.unchanged(before, "坏的文件")
}

var tags = regexp.MustCompile(`(?s)<[^>]*>|\s+`)

func text(page string) string {
	if _, main, ok := strings.Cut(page, "<main"); ok {
		page = main
	}
	return tags.ReplaceAllString(page, " ")
}

// formulas are beginnings of what a spreadsheet runs.
var formulas = []string{"=HYPERLINK(\"http://evil.example\",\"x\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1", "＝1+1"}

// texts are the columns that people write into.
var texts = regexp.MustCompile(`^(name|place|summary|party_name|party_address|party_legal_rep|fact_text|note|reason|title|power_name|reference|printer|prefix|post|issuer|ending_note|tier_why|basis_title|caption|body|staff_number|area|source|metric|file_name|label)$`)

// poison writes formulas into every text column of every business table.
func (a *abused) poison() (n int64) {
	a.t.Helper()
	testkit.Update(a.t, a.site.App.DB, func(tx *store.Tx) error {
		var tables []string
		if err := tx.DB().NewRaw(`SELECT name FROM sqlite_master WHERE type = 'table'`).Scan(tx.Ctx, &tables); err != nil {
			return err
		}
		for _, table := range tables {
			if passing.MatchString(table) || table == "unit" || table == "figure" {
				continue
			}
			var columns []string
			if err := tx.DB().NewRaw(`SELECT name FROM pragma_table_info(?) WHERE type LIKE 'TEXT%' AND pk = 0`, table).Scan(tx.Ctx, &columns); err != nil {
				return err
			}
			for i, column := range columns {
				if !texts.MatchString(column) {
					continue
				}
				f := formulas[(i+len(table))%len(formulas)]
				_, err := tx.DB().ExecContext(tx.Ctx, `UPDATE OR IGNORE "`+table+`" SET "`+column+`" = ? || "`+column+`" WHERE "`+column+`" <> ''`, f)
				if err == nil {
					n++ // some tables refuse changes by a trigger: what they hold cannot be poisoned so
				}
			}
		}
		return nil
	})
	return n
}

// TestFormulas: whatever is in the records, no cell of any export begins as a formula does. The exports are
// found by asking every route of the table.
func TestFormulas(t *testing.T) {
	a := newAbused(t)
	a.gather()
	if n := a.poison(); n < 20 {
		t.Fatalf("只写进 %d 列", n)
	}
	books, sheets, disarmed := 0, 0, 0
	check := func(what, cell string) {
		if cell == "" {
			return
		}
		if strings.HasPrefix(cell, "'") {
			disarmed++
		}
		if strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(cell)[0]) && !regexp.MustCompile(`^-?[\d,.]+%?$|^-$`).MatchString(cell) {
			t.Errorf("%s：格子 %.60q", what, cell)
		}
	}
	look := func(path string, r reply) {
		switch kind := r.Header.Get("Content-Type"); {
		case strings.Contains(kind, "spreadsheetml"):
			books++
			book, err := excelize.OpenReader(strings.NewReader(r.body))
			if err != nil {
				t.Fatalf("%s：%v", path, err)
			}
			for _, sheet := range book.GetSheetList() {
				rows, err := book.GetRows(sheet)
				if err != nil {
					t.Fatal(err)
				}
				for i, row := range rows {
					for j, cell := range row {
						at, _ := excelize.CoordinatesToCellName(j+1, i+1)
						if f, _ := book.GetCellFormula(sheet, at); f != "" {
							t.Errorf("%s：%s 是公式 %s", path, at, f)
						}
						check(path+" "+at, cell)
					}
				}
			}
		case strings.HasPrefix(kind, "text/csv"):
			sheets++
			for _, line := range strings.Split(strings.TrimPrefix(r.body, "\ufeff"), "\r\n") {
				for _, cell := range strings.Split(line, ",") {
					check(path, strings.ReplaceAll(strings.Trim(cell, `"`), `""`, `"`))
				}
			}
		}
	}
	a.each(http.MethodGet, func(rt access.Route, path string) {
		if rt.Bare != nil {
			return
		}
		who := a.holder(rt)
		for _, q := range []string{"", "?format=csv", "?format=xlsx"} {
			if q == "" || strings.Contains(path, "export") || strings.Contains(path, "figures/") {
				look(path+q, who.get(path+q))
			}
		}
	})
	head := a.of(access.BureauHead)
	look("/w/cases/export/full", head.form("/w/cases/export/full", "_op", head.op(), "reason", "演示：核对"))
	if books < 10 || disarmed < 50 {
		t.Errorf("只看到 %d 个工作簿、%d 个 CSV，拆掉 %d 格", books, sheets, disarmed)
	}
	t.Logf("%d 个工作簿，%d 个 CSV，拆掉 %d 格", books, sheets, disarmed)
}
