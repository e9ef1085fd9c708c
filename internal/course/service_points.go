package course

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/training/points"
)

// PathPeople is where the points of people stand, PathRules the rules.
const (
	PathPeople = PathPoints + "/people"
	PathRules  = PathPoints + "/rules"
)

const (
	nounPerson  = "这个人的积分"
	nounEdition = "这一版积分规则"
)

// Account is a page of somebody's account of points in a year.
type Account struct {
	Year       int
	Account    access.AccountID
	Name       string
	Unit       access.UnitID
	Points     int64 // hundredths, of the year
	Target     int64
	BySource   map[string]int64
	Entries    []PointEntry
	Prev, Next string
}

// yearAsked is the year of a question, this one when it names none.
func yearAsked(tx *store.Tx, year int) int {
	if year == 0 {
		return tx.Today().Year()
	}
	return year
}

// FirstYear is the first year of which points are asked.
const FirstYear = 2000

// MyPoints is the session's own account.
func (s *Service) MyPoints(ctx context.Context, by access.Session, year int, after string) (out Account, err error) {
	if _, err := by.Require(access.TrainingTake); err != nil {
		return out, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		out = Account{Account: by.Account(), Name: by.Name(), Unit: by.Unit().ID, Year: yearAsked(tx, year)}
		return out.read(ctx, tx, after)
	})
	return out, err
}

// PointsOf is the account of somebody whose training the session reads.
func (s *Service) PointsOf(ctx context.Context, by access.Session, who access.AccountID, year int, after string) (out Account, err error) {
	scope, err := by.Require(access.TrainingRead)
	if err != nil {
		return out, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		a, err := s.Units.AccountByID(tx, who)
		if err != nil || scope.Check(a.Levels, nounPerson) != nil {
			return fault.Missing(nounPerson)
		}
		out = Account{Account: who, Name: a.Name, Unit: a.UnitID, Year: yearAsked(tx, year)}
		return out.read(ctx, tx, after)
	})
	return out, err
}

func (a *Account) read(ctx context.Context, tx *store.Tx, after string) error {
	key := fmt.Sprint("points|", a.Account, "|", a.Year)
	cur, ok, err := store.DecodeCursor(after, key)
	if err != nil {
		return err
	}
	from, until := yearOf(law.MustDate(fmt.Sprintf("%04d-01-01", a.Year)))
	q := tx.DB().NewSelect().Model(&a.Entries).Where("lp.account = ?", a.Account).Where("lp.day >= ?", from).Where("lp.day <= ?", until)
	if err := store.KeysetByID(q, "lp.id", true, cur, ok).Limit(store.PageLimit(ctx)).Scan(tx.Ctx); err != nil {
		return err
	}
	a.Entries, a.Prev, a.Next = store.PageOf(ctx, a.Entries, cur, ok, key, func(e PointEntry) store.Cursor { return store.Cursor{ID: e.ID} })
	sums, err := sumsOf(tx, a.Year, a.Account)
	if err != nil {
		return err
	}
	a.BySource = sums[a.Account]
	for _, n := range a.BySource {
		a.Points += n
	}
	a.Target, err = targetOf(tx)
	return err
}

// sumsOf are the points of a year by account and source, of everybody or of some.
func sumsOf(tx *store.Tx, year int, accounts ...access.AccountID) (map[access.AccountID]map[string]int64, error) {
	from, until := yearOf(law.MustDate(fmt.Sprintf("%04d-01-01", year)))
	var rows []struct {
		Account access.AccountID `bun:"account"`
		Source  string           `bun:"source"`
		Points  int64            `bun:"points"`
	}
	q := tx.DB().NewSelect().Model((*PointEntry)(nil)).ColumnExpr("lp.account, lp.source, SUM(lp.points) AS points").Where("lp.day >= ?", from).Where("lp.day <= ?", until).GroupExpr("lp.account, lp.source")
	if len(accounts) == 1 {
		q = q.Where("lp.account = ?", accounts[0])
	}
	err := q.Scan(tx.Ctx, &rows)
	out := map[access.AccountID]map[string]int64{}
	for _, r := range rows {
		if out[r.Account] == nil {
			out[r.Account] = map[string]int64{}
		}
		out[r.Account][r.Source] = r.Points
	}
	return out, err
}

