package access

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"fadu/internal/access/pages"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// moment prints an instant as the lists of this package show it; "" for never.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(law.Zone).Format("2006-01-02 15:04")
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func (s *Service) showMe(w http.ResponseWriter, r *http.Request, who Session) error {
	var open []OpenSession
	err := s.db.View(r.Context(), func(tx *store.Tx) (err error) {
		open, err = s.openSessions(tx, who)
		return err
	})
	if err != nil {
		return fmt.Errorf("access: own sessions: %w", err)
	}
	a := who.account
	v := pages.MeView{Facts: []web.FactView{
		{Label: "姓名", Text: a.Name},
		{Label: "账号", Text: a.Login},
		{Label: "机构", Text: who.unit.Name},
		{Label: "角色", Text: s.labels(a.Roles)},
		{Label: "上次登录", Text: moment(a.SignedInAt)},
		{Label: "密码设于", Text: moment(a.PasswordAt)},
	}}
	v.Factor = factorLine(a, s.factorRequired(a))
	for _, p := range Permissions() {
		if who.Can(p.Permission) {
			v.Rights = append(v.Rights, p.Label)
		}
	}
	for _, o := range open {
		v.Sessions = append(v.Sessions, pages.SessionRow{
			ID: fmt.Sprint(o.ID), Where: orElse(o.IP, "不明"), Device: device(o.Agent), Since: moment(o.Created), Seen: moment(o.Seen), Current: o.Current,
		})
	}
	return web.Render(w, r, http.StatusOK, pages.Me(v))
}

// factorLine says in words how the account is protected besides its password.
func factorLine(a Account, required bool) string {
	switch {
	case a.SecondFactor:
		return "已启用：登录时除密码外还要填手机上的验证码"
	case required:
		return "您的角色必须启用"
	}
	return "没有启用。启用后，别人知道密码也登录不了"
}

// device names a browser and system in words people know, from what the browser says of itself.
func device(agent string) string {
	find := func(names ...string) string {
		for i := 0; i < len(names); i += 2 {
			if strings.Contains(agent, names[i]) {
				return names[i+1]
			}
		}
		return ""
	}
	browser := find("MicroMessenger", "微信", "QQBrowser", "QQ 浏览器", "Edg/", "Edge", "Firefox", "Firefox", "Chrome", "Chrome 类浏览器", "Safari", "Safari")
	system := find("Android", "安卓手机", "iPhone", "iPhone", "iPad", "iPad", "Windows", "Windows 电脑", "Mac OS", "Mac 电脑", "Linux", "Linux 电脑")
	switch {
	case browser == "" && system == "":
		return "不明设备"
	case system == "":
		return browser
	case browser == "":
		return system
	}
	return system + "，" + browser
}

func (s *Service) passwordView(f *web.Form, who Session) pages.PasswordView {
	return pages.PasswordView{Form: f, First: who.mustChange, Login: who.Login(), Rule: s.policy.Password.rule()}
}

// rule says in words what a password must be.
func (p PasswordPolicy) rule() string {
	return fmt.Sprintf("至少 %d 位，有大写字母、小写字母、数字、符号中的 %d 种，不含账号和姓名", p.Length, p.Classes)
}

func (s *Service) showPassword(w http.ResponseWriter, r *http.Request, who Session) error {
	return web.Render(w, r, http.StatusOK, pages.Password(s.passwordView(nil, who)))
}

func (s *Service) changeOwnPassword(w http.ResponseWriter, r *http.Request, who Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	old, fresh := f.Value("old"), f.Value("fresh")
	if old == "" {
		f.Add("old", "请填写原密码")
	}
	if fresh != f.Value("again") {
		f.Add("again", "两次输入的新密码不一样")
	}
	err = f.Err()
	if err == nil {
		err = s.ChangePassword(r.Context(), who, old, fresh)
	}
	for _, name := range []string{"old", "fresh", "again"} {
		f.Set(name, "")
	}
	if status, ok := f.Take(err); ok {
		return web.Render(w, r, status, pages.Password(s.passwordView(f, who)))
	}
	if err != nil {
		return err
	}
	token, err := s.renew(w, r, who)
	if err != nil {
		return err
	}
	r = r.WithContext(web.WithViewer(r.Context(), web.Viewer{Name: who.Name(), OpKey: formKey(token)}))
	web.Notify(w, r, web.Flash{Text: "密码已修改，其他设备上的登录已退出"})
	web.SeeOther(w, r, s.home(who))
	return nil
}

// renew starts a new session after all of the account's were ended by its own change of what protects it.
func (s *Service) renew(w http.ResponseWriter, r *http.Request, who Session) (token string, err error) {
	token = newToken()
	err = s.db.Update(r.Context(), func(tx *store.Tx) error {
		a, err := s.AccountByID(tx, who.account.ID)
		if err != nil {
			return err
		}
		return s.startSession(tx, a, token, who.ip, r.UserAgent())
	})
	if err != nil {
		return "", err
	}
	s.setCookie(w, token)
	return token, nil
}

// sessionWith loads a session that was just started.
func (s *Service) sessionWith(ctx context.Context, token string) (who Session, err error) {
	err = s.db.View(ctx, func(tx *store.Tx) (err error) {
		who, _, _, err = s.sessionByToken(tx, token)
		return err
	})
	return who, err
}

func (s *Service) endOwnSession(w http.ResponseWriter, r *http.Request, who Session) error {
	id, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return missing("这个登录")
	}
	if err := s.EndSession(r.Context(), who, id); err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: "已让那台设备退出登录"})
	web.SeeOther(w, r, "/w/me")
	return nil
}
