package app_test

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/app/apptest"

	"github.com/xuri/excelize/v2"
)

// nonsense matches nothing that the bureau has.
const nonsense = "鼱鼲鼳zq"

// injections are what is put into one parameter at a time. matching: as a word it may only match itself.
var injections = []struct {
	text     string
	matching bool
}{
	{"' OR '1'='1' --", true},
	{`" OR 1=1; DROP TABLE penalty_case; --`, true},
	{"%", true},
	{"_", true},
	{nonsense + `\%`, true},
	{"a\x00b", false},
	{"\xff\xfe", false},
	{"-1", false},
	{"9223372036854775808", false},
	{"1;SELECT pg_sleep(9)", false},
	{strings.Repeat("长", 3000), false},
	{"eyJTIjoiMSIsIkkiOjF9", false}, // a cursor that nobody gave out
}

var (
	getForms = regexp.MustCompile(`(?s)<form[^>]*method="get"[^>]*>(.*?)</form>`)
	inputs   = regexp.MustCompile(`<(?:input|select|textarea)[^>]*\bname="([^"]+)"`)
	queries  = regexp.MustCompile(`href="([^"?#]*)\?([^"#]*)"`)
)

// parameters finds, as a scanner does, what each page's own forms and links put into the query.
func (a *abused) parameters() map[string][]string {
	a.t.Helper()
	out := map[string]map[string]bool{}
	add := func(path, name string) {
		if out[path] == nil {
			out[path] = map[string]bool{}
		}
		if name != "" && name != "_op" {
			out[path][name] = true
		}
	}
	a.each(http.MethodGet, func(rt access.Route, path string) {
		if rt.Bare != nil {
			return
		}
		r := a.holder(rt).get(path)
		if !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
			return
		}
		for _, form := range getForms.FindAllString(r.body, -1) {
			to := path
			if m := regexp.MustCompile(`action="([^"?]+)`).FindStringSubmatch(form); m != nil {
				to = m[1]
			}
			for _, m := range inputs.FindAllStringSubmatch(form, -1) {
				add(to, m[1])
			}
		}
		for _, m := range queries.FindAllStringSubmatch(r.body, -1) {
			q, _ := url.ParseQuery(strings.ReplaceAll(m[2], "&amp;", "&"))
			to := m[1]
			if to == "" {
				to = path
			}
			for name := range q {
				add(to, name)
			}
		}
	})
	sorted := map[string][]string{}
	for path, names := range out {
		sorted[path] = slices.Sorted(maps.Keys(names))
	}
	return sorted
}

// described are the calls' query parameters, from their own description.
func (a *abused) described() map[string][]string {
	a.t.Helper()
	var doc struct {
		Paths map[string]struct {
			Get *struct {
				Parameters []struct{ Name, In string }
			}
		}
	}
	if err := json.Unmarshal([]byte(a.visitor().get("/api/v1/openapi.json").body), &doc); err != nil {
		a.t.Fatal(err)
	}
	out := map[string][]string{}
	for path, p := range doc.Paths {
		full, ok := pathOf("/api/v1"+strings.TrimPrefix(path, "/api/v1"), a.found)
		if p.Get == nil || !ok {
			continue
		}
		for _, q := range p.Get.Parameters {
			if q.In == "query" {
				out[full] = append(out[full], q.Name)
			}
		}
	}
	return out
}

