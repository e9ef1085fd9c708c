package app_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"fadu/internal/law"

	"github.com/xuri/excelize/v2"
)

// written are the ways in which people write an identity number: those of the forms, the number of fifteen digits and
// what a copied cell brings along.
var written = append([]spelling{
	old,
	{"行末空格", "", func(s string) string { return s + "  " }},
	{"行末换行", "", func(s string) string { return s + "\n" }},
	{"全是字母", "数字", func(string) string { return "ABCDEFGHIJKLMNOPQR" }},
}, spellings...)

// TestIdentityNumbersOfProgramsAndFiles: every spelling is taken as the number that it is, or refused in Chinese at
// its field or line, with nothing done: in the body of a call, in a CSV file and in an Excel file.
func TestIdentityNumbersOfProgramsAndFiles(t *testing.T) {
	t.Parallel()
	p := ready(t)
	m := &matter{p: p, id: p.send("officer102", "POST", "/leads", asJSON(t, p.leadBody()), "lead").str("id")}
	m.just("start", "officer102", members{"lead": p.person("officer102"), "assist": p.person("officer103")})
	squad := p.unit("YS-Z1")
	for i, s := range written {
		good := resident(23 * i)
		judge := func(what, field string, a heard, query string) {
			t.Helper()
			switch {
			case s.refused == "" && a.status != 200:
				t.Errorf("%s %s：%d %s", what, s.name, a.status, a.text)
			case s.refused == "" && p.one(query) != good:
				t.Errorf("%s %s：存下的是 %s", what, s.name, p.one(query))
			case s.refused != "" && (a.status != 422 || !strings.Contains(a.text, `"name":"`+field+`"`) || !regexp.MustCompile(s.refused).MatchString(a.text)):
				t.Errorf("%s %s：%d %s", what, s.name, a.status, a.text)
			}
		}
		m.file()
		before := p.standing()
		body := p.partyBody()
		body["id_number"], body["version"] = s.write(good), m.file().version()
		judge("当事人", "id_number", p.send("officer102", "POST", p.path("party", m.id), asJSON(t, body), p.key()), `SELECT party_id_number FROM penalty_case WHERE id = `+m.id)
		number := fmt.Sprintf("YS8%03d", i)
		a := p.send("legal", "POST", "/org/people", asJSON(t, members{"name": "演示·甲", "staff_number": number, "kind": "other", "unit": squad, "post": "队员", "from": "2026-06-01", "identity": s.write(good)}), p.key())
		judge("人员", "identity", a, `SELECT MAX(identity_number) FROM org_person_row WHERE staff_number = '`+number+`' OR staff_number = 'YS0001'`)
		if now := p.standing(); s.refused != "" && now.counts != before.counts {
			t.Errorf("%s：被拒了还办了 %s", s.name, before.difference(now))
		}
	}
	for _, format := range []string{"csv", "xlsx"} {
		t.Run(format, func(t *testing.T) {
			ready(t).identityFile(format)
		})
	}
}

// ready is a program on the usual bureau, on SQLite.
func ready(t *testing.T) *program {
	t.Helper()
	site := openSite(t)
	site.Clock.Set(time.Date(2026, 7, 10, 9, 0, 0, 0, law.Zone))
	p := newProgram(t, site)
	p.learn()
	for _, login := range []string{"officer102", "legal"} {
		p.token(login)
	}
	return p
}

// key is a fresh idempotency key.
func (p *program) key() string {
	p.serial++
	return fmt.Sprintf("input-%d", p.serial)
}

