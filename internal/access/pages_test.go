package access

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// TestFromAccountToWork walks the separated way of a new colleague: one administrator makes the account,
// another grants the role, the holder changes the password and works.
func TestFromAccountToWork(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		s.account("xt.guanli", s.root, SystemAdmin)
		s.account("aq.guanli", s.root, SecurityAdmin)
		sys, sec, me := s.browser(), s.browser(), s.browser()
		sys.mustSignIn("xt.guanli")
		sec.mustSignIn("aq.guanli")
		form := []string{"login", "Sun.Mou", "name", "演示·孙某某", "unit", s.first.String(), "password", "Qing-Feng-a9"}
		a := sys.submit("/w/accounts/new", "/w/accounts", form...)
		if a.StatusCode != http.StatusSeeOther {
			t.Fatalf("建立账号：%d %s", a.StatusCode, a.body)
		}
		page := a.location()
		a = sys.submit("/w/accounts/new", "/w/accounts", form...)
		want(t, "再建一个同样的", a, 422, "")
		if !strings.Contains(a.body, "已经有人使用") || strings.Contains(a.body, "Qing-Feng-a9") {
			t.Error("没有说明账号重复，或者把密码写回了页面")
		}
		want(t, "安全保密管理员改密码", sec.submit(page, page+"/password", "version", "1", "password", goodPassword), 403, "")
		a = sys.submit(page, page+"/roles", "version", "1", "roles", "officer", "roles", "cashier", "role_reason", "新进")
		want(t, "互斥的角色", a, 422, "")
		if !strings.Contains(a.body, "行政处罚法第六十七条") {
			t.Error("没有说明为什么互斥")
		}
		want(t, "没有写原因", sys.submit(page, page+"/roles", "version", "1", "roles", "officer"), 422, "")
		want(t, "提出", sys.submit(page, page+"/roles", "version", "1", "roles", "officer", "role_reason", "新进"), 303, page)
		m := regexp.MustCompile(`name="proposal" value="(\d+)"`).FindStringSubmatch(sec.get(page).body)
		if m == nil || !strings.Contains(sec.get("/w/accounts").body, "等待确认的角色调整") {
			t.Fatal("安全保密管理员看不到等待确认的调整")
		}
		want(t, "系统管理员自己确认", sys.submit(page, page+"/roles/confirm", "proposal", m[1], "version", "1"), 403, "")
		want(t, "确认", sec.submit(page, page+"/roles/confirm", "proposal", m[1], "version", "1"), 303, page)
		want(t, "再确认一次", sec.submit(page, page+"/roles/confirm", "proposal", m[1], "version", "1"), 409, "")
		want(t, "按旧页面再提", sec.submit(page, page+"/roles", "version", "1", "roles", "clerk", "role_reason", "轮岗"), 409, "")
		if page := sec.get(page).body; !regexp.MustCompile(`value="officer"[^>]*checked|checked[^>]*value="officer"`).MatchString(page) {
			t.Error("页面上没有勾选已有的角色")
		}
		want(t, "本人登录", me.signIn("sun.mou", "Qing-Feng-a9"), 303, "/sign-in")
		want(t, "先改密码", me.submit("/w/me/password", "/w/me/password", "old", "Qing-Feng-a9", "fresh", "Ming-Yue-b8", "again", "Ming-Yue-b8"), 303, "")
		want(t, "办案", me.submit("/w/counter", "/w/counter", "what", "x"), 303, "")
		want(t, "停用而没有原因", sys.submit(page, page+"/disable", "version", "3"), 422, "")
		want(t, "停用", sys.submit(page, page+"/disable", "version", "3", "reason", "调离"), 303, page)
		want(t, "停用以后", me.get("/w/counter"), 303, "")
		want(t, "恢复", sys.submit(page, page+"/enable", "version", "4"), 303, page)
		want(t, "改名换机构", sys.submit(page, page, "version", "5", "name", "演示·孙某", "unit", s.second.String(), "person", "0"), 303, page)
		want(t, "重置密码", sys.submit(page, page+"/password", "version", "6", "password", "Xi-Yang-c7"), 303, page)
		if body := sys.get(page).body; !strings.Contains(body, "重置密码") || !strings.Contains(body, "演示·孙某") || !strings.Contains(body, "第二中队") {
			t.Error("账号页没有新的情况")
		}
	})
}

