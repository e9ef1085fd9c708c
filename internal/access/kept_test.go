package access

import (
	"bytes"
	"fmt"
	"html"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"fadu/internal/store"
	"fadu/internal/testkit"
	"fadu/internal/web"
)

var nextInput = regexp.MustCompile(`name="next" value="([^"]*)"`)

// from posts a form as a browser does that stands on the page.
func (br *browser) from(page, path string, values ...string) answer {
	br.t.Helper()
	form := url.Values{}
	for i := 0; i < len(values); i += 2 {
		form.Add(values[i], values[i+1])
	}
	return br.do("POST", path, "application/x-www-form-urlencoded", form.Encode(), "Referer", br.url+page)
}

func (br *browser) token(page string) string {
	br.t.Helper()
	m := opInput.FindStringSubmatch(br.get(page).body)
	if m == nil {
		br.t.Fatalf("%s has no form token", page)
	}
	return m[1]
}

// nextOn is where the sign-in page will lead.
func nextOn(t *testing.T, a answer) string {
	t.Helper()
	m := nextInput.FindStringSubmatch(a.body)
	if a.StatusCode != http.StatusUnauthorized || m == nil || !strings.Contains(a.body, `name="password"`) {
		t.Fatalf("没有显示登录页：%d %.300s", a.StatusCode, a.body)
	}
	return html.UnescapeString(m[1])
}

func keptRows(t *testing.T, db *store.DB) (rows []keptRow) {
	t.Helper()
	testkit.View(t, db, func(tx *store.Tx) error {
		rows = nil
		return tx.DB().NewSelect().Model(&rows).Scan(tx.Ctx)
	})
	return rows
}

// TestExpiredInMidForm: the session ends while a form is filled in; nothing that was typed is lost, and
// nobody else sees it.
func TestExpiredInMidForm(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		s.account("xt.guanli", s.root, SystemAdmin)
		br := s.browser()
		br.mustSignIn("xt.guanli")
		page := "/w/units/new?parent=" + s.root.String()
		typed := []string{"parent", s.first.String(), "name", "𠮷祥㙍“三”中队", "code", "CG-1-9", "from", "2026-02-30", "_op", br.token(page)}
		s.clock.Advance(31 * time.Minute)
		a := br.from(page, "/w/units", typed...)
		next := nextOn(t, a)
		if !strings.Contains(a.body, "刚才填的内容已经保留") || !strings.HasPrefix(next, "/w/units/new?") || !strings.Contains(next, "parent="+s.root.String()) {
			t.Fatalf("登录页没有说保留，或者回不去：%s %.400s", next, a.body)
		}
		for _, r := range keptRows(t, s.db) {
			if strings.Contains(r.Content, "CG-1-9") || strings.Contains(r.Content, "中队") {
				t.Error("保留的内容没有加密")
			}
		}

		other := s.browser()
		other.mustSignIn("zhao.mou")
		if body := other.get("/w/me?kept=" + fmt.Sprint(keptRows(t, s.db)[0].ID)).body; strings.Contains(body, "已带回") || strings.Contains(body, "CG-1-9") {
			t.Error("别人看得到")
		}
		want(t, "别人看全部内容", other.get("/w/kept/"+fmt.Sprint(keptRows(t, s.db)[0].ID)), 404, "")

		want(t, "再登录", br.post("/sign-in", "login", "xt.guanli", "password", goodPassword, "next", next), 303, next)
		body := html.UnescapeString(br.get(next).body)
		for _, say := range []string{`value="𠮷祥㙍“三”中队"`, `value="CG-1-9"`, `value="2026-02-30"`, `<option value="` + s.first.String() + `" selected`, "刚才填的内容没有交上，已带回表单", `href="/w/kept/`} {
			if !strings.Contains(body, say) {
				t.Errorf("表单里没有 %s", say)
			}
		}
		if strings.Contains(body, typed[len(typed)-1]) {
			t.Error("旧的表单令牌也带回来了")
		}
		token := opInput.FindStringSubmatch(body)[1]
		a = br.from(next, "/w/units", "parent", s.first.String(), "name", "第三中队", "code", "CG-1-9", "from", "2026-02-28", "_op", token)
		want(t, "改好再交", a, 303, "")
		body = br.get("/w/kept/" + fmt.Sprint(keptRows(t, s.db)[0].ID)).body
		if !strings.Contains(body, "𠮷祥㙍") || !strings.Contains(body, "2026-02-30") {
			t.Error("全部内容里没有")
		}
		s.clock.Advance(29 * time.Minute)
		br.get("/w/units") // still there
		s.clock.Advance(2 * time.Minute)
		want(t, "过了半小时", br.get("/w/kept/"+fmt.Sprint(keptRows(t, s.db)[0].ID)), 404, "")
		must(t, s.s.Sweep(s.ctx))
		if n := len(keptRows(t, s.db)); n != 0 {
			t.Errorf("清理后还有 %d 份", n)
		}
	})
}

