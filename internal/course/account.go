package course

import (
	"math"
	"slices"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/training/points"

	"github.com/uptrace/bun"
)

// Earning is something by which an account earns points.
type Earning struct {
	Account access.AccountID
	Name    string
	access.Levels
	Source string
	Ref    string // the same source and ref earn once
	About  string
	Opens  string // the page of what it was earned with
	// Often says that it comes many times a day: after the day's cap nothing more is entered.
	Often bool
}

// By is an earning of the session's own.
func By(by access.Session, source, ref, about, opens string) Earning {
	return Earning{Account: by.Account(), Name: by.Name(), Levels: by.Unit().Levels(), Source: source, Ref: ref, About: about, Opens: opens}
}

// Award enters what an earning gives today, unless it stands in the account already. What was taken back is entered again.
func Award(tx *store.Tx, e Earning, entry int64) error {
	last, err := lastOf(tx, e)
	if err != nil || last.ID != 0 && last.Reverses == 0 {
		return err
	}
	row := PointEntry{ID: store.NewID(), Account: e.Account, Name: e.Name, Levels: e.Levels, Day: tx.Today(), Source: e.Source, Ref: e.Ref, About: e.About, Opens: e.Opens, At: store.Micros(tx.Now), Entry: entry}
	if last.ID != 0 {
		row.Ref = againRef(last.ID)
	}
	rules, err := rulesOn(tx, row.Day)
	if err != nil || !gives(rules, e.Source) {
		return err
	}
	earlier, err := entriesOn(tx, e.Account, row.Day)
	if err != nil {
		return err
	}
	if row.Points, row.Reason, err = grant(rules, earlier, row); err != nil {
		return err
	}
	full := func(o PointEntry) bool {
		return o.Source == e.Source && o.Points == 0 && o.Reason == row.Reason && o.Day == row.Day
	}
	if e.Often && row.Points == 0 && slices.ContainsFunc(earlier, full) {
		return nil
	}
	return insert(tx, &row)
}

// TakeBack enters the contrary of what an earning gave, if it stands in the account; nothing is ever struck out.
func TakeBack(tx *store.Tx, e Earning, why string, entry int64) error {
	last, err := lastOf(tx, e)
	if err != nil || last.ID == 0 || last.Reverses != 0 {
		return err
	}
	row := last
	row.ID, row.Day, row.Ref, row.Points, row.Reason, row.At, row.Entry, row.Reverses = store.NewID(), tx.Today(), backRef(last.ID), -last.Points, reasonBack+"："+why, store.Micros(tx.Now), entry, last.ID
	return insert(tx, &row)
}

func gives(rules []points.Rule, source string) bool {
	return slices.ContainsFunc(rules, func(r points.Rule) bool { return r.Source == source && r.Each > 0 })
}

func backRef(id int64) string { return "back/" + StudyID(id).String() }

func againRef(id int64) string { return "again/" + StudyID(id).String() }

// lastOf is the newest entry of an earning: it, what took it back, what entered it again, and so on.
func lastOf(tx *store.Tx, e Earning) (last PointEntry, err error) {
	ref := e.Ref
	for {
		var rows []PointEntry
		err := tx.DB().NewSelect().Model(&rows).Where("account = ?", e.Account).Where("source = ?", e.Source).Where("ref = ?", ref).Scan(tx.Ctx)
		if err != nil || len(rows) == 0 {
			return last, err
		}
		if last = rows[0]; last.Reverses == 0 {
			ref = backRef(last.ID)
		} else {
			ref = againRef(last.ID)
		}
	}
}

// entriesOn are an account's entries of a day and what took them back, in their order.
func entriesOn(tx *store.Tx, account access.AccountID, day law.Date) (out []PointEntry, err error) {
	if err := tx.DB().NewSelect().Model(&out).Where("account = ?", account).Where("day = ?", day).Order("id").Scan(tx.Ctx); err != nil || len(out) == 0 {
		return out, err
	}
	ids := make([]int64, len(out))
	for i, e := range out {
		ids[i] = e.ID
	}
	var later []PointEntry
	err = tx.DB().NewSelect().Model(&later).Where("reverses <> 0").Where("reverses IN (?)", bun.List(ids)).Where("day <> ?", day).Order("id").Scan(tx.Ctx)
	return append(out, later...), err
}

// Edition is an edition of the rules of points.
type Edition struct {
	bun.BaseModel `bun:"table:course_points_edition,alias:pe"`

	ID      EditionID  `bun:"id,pk"`
	From    law.Date   `bun:"from_day"`
	Why     string     `bun:"why"`
	Author  string     `bun:"author"`
	MadeAt  int64      `bun:"made_at"`
	Gone    store.Flag `bun:"gone"`
	GoneWhy string     `bun:"gone_why"`
	Version int64      `bun:"version"`
	Entry   int64      `bun:"entry_id"`

	Rules []points.Rule `bun:"-"`
}

// Subject is the edition as ledger entries name it.
func (e Edition) Subject() string { return "points_edition/" + e.ID.String() }

// pointRule is what a source gives under an edition, in hundredths.
type pointRule struct {
	bun.BaseModel `bun:"table:course_points_rule,alias:pr"`

	Of     EditionID `bun:"edition_id,pk"`
	Source string    `bun:"source,pk"`
	Each   int64     `bun:"each"`
	Per    int64     `bun:"per"`
	Cap    int64     `bun:"daily_cap"`
	Entry  int64     `bun:"entry_id"`
}

func (r pointRule) rule() points.Rule {
	return points.Rule{Source: r.Source, Each: float64(r.Each) / 100, Per: float64(r.Per) / 100, DailyCap: float64(r.Cap) / 100}
}

func hundredthsOf(x float64) int64 { return int64(math.Round(x * 100)) }

// editions are those that hold or will hold, and with gone those that were withdrawn, the newest first, with their rules.
func editions(tx *store.Tx, gone bool) (out []Edition, err error) {
	q := tx.DB().NewSelect().Model(&out).Order("from_day DESC", "id DESC")
	if !gone {
		q = q.Where("gone = 0")
	}
	if err := q.Scan(tx.Ctx); err != nil || len(out) == 0 {
		return out, err
	}
	var rows []pointRule
	if err := tx.DB().NewSelect().Model(&rows).Scan(tx.Ctx); err != nil {
		return nil, err
	}
	for i := range out {
		for _, s := range append(slices.Clone(Sources), points.AllSources) {
			for _, r := range rows {
				if r.Of == out[i].ID && r.Source == s {
					out[i].Rules = append(out[i].Rules, r.rule())
				}
			}
		}
	}
	return out, nil
}

// rulesOn are the rules that hold on a day.
func rulesOn(tx *store.Tx, day law.Date) ([]points.Rule, error) {
	all, err := editions(tx, false)
	if err != nil {
		return nil, err
	}
	for _, e := range all {
		if !e.From.After(day) {
			return e.Rules, nil
		}
	}
	return firstRules, nil
}

// EditionNames names editions of the rules for whoever reads the ledger.
func EditionNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(e Edition) (int64, string) { return int64(e.ID), e.From.Han() + "起的积分规则" })
}