func TestUnitPages(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		s.account("xt.guanli", s.root, SystemAdmin)
		br := s.browser()
		br.mustSignIn("xt.guanli")
		token := opInput.FindStringSubmatch(br.get("/w/units/new").body)[1]
		form := []string{"parent", s.root.String(), "name", "第三中队", "code", "cg-3", "from", "2026-03-01", "_op", token}
		first, again := br.post("/w/units", form...), br.post("/w/units", form...)
		if first.StatusCode != 303 || again.location() != first.location() {
			t.Fatalf("按两次：%d %s，%d %s", first.StatusCode, first.location(), again.StatusCode, again.location())
		}
		page := first.location()
		want(t, "没有填日期", br.submit("/w/units/new", "/w/units", "parent", s.root.String(), "name", "四", "code", "CG-4"), 422, "")
		want(t, "更名", br.submit(page, page+"/name", "version", "1", "name", "机动中队"), 303, page)
		want(t, "撤并而日期不真", br.submit(page, page+"/end", "version", "2", "until", "2026-02-30"), 422, "")
		want(t, "撤并", br.submit(page, page+"/end", "version", "2", "until", "2026-03-01", "successors", s.first.String(), "successors", s.second.String()), 303, page)
		body := br.get(page).body
		for _, say := range []string{"已撤并", "承接机构", "第一中队", "第二中队", "2026年3月1日"} {
			if !strings.Contains(body, say) {
				t.Errorf("机构页没有“%s”", say)
			}
		}
		if strings.Contains(body, "/end") {
			t.Error("撤并了还能撤并")
		}
		if strings.Contains(br.get("/w/units").body, "机动中队") || !strings.Contains(br.get("/w/units?ended=1").body, "机动中队") {
			t.Error("列表没有分开已撤并的")
		}
		want(t, "没有的机构", br.get("/w/units/12345"), 404, "")
		want(t, "不成编号", br.get("/w/units/x"), 404, "")
	})
}

// TestDoorFollowsMatrix: for each role, each page of this package opens exactly when the matrix says so.
func TestDoorFollowsMatrix(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		paths := map[string]string{"GET /w/accounts/{id}": "/w/accounts/" + s.as("zhao.mou").Account().String(), "GET /w/units/{id}": "/w/units/" + s.first.String()}
		for _, info := range Catalogue().Roles {
			login := "js." + strings.ReplaceAll(string(info.Code), "_", "-")
			s.account(login, s.root, info.Code)
			br := s.browser()
			br.mustSignIn(login)
			token := opInput.FindStringSubmatch(br.get("/w/me").body)[1]
			for _, rt := range s.s.Routes() {
				allowed := rt.Allow == "" || rt.Allow == Public || slices.Contains(info.Permissions, rt.Allow)
				method, path, _ := strings.Cut(rt.Pattern, " ")
				if p := paths[rt.Pattern]; p != "" {
					path = p
				}
				if method == "GET" && !strings.HasPrefix(path, "/sign-in") {
					got := br.get(path).StatusCode
					missing := rt.Allow == LedgerRead && (got == 404 || got == 422) // no such entry, no two checkpoints named
					open := got == 200 || missing || rt.Allow == "" && got == 404   // one's own that is not there: a kept form, a key that waits
					if open != allowed || !allowed && got != 403 {
						t.Errorf("%s %s：%d", info.Label, rt.Pattern, got)
					}
				}
				if method == "POST" && rt.Allow != "" && rt.Allow != Public {
					path = strings.Replace(path, "{id}", "12345", 1)
					if got := br.post(path, "_op", token, "version", "1").StatusCode; (got == 403) == allowed {
						t.Errorf("%s %s：%d", info.Label, rt.Pattern, got)
					}
				}
			}
		}
	})
}

