package app_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/app/apptest"
	"fadu/internal/casework"
	"fadu/internal/deadline"
	"fadu/internal/jobs"
	"fadu/internal/store"
)

// TestTermsOfCases: an ordinary case's terms stand in the leaders' list and in the officer's to-do from the act that starts
// them; a missed one is entered, explained and supervised on the pages.
func TestTermsOfCases(t *testing.T) {
	t.Parallel()
	p, err := peopledBureau()
	if err != nil {
		t.Fatal(err)
	}
	site := p.copied(t)
	ctx, cases := context.Background(), site.App.Cases
	id := ordinaryCase(t, site)
	var rows []deadline.Row
	view := func() {
		t.Helper()
		err := site.App.DB.View(ctx, func(tx *store.Tx) (err error) { rows, err = deadline.Of(tx, "case", int64(id)); return err })
		if err != nil {
			t.Fatal(err)
		}
	}
	view()
	if len(rows) != 1 || rows[0].Term != "线索核查期限" || rows[0].Due.IsZero() {
		t.Fatalf("受理以后核查期限在走：%+v", rows)
	}
	leader, err := site.Browser(leaderOf(p))
	if err != nil {
		t.Fatal(err)
	}
	sees := func(path string, words ...string) {
		t.Helper()
		if err := leader.Get(path); err != nil {
			t.Fatal(err)
		}
		for _, w := range words {
			if !leader.Sees(w) {
				t.Errorf("%s：看不到“%s”\n%s", path, w, leader.Main())
			}
		}
	}
	sees("/w/deadlines", "线索核查期限", "本机关应办", "按单位")
	site.Clock.Set(rows[0].Due.AddDays(1).Start().Add(9 * time.Hour))
	if leader, err = site.Browser(leaderOf(p)); err != nil {
		t.Fatal(err)
	}
	if _, err := site.App.Terms.Scan(ctx); err != nil {
		t.Fatal(err)
	}
	sees("/w/deadlines?view=late", "线索核查期限", "已超期")
	sees("/w/deadlines/misses", "没有说明")
	sees("/w/deadlines/moves", "没有变动")
	if _, err := cases.Do(ctx, access.System("test"), id, casework.Command{Act: "decline"}); err == nil {
		t.Error("普通程序的线索不能按现场教育结束")
	}
	filling := func() (asked bool) {
		t.Helper()
		err := site.App.Terms.Start(ctx)
		if err == nil {
			err = site.App.DB.View(ctx, func(tx *store.Tx) (err error) {
				asked, err = tx.DB().NewSelect().TableExpr("job").Where("kind = ?", deadline.JobFill).Where("state = ?", jobs.Pending).Exists(tx.Ctx)
				return err
			})
		}
		if err == nil {
			_, err = site.App.Jobs.RunDue(ctx)
		}
		if err != nil {
			t.Fatal(err)
		}
		return asked
	}
	before := rows[0].ID
	if !filling() || filling() {
		t.Error("每个程序只补行一次")
	}
	view()
	if len(rows) != 1 || rows[0].ID != before || !bool(rows[0].Missed) {
		t.Errorf("补行的任务不改已有的行：%+v", rows)
	}
}

// ordinaryCase registers a lead in the first squad and takes it up.
func ordinaryCase(t *testing.T, site *apptest.Site) casework.CaseID {
	t.Helper()
	id, err := takeUp(site, site.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func leaderOf(p *peopled) string {
	i := slices.IndexFunc(p.actors, func(a actor) bool { return a.role == access.SquadLeader && a.unit == ownUnit })
	return p.actors[i].login
}
