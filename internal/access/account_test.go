package access

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

func asFault(err error) *fault.Error {
	var f *fault.Error
	if errors.As(err, &f) {
		return f
	}
	return &fault.Error{}
}

func TestParseLogin(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"照常", "zhao.moumou", "zhao.moumou"},
		{"大写变小写", " Zhao_Mou ", "zhao_mou"},
		{"全角变半角", "ＺＨＡＯ０１", "zhao01"},
		{"证号", "99010700123", "99010700123"},
		{"空", " ", ""},
		{"一位", "a", ""},
		{"汉字", "赵某", ""},
		{"点开头", ".zhao", ""},
		{"空格", "zhao mou", ""},
		{"太长", strings.Repeat("a", 33), ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := ParseLogin(tc.in)
			if got != tc.want || (err == nil) != (tc.want != "") {
				t.Errorf("%q → %q, %v", tc.in, got, err)
			}
		})
	}
}

func FuzzParseLogin(f *testing.F) {
	for _, s := range []string{"zhao.moumou", "Ａ１", "", ".x", "赵"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got, err := ParseLogin(in)
		if err != nil {
			return
		}
		again, err := ParseLogin(got)
		if err != nil || again != got || len(got) < minLogin || len(got) > maxLogin {
			t.Errorf("%q → %q → %q, %v", in, got, again, err)
		}
	})
}

func FuzzParseUnitCode(f *testing.F) {
	for _, s := range []string{"CG-1", "ｃｇ", "", "1.2", "三"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got, err := ParseUnitCode(in)
		if err != nil {
			return
		}
		if again, err := ParseUnitCode(got); err != nil || again != got || got == "" || len(got) > maxUnitCode {
			t.Errorf("%q → %q → %q, %v", in, got, again, err)
		}
	})
}

func TestCheckPassword(t *testing.T) {
	p := cheap(t).Password
	for _, tc := range []struct {
		name, password string
		ok             bool
	}{
		{"三种字符十位", "Shan-yu-26x", true},
		{"一句话", "每天早上七点 Go 2 巡查", true},
		{"九位", "Shan-yu-2", false},
		{"两种字符", "shanyu202602", false},
		{"含账号", "Zhao.Mou-2026", false},
		{"含账号大小写", "xZHAO.MOUx-2026", false},
		{"含姓名", "赵某某-Abc-2026", false},
		{"连着四个", "Shannnn-y26", false},
		{"常见", "Admin@123456", false},
		{"全角也算常见", "Ａdmin@123456", false},
		{"控制字符", "Shan-yu\x00-2026", false},
		{"太长", "Aa1" + strings.Repeat("长密", 60), false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if err := p.CheckPassword(tc.password, "zhao.mou", "赵某某"); (err == nil) != tc.ok {
				t.Errorf("%q：%v", tc.password, err)
			}
		})
	}
}

func TestHash(t *testing.T) {
	ctx := context.Background()
	h := newHasher(cheap(t).Password)
	one, err := h.hash(ctx, "Ｓhan-yu-26")
	must(t, err)
	two, err := h.hash(ctx, "Shan-yu-26")
	must(t, err)
	if one == two {
		t.Error("没有加盐")
	}
	for _, tc := range []struct {
		name, hash, password string
		want                 bool
	}{
		{"对", one, "Shan-yu-26", true},
		{"全角输入", two, "Ｓhan-yu-26", true},
		{"错", one, "Shan-yu-27", false},
		{"没有密码的账号", "", "Shan-yu-26", false},
	} {
		if ok, err := h.matches(ctx, tc.hash, tc.password); ok != tc.want || err != nil {
			t.Errorf("%s：%v %v", tc.name, ok, err)
		}
	}
	for _, bad := range []string{"x", "$argon2id$v=19$m=99999999,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA", strings.Replace(one, "argon2id", "argon2i", 1), one[:len(one)-4]} {
		if _, err := h.matches(ctx, bad, "x"); err == nil {
			t.Errorf("%q 被接受", bad)
		}
	}
	dear := cheap(t).Password
	dear.Time = 2
	if h.outdated(one) || !newHasher(dear).outdated(one) {
		t.Error("参数改变没有看出来")
	}
}

