package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fadu/internal/app"
	"fadu/internal/app/apptest"
	"fadu/internal/law"
)

// TestEveryCallOfTheInterface does every act of /api/v1 as a program does, with its own token, and reads what
// came of it back: the record, the entry in the ledger in the name of the person, the same answer to the same
// key, a refusal of the key with another body. A call that is registered and not done here fails the test, but for
// acts of desks that a script does.
func TestEveryCallOfTheInterface(t *testing.T) {
	t.Parallel()
	t.Run("SQLite", func(t *testing.T) { everyCall(t, "", true) })
	t.Run("PostgreSQL", func(t *testing.T) {
		if testing.Short() {
			t.Skip("left out with -short")
		}
		everyCall(t, apptest.PostgreSQL(t), false)
	})
}

// everyCall does every act; with forms, it does by its form what stands on pages only while such an act is due (see rare).
func everyCall(t *testing.T, database string, forms bool) {
	dir := t.TempDir()
	site, err := apptest.Open(dir, database)
	if err != nil {
		t.Fatal(err)
	}
	if err := site.Close(); err != nil { // a provider is named, so that accounts can be bound to it; nobody asks it
		t.Fatal(err)
	}
	if site, err = apptest.Serve(provided(dir, database)); err != nil {
		t.Fatal(err)
	}
	p := newProgram(t, site)
	if forms {
		p.rare = newRare(t, site, provided("", database))
	}
	t.Cleanup(func() {
		if err := site.Close(); err != nil {
			t.Error(err)
		}
	})
	site.Clock.Set(time.Date(2026, 7, 10, 9, 0, 0, 0, law.Zone))
	p.learn()
	for _, part := range []struct {
		name string
		play func(*program)
	}{
		{"机构", unitActs},
		{"账号", accountActs},
		{"令牌和留痕", ledgerActs},
		{"人员", personActs},
		{"执法证", certificateActs},
		{"执法主体和设置", subjectActs},
		{"导入", importActs},
		{"权责", powerActs},
		{"权责调整", adjustmentActs},
		{"法规", lawActs},
		{"号段与文书名称", seriesActs},
		{"案件一条线", lineActs},
		{"文书", paperActs},
		{"原件", originalActs},
		{"更正撤销作废", endingActs},
		{"变更", changeActs},
		{"延期分期", termsActs},
		{"票据与对账", moneyActs},
		{"文书本", bookletActs},
		{"统计和其余", restActs},
		{"期限与督办", deadlineActs},
		{"指派和移交", staffingActs},
		{"常用视图", viewActs},
		{"普通程序立案", filingActs},
		{"审批表和代签授权", approvalActs},
		{"调查取证", inquiryActs},
		{"查封扣押和仓库", measureActs},
		{"法制审核", reviewActs},
		{"情景演练", trainingActs},
		{"台账", registerActs},
		{"考试", examActs},
		{"评卷", markingActs},
		{"题库", bankActs},
		{"课程", courseActs},
		{"班次", cohortActs},
	} {
		p.T = t
		t.Run(part.name, func(t *testing.T) {
			p.T = t
			part.play(p)
		})
	}
	p.T = t
	scripts := scriptTexts(t)
	for _, id := range slices.Sorted(maps.Keys(p.calls)) {
		if !p.done[id] && !scripted(scripts, p.calls[id].path) {
			t.Errorf("%s（%s）登记在接口里，这里没有办过", id, p.calls[id].summary)
		}
	}
	rep, err := site.App.Verify(context.Background())
	if err != nil || !rep.OK() {
		t.Errorf("核验：%v %v", err, rep.Faults)
	}
	if forms {
		p.rare.met()
	}
}

