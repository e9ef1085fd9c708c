package access

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// realSite is a bureau that is no demo: administrators must have a second factor.
func realSite(t *testing.T, f func(t *testing.T, s *site, done *[]string)) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		s.s.o.Demo = false
		f(t, s, done)
	})
}

var keyOnPage = regexp.MustCompile(`<p class="code">([A-Z2-7 ]+)</p>`)

// codeAt is what a real authenticator shows at the time.
func codeAt(t *testing.T, key string, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCodeCustom(strings.ReplaceAll(key, " ", ""), at, totp.ValidateOpts{Period: 30, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
	must(t, err)
	return code
}

var recoveryOnPage = regexp.MustCompile(`<li class="code">([0-9A-Z]{5}-[0-9A-Z]{5})</li>`)

// enrol sets a second factor up through the pages and returns the key and the recovery codes.
func (br *browser) enrol(password string) (key string, recovery []string) {
	br.t.Helper()
	if a := br.submit(factorPath, factorPath+"/start", "password", password); a.StatusCode != http.StatusSeeOther {
		br.t.Fatalf("开始设置：%d %.400s", a.StatusCode, a.body)
	}
	m := keyOnPage.FindStringSubmatch(br.get(factorPath).body)
	if m == nil {
		br.t.Fatal("页面上没有密钥")
	}
	a := br.submit(factorPath, factorPath+"/confirm", "code", codeAt(br.t.(*testing.T), m[1], br.clock.Now()))
	if a.StatusCode != http.StatusOK {
		br.t.Fatalf("确认：%d %.400s", a.StatusCode, a.body)
	}
	for _, c := range recoveryOnPage.FindAllStringSubmatch(a.body, -1) {
		recovery = append(recovery, c[1])
	}
	return m[1], recovery
}

// TestSecondFactorMustBeSetUp: an administrator of a real bureau does nothing before it; an officer need
// not have one.
func TestSecondFactorMustBeSetUp(t *testing.T) {
	realSite(t, func(t *testing.T, s *site, done *[]string) {
		id := s.account("aq.guanli", s.root, SecurityAdmin)
		officer := s.browser()
		officer.mustSignIn("zhao.mou")
		want(t, "执法人员不强制", officer.get("/w/counter"), 200, "")

		br := s.browser()
		br.mustSignIn("aq.guanli")
		want(t, "登录后", br.get("/sign-in"), 303, factorPath)
		want(t, "先去别处", br.get("/w/accounts"), 303, factorPath)
		want(t, "先用接口", br.do("POST", "/api/v1/counter", "application/json", "{}", "Idempotency-Key", "k"), 403, "")
		want(t, "还没开始就要二维码", br.get(factorPath+"/qr.png"), 404, "")
		want(t, "密码不对", br.submit(factorPath, factorPath+"/start", "password", "Wrong-pass-1"), 422, "")
		want(t, "没有开始就确认", br.submit(factorPath, factorPath+"/confirm", "code", "123456"), 409, "")

		old := cookieOf(br.signIn("aq.guanli", goodPassword))
		key, recovery := br.enrol(goodPassword)
		if len(recovery) != 10 {
			t.Errorf("恢复码有 %d 个", len(recovery))
		}
		want(t, "设置以后", br.get("/w/accounts"), 200, "")
		stolen := s.browser()
		u, err := url.Parse(s.url)
		must(t, err)
		stolen.c.Jar.SetCookies(u, []*http.Cookie{{Name: old.Name, Value: old.Value, Path: "/"}})
		want(t, "设置以前的会话", stolen.get("/w/accounts"), 303, "")
		if !s.load(id).SecondFactor {
			t.Error("账号上没有记")
		}
		testkit.View(t, s.db, func(tx *store.Tx) error {
			r, err := totpOf(tx, id)
			plain := strings.ReplaceAll(key, " ", "")
			if r.Secret == "" || strings.Contains(r.Secret, plain) || r.Fresh != "" {
				t.Errorf("库里存的是 %+v", r)
			}
			if got, err := s.s.sealer.open(totpPurpose(id), r.Secret); err != nil || string(got) != plain {
				t.Errorf("解不开：%v", err)
			}
			if _, err := s.s.sealer.open(totpPurpose(id+1), r.Secret); err == nil {
				t.Error("挪到别的账号上也能用")
			}
			var codes []recoveryRow
			if err := tx.DB().NewSelect().Model(&codes).Scan(tx.Ctx); err != nil {
				return err
			}
			for _, c := range codes {
				if strings.Contains(c.Code, cleanCode(recovery[0])) || len(c.Code) != 64 {
					t.Errorf("恢复码没有散列：%q", c.Code)
				}
			}
			return err
		})
	})
}

// TestDemoAsksNobody: the passwords of a demo are open; the first visitor must not shut out the others.
func TestDemoAsksNobody(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		s.account("aq.guanli", s.root, SecurityAdmin)
		br := s.browser()
		br.mustSignIn("aq.guanli")
		want(t, "演示局", br.get("/w/accounts"), 200, "")
	})
}

