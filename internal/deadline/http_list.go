package deadline

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/deadline/pages"
	"fadu/internal/law"
	"fadu/internal/law/timing"
	"fadu/internal/store"
	"fadu/internal/web"
)

var views = []struct{ view, label string }{{"", "在走"}, {ViewLate, "已超期"}, {ViewToday, "今天到期"}, {ViewSoon, "3 个工作日内"}, {ViewStill, "停表"}, {ViewOut, "已经期满，可以办下一步"}}

// filterOf reads the conditions from the address.
func filterOf(f *web.Form) (Filter, error) {
	out := Filter{
		View: f.Choice("view", "视图", ViewLate, ViewToday, ViewSoon, ViewStill, ViewOut), Unit: access.UnitID(f.ID("unit", "单位")), Term: f.Text("term", 60),
		Whose: f.Choice("whose", "谁应办", wordOurs, string(timing.Owed), string(timing.Party), string(timing.Others)), Reported: int(f.Int("reported", "上报到", 0, int64(len(chain().Escalate)))), Last: f.Choice("sort", "排序", "last") != "",
	}
	return out, f.Err()
}

// listKeys are the conditions that travel in the address.
var listKeys = []string{"view", "unit", "term", "whose", "reported", "sort"}

func queryOf(f *web.Form) url.Values {
	q := url.Values{}
	for _, k := range listKeys {
		if f.Has(k) {
			q.Set(k, f.Value(k))
		}
	}
	return q
}

func with(q url.Values, key, value string) string {
	out := url.Values{}
	for k, v := range q {
		out[k] = v
	}
	if out.Set(key, value); value == "" {
		out.Del(key)
	}
	if len(out) == 0 {
		return Path
	}
	return Path + "?" + out.Encode()
}

func (s *Service) showList(w http.ResponseWriter, r *http.Request, by access.Session) error {
	form := web.QueryForm(r)
	f, err := filterOf(form)
	if err != nil {
		return err
	}
	rows, prev, next, err := s.List(r.Context(), by, f, form.Value("after"))
	if err != nil {
		return err
	}
	units, terms, err := s.Tallies(r.Context(), by)
	if err != nil {
		return err
	}
	q := queryOf(form)
	v := pages.ListView{Form: form, Keep: map[string]string{"view": f.View}, Export: Path + "/export?" + q.Encode(), ByUnit: tallyRows(units, "unit"), ByTerm: tallyRows(terms, "term")}
	v.Turn, v.Dir = with(q, "sort", "last"), "ascending"
	if f.Last {
		v.Turn, v.Dir, v.Keep["sort"] = with(q, "sort", ""), "descending", "last"
	}
	for _, t := range units {
		v.Units = append(v.Units, web.Option{Value: t.Unit.String(), Label: t.Name})
	}
	for _, t := range terms {
		v.Terms = append(v.Terms, web.Option{Value: t.Name, Label: t.Name})
	}
	for _, x := range whoseOrder {
		v.Whose = append(v.Whose, web.Option{Value: whoseWord(x), Label: whoseLabels[x]})
	}
	for i, l := range chain().Escalate {
		v.Levels = append(v.Levels, web.Option{Value: strconv.Itoa(i + 1), Label: l.Label})
	}
	v.Tabs = tabs(q, f, units)
	v.Chips, v.Summary = chips(q, v), "先届满的在前"
	if f.Last {
		v.Summary = "后届满的在前"
	}
	if v.Rows, err = s.termRows(r, by, rows); err != nil {
		return err
	}
	turn := func(after string) string {
		if after == "" {
			return ""
		}
		return with(q, "after", after)
	}
	v.Pager = web.PagerView{Summary: fmt.Sprintf("本页 %d 项", len(rows)), Prev: turn(prev), Next: turn(next)}
	v.Empty = web.EmptyView{Title: "没有正在走的期限", Why: "数据范围内没有案件在走法定期限。"}
	if len(v.Chips) > 0 || f.View != "" {
		v.Empty = web.EmptyView{Title: "没有符合条件的期限", Why: "换一个视图，或者去掉上面的条件。", Exit: web.Link{Label: "看全部", Href: Path}}
	}
	return web.Render(w, r, http.StatusOK, pages.List(v))
}

func tabs(q url.Values, f Filter, units []Tally) []web.TabView {
	var all Tally
	for _, t := range units {
		all.All, all.Late, all.Today, all.Soon, all.Still = all.All+t.All, all.Late+t.Late, all.Today+t.Today, all.Soon+t.Soon, all.Still+t.Still
	}
	counts := map[string]int64{ViewLate: all.Late, ViewToday: all.Today, ViewSoon: all.Today + all.Soon, ViewStill: all.Still}
	var out []web.TabView
	for _, x := range views {
		n, counted := counts[x.view]
		out = append(out, web.TabView{Label: x.label, Href: with(q, "view", x.view), Current: x.view == f.View, Count: n, NoCount: !counted || f != (Filter{View: f.View}), Late: x.view == ViewLate && n > 0})
	}
	return out
}

