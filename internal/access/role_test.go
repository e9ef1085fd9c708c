package access

import (
	"slices"
	"strings"
	"testing"

	"fadu/internal/testkit"
)

func TestRoleData(t *testing.T) {
	c, err := ParseRoles(rolesYAML)
	if err != nil {
		t.Fatal(err)
	}
	granted := map[Permission]bool{}
	for _, r := range c.Roles {
		for _, p := range r.Permissions {
			granted[p] = true
		}
	}
	seen := map[string]bool{}
	for _, p := range Permissions() {
		if !granted[p.Permission] {
			t.Errorf("权限 %s 没有任何角色持有", p.Permission)
		}
		if p.Label == "" || seen[p.Label] {
			t.Errorf("权限 %s 的名称是空的或重复", p.Permission)
		}
		seen[p.Label] = true
	}
	for _, r := range []Role{Officer, Auxiliary, SquadLeader, Clerk, LegalReviewer, Lawyer, BureauHead, DeputyHead, Trainer, Dispatcher, PopularisationClerk, Supervisor, DisclosureClerk, Cashier, LegalAffairs, SystemAdmin, SecurityAdmin, AuditAdmin} {
		if _, ok := c.Find(r); !ok {
			t.Errorf("角色 %s 不在数据里", r)
		}
	}
	if len(c.Roles) != 18 {
		t.Errorf("数据里有 %d 个角色，常量有 18 个", len(c.Roles))
	}
}

func TestThreeAdministratorsAreSeparated(t *testing.T) {
	c := Catalogue()
	admins := []Role{SystemAdmin, SecurityAdmin, AuditAdmin}
	var held [3][]Permission
	for i, a := range admins {
		info, _ := c.Find(a)
		held[i] = info.Permissions
		for _, p := range info.Permissions {
			if strings.HasPrefix(string(p), "case.") || strings.HasPrefix(string(p), "money.") || strings.HasPrefix(string(p), "lead.") || p == PaperPrint {
				t.Errorf("%s 能够 %s", info.Label, p)
			}
		}
		for _, r := range c.Roles {
			if r.Code != a && len(c.Clashes([]Role{a, r.Code})) == 0 {
				t.Errorf("%s 可以兼任 %s", info.Label, r.Label)
			}
		}
	}
	if slices.Contains(held[0], RoleGrant) || slices.Contains(held[1], AccountManage) {
		t.Error("建账号的能授角色，或者授角色的能建账号")
	}
	for _, p := range held[2] {
		if p != LedgerRead && p != SecurityRead {
			t.Errorf("安全审计员能够 %s", p)
		}
	}
}

func TestClashes(t *testing.T) {
	for _, tc := range []struct {
		name  string
		roles []Role
		want  int
	}{
		{"没有角色", nil, 0},
		{"一个角色", []Role{Officer}, 0},
		{"执法人员兼中队长", []Role{Officer, SquadLeader}, 0},
		{"内勤兼公示专员", []Role{Clerk, DisclosureClerk}, 0},
		{"执法人员兼对账员", []Role{Cashier, Officer}, 1},
		{"协管兼执法人员", []Role{Officer, Auxiliary}, 1},
		{"系统管理员单独担任", []Role{SystemAdmin}, 0},
		{"系统管理员兼安全审计员", []Role{SystemAdmin, AuditAdmin}, 2},
		{"没有的角色", []Role{"emperor"}, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := Catalogue().Clashes(tc.roles); len(got) != tc.want {
				t.Errorf("得到 %d 条：%v", len(got), got)
			}
		})
	}
}

func TestRoleDataFaultsAreReported(t *testing.T) {
	const good = "roles:\n- {code: a, label: 甲, note: 说明, reach: unit, combine: true, permissions: [case.read]}\n- {code: b, label: 乙, note: 说明, reach: bureau, combine: true, permissions: [case.read]}\n"
	if _, err := ParseRoles([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ name, old, new string }{
		{"没有的权限", "[case.read]", "[case.reed]"},
		{"没有名称", "label: 甲", "label: ' '"},
		{"角色重复", "code: b", "code: a"},
		{"没有的范围", "reach: unit", "reach: world"},
		{"权限重复", "[case.read]", "[case.read, case.read]"},
		{"什么也不能做", "[case.read]", "[]"},
		{"不可兼任而无理由", "combine: true", "combine: false"},
		{"多余的字段", "note: 说明", "note: 说明, colour: red"},
		{"互斥的角色不存在", "roles:\n-", "incompatible: [{roles: [a, c], reason: 因为}]\nroles:\n-"},
		{"互斥没有理由", "roles:\n-", "incompatible: [{roles: [a, b]}]\nroles:\n-"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := ParseRoles([]byte(strings.Replace(good, tc.old, tc.new, 1))); err == nil {
				t.Error("没有报错")
			}
		})
	}
}

func TestPermissionMatrix(t *testing.T) {
	testkit.Golden(t, "matrix.md", []byte(Matrix((&Service{}).Routes())))
}
