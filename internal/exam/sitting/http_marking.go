package sitting

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/exam/assembly"
	"fadu/internal/exam/sitting/pages"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// markingRoutes are the desk of those who mark, and how far they are.
func (s *Service) markingRoutes() []access.Route {
	mark, manage := access.ExamMark, access.ExamManage
	return []access.Route{
		{Pattern: "GET " + PathMarking, Allow: mark, Handle: s.showDuties},
		{Pattern: "GET " + PathMarking + "/{id}", Allow: mark, Handle: s.showDuty},
		{Pattern: "GET " + PathMarking + "/{id}/next", Allow: mark, Handle: s.showNext},
		{Pattern: "GET " + PathScripts + "/{id}", Allow: mark, Handle: s.showScript},
		{Pattern: "POST " + PathScripts + "/{id}", Allow: mark, Handle: s.postScript},
		{Pattern: "GET " + PathManage + "/{id}/marking", Allow: access.ExamRead, Handle: s.showMarking},
		{Pattern: "POST " + PathManage + "/{id}/markers", Allow: manage, Handle: s.postMarkers},
		{Pattern: "POST " + PathManage + "/{id}/dismiss", Allow: manage, Handle: s.postDismiss},
	}
}

func (s *Service) showDuties(w http.ResponseWriter, r *http.Request, by access.Session) error {
	xs, err := s.Duties(r.Context(), by)
	if err != nil {
		return err
	}
	v := pages.DutiesView{}
	now := s.DB.Now()
	for _, x := range xs {
		v.Rows = append(v.Rows, pages.SittingRow{Title: x.Title, Href: PathMarking + "/" + x.ID.String(), When: clockText(x.Opens()), State: phaseTag(x.Phase(now, 0))})
	}
	return web.Render(w, r, http.StatusOK, pages.Duties(v))
}

func (s *Service) showDuty(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf[SittingID](r, nounSitting)
	if err != nil {
		return err
	}
	d, err := s.Duty(r.Context(), by, id, web.QueryForm(r).Value("after"))
	if err != nil {
		return err
	}
	href := PathMarking + "/" + id.String()
	v := pages.DutyView{Title: d.Sitting.Title, Pager: pager(href, url.Values{}, fmt.Sprintf("本页 %d 份", len(d.Mine)), d.Prev, d.Next)}
	for _, p := range d.Items {
		row := pages.ProgressRow{Number: itemNumber(p.Item), Stem: p.Stem, Points: points(p.Points) + " 分", Left: p.All}
		if d.Sitting.State == Marking {
			row.Href = href + "/next?item=" + strconv.Itoa(p.Item)
		}
		v.Items = append(v.Items, row)
	}
	for _, m := range d.Mine {
		c := d.Scripts[m.Script]
		row := pages.MineRow{Number: c.Number(), Href: c.URL(), Item: itemNumber(m.Item), Score: points(m.Score), At: clockText(store.FromMicros(m.At)), Note: m.Note}
		if row.State = "还可以改"; c.Given > 1 {
			row.State = "已有别人评过"
		}
		v.Mine = append(v.Mine, row)
	}
	return web.Render(w, r, http.StatusOK, pages.Duty(v))
}

func itemNumber(i int) string { return fmt.Sprintf("第 %d 题", i+1) }

// showNext leads to the next script that waits for the marker.
func (s *Service) showNext(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf[SittingID](r, nounSitting)
	if err != nil {
		return err
	}
	return s.toNext(w, r, by, id, web.QueryForm(r).Value("item"))
}

func (s *Service) toNext(w http.ResponseWriter, r *http.Request, by access.Session, id SittingID, only string) error {
	item, err := strconv.Atoi(only)
	if err != nil || item < 0 {
		item = -1
	}
	next, err := s.Next(r.Context(), by, id, item)
	if err != nil {
		return err
	}
	if next == 0 {
		web.Notify(w, r, web.Flash{Text: "没有等您评的了"})
		web.SeeOther(w, r, PathMarking+"/"+id.String())
		return nil
	}
	web.SeeOther(w, r, Script{ID: next}.URL())
	return nil
}

func (s *Service) showScript(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf[ScriptID](r, nounScript)
	if err != nil {
		return err
	}
	return s.renderScript(w, r, by, http.StatusOK, id, web.NewForm(nil))
}

func (s *Service) renderScript(w http.ResponseWriter, r *http.Request, by access.Session, status int, id ScriptID, f *web.Form) error {
	d, err := s.Script(r.Context(), by, id)
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Script(scriptView(d, f)))
}

func scriptView(d Desk, f *web.Form) pages.ScriptView {
	it, c := d.Item, d.Script
	v := pages.ScriptView{
		Title: "评卷 " + c.Number(), Exam: d.Sitting.Title, Back: PathMarking + "/" + c.Sitting.String(), Act: c.URL(), Item: itemNumber(c.Item), Stem: it.Question.Stem, Text: it.Question.Text,
		Model: it.Question.Explain, Refs: strings.Join(it.Question.Refs, "、"), Points: points(it.Points), Form: f, Version: "0", Lacks: d.Lacks, Checked: len(it.Lines) > 0,
		Open: d.Sitting.State == Marking && !bool(c.Done) && (d.Own == nil || c.Given == 1),
	}
	if it.Of != nil {
		v.About, v.Text = it.Of.Stem, it.Of.Text
	}
	given := givenOf(it.Question.Type, d.Answer)
	for i, l := range linesOf(it) {
		line := web.FactView{Label: l.Label, Text: "（没有写）"}
		if i < len(given) && given[i] != "" {
			line.Text = given[i]
		}
		v.Answer = append(v.Answer, line)
	}
	var own []int64
	if d.Own != nil {
		own, v.Version, v.Note = d.Own.points(), fmt.Sprint(d.Own.Version), d.Own.Note
	}
	texts, most := criteria(it)
	for i, text := range texts {
		p := pages.PointRow{Name: fmt.Sprintf("points.%d", i), Label: text, Most: points(most[i])}
		if i < len(own) {
			p.Given = points(own[i])
		}
		v.Criteria = append(v.Criteria, p)
	}
	return v
}

