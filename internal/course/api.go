package course

import (
	"context"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/law"
	"fadu/internal/store"
)

const apiGroup = "课程"

// CourseOut is a course for programs, as a learner sees it.
type CourseOut struct {
	ID       string       `json:"id"`
	Title    string       `json:"title"`
	Summary  string       `json:"summary"`
	Leaders  bool         `json:"leaders" doc:"领导干部学法"`
	Number   int          `json:"number" doc:"第几版"`
	State    string       `json:"state" enum:"none,studying,finished" doc:"本人学到哪里"`
	Seconds  int64        `json:"seconds" doc:"至少要学多少秒"`
	Chapters []ChapterOut `json:"chapters"`
}

// ChapterOut is a chapter with what is done of it.
type ChapterOut struct {
	Title   string   `json:"title"`
	Seconds int64    `json:"seconds" doc:"至少"`
	Seen    int64    `json:"seen" doc:"服务器计量的秒数"`
	Done    bool     `json:"done"`
	Open    bool     `json:"open" doc:"前面的都学完了"`
	Refs    []string `json:"refs" doc:"条文"`
	File    string   `json:"file"`
	Text    string   `json:"text"`
}

func courseOut(p Progress) CourseOut {
	out := CourseOut{ID: p.Course.ID.String(), Title: p.Of.Title, Summary: p.Of.Summary, Leaders: bool(p.Of.Leaders), Number: p.Of.Number, State: string(p.Study.State), Seconds: p.needed(), Chapters: []ChapterOut{}}
	if p.Study.ID == 0 {
		out.State = "none"
	}
	for _, c := range p.Chapters {
		x := ChapterOut{Title: c.Title, Seconds: c.Seconds, Seen: c.Seen, Done: c.Done, Open: c.Open, Refs: append([]string{}, c.Refs...), File: c.File}
		for _, b := range c.Blocks {
			for _, r := range b.Runs {
				x.Text += r.Text
			}
			x.Text += "\n"
		}
		out.Chapters = append(out.Chapters, x)
	}
	return out
}

// BookOut is a course for its authors.
type BookOut struct {
	ID       string           `json:"id"`
	Title    string           `json:"title"`
	State    string           `json:"state" enum:"draft,in_use,ended,returned"`
	Waiting  bool             `json:"waiting" doc:"最新的一版等待审定"`
	Leaders  bool             `json:"leaders"`
	Version  int64            `json:"version" doc:"办理时照填"`
	Versions []BookVersionOut `json:"versions,omitempty" doc:"各版，新的在前；只在单独取一门时给出"`
	Files    []BookFileOut    `json:"files,omitempty"`
}

// BookVersionOut is a version of a course.
type BookVersionOut struct {
	Number   int      `json:"number"`
	State    string   `json:"state" enum:"draft,in_use,ended,replaced,returned"`
	Title    string   `json:"title"`
	Summary  string   `json:"summary"`
	On       law.Date `json:"on"`
	Text     string   `json:"text"`
	Author   string   `json:"author"`
	Approver string   `json:"approver"`
	Remark   string   `json:"remark"`
	Digest   string   `json:"digest"`
}

// BookFileOut is a file of a course.
type BookFileOut struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Type   string `json:"type"`
	Size   int64  `json:"size"`
	Digest string `json:"digest"`
}

// BookBody is a course as it was written.
type BookBody struct {
	SaveInput
}

// BookEdit is the next version of a course.
type BookEdit struct {
	api.Seen
	SaveInput
}

// BookUpload is a file for a course.
type BookUpload struct {
	Name    string `json:"name" doc:"文件名，正文里用它"`
	Content []byte `json:"content" doc:"PDF、MP4、WebM 的内容，Base64"`
}

// BeatBody says which chapter is looked at.
type BeatBody struct {
	Chapter int `json:"chapter" doc:"第几章，从 1 起"`
}

// StudyOut is somebody's way through a course.
type StudyOut struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Unit     string `json:"unit"`
	Course   string `json:"course"`
	State    string `json:"state" enum:"studying,finished"`
	Begun    string `json:"begun"`
	Finished string `json:"finished"`
}

// StudyQuery chooses studies.
type StudyQuery struct {
	Name    string `query:"name" doc:"姓名"`
	Course  string `query:"course" doc:"课程的编号"`
	State   string `query:"state" enum:"studying,finished" doc:"状态"`
	Leaders string `query:"leaders" enum:"1" doc:"1 只看领导干部学法"`
	After   string `query:"after" doc:"接着哪一页"`
}

type booksQuery struct {
	After string `query:"after" doc:"接着哪一页"`
}

