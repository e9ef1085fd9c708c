package access

import (
	"slices"
	"testing"

	"fadu/internal/store"
	"fadu/internal/testkit"
)

// TestPersonalIsData: the role data has a rule for every kind, and each role sees what they say.
func TestPersonalIsData(t *testing.T) {
	var kinds []Personal
	for _, r := range Catalogue().Personal {
		kinds = append(kinds, r.Kind)
	}
	for k := range masks {
		if !slices.Contains(kinds, k) {
			t.Errorf("个人信息 %s 没有规定谁能看", k)
		}
	}
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		for _, c := range []struct {
			name string
			who  Session
			kind Personal
			in   string
			want string
		}{
			{"执法人员看姓名", b.holder("a1", Officer), PersonalName, "张三", "张三"},
			{"执法人员看证件", b.holder("a2", Officer), PersonalIdentity, "990101199001010027", "990***********0027"},
			{"收费员看姓名", b.holder("a3", Cashier), PersonalName, "张三", "张三"},
			{"律师看姓名", b.holder("a4", Lawyer), PersonalName, "张三", "张*"},
			{"督察看地址", b.holder("a5", Supervisor), PersonalAddress, "演示市演示路1号", "演示市****"},
			{"局长看电话", b.holder("a6", BureauHead), PersonalPhone, "13800000001", "138****0001"},
			{"没有登录的", Session{}, PersonalName, "张三", "张*"},
		} {
			if got := c.who.Personal(c.kind, c.in); got != c.want {
				t.Errorf("%s：%q，应为 %q", c.name, got, c.want)
			}
		}
	})
}

// holder makes an account with one role and acts as it.
func (b *bureau) holder(login string, role Role) Session {
	b.t.Helper()
	b.account("p."+login, b.first, role)
	return b.as("p." + login)
}
