package app_test

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/app/apptest"
	"fadu/internal/approval"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// rare follows a program through every act of the interface. Where the program is about to do what a page's form does
// that no page of a bureau in peace shows, the form is looked for in a copy of the bureau as it stands at that moment
// and filled in there with tricks.
type rare struct {
	*filling
	config app.Config
	bureau *apptest.Site
	// left are the routes of forms that were not met yet, by the call that does the same.
	left map[string][]string
	// tries counts the copies in which a form was looked for, kept the pages that are to be opened in a browser.
	tries map[string]int
	kept  []*answered
}

// rarePages are where a form stands, where its own address does not lead there, or the question whose answer that is; {id} is
// the record of the call.
var rarePages = map[string]string{
	"POST /w/me/second-factor/confirm":        "/w/me/second-factor",
	"POST /w/me/second-factor/recovery":       "/w/me/second-factor",
	"POST /w/me/second-factor/stop":           "/w/me/second-factor",
	"POST /w/cases/{id}/signing/{kind}":       "SELECT '/w/cases/' || MAX(id) FROM penalty_case WHERE state = 'filing_asked'",
	"POST /w/cases/staffing/assign":           "SELECT '/w/cases/staffing?case=' || MAX(id) FROM penalty_case WHERE closed_at = 0",
	"POST /w/powers/item/{code}/confirm":      "SELECT '/w/powers/' || code FROM power_item WHERE id = {id}",
	"POST /w/powers/item/{code}/issue":        "SELECT '/w/powers/' || MIN(code) FROM power_benchmark WHERE live = 1",
	"POST /sign-in/code":                      "/sign-in/code",
	"POST /w/money/statement-lines/{id}":      "SELECT '/w/money/statements/' || statement_id || '?line=' || id FROM statement_line WHERE id = {id}",
	"POST /w/money/hand-in":                   "/w/money?tab=cash",
	"POST /w/money/deposit":                   "/w/money?tab=cash",
	"POST /w/money/cases/{id}/payments":       "/w/money/cases/{id}",
	"POST /w/numbers/notes":                   "/w/numbers?gaps=1",
	"POST /w/deadlines/reminders/{id}/answer": "/w/deadlines/reminders/{id}",
	"POST /w/sittings/{id}":                   "/w/sittings/{id}/edit",
	"POST /w/sittings/{id}/markers":           "/w/sittings/{id}/marking",
	"POST /w/sittings/{id}/dismiss":           "/w/sittings/{id}/marking",
}

// rareRefused are forms whose act is refused whatever is typed, each with why.
var rareRefused = map[string]string{
	"POST /w/me/second-factor/confirm":  "要手机上的验证码",
	"POST /w/me/second-factor/recovery": "同上",
	"POST /w/me/second-factor/stop":     "同上",
	"POST /sign-in/code":                "同上",
	"POST /w/training/runs/{id}/act":    "做什么在按钮上，不是填的",
}

// rareFirst is what a bureau in peace has not: done in the copy before the form is looked for.
var rareFirst = map[string]func(*rare, *sitter){
	"POST /w/cases/{id}/signing/{kind}": func(r *rare, _ *sitter) {
		by, err := r.site.App.Access.SessionFor(context.Background(), "legal")
		if err == nil {
			err = r.site.App.Settings.Decide(context.Background(), by, approval.Way.Key, approval.ByForm, "演示", 0)
		}
		if err != nil {
			r.t.Error(err)
		}
	},
	"POST /w/powers/item/{code}/issue": func(r *rare, _ *sitter) {
		testkit.Update(r.t, r.site.App.DB, func(tx *store.Tx) error {
			_, err := tx.Exec(`UPDATE power_benchmark SET issuer = '' WHERE code = (SELECT MIN(code) FROM power_benchmark WHERE live = 1)`)
			return err
		})
	},
	"POST /sign-in/code": func(r *rare, p *sitter) {
		p.c = newJar(r.t)
		r.signIn(p)
	},
}

func newRare(t *testing.T, bureau *apptest.Site, config app.Config) *rare {
	t.Helper()
	r := &rare{config: config, bureau: bureau, left: map[string][]string{}, tries: map[string]int{}}
	s := &screens{t: t, site: bureau, mux: http.NewServeMux(), known: map[string]*seenForm{}, queries: map[string]map[string]bool{}}
	for _, rt := range bureau.App.Routes() {
		s.mux.HandleFunc(rt.Pattern, func(http.ResponseWriter, *http.Request) {})
		if why, there := unseen[rt.Pattern]; !there || strings.HasPrefix(why, "只有按钮") || strings.HasSuffix(why, "永远没有这张表单") {
			continue
		}
		if slices.Contains(onlyPages[satInPerson], rt.Pattern) {
			continue // no program does it: the tests of the slice fill it in
		}
		call := sameAct[rt.Pattern]
		if method, path, _ := strings.Cut(rt.Pattern, " "); call == "" {
			call = method + " /api/v1" + strings.TrimPrefix(path, "/w")
		}
		r.left[call] = append(r.left[call], rt.Pattern)
	}
	r.filling = newFilling(s, trickery())
	r.name, r.photo = `现场"><img data-trap src=x onerror=window.__x=1>';--`, trickyPhotograph()
	return r
}

