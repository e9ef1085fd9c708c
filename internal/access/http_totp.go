package access

import (
	"net/http"
	"net/url"
	"time"

	"fadu/internal/access/pages"
	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/web"

	"github.com/skip2/go-qrcode"
)

const (
	codePath   = "/sign-in/code"
	factorPath = "/w/me/second-factor"
)

// sideCookie names a short-lived cookie beside the session's.
func (s *Service) sideCookie(what string) string {
	if s.o.HTTPS {
		return "__Host-fadu_" + what
	}
	return "fadu_" + what
}

// setSide gives the browser a sealed value for a while; "" takes it away.
func (s *Service) setSide(w http.ResponseWriter, name, value string, lasts time.Duration) {
	c := &http.Cookie{Name: name, Value: value, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.o.HTTPS, MaxAge: int(lasts.Seconds())}
	if value == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// letIn gives the browser its session, or asks for the code first.
func (s *Service) letIn(w http.ResponseWriter, r *http.Request, in Admission, next string) error {
	if in.Token == "" {
		s.setSide(w, s.sideCookie("half"), in.Pending, halfLasts)
		to := codePath
		if next != "" {
			to += "?next=" + url.QueryEscape(next)
		}
		web.SeeOther(w, r, to)
		return nil
	}
	s.setSide(w, s.sideCookie("half"), "", 0)
	s.setCookie(w, in.Token)
	s.remember(w, in.Account)
	web.SeeOther(w, r, orPath(next, web.SignInPath))
	return nil
}

func (s *Service) pendingOf(r *http.Request) string {
	c, err := r.Cookie(s.sideCookie("half"))
	if err != nil {
		return ""
	}
	return c.Value
}

func (s *Service) codeView(f *web.Form, next, problem string) pages.CodeView {
	return pages.CodeView{Page: s.signInPage("填写验证码"), Form: f, Next: next, Problem: problem}
}

func (s *Service) showCode(w http.ResponseWriter, r *http.Request, _ Session) error {
	next := localNext(r.URL.Query().Get("next"))
	if _, _, err := s.halfOf(r.Context(), s.pendingOf(r)); err != nil {
		if fault.Is(err, fault.Unauthentic) {
			return s.signInProblem(w, r, next, err)
		}
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Code(s.codeView(nil, next, "")))
}

func (s *Service) signInByCode(w http.ResponseWriter, r *http.Request, who Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	next := localNext(f.Value("next"))
	in, err := s.FinishSignIn(r.Context(), s.pendingOf(r), f.Value("code"), who.ip, r.UserAgent())
	f.Set("code", "")
	if status, ok := f.Take(err); ok {
		return web.Render(w, r, status, pages.Code(s.codeView(f, next, "")))
	}
	switch {
	case err == nil:
		return s.letIn(w, r, in, next)
	case fault.Is(err, fault.Unauthentic), fault.Is(err, fault.Conflict):
		s.setSide(w, s.sideCookie("half"), "", 0)
		return s.signInProblem(w, r, next, err)
	case fault.Is(err, fault.TooMany), fault.Is(err, fault.Busy):
		web.RetryAfter(w, err)
		return web.Render(w, r, web.Status(err), pages.Code(s.codeView(f, next, err.Error())))
	}
	return err
}

func (s *Service) factorView(r *http.Request, who Session, f *web.Form) (pages.FactorView, error) {
	v := pages.FactorView{Form: f, First: who.mustEnrol, AskPassword: who.account.HasPassword, Login: who.Login()}
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		sf, err := s.SecondFactorOf(tx, who)
		v.On, v.Required, v.Left, v.Since, v.Key = sf.On, sf.Required, sf.Left, moment(sf.Since), spaced(sf.Key)
		return err
	})
	return v, err
}

func (s *Service) showFactor(w http.ResponseWriter, r *http.Request, who Session) error {
	return s.renderFactor(w, r, who, http.StatusOK, nil)
}

func (s *Service) renderFactor(w http.ResponseWriter, r *http.Request, who Session, status int, f *web.Form) error {
	v, err := s.factorView(r, who, f)
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Factor(v))
}

// factorQR is the waiting secret as a picture, for its holder alone.
func (s *Service) factorQR(w http.ResponseWriter, r *http.Request, who Session) error {
	var sf SecondFactor
	err := s.db.View(r.Context(), func(tx *store.Tx) (err error) {
		sf, err = s.SecondFactorOf(tx, who)
		return err
	})
	if err != nil {
		return err
	}
	if sf.Address == "" {
		return missing("等待确认的动态口令")
	}
	png, err := qrcode.Encode(sf.Address, qrcode.Medium, 240)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "image/png")
	w.Header().Set("Cache-Control", "no-store")
	_, err = w.Write(png)
	return err
}

// onFactor is the handler around an act on the own second factor.
func (s *Service) onFactor(do func(w http.ResponseWriter, r *http.Request, who Session, f *web.Form) error) func(http.ResponseWriter, *http.Request, Session) error {
	return func(w http.ResponseWriter, r *http.Request, who Session) error {
		f, err := web.ParseForm(w, r, 0)
		if err != nil {
			return err
		}
		err = do(w, r, who, f)
		f.Set("code", "")
		f.Set("password", "")
		if status, ok := f.Take(err); ok {
			return s.renderFactor(w, r, who, status, f)
		}
		return err
	}
}

func (s *Service) startFactor(w http.ResponseWriter, r *http.Request, who Session, f *web.Form) error {
	if err := s.StartSecondFactor(r.Context(), who, f.Value("password"), f.Value("code")); err != nil {
		return err
	}
	web.SeeOther(w, r, factorPath)
	return nil
}

func (s *Service) confirmFactor(w http.ResponseWriter, r *http.Request, who Session, f *web.Form) error {
	codes, err := s.ConfirmSecondFactor(r.Context(), who, f.Value("code"))
	if err != nil {
		return err
	}
	token, err := s.renew(w, r, who)
	if err != nil {
		return err
	}
	fresh, err := s.sessionWith(r.Context(), token)
	if err != nil {
		return err
	}
	r = r.WithContext(web.WithViewer(r.Context(), s.viewer(r.Context(), fresh, true)))
	return web.Render(w, r, http.StatusOK, pages.Recovery(pages.RecoveryView{Codes: codes, Home: s.home(fresh), First: true}))
}

func (s *Service) renewRecovery(w http.ResponseWriter, r *http.Request, who Session, f *web.Form) error {
	codes, err := s.RenewRecovery(r.Context(), who, f.Value("code"))
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Recovery(pages.RecoveryView{Codes: codes, Home: factorPath}))
}

func (s *Service) stopFactor(w http.ResponseWriter, r *http.Request, who Session, f *web.Form) error {
	if err := s.StopSecondFactor(r.Context(), who, f.Value("code")); err != nil {
		return err
	}
	if _, err := s.renew(w, r, who); err != nil {
		return err
	}
	web.SeeOther(w, r, "/w/me")
	return nil
}
