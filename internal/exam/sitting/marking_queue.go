package sitting

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

const nounScript = "这份待评的作答"

func saveScript(tx *store.Tx, c *Script) error {
	old := c.Version
	c.Version++
	res, err := tx.DB().NewUpdate().Model(c).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, nounScript)
}

// ScriptNames names scripts by their number.
func ScriptNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(c Script) (int64, string) { return int64(c.ID), "答卷片段 " + c.Number() })
}

// Next is the next script of a sitting for a marker, of one item or, with item < 0, of any; 0 when there is none. Scripts of
// the marker's own squad, of the marker, and those that the marker has marked are left out.
func (s *Service) Next(ctx context.Context, by access.Session, id SittingID, item int) (next ScriptID, err error) {
	if _, err := by.Require(access.ExamMark); err != nil {
		return 0, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		next = 0
		m, err := markerOf(tx, id, by.Account())
		if err != nil {
			return err
		}
		x, err := sittingOf(tx, id)
		if err != nil {
			return err
		}
		if x.State != Marking {
			return fault.New(fault.Conflict, "这场考试%s，没有要评的", x.Phase(tx.Now, 0).Label())
		}
		form, err := s.formOf(x)
		if err != nil {
			return err
		}
		for i, it := range form {
			if !it.Open() || item >= 0 && item != i {
				continue
			}
			if next, err = queued(tx, x, m, i, begins(m.Account)); err == nil && next == 0 {
				next, err = queued(tx, x, m, i, 0)
			}
			if err != nil || next != 0 {
				return err
			}
		}
		return nil
	})
	return next, err
}

// queued is the first script of an item from a place on that the marker may mark.
func queued(tx *store.Tx, x Sitting, m Marker, item int, from int64) (ScriptID, error) {
	var found []Script
	q := tx.DB().NewSelect().Model(&found).Column("id").Where("er.sitting_id = ?", x.ID).Where("er.done = 0").Where("er.item = ?", item).Where("er.place >= ?", from)
	q = apartFrom(q, m, x.Levels).Where("NOT EXISTS (SELECT 1 FROM exam_mark AS em WHERE em.script_id = er.id AND em.marker = ?)", m.Account)
	if err := q.Order("er.place", "er.id").Limit(1).Scan(tx.Ctx); err != nil || len(found) == 0 {
		return 0, err
	}
	return found[0].ID, nil
}

// Progress counts the scripts of an item.
type Progress struct {
	Item   int    `bun:"item" json:"item" doc:"试卷里的第几道，从 0 起"`
	Stem   string `bun:"-" json:"stem"`
	Points int64  `bun:"-" json:"points" doc:"以百分之一分计"`
	All    int64  `bun:"n" json:"all"`
	None   int64  `bun:"unmarked" json:"none" doc:"没有人评过"`
	Once   int64  `bun:"once" json:"once" doc:"评过一次"`
	Third  int64  `bun:"third" json:"third" doc:"待第三人评"`
	Done   int64  `bun:"finished" json:"done" doc:"评完"`
	Thirds int64  `bun:"thirds" json:"thirds" doc:"由第三人评过的"`
}

func progressOf(tx *store.Tx, id SittingID) (out []Progress, err error) {
	err = tx.DB().NewSelect().TableExpr("exam_script AS er").ColumnExpr("item, COUNT(*) AS n, SUM(done) AS finished").
		ColumnExpr("SUM(CASE WHEN given = 0 THEN 1 ELSE 0 END) AS unmarked, SUM(CASE WHEN given = 1 THEN 1 ELSE 0 END) AS once").
		ColumnExpr("SUM(CASE WHEN given = 2 AND done = 0 THEN 1 ELSE 0 END) AS third, SUM(CASE WHEN given = 3 THEN 1 ELSE 0 END) AS thirds").
		Where("sitting_id = ?", id).Group("item").Order("item").Scan(tx.Ctx, &out)
	return out, err
}

func (s *Service) stems(x Sitting, all []Progress) error {
	form, err := s.formOf(x)
	if err != nil {
		return err
	}
	for i := range all {
		it := form[all[i].Item]
		all[i].Stem, all[i].Points = it.Question.Stem, it.Points
	}
	return nil
}

// Share is what one marker has done.
type Share struct {
	Marker access.AccountID `bun:"marker" json:"-"`
	Name   string           `bun:"name" json:"name"`
	Active bool             `bun:"-" json:"active"`
	Marks  int64            `bun:"n" json:"marks"`
	// Sum is what the marker gave, in hundredths.
	Sum int64 `bun:"total" json:"-"`
}

// MarkingState is how far the marking of a sitting is.
type MarkingState struct {
	Sitting Sitting
	Items   []Progress
	Shares  []Share
}

