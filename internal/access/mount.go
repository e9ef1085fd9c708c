package access

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"strings"
	"time"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/planted"
	"fadu/internal/store"
	"fadu/internal/web"
)

const (
	passwordPath = "/w/me/password"
	// touchEvery is how often the use of a session is written down.
	touchEvery = time.Minute
	// maxKey bounds an Idempotency-Key.
	maxKey = 128
)

// OpKey returns the idempotency key of the request: the id of its form token, or its Idempotency-Key.
func OpKey(r *http.Request) string { return SessionFrom(r.Context()).op }

// Mount puts the routes behind the door: session, permission, origin, token, error page. It panics at
// start on a route that is wrong or double.
func (s *Service) Mount(mux *http.ServeMux, routes []Route) {
	cross := http.NewCrossOriginProtection()
	for _, rt := range routes {
		if err := rt.check(); err != nil {
			panic(err)
		}
		if rt.Bare != nil {
			mux.Handle(rt.Pattern, rt.Bare)
			continue
		}
		mux.HandleFunc(rt.Pattern, func(w http.ResponseWriter, r *http.Request) { s.serve(cross, mux, rt, w, r) })
	}
}

// serve lets one request through the door or says why not.
func (s *Service) serve(cross *http.CrossOriginProtection, mux *http.ServeMux, rt Route, w http.ResponseWriter, r *http.Request) {
	who, err := s.identify(r, rt.api())
	ctx := context.WithValue(context.WithValue(r.Context(), sessionKey{}, who), guessKey{}, &guessing{s.rates, s.log, s.db.Now, who})
	if rt.api() {
		ctx = web.WithViewer(ctx, web.Viewer{Bureau: s.o.Bureau, Demo: s.o.Demo}) // a file is marked as on a page
	} else {
		ctx = s.pageContext(ctx, r, who)
	}
	heard := map[*law.Refusal]bool{}
	hear := func(refusal *law.Refusal) {
		if !heard[refusal] { // a handler may both show and return it
			heard[refusal] = true
			s.noteRefusal(ctx, who, rt.Pattern, refusal)
		}
	}
	r = s.withKept(r.WithContext(web.WithRefusals(ctx, hear)), who)
	if err == nil {
		err = s.allow(rt, r, who)
	}
	if fault.Is(err, fault.Unauthentic) && unsafe(r.Method) && cross.Check(r) == nil && s.late(w, r, mux, rt) {
		return
	}
	if err == nil && unsafe(r.Method) {
		if who.op, err = s.operation(cross, rt, w, r, who); err == nil {
			r = r.WithContext(context.WithValue(r.Context(), sessionKey{}, who))
		}
	}
	if errors.Is(err, errStaleForm) && s.stale(w, r, mux, rt, who) {
		return
	}
	if err == nil && !rt.settling && rt.Allow != Public {
		switch {
		case who.mustChange:
			err = errMustChange
		case who.mustEnrol:
			err = errMustEnrol
		}
	}
	if err == nil {
		err = rt.Handle(w, r, who)
	}
	switch {
	case err == nil:
	case errors.Is(err, errMustChange) && !rt.api():
		web.SeeOther(w, r, passwordPath)
	case errors.Is(err, errMustEnrol) && !rt.api():
		web.SeeOther(w, r, factorPath)
	case outOfDate(err, r) && s.outdated(w, r, mux, rt, who, err):
	default:
		var refusal *law.Refusal
		if errors.As(err, &refusal) {
			hear(refusal)
		}
		if rt.api() && fault.Is(err, fault.Unauthentic) {
			w.Header().Set("WWW-Authenticate", "Bearer")
		}
		web.Fail(w, r, err)
	}
}

// pageContext says who looks at a page, how many rows they want, and that counts are to be of this moment
// after an own act.
func (s *Service) pageContext(ctx context.Context, r *http.Request, who Session) context.Context {
	ctx = store.WithPageSize(ctx, web.RowsOf(r))
	if web.Flashing(r) {
		ctx = store.WithFresh(ctx)
	}
	return web.WithViewer(ctx, s.viewer(ctx, who, r.Method == http.MethodGet && !web.IsHX(r)))
}

var (
	errMustChange = fault.New(fault.Forbidden, "请先修改初始密码，再继续使用")
	errMustEnrol  = fault.New(fault.Forbidden, "您的角色必须使用动态口令，请先设置，再继续使用")
	errStaleForm  = fault.New(fault.Forbidden, "这张表单已经失效（可能重新登录过）。请返回，记下已填的内容，刷新页面后再交")
)

