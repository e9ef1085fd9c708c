package access

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

func (b *bureau) proposal(id AccountID) Proposal {
	b.t.Helper()
	var p Proposal
	testkit.View(b.t, b.db, func(tx *store.Tx) error {
		a, err := b.s.AccountByID(tx, id)
		if err != nil {
			return err
		}
		var ok bool
		p, ok, err = b.s.ProposalOf(tx, a)
		if err == nil && !ok {
			err = fmt.Errorf("账号 %s 没有等待确认的角色调整", a.Login)
		}
		return err
	})
	return p
}

// TestRolesNeedTwo: 等保 8.1.4.2, 三员分立: who proposes does not confirm, nobody changes the own roles.
func TestRolesNeedTwo(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		b.account("xt.guanli", b.root, SystemAdmin)
		sec1 := b.account("aq.guanli", b.root, SecurityAdmin)
		b.account("aq.guanli2", b.root, SecurityAdmin)
		b.account("ju.zhang", b.root, BureauHead)
		id := b.account("zhao.mou", b.first)
		sys, one, two, head := b.as("xt.guanli"), b.as("aq.guanli"), b.as("aq.guanli2"), b.as("ju.zhang")

		for name, err := range map[string]error{
			"一个人直接授予":  b.s.SetRoles(b.ctx, one, id, 1, []Role{Officer}),
			"局长提出":     b.s.ProposeRoles(b.ctx, head, id, 1, []Role{Officer}, "试试"),
			"给自己提":     b.s.ProposeRoles(b.ctx, one, sec1, 1, []Role{BureauHead}, "试试"),
			"没有登录的人提出": b.s.ProposeRoles(b.ctx, Session{}, id, 1, []Role{Officer}, "试试"),
		} {
			if !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s：%v", name, err)
			}
		}
		wantField(t, b.s.ProposeRoles(b.ctx, sys, id, 1, []Role{Officer, Cashier}, "试试"), "roles")
		wantField(t, b.s.ProposeRoles(b.ctx, sys, id, 1, []Role{Officer, AuditAdmin}, "试试"), "roles")
		wantField(t, b.s.ProposeRoles(b.ctx, sys, id, 1, nil, "试试"), "roles")
		wantField(t, b.s.ProposeRoles(b.ctx, sys, id, 1, []Role{Officer}, " "), "role_reason")

		must(t, b.s.ProposeRoles(b.ctx, one, id, 1, []Role{SquadLeader, Officer, Officer}, "新任中队长"))
		if a := b.load(id); len(a.Roles) != 0 || a.Version != 1 {
			t.Fatalf("没有确认就生效了：%+v", a)
		}
		if err := b.s.ProposeRoles(b.ctx, sys, id, 1, []Role{Clerk}, "又提"); !fault.Is(err, fault.Conflict) {
			t.Errorf("已有一项等待确认还能再提：%v", err)
		}
		p := b.proposal(id)
		for name, err := range map[string]error{
			"提出的人自己确认": b.s.ConfirmRoles(b.ctx, one, id, p.ID, p.Version),
			"系统管理员确认":  b.s.ConfirmRoles(b.ctx, sys, id, p.ID, p.Version),
			"局长确认":     b.s.ConfirmRoles(b.ctx, head, id, p.ID, p.Version),
			"系统管理员否决":  b.s.DeclineRoles(b.ctx, sys, id, p.ID, p.Version),
		} {
			if !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s：%v", name, err)
			}
		}
		must(t, b.s.ConfirmRoles(b.ctx, two, id, p.ID, p.Version))
		if a := b.load(id); fmt.Sprint(a.Roles) != "[officer squad_leader]" || a.Version != 2 {
			t.Errorf("确认以后：%+v", a)
		}
		testkit.View(t, db, func(tx *store.Tx) error {
			es, err := ledger.History(tx, accountSubject(id), 0, 5)
			if err != nil {
				return err
			}
			if es[0].Kind != kindRolesSet || es[0].Actor != two.Name() || !strings.Contains(es[0].Data, one.Name()) || es[1].Kind != kindRolesProposed || es[1].Actor != one.Name() {
				t.Errorf("留痕没有写明两个人：%+v", es)
			}
			return nil
		})

		must(t, b.s.ProposeRoles(b.ctx, sys, id, 2, []Role{Clerk}, "轮岗"))
		p = b.proposal(id)
		must(t, b.s.SetRoles(b.ctx, System("console"), id, 2, []Role{Officer}))
		if err := b.s.ConfirmRoles(b.ctx, one, id, p.ID, p.Version); !fault.Is(err, fault.Conflict) {
			t.Errorf("提出以后角色变过，还能确认：%v", err)
		}
		must(t, b.s.DeclineRoles(b.ctx, sys, id, p.ID, p.Version))
		if err := b.s.ConfirmRoles(b.ctx, one, id, p.ID, p.Version); !fault.Is(err, fault.Conflict) {
			t.Errorf("撤回以后还能确认：%v", err)
		}
	})
}