// TestOtherBureauIsInvisible: with two trees in one database, nobody of one sees or changes the other.
func TestOtherBureauIsInvisible(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		other := s.unit(0, "演示邻区城市管理局", "LQ")
		squad := s.unit(other, "邻区中队", "LQ-1")
		foreign := s.account("lin.ren", squad, Officer)
		s.account("xt.guanli", s.root, SystemAdmin)
		br := s.browser()
		br.mustSignIn("xt.guanli")
		want(t, "邻区的账号", br.get("/w/accounts/"+foreign.String()), 404, "")
		want(t, "邻区的机构", br.get("/w/units/"+squad.String()), 404, "")
		for _, path := range []string{"/w/accounts", "/w/units", "/w/accounts/new", "/w/units/new"} {
			if strings.Contains(br.get(path).body, "邻区") || strings.Contains(br.get(path).body, "lin.ren") {
				t.Errorf("%s 露出了邻区", path)
			}
		}
		by := s.as("xt.guanli")
		for name, err := range map[string]error{
			"停用":   s.s.Disable(s.ctx, by, foreign, 1, "试"),
			"重置密码": s.s.ResetPassword(s.ctx, by, foreign, 1, "Xi-Yang-c7"),
			"改名":   s.s.EditAccount(s.ctx, by, foreign, 1, AccountEdit{Name: "演示", Unit: s.first}),
			"机构更名": s.s.RenameUnit(s.ctx, by, squad, 1, "改"),
			"设立下级": second(s.s.AddUnit(s.ctx, by, UnitInput{squad, "组", "LQ-1-1", law.MustDate("2026-01-01")})),
		} {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s：%v", name, err)
			}
		}
		wantField(t, second(s.s.CreateAccount(s.ctx, by, AccountInput{Login: "wai.pai", Name: "演示", Unit: squad})), "unit")
	})
}

var nextLink = regexp.MustCompile(`href="([^"]*after=[^"]*)"[^>]*>(上一页|下一页)`)

// follow walks the list by its links in one direction and collects the accounts in order.
func follow(br *browser, path, direction string) (logins []string, last string) {
	for path != "" {
		body, next := br.get(path).body, ""
		for _, m := range regexp.MustCompile(`演示(zz\.\d+)<`).FindAllStringSubmatch(body, -1) {
			logins = append(logins, m[1])
		}
		for _, m := range nextLink.FindAllStringSubmatch(body, -1) {
			if m[2] == direction {
				next = strings.ReplaceAll(m[1], "&amp;", "&")
			}
		}
		last, path = path, next
	}
	return logins, last
}

func TestAccountListPages(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		s.account("xt.guanli", s.root, SystemAdmin)
		var all []string
		for i := range 120 {
			login := fmt.Sprintf("zz.%03d", i)
			must(t, second(s.s.CreateAccount(s.ctx, System("test"), AccountInput{Login: login, Name: "演示" + login, Unit: s.second, Roles: []Role{Auxiliary}})))
			all = append(all, login)
		}
		br := s.browser()
		br.mustSignIn("xt.guanli")
		down, end := follow(br, "/w/accounts?unit="+s.second.String(), "下一页")
		if !slices.Equal(down, all) {
			t.Errorf("往后翻得到 %d 个：%v", len(down), down)
		}
		up, _ := follow(br, end, "上一页")
		slices.Sort(up)
		if !slices.Equal(up, all) {
			t.Errorf("往前翻得到 %d 个", len(up))
		}
		for query, n := range map[string]int{"q=ZZ.01": 10, "q=zz_0": 0, "q=%25": 0, "role=auxiliary&q=zz.119": 1, "role=officer&q=zz": 0, "state=off&q=zz": 0, "q=" + url.QueryEscape("演示zz.1"): 20} {
			got, _ := follow(br, "/w/accounts?"+query, "下一页")
			if len(got) != n {
				t.Errorf("%s：%d 个，应为 %d", query, len(got), n)
			}
		}
		want(t, "别的条件的翻页位置", br.get(strings.Replace(end, "unit=", "q=zz&unit=", 1)), 422, "")
	})
}