func TestHashingIsBounded(t *testing.T) {
	p := cheap(t).Password
	h := newHasher(p)
	for range p.AtOnce {
		done, err := h.turn(context.Background())
		must(t, err)
		defer done()
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if _, err := h.hash(ctx, "x"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("第 %d 个也算了：%v", p.AtOnce+1, err)
	}
}

func TestDefaultPolicy(t *testing.T) {
	p, err := DefaultPolicy()
	must(t, err)
	if p.Password.params() != (hashParams{65536, 1, 2}) || p.Lockout.Tries != 5 || p.Lockout.Lock != 30*time.Minute || p.Session.Absolute != 12*time.Hour {
		t.Errorf("%+v", p)
	}
	for _, bad := range []string{"session: {idle: 13h}", "log: {keep: 24h}", "lockout: {tries: 0}", "surprise: 1"} {
		if _, err := ParsePolicy([]byte(bad)); err == nil {
			t.Errorf("%s 被接受", bad)
		}
	}
}

func TestCreateAccount(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		b.account("xt.guanli", b.root, SystemAdmin)
		b.account("aq.guanli", b.root, SecurityAdmin)
		sys := b.as("xt.guanli")
		in := AccountInput{Login: "Zhao.Mou", Name: "演示·赵某某", Unit: b.first, Password: goodPassword, Person: 7, Settled: true}
		id, err := b.s.CreateAccount(b.ctx, sys, in)
		must(t, err)
		a := b.load(id)
		if a.Login != "zhao.mou" || !a.MustChange || len(a.Roles) != 0 || a.U2 != b.first || !a.HasPassword {
			t.Errorf("%+v", a)
		}
		same := func(change func(*AccountInput)) AccountInput {
			other := AccountInput{Login: "qian.mou", Name: "演示·钱某某", Unit: b.first}
			change(&other)
			return other
		}
		for _, tc := range []struct {
			name  string
			in    AccountInput
			field string
		}{
			{"账号重复", same(func(in *AccountInput) { in.Login = "ZHAO.MOU" }), "login"},
			{"同一人第二个账号", same(func(in *AccountInput) { in.Person = 7 }), "person"},
			{"没有机构", same(func(in *AccountInput) { in.Unit = 0 }), "unit"},
			{"没有的机构", same(func(in *AccountInput) { in.Unit = 99 }), "unit"},
			{"没有姓名", same(func(in *AccountInput) { in.Name = "" }), "name"},
			{"密码太弱", same(func(in *AccountInput) { in.Password = "123" }), "password"},
			{"没有的角色", same(func(in *AccountInput) { in.Roles = []Role{"emperor"} }), "roles"},
		} {
			t.Run(tc.name, func(t *testing.T) { wantField(t, second(b.s.CreateAccount(b.ctx, sys, tc.in)), tc.field) })
		}
		for _, tc := range []struct {
			name string
			by   Session
			in   AccountInput
		}{
			{"系统管理员建账号时给角色", sys, same(func(in *AccountInput) { in.Roles = []Role{Officer} })},
			{"安全保密管理员建账号", b.as("aq.guanli"), same(func(*AccountInput) {})},
			{"没有登录的人建账号", Session{}, same(func(*AccountInput) {})},
		} {
			t.Run(tc.name, func(t *testing.T) {
				if err := second(b.s.CreateAccount(b.ctx, tc.by, tc.in)); !fault.Is(err, fault.Forbidden) {
					t.Errorf("得到 %v", err)
				}
			})
		}
		testkit.View(t, db, func(tx *store.Tx) error {
			es, err := ledger.History(tx, accountSubject(id), 0, 5)
			if err != nil || len(es) != 1 || es[0].Kind != kindAccountCreated || strings.Contains(es[0].Data, goodPassword) {
				t.Errorf("留痕 %v %v", es, err)
			}
			return nil
		})
	})
}

// TestOneLoginOnce: of many who ask for the same login at the same time one gets it.
func TestOneLoginOnce(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		errs := make([]error, 8)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() {
				_, errs[i] = b.s.CreateAccount(b.ctx, System("test"), AccountInput{Login: "zhao.mou", Name: fmt.Sprint("演示", i), Unit: b.first})
			})
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Busy) {
				t.Errorf("得到 %v", err)
			}
		}
		if won != 1 {
			t.Errorf("%d 个人都建成了", won)
		}
	})
}

