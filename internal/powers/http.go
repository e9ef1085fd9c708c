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
	return append(s.drafts.Routes(at), []access.Route{
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
		{Pattern: "GET /w/laws", Allow: access.PowerRead, Handle: s.lawsPage},
		{Pattern: "GET /powers", Allow: access.Public, Handle: s.portal},
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

func address(path string, v url.Values) string {
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
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

func (s *Service) portal(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	form := web.QueryForm(r)
	f := Filter{Words: form.Text("q", 100), State: StateAdopted}
	var page ListPage
	var bureau string
	var demo bool
	err := s.db.View(r.Context(), func(tx *store.Tx) (err error) {
		f.On = tx.Today()
		if bureau, demo, _, err = ledger0(tx); err != nil {
			return err
		}
		page, err = s.List(tx, f, form.Value("after"))
		return err
	})
	if err != nil {
		return err
	}
	keep := url.Values{}
	if f.Words != "" {
		keep.Set("q", f.Words)
	}
	v := pages.PortalView{
		Page: web.PublicOf("权责清单", "/powers", bureau, demo), Form: form, Total: page.Total,
		Pager: pagerOf("/powers", keep, page), Empty: web.EmptyView{Title: "没有符合条件的事项", Exit: web.Link{Label: "看全部", Href: "/powers"}},
	}
	for _, p := range page.Items {
		v.Rows = append(v.Rows, rowOf(p, page.Tiers, f.On))
	}
	return web.Render(w, r, http.StatusOK, pages.Portal(v))
}

func (s *Service) lawsPage(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	form := web.QueryForm(r)
	on := form.Date("on", "有效于")
	if err := form.Err(); err != nil {
		return err
	}
	v := pages.LawsView{Form: form}
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
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
	return web.Render(w, r, http.StatusOK, pages.Laws(v))
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
	f.Note = "条文原文由本局导入自己的法规库，这里只存名称、文号、日期和条号。"
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
