package course

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/course/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/training/scene"
	"fadu/internal/web"
)

// Routes are the pages of this slice.
func (s *Service) Routes() []access.Route {
	take, read, books, manage, approve := access.TrainingTake, access.TrainingRead, access.CourseRead, access.CourseManage, access.CourseApprove
	return append(append(s.lessonRoutes(), s.pointRoutes()...), []access.Route{
		{Pattern: "GET " + Path, Allow: take, Handle: s.showHome},
		{Pattern: "GET " + Path + "/{id}", Allow: take, Handle: s.showCourse},
		{Pattern: "GET " + Path + "/{id}/chapters/{number}", Allow: take, Handle: s.showChapter},
		{Pattern: "POST " + Path + "/{id}/chapters/{number}", Allow: take, Handle: s.postBeat},
		{Pattern: "GET " + Path + "/{id}/files/{file}", Allow: take, Handle: s.serveFile},
		{Pattern: "GET " + PathStudies, Allow: read, Handle: s.showStudies},
		{Pattern: "GET " + PathStudies + "/export", Allow: read, Handle: s.exportStudies},
		{Pattern: "GET " + PathBooks, Allow: books, Handle: s.showBooks},
		{Pattern: "GET " + PathBooks + "/new", Allow: manage, Handle: s.showNew},
		{Pattern: "POST " + PathBooks, Allow: manage, Handle: s.postNew},
		{Pattern: "GET " + PathBooks + "/{id}", Allow: books, Handle: s.showBook},
		{Pattern: "GET " + PathBooks + "/{id}/edit", Allow: manage, Handle: s.showEdit},
		{Pattern: "POST " + PathBooks + "/{id}/edit", Allow: manage, Handle: s.postEdit},
		{Pattern: "POST " + PathBooks + "/{id}/files", Allow: manage, Handle: s.postFile, MaxBody: MaxFile + 1<<20},
		{Pattern: "POST " + PathBooks + "/{id}/approve", Allow: approve, Handle: s.postApprove},
		{Pattern: "POST " + PathBooks + "/{id}/return", Allow: approve, Handle: s.postReturn},
		{Pattern: "POST " + PathBooks + "/{id}/end", Allow: manage, Handle: s.postEnd},
		{Pattern: "POST " + PathBooks + "/{id}/restore", Allow: manage, Handle: s.postRestore},
	}...)
}

func courseID(r *http.Request) (CourseID, error) {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return 0, fault.Missing(nounCourse)
	}
	return CourseID(n), nil
}

func when(micros int64) string {
	if micros == 0 {
		return ""
	}
	return store.FromMicros(micros).In(law.Zone).Format("2006-01-02 15:04")
}

func leadersTag(on bool) web.TagView {
	if on {
		return web.TagView{Label: "领导干部学法", Kind: "blue"}
	}
	return web.TagView{}
}

func progressTag(p Progress) web.TagView {
	switch {
	case p.Study.State == Finished:
		return web.TagView{Label: "学完", Kind: "ok"}
	case p.Study.ID != 0:
		return web.TagView{Label: "在学", Kind: "soon"}
	}
	return web.TagView{Label: "还没有开始", Kind: "line"}
}

func (s *Service) showHome(w http.ResponseWriter, r *http.Request, by access.Session) error {
	list, points, target, err := s.Home(r.Context(), by)
	if err != nil {
		return err
	}
	finished := 0
	v := pages.HomeView{}
	for _, p := range list {
		_, n := p.done()
		if p.Study.State == Finished {
			finished++
		}
		v.Cards = append(v.Cards, pages.CourseCard{
			Href: p.Course.URL(), Title: p.Of.Title, Summary: p.Of.Summary, Says: fmt.Sprintf("%d 章，已学完 %d 章；至少 %s", len(p.Chapters), n, minutes(p.needed())), State: progressTag(p), Leaders: leadersTag(bool(p.Of.Leaders)),
		})
	}
	v.Stats = []web.StatView{
		{Label: "今年积分", Value: hundredths(points), Unit: "分", Detail: fmt.Sprintf("目标 %d 分", target)},
		{Label: "离目标", Value: hundredths(max(target*100-points, 0)), Unit: "分"},
		{Label: "学完的课程", Value: strconv.Itoa(finished), Unit: "门", Detail: fmt.Sprintf("共 %d 门", len(list))},
	}
	v.Links = append(v.Links, web.Link{Label: "我的积分", Href: PathPoints})
	if by.Can(access.CourseRead) {
		v.Links = append(v.Links, web.Link{Label: "管理课程", Href: PathBooks})
	}
	if by.Can(access.TrainingRead) {
		v.Links = append(v.Links, web.Link{Label: "学习情况", Href: PathStudies}, web.Link{Label: "面授", Href: PathLessons}, web.Link{Label: "积分达标", Href: PathPeople})
	}
	return web.Render(w, r, http.StatusOK, pages.Home(v))
}

func (p Progress) needed() (sum int64) {
	for _, c := range p.Chapters {
		sum += c.Seconds
	}
	return sum
}

// minutes prints seconds as people say them.
func minutes(seconds int64) string {
	if seconds < 60 {
		return fmt.Sprintf("%d 秒", seconds)
	}
	return fmt.Sprintf("%d 分钟", (seconds+59)/60)
}

