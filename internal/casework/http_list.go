package casework

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// filterKeys are the conditions that travel in a list's address, in the order of their chips.
var filterKeys = []string{"q", "procedure", "state", "unit", "officer", "power", "ending", "source", "from", "until", "decided_from", "decided_until", "closed_from", "closed_until", "ends", "sort"}

// filterOf reads a list's conditions from its address; "me" is the person, ends is late or soon.
func (s *Service) filterOf(f *web.Form, by access.Session) (Filter, error) {
	out := Filter{
		Words: f.Text("q", 100), State: f.Text("state", 20), Power: f.Text("power", 30), Unit: access.UnitID(f.ID("unit", "承办单位")), Ending: f.Text("ending", 20), Source: f.Choice("source", "来源", sourceOrder...),
		From: f.Date("from", "发现日期"), Until: f.Date("until", "发现日期"), DecidedFrom: f.Date("decided_from", "决定日期"), DecidedUntil: f.Date("decided_until", "决定日期"),
		ClosedFrom: f.Date("closed_from", "结案日期"), ClosedUntil: f.Date("closed_until", "结案日期"),
	}
	out.Procedure = ProcedureID(f.Choice("procedure", "程序", string(ProcedureOnSpot), string(ProcedureOrdinary)))
	if f.Value("officer") == "me" {
		out.Officer = by.Person()
		if out.Officer == 0 {
			out.Officer = -1 // an account that is nobody's handles nothing
		}
	} else {
		out.Officer = f.ID("officer", "执法人员")
	}
	if view := f.Choice("ends", "期限", "late", "soon"); view != "" {
		out.DueFrom, out.DueUntil = s.dueBounds(view, law.DateOf(s.DB.Now()))
	}
	out.ByTerm = f.Choice("sort", "排序", "due") != ""
	return out, f.Err()
}

// listColumns are what the page shows of a case, veils the party's data with, and counts its terms by.
var listColumns = []string{
	"id", "unit_id", "u1", "u2", "u3", "u4", "u5", "state", "found_at", "recorded_at", "place", "summary", "lead_officer", "assist_officer", "procedure",
	"party_kind", "party_name", "party_id_kind", "party_id_number", "party_key", "party_address", "party_phone", "party_legal_rep", "party_guardian",
	"power_name", "penalty_kinds", "amount", "decided_on", "file_due", "delivered_at", "pay_from", "filed_at", "closed_at", "ending",
	"case_no", "act_from", "tier",
}

func (s *Service) showList(w http.ResponseWriter, r *http.Request, by access.Session) error {
	form := web.QueryForm(r)
	f, err := s.filterOf(form, by)
	if err != nil {
		return err
	}
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return err
	}
	cur, ok, err := store.DecodeCursor(form.Value("after"), f.key())
	if err != nil {
		return err
	}
	if r.URL.RawQuery == "" {
		if href, err := s.defaultHref(r.Context(), by); href != "" || err != nil {
			if err == nil {
				web.SeeOther(w, r, href)
			}
			return err
		}
	}
	v := &listView{s: s, by: by, form: form, filter: f, scope: scope, today: law.DateOf(s.DB.Now())}
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		count := func() (int, error) { return v.countAtGlance(tx, f) }
		if v.page, err = s.list(tx, scope, f, cur, ok, count, listColumns...); err != nil {
			return err
		}
		return v.load(tx)
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.CaseList(v.view()))
}

// listView turns a page of cases into what is shown.
type listView struct {
	s      *Service
	by     access.Session
	form   *web.Form
	filter Filter
	scope  access.Scope
	page   Page
	today  law.Date

	beside besides
	units  []web.Option
	tabs   []web.TabView
	// saved are the views that the person may open, opened is the one that is open, 0 for none.
	saved  []SavedView
	opened SavedViewID
}

// load gathers what the rows show beside themselves, and counts the tabs.
func (v *listView) load(tx *store.Tx) (err error) {
	if v.beside, err = v.s.besidesOf(tx, v.page.Rows); err != nil {
		return err
	}
	for i := range v.page.Rows {
		v.page.Rows[i].hide(v.by)
	}
	if v.units, err = v.s.unitOptions(tx, v.scope); err != nil {
		return err
	}
	if v.saved, err = savedViews(tx, v.by); err != nil {
		return err
	}
	for _, sv := range v.saved {
		if sv.ID.String() == v.form.Value("view") {
			v.opened = sv.ID
		}
	}
	return v.loadTabs(tx)
}

