package holiday

import (
	"context"
	"io/fs"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

const (
	head     = "date,kind,name,source_document,confidence,correction\n"
	year2027 = head + `2027-01-01,holiday,元旦,演示通知〔2026〕1号,演示,
2027-02-05,holiday,春节,演示通知〔2026〕1号,演示,
2027-02-06,holiday,春节,演示通知〔2026〕1号,演示,
2027-02-07,holiday,春节,演示通知〔2026〕1号,演示,
2027-05-01,holiday,劳动节,演示通知〔2026〕1号,演示,
2027-10-01,holiday,国庆节,演示通知〔2026〕1号,演示,
2027-10-02,holiday,国庆节,演示通知〔2026〕1号,演示,
2027-10-03,holiday,国庆节,演示通知〔2026〕1号,演示,
`
)

var migrations = []fs.FS{access.Migrations, draft.Migrations, Migrations}

func service(t *testing.T, db *store.DB) *Service {
	t.Helper()
	s, err := New(context.Background(), db, calendar.Official())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func load(t *testing.T, s *Service, file string) error {
	t.Helper()
	ctx, by := context.Background(), access.System("test")
	id, err := s.Import(ctx, by, "通知.csv", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	return s.Publish(ctx, by, id)
}

func worked(t *testing.T, c *calendar.Calendar, d string) bool {
	t.Helper()
	ok, err := c.Workday(law.MustDate(d))
	if err != nil {
		t.Fatalf("%s: %v", d, err)
	}
	return ok
}

// TestTwoNodes: a year loaded on one node is there at once, on another after it looked, and after a start.
func TestTwoNodes(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		here, there := service(t, db), service(t, db)
		calls := 0
		here.OnLoaded(func(tx *store.Tx, batch draft.BatchID, from law.Date) error {
			calls++
			if from != law.MustDate("2027-01-01") {
				t.Errorf("from %s", from)
			}
			entry, err := ledger.Append(tx, testkit.Actor(), ledger.Act{Kind: kindLoaded, Subject: batch.Subject()})
			if err != nil {
				return err
			}
			return here.AddMoves(tx, batch, []Move{{Record: "演示案", Href: "/", Term: "备案", Was: law.MustDate("2027-01-02"), Due: law.MustDate("2027-01-04"), Entry: entry}})
		})
		held := there.Calendar()
		if err := load(t, here, year2027); err != nil {
			t.Fatal(err)
		}
		if worked(t, here.Calendar(), "2027-02-05") || calls == 0 {
			t.Error("没有当时生效")
		}
		if _, err := held.Workday(law.MustDate("2027-02-05")); err == nil {
			t.Error("另一台还没有看，就知道了")
		}
		if err := there.Refresh(context.Background()); err != nil || worked(t, held, "2027-02-05") {
			t.Errorf("另一台没有跟上：%v", err)
		}
		if worked(t, service(t, db).Calendar(), "2027-02-05") {
			t.Error("重新启动后丢了")
		}
		if err := ledger.Sequence(context.Background(), db); err != nil {
			t.Fatal(err)
		}
		if rep, err := ledger.Verify(context.Background(), db, append(References, draft.References...), nil); err != nil || !rep.OK() {
			t.Errorf("%+v %v", rep, err)
		}
	})
}

// TestAgainstTheOfficial: what contradicts a built-in year needs a reason, and then holds.
func TestAgainstTheOfficial(t *testing.T) {
	db, _ := testkit.SQLite(t, migrations...)
	s := service(t, db)
	if err := load(t, s, head+"2026-10-08,holiday,国庆节,演示通知〔2026〕9号,演示,\n"); !fault.Is(err, fault.Invalid) {
		t.Fatalf("没有理由也载入了：%v", err)
	}
	if err := load(t, s, head+"2026-10-08,holiday,国庆节,演示通知〔2026〕9号,演示,国务院办公厅另行通知延长（演示）\n"); err != nil {
		t.Fatal(err)
	}
	if worked(t, s.Calendar(), "2026-10-08") || !worked(t, calendar.Official(), "2026-10-08") {
		t.Error("更正没有生效，或者改了内置的日历")
	}
	// A slip of the bureau's own is corrected in the same way, by the same document.
	if err := load(t, s, head+"2026-10-08,workday,国庆节,演示通知〔2026〕9号,演示,上次误录，通知里没有这一天\n"); err != nil {
		t.Fatal(err)
	}
	if !worked(t, s.Calendar(), "2026-10-08") {
		t.Error("误录没有改回来")
	}
}

// TestNewProgramKnowsBetter: when a newer program has the year built in otherwise, it starts and says so.
func TestNewProgramKnowsBetter(t *testing.T) {
	db, _ := testkit.SQLite(t, migrations...)
	if err := load(t, service(t, db), year2027); err != nil {
		t.Fatal(err)
	}
	rows, err := calendar.ReadRows(strings.NewReader("date,kind,name,source_document,confidence\n" + strings.ReplaceAll(strings.ReplaceAll(strings.TrimPrefix(year2027, head), ",演示,\n", ",演示\n"), "2027-02-07,holiday", "2027-02-07,workday") + "2027-02-08,holiday,春节,演示通知〔2026〕1号,演示\n"))
	if err != nil {
		t.Fatal(err)
	}
	newer, err := calendar.Official().With(rows)
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(context.Background(), db, newer)
	if err != nil {
		t.Fatal(err)
	}
	if f := s.Faults(); len(f) != 1 || !strings.Contains(f[0], "演示通知〔2026〕1号") || !worked(t, s.Calendar(), "2027-02-07") {
		t.Errorf("%q", f)
	}
}
