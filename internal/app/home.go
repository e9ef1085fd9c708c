package app

import (
	"net/http"
	"net/url"
	"strings"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/app/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

// home is the start of the public portal: for everybody, without sign-in.
func (a *App) home() []access.Route {
	return []access.Route{
		{Pattern: "GET /{$}", Allow: access.Public, Handle: a.start},
		{Pattern: "GET /{rest...}", Allow: access.Public, Handle: func(http.ResponseWriter, *http.Request, access.Session) error {
			return web.NoPage
		}},
		{Pattern: "GET /about", Allow: access.Public, Handle: func(w http.ResponseWriter, r *http.Request, _ access.Session) error {
			return web.Render(w, r, http.StatusOK, pages.About(a.publicPage("关于", "/about")))
		}},
	}
}

// start shows the portal. A typed code is checked for slips here, while it can still be mended, and then
// leads to the paper's own page.
func (a *App) start(w http.ResponseWriter, r *http.Request, s access.Session) error {
	form := web.QueryForm(r)
	status := http.StatusOK
	if typed := strings.TrimSpace(form.Value("code")); typed != "" {
		code, err := store.ParseCode(typed)
		if err == nil {
			http.Redirect(w, r, "/v/"+url.PathEscape(code), http.StatusSeeOther)
			return nil
		}
		form.Add("code", "%s", err)
		status = http.StatusUnprocessableEntity
	}
	v := pages.StartView{Page: a.publicPage("首页", "/"), Form: form, Interface: api.Base + "/", SignIn: web.Link{Label: "工作人员登录", Href: web.SignInPath}}
	if s.SignedIn() {
		v.SignIn = web.Link{Label: s.Name() + "，进入工作台", Href: "/w/"}
	}
	return web.Render(w, r, status, pages.Start(v))
}

// publicPage is a page of the portal in this bureau's name.
func (a *App) publicPage(title, current string) web.PublicPage {
	return web.PublicOf(title, current, a.Bureau, a.Demo)
}
