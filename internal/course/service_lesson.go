package course

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// LessonInput is a session in person as it is planned.
type LessonInput struct {
	Title   string    `json:"title" doc:"讲什么"`
	Place   string    `json:"place" doc:"在哪里"`
	Starts  time.Time `json:"starts" doc:"几点开始"`
	Ends    time.Time `json:"ends" doc:"几点结束"`
	Leaders bool      `json:"leaders" doc:"列入领导干部学法"`
}

func (in LessonInput) tidy() LessonInput {
	in.Title, in.Place = strings.TrimSpace(in.Title), strings.TrimSpace(in.Place)
	in.Starts, in.Ends = in.Starts.UTC(), in.Ends.UTC()
	return in
}

func (in LessonInput) check() error {
	var fs fault.Fields
	if n := len([]rune(in.Title)); n < 2 || n > 100 {
		fs.Add("title", "名称应有 2 至 100 个字")
	}
	if n := len([]rune(in.Place)); n < 2 || n > 100 {
		fs.Add("place", "地点应有 2 至 100 个字")
	}
	if in.Starts.IsZero() {
		fs.Add("starts", "请写几点开始")
	}
	if !in.Ends.After(in.Starts) || in.Ends.Sub(in.Starts) > 24*time.Hour {
		fs.Add("ends", "结束应在开始以后，一天以内")
	}
	return fs.Err()
}

// Plan plans a session (id 0), or changes one that is planned.
func (s *Service) Plan(ctx context.Context, by access.Session, id LessonID, seen int64, in LessonInput) (LessonID, error) {
	if _, err := by.Require(access.CourseManage); err != nil {
		return 0, err
	}
	in = in.tidy()
	if err := in.check(); err != nil {
		return 0, err
	}
	at, _, err := s.DB.Once(ctx, by.Once(kindPlanned, []any{id, seen, in}), func(tx *store.Tx) (string, error) {
		l := Lesson{ID: LessonID(store.NewID()), State: Planned, Secret: rand.Text(), Author: by.Name(), Levels: by.Unit().Levels()}
		if id != 0 {
			var err error
			if l, err = s.planned(tx, by, id, seen); err != nil {
				return "", err
			}
		}
		l.Title, l.Place, l.StartsAt, l.EndsAt, l.Leaders = in.Title, in.Place, store.Micros(in.Starts), store.Micros(in.Ends), store.Flag(in.Leaders)
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindPlanned, Subject: l.Subject(), Unit: int64(l.UnitID), Data: in})
		if err != nil {
			return "", err
		}
		if l.Entry = int64(e); id == 0 {
			l.Version = 1
			return l.ID.String(), insert(tx, &l)
		}
		return l.ID.String(), saveLesson(tx, &l)
	})
	if err != nil {
		return 0, err
	}
	n, err := store.ParseID(at)
	return LessonID(n), err
}

// planned finds a session that the session of the program manages, at the version that was seen.
func (s *Service) planned(tx *store.Tx, by access.Session, id LessonID, seen int64) (Lesson, error) {
	l, err := lessonOf(tx, id)
	switch {
	case err != nil:
		return l, err
	case by.ScopeFor(access.CourseManage).Check(l.Levels, nounLesson) != nil:
		return l, fault.Missing(nounLesson)
	case l.Version != seen:
		return l, fault.Stale(nounLesson)
	case l.State == Cancelled:
		return l, fault.New(fault.Conflict, "这次面授已经取消：%s", l.Why)
	}
	return l, nil
}

func saveLesson(tx *store.Tx, l *Lesson) error {
	old := l.Version
	l.Version++
	res, err := tx.DB().NewUpdate().Model(l).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, nounLesson)
}

// Cancel calls a session off; who signed in is not counted.
func (s *Service) Cancel(ctx context.Context, by access.Session, id LessonID, seen int64, why string) error {
	return s.onLesson(ctx, by, id, seen, kindCancelled, why, nil, func(tx *store.Tx, l *Lesson, entry int64) error {
		l.State, l.Why = Cancelled, strings.TrimSpace(why)
		there, err := attendanceOf(tx, id)
		if err != nil {
			return err
		}
		for _, a := range there {
			if err := unattend(tx, *l, a, l.Why, entry); err != nil {
				return err
			}
		}
		return nil
	})
}

