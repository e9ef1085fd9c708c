package access

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"fadu/internal/access/pages"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"
)

func missing(what string) error { return fault.Missing(what) }

// unitOptions are the open units of the scope, indented by level.
func (s *Service) unitOptions(tx *store.Tx, scope Scope) ([]web.Option, error) {
	us, err := s.Units(tx)
	if err != nil {
		return nil, err
	}
	var out []web.Option
	for _, u := range us {
		if scope.Covers(u) && inBeing(u, tx.Today()) {
			out = append(out, web.Option{Value: u.ID.String(), Label: pages.UnitRow{Name: u.Name, Depth: u.Level - 1}.Indent() + u.Name})
		}
	}
	return out, nil
}

func (s *Service) roleOptions() []web.Option {
	var out []web.Option
	for _, r := range s.roles.Roles {
		small := r.Note
		if !r.Combine {
			small += "；须单独担任"
		}
		out = append(out, web.Option{Value: string(r.Code), Label: r.Label, Small: small})
	}
	return out
}

// plainOptions drops the explanations, for a filter.
func plainOptions(in []web.Option) []web.Option {
	out := slices.Clone(in)
	for i := range out {
		out[i].Small = ""
	}
	return out
}

func stateTag(a Account) web.TagView {
	switch {
	case a.Disabled:
		return web.TagView{Label: "已停用", Kind: "line"}
	case !a.HasPassword:
		return web.TagView{Label: "未设密码", Kind: "soon"}
	case len(a.Roles) == 0:
		return web.TagView{Label: "没有角色", Kind: "soon"}
	}
	return web.TagView{Label: "在用", Kind: "ok"}
}

// pathWith adds or replaces the cursor of the list's own address; "" stays "".
func pathWith(r *http.Request, after string) string {
	if after == "" {
		return ""
	}
	q := r.URL.Query()
	q.Set("after", after)
	return r.URL.Path + "?" + q.Encode()
}

func filtered(q url.Values, names ...string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return q.Get(n) != "" })
}

func (s *Service) listAccounts(w http.ResponseWriter, r *http.Request, who Session) error {
	f := web.QueryForm(r)
	filter := AccountFilter{Text: f.Text("q", 40), Unit: UnitID(f.ID("unit", "机构")), Role: Role(f.Text("role", 40)), State: f.Choice("state", "状态", "on", "off", "none")}
	v := pages.AccountsView{Filter: f, Roles: plainOptions(s.roleOptions()), CanCreate: who.Can(AccountManage), Filtered: filtered(r.URL.Query(), "q", "unit", "role", "state")}
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		as, total, prev, next, err := s.Accounts(tx, who, filter, r.URL.Query().Get("after"))
		if err != nil {
			return err
		}
		us, err := s.Units(tx)
		if err != nil {
			return err
		}
		names := map[UnitID]string{}
		for _, u := range us {
			names[u.ID] = u.Name
		}
		v.Rows = nil
		for _, a := range as {
			v.Rows = append(v.Rows, pages.AccountRow{
				Login: a.Login, Name: a.Name, Href: "/w/accounts/" + a.ID.String(), Unit: names[a.UnitID], Roles: s.labels(a.Roles),
				Seen: orElse(moment(a.SignedInAt), "没有登录过"), State: stateTag(a),
			})
		}
		if v.Proposals, err = s.proposalViews(tx, who); err != nil {
			return err
		}
		v.Summary = "共 " + web.CountText(int64(total), total > store.CountLimit) + " 个"
		v.Prev, v.Next = pathWith(r, prev), pathWith(r, next)
		v.Units, err = s.unitOptions(tx, who.ScopeFor(AccountRead))
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Accounts(v))
}

func (s *Service) newAccount(w http.ResponseWriter, r *http.Request, who Session) error {
	q := r.URL.Query()
	f := web.NewForm(map[string]string{"person": q.Get("person"), "person_name": q.Get("name"), "name": q.Get("name"), "unit": q.Get("unit")})
	return s.renderNewAccount(w, r, who, http.StatusOK, f)
}

func (s *Service) renderNewAccount(w http.ResponseWriter, r *http.Request, who Session, status int, f *web.Form) error {
	v := pages.NewAccountView{Form: f, Rule: s.policy.Password.rule()}
	if f.Has("person") && f.Value("person") != "0" {
		v.Person = f.Value("person_name")
	}
	err := s.db.View(r.Context(), func(tx *store.Tx) (err error) {
		v.Units, err = s.unitOptions(tx, who.ScopeFor(AccountManage))
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.NewAccount(v))
}

func (s *Service) addAccount(w http.ResponseWriter, r *http.Request, who Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	in := AccountInput{Login: f.Text("login", 100), Name: f.Text("name", maxPersonName), Person: f.ID("person", "人员"), Unit: UnitID(f.ID("unit", "机构")), Password: f.Value("password")}
	id, err := AccountID(0), f.Err()
	if err == nil {
		id, err = s.CreateAccount(r.Context(), who, in)
	}
	f.Set("password", "")
	if status, ok := f.Take(err); ok {
		return s.renderNewAccount(w, r, who, status, f)
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: "账号已建立，还没有角色"})
	web.SeeOther(w, r, "/w/accounts/"+id.String())
	return nil
}

