package course

import (
	"context"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// PointsOut is somebody's account of points in a year.
type PointsOut struct {
	Year     int                `json:"year"`
	Name     string             `json:"name"`
	Points   float64            `json:"points"`
	Target   int64              `json:"target" doc:"年度目标"`
	BySource map[string]float64 `json:"by_source"`
	Entries  []PointEntryOut    `json:"entries" doc:"新的在前"`
	Next     string             `json:"next"`
}

// PointEntryOut is an entry of the account.
type PointEntryOut struct {
	ID       string   `json:"id"`
	Day      law.Date `json:"day"`
	Source   string   `json:"source"`
	About    string   `json:"about"`
	Points   float64  `json:"points"`
	Reason   string   `json:"reason" doc:"少于来源所给的理由"`
	Reverses string   `json:"reverses" doc:"冲销的那一笔"`
}

// StandingOut is what somebody earned in a year.
type StandingOut struct {
	Account string  `json:"account" doc:"账号的编号"`
	Name    string  `json:"name"`
	Unit    string  `json:"unit"`
	Points  float64 `json:"points"`
	Target  int64   `json:"target"`
	Reached bool    `json:"reached"`
}

// PointsQuery asks for a year.
type PointsQuery struct {
	Year  string `query:"year" doc:"哪一年，不写是今年"`
	After string `query:"after" doc:"接着哪一页"`
}

// PersonQuery asks for somebody's year.
type PersonQuery struct {
	api.One
	PointsQuery
}

// StandingQuery chooses people.
type StandingQuery struct {
	Year    string `query:"year" doc:"哪一年，不写是今年"`
	Name    string `query:"name" doc:"姓名"`
	Reached string `query:"reached" enum:"yes,no" doc:"达到目标没有"`
	After   string `query:"after" doc:"接着哪一页"`
}

// EditionOut is an edition of the rules of points.
type EditionOut struct {
	ID      string      `json:"id"`
	From    law.Date    `json:"from"`
	Why     string      `json:"why"`
	Author  string      `json:"author"`
	Gone    string      `json:"gone" doc:"撤回的理由；没有撤回的是空的"`
	Version int64       `json:"version" doc:"办理时照填"`
	Rules   []RuleInput `json:"rules"`
}

func (s *Service) pointsAPI(a *api.API) {
	take, read, manage := access.TrainingTake, access.TrainingRead, access.CourseManage
	api.Get(a, api.Operation{ID: "getPoints", Path: "/points", Group: apiGroup, Allow: take, Summary: "本人的学习积分"}, func(ctx context.Context, by access.Session, in PointsQuery) (PointsOut, error) {
		year, err := askedYear(in.Year)
		if err != nil {
			return PointsOut{}, err
		}
		x, err := s.MyPoints(ctx, by, year, in.After)
		return pointsOut(x), err
	})
	api.Get(a, api.Operation{ID: "getPersonPoints", Path: "/points/people/{id}", Group: apiGroup, Allow: read, Summary: "一个人的学习积分"}, func(ctx context.Context, by access.Session, in PersonQuery) (PointsOut, error) {
		id, err := api.IDOf[access.AccountID](in.ID, nounPerson)
		if err != nil {
			return PointsOut{}, err
		}
		year, err := askedYear(in.Year)
		if err != nil {
			return PointsOut{}, err
		}
		x, err := s.PointsOf(ctx, by, id, year, in.After)
		return pointsOut(x), err
	})
	api.Get(a, api.Operation{ID: "listPoints", Path: "/points/people", Group: apiGroup, Allow: read, Summary: "学习积分和年度目标，多的在前，还没有积分的也列出"}, s.standingsOut)
	api.Get(a, api.Operation{ID: "listPointRules", Path: "/points/rules", Group: apiGroup, Allow: take, Summary: "积分规则的各版，新的在前"}, s.editionsOut)
	api.Add(a, api.Operation{ID: "setPointRules", Path: "/points/rules", Group: apiGroup, Allow: manage, Summary: "订积分规则，最早从明天起"},
		func(ctx context.Context, by access.Session, in EditionInput) (EditionID, error) {
			return s.SetRules(ctx, by, in)
		})
	api.Act(a, api.Operation{ID: "withdrawPointRules", Path: "/points/rules/{id}/withdraw", Group: apiGroup, Allow: manage, Summary: "撤回还没有开始用的积分规则"}, nounEdition,
		func(ctx context.Context, by access.Session, id EditionID, in api.Reasoned) error {
			return s.WithdrawRules(ctx, by, id, in.Version, in.Reason)
		})
}

// askedYear is the year that a call names; 0 when it names none.
func askedYear(text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	year, err := strconv.Atoi(text)
	if err != nil || year < FirstYear || year > 9999 {
		return 0, fault.InvalidField("year", "年份应是 %d 至 9999 之间的整数", FirstYear)
	}
	return year, nil
}

func pointsOut(x Account) PointsOut {
	out := PointsOut{Year: x.Year, Name: x.Name, Points: float64(x.Points) / 100, Target: x.Target, BySource: map[string]float64{}, Entries: []PointEntryOut{}, Next: x.Next}
	for source, n := range x.BySource {
		out.BySource[source] = float64(n) / 100
	}
	for _, e := range x.Entries {
		row := PointEntryOut{ID: StudyID(e.ID).String(), Day: e.Day, Source: e.Source, About: e.About, Points: float64(e.Points) / 100, Reason: e.Reason}
		if e.Reverses != 0 {
			row.Reverses = StudyID(e.Reverses).String()
		}
		out.Entries = append(out.Entries, row)
	}
	return out
}

func (s *Service) standingsOut(ctx context.Context, by access.Session, in StandingQuery) (out api.List[StandingOut], err error) {
	year, err := askedYear(in.Year)
	if err != nil {
		return out, err
	}
	f := PointFilter{Year: year, Name: in.Name, Reached: in.Reached}
	list, t, err := s.Standings(ctx, by, f)
	if err != nil {
		return out, err
	}
	page, prev, next, err := pageAt(ctx, list, in.After, f.key())
	if err != nil {
		return out, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		units, err := s.unitNames(tx)
		out = api.ListOf(page, prev, next, func(x Standing) StandingOut {
			return StandingOut{StudyID(x.Account).String(), x.Name, units[x.Unit], float64(x.Points) / 100, t.Target, x.Points >= t.Target*100}
		})
		return err
	})
	return out, err
}

func (s *Service) editionsOut(ctx context.Context, by access.Session, _ api.Nothing) (out api.List[EditionOut], err error) {
	all, _, err := s.Rules(ctx, by)
	return api.ListOf(all, "", "", func(e Edition) EditionOut {
		x := EditionOut{ID: e.ID.String(), From: e.From, Why: e.Why, Author: e.Author, Gone: e.GoneWhy, Version: e.Version}
		for _, r := range e.Rules {
			x.Rules = append(x.Rules, RuleInput{r.Source, r.Each, r.Per, r.DailyCap})
		}
		return x
	}), err
}
