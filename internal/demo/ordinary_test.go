package demo_test

import (
	"context"
	"io"
	"log/slog"
	"testing"

	"fadu/internal/app"
	"fadu/internal/demo"
	"fadu/internal/law"
	"fadu/internal/testkit"
)

// bureau is an empty demo bureau on which scenarios are played.
func bureau(t *testing.T, url string) (*app.App, *demo.Office) {
	t.Helper()
	ctx := context.Background()
	cfg := app.Config{Data: t.TempDir(), Database: url, Base: "http://localhost", Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	start := law.MustDate("2026-01-05")
	if err := demo.Fill(ctx, cfg, demo.Profile{Name: "walk", Seed: 1, From: start, Until: start}, func(string) {}); err != nil {
		t.Fatal(err)
	}
	clock := &demo.Clock{}
	clock.Set(start.Start().Add(9 * 60 * 60 * 1e9))
	cfg.Clock, cfg.NoSync = clock.Now, true
	a, err := app.Open(ctx, cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a, demo.NewOffice(a, clock)
}

// TestScenarios plays every scenario to its end by the real desks, on both engines; whatever was written is proven.
func TestScenarios(t *testing.T) {
	for engine, url := range map[string]func(testing.TB) string{"sqlite": testkit.SQLiteURL, "postgresql": testkit.PostgreSQLURL} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			a, o := bureau(t, url(t))
			for _, s := range demo.Scenarios() {
				if err := o.Begin(context.Background(), s).Play(""); err != nil {
					t.Errorf("%s: %v", s.Name, err)
				}
			}
			rep, err := a.Verify(context.Background())
			if err != nil || !rep.OK() {
				t.Errorf("verify: %v %v", err, rep.Faults)
			}
		})
	}
}
