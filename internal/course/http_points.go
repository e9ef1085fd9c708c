package course

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/course/pages"
	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/training/points"
	"fadu/internal/web"
)

func (s *Service) pointRoutes() []access.Route {
	take, read, manage := access.TrainingTake, access.TrainingRead, access.CourseManage
	return []access.Route{
		{Pattern: "GET " + PathPoints, Allow: take, Handle: s.showMyPoints},
		{Pattern: "GET " + PathPeople, Allow: read, Handle: s.showStandings},
		{Pattern: "GET " + PathPeople + "/export", Allow: read, Handle: s.exportStandings},
		{Pattern: "GET " + PathPeople + "/{id}", Allow: read, Handle: s.showPersonPoints},
		{Pattern: "GET " + PathRules, Allow: take, Handle: s.showRules},
		{Pattern: "POST " + PathRules, Allow: manage, Handle: s.postRules},
		{Pattern: "POST " + PathRules + "/{id}/withdraw", Allow: manage, Handle: s.postWithdrawRules},
	}
}

// hundredths prints points.
func hundredths(n int64) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	text := fmt.Sprintf("%d.%02d", n/100, n%100)
	return sign + strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

func pointsText(x float64) string { return hundredths(hundredthsOf(x)) }

// pageAt cuts a list that is whole in memory to a page; the cursor is how far into it the page begins.
func pageAt[T any](ctx context.Context, list []T, after, key string) (page []T, prev, next string, err error) {
	cur, _, err := store.DecodeCursor(after, key)
	if err != nil {
		return nil, "", "", err
	}
	size := store.PageSize(ctx)
	from := int(min(max(cur.ID, 0), int64(len(list))))
	if from > 0 {
		prev = store.Cursor{ID: int64(max(from-size, 0))}.Encode(key)
	}
	to := min(from+size, len(list))
	if to < len(list) {
		next = store.Cursor{ID: int64(to)}.Encode(key)
	}
	return list[from:to], prev, next, nil
}

// turner makes the address of another page of a list.
func turner(path string, q url.Values) func(after string) string {
	return func(after string) string {
		if after == "" {
			return ""
		}
		q.Set("after", after)
		return web.Address(path, q)
	}
}

func yearOfForm(f *web.Form) (int, error) {
	n := f.Int("year", "年份", FirstYear, 9999)
	return int(n), f.Err()
}

func (s *Service) showMyPoints(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f := web.QueryForm(r)
	year, err := yearOfForm(f)
	if err != nil {
		return err
	}
	x, err := s.MyPoints(r.Context(), by, year, f.Value("after"))
	if err != nil {
		return err
	}
	v := accountView(x, PathPoints, f)
	v.Title, v.Crumb = "我的积分", []web.Link{{Label: "课程学习", Href: Path}, {Label: "我的积分"}}
	if by.Can(access.TrainingRead) {
		v.Links = append(v.Links, web.Link{Label: "积分达标", Href: PathPeople})
	}
	return web.Render(w, r, http.StatusOK, pages.Points(v))
}

func (s *Service) showPersonPoints(w http.ResponseWriter, r *http.Request, by access.Session) error {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return fault.Missing(nounPerson)
	}
	f := web.QueryForm(r)
	year, err := yearOfForm(f)
	if err != nil {
		return err
	}
	x, err := s.PointsOf(r.Context(), by, access.AccountID(n), year, f.Value("after"))
	if err != nil {
		return err
	}
	v := accountView(x, personURL(x.Account), f)
	v.Title, v.Crumb = x.Name+"的积分", []web.Link{{Label: "课程学习", Href: Path}, {Label: "积分达标", Href: PathPeople}, {Label: x.Name}}
	return web.Render(w, r, http.StatusOK, pages.Points(v))
}

func personURL(id access.AccountID) string { return PathPeople + "/" + StudyID(id).String() }

func accountView(x Account, path string, f *web.Form) pages.PointsView {
	f.Set("year", strconv.Itoa(x.Year))
	v := pages.PointsView{Form: f, Action: path, Stats: []web.StatView{
		{Label: fmt.Sprintf("%d 年积分", x.Year), Value: hundredths(x.Points), Unit: "分", Detail: fmt.Sprintf("目标 %d 分", x.Target)},
		{Label: "离目标", Value: hundredths(max(x.Target*100-x.Points, 0)), Unit: "分"},
	}, Links: []web.Link{{Label: "积分规则", Href: PathRules}}}
	for _, source := range Sources {
		if n := x.BySource[source]; n != 0 {
			v.Sources = append(v.Sources, web.FactView{Label: source, Text: hundredths(n) + " 分"})
		}
	}
	for _, e := range x.Entries {
		v.Rows = append(v.Rows, pages.PointRow{Day: e.Day.String(), Source: e.Source, About: e.About, Href: e.URL(), Points: hundredths(e.Points), Reason: e.Reason})
	}
	turn := turner(path, url.Values{"year": {strconv.Itoa(x.Year)}})
	v.Pager = web.PagerView{Summary: fmt.Sprintf("本页 %d 笔", len(x.Entries)), Prev: turn(x.Prev), Next: turn(x.Next)}
	return v
}

