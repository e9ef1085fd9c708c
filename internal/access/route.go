package access

import (
	"context"
	"fmt"
	"net/http"
	"strings"
)

// Route is one pattern of the site with what it takes to use it.
type Route struct {
	// Pattern is as http.ServeMux takes it, with the method: "GET /w/cases/{id}".
	Pattern string
	// Allow is the permission; "" lets in anyone signed in, Public everybody.
	Allow Permission
	// Handle answers, or returns an error that becomes the answer.
	Handle func(w http.ResponseWriter, r *http.Request, s Session) error
	// MaxBody bounds the form of an unsafe request in bytes; 0 means 1 MiB. Uploads set it.
	MaxBody int64
	// Bare answers in place of Handle, without session and page: files and probes that are the same for
	// everybody and must answer without the database. It is Public.
	Bare http.Handler
	// Pure marks an unsafe method that changes nothing (calc): it needs no token and no key.
	Pure bool

	// settling routes stay open to an account that must first change its password or set up its second
	// factor.
	settling bool
	// secret marks a form that holds passwords or codes: it is never kept when it comes too late.
	secret bool
}

func (rt Route) path() string {
	_, path, _ := strings.Cut(rt.Pattern, " ")
	return path
}

func (rt Route) api() bool { return strings.HasPrefix(rt.path(), "/api/") }

// check refuses a route that could not be guarded as it says.
func (rt Route) check() error {
	method, path, ok := strings.Cut(rt.Pattern, " ")
	switch {
	case !ok || method == "" || !strings.HasPrefix(path, "/"):
		return fmt.Errorf("access: route %q needs a method and a path", rt.Pattern)
	case rt.Bare != nil && (rt.Allow != Public || method != http.MethodGet || rt.Handle != nil):
		return fmt.Errorf("access: route %q: what is served bare is public and only asked for", rt.Pattern)
	case rt.Handle == nil && rt.Bare == nil:
		return fmt.Errorf("access: route %q has no handler", rt.Pattern)
	case rt.Allow != "" && rt.Allow != Public && !knownPermission(rt.Allow):
		return fmt.Errorf("access: route %q asks for unknown permission %q", rt.Pattern, rt.Allow)
	}
	return nil
}

// NavItem is a place in the side navigation, shown to those who may go there.
type NavItem struct {
	// Group is the heading; items of one group stand together in the order given.
	Group, Label, Href string
	// Icon is one of web's icons; Phone puts the item into the bottom bar of phones.
	Icon  string
	Phone bool
	// Allow as in Route; "" for anyone signed in.
	Allow Permission
	// Roles, when given, narrows the item to holders of one of them, where the permission alone would
	// also show it to people who have no use for it.
	Roles []Role
	// Count, when given, is the number beside the label, and whether something of it is overdue.
	Count func(ctx context.Context, s Session) (n int, late bool)
}

func (n NavItem) shownTo(s Session) bool {
	if n.Allow != "" && !s.Can(n.Allow) {
		return false
	}
	if len(n.Roles) == 0 {
		return true
	}
	for _, r := range n.Roles {
		if s.HasRole(r) {
			return true
		}
	}
	return false
}

// Matrix prints which role may use which route, as a Markdown table, for the documentation and its
// golden test.
func Matrix(routes []Route) string {
	roles := Catalogue().Roles
	var b strings.Builder
	b.WriteString("| 路由 | 权限 | 未登录 |")
	for _, r := range roles {
		fmt.Fprintf(&b, " %s |", r.Label)
	}
	b.WriteString("\n| --- | --- | --- |" + strings.Repeat(" --- |", len(roles)) + "\n")
	for _, rt := range routes {
		allow := string(rt.Allow)
		if rt.Allow == "" {
			allow = "（已登录）"
		} else if rt.Allow == Public {
			allow = "（公开）"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |", rt.Pattern, allow, mark(rt.Allow == Public))
		for _, r := range roles {
			open := rt.Allow == "" || rt.Allow == Public
			for _, p := range r.Permissions {
				open = open || p == rt.Allow
			}
			fmt.Fprintf(&b, " %s |", mark(open))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func mark(yes bool) string {
	if yes {
		return "●"
	}
	return ""
}
