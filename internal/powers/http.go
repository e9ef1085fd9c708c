package powers

import (
	"net/http"
	"net/url"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/powers/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Routes are the pages of powers, benchmarks and laws, with the import pages of their lists.
func (s *Service) Routes() []access.Route {
	at := draft.Site{Base: ImportPath, Current: pages.NavPowers, Title: "导入权责、基准和法规", Up: []web.Link{{Label: "权责清单", Href: pages.NavPowers}}, Allow: access.PowerImport}
	own := append(append(append(s.drafts.Routes(at), s.adjustRoutes()...), s.lawRoutes()...), s.publicRoutes()...)
	return append(own, []access.Route{
		{Pattern: "GET /w/powers", Allow: access.PowerRead, Handle: s.listPage},
		{Pattern: "GET /w/powers/export", Allow: access.PowerRead, Handle: s.export},
		{Pattern: "GET /w/powers/calculator", Allow: access.PowerRead, Handle: s.calculatorPage},
		{Pattern: "GET /w/powers/issue", Allow: access.PowerAdopt, Handle: s.issuePage},
		{Pattern: "GET /w/powers/{code}", Allow: access.PowerRead, Handle: s.itemPage},
		{Pattern: "POST /w/powers/adopt", Allow: access.PowerAdopt, Handle: s.adopt},
		{Pattern: "POST /w/powers/issue", Allow: access.PowerAdopt, Handle: s.issue},
		{Pattern: "POST /w/powers/item/{code}/adopt", Allow: access.PowerAdopt, Handle: s.adoptOne},
		{Pattern: "POST /w/powers/item/{code}/confirm", Allow: access.PowerConfirm, Handle: s.confirm},
		{Pattern: "POST /w/powers/item/{code}/end", Allow: access.PowerAdopt, Handle: s.end},
		{Pattern: "POST /w/powers/item/{code}/issue", Allow: access.PowerAdopt, Handle: s.issueOne},
	}...)
}

// Nav are this slice's places in the side navigation.
func Nav() []access.NavItem {
	return []access.NavItem{
		{Group: "查询", Label: "权责与基准", Href: pages.NavPowers, Icon: "law", Phone: true, Allow: access.PowerRead},
		{Group: "查询", Label: "法律法规", Href: pages.NavLaws, Icon: "paper", Allow: access.PowerRead},
	}
}

// filterOf reads a list's conditions from a query or form.
func filterOf(f *web.Form) Filter {
	kind, _ := fromLabel(kindLabels, f.Value("kind"))
	state, _ := fromLabel(stateLabels, f.Value("state"))
	return Filter{Words: f.Text("q", 100), Kind: kind, Domain: f.Text("domain", 20), State: state, On: f.Date("on", "有效于"), Law: f.Text("law", 100)}
}

// query prints the filter as an address's query.
func (f Filter) query() url.Values {
	v := url.Values{}
	for k, s := range f.fields() {
		if s != "" {
			v.Set(k, s)
		}
	}
	return v
}

func (f Filter) fields() map[string]string {
	return map[string]string{"q": f.Words, "kind": string(f.Kind), "domain": f.Domain, "state": string(f.State), "on": f.On.String(), "law": f.Law}
}

func (s *Service) listPage(w http.ResponseWriter, r *http.Request, who access.Session) error {
	form := web.QueryForm(r)
	f := filterOf(form)
	if err := form.Err(); err != nil {
		return err
	}
	v, err := s.listView(r, who, f, form.Value("after"), form)
	if err != nil {
		return err
	}
	if who.Can(access.PowerAdopt) {
		v.Adopt = adoptView(nil, f, v)
	}
	return web.Render(w, r, http.StatusOK, pages.List(v))
}

func (s *Service) itemPage(w http.ResponseWriter, r *http.Request, who access.Session) error {
	return s.showItem(w, r, who, http.StatusOK, actForms{})
}

func (s *Service) lawsPage(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	form := web.QueryForm(r)
	on := form.Date("on", "有效于")
	if err := form.Err(); err != nil {
		return err
	}
	v := pages.LawsView{Form: form}
	article := ""
	err := s.db.View(r.Context(), func(tx *store.Tx) (err error) {
		if article, err = s.cited(tx, form, on); err != nil || article != "" {
			return err
		}
		list, err := s.Laws(tx, form.Text("q", 100), on)
		if err != nil {
			return err
		}
		cited, err := s.CitedBy(tx)
		if err != nil {
			return err
		}
		v.Count = len(list)
		for _, l := range list {
			v.Rows = append(v.Rows, lawRowView(l, cited[l.Title], tx.Today()))
		}
		v.Focus, err = s.focus(tx, form)
		return err
	})
	if err != nil {
		return err
	}
	if article != "" {
		http.Redirect(w, r, article, http.StatusSeeOther)
		return nil
	}
	return web.Render(w, r, http.StatusOK, pages.Laws(v))
}

// cited is where a citation's article is (?cite=XZCF-58-1, or ?law=…&article=第五条), on the day asked for or
// today; "" where the library has no text of that day.
func (s *Service) cited(tx *store.Tx, form *web.Form, on law.Date) (string, error) {
	if on.IsZero() {
		on = tx.Today()
	}
	if key := form.Value("cite"); key != "" {
		c, ok := web.ParseCite(key)
		if !ok || c.Article == 0 {
			return "", nil
		}
		return s.citedArticle(tx, statuteTitle(c.Statute), Article{No: c.Article, Para: c.Para, Item: c.Item}, on)
	}
	as, err := ParseArticles(form.Text("article", 60))
	if err != nil {
		return "", nil // not every link to a law names an article
	}
	return s.citedArticle(tx, form.Text("law", 100), as[0], on)
}

// focus shows the provision that a citation leads to (?cite=XZCF-58-1), or the law that was chosen.
func (s *Service) focus(tx *store.Tx, form *web.Form) (*pages.LawFocus, error) {
	title, words := form.Text("law", 100), ""
	var c law.Citation
	if key := form.Value("cite"); key != "" {
		var ok bool
		if c, ok = web.ParseCite(key); !ok {
			return nil, fault.Missing("这条引用")
		}
		title = statuteTitle(c.Statute)
		if c.Article > 0 {
			words = Article{No: c.Article, Para: c.Para, Item: c.Item}.Han()
		}
	}
	if title == "" {
		return nil, nil
	}
	all, err := laws(tx)
	if err != nil {
		return nil, err
	}
	l, known := NewLibrary(nil, nil, nil, all).Law(title, tx.Today())
	f := &pages.LawFocus{Title: "《" + title + "》" + words, Facts: lawFacts(l, known, c)}
	if !known && c.Statute == "" {
		return nil, fault.Missing("《" + title + "》")
	}
	f.Note = "法规库里还没有它的条文。由法制科在导入页用本局自己的文本导入。"
	items, err := s.All(tx, Filter{Law: title, Words: words})
	if err != nil {
		return nil, err
	}
	for _, p := range items {
		f.Items = append(f.Items, rowOf(p, nil, tx.Today()))
	}
	return f, nil
}

func statuteTitle(code string) string {
	for _, st := range law.Statutes() {
		if st.Code == code {
			return st.Title
		}
	}
	return ""
}
