package course

import (
	"fmt"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/training/scene"

	"github.com/uptrace/bun"
)

const (
	nounCourse  = "这门课程"
	nounVersion = "课程的这一版"
	nounFile    = "这个文件"
	nounChapter = "这一章"
)

func courseOf(tx *store.Tx, id CourseID) (Course, error) {
	var c Course
	err := tx.DB().NewSelect().Model(&c).Where("id = ?", id).Scan(tx.Ctx)
	return c, store.One(err, nounCourse)
}

func versionOf(tx *store.Tx, id VersionID) (Version, error) {
	var v Version
	err := tx.DB().NewSelect().Model(&v).Where("id = ?", id).Scan(tx.Ctx)
	return v, store.One(err, nounVersion)
}

// versionsOf are all versions of a course, the newest first.
func versionsOf(tx *store.Tx, id CourseID) (out []Version, err error) {
	return out, tx.DB().NewSelect().Model(&out).Where("course_id = ?", id).Order("number DESC").Scan(tx.Ctx)
}

func versionsByID(tx *store.Tx, ids []VersionID) (map[VersionID]Version, error) {
	out := map[VersionID]Version{}
	if len(ids) == 0 {
		return out, nil
	}
	var rows []Version
	err := tx.DB().NewSelect().Model(&rows).Where("id IN (?)", bun.List(ids)).Scan(tx.Ctx)
	for _, v := range rows {
		out[v.ID] = v
	}
	return out, err
}

func insert[R any](tx *store.Tx, row *R) error {
	_, err := tx.DB().NewInsert().Model(row).Exec(tx.Ctx)
	return err
}

func saveCourse(tx *store.Tx, c *Course) error {
	old := c.Version
	c.Version++
	res, err := tx.DB().NewUpdate().Model(c).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, nounCourse)
}

func saveVersion(tx *store.Tx, v *Version) error {
	old := v.Version
	v.Version++
	res, err := tx.DB().NewUpdate().Model(v).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, nounVersion)
}

// courses are the courses of the states, at most most of them after the cursor, the newest first.
func courses(tx *store.Tx, after int64, most int, states ...State) (out []Course, err error) {
	q := tx.DB().NewSelect().Model(&out).Order("id DESC").Limit(int64(most))
	if len(states) > 0 {
		q = q.Where("state IN (?)", bun.List(states))
	}
	if after > 0 {
		q = q.Where("id < ?", after)
	}
	return out, q.Scan(tx.Ctx)
}

func filesOf(tx *store.Tx, id CourseID) (out []File, err error) {
	return out, tx.DB().NewSelect().Model(&out).Where("course_id = ?", id).Order("name").Scan(tx.Ctx)
}

func fileOf(tx *store.Tx, of CourseID, id FileID) (File, error) {
	var f File
	err := tx.DB().NewSelect().Model(&f).Where("id = ?", id).Where("course_id = ?", of).Scan(tx.Ctx)
	return f, store.One(err, nounFile)
}

// citations writes the articles of a version.
func citations(tx *store.Tx, v Version, chapters []Chapter) error {
	for _, ref := range Refs(chapters) {
		c, err := scene.Ref(ref)
		if err != nil {
			return fmt.Errorf("course: %w", err)
		}
		if err := insert(tx, &article{Of: v.ID, Ref: ref, Statute: c.Statute, Article: c.Article, Entry: v.Entry}); err != nil {
			return err
		}
	}
	return nil
}

// Citing are the courses in use that cite one of the articles of a statute, or any of it when none is named.
func Citing(tx *store.Tx, statute string, articles []int) (out []Course, err error) {
	sub, args := "SELECT 1 FROM course_article ca WHERE ca.version_id = co.current_id AND ca.statute = ?", []any{statute}
	if len(articles) > 0 {
		sub, args = sub+" AND (ca.article = 0 OR ca.article IN (?))", append(args, bun.List(articles))
	}
	return out, tx.DB().NewSelect().Model(&out).Where("co.state = ?", InUse).Where("EXISTS ("+sub+")", args...).Order("co.id").Scan(tx.Ctx)
}

// studiesOf are the studies of an account by version.
func studiesOf(tx *store.Tx, account access.AccountID) (map[VersionID]Study, error) {
	var rows []Study
	err := tx.DB().NewSelect().Model(&rows).Where("account = ?", account).Scan(tx.Ctx)
	out := map[VersionID]Study{}
	for _, s := range rows {
		out[s.Of] = s
	}
	return out, err
}

func dwells(tx *store.Tx, ids ...StudyID) (map[StudyID]map[int]Dwell, error) {
	out := map[StudyID]map[int]Dwell{}
	if len(ids) == 0 {
		return out, nil
	}
	var rows []Dwell
	err := tx.DB().NewSelect().Model(&rows).Where("study_id IN (?)", bun.List(ids)).Scan(tx.Ctx)
	for _, d := range rows {
		if out[d.Study] == nil {
			out[d.Study] = map[int]Dwell{}
		}
		out[d.Study][d.Chapter] = d
	}
	return out, err
}

// earned is the sum of an account's points in the year of a day, in hundredths.
func earned(tx *store.Tx, account access.AccountID, day law.Date) (sum int64, err error) {
	from, until := yearOf(day)
	err = tx.DB().NewSelect().Model((*PointEntry)(nil)).ColumnExpr("COALESCE(SUM(points), 0)").Where("account = ?", account).Where("day >= ?", from).Where("day <= ?", until).Scan(tx.Ctx, &sum)
	return sum, err
}

func yearOf(day law.Date) (from, until string) {
	return fmt.Sprintf("%04d-01-01", day.Year()), fmt.Sprintf("%04d-12-31", day.Year())
}

// CourseNames names courses for whoever reads the ledger.
func CourseNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(c Course) (int64, string) { return int64(c.ID), "课程《" + c.Title + "》" })
}

// StudyNames names studies for whoever reads the ledger.
func StudyNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(s Study) (int64, string) { return int64(s.ID), s.Name + "的学习" })
}
