package app_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/app/apptest"
	"fadu/internal/exam"
	"fadu/internal/exam/assembly"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/grade"
	"fadu/internal/exam/sitting"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/testkit"
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
	marked := x.planOpen(now.Add(time.Minute))
	soon := x.plan("演示考试（候考）", now.Add(40*time.Minute), 35, 60)
	draft := x.make("演示考试（草稿）", now.Add(24*time.Hour), 30, 60)

	site.Clock.Set(now.Add(2 * time.Minute))
	handed := x.start(done)
	_, err = site.App.Exams.Submit(ctx, x.own, handed.Attempt, handed.Device)
	x.check(err)
	x.drawsUp(marked)
	site.Clock.Set(now.Add(11 * time.Minute))
	x.check(site.App.Exams.Collect(ctx, done))
	x.check(site.App.Exams.Publish(ctx, x.by, done, x.version(done)))
	going := x.start(open)
	script := x.toMark(marked)
	asked, err := site.App.Exams.Correct(ctx, x.by, done, sitting.CorrectInput{Version: x.version(done), Item: 1, Kind: sitting.GiveAll, Reason: "两个选项都对"})
	x.check(err)

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
		{name: "要我评的一场", path: sitting.PathMarking + "/" + marked.String(), login: "legal"},
		{name: "提请更正一道题", path: sitting.PathManage + "/" + done.String() + "/correct?item=1", login: "trainer"},
		{name: "待批准的更正", path: sitting.PathMotions + "/" + asked.String(), login: "legal"},
		{name: "提请过的更正", path: sitting.PathMotions + "/" + asked.String(), login: "trainer"},
		{name: "评卷", path: script, login: "legal"},
		{name: "评卷进度", path: sitting.PathManage + "/" + marked.String() + "/marking", login: "trainer"},
		{name: "评分没填", path: script, login: "legal", status: http.StatusUnprocessableEntity, submit: true},
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

// planOpen plans an exam of a paper to be drawn up that two people are to mark.
func (x *invigilator) planOpen(opens time.Time) (id sitting.SittingID) {
	x.Helper()
	ctx := x.Context()
	legal := x.session("legal")
	asks := bank.Question{
		Type: bank.Drafting, Topic: "演示文书", Level: 1, Stem: "为下面的事实制作责令改正通知书。", Text: "某日，某人在人民路占道摆卖。", Paper: "责令改正通知书", Explain: "事实、依据、要求、期限缺一不可。",
		Rubric: []bank.Criterion{{Text: "事实写清楚", Points: 3}, {Text: "依据引到条", Points: 2}}, Refs: []string{"XZCF-28"}, From: law.MustDate("2021-07-15"),
	}
	q, err := x.site.App.Bank.Save(ctx, x.by, exam.SaveInput{Asks: asks})
	x.check(err)
	var row exam.Question
	testkit.View(x.T, x.site.App.DB, func(tx *store.Tx) (err error) { row, err = x.site.App.Bank.Question(tx, q); return err })
	x.check(x.site.App.Bank.Approve(ctx, legal, q, row.Version))
	id, err = x.site.App.Exams.Make(ctx, x.by, sitting.Input{
		Title: "演示考试（文书）", Opens: opens, Late: 3, Minutes: 5, Attempts: 1, Pass: 3_00, Policy: grade.SubsetHalf, Blueprint: assembly.Blueprint{{Topic: "演示文书", Type: bank.Drafting, Count: 1, Points: 5_00}},
	})
	x.check(err)
	x.check(x.site.App.Exams.Enrol(ctx, x.by, id, x.version(id), sitting.RosterInput{Logins: []string{x.login}}))
	x.check(x.site.App.Exams.Freeze(ctx, x.by, id, x.version(id)))
	x.check(x.site.App.Exams.Appoint(ctx, x.by, id, x.version(id), []string{"legal", "reviewer"}))
	return id
}

// drawsUp has the candidate draw up the paper.
func (x *invigilator) drawsUp(id sitting.SittingID) {
	x.Helper()
	st := x.start(id)
	_, err := x.site.App.Exams.Save(x.Context(), x.own, st.Attempt, sitting.SaveInput{Device: st.Device, Answers: []sitting.Answer{{Item: 0, Seq: 1, Value: `["某人","在人民路占道摆卖","城市管理条例第十条","","立即","演示市城市管理局",""]`}}})
	x.check(err)
	_, err = x.site.App.Exams.Submit(x.Context(), x.own, st.Attempt, st.Device)
	x.check(err)
}

// toMark collects the papers and answers where a marker marks one.
func (x *invigilator) toMark(id sitting.SittingID) string {
	x.Helper()
	x.check(x.site.App.Exams.Collect(x.Context(), id))
	next, err := x.site.App.Exams.Next(x.Context(), x.session("legal"), id, -1)
	x.check(err)
	return sitting.Script{ID: next}.URL()
}

func (x *invigilator) session(login string) access.Session {
	x.Helper()
	by, err := x.site.App.Access.SessionFor(x.Context(), login)
	x.check(err)
	return by
}