// readNames are all names that handlers of any package, however deep, read out of a query: from the calls that read one,
// and from the inputs of the interface, whose members say their names wherever they are embedded.
func readNames(t *testing.T) []string {
	t.Helper()
	names := map[string]bool{}
	err := filepath.WalkDir("..", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			return err
		}
		for _, name := range namesIn(f) {
			names[name] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	delete(names, "")
	delete(names, "kept")
	return slices.Sorted(maps.Keys(names))
}

// namesIn are the names that a file reads out of a query.
func namesIn(f *ast.File) (tagged []string) {
	readers := []string{"Get", "Value", "Text", "Date", "ID", "Int", "Choice", "Choices", "Values", "Has", "Bool"}
	var called []string
	query := false
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			if n.Tag != nil {
				tag, _ := strconv.Unquote(n.Tag.Value)
				name, _, _ := strings.Cut(reflect.StructTag(tag).Get("query"), ",")
				tagged = append(tagged, name)
			}
		case *ast.CallExpr:
			sel, ok := n.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			query = query || sel.Sel.Name == "QueryForm" || sel.Sel.Name == "Query" && len(n.Args) == 0
			if slices.Contains(readers, sel.Sel.Name) && len(n.Args) > 0 {
				if lit, ok := n.Args[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
					name, _ := strconv.Unquote(lit.Value)
					called = append(called, name)
				}
			}
		}
		return true
	})
	if query {
		return append(tagged, called...)
	}
	return tagged
}

// rows counts what an answer lists: table rows, items, lines of a sheet.
func (r reply) rows(t *testing.T) int {
	t.Helper()
	switch kind := r.Header.Get("Content-Type"); {
	case strings.HasPrefix(kind, "application/json"):
		var list struct{ Items []json.RawMessage }
		_ = json.Unmarshal([]byte(r.body), &list) // not every call answers with a list
		return len(list.Items)
	case strings.Contains(kind, "spreadsheetml"):
		book, err := excelize.OpenReader(bytes.NewReader([]byte(r.body)))
		if err != nil {
			t.Fatal(err)
		}
		all, err := book.GetRows(book.GetSheetName(0))
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	case strings.HasPrefix(kind, "text/csv"):
		return strings.Count(r.body, "\r\n")
	}
	return strings.Count(r.body, "<tr")
}

// TestInjection: every parameter that a page's forms and links or the description of the interface name, one
// at a time: nothing fails inside, and what is no word of any record finds no record.
func TestInjection(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { newAbused(t).injected(t) })
	t.Run("PostgreSQL", func(t *testing.T) {
		if testing.Short() {
			t.Skip("left out with -short")
		}
		newAbusedOnPostgreSQL(t).injected(t)
	})
}

// wordsOfRecords are searches in which what is left of a trick without its marks is a word of records, each with why.
var wordsOfRecords = map[string]string{
	"/w/bank q":      "题目编号里有 or 和 11，例如 recording-011",
	"/api/v1/bank q": "同上",
}

func (a *abused) injected(t *testing.T) {
	t.Helper()
	holders := map[string]*visitor{}
	a.each(http.MethodGet, func(rt access.Route, path string) { holders[path] = a.holder(rt) })
	params := a.parameters()
	maps.Copy(params, a.described())
	asked, filters := 0, 0
	before := a.state()
	for _, path := range slices.Sorted(maps.Keys(params)) {
		who := holders[path]
		if who == nil || strings.HasPrefix(path, "/assets") || path == "/sign-in" {
			continue
		}
		whole := who.get(path).rows(t)
		for _, name := range params[path] {
			none := who.get(path + "?" + url.Values{name: {nonsense}}.Encode())
			narrows := none.StatusCode == 200 && none.rows(t) < whole
			if narrows {
				filters++
			}
			for _, in := range injections {
				asked++
				r := who.get(path + "?" + url.Values{name: {in.text}}.Encode())
				switch {
				case r.StatusCode >= 500:
					t.Errorf("%s?%s=%.40q：%d", path, name, in.text, r.StatusCode)
				case narrows && in.matching && wordsOfRecords[path+" "+name] == "" && r.StatusCode == 200 && r.rows(t) > none.rows(t):
					t.Errorf("%s?%s=%.40q：列出 %d 行，没有这样的词时 %d 行", path, name, in.text, r.rows(t), none.rows(t))
				case strings.Contains(r.body, "SQLSTATE") || strings.Contains(r.body, "SQL logic error") || strings.Contains(r.body, "syntax error at"):
					t.Errorf("%s?%s=%.40q：露出了数据库的话", path, name, in.text)
				}
			}
		}
	}
	if asked < 1500 || filters < 10 {
		t.Errorf("只问了 %d 次，按词筛选的条件只有 %d 个", asked, filters)
	}
	a.unchanged(before, "注入")
	t.Logf("%d 次，%d 个地址", asked, len(params))
}

