package course

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"fadu/internal/access"
	"fadu/internal/course/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) lessonRoutes() []access.Route {
	take, read, manage := access.TrainingTake, access.TrainingRead, access.CourseManage
	return []access.Route{
		{Pattern: "GET " + PathLessons, Allow: read, Handle: s.showLessons},
		{Pattern: "POST " + PathLessons, Allow: manage, Handle: s.postLesson},
		{Pattern: "GET " + PathLessons + "/{id}", Allow: read, Handle: s.showLesson},
		{Pattern: "POST " + PathLessons + "/{id}", Allow: manage, Handle: s.postPlan},
		{Pattern: "GET " + PathLessons + "/{id}/export", Allow: read, Handle: s.exportLesson},
		{Pattern: "GET " + PathLessons + "/{id}/screen", Allow: manage, Handle: s.showScreen},
		{Pattern: "GET " + PathLessons + "/{id}/sign", Allow: take, Handle: s.showSign},
		{Pattern: "POST " + PathLessons + "/{id}/sign", Allow: take, Handle: s.postSign},
		{Pattern: "POST " + PathLessons + "/{id}/enter", Allow: manage, Handle: s.postEnter},
		{Pattern: "POST " + PathLessons + "/{id}/take-out", Allow: manage, Handle: s.postTakeOut},
		{Pattern: "POST " + PathLessons + "/{id}/cancel", Allow: manage, Handle: s.postCancel},
		{Pattern: "GET " + PathLessons + "/export", Allow: read, Handle: s.exportLessons},
	}
}

func lessonID(r *http.Request) (LessonID, error) {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return 0, fault.Missing(nounLesson)
	}
	return LessonID(n), nil
}

func lessonTag(l Lesson, now time.Time) web.TagView {
	starts, ends := store.FromMicros(l.StartsAt), store.FromMicros(l.EndsAt)
	switch {
	case l.State == Cancelled:
		return web.TagView{Label: "取消", Kind: "line"}
	case !now.Before(ends):
		return web.TagView{Label: "已结束", Kind: "ok"}
	case Signable(starts, ends, now):
		return web.TagView{Label: "签到中", Kind: "blue"}
	}
	return web.TagView{Label: "待举行", Kind: "soon"}
}

func headcounts(h Headcount) []web.StatView {
	return []web.StatView{{Label: "人次", Value: strconv.FormatInt(h.Visits, 10), Unit: "人次"}, {Label: "人数", Value: strconv.FormatInt(h.People, 10), Unit: "人"}}
}

func (s *Service) showLessons(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderLessons(w, r, by, http.StatusOK, web.NewForm(nil))
}

func (s *Service) renderLessons(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form) error {
	list, year, prev, next, err := s.Lessons(r.Context(), by, r.URL.Query().Get("after"))
	if err != nil {
		return err
	}
	v := pages.LessonsView{Form: f, Adding: by.Can(access.CourseManage), Export: PathLessons + "/export", Stats: headcounts(year)}
	v.Stats[0].Detail, v.Stats[1].Detail = "今年", "今年，一人算一个"
	for _, l := range list {
		v.Rows = append(v.Rows, pages.LessonRow{Href: l.URL(), Title: l.Title, Place: l.Place, When: when(l.StartsAt), State: lessonTag(l, s.DB.Now()), Leaders: leadersTag(bool(l.Leaders))})
	}
	turn := func(after string) string {
		if after == "" {
			return ""
		}
		return PathLessons + "?after=" + url.QueryEscape(after)
	}
	v.Pager = web.PagerView{Summary: fmt.Sprintf("本页 %d 次", len(list)), Prev: turn(prev), Next: turn(next)}
	return web.Render(w, r, status, pages.Lessons(v))
}

func lessonInput(f *web.Form) LessonInput {
	return LessonInput{Title: f.Required("title", "内容", 100), Place: f.Required("place", "地点", 100), Starts: f.RequiredTime("starts", "开始"), Ends: f.RequiredTime("ends", "结束"), Leaders: f.Bool("leaders")}
}

func (s *Service) postLesson(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	in := lessonInput(f)
	var id LessonID
	if err = f.Err(); err == nil {
		id, err = s.Plan(r.Context(), by, 0, 0, in)
	}
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderLessons(w, r, by, status, f)
	case err != nil:
		return err
	}
	web.SeeOther(w, r, Lesson{ID: id}.URL())
	return nil
}

