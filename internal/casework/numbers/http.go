package numbers

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/numbers/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/web"
)

// Routes are the pages of the register.
func (s *Service) Routes() []access.Route {
	return []access.Route{
		{Pattern: "GET " + pages.Nav, Allow: access.CaseRead, Handle: s.show},
		{Pattern: "GET " + pages.Nav + "/export", Allow: access.CaseExport, Handle: s.exportSheet},
		{Pattern: "GET " + pages.Nav + "/pdf", Allow: access.CaseExport, Handle: s.exportPDF},
		{Pattern: "POST " + pages.Nav + "/notes", Allow: access.SeriesManage, Handle: s.explainForm},
	}
}

func filterOf(f *web.Form) (Filter, error) {
	states := []string{string(Gap), string(Unexplained)}
	for _, s := range States {
		states = append(states, string(s))
	}
	out := Filter{Year: f.Int("year", "年度", 2000, 2200), State: State(f.Choice("state", "状态", states...)), Unit: access.UnitID(f.ID("unit", "承办单位")), Words: f.Text("q", 60)}
	return out, f.Err()
}

// form is the filter of a call as the page's.
func (in NumbersIn) form() *web.Form {
	return web.NewForm(map[string]string{"year": in.Year, "state": in.State, "unit": in.Unit, "q": in.Words})
}

// address is where the register stands with the filter.
func (f Filter) address(at, after string) string {
	q := url.Values{}
	for k, v := range map[string]string{"state": string(f.State), "q": f.Words, "after": after} {
		if v != "" {
			q.Set(k, v)
		}
	}
	if f.Year != 0 {
		q.Set("year", strconv.FormatInt(f.Year, 10))
	}
	if f.Unit != 0 {
		q.Set("unit", f.Unit.String())
	}
	if len(q) == 0 {
		return at
	}
	return at + "?" + q.Encode()
}

func (s *Service) show(w http.ResponseWriter, r *http.Request, by access.Session) error {
	form := web.QueryForm(r)
	f, err := filterOf(form)
	if err != nil {
		return err
	}
	ask := ExplainInput{Prefix: form.Text("prefix", 20), Year: f.Year, Number: form.Int("number", "号码", 1, 1_000_000_000)}
	if err := form.Err(); err != nil {
		return err
	}
	return s.render(w, r, by, http.StatusOK, f, form, ask, nil)
}

// render shows the register; asked is the form that came back.
func (s *Service) render(w http.ResponseWriter, r *http.Request, by access.Session, status int, f Filter, form *web.Form, ask ExplainInput, asked *web.Form) error {
	p, err := s.List(r.Context(), by, f, form.Value("after"))
	if err != nil {
		return err
	}
	f = s.thisYear(f)
	explains := by.ScopeFor(access.SeriesManage)
	v := pages.View{
		Form: form, Year: strconv.FormatInt(f.Year, 10), Meta: fmt.Sprintf("%d年：%s", f.Year, p.Tally.Text()),
		Partly: !by.ScopeFor(access.CaseRead).Covers(rootOf(p.Units)),
	}
	if by.Can(access.CaseExport) {
		v.Export, v.PDF = f.address(pages.Nav+"/export", ""), f.address(pages.Nav+"/pdf", "")
	}
	for _, y := range p.Years {
		v.Years = append(v.Years, web.Option{Value: strconv.FormatInt(y, 10), Label: fmt.Sprintf("%d年", y)})
	}
	for _, u := range p.Units {
		v.Units = append(v.Units, web.Option{Value: u.ID.String(), Label: u.Name})
	}
	for _, st := range append([]State{Gap, Unexplained}, States...) {
		v.States = append(v.States, web.Option{Value: string(st), Label: st.Label()})
	}
	if n := p.Tally[Unexplained]; n > 0 && f.State != Unexplained {
		v.Open, v.OpenHref = fmt.Sprintf("%d 个空缺的号还没有说明。", n), Filter{Year: f.Year, State: Unexplained}.address(pages.Nav, "")
	}
	for _, n := range p.Rows {
		v.Rows = append(v.Rows, row(n, f, explains.CoversLevels(n.Levels)))
	}
	if ask.Number != 0 && by.Can(access.SeriesManage) {
		ask.Year = f.Year
		n, err := s.Gap(r.Context(), by, ask)
		if err != nil {
			return err
		}
		v.Ask = &pages.AskView{Name: n.Name(), Prefix: n.Prefix, Year: v.Year, Number: strconv.FormatInt(n.First, 10), Form: asked, Back: f.address(pages.Nav, "")}
	}
	v.Chips = s.chips(f, p)
	turn := func(after string) string {
		if after == "" {
			return ""
		}
		return f.address(pages.Nav, after)
	}
	v.Pager = web.PagerView{Summary: fmt.Sprintf("本页 %d 行", len(p.Rows)), Prev: turn(p.Prev), Next: turn(p.Next)}
	v.Empty = web.EmptyView{Title: "这一年还没有案件号", Why: "承办人报批立案时，立案审批表取得编号，就是案件号，列在这里。"}
	if (f != Filter{Year: f.Year}) {
		v.Empty = web.EmptyView{Title: "没有符合条件的案件号", Why: "换一个条件，或者看全年。", Exit: web.Link{Label: "看全年", Href: Filter{Year: f.Year}.address(pages.Nav, "")}}
	}
	return web.Render(w, r, status, pages.Register(v))
}

