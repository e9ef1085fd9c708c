package powers

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/powers/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) publicRoutes() []access.Route {
	return []access.Route{
		{Pattern: "GET /powers", Allow: access.Public, Handle: s.portal},
		{Pattern: "GET /powers/{code}", Allow: access.Public, Handle: s.publicItem},
		{Pattern: "GET /w/powers/item/{code}/guide", Allow: access.PowerAdopt, Handle: s.guideForm},
		{Pattern: "POST /w/powers/item/{code}/guide", Allow: access.PowerAdopt, Handle: s.saveGuide},
	}
}

func publicURL(code string) string { return "/powers/" + url.PathEscape(code) }

// published are the conditions of what the public sees: what the bureau has today.
func published(words string, kind Kind) Filter {
	return Filter{Words: words, State: StateAdopted, Kind: kind}
}

// portal lists what the bureau may do today, by kind.
func (s *Service) portal(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	form := web.QueryForm(r)
	kind, _ := fromLabel(kindLabels, form.Value("kind"))
	f := published(form.Text("q", 100), kind)
	v := pages.PortalView{Form: form, Empty: web.EmptyView{Title: "没有符合条件的事项", Exit: web.Link{Label: "看全部", Href: "/powers"}}}
	keep := url.Values{}
	if f.Words != "" {
		keep.Set("q", f.Words)
	}
	if kind != "" {
		keep.Set("kind", string(kind))
		v.Keep = map[string]string{"kind": string(kind)}
	}
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		f.On = tx.Today()
		bureau, demo, _, err := ledger.Birth(tx)
		if err != nil {
			return err
		}
		page, err := s.List(tx, f, form.Value("after"))
		if err != nil {
			return err
		}
		v.Page, v.Total, v.Pager = web.PublicOf("权责清单", "/powers", bureau, demo), page.Total, pagerOf("/powers", keep, page)
		for _, p := range page.Items {
			row := rowOf(p, page.Tiers, f.On)
			row.Href = publicURL(p.Code)
			v.Rows = append(v.Rows, row)
		}
		v.Tabs, err = s.portalTabs(tx, f)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Portal(v))
}

// portalTabs are the kinds with how many powers each has under the words asked for.
func (s *Service) portalTabs(tx *store.Tx, f Filter) ([]web.TabView, error) {
	count, all, err := countKinds(tx, f)
	link := func(k Kind) string {
		v := url.Values{}
		if f.Words != "" {
			v.Set("q", f.Words)
		}
		if k != "" {
			v.Set("kind", string(k))
		}
		return web.Address("/powers", v)
	}
	tabs := []web.TabView{{Label: "全部", Href: link(""), Count: all, Current: f.Kind == ""}}
	for _, k := range kindLabels {
		if count[k.Code] > 0 || f.Kind == k.Code {
			tabs = append(tabs, web.TabView{Label: k.Label, Href: link(k.Code), Count: count[k.Code], Current: f.Kind == k.Code})
		}
	}
	return tabs, err
}

// publicPower is a power with its guide, if it has one, and its flow charts. Only what the bureau has today is shown.
func (s *Service) publicPower(tx *store.Tx, code string) (p PowerItem, g *GuideVersion, charts []FlowChart, err error) {
	items, err := itemsOf(tx, code)
	if err != nil {
		return p, nil, nil, err
	}
	p, ok := NewLibrary(items, nil, nil, nil).current(code, tx.Today())
	if !ok || !p.InForce(tx.Today()) || !p.Adopted(tx.Today()) {
		return p, nil, nil, fault.Missing("这一项权责")
	}
	if g, err = guideOf(tx, p.Code); err != nil {
		return p, nil, nil, err
	}
	charts, err = s.charts(p, g)
	return p, g, charts, err
}

// publicItem is a power's guide and flow chart.
func (s *Service) publicItem(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	var v pages.GuideView
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		bureau, demo, _, err := ledger.Birth(tx)
		if err != nil {
			return err
		}
		p, g, charts, err := s.publicPower(tx, r.PathValue("code"))
		if err != nil {
			return err
		}
		v = publicView(p, g)
		v.Page = web.PublicOf(p.Name, "/powers", bureau, demo)
		for i, c := range charts {
			v.Charts = append(v.Charts, drawing(c, "chart"+strconv.Itoa(i+1)))
			v.Narrow = append(v.Narrow, narrow(c, "narrow"+strconv.Itoa(i+1)))
		}
		return nil
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Guide(v))
}

