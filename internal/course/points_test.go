package course

import (
	"context"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/training/points"
)

func (x *school) mine(year int) Account {
	x.Helper()
	a, err := x.s.MyPoints(context.Background(), x.pupil, year, "")
	must(x.T, err)
	return a
}

// examined enters a published result of the pupil.
func (x *school) examined(passed bool) {
	x.Helper()
	must(x.T, x.s.DB.Update(context.Background(), func(tx *store.Tx) error {
		return AwardExam(tx, "sitting/7", "年度考试", "/w/exams/7", 0, []Result{{Account: x.pupil.Account(), Name: x.pupil.Name(), Levels: x.pupil.Unit().Levels(), Passed: passed}})
	}))
}

// TestPointsAreTakenBackByAnEntry: a result that is published twice counts once, one that is corrected is taken back and may
// come again; nothing is struck out.
func TestPointsAreTakenBackByAnEntry(t *testing.T) {
	schools(t, func(x *school) {
		for i, c := range []struct {
			passed bool
			sum    int64
			rows   int
		}{{true, 4000, 1}, {true, 4000, 1}, {false, 0, 2}, {false, 0, 2}, {true, 4000, 3}, {false, 0, 4}} {
			x.examined(c.passed)
			if a := x.mine(0); a.Points != c.sum || len(a.Entries) != c.rows {
				t.Errorf("第 %d 步：%d，%d 笔 %+v", i+1, a.Points, len(a.Entries), a.Entries)
			}
		}
		if e := x.mine(0).Entries[0]; e.URL() != "/w/exams/7" || e.Reverses == 0 {
			t.Errorf("冲销的一笔：%+v", e)
		}
		if a := x.mine(2025); len(a.Entries) != 0 || a.Points != 0 {
			t.Errorf("去年：%+v", a)
		}
	})
}

// TestLessonEarns: signing in earns once; a lesson that is called off takes it back.
func TestLessonEarns(t *testing.T) {
	schools(t, func(x *school) {
		ctx := context.Background()
		now := x.clock.Now()
		id, err := x.s.Plan(ctx, x.author, 0, 0, LessonInput{Title: "案卷讲评", Place: "会议室", Starts: now, Ends: now.Add(time.Hour)})
		must(t, err)
		must(t, x.s.Enter(ctx, x.author, id, 1, "pupil", "", "没带手机"))
		if a := x.mine(0); a.Points != 2000 || a.BySource[SourceLesson] != 2000 || a.Entries[0].Opens != PathLessons+"/"+id.String()+"/sign" {
			t.Errorf("%+v", a)
		}
		must(t, x.s.Cancel(ctx, x.author, id, 2, "改期"))
		if a := x.mine(0); a.Points != 0 || len(a.Entries) != 2 {
			t.Errorf("取消以后：%+v", a)
		}
	})
}

// TestPracticeIsEnteredUpToItsCap: beyond the cap of the day one entry says so.
func TestPracticeIsEnteredUpToItsCap(t *testing.T) {
	schools(t, func(x *school) {
		must(t, x.s.DB.Update(context.Background(), func(tx *store.Tx) error {
			for i := range 25 {
				e := By(x.pupil, SourcePractice, "q/"+StudyID(i).String(), "题目", "/w/practice")
				e.Often = true
				if err := Award(tx, e, 0); err != nil {
					return err
				}
			}
			return nil
		}))
		if a := x.mine(0); a.Points != 2000 || len(a.Entries) != 21 || a.Entries[0].Reason != "到了每日上限" {
			t.Errorf("%d 分，%d 笔，%q", a.Points, len(a.Entries), a.Entries[0].Reason)
		}
	})
}

// TestRulesHoldFromTheirDay: rules begin tomorrow at the earliest, hold until the next ones, and go back before they begin.
func TestRulesHoldFromTheirDay(t *testing.T) {
	schools(t, func(x *school) {
		ctx := context.Background()
		today := x.s.DB.Now()
		in := EditionInput{Why: "议定"}
		for _, s := range Sources {
			in.Rules = append(in.Rules, RuleInput{Source: s, Each: 10, DailyCap: 10})
		}
		if _, err := x.s.SetRules(ctx, x.author, in); !fault.Is(err, fault.Invalid) {
			t.Errorf("缺全天合计：%v", err)
		}
		in.Rules = append(in.Rules, RuleInput{Source: points.AllSources, DailyCap: 15})
		in.From = law.DateOf(today)
		if _, err := x.s.SetRules(ctx, x.author, in); !fault.Is(err, fault.Invalid) {
			t.Errorf("从今天起：%v", err)
		}
		in.From = law.DateOf(today).AddDays(2)
		id, err := x.s.SetRules(ctx, x.author, in)
		must(t, err)
		in.Why = "又议定"
		if _, err := x.s.SetRules(ctx, x.author, in); !fault.Is(err, fault.Invalid) {
			t.Errorf("同一天两版：%v", err)
		}
		if _, err := x.s.SetRules(ctx, x.pupil, in); !fault.Is(err, fault.Forbidden) {
			t.Errorf("学员订规则：%v", err)
		}
		must(t, x.s.WithdrawRules(ctx, x.author, id, 1, "写错"))
		id, err = x.s.SetRules(ctx, x.author, in)
		must(t, err)
		x.examined(true)
		if a := x.mine(0); a.Points != 4000 {
			t.Errorf("新规则还没有开始：%d", a.Points)
		}
		x.examined(false)
		x.clock.Set(today.AddDate(0, 0, 2))
		x.examined(true)
		if a := x.mine(0); a.Points != 1000 {
			t.Errorf("照新规则：%d", a.Points)
		}
		if err := x.s.WithdrawRules(ctx, x.author, id, 1, "不用了"); !fault.Is(err, fault.Conflict) {
			t.Errorf("已经开始用的：%v", err)
		}
	})
}

// TestStandings lists who has nothing, too, and counts who reached the target.
func TestStandings(t *testing.T) {
	schools(t, func(x *school) {
		x.examined(true)
		list, total, err := x.s.Standings(context.Background(), x.author, PointFilter{})
		must(t, err)
		if total.People != 3 || total.Reached != 0 || total.Points != 4000 || list[0].Account != x.pupil.Account() || list[2].Points != 0 {
			t.Errorf("%+v %+v", total, list)
		}
		if some, _, err := x.s.Standings(context.Background(), x.author, PointFilter{Reached: "yes"}); err != nil || len(some) != 0 {
			t.Errorf("达到的：%+v %v", some, err)
		}
		if _, err := x.s.PointsOf(context.Background(), x.pupil, x.author.Account(), 0, ""); !fault.Is(err, fault.Forbidden) {
			t.Errorf("学员看别人的：%v", err)
		}
		if a, err := x.s.PointsOf(context.Background(), x.author, x.pupil.Account(), 0, ""); err != nil || a.Points != 4000 {
			t.Errorf("%+v %v", a, err)
		}
		if _, err := x.s.PointsOf(context.Background(), x.author, access.AccountID(1), 0, ""); !fault.Is(err, fault.NotFound) {
			t.Errorf("没有的人：%v", err)
		}
	})
}