// attended is what being there earns.
func attended(l Lesson, account access.AccountID, name string, at access.Levels) Earning {
	return Earning{Account: account, Name: name, Levels: at, Source: SourceLesson, Ref: l.Subject(), About: l.Title, Opens: l.URL() + "/sign"}
}

// unattend takes back what being there earned.
func unattend(tx *store.Tx, l Lesson, a Attendance, why string, entry int64) error {
	if a.Account == 0 || bool(a.Gone) {
		return nil
	}
	return TakeBack(tx, attended(l, a.Account, a.Name, access.Levels{}), why, entry)
}

// onLesson changes a session with a reason and its entry.
func (s *Service) onLesson(ctx context.Context, by access.Session, id LessonID, seen int64, kind, why string, more any, f func(tx *store.Tx, l *Lesson, entry int64) error) error {
	if _, err := by.Require(access.CourseManage); err != nil {
		return err
	}
	if why = strings.TrimSpace(why); why == "" {
		return fault.InvalidField("reason", "请写明理由")
	}
	_, _, err := s.DB.Once(ctx, by.Once(kind, []any{id, seen, why, more}), func(tx *store.Tx) (string, error) {
		l, err := s.planned(tx, by, id, seen)
		if err != nil {
			return "", err
		}
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: l.Subject(), Unit: int64(l.UnitID), Data: map[string]any{"title": l.Title, "why": why, "who": more}})
		if err != nil {
			return "", err
		}
		l.Entry = int64(e)
		if err := f(tx, &l, int64(e)); err != nil {
			return "", err
		}
		return l.URL(), saveLesson(tx, &l)
	})
	return err
}

// SignIn signs the account in with the code that stands on the screen.
func (s *Service) SignIn(ctx context.Context, by access.Session, id LessonID, code string) error {
	if _, err := by.Require(access.TrainingTake); err != nil {
		return err
	}
	_, _, err := s.DB.Once(ctx, by.Once(kindSigned, []any{id, code}), func(tx *store.Tx) (string, error) {
		l, err := lessonOf(tx, id)
		switch {
		case err != nil:
			return "", err
		case l.State == Cancelled:
			return "", fault.New(fault.Conflict, "这次面授已经取消")
		case !Signable(store.FromMicros(l.StartsAt), store.FromMicros(l.EndsAt), tx.Now):
			return "", fault.New(fault.Conflict, "现在不能签到：开始前半小时起，到结束为止")
		case !CodeCounts(l.Secret, strings.ToUpper(strings.TrimSpace(code)), tx.Now):
			return "", fault.New(fault.Conflict, "二维码已经换了，请再扫一次屏幕上的")
		}
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindSigned, Subject: l.Subject(), Unit: int64(l.UnitID), Data: map[string]any{"title": l.Title, "way": ByCode}})
		if err != nil {
			return "", err
		}
		if err := attend(tx, Attendance{Lesson: id, Account: by.Account(), Name: by.Name(), Way: ByCode, By: by.Name(), Entry: int64(e)}); err != nil {
			return "", err
		}
		return l.URL(), Award(tx, attended(l, by.Account(), by.Name(), by.Unit().Levels()), int64(e))
	})
	return err
}

// attend writes a row; nobody is there twice.
func attend(tx *store.Tx, a Attendance) error {
	there, err := attendanceOf(tx, a.Lesson)
	if err != nil {
		return err
	}
	for _, o := range there {
		if !bool(o.Gone) && (a.Account != 0 && o.Account == a.Account || a.Account == 0 && o.Account == 0 && o.Name == a.Name) {
			return fault.New(fault.Conflict, "%s已经签到", a.Name)
		}
	}
	a.ID, a.At, a.Version = AttendanceID(store.NewID()), store.Micros(tx.Now), 1
	return insert(tx, &a)
}

