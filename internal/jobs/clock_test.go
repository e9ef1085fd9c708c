package jobs_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"fadu/internal/jobs"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// TestClockJumps: while a job is in hand the clock jumps, and later back to what is right. The job is done once, and so is
// every other one, by the runner that has it or, where there are two, by either.
func TestClockJumps(t *testing.T) {
	testkit.Both(t, tables, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		for _, jump := range []time.Duration{24 * time.Hour, -time.Hour} {
			t.Run(jump.String(), func(t *testing.T) {
				name := func(s string) string { return jump.String() + s }
				right := clock.Now()
				r, other := runner(db, noting), runner(db, noting)
				add(t, db, jobs.Job{Key: name("在手"), Due: right})
				job := claim(t, r)
				add(t, db, jobs.Job{Key: name("跳以前"), Due: right}, jobs.Job{Key: name("下周"), Due: right.Add(7 * 24 * time.Hour)})
				clock.Set(right.Add(jump))
				add(t, db, jobs.Job{Key: name("跳以后")})
				again := []*jobs.Runner{r}
				if db.Engine() == store.PostgreSQL { // on SQLite there is one process
					again = append(again, other)
				}
				for _, x := range again {
					runDue(t, x)
				}
				if r := record(t, db, name("在手")); r.State != jobs.Running || r.Tries != 1 {
					t.Errorf("在手的任务被别人拿走了：%+v", r)
				}
				if err := jobs.Finish(r, job, note(job.Key)); err != nil {
					t.Errorf("在手的任务记不下来：%v", err)
				}
				if err := jobs.Finish(r, job, note(job.Key)); !errors.Is(err, jobs.ErrLost) {
					t.Errorf("办了两次：%v", err)
				}
				clock.Set(right) // somebody sets it right
				for _, x := range again {
					runDue(t, x)
				}
				got := done(t, db)
				for _, key := range []string{"在手", "跳以前", "跳以后"} {
					if n := len(slices.DeleteFunc(slices.Clone(got), func(k string) bool { return k != name(key) })); n != 1 {
						t.Errorf("%s办了 %d 次", key, n)
					}
				}
				if r := record(t, db, name("下周")); r.State != jobs.Pending {
					t.Errorf("没有到日子的办了：%+v", r)
				}
			})
		}
	})
}

// TestClockJumpsWhileFailing: a try that fails while the clock is a day ahead does not wait for that day once it is set right.
func TestClockJumpsWhileFailing(t *testing.T) {
	testkit.Both(t, tables, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		right, fails := clock.Now(), true
		r := runner(db, func(_ context.Context, r jobs.Record) (func(*store.Tx) error, error) {
			if fails {
				return nil, errors.New("没有成")
			}
			return note(r.Key), nil
		})
		add(t, db, jobs.Job{Key: "k"}, jobs.Job{Key: "明天", Due: right.Add(30 * time.Hour)})
		clock.Set(right.Add(24 * time.Hour))
		if _, err := r.RunDue(context.Background()); err == nil {
			t.Fatal("没有失败")
		}
		if n := runDue(t, r); n != 0 {
			t.Errorf("没有等就又试了 %d 次", n)
		}
		clock.Set(right)
		fails = false
		if runDue(t, r); !slices.Equal(done(t, db), []string{"k"}) {
			t.Errorf("对时以后办了 %v", done(t, db))
		}
	})
}
