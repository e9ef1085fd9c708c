package access

import (
	"net/http"

	"fadu/internal/store"
	"fadu/internal/web"
)

// accountAct does one thing to an account from its form and says what was done.
type accountAct func(r *http.Request, who Session, id AccountID, version int64, f *web.Form) (done string, err error)

// onAccount is the handler around an act: parse, act, show again or go back to the account's page.
func (s *Service) onAccount(do accountAct) func(http.ResponseWriter, *http.Request, Session) error {
	return func(w http.ResponseWriter, r *http.Request, who Session) error {
		n, err := store.ParseID(r.PathValue("id"))
		if err != nil {
			return missing("这个账号")
		}
		f, err := web.ParseForm(w, r, 0)
		if err != nil {
			return err
		}
		id := AccountID(n)
		done := ""
		version := f.RequiredInt("version", "版本", 1, 1<<62)
		if err = f.Err(); err == nil {
			done, err = do(r, who, id, version, f)
		}
		f.Set("password", "")
		if status, ok := f.Take(err); ok {
			return s.renderAccount(w, r, who, id, status, f)
		}
		if err != nil {
			return err
		}
		web.Notify(w, r, web.Flash{Text: done})
		web.SeeOther(w, r, "/w/accounts/"+id.String())
		return nil
	}
}

func (s *Service) editAccount(r *http.Request, who Session, id AccountID, version int64, f *web.Form) (string, error) {
	in := AccountEdit{Name: f.Text("name", maxPersonName), Unit: UnitID(f.RequiredID("unit", "所在机构")), Person: f.Int("person", "人员", 0, 1<<62)}
	if err := f.Err(); err != nil {
		return "", err
	}
	return "已保存，对方需要重新登录", s.EditAccount(r.Context(), who, id, version, in)
}

func (s *Service) proposeRoles(r *http.Request, who Session, id AccountID, version int64, f *web.Form) (string, error) {
	var roles []Role
	for _, v := range f.Choices("roles") {
		roles = append(roles, Role(v))
	}
	return "已提出，等另一名安全保密管理员确认后生效", s.ProposeRoles(r.Context(), who, id, version, roles, f.Value("role_reason"))
}

func (s *Service) confirmRoles(r *http.Request, who Session, id AccountID, version int64, f *web.Form) (string, error) {
	proposal := f.RequiredID("proposal", "角色调整")
	if err := f.Err(); err != nil {
		return "", err
	}
	return "角色调整已生效，对方需要重新登录", s.ConfirmRoles(r.Context(), who, id, proposal, version)
}

func (s *Service) declineRoles(r *http.Request, who Session, id AccountID, version int64, f *web.Form) (string, error) {
	proposal := f.RequiredID("proposal", "角色调整")
	if err := f.Err(); err != nil {
		return "", err
	}
	return "这项角色调整没有生效", s.DeclineRoles(r.Context(), who, id, proposal, version)
}

func (s *Service) unlockAccount(r *http.Request, who Session, id AccountID, _ int64, _ *web.Form) (string, error) {
	return "锁定已解除，可以马上登录", s.Unlock(r.Context(), who, id)
}

func (s *Service) resetFactor(r *http.Request, who Session, id AccountID, version int64, f *web.Form) (string, error) {
	return "动态口令已重置，对方需要重新登录", s.ResetSecondFactor(r.Context(), who, id, version, f.Value("factor_reason"))
}

func (s *Service) bindIdentity(r *http.Request, who Session, id AccountID, version int64, f *web.Form) (string, error) {
	subject, only := f.Text("subject", maxSubject), f.Bool("only")
	if err := f.Err(); err != nil {
		return "", err
	}
	return "已保存，对方需要重新登录", s.BindIdentity(r.Context(), who, id, version, subject, only)
}

func (s *Service) resetAccount(r *http.Request, who Session, id AccountID, version int64, f *web.Form) (string, error) {
	return "密码已重置，锁定已解除", s.ResetPassword(r.Context(), who, id, version, f.Value("password"))
}

func (s *Service) disableAccount(r *http.Request, who Session, id AccountID, version int64, f *web.Form) (string, error) {
	reason := f.Required("reason", "停用原因", 200)
	if err := f.Err(); err != nil {
		return "", err
	}
	return "账号已停用", s.Disable(r.Context(), who, id, version, reason)
}

func (s *Service) enableAccount(r *http.Request, who Session, id AccountID, version int64, _ *web.Form) (string, error) {
	return "账号已恢复", s.Enable(r.Context(), who, id, version)
}
