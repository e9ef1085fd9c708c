package app_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/app/apptest"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// growing are the tables that grow with every case, and for each the indexes that a query may go through from
// end to end: those that hold only what is open, and those that a page reads in order and leaves.
var growing = map[string][]string{
	"penalty_case": {"penalty_case_open", "penalty_case_found"},
	"case_step":    nil, "case_photo": nil,
	"paper":           {"paper_void_number", "paper_voided"},
	"paper_signature": nil,
	"payment":         {"payment_undeposited", "payment_paid"},
	"ledger_entry":    {"sqlite_autoindex_ledger_entry_1", "ledger_entry_at"},
	"ledger_leaf":     {"sqlite_autoindex_ledger_leaf_1"},
	"ledger_node":     nil,
	"search_text":     nil,
	"security_event":  {"sqlite_autoindex_security_event_1", "security_event_at"},
	"read_log":        {"sqlite_autoindex_read_log_1"},
}

// moreLists are further addresses: lists with each condition, and with several.
var moreLists = []string{
	"/w/cases?state=open", "/w/cases?state=lead", "/w/cases?state=closed&from=2026-01-01&until=2026-12-31", "/w/cases?state=declined", "/w/cases?state=revoked&from=2026-01-01",
	"/w/cases?officer=me", "/w/cases?officer=me&state=open", "/w/cases?officer=me&state=closed", "/w/cases?power=YS-001", "/w/cases?power=YS-001&state=closed&officer=me", "/w/cases?ending=paid", "/w/cases?source=random", "/w/cases?ending=revoked&state=closed",
	"/w/cases?decided_from=2026-01-01", "/w/cases?decided_until=2026-12-31&state=closed", "/w/cases?closed_from=2026-01-01", "/w/cases?closed_until=2026-12-31&power=YS-001", "/w/cases?ends=late", "/w/cases?ends=soon", "/w/cases?ends=late&officer=me",
	"/w/cases?q=%E6%91%86%E6%91%8A", "/w/cases?q=%E6%91%86%E6%91%8A&state=closed&from=2026-01-01", "/w/cases?q=1&power=YS-001&ends=late", "/w/cases/export?state=closed", "/w/cases/export?decided_from=2026-01-01",
}

// TestPlans opens every page and list with SQLite telling how it goes about each statement. There are no
// statistics, as with a bureau, so the way is the same however much there is: none may go through all of a
// table that grows with the cases.
func TestPlans(t *testing.T) {
	testkit.PlanSQLite()
	p, err := peopledBureau()
	if err != nil {
		t.Fatal(err)
	}
	site, err := apptest.Serve(app.Config{Data: p.copyTo(t), Under: store.Under{Driver: testkit.PlanningSQLite}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := site.Close(); err != nil {
			t.Error(err)
		}
	}()
	site.Clock.Set(peopledMorning())
	seen := map[string]string{}
	note := func(path string) {
		for text := range testkit.Plans() {
			if _, known := seen[text]; !known {
				seen[text] = path
			}
		}
	}
	note("打开数据库")
	found := sampled(t, site)
	for _, a := range p.actors {
		if a.token != "" || a.unit == foreignUnit {
			continue
		}
		b, err := site.Browser(a.login)
		if err != nil {
			t.Fatal(err)
		}
		paths := slices.Clone(moreLists)
		for _, rt := range site.App.Routes() {
			method, pattern, _ := strings.Cut(rt.Pattern, " ")
			if path, ok := pathOf(pattern, found); ok && method == http.MethodGet && a.may(rt.Allow) && rt.Allow != access.Public {
				paths = append(paths, path)
			}
		}
		for _, path := range paths {
			if err := b.Get(path); err != nil {
				t.Fatalf("%s：%v", path, err)
			}
			note(a.label + " " + path)
		}
	}
	if len(seen) < 300 {
		t.Fatalf("只看到 %d 种语句", len(seen))
	}
	for text, plan := range testkit.Plans() {
		for _, line := range plan {
			if fault := wholeTable(text, line); fault != "" {
				t.Errorf("%s\n  %s\n  %s：%s", seen[text], short500(text), fault, line)
			}
		}
	}
}

var scanned = regexp.MustCompile(`^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?`)

// wholeTable names the growing table through all of which a line of a plan goes.
func wholeTable(text, line string) string {
	m := scanned.FindStringSubmatch(line)
	if m == nil {
		return ""
	}
	for table, allowed := range growing {
		named := regexp.MustCompile(fmt.Sprintf(`(?i)\b(FROM|JOIN|,)\s*"?%s"?\s+(AS\s+)?"?%s"?\b`, table, m[1]))
		if (m[1] == table || named.MatchString(text)) && !slices.Contains(allowed, m[2]) {
			return table
		}
	}
	return ""
}

func short500(s string) string {
	if len(s) > 500 {
		return s[:500] + "…"
	}
	return s
}