// scripted reports whether a script does an act of a desk by its page. All such acts come to the interface through
// casework.Call with the input that the page's form fills, and are held to keys and versions by the kernel, which the
// desk of the filing is tried for here; so a script is enough for the others.
func scripted(scripts, path string) bool {
	_, act, desk := strings.Cut(path, "/cases/{id}/acts/")
	if call := " /api/v1" + strings.ReplaceAll(path, "{id}", "$ID"); strings.Contains(scripts, call+"\n") || strings.Contains(scripts, call+" ") {
		return true // called by a script, on a case that only a script brings there
	}
	return desk && (strings.Contains(scripts, "post $CASE/acts/"+act+" ") || strings.Contains(scripts, "post $CASE/acts/"+act+"\n"))
}

func scriptTexts(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	names, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(b)
	}
	return all.String()
}

// program calls the interface as another program does.
type program struct {
	*testing.T
	site   *apptest.Site
	tokens map[string]string // by login
	// sessions are the cookies of those who have to act in person.
	sessions map[string][]*http.Cookie
	calls    map[string]registered
	done     map[string]bool
	serial   int
	// rare does by forms what is done here for the first time, or is nil.
	rare *rare
}

func newProgram(t *testing.T, site *apptest.Site) *program {
	return &program{T: t, site: site, tokens: map[string]string{}, sessions: map[string][]*http.Cookie{}, calls: map[string]registered{}, done: map[string]bool{}}
}

// registered is an operation as the document describes it.
type registered struct {
	method, path, summary string
	keyed                 bool
}

// members is a body.
type members map[string]any

// deed is an act to be done: which call, by whom, on what, with what. entry is the kind of ledger entry that it
// leaves; other is what the key is sent with next, where changing a text or the version would not do.
type deed struct {
	op, by, at string
	body       members
	entry      string
	other      members
	// looks: every answer shows somebody's data, so that every call is in the ledger, the repeated one too.
	looks bool
}

// heard is an answer.
type heard struct {
	status         int
	location, text string
	body           map[string]any
}

func (s heard) str(key string) string { v, _ := s.body[key].(string); return v }

func (s heard) version() int64 { n, _ := s.body["version"].(float64); return int64(n) }

// in returns the member that lies at the keys and places, as an object.
func (s heard) in(path ...any) map[string]any {
	var v any = s.body
	for _, k := range path {
		switch k := k.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[k]
		case int:
			l, _ := v.([]any)
			if k < 0 {
				k += len(l)
			}
			if k < 0 || k >= len(l) {
				return nil
			}
			v = l[k]
		}
	}
	m, _ := v.(map[string]any)
	return m
}

// learn reads which calls there are from the interface's own document.
func (p *program) learn() {
	p.Helper()
	var doc struct {
		Paths map[string]map[string]struct {
			OperationID, Summary string
			Parameters           []struct{ Name string }
		}
	}
	a := p.send("", http.MethodGet, "/openapi.json", "", "")
	if err := json.Unmarshal([]byte(a.text), &doc); err != nil || len(doc.Paths) < 100 {
		p.Fatalf("%v %.200s", err, a.text)
	}
	for path, ops := range doc.Paths {
		for method, op := range ops {
			r := registered{method: strings.ToUpper(method), path: strings.TrimPrefix(path, "/api/v1"), summary: op.Summary}
			for _, in := range op.Parameters {
				r.keyed = r.keyed || in.Name == "Idempotency-Key"
			}
			p.calls[op.OperationID] = r
		}
	}
}

// path puts values, separated by commas, in place of a call's placeholders.
func (p *program) path(op, at string) string {
	p.Helper()
	c, ok := p.calls[op]
	if !ok {
		p.Fatalf("接口没有 %s", op)
	}
	out := c.path
	for _, v := range strings.Split(at, ",") {
		if from := strings.Index(out, "{"); from >= 0 && v != "" {
			out = out[:from] + url.PathEscape(v) + out[strings.Index(out, "}")+1:]
		}
	}
	if strings.Contains(out, "{") {
		p.Fatalf("%s：缺编号（%s）", op, out)
	}
	return out
}

