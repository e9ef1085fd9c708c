package access

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"fadu/internal/store"
	"fadu/internal/testkit"
)

func cookieOf(a answer) *http.Cookie {
	for _, c := range a.Cookies() {
		if strings.Contains(c.Name, "fadu_session") {
			return c
		}
	}
	return nil
}

func TestSessionCookie(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		planted := strings.Repeat("A", 43)
		br := s.browser()
		u, err := url.Parse(s.url)
		must(t, err)
		br.c.Jar.SetCookies(u, []*http.Cookie{{Name: "fadu_session", Value: planted, Path: "/"}})
		a := br.signIn("zhao.mou", goodPassword)
		c := cookieOf(a)
		if c == nil || c.Value == planted || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || !wellFormed(c.Value) {
			t.Fatalf("cookie %+v", c)
		}
		again := cookieOf(br.signIn("zhao.mou", goodPassword))
		if again == nil || again.Value == c.Value {
			t.Error("再次登录没有换新的会话")
		}
		testkit.View(t, s.db, func(tx *store.Tx) error {
			var rows []sessionRow
			err := tx.DB().NewSelect().Model(&rows).Scan(tx.Ctx)
			for _, r := range rows {
				if strings.Contains(r.Token, c.Value) || strings.Contains(r.Token, again.Value) || len(r.Token) != 64 {
					t.Errorf("库里存了 %q", r.Token)
				}
			}
			return err
		})
		fixed := s.browser()
		fixed.c.Jar.SetCookies(u, []*http.Cookie{{Name: "fadu_session", Value: planted, Path: "/"}})
		want(t, "预先种下的会话", fixed.get("/w/counter"), 303, "/sign-in?next=%2Fw%2Fcounter")

		stolen := s.browser()
		stolen.c.Jar.SetCookies(u, []*http.Cookie{{Name: "fadu_session", Value: again.Value, Path: "/"}})
		want(t, "退出前", stolen.get("/w/counter"), 200, "")
		out := br.submit("/w/me", "/sign-out")
		want(t, "退出", out, 303, "/sign-in")
		if out.Header.Get("Clear-Site-Data") == "" || cookieOf(out) == nil || cookieOf(out).MaxAge >= 0 {
			t.Errorf("退出没有清掉浏览器里的东西：%v", out.Header)
		}
		want(t, "退出后拿旧 cookie", stolen.get("/w/counter"), 303, "")
	})
}

func TestSecureCookieByHTTPS(t *testing.T) {
	db, clock := testkit.SQLite(t, migrations...)
	b := newBureau(t, db, clock)
	b.s.o.HTTPS = true
	w := httptest.NewRecorder()
	b.s.setCookie(w, newToken())
	if got := w.Header().Get("Set-Cookie"); !strings.HasPrefix(got, "__Host-fadu_session=") || !strings.Contains(got, "Secure") {
		t.Errorf("cookie %s", got)
	}
}

func TestSessionsEndInTime(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		br := s.browser()
		br.mustSignIn("zhao.mou")
		for range 24 {
			s.clock.Advance(29 * time.Minute)
			want(t, "半小时内有动作", br.get("/w/counter"), 200, "")
		}
		s.clock.Advance(23*time.Minute + 59*time.Second) // 11 h 59 min 59 s since sign-in
		want(t, "不到十二小时", br.get("/w/counter"), 200, "")
		s.clock.Advance(time.Second)
		want(t, "满十二小时", br.get("/w/counter"), 303, "/sign-in?next=%2Fw%2Fcounter")

		br.mustSignIn("zhao.mou")
		s.clock.Advance(30 * time.Minute)
		want(t, "半小时没有动作", br.get("/w/counter?page=2"), 303, "/sign-in?next="+url.QueryEscape("/w/counter?page=2"))
	})
}

// TestRevocationAtOnce: the very next request after a change of rights goes to the sign-in page.
func TestRevocationAtOnce(t *testing.T) {
	sys := System("test")
	for _, tc := range []struct {
		name   string
		change func(*site, AccountID, int64) error
	}{
		{"调整角色", func(s *site, id AccountID, v int64) error {
			return s.s.SetRoles(s.ctx, sys, id, v, []Role{Officer, SquadLeader})
		}},
		{"停用", func(s *site, id AccountID, v int64) error { return s.s.Disable(s.ctx, sys, id, v, "调离") }},
		{"重置密码", func(s *site, id AccountID, v int64) error {
			return s.s.ResetPassword(s.ctx, sys, id, v, "Qing-Feng-a9")
		}},
		{"换机构", func(s *site, id AccountID, v int64) error {
			return s.s.EditAccount(s.ctx, sys, id, v, AccountEdit{Name: "演示", Unit: s.second})
		}},
		{"别处改了密码", func(s *site, id AccountID, v int64) error {
			who, err := s.s.SessionFor(s.ctx, "zhao.mou")
			if err != nil {
				return err
			}
			return s.s.ChangePassword(s.ctx, who, goodPassword, "Qing-Feng-a9")
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			eachSite(t, func(t *testing.T, s *site, done *[]string) {
				br := s.browser()
				br.mustSignIn("zhao.mou")
				want(t, "之前", br.get("/w/counter"), 200, "")
				a := br.get("/w/counter")
				token := opInput.FindStringSubmatch(a.body)[1]
				id := s.as("zhao.mou").Account()
				before := s.load(id).epoch
				must(t, tc.change(s, id, s.load(id).Version))
				want(t, "之后", br.get("/w/counter"), 303, "/sign-in?next=%2Fw%2Fcounter")
				want(t, "之后提交", br.post("/w/counter", "what", "x", "_op", token), 401, "")
				if len(*done) != 0 {
					t.Error("失效的会话还能办事")
				}
				testkit.View(t, s.db, func(tx *store.Tx) error {
					left, err := tx.DB().NewSelect().Model((*sessionRow)(nil)).Where("account = ?", id).Count(tx.Ctx)
					if left != 0 || s.load(id).epoch != before+1 {
						t.Errorf("还有 %d 个会话，账号的计数从 %d 到 %d", left, before, s.load(id).epoch)
					}
					return err
				})
			})
		})
	}
}