// Enter writes somebody in by hand, with why: an account by its login, or a guest by name.
func (s *Service) Enter(ctx context.Context, by access.Session, id LessonID, seen int64, login, name, why string) error {
	login, name = strings.TrimSpace(login), strings.TrimSpace(name)
	if login == "" && name == "" {
		return fault.InvalidField("login", "请写登录名；外单位的人写姓名")
	}
	return s.onLesson(ctx, by, id, seen, kindEntered, why, []string{login, name}, func(tx *store.Tx, l *Lesson, entry int64) error {
		a := Attendance{Lesson: id, Name: name, Way: ByManual, By: by.Name(), Reason: strings.TrimSpace(why), Entry: entry}
		if login != "" {
			who, err := s.Units.AccountByLogin(tx, login)
			if fault.Is(err, fault.NotFound) || err == nil && who.Disabled {
				return fault.InvalidField("login", "没有这个登录名，或者已停用")
			}
			if err != nil {
				return err
			}
			a.Account, a.Name = who.ID, who.Name
			if err := Award(tx, attended(*l, who.ID, who.Name, who.Levels), entry); err != nil {
				return err
			}
		}
		return attend(tx, a)
	})
}

// TakeOut takes a row out, with why; it stays to be seen.
func (s *Service) TakeOut(ctx context.Context, by access.Session, id LessonID, seen int64, row AttendanceID, why string) error {
	return s.onLesson(ctx, by, id, seen, kindTakenOut, why, row, func(tx *store.Tx, l *Lesson, entry int64) error {
		var a Attendance
		err := tx.DB().NewSelect().Model(&a).Where("id = ?", row).Where("lesson_id = ?", id).Scan(tx.Ctx)
		if err := store.One(err, nounAttendance); err != nil {
			return err
		}
		if bool(a.Gone) {
			return fault.New(fault.Conflict, "这条签到已经去掉：%s", a.GoneWhy)
		}
		if err := unattend(tx, *l, a, strings.TrimSpace(why), entry); err != nil {
			return err
		}
		old := a.Version
		a.Gone, a.GoneWhy, a.Entry, a.Version = true, strings.TrimSpace(why), entry, old+1
		res, err := tx.DB().NewUpdate().Model(&a).WherePK().Where("version = ?", old).Exec(tx.Ctx)
		return store.Updated(res, err, nounAttendance)
	})
}

// Lessons are the sessions of the units whose training the session reads, the newest first, with how many came to all of
// them, this year.
func (s *Service) Lessons(ctx context.Context, by access.Session, after string) (out []Lesson, year Headcount, prev, next string, err error) {
	scope, err := by.Require(access.TrainingRead)
	if err != nil {
		return nil, year, "", "", err
	}
	const key = "lessons"
	cur, ok, err := store.DecodeCursor(after, key)
	if err != nil {
		return nil, year, "", "", err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		out = nil
		q := scope.Beside(tx, tx.DB().NewSelect().Model(&out), "cl")
		if err := store.KeysetByID(q, "cl.id", true, cur, ok).Limit(store.PageLimit(ctx)).Scan(tx.Ctx); err != nil {
			return err
		}
		day := tx.Today()
		from := store.Micros(time.Date(day.Year(), 1, 1, 0, 0, 0, 0, day.Start().Location()))
		year, err = headcount(tx, func(q *bun.SelectQuery) *bun.SelectQuery {
			return scope.Beside(tx, q, "cl").Where("cl.starts_at >= ?", from)
		})
		return err
	})
	if err != nil {
		return nil, year, "", "", err
	}
	out, prev, next = store.PageOf(ctx, out, cur, ok, key, func(l Lesson) store.Cursor { return store.Cursor{ID: int64(l.ID)} })
	return out, year, prev, next, nil
}

// Lesson is a session with who was there, for whoever reads the training of its unit.
func (s *Service) Lesson(ctx context.Context, by access.Session, id LessonID) (l Lesson, there []Attendance, h Headcount, err error) {
	scope, err := by.Require(access.TrainingRead)
	if err != nil {
		return l, nil, h, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		if l, err = lessonOf(tx, id); err != nil {
			return err
		}
		if scope.Check(l.Levels, nounLesson) != nil {
			return fault.Missing(nounLesson)
		}
		if there, err = attendanceOf(tx, id); err != nil {
			return err
		}
		h, err = headcount(tx, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("cl.id = ?", id) })
		return err
	})
	return l, there, h, err
}
