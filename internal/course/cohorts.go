package course

import (
	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// What cohorts ask of sessions and courses.

// mostOffered bounds the sessions that are offered to a cohort.
const mostOffered = 100

// LessonsFor are the newest sessions that the session of the program may read.
func LessonsFor(tx *store.Tx, by access.Session) (out []Lesson, err error) {
	q := by.ScopeFor(access.TrainingRead).Beside(tx, tx.DB().NewSelect().Model(&out), "cl").Where("cl.state <> ?", Cancelled)
	return out, q.Order("cl.id DESC").Limit(mostOffered).Scan(tx.Ctx)
}

// InUseCourses are the courses that are taught, the newest first.
func InUseCourses(tx *store.Tx) ([]Course, error) { return courses(tx, 0, mostCourses, InUse) }

// Attended are the accounts that were at a session; nobody was at one that was called off.
func Attended(tx *store.Tx, id LessonID, accounts []access.AccountID) (Lesson, map[access.AccountID]Attendance, error) {
	l, err := lessonOf(tx, id)
	out := map[access.AccountID]Attendance{}
	if err != nil || l.State == Cancelled {
		return l, out, err
	}
	var rows []Attendance
	err = tx.DB().NewSelect().Model(&rows).Where("lesson_id = ?", id).Where("gone = 0").Where("account IN (?)", bun.List(accounts)).Scan(tx.Ctx)
	for _, a := range rows {
		out[a.Account] = a
	}
	return l, out, err
}

// StudiedBetween are the studies of a course by accounts that went on between two days: one that was finished stands before
// one that was not.
func StudiedBetween(tx *store.Tx, id CourseID, from, until law.Date, accounts []access.AccountID) (map[access.AccountID]Study, error) {
	var rows []Study
	begin, end := store.Micros(from.Start()), store.Micros(until.AddDays(1).Start())
	err := tx.DB().NewSelect().Model(&rows).Where("course_id = ?", id).Where("account IN (?)", bun.List(accounts)).Where("begun_at < ?", end).Where("(finished_at = 0 OR finished_at >= ?)", begin).Order("id").Scan(tx.Ctx)
	out := map[access.AccountID]Study{}
	for _, s := range rows {
		if s.FinishedAt >= end { // finished after it
			s.State, s.FinishedAt = Studying, 0
		}
		if old, ok := out[s.Account]; !ok || old.State != Finished {
			out[s.Account] = s
		}
	}
	return out, err
}