func publicView(p PowerItem, g *GuideVersion) pages.GuideView {
	v := pages.GuideView{Title: p.Name, Meta: p.Code + " · " + p.Kind.Label() + " · " + p.Domain}
	add := func(label, text string) {
		if text != "" {
			v.Facts = append(v.Facts, web.FactView{Label: label, Text: text})
		}
	}
	add("违反依据", p.Violated.Han())
	add("实施依据", p.Penalty.Han())
	add("处罚种类", strings.Join(p.PenaltyKinds, "、"))
	if p.HasFine() {
		add("法定罚款", p.FineText())
	}
	if p.CorrectionFirst {
		add("前提", "责令改正后逾期不改正、拒不改正的才罚款")
	}
	add("适用范围", p.Scope)
	add("行使依据", p.Standing.AdoptDocument+"，"+SpanText(p.Standing.AdoptedFrom, p.Standing.AdoptedUntil))
	if g == nil {
		return v
	}
	part := func(title string, text string) {
		if text != "" {
			v.Parts = append(v.Parts, pages.GuidePart{Title: title, Lines: strings.Split(text, "\n")})
		}
	}
	part("条件", g.Conditions)
	part("法定期限", g.LegalTerm)
	part("承诺期限", g.OwnTerm)
	part("收费", g.Fee)
	part("办理地点和时间", g.Place)
	part("咨询电话", g.Contact)
	part("监督投诉电话", g.Complaint)
	part("救济途径", g.Remedy)
	v.Materials = g.Materials
	v.Foot = fmt.Sprintf("第 %d 版，%s 公布", g.Number, g.PublishedOn.Han())
	return v
}

func (s *Service) guideForm(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	return s.showGuideForm(w, r, http.StatusOK, nil)
}

func (s *Service) showGuideForm(w http.ResponseWriter, r *http.Request, status int, sent *web.Form) error {
	code := r.PathValue("code")
	v := pages.GuideFormView{Form: sent, Code: code, Public: publicURL(code)}
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		items, err := itemsOf(tx, code)
		if err != nil || len(items) == 0 {
			return orMissing(err, code)
		}
		v.Name = items[len(items)-1].Name
		all, err := guidesOf(tx, code)
		for _, g := range all {
			v.Versions = append(v.Versions, web.LedgerView{Time: g.PublishedOn.String(), Who: g.Author, Text: fmt.Sprintf("第 %d 版", g.Number)})
		}
		v.Seen = strconv.Itoa(len(all))
		if sent == nil {
			v.Form = web.NewForm(nil)
			if len(all) > 0 {
				v.Form = guideValues(all[0].Guide)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	if sent != nil {
		v.Seen = sent.Value("seen")
	}
	return web.Render(w, r, status, pages.GuideForm(v))
}

func guideValues(g Guide) *web.Form {
	return web.NewForm(map[string]string{
		"conditions": g.Conditions, "materials": strings.Join(g.Materials, "\n"), "steps": StepsText(g.Steps), "legal_term": g.LegalTerm, "own_term": g.OwnTerm,
		"fee": g.Fee, "place": g.Place, "contact": g.Contact, "complaint": g.Complaint, "remedy": g.Remedy,
	})
}

func (s *Service) saveGuide(w http.ResponseWriter, r *http.Request, who access.Session) error {
	form, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	g := Guide{
		Conditions: form.Long("conditions", 2000), LegalTerm: form.Text("legal_term", 200), OwnTerm: form.Text("own_term", 200), Fee: form.Text("fee", 200),
		Place: form.Text("place", 200), Contact: form.Text("contact", 200), Complaint: form.Text("complaint", 200), Remedy: form.Long("remedy", 1000),
	}
	for _, line := range strings.Split(form.Long("materials", 2000), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			g.Materials = append(g.Materials, line)
		}
	}
	steps, err := ParseSteps(form.Long("steps", 2000))
	if err != nil {
		form.Add("steps", "%v", err)
	}
	g.Steps = steps
	seen, _ := strconv.Atoi(form.Value("seen"))
	if err = form.Err(); err == nil {
		err = s.SaveGuide(r.Context(), who, r.PathValue("code"), seen, g)
	}
	if status, ok := form.Take(err); ok {
		return s.showGuideForm(w, r, status, form)
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: "已公布"})
	web.SeeOther(w, r, guideURL(r.PathValue("code")))
	return nil
}