func unsafe(method string) bool {
	return method != http.MethodGet && method != http.MethodHead && method != http.MethodOptions
}

// identify finds the session of the request; without one it is the zero Session.
func (s *Service) identify(r *http.Request, api bool) (Session, error) {
	via := "web"
	if api {
		via = "api"
	}
	nobody := Session{via: via, ip: clientIP(r, s.o.TrustedProxies)}
	if held, ok := bearer(r.Header.Get("Authorization")); ok && api {
		return s.byToken(r, held, nobody.ip)
	}
	c, err := r.Cookie(s.cookieName())
	if err != nil || !wellFormed(c.Value) {
		return nobody, nil
	}
	var who Session
	var idle time.Duration
	known := false
	err = s.db.Look(r.Context(), func(tx *store.Tx) error {
		var seen time.Time
		var err error
		who, seen, known, err = s.sessionByToken(tx, c.Value)
		idle = tx.Now.Sub(seen)
		who.mustChange = known && s.passwordExpired(who.account, tx.Now)
		who.mustEnrol = known && !who.account.SecondFactor && s.factorRequired(who.account)
		return err
	})
	if err != nil || !known {
		return nobody, err
	}
	who.via, who.ip = nobody.via, nobody.ip
	if idle >= touchEvery {
		// Reading goes on when writing does not (a full disk): the session then only ends earlier.
		if err := s.db.Update(r.Context(), func(tx *store.Tx) error { return touch(tx, who.id) }); err != nil {
			s.log.WarnContext(r.Context(), "access: session was not touched", "err", err)
		}
	}
	return who, nil
}

// allow checks sign-in and permission.
func (s *Service) allow(rt Route, r *http.Request, who Session) error {
	switch {
	case rt.Allow == Public:
		return nil
	case !who.SignedIn():
		return fault.New(fault.Unauthentic, "请先登录。离开太久或者角色、密码有变动时，需要重新登录")
	case rt.Pattern == "GET /w/ledger/export" && planted.Is(planted.RoleForgotten):
		return nil
	case rt.Allow != "" && !who.Can(rt.Allow):
		e := who.event(EventForbidden)
		e.Action, e.Detail = rt.Pattern, "没有“"+permissionLabel(rt.Allow)+"”的权限"
		s.noteApart(r.Context(), e)
		return forbidden(rt.Allow)
	}
	return nil
}

// operation checks where an unsafe request comes from and returns its idempotency key.
func (s *Service) operation(cross *http.CrossOriginProtection, rt Route, w http.ResponseWriter, r *http.Request, who Session) (string, error) {
	if err := cross.Check(r); err != nil && !who.ByToken() { // a browser sends no token by itself
		return "", s.badToken(r, rt, who, fault.New(fault.Forbidden, "这次提交来自别的网站，没有执行。请从本系统的页面上操作"))
	}
	switch {
	case rt.Pure:
		return "", nil
	case rt.api():
		return apiKey(r)
	case !who.SignedIn():
		return "", nil // a public form: nobody's rights can be misused
	}
	f, err := web.ParseForm(w, r, rt.MaxBody)
	if err != nil {
		return "", err
	}
	id, ok := web.CheckOp(who.formKey, f.Op())
	if !ok && rt.Allow != Public && !planted.Is(planted.TokenUnchecked) {
		return "", s.badToken(r, rt, who, errStaleForm)
	}
	return id, nil
}

func (s *Service) badToken(r *http.Request, rt Route, who Session, answer error) error {
	if who.SignedIn() {
		e := who.event(EventBadToken)
		e.Action = rt.Pattern
		s.noteApart(r.Context(), e)
	}
	return answer
}

// apiKey reads the idempotency key of an API call. The content type keeps simple cross-site forms out.
func apiKey(r *http.Request) (string, error) {
	var fs fault.Fields
	key := r.Header.Get("Idempotency-Key")
	if key == "" || len(key) > maxKey || strings.ContainsFunc(key, func(c rune) bool { return c <= ' ' || c > '~' }) {
		fs.Add("Idempotency-Key", "请求头 Idempotency-Key 应是 1 到 %d 个可见字符，每次新的操作换一个，重试时不变", maxKey)
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		fs.Add("Content-Type", "请求体应是 application/json")
	}
	return key, fs.Err()
}
