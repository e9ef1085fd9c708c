package course

import (
	"context"
	"strconv"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/setting"
	"fadu/internal/store"
)

// Progress is how far an account is in the version of a course that is in use, or in the one that it finished.
type Progress struct {
	Course   Course
	Of       Version
	Study    Study // no ID: not begun
	Chapters []ChapterProgress
}

// ChapterProgress is what is done of a chapter.
type ChapterProgress struct {
	Chapter
	Seen int64 // seconds that the server measured
	Done bool
	Open bool
}

// done are the chapters that are done.
func (p Progress) done() (out []bool, n int) {
	for _, c := range p.Chapters {
		if out = append(out, c.Done); c.Done {
			n++
		}
	}
	return out, n
}

// progress puts together how far an account is.
func progress(c Course, v Version, s Study, seen map[int]Dwell) Progress {
	p := Progress{Course: c, Of: v, Study: s}
	for i, ch := range v.Chapters() {
		d := seen[i]
		p.Chapters = append(p.Chapters, ChapterProgress{Chapter: ch, Seen: d.Millis / 1000, Done: d.DoneAt > 0})
	}
	done, _ := p.done()
	for i := range p.Chapters {
		p.Chapters[i].Open = Opens(done, i)
	}
	return p
}

// Learn is how far the account is in a course in use.
func (s *Service) Learn(ctx context.Context, by access.Session, id CourseID) (p Progress, err error) {
	if _, err := by.Require(access.TrainingTake); err != nil {
		return p, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) (err error) { p, err = s.learn(tx, by, id); return err })
	return p, err
}

func (s *Service) learn(tx *store.Tx, by access.Session, id CourseID) (p Progress, err error) {
	c, err := courseOf(tx, id)
	if err != nil {
		return p, err
	}
	if c.State != InUse {
		return p, fault.Missing(nounCourse)
	}
	v, err := versionOf(tx, c.Current)
	if err != nil {
		return p, err
	}
	mine, err := studiesOf(tx, by.Account())
	if err != nil {
		return p, err
	}
	seen, err := dwells(tx, mine[v.ID].ID)
	return progress(c, v, mine[v.ID], seen[mine[v.ID].ID]), err
}

// Home are the courses in use with how far the account is in each, its points of this year and the target.
func (s *Service) Home(ctx context.Context, by access.Session) (out []Progress, points, target int64, err error) {
	if _, err := by.Require(access.TrainingTake); err != nil {
		return nil, 0, 0, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		out = nil
		list, err := courses(tx, 0, mostCourses, InUse)
		if err != nil {
			return err
		}
		mine, err := studiesOf(tx, by.Account())
		if err != nil {
			return err
		}
		var versions []VersionID
		var studies []StudyID
		for _, c := range list {
			versions = append(versions, c.Current)
			if st, ok := mine[c.Current]; ok {
				studies = append(studies, st.ID)
			}
		}
		of, err := versionsByID(tx, versions)
		if err != nil {
			return err
		}
		seen, err := dwells(tx, studies...)
		if err != nil {
			return err
		}
		for _, c := range list {
			st := mine[c.Current]
			out = append(out, progress(c, of[c.Current], st, seen[st.ID]))
		}
		if points, err = earned(tx, by.Account(), tx.Today()); err == nil {
			target, err = targetOf(tx)
		}
		return err
	})
	return out, points, target, err
}

// mostCourses bounds the courses that are offered at once.
const mostCourses = 200

func targetOf(tx *store.Tx) (int64, error) {
	text, err := setting.Value(tx, YearlyTarget)
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(text, 10, 64)
}

// Beat hears from a page that a chapter is looked at. What it earns is measured here; the first report of a course begins
// the study, the one that fills the time ends the chapter, and the last chapter ends the course.
func (s *Service) Beat(ctx context.Context, by access.Session, id CourseID, chapter int) (p Progress, err error) {
	if _, err := by.Require(access.TrainingTake); err != nil {
		return p, err
	}
	err = s.DB.Update(ctx, func(tx *store.Tx) error {
		if p, err = s.learn(tx, by, id); err != nil {
			return err
		}
		if chapter < 0 || chapter >= len(p.Chapters) {
			return fault.Missing(nounChapter)
		}
		if !p.Chapters[chapter].Open {
			return fault.New(fault.Conflict, "请先学完前面的章节")
		}
		if p.Study.ID == 0 {
			if p.Study, err = begin(tx, by, p); err != nil {
				return err
			}
		}
		return s.beat(tx, by, &p, chapter)
	})
	return p, err
}

