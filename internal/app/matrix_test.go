package app_test

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/app/apptest"
	"fadu/internal/demo"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// asking is one actor's way of asking: a browser that keeps its session, or a program with its token.
type asking struct {
	t     *testing.T
	actor actor
	site  *apptest.Site
	c     *http.Client
	found map[string]string
	keys  int
}

// said is an answer: its status, and where it leads.
type said struct {
	status int
	to     string
	body   string
}

// toSignIn reports an answer that asks to sign in.
func (a said) toSignIn() bool {
	return a.status == http.StatusUnauthorized || a.status == http.StatusSeeOther && strings.HasPrefix(a.to, "/sign-in")
}

// words are the answer as the golden file has it.
func (a said) words() string {
	if a.toSignIn() {
		return "请登录"
	}
	name := map[int]string{200: "打开", 303: "办成或转到", 403: "没有权限", 404: "查无此件", 409: "已有变动", 422: "内容要改", 413: "太大", 429: "太密"}[a.status]
	return strings.TrimSpace(fmt.Sprintf("%d %s", a.status, name))
}

func (q *asking) send(method, path, contentType, body string) said {
	q.t.Helper()
	req, err := http.NewRequest(method, q.site.URL+path, strings.NewReader(body))
	if err != nil {
		q.t.Fatal(err)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	if strings.HasPrefix(path, "/api/") && method == http.MethodPost {
		q.keys++
		req.Header.Set("Idempotency-Key", fmt.Sprintf("matrix-%d", q.keys))
	}
	if q.actor.token != "" {
		req.Header.Set("Authorization", "Bearer "+q.actor.token)
	}
	res, err := q.c.Do(req)
	if err != nil {
		q.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		q.t.Fatal(err)
	}
	return said{res.StatusCode, res.Header.Get("Location"), string(text)}
}

func (q *asking) signIn() {
	q.t.Helper()
	if a := q.send("POST", "/sign-in", "application/x-www-form-urlencoded", url.Values{"login": {q.actor.login}, "password": {demo.Password}}.Encode()); a.status != http.StatusSeeOther {
		q.t.Fatalf("%s 登录不了：%d", q.actor.label, a.status)
	}
}

// ask sends what a route takes: a page's form with nothing but its token and version, or an empty object.
func (q *asking) ask(method, path string) said {
	q.t.Helper()
	switch {
	case method == http.MethodGet:
		return q.send(method, path, "", "")
	case strings.HasPrefix(path, "/api/v1/calc/"):
		return q.send(method, path, "application/json", "[]")
	case strings.HasPrefix(path, "/api/"):
		return q.send(method, path, "application/json", `{"version":1}`)
	}
	form := url.Values{"version": {"1"}, "_version": {"1"}}
	if q.actor.login != "" {
		if _, op, ok := strings.Cut(q.send("GET", "/w/me/password", "", "").body, `name="_op" value="`); ok {
			op, _, _ = strings.Cut(op, `"`)
			form.Set("_op", op)
		}
	}
	return q.send(method, path, "application/x-www-form-urlencoded", form.Encode())
}

// begin opens a copy of the bureau for the actor. What is shut is shut after its sign-in.
func begin(t *testing.T, p *peopled, a actor) *asking {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	q := &asking{t: t, actor: a, site: p.copied(t), c: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	q.found = sampled(t, q.site)
	if a.login == "" {
		return q
	}
	q.signIn()
	if a.role == "" {
		var shut access.Account
		testkit.View(t, q.site.App.DB, func(tx *store.Tx) (err error) {
			shut, err = q.site.App.Access.AccountByLogin(tx, a.login)
			return err
		})
		if err := q.site.App.Access.Disable(context.Background(), access.System("test"), shut.ID, shut.Version, "演示：调离"); err != nil {
			t.Fatal(err)
		}
	}
	return q
}

// TestMatrix really asks every route of the router's own table for every role, for the same roles in
// another unit, for nobody, for a shut account and for programs with and without the permission. What they
// are answered is in testdata/matrix.golden.txt, for a lawyer to read.
func TestMatrix(t *testing.T) {
	p, err := peopledBureau()
	if err != nil {
		t.Fatal(err)
	}
	answers := map[string]map[string][]string{} // route, answer, actors
	for _, a := range p.actors {
		q := begin(t, p, a)
		for _, rt := range q.site.App.Routes() {
			method, pattern, _ := strings.Cut(rt.Pattern, " ")
			path, ok := pathOf(pattern, q.found)
			if !ok {
				t.Fatalf("%s：样本里没有 %s 的记录，补进 samples 才能问这条路由", rt.Pattern, path)
			}
			got := q.ask(method, path)
			q.check(rt, got)
			if answers[rt.Pattern] == nil {
				answers[rt.Pattern] = map[string][]string{}
			}
			answers[rt.Pattern][got.words()] = append(answers[rt.Pattern][got.words()], a.label)
			if rt.Pattern == "POST /sign-out" && a.may("") && a.login != "" {
				q.signIn()
			}
		}
	}
	testkit.Golden(t, "matrix.golden.txt", []byte(matrixText(p, answers)))
}

// ofOneUnit are the patterns of records that belong to a unit.
var ofOneUnit = []string{
	"/w/cases/{id}", "/w/papers/{id}", "/api/v1/papers/{id}", "/w/booklets/{id}", "/api/v1/booklets/{id}", "/w/payments/{id}", "/w/money/cases/{id}", "/api/v1/cases/{id}",
	"/w/store/things/{code}", "/api/v1/store/things/{code}", "/w/reviews/opinions/{id}", "/w/case-views/{id}", "/api/v1/case-views/{id}", "/w/parties/{id}", "/api/v1/parties/{id}",
	"/w/approvals/{id}", "/api/v1/approvals/{id}", "/w/deadlines/terms/{id}", "/api/v1/deadlines/terms/{id}", "/w/deadlines/reminders/{id}", "/api/v1/deadlines/reminders/{id}",
	"/w/deadlines/misses/{id}", "/api/v1/deadlines/misses/{id}", "/w/series/{id}", "/api/v1/series/{id}",
}

// foreign are the routes to records of one unit. In the hands of another unit they answer as for a record
// that does not exist.
func foreign(pattern string) bool {
	for _, head := range ofOneUnit {
		if pattern == head || strings.HasPrefix(pattern, head+"/") {
			return true
		}
	}
	return false
}

// check holds an answer against what the route asks for and the role's data gives.
func (q *asking) check(rt access.Route, got said) {
	q.t.Helper()
	a := q.actor
	method, pattern, _ := strings.Cut(rt.Pattern, " ")
	program := a.token != ""
	fail := func(why string) {
		q.t.Errorf("%s，%s：答复 %s，%s", rt.Pattern, a.label, got.words(), why)
	}
	api := strings.HasPrefix(pattern, "/api/")
	switch {
	case got.status >= 500:
		fail("出错：" + got.body[:min(len(got.body), 300)])
	case rt.Allow == access.Public:
		if got.toSignIn() && a.login == "" && !strings.HasPrefix(pattern, "/sign-in") {
			fail("公开的不应要登录")
		}
	case program && !api, !program && a.role == "":
		if !got.toSignIn() {
			fail("应要登录")
		}
	case !a.may(rt.Allow):
		if got.status != http.StatusForbidden {
			fail("没有权限的应被拒绝")
		}
	case got.toSignIn() && rt.Pattern != "POST /sign-out":
		fail("有权限的不应要登录")
	case a.unit == foreignUnit && foreign(pattern):
		q.checkForeign(method, pattern, got, fail)
	}
}

// checkForeign compares a foreign record with one that does not exist: they must be told apart by nothing.
func (q *asking) checkForeign(method, pattern string, got said, fail func(string)) {
	q.t.Helper()
	if method == http.MethodGet && got.status != http.StatusNotFound {
		fail("外单位的应是 404")
	}
	if got.status < 400 || got.status == http.StatusForbidden {
		fail("外单位的办成了，或者说没有权限（等于说有这件）")
	}
	missing := maps.Clone(q.found)
	for _, k := range ofOneUnit {
		missing[k] = "1"
	}
	for k, v := range missing { // the case of a record of its own: none
		if _, last, both := strings.Cut(v, ","); both {
			missing[k] = "1," + last
		}
	}
	nothing, _ := pathOf(pattern, missing)
	if none := q.ask(method, nothing); none.status != got.status {
		fail(fmt.Sprintf("不存在的答复 %s，两者分得出来", none.words()))
	}
}

// matrixText writes the answers, route by route: what is asked for, then each answer with who got it.
func matrixText(p *peopled, answers map[string]map[string][]string) string {
	var b strings.Builder
	b.WriteString("# 谁问哪条路由，得到什么答复\n\n程序逐条真问得来（go test ./internal/app -run TestMatrix -update），不是从权限表推的。\n" +
		"记录都是第一中队的；“外单位”是第二中队同样角色的人。办理类路由交的是空白表单，所以有权限的多半得到“内容要改”。\n" +
		"要登录的答“请登录”；不在自己数据范围的答“查无此件”，与不存在的一样。\n")
	site, err := p.open(p.dir)
	if err != nil {
		return err.Error()
	}
	defer site.Close()
	labels := map[access.Permission]string{access.Public: "公开", "": "登录即可"}
	for _, l := range access.Permissions() {
		labels[l.Permission] = l.Label
	}
	for _, rt := range site.App.Routes() {
		fmt.Fprintf(&b, "\n%s　　要求：%s\n", rt.Pattern, labels[rt.Allow])
		by := answers[rt.Pattern]
		for _, s := range slices.Sorted(maps.Keys(by)) {
			who := strings.Join(by[s], "；")
			if len(by[s]) == len(p.actors) {
				who = "所有人"
			}
			fmt.Fprintf(&b, "  %s：%s\n", s, who)
		}
	}
	return b.String()
}
