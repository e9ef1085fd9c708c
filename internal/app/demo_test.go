package app_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"

	"fadu/internal/app"
	"fadu/internal/demo"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// tally is what two demo bureaus of one seed must have in common: identifiers and codes differ, since they
// are made anew.
func tally(t *testing.T, p demo.Profile) string {
	t.Helper()
	ctx := context.Background()
	cfg := app.Config{Data: t.TempDir(), Base: "http://localhost", Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	if err := demo.Fill(ctx, cfg, p, func(string) {}); err != nil {
		t.Fatal(err)
	}
	clock := testkit.NewClock()
	clock.Set(p.Until.AddDays(1).Start())
	cfg.Clock = clock.Now
	a, err := app.Open(ctx, cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	if !a.Demo || !strings.Contains(a.Bureau, "演示") {
		t.Errorf("the bureau %q does not say that it is a demo", a.Bureau)
	}
	rep, err := a.Verify(ctx)
	if err != nil || !rep.OK() {
		t.Errorf("verify: %v %v", err, rep.Faults)
	}
	var b strings.Builder
	for _, q := range []string{
		"SELECT c.state || ' ' || c.power_code || ' ' || c.amount || ' ' || c.party_name || ' ' || c.place || ' ' || c.decided_on FROM penalty_case c ORDER BY c.found_at, c.id",
		"SELECT p.kind || ' ' || p.state || ' ' || p.doc_no FROM paper p ORDER BY p.created_at, p.doc_no",
		"SELECT p.channel || ' ' || p.amount || ' ' || p.paid_on FROM payment p ORDER BY p.paid_on, p.reference",
		"SELECT e.kind || ' ' || COUNT(*) FROM ledger_entry e GROUP BY e.kind ORDER BY e.kind",
		"SELECT p.name FROM org_person_row p ORDER BY p.staff_number",
	} {
		b.WriteString(column(t, a, q))
	}
	return b.String()
}

func column(t *testing.T, a *app.App, query string) string {
	t.Helper()
	var lines []string
	testkit.View(t, a.DB, func(tx *store.Tx) error {
		lines = nil
		return tx.DB().NewRaw(query).Scan(tx.Ctx, &lines)
	})
	return fmt.Sprintf("%s: %d\n%s\n", query, len(lines), strings.Join(lines, "\n"))
}

// TestDemoIsTheSameAgain: one seed makes one bureau, another seed another one; both prove right.
func TestDemoIsTheSameAgain(t *testing.T) {
	t.Parallel()
	p := demo.District(law.MustDate("2026-01-30"))
	p.Cases, p.Ordinary = 6, 2
	first, second := tally(t, p), tally(t, p)
	if first != second {
		t.Errorf("the same seed made two bureaus:\n%s\n--- and\n%s", first, second)
	}
	p.Seed++
	if other := tally(t, p); other == first {
		t.Error("another seed made the same bureau")
	}
}

// TestDemoNamesNobody: whoever reads a name of the demo sees that it is invented.
func TestDemoNamesNobody(t *testing.T) {
	site := oneSite(t)
	for _, q := range []string{"SELECT name FROM org_person_row", "SELECT name FROM account", "SELECT name FROM org_subject_row"} {
		lines := strings.Split(strings.TrimSpace(column(t, site.App, q)), "\n")[1:]
		if len(lines) == 0 {
			t.Errorf("%s: nothing", q)
		}
		for _, name := range lines {
			if !strings.Contains(name, "演示") {
				t.Errorf("%s: %s", q, name)
			}
		}
	}
}
