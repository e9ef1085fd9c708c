package trial

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/exam/assembly"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/grade"
	"fadu/internal/exam/sitting"
	"fadu/internal/testkit"
)

// candidates sit the exam of the template.
var candidates = []string{"officer102", "officer103", "leader1", "aux11"}

// examTitle names the exam of the template.
const examTitle = "演示考试（进行中）"

// openExam plans an exam that is open all day, with everybody on its roster.
func openExam(ctx context.Context, a *app.App) error {
	by, err := a.Access.SessionFor(ctx, "trainer")
	if err != nil {
		return err
	}
	by = by.WithVia("test")
	id, err := a.Exams.Make(ctx, by, sitting.Input{
		Title: examTitle, Opens: workday, Waiting: 10, Late: 8 * 60, FullLate: true, Minutes: 4 * 60, Attempts: 1, Pass: 6_00, Policy: grade.SubsetHalf,
		Blueprint: assembly.Blueprint{{Type: bank.Single, Count: 6, Points: 1_00}, {Type: bank.Judgement, Count: 4, Points: 1_00}},
	})
	if err != nil {
		return err
	}
	roster := sitting.RosterInput{Units: []access.UnitID{by.ScopeFor(access.ExamManage).Unit()}}
	if err := a.Exams.Enrol(ctx, by, id, 1, roster); err != nil {
		return err
	}
	return a.Exams.Freeze(ctx, by, id, 2)
}

// TestKilledInMidExam kills the server while candidates answer. They send again what was not answered, as their pages do;
// every answer that was acknowledged is there after each restart, all go on, and what was handed in is what they saw kept.
func TestKilledInMidExam(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		killedInExam(t, newBureau(t, ""))
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		killedInExam(t, newBureau(t, emptyDatabase(t, testkit.DurableServer(t))))
	})
}

func killedInExam(t *testing.T, b *bureau) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	p := b.up()
	r := b.rows()
	id := fmt.Sprint(r.count("SELECT id FROM exam_sitting WHERE title = ?", examTitle))
	r.close()
	room := make([]*candidate, len(candidates))
	for i, login := range candidates {
		room[i] = &candidate{person: newPerson(b.url(), login)}
		if err := room[i].begin(ctx, id); err != nil {
			t.Fatal(err)
		}
	}
	var all sync.WaitGroup
	var stop atomic.Bool
	errs := make(chan error, len(room))
	for i, c := range room {
		all.Go(func() {
			if err := c.answer(ctx, rand.New(rand.NewPCG(uint64(i), killSeed)), &stop); err != nil {
				errs <- err
			}
		})
	}
	var slowest time.Duration
	n := strikes(t, 3)
	for range n {
		goOn(t, room)
		p.kill()
		p = b.up()
		from := time.Now()
		goOn(t, room)
		slowest = max(slowest, time.Since(from))
		kept(t, b, room)
	}
	stop.Store(true)
	all.Wait()
	close(errs)
	for err := range errs {
		t.Error(err)
	}
	saves := 0
	for _, c := range room {
		saves += c.saves()
		if err := c.handIn(ctx); err != nil {
			t.Error(err)
		}
	}
	kept(t, b, room)
	p.stop()
	b.verified()
	t.Logf("杀 %d 次，保存得到答复 %d 次，重启以后全部考生接着答最慢 %v", n, saves, slowest.Round(time.Millisecond))
}

// candidate is somebody who sits the exam, with what the page was told is kept.
type candidate struct {
	*person
	attempt string
	fields  map[string]string
	mu      sync.Mutex
	known   map[int]sitting.Answer
	done    int
}

// begin starts the paper as a page does that has fetched it before.
func (c *candidate) begin(ctx context.Context, exam string) error {
	c.known = map[int]sitting.Answer{}
	if err := c.signIn(ctx); err != nil {
		return err
	}
	seat := sitting.Path + "/" + exam
	fields, err := c.open(ctx, seat, seat+"/start")
	if err != nil {
		return err
	}
	r, err := c.form(ctx, seat+"/start", fields, nil)
	if err != nil {
		return err
	}
	c.attempt = r.location
	c.fields, err = c.open(ctx, c.attempt, c.attempt+"/answers")
	return err
}

