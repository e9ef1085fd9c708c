package cohort

import (
	"context"
	"io/fs"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestCohort: a roster is filled once, results follow their source until the cohort is closed, the counts are of those who took
// it and of all, and what is closed is opened again only with a reason.
func TestCohort(t *testing.T) {
	testkit.Both(t, []fs.FS{access.Migrations, Migrations}, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		clock.Set(law.MustDate("2026-09-01").Start().Add(9 * time.Hour))
		ctx, system := context.Background(), access.System("test")
		units, err := access.New(db, access.Options{})
		must(t, err)
		root, err := units.AddUnit(ctx, system, access.UnitInput{Name: "演示局", Code: "B", From: law.MustDate("2020-01-01")})
		must(t, err)
		account := func(login string, person int64, role access.Role) access.Session {
			_, err := units.CreateAccount(ctx, system, access.AccountInput{Login: login, Name: "演示·" + login, Person: person, Unit: root, Roles: []access.Role{role}, Password: "Yanshi-Exam-77-bank", Settled: true})
			must(t, err)
			out, err := units.SessionFor(ctx, login)
			must(t, err)
			return out
		}
		trainer, one, two := account("trainer", 1, access.Trainer), account("one", 2, access.Officer), account("two", 3, access.Officer)
		got := map[access.AccountID]Outcome{}
		exam := Source{
			Choices: func(*store.Tx, access.Session) ([]Choice, error) { return []Choice{{"7", "结业考试"}}, nil },
			Page:    func(ref string) string { return "/exams/" + ref },
			Outcomes: func(*store.Tx, string, law.Date, law.Date, []access.AccountID) (map[access.AccountID]Outcome, error) {
				return got, nil
			},
		}
		s := New(Deps{DB: db, Units: units, Sources: map[string]Source{KindExam: exam}})
		in := Input{Title: "轮训一班", From: law.MustDate("2026-09-01"), Until: law.MustDate("2026-09-30")}
		if _, err := s.Found(ctx, one, in); !fault.Is(err, fault.Forbidden) {
			t.Errorf("学员开班：%v", err)
		}
		bad := in
		bad.Until = law.MustDate("2026-08-30")
		if _, err := s.Found(ctx, trainer, bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("结束在开始以前：%v", err)
		}
		id, err := s.Found(ctx, trainer, in)
		must(t, err)
		if err := s.Close(ctx, trainer, id, 1); !fault.Is(err, fault.Conflict) {
			t.Errorf("空班结班：%v", err)
		}
		must(t, s.Enrol(ctx, trainer, id, 1, RosterInput{Units: []access.UnitID{root}}))
		if err := s.Enrol(ctx, trainer, id, 2, RosterInput{Logins: []string{"one"}}); !fault.Is(err, fault.Invalid) {
			t.Errorf("加两次：%v", err)
		}
		if err := s.Enrol(ctx, trainer, id, 2, RosterInput{Logins: []string{"nobody"}}); !fault.Is(err, fault.Invalid) {
			t.Errorf("没有的人：%v", err)
		}
		if err := s.AddPart(ctx, trainer, id, 2, PartInput{Kind: KindExam, Ref: "8", Must: true}); !fault.Is(err, fault.Invalid) {
			t.Errorf("没有的考试：%v", err)
		}
		must(t, s.AddPart(ctx, trainer, id, 2, PartInput{Kind: KindExam, Ref: "7", Must: true}))
		if err := s.Enrol(ctx, trainer, id, 2, RosterInput{Logins: []string{"two"}}); !fault.Is(err, fault.Conflict) {
			t.Errorf("旧的页面：%v", err)
		}
		got[one.Account()], got[two.Account()] = Outcome{Took: true, Passed: true, Says: "80 分"}, Outcome{Took: true, Says: "50 分"}
		d, err := s.Cohort(ctx, trainer, id)
		must(t, err)
		if want := (Count{3, 2, 1}); d.Count != want {
			t.Errorf("%+v，应是 %+v", d.Count, want)
		}
		must(t, s.Close(ctx, trainer, id, 3))
		got[two.Account()] = Outcome{Took: true, Passed: true} // a score that changed later
		if d, err = s.Cohort(ctx, trainer, id); err != nil || d.Count != (Count{3, 2, 1}) || d.Cohort.Passed != 1 {
			t.Errorf("结班以后又变：%+v %v", d.Count, err)
		}
		_, total, _, _, err := s.List(ctx, trainer, Filter{Word: "轮训", State: Closed}, "")
		if err != nil || total != (Totals{1, 3, 2, 1}) {
			t.Errorf("合计 %+v %v", total, err)
		}
		if list, _, _, _, err := s.List(ctx, trainer, Filter{Word: "%"}, ""); err != nil || len(list) != 0 {
			t.Errorf("名称里没有的字：%d %v", len(list), err)
		}
		if err := s.Cancel(ctx, trainer, id, 4, "不办了"); !fault.Is(err, fault.Conflict) {
			t.Errorf("取消结了班的：%v", err)
		}
		must(t, s.Reopen(ctx, trainer, id, 4, "成绩更正"))
		if d, err = s.Cohort(ctx, trainer, id); err != nil || d.Count != (Count{3, 2, 2}) {
			t.Errorf("重开以后：%+v %v", d.Count, err)
		}
		must(t, s.Remove(ctx, trainer, id, 5, d.People[0].Member.ID, "调离"))
		must(t, s.RemovePart(ctx, trainer, id, 6, d.Parts[0].ID, "换一场"))
		mine, err := s.Mine(ctx, two)
		if err != nil || len(mine) != 1 || len(mine[0].People) != 1 || len(mine[0].Parts) != 0 {
			t.Errorf("我的班次：%+v %v", mine, err)
		}
		must(t, s.Cancel(ctx, trainer, id, 7, "并入二班"))
		if mine, err = s.Mine(ctx, two); err != nil || len(mine) != 0 {
			t.Errorf("取消的班次还在：%+v %v", mine, err)
		}
	})
}