// chips are the conditions in use, in words.
func chips(q url.Values, v pages.ListView) []web.Link {
	var out []web.Link
	for _, c := range []struct {
		key, label string
		options    []web.Option
	}{{"unit", "单位", v.Units}, {"term", "期限", v.Terms}, {"whose", "谁应办", v.Whose}, {"reported", "上报到", v.Levels}} {
		if !q.Has(c.key) {
			continue
		}
		text := q.Get(c.key)
		for _, o := range c.options {
			if o.Value == text {
				text = o.Label
				break
			}
		}
		out = append(out, web.Link{Label: c.label + "：" + text, Href: with(q, c.key, "")})
	}
	return out
}

func tallyRows(ts []Tally, key string) []pages.TallyRow {
	out := make([]pages.TallyRow, len(ts))
	for i, t := range ts {
		value := t.Name
		if key == "unit" {
			value = t.Unit.String()
		}
		out[i] = pages.TallyRow{Name: t.Name, Href: Path + "?" + url.Values{key: {value}}.Encode(), All: t.All, Late: t.Late, Today: t.Today, Soon: t.Soon, Still: t.Still}
	}
	return out
}

func mapped(rows []Row) []*Row {
	out := make([]*Row, len(rows))
	for i := range rows {
		out[i] = &rows[i]
	}
	return out
}

// termRows shows rows with the names of units and persons.
func (s *Service) termRows(r *http.Request, by access.Session, rows []Row) ([]pages.TermRow, error) {
	out := make([]pages.TermRow, len(rows))
	err := s.DB.View(r.Context(), func(tx *store.Tx) error {
		names, err := s.holders(tx, mapped(rows))
		if err != nil {
			return err
		}
		units, err := s.unitNames(tx)
		for i, x := range rows {
			out[i] = s.termRow(x, tx.Today(), names, units[x.UnitID])
			if by.Can(access.DeadlineSupervise) && x.Holder != 0 && x.State == timing.Running {
				out[i].RemindHref = PathTerms + "/" + RowText(RowID(x.ID)) + "/remind"
			}
		}
		return err
	})
	return out, err
}

func (s *Service) termRow(x Row, today law.Date, names map[int64]string, unit string) pages.TermRow {
	cal := s.Calendar.Still()
	out := pages.TermRow{Matter: x.Title, Href: x.Href, Unit: unit, Term: x.Term, Due: x.Left(today, cal), Whose: web.TagView{Label: whoseLabels[x.Whose], Kind: "line"}}
	if x.Whose == timing.Ours {
		out.Whose.Kind = "blue"
	}
	if !x.OwnDue.IsZero() && x.State == timing.Running {
		out.OwnDue = web.DueOf(x.OwnDue, today, bool(x.Workdays), cal)
	}
	if x.Escalated > 0 {
		out.Reported = "已上报" + chain().Escalate[x.Escalated-1].Label
	}
	var notes []string
	out.Holders = bothOf(names, x.Matter)
	notes = append(notes, x.Start.String()+" 起算")
	if x.Granted > 0 {
		notes = append(notes, fmt.Sprintf("延长 %d 日", x.Granted))
	}
	for _, e := range x.Exclusions() {
		notes = append(notes, fmt.Sprintf("扣除 %s 至 %s（%s）", e.From, e.To, e.Why))
	}
	if x.NotLoaded > 0 {
		notes = append(notes, fmt.Sprintf("待载入%d年放假安排", x.NotLoaded))
	}
	if x.State == timing.Still {
		notes = append(notes, x.Since.String()+" 起停表")
	}
	out.Note = strings.Join(notes, "，")
	return out
}

// exportList answers with the filtered terms as Excel.
func (s *Service) exportList(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := filterOf(web.QueryForm(r))
	if err != nil {
		return err
	}
	var units map[access.UnitID]string
	err = s.DB.View(r.Context(), func(tx *store.Tx) (err error) { units, err = s.unitNames(tx); return err })
	if err != nil {
		return err
	}
	now := s.DB.Now()
	sheet := web.Sheet{Name: "期限", Head: []string{"事项", "期限", "谁应办", "起算日", "届满日", "状态", "单位", "延长（日）", "依据"}, Widths: []float64{28, 30, 14, 12, 12, 16, 20, 10, 36}}
	sheet.Rows = web.Lines(func(yield func(Row) error) error { return s.Export(r.Context(), by, f, yield) }, func(x Row) []any {
		return []any{x.Title, x.Term, whoseLabels[x.Whose], x.Start, x.Due, x.Left(law.DateOf(now), s.Calendar).Text(), units[x.UnitID], x.Granted, x.Cites().Han()}
	})
	return web.Excel(w, r, "期限-"+law.DateOf(now).String()+".xlsx", sheet)
}

// shownMoves bounds the list of moved terms; the ledger has all.
const shownMoves = 200

func (s *Service) showMoves(w http.ResponseWriter, r *http.Request, by access.Session) error {
	scope, err := supervise(by)
	if err != nil {
		return err
	}
	var rows []pages.MoveRow
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		ms, err := movesOf(tx, scope, shownMoves)
		for _, m := range ms {
			rows = append(rows, pages.MoveRow{Matter: m.Title, Href: m.Href, Term: m.Term, Was: m.Was, Due: m.Due, On: m.MovedOn})
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Moves(rows))
}
