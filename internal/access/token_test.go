package access

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// tokenSite is a site with an API of two calls and a page, and an account with a token for reading.
type tokenSite struct {
	*site
	t    *testing.T
	done []string
	held string
	id   TokenID
}

func eachTokenSite(t *testing.T, f func(t *testing.T, s *tokenSite)) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		s := &tokenSite{t: t}
		read := func(w http.ResponseWriter, r *http.Request, who Session) error {
			_, err := fmt.Fprint(w, who.Name(), " ", who.ScopeFor(CaseRead).Unit())
			return err
		}
		write := func(w http.ResponseWriter, r *http.Request, who Session) error {
			_, _, err := db.Once(r.Context(), who.Once("probe.write", "same"), func(tx *store.Tx) (string, error) {
				s.done = append(s.done, OpKey(r))
				_, err := ledger.Append(tx, who.Actor(), ledger.Act{Kind: "probe.written", Subject: "probe/1"})
				return "", err
			})
			return err
		}
		s.site = b.serve(Route{Pattern: "GET /api/v1/probe", Allow: CaseRead, Handle: read}, Route{Pattern: "POST /api/v1/probe", Allow: CaseHandle, Handle: write}, Route{Pattern: "GET /w/probe", Allow: CaseRead, Handle: read})
		b.account("zhang.dui", b.first, SquadLeader)
		b.account("juzhang", b.root, BureauHead)
		s.held, s.id = s.token("zhang.dui", b.first, CaseRead, CaseHandle)
		f(t, s)
	})
}

func (s *tokenSite) token(login string, unit UnitID, ps ...Permission) (string, TokenID) {
	s.t.Helper()
	held, id, err := s.s.CreateToken(s.ctx, s.as(login), TokenInput{Name: "对接" + fmt.Sprint(len(ps)), Unit: unit, Permissions: ps, Until: law.DateOf(s.clock.Now()).AddDays(30)})
	if err != nil {
		s.t.Fatal(err)
	}
	return held, id
}

// call asks with the token; a POST carries the key.
func (s *tokenSite) call(method, path, held, key string) answer {
	s.t.Helper()
	h := []string{"Authorization", "Bearer " + held}
	if key != "" {
		h = append(h, "Idempotency-Key", key)
	}
	return s.browser().do(method, path, "application/json", "{}", h...)
}

func TestTokenWorks(t *testing.T) {
	eachTokenSite(t, func(t *testing.T, s *tokenSite) {
		a := s.call("GET", "/api/v1/probe", s.held, "")
		want(t, "用令牌读", a, 200, "")
		if a.body != "演示zhang.dui "+s.first.String() {
			t.Errorf("答复 %q", a.body)
		}
		want(t, "不带幂等键写", s.call("POST", "/api/v1/probe", s.held, ""), 422, "")
		want(t, "带幂等键写", s.call("POST", "/api/v1/probe", s.held, "k1"), 200, "")
		want(t, "重试", s.call("POST", "/api/v1/probe", s.held, "k1"), 200, "")
		if len(s.done) != 1 {
			t.Errorf("办了 %d 次，应为 1 次", len(s.done))
		}
		var via, who string
		testkit.View(t, s.db, func(tx *store.Tx) error {
			return tx.DB().QueryRowContext(tx.Ctx, `SELECT via, actor FROM ledger_entry WHERE kind = 'probe.written'`).Scan(&via, &who)
		})
		if via != "api:对接2" || who != "演示zhang.dui" {
			t.Errorf("留痕记的是 %s，经 %s", who, via)
		}
		want(t, "页面不认令牌", s.call("GET", "/w/probe", s.held, ""), 303, "")
		for name, bad := range map[string]string{"空": "", "不成样子": "abc", "没有发过": newAPIToken(), "少一位": s.held[:len(s.held)-1]} {
			a := s.call("GET", "/api/v1/probe", bad, "")
			want(t, name+"的令牌", a, 401, "")
			if name == "没有发过" && a.Header.Get("WWW-Authenticate") != "Bearer" {
				t.Error("401 没有说要什么凭据")
			}
		}
		if s.countEvents(EventBadBearer) == 0 {
			t.Error("错误的令牌没有进安全日志")
		}
		var stored string
		testkit.View(t, s.db, func(tx *store.Tx) error {
			return tx.DB().QueryRowContext(tx.Ctx, `SELECT token FROM api_token`).Scan(&stored)
		})
		if strings.Contains(stored, s.held) || stored != tokenHash(s.held) {
			t.Errorf("库里存的是 %q", stored)
		}
	})
}