func TestLastAdministratorStays(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		b.account("xt.guanli", b.root, SystemAdmin)
		sec := b.account("aq.guanli", b.root, SecurityAdmin)
		audit := b.account("sj.guanli", b.root, AuditAdmin)
		if err := b.s.Disable(b.ctx, b.as("xt.guanli"), sec, 1, "试试"); !fault.Is(err, fault.Invalid) {
			t.Errorf("停用最后一名安全保密管理员：%v", err)
		}
		must(t, b.s.ProposeRoles(b.ctx, b.as("xt.guanli"), audit, 1, nil, "试试"))
		p := b.proposal(audit)
		if err := b.s.ConfirmRoles(b.ctx, b.as("aq.guanli"), audit, p.ID, p.Version); !fault.Is(err, fault.Invalid) {
			t.Errorf("收回最后一名安全审计员：%v", err)
		}
		if err := b.s.ResetPassword(b.ctx, b.as("xt.guanli"), sec, 1, "Qing-Feng-2026"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("重置管理员密码：%v", err)
		}
		b.account("aq.guanli2", b.root, SecurityAdmin)
		must(t, b.s.Disable(b.ctx, b.as("xt.guanli"), sec, 1, "退休"))
		must(t, b.s.ResetPassword(b.ctx, System("console"), sec, 2, "Qing-Feng-2026"))
	})
}

func TestPersonMovesAndLeaves(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		id, err := b.s.CreateAccount(b.ctx, System("test"), AccountInput{Login: "zhao.mou", Name: "演示", Unit: b.first, Person: 7, Roles: []Role{Officer}})
		must(t, err)
		by := System("test")
		testkit.Update(t, db, func(tx *store.Tx) error { return b.s.MovePerson(tx, by, 7, b.second) })
		testkit.Update(t, db, func(tx *store.Tx) error { return b.s.MovePerson(tx, by, 7, b.second) })
		testkit.Update(t, db, func(tx *store.Tx) error { return b.s.MovePerson(tx, by, 8, b.second) })
		if a := b.load(id); a.UnitID != b.second || a.U2 != b.second || a.Version != 2 {
			t.Errorf("%+v", a)
		}
		testkit.Update(t, db, func(tx *store.Tx) error { return b.s.DisablePerson(tx, by, 7, "调离") })
		testkit.Update(t, db, func(tx *store.Tx) error { return b.s.DisablePerson(tx, by, 7, "调离") })
		if a := b.load(id); !a.Disabled || a.Version != 3 {
			t.Errorf("%+v", a)
		}
		if _, err := b.s.SessionFor(b.ctx, "zhao.mou"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("停用的账号：%v", err)
		}
	})
}

func TestSweepAndKeepingOfTheLog(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		b.account("zhao.mou", b.first, Officer)
		must(t, second(b.s.SignIn(b.ctx, Credentials{Login: "zhao.mou", Password: goodPassword, IP: "10.0.0.1"})))
		err := db.Update(b.ctx, func(tx *store.Tx) error { return second(tx.Exec(`DELETE FROM security_event`)) })
		if err == nil {
			t.Error("安全日志可以删除")
		}
		err = db.Update(b.ctx, func(tx *store.Tx) error { return second(tx.Exec(`UPDATE security_event SET name = 'x'`)) })
		if err == nil {
			t.Error("安全日志可以改")
		}
		clock.Advance(401 * 24 * time.Hour)
		must(t, second(b.s.SignIn(b.ctx, Credentials{Login: "zhao.mou", Password: goodPassword, IP: "10.0.0.1"})))
		must(t, b.s.Sweep(b.ctx))
		if n := len(b.events()); n != 1 {
			t.Errorf("清理后有 %d 条安全日志", n)
		}
		testkit.View(t, db, func(tx *store.Tx) error {
			n, err := tx.DB().NewSelect().Model((*sessionRow)(nil)).Count(tx.Ctx)
			if n != 1 {
				t.Errorf("清理后有 %d 个会话", n)
			}
			return err
		})
	})
}
