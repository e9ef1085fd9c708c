package cohort

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/cohort/pages"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Routes are the pages of this slice.
func (s *Service) Routes() []access.Route {
	take, read, manage := access.TrainingTake, access.TrainingRead, access.TrainingManage
	return []access.Route{
		{Pattern: "GET " + PathMine, Allow: take, Handle: s.showMine},
		{Pattern: "GET " + Path, Allow: read, Handle: s.showList},
		{Pattern: "POST " + Path, Allow: manage, Handle: s.postFound},
		{Pattern: "GET " + Path + "/export", Allow: read, Handle: s.exportList},
		{Pattern: "GET " + Path + "/{id}", Allow: read, Handle: s.showCohort},
		{Pattern: "POST " + Path + "/{id}", Allow: manage, Handle: s.postChange},
		{Pattern: "GET " + Path + "/{id}/export", Allow: read, Handle: s.exportCohort},
		{Pattern: "POST " + Path + "/{id}/members", Allow: manage, Handle: s.postMembers},
		{Pattern: "POST " + Path + "/{id}/remove-member", Allow: manage, Handle: s.postRemoveMember},
		{Pattern: "POST " + Path + "/{id}/parts", Allow: manage, Handle: s.postPart},
		{Pattern: "POST " + Path + "/{id}/remove-part", Allow: manage, Handle: s.postRemovePart},
		{Pattern: "POST " + Path + "/{id}/close", Allow: manage, Handle: s.postClose},
		{Pattern: "POST " + Path + "/{id}/reopen", Allow: manage, Handle: s.postReopen},
		{Pattern: "POST " + Path + "/{id}/cancel", Allow: manage, Handle: s.postCancel},
	}
}

func idOf(r *http.Request) (ID, error) {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return 0, fault.Missing(nounCohort)
	}
	return ID(n), nil
}

func stateTag(s State) web.TagView {
	return web.TagView{Label: s.Label(), Kind: map[State]string{Open: "blue", Closed: "ok", Cancelled: "line"}[s]}
}

func days(c Cohort) string { return c.From.String() + " 至 " + c.Until.String() }

func fraction(n, of int64) string { return fmt.Sprintf("%d／%d", n, of) }

func turner(path string, q url.Values) func(string) string {
	return func(after string) string {
		if after == "" {
			return ""
		}
		q.Set("after", after)
		return web.Address(path, q)
	}
}

func filterOf(f *web.Form) (Filter, url.Values, error) {
	out := Filter{Word: f.Text("word", 60), State: State(f.Choice("state", "状态", string(Open), string(Closed), string(Cancelled)))}
	q := url.Values{}
	for _, k := range []string{"word", "state"} {
		if v := f.Value(k); v != "" {
			q.Set(k, v)
		}
	}
	return out, q, f.Err()
}

func (s *Service) showList(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderList(w, r, by, http.StatusOK, nil)
}

func (s *Service) renderList(w http.ResponseWriter, r *http.Request, by access.Session, status int, typed *web.Form) error {
	query := web.QueryForm(r)
	f, q, err := filterOf(query)
	if err != nil {
		return err
	}
	list, t, prev, next, err := s.List(r.Context(), by, f, query.Value("after"))
	if err != nil {
		return err
	}
	if typed == nil {
		typed = query
	}
	v := pages.ListView{Form: typed, Adding: by.Can(access.TrainingManage), Export: web.Address(Path+"/export", q), Stats: []web.StatView{
		{Label: "已结班", Value: strconv.FormatInt(t.Cohorts, 10), Unit: "个", Href: Path + "?state=closed"},
		{Label: "合格，占参加的", Value: web.Rate(t.Passed, t.Took), Detail: fmt.Sprintf("合格 %d 人次，参加 %d 人次", t.Passed, t.Took)},
		{Label: "合格，占名单上的", Value: web.Rate(t.Passed, t.Enrolled), Detail: fmt.Sprintf("合格 %d 人次，名单 %d 人次", t.Passed, t.Enrolled)},
	}}
	for _, c := range list {
		row := pages.CohortRow{Title: c.Title, Href: c.URL(), Days: days(c), Author: c.Author, State: stateTag(c.State)}
		if c.State == Closed {
			row.Of, row.All = fraction(c.Passed, c.Took), fraction(c.Passed, c.Enrolled)
		}
		v.Rows = append(v.Rows, row)
	}
	turn := turner(Path, q)
	v.Pager = web.PagerView{Summary: fmt.Sprintf("本页 %d 个", len(list)), Prev: turn(prev), Next: turn(next)}
	return web.Render(w, r, status, pages.List(v))
}