func TestSignInWithCode(t *testing.T) {
	realSite(t, func(t *testing.T, s *site, done *[]string) {
		br := s.browser()
		br.mustSignIn("zhao.mou")
		key, recovery := br.enrol(goodPassword)
		code := func(d time.Duration) string { return codeAt(t, key, s.clock.Now().Add(d)) }

		again := func(what, code string, status int, says string) {
			t.Helper()
			br := s.browser()
			a := br.post("/sign-in", "login", "zhao.mou", "password", goodPassword, "next", "/w/counter")
			want(t, what+"：密码对", a, 303, codePath+"?next=%2Fw%2Fcounter")
			if cookieOf(a) != nil {
				t.Errorf("%s：没有验证码就给了会话", what)
			}
			want(t, what+"：没有验证码就去办案", br.get("/w/counter"), 303, "/sign-in?next=%2Fw%2Fcounter")
			want(t, what+"：验证码页", br.get(a.location()), 200, "")
			a = br.post(codePath, "code", code, "next", "/w/counter")
			want(t, what, a, status, "")
			if says != "" && !strings.Contains(html.UnescapeString(a.body), says) {
				t.Errorf("%s：没有说“%s”：%.600s", what, says, a.body)
			}
			want(t, what+"：然后办案", br.get("/w/counter"), map[bool]int{true: 200, false: 303}[status == 303], "")
		}
		again("刚才设置时用过的", code(0), 422, "已经用过")
		again("手机慢了一步，但那一步用过", code(-30*time.Second), 422, "已经用过")
		s.clock.Advance(time.Minute)
		again("手机快半分钟", code(30*time.Second), 303, "")
		again("用过一个更新的，旧的不再接受", code(0), 422, "已经用过")
		s.clock.Advance(2 * time.Minute)
		again("手机慢半分钟", code(-30*time.Second), 303, "")
		again("同一个再用", code(-30*time.Second), 422, "已经用过")
		s.clock.Advance(2 * time.Minute)
		again("手机快一分钟", code(time.Minute), 422, "服务器时间是 "+s.clock.Now().Format("15:04:05"))
		again("手机慢一分钟", code(-time.Minute), 422, "自动设置时间")
		again("全角带空格", strings.Map(func(r rune) rune { return r - '0' + '０' }, code(0)[:3])+" "+code(0)[3:], 303, "")
		again("没有填", " ", 422, "请填写验证码")
		again("恢复码小写不带横线", strings.ToLower(strings.ReplaceAll(recovery[0], "-", "")), 303, "")
		again("恢复码再用", recovery[0], 422, "每个只能用一次")
		again("别的字母", "ABCDE-FGHJK", 422, "每个只能用一次")
		if s.countEvents(EventRecovery) != 1 {
			t.Errorf("用恢复码记了 %d 次", s.countEvents(EventRecovery))
		}
	})
}

// TestHalfSignIn: what waits for the code is short-lived, ends with any change of the account and is worth
// nothing in another shape.
func TestHalfSignIn(t *testing.T) {
	realSite(t, func(t *testing.T, s *site, done *[]string) {
		br := s.browser()
		br.mustSignIn("zhao.mou")
		key, _ := br.enrol(goodPassword)
		id := s.as("zhao.mou").Account()
		s.clock.Advance(time.Hour)

		want(t, "没有先填密码", s.browser().post(codePath, "code", codeAt(t, key, s.clock.Now())), 401, "")
		slow := s.browser()
		want(t, "密码", slow.signIn("zhao.mou", goodPassword), 303, codePath)
		s.clock.Advance(5*time.Minute + time.Second)
		want(t, "等了五分钟", slow.post(codePath, "code", codeAt(t, key, s.clock.Now())), 401, "")
		want(t, "等了五分钟再打开", slow.get(codePath), 401, "")

		changed := s.browser()
		want(t, "密码", changed.signIn("zhao.mou", goodPassword), 303, codePath)
		must(t, s.s.ResetPassword(s.ctx, System("test"), id, s.load(id).Version, "Qing-Feng-a9"))
		want(t, "密码刚被重置", changed.post(codePath, "code", codeAt(t, key, s.clock.Now())), 401, "")

		in, err := s.s.SignIn(s.ctx, Credentials{Login: "zhao.mou", Password: "Qing-Feng-a9", IP: office})
		must(t, err)
		for name, pending := range map[string]string{
			"改了一位":  in.Pending[:20] + flipped(in.Pending[20]) + in.Pending[21:],
			"别的用途":  s.s.sealer.seal(lastPurpose, []byte(id.String())),
			"空":     "",
			"不是密封的": "eyJhIjoiMSJ9",
		} {
			if _, err := s.s.FinishSignIn(s.ctx, pending, codeAt(t, key, s.clock.Now()), office, ""); !fault.Is(err, fault.Unauthentic) {
				t.Errorf("%s：%v", name, err)
			}
		}
		must(t, second(s.s.FinishSignIn(s.ctx, in.Pending, codeAt(t, key, s.clock.Now()), office, "")))
	})
}