// rootOf is the highest of the units; the zero unit when there is none.
func rootOf(units []access.Unit) access.Unit {
	for _, u := range units {
		if u.Level == 1 {
			return u
		}
	}
	return access.Unit{}
}

func (s *Service) chips(f Filter, p Page) []web.Link {
	var out []web.Link
	add := func(label string, without Filter) {
		out = append(out, web.Link{Label: label, Href: without.address(pages.Nav, "")})
	}
	if f.State != "" {
		add(f.State.Label(), Filter{Year: f.Year, Unit: f.Unit, Words: f.Words})
	}
	for _, u := range p.Units {
		if u.ID == f.Unit {
			add(u.Name, Filter{Year: f.Year, State: f.State, Words: f.Words})
		}
	}
	if f.Words != "" {
		add("查找："+f.Words, Filter{Year: f.Year, State: f.State, Unit: f.Unit})
	}
	return out
}

var tags = map[State]string{Asked: "blue", Open: "blue", Closed: "ok", Failed: "late", Unused: "late"}

func row(n Number, f Filter, explains bool) pages.Row {
	out := pages.Row{Name: n.Name(), Party: n.PartyName, Matter: n.Matter(), Unit: n.Unit, AppliedOn: n.AppliedOn(), Applicant: n.Applicant, State: web.TagView{Label: n.State.Label(), Kind: tags[n.State]}, Remarks: n.remarks()}
	if n.Case != 0 {
		out.Href = (&casework.Case{ID: n.Case}).URL()
	}
	if n.State.mute() && len(n.Why) > 0 {
		out.State.Kind = ""
	}
	if n.State.IsGap() && explains {
		at, _ := url.Parse(f.address(pages.Nav, ""))
		q := at.Query()
		q.Set("prefix", n.Prefix)
		q.Set("number", strconv.FormatInt(n.First, 10))
		out.ExplainHref = pages.Nav + "?" + q.Encode() + "#ask"
		out.Explain = "补充说明"
		if !n.Explained() {
			out.Explain = "说明"
		}
	}
	return out
}

func (s *Service) explainForm(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	in := ExplainInput{Prefix: f.Text("prefix", 20), Year: f.RequiredInt("year", "年度", 2000, 2200), Number: f.RequiredInt("number", "号码", 1, 1_000_000_000), Why: f.RequiredLong("why", "说明", 300)}
	if err = f.Err(); err == nil {
		err = s.Explain(r.Context(), by, in)
	}
	list := Filter{Year: in.Year}
	if status, ok := f.Take(err); ok {
		return s.render(w, r, by, status, list, web.NewForm(nil), in, f)
	}
	if err != nil {
		return fault.Moved(err, list.address(pages.Nav, ""))
	}
	web.Notify(w, r, web.Flash{Text: "已说明"})
	web.SeeOther(w, r, list.address(pages.Nav, ""))
	return nil
}

func (s *Service) exportSheet(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := filterOf(web.QueryForm(r))
	if err != nil {
		return err
	}
	sheet := web.Sheet{
		Name:   "案件号",
		Head:   []string{"案件号", "起号", "止号", "申请日期", "申请人", "当事人", "案由", "承办单位", "状态", "去向说明"},
		Widths: []float64{28, 8, 8, 12, 12, 24, 30, 20, 16, 60},
	}
	sheet.Rows = web.Lines(func(yield func(Number) error) error { return s.Export(r.Context(), by, f, yield) }, func(n Number) []any {
		return []any{n.Name(), n.First, n.Last, n.AppliedOn(), n.Applicant, n.PartyName, n.Matter(), n.Unit, n.State.Label(), lines(n.remarks()...)}
	})
	return web.Excel(w, r, fmt.Sprintf("案件号登记簿-%d.xlsx", s.thisYear(f).Year), sheet)
}

func (s *Service) exportPDF(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := filterOf(web.QueryForm(r))
	if err != nil {
		return err
	}
	rows, tally, err := s.Print(r.Context(), by, f)
	if err != nil {
		return err
	}
	f = s.thisYear(f)
	now := s.cases.DB.Now()
	paper := layout(by.Unit().Name, f.Year, rows, tally, law.DateOf(now), s.cases.Demo)
	paper.HandFill = len(s.cases.Press.Missing(paper)) > 0
	pdf, err := s.cases.Press.Render(paper, now)
	if err != nil {
		return err
	}
	return web.Inline(w, r, fmt.Sprintf("案件号登记簿-%d.pdf", f.Year), "application/pdf", pdf)
}