// tabQueries are the views of the list.
func (v *listView) tabQueries() []struct{ label, query string } {
	month := law.NewDate(v.today.Year(), v.today.Month(), 1)
	out := []struct{ label, query string }{
		{"本单位在办", "state=open"},
		{"临期", "ends=soon"},
		{"超期", "ends=late"},
		{"本月结案", "closed_from=" + month.String() + "&closed_until=" + v.today.String()},
		{"全部", ""},
	}
	if handles(v.by) {
		out = append([]struct{ label, query string }{{"我的在办", "officer=me&state=open"}}, out...)
	}
	return out
}

func (v *listView) loadTabs(tx *store.Tx) error {
	now := v.query()
	now.Del("cols")
	current := now.Encode()
	for _, t := range v.tabQueries() {
		q, err := url.ParseQuery(t.query)
		if err != nil {
			return err
		}
		tab := web.TabView{Label: t.label, Href: v.outside(q), NoCount: true, Current: v.opened == 0 && q.Encode() == current}
		if t.query != "" { // of all, the list itself says how many
			f, err := v.s.filterOf(formOf(q), v.by)
			if err != nil {
				return err
			}
			n, err := v.countAtGlance(tx, f)
			if err != nil {
				return err
			}
			tab.Count, tab.NoCount, tab.Late = int64(n), n > store.CountLimit, t.query == "ends=late" && n > 0
		}
		v.tabs = append(v.tabs, tab)
	}
	for _, sv := range v.saved {
		v.tabs = append(v.tabs, web.TabView{Label: sv.Name, Href: sv.Href(), NoCount: true, Current: sv.ID == v.opened})
	}
	return nil
}

// listGlance is what the number of a list's cases depends on.
type listGlance struct{ filter, scope string }

// countAtGlance counts the cases of a filter; turning pages does not count them anew.
func (v *listView) countAtGlance(tx *store.Tx, f Filter) (int, error) {
	return store.Glance(tx, listGlance{f.key(), v.scope.String()}, func() (int, error) { return v.s.count(tx, v.scope, f) })
}

func formOf(q url.Values) *web.Form {
	values := map[string]string{}
	for k := range q {
		values[k] = q.Get(k)
	}
	return web.NewForm(values)
}

func address(q url.Values) string {
	if len(q) == 0 {
		return pages.NavCases
	}
	return pages.NavCases + "?" + q.Encode()
}

// query is the list's address without the place in the pages.
func (v *listView) query() url.Values {
	q := url.Values{}
	for _, k := range filterKeys {
		if v.form.Has(k) {
			q.Set(k, v.form.Value(k))
		}
	}
	if cols := colsOf(v.form); cols != nil {
		q.Set("cols", strings.Join(cols, "."))
	}
	return q
}

// colsOf are the columns that the address chooses; nil for the usual ones.
func colsOf(form *web.Form) []string {
	return chosenColumns(slices.Concat(form.Values("col"), form.Values("cols")))
}

// address is where the list with these conditions is, with the view that is open.
func (v *listView) address(q url.Values) string {
	if v.opened != 0 {
		q.Set("view", v.opened.String())
	}
	return v.outside(q)
}

// outside is where the list with these conditions is, whatever view is open. The bare address is that of the view with which
// the list opens, if the person has one.
func (v *listView) outside(q url.Values) string {
	if len(q) == 0 && slices.ContainsFunc(v.saved, func(sv SavedView) bool { return sv.Default }) {
		return pages.NavCases + "?view=all"
	}
	return address(q)
}

func (v *listView) without(key string) string {
	q := v.query()
	q.Del(key)
	return v.address(q)
}

