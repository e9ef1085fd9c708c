package course

import (
	"fmt"

	"fadu/internal/access"
	"fadu/internal/course/pages"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// LessonID identifies a session in person, AttendanceID somebody's being there.
type (
	LessonID     int64
	AttendanceID int64
)

// String prints the identifier in decimal.
func (id LessonID) String() string { return fmt.Sprint(int64(id)) }

// String prints the identifier in decimal.
func (id AttendanceID) String() string { return fmt.Sprint(int64(id)) }

// PathLessons is where sessions in person stand.
const PathLessons = pages.NavLessons

// LessonState is where a session stands.
type LessonState string

// The states of a session.
const (
	Planned   LessonState = "planned"
	Cancelled LessonState = "cancelled"
)

// The ways to sign in.
const (
	ByCode   = "code"
	ByManual = "manual"
)

var wayLabels = map[string]string{ByCode: "扫码", ByManual: "补登"}

// Lesson is a session in person.
type Lesson struct {
	bun.BaseModel `bun:"table:course_lesson,alias:cl"`

	ID       LessonID `bun:"id,pk"`
	Title    string   `bun:"title"`
	Place    string   `bun:"place"`
	StartsAt int64    `bun:"starts_at"`
	EndsAt   int64    `bun:"ends_at"`
	access.Levels
	Leaders store.Flag  `bun:"leaders"`
	Secret  string      `bun:"secret"`
	State   LessonState `bun:"state"`
	Why     string      `bun:"state_why"`
	Author  string      `bun:"author"`
	Version int64       `bun:"version"`
	Entry   int64       `bun:"entry_id"`
}

// Subject is the session as ledger entries name it.
func (l Lesson) Subject() string { return "lesson/" + l.ID.String() }

// URL is the page of the session.
func (l Lesson) URL() string { return PathLessons + "/" + l.ID.String() }

// Attendance is somebody's being there. Guests have no account.
type Attendance struct {
	bun.BaseModel `bun:"table:course_attendance,alias:at"`

	ID      AttendanceID     `bun:"id,pk"`
	Lesson  LessonID         `bun:"lesson_id"`
	Account access.AccountID `bun:"account"`
	Name    string           `bun:"name"`
	Way     string           `bun:"way"`
	At      int64            `bun:"at"`
	By      string           `bun:"added_by"`
	Reason  string           `bun:"reason"`
	Gone    store.Flag       `bun:"gone"`
	GoneWhy string           `bun:"gone_why"`
	Version int64            `bun:"version"`
	Entry   int64            `bun:"entry_id"`
}

// Headcount keeps visits and people apart: who came three times is three visits and one person.
type Headcount struct {
	Visits int64 `bun:"visits"`
	People int64 `bun:"people"`
}

func lessonOf(tx *store.Tx, id LessonID) (Lesson, error) {
	var l Lesson
	err := tx.DB().NewSelect().Model(&l).Where("id = ?", id).Scan(tx.Ctx)
	return l, store.One(err, nounLesson)
}

const (
	nounLesson     = "这次面授"
	nounAttendance = "这条签到"
)

func attendanceOf(tx *store.Tx, id LessonID) (out []Attendance, err error) {
	return out, tx.DB().NewSelect().Model(&out).Where("lesson_id = ?", id).Order("id").Scan(tx.Ctx)
}

// headcount counts visits and people of sessions; a guest is told from another by name.
func headcount(tx *store.Tx, lessons func(*bun.SelectQuery) *bun.SelectQuery) (h Headcount, err error) {
	these := lessons(tx.DB().NewSelect().TableExpr("course_lesson AS cl").Column("cl.id").Where("cl.state <> ?", Cancelled))
	q := tx.DB().NewSelect().TableExpr("course_attendance AS at").
		ColumnExpr("COUNT(*) AS visits, COUNT(DISTINCT CASE WHEN at.account <> 0 THEN 'a' || at.account ELSE 'g' || at.name END) AS people").
		Where("at.gone = 0").Where("at.lesson_id IN (?)", these)
	return h, q.Scan(tx.Ctx, &h)
}

// LessonNames names sessions for whoever reads the ledger.
func LessonNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(l Lesson) (int64, string) { return int64(l.ID), "面授《" + l.Title + "》" })
}