// meet does by their forms what a login is about to do by a call.
func (r *rare) meet(login, method, path string) {
	if r == nil {
		return
	}
	r.t.Helper()
	call := method + " " + path
	if len(r.left[call]) == 0 {
		call = r.patternOf(method, path)
	}
	if len(r.left[call]) == 0 {
		return
	}
	r.left[call] = slices.DeleteFunc(r.left[call], func(route string) bool {
		r.tries[route]++
		return r.tries[route] <= 12 && r.inCopy(login, route, path)
	})
}

// inCopy looks for a form in a copy of the bureau of its own, and fills it in.
func (r *rare) inCopy(login, route, path string) bool {
	r.t.Helper()
	dir, err := os.MkdirTemp(r.t.TempDir(), "")
	if err != nil {
		r.t.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := copyBureau(dir, r.bureau.Data); err != nil { // the program waits, so nobody writes
		r.t.Fatal(err)
	}
	config := r.config
	config.Data = dir
	if r.site, err = apptest.Serve(config); err != nil {
		r.t.Fatal(err)
	}
	defer func() {
		if err := r.site.Close(); err != nil {
			r.t.Error(err)
		}
	}()
	r.site.Clock.Set(r.bureau.Clock.Now().Add(time.Minute))
	r.by = map[string]*sitter{}
	p := r.as(login)
	if first := rareFirst[route]; first != nil {
		first(r, p)
	}
	form := r.find(p, route, path)
	if form == nil {
		return false
	}
	if slices.ContainsFunc(form.controls, (*fieldSeen).free) {
		r.refuse(form)
	}
	if form = r.open(form); form == nil {
		r.t.Errorf("%s：表单不见了", route)
		return true
	}
	a := r.act(form)
	if to := a.header.Get("Location"); a.status == http.StatusSeeOther && strings.HasPrefix(to, "/w/") {
		r.pages = append(r.pages, r.ask(form.who, http.MethodGet, to, "", nil, ""))
	} else if a.status != http.StatusSeeOther && rareRefused[route] == "" {
		r.t.Errorf("%s：办不了：%d %v %.400s", route, a.status, faultsOf(a), refusedWith(a))
	}
	r.kept = append(r.kept, r.marked(slices.Concat(r.answers, r.pages))...)
	r.answers, r.pages = nil, nil
	return true
}

// find goes through the pages about a record until one has the form.
func (r *rare) find(p *sitter, route, path string) *seenForm {
	r.t.Helper()
	queue, seen := r.starts(route, path), map[string]bool{}
	for len(queue) > 0 && len(seen) < 40 {
		at := queue[0]
		queue = queue[1:]
		if seen[at] {
			continue
		}
		seen[at] = true
		a := r.ask(p, http.MethodGet, at, "", nil, "")
		r.forms, r.known = nil, map[string]*seenForm{}
		r.examine(p, a, func(to string) {
			if slices.ContainsFunc(queue, func(q string) bool { return q == to }) || !related(to, route, path) {
				return
			}
			queue = append(queue, to)
		})
		for _, form := range r.forms {
			if r.patternOf(form.method, form.action) == route {
				return form
			}
		}
	}
	return nil
}

// starts are the pages on which a form is looked for first.
func (r *rare) starts(route, path string) []string {
	parts := strings.Split(path, "/")
	id := ""
	for _, part := range parts {
		if id == "" && strings.ContainsAny(part, "0123456789") && part != "v1" {
			id = part
		}
	}
	if at, ok := rarePages[route]; ok {
		at = strings.ReplaceAll(at, "{id}", id)
		if strings.HasPrefix(at, "SELECT") {
			testkit.View(r.t, r.site.App.DB, func(tx *store.Tx) error { return tx.DB().NewRaw(at).Scan(tx.Ctx, &at) })
		}
		return []string{at}
	}
	_, pattern, _ := strings.Cut(route, " ")
	head, _, _ := strings.Cut(pattern, "/{")
	out := []string{head}
	if id != "" {
		out = []string{head + "/" + id, head}
	}
	return out
}

// related reports whether a page may lead to the form: one of the same desk and, where the call is about a record, of
// that record.
func related(to, route, path string) bool {
	_, pattern, _ := strings.Cut(route, " ")
	desk := strings.Join(strings.SplitN(pattern, "/", 4)[:3], "/")
	u, err := url.Parse(to)
	return err == nil && (strings.HasPrefix(u.Path, desk) || strings.HasPrefix(u.Path, "/w/papers/")) && !strings.Contains(u.Path, "export") && !strings.Contains(u.Path, ".")
}

// met fails for a form that was not met and opens what was answered in a real browser.
func (r *rare) met() {
	r.t.Helper()
	for _, call := range slices.Sorted(maps.Keys(r.left)) {
		for _, route := range r.left[call] {
			r.t.Errorf("%s：没有走到它的表单（找了 %d 次）", route, r.tries[route])
		}
	}
	r.site = r.bureau
	newTheatre(r.screens, 360).show(r.kept, r.harmless)
}

// provided is the configuration of a bureau with a provider of identities, which nobody asks.
func provided(dir, database string) app.Config {
	return app.Config{Data: dir, Database: database, OIDC: &access.OIDC{Issuer: "http://127.0.0.1:1", Client: "fadu"}}
}