func (s *Service) showCourse(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := courseID(r)
	if err != nil {
		return err
	}
	p, err := s.Learn(r.Context(), by, id)
	if err != nil {
		return err
	}
	v := pages.CourseView{Title: p.Of.Title, Summary: p.Of.Summary, Meta: "至少 " + minutes(p.needed()), State: progressTag(p), Facts: []web.FactView{
		{Label: "版", Text: fmt.Sprintf("第 %d 版", p.Of.Number)}, {Label: "编写", Text: p.Of.Author}, {Label: "审定", Text: p.Of.Approver + " " + when(p.Of.ApprovedAt)}, {Label: "条文", Text: "按" + p.Of.On.Han() + "施行的文本"},
	}}
	for i, c := range p.Chapters {
		row := chapterRow(c)
		if c.Open || c.Done {
			row.Href = chapterURL(p.Course, i)
		}
		if c.Open && !c.Done && v.Next == "" {
			v.Next = row.Href
		}
		v.Chapters = append(v.Chapters, row)
	}
	return web.Render(w, r, http.StatusOK, pages.Course(v))
}

func chapterURL(c Course, i int) string { return c.URL() + "/chapters/" + strconv.Itoa(i+1) }

func chapterRow(c ChapterProgress) pages.ChapterRow {
	row := pages.ChapterRow{Title: c.Title, Time: minutes(c.Seconds), Seen: minutes(c.Seen), State: web.TagView{Label: "先学前面的", Kind: "line"}}
	switch {
	case c.Done:
		row.State = web.TagView{Label: "学完", Kind: "ok"}
	case c.Open:
		row.State = web.TagView{Label: "可以学", Kind: "blue"}
	}
	return row
}

// chapterOf finds the course and the chapter of an address.
func (s *Service) chapterOf(r *http.Request, by access.Session) (p Progress, n int, err error) {
	id, err := courseID(r)
	if err != nil {
		return p, 0, err
	}
	if p, err = s.Learn(r.Context(), by, id); err != nil {
		return p, 0, err
	}
	n, err = strconv.Atoi(r.PathValue("number"))
	if n--; err != nil || n < 0 || n >= len(p.Chapters) {
		return p, 0, fault.Missing(nounChapter)
	}
	if c := p.Chapters[n]; !c.Open && !c.Done {
		return p, 0, fault.Moved(fault.New(fault.Conflict, "请先学完前面的章节"), p.Course.URL())
	}
	return p, n, nil
}

func (s *Service) showChapter(w http.ResponseWriter, r *http.Request, by access.Session) error {
	p, n, err := s.chapterOf(r, by)
	if err != nil {
		return err
	}
	c := p.Chapters[n]
	v := pages.ChapterView{
		Title: c.Title, Course: p.Of.Title, Back: p.Course.URL(), Beat: chapterURL(p.Course, n), Every: strconv.FormatInt(int64(BeatEvery/time.Millisecond), 10),
		Seen: c.Seen, Needed: c.Seconds, Done: c.Done, Finished: p.Study.State == Finished,
	}
	if n > 0 {
		v.Prev = chapterURL(p.Course, n-1)
	}
	if c.Done && n+1 < len(p.Chapters) {
		v.Next = chapterURL(p.Course, n+1)
	}
	for _, b := range c.Blocks {
		v.Blocks = append(v.Blocks, blockView(b))
	}
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		if v.Articles, err = s.articles(tx, c.Refs, p.Of.On); err != nil || c.File == "" {
			return err
		}
		files, err := filesOf(tx, p.Course.ID)
		for _, f := range files {
			if f.Name == c.File {
				v.File = pages.FileView{Href: f.URL(), Name: f.Name, Type: f.Type, Video: f.Video()}
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Chapter(v))
}

func blockView(b Block) pages.BlockView {
	v := pages.BlockView{Kind: string(b.Kind)}
	for _, x := range b.Runs {
		v.Runs = append(v.Runs, pages.RunView(x))
	}
	return v
}

// articles are the texts of the articles of a chapter as they stand on the day of the course.
func (s *Service) articles(tx *store.Tx, refs []string, on law.Date) (out []pages.ArticleView, err error) {
	for _, ref := range refs {
		c, err := scene.Ref(ref)
		if err != nil {
			return nil, err
		}
		a := pages.ArticleView{Cite: c.Han()}
		text := ""
		if s.Article != nil {
			if text, a.Href, err = s.Article(tx, c, on); err != nil {
				return nil, err
			}
		}
		if text == "" {
			text = "法规库里没有这一天施行的文本，请在“法律法规”里导入。"
		}
		a.Paragraphs = strings.Split(text, "\n")
		out = append(out, a)
	}
	return out, nil
}

// postBeat hears that a chapter is looked at: from the page's script, which asks for JSON, or from its button.
func (s *Service) postBeat(w http.ResponseWriter, r *http.Request, by access.Session) error {
	p, n, err := s.chapterOf(r, by)
	if err != nil {
		return err
	}
	if p, err = s.Beat(r.Context(), by, p.Course.ID, n); err != nil {
		return err
	}
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		return json.NewEncoder(w).Encode(map[string]any{"seen": p.Chapters[n].Seen, "done": p.Chapters[n].Done})
	}
	web.SeeOther(w, r, chapterURL(p.Course, n))
	return nil
}

// serveFile sends a file; parts of it where the player asks for parts.
func (s *Service) serveFile(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := courseID(r)
	if err != nil {
		return err
	}
	n, err := store.ParseID(r.PathValue("file"))
	if err != nil {
		return fault.Missing(nounFile)
	}
	f, body, err := s.OpenFile(r.Context(), by, id, FileID(n))
	if err != nil {
		return err
	}
	defer func() { _ = body.Close() }() // read only
	h := w.Header()
	h.Set("Content-Type", f.Type)
	h.Set("Content-Security-Policy", web.UntrustedPolicy)
	if !f.Video() {
		h.Set("Content-Security-Policy", web.FramedPolicy)
		h.Set("X-Frame-Options", "SAMEORIGIN")
	}
	h.Set("Cache-Control", "private, max-age=3600")
	http.ServeContent(w, r, "", store.FromMicros(f.At), body)
	return nil
}
