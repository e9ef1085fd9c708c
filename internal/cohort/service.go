package cohort

import (
	"context"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Deps are what the slice needs.
type Deps struct {
	DB    *store.DB
	Units *access.Service
	// Sources are the kinds of parts.
	Sources map[string]Source
}

// Service is the only way into this slice, for pages and calls alike.
type Service struct{ Deps }

// New returns the slice.
func New(d Deps) *Service { return &Service{d} }

// Input is what is decided about a cohort.
type Input struct {
	Title string   `json:"title" doc:"班次名称"`
	Aim   string   `json:"aim" doc:"培训什么、依据"`
	From  law.Date `json:"from" doc:"开始的一天"`
	Until law.Date `json:"until" doc:"结束的一天；情景和课程只看这段时间里的"`
}

func (in Input) tidy() Input {
	in.Title, in.Aim = strings.TrimSpace(in.Title), strings.TrimSpace(in.Aim)
	return in
}

func (in Input) check() error {
	var fs fault.Fields
	if n := len([]rune(in.Title)); n < 2 || n > 60 {
		fs.Add("title", "班次名称应有 2 至 60 个字")
	}
	if len([]rune(in.Aim)) > 500 {
		fs.Add("aim", "培训什么最多 500 个字")
	}
	if in.From.IsZero() {
		fs.Add("from", "请写哪一天开始")
	}
	if in.Until.IsZero() || in.Until.Before(in.From) {
		fs.Add("until", "结束的一天不应在开始以前")
	}
	return fs.Err()
}

// Found opens a cohort.
func (s *Service) Found(ctx context.Context, by access.Session, in Input) (ID, error) {
	if _, err := by.Require(access.TrainingManage); err != nil {
		return 0, err
	}
	in = in.tidy()
	if err := in.check(); err != nil {
		return 0, err
	}
	at, _, err := s.DB.Once(ctx, by.Once(kindOpened, in), func(tx *store.Tx) (string, error) {
		c := Cohort{ID: ID(store.NewID()), Title: in.Title, Aim: in.Aim, From: in.From, Until: in.Until, Levels: by.Unit().Levels(), State: Open, Author: by.Name(), Version: 1}
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindOpened, Subject: c.Subject(), Unit: int64(c.UnitID), Data: in})
		if err != nil {
			return "", err
		}
		c.Entry = int64(e)
		return c.ID.String(), insert(tx, &c)
	})
	return ID(store.IDAt(at)), err
}

// change does an act on a cohort that the session manages, at the version that was seen. The entry is appended before f, so
// that f can write it into its rows.
func (s *Service) change(ctx context.Context, by access.Session, kind string, id ID, seen int64, body any, may State, f func(tx *store.Tx, c *Cohort, entry int64) error) error {
	if _, err := by.Require(access.TrainingManage); err != nil {
		return err
	}
	_, _, err := s.DB.Once(ctx, by.Once(kind, []any{id, seen, body}), func(tx *store.Tx) (string, error) {
		c, err := cohortOf(tx, id)
		switch {
		case err != nil:
			return "", err
		case by.ScopeFor(access.TrainingManage).Check(c.Levels, nounCohort) != nil:
			return "", fault.Missing(nounCohort)
		case c.Version != seen:
			return "", fault.Stale(nounCohort)
		case c.State != may:
			return "", fault.New(fault.Conflict, "这个班次%s，不能这样办", c.State.Label())
		}
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: c.Subject(), Unit: int64(c.UnitID), Data: map[string]any{"title": c.Title, "what": body}})
		if err != nil {
			return "", err
		}
		c.Entry = int64(e)
		if err := f(tx, &c, int64(e)); err != nil {
			return "", err
		}
		return c.URL(), saveCohort(tx, &c)
	})
	return err
}

// Change changes what was decided about an open cohort.
func (s *Service) Change(ctx context.Context, by access.Session, id ID, seen int64, in Input) error {
	in = in.tidy()
	if err := in.check(); err != nil {
		return err
	}
	return s.change(ctx, by, kindChanged, id, seen, in, Open, func(_ *store.Tx, c *Cohort, _ int64) error {
		c.Title, c.Aim, c.From, c.Until = in.Title, in.Aim, in.From, in.Until
		return nil
	})
}

func reasoned(why string) (string, error) {
	if why = strings.TrimSpace(why); why == "" {
		return "", fault.InvalidField("reason", "请写明理由")
	}
	return why, nil
}

