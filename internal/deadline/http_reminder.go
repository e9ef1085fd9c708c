package deadline

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/deadline/pages"
	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/web"
)

func idOf(r *http.Request, what string) (int64, error) {
	id, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return 0, fault.Missing(what)
	}
	return id, nil
}

func (s *Service) showRemind(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf(r, "这个期限")
	if err != nil {
		return err
	}
	return s.renderRemind(w, r, by, RowID(id), http.StatusOK, nil)
}

func (s *Service) renderRemind(w http.ResponseWriter, r *http.Request, by access.Session, id RowID, status int, f *web.Form) error {
	scope, err := supervise(by)
	if err != nil {
		return err
	}
	var row Row
	if err := s.DB.View(r.Context(), func(tx *store.Tx) (err error) { row, err = rowIn(tx, scope, id); return err }); err != nil {
		return err
	}
	terms, err := s.termRows(r, by, []Row{row})
	if err != nil {
		return err
	}
	t := terms[0]
	v := pages.RemindView{Term: t, Form: f, Action: PathTerms + "/" + RowText(id) + "/remind", Facts: []web.FactView{
		{Label: "事项", Text: t.Matter, Href: t.Href}, {Label: "期限", Text: t.Term}, {Label: "届满", Body: web.Due(t.Due)}, {Label: "依据", Body: web.Cites(row.Cites())}, {Label: "承办", Text: t.Holders + "，" + t.Unit},
	}}
	return web.Render(w, r, status, pages.Remind(v))
}

func (s *Service) postRemind(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf(r, "这个期限")
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	demand, until := f.Long("demand", maxDemand), f.Date("answer_by", "最迟哪一天答复")
	var made ReminderID
	if err = f.Err(); err == nil {
		made, err = s.Issue(r.Context(), by, RowID(id), demand, until)
	}
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderRemind(w, r, by, RowID(id), status, f)
	case err != nil:
		return err
	}
	web.Notify(w, r, web.Flash{Text: "督办单已发出"})
	web.SeeOther(w, r, (&Reminder{ID: int64(made)}).URL())
	return nil
}

func reminderTag(state string) web.TagView {
	return web.TagView{Label: reminderLabels[state], Kind: map[string]string{ReminderOpen: "soon", ReminderAnswered: "blue", ReminderClosed: "ok"}[state]}
}

func (s *Service) showReminders(w http.ResponseWriter, r *http.Request, by access.Session) error {
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return err
	}
	q := web.QueryForm(r)
	state := q.Choice("state", "状态", ReminderOpen, ReminderAnswered, ReminderClosed)
	if err := q.Err(); err != nil {
		return err
	}
	cur, ok, err := store.DecodeCursor(q.Value("after"), "reminders"+state)
	if err != nil {
		return err
	}
	v := pages.RemindersView{Empty: web.EmptyView{Title: "没有督办单", Why: "这一类里还没有督办单。"}}
	if by.Can(access.DeadlineSupervise) {
		v.List = Path
		v.Empty.Exit = web.Link{Label: "看期限", Href: Path}
	}
	for _, x := range []struct{ state, label string }{{"", "全部"}, {ReminderOpen, "等答复"}, {ReminderAnswered, "已答复"}, {ReminderClosed, "已办结"}} {
		href := PathReminders
		if x.state != "" {
			href += "?state=" + x.state
		}
		v.Tabs = append(v.Tabs, web.TabView{Label: x.label, Href: href, Current: x.state == state, NoCount: true})
	}
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		rows, prev, next, err := remindersOf(tx, scope, state, cur, ok)
		turn := func(after string) string {
			if after == "" {
				return ""
			}
			return PathReminders + "?state=" + state + "&after=" + after
		}
		v.Pager = web.PagerView{Summary: strconv.Itoa(len(rows)) + " 份", Prev: turn(prev), Next: turn(next)}
		for _, x := range rows {
			row := pages.ReminderRow{Number: x.Number(), Href: x.URL(), About: x.Title + " " + x.Term, To: x.HolderName, Demand: x.Demand, State: reminderTag(x.State)}
			if x.State == ReminderOpen {
				row.AnswerBy = web.DueOf(x.AnswerBy, tx.Today(), false, s.Calendar)
			}
			v.Rows = append(v.Rows, row)
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Reminders(v))
}

func (s *Service) showReminder(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf(r, "这份督办单")
	if err != nil {
		return err
	}
	return s.renderReminder(w, r, by, ReminderID(id), http.StatusOK, nil)
}

func (s *Service) renderReminder(w http.ResponseWriter, r *http.Request, by access.Session, id ReminderID, status int, f *web.Form) error {
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return err
	}
	var x Reminder
	if err := s.DB.View(r.Context(), func(tx *store.Tx) (err error) { x, err = reminderIn(tx, scope, id); return err }); err != nil {
		return err
	}
	v := pages.ReminderView{
		Number: x.Number(), Bureau: web.ViewerFrom(r.Context()).Bureau, Demand: x.Demand, Answer: x.Answer, Closing: x.Closing, State: reminderTag(x.State), Form: f, Version: strconv.FormatInt(x.Version, 10),
		Issued: x.IssuerName + "，" + x.IssuedOn.Han(), Answered: x.HolderName + "，" + x.AnsweredOn.Han(), Closed: x.ClosedOn.Han(),
		Facts: []web.FactView{{Label: "事项", Text: x.Title, Href: x.Href}, {Label: "期限", Text: x.Term}, {Label: "发出时届满日", Text: x.Due.Han()}, {Label: "给谁", Text: x.HolderName}, {Label: "最迟答复", Text: x.AnswerBy.Han()}},
	}
	if f != nil {
		v.Version = f.Value("version")
	}
	if x.State == ReminderOpen && by.Can(access.CaseHandle) && by.Person() == x.Holder {
		v.AnswerTo = x.URL() + "/answer"
	}
	if x.State != ReminderClosed && by.Can(access.DeadlineSupervise) {
		v.CloseTo = x.URL() + "/close"
	}
	return web.Render(w, r, status, pages.ReminderPage(v))
}