func (v *listView) view() pages.CaseListView {
	q := v.query()
	out := pages.CaseListView{
		Meta: "筛选条件都写在网址里，可以直接发给同事。", Tabs: v.tabs, Form: v.form, Keep: map[string]string{}, Units: v.units, Endings: options(endingOrder, endingLabels), Sources: options(sourceOrder, sourceLabels),
		States: []web.Option{{Value: "open", Label: "在办"}}, Chips: v.chips(), SortDue: v.sortDue(), ByDue: v.filter.beginning(v.scope) == fromTerms,
	}
	for _, st := range stateOrder {
		out.States = append(out.States, web.Option{Value: string(st), Label: stateLabel("", st)})
	}
	for _, k := range []string{"closed_from", "closed_until", "sort", "cols"} {
		if q.Has(k) {
			out.Keep[k] = q.Get(k)
		}
	}
	v.columns(&out)
	out.Officers = v.officerOptions()
	order := "新发现的在前"
	switch v.filter.beginning(v.scope) {
	case fromWords:
		order = "新登记的在前"
	case fromTerms:
		order = "期限先到的在前"
	case fromDecided:
		order = "新决定的在前"
	case fromClosed:
		order = "新办结的在前"
	}
	out.Summary = "共 " + web.CountText(int64(min(v.page.Total, store.CountLimit)), v.page.Total > store.CountLimit) + " 件，" + order
	out.Staff = v.by.Can(access.CaseApprove)
	for _, r := range v.page.Rows {
		row := v.row(r)
		if out.Staff && r.open() && v.by.ScopeFor(access.CaseApprove).CoversLevels(r.Levels) {
			row.ID = r.ID.String()
		}
		out.Rows = append(out.Rows, row)
	}
	out.Pager = web.PagerView{Summary: fmt.Sprintf("本页 %d 件", len(v.page.Rows)), Prev: v.turn(v.page.Prev), Next: v.turn(v.page.Next)}
	out.Empty = v.empty(out.Chips)
	if v.by.Can(access.CaseExport) {
		out.ExportHref = pages.NavCases + "/export?" + q.Encode()
		if v.by.Can(access.PersonalExport) {
			out.FullHref = pages.NavCases + "/export/full?" + q.Encode()
		}
	}
	if v.by.Can(access.LeadRegister) {
		out.NewHref = pages.NavLead
	}
	return out
}

// officerOptions are those who handle the cases of this page, and oneself.
func (v *listView) officerOptions() []web.Option {
	var out []web.Option
	if handles(v.by) {
		out = append(out, web.Option{Value: "me", Label: "我"})
	}
	chosen := v.form.Value("officer")
	known := chosen == "" || chosen == "me"
	for id, name := range v.beside.names {
		text := strconv.FormatInt(id, 10)
		known = known || text == chosen
		out = append(out, web.Option{Value: text, Label: name})
	}
	if !known {
		out = append(out, web.Option{Value: chosen, Label: "指定的人"})
	}
	slices.SortFunc(out, func(a, b web.Option) int {
		if a.Value == "me" || b.Value == "me" {
			return strings.Compare(b.Value, a.Value) // 我 first
		}
		return strings.Compare(a.Label+a.Value, b.Label+b.Value)
	})
	return out
}

func (v *listView) turn(after string) string {
	if after == "" {
		return ""
	}
	q := v.query()
	q.Set("after", after)
	return v.address(q)
}

// sortDue is the list in the order of terms, or out of it again.
func (v *listView) sortDue() string {
	if v.filter.ByTerm {
		return v.without("sort")
	}
	q := v.query()
	q.Set("sort", "due")
	return v.address(q)
}

// chipLabels are the conditions in words.
var chipLabels = map[string]string{
	"q": "关键字", "procedure": "程序", "state": "环节", "unit": "承办单位", "officer": "执法人员", "power": "案由", "ending": "结果", "source": "来源", "from": "发现自", "until": "发现至",
	"decided_from": "决定自", "decided_until": "决定至", "closed_from": "结案自", "closed_until": "结案至", "ends": "期限", "sort": "排序",
}

// row shows one case.
func (v *listView) row(r Row) pages.CaseRow {
	out := pages.CaseRow{
		Title: orWord(r.DocNo, r.leadTitle()), Href: r.URL(), Party: orWord(r.PartyName, "未登记"), IDNumber: r.IDNumber, Cause: orWord(r.PowerName, firstWords(r.Summary)), Place: r.Place,
		State: stateTag(&r.Case), Late: r.Handwritten || r.RecordedAt-r.FoundAt > int64(24*60*60*1e6), Unit: r.UnitName, Found: law.DateOf(r.Found()),
	}
	out.Officers = v.beside.officers(r)
	out.Next = v.beside.next(r)
	if term, running := v.beside.terms[int64(r.ID)]; running {
		out.Due, out.Term = term.Left(v.today, v.s.Calendar), term.Term
	}
	out.More = moreCells(r)
	return out
}