// TestTokenIsNeverMoreThanItsOwner: what a token may be given, and what it may do.
func TestTokenIsNeverMoreThanItsOwner(t *testing.T) {
	eachTokenSite(t, func(t *testing.T, s *tokenSite) {
		until := law.DateOf(s.clock.Now())
		for _, c := range []struct {
			name, login, field string
			in                 TokenInput
		}{
			{"要本人没有的权限", "zhang.dui", "permissions", TokenInput{Name: "a", Unit: s.first, Permissions: []Permission{CaseRevoke}, Until: until}},
			{"要不存在的权限", "zhang.dui", "permissions", TokenInput{Name: "a", Unit: s.first, Permissions: []Permission{"case.all"}, Until: until}},
			{"什么权限都不要", "zhang.dui", "permissions", TokenInput{Name: "a", Unit: s.first, Until: until}},
			{"要外单位的数据", "zhang.dui", "permissions", TokenInput{Name: "a", Unit: s.second, Permissions: []Permission{CaseRead}, Until: until}},
			{"要上级的数据", "zhang.dui", "permissions", TokenInput{Name: "a", Unit: s.root, Permissions: []Permission{CaseRead}, Until: until}},
			{"不存在的机构", "zhang.dui", "unit", TokenInput{Name: "a", Unit: 7, Permissions: []Permission{CaseRead}, Until: until}},
			{"一年零一天", "zhang.dui", "until", TokenInput{Name: "a", Unit: s.first, Permissions: []Permission{CaseRead}, Until: until.AddMonths(12).AddDays(1)}},
			{"已经过去的有效期", "zhang.dui", "until", TokenInput{Name: "a", Unit: s.first, Permissions: []Permission{CaseRead}, Until: until.AddDays(-1)}},
			{"同名", "zhang.dui", "name", TokenInput{Name: "对接2", Unit: s.first, Permissions: []Permission{CaseRead}, Until: until}},
			{"没有名称", "zhang.dui", "name", TokenInput{Unit: s.first, Permissions: []Permission{CaseRead}, Until: until}},
		} {
			t.Run(c.name, func(t *testing.T) {
				_, _, err := s.s.CreateToken(s.ctx, s.as(c.login), c.in)
				var f *fault.Error
				if !errors.As(err, &f) || f.Kind != fault.Invalid || !strings.Contains(fmt.Sprint(f.Fields), c.field) {
					t.Errorf("答复 %v", err)
				}
			})
		}
		held, _ := s.token("juzhang", s.first, CaseRead)
		if a := s.call("GET", "/api/v1/probe", held, ""); !strings.HasSuffix(a.body, " "+s.first.String()) {
			t.Errorf("局长只给第一中队的令牌看到 %q", a.body)
		}
		want(t, "令牌没有的权限", s.call("POST", "/api/v1/probe", held, "k"), 403, "")
		who, ok, err := s.sessionOf(held)
		if err != nil || !ok || who.Can(CaseApprove) || !who.ByToken() {
			t.Fatalf("令牌的权限：%v %v", ok, err)
		}
		if _, _, err := s.s.CreateToken(s.ctx, who, TokenInput{Name: "再生", Unit: s.first, Permissions: []Permission{CaseRead}, Until: until}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("用令牌建令牌：%v", err)
		}
	})
}