func (s *Service) showLesson(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := lessonID(r)
	if err != nil {
		return err
	}
	return s.renderLesson(w, r, by, id, http.StatusOK, nil)
}

const localTime = "2006-01-02T15:04"

func (s *Service) renderLesson(w http.ResponseWriter, r *http.Request, by access.Session, id LessonID, status int, f *web.Form) error {
	l, there, h, err := s.Lesson(r.Context(), by, id)
	if err != nil {
		return err
	}
	v := pages.LessonView{
		Title: l.Title, Href: l.URL(), Meta: when(l.StartsAt) + " 至 " + when(l.EndsAt) + "，" + l.Place, Seen: strconv.FormatInt(l.Version, 10), Export: l.URL() + "/export", State: lessonTag(l, s.DB.Now()), Leaders: leadersTag(bool(l.Leaders)),
		Stats: headcounts(h), Form: f, Managing: by.Can(access.CourseManage) && l.State != Cancelled,
		Values: map[string]string{"title": l.Title, "place": l.Place, "starts": store.FromMicros(l.StartsAt).In(law.Zone).Format(localTime), "ends": store.FromMicros(l.EndsAt).In(law.Zone).Format(localTime)},
	}
	if bool(l.Leaders) {
		v.Values["leaders"] = "1"
	}
	if v.Managing && s.DB.Now().Before(store.FromMicros(l.EndsAt)) {
		v.Screen = l.URL() + "/screen"
	}
	if f == nil {
		v.Form = web.NewForm(nil)
	} else if f.Value("version") != "" {
		v.Seen = f.Value("version")
	}
	for _, a := range there {
		row := pages.AttendanceRow{Name: a.Name, Way: wayLabels[a.Way], When: when(a.At), By: a.By, Reason: a.Reason}
		if bool(a.Gone) {
			row.Gone, row.Reason = web.TagView{Label: "已去掉", Kind: "line"}, a.GoneWhy
		} else if v.Managing {
			row.Remove = a.ID.String()
		}
		v.Rows = append(v.Rows, row)
	}
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		history, err := ledger.History(tx, l.Subject(), 0, 30)
		v.History = nil
		for _, e := range history {
			v.History = append(v.History, historyLine(e))
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Lesson(v))
}

// onLessonPage does an act on a session and shows it again.
func (s *Service) onLessonPage(w http.ResponseWriter, r *http.Request, by access.Session, says string, do func(f *web.Form, id LessonID, seen int64) error) error {
	id, err := lessonID(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	seen := f.RequiredInt("version", "版本", 0, 1<<62)
	if err = f.Err(); err == nil {
		err = do(f, id, seen)
	}
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderLesson(w, r, by, id, status, f)
	case err != nil:
		return fault.Moved(err, Lesson{ID: id}.URL())
	}
	web.Notify(w, r, web.Flash{Text: says})
	web.SeeOther(w, r, Lesson{ID: id}.URL())
	return nil
}

func (s *Service) postPlan(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onLessonPage(w, r, by, "已保存", func(f *web.Form, id LessonID, seen int64) error {
		in := lessonInput(f)
		if err := f.Err(); err != nil {
			return err
		}
		_, err := s.Plan(r.Context(), by, id, seen, in)
		return err
	})
}

func (s *Service) postEnter(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onLessonPage(w, r, by, "已补登", func(f *web.Form, id LessonID, seen int64) error {
		return s.Enter(r.Context(), by, id, seen, f.Text("login", 60), f.Text("name", 60), f.Text("reason", 200))
	})
}

func (s *Service) postTakeOut(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onLessonPage(w, r, by, "已去掉", func(f *web.Form, id LessonID, seen int64) error {
		return s.TakeOut(r.Context(), by, id, seen, AttendanceID(f.RequiredID("row", "签到")), f.Text("reason", 200))
	})
}

func (s *Service) postCancel(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onLessonPage(w, r, by, "已取消", func(f *web.Form, id LessonID, seen int64) error {
		return s.Cancel(r.Context(), by, id, seen, f.Text("reason", 200))
	})
}