// TestOtherOnesForm: when somebody else signs in on the page that came too late, it is a page like any.
func TestOtherOnesForm(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		s.account("xt.guanli", s.root, SystemAdmin)
		s.account("xt.guanli2", s.root, SystemAdmin)
		br := s.browser()
		br.mustSignIn("xt.guanli")
		token := br.token("/w/units/new")
		s.clock.Advance(time.Hour)
		next := nextOn(t, br.from("/w/units/new", "/w/units", "name", "机密中队", "_op", token))
		want(t, "同事在这一页登录", br.post("/sign-in", "login", "xt.guanli2", "password", goodPassword, "next", next), 303, next)
		if body := br.get(next).body; strings.Contains(body, "机密中队") {
			t.Error("同事看到了别人填的内容")
		}
	})
}

// TestRightsChangedInMidForm: a change of the account in mid-form is no different, and a record that was
// changed meanwhile is noticed by its version.
func TestRightsChangedInMidForm(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		id := s.account("xt.guanli", s.root, SystemAdmin)
		target := s.as("zhao.mou").Account()
		page := "/w/accounts/" + target.String()
		br := s.browser()
		br.mustSignIn("xt.guanli")
		token := br.token(page)
		must(t, s.s.ResetPassword(s.ctx, System("console"), id, s.load(id).Version, "Qing-Feng-a9"))
		must(t, s.s.EditAccount(s.ctx, System("console"), target, 1, AccountEdit{Name: "别人改的", Unit: s.first}))
		next := nextOn(t, br.from(page, page, "version", "1", "name", "我改的", "unit", s.second.String(), "person", "0", "_op", token))
		want(t, "用新密码登录", br.post("/sign-in", "login", "xt.guanli", "password", "Qing-Feng-a9", "next", next), 303, next)
		want(t, "先改密码", br.submit(passwordPath, passwordPath, "old", "Qing-Feng-a9", "fresh", "Ming-Yue-b8", "again", "Ming-Yue-b8"), 303, "")
		body := br.get(next).body
		if !strings.Contains(body, `value="我改的"`) {
			t.Fatal("填的内容没有回来")
		}
		version := regexp.MustCompile(`(?s)action="` + page + `".*?name="version" value="(\d+)"`).FindStringSubmatch(body)[1]
		token = opInput.FindStringSubmatch(body)[1]
		a := br.from(next, page, "version", version, "name", "我改的", "unit", s.second.String(), "person", "0", "_op", token)
		want(t, "别人先改过", a, 409, "")
	})
}

// TestTwoTabs: signed in again in another tab, the form of the first tab comes back filled in.
func TestTwoTabs(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		s.account("xt.guanli", s.root, SystemAdmin)
		br := s.browser()
		br.mustSignIn("xt.guanli")
		token := br.token("/w/units/new")
		br.mustSignIn("xt.guanli")
		a := br.from("/w/units/new", "/w/units", "name", "第九中队", "_op", token)
		if a.StatusCode != http.StatusSeeOther || !strings.Contains(br.get(a.location()).body, `value="第九中队"`) {
			t.Errorf("%d %s", a.StatusCode, a.location())
		}
		a = br.do("POST", "/w/units", "application/x-www-form-urlencoded", "name=x&_op=1", "Referer", "https://evil.example/w/units/new")
		want(t, "别的网站作来处", a, 403, "")
	})
}

// TestWhatIsNotKept: passwords and codes never, nothing for who never signed in here, nothing from another
// site, nothing too large, nothing of an API; each answer says how to go on.
func TestWhatIsNotKept(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		s.account("xt.guanli", s.root, SystemAdmin)
		br := s.browser()
		br.mustSignIn("xt.guanli")
		page := "/w/accounts/" + s.as("zhao.mou").Account().String()
		s.clock.Advance(time.Hour)
		want(t, "密码表单", br.from(passwordPath, passwordPath, "old", goodPassword, "fresh", "Ming-Yue-b8"), 401, "")
		want(t, "重置密码", br.from(page, page+"/password", "version", "1", "password", "Ming-Yue-b8"), 401, "")
		want(t, "验证码", br.from(factorPath, factorPath+"/start", "password", goodPassword), 401, "")
		want(t, "接口", br.do("POST", "/api/v1/counter", "application/json", `{"what":"x"}`, "Idempotency-Key", "k"), 401, "")
		want(t, "没有在这台电脑登录过", s.browser().from("/w/units/new", "/w/units", "name", "x"), 401, "")
		want(t, "来自别的网站", br.do("POST", "/w/units", "application/x-www-form-urlencoded", "name=x", "Origin", "https://evil.example"), 401, "")
		forged := s.browser()
		u, err := url.Parse(s.url)
		must(t, err)
		forged.c.Jar.SetCookies(u, []*http.Cookie{{Name: "fadu_last", Value: "1", Path: "/"}})
		want(t, "伪造的上次登录", forged.from("/w/units/new", "/w/units", "name", "x"), 401, "")
		a := br.from("/w/units/new", "/w/units", "name", strings.Repeat("长", 100_000))
		want(t, "太多", a, 401, "")
		if !strings.Contains(a.body, "没有能保留") {
			t.Errorf("没有说没有保留：%.500s", a.body)
		}
		if n := len(keptRows(t, s.db)); n != 0 {
			t.Errorf("保留了 %d 份", n)
		}
		for i := range 9 {
			br.from("/w/units/new", "/w/units", "name", fmt.Sprint("第", i))
		}
		if n := len(keptRows(t, s.db)); n != keptEach {
			t.Errorf("一个账号保留了 %d 份", n)
		}
		br.mustSignIn("xt.guanli")
		want(t, "退出", br.submit("/w/me", "/sign-out"), 303, "")
		if n := len(keptRows(t, s.db)); n != 0 {
			t.Errorf("退出以后还留着 %d 份", n)
		}
	})
}