// Standing is what somebody earned in a year.
type Standing struct {
	Account  access.AccountID
	Name     string
	Unit     access.UnitID
	Points   int64 // hundredths
	BySource map[string]int64
}

// PointFilter chooses people; empty fields choose all.
type PointFilter struct {
	Year    int
	Name    string
	Unit    access.UnitID // and those below it
	Reached string        // yes or no
}

func (f PointFilter) key() string {
	return strings.Join([]string{"standings", strconv.Itoa(f.Year), f.Name, fmt.Sprint(f.Unit), f.Reached}, "\x00")
}

// Totals are how many people reached the target, over all that the filter chooses by name and unit.
type Totals struct {
	Year            int
	Target          int64
	People, Reached int64
	Points          int64 // hundredths, of all together
}

// Standings are the points of everybody who may learn and whose training the session reads, those without any too, the most
// first.
func (s *Service) Standings(ctx context.Context, by access.Session, f PointFilter) (out []Standing, t Totals, err error) {
	scope, err := by.Require(access.TrainingRead)
	if err != nil {
		return nil, t, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		t = Totals{Year: yearAsked(tx, f.Year)}
		if t.Target, err = targetOf(tx); err != nil {
			return err
		}
		people, err := s.learners(tx, scope, f.Unit)
		if err != nil {
			return err
		}
		sums, err := sumsOf(tx, t.Year)
		if err != nil {
			return err
		}
		out = nil
		for _, a := range people {
			if f.Name != "" && a.Name != f.Name {
				continue
			}
			x := Standing{Account: a.ID, Name: a.Name, Unit: a.UnitID, BySource: sums[a.ID]}
			for _, n := range x.BySource {
				x.Points += n
			}
			t.People++
			t.Points += x.Points
			reached := x.Points >= t.Target*100
			if reached {
				t.Reached++
			}
			if f.Reached == "" || (f.Reached == "yes") == reached {
				out = append(out, x)
			}
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b Standing) int { return int(b.Points - a.Points) })
	return out, t, err
}

// learners are those who may learn, within the scope, in a unit and below it or in all.
func (s *Service) learners(tx *store.Tx, scope access.Scope, unit access.UnitID) (out []access.Account, err error) {
	units, err := s.Units.Units(tx)
	if err != nil {
		return nil, err
	}
	for _, u := range units {
		if unit == 0 && u.Level != 1 || unit != 0 && u.ID != unit {
			continue
		}
		found, err := s.Units.WhoCan(tx, u, access.TrainingTake)
		if err != nil {
			return nil, err
		}
		for _, a := range found {
			if scope.Check(a.Levels, nounPerson) == nil {
				out = append(out, a)
			}
		}
	}
	return out, nil
}

// Rules are the editions of the rules of points, the newest first, and those that hold today.
func (s *Service) Rules(ctx context.Context, by access.Session) (all []Edition, today []points.Rule, err error) {
	if _, err := by.Require(access.TrainingTake); err != nil {
		return nil, nil, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		if all, err = editions(tx, true); err == nil {
			today, err = rulesOn(tx, tx.Today())
		}
		return err
	})
	return all, today, err
}

// EditionInput is an edition of the rules.
type EditionInput struct {
	From  law.Date    `json:"from" doc:"从哪一天起，最早明天"`
	Why   string      `json:"why" doc:"依据、理由"`
	Rules []RuleInput `json:"rules" doc:"每个来源一行，另有一行 * 是全天合计的上限"`
}

