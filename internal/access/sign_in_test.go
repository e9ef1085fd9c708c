package access

import (
	"strings"
	"sync"
	"testing"
	"time"

	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

func (b *bureau) try(login, password, ip string) error {
	_, err := b.s.SignIn(b.ctx, Credentials{Login: login, Password: password, IP: ip})
	return err
}

const (
	office = "10.1.1.1"
	cafe   = "198.51.100.7"
)

func TestLockOut(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		b.account("zhao.mou", b.first, Officer)
		for i, want := range []string{"再错 4 次", "再错 3 次", "再错 2 次", "再错 1 次", "已连续错 5 次"} {
			for _, login := range []string{"zhao.mou", "mei.zhege.ren"} {
				err := b.try(login, "Wrong-pass-1", cafe)
				if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), want) {
					t.Errorf("%s 第 %d 次：%v", login, i+1, err)
				}
			}
		}
		known, unknown := b.try("zhao.mou", goodPassword, cafe), b.try("mei.zhege.ren", goodPassword, cafe)
		if !fault.Is(known, fault.TooMany) || !fault.Is(unknown, fault.TooMany) || known.Error() != unknown.Error() {
			t.Errorf("锁定后：%v；没有的账号：%v", known, unknown)
		}
		must(t, b.try("zhao.mou", goodPassword, office))
		clock.Advance(29*time.Minute + 59*time.Second)
		if err := b.try("zhao.mou", goodPassword, cafe); !fault.Is(err, fault.TooMany) {
			t.Errorf("三十分钟没到：%v", err)
		}
		clock.Advance(2 * time.Second)
		if err := b.try("zhao.mou", "Wrong-pass-1", cafe); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "再错 4 次") {
			t.Errorf("锁定过后应当重新计数：%v", err)
		}
		must(t, b.try("zhao.mou", goodPassword, cafe))
		if b.countEvents(EventWrong) != 11 || b.countEvents(EventLocked) != 3 || b.countEvents(EventSignedIn) != 2 {
			t.Errorf("安全日志：错 %d，锁 %d，成 %d", b.countEvents(EventWrong), b.countEvents(EventLocked), b.countEvents(EventSignedIn))
		}
		for _, e := range b.events() {
			if strings.Contains(e.Name+e.Detail+e.Action, "mei.zhege.ren") || strings.Contains(e.Detail, "Wrong") {
				t.Errorf("安全日志记了输入的内容：%+v", e)
			}
		}
	})
}

// TestStrangersCannotLockOut: tries from many places slow strangers down, not the holder at the usual
// place.
func TestStrangersCannotLockOut(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		b.account("zhao.mou", b.first, Officer)
		must(t, b.try("zhao.mou", goodPassword, office))
		slowed := 0
		for i := range 30 {
			ip := "203.0.113." + string(rune('1'+i/4)) + string(rune('0'+i%4))
			if err := b.try("zhao.mou", "Wrong-pass-1", ip); fault.Is(err, fault.TooMany) {
				slowed++
			}
		}
		if slowed != 10 {
			t.Errorf("三十次里有 %d 次被挡", slowed)
		}
		must(t, b.try("zhao.mou", goodPassword, office))
		if err := b.try("zhao.mou", goodPassword, "192.0.2.9"); err != nil {
			t.Errorf("本人登录以后应当重新计数：%v", err)
		}
		for i := range 20 {
			_ = b.try("zhao.mou", "Wrong-pass-1", "203.0.113."+string(rune('1'+i/4))+string(rune('0'+i%4)))
		}
		if err := b.try("zhao.mou", goodPassword, "192.0.2.10"); !fault.Is(err, fault.TooMany) {
			t.Errorf("陌生地方：%v", err)
		}
		clock.Advance(11 * time.Second)
		if err := b.try("zhao.mou", goodPassword, "192.0.2.10"); err != nil {
			t.Errorf("十秒后：%v", err)
		}
	})
}

func TestSlowGrowsAndStops(t *testing.T) {
	p := cheap(t).Lockout
	for over, want := range map[int64]time.Duration{0: 10 * time.Second, 1: 20 * time.Second, 5: 320 * time.Second, 6: 10 * time.Minute, 1000: 10 * time.Minute} {
		if got := p.slow(over); got != want {
			t.Errorf("多 %d 次：等 %v，应为 %v", over, got, want)
		}
	}
}

// TestGuessingAtOnce: attempts are counted before the password is compared, so no more than five slip
// in together.
func TestGuessingAtOnce(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		b.account("zhao.mou", b.first, Officer)
		errs := make([]error, 16)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() { errs[i] = b.try("zhao.mou", "Wrong-pass-1", cafe) })
		}
		wg.Wait()
		compared := 0
		for _, err := range errs {
			if fault.Is(err, fault.Invalid) {
				compared++
			}
		}
		if compared > 5 {
			t.Errorf("比对了 %d 次", compared)
		}
	})
}