// TestStaleEpoch: even a session row that outlived the change (written at the same moment) is dead.
func TestStaleEpoch(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		br := s.browser()
		br.mustSignIn("zhao.mou")
		testkit.Update(t, s.db, func(tx *store.Tx) error { return second(tx.Exec(`UPDATE account SET epoch = epoch + 1`)) })
		want(t, "会话还在而账号变了", br.get("/w/counter"), 303, "")
	})
}

func TestFirstPasswordMustChange(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		id := s.as("zhao.mou").Account()
		must(t, s.s.ResetPassword(s.ctx, System("test"), id, 1, "Qing-Feng-a9"))
		br := s.browser()
		want(t, "用初始密码登录", br.signIn("zhao.mou", "Qing-Feng-a9"), 303, "/sign-in")
		want(t, "登录后", br.get("/sign-in"), 303, "/w/me/password")
		want(t, "先去别处", br.get("/w/counter"), 303, "/w/me/password")
		want(t, "先用接口", br.do("POST", "/api/v1/counter", "application/json", "{}", "Idempotency-Key", "k"), 403, "")
		change := func(values ...string) answer {
			return br.submit("/w/me/password", "/w/me/password", values...)
		}
		want(t, "两次不一样", change("old", "Qing-Feng-a9", "fresh", goodPassword, "again", "x"), 422, "")
		a := change("old", "Qing-Feng-a9", "fresh", "12345", "again", "12345")
		want(t, "太弱", a, 422, "")
		if strings.Contains(a.body, "Qing-Feng-a9") {
			t.Error("密码写回了页面")
		}
		want(t, "换回以前用过的", change("old", "Qing-Feng-a9", "fresh", goodPassword, "again", goodPassword), 422, "")
		want(t, "改好", change("old", "Qing-Feng-a9", "fresh", "Ming-Yue-b8", "again", "Ming-Yue-b8"), 303, "/w/me")
		want(t, "改好以后", br.get("/w/counter"), 200, "")
	})
}

func TestPasswordLasts(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		s.s.policy.Password.Lasts = 90 * 24 * time.Hour
		s.clock.Advance(91 * 24 * time.Hour)
		br := s.browser()
		br.mustSignIn("zhao.mou")
		want(t, "密码用了九十一天", br.get("/w/counter"), 303, "/w/me/password")
	})
}

func TestOwnSessions(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		desk, phone, other := s.browser(), s.browser(), s.browser()
		desk.mustSignIn("zhao.mou")
		phone.mustSignIn("zhao.mou")
		other.mustSignIn("kan.an")
		var mine, theirs []OpenSession
		for _, login := range []string{"zhao.mou", "kan.an"} {
			testkit.View(t, s.db, func(tx *store.Tx) error {
				open, err := s.s.openSessions(tx, s.as(login))
				if login == "kan.an" {
					theirs = open
				} else {
					mine = open
				}
				return err
			})
		}
		if len(mine) != 2 || len(theirs) != 1 {
			t.Fatalf("会话 %d、%d 个", len(mine), len(theirs))
		}
		want(t, "退出别人的", desk.submit("/w/me", fmt.Sprintf("/w/me/sessions/%d/end", theirs[0].ID)), 303, "/w/me")
		want(t, "别人照旧", other.get("/w/counter"), 200, "")
		want(t, "退出自己的手机", desk.submit("/w/me", fmt.Sprintf("/w/me/sessions/%d/end", mine[0].ID)), 303, "/w/me")
		want(t, "手机", phone.get("/w/counter"), 303, "")
		want(t, "电脑", desk.get("/w/counter"), 200, "")
		for range 12 {
			s.browser().mustSignIn("zhao.mou")
		}
		want(t, "会话太多，最早的退出", desk.get("/w/counter"), 303, "")
	})
}

// TestSessionsAndTheClock: a session that was begun while the clock was ahead does not live until the clock
// is there again; a second to and fro ends nothing.
func TestSessionsAndTheClock(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, _ *[]string) {
		now := s.clock.Now()
		for _, c := range []struct {
			what  string
			ahead time.Duration
			lives bool
		}{
			{"快一秒", time.Second, true}, {"快一分钟", time.Minute, true}, {"快一天", 24 * time.Hour, false}, {"快十年", 10 * 365 * 24 * time.Hour, false},
		} {
			s.clock.Set(now.Add(c.ahead))
			br := s.browser()
			br.mustSignIn("zhao.mou")
			s.clock.Set(now) // put right
			if a := br.get("/w/counter"); (a.StatusCode == 200) != c.lives {
				t.Errorf("时钟%s时登录，对时以后：%d", c.what, a.StatusCode)
			}
			s.clock.Set(now.Add(-time.Second))
			if a := br.get("/w/counter"); (a.StatusCode == 200) != c.lives {
				t.Errorf("时钟%s时登录，再慢一秒：%d", c.what, a.StatusCode)
			}
			s.clock.Set(now)
		}
	})
}