// Close freezes what everybody reached.
func (s *Service) Close(ctx context.Context, by access.Session, id ID, seen int64) error {
	return s.change(ctx, by, kindClosed, id, seen, nil, Open, func(tx *store.Tx, c *Cohort, entry int64) error {
		members, err := membersOf(tx, id)
		if err != nil {
			return err
		}
		parts, people, err := s.reached(tx, *c, members)
		if err != nil {
			return err
		}
		if len(people) == 0 || !requires(parts) {
			return fault.New(fault.Conflict, "名单里还没有人，或者没有必修的内容，不能结班；不办了的取消")
		}
		var n Count
		for _, p := range people {
			n.add(p.Verdict)
			m := p.Member
			m.Took, m.Passed, m.Lacks, m.Entry = store.Flag(p.Verdict.Took), store.Flag(p.Verdict.Passed), strings.Join(p.Verdict.Lacks, "、"), entry
			if err := saveMember(tx, &m); err != nil {
				return err
			}
		}
		c.State, c.Why, c.Enrolled, c.Took, c.Passed = Closed, "", n.Enrolled, n.Took, n.Passed
		return nil
	})
}

func requires(parts []Part) bool {
	for _, p := range parts {
		if bool(p.Must) {
			return true
		}
	}
	return false
}

// Reopen takes the closing back, with why.
func (s *Service) Reopen(ctx context.Context, by access.Session, id ID, seen int64, why string) error {
	why, err := reasoned(why)
	if err != nil {
		return err
	}
	return s.change(ctx, by, kindReopened, id, seen, why, Closed, func(_ *store.Tx, c *Cohort, _ int64) error {
		c.State, c.Why, c.Enrolled, c.Took, c.Passed = Open, why, 0, 0, 0
		return nil
	})
}

// Cancel calls an open cohort off, with why; it is not counted.
func (s *Service) Cancel(ctx context.Context, by access.Session, id ID, seen int64, why string) error {
	why, err := reasoned(why)
	if err != nil {
		return err
	}
	return s.change(ctx, by, kindCancelled, id, seen, why, Open, func(_ *store.Tx, c *Cohort, _ int64) error {
		c.State, c.Why = Cancelled, why
		return nil
	})
}

// Filter chooses cohorts; empty fields choose all.
type Filter struct {
	Word  string // in the title
	State State
}

func (f Filter) key() string { return "cohorts|" + f.Word + "|" + string(f.State) }

func (f Filter) where(q *bun.SelectQuery) *bun.SelectQuery {
	if f.Word != "" {
		q = q.Where("ch.title LIKE ? ESCAPE '\\'", "%"+strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(f.Word)+"%")
	}
	if f.State != "" {
		q = q.Where("ch.state = ?", f.State)
	}
	return q
}

// Totals are the counts of this year's closed cohorts.
type Totals struct {
	Cohorts  int64 `bun:"cohorts"`
	Enrolled int64 `bun:"enrolled"`
	Took     int64 `bun:"took"`
	Passed   int64 `bun:"passed"`
}

// List is a page of the cohorts in the units whose training the session reads, the newest first, with the totals of the
// closed ones.
func (s *Service) List(ctx context.Context, by access.Session, f Filter, after string) (out []Cohort, t Totals, prev, next string, err error) {
	scope, err := by.Require(access.TrainingRead)
	if err != nil {
		return nil, t, "", "", err
	}
	cur, ok, err := store.DecodeCursor(after, f.key())
	if err != nil {
		return nil, t, "", "", err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		out = nil
		q := f.where(scope.Beside(tx, tx.DB().NewSelect().Model(&out), "ch"))
		if err := store.KeysetByID(q, "ch.id", true, cur, ok).Limit(store.PageLimit(ctx)).Scan(tx.Ctx); err != nil {
			return err
		}
		sum := f.where(scope.Beside(tx, tx.DB().NewSelect().Model((*Cohort)(nil)), "ch")).Where("ch.state = ?", Closed)
		return sum.ColumnExpr("COUNT(*) AS cohorts, COALESCE(SUM(ch.enrolled), 0) AS enrolled, COALESCE(SUM(ch.took), 0) AS took, COALESCE(SUM(ch.passed), 0) AS passed").Scan(tx.Ctx, &t)
	})
	if err != nil {
		return nil, t, "", "", err
	}
	out, prev, next = store.PageOf(ctx, out, cur, ok, f.key(), func(c Cohort) store.Cursor { return store.Cursor{ID: int64(c.ID)} })
	return out, t, prev, next, nil
}
