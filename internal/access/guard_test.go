package access

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// TestSpray: one password tried on many accounts from one place is slowed down, wherever the accounts are
// real or not; people who sign in at that place as ever, and all other places, notice nothing.
func TestSpray(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		b.account("zhao.mou", b.first, Officer)
		b.account("qian.mou", b.first, Officer)
		must(t, b.try("zhao.mou", goodPassword, office))
		slowed := 0
		for i := range 60 {
			if err := b.try(fmt.Sprintf("cai.%03d", i), "Wrong-pass-1", office); fault.Is(err, fault.TooMany) {
				slowed++
			} else if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
		}
		if slowed != 30 {
			t.Errorf("六十个账号里挡了 %d 个，应从第三十一个起都挡", slowed)
		}
		if n := b.countEvents(EventSpray); n != 1 {
			t.Errorf("安全日志记了 %d 条", n)
		}
		must(t, b.try("zhao.mou", goodPassword, office))
		must(t, b.try("qian.mou", goodPassword, "10.1.1.2"))
		if err := b.try("qian.mou", goodPassword, office); !fault.Is(err, fault.TooMany) {
			t.Errorf("在被放慢的地方第一次登录：%v", err)
		}
		clock.Advance(11 * time.Second)
		must(t, b.try("qian.mou", goodPassword, office))
		clock.Advance(25 * time.Hour)
		if err := b.try("cai.100", "Wrong-pass-1", office); !fault.Is(err, fault.Invalid) {
			t.Errorf("过了一天：%v", err)
		}
	})
}

// TestBureauBehindOneAddress: two hundred colleagues behind one address, each mistyping once on the first
// day, all get in: who is right after all does not count.
func TestBureauBehindOneAddress(t *testing.T) {
	db, clock := testkit.SQLite(t, migrations...)
	b := newBureau(t, db, clock)
	for i := range 200 {
		login := fmt.Sprintf("ren.%03d", i)
		b.account(login, b.first, Officer)
		if err := b.try(login, "Wrong-pass-1", office); !fault.Is(err, fault.Invalid) {
			t.Fatalf("%s 输错：%v", login, err)
		}
		must(t, b.try(login, goodPassword, office))
		clock.Advance(time.Second)
	}
}

// TestNobodyIsShutOut: an attacker who locks every account from elsewhere keeps nobody out who signs in at
// the usual place.
func TestNobodyIsShutOut(t *testing.T) {
	db, clock := testkit.SQLite(t, migrations...)
	b := newBureau(t, db, clock)
	var logins []string
	for i := range 20 {
		logins = append(logins, fmt.Sprintf("ren.%02d", i))
		b.account(logins[i], b.first, Officer)
		must(t, b.try(logins[i], goodPassword, office))
	}
	for from := range 40 {
		for _, login := range logins {
			_ = b.try(login, "Wrong-pass-1", fmt.Sprintf("203.0.113.%d", from))
		}
	}
	for _, login := range logins {
		if err := b.try(login, goodPassword, office); err != nil {
			t.Errorf("%s 被关在门外：%v", login, err)
		}
	}
}

// TestUnlock: the security administrator lifts a lock at once; others do not.
func TestUnlock(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		b.account("xt.guanli", b.root, SystemAdmin)
		sec := b.account("aq.guanli", b.root, SecurityAdmin)
		id := b.account("zhao.mou", b.first, Officer)
		for range 6 {
			_ = b.try("zhao.mou", "Wrong-pass-1", cafe)
		}
		err := b.try("zhao.mou", goodPassword, cafe)
		if !fault.Is(err, fault.TooMany) || !strings.Contains(err.Error(), "30 分钟后再试") || !strings.Contains(err.Error(), "安全保密管理员解除") {
			t.Fatalf("锁定时说的是 %v", err)
		}
		br := b.serve().browser()
		br.mustSignIn("aq.guanli")
		page := "/w/accounts/" + id.String()
		if body := br.get(page).body; !strings.Contains(body, "锁定到 2026-03-02 09:30") {
			t.Error("账号页没有说锁定到什么时候")
		}
		if err := b.s.Unlock(b.ctx, b.as("xt.guanli"), id); !fault.Is(err, fault.Forbidden) {
			t.Errorf("系统管理员解锁：%v", err)
		}
		if err := b.s.Unlock(b.ctx, b.as("aq.guanli"), sec); !fault.Is(err, fault.Forbidden) {
			t.Errorf("给自己解锁：%v", err)
		}
		want(t, "解锁", br.submit(page, page+"/unlock", "version", "1"), 303, page)
		must(t, b.try("zhao.mou", goodPassword, cafe))
	})
}

// TestSameWork: a sign-in costs one run of argon2id with the policy's costs, whether the account exists,
// is disabled, has no password, or the password is right or wrong: time tells nothing.
func TestSameWork(t *testing.T) {
	db, clock := testkit.SQLite(t, migrations...)
	b := newBureau(t, db, clock)
	b.account("zhao.mou", b.first, Officer)
	off := b.account("ting.yong", b.first, Officer)
	must(t, b.s.Disable(b.ctx, System("test"), off, 1, "退休"))
	must(t, second(b.s.CreateAccount(b.ctx, System("test"), AccountInput{Login: "mei.mima", Name: "演示", Unit: b.first})))
	var runs []hashParams
	real := b.s.hasher.derive
	b.s.hasher.derive = func(password string, salt []byte, p hashParams) []byte {
		runs = append(runs, p)
		return real(password, salt, p)
	}
	one := []hashParams{b.s.policy.Password.params()}
	for _, tc := range []struct{ name, login, password string }{
		{"密码对", "zhao.mou", goodPassword},
		{"密码错", "zhao.mou", "Wrong-pass-1"},
		{"没有的账号", "mei.you", goodPassword},
		{"不成账号的文字", "'; DROP TABLE account --", goodPassword},
		{"停用的账号", "ting.yong", "Wrong-pass-1"},
		{"没有设过密码", "mei.mima", goodPassword},
	} {
		runs = nil
		_, _ = b.s.SignIn(context.Background(), Credentials{Login: tc.login, Password: tc.password, IP: cafe})
		if !slices.Equal(runs, one) {
			t.Errorf("%s：算了 %v，应为 %v", tc.name, runs, one)
		}
	}
}

// BenchmarkSignIn measures what a stranger can: known and unknown accounts by turns on one machine must
// cost alike. It reports both medians in milliseconds.
func BenchmarkSignIn(b *testing.B) {
	db, clock := testkit.SQLite(b, migrations...)
	bu := newBureau(b, db, clock)
	policy, err := DefaultPolicy()
	if err != nil {
		b.Fatal(err)
	}
	if bu.s, err = New(db, Options{Policy: &policy}); err != nil {
		b.Fatal(err)
	}
	bu.account("zhao.mou", bu.first, Officer)
	took := map[string][]float64{}
	for i := 0; b.Loop(); i++ {
		for _, login := range []string{"zhao.mou", "mei.you"} {
			clock.Advance(time.Hour)
			began := time.Now()
			_ = bu.try(login, "Wrong-pass-1", fmt.Sprintf("2001:db8:%x::1", i))
			took[login] = append(took[login], float64(time.Since(began).Microseconds())/1000)
		}
	}
	for login, unit := range map[string]string{"zhao.mou": "known-ms", "mei.you": "unknown-ms"} {
		slices.Sort(took[login])
		b.ReportMetric(took[login][len(took[login])/2], unit)
	}
}
