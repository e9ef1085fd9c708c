package course

import (
	"bytes"
	"context"
	"io/fs"
	"strings"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/blob"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/setting"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

var migrations = []fs.FS{access.Migrations, setting.Migrations, Migrations}

type school struct {
	*testing.T
	s                       *Service
	clock                   *testkit.Clock
	author, approver, pupil access.Session
	alone                   access.Session
}

// schools runs a test on both engines.
func schools(t *testing.T, test func(x *school)) {
	t.Helper()
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		clock.Set(law.MustDate("2026-09-01").Start().Add(9 * time.Hour))
		ctx, system := context.Background(), access.System("test")
		units, err := access.New(db, access.Options{})
		must(t, err)
		root, err := units.AddUnit(ctx, system, access.UnitInput{Name: "演示局", Code: "B", From: law.MustDate("2020-01-01")})
		must(t, err)
		account := func(login string, person int64, roles ...access.Role) access.Session {
			_, err := units.CreateAccount(ctx, system, access.AccountInput{Login: login, Name: "演示·" + login, Person: person, Unit: root, Roles: roles, Password: "Yanshi-Exam-77-bank", Settled: true})
			must(t, err)
			out, err := units.SessionFor(ctx, login)
			must(t, err)
			return out
		}
		blobs, err := blob.NewFolder(t.TempDir(), 64<<20)
		must(t, err)
		x := &school{T: t, clock: clock, s: New(Deps{DB: db, Units: units, Blobs: blobs})}
		x.author, x.approver, x.alone, x.pupil = account("writer", 1, access.Trainer), account("signer", 2, access.LegalAffairs), account("alone", 3, access.Trainer, access.LegalAffairs), account("pupil", 4, access.Officer)
		test(x)
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

const lesson = "# 一\n时长：30秒\n条文：XZCF-51\n先学这个。\n# 二\n时长：40秒\n再学这个。\n"

func (x *school) write(text string) (CourseID, error) {
	return x.s.Save(context.Background(), x.author, 0, 0, SaveInput{Title: "当场处罚", On: law.MustDate("2026-09-01"), Text: text})
}

func (x *school) course(id CourseID) (c Course) {
	x.Helper()
	must(x.T, x.s.DB.View(context.Background(), func(tx *store.Tx) (err error) { c, err = courseOf(tx, id); return err }))
	return c
}

// TestCourseIsApproved: what is wrong is named, the author does not approve, a newer version takes the place of the older.
func TestCourseIsApproved(t *testing.T) {
	schools(t, func(x *school) {
		ctx := context.Background()
		for text, want := range map[string]string{"没有章": "第一章以前", "# 一\n文件：没有.pdf\n": "还没有上传文件"} {
			if _, err := x.write(text); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), want) {
				t.Errorf("%q：%v", text, err)
			}
		}
		id, err := x.write(lesson)
		must(t, err)
		if _, err := x.s.Learn(ctx, x.pupil, id); !fault.Is(err, fault.NotFound) {
			t.Errorf("草稿也能学：%v", err)
		}
		if err := x.s.Approve(ctx, x.author, id, 1); !fault.Is(err, fault.Forbidden) {
			t.Errorf("没有审定权限：%v", err)
		}
		own, err := x.s.Save(ctx, x.alone, 0, 0, SaveInput{Title: "自己的", On: law.MustDate("2026-09-01"), Text: lesson})
		must(t, err)
		if err := x.s.Approve(ctx, x.alone, own, 1); !fault.Is(err, fault.Forbidden) {
			t.Errorf("自己审定自己的：%v", err)
		}
		must(t, x.s.Approve(ctx, x.approver, id, 1))
		in := SaveInput{Title: "当场处罚（新）", On: law.MustDate("2026-09-01"), Text: lesson + "# 三\n新的。\n"}
		if _, err := x.s.Save(ctx, x.author, id, 1, in); !fault.Is(err, fault.Conflict) {
			t.Errorf("旧的页面：%v", err)
		}
		_, err = x.s.Save(ctx, x.author, id, 2, in)
		must(t, err)
		if p, err := x.s.Learn(ctx, x.pupil, id); err != nil || len(p.Chapters) != 2 {
			t.Errorf("新版审定以前学的是 %d 章 %v", len(p.Chapters), err)
		}
		must(t, x.s.Approve(ctx, x.approver, id, 3))
		if p, err := x.s.Learn(ctx, x.pupil, id); err != nil || len(p.Chapters) != 3 {
			t.Errorf("新版有 %d 章 %v", len(p.Chapters), err)
		}
		must(t, x.s.End(ctx, x.author, id, 4, "过时"))
		if _, err := x.s.Learn(ctx, x.pupil, id); !fault.Is(err, fault.NotFound) {
			t.Errorf("停用的也能学：%v", err)
		}
		must(t, x.s.Restore(ctx, x.author, id, 5, "还要用"))
		if c := x.course(id); c.State != InUse || c.Current == 0 {
			t.Errorf("%+v", c)
		}
		var cited []Course
		must(t, x.s.DB.View(ctx, func(tx *store.Tx) (err error) { cited, err = Citing(tx, "XZCF", []int{51}); return err }))
		if len(cited) != 1 || cited[0].ID != id {
			t.Errorf("引用第五十一条的课程：%+v", cited)
		}
	})
}

