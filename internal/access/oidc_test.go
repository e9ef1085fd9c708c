package access

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// freePort returns a port that was free a moment ago.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	must(t, err)
	return port
}

// identityProvider starts a real provider (npm oidc-provider) and returns its address and how to end it.
func identityProvider(t *testing.T, back string) (issuer string, stop func()) {
	t.Helper()
	const missing = "NOT RUN: sign-in by OIDC: no npm oidc-provider (npm --prefix internal/access/testdata/oidc ci)"
	node, err := exec.LookPath("node")
	if _, e := os.Stat("testdata/oidc/node_modules/oidc-provider"); err != nil || e != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	port := freePort(t)
	cmd := exec.Command(node, "provider.mjs", port, back)
	cmd.Dir = "testdata/oidc"
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	ended := false
	stop = func() {
		if !ended {
			ended = true
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	}
	t.Cleanup(stop)
	ready := make(chan bool, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if lines.Text() == "ready" {
				ready <- true
			}
		}
		close(ready)
	}()
	select {
	case ok := <-ready:
		if !ok {
			t.Fatal("the provider ended at once")
		}
	case <-time.After(time.Minute):
		t.Fatal("the provider did not start")
	}
	return "http://127.0.0.1:" + port, stop
}

// outside is a bureau with an identity provider; its clock is the real one, since the provider's is.
func outside(t *testing.T) (s *site, stop func()) {
	db, clock := testkit.SQLite(t, migrations...)
	clock.Set(time.Now())
	b := newBureau(t, db, clock)
	mux := http.NewServeMux()
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	issuer, stop := identityProvider(t, srv.URL+oidcBack)
	var err error
	b.s, err = New(db, Options{Bureau: "演示局", Policy: cheap(t), Nav: Nav(), OIDC: &OIDC{Issuer: issuer, Client: "fadu", Secret: "test-only", Base: srv.URL}})
	must(t, err)
	b.account("zhao.mou", b.first, Officer)
	var done []string
	b.s.Mount(mux, append(b.s.Routes(), counter(b, &done)...))
	return &site{bureau: b, url: srv.URL}, stop
}

// follow goes where an answer sends a browser, up to a page or to a page of ours.
func (br *browser) follow(at string, a answer) (string, answer) {
	br.t.Helper()
	for range 20 {
		if a.StatusCode != http.StatusSeeOther && a.StatusCode != http.StatusFound {
			return at, a
		}
		base, err := url.Parse(at)
		must(br.t.(*testing.T), err)
		to, err := base.Parse(a.location())
		must(br.t.(*testing.T), err)
		at = to.String()
		a = br.open("GET", at, nil)
		if strings.HasPrefix(at, br.url+oidcBack) {
			return at, a
		}
	}
	br.t.Fatal("转来转去没有完")
	return at, a
}

