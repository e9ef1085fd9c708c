// Package pages draws the screens of courses.
package pages

import "fadu/internal/web"

// The entries of the menu.
const (
	Nav        = "/w/courses"
	NavBooks   = "/w/course-books"
	NavStudies = "/w/course-studies"
	NavLessons = "/w/lessons"
	NavPoints  = "/w/points"
)

// HomeView is what a learner may learn.
type HomeView struct {
	Cards []CourseCard
	Stats []web.StatView
	Links []web.Link
}

// CourseCard is a course that is offered.
type CourseCard struct {
	Href, Title, Summary, Says string
	State, Leaders             web.TagView
}

// CourseView is a course for a learner.
type CourseView struct {
	Title, Summary, Meta, Next string
	State                      web.TagView
	Chapters                   []ChapterRow
	Facts                      []web.FactView
}

// ChapterRow is a chapter in the list.
type ChapterRow struct {
	Title, Href, Time, Seen string
	State                   web.TagView
}

// ChapterView is a chapter that is read.
type ChapterView struct {
	Title, Course, Back, Beat, Every string
	Blocks                           []BlockView
	Articles                         []ArticleView
	File                             FileView
	Seen, Needed                     int64
	Done, Finished                   bool
	Prev, Next                       string
}

// BlockView is a piece of text.
type BlockView struct {
	Kind string
	Runs []RunView
}

// RunView is text of one weight.
type RunView struct {
	Text   string
	Strong bool
}

// ArticleView is an article with its text.
type ArticleView struct {
	Cite, Href string
	Paragraphs []string
}

// FileView is a PDF or a video.
type FileView struct {
	Href, Name, Type string
	Video            bool
}

// BooksView are all courses for their authors.
type BooksView struct {
	Rows []BookRow
	New  string
	Next string
}

// BookRow is a course in the list of authors.
type BookRow struct {
	Href, Title, Changed    string
	State, Waiting, Leaders web.TagView
}

// BookView is a course for its authors: a version, all versions, files and acts.
type BookView struct {
	Title, Href, Seen, Meta                string
	Form                                   *web.Form
	State                                  web.TagView
	Facts                                  []web.FactView
	Chapters                               []ChapterRow
	Text                                   []string
	Versions                               []VersionRow
	Files                                  []FileRow
	Edit                                   string
	Adding                                 bool
	Approving, OwnDraft, Ending, Restoring bool
	History                                []web.LedgerView
}

// VersionRow is a version in the list of versions.
type VersionRow struct {
	Number, Href, Author, Made, Approver, Remark string
	Shown                                        bool
	State                                        web.TagView
}

// FileRow is a file in the list of files.
type FileRow struct{ Name, Href, Size, By string }

// FormView is the form of a course.
type FormView struct {
	Title, Action, Back, Seen string
	Form                      *web.Form
	Values                    map[string]string
}

// StudiesView is who learned what.
type StudiesView struct {
	Form           *web.Form
	Courses        []web.Option
	Rows           []StudyRow
	Export, Points string
	Pager          web.PagerView
}

// StudyRow is somebody's way through a course.
type StudyRow struct {
	Name, Unit, Course, Begun, Finished string
	State                               web.TagView
}

// LessonsView are the sessions in person.
type LessonsView struct {
	Rows   []LessonRow
	Stats  []web.StatView
	Form   *web.Form
	Adding bool
	Export string
	Pager  web.PagerView
}

// LessonRow is a session in the list.
type LessonRow struct {
	Href, Title, Place, When string
	State, Leaders           web.TagView
}

// LessonView is a session with who was there.
type LessonView struct {
	Title, Href, Meta, Seen, Screen, Export string
	State, Leaders                          web.TagView
	Stats                                   []web.StatView
	Rows                                    []AttendanceRow
	Form                                    *web.Form
	Values                                  map[string]string
	Managing                                bool
	History                                 []web.LedgerView
}

// AttendanceRow is somebody's being there.
type AttendanceRow struct {
	Name, Way, When, By, Reason, Remove string
	Gone                                web.TagView
}

// ScreenView is the code that stands on the screen.
type ScreenView struct {
	Title, Back, Says, Code string
	QR                      web.QRView
}

// SignView is where somebody signs in.
type SignView struct {
	Title, Meta, Action, Code, Says string
}