// showScreen is the code for the screen in the room; the page renews itself with the code.
func (s *Service) showScreen(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := lessonID(r)
	if err != nil {
		return err
	}
	l, _, _, err := s.Lesson(r.Context(), by, id)
	if err != nil {
		return err
	}
	now := s.DB.Now()
	v := pages.ScreenView{Title: l.Title, Back: l.URL(), Says: "开始前半小时起，到结束为止，这里显示签到码。"}
	if l.State != Cancelled && Signable(store.FromMicros(l.StartsAt), store.FromMicros(l.EndsAt), now) {
		v.Code = CodeAt(l.Secret, now)
		v.Says = "手机登录本系统以后扫码，按“签到”。码每半分钟换一次。"
		if v.QR, err = web.QR(s.Base + l.URL() + "/sign?code=" + v.Code); err != nil {
			return err
		}
	}
	w.Header().Set("Refresh", "15")
	return web.Render(w, r, http.StatusOK, pages.Screen(v))
}

func (s *Service) showSign(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderSign(w, r, by, http.StatusOK, "")
}

func (s *Service) renderSign(w http.ResponseWriter, r *http.Request, by access.Session, status int, says string) error {
	id, err := lessonID(r)
	if err != nil {
		return err
	}
	v := pages.SignView{Says: says, Code: r.URL.Query().Get("code")}
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		l, err := lessonOf(tx, id)
		if err != nil {
			return err
		}
		v.Title, v.Meta, v.Action = l.Title, when(l.StartsAt)+"，"+l.Place, l.URL()+"/sign"
		there, err := attendanceOf(tx, id)
		for _, a := range there {
			if a.Account == by.Account() && !bool(a.Gone) {
				v.Says = "您已在 " + when(a.At) + " 签到。"
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	if v.Code == "" && v.Says == "" {
		v.Says = "请扫会场屏幕上的签到码。"
	}
	return web.Render(w, r, status, pages.Sign(v))
}

func (s *Service) postSign(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := lessonID(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	if err := s.SignIn(r.Context(), by, id, f.Text("code", 40)); fault.Is(err, fault.Conflict) {
		return s.renderSign(w, r, by, http.StatusConflict, err.Error())
	} else if err != nil {
		return err
	}
	web.SeeOther(w, r, Lesson{ID: id}.URL()+"/sign")
	return nil
}

func (s *Service) exportLesson(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := lessonID(r)
	if err != nil {
		return err
	}
	l, there, h, err := s.Lesson(r.Context(), by, id)
	if err != nil {
		return err
	}
	sheet := web.Sheet{Name: "签到", Head: []string{"姓名", "方式", "时间", "登记人", "说明", "是否去掉"}, Widths: []float64{14, 10, 18, 14, 30, 10}}
	var rows [][]any
	for _, a := range there {
		gone := ""
		if bool(a.Gone) {
			gone = "去掉：" + a.GoneWhy
		}
		rows = append(rows, []any{a.Name, wayLabels[a.Way], when(a.At), a.By, a.Reason, gone})
	}
	rows = append(rows, []any{fmt.Sprintf("合计 %d 人次，%d 人", h.Visits, h.People), "", "", "", "", ""})
	sheet.Rows = web.Rows(rows)
	return web.Excel(w, r, "签到-"+l.Title+".xlsx", sheet)
}

// exportLessons writes the sessions with visits and people of each, in columns of their own.
func (s *Service) exportLessons(w http.ResponseWriter, r *http.Request, by access.Session) error {
	sheet := web.Sheet{Name: "面授", Head: []string{"内容", "开始", "结束", "地点", "领导干部学法", "状态", "人次", "人数"}, Widths: []float64{30, 18, 18, 20, 12, 10, 8, 8}}
	var rows [][]any
	for after := ""; ; {
		list, _, _, next, err := s.Lessons(r.Context(), by, after)
		if err != nil {
			return err
		}
		for _, l := range list {
			_, _, h, err := s.Lesson(r.Context(), by, l.ID)
			if err != nil {
				return err
			}
			leaders := ""
			if bool(l.Leaders) {
				leaders = "是"
			}
			rows = append(rows, []any{l.Title, when(l.StartsAt), when(l.EndsAt), l.Place, leaders, lessonTag(l, s.DB.Now()).Label, h.Visits, h.People})
		}
		if after = next; after == "" {
			break
		}
	}
	sheet.Rows = web.Rows(rows)
	return web.Excel(w, r, "面授-"+s.today()+".xlsx", sheet)
}