// TestInjectionOnBothEngines: all names that any handler reads from a query, at once, for every route, and the same in
// the place of every record's number, on both engines: PostgreSQL knows no NUL in a text and no number
// beyond its type.
func TestInjectionOnBothEngines(t *testing.T) {
	names := readNames(t)
	if len(names) < 40 {
		t.Fatalf("只找到 %d 个参数：%v", len(names), names)
	}
	for _, e := range []struct{ name, url string }{{"SQLite", ""}, {"PostgreSQL", ""}} {
		t.Run(e.name, func(t *testing.T) {
			if e.name == "PostgreSQL" {
				e.url = apptest.PostgreSQL(t)
			}
			site, err := apptest.Open(t.TempDir(), e.url)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = site.Close() })
			injectEverywhere(t, site, names)
		})
	}
}

func injectEverywhere(t *testing.T, site *apptest.Site, names []string) {
	t.Helper()
	people := map[access.Role]*visitor{}
	for role, login := range map[access.Role]string{access.SquadLeader: "leader1", access.LegalAffairs: "legal", access.Cashier: "cashier", access.Clerk: "clerk", access.SystemAdmin: "sysadmin", access.SecurityAdmin: "secadmin", access.AuditAdmin: "auditor", access.BureauHead: "head"} {
		people[role] = newVisitor(t, site.URL).signIn(login)
	}
	asked := 0
	for _, rt := range site.App.Routes() {
		method, pattern, _ := strings.Cut(rt.Pattern, " ")
		if method != http.MethodGet || rt.Bare != nil {
			continue
		}
		who := people[access.SquadLeader]
		for role, v := range people {
			if info, _ := access.Catalogue().Find(role); slices.Contains(info.Permissions, rt.Allow) {
				who = v
			}
		}
		for _, text := range []string{"a\x00b", "9223372036854775808", "' OR 1=1 --", "../../etc/passwd"} {
			q := url.Values{}
			for _, name := range names {
				q.Set(name, text)
			}
			path := strings.TrimSuffix(placeholder.ReplaceAllString(pattern, "1"), "{$}")
			targets := []string{path + "?" + q.Encode()}
			if strings.Contains(pattern, "{") && !strings.HasSuffix(pattern, "{$}") {
				targets = append(targets, placeholder.ReplaceAllString(pattern, url.PathEscape(text)))
			}
			for _, target := range targets {
				asked++
				if r := who.get(target); r.StatusCode >= 500 {
					t.Errorf("%s %.60s（%q）：%d", rt.Pattern, target, text, r.StatusCode)
				}
			}
		}
	}
	if asked < 800 {
		t.Errorf("只问了 %d 次", asked)
	}
	// One name at a time for what an engine may stumble over, on the longest lists.
	for _, path := range []string{"/w/cases", "/w/accounts", "/w/org/people", "/w/powers", "/w/ledger", "/w/security", "/w/laws/search", "/w/booklets", "/w/money", "/w/series", "/w/store", "/w/numbers", "/w/reviews", "/w/parties", "/w/deadlines", "/api/v1/cases", "/api/v1/powers", "/api/v1/booklets"} {
		for role, v := range people {
			if v.get(path).StatusCode != 200 {
				continue
			}
			for _, name := range names {
				const most = "9223372036854775807"
				if r := v.get(path + "?" + url.Values{name: {most}}.Encode()); r.StatusCode >= 500 {
					t.Errorf("%s?%s=%s，%s：%d", path, name, most, role, r.StatusCode)
				}
			}
			break
		}
	}
}