func TestSignInRefusals(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		off := b.account("ting.yong", b.first, Officer)
		must(t, b.s.Disable(b.ctx, System("test"), off, 1, "退休"))
		must(t, second(b.s.CreateAccount(b.ctx, System("test"), AccountInput{Login: "mei.mima", Name: "演示", Unit: b.first})))
		for _, tc := range []struct {
			name, login, password string
			kind                  fault.Kind
			says                  string
		}{
			{"没填账号", " ", goodPassword, fault.Invalid, "请填写账号"},
			{"没填密码", "ting.yong", "", fault.Invalid, "请填写密码"},
			{"停用而密码不对", "ting.yong", "Wrong-pass-1", fault.Invalid, "账号或密码不对"},
			{"停用而密码对", "ting.yong", goodPassword, fault.Forbidden, "已经停用"},
			{"没有设过密码", "mei.mima", goodPassword, fault.Invalid, "账号或密码不对"},
			{"没有设过密码而猜空", "mei.mima", "\x00", fault.Invalid, "账号或密码不对"},
			{"没有的账号", "mei.you", goodPassword, fault.Invalid, "账号或密码不对"},
			{"不成账号的文字", "' OR 1=1 --", goodPassword, fault.Invalid, "账号或密码不对"},
		} {
			t.Run(tc.name, func(t *testing.T) {
				err := b.try(tc.login, tc.password, cafe)
				if !fault.Is(err, tc.kind) || !strings.Contains(err.Error(), tc.says) {
					t.Errorf("得到 %v", err)
				}
			})
		}
	})
}

func TestSignInByAlias(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		b.s.o.Alias = func(_ *store.Tx, text string) (int64, error) {
			if text == "YS-99010700123" {
				return 7, nil
			}
			return 0, nil
		}
		must(t, second(b.s.CreateAccount(b.ctx, System("test"), AccountInput{Login: "zhao.mou", Name: "演示", Unit: b.first, Person: 7, Password: goodPassword, Settled: true})))
		must(t, b.try("YS-99010700123", goodPassword, office))
		if err := b.try("YS-99010700124", goodPassword, office); !fault.Is(err, fault.Invalid) {
			t.Errorf("别的证号：%v", err)
		}
		for range 5 {
			_ = b.try("YS-99010700123", "Wrong-pass-1", cafe)
		}
		if err := b.try("zhao.mou", goodPassword, cafe); !fault.Is(err, fault.TooMany) {
			t.Errorf("用证号猜错五次后用账号：%v", err)
		}
	})
}

// TestOldHashesAreRenewed: when the policy's costs rise, the next sign-in hashes anew.
func TestOldHashesAreRenewed(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		id := b.account("zhao.mou", b.first, Officer)
		dearer := *cheap(t)
		dearer.Password.Time = 3
		s, err := New(db, Options{Policy: &dearer})
		must(t, err)
		b.s = s
		must(t, b.try("zhao.mou", goodPassword, office))
		if h := b.load(id).password; !strings.Contains(h, "t=3") {
			t.Errorf("散列还是 %s", h)
		}
		must(t, b.try("zhao.mou", goodPassword, office))
	})
}

func TestPasswordHistory(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		b.account("zhao.mou", b.first, Officer)
		next := func(i int) string { return "Qing-Feng-" + string(rune('a'+i)) + "9" }
		old := goodPassword
		for i := range 5 {
			must(t, b.s.ChangePassword(b.ctx, b.as("zhao.mou"), old, next(i)))
			old = next(i)
		}
		wantField(t, b.s.ChangePassword(b.ctx, b.as("zhao.mou"), old, old), "fresh")
		wantField(t, b.s.ChangePassword(b.ctx, b.as("zhao.mou"), old, next(0)), "fresh")
		wantField(t, b.s.ChangePassword(b.ctx, b.as("zhao.mou"), old, "short"), "fresh")
		wantField(t, b.s.ChangePassword(b.ctx, b.as("zhao.mou"), "Wrong-pass-1", next(7)), "old")
		must(t, b.s.ChangePassword(b.ctx, b.as("zhao.mou"), old, goodPassword))
	})
}

func TestOwnPasswordCannotBeGuessed(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		b.account("zhao.mou", b.first, Officer)
		for range 5 {
			wantField(t, b.s.ChangePassword(b.ctx, b.as("zhao.mou"), "Wrong-pass-1", "Qing-Feng-a9"), "old")
		}
		if err := b.s.ChangePassword(b.ctx, b.as("zhao.mou"), goodPassword, "Qing-Feng-a9"); !fault.Is(err, fault.TooMany) {
			t.Errorf("第六次：%v", err)
		}
	})
}
