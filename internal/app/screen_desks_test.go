package app_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/app/apptest"
	"fadu/internal/casework"
	"fadu/internal/demo"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// deskActs begins the routes of the acts of the ordinary procedure.
const deskActs = "POST /w/cases/{id}/acts/"

// tour follows cases of the ordinary procedure through the demo's scenarios. Where an act is open that was not done
// yet, it is done on a copy of the bureau by its form; the scenario goes on in the original.
type tour struct {
	*filling
	bureau *apptest.Site
	office *demo.Office
	// walk is the case in hand, here where it stands.
	walk *demo.Walk
	here string
	// left are the acts whose form was not done yet, with what hindered it; tried counts how often.
	left  map[string]string
	tried map[string]int
	// failed are those that were refused where the case stands now.
	failed map[string]bool
	// read are the papers that were opened in this copy, kept the pages that are to be opened in a browser.
	read map[string]bool
	kept []*answered
	// shown counts the acts of which a page shows something that was typed.
	shown int
}

// able is an act that somebody can do now, by its form.
type able struct {
	act, of, login string
	moves          bool
}

// deskLogins are those who have the acts of a case between them, the one who leads it first.
var deskLogins = []string{"", "leader1", "deputy", "head", "clerk", "cashier", "reviewer", "legal", "lawyer1"}

// TestOrdinaryTextIsShownAsText does for the acts of the ordinary procedure what TestTextIsShownAsText does for the other
// forms: the session ends in the middle of each, each is filled in with tricks and refused, done by whoever may do it and
// sent once more from before; the form, the answers and every page that shows what was typed are opened in a real browser.
func TestOrdinaryTextIsShownAsText(t *testing.T) {
	t.Parallel()
	g := newTour(t)
	acts := maps.Clone(g.left)
	g.scenarios()
	for _, act := range slices.Sorted(maps.Keys(acts)) {
		route := deskActs + strings.ReplaceAll(act, "_", "-")
		switch left, ok := g.left[act]; {
		case ok && unopened[act] == "":
			t.Errorf("%s：%s", act, left)
		case !ok && unopened[act] != "":
			t.Errorf("%s 办了，从 unopened 里删去", act)
		case !ok && (!g.expired[route] || !g.older[route]):
			t.Errorf("%s：登录过期试了 %v，旧页面试了 %v", act, g.expired[route], g.older[route])
		}
	}
	g.site = g.bureau
	g.covered()
	t.Logf("%d 个动作办了 %d 个，%d 张表单，%d 项，两个版本都写出 %d 项，办后看到所写的 %d 个动作，打开 %d 页", len(acts), len(acts)-len(g.left), len(g.forms), len(g.became), g.both, g.shown, len(g.kept))
	if len(acts)-len(g.left) < 150 || g.both < 30 || g.shown < 100 {
		t.Error("太少了：这个试验没有走到该走的表单")
	}
	newTheatre(g.screens, 360).show(g.kept, g.harmless)
}

