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

// small are the tables that do not grow with the cases, with what bounds them. Every other table of the schema does, and a new
// one counts as growing until it stands here.
var small = map[string]string{
	"training_scene": "scenes and their versions", "training_draft": "scenes that people write", "training_draft_revision": "scenes that people write, and each time they saved", "register_import": "files that are imported", "register_definition": "registers and their editions", "register_stock": "things in stock",
	"exam_sitting": "exams, some dozens a year", "exam_marker": "some markers for each exam", "exam_motion": "what somebody asks for by hand, some for each exam", "exam_diploma": "one for each who passed an exam that gives certificates", "exam_question": "questions that people write", "exam_question_version": "questions and their versions", "exam_question_article": "questions and their articles", "exam_question_flag": "questions whose article changed", "course": "courses that people write", "course_lesson": "sessions in person, some dozens a year", "course_version": "courses and their versions", "course_article": "courses and their articles", "course_file": "courses and their files", "course_pulse": "one row for each account", "cohort": "cohorts, some dozens a year", "cohort_part": "some parts for each cohort", "course_points_edition": "decisions of the bureau", "course_points_rule": "decisions of the bureau",
	"account": "people", "account_identity": "people", "account_password": "people", "account_recovery": "people", "account_role": "people", "account_totp": "people",
	"api_token": "programs", "api_token_use": "programs, by day", "sign_in_guard": "who tries to sign in just now", "session": "who is signed in",
	"role_proposal": "people", "unit": "units", "unit_succession": "units", "setting_item": "items", "kept_form": "half an hour of forms", "idempotency": "seven days of requests, by key",
	"org_absence": "people", "org_annual_check": "people", "org_certificate_row": "people", "org_person_row": "people", "org_posting": "people", "org_subject_row": "units",
	"org_subject_unit": "units", "org_suspension": "people", "org_validity": "people", "mandate": "people",
	"power_adjustment": "powers", "power_adjustment_item": "powers", "power_basis": "powers", "power_benchmark": "powers", "power_exemption": "powers", "power_guide": "powers",
	"power_item": "powers", "power_law": "laws", "power_list_total": "powers", "power_tier": "powers", "law_change": "laws", "law_line": "laws", "law_text": "laws", "paper_wording": "kinds of papers",
	"past_report": "reports, some a year", "past_line": "figures of reports",
	"holiday_day": "years", "holiday_move": "years", "number_prefix": "series", "number_series": "series and years", "receipt_book": "books of receipts, bought by the hundred", "booklet": "books of papers, bought by the hundred",
	"saved_view": "people", "saved_view_default": "people", "draft_batch": "files that are imported", "draft_row": "files that are imported; published ones by batch", "job": "what waits, and a month of what is done",
	"case_balance": "where something is owed or was paid too much", "deadline": "terms that run; what ended is in deadline_done",
	"ledger_key": "keys", "deadline_fill": "one row", "figure_kept": "figures", "figure_delta": "what is not folded yet, an hour", "figure_cell": "figures, units and months", "goose_db_version": "migrations",
}

// walked are for growing tables the indexes that a query may go through from end to end: those that hold only what is open,
// and those that a page reads in order and leaves.
var walked = map[string][]string{
	"penalty_case":         {"penalty_case_open", "penalty_case_found"},
	"paper":                {"paper_void_number", "paper_voided", "paper_unserved"},
	"payment":              {"payment_undeposited", "payment_paid"},
	"ledger_entry":         {"sqlite_autoindex_ledger_entry_1", "ledger_entry_at"},
	"ledger_leaf":          {"sqlite_autoindex_ledger_leaf_1"},
	"security_event":       {"sqlite_autoindex_security_event_1", "security_event_at"},
	"thing":                {"thing_stock"},
	"statement":            {"sqlite_autoindex_statement_1"},
	"ledger_checkpoint":    {"ledger_checkpoint_size"},
	"legal_review_opinion": {"legal_review_opinion_made"},
}

