package access

import (
	"net/http"
	"strings"

	"fadu/internal/access/pages"
	"fadu/internal/fault"
	"fadu/internal/web"
)

// Routes are the pages of this package.
func (s *Service) Routes() []Route {
	return append(s.tokenRoutes(), []Route{
		{Pattern: "GET /sign-in", Allow: Public, Handle: s.showSignIn},
		{Pattern: "POST /sign-in", Allow: Public, Handle: s.signIn},
		{Pattern: "GET /sign-in/code", Allow: Public, Handle: s.showCode},
		{Pattern: "POST /sign-in/code", Allow: Public, Handle: s.signInByCode},
		{Pattern: "GET /sign-in/oidc", Allow: Public, Handle: s.startOIDC},
		{Pattern: "GET " + oidcBack, Allow: Public, Handle: s.backFromOIDC},
		{Pattern: "POST /sign-out", Handle: s.signOut, settling: true, secret: true},

		{Pattern: "GET /w/me", Handle: s.showMe},
		{Pattern: "GET /w/me/password", Handle: s.showPassword, settling: true},
		{Pattern: "POST /w/me/password", Handle: s.changeOwnPassword, settling: true, secret: true},
		{Pattern: "GET /w/me/second-factor", Handle: s.showFactor, settling: true},
		{Pattern: "GET /w/me/second-factor/qr.png", Handle: s.factorQR, settling: true},
		{Pattern: "POST /w/me/second-factor/start", Handle: s.onFactor(s.startFactor), settling: true, secret: true},
		{Pattern: "POST /w/me/second-factor/confirm", Handle: s.onFactor(s.confirmFactor), settling: true, secret: true},
		{Pattern: "POST /w/me/second-factor/recovery", Handle: s.onFactor(s.renewRecovery), secret: true},
		{Pattern: "POST /w/me/second-factor/stop", Handle: s.onFactor(s.stopFactor), secret: true},
		{Pattern: "GET /w/kept/{id}", Handle: s.showKept},
		{Pattern: "POST /w/me/sessions/{id}/end", Handle: s.endOwnSession},

		{Pattern: "GET /w/accounts", Allow: AccountRead, Handle: s.listAccounts},
		{Pattern: "GET /w/accounts/new", Allow: AccountManage, Handle: s.newAccount},
		{Pattern: "POST /w/accounts", Allow: AccountManage, Handle: s.addAccount},
		{Pattern: "GET /w/accounts/{id}", Allow: AccountRead, Handle: s.showAccount},
		{Pattern: "POST /w/accounts/{id}", Allow: AccountManage, Handle: s.onAccount(s.editAccount)},
		{Pattern: "POST /w/accounts/{id}/roles", Allow: RolePropose, Handle: s.onAccount(s.proposeRoles)},
		{Pattern: "POST /w/accounts/{id}/roles/confirm", Allow: RoleGrant, Handle: s.onAccount(s.confirmRoles)},
		{Pattern: "POST /w/accounts/{id}/roles/decline", Allow: RolePropose, Handle: s.onAccount(s.declineRoles)},
		{Pattern: "POST /w/accounts/{id}/unlock", Allow: AccountSecure, Handle: s.onAccount(s.unlockAccount)},
		{Pattern: "POST /w/accounts/{id}/second-factor", Allow: AccountSecure, Handle: s.onAccount(s.resetFactor)},
		{Pattern: "POST /w/accounts/{id}/identity", Allow: AccountManage, Handle: s.onAccount(s.bindIdentity)},
		{Pattern: "POST /w/accounts/{id}/password", Allow: AccountManage, Handle: s.onAccount(s.resetAccount), secret: true},
		{Pattern: "POST /w/accounts/{id}/disable", Allow: AccountManage, Handle: s.onAccount(s.disableAccount)},
		{Pattern: "POST /w/accounts/{id}/enable", Allow: AccountManage, Handle: s.onAccount(s.enableAccount)},

		{Pattern: "GET /w/units", Allow: OrgRead, Handle: s.listUnits},
		{Pattern: "GET /w/units/new", Allow: OrgManage, Handle: s.newUnit},
		{Pattern: "POST /w/units", Allow: OrgManage, Handle: s.addUnit},
		{Pattern: "GET /w/units/{id}", Allow: OrgRead, Handle: s.showUnit},
		{Pattern: "POST /w/units/{id}/name", Allow: OrgManage, Handle: s.onUnit(s.renameUnit)},
		{Pattern: "POST /w/units/{id}/end", Allow: OrgManage, Handle: s.onUnit(s.endUnitPage)},

		{Pattern: "GET /w/security", Allow: SecurityRead, Handle: s.listEvents},
		{Pattern: "GET /w/ledger", Allow: LedgerRead, Handle: s.listEntries},
		{Pattern: "GET /w/ledger/entries/{id}", Allow: LedgerRead, Handle: s.showEntry},
		{Pattern: "GET /w/ledger/checkpoints", Allow: LedgerRead, Handle: s.listCheckpoints},
		{Pattern: "POST /w/ledger/checkpoints", Allow: LedgerRead, Handle: s.makeCheckpoint},
		{Pattern: "GET /w/ledger/checkpoints/{size}", Allow: LedgerRead, Handle: s.showCheckpoint},
		{Pattern: "GET /w/ledger/consistency", Allow: LedgerRead, Handle: s.showConsistency},
		{Pattern: "GET /w/ledger/export", Allow: LedgerRead, Handle: s.exportLedger},
	}...)
}