// Marking is how far the marking of a sitting is, for those who run it.
func (s *Service) Marking(ctx context.Context, by access.Session, id SittingID) (out MarkingState, err error) {
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		out = MarkingState{}
		if out.Sitting, _, err = s.seen(tx, by, id); err != nil {
			return err
		}
		if out.Items, err = progressOf(tx, id); err != nil {
			return err
		}
		var ms []Marker
		if err := tx.DB().NewSelect().Model(&ms).Where("sitting_id = ?", id).Order("id").Scan(tx.Ctx); err != nil {
			return err
		}
		var done []Share
		err := tx.DB().NewSelect().TableExpr("exam_mark AS em").ColumnExpr("marker, COUNT(*) AS n, SUM(score) AS total").Where("sitting_id = ?", id).Group("marker").Scan(tx.Ctx, &done)
		if err != nil {
			return err
		}
		at := map[access.AccountID]Share{}
		for _, d := range done {
			at[d.Marker] = d
		}
		for _, m := range ms {
			x := at[m.Account]
			x.Marker, x.Name, x.Active = m.Account, m.Name, bool(m.Active)
			out.Shares = append(out.Shares, x)
		}
		return nil
	})
	if err == nil && len(out.Items) > 0 {
		err = s.stems(out.Sitting, out.Items)
	}
	return out, err
}

// Duties are the sittings that the account marks, the newest first.
func (s *Service) Duties(ctx context.Context, by access.Session) (out []Sitting, err error) {
	if _, err := by.Require(access.ExamMark); err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		out = nil
		mine := tx.DB().NewSelect().Model((*Marker)(nil)).Column("sitting_id").Where("account = ?", by.Account()).Where("active = 1")
		return tx.DB().NewSelect().Model(&out).ExcludeColumn("form", "secret").Where("id IN (?)", mine).Order("id DESC").Limit(shownSeats).Scan(tx.Ctx)
	})
	return out, err
}

// Duty is a sitting as one of its markers sees it: what waits for this marker, and what this marker gave.
type Duty struct {
	Sitting Sitting
	Items   []Progress
	Mine    []Mark
	Scripts map[ScriptID]Script
	Prev    string
	Next    string
}

// Duty is a sitting for one of its markers, with a page of the marks that this marker gave, the newest first.
func (s *Service) Duty(ctx context.Context, by access.Session, id SittingID, after string) (d Duty, err error) {
	if _, err := by.Require(access.ExamMark); err != nil {
		return d, err
	}
	filter := "marks|" + id.String()
	cur, ok, err := store.DecodeCursor(after, filter)
	if err != nil {
		return d, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		d = Duty{}
		m, err := markerOf(tx, id, by.Account())
		if err != nil {
			return err
		}
		if d.Sitting, err = sittingOf(tx, id); err != nil {
			return err
		}
		if err := waiting(tx, d.Sitting, m, &d.Items); err != nil {
			return err
		}
		q := tx.DB().NewSelect().Model(&d.Mine).Where("em.marker = ?", m.Account).Where("em.sitting_id = ?", id)
		if err := store.KeysetByID(q, "em.id", true, cur, ok).Limit(store.PageLimit(ctx)).Scan(tx.Ctx); err != nil {
			return err
		}
		d.Scripts, err = scriptsByID(tx, d.Mine)
		return err
	})
	if err != nil {
		return d, err
	}
	d.Mine, d.Prev, d.Next = store.PageOf(ctx, d.Mine, cur, ok, filter, func(m Mark) store.Cursor { return store.Cursor{ID: m.ID} })
	if len(d.Items) > 0 {
		err = s.stems(d.Sitting, d.Items)
	}
	return d, err
}

// waiting counts by item the scripts that wait for this marker.
func waiting(tx *store.Tx, x Sitting, m Marker, out *[]Progress) error {
	q := tx.DB().NewSelect().TableExpr("exam_script AS er").ColumnExpr("item, COUNT(*) AS n").Where("er.sitting_id = ?", x.ID).Where("er.done = 0")
	return apartFrom(q, m, x.Levels).Where("NOT EXISTS (SELECT 1 FROM exam_mark AS em WHERE em.script_id = er.id AND em.marker = ?)", m.Account).Group("item").Order("item").Scan(tx.Ctx, out)
}

func scriptsByID(tx *store.Tx, marks []Mark) (map[ScriptID]Script, error) {
	out := map[ScriptID]Script{}
	if len(marks) == 0 {
		return out, nil
	}
	ids := make([]ScriptID, len(marks))
	for i, m := range marks {
		ids[i] = m.Script
	}
	var rows []Script
	err := tx.DB().NewSelect().Model(&rows).Where("id IN (?)", bun.List(ids)).Scan(tx.Ctx)
	for _, c := range rows {
		out[c.ID] = c
	}
	return out, err
}

// accountOf finds an account by its login.
func (s *Service) accountOf(ctx context.Context, login string) (id access.AccountID, err error) {
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		a, err := s.Units.AccountByLogin(tx, login)
		id = a.ID
		return err
	})
	return id, err
}