func (s *Service) postAnswer(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.postWords(w, r, by, "answer", "答复已送到", s.Answer)
}

func (s *Service) postClose(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.postWords(w, r, by, "closing", "督办单已办结", s.Close)
}

func (s *Service) postWords(w http.ResponseWriter, r *http.Request, by access.Session, field, done string, do func(context.Context, access.Session, ReminderID, int64, string) error) error {
	id, err := idOf(r, "这份督办单")
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	text, version := f.Long(field, maxAnswer), f.Int("version", "版本", 0, 1<<62)
	if err = f.Err(); err == nil {
		err = do(r.Context(), by, ReminderID(id), version, text)
	}
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderReminder(w, r, by, ReminderID(id), status, f)
	case err != nil:
		return fault.Moved(err, (&Reminder{ID: id}).URL())
	}
	web.Notify(w, r, web.Flash{Text: done})
	web.SeeOther(w, r, (&Reminder{ID: id}).URL())
	return nil
}

func (s *Service) showMisses(w http.ResponseWriter, r *http.Request, by access.Session) error {
	q := web.QueryForm(r)
	id := q.ID("explain", "超期记录")
	if err := q.Err(); err != nil {
		return err
	}
	return s.renderMisses(w, r, by, http.StatusOK, MissID(id), q.Value("after"), nil)
}

func (s *Service) renderMisses(w http.ResponseWriter, r *http.Request, by access.Session, status int, ask MissID, after string, f *web.Form) error {
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return err
	}
	cur, ok, err := store.DecodeCursor(after, "misses")
	if err != nil {
		return err
	}
	var v pages.MissesView
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		rows, prev, next, err := missesOf(tx, scope, cur, ok)
		if err != nil {
			return err
		}
		if v.Rows, err = s.missRows(tx, by, rows); err != nil {
			return err
		}
		v.Pager = web.PagerView{Summary: strconv.Itoa(len(rows)) + " 条"}
		if prev != "" {
			v.Pager.Prev = PathMisses + "?after=" + prev
		}
		if next != "" {
			v.Pager.Next = PathMisses + "?after=" + next
		}
		if ask == 0 {
			return nil
		}
		m, err := missByID(tx, int64(ask))
		if err == nil {
			err = scope.Check(m.Levels, "这条超期记录")
		}
		v.Ask = &pages.MissAsk{Title: m.Title + "：" + m.Term, Action: PathMisses + "/" + RowText(RowID(m.ID)) + "/cause", Version: strconv.FormatInt(m.Version, 10), Form: f}
		if f == nil {
			v.Ask.Form = web.NewForm(map[string]string{"cause": m.Cause})
		} else {
			v.Ask.Version = f.Value("version")
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Misses(v))
}

func (s *Service) missRows(tx *store.Tx, by access.Session, rows []Miss) ([]pages.MissRow, error) {
	units, err := s.unitNames(tx)
	if err != nil {
		return nil, err
	}
	ids := map[int64]bool{}
	for _, m := range rows {
		ids[m.Holder], ids[m.Second] = true, true
	}
	names, err := s.peopleNames(tx, slices.Sorted(maps.Keys(ids))...)
	if err != nil {
		return nil, err
	}
	var out []pages.MissRow
	for _, m := range rows {
		row := pages.MissRow{Matter: m.Title, Href: m.Href, Unit: units[m.UnitID], Holders: bothOf(names, m.Matter), Term: m.Term, Due: m.Due, Cites: Row{Cite: m.Cite}.Cites(), Cause: m.Cause}
		if m.Cause != "" {
			row.Said = m.SaidBy + "，" + m.SaidOn.Han()
		}
		if by.Can(access.DeadlineSupervise) || by.Person() != 0 && (by.Person() == m.Holder || by.Person() == m.Second) {
			row.Explain = m.Explain()
		}
		out = append(out, row)
	}
	return out, nil
}

// bothOf names who holds a matter.
func bothOf(names map[int64]string, m Matter) string {
	return strings.Join(slices.DeleteFunc([]string{names[m.Holder], names[m.Second]}, func(n string) bool { return n == "" }), "、")
}

func (s *Service) postExplain(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf(r, "这条超期记录")
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	cause, version := f.Long("cause", maxDemand), f.Int("version", "版本", 0, 1<<62)
	if err = f.Err(); err == nil {
		err = s.Explain(r.Context(), by, MissID(id), version, cause)
	}
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderMisses(w, r, by, status, MissID(id), "", f)
	case err != nil:
		return fault.Moved(err, PathMisses+"?explain="+RowText(RowID(id)))
	}
	web.Notify(w, r, web.Flash{Text: "原因已记下"})
	web.SeeOther(w, r, PathMisses)
	return nil
}
