package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/deadline"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/law/timing"
	"fadu/internal/store"
)

type termsCmd struct {
	serving
	Terms int `default:"100000" help:"How many running terms the scan meets."`
	Open  int `default:"10000" help:"How many open cases with terms the officer of the to-do page holds."`
}

// matterKind names matters that have nothing but their term.
const matterKind = "bench"

// Run measures the scan of running terms, then the to-do page of an officer who holds many. It spoils the bureau: give it a
// small one of its own (fill --cases 1000).
func (c *termsCmd) Run(ctx context.Context) error {
	fmt.Printf("load %s\n\n| what | terms | steps | took |\n| --- | --- | --- | --- |\n", firstLine("/proc/loadavg"))
	if err := c.scans(ctx); err != nil {
		return err
	}
	if c.Open == 0 {
		return nil
	}
	srv, err := c.start(ctx)
	if err != nil {
		return err
	}
	defer srv.stop()
	head, officer, err := c.people(ctx)
	if err != nil {
		return err
	}
	get := func(who *browser, path string) func(*rand.Rand) (*http.Request, error) {
		return func(*rand.Rand) (*http.Request, error) {
			return http.NewRequestWithContext(context.WithValue(ctx, whoKey{}, who), http.MethodGet, who.base+path, nil)
		}
	}
	fmt.Printf("\n| page | clients | requests/s | p50 ms | p99 ms | server CPU ms | failed |\n| --- | --- | --- | --- | --- | --- | --- |\n")
	for _, w := range []workload{{name: "to-do of the officer", make: get(officer, "/w/")}, {name: "leaders' list of terms", make: get(head, "/w/deadlines")}, {name: "cases by terms", make: get(head, "/w/cases?sort=due")}, {name: "cases whose term ended", make: get(head, "/w/cases?ends=late")}} {
		for _, n := range c.Clients {
			m := measure(ctx, srv, w, n, c.For)
			fmt.Printf("| %s | %d | %.0f | %.2f | %.2f | %.2f | %d |\n", w.name, n, m.Rate, m.P50, m.P99, m.CPU, m.Failed)
		}
	}
	return ctx.Err()
}

// scans runs the daily scan over terms of which none, some and all ask for something.
func (c *termsCmd) scans(ctx context.Context) error {
	day := law.DateOf(time.Now())
	now := func() time.Time { return day.Start().Add(9 * time.Hour) }
	a, err := app.Open(ctx, app.Config{Data: c.Data, Database: c.Database, Base: "http://localhost:8080", Clock: func() time.Time { return now() }, NoSync: true})
	if err != nil {
		return err
	}
	defer a.Close()
	if err := c.hold(ctx, a); err != nil {
		return err
	}
	if _, err := a.Terms.Scan(ctx); err != nil { // what the bureau itself has due
		return err
	}
	if err := c.fillTerms(ctx, a, day); err != nil {
		return err
	}
	for _, x := range []struct {
		what string
		days int
	}{{"nothing new", 0}, {"those that end soon are warned of", 33}, {"nothing new, the same day", 33}, {"all are missed and reported to all three levels", 100}, {"nothing new after that", 100}} {
		day = law.DateOf(time.Now()).AddDays(x.days)
		began := time.Now()
		n, err := a.Terms.Scan(ctx)
		if err != nil {
			return err
		}
		fmt.Printf("| %s | %d | %d | %s |\n", x.what, c.Terms, n, time.Since(began).Round(time.Millisecond))
	}
	return nil
}

// fillTerms makes terms of ninety days that end on sixty days, forty days hence and later.
func (c *termsCmd) fillTerms(ctx context.Context, a *app.App, today law.Date) error {
	var unit access.Levels
	err := a.DB.View(ctx, func(tx *store.Tx) error {
		us, err := a.Access.Units(tx)
		unit = us[len(us)-1].Levels()
		return err
	})
	for from := 0; err == nil && from < c.Terms; from += perUpdate {
		err = a.DB.Maintain(ctx, func(tx *store.Tx) error {
			for i := from; i < min(from+perUpdate, c.Terms); i++ {
				id, due := store.NewID(), today.AddDays(40+i%60)
				m := deadline.Matter{Kind: matterKind, Ref: id, Title: fmt.Sprintf("演示事项%d", i), Href: "/w/", Levels: unit}
				k := timing.Clock{Term: "作出处罚决定期限", State: timing.Running, Start: due.AddDays(-90), Due: due, Unit: calendar.Days, Count: 90}
				if err := a.Terms.PutNew(tx, m, []timing.Clock{k}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return err
}

// hold gives the officer of the to-do page open cases with running terms: copies of those that the bureau has.
func (c *termsCmd) hold(ctx context.Context, a *app.App) error {
	if c.Open == 0 {
		return nil
	}
	officer, err := a.Access.SessionFor(ctx, "officer102")
	if err != nil {
		return err
	}
	m := &multiplier{app: a, span: 5, first: 5_000_000}
	if err := m.read(ctx); err != nil {
		return err
	}
	m.ended = slices.DeleteFunc(m.seeds, func(s seed) bool {
		return fmt.Sprint(s.bill["state"]) != "delivered" || fmt.Sprint(s.bill["lead_officer"]) != fmt.Sprint(officer.Person()) || len(s.parts["deadline"]) == 0
	})
	m.seeds = m.ended
	if len(m.seeds) == 0 {
		return fmt.Errorf("officer102 holds no open case with a term: fill a larger bureau")
	}
	if err := m.write(ctx, c.Open); err != nil {
		return err
	}
	return a.Cases.RecountBalances(ctx)
}
