package web

import "github.com/a-h/templ"

// PageMeta describes a page of the work area.
type PageMeta struct {
	Title string
	// Current is the Href of the navigation item that the page belongs to.
	Current string
	Crumb   []Link
	// Refresh reloads the page after so many seconds, for pages that wait for a job; 0 never does.
	Refresh int
}

// PublicPage describes a page of the public portal.
type PublicPage struct {
	Title, Bureau, Current string
	Nav                    []Link
	// Foot are the lines at the bottom: organ, telephone, registrations.
	Foot []string
	Demo bool
}

// PublicNav are the places of the portal: every public page shows the same ones.
func PublicNav() []Link {
	return []Link{{"首页", "/"}, {"权责清单", "/powers"}, {"文书验真", "/v/"}, {"关于", "/about"}, {"接口", "/api/v1/"}}
}

// PublicOf is a page of the portal in the bureau's name.
func PublicOf(title, current, bureau string, demo bool) PublicPage {
	return PublicPage{Title: title, Bureau: bureau, Current: current, Demo: demo, Nav: PublicNav(), Foot: []string{bureau, "本页不收集个人信息"}}
}

// SignInPage describes the page where a session begins.
type SignInPage struct {
	Title, Bureau, Motto string
	Notices              []FactView
	Foot                 []Link
	Demo                 bool
}

func (p PageMeta) title() string { return p.Title + " · 法度" }

// initial is what a phone shows instead of the viewer's name.
func initial(name string) string {
	for _, r := range name {
		return string(r)
	}
	return "我"
}

func joinDot(parts ...string) string {
	out := ""
	for _, p := range parts {
		if p == "" {
			continue
		}
		if out != "" {
			out += " · "
		}
		out += p
	}
	return out
}

// current marks the link of the page that is shown.
func current(is bool) templ.Attributes {
	if is {
		return templ.Attributes{"aria-current": "page"}
	}
	return nil
}

func orElse(s, other string) string {
	if s != "" {
		return s
	}
	return other
}

// iconHref is the brand as a data address, so that browsers ask for no favicon.
func iconHref() templ.SafeURL {
	return "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Crect width='24' height='24' rx='4' fill='%2312305a'/%3E%3Cpath d='M5 5h3.500v10.500H19V19H5z' fill='%23fff'/%3E%3Cpath d='M11 5.500h8M11 8.500h5M11 11.500h8' stroke='%23fff' stroke-width='1.500' fill='none'/%3E%3C/svg%3E"
}