// identityFile imports a list of people with every spelling in a cell.
func (p *program) identityFile(format string) {
	p.Helper()
	rows := []string{"姓名|工号|人员类别|所在机构|职务|任职日期|公民身份号码"}
	for i, s := range written {
		rows = append(rows, fmt.Sprintf("演示·甲%d|%s7%03d|其他人员|第一中队|队员|2026-06-01|%s", i, strings.ToUpper(format), i, s.write(resident(400+23*i))))
	}
	content := csvFile(rows...)
	if format == "xlsx" {
		content = excelFile(p.T, rows)
	}
	a := p.send("legal", "POST", "/org/import", asJSON(p.T, members{"kind": "org.person", "name": "人员." + format, "content": content}), "upload-"+format)
	lines, _ := p.read("orgImport", "legal", a.str("id"), "show=all").body["lines"].([]any)
	if len(lines) != len(written) {
		p.Fatalf("%d 行：%s", len(lines), a.text)
	}
	for i, s := range written {
		line, _ := lines[i].(map[string]any)
		said := fmt.Sprint(line["problems"])
		if wrong := strings.Contains(said, "identity"); wrong != (s.refused != "") || wrong && !regexp.MustCompile(s.refused).MatchString(said) {
			p.Errorf("第 %v 行 %s：%s", line["line"], s.name, said)
		}
		if s.refused != "" {
			p.send("legal", "POST", p.path("orgRemoveRow", a.str("id")), asJSON(p.T, members{"row": line["id"], "version": line["version"]}), p.key())
		}
	}
	if b := p.send("legal", "POST", p.path("orgPublish", a.str("id")), "{}", "publish-"+format); b.status != 200 {
		p.Fatalf("发布：%s", b.text)
	}
	for i, s := range written {
		want, number := resident(400+23*i), fmt.Sprintf("%s7%03d", strings.ToUpper(format), i)
		if s.refused != "" {
			want = ""
		}
		if got := p.one(`SELECT COALESCE(MAX(identity_number), '') || '.' FROM org_person_row WHERE staff_number = '` + number + `'`); got != want+"." {
			p.Errorf("%s 存下的是 %s", s.name, got)
		}
	}
}

// excelFile is a sheet of texts in Base64.
func excelFile(t *testing.T, rows []string) string {
	t.Helper()
	f := excelize.NewFile()
	for i, r := range rows {
		cells := strings.Split(r, "|")
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &cells); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return encoded(b.Bytes())
}

// TestAreaThatNobodyKnows: an area that is empty, mistyped or of another bureau is refused at the field, on the page, by
// a call and in a file, and nothing is half done.
func TestAreaThatNobodyKnows(t *testing.T) {
	t.Parallel()
	p := ready(t)
	officer, err := p.site.Browser("officer102")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ area, says string }{
		"空的": {"", "请选择所在行政区域"}, "只有空格": {"  ", "请选择所在行政区域"}, "没有这个代码": {"123456", "管辖区域"}, "少一位": {"99010", "管辖区域"}, "外地": {"北京市", "管辖区域"}, "文字": {"xyz", "管辖区域"},
	} {
		before := p.standing()
		body := p.leadBody()
		body["area"] = c.area
		if a := p.send("officer102", "POST", "/leads", asJSON(t, body), p.key()); a.status != 422 || !strings.Contains(a.text, `"name":"area"`) || !strings.Contains(a.text, c.says) {
			t.Errorf("接口 %s：%d %s", name, a.status, a.text)
		}
		if err := officer.Get("/w/cases/new"); err != nil {
			t.Fatal(err)
		}
		if err := officer.Force("/w/cases/new", "summary=摆摊", "place=青石路", "source=patrol", "found_at=2026-07-10T08:59", "area="+c.area); err != nil || officer.Status != 422 || !officer.Sees(c.says) {
			t.Errorf("页面 %s：%v %d %s", name, err, officer.Status, officer.Main())
		}
		if now := p.standing(); now.counts != before.counts {
			t.Errorf("%s：办了 %s", name, before.difference(now))
		}
	}
	rows := []string{"姓名|工号|证件编号|证件种类|发证机关|执法区域|有效期起|有效期止"}
	person := p.one(`SELECT name || '|' || staff_number FROM org_person_row WHERE kind = 'officer' AND id NOT IN (SELECT person_id FROM org_certificate_row WHERE number LIKE 'Z%') ORDER BY id LIMIT 1`)
	for i, area := range []string{"", "99010", "990107 演示市演示区"} {
		rows = append(rows, fmt.Sprintf("%s|Z9901%03d|行政执法证|演示市人民政府|%s|2026-01-01|2030-12-31", person, i, area))
	}
	a := p.send("legal", "POST", "/org/import", asJSON(t, members{"kind": "org.certificate", "name": "执法证.csv", "content": csvFile(rows...)}), "cards")
	for i, want := range []string{"areas", "应是 2、4、6、9 或 12 位数字", ""} {
		line := p.read("orgImport", "legal", a.str("id"), "show=all").in("lines", i)
		if said := fmt.Sprint(line["problems"]); !strings.Contains(said, want) || want == "" && strings.Contains(said, "areas") {
			t.Errorf("导入第 %v 行：%s", line["line"], said)
		}
	}
	if b := p.send("legal", "POST", p.path("orgPublish", a.str("id")), "{}", "publish"); b.status != 422 {
		t.Errorf("有错行的批次：%d %s", b.status, b.text)
	}
}