func (s *Service) showAccount(w http.ResponseWriter, r *http.Request, who Session) error {
	id, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return missing("这个账号")
	}
	return s.renderAccount(w, r, who, AccountID(id), http.StatusOK, nil)
}

func (s *Service) renderAccount(w http.ResponseWriter, r *http.Request, who Session, id AccountID, status int, f *web.Form) error {
	var v pages.AccountView
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		a, err := s.ownAccount(tx, who, id, AccountRead)
		if err != nil {
			return err
		}
		path, err := s.Path(tx, a.UnitID)
		if err != nil {
			return err
		}
		entries, err := ledger.History(tx, accountSubject(id), 0, 15)
		if err != nil {
			return err
		}
		v = s.accountView(who, a, path)
		v.History = s.historyView(entries)
		if err := s.addSecurity(tx, who, a, &v); err != nil {
			return err
		}
		v.Units, err = s.unitOptions(tx, who.ScopeFor(AccountManage))
		return err
	})
	if err != nil {
		return err
	}
	if f != nil {
		for _, name := range []string{"name", "unit", "person", "subject"} {
			if !f.Has(name) && v.Form.Has(name) {
				f.Set(name, v.Form.Value(name))
			}
		}
		v.Form = f
	}
	return web.Render(w, r, status, pages.Account(v))
}

func (s *Service) accountView(who Session, a Account, path []Unit) pages.AccountView {
	v := pages.AccountView{
		ID: a.ID.String(), Name: a.Name, Login: a.Login, Version: a.Version, Disabled: a.Disabled,
		Manage: who.Can(AccountManage), Grant: who.Can(RolePropose), Secure: who.Can(AccountSecure), Factor: a.SecondFactor, Password: a.HasPassword, Rule: s.policy.Password.rule(), Roles: s.roleOptions(),
		Form: web.NewForm(map[string]string{"name": a.Name, "unit": a.UnitID.String(), "person": fmt.Sprint(a.Person)}),
	}
	for _, r := range a.Roles {
		v.Held = append(v.Held, string(r))
	}
	if a.ID == who.account.ID {
		v.WhyGrant = "不能给自己调整角色，请由别的管理员提出、另一名安全保密管理员确认"
		v.WhyUnlock = "不能给自己解除锁定，请由另一名安全保密管理员办理"
		v.WhyFactor = "自己的动态口令请在“我的账号”里更换"
		v.WhyReset = "自己的密码请在“我的账号”里修改"
		v.WhyDisable = "不能停用自己的账号，请由另一名系统管理员办理"
	} else if slices.ContainsFunc(a.Roles, administrator) {
		v.WhyReset = "管理员的密码不能由别的管理员在网页上重置，请在服务器上用命令重置"
	}
	if !a.SecondFactor {
		v.WhyFactor = "这个账号没有启用动态口令"
	}
	unit := ""
	for i, u := range path {
		if i > 0 {
			unit += " / "
		}
		unit += u.Name
	}
	v.Facts = []web.FactView{
		{Label: "状态", Body: web.Tag(stateTag(a))},
		{Label: "机构", Text: unit},
		{Label: "角色", Text: s.labels(a.Roles)},
		{Label: "人员", Text: map[bool]string{true: "已关联人员档案", false: "没有关联人员"}[a.Person > 0]},
		{Label: "建立", Text: moment(a.CreatedAt)},
		{Label: "最近登录", Text: orElse(moment(a.SignedInAt), "没有登录过")},
		{Label: "密码", Text: passwordState(a)},
		{Label: "动态口令", Text: map[bool]string{true: "已启用", false: "没有启用"}[a.SecondFactor]},
	}
	return v
}

func passwordState(a Account) string {
	switch {
	case !a.HasPassword:
		return "还没有设置，不能登录"
	case a.MustChange:
		return "初始密码，登录后须修改"
	}
	return "本人于 " + moment(a.PasswordAt) + " 设置"
}

// historyView shows entries about one record, newest first.
func (s *Service) historyView(es []ledger.Entry) []web.LedgerView {
	out := make([]web.LedgerView, len(es))
	for i, e := range es {
		out[i] = web.LedgerView{Time: moment(e.Time()), Who: e.Actor, Text: s.kindLabel(e.Kind)}
	}
	return out
}

func (s *Service) kindLabel(kind string) string {
	if l := s.o.Kinds[kind]; l != "" {
		return l
	}
	if kind == ledger.KindBorn {
		return "建库"
	}
	return orElse(Kinds[kind], kind)
}
