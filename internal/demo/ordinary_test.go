package demo_test

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"fadu/internal/app"
	"fadu/internal/casework"
	"fadu/internal/demo"
	"fadu/internal/flow"
	"fadu/internal/law"
	"fadu/internal/store"
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

// TestScenarios plays every scenario by the real desks, and finds each state of the procedure reached, and left unless
// it is an end. Whatever was written is proven.
func TestScenarios(t *testing.T) {
	t.Parallel()
	a, walks := played(t, testkit.SQLiteURL(t), demo.Scenarios())
	for _, lack := range covered(t, a, walks) {
		t.Error(lack)
	}
	explained(t, a, 2026)
}

// TestFillUntil fills the ordinary cases of the default bureau up to days of a year that lie differently: the scenarios
// begin so that they end near the last day, so every last day has them meet other holidays.
func TestFillUntil(t *testing.T) {
	t.Parallel()
	for name, day := range map[string]string{"长假以后": "2026-10-12", "年底": "2026-12-25"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := app.Config{Data: t.TempDir(), Base: "http://localhost", Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
			p := demo.District(law.MustDate(day))
			p.Cases = 0
			if err := demo.Fill(context.Background(), cfg, p, func(string) {}); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestScenariosOnPostgreSQL plays those that come to a state for the first time on the other engine.
func TestScenariosOnPostgreSQL(t *testing.T) {
	t.Parallel()
	var some []demo.Scenario
	for _, s := range demo.Scenarios() {
		if slices.ContainsFunc(casework.OrdinaryLine.States, func(st flow.State[casework.State]) bool {
			return s.Comes(st.ID) && !slices.ContainsFunc(some, func(o demo.Scenario) bool { return o.Comes(st.ID) })
		}) {
			some = append(some, s)
		}
	}
	played(t, testkit.PostgreSQLURL(t), some)
}

func played(t *testing.T, url string, all []demo.Scenario) (*app.App, []*demo.Walk) {
	t.Helper()
	a, o := bureau(t, url)
	walks, err := o.PlayAll(context.Background(), all)
	if err != nil {
		t.Error(err)
	}
	rep, err := a.Verify(context.Background())
	if err != nil || !rep.OK() {
		t.Errorf("verify: %v %v", err, rep.Faults)
	}
	return a, walks
}

// covered says which states of the ordinary procedure the cases did not come to, or did not leave.
func covered(t *testing.T, a *app.App, walks []*demo.Walk) []string {
	t.Helper()
	s := &seen{map[string]bool{}, map[string]bool{}}
	for _, w := range walks {
		var acts []casework.CaseAct
		testkit.View(t, a.DB, func(tx *store.Tx) (err error) {
			acts, err = casework.Acts(tx, w.ID)
			return err
		})
		s.line(t, acts)
		track(t, s, "听证", casework.HearingTrack, acts)
		track(t, s, "送达", casework.Serving, acts)
		track(t, s, "法院", casework.CourtTrack, acts)
	}
	return slices.Concat(lacks(s, "", casework.OrdinaryLine), lacks(s, "听证", casework.HearingTrack), lacks(s, "送达", casework.Serving), lacks(s, "法院", casework.CourtTrack))
}

// seen collects which states of the tables cases came to, and by which act they left them.
type seen struct {
	states map[string]bool
	exits  map[string]bool
}

// line replays the acts of a case over the main line.
func (s *seen) line(t *testing.T, acts []casework.CaseAct) {
	t.Helper()
	at := flow.Place[casework.State]{State: casework.Lead}
	s.states[string(at.State)] = true
	for _, a := range acts {
		if _, ok := casework.OrdinaryLine.Act(a.Act); !ok || a.Of != "" && strings.HasPrefix(a.Of, "court/") && a.Act != "apply_court" && a.Act != "apply_judgment" {
			continue
		}
		next, err := casework.OrdinaryLine.Move(at, a.Act)
		if err != nil {
			t.Errorf("%s: %v", a.Act, err)
			return
		}
		if next.State != at.State {
			s.exits[string(at.State)] = true
		}
		at = next
		s.states[string(at.State)] = true
	}
}

// track replays the acts of each row beside the line, and adds the states that it came to and left.
func track[S ~string](t *testing.T, s *seen, name string, table flow.Table[S], acts []casework.CaseAct) {
	t.Helper()
	at := map[string]S{}
	for _, a := range acts {
		x, ok := table.Act(a.Act)
		if !ok {
			continue
		}
		from, there := at[a.Of]
		if !there {
			from = table.Start
			s.states[name+string(from)] = true
		}
		next, err := table.Next(from, a.Act)
		if err != nil {
			t.Errorf("%s %s: %v", name, a.Act, err)
			continue
		}
		if x.To != "" && next != from {
			s.exits[name+string(from)] = true
		}
		at[a.Of] = next
		s.states[name+string(next)] = true
	}
}

// lacks lists the states to which no scenario comes, and those that none leaves.
func lacks[S ~string](s *seen, name string, t flow.Table[S]) (out []string) {
	for _, st := range t.States {
		if !s.states[name+string(st.ID)] {
			out = append(out, t.Name+"：没有情形到“"+st.Label+"”")
		} else if st.Class != flow.Closed && !s.exits[name+string(st.ID)] {
			out = append(out, t.Name+"：没有情形离开“"+st.Label+"”")
		}
	}
	return out
}
