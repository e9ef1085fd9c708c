package access

import (
	"crypto/subtle"
	"net/http"

	"fadu/internal/access/pages"
	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/web"
)

const tripPurpose = "oidc trip"

func (s *Service) tripCookie() string { return s.sideCookie("oidc") }

// startOIDC sends the browser to the identity provider. It is a link and not a form, since the pages'
// policy lets no form lead to another site.
func (s *Service) startOIDC(w http.ResponseWriter, r *http.Request, _ Session) error {
	if s.oidc == nil {
		return missing("统一身份认证")
	}
	next := localNext(r.URL.Query().Get("next"))
	to, t, err := s.oidc.begin(r.Context(), next, store.Micros(s.db.Now()))
	if err != nil {
		s.log.WarnContext(r.Context(), "access: identity provider", "err", err)
		return s.signInProblem(w, r, next, s.oidc.errDown())
	}
	sealed, err := s.sealer.sealJSON(tripPurpose, t)
	if err != nil {
		return err
	}
	s.setSide(w, s.tripCookie(), sealed, oidcLasts)
	web.SeeOther(w, r, to)
	return nil
}

// backFromOIDC takes what the provider sends back. The sealed cookie binds it to this browser and is good
// for one answer.
func (s *Service) backFromOIDC(w http.ResponseWriter, r *http.Request, who Session) error {
	if s.oidc == nil {
		return missing("统一身份认证")
	}
	var t trip
	c, err := r.Cookie(s.tripCookie())
	if err == nil {
		err = s.sealer.openJSON(tripPurpose, c.Value, &t)
	}
	s.setSide(w, s.tripCookie(), "", 0)
	q := r.URL.Query()
	switch {
	case err != nil || store.FromMicros(t.At).Add(oidcLasts).Before(s.db.Now()) || subtle.ConstantTimeCompare([]byte(q.Get("state")), []byte(t.State)) != 1:
		return s.signInProblem(w, r, "", fault.New(fault.Forbidden, "这次登录没有从本页开始，或者等得太久了，请重新登录"))
	case q.Get("error") == "access_denied":
		return s.signInProblem(w, r, t.Next, fault.New(fault.Forbidden, "您在%s取消了登录", s.oidc.o.Label))
	case q.Get("error") != "" || q.Get("code") == "":
		s.log.WarnContext(r.Context(), "access: identity provider", "error", clip(q.Get("error"), 60))
		return s.signInProblem(w, r, t.Next, fault.New(fault.Forbidden, "%s没有让您通过，请再试一次，或者用账号和密码登录", s.oidc.o.Label))
	}
	subject, err := s.oidc.finish(r.Context(), q.Get("code"), t)
	if err != nil {
		s.log.WarnContext(r.Context(), "access: identity provider", "err", err)
		return s.signInProblem(w, r, t.Next, fault.New(fault.Forbidden, "%s的答复核对不上，没有登录。请再试一次，或者用账号和密码登录", s.oidc.o.Label))
	}
	in, err := s.enterBy(r.Context(), subject, who.ip, r.UserAgent())
	if fault.Is(err, fault.Forbidden) || fault.Is(err, fault.Conflict) {
		return s.signInProblem(w, r, t.Next, err)
	}
	if err != nil {
		return err
	}
	return s.letIn(w, r, in, t.Next)
}

func (s *Service) signInProblem(w http.ResponseWriter, r *http.Request, next string, err error) error {
	return web.Render(w, r, web.Status(err), pages.SignIn(s.signInView(nil, next, err.Error())))
}