// read asks a call that reads and looks for texts in the answer. query may be empty.
func (p *program) read(op, by, at, query string, want ...string) heard {
	p.Helper()
	path := p.path(op, at)
	if query != "" {
		path += "?" + query
	}
	a := p.send(by, p.calls[op].method, path, "", "")
	p.done[op] = true
	if a.status != http.StatusOK {
		p.Errorf("%s：%d %.300s", path, a.status, a.text)
	}
	for _, w := range want {
		if !strings.Contains(a.text, w) {
			p.Errorf("%s 里没有 %s：%.1500s", path, w, a.text)
		}
	}
	return a
}

// do does an act and holds it to what is promised of all: a key is asked for, the act is done once and is in the
// ledger, the key answers the same, and with anything else is refused with nothing done.
func (p *program) do(d deed) (out heard) {
	p.Helper()
	c := p.calls[d.op]
	path := p.path(d.op, d.at)
	p.site.Clock.Advance(time.Minute)
	whole := p.T
	defer func() { p.T = whole }()
	p.Run(c.summary, func(t *testing.T) {
		p.T = t
		body := asJSON(t, d.body)
		p.serial++
		key := fmt.Sprintf("act-%d", p.serial)
		if a := p.send(d.by, c.method, path, body, ""); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.text, "Idempotency-Key") {
			t.Errorf("没有键：%d %.300s", a.status, a.text)
		}
		before := p.standing()
		out = p.send(d.by, c.method, path, body, key)
		if out.status != http.StatusOK {
			t.Fatalf("%s：%d %.1200s", path, out.status, out.text)
		}
		p.done[d.op] = true
		after := p.standing()
		p.entered(t, d, before.last)
		if again := p.send(d.by, c.method, path, body, key); again.status != out.status || again.text != out.text || again.location != out.location {
			t.Errorf("再发一次：%d %s %.600s\n第一次：%s %.600s", again.status, again.location, again.text, out.location, out.text)
		}
		now := p.standing()
		if d.looks {
			if now == after {
				t.Error("又看了一次，没有留痕")
			}
			return
		}
		if now != after {
			t.Errorf("再发一次又办了一次：%s", after.difference(now))
		}
		other := d.other
		if other == nil {
			other = varied(d.body)
		}
		refused := p.send(d.by, c.method, path, asJSON(t, other), key)
		if refused.status != http.StatusUnprocessableEntity || len(d.body) > 0 && refused.str("type") != "reused" {
			t.Errorf("同一个键换了内容：%d %.600s", refused.status, refused.text)
		}
		if now := p.standing(); now != after {
			t.Errorf("同一个键换了内容，办了：%s", after.difference(now))
		}
	})
	return out
}

// entered looks for the entry of an act: of its kind, by the token of its person.
func (p *program) entered(t *testing.T, d deed, since int64) {
	t.Helper()
	var kinds []string
	login, signedIn := strings.CutPrefix(d.by, "@")
	name, err := p.site.Name(login)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	p.rows(`SELECT kind, actor, via FROM ledger_entry WHERE id > `+strconv.FormatInt(since, 10)+` ORDER BY id`, func(scan func(...any) error) error {
		var kind, actor, via string
		if err := scan(&kind, &actor, &via); err != nil {
			return err
		}
		kinds = append(kinds, kind)
		found = found || kind == d.entry && actor == name && strings.HasPrefix(via, "api:") != signedIn
		return nil
	})
	if !found && d.entry != "-" {
		t.Errorf("留痕里没有“%s”（%s，由令牌），有 %v", d.entry, name, kinds)
	}
	if d.entry != "-" && app.Kinds()[d.entry] == "" {
		t.Errorf("没有“%s”这一种留痕", d.entry)
	}
}

func asJSON(t *testing.T, body members) string {
	t.Helper()
	if body == nil {
		body = members{}
	}
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// varied is the body with a text changed, or the version; of an empty body one that has a member too many.
func varied(body members) members {
	out := maps.Clone(body)
	for _, k := range []string{"reason", "why", "note", "text", "remark", "document", "summary", "name", "caption", "value"} {
		if s, ok := out[k].(string); ok {
			out[k] = s + "（另一份）"
			return out
		}
	}
	if v, ok := out["version"].(int64); ok {
		out["version"] = v + 1
		return out
	}
	return members{"something": 1}
}