func (br *browser) open(method, at string, form url.Values) answer {
	br.t.Helper()
	req, err := http.NewRequest(method, at, strings.NewReader(form.Encode()))
	must(br.t.(*testing.T), err)
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := br.c.Do(req)
	must(br.t.(*testing.T), err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	must(br.t.(*testing.T), err)
	return answer{res, string(text)}
}

var formAction = regexp.MustCompile(`action="([^"]+)"`)

// throughProvider presses the button, signs in at the provider as who, agrees, and stops at the answer of
// our page to which the provider sent the browser; back is its address.
func (br *browser) throughProvider(who, next string) (back string, a answer) {
	br.t.Helper()
	start := br.url + "/sign-in/oidc?next=" + url.QueryEscape(next)
	at, a := br.follow(start, br.open("GET", start, nil))
	for range 4 {
		if strings.HasPrefix(at, br.url) {
			return at, a
		}
		m := formAction.FindStringSubmatch(a.body)
		if m == nil {
			br.t.Fatalf("统一身份认证答 %d：%.500s", a.StatusCode, a.body)
		}
		form := url.Values{"prompt": {"consent"}}
		if strings.Contains(a.body, `name="login"`) {
			form = url.Values{"prompt": {"login"}, "login": {who}, "password": {"any"}}
		}
		at, a = br.follow(at, br.open("POST", html.UnescapeString(m[1]), form))
	}
	br.t.Fatal("没有回来")
	return
}

func TestSignInByProvider(t *testing.T) {
	s, stop := outside(t)
	id := s.as("zhao.mou").Account()
	stranger := s.browser()
	if body := stranger.get("/sign-in?next=/w/counter").body; !strings.Contains(body, `href="/sign-in/oidc?next=%2Fw%2Fcounter"`) || !strings.Contains(body, "用统一身份认证登录") {
		t.Error("登录页没有按钮")
	}
	_, a := stranger.throughProvider("wai.ren", "/w/counter")
	want(t, "没有绑定的人", a, 403, "")
	if !strings.Contains(a.body, "还没有绑定") || !strings.Contains(a.body, "wai.ren") || cookieOf(a) != nil {
		t.Errorf("没有说怎么办：%.600s", a.body)
	}
	testkit.View(t, s.db, func(tx *store.Tx) error {
		n, err := tx.DB().NewSelect().Model((*accountRow)(nil)).Count(tx.Ctx)
		if n != 1 {
			t.Errorf("现在有 %d 个账号", n)
		}
		return err
	})

	must(t, s.s.BindIdentity(s.ctx, System("console"), id, 1, "zhao.at.provider", false))
	br := s.browser()
	back, a := br.throughProvider("zhao.at.provider", "/w/counter")
	want(t, "绑定了的人", a, 303, "/w/counter")
	want(t, "办案", br.get("/w/counter"), 200, "")
	if es := s.events(); es[len(es)-1].Kind != EventSignedIn || es[len(es)-1].Detail != "统一身份认证" {
		t.Errorf("安全日志：%+v", es[len(es)-1])
	}
	want(t, "同一个回答再用", br.open("GET", back, nil), 403, "")
	other := s.browser()
	want(t, "别人的浏览器拿去用", other.open("GET", back, nil), 403, "")
	// A browser that began its own way does not accept the answer to another's.
	begun := s.browser()
	want(t, "开始", begun.get("/sign-in/oidc"), 303, "")
	want(t, "换成别人的回答", begun.open("GET", back, nil), 403, "")

	u, err := url.Parse(begun.get("/sign-in/oidc").location())
	must(t, err)
	for name, value := range map[string]string{"code_challenge_method": "S256", "response_type": "code", "redirect_uri": s.url + oidcBack} {
		if u.Query().Get(name) != value {
			t.Errorf("%s=%s", name, u.Query().Get(name))
		}
	}
	if len(u.Query().Get("state")) < 40 || len(u.Query().Get("nonce")) < 40 || len(u.Query().Get("code_challenge")) != 43 {
		t.Errorf("state、nonce 或 code_challenge 太短：%s", u)
	}
	want(t, "在那边取消", begun.get(oidcBack+"?error=access_denied&state="+u.Query().Get("state")), 403, "")

	must(t, s.s.Disable(s.ctx, System("console"), id, s.load(id).Version, "调离"))
	_, a = br.throughProvider("zhao.at.provider", "")
	want(t, "停用的账号", a, 403, "")

	stop()
	down := s.browser()
	must(t, s.s.Enable(s.ctx, System("console"), id, s.load(id).Version))
	restarted, err := newRelying(s.s.o.OIDC, s.s)
	must(t, err)
	s.s.oidc = restarted
	a = down.get("/sign-in/oidc?next=/w/counter")
	want(t, "那边停了", a, 503, "")
	if !strings.Contains(a.body, "连不上统一身份认证，请用账号和密码登录") || !strings.Contains(a.body, `name="password"`) {
		t.Errorf("没有说怎么办：%.600s", a.body)
	}
	down.mustSignIn("zhao.mou")
	want(t, "用密码照常", down.get("/w/counter"), 200, "")
}

// TestProviderDiesInBetween: the provider ends while somebody is there; the answer is plain and the
// password still works.
func TestProviderDiesInBetween(t *testing.T) {
	s, stop := outside(t)
	br := s.browser()
	u, err := url.Parse(br.get("/sign-in/oidc").location())
	must(t, err)
	stop()
	a := br.get(oidcBack + "?code=abc&state=" + u.Query().Get("state"))
	want(t, "换码时断了", a, 403, "")
	if !strings.Contains(a.body, "或者用账号和密码登录") {
		t.Errorf("%.400s", a.body)
	}
	br.mustSignIn("zhao.mou")
}

// TestOnlyByProvider: an account without a password, made and bound through the pages; the second factor
// is asked for all the same.
func TestOnlyByProvider(t *testing.T) {
	s, _ := outside(t)
	s.s.o.Demo = true // the administrators of this test go without a second factor
	s.account("xt.guanli", s.root, SystemAdmin)
	sys := s.browser()
	sys.mustSignIn("xt.guanli")
	id := s.as("zhao.mou").Account()
	page := "/w/accounts/" + id.String()
	want(t, "只用而没填标识", sys.submit(page, page+"/identity", "version", "1", "only", "1"), 422, "")
	want(t, "绑定", sys.submit(page, page+"/identity", "version", "1", "subject", "zhao.at.provider", "only", "1"), 303, page)
	if body := sys.get(page).body; !strings.Contains(body, `value="zhao.at.provider"`) {
		t.Error("页面上没有标识")
	}
	br := s.browser()
	want(t, "密码已经没有了", br.signIn("zhao.mou", goodPassword), 422, "")
	_, a := br.throughProvider("zhao.at.provider", "")
	want(t, "统一身份认证", a, 303, "")
	key, _ := br.enrol("")
	again := s.browser()
	_, a = again.throughProvider("zhao.at.provider", "/w/counter")
	want(t, "还要验证码", a, 303, codePath+"?next=%2Fw%2Fcounter")
	s.clock.Advance(time.Minute)
	want(t, "验证码", again.post(codePath, "code", codeAt(t, key, s.clock.Now()), "next", "/w/counter"), 303, "/w/counter")
	own := "/w/accounts/" + s.as("xt.guanli").Account().String()
	want(t, "给自己绑定", sys.submit(own, own+"/identity", "version", "1", "subject", "me"), 403, "")
	err := s.s.BindIdentity(s.ctx, s.as("xt.guanli"), s.account("qian.mou", s.first, Officer), 1, "zhao.at.provider", false)
	wantField(t, err, "subject")
	sec := s.account("aq.guanli", s.root, SecurityAdmin)
	if err := s.s.BindIdentity(s.ctx, s.as("xt.guanli"), sec, 1, "me", false); !fault.Is(err, fault.Forbidden) {
		t.Errorf("给别的管理员绑定：%v", err)
	}
}

// TestForgedIDToken: what the provider's client library must refuse is refused: a token of another
// issuer, for another client, expired, with another nonce, unsigned.
func TestForgedIDToken(t *testing.T) {
	db, clock := testkit.SQLite(t, migrations...)
	b := newBureau(t, db, clock)
	fake := newForger(t)
	for name, tc := range map[string]struct {
		change func(map[string]any)
		alg    string
		ok     bool
	}{
		"真的":       {func(map[string]any) {}, "RS256", true},
		"别的发行方":    {func(c map[string]any) { c["iss"] = "https://evil.example" }, "RS256", false},
		"发给别的系统":   {func(c map[string]any) { c["aud"] = "other" }, "RS256", false},
		"过期":       {func(c map[string]any) { c["exp"] = clock.Now().Add(-time.Minute).Unix() }, "RS256", false},
		"别的 nonce": {func(c map[string]any) { c["nonce"] = "x" }, "RS256", false},
		"没有 nonce": {func(c map[string]any) { delete(c, "nonce") }, "RS256", false},
		"没有签名":     {func(map[string]any) {}, "none", false},
		"签名不对":     {func(map[string]any) {}, "broken", false},
		"没有标识":     {func(c map[string]any) { c["sub"] = "" }, "RS256", false},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := newRelying(&OIDC{Issuer: fake.url, Client: "fadu", Base: "http://127.0.0.1"}, b.s)
			must(t, err)
			_, trip, err := r.begin(b.ctx, "", 0)
			must(t, err)
			claims := map[string]any{"iss": fake.url, "aud": "fadu", "sub": "zhao", "nonce": trip.Nonce, "iat": clock.Now().Unix(), "exp": clock.Now().Add(time.Minute).Unix()}
			tc.change(claims)
			fake.next = fake.sign(t, claims, tc.alg)
			subject, err := r.finish(b.ctx, "code", trip)
			if (err == nil) != tc.ok || tc.ok && subject != "zhao" {
				t.Errorf("得到 %q %v", subject, err)
			}
		})
	}
}

func TestProviderSettings(t *testing.T) {
	db, _ := testkit.SQLite(t, migrations...)
	for name, o := range map[string]OIDC{
		"明文地址":   {Issuer: "http://sso.example.gov.cn", Client: "fadu"},
		"不是地址":   {Issuer: "sso", Client: "fadu"},
		"没有客户端号": {Issuer: "https://sso.example.gov.cn"},
	} {
		if _, err := New(db, Options{OIDC: &o, Policy: cheap(t)}); err == nil {
			t.Errorf("%s被接受", name)
		}
	}
	// Starting needs no provider: nothing goes out before somebody presses the button.
	s, err := New(db, Options{OIDC: &OIDC{Issuer: "https://192.0.2.1", Client: "fadu"}, Policy: cheap(t)})
	if err != nil || s.oidc.provider != nil {
		t.Errorf("启动就去连接：%v", err)
	}
	if fmt.Sprint(s.oidc.o.Claim, s.oidc.o.Label) != "sub统一身份认证" {
		t.Errorf("%+v", s.oidc.o)
	}
}
