package course

import (
	"fmt"
	"strings"

	"fadu/internal/access"
	"fadu/internal/course/pages"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// CourseID, VersionID, FileID, StudyID and EditionID identify what their names say.
type (
	CourseID  int64
	VersionID int64
	FileID    int64
	StudyID   int64
	EditionID int64
)

// String prints the identifier in decimal.
func (id CourseID) String() string { return fmt.Sprint(int64(id)) }

// String prints the identifier in decimal.
func (id VersionID) String() string { return fmt.Sprint(int64(id)) }

// String prints the identifier in decimal.
func (id FileID) String() string { return fmt.Sprint(int64(id)) }

// String prints the identifier in decimal.
func (id StudyID) String() string { return fmt.Sprint(int64(id)) }

// String prints the identifier in decimal.
func (id EditionID) String() string { return fmt.Sprint(int64(id)) }

// Where the pages stand: for learners, for authors, and who learned what.
const (
	Path        = pages.Nav
	PathBooks   = pages.NavBooks
	PathStudies = pages.NavStudies
	PathPoints  = pages.NavPoints
)

// Course is a course. Title and Leaders are its head's.
type Course struct {
	bun.BaseModel `bun:"table:course,alias:co"`

	ID      CourseID   `bun:"id,pk"`
	Title   string     `bun:"title"`
	State   State      `bun:"state"`
	Current VersionID  `bun:"current_id"`
	Head    VersionID  `bun:"head_id"`
	Number  int        `bun:"number"`
	Waiting store.Flag `bun:"waiting"`
	Leaders store.Flag `bun:"leaders"` // 领导干部学法
	Why     string     `bun:"ended_why"`
	At      int64      `bun:"changed_at"`
	Version int64      `bun:"version"`
	Entry   int64      `bun:"entry_id"`
}

// Subject is the course as ledger entries name it.
func (c Course) Subject() string { return "course/" + c.ID.String() }

// URL is the page of the course for learners, BookURL for its authors.
func (c Course) URL() string { return Path + "/" + c.ID.String() }

// BookURL is the page of the course for its authors.
func (c Course) BookURL() string { return PathBooks + "/" + c.ID.String() }

// Version is a version of a course. What it teaches never changes.
type Version struct {
	bun.BaseModel `bun:"table:course_version,alias:cv"`

	ID         VersionID  `bun:"id,pk"`
	Course     CourseID   `bun:"course_id"`
	Number     int        `bun:"number"`
	State      State      `bun:"state"`
	Title      string     `bun:"title"`
	Summary    string     `bun:"summary"`
	Leaders    store.Flag `bun:"leaders"`
	On         law.Date   `bun:"holds_on"` // its articles are read as they stand on this day
	Content    string     `bun:"content"`
	Digest     string     `bun:"digest"`
	Author     string     `bun:"author"`
	AuthorID   int64      `bun:"author_id"`
	MadeAt     int64      `bun:"made_at"`
	Approver   string     `bun:"approver"`
	ApprovedAt int64      `bun:"approved_at"`
	Remark     string     `bun:"remark"`
	Version    int64      `bun:"version"`
	Entry      int64      `bun:"entry_id"`
}

// Chapters are the parts of the version, in their order.
func (v Version) Chapters() []Chapter {
	chapters, _ := Parse(v.Content) // read without a fault when it was saved
	return chapters
}

// article is one that a version rests on.
type article struct {
	bun.BaseModel `bun:"table:course_article,alias:ca"`

	Of      VersionID `bun:"version_id,pk"`
	Ref     string    `bun:"ref,pk"`
	Statute string    `bun:"statute"`
	Article int       `bun:"article"`
	Entry   int64     `bun:"entry_id"`
}

// File is a PDF or a video of a course.
type File struct {
	bun.BaseModel `bun:"table:course_file,alias:cf"`

	ID     FileID   `bun:"id,pk"`
	Course CourseID `bun:"course_id"`
	Name   string   `bun:"name"`
	Type   string   `bun:"type"`
	Size   int64    `bun:"size"`
	Digest string   `bun:"digest"`
	By     string   `bun:"added_by"`
	At     int64    `bun:"added_at"`
	Entry  int64    `bun:"entry_id"`
}

// URL is where the file is looked at.
func (f File) URL() string { return Path + "/" + f.Course.String() + "/files/" + f.ID.String() }

// Video reports a file that is played.
func (f File) Video() bool { return f.Type != "application/pdf" }

// Study is somebody's way through a version of a course.
type Study struct {
	bun.BaseModel `bun:"table:course_study,alias:cs"`

	ID      StudyID          `bun:"id,pk"`
	Account access.AccountID `bun:"account"`
	Name    string           `bun:"name"`
	access.Levels
	Course     CourseID   `bun:"course_id"`
	Of         VersionID  `bun:"version_id"`
	State      StudyState `bun:"state"`
	BegunAt    int64      `bun:"begun_at"`
	FinishedAt int64      `bun:"finished_at"`
	Version    int64      `bun:"version"`
	Entry      int64      `bun:"entry_id"`
}

// Subject is the study as ledger entries name it.
func (s Study) Subject() string { return "study/" + s.ID.String() }

// Dwell is what the server measured on a chapter.
type Dwell struct {
	bun.BaseModel `bun:"table:course_dwell,alias:cd"`

	Study   StudyID `bun:"study_id,pk"`
	Chapter int     `bun:"chapter,pk"`
	Millis  int64   `bun:"millis"`
	DoneAt  int64   `bun:"done_at"`
}

// pulse is a row of Pulse.
type pulse struct {
	bun.BaseModel `bun:"table:course_pulse,alias:cp"`

	Account access.AccountID `bun:"account,pk"`
	Study   StudyID          `bun:"study_id"`
	Chapter int              `bun:"chapter"`
	At      int64            `bun:"at"`
}

// PointEntry is an entry of the account of learning points; points in hundredths.
type PointEntry struct {
	bun.BaseModel `bun:"table:course_points,alias:lp"`

	ID      int64            `bun:"id,pk"`
	Account access.AccountID `bun:"account"`
	Name    string           `bun:"name"`
	access.Levels
	Day    law.Date `bun:"day"`
	Source string   `bun:"source"`
	Ref    string   `bun:"ref"` // what it was earned with: the same thing earns once
	About  string   `bun:"about"`
	Opens  string   `bun:"opens"` // the page of what it was earned with
	Points int64    `bun:"points"`
	Reason string   `bun:"reason"` // why it is less than the source gives
	At     int64    `bun:"at"`
	// Reverses is the entry that this one takes back.
	Reverses int64 `bun:"reverses"`
	Entry    int64 `bun:"entry_id"`
}

// URL is the page of what the entry came from; entries of before the pages were kept have the course of their ref.
func (e PointEntry) URL() string {
	if e.Opens == "" && (e.Source == SourceChapter || e.Source == SourceCourse) {
		if parts := strings.Split(e.Ref, "/"); len(parts) > 1 {
			return Path + "/" + parts[1]
		}
	}
	return e.Opens
}