// TestCodesCannotBeGuessed: five from one place, counted before they are compared, whatever the password
// does; the right password does not clear them.
func TestCodesCannotBeGuessed(t *testing.T) {
	realSite(t, func(t *testing.T, s *site, done *[]string) {
		br := s.browser()
		br.mustSignIn("zhao.mou")
		key, _ := br.enrol(goodPassword)
		s.clock.Advance(time.Hour)
		wrong := fmt.Sprintf("%06d", 1)
		if wrong == codeAt(t, key, s.clock.Now()) {
			wrong = "000002"
		}
		pending := func() string {
			in, err := s.s.SignIn(s.ctx, Credentials{Login: "zhao.mou", Password: goodPassword, IP: cafe})
			must(t, err)
			return in.Pending
		}
		var mu sync.Mutex
		var wg sync.WaitGroup
		compared := 0
		for range 12 {
			p := pending()
			wg.Go(func() {
				_, err := s.s.FinishSignIn(s.ctx, p, wrong, cafe, "")
				mu.Lock()
				defer mu.Unlock()
				if fault.Is(err, fault.Invalid) {
					compared++
				} else if !fault.Is(err, fault.TooMany) && !fault.Is(err, fault.Busy) {
					t.Errorf("得到 %v", err)
				}
			})
		}
		wg.Wait()
		if compared == 0 || compared > 5 {
			t.Errorf("比对了 %d 次", compared)
		}
		if _, err := s.s.FinishSignIn(s.ctx, pending(), codeAt(t, key, s.clock.Now()), cafe, ""); !fault.Is(err, fault.TooMany) {
			t.Errorf("锁定后填对的：%v", err)
		}
		in, err := s.s.SignIn(s.ctx, Credentials{Login: "zhao.mou", Password: goodPassword, IP: office})
		must(t, err)
		must(t, second(s.s.FinishSignIn(s.ctx, in.Pending, codeAt(t, key, s.clock.Now()), office, "")))
	})
}

// TestCodeUsedOnce: the same code from many sides at once starts one session.
func TestCodeUsedOnce(t *testing.T) {
	realSite(t, func(t *testing.T, s *site, done *[]string) {
		br := s.browser()
		br.mustSignIn("zhao.mou")
		key, recovery := br.enrol(goodPassword)
		for name, code := range map[string]string{"动态口令": "", "恢复码": recovery[3]} {
			s.clock.Advance(time.Hour)
			if code == "" {
				code = codeAt(t, key, s.clock.Now())
			}
			in, err := s.s.SignIn(s.ctx, Credentials{Login: "zhao.mou", Password: goodPassword, IP: office})
			must(t, err)
			var mu sync.Mutex
			var wg sync.WaitGroup
			won := 0
			for range 5 {
				wg.Go(func() {
					_, err := s.s.FinishSignIn(s.ctx, in.Pending, code, office, "")
					mu.Lock()
					defer mu.Unlock()
					if err == nil {
						won++
					}
				})
			}
			wg.Wait()
			if won != 1 {
				t.Errorf("%s被接受 %d 次", name, won)
			}
		}
	})
}