func (s *Service) postScript(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf[ScriptID](r, nounScript)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	d, err := s.Script(r.Context(), by, id)
	if err != nil {
		return err
	}
	in := markInputOf(f, d.Item)
	if err = f.Err(); err == nil {
		err = s.Mark(r.Context(), by, id, in)
	}
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderScript(w, r, by, status, id, f)
	case err != nil:
		return err
	}
	return s.onward(w, r, by, d)
}

// onward goes to the next script of the same item; with the last one of a sitting there is none.
func (s *Service) onward(w http.ResponseWriter, r *http.Request, by access.Session, d Desk) error {
	err := s.DB.View(r.Context(), func(tx *store.Tx) (err error) {
		d.Sitting, err = sittingOf(tx, d.Sitting.ID)
		return err
	})
	if err != nil {
		return err
	}
	if d.Sitting.State != Marking {
		web.Notify(w, r, web.Flash{Text: "这场考试已经全部评完"})
		web.SeeOther(w, r, PathMarking+"/"+d.Sitting.ID.String())
		return nil
	}
	return s.toNext(w, r, by, d.Sitting.ID, strconv.Itoa(d.Script.Item))
}

func markInputOf(f *web.Form, it assembly.Item) MarkInput {
	in := MarkInput{Version: f.Int("own", "版本", 0, 1<<60), Note: f.Text("note", maxReason)}
	texts, _ := criteria(it)
	for i, text := range texts {
		name := fmt.Sprintf("points.%d", i)
		typed := f.Decimal(name, 10)
		n, err := hundredths(typed)
		if typed == "" {
			f.Add(name, "请填写“%s”的得分", text)
		} else if err != nil {
			f.Add(name, "分数写成数，最多两位小数")
		}
		in.Points = append(in.Points, n)
	}
	return in
}

func (s *Service) showMarking(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf[SittingID](r, nounSitting)
	if err != nil {
		return err
	}
	return s.renderMarking(w, r, by, http.StatusOK, id, web.NewForm(nil))
}

func (s *Service) renderMarking(w http.ResponseWriter, r *http.Request, by access.Session, status int, id SittingID, f *web.Form) error {
	m, err := s.Marking(r.Context(), by, id)
	if err != nil {
		return err
	}
	x := m.Sitting
	v := pages.MarkingView{Title: x.Title, Back: x.URL(), Version: fmt.Sprint(x.Version), Form: f, State: phaseTag(x.Phase(s.DB.Now(), 0)), Appoint: by.Can(access.ExamManage) && (x.State == Draft || x.State == Frozen || x.State == Marking)}
	for _, p := range m.Items {
		v.Items = append(v.Items, pages.ProgressRow{
			Number: itemNumber(p.Item), Stem: p.Stem, Points: points(p.Points) + " 分", All: p.All, None: p.None, Once: p.Once, Third: p.Third, Done: p.Done,
			Apart: rate(p.Thirds+p.Third, p.Done+p.Third),
		})
	}
	for _, sh := range m.Shares {
		row := pages.ShareRow{Name: sh.Name, Marks: sh.Marks, Mean: "—", State: "评卷人"}
		if sh.Marks > 0 {
			row.Mean = law.Money(sh.Sum / sh.Marks).String()
		}
		if !sh.Active {
			row.State = "已撤下"
		} else if v.Appoint {
			row.Marker = fmt.Sprint(sh.Marker)
		}
		v.Shares = append(v.Shares, row)
	}
	return web.Render(w, r, status, pages.Marking(v))
}

func (s *Service) onMarking(w http.ResponseWriter, r *http.Request, by access.Session, said string, do func(ctx context.Context, id SittingID, version int64, f *web.Form) error) error {
	return act(w, r, nounSitting, func(ctx context.Context, id SittingID, f *web.Form) (string, string, error) {
		v := version(f)
		if err := f.Err(); err != nil {
			return "", "", err
		}
		return PathManage + "/" + id.String() + "/marking", said, do(ctx, id, v, f)
	}, func(id SittingID, status int, f *web.Form) error { return s.renderMarking(w, r, by, status, id, f) })
}

func loginsOf(f *web.Form, name string) []string {
	return strings.FieldsFunc(f.Long(name, 20000), func(c rune) bool { return strings.ContainsRune(" \t\r\n,，、;；", c) })
}

func (s *Service) postMarkers(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onMarking(w, r, by, "已指定", func(ctx context.Context, id SittingID, v int64, f *web.Form) error {
		logins := loginsOf(f, "markers")
		if err := f.Err(); err != nil {
			return err
		}
		return s.Appoint(ctx, by, id, v, logins)
	})
}

func (s *Service) postDismiss(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onMarking(w, r, by, "已撤下", func(ctx context.Context, id SittingID, v int64, f *web.Form) error {
		who := f.RequiredID("marker", "评卷人")
		if err := f.Err(); err != nil {
			return err
		}
		return s.Dismiss(ctx, by, id, v, access.AccountID(who))
	})
}
