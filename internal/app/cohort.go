package app

import (
	"net/url"

	"fadu/internal/access"
	"fadu/internal/cohort"
	"fadu/internal/course"
	"fadu/internal/exam/sitting"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/training"
	"fadu/internal/web"
)

type outcomes = map[access.AccountID]cohort.Outcome

// cohortSources are what can belong to a cohort.
func cohortSources() map[string]cohort.Source {
	return map[string]cohort.Source{
		cohort.KindLesson: {
			Choices: func(tx *store.Tx, by access.Session) (out []cohort.Choice, err error) {
				list, err := course.LessonsFor(tx, by)
				for _, l := range list {
					out = append(out, cohort.Choice{Ref: l.ID.String(), Title: law.DateOf(store.FromMicros(l.StartsAt)).String() + " " + l.Title})
				}
				return out, err
			},
			Page:     func(ref string) string { return course.PathLessons + "/" + ref },
			Start:    func(ref string) string { return course.PathLessons + "/" + ref + "/sign" },
			Outcomes: attendedOf,
		},
		cohort.KindCourse: {
			Choices: func(tx *store.Tx, _ access.Session) (out []cohort.Choice, err error) {
				list, err := course.InUseCourses(tx)
				for _, c := range list {
					out = append(out, cohort.Choice{Ref: c.ID.String(), Title: c.Title})
				}
				return out, err
			},
			Page:     func(ref string) string { return course.PathStudies + "?course=" + ref },
			Start:    func(ref string) string { return course.Path + "/" + ref },
			Outcomes: studiedOf,
		},
		cohort.KindExam: {
			Choices: func(tx *store.Tx, by access.Session) (out []cohort.Choice, err error) {
				list, err := sitting.For(tx, by)
				for _, x := range list {
					out = append(out, cohort.Choice{Ref: x.ID.String(), Title: x.Day().String() + " " + x.Title})
				}
				return out, err
			},
			Page:     func(ref string) string { return sitting.PathManage + "/" + ref },
			Start:    func(string) string { return sitting.Path },
			Outcomes: examinedOf,
		},
		cohort.KindScene: {
			Choices: func(tx *store.Tx, _ access.Session) (out []cohort.Choice, err error) {
				list, err := training.Offered(tx)
				for _, x := range list {
					out = append(out, cohort.Choice{Ref: x.Code, Title: x.Title})
				}
				return out, err
			},
			Page:     func(ref string) string { return training.PathResults + "?scene=" + url.QueryEscape(ref) },
			Start:    func(string) string { return training.Path },
			Outcomes: playedOf,
		},
	}
}

func attendedOf(tx *store.Tx, ref string, _, _ law.Date, accounts []access.AccountID) (outcomes, error) {
	l, there, err := course.Attended(tx, course.LessonID(store.IDAt(ref)), accounts)
	out := outcomes{}
	for who := range there {
		out[who] = cohort.Outcome{Took: true, Passed: true, Says: "已签到", Page: l.URL()}
	}
	return out, err
}

func studiedOf(tx *store.Tx, ref string, from, until law.Date, accounts []access.AccountID) (outcomes, error) {
	list, err := course.StudiedBetween(tx, course.CourseID(store.IDAt(ref)), from, until, accounts)
	out := outcomes{}
	for who, s := range list {
		out[who] = cohort.Outcome{Took: true, Passed: s.State == course.Finished, Says: s.State.Label(), Page: web.Address(course.PathStudies, url.Values{"course": {ref}, "name": {s.Name}})}
	}
	return out, err
}

func examinedOf(tx *store.Tx, ref string, _, _ law.Date, accounts []access.AccountID) (outcomes, error) {
	x, list, err := sitting.ResultsOf(tx, sitting.SittingID(store.IDAt(ref)), accounts)
	out := outcomes{}
	for who, c := range list {
		o := cohort.Outcome{Says: c.State.Label(), Page: sitting.PathPeople + "/" + c.ID.String()}
		switch {
		case x.State != sitting.Published && c.State == sitting.Took:
			o.Says = "已考，成绩还没有公布"
		case x.State == sitting.Published && (c.State == sitting.Took || c.State == sitting.Voided):
			o.Took, o.Passed = true, c.State == sitting.Took && bool(c.Passed)
			if c.State == sitting.Took {
				o.Says = c.ScoreText() + " 分"
			}
		}
		out[who] = o
	}
	return out, err
}

func playedOf(tx *store.Tx, ref string, from, until law.Date, accounts []access.AccountID) (outcomes, error) {
	list, err := training.BestBetween(tx, ref, from, until, accounts)
	out := outcomes{}
	for who, r := range list {
		out[who] = cohort.Outcome{Took: true, Passed: bool(r.Passed), Says: r.Points() + " 分", Page: r.URL() + "/debrief"}
	}
	return out, err
}
