package casework

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
	"fadu/internal/web"
)

var todoLabels = [todoGroups]string{"已超期", "今天", "3 个工作日内", "以后"}

var weekdays = [7]string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}

// showTodo is the first page after signing in.
func (s *Service) showTodo(w http.ResponseWriter, r *http.Request, by access.Session) error {
	t, err := s.Todo(r.Context(), by)
	if err != nil {
		return err
	}
	today := law.DateOf(s.DB.Now())
	v := pages.TodoView{Today: today.Han() + " " + weekdays[today.Weekday()]}
	v.Count, _ = t.Count()
	ends := map[law.Date]int{}
	primary := false
	for g, items := range t.Groups {
		view := pages.TodoGroupView{Label: todoLabels[g], Late: TodoGroup(g) == TodoLate}
		for _, it := range items {
			line := s.todoLine(it, today)
			line.Primary, primary = !primary, true
			view.Items = append(view.Items, line)
			ends[it.Due]++
		}
		v.Groups = append(v.Groups, view)
	}
	if t.Cut {
		v.More = "待办很多，只列出较早的；其余在案件列表里看。"
	}
	if by.Can(access.LeadRegister) {
		v.NewHref = pages.NavLead
	}
	if by.Can(access.CaseRead) {
		v.CasesHref, v.CasesLabel = pages.NavCases+"?state=open", "在办案件"
		if handles(by) {
			v.CasesHref, v.CasesLabel = pages.NavCases+"?officer=me&state=open", "我的在办案件"
		}
	}
	v.Calendar, v.CalendarNote = s.workCalendar(today, ends)
	if err := s.DB.View(r.Context(), func(tx *store.Tx) error { return ownStanding(tx, by, &v) }); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Todo(v))
}

// handles reports whether the account is a person who may handle cases.
func handles(by access.Session) bool { return by.Person() != 0 && by.Can(access.CaseHandle) }

func (s *Service) todoLine(it TodoItem, today law.Date) pages.TodoLine {
	href := it.Href
	if href == "" {
		href = (&Case{ID: it.Case}).URL()
		if it.Step != "" {
			href += "?step=" + it.Step
		}
	}
	return pages.TodoLine{What: it.What, About: joinDot(it.Title, it.About), Href: href, Action: it.Action, Due: web.DueOf(it.Due, today, it.Workdays, s.Calendar), Cite: it.Cite}
}

// ownStanding shows a person's own certificate: whether it is valid today and what is to be seen to.
func ownStanding(tx *store.Tx, by access.Session, v *pages.TodoView) error {
	if !handles(by) {
		return nil
	}
	o, err := org.OfficerOn(tx, org.PersonID(by.Person()), tx.Today(), "")
	if err != nil {
		return err
	}
	v.Standing = []web.FactView{{Label: "执法证", Text: orWord(o.CertificateNo, "没有")}, {Label: "今天", Body: web.Tagged("可以承办", "ok")}}
	if !o.Certified {
		v.Standing[1].Body = web.Tagged("不能承办", "line")
	}
	if o.UnitName != "" {
		v.Standing = append(v.Standing, web.FactView{Label: "单位", Text: joinDot(o.UnitName, o.Post)})
	}
	for _, reason := range o.Reasons {
		v.StandingNotes = append(v.StandingNotes, pages.NoteView{Text: reason})
	}
	for _, warning := range o.Warnings {
		v.StandingNotes = append(v.StandingNotes, pages.NoteView{Kind: "soon", Text: warning})
	}
	return nil
}

// calendarWeeks is how many weeks the calendar of working days shows.
const calendarWeeks = 3

// workCalendar shows this week and the next two: days off, days worked, and how many duties end.
func (s *Service) workCalendar(today law.Date, ends map[law.Date]int) ([]pages.CalendarWeek, string) {
	note := ""
	d := today.AddDays(-(int(today.Weekday()) + 6) % 7)
	var out []pages.CalendarWeek
	for range calendarWeeks {
		var week pages.CalendarWeek
		for i := range week {
			day := pages.CalendarDay{Number: strconv.Itoa(d.Day()), Today: d == today}
			weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
			worked, err := s.Calendar.Workday(d)
			switch {
			case err != nil:
				note = fmt.Sprintf("待载入%d年放假安排", d.Year())
				day.Off = weekend
			case !worked:
				day.Off = true
				if !weekend {
					day.Small = "休"
				}
			case weekend:
				day.Work, day.Small = true, "班"
			}
			if n := ends[d]; n > 0 {
				day.Has, day.Small = true, fmt.Sprintf("%d 件", n)
			}
			week[i] = day
			d = d.AddDays(1)
		}
		out = append(out, week)
	}
	return out, note
}