// newTour opens an empty bureau of the demo with a stationed lawyer.
func newTour(t *testing.T) *tour {
	t.Helper()
	bureau, err := apptest.Open(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := bureau.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := lawyer(bureau); err != nil {
		t.Fatal(err)
	}
	g := &tour{bureau: bureau, office: demo.NewOffice(bureau.App, bureau.Clock), left: map[string]string{}, tried: map[string]int{}}
	s := &screens{t: t, site: bureau, mux: http.NewServeMux(), known: map[string]*seenForm{}, queries: map[string]map[string]bool{}}
	for _, rt := range bureau.App.Routes() {
		s.mux.HandleFunc(rt.Pattern, func(http.ResponseWriter, *http.Request) {})
		if act, ok := strings.CutPrefix(rt.Pattern, deskActs); ok {
			g.left[strings.ReplaceAll(act, "-", "_")] = "没有走到"
		}
	}
	g.filling = newFilling(s, trickery())
	g.name, g.photo = `现场"><img data-trap src=x onerror=window.__x=1>';--`, trickyPhotograph()
	return g
}

// lawyer gives the first squad a stationed lawyer.
func lawyer(site *apptest.Site) error {
	ctx := context.Background()
	var unit access.UnitID
	err := site.App.DB.View(ctx, func(tx *store.Tx) error {
		u, err := site.App.Access.UnitByCode(tx, ownUnit)
		unit = u.ID
		return err
	})
	if err == nil {
		_, err = site.App.Access.CreateAccount(ctx, access.System("test"), access.AccountInput{Login: "lawyer1", Name: "演示·驻队律师", Unit: unit, Roles: []access.Role{access.Lawyer}, Password: demo.Password, Settled: true})
	}
	return err
}

// scenarios plays them side by side, each step on its day, and stops before each.
func (g *tour) scenarios() {
	g.t.Helper()
	var walks []*demo.Walk
	for _, name := range deskScenarios {
		sc, _, err := scenario(name, "")
		if err != nil {
			g.t.Fatal(err)
		}
		walks = append(walks, g.office.Begin(context.Background(), sc))
	}
	all := slices.Clone(walks)
	for {
		walks = slices.DeleteFunc(walks, func(w *demo.Walk) bool { return w.Done() })
		if len(walks) == 0 || len(g.left) == 0 {
			break
		}
		w := slices.MinFunc(walks, func(a, b *demo.Walk) int { return strings.Compare(g.due(a), g.due(b)) })
		on, err := w.Due()
		if err != nil {
			g.t.Fatal(err)
		}
		if at := on.Start().Add(9 * time.Hour); at.After(g.bureau.Clock.Now()) {
			g.bureau.Clock.Set(at)
		}
		g.walk = w
		if w.ID != 0 {
			g.stop()
		}
		if err := w.PlayOn(1); err != nil {
			g.t.Fatal(err)
		}
		if w.Done() {
			g.stop()
		}
	}
	for _, w := range all { // what time alone brings about
		if w.Name == "登记保存中" {
			g.walk = w
			g.stop()
		}
	}
}

func (g *tour) due(w *demo.Walk) string {
	on, err := w.Due()
	if err != nil {
		g.t.Fatal(err)
	}
	return on.String()
}

// stop does what is open here and was not done before.
func (g *tour) stop() {
	g.t.Helper()
	g.failed = map[string]bool{}
	for len(g.todo(g.bureau)) > 0 || g.confiscates() {
		n := len(g.left)
		if g.branch(); len(g.left) == n {
			return
		}
	}
}

// todo are the acts that are possible in a bureau's copy of the case and were not done by their forms yet: first those
// that leave the case where it is.
func (g *tour) todo(site *apptest.Site) []able {
	g.t.Helper()
	var out []able
	err := site.App.DB.View(context.Background(), func(tx *store.Tx) error {
		c, err := site.App.Cases.Load(tx, access.System("test"), access.CaseRead, g.walk.ID)
		if err != nil {
			return err
		}
		g.here, g.other = fmt.Sprintf("%s，%s", g.walk.Name, c.State), ""
		if g.walk.Other != 0 {
			other, err := site.App.Cases.Load(tx, access.System("test"), access.CaseRead, g.walk.Other)
			if err != nil {
				return err
			}
			g.other = other.CaseNo
		}
		for _, login := range deskLogins {
			if login == "" {
				login = g.walk.Handler()
			}
			by, err := site.App.Access.SessionFor(context.Background(), login)
			if err != nil {
				return err
			}
			choices, err := site.App.Cases.Choices(tx, by, c)
			if err != nil {
				return err
			}
			for _, ch := range choices {
				if where := deskPlaces[ch.Act]; where != "" && !strings.Contains(g.walk.Name+string(c.State), where) || deskHands[ch.Act] != nil && !slices.Contains(deskHands[ch.Act], login) {
					continue
				}
				if !g.wanted(ch.Act) || !ch.Allowed || len(ch.Lacks) > 0 || g.failed[ch.Act] || g.tried[ch.Act] > 9 || slices.ContainsFunc(out, func(a able) bool { return a.act == ch.Act }) {
					continue
				}
				a, ok := casework.OrdinaryLine.Act(ch.Act)
				out = append(out, able{ch.Act, ch.Of, login, ok && (a.Back || a.To != "" && a.To != c.State) || ch.Of != ""})
			}
		}
		return nil
	})
	if err != nil {
		g.t.Fatal(err)
	}
	rank := func(a able) int {
		if i := slices.Index(deskLast, a.act); i >= 0 {
			return 1 + i
		}
		return boolInt(a.moves) * (1 + len(deskLast))
	}
	slices.SortStableFunc(out, func(a, b able) int { return rank(a) - rank(b) })
	return out
}

// wanted reports whether an act is still to be done, for itself or for another that rests on it.
func (g *tour) wanted(act string) bool {
	_, left := g.left[act]
	_, next := g.left[deskNext[act]]
	return left || next
}

// confiscates reports whether this case is to be one whose served decision confiscates: no scenario of the demo has one.
func (g *tour) confiscates() bool {
	return g.here == "一般案件，负责人直接决定，"+string(casework.Delivered) && g.left["dispose"] != "" && !g.failed["dispose"]
}

// branch does in a copy of the bureau as many acts as can be done there.
func (g *tour) branch() {
	g.t.Helper()
	dir := g.t.TempDir()
	site := g.copied(dir)
	defer func() {
		if err := site.Close(); err != nil {
			g.t.Error(err)
		}
		_ = os.RemoveAll(dir)
	}()
	g.site, g.by, g.read = site, map[string]*sitter{}, map[string]bool{}
	if g.confiscates() {
		testkit.Update(g.t, site.App.DB, func(tx *store.Tx) error {
			_, err := tx.DB().NewRaw(`UPDATE penalty_case SET penalty_kinds = ? WHERE id = ?`, "罚款;没收非法财物", int64(g.walk.ID)).Exec(tx.Ctx)
			return err
		})
	}
	here := map[string]bool{}
	for {
		todo := slices.DeleteFunc(g.todo(site), func(a able) bool { return here[a.act] })
		if len(todo) == 0 {
			return
		}
		here[todo[0].act] = true
		g.desk(todo[0])
		site.Clock.Advance(time.Minute)
	}
}

// copied serves a copy of the bureau as it stands.
func (g *tour) copied(dir string) *apptest.Site {
	g.t.Helper()
	testkit.Update(g.t, g.bureau.App.DB, func(*store.Tx) error { return copyBureau(dir, g.bureau.Data) }) // nobody else writes meanwhile
	site, err := apptest.Serve(app.Config{Data: dir})
	if err != nil {
		g.t.Fatal(err)
	}
	site.Clock.Set(g.bureau.Clock.Now().Add(time.Hour))
	return site
}

// desk opens the form of an act, lets the session end in it, sends it wrongly, rightly and once more from before.
func (g *tour) desk(a able) {
	g.t.Helper()
	g.tried[a.act]++
	form := g.at(a, a.login)
	if form == nil {
		g.left[a.act] = fmt.Sprintf("%s：%s 的页面上没有表单", g.here, a.login)
		return
	}
	if g.tried[a.act] == 1 {
		g.refuse(form)
	}
	if form = g.open(form); form == nil {
		g.t.Fatalf("%s：%s 的表单不见了", g.here, a.act)
	}
	b := g.act(form)
	g.failed[a.act] = true
	if b.status != http.StatusSeeOther {
		g.left[a.act] = fmt.Sprintf("%s：%s 办不了：%d %v %.300s", g.here, a.login, b.status, faultsOf(b), refusedWith(b))
		return
	}
	delete(g.left, a.act)
	g.forms = append(g.forms, form)
	for i, login := range deskHands[a.act] { // everybody signs alone
		if i > 0 && g.at(a, login) != nil {
			g.act(g.at(a, login))
		}
	}
	g.after(form, b.header.Get("Location"))
}

// after opens the case as the act left it, what it shows of the part in hand and the papers that are new: something of
// what was typed stands there.
func (g *tour) after(form *seenForm, to string) {
	g.t.Helper()
	at, _, _ := strings.Cut(to, "?")
	paths, read := []string{to, at, "/w/cases?procedure=ordinary"}, map[string]bool{}
	for len(paths) > 0 {
		path := paths[0]
		paths = paths[1:]
		if read[path] || g.read[path] {
			continue
		}
		read[path] = true
		a := g.ask(form.who, http.MethodGet, path, "", nil, "")
		g.pages = append(g.pages, a)
		for n := range mainOrAll(a.doc).Descendants() {
			next := attribute(n, "href")
			if strings.HasPrefix(next, "?") {
				next = at + next
			}
			if n.Data == "a" && (strings.HasPrefix(next, "/w/papers/") && strings.Count(next, "/") == 3 || strings.HasPrefix(next, at+"?step=part-") && path == at) {
				paths = append(paths, next)
			}
		}
	}
	for path := range read {
		if strings.HasPrefix(path, "/w/papers/") {
			g.read[path] = true
		}
	}
	g.seen(form)
}

// seen keeps the pages that show what was typed.
func (g *tour) seen(form *seenForm) {
	g.t.Helper()
	marks, shown := map[string]bool{}, false
	for _, c := range form.controls {
		for _, typed := range g.typed[form.key+" "+c.name] {
			if m := mark.FindString(typed); m != "" {
				marks[m] = true
			}
		}
	}
	for _, a := range g.pages {
		for text := range textsOf(a.doc) {
			for _, m := range mark.FindAllString(text, -1) {
				shown = shown || marks[m]
			}
		}
	}
	if len(marks) > 0 && shown {
		g.shown++
	}
	g.kept = append(g.kept, g.marked(slices.Concat(g.answers, g.pages))...)
	g.answers, g.pages = nil, nil
}

// at is the form of an act on the case's page of a login, nil where there is none.
func (g *tour) at(a able, login string) *seenForm {
	g.t.Helper()
	at := fmt.Sprintf("/w/cases/%d", g.walk.ID)
	form := &seenForm{page: at + "?step=" + a.act, action: at + "/acts/" + strings.ReplaceAll(a.act, "_", "-"), method: http.MethodPost, who: g.as(login)}
	if a.of != "" {
		form.page += "&of=" + a.of
	}
	shown := g.ask(form.who, http.MethodGet, form.page, "", nil, "")
	g.pages = append(g.pages, shown)
	form.key, form.enctype = "POST "+g.formPattern(form), enctypeOf(shown.doc, form.action)
	return g.again(form, shown)
}

// refusedWith is what a page says is missing.
func refusedWith(a *answered) string {
	if a.doc == nil {
		return string(a.body)
	}
	var out []string
	for n := range a.doc.Descendants() {
		if strings.Contains(attribute(n, "class"), "refusal") || attribute(n, "role") == "alert" {
			out = append(out, textIn(n))
		}
	}
	if len(out) == 0 {
		return textIn(mainOf(a.doc))
	}
	return strings.Join(out, " ")
}