// API adds the calls of this slice.
func (s *Service) API(a *api.API) {
	take, read, books, manage, approve := access.TrainingTake, access.TrainingRead, access.CourseRead, access.CourseManage, access.CourseApprove
	api.Get(a, api.Operation{ID: "listCourses", Path: "/courses", Group: apiGroup, Allow: take, Summary: "可以学的课程和本人的进度"}, s.listOut)
	api.Get(a, api.Operation{ID: "getCourse", Path: "/courses/{id}", Group: apiGroup, Allow: take, Summary: "一门课程，连同各章和本人的进度"}, s.oneOut)
	api.Act(a, api.Operation{ID: "beatCourse", Path: "/courses/{id}/beat", Group: apiGroup, Allow: take, Summary: "正在看这一章；时间由服务器计量"}, nounCourse,
		func(ctx context.Context, by access.Session, id CourseID, in BeatBody) error {
			_, err := s.Beat(ctx, by, id, in.Chapter-1)
			return err
		})
	api.Get(a, api.Operation{ID: "listStudies", Path: "/course-studies", Group: apiGroup, Allow: read, Summary: "谁学了什么"}, s.studiesOut)
	api.Get(a, api.Operation{ID: "listCourseBooks", Path: "/course-books", Group: apiGroup, Allow: books, Summary: "全部课程，连同草稿"}, s.booksOut)
	api.Get(a, api.Operation{ID: "getCourseBook", Path: "/course-books/{id}", Group: apiGroup, Allow: books, Summary: "一门课程的各版和文件"}, s.bookOut)
	api.Add(a, api.Operation{ID: "addCourse", Path: "/course-books", Group: apiGroup, Allow: manage, Summary: "起草课程"},
		func(ctx context.Context, by access.Session, in BookBody) (CourseID, error) {
			return s.Save(ctx, by, 0, 0, in.SaveInput)
		})
	api.Act(a, api.Operation{ID: "editCourse", Path: "/course-books/{id}/edit", Group: apiGroup, Allow: manage, Summary: "起草课程的新一版"}, nounCourse,
		func(ctx context.Context, by access.Session, id CourseID, in BookEdit) error {
			_, err := s.Save(ctx, by, id, in.Version, in.SaveInput)
			return err
		})
	api.Act(a, api.Operation{ID: "addCourseFile", Path: "/course-books/{id}/files", Group: apiGroup, Allow: manage, Summary: "给课程添加 PDF 或者视频", MaxBody: MaxFile*4/3 + 1<<20}, nounCourse,
		func(ctx context.Context, by access.Session, id CourseID, in BookUpload) error {
			_, err := s.AddFile(ctx, by, id, in.Name, in.Content)
			return err
		})
	api.Act(a, api.Operation{ID: "approveCourse", Path: "/course-books/{id}/approve", Group: apiGroup, Allow: approve, Summary: "审定课程"}, nounCourse,
		func(ctx context.Context, by access.Session, id CourseID, in api.Seen) error {
			return s.Approve(ctx, by, id, in.Version)
		})
	s.lessonAPI(a)
	s.pointsAPI(a)
	for _, act := range []struct {
		id, path, summary string
		allow             access.Permission
		do                func(context.Context, access.Session, CourseID, int64, string) error
	}{{"returnCourse", "return", "退回课程", approve, s.Return}, {"endCourse", "end", "停用课程", manage, s.End}, {"restoreCourse", "restore", "恢复课程", manage, s.Restore}} {
		api.Act(a, api.Operation{ID: act.id, Path: "/course-books/{id}/" + act.path, Group: apiGroup, Allow: act.allow, Summary: act.summary}, nounCourse,
			func(ctx context.Context, by access.Session, id CourseID, in api.Reasoned) error {
				return act.do(ctx, by, id, in.Version, in.Reason)
			})
	}
}

func (s *Service) listOut(ctx context.Context, by access.Session, _ api.Nothing) (out api.List[CourseOut], err error) {
	list, _, _, err := s.Home(ctx, by)
	return api.ListOf(list, "", "", courseOut), err
}

func (s *Service) oneOut(ctx context.Context, by access.Session, in api.One) (out CourseOut, err error) {
	id, err := api.IDOf[CourseID](in.ID, nounCourse)
	if err != nil {
		return out, err
	}
	p, err := s.Learn(ctx, by, id)
	return courseOut(p), err
}

func (s *Service) studiesOut(ctx context.Context, by access.Session, in StudyQuery) (out api.List[StudyOut], err error) {
	f := Filter{Name: in.Name, State: StudyState(in.State), Leaders: in.Leaders == "1"}
	if in.Course != "" {
		if f.Course, err = api.IDOf[CourseID](in.Course, nounCourse); err != nil {
			return out, err
		}
	}
	list, prev, next, err := s.Studies(ctx, by, f, in.After)
	if err != nil {
		return out, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		titles, units, _, err := s.names(tx)
		out = api.ListOf(list, prev, next, func(x Study) StudyOut {
			return StudyOut{x.ID.String(), x.Name, units[x.UnitID], titles[x.Course], string(x.State), when(x.BegunAt), when(x.FinishedAt)}
		})
		return err
	})
	return out, err
}

func bookOut(c Course) BookOut {
	return BookOut{ID: c.ID.String(), Title: c.Title, State: string(c.State), Waiting: bool(c.Waiting), Leaders: bool(c.Leaders), Version: c.Version}
}

func (s *Service) booksOut(ctx context.Context, _ access.Session, in booksQuery) (out api.List[BookOut], err error) {
	after, _ := strconv.ParseInt(in.After, 10, 64) // none, or what the page before said
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		list, err := courses(tx, after, bookPage+1)
		next := ""
		if len(list) > bookPage {
			list = list[:bookPage]
			next = list[bookPage-1].ID.String()
		}
		out = api.ListOf(list, "", next, bookOut)
		return err
	})
	return out, err
}

func (s *Service) bookOut(ctx context.Context, _ access.Session, in api.One) (out BookOut, err error) {
	id, err := api.IDOf[CourseID](in.ID, nounCourse)
	if err != nil {
		return out, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		d, err := dossierOf(tx, id, 0)
		if err != nil {
			return err
		}
		out = bookOut(d.Course)
		for _, v := range d.Versions {
			out.Versions = append(out.Versions, BookVersionOut{v.Number, string(v.State), v.Title, v.Summary, v.On, v.Content, v.Author, v.Approver, v.Remark, v.Digest})
		}
		for _, f := range d.files {
			out.Files = append(out.Files, BookFileOut{f.ID.String(), f.Name, f.Type, f.Size, f.Digest})
		}
		return nil
	})
	return out, err
}