// SetRules decides the rules from a day on; the earlier ones hold until then.
func (s *Service) SetRules(ctx context.Context, by access.Session, in EditionInput) (EditionID, error) {
	if _, err := by.Require(access.CourseManage); err != nil {
		return 0, err
	}
	if in.Why = strings.TrimSpace(in.Why); in.Why == "" {
		return 0, fault.InvalidField("why", "请写明依据或者理由")
	}
	if err := checkRules(in.Rules); err != nil {
		return 0, err
	}
	at, _, err := s.DB.Once(ctx, by.Once(kindRules, in), func(tx *store.Tx) (string, error) {
		if err := begins(in.From, tx.Today()); err != nil {
			return "", err
		}
		all, err := editions(tx, false)
		if err != nil {
			return "", err
		}
		if slices.ContainsFunc(all, func(e Edition) bool { return e.From == in.From }) {
			return "", fault.InvalidField("from", "这一天已经有一版规则；先撤回它，或者换一天")
		}
		x := Edition{ID: EditionID(store.NewID()), From: in.From, Why: in.Why, Author: by.Name(), MadeAt: store.Micros(tx.Now), Version: 1}
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindRules, Subject: x.Subject(), Unit: int64(by.Unit().ID), Data: in})
		if err != nil {
			return "", err
		}
		x.Entry = int64(e)
		if err := insert(tx, &x); err != nil {
			return "", err
		}
		for _, r := range in.Rules {
			if err := insert(tx, &pointRule{Of: x.ID, Source: r.Source, Each: hundredthsOf(r.Each), Per: hundredthsOf(r.Per), Cap: hundredthsOf(r.DailyCap), Entry: x.Entry}); err != nil {
				return "", err
			}
		}
		return x.ID.String(), nil
	})
	return EditionID(store.IDAt(at)), err
}

// WithdrawRules takes an edition back that does not hold yet.
func (s *Service) WithdrawRules(ctx context.Context, by access.Session, id EditionID, seen int64, why string) error {
	if _, err := by.Require(access.CourseManage); err != nil {
		return err
	}
	if why = strings.TrimSpace(why); why == "" {
		return fault.InvalidField("reason", "请写明理由")
	}
	_, _, err := s.DB.Once(ctx, by.Once(kindRulesGone, []any{id, seen, why}), func(tx *store.Tx) (string, error) {
		var x Edition
		err := tx.DB().NewSelect().Model(&x).Where("id = ?", id).Scan(tx.Ctx)
		switch {
		case err != nil:
			return "", store.One(err, nounEdition)
		case x.Version != seen:
			return "", fault.Stale(nounEdition)
		case bool(x.Gone):
			return "", fault.New(fault.Conflict, "这一版规则已经撤回：%s", x.GoneWhy)
		case !x.From.After(tx.Today()):
			return "", fault.New(fault.Conflict, "这一版规则已经开始用了，不能撤回；可以另订一版从明天起用")
		}
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindRulesGone, Subject: x.Subject(), Unit: int64(by.Unit().ID), Data: map[string]any{"from": x.From, "why": why}})
		if err != nil {
			return "", err
		}
		x.Gone, x.GoneWhy, x.Version, x.Entry = true, why, seen+1, int64(e)
		res, err := tx.DB().NewUpdate().Model(&x).WherePK().Where("version = ?", seen).Exec(tx.Ctx)
		return PathRules, store.Updated(res, err, nounEdition)
	})
	return err
}

// Result is whether somebody passed an exam.
type Result struct {
	Account access.AccountID
	Name    string
	access.Levels
	Passed bool
}

// AwardExam enters what the published results of an exam earn, and takes back what a changed result no longer does.
func AwardExam(tx *store.Tx, subject, title, opens string, unit int64, results []Result) error {
	earning := func(r Result) Earning {
		return Earning{Account: r.Account, Name: r.Name, Levels: r.Levels, Source: SourceExam, Ref: subject, About: title, Opens: opens}
	}
	var changed []Result
	for _, r := range results {
		last, err := lastOf(tx, earning(r))
		if err != nil {
			return err
		}
		if stands := last.ID != 0 && last.Reverses == 0; stands != r.Passed {
			changed = append(changed, r)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	e, err := ledger.Append(tx, access.System("job").Actor(), ledger.Act{Kind: kindAwarded, Subject: subject, Unit: unit, Data: map[string]any{"title": title, "people": len(changed)}})
	if err != nil {
		return err
	}
	for _, r := range changed {
		x := earning(r)
		if r.Passed {
			err = Award(tx, x, int64(e))
		} else {
			err = TakeBack(tx, x, "成绩有变动", int64(e))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
