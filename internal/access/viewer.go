package access

import (
	"context"
	"net/http"

	"fadu/internal/web"
)

// cookieName is bound to the host by its prefix where the site is reached by https.
func (s *Service) cookieName() string {
	if s.o.HTTPS {
		return "__Host-fadu_session"
	}
	return "fadu_session"
}

// setCookie gives the browser its session; an empty token takes it away.
func (s *Service) setCookie(w http.ResponseWriter, token string) {
	c := &http.Cookie{Name: s.cookieName(), Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.o.HTTPS}
	if token == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// Viewer returns what the page shell shows to the session's holder.
func (s *Service) Viewer(ctx context.Context, who Session) web.Viewer {
	return s.viewer(ctx, who, true)
}

// viewer leaves the counts of the navigation out where nobody will see them.
func (s *Service) viewer(ctx context.Context, who Session, counts bool) web.Viewer {
	v := web.Viewer{Bureau: s.o.Bureau, Demo: s.o.Demo}
	if who.account.ID == 0 {
		return v
	}
	v.Name, v.UnitName, v.RoleLabel = who.Name(), who.unit.Name, s.roleLine(who.account.Roles)
	v.OpKey, v.At = who.formKey, s.db.Now().Format("2006-01-02 15:04")
	v.Menu = []web.Link{{Label: "我的账号", Href: "/w/me"}, {Label: "修改密码", Href: passwordPath}, {Label: "动态口令", Href: factorPath}}
	v.SignOut = "/sign-out"
	switch {
	case who.mustChange:
		v.Home = passwordPath
		return v
	case who.mustEnrol:
		v.Home = factorPath
		return v
	}
	v.Nav = s.navFor(ctx, who, counts)
	v.Home = s.home(who)
	if who.Can(CaseRead) {
		v.Search = s.o.Search
	}
	return v
}

// navFor groups the navigation items that the session's holder may use.
func (s *Service) navFor(ctx context.Context, who Session, counts bool) []web.NavGroup {
	var groups []web.NavGroup
	at := map[string]int{}
	for _, n := range s.o.Nav {
		if !n.shownTo(who) {
			continue
		}
		i, ok := at[n.Group]
		if !ok {
			i = len(groups)
			at[n.Group] = i
			groups = append(groups, web.NavGroup{Label: n.Group})
		}
		item := web.NavItem{Label: n.Label, Href: n.Href, Icon: n.Icon, Phone: n.Phone}
		if counts && n.Count != nil {
			item.Count, item.Late = n.Count(ctx, who)
		}
		groups[i].Items = append(groups[i].Items, item)
	}
	return groups
}

// home is the first place in the navigation that is open to the session's holder.
func (s *Service) home(who Session) string {
	for _, n := range s.o.Nav {
		if n.shownTo(who) {
			return n.Href
		}
	}
	return "/w/me"
}

// roleLine names the roles under the holder's name: the first, and how many more.
func (s *Service) roleLine(roles []Role) string {
	switch len(roles) {
	case 0:
		return ""
	case 1, 2:
		return s.labels(roles)
	}
	return s.roles.label(roles[0]) + "等"
}