func inputOf(f *web.Form) Input {
	return Input{Title: f.Required("title", "班次名称", 60), Aim: f.Long("aim", 500), From: f.RequiredDate("from", "开始"), Until: f.RequiredDate("until", "结束")}
}

func (s *Service) postFound(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	in := inputOf(f)
	var id ID
	if err = f.Err(); err == nil {
		id, err = s.Found(r.Context(), by, in)
	}
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderList(w, r, by, status, f)
	case err != nil:
		return err
	}
	web.SeeOther(w, r, Cohort{ID: id}.URL())
	return nil
}

func (s *Service) showCohort(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf(r)
	if err != nil {
		return err
	}
	return s.renderCohort(w, r, by, id, http.StatusOK, web.NewForm(nil))
}

// roster is what is asked of a roster: a name, a group, a page.
func roster(d Detail, f *web.Form) ([]Person, url.Values, error) {
	name, group := f.Text("name", 60), f.Choice("group", "范围", "took", "passed", "failed", "absent")
	q := url.Values{}
	for k, v := range map[string]string{"name": name, "group": group} {
		if v != "" {
			q.Set(k, v)
		}
	}
	out := slices.DeleteFunc(slices.Clone(d.People), func(p Person) bool { return !p.in(group) || name != "" && p.Member.Name != name })
	return out, q, f.Err()
}

func (s *Service) renderCohort(w http.ResponseWriter, r *http.Request, by access.Session, id ID, status int, f *web.Form) error {
	d, err := s.Cohort(r.Context(), by, id)
	if err != nil {
		return err
	}
	query := web.QueryForm(r)
	list, q, err := roster(d, query)
	if err != nil {
		return err
	}
	c := d.Cohort
	manages := by.Can(access.TrainingManage)
	v := pages.CohortView{
		Title: c.Title, Href: c.URL(), Meta: days(c) + "，" + c.Author + "开班", Aim: c.Aim, Why: c.Why, Seen: strconv.FormatInt(c.Version, 10), State: stateTag(c.State), Export: web.Address(c.URL()+"/export", q),
		Form: f, Query: query, Open: manages && c.State == Open, Closed: manages && c.State == Closed, Stats: stats(d),
		Values: map[string]string{"title": c.Title, "aim": c.Aim, "from": c.From.String(), "until": c.Until.String()},
	}
	cur, _, err := store.DecodeCursor(query.Value("after"), c.Subject())
	if err != nil {
		return err
	}
	size, from := store.PageSize(r.Context()), int(min(max(cur.ID, 0), int64(len(list))))
	to := min(from+size, len(list))
	err = s.DB.View(r.Context(), func(tx *store.Tx) error { return s.fill(tx, by, d, list[from:to], &v) })
	if err != nil {
		return err
	}
	turn := turner(c.URL(), q)
	v.Pager = web.PagerView{Summary: fmt.Sprintf("共 %d 人", len(list))}
	if from > 0 {
		v.Pager.Prev = turn(store.Cursor{ID: int64(max(from-size, 0))}.Encode(c.Subject()))
	}
	if to < len(list) {
		v.Pager.Next = turn(store.Cursor{ID: int64(to)}.Encode(c.Subject()))
	}
	return web.Render(w, r, status, pages.Cohort(v))
}

// stats are the counts of a cohort; each opens who it counts.
func stats(d Detail) []web.StatView {
	n, at := d.Count, d.Cohort.URL()
	return []web.StatView{
		{Label: "名单", Value: strconv.FormatInt(n.Enrolled, 10), Unit: "人", Href: at},
		{Label: "参加", Value: strconv.FormatInt(n.Took, 10), Unit: "人", Href: at + "?group=took", Detail: fmt.Sprintf("没有参加 %d 人", n.Enrolled-n.Took)},
		{Label: "合格，占参加的", Value: web.Rate(n.Passed, n.Took), Href: at + "?group=passed", Detail: fmt.Sprintf("合格 %d 人，参加 %d 人", n.Passed, n.Took)},
		{Label: "合格，占名单上的", Value: web.Rate(n.Passed, n.Enrolled), Href: at + "?group=passed", Detail: fmt.Sprintf("合格 %d 人，名单 %d 人", n.Passed, n.Enrolled)},
	}
}

