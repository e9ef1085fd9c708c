package course

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/blob"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// Deps are what the slice needs.
type Deps struct {
	DB    *store.DB
	Units *access.Service
	Blobs blob.Store
	// Base is the public address, for the code by which people sign in.
	Base string
	// Article is the text of an article as it stands on a day, and where it is read; "" where the library has it not.
	Article func(tx *store.Tx, c law.Citation, on law.Date) (text, href string, err error)
}

// Service is the only way into this slice, for pages and calls alike.
type Service struct{ Deps }

// New returns the slice.
func New(d Deps) *Service { return &Service{d} }

// SaveInput is a course as it was written: a new one, or the next version of one.
type SaveInput struct {
	Title   string   `json:"title" doc:"课程名称"`
	Summary string   `json:"summary" doc:"学什么、给谁学"`
	Leaders bool     `json:"leaders" doc:"列入领导干部学法"`
	On      law.Date `json:"on" doc:"条文按哪一天施行的文本读"`
	Text    string   `json:"text" doc:"正文：一章以“# 章名”一行开头，下面可以写 时长：5分钟、条文：行政处罚法第五十一条、文件：名称.pdf"`
}

func (in SaveInput) tidy() SaveInput {
	in.Title, in.Summary = strings.TrimSpace(in.Title), strings.TrimSpace(in.Summary)
	in.Text = strings.ReplaceAll(in.Text, "\r\n", "\n")
	return in
}

// check names at its field what keeps the course from being kept; files are those that the course has.
func (in SaveInput) check(files []File) ([]Chapter, error) {
	var fs fault.Fields
	if n := len([]rune(in.Title)); n < 2 || n > 100 {
		fs.Add("title", "课程名称应有 2 至 100 个字")
	}
	if len([]rune(in.Summary)) > 500 {
		fs.Add("summary", "简介最多 500 个字")
	}
	if in.On.IsZero() {
		fs.Add("on", "请写条文按哪一天施行的文本读")
	}
	chapters, faults := Parse(in.Text)
	for _, c := range chapters {
		if c.File != "" && !slices.ContainsFunc(files, func(f File) bool { return f.Name == c.File }) {
			faults = append(faults, Fault{c.line, fmt.Sprintf("还没有上传文件“%s”", c.File)})
		}
	}
	var all []error
	for _, f := range faults {
		all = append(all, f)
	}
	if len(all) > 0 {
		fs.Add("text", "%s", strings.ReplaceAll(errors.Join(all...).Error(), "\n", "；"))
	}
	return chapters, fs.Err()
}

func digestOf(in SaveInput) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %t %s %q", in.Title, in.Summary, in.Leaders, in.On, in.Text))
	return hex.EncodeToString(sum[:])
}

// Save keeps what was written as a draft: of a new course (id 0), or as the next version of one. What is in use stays in
// use until the draft is approved.
func (s *Service) Save(ctx context.Context, by access.Session, id CourseID, seen int64, in SaveInput) (CourseID, error) {
	if _, err := by.Require(access.CourseManage); err != nil {
		return 0, err
	}
	in = in.tidy()
	at, _, err := s.DB.Once(ctx, by.Once(kindDrafted, []any{id, seen, in}), func(tx *store.Tx) (string, error) {
		c := Course{ID: CourseID(store.NewID()), State: Draft}
		var files []File
		if id != 0 {
			var err error
			if c, err = courseOf(tx, id); err != nil {
				return "", err
			}
			if c.Version != seen {
				return "", fault.Stale(nounCourse)
			}
			if files, err = filesOf(tx, id); err != nil {
				return "", err
			}
		}
		chapters, err := in.check(files)
		if err != nil {
			return "", err
		}
		return c.ID.String(), draft(tx, by, &c, id == 0, in, chapters)
	})
	if err != nil {
		return 0, err
	}
	n, err := store.ParseID(at)
	return CourseID(n), err
}

// draft writes the next version of a course, with its entry.
func draft(tx *store.Tx, by access.Session, c *Course, fresh bool, in SaveInput, chapters []Chapter) error {
	v := Version{
		ID: VersionID(store.NewID()), Course: c.ID, Number: c.Number + 1, State: Draft, Title: in.Title, Summary: in.Summary, Leaders: store.Flag(in.Leaders), On: in.On, Content: in.Text, Digest: digestOf(in),
		Author: by.Name(), AuthorID: int64(by.Account()), MadeAt: store.Micros(tx.Now), Version: 1,
	}
	if !fresh {
		all, err := versionsOf(tx, c.ID)
		switch {
		case err != nil:
			return err
		case len(all) > 0 && all[0].Digest == v.Digest && all[0].State != Returned:
			return fault.New(fault.Conflict, "内容和第 %d 版完全一样，没有另存", all[0].Number)
		}
		if err := overtake(tx, all, v); err != nil {
			return err
		}
	}
	e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindDrafted, Subject: c.Subject(), Data: map[string]any{"title": in.Title, "number": v.Number, "digest": v.Digest}})
	if err != nil {
		return err
	}
	v.Entry, c.Entry = int64(e), int64(e)
	c.Number, c.Waiting, c.At = v.Number, true, store.Micros(tx.Now)
	if c.Current == 0 && c.State != Ended {
		c.Head, c.Title, c.Leaders, c.State = v.ID, v.Title, v.Leaders, Draft
	}
	if err := insert(tx, &v); err != nil {
		return err
	}
	if err := citations(tx, v, chapters); err != nil {
		return err
	}
	if fresh {
		c.Version = 1
		return insert(tx, c)
	}
	return saveCourse(tx, c)
}