func pointFilter(f *web.Form) (PointFilter, url.Values, error) {
	out := PointFilter{Year: int(f.Int("year", "年份", FirstYear, 9999)), Name: f.Text("name", 60), Unit: access.UnitID(f.ID("unit", "单位")), Reached: f.Choice("reached", "是否达到", "yes", "no")}
	q := url.Values{}
	for _, k := range []string{"year", "name", "unit", "reached"} {
		if v := f.Value(k); v != "" {
			q.Set(k, v)
		}
	}
	return out, q, f.Err()
}

func (s *Service) unitNames(tx *store.Tx) (map[access.UnitID]string, error) {
	all, err := s.Units.Units(tx)
	out := map[access.UnitID]string{}
	for _, u := range all {
		out[u.ID] = u.Name
	}
	return out, err
}

func (s *Service) showStandings(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f := web.QueryForm(r)
	filter, q, err := pointFilter(f)
	if err != nil {
		return err
	}
	list, t, err := s.Standings(r.Context(), by, filter)
	if err != nil {
		return err
	}
	page, prev, next, err := pageAt(r.Context(), list, f.Value("after"), filter.key())
	if err != nil {
		return err
	}
	f.Set("year", strconv.Itoa(t.Year))
	v := pages.StandingsView{Form: f, Action: PathPeople, Export: web.Address(PathPeople+"/export", q), Rules: PathRules, Stats: []web.StatView{
		{Label: "人数", Value: strconv.FormatInt(t.People, 10), Unit: "人"},
		{Label: "达到目标", Value: strconv.FormatInt(t.Reached, 10), Unit: "人", Detail: fmt.Sprintf("目标 %d 分；%s", t.Target, web.Rate(t.Reached, t.People))},
		{Label: "人均", Value: hundredths(t.Points / max(t.People, 1)), Unit: "分"},
	}}
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		units, err := s.Units.Units(tx)
		scope := by.ScopeFor(access.TrainingRead)
		v.Units, v.Rows = nil, nil
		names := map[access.UnitID]string{}
		for _, u := range units {
			if names[u.ID] = u.Name; scope.Check(u.Levels(), "") == nil {
				v.Units = append(v.Units, web.Option{Value: fmt.Sprint(int64(u.ID)), Label: u.Name})
			}
		}
		for _, x := range page {
			row := pages.StandingRow{Name: x.Name, Href: web.Address(personURL(x.Account), url.Values{"year": {strconv.Itoa(t.Year)}}), Unit: names[x.Unit], Points: hundredths(x.Points), State: web.TagView{Label: "达到", Kind: "ok"}}
			if lack := t.Target*100 - x.Points; lack > 0 {
				row.State, row.Lacks = web.TagView{Label: "未达到", Kind: "line"}, hundredths(lack)
			}
			v.Rows = append(v.Rows, row)
		}
		return err
	})
	if err != nil {
		return err
	}
	turn := turner(PathPeople, q)
	v.Pager = web.PagerView{Summary: fmt.Sprintf("共 %d 人", len(list)), Prev: turn(prev), Next: turn(next)}
	return web.Render(w, r, http.StatusOK, pages.Standings(v))
}

// exportStandings writes the points of a year beside the target, by source.
func (s *Service) exportStandings(w http.ResponseWriter, r *http.Request, by access.Session) error {
	filter, _, err := pointFilter(web.QueryForm(r))
	if err != nil {
		return err
	}
	list, t, err := s.Standings(r.Context(), by, filter)
	if err != nil {
		return err
	}
	var units map[access.UnitID]string
	err = s.DB.View(r.Context(), func(tx *store.Tx) (err error) { units, err = s.unitNames(tx); return err })
	if err != nil {
		return err
	}
	sheet := web.Sheet{Name: "学习积分", Head: append([]string{"姓名", "单位", "年份", "积分", "年度目标", "是否达到"}, Sources...), Widths: []float64{12, 24, 8, 12, 12, 12}}
	var rows [][]any
	for _, x := range list {
		reached := "没有"
		if x.Points >= t.Target*100 {
			reached = "达到"
		}
		row := []any{x.Name, units[x.Unit], t.Year, float64(x.Points) / 100, t.Target, reached}
		for _, source := range Sources {
			row = append(row, float64(x.BySource[source])/100)
		}
		rows = append(rows, row)
	}
	sheet.Rows = web.Rows(rows)
	return web.Excel(w, r, "学习积分-"+s.today()+".xlsx", sheet)
}

