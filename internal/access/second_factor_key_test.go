package access

import (
	"bytes"
	"fmt"
	"image/png"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp"

	"fadu/internal/store"
	"fadu/internal/testkit"
)

// TestOtherKeyFile: with another key file codes are not accepted and the words say why; the password alone
// still lets nobody in.
func TestOtherKeyFile(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		br := s.browser()
		br.mustSignIn("zhao.mou")
		key, _ := br.enrol(goodPassword)
		other, err := newSealer(bytes.Repeat([]byte{7}, KeyBytes))
		must(t, err)
		s.s.sealer = other
		s.clock.Advance(time.Minute)
		want(t, "密码", br.signIn("zhao.mou", goodPassword), 303, codePath)
		a := br.post(codePath, "code", codeAt(t, key, s.clock.Now()))
		want(t, "验证码", a, 503, "")
		if !strings.Contains(a.body, "secret.key") {
			t.Errorf("没有说密钥文件：%.500s", a.body)
		}
	})
}

// TestLostKeyFile: the key file is gone for good. Whose code it sealed signs in by the password alone and, if
// the role asks for it, sets up a new one; whose code the present key reads keeps it. Nobody stays outside.
func TestLostKeyFile(t *testing.T) {
	realSite(t, func(t *testing.T, s *site, done *[]string) {
		s.account("aq.guanli", s.root, SecurityAdmin)
		br := s.browser()
		br.mustSignIn("zhao.mou")
		br.enrol(goodPassword)
		half := s.browser() // began to set one up and never typed the first code
		half.mustSignIn("aq.guanli")
		want(t, "生成", half.submit(factorPath, factorPath+"/start", "password", goodPassword), 303, "")
		other, err := newSealer(bytes.Repeat([]byte{7}, KeyBytes))
		must(t, err)
		s.s.sealer = other
		want(t, "设置到一半的人看不到页面", half.get(factorPath), 503, "")

		logins, err := s.s.ForgetUnreadable(s.ctx, System("console"), "密钥文件找不回来")
		must(t, err)
		if slices.Sort(logins); !slices.Equal(logins, []string{"aq.guanli", "zhao.mou"}) {
			t.Errorf("取消了 %v", logins)
		}
		want(t, "凭密码", s.browser().signIn("zhao.mou", goodPassword), 303, "/sign-in")
		half = s.browser()
		want(t, "管理员凭密码", half.signIn("aq.guanli", goodPassword), 303, "")
		want(t, "先要重新设置", half.get(factorPath), 200, "")
		s.clock.Advance(time.Minute)
		br = s.browser()
		br.mustSignIn("zhao.mou")
		key, _ := br.enrol(goodPassword)
		again, err := s.s.ForgetUnreadable(s.ctx, System("console"), "再运行一次")
		if err != nil || len(again) != 0 {
			t.Errorf("新设的也取消了：%v %v", again, err)
		}
		s.clock.Advance(time.Minute)
		br = s.browser()
		want(t, "密码", br.signIn("zhao.mou", goodPassword), 303, codePath)
		want(t, "验证码", br.post(codePath, "code", codeAt(t, key, s.clock.Now())), 303, "/sign-in")
	})
}

func TestKeyAsPicture(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		br := s.browser()
		br.mustSignIn("zhao.mou")
		want(t, "开始", br.submit(factorPath, factorPath+"/start", "password", goodPassword), 303, factorPath)
		a := br.get(factorPath + "/qr.png")
		want(t, "二维码", a, 200, "")
		img, err := png.Decode(strings.NewReader(a.body))
		if err != nil || img.Bounds().Dx() < 200 || a.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%v %v", err, a.Header)
		}
		key := strings.ReplaceAll(keyOnPage.FindStringSubmatch(br.get(factorPath).body)[1], " ", "")
		k, err := otp.NewKeyFromURL(totpAddress("演示局", "zhao.mou", key))
		if err != nil || k.Secret() != key || k.Issuer() != "法度 演示局" || k.AccountName() != "zhao.mou" || k.Period() != 30 || k.Digits() != otp.DigitsSix {
			t.Errorf("验证器会读成 %+v %v", k, err)
		}
		other := s.browser()
		other.mustSignIn("kan.an")
		want(t, "别人要二维码", other.get(factorPath+"/qr.png"), 404, "")
	})
}

// TestNoSecretInLogs: passwords, keys, codes and recovery codes reach neither the program's log nor the
// ledger nor the security log.
func TestNoSecretInLogs(t *testing.T) {
	realSite(t, func(t *testing.T, s *site, done *[]string) {
		var log bytes.Buffer
		s.s.log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		br := s.browser()
		br.mustSignIn("zhao.mou")
		key, recovery := br.enrol(goodPassword)
		s.clock.Advance(time.Minute)
		code := codeAt(t, key, s.clock.Now())
		want(t, "密码", br.signIn("zhao.mou", goodPassword), 303, codePath)
		want(t, "验证码", br.post(codePath, "code", code), 303, "")
		want(t, "密码", br.signIn("zhao.mou", goodPassword), 303, codePath)
		want(t, "恢复码", br.post(codePath, "code", recovery[1]), 303, "")
		testkit.View(t, s.db, func(tx *store.Tx) error {
			var data []string
			if err := tx.DB().NewSelect().TableExpr("ledger_entry").ColumnExpr("data").Scan(tx.Ctx, &data); err != nil {
				return err
			}
			for _, d := range data {
				log.WriteString(d)
			}
			return nil
		})
		for _, e := range s.events() {
			fmt.Fprint(&log, e)
		}
		for _, secret := range []string{goodPassword, strings.ReplaceAll(key, " ", ""), code, recovery[1], cleanCode(recovery[1])} {
			if strings.Contains(log.String(), secret) {
				t.Errorf("日志里有 %s", secret)
			}
		}
	})
}

// flipped is another character of the same alphabet.
func flipped(c byte) string {
	if c == 'A' {
		return "B"
	}
	return "A"
}

func TestTOTPVectors(t *testing.T) {
	// RFC 6238 appendix B, SHA-1, cut to six digits.
	const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		if got, err := totpCode(secret, totpStep(time.Unix(at, 0))); err != nil || got != want {
			t.Errorf("%d：%s %v，应为 %s", at, got, err, want)
		}
	}
}

func FuzzCleanCode(f *testing.F) {
	for _, s := range []string{"123456", "１２３ ４５６", "7kd49-2qmx3", "", "\x00", "１"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got := cleanCode(in)
		if cleanCode(got) != got || strings.Trim(got, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			t.Errorf("%q → %q", in, got)
		}
	})
}

func FuzzOpenSealed(f *testing.F) {
	s, err := newSealer(bytes.Repeat([]byte{1}, KeyBytes))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(s.seal("a", []byte("x")))
	f.Add("")
	f.Fuzz(func(t *testing.T, in string) {
		if _, err := s.open("b", in); err == nil {
			t.Errorf("%q 在别的用途下打开了", in)
		}
	})
}