func (s *tokenSite) sessionOf(held string) (who Session, ok bool, err error) {
	err = s.db.View(s.ctx, func(tx *store.Tx) error {
		t, known, err := tokenOf(tx, held)
		if err != nil || !known {
			return err
		}
		who, ok, err = s.s.sessionOfToken(tx, t)
		return err
	})
	return who, ok, err
}

// TestTokenEndsAtOnce: every way in which a token ends, each seen at the very next call.
func TestTokenEndsAtOnce(t *testing.T) {
	sys := System("test")
	for _, c := range []struct {
		name    string
		end     func(s *tokenSite, owner Account) error
		revoked string
	}{
		{"本人撤销", func(s *tokenSite, _ Account) error { return s.s.RevokeToken(s.ctx, s.as("zhang.dui"), s.id, "") }, "本人撤销"},
		{"管理员撤销", func(s *tokenSite, _ Account) error { return s.s.RevokeToken(s.ctx, sys, s.id, "程序下线") }, "程序下线"},
		{"账号停用", func(s *tokenSite, a Account) error { return s.s.Disable(s.ctx, sys, a.ID, a.Version, "调离") }, "账号停用"},
		{"收回角色", func(s *tokenSite, a Account) error { return s.s.SetRoles(s.ctx, sys, a.ID, a.Version, []Role{Lawyer}) }, "账号不再有令牌所用的权限"},
		{"两人办的角色调整", func(s *tokenSite, a Account) error {
			s.account("aq.yi", s.root, SecurityAdmin)
			s.account("aq.er", s.root, SecurityAdmin)
			if err := s.s.ProposeRoles(s.ctx, s.as("aq.yi"), a.ID, a.Version, []Role{Lawyer}, "转岗"); err != nil {
				return err
			}
			var id, version int64
			testkit.View(s.t, s.db, func(tx *store.Tx) error {
				return tx.DB().QueryRowContext(tx.Ctx, `SELECT id, version FROM role_proposal`).Scan(&id, &version)
			})
			return s.s.ConfirmRoles(s.ctx, s.as("aq.er"), a.ID, id, version)
		}, "账号不再有令牌所用的权限"},
		{"调到外单位", func(s *tokenSite, a Account) error {
			return s.s.EditAccount(s.ctx, sys, a.ID, a.Version, AccountEdit{Name: a.Name, Unit: s.second})
		}, "账号不再有令牌所用的权限"},
		{"到期", func(s *tokenSite, _ Account) error { s.clock.Advance(31 * 24 * time.Hour); return nil }, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			eachTokenSite(t, func(t *testing.T, s *tokenSite) {
				want(t, "之前", s.call("GET", "/api/v1/probe", s.held, ""), 200, "")
				var owner Account
				testkit.View(t, s.db, func(tx *store.Tx) (err error) {
					owner, err = s.s.AccountByLogin(tx, "zhang.dui")
					return err
				})
				if err := c.end(s, owner); err != nil {
					t.Fatal(err)
				}
				want(t, "之后", s.call("GET", "/api/v1/probe", s.held, ""), 401, "")
				testkit.View(t, s.db, func(tx *store.Tx) error {
					tok, err := tokenWhere(tx, "id", s.id)
					if tok.Why != c.revoked {
						t.Errorf("撤销的理由 %q，应为 %q", tok.Why, c.revoked)
					}
					return err
				})
				// Given back, the right does not bring the token back.
				if c.name == "收回角色" {
					if err := s.s.SetRoles(s.ctx, sys, owner.ID, owner.Version+1, []Role{SquadLeader}); err != nil {
						t.Fatal(err)
					}
					want(t, "恢复角色以后", s.call("GET", "/api/v1/probe", s.held, ""), 401, "")
				}
			})
		})
	}
}

