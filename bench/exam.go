package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/demo"
	"fadu/internal/exam/assembly"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/grade"
	"fadu/internal/exam/sitting"
	"fadu/internal/store"

	"golang.org/x/sync/errgroup"
)

type examCmd struct {
	serving
	Candidates int           `default:"5000" help:"How many sit the exam."`
	Items      int           `default:"100" help:"How many questions the paper has."`
	Answers    int           `default:"40" help:"How many answers each saves."`
	Arrive     time.Duration `default:"60s" help:"Over how long they come into the waiting room; all start when it is over."`
	Over       time.Duration `default:"10m" help:"Over how long they answer."`
	Storm      time.Duration `default:"30s" help:"Over how long they hand in."`
	Hard       int           `default:"200" help:"How many save without a pause before the papers are handed in; 0 for none."`
	HardFor    time.Duration `default:"10s" help:"How long they do."`
}

// ahead is what lies between the planning of the exam and its start: the server starts, everybody arrives.
const ahead = 2 * time.Minute

// Run has many people sit one exam over HTTP, each with a session and a device, and looks up afterwards that every answer
// that was acknowledged is there. It spoils the bureau: give it a demo of its own (fadu demo, or fill --cases 1000).
func (c *examCmd) Run(ctx context.Context) error {
	room := &examRoom{cmd: c}
	if err := room.prepare(ctx); err != nil {
		return err
	}
	srv, err := c.start(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("load %s; %d candidates, %d questions\n\n| what | requests | requests/s | p50 ms | p99 ms | most ms | server CPU ms | sent again | errors |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n", firstLine("/proc/loadavg"), c.Candidates, c.Items)
	err = room.sit(ctx, srv)
	fmt.Printf("\nmemory %.0f MB (PSS), most %.0f MB (RSS)\n", srv.memory(), srv.peak())
	srv.stop()
	return errors.Join(err, room.audit(ctx))
}

// examRoom is the exam with everybody who sits it.
type examRoom struct {
	cmd    *examCmd
	id     sitting.SittingID
	opens  time.Time
	people []*sitter
}

// prepare makes the accounts with their sessions and plans the exam.
func (m *examRoom) prepare(ctx context.Context) error {
	c := m.cmd
	a, err := app.Open(ctx, app.Config{Data: c.Data, Database: c.Database, Base: "http://localhost:8080", Clock: time.Now, NoSync: true})
	if err != nil {
		return err
	}
	defer a.Close()
	var units []access.Unit
	err = a.DB.View(ctx, func(tx *store.Tx) error {
		for n := 1; n <= 3; n++ {
			u, err := a.Access.UnitByCode(tx, fmt.Sprintf("YS-Z%d", n))
			if err != nil {
				return err
			}
			units = append(units, u)
		}
		return nil
	})
	if err != nil {
		return err
	}
	began := time.Now()
	if err := m.enter(ctx, a, units); err != nil {
		return err
	}
	fmt.Printf("%d accounts and sessions in %s\n", len(m.people), time.Since(began).Round(time.Second))
	return m.plan(ctx, a)
}

// enter makes the accounts and signs them in; each has a session of its own as from a device of its own.
func (m *examRoom) enter(ctx context.Context, a *app.App, units []access.Unit) error {
	m.people = make([]*sitter, m.cmd.Candidates)
	run := time.Now().Unix() // another run finds other accounts
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(8)
	for i := range m.people {
		g.Go(func() error {
			login := fmt.Sprintf("sitter%d-%d", run, i)
			in := access.AccountInput{Login: login, Name: fmt.Sprintf("演示考生%d", i), Unit: units[i%len(units)].ID, Roles: []access.Role{access.Auxiliary}, Password: demo.Password, Settled: true}
			if _, err := a.Access.CreateAccount(ctx, access.System("bench"), in); err != nil {
				return err
			}
			seat, err := a.Access.SignIn(ctx, access.Credentials{Login: login, Password: demo.Password, IP: fmt.Sprintf("10.%d.%d.%d", i>>16&255, i>>8&255, i&255), Agent: "bench"})
			m.people[i] = newSitter(m, login, seat.Token)
			return err
		})
	}
	return g.Wait()
}

// plan plans and freezes the exam, to be begun after the lead.
func (m *examRoom) plan(ctx context.Context, a *app.App) error {
	c := m.cmd
	by, err := a.Access.SessionFor(ctx, "trainer")
	if err != nil {
		return err
	}
	m.opens = time.Now().Add(ahead + c.Arrive).Truncate(time.Second)
	single := c.Items * 6 / 10
	long := int64((c.Over+c.Storm+c.HardFor)/time.Minute) + 10
	m.id, err = a.Exams.Make(ctx, by, sitting.Input{
		Title: "演示考试（测量）", Opens: m.opens, Waiting: int64(c.Arrive/time.Minute) + 1, Late: 5, Minutes: long, Attempts: 1, Pass: int64(c.Items) * 60, Policy: grade.SubsetHalf,
		Blueprint: assembly.Blueprint{{Type: bank.Single, Count: single, Points: 1_00}, {Type: bank.Judgement, Count: c.Items - single, Points: 1_00}},
	})
	if err != nil {
		return err
	}
	logins := make([]string, len(m.people))
	for i, p := range m.people {
		logins[i], p.exam = p.login, m.id.String()
	}
	version := int64(1)
	for some := range slices.Chunk(logins, 2000) { // as many as one roster takes at once
		if err := a.Exams.Enrol(ctx, by, m.id, version, sitting.RosterInput{Logins: some}); err != nil {
			return err
		}
		version++
	}
	return a.Exams.Freeze(ctx, by, m.id, version)
}

// sit lets everybody arrive, start at the same moment, answer, and hand in.
func (m *examRoom) sit(ctx context.Context, srv *server) error {
	c := m.cmd
	stage := func(name string, who []*sitter, over time.Duration, do func(context.Context, *sitter, *timings) error) error {
		before, began := srv.cpu(), time.Now()
		var t timings
		err := spread(ctx, who, over, func(p *sitter) error { return do(ctx, p, &t) })
		t.print(name, time.Since(began), srv.cpu()-before)
		return err
	}
	if late := time.Until(m.opens.Add(-c.Arrive)); late > 0 {
		time.Sleep(late)
	}
	if err := stage("waiting room: page and sealed paper", m.people, c.Arrive-5*time.Second, arriving); err != nil {
		return err
	}
	time.Sleep(time.Until(m.opens.Add(50 * time.Millisecond)))
	if err := stage("start, all at once", m.people, 0, starting); err != nil {
		return err
	}
	if err := stage(fmt.Sprintf("%d answers over %s", c.Answers, c.Over), m.people, 0, answering(c.Answers, c.Items, c.Over)); err != nil {
		return err
	}
	if n := min(c.Hard, len(m.people)); n > 0 {
		if err := stage(fmt.Sprintf("%d save without a pause", n), m.people[:n], 0, pressing(c.Items, c.HardFor)); err != nil {
			return err
		}
	}
	return stage(fmt.Sprintf("hand in within %s", c.Storm), m.people, c.Storm, handing)
}

// spread runs something for everybody, begun at moments spread over a time.
func spread(ctx context.Context, who []*sitter, over time.Duration, do func(*sitter) error) error {
	var wg sync.WaitGroup
	errs := make([]error, len(who))
	for i, p := range who {
		wait := time.Duration(0)
		if over > 0 {
			wait = time.Duration(rand.Int64N(int64(over)))
		}
		wg.Go(func() {
			select {
			case <-ctx.Done():
				errs[i] = ctx.Err()
			case <-time.After(wait):
				errs[i] = do(p)
			}
		})
	}
	wg.Wait()
	failed := 0
	var first error
	for _, err := range errs {
		if err != nil {
			failed++
			first = errors.Join(first, err)
		}
	}
	if failed > 3 {
		return fmt.Errorf("%d candidates failed: %w", failed, errs[firstFailed(errs)])
	}
	return first
}

func firstFailed(errs []error) int {
	for i, err := range errs {
		if err != nil {
			return i
		}
	}
	return 0
}

// audit looks up what was acknowledged, has the papers marked, and times the analysis of the questions.
func (m *examRoom) audit(ctx context.Context) error {
	c := m.cmd
	shift := time.Duration(0)
	a, err := app.Open(ctx, app.Config{Data: c.Data, Database: c.Database, Base: "http://localhost:8080", Clock: func() time.Time { return time.Now().Add(shift) }, NoSync: true})
	if err != nil {
		return err
	}
	defer a.Close()
	lost, acked := 0, 0
	err = a.DB.View(ctx, func(tx *store.Tx) error {
		for _, p := range m.people {
			var rows []sitting.Answer
			if err := tx.DB().NewSelect().Model(&rows).Where("attempt_id = ?", p.attempt).Scan(tx.Ctx); err != nil {
				return err
			}
			kept := map[int]sitting.Answer{}
			for _, r := range rows {
				kept[r.Item] = r
			}
			for item, was := range p.acked {
				acked++
				if now := kept[item]; now.Seq < was.Seq || now.Seq == was.Seq && now.Value != was.Value {
					lost++
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	fmt.Printf("\nacknowledged answers looked up: %d, lost: %d\n", acked, lost)
	shift = 24 * time.Hour
	began := time.Now()
	if err := a.Exams.Collect(ctx, m.id); err != nil {
		return err
	}
	marked := time.Since(began)
	by, err := a.Access.SessionFor(ctx, "trainer")
	if err != nil {
		return err
	}
	began = time.Now()
	paper, err := a.Exams.Analyse(ctx, by, m.id)
	fmt.Printf("marked in %s; analysis of %d × %d in %s\n", marked.Round(time.Millisecond), len(m.people), len(paper.Form), time.Since(began).Round(time.Millisecond))
	return err
}