// TestConfirmedOnce: of many who confirm at the same time one does.
func TestConfirmedOnce(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		b.account("xt.guanli", b.root, SystemAdmin)
		b.account("aq.guanli", b.root, SecurityAdmin)
		id := b.account("zhao.mou", b.first)
		must(t, b.s.ProposeRoles(b.ctx, b.as("xt.guanli"), id, 1, []Role{Officer}, "新进"))
		p, sec := b.proposal(id), b.as("aq.guanli")
		errs := make([]error, 8)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() { errs[i] = b.s.ConfirmRoles(b.ctx, sec, id, p.ID, p.Version) })
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Busy) {
				t.Errorf("得到 %v", err)
			}
		}
		if won != 1 || b.load(id).Version != 2 {
			t.Errorf("%d 次生效，版本 %d", won, b.load(id).Version)
		}
	})
}

// TestThreeAdministrators proves each separation at the door, by HTTP, with a route for every permission
// there is: what one administrator may do the others may not, and none of them reads a case.
func TestThreeAdministrators(t *testing.T) {
	duties := map[Role][]Permission{
		SystemAdmin:   {OrgRead, OrgManage, PersonManage, OrgImport, AccountRead, AccountManage, RolePropose, JobManage},
		SecurityAdmin: {OrgRead, AccountRead, AccountSecure, RolePropose, RoleGrant, SecurityRead, TokenManage},
		AuditAdmin:    {LedgerRead, SecurityRead},
	}
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		var more []Route
		for _, l := range Permissions() {
			more = append(more, Route{Pattern: "GET /probe/" + string(l.Permission), Allow: l.Permission, Handle: func(w http.ResponseWriter, _ *http.Request, _ Session) error {
				w.WriteHeader(http.StatusNoContent)
				return nil
			}})
		}
		s := b.serve(more...)
		for role, may := range duties {
			login := strings.ReplaceAll(string(role), "_", ".")
			b.account(login, b.root, role)
			br := s.browser()
			br.mustSignIn(login)
			for _, l := range Permissions() {
				got := br.get("/probe/" + string(l.Permission)).StatusCode
				if want := map[bool]int{true: 204, false: 403}[slices.Contains(may, l.Permission)]; got != want {
					t.Errorf("%s %s：%d，应为 %d", RoleLabel(role), l.Label, got, want)
				}
			}
		}
	})
}

// TestAdministratorsStandAlone: no two of the three, and none with any other role, by whatever way; an
// account that has both by a hand in the database may do nothing at all.
func TestAdministratorsStandAlone(t *testing.T) {
	c := Catalogue()
	for _, admin := range []Role{SystemAdmin, SecurityAdmin, AuditAdmin} {
		for _, other := range c.Roles {
			if other.Code != admin && len(c.Clashes([]Role{admin, other.Code})) == 0 {
				t.Errorf("%s可以兼任%s", RoleLabel(admin), other.Label)
			}
		}
	}
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		err := second(b.s.CreateAccount(b.ctx, System("console"), AccountInput{Login: "yi.ren", Name: "演示", Unit: b.root, Roles: []Role{SystemAdmin, AuditAdmin}}))
		wantField(t, err, "roles")
		id := b.account("shou.gai", b.root, AuditAdmin)
		wantField(t, b.s.SetRoles(b.ctx, System("console"), id, 1, []Role{AuditAdmin, Officer}), "roles")
		testkit.Update(t, db, func(tx *store.Tx) error {
			return second(tx.Exec(`INSERT INTO account_role (account, role, entry_id) VALUES (?, ?, 1)`, id, Officer))
		})
		br := b.serve().browser()
		br.mustSignIn("shou.gai")
		want(t, "库里被人手工加了角色", br.get("/w/ledger"), 403, "")
	})
}