func (s *Service) showRules(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderRules(w, r, by, http.StatusOK, web.NewForm(nil))
}

func (s *Service) renderRules(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form) error {
	all, today, err := s.Rules(r.Context(), by)
	if err != nil {
		return err
	}
	now := s.DB.Now()
	v := pages.RulesView{Form: f, Managing: by.Can(access.CourseManage), Action: PathRules, Tomorrow: whenDay(now.AddDate(0, 0, 1))}
	for _, x := range today {
		v.Today = append(v.Today, ruleRow(x))
	}
	for _, e := range all {
		x := pages.EditionRow{From: e.From.Han(), Why: e.Why, By: e.Author + " " + when(e.MadeAt), Seen: strconv.FormatInt(e.Version, 10)}
		for _, rule := range e.Rules {
			x.Rules = append(x.Rules, ruleText(rule))
		}
		switch {
		case bool(e.Gone):
			x.State, x.Why = web.TagView{Label: "已撤回", Kind: "line"}, e.GoneWhy
		case e.From.String() > whenDay(now):
			x.State, x.Withdraw = web.TagView{Label: "还没有开始", Kind: "soon"}, PathRules+"/"+e.ID.String()+"/withdraw"
		default:
			x.State = web.TagView{Label: "用过或在用", Kind: "ok"}
		}
		v.Editions = append(v.Editions, x)
	}
	return web.Render(w, r, status, pages.Rules(v))
}

func ruleName(source string) string {
	if source == points.AllSources {
		return "全天合计"
	}
	return source
}

func ruleRow(x points.Rule) pages.RuleRow {
	row := pages.RuleRow{Source: ruleName(x.Source), Each: pointsText(x.Each), Per: pointsText(max(x.Per, 1)), Cap: pointsText(x.DailyCap), Field: ruleNumber(x.Source)}
	if x.Source == points.AllSources {
		row.Each, row.Per = "", ""
	}
	return row
}

func ruleText(x points.Rule) string {
	text := ruleName(x.Source)
	if x.Source != points.AllSources {
		text += " " + pointsText(x.Each) + " 分"
		if x.Per > 1 {
			text += "（满 " + pointsText(x.Per) + " 次）"
		}
	}
	if x.DailyCap > 0 {
		text += "，每天最多 " + pointsText(x.DailyCap) + " 分"
	}
	return text
}

// rulesInput reads the form of the rules: a line for each source.
func rulesInput(f *web.Form) EditionInput {
	in := EditionInput{From: f.RequiredDate("from", "从哪一天起"), Why: f.Required("why", "依据、理由", 200)}
	number := func(name, label string) float64 {
		text := f.Decimal(name, 12)
		if text == "" {
			return 0
		}
		x, err := strconv.ParseFloat(text, 64)
		if err != nil {
			f.Add(name, "%s应是数", label)
		}
		return x
	}
	for i, source := range Sources {
		n := strconv.Itoa(i)
		in.Rules = append(in.Rules, RuleInput{Source: source, Each: number("each."+n, "“"+source+"”的分值"), Per: number("per."+n, "“"+source+"”的次数"), DailyCap: number("cap."+n, "“"+source+"”的上限")})
	}
	in.Rules = append(in.Rules, RuleInput{Source: points.AllSources, DailyCap: number("cap.-1", "全天合计的上限")})
	return in
}

func (s *Service) postRules(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	in := rulesInput(f)
	if err = f.Err(); err == nil {
		_, err = s.SetRules(r.Context(), by, in)
	}
	return s.afterRules(w, r, by, f, err, "已订")
}

func (s *Service) postWithdrawRules(w http.ResponseWriter, r *http.Request, by access.Session) error {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return fault.Missing(nounEdition)
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	seen := f.RequiredInt("version", "版本", 0, 1<<62)
	if err = f.Err(); err == nil {
		err = s.WithdrawRules(r.Context(), by, EditionID(n), seen, f.Text("reason", 200))
	}
	return s.afterRules(w, r, by, f, err, "已撤回")
}

func (s *Service) afterRules(w http.ResponseWriter, r *http.Request, by access.Session, f *web.Form, err error, says string) error {
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderRules(w, r, by, status, f)
	case err != nil:
		return fault.Moved(err, PathRules)
	}
	web.Notify(w, r, web.Flash{Text: says})
	web.SeeOther(w, r, PathRules)
	return nil
}