func TestLedgerPage(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		s.account("sj.guanli", s.root, AuditAdmin)
		br := s.browser()
		br.mustSignIn("sj.guanli")
		count := func(query string) int {
			t.Helper()
			a := br.get("/w/ledger?" + query)
			if a.StatusCode != 200 {
				t.Fatalf("%s：%d", query, a.StatusCode)
			}
			return strings.Count(a.body, "<summary>内容<span")
		}
		for query, n := range map[string]int{
			"":                                 4 + 3 + 1,
			"kind=access.unit_added":           4,
			"kind=access.signed_in":            1,
			"who=" + url.QueryEscape("系统"):     7,
			"who=sj.guanli":                    1,
			"who=mei.you":                      0,
			"subject=unit/" + s.root.String():  1,
			"from=2026-03-02&until=2026-03-02": 8,
			"from=2026-03-03":                  0,
			"until=2026-03-01":                 0,
		} {
			if got := count(query); got != n {
				t.Errorf("%s：%d 条，应为 %d", query, got, n)
			}
		}
		want(t, "日期不真", br.get("/w/ledger?from=2026-02-30"), 422, "")
		s.clock.Advance(24 * time.Hour)
		testkit.Update(t, s.db, func(tx *store.Tx) error {
			for i := range 60 {
				if _, err := ledger.Append(tx, testkit.Actor(), ledger.Act{Kind: "x.y", Subject: fmt.Sprintf("case/%d", i)}); err != nil {
					return err
				}
			}
			return nil
		})
		br.mustSignIn("sj.guanli")
		seen := map[string]bool{}
		path := "/w/ledger"
		for path != "" {
			body := br.get(path).body
			for _, m := range regexp.MustCompile(`编号 (\d+)`).FindAllStringSubmatch(body, -1) {
				if seen[m[1]] {
					t.Errorf("%s 出现两次", m[1])
				}
				seen[m[1]] = true
			}
			path = ""
			for _, m := range nextLink.FindAllStringSubmatch(body, -1) {
				if m[2] == "下一页" {
					path = strings.ReplaceAll(m[1], "&amp;", "&")
				}
			}
		}
		if len(seen) != 8+60+1 {
			t.Errorf("翻完有 %d 条", len(seen))
		}
	})
}

func TestSecurityPage(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		s.account("aq.guanli", s.root, SecurityAdmin)
		br := s.browser()
		want(t, "错的密码", br.signIn("aq.guanli", "Wrong-pass-1"), 422, "")
		br.mustSignIn("aq.guanli")
		for query, n := range map[string]int{"": 2, "kind=wrong_password": 1, "name=" + url.QueryEscape("演示aq.guanli"): 2, "name=x": 0, "from=2026-03-03": 0, "until=2026-03-02": 2} {
			a := br.get("/w/security?" + query)
			if got := strings.Count(a.body, "127.0.0.1"); a.StatusCode != 200 || got != n {
				t.Errorf("%s：%d，%d 条，应为 %d", query, a.StatusCode, got, n)
			}
		}
	})
}

// TestNavigationFollowsRights: everybody sees the places that they may go to, and lands at the first.
func TestNavigationFollowsRights(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		s.s.o.Nav = append([]NavItem{{Group: "办案", Label: "计数", Href: "/w/counter", Allow: CaseRead, Roles: []Role{Officer}}}, Nav()...)
		for login, home := range map[string]string{"zhao.mou": "/w/counter", "kan.an": "/w/me", "sj.guanli": "/w/ledger"} {
			if login == "sj.guanli" {
				s.account(login, s.root, AuditAdmin)
			}
			br := s.browser()
			br.mustSignIn(login)
			want(t, login, br.get("/sign-in"), 303, home)
			want(t, login+"带去处", br.get("/sign-in?next=/w/me/password"), 303, "/w/me/password")
			body := br.get("/w/me").body
			if strings.Contains(body, `href="/w/ledger"`) != (login == "sj.guanli") || strings.Contains(body, `href="/w/counter"`) != (login == "zhao.mou") {
				t.Errorf("%s 的菜单不对", login)
			}
		}
	})
}

func TestDemoAccountsAreOffered(t *testing.T) {
	db, clock := testkit.SQLite(t, migrations...)
	b := newBureau(t, db, clock)
	s := b.serve()
	if strings.Contains(s.browser().get("/sign-in").body, "演示账号") {
		t.Error("没有演示账号也写着")
	}
	b.s.o.DemoAccounts = []DemoAccount{{"zhao.mou", goodPassword, "演示赵某", "执法人员"}}
	if body := s.browser().get("/sign-in").body; !strings.Contains(body, "演示账号") || !strings.Contains(body, goodPassword) {
		t.Error("演示库没有提供账号")
	}
}