func begin(tx *store.Tx, by access.Session, p Progress) (Study, error) {
	st := Study{ID: StudyID(store.NewID()), Account: by.Account(), Name: by.Name(), Levels: by.Unit().Levels(), Course: p.Course.ID, Of: p.Of.ID, State: Studying, BegunAt: store.Micros(tx.Now), Version: 1}
	e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindBegun, Subject: st.Subject(), Unit: int64(st.UnitID), Data: map[string]any{"course": p.Of.Title, "number": p.Of.Number}})
	if err != nil {
		return st, err
	}
	st.Entry = int64(e)
	return st, insert(tx, &st)
}

func (s *Service) beat(tx *store.Tx, by access.Session, p *Progress, chapter int) error {
	var last pulse
	var rows []pulse
	if err := tx.DB().NewSelect().Model(&rows).Where("account = ?", by.Account()).Scan(tx.Ctx); err != nil {
		return err
	}
	if len(rows) > 0 {
		last = rows[0]
	}
	gain := Earned(Pulse{last.Study, last.Chapter, store.FromMicros(last.At)}, p.Study.ID, chapter, tx.Now)
	if _, err := tx.Exec(`INSERT INTO course_pulse (account, study_id, chapter, at) VALUES (?, ?, ?, ?) ON CONFLICT (account) DO UPDATE SET study_id = excluded.study_id, chapter = excluded.chapter, at = excluded.at`,
		by.Account(), p.Study.ID, chapter, store.Micros(tx.Now)); err != nil {
		return err
	}
	c := &p.Chapters[chapter]
	if c.Done {
		return nil
	}
	if _, err := tx.Exec(`INSERT INTO course_dwell (study_id, chapter, millis, done_at) VALUES (?, ?, ?, 0) ON CONFLICT (study_id, chapter) DO UPDATE SET millis = course_dwell.millis + excluded.millis`,
		p.Study.ID, chapter, gain/time.Millisecond); err != nil {
		return err
	}
	seen, err := dwells(tx, p.Study.ID)
	if err != nil {
		return err
	}
	d := seen[p.Study.ID][chapter]
	if c.Seen = d.Millis / 1000; c.Seen < c.Seconds {
		return nil
	}
	return complete(tx, by, p, chapter)
}

// complete ends a chapter, and with the last one the course; both earn points.
func complete(tx *store.Tx, by access.Session, p *Progress, chapter int) error {
	if _, err := tx.Exec(`UPDATE course_dwell SET done_at = ? WHERE study_id = ? AND chapter = ?`, store.Micros(tx.Now), p.Study.ID, chapter); err != nil {
		return err
	}
	p.Chapters[chapter].Done = true
	done, n := p.done()
	for i := range p.Chapters {
		p.Chapters[i].Open = Opens(done, i)
	}
	e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindChapter, Subject: p.Study.Subject(), Unit: int64(p.Study.UnitID), Data: map[string]any{"course": p.Of.Title, "chapter": p.Chapters[chapter].Title, "seconds": p.Chapters[chapter].Seen}})
	if err != nil {
		return err
	}
	// A course earns once for each version's chapters and once as a whole: the newer version of a course repeats it.
	if err := credit(tx, by, SourceChapter, p.Course.ID.String()+"/"+p.Chapters[chapter].Title, p.Of.Title+"："+p.Chapters[chapter].Title, chapterURL(p.Course, chapter), int64(e)); err != nil || n < len(p.Chapters) {
		return err
	}
	e, err = ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindFinished, Subject: p.Study.Subject(), Unit: int64(p.Study.UnitID), Data: map[string]any{"course": p.Of.Title, "number": p.Of.Number}})
	if err != nil {
		return err
	}
	old := p.Study.Version
	p.Study.State, p.Study.FinishedAt, p.Study.Version, p.Study.Entry = Finished, store.Micros(tx.Now), old+1, int64(e)
	res, err := tx.DB().NewUpdate().Model(&p.Study).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	if err := store.Updated(res, err, nounCourse); err != nil {
		return err
	}
	return credit(tx, by, SourceCourse, p.Course.ID.String(), p.Of.Title, p.Course.URL(), int64(e))
}

// credit enters what a source earns, once for the same thing in a year.
func credit(tx *store.Tx, by access.Session, source, ref, about, opens string, entry int64) error {
	return Award(tx, By(by, source, strconv.Itoa(tx.Today().Year())+"/"+ref, about, opens), entry)
}
