package access

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access/pages"
	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/web"
)

// keptParam is the part of an address that brings a kept form back.
const keptParam = "kept"

// keptPath shows all of a kept form, whatever the page now asks for.
const keptPath = "/w/kept/"

// passwordField is never kept, whatever else its form holds.
const passwordField = "password"

// lastPurpose seals who signed in last in a browser: a form that comes too late is kept for that account
// alone. It lets nobody in.
const lastPurpose = "last account"

func (s *Service) lastCookie() string { return s.sideCookie("last") }

// remember tells the browser, sealed, whose it was last.
func (s *Service) remember(w http.ResponseWriter, id AccountID) {
	http.SetCookie(w, &http.Cookie{Name: s.lastCookie(), Value: s.sealer.seal(lastPurpose, []byte(id.String())), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.o.HTTPS})
}

// lastAccount returns who signed in last in this browser, 0 for nobody.
func (s *Service) lastAccount(r *http.Request) AccountID {
	c, err := r.Cookie(s.lastCookie())
	if err != nil {
		return 0
	}
	b, err := s.sealer.open(lastPurpose, c.Value)
	if err != nil {
		return 0
	}
	var id AccountID
	if id.UnmarshalText(b) != nil {
		return 0
	}
	return id
}

// late answers a form that came after its session had ended: it keeps what was typed and shows the
// sign-in page, from which its holder comes back to the form. It reports whether it answered.
func (s *Service) late(w http.ResponseWriter, r *http.Request, mux *http.ServeMux, rt Route) bool {
	if rt.api() || rt.secret || web.IsHX(r) || !unsafe(r.Method) {
		return false
	}
	note := "您已退出登录（离开太久，或者账号有变动）。请重新登录"
	back := ""
	if account := s.lastAccount(r); account != 0 {
		path, k, err := s.keepForm(w, r, mux, rt, account)
		switch {
		case err == nil:
			back, note = path, "您已退出登录（离开太久，或者账号有变动）。刚才填的内容已经保留，请用原来的账号登录，接着填。"+filesNote(k)
		case fault.Is(err, fault.Invalid):
			note += "。" + err.Error() + "：登录前请先把这一页退回去，记下填过的内容"
		default:
			s.log.WarnContext(r.Context(), "access: a late form was not kept", "err", err)
			note += "。刚才填的内容没有能保留：登录前请先把这一页退回去，记下填过的内容"
		}
	}
	v := s.signInView(nil, back, "")
	v.Note = note
	if err := web.Render(w, r, http.StatusUnauthorized, pages.SignIn(v)); err != nil {
		web.Fail(w, r, err)
	}
	return true
}

// stale answers a form that was opened under an earlier session of this browser: back to its page, with
// what was typed. It reports whether it answered.
func (s *Service) stale(w http.ResponseWriter, r *http.Request, mux *http.ServeMux, rt Route, who Session) bool {
	if from, err := url.Parse(r.Referer()); err != nil || from.Host != r.Host {
		return false // nobody's own page, or another site's form
	}
	if rt.api() || rt.secret || web.IsHX(r) {
		return false
	}
	path, _, err := s.keepForm(w, r, mux, rt, who.account.ID)
	if err != nil {
		s.log.WarnContext(r.Context(), "access: a stale form was not kept", "err", err)
		return false
	}
	web.SeeOther(w, r, path)
	return true
}

func formatID(id int64) string { return strconv.FormatInt(id, 10) }

func filesNote(k KeptForm) string {
	if len(k.Files) == 0 {
		return ""
	}
	return "照片等文件不保留，请重新选择。"
}

// keepTyped stores the form and returns its number. What was read of the form is returned in any case.
func (s *Service) keepTyped(w http.ResponseWriter, r *http.Request, rt Route, account AccountID) (id int64, k KeptForm, err error) {
	k = KeptForm{Action: r.URL.RequestURI(), Values: url.Values{}}
	f, err := web.ParseForm(w, r, rt.MaxBody)
	if err != nil {
		return 0, k, err
	}
	for name, values := range r.PostForm {
		if name != web.OpName && name != passwordField {
			k.Values[name] = values
		}
	}
	k.Files = f.FileNames()
	err = s.db.Update(r.Context(), func(tx *store.Tx) (err error) {
		id, err = s.keep(tx, account, k)
		return err
	})
	return id, k, err
}

// keepForm stores the form and returns the page that brings it back.
func (s *Service) keepForm(w http.ResponseWriter, r *http.Request, mux *http.ServeMux, rt Route, account AccountID) (string, KeptForm, error) {
	id, k, err := s.keepTyped(w, r, rt, account)
	if err != nil {
		return "", k, err
	}
	page := pageOf(r, mux)
	if page == nil {
		return keptPath + formatID(id), k, nil
	}
	q := page.Query()
	q.Set(keptParam, formatID(id))
	page.RawQuery = q.Encode()
	return page.RequestURI(), k, nil
}

// pageOf is the page of this site on which the form stood, when it can be opened again.
func pageOf(r *http.Request, mux *http.ServeMux) *url.URL {
	u, err := url.Parse(r.Referer())
	if err != nil || u.Host != r.Host || localNext(u.RequestURI()) == "" {
		return nil
	}
	_, pattern := mux.Handler(&http.Request{Method: http.MethodGet, URL: u, Host: r.Host})
	if !strings.HasPrefix(pattern, "GET ") || pattern == "GET /{rest...}" {
		return nil // after a form that was shown again the address is that of the act
	}
	return u
}

// withKept puts a kept form of the actor into the context of the page that shows it again.
func (s *Service) withKept(r *http.Request, who Session) *http.Request {
	text := r.URL.Query().Get(keptParam)
	if text == "" || r.Method != http.MethodGet || who.account.ID == 0 {
		return r
	}
	id, err := store.ParseID(text)
	if err != nil {
		return r
	}
	k, err := s.keptForm(r, who, id)
	if err != nil {
		return r // past its time or somebody else's: the page as it is
	}
	action := k.Action
	if u, err := url.Parse(action); err == nil {
		action = u.Path
	}
	return r.WithContext(web.WithKept(r.Context(), web.Kept{Action: action, Values: k.Values, Files: k.Files, Href: keptPath + text}))
}

func (s *Service) keptForm(r *http.Request, who Session, id int64) (k KeptForm, err error) {
	err = s.db.View(r.Context(), func(tx *store.Tx) (err error) {
		k, err = s.kept(tx, who, id)
		return err
	})
	return k, err
}

// showKept lists all that was typed, and can send it again as it was.
func (s *Service) showKept(w http.ResponseWriter, r *http.Request, who Session) error {
	id, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return missing("保留的内容")
	}
	k, err := s.keptForm(r, who, id)
	if err != nil {
		return err
	}
	v := pages.KeptView{Action: k.Action, Files: k.Files}
	for name, values := range k.Values {
		for _, value := range values {
			v.Rows = append(v.Rows, pages.KeptRow{Name: name, Value: value})
		}
	}
	slices.SortStableFunc(v.Rows, func(a, b pages.KeptRow) int { return strings.Compare(a.Name, b.Name) })
	return web.Render(w, r, http.StatusOK, pages.Kept(v))
}