// fill puts parts, people, choices and the record into the page.
func (s *Service) fill(tx *store.Tx, by access.Session, d Detail, list []Person, v *pages.CohortView) error {
	units, err := s.Units.Units(tx)
	if err != nil {
		return err
	}
	names, scope := map[access.UnitID]string{}, by.ScopeFor(access.TrainingManage)
	v.Units, v.Choices, v.Parts, v.People, v.History = nil, nil, nil, nil, nil
	for _, u := range units {
		if names[u.ID] = u.Name; v.Open && scope.Check(u.Levels(), "") == nil {
			v.Units = append(v.Units, web.Option{Value: u.ID.String(), Label: u.Name})
		}
	}
	for _, kind := range partKinds {
		if !v.Open {
			break
		}
		choices, err := s.Sources[kind].Choices(tx, by)
		if err != nil {
			return err
		}
		for _, c := range choices {
			v.Choices = append(v.Choices, web.Option{Value: kind + ":" + c.Ref, Label: kindLabels[kind] + "：" + c.Title})
		}
	}
	for _, p := range d.Parts {
		v.Parts = append(v.Parts, s.partRow(d, p))
	}
	for _, x := range list {
		v.People = append(v.People, personRow(d, x, names))
	}
	history, err := ledger.History(tx, d.Cohort.Subject(), 0, 50)
	for _, e := range history {
		v.History = append(v.History, historyLine(e))
	}
	return err
}

func mustTag(must bool) web.TagView {
	if must {
		return web.TagView{Label: "必修", Kind: "blue"}
	}
	return web.TagView{}
}

func (s *Service) partRow(d Detail, p Part) pages.PartRow {
	var took, passed int64
	for _, x := range d.People {
		if o := x.Got[p.ID]; o.Took {
			if took++; o.Passed {
				passed++
			}
		}
	}
	return pages.PartRow{ID: p.ID.String(), Kind: kindLabels[p.Kind], Title: p.Title, Href: s.Sources[p.Kind].Page(p.Ref), Says: fraction(passed, took), Must: mustTag(bool(p.Must))}
}

func verdictTag(v Verdict) web.TagView {
	switch {
	case v.Passed:
		return web.TagView{Label: "合格", Kind: "ok"}
	case v.Took:
		return web.TagView{Label: "不合格", Kind: "late"}
	}
	return web.TagView{Label: "没有参加", Kind: "line"}
}

func personRow(d Detail, x Person, units map[access.UnitID]string) pages.PersonRow {
	row := pages.PersonRow{ID: x.Member.ID.String(), Name: x.Member.Name, Unit: units[x.Member.Unit], Lacks: strings.Join(x.Verdict.Lacks, "、"), State: verdictTag(x.Verdict)}
	for _, p := range d.Parts {
		if o, ok := x.Got[p.ID]; ok {
			row.Got = append(row.Got, web.Link{Label: p.Title + "：" + o.Says, Href: o.Page})
		}
	}
	return row
}

func historyLine(e ledger.Entry) web.LedgerView {
	text := Kinds[e.Kind]
	var data struct{ What json.RawMessage }
	if json.Unmarshal([]byte(e.Data), &data) == nil {
		var why string
		var with struct{ Why string }
		if json.Unmarshal(data.What, &why) == nil && why != "" {
			text += "：" + why
		} else if json.Unmarshal(data.What, &with) == nil && with.Why != "" {
			text += "：" + with.Why
		}
	}
	return web.LedgerView{Time: e.Time().Format("2006-01-02 15:04"), Who: e.Actor, Text: text, Key: true}
}

// act does an act on a cohort and shows it again.
func (s *Service) act(w http.ResponseWriter, r *http.Request, by access.Session, says string, do func(ctx context.Context, f *web.Form, id ID, seen int64) error) error {
	id, err := idOf(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	seen := f.RequiredInt("version", "版本", 0, 1<<62)
	if err = f.Err(); err == nil {
		err = do(r.Context(), f, id, seen)
	}
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderCohort(w, r, by, id, status, f)
	case err != nil:
		return fault.Moved(err, Cohort{ID: id}.URL())
	}
	web.Notify(w, r, web.Flash{Text: says})
	web.SeeOther(w, r, Cohort{ID: id}.URL())
	return nil
}