// Nav are this package's places in the side navigation.
func Nav() []NavItem {
	return []NavItem{
		{Group: "管理", Label: "机构", Href: "/w/units", Icon: "people", Allow: OrgManage, Phone: true},
		{Group: "管理", Label: "账号", Href: "/w/accounts", Icon: "people", Allow: AccountRead, Phone: true},
		{Group: "管理", Label: "接口令牌", Href: "/w/tokens", Icon: "law", Allow: TokenManage},
		{Group: "管理", Label: "办案留痕总账", Href: "/w/ledger", Icon: "paper", Allow: LedgerRead, Phone: true},
		{Group: "管理", Label: "安全日志", Href: "/w/security", Icon: "law", Allow: SecurityRead, Phone: true},
	}
}

const motto = "每一步都有依据，每一步都留下记录，每一个数字都能打开看。"

func (s *Service) showSignIn(w http.ResponseWriter, r *http.Request, who Session) error {
	next := localNext(r.URL.Query().Get("next"))
	if who.SignedIn() {
		web.SeeOther(w, r, s.after(who, next))
		return nil
	}
	return web.Render(w, r, http.StatusOK, pages.SignIn(s.signInView(nil, next, "")))
}

func (s *Service) signInView(f *web.Form, next, problem string) pages.SignInView {
	v := pages.SignInView{Page: s.signInPage("登录"), Form: f, Next: next, Problem: problem}
	if s.oidc != nil {
		v.Outside = s.oidc.o.Label
	}
	for _, d := range s.o.DemoAccounts {
		v.Demo = append(v.Demo, pages.DemoLogin{Name: d.Name, Label: d.Label, Login: d.Login, Password: d.Password})
	}
	return v
}

func (s *Service) signInPage(title string) web.SignInPage {
	p := web.SignInPage{Title: title, Bureau: s.o.Bureau, Motto: motto, Notices: s.o.Notices, Demo: s.o.Demo}
	if s.o.Phone != "" {
		p.Foot = append(p.Foot, web.Link{Label: "值班电话 " + s.o.Phone})
	}
	p.Foot = append(p.Foot, web.Link{Label: "公示门户", Href: "/"})
	return p
}

func (s *Service) signIn(w http.ResponseWriter, r *http.Request, who Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	next := localNext(f.Value("next"))
	in, err := s.SignIn(r.Context(), Credentials{Login: f.Value("login"), Password: f.Value("password"), IP: who.ip, Agent: r.UserAgent()})
	f.Set("password", "")
	if status, ok := f.Take(err); ok {
		return web.Render(w, r, status, pages.SignIn(s.signInView(f, next, "")))
	}
	if fault.Is(err, fault.TooMany) || fault.Is(err, fault.Forbidden) || fault.Is(err, fault.Busy) || fault.Is(err, fault.Conflict) {
		web.RetryAfter(w, err)
		return web.Render(w, r, web.Status(err), pages.SignIn(s.signInView(f, next, err.Error())))
	}
	if err != nil {
		return err
	}
	return s.letIn(w, r, in, next)
}

// after is where a signed-in person goes from the sign-in page.
func (s *Service) after(who Session, next string) string {
	if who.mustChange {
		return passwordPath
	}
	if who.mustEnrol {
		return factorPath
	}
	return orPath(next, s.home(who))
}

func orPath(path, other string) string {
	if path == "" {
		return other
	}
	return path
}

// localNext keeps only a path of this site, and not the sign-in page itself.
func localNext(next string) string {
	next = web.LocalPath(next, "")
	if strings.HasPrefix(next, "/sign-") || len(next) > 2000 {
		return ""
	}
	return next
}

func (s *Service) signOut(w http.ResponseWriter, r *http.Request, who Session) error {
	if err := s.SignOut(r.Context(), who); err != nil {
		return err
	}
	s.setCookie(w, "")
	// What the browser kept of this session's pages goes with it.
	w.Header().Set("Clear-Site-Data", `"cache"`)
	web.SeeOther(w, r, web.SignInPath)
	return nil
}