// answer changes answers one after the other until it is stopped; each is sent until it is answered.
func (c *candidate) answer(ctx context.Context, r *rand.Rand, stop *atomic.Bool) error {
	for n := int64(1); !stop.Load(); n++ {
		a := sitting.Answer{Item: r.IntN(10), Seq: n, Value: string(rune('A' + r.IntN(3)))}
		if a.Item >= 6 {
			a.Value = []string{"对", "错"}[r.IntN(2)]
		}
		changed, err := json.Marshal(map[string]any{"answers": []sitting.Answer{a}, "signals": []any{}})
		if err != nil {
			return err
		}
		body := url.Values{"_op": {c.fields["_op"]}, "changed": {string(changed)}}.Encode()
		reply, err := c.send(ctx, http.MethodPost, c.attempt+"/answers", "application/x-www-form-urlencoded", "", []byte(body))
		if err != nil || reply.status != http.StatusOK {
			return fmt.Errorf("%s：%d %s %w", c.login, reply.status, alerts(reply.body), err)
		}
		c.mu.Lock()
		c.known[a.Item] = a
		c.done++
		c.mu.Unlock()
	}
	return nil
}

func (c *candidate) saves() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.done
}

// goOn waits until everybody was answered ten times more.
func goOn(t *testing.T, room []*candidate) {
	t.Helper()
	for _, c := range room {
		from := c.saves()
		for i := 0; c.saves() < from+10; i++ {
			if i > 30_000 {
				t.Fatalf("%s 答不下去：答复过 %d 次", c.login, from)
			}
			time.Sleep(2 * time.Millisecond)
		}
	}
}

// kept looks up everything that was acknowledged: it is there, or something newer.
func kept(t *testing.T, b *bureau, room []*candidate) {
	t.Helper()
	r := b.rows()
	defer r.close()
	for _, c := range room {
		c.mu.Lock()
		known := make(map[int]sitting.Answer, len(c.known))
		for i, a := range c.known {
			known[i] = a
		}
		c.mu.Unlock()
		attempt := number(strings.TrimPrefix(c.attempt, sitting.PathAttempts+"/"))
		for i, a := range known {
			n := r.count("SELECT COUNT(*) FROM exam_answer WHERE attempt_id = "+attempt+" AND item = "+fmt.Sprint(i)+" AND (seq > "+fmt.Sprint(a.Seq)+" OR seq = "+fmt.Sprint(a.Seq)+" AND value = ?)", a.Value)
			if n != 1 {
				t.Errorf("%s 的第 %d 题第 %d 次作答“%s”答复过已保存，库里没有", c.login, i+1, a.Seq, a.Value)
			}
		}
	}
}

// handIn hands the paper in; the receipt counts every question that was answered.
func (c *candidate) handIn(ctx context.Context) error {
	fields, err := c.open(ctx, c.attempt, c.attempt+"/answers")
	if err != nil {
		return err
	}
	body := url.Values{"_op": {fields["_op"]}, "do": {"submit"}}.Encode()
	r, err := c.send(ctx, http.MethodPost, c.attempt+"/answers", "application/x-www-form-urlencoded", "", []byte(body))
	if err != nil || r.status != http.StatusSeeOther {
		return fmt.Errorf("%s 交卷：%d %s %w", c.login, r.status, alerts(r.body), err)
	}
	r, err = c.send(ctx, http.MethodGet, c.attempt, "", "", nil)
	if want := fmt.Sprintf("%d 道，共 10 道", len(c.known)); err == nil && !strings.Contains(string(r.body), want) {
		err = fmt.Errorf("%s 的回执没有写“%s”：%s", c.login, want, alerts(r.body))
	}
	return err
}