// TestFilesAreNotKept: a form with photographs keeps its text and names the files that must be chosen
// again; on the page of an act that has no page of its own the text can be read and sent again.
func TestFilesAreNotKept(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		b.account("zhao.mou", b.first, Officer)
		got := ""
		s := b.serve(Route{Pattern: "GET /w/note", Handle: func(w http.ResponseWriter, r *http.Request, _ Session) error {
			return web.Render(w, r, http.StatusOK, web.Shell(web.PageMeta{Title: "记事"}))
		}}, Route{Pattern: "POST /w/note/{id}/send", Handle: func(w http.ResponseWriter, r *http.Request, _ Session) error {
			f, err := web.ParseForm(w, r, 0)
			if err != nil {
				return err
			}
			got = f.Value("text")
			web.SeeOther(w, r, "/w/note")
			return nil
		}})
		br := s.browser()
		br.mustSignIn("zhao.mou")
		clock.Advance(time.Hour)
		var body bytes.Buffer
		m := multipart.NewWriter(&body)
		must(t, m.WriteField("text", "一行\r\n两行 <b>"))
		part, err := m.CreateFormFile("photo", "现场1.jpg")
		must(t, err)
		must(t, second(part.Write([]byte("not kept"))))
		must(t, m.Close())
		a := br.do("POST", "/w/note/7/send", m.FormDataContentType(), body.String(), "Referer", s.url+"/w/note")
		if !strings.Contains(a.body, "照片等文件不保留") {
			t.Errorf("没有说文件不保留：%.500s", a.body)
		}
		next := nextOn(t, a)
		want(t, "登录", br.post("/sign-in", "login", "zhao.mou", "password", goodPassword, "next", next), 303, next)
		page := br.get(next).body
		if !strings.Contains(page, "现场1.jpg") || strings.Contains(page, "not kept") {
			t.Error("没有说要重新选哪个文件")
		}
		all := br.get(regexp.MustCompile(`href="(/w/kept/\d+)"`).FindStringSubmatch(page)[1])
		if !strings.Contains(all.body, "两行 &lt;b&gt;") || strings.Contains(all.body, "照这样交上") {
			t.Errorf("全部内容：%.500s", all.body)
		}

		clock.Advance(time.Hour)
		next = nextOn(t, br.from("/w/note/7/send", "/w/note/7/send", "text", "又见错误的表单"))
		if !strings.HasPrefix(next, "/w/kept/") {
			t.Fatalf("那个网址打不开，应当去看全部内容：%s", next)
		}
		want(t, "登录", br.post("/sign-in", "login", "zhao.mou", "password", goodPassword, "next", next), 303, next)
		page = br.get(next).body
		want(t, "照这样交上", br.post("/w/note/7/send", "text", "又见错误的表单", "_op", opInput.FindStringSubmatch(page)[1]), 303, "/w/note")
		if !strings.Contains(page, `action="/w/note/7/send"`) || got != "又见错误的表单" {
			t.Errorf("交上的是 %q", got)
		}
	})
}

// TestLateFormWithCode: the second factor in between loses nothing either.
func TestLateFormWithCode(t *testing.T) {
	realSite(t, func(t *testing.T, s *site, done *[]string) {
		s.account("xt.guanli", s.root, SystemAdmin)
		br := s.browser()
		br.mustSignIn("xt.guanli")
		key, _ := br.enrol(goodPassword)
		token := br.token("/w/units/new")
		s.clock.Advance(time.Hour)
		next := nextOn(t, br.from("/w/units/new", "/w/units", "name", "第九中队", "_op", token))
		a := br.post("/sign-in", "login", "xt.guanli", "password", goodPassword, "next", next)
		want(t, "密码", a, 303, codePath+"?next="+url.QueryEscape(next))
		step := html.UnescapeString(nextInput.FindStringSubmatch(br.get(a.location()).body)[1])
		want(t, "验证码", br.post(codePath, "code", codeAt(t, key, s.clock.Now()), "next", step), 303, next)
		if !strings.Contains(br.get(next).body, `value="第九中队"`) {
			t.Error("填的内容没有回来")
		}
	})
}