// TestLostTelephone: the security administrator takes the second factor away, with a reason and a trace;
// nobody else does, and nobody for themselves.
func TestLostTelephone(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		s.account("xt.guanli", s.root, SystemAdmin)
		s.account("aq.guanli", s.root, SecurityAdmin)
		me, sec, sys := s.browser(), s.browser(), s.browser()
		me.mustSignIn("zhao.mou")
		sec.mustSignIn("aq.guanli")
		sys.mustSignIn("xt.guanli")
		_, _ = me.enrol(goodPassword)
		_, _ = sec.enrol(goodPassword)
		id := s.as("zhao.mou").Account()
		page := "/w/accounts/" + id.String()
		version := fmt.Sprint(s.load(id).Version)
		want(t, "系统管理员重置", sys.submit(page, page+"/second-factor", "version", version, "factor_reason", "丢了"), 403, "")
		want(t, "没有原因", sec.submit(page, page+"/second-factor", "version", version), 422, "")
		own := "/w/accounts/" + s.as("aq.guanli").Account().String()
		want(t, "给自己重置", sec.submit(own, own+"/second-factor", "version", "2", "factor_reason", "丢了"), 403, "")
		want(t, "重置", sec.submit(page, page+"/second-factor", "version", version, "factor_reason", "手机丢失，当面核实"), 303, page)
		want(t, "本人的会话", me.get("/w/counter"), 303, "")
		me.mustSignIn("zhao.mou")
		want(t, "只用密码", me.get("/w/counter"), 200, "")
		if body := sec.get(page).body; !strings.Contains(body, "重置动态口令") || !strings.Contains(body, "没有启用动态口令") {
			t.Error("账号页没有留痕")
		}
		testkit.View(t, s.db, func(tx *store.Tx) error {
			r, err := totpOf(tx, id)
			n, err2 := recoveryLeft(tx, id)
			if r.Secret != "" || n != 0 {
				t.Errorf("还剩 %+v，恢复码 %d 个", r, n)
			}
			return second(err, err2)
		})
	})
}

func TestChangeOfTelephone(t *testing.T) {
	realSite(t, func(t *testing.T, s *site, done *[]string) {
		br := s.browser()
		br.mustSignIn("zhao.mou")
		old, recovery := br.enrol(goodPassword)
		s.clock.Advance(time.Minute)
		want(t, "更换而没有现在的验证码", br.submit(factorPath, factorPath+"/start", "password", goodPassword), 422, "")
		want(t, "更换", br.submit(factorPath, factorPath+"/start", "password", goodPassword, "code", codeAt(t, old, s.clock.Now())), 303, factorPath)
		s.clock.Advance(time.Minute)
		in, err := s.s.SignIn(s.ctx, Credentials{Login: "zhao.mou", Password: goodPassword, IP: office})
		must(t, err)
		must(t, second(s.s.FinishSignIn(s.ctx, in.Pending, codeAt(t, old, s.clock.Now()), office, ""))) // until the new one is confirmed
		fresh := keyOnPage.FindStringSubmatch(br.get(factorPath).body)[1]
		want(t, "确认新的", br.submit(factorPath, factorPath+"/confirm", "code", codeAt(t, fresh, s.clock.Now())), 200, "")
		s.clock.Advance(time.Minute)
		if in, err = s.s.SignIn(s.ctx, Credentials{Login: "zhao.mou", Password: goodPassword, IP: office}); err != nil {
			t.Fatal(err)
		}
		for name, code := range map[string]string{"旧手机": codeAt(t, old, s.clock.Now()), "旧的恢复码": recovery[0]} {
			if _, err := s.s.FinishSignIn(s.ctx, in.Pending, code, office, ""); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s还能用：%v", name, err)
			}
		}
		want(t, "换恢复码", br.submit(factorPath, factorPath+"/recovery", "code", codeAt(t, fresh, s.clock.Now())), 200, "")
		s.clock.Advance(time.Minute)
		want(t, "停用", br.submit(factorPath, factorPath+"/stop", "code", codeAt(t, fresh, s.clock.Now())), 303, "/w/me")
		want(t, "停用以后照常", br.get("/w/counter"), 200, "")
	})
}

func TestRequiredFactorStays(t *testing.T) {
	realSite(t, func(t *testing.T, s *site, done *[]string) {
		s.account("sj.guanli", s.root, AuditAdmin)
		br := s.browser()
		br.mustSignIn("sj.guanli")
		key, _ := br.enrol(goodPassword)
		s.clock.Advance(time.Minute)
		want(t, "管理员停用", br.submit(factorPath, factorPath+"/stop", "code", codeAt(t, key, s.clock.Now())), 403, "")
		s.s.policy.SecondFactor.Everybody = true
		other := s.browser()
		other.mustSignIn("zhao.mou")
		want(t, "规定所有人都要", other.get("/w/counter"), 303, factorPath)
	})
}
