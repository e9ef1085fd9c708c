package app

import (
	"context"
	"strconv"
	"time"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// AccountOut is an account for programs.
type AccountOut struct {
	ID           access.AccountID `json:"id"`
	Version      int64            `json:"version"`
	Login        string           `json:"login"`
	Name         string           `json:"name"`
	Person       string           `json:"person" doc:"人员编号，0 是没有"`
	Unit         access.UnitID    `json:"unit"`
	Roles        []access.Role    `json:"roles"`
	Disabled     bool             `json:"disabled"`
	HasPassword  bool             `json:"has_password"`
	SecondFactor bool             `json:"second_factor"`
	SignedInAt   time.Time        `json:"signed_in_at"`
	Proposal     *ProposalOut     `json:"proposal,omitempty" doc:"等待确认的角色调整"`
}

// ProposalOut is a change of roles that waits for its second person.
type ProposalOut struct {
	ID       string        `json:"id"`
	Roles    []access.Role `json:"roles"`
	Reason   string        `json:"reason"`
	Proposer string        `json:"proposer"`
	Version  int64         `json:"version"`
}

func accountOut(x access.Account) AccountOut {
	return AccountOut{x.ID, x.Version, x.Login, x.Name, strconv.FormatInt(x.Person, 10), x.UnitID, append([]access.Role{}, x.Roles...), x.Disabled, x.HasPassword, x.SecondFactor, x.SignedInAt, nil}
}

type accountQuery struct {
	Words string `query:"q" doc:"账号或姓名的一部分"`
	Unit  string `query:"unit" doc:"机构及其下级"`
	Role  string `query:"role" doc:"角色代码"`
	State string `query:"state" doc:"on、off、none（没有角色）"`
	After string `query:"after" doc:"上一页答复里 next 的值"`
}

// AccountBody makes an account without a password: that is set on the page.
type AccountBody struct {
	Login  string        `json:"login"`
	Name   string        `json:"name"`
	Person int64         `json:"person,string" doc:"人员编号，没有的写 0"`
	Unit   access.UnitID `json:"unit"`
}

// AccountEditBody changes an account.
type AccountEditBody struct {
	api.Seen
	Name   string        `json:"name"`
	Person int64         `json:"person,string" doc:"人员编号，没有的写 0"`
	Unit   access.UnitID `json:"unit"`
}

// BindIdentityBody ties an account to the bureau's own sign-in.
type BindIdentityBody struct {
	api.Seen
	Subject string `json:"subject" doc:"统一身份认证里的编号，空是解除"`
	Only    bool   `json:"only" doc:"只能用统一身份认证登录"`
}

const accountRecord = "这个账号"

func (a *App) apiAccounts(v1 *api.API) {
	api.Get(v1, api.Operation{ID: "listAccounts", Path: "/accounts", Group: accessGroup, Allow: access.AccountRead, Summary: "查账号"},
		func(ctx context.Context, by access.Session, q accountQuery) (out api.List[AccountOut], err error) {
			unit, _ := strconv.ParseInt(q.Unit, 10, 64)
			f := access.AccountFilter{Text: q.Words, Unit: access.UnitID(unit), Role: access.Role(q.Role), State: q.State}
			err = a.DB.View(ctx, func(tx *store.Tx) error {
				as, _, prev, next, err := a.Access.Accounts(tx, by, f, q.After)
				out = api.ListOf(as, prev, next, accountOut)
				return err
			})
			return out, err
		})
	api.Get(v1, api.Operation{ID: "getAccount", Path: "/accounts/{id}", Group: accessGroup, Allow: access.AccountRead, Summary: "看一个账号和等待确认的角色调整"}, a.apiAccount)
	api.Add(v1, api.Operation{ID: "addAccount", Path: "/accounts", Group: accessGroup, Allow: access.AccountManage, Summary: "建账号", Detail: "建好还没有密码和角色：密码在页面上设，角色另提"},
		func(ctx context.Context, by access.Session, in AccountBody) (access.AccountID, error) {
			return a.Access.CreateAccount(ctx, by, access.AccountInput{Login: in.Login, Name: in.Name, Person: in.Person, Unit: in.Unit})
		})
	accountCall(v1, "editAccount", "edit", "修改账号", access.AccountManage, func(ctx context.Context, by access.Session, id access.AccountID, in AccountEditBody) error {
		return a.Access.EditAccount(ctx, by, id, in.Version, access.AccountEdit{Name: in.Name, Unit: in.Unit, Person: in.Person})
	})
	accountCall(v1, "disableAccount", "disable", "停用账号", access.AccountManage, func(ctx context.Context, by access.Session, id access.AccountID, in api.Reasoned) error {
		return a.Access.Disable(ctx, by, id, in.Version, in.Reason)
	})
	accountCall(v1, "enableAccount", "enable", "恢复账号", access.AccountManage, func(ctx context.Context, by access.Session, id access.AccountID, in api.Seen) error {
		return a.Access.Enable(ctx, by, id, in.Version)
	})
	accountCall(v1, "unlockAccount", "unlock", "解除登录锁定", access.AccountSecure, func(ctx context.Context, by access.Session, id access.AccountID, _ api.Nothing) error {
		return a.Access.Unlock(ctx, by, id)
	})
	accountCall(v1, "resetSecondFactor", "second-factor", "重置动态口令", access.AccountSecure, func(ctx context.Context, by access.Session, id access.AccountID, in api.Reasoned) error {
		return a.Access.ResetSecondFactor(ctx, by, id, in.Version, in.Reason)
	})
	accountCall(v1, "bindIdentity", "identity", "对应统一身份认证", access.AccountManage, func(ctx context.Context, by access.Session, id access.AccountID, in BindIdentityBody) error {
		return a.Access.BindIdentity(ctx, by, id, in.Version, in.Subject, in.Only)
	})
}

func accountCall[B any](v1 *api.API, id, path, summary string, allow access.Permission, do func(context.Context, access.Session, access.AccountID, B) error) {
	api.Act(v1, api.Operation{ID: id, Path: "/accounts/{id}/" + path, Group: accessGroup, Allow: allow, Summary: summary}, accountRecord, do)
}

func (a *App) apiAccount(ctx context.Context, by access.Session, q api.One) (out AccountOut, err error) {
	id, err := api.IDOf[access.AccountID](q.ID, accountRecord)
	if err != nil {
		return out, err
	}
	err = a.DB.View(ctx, func(tx *store.Tx) error {
		x, err := a.Access.AccountByID(tx, id)
		if err != nil {
			return err
		}
		if err := by.ScopeFor(access.AccountRead).Check(x.Levels, accountRecord); err != nil {
			return err
		}
		out = accountOut(x)
		p, open, err := a.Access.ProposalOf(tx, x)
		if open {
			out.Proposal = &ProposalOut{strconv.FormatInt(p.ID, 10), p.Roles, p.Reason, p.Proposer, p.Version}
		}
		return err
	})
	return out, err
}

// RolesBody asks for other roles.
type RolesBody struct {
	api.Reasoned
	Roles []access.Role `json:"roles" doc:"调整后的全部角色"`
}

// ProposalBody names a change of roles that waits.
type ProposalBody struct {
	api.Seen
	Proposal string `json:"proposal" doc:"角色调整的编号；version 是这项调整的版本"`
}

func (a *App) apiRoles(v1 *api.API) {
	accountCall(v1, "proposeRoles", "roles", "提出角色调整", access.RolePropose, func(ctx context.Context, by access.Session, id access.AccountID, in RolesBody) error {
		return a.Access.ProposeRoles(ctx, by, id, in.Version, in.Roles, in.Reason)
	})
	accountCall(v1, "confirmRoles", "roles/confirm", "确认角色调整", access.RoleGrant, func(ctx context.Context, by access.Session, id access.AccountID, in ProposalBody) error {
		return a.decideRoles(ctx, by, id, in, a.Access.ConfirmRoles)
	})
	accountCall(v1, "declineRoles", "roles/decline", "不同意角色调整，或者撤回", access.RolePropose, func(ctx context.Context, by access.Session, id access.AccountID, in ProposalBody) error {
		return a.decideRoles(ctx, by, id, in, a.Access.DeclineRoles)
	})
}

func (a *App) decideRoles(ctx context.Context, by access.Session, id access.AccountID, in ProposalBody, do func(context.Context, access.Session, access.AccountID, int64, int64) error) error {
	n, err := api.IDOf[int64](in.Proposal, "这项角色调整")
	if err != nil {
		return err
	}
	return do(ctx, by, id, n, in.Version)
}

// dayIn reads a date of a query; empty is none.
func dayIn(name, s string) (law.Date, error) {
	if s == "" {
		return law.Date{}, nil
	}
	d, err := law.ParseDate(s)
	if err != nil {
		var fs fault.Fields
		fs.Add(name, "%s", err)
		return d, fs.Err()
	}
	return d, nil
}