// TestLearning: chapters open in their order, time is the server's, points come once and within the day's cap.
func TestLearning(t *testing.T) {
	schools(t, func(x *school) {
		ctx := context.Background()
		id, err := x.write(lesson)
		must(t, err)
		must(t, x.s.Approve(ctx, x.approver, id, 1))
		if _, err := x.s.Beat(ctx, x.pupil, id, 1); !fault.Is(err, fault.Conflict) {
			t.Errorf("跳过第一章：%v", err)
		}
		beat := func(chapter int, after time.Duration) Progress {
			t.Helper()
			x.clock.Set(x.clock.Now().Add(after))
			p, err := x.s.Beat(ctx, x.pupil, id, chapter)
			must(t, err)
			return p
		}
		if p := beat(0, 0); p.Chapters[0].Seen != 0 || p.Study.State != Studying {
			t.Errorf("第一次报：%+v", p.Chapters[0])
		}
		beat(0, 10*time.Second)
		if p := beat(0, 10*time.Minute); p.Chapters[0].Seen != 10 || p.Chapters[0].Done {
			t.Errorf("离开十分钟也算了：%+v", p.Chapters[0])
		}
		if p := beat(0, 20*time.Second); p.Chapters[0].Seen != 30 || !p.Chapters[0].Done || !p.Chapters[1].Open {
			t.Errorf("够了三十秒：%+v", p.Chapters)
		}
		beat(1, 20*time.Second)
		beat(1, 20*time.Second)
		p := beat(1, 20*time.Second)
		if p.Study.State != Finished {
			t.Errorf("两章都学完：%+v", p)
		}
		_, points, target, err := x.s.Home(ctx, x.pupil)
		if err != nil || points != 30_00 || target != 2400 {
			t.Errorf("积分 %d，目标 %d：%v", points, target, err)
		}
		if p := beat(1, 20*time.Second); p.Chapters[1].Seen != 40 {
			t.Errorf("学完以后又计：%+v", p.Chapters[1])
		}
		if _, again, _, _ := x.s.Home(ctx, x.pupil); again != points {
			t.Errorf("同一门课程得了两次：%d", again)
		}
		list, _, _, err := x.s.Studies(ctx, x.author, Filter{State: Finished}, "")
		if err != nil || len(list) != 1 || list[0].Name != "演示·pupil" {
			t.Errorf("学习情况：%+v %v", list, err)
		}
		if _, _, _, err := x.s.Studies(ctx, x.pupil, Filter{}, ""); !fault.Is(err, fault.Forbidden) {
			t.Errorf("学员看别人的：%v", err)
		}
	})
}

// TestCourseFiles: a PDF or a video is added once under its name; anything else is refused.
func TestCourseFiles(t *testing.T) {
	schools(t, func(x *school) {
		ctx := context.Background()
		id, err := x.write(lesson)
		must(t, err)
		if _, err := x.s.AddFile(ctx, x.author, id, "网页.pdf", []byte("<html><script>alert(1)</script>")); !fault.Is(err, fault.Invalid) {
			t.Errorf("网页：%v", err)
		}
		pdf := []byte("%PDF-1.4\n%%EOF\n")
		file, err := x.s.AddFile(ctx, x.author, id, "要点.pdf", pdf)
		must(t, err)
		if _, err := x.s.AddFile(ctx, x.author, id, "要点.pdf", append(pdf, '\n')); !fault.Is(err, fault.Invalid) {
			t.Errorf("同名：%v", err)
		}
		if _, _, err := x.s.OpenFile(ctx, x.pupil, id, file); !fault.Is(err, fault.NotFound) {
			t.Errorf("草稿的文件学员也打得开：%v", err)
		}
		_, body, err := x.s.OpenFile(ctx, x.author, id, file)
		must(t, err)
		defer func() { _ = body.Close() }()
		var got bytes.Buffer
		_, err = got.ReadFrom(body)
		if err != nil || !bytes.Equal(got.Bytes(), pdf) {
			t.Errorf("读回 %q %v", got.Bytes(), err)
		}
	})
}

// TestGrant: a day has its caps for each source and for all.
func TestGrant(t *testing.T) {
	day := law.MustDate("2026-09-01")
	var earlier []PointEntry
	var got []int64
	for range 8 {
		e := PointEntry{ID: int64(len(earlier) + 1), Source: SourceChapter, Day: day}
		n, _, err := grant(firstRules, earlier, e)
		must(t, err)
		earlier, got = append(earlier, e), append(got, n)
	}
	if want := []int64{500, 500, 500, 500, 500, 500, 0, 0}; !equal(got, want) {
		t.Errorf("一天学八章：%v", got)
	}
	for i, want := range []int64{2000, 1000, 0} {
		e := PointEntry{ID: int64(len(earlier) + 1), Source: SourceCourse, Day: day}
		n, why, err := grant(firstRules, earlier, e)
		if err != nil || n != want || (want < 2000) != (why != "") {
			t.Errorf("第 %d 门：%d %q %v", i+1, n, why, err)
		}
		earlier = append(earlier, e)
	}
	back := append(earlier, PointEntry{ID: 100, Source: SourceCourse, Day: day.AddDays(3), Reverses: 9}) // the first course
	if n, _, err := grant(firstRules, back, PointEntry{ID: 101, Source: SourceCourse, Day: day}); err != nil || n != 2000 {
		t.Errorf("冲销一门以后又有 %d %v", n, err)
	}
}

func equal(a, b []int64) bool {
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			return false
		}
	}
	return len(a) == len(b)
}
