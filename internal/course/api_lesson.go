package course

import (
	"context"
	"time"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/store"
)

// LessonOut is a session in person for programs.
type LessonOut struct {
	ID      string          `json:"id"`
	Title   string          `json:"title"`
	Place   string          `json:"place"`
	Starts  time.Time       `json:"starts"`
	Ends    time.Time       `json:"ends"`
	Leaders bool            `json:"leaders" doc:"领导干部学法"`
	State   string          `json:"state" enum:"planned,cancelled"`
	Version int64           `json:"version" doc:"办理时照填"`
	Visits  int64           `json:"visits,omitempty" doc:"人次；只在单独取一次时给出"`
	People  int64           `json:"people,omitempty" doc:"人数；只在单独取一次时给出"`
	There   []AttendanceOut `json:"there,omitempty"`
}

// AttendanceOut is somebody's being there.
type AttendanceOut struct {
	ID     string    `json:"id"`
	Name   string    `json:"name"`
	Way    string    `json:"way" enum:"code,manual"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
	Gone   string    `json:"gone" doc:"去掉的理由；没有去掉的是空的"`
}

// LessonEdit changes a session.
type LessonEdit struct {
	api.Seen
	LessonInput
}

// EnterBody writes somebody in.
type EnterBody struct {
	api.Reasoned
	Login string `json:"login" doc:"登录名"`
	Name  string `json:"name" doc:"外单位的人写姓名"`
}

// TakeOutBody takes a row out.
type TakeOutBody struct {
	api.Reasoned
	Row string `json:"row" doc:"签到的编号"`
}

func lessonOut(l Lesson) LessonOut {
	return LessonOut{ID: l.ID.String(), Title: l.Title, Place: l.Place, Starts: store.FromMicros(l.StartsAt), Ends: store.FromMicros(l.EndsAt), Leaders: bool(l.Leaders), State: string(l.State), Version: l.Version}
}

func (s *Service) lessonAPI(a *api.API) {
	read, manage := access.TrainingRead, access.CourseManage
	api.Get(a, api.Operation{ID: "listLessons", Path: "/lessons", Group: apiGroup, Allow: read, Summary: "面授，新的在前"}, s.lessonsOut)
	api.Get(a, api.Operation{ID: "getLesson", Path: "/lessons/{id}", Group: apiGroup, Allow: read, Summary: "一次面授和签到的人"}, s.lessonDetail)
	api.Add(a, api.Operation{ID: "planLesson", Path: "/lessons", Group: apiGroup, Allow: manage, Summary: "安排面授"},
		func(ctx context.Context, by access.Session, in LessonInput) (LessonID, error) {
			return s.Plan(ctx, by, 0, 0, in)
		})
	api.Act(a, api.Operation{ID: "changeLesson", Path: "/lessons/{id}/change", Group: apiGroup, Allow: manage, Summary: "改面授的安排"}, nounLesson,
		func(ctx context.Context, by access.Session, id LessonID, in LessonEdit) error {
			_, err := s.Plan(ctx, by, id, in.Version, in.LessonInput)
			return err
		})
	api.Act(a, api.Operation{ID: "enterAttendance", Path: "/lessons/{id}/enter", Group: apiGroup, Allow: manage, Summary: "补登签到"}, nounLesson,
		func(ctx context.Context, by access.Session, id LessonID, in EnterBody) error {
			return s.Enter(ctx, by, id, in.Version, in.Login, in.Name, in.Reason)
		})
	api.Act(a, api.Operation{ID: "removeAttendance", Path: "/lessons/{id}/take-out", Group: apiGroup, Allow: manage, Summary: "去掉签到"}, nounLesson,
		func(ctx context.Context, by access.Session, id LessonID, in TakeOutBody) error {
			row, err := api.IDOf[AttendanceID](in.Row, nounAttendance)
			if err != nil {
				return err
			}
			return s.TakeOut(ctx, by, id, in.Version, row, in.Reason)
		})
	api.Act(a, api.Operation{ID: "cancelLesson", Path: "/lessons/{id}/cancel", Group: apiGroup, Allow: manage, Summary: "取消面授"}, nounLesson,
		func(ctx context.Context, by access.Session, id LessonID, in api.Reasoned) error {
			return s.Cancel(ctx, by, id, in.Version, in.Reason)
		})
}

func (s *Service) lessonsOut(ctx context.Context, by access.Session, in booksQuery) (out api.List[LessonOut], err error) {
	list, _, prev, next, err := s.Lessons(ctx, by, in.After)
	return api.ListOf(list, prev, next, lessonOut), err
}

func (s *Service) lessonDetail(ctx context.Context, by access.Session, in api.One) (out LessonOut, err error) {
	id, err := api.IDOf[LessonID](in.ID, nounLesson)
	if err != nil {
		return out, err
	}
	l, there, h, err := s.Lesson(ctx, by, id)
	if err != nil {
		return out, err
	}
	out = lessonOut(l)
	out.Visits, out.People = h.Visits, h.People
	for _, a := range there {
		out.There = append(out.There, AttendanceOut{a.ID.String(), a.Name, a.Way, store.FromMicros(a.At), a.Reason, a.GoneWhy})
	}
	return out, nil
}