func TestTokenUseIsNoted(t *testing.T) {
	eachTokenSite(t, func(t *testing.T, s *tokenSite) {
		used := func() (at int64) {
			testkit.View(t, s.db, func(tx *store.Tx) error {
				return tx.DB().QueryRowContext(tx.Ctx, `SELECT used_at FROM api_token_use`).Scan(&at)
			})
			return at
		}
		s.call("GET", "/api/v1/probe", s.held, "")
		first := used()
		s.clock.Advance(59 * time.Second)
		s.call("GET", "/api/v1/probe", s.held, "")
		if used() != first || first == 0 {
			t.Error("一分钟内又记了一次使用，或者没有记")
		}
		s.clock.Advance(time.Second)
		s.call("GET", "/api/v1/probe", s.held, "")
		if used() == first {
			t.Error("过了一分钟没有记使用")
		}
		for range tokenRate {
			if !s.s.rates.take(s.id.subject(), tokenRate, s.db.Now()) {
				break
			}
		}
		want(t, "这一分钟用完了", s.call("GET", "/api/v1/probe", s.held, ""), 429, "")
		s.clock.Advance(time.Minute)
		want(t, "下一分钟", s.call("GET", "/api/v1/probe", s.held, ""), 200, "")
		for range wrongRate {
			s.call("GET", "/api/v1/probe", newAPIToken(), "")
		}
		want(t, "猜令牌", s.call("GET", "/api/v1/probe", newAPIToken(), ""), 429, "")
		want(t, "别人猜，自己还能用", s.call("GET", "/api/v1/probe", s.held, ""), 200, "")
	})
}

// TestTokenPages walks one's own page and the administrator's.
func TestTokenPages(t *testing.T) {
	eachTokenSite(t, func(t *testing.T, s *tokenSite) {
		s.account("aq.guanli", s.root, SecurityAdmin)
		me, sec := s.browser(), s.browser()
		me.mustSignIn("zhang.dui")
		sec.mustSignIn("aq.guanli")
		form := []string{"name", "报表程序", "unit", s.first.String(), "until", law.DateOf(s.clock.Now()).AddDays(9).String(), "permissions", "case.read"}
		a := me.submit("/w/me/tokens", "/w/me/tokens", form...)
		want(t, "建立", a, 200, "")
		held := regexp.MustCompile(`fadu_[\w-]{43}`).FindString(a.body)
		want(t, "用新令牌", s.call("GET", "/api/v1/probe", held, ""), 200, "")
		if again := me.get("/w/me/tokens").body; strings.Contains(again, held) || !strings.Contains(again, "报表程序") {
			t.Error("再打开时又显示了令牌，或者列表里没有它")
		}
		want(t, "权限越界", me.submit("/w/me/tokens", "/w/me/tokens", append(form[:6:6], "permissions", "role.grant")...), 422, "")
		want(t, "中队长看全部令牌", me.get("/w/tokens"), 403, "")
		want(t, "安全保密管理员看全部令牌", sec.get("/w/tokens"), 200, "")
		path := "/w/tokens/" + s.id.String() + "/revoke"
		want(t, "撤销没有理由", sec.submit("/w/tokens", path), 422, "")
		want(t, "在自己页面撤销别人的", sec.submit("/w/me/tokens", "/w/me/tokens/"+s.id.String()+"/revoke"), 404, "")
		want(t, "撤销", sec.submit("/w/tokens", path, "why", "程序下线"), 303, "/w/tokens")
		want(t, "撤销以后", s.call("GET", "/api/v1/probe", s.held, ""), 401, "")
		want(t, "再撤销一次", sec.submit("/w/tokens", path, "why", "程序下线"), 409, "")
		if page := me.get("/w/me/tokens").body; !strings.Contains(page, "程序下线") {
			t.Error("本人看不到撤销的理由")
		}
	})
}

// FuzzBearer: no header makes the parser fail, and only the scheme Bearer is taken.
func FuzzBearer(f *testing.F) {
	for _, s := range []string{"", "Bearer x", "bearer  fadu_", "Basic eDp5", "Bearer", " Bearer a b ", "Bearer " + newAPIToken()} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, header string) {
		held, ok := bearer(header)
		if ok && !strings.HasPrefix(strings.ToLower(strings.TrimSpace(header)), "bearer ") {
			t.Errorf("%q 当成了 Bearer", header)
		}
		apiTokenShaped(held)
	})
}