// overtake puts drafts behind a newer one.
func overtake(tx *store.Tx, all []Version, newer Version) error {
	for _, v := range all {
		if v.State != Draft {
			continue
		}
		v.State, v.Remark = Replaced, fmt.Sprintf("第 %d 版代替", newer.Number)
		if err := saveVersion(tx, &v); err != nil {
			return err
		}
	}
	return nil
}

// Approve lets the newest version, a draft, be learned, by somebody who did not write it.
func (s *Service) Approve(ctx context.Context, by access.Session, id CourseID, seen int64) error {
	return s.decide(ctx, by, id, seen, kindApproved, "", func(tx *store.Tx, c *Course, v *Version) error {
		if v.AuthorID == int64(by.Account()) {
			return fault.New(fault.Forbidden, "自己编写的课程要由另一个人审定")
		}
		if c.Current != 0 {
			old, err := versionOf(tx, c.Current)
			if err != nil {
				return err
			}
			old.State, old.Entry = Replaced, v.Entry
			if err := saveVersion(tx, &old); err != nil {
				return err
			}
		}
		v.State, v.Approver, v.ApprovedAt = InUse, by.Name(), store.Micros(tx.Now)
		c.State, c.Current, c.Head, c.Title, c.Leaders, c.Why = InUse, v.ID, v.ID, v.Title, v.Leaders, ""
		return nil
	})
}

// Return gives a draft back, with what is to be mended.
func (s *Service) Return(ctx context.Context, by access.Session, id CourseID, seen int64, why string) error {
	if why = strings.TrimSpace(why); why == "" {
		return fault.InvalidField("reason", "请写明要改什么")
	}
	return s.decide(ctx, by, id, seen, kindReturned, why, func(_ *store.Tx, c *Course, v *Version) error {
		v.State, v.Remark = Returned, why
		if c.Head == v.ID {
			c.State = Returned
		}
		return nil
	})
}

// decide decides on a draft.
func (s *Service) decide(ctx context.Context, by access.Session, id CourseID, seen int64, kind, why string, f func(*store.Tx, *Course, *Version) error) error {
	if _, err := by.Require(access.CourseApprove); err != nil {
		return err
	}
	return s.change(ctx, by, id, seen, kind, why, func(tx *store.Tx, c *Course, e int64) (Version, error) {
		all, err := versionsOf(tx, id)
		if err != nil {
			return Version{}, err
		}
		if len(all) == 0 || all[0].State != Draft {
			return Version{}, fault.New(fault.Conflict, "这门课程没有等待审定的草稿")
		}
		v := all[0]
		v.Entry, c.Waiting = e, false
		if err := f(tx, c, &v); err != nil {
			return v, err
		}
		return v, saveVersion(tx, &v)
	})
}

// End takes a course out of use: nobody begins it any more. Restore brings it back.
func (s *Service) End(ctx context.Context, by access.Session, id CourseID, seen int64, why string) error {
	return s.turn(ctx, by, id, seen, kindEnded, why, func(c *Course, v *Version) error {
		if c.State != InUse {
			return fault.New(fault.Conflict, "这门课程%s，不用停用", c.State.Label())
		}
		c.State, c.Current, c.Why, v.State = Ended, 0, strings.TrimSpace(why), Ended
		return nil
	})
}

// Restore puts a course that was ended into use again.
func (s *Service) Restore(ctx context.Context, by access.Session, id CourseID, seen int64, why string) error {
	return s.turn(ctx, by, id, seen, kindRestored, why, func(c *Course, v *Version) error {
		if c.State != Ended {
			return fault.New(fault.Conflict, "这门课程%s，没有停用", c.State.Label())
		}
		c.State, c.Current, c.Why, v.State = InUse, v.ID, "", InUse
		return nil
	})
}

func (s *Service) turn(ctx context.Context, by access.Session, id CourseID, seen int64, kind, why string, f func(*Course, *Version) error) error {
	if _, err := by.Require(access.CourseManage); err != nil {
		return err
	}
	if why = strings.TrimSpace(why); why == "" {
		return fault.InvalidField("reason", "请写明理由")
	}
	return s.change(ctx, by, id, seen, kind, why, func(tx *store.Tx, c *Course, e int64) (Version, error) {
		v, err := versionOf(tx, c.Head)
		if err == nil {
			v.Entry = e
			err = f(c, &v)
		}
		if err != nil {
			return v, err
		}
		return v, saveVersion(tx, &v)
	})
}

// change changes how a course stands, with its entry; f changes the version that it is about.
func (s *Service) change(ctx context.Context, by access.Session, id CourseID, seen int64, kind, why string, f func(tx *store.Tx, c *Course, entry int64) (Version, error)) error {
	_, _, err := s.DB.Once(ctx, by.Once(kind, []any{id, seen, why}), func(tx *store.Tx) (string, error) {
		c, err := courseOf(tx, id)
		if err != nil {
			return "", err
		}
		if c.Version != seen {
			return "", fault.Stale(nounCourse)
		}
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: c.Subject(), Data: map[string]any{"title": c.Title, "number": c.Number, "why": why}})
		if err != nil {
			return "", err
		}
		c.Entry, c.At = int64(e), store.Micros(tx.Now)
		if _, err := f(tx, &c, int64(e)); err != nil {
			return "", err
		}
		return c.BookURL(), saveCourse(tx, &c)
	})
	return err
}
