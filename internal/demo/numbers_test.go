package demo_test

import (
	"context"
	"io"
	"log/slog"
	"testing"

	"fadu/internal/app"
	"fadu/internal/casework/numbers"
	"fadu/internal/demo"
	"fadu/internal/law"
	"fadu/internal/testkit"
)

// TestNumbersOverTheYear: at the turn of the year the demo takes back what the old blocks have left and issues new ones, so
// that its register of case numbers has no gap without a reason.
func TestNumbersOverTheYear(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	cfg := app.Config{Data: t.TempDir(), Database: testkit.SQLiteURL(t), Base: "http://localhost", NoSync: true, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	p := demo.Profile{Name: "turn", Seed: 1, From: law.MustDate("2025-12-30"), Until: law.MustDate("2026-01-06"), Cases: 3}
	if err := demo.Fill(ctx, cfg, p, func(string) {}); err != nil {
		t.Fatal(err)
	}
	clock := &demo.Clock{}
	clock.Set(p.Until.AddDays(1).Start())
	cfg.Clock = clock.Now
	a, err := app.Open(ctx, cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	clerk, err := a.Access.SessionFor(ctx, "clerk")
	if err != nil {
		t.Fatal(err)
	}
	old, err := a.Numbers.List(ctx, clerk, numbers.Filter{Year: 2025}, "")
	if err != nil {
		t.Fatal(err)
	}
	if len(old.Rows) != 1 || old.Rows[0].State != numbers.Void || old.Rows[0].Name() != "演城管立字〔2025〕第1号至第400号" || len(old.Rows[0].Why) != 1 || old.Rows[0].Why[0].What != "年度终了，余号停用" {
		t.Errorf("2025: %+v", old.Rows)
	}
	if n := old.Tally[numbers.Unexplained]; n != 0 {
		t.Errorf("2025: %d numbers without a reason", n)
	}
	blocks, err := a.Cases.SeriesList(ctx, clerk)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range blocks {
		if running := b.Running(2026); running == (b.Year == 2025) {
			t.Errorf("%s〔%d〕: running %v", b.Prefix, b.Year, running)
		}
	}
}

// explained checks the register of a bureau: each number from the first to the last is there once, each gap with its reason.
func explained(t *testing.T, a *app.App, year int64) {
	t.Helper()
	clerk, err := a.Access.SessionFor(context.Background(), "clerk")
	if err != nil {
		t.Fatal(err)
	}
	rows, tally, err := a.Numbers.Print(context.Background(), clerk.WithVia("test"), numbers.Filter{Year: year})
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < 20 || tally[numbers.Unexplained] != 0 {
		t.Errorf("%d numbers, %s", len(rows), tally.Text())
	}
	next, states := int64(1), map[numbers.State]bool{}
	for _, n := range rows {
		if n.First != next {
			t.Errorf("after %d comes %s", next-1, n.Name())
		}
		if next = n.Last + 1; !n.Explained() || n.Applicant == "" && n.Case != 0 {
			t.Errorf("%s (%s): nobody said who applied or why it was not used", n.Name(), n.State)
		}
		states[n.State] = true
	}
	for _, s := range []numbers.State{numbers.Open, numbers.Closed, numbers.Withdrawn, numbers.Merged} {
		if !states[s] {
			t.Errorf("no number is %s", s.Label())
		}
	}
}
