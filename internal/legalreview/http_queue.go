package legalreview

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/legalreview/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Routes are the pages of this slice beside the case's.
func (s *Service) Routes() []access.Route {
	return []access.Route{
		{Pattern: "GET " + pages.Nav, Allow: access.CaseReview, Handle: s.showQueue},
		{Pattern: "GET " + pages.Nav + "/opinions/{id}", Allow: access.CaseRead, Handle: s.showOpinion},
	}
}

// showOpinion leads from an opinion, as a figure lists it, to its case.
func (s *Service) showOpinion(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return fault.Missing("这份审核意见")
	}
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return err
	}
	o := new(Opinion)
	if err := s.cases.DB.View(r.Context(), func(tx *store.Tx) error {
		return store.One(scope.Where(tx.DB().NewSelect().Model(o), "lro").Where("lro.id = ?", id).Scan(tx.Ctx), "这份审核意见")
	}); err != nil {
		return err
	}
	web.SeeOther(w, r, caseURL(*o))
	return nil
}

// The views of the queue.
const (
	viewMine = "mine"
	viewDone = "done"
	viewDays = "days"
)

func (s *Service) showQueue(w http.ResponseWriter, r *http.Request, by access.Session) error {
	form := web.QueryForm(r)
	view := form.Choice("view", "视图", viewMine, viewDone, viewDays)
	if err := form.Err(); err != nil {
		return err
	}
	v := pages.QueueView{}
	for _, x := range []struct{ view, label string }{{"", "等待审核"}, {viewMine, "我签的"}, {viewDone, "已审"}, {viewDays, "用时统计"}} {
		v.Tabs = append(v.Tabs, web.TabView{Label: x.label, Href: queueAt(x.view, ""), Current: x.view == view, NoCount: true})
	}
	var prev, next string
	var err error
	switch view {
	case viewDays:
		err = s.fillDays(r, by, form.Value("from"), form.Value("until"), &v)
	case "":
		prev, next, err = s.fillWaiting(r, by, form.Value("after"), &v)
	default:
		prev, next, err = s.fillGiven(r, by, view == viewMine, form.Value("after"), &v)
	}
	if err != nil {
		return err
	}
	if err := s.notices(r, by, &v); err != nil {
		return err
	}
	v.Pager = web.PagerView{Summary: fmt.Sprintf("本页 %d 件", len(v.Waiting)+len(v.Given)), Prev: turn(view, prev), Next: turn(view, next)}
	return web.Render(w, r, http.StatusOK, pages.Queue(v))
}

func queueAt(view, after string) string {
	q := url.Values{}
	for k, x := range map[string]string{"view": view, "after": after} {
		if x != "" {
			q.Set(k, x)
		}
	}
	if len(q) == 0 {
		return pages.Nav
	}
	return pages.Nav + "?" + q.Encode()
}

func turn(view, after string) string {
	if after == "" {
		return ""
	}
	return queueAt(view, after)
}

func (s *Service) fillWaiting(r *http.Request, by access.Session, after string, v *pages.QueueView) (prev, next string, err error) {
	q, err := s.Waits(r.Context(), by, after)
	today := law.DateOf(s.cases.DB.Now())
	for _, x := range q.Rows {
		v.Waiting = append(v.Waiting, pages.WaitingRow{
			Case: x.CaseNo, Href: x.URL(), Party: x.PartyName, Cause: x.PowerName, Unit: x.UnitName, Round: "第" + law.HanNumeral(int(x.Round)) + "次", On: x.On,
			Due: web.DueOf(x.Due, today, true, s.cases.Calendar), Taker: cmp.Or(x.Taker, "待领取"),
		})
	}
	if q.Left > 0 {
		v.Notes = append(v.Notes, fmt.Sprintf("另有 %d 件您办过，由其他审核人员审核（承办人不得审核本案）。", q.Left))
	}
	return q.Prev, q.Next, err
}

// span reads two days; the first of this year and today when they are not given.
func (s *Service) span(from, until string) (a, b law.Date, err error) {
	today := law.DateOf(s.cases.DB.Now())
	a, b = law.NewDate(today.Year(), 1, 1), today
	if from != "" {
		if a, err = law.ParseDate(from); err != nil {
			return a, b, fault.InvalidField("from", "日期写成 2026-01-31 这样")
		}
	}
	if until != "" {
		if b, err = law.ParseDate(until); err != nil {
			return a, b, fault.InvalidField("until", "日期写成 2026-01-31 这样")
		}
	}
	return a, b, nil
}

func (s *Service) fillDays(r *http.Request, by access.Session, from, until string, v *pages.QueueView) error {
	a, b, err := s.span(from, until)
	if err != nil {
		return err
	}
	rows, err := s.DaysUsed(r.Context(), by, a, b)
	v.Spent = &pages.SpentView{From: a.String(), Until: b.String(), Figure: "/w/figures/legalreview.days_used?" + url.Values{"from": {a.String()}, "until": {b.String()}}.Encode()}
	for _, x := range rows {
		v.Spent.Rows = append(v.Spent.Rows, pages.SpentRow{Outcome: x.Outcome, Heeded: cmp.Or(x.Heeded, "合计"), Count: strconv.FormatInt(x.Count, 10), Median: strconv.FormatFloat(x.Median, 'f', 1, 64), Mean: strconv.FormatFloat(x.Mean, 'f', 1, 64), Most: strconv.FormatInt(x.Most, 10)})
	}
	return err
}

func (s *Service) fillGiven(r *http.Request, by access.Session, own bool, after string, v *pages.QueueView) (prev, next string, err error) {
	rows, prev, next, err := s.Given(r.Context(), by, own, after)
	v.Done = true
	for _, o := range rows {
		row := pages.GivenRow{Case: o.Title, Href: caseURL(o), Outcome: web.TagView{Label: o.Outcome, Kind: "ok"}, Round: "第" + law.HanNumeral(int(o.Round)) + "次", Reviewer: o.Reviewer, On: o.On, Days: fmt.Sprintf("%d 个工作日", daysUsed(o, s.cases.Calendar)), Late: o.On.After(o.DueOn)}
		if o.Outcome != Agreed {
			row.Outcome.Kind = "soon"
		}
		v.Given = append(v.Given, row)
	}
	return prev, next, err
}

// notices tell the reviewer what is to be known beside the cases: the qualification, how many reviewers there are.
func (s *Service) notices(r *http.Request, by access.Session, v *pages.QueueView) error {
	return s.cases.DB.View(r.Context(), func(tx *store.Tx) error {
		known, err := casework.ReviewerOf(tx, by.Person(), tx.Today())
		if err != nil {
			return err
		}
		if known.Beginner && !known.Qualified {
			v.Notes = append(v.Notes, "人员名册里没有登记您的法律职业资格。初次从事处罚决定法制审核的，应当通过国家统一法律职业资格考试取得资格（行政处罚法第五十八条第二款），没有登记的不能领取、不能审核。请由法制科在人员资料里登记。")
		}
		if s.Staff == nil {
			return nil
		}
		staff, err := s.Staff(tx)
		if err == nil && staff.Few() {
			v.Few = fmt.Sprintf("审核人员 %d 人，持证执法人员 %d 人，不足百分之五（国办发〔2018〕118号十一）。请增配，或者调用公职律师、法律顾问。", staff.Reviewers, staff.Officers)
		}
		return err
	})
}