// growingTables are the tables of the schema that are not small.
func growingTables(t *testing.T, a *app.App) (out []string) {
	t.Helper()
	var all []string
	testkit.View(t, a.DB, func(tx *store.Tx) error {
		return tx.DB().NewSelect().TableExpr("sqlite_master").Column("name").Where("type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_index%' AND name <> 'search_held'").Order("name").Scan(tx.Ctx, &all)
	})
	for _, name := range all {
		if small[name] == "" {
			out = append(out, name)
		}
	}
	for name := range small {
		if !slices.Contains(all, name) {
			t.Errorf("small 里的表 %s 没有", name)
		}
	}
	for name := range walked {
		if !slices.Contains(out, name) {
			t.Errorf("walked 里的表 %s 不在增长的表里", name)
		}
	}
	if len(out) < 60 {
		t.Errorf("增长的表只有 %d 个", len(out))
	}
	return out
}

// moreLists are further addresses: lists with each condition, and with several.
var moreLists = []string{
	"/w/cases?state=open", "/w/cases?state=lead", "/w/cases?state=closed&from=2026-01-01&until=2026-12-31", "/w/cases?state=declined", "/w/cases?state=revoked&from=2026-01-01",
	"/w/cases?officer=me", "/w/cases?officer=me&state=open", "/w/cases?officer=me&state=closed", "/w/cases?power=YS-001", "/w/cases?power=YS-001&state=closed&officer=me", "/w/cases?ending=paid", "/w/cases?source=random", "/w/cases?ending=revoked&state=closed",
	"/w/cases?decided_from=2026-01-01", "/w/cases?decided_until=2026-12-31&state=closed", "/w/cases?closed_from=2026-01-01", "/w/cases?closed_until=2026-12-31&power=YS-001", "/w/cases?ends=late", "/w/cases?ends=soon", "/w/cases?ends=late&officer=me",
	"/w/cases?q=%E6%91%86%E6%91%8A", "/w/cases?q=%E6%91%86%E6%91%8A&state=closed&from=2026-01-01", "/w/cases?q=1&power=YS-001&ends=late", "/w/cases/export?state=closed", "/w/cases/export?decided_from=2026-01-01",
	"/w/registers/of/campaign_item?state=fixing", "/w/registers/of/campaign_item?sort=due", "/w/registers/of/campaign_item?sort=late", "/w/registers/of/campaign_item?sort=oldest&from=2026-01-01&until=2026-12-31", "/w/registers/of/campaign_item?f_kind=%E6%8B%9B%E7%89%8C&f_source=%E8%87%AA%E6%9F%A5&state=fixing",
	"/w/registers/of/campaign_item?q=%E6%8B%9B%E7%89%8C", "/w/registers/of/campaign_item?q=%E6%8B%9B%E7%89%8C&f_kind=%E6%8B%9B%E7%89%8C&sort=late", "/w/registers/of/campaign_item?state=void", "/w/registers/of/activity?f_themes=%E6%97%A5%E5%B8%B8%E5%AE%A3%E4%BC%A0", "/w/registers/of/campaign_item/export?state=fixing",
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
	ours := testkit.Plans() // the test's own questions
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
	growing := growingTables(t, site.App)
	for text, plan := range testkit.Plans() {
		if _, own := ours[text]; own && seen[text] != "打开数据库" {
			continue
		}
		for _, line := range plan {
			if fault := wholeTable(growing, text, line); fault != "" {
				t.Errorf("%s\n  %s\n  %s：%s", seen[text], short500(text), fault, line)
			}
		}
	}
}

var scanned = regexp.MustCompile(`^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?`)

// wholeTable names the growing table through all of which a line of a plan goes.
func wholeTable(growing []string, text, line string) string {
	m := scanned.FindStringSubmatch(line)
	if m == nil {
		return ""
	}
	for _, table := range growing {
		named := regexp.MustCompile(fmt.Sprintf(`(?i)\b(FROM|JOIN|,)\s*"?%s"?\s+(AS\s+)?"?%s"?\b`, table, m[1]))
		if (m[1] == table || named.MatchString(text)) && !slices.Contains(walked[table], m[2]) {
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
