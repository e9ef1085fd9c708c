package app_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/app/apptest"
	"fadu/internal/exam/assembly"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/grade"
	"fadu/internal/exam/sitting"
)

// invigilator plans exams of a bureau, in which one person is the candidate.
type invigilator struct {
	*testing.T
	site  *apptest.Site
	by    access.Session
	own   access.Session
	login string
}

// examPages has an officer hand in one exam, sit another one and wait for a third, while a fourth is a draft. What is the
// same page at another time, or on the device on which the paper is answered, comes as screens of its own.
func examPages(t *testing.T, p *peopled, site *apptest.Site, more map[string]string) (out []screen) {
	t.Helper()
	x := &invigilator{T: t, site: site, login: p.actors[slices.IndexFunc(p.actors, func(a actor) bool { return a.role == access.Officer && a.unit == ownUnit })].login}
	ctx := t.Context()
	var err error
	if x.by, err = site.App.Access.SessionFor(ctx, "trainer"); err == nil {
		x.own, err = site.App.Access.SessionFor(ctx, x.login)
	}
	x.check(err)
	now := site.Clock.Now()
	done := x.plan("演示测验", now.Add(time.Minute), 0, 5)
	open := x.plan("演示考试（进行中）", now.Add(10*time.Minute), 0, 60)
	soon := x.plan("演示考试（候考）", now.Add(40*time.Minute), 35, 60)
	draft := x.make("演示考试（草稿）", now.Add(24*time.Hour), 30, 60)

	site.Clock.Set(now.Add(2 * time.Minute))
	handed := x.start(done)
	_, err = site.App.Exams.Submit(ctx, x.own, handed.Attempt, handed.Device)
	x.check(err)
	site.Clock.Set(now.Add(11 * time.Minute))
	x.check(site.App.Exams.Collect(ctx, done))
	x.check(site.App.Exams.Publish(ctx, x.by, done, x.version(done)))
	going := x.start(open)

	attempt := func(id sitting.AttemptID) string { return sitting.PathAttempts + "/" + id.String() }
	more["GET /w/exams/{id}"] = sitting.Path + "/" + soon.String()
	more["GET /w/attempts/{id}"] = attempt(going.Attempt)
	more["GET /w/sittings/{id}/edit"] = sitting.PathManage + "/" + draft.String() + "/edit"
	for _, s := range []screen{
		{name: "答卷", path: attempt(going.Attempt), login: x.login, cookie: &http.Cookie{Name: sitting.DeviceCookie, Value: going.Device}},
		{name: "交卷回执", path: attempt(handed.Attempt), login: x.login},
		{name: "公布了的考试", path: sitting.Path + "/" + done.String(), login: x.login},
		{name: "没有定卷的考试", path: sitting.PathManage + "/" + draft.String(), login: "trainer"},
		{name: "定了卷的考试", path: sitting.PathManage + "/" + soon.String(), login: "trainer"},
		{name: "安排考试没填", path: sitting.PathManage + "/new", login: "trainer", status: http.StatusUnprocessableEntity, submit: true},
	} {
		s.site, s.base = site, site.URL
		if s.status == 0 {
			s.status = http.StatusOK
		}
		out = append(out, s)
	}
	return out
}

func (x *invigilator) check(err error) {
	x.Helper()
	if err != nil {
		x.Fatal(err)
	}
}

func (x *invigilator) version(id sitting.SittingID) int64 {
	x.Helper()
	s, _, _, err := x.site.App.Exams.Sitting(x.Context(), x.by, id)
	x.check(err)
	return s.Version
}

// make plans an exam of questions of each kind that the bank can give.
func (x *invigilator) make(title string, opens time.Time, waiting, long int64) sitting.SittingID {
	x.Helper()
	id, err := x.site.App.Exams.Make(x.Context(), x.by, sitting.Input{
		Title: title, Opens: opens, Waiting: waiting, Late: 3, Minutes: long, Attempts: 1, Pass: 6_00, Policy: grade.SubsetHalf,
		Blueprint: assembly.Blueprint{{Type: bank.Single, Count: 4, Points: 1_00}, {Type: bank.Multiple, Count: 2, Points: 2_00}, {Type: bank.Judgement, Count: 2, Points: 1_00}},
	})
	x.check(err)
	x.check(x.site.App.Exams.Enrol(x.Context(), x.by, id, x.version(id), sitting.RosterInput{Logins: []string{x.login}}))
	return id
}

// plan plans an exam with its paper.
func (x *invigilator) plan(title string, opens time.Time, waiting, long int64) sitting.SittingID {
	x.Helper()
	id := x.make(title, opens, waiting, long)
	x.check(x.site.App.Exams.Freeze(x.Context(), x.by, id, x.version(id)))
	return id
}

func (x *invigilator) start(id sitting.SittingID) sitting.Started {
	x.Helper()
	st, err := x.site.App.Exams.Start(x.Context(), x.own, id, sitting.StartInput{})
	x.check(err)
	return st
}
