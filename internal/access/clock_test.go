package access

import (
	"testing"
	"time"

	"fadu/internal/fault"
)

// TestCodesAndTheClock: a telephone tells the right time whatever the server's clock does. A step to and fro
// is borne, more is refused, a used code stays used, and a recovery code helps meanwhile.
func TestCodesAndTheClock(t *testing.T) {
	realSite(t, func(t *testing.T, s *site, _ *[]string) {
		br := s.browser()
		br.mustSignIn("zhao.mou")
		key, recovery := br.enrol(goodPassword)
		start := time.Date(2028, 2, 29, 23, 59, 30, 0, time.UTC) // a leap day, half a minute before its end
		finish := func(code string) error {
			t.Helper()
			in, err := s.s.SignIn(s.ctx, Credentials{Login: "zhao.mou", Password: goodPassword, IP: office})
			must(t, err)
			return second(s.s.FinishSignIn(s.ctx, in.Pending, code, office, ""))
		}
		for i, c := range []struct {
			what string
			off  time.Duration
			good bool
		}{
			{"准", 0, true},
			{"快半分钟", 30 * time.Second, true},
			{"慢半分钟", -30 * time.Second, true},
			{"快两分钟", 2 * time.Minute, false},
			{"慢两分钟", -2 * time.Minute, false},
			{"快一天", 24 * time.Hour, false},
			{"慢一年", -365 * 24 * time.Hour, false},
			{"快十年", 10 * 365 * 24 * time.Hour, false},
		} {
			real := start.Add(time.Duration(i) * time.Hour)
			s.clock.Set(real.Add(c.off))
			if err := finish(codeAt(t, key, real)); (err == nil) != c.good {
				t.Errorf("服务器的钟%s：%v", c.what, err)
			}
			s.clock.Set(real)
		}
		late := start.Add(10 * time.Hour)
		s.clock.Set(late)
		code := codeAt(t, key, late)
		must(t, finish(code))
		for _, back := range []time.Duration{0, -time.Second, -20 * time.Second, time.Second} {
			s.clock.Set(late.Add(back))
			if err := finish(code); err == nil {
				t.Errorf("时钟动了 %s，用过的又能用", back)
			}
		}
		s.clock.Set(late.Add(-time.Hour)) // both clocks were an hour ahead when it was used
		if err := finish(codeAt(t, key, late.Add(-time.Hour))); err == nil {
			t.Error("比用过的更早的一步被接受")
		}
		must(t, finish(recovery[0]))
		s.clock.Set(late.Add(time.Minute))
		must(t, finish(codeAt(t, key, late.Add(time.Minute))))
	})
}

// TestLocksAndTheClock: a lock, and a sign-in that is half done, from a time when the clock was ahead end
// when it is put right.
func TestLocksAndTheClock(t *testing.T) {
	realSite(t, func(t *testing.T, s *site, _ *[]string) {
		now := s.clock.Now()
		try := func(password string) error {
			_, err := s.s.SignIn(s.ctx, Credentials{Login: "zhao.mou", Password: password, IP: cafe})
			return err
		}
		s.clock.Set(now.AddDate(10, 0, 0))
		for range 6 {
			_ = try("Wrong-pass-1")
		}
		if err := try(goodPassword); !fault.Is(err, fault.TooMany) {
			t.Fatalf("没有锁：%v", err)
		}
		s.clock.Set(now)
		if err := try(goodPassword); err != nil {
			t.Errorf("快十年时上的锁，对时以后还在：%v", err)
		}
		br := s.browser()
		br.mustSignIn("zhao.mou")
		key, _ := br.enrol(goodPassword)
		s.clock.Set(now.AddDate(1, 0, 0))
		in, err := s.s.SignIn(s.ctx, Credentials{Login: "zhao.mou", Password: goodPassword, IP: office})
		must(t, err)
		s.clock.Set(now.Add(time.Hour))
		if err := second(s.s.FinishSignIn(s.ctx, in.Pending, codeAt(t, key, s.clock.Now()), office, "")); !fault.Is(err, fault.Unauthentic) {
			t.Errorf("一年以后的半次登录：%v", err)
		}
	})
}

// TestTokenAndTheClock: a token ends at the end of its last day whatever the clock did before, also when
// that is the day after a leap day.
func TestTokenAndTheClock(t *testing.T) {
	eachTokenSite(t, func(t *testing.T, s *tokenSite) {
		day := time.Date(2028, 1, 30, 4, 0, 0, 0, time.UTC) // noon here; thirty days later is 29 February
		s.clock.Set(day)
		held, _ := s.token("zhang.dui", s.first, CaseRead)
		end := time.Date(2028, 2, 29, 16, 0, 0, 0, time.UTC) // midnight here
		for _, c := range []struct {
			what string
			at   time.Time
			want int
		}{
			{"当天", day, 200},
			{"拨回一年", day.AddDate(-1, 0, 0), 200},
			{"最后一秒", end.Add(-time.Second), 200},
			{"过了", end, 401},
			{"快十年", end.AddDate(10, 0, 0), 401},
			{"拨回到期以前", end.Add(-time.Hour), 200},
			{"对时", end.Add(time.Hour), 401},
		} {
			s.clock.Set(c.at)
			want(t, c.what, s.call("GET", "/api/v1/probe", held, ""), c.want, "")
		}
	})
}

// TestRecoveryCodesCannotBeGuessed: they share the five tries of the one-time codes, a pending sign-in or a
// right password gives no new ones, and an office elsewhere is not shut out.
func TestRecoveryCodesCannotBeGuessed(t *testing.T) {
	realSite(t, func(t *testing.T, s *site, _ *[]string) {
		br := s.browser()
		br.mustSignIn("zhao.mou")
		key, recovery := br.enrol(goodPassword)
		s.clock.Advance(time.Hour)
		said, pending := map[string]int{}, ""
		for range 40 {
			in, err := s.s.SignIn(s.ctx, Credentials{Login: "zhao.mou", Password: goodPassword, IP: cafe})
			if err == nil {
				pending = in.Pending
				err = second(s.s.FinishSignIn(s.ctx, pending, newRecoveryCode(), cafe, ""))
			}
			switch {
			case fault.Is(err, fault.Invalid):
				said["比对"]++
			case fault.Is(err, fault.TooMany):
				said["锁"]++
			default:
				t.Fatal(err)
			}
		}
		if said["比对"] != 5 || said["锁"] != 35 {
			t.Errorf("%v", said)
		}
		if err := second(s.s.FinishSignIn(s.ctx, pending, recovery[0], cafe, "")); !fault.Is(err, fault.TooMany) {
			t.Errorf("锁着的时候填对的：%v", err)
		}
		usual := "127.0.0.1" // where the holder has signed in before
		in, err := s.s.SignIn(s.ctx, Credentials{Login: "zhao.mou", Password: goodPassword, IP: usual})
		must(t, err)
		must(t, second(s.s.FinishSignIn(s.ctx, in.Pending, codeAt(t, key, s.clock.Now()), usual, "")))
	})
}
