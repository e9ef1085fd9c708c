package app_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"fadu/internal/app/apptest"
	"fadu/internal/store"
)

// samples are the records that stand in the routes' patterns: the path up to the placeholder, and the
// query that finds one. $1 is the first squad. Whoever adds a route with a record of a new kind adds a
// line; without it the route cannot be asked and the test fails. "12,3" stands for the last two placeholders.
var samples = [][2]string{
	{"/w/me/tokens/{id}", `SELECT id FROM api_token WHERE name = '没有相应权限的令牌'`},
	{"/w/tokens/{id}", `SELECT id FROM api_token WHERE name = '没有相应权限的令牌'`},
	{"/w/me/sessions/{id}", `SELECT MIN(id) FROM session`},
	{"/w/accounts/{id}", `SELECT id FROM account WHERE login = 'officer103'`},
	{"/w/units/{id}", `SELECT id FROM unit WHERE code = 'YS-Z1'`},
	{"/w/org/people/{id}", `SELECT person_id FROM org_absence`},
	{"/w/org/people/{id}/absences/{absence}", `SELECT id FROM org_absence`},
	{"/w/org/people/{id}/postings/{posting}", `SELECT g.id FROM org_posting g JOIN org_absence a ON a.person_id = g.person_id`},
	{"/w/org/certificates/{id}", `SELECT certificate_id FROM org_suspension`},
	{"/w/org/certificates/{id}/suspensions/{suspension}", `SELECT id FROM org_suspension`},
	{"/w/org/subjects/{id}", `SELECT subject_id FROM org_subject_unit`},
	{"/w/org/subjects/{id}/units/{binding}", `SELECT id FROM org_subject_unit`},
	{"/w/org/import/{id}", `SELECT MAX(id) FROM draft_batch WHERE kind LIKE 'org.%'`},
	{"/w/org/import/{id}/rows/{row}", `SELECT MIN(id) FROM draft_row WHERE batch_id = (SELECT MAX(id) FROM draft_batch WHERE kind LIKE 'org.%')`},
	{"/w/powers/import/{id}", `SELECT MAX(id) FROM draft_batch WHERE kind LIKE 'power%'`},
	{"/w/powers/import/{id}/rows/{row}", `SELECT MIN(id) FROM draft_row WHERE batch_id = (SELECT MAX(id) FROM draft_batch WHERE kind LIKE 'power%')`},
	{"/w/powers/{code}", `SELECT MIN(power_code) FROM penalty_case WHERE power_code <> ''`},
	{"/w/powers/item/{code}", `SELECT MIN(power_code) FROM penalty_case WHERE power_code <> ''`},
	{"/w/kept/{id}", `SELECT MAX(id) FROM kept_form`},
	{"/w/powers/adjustments/{id}", `SELECT MAX(id) FROM power_adjustment`},
	{"/w/powers/affected/{id}", `SELECT MAX(id) FROM power_affected`},
	{"/w/laws/{id}", sampleLaw},
	{"/w/laws/{id}/{article}", `SELECT '1'`},
	{"/powers/{code}", `SELECT MIN(power_code) FROM penalty_case WHERE power_code <> ''`},
	{"/api/v1/public/powers/{code}", `SELECT MIN(power_code) FROM penalty_case WHERE power_code <> ''`},
	{"/api/v1/power-items/{id}", `SELECT MIN(id) FROM power_item`},
	{"/api/v1/power-affected/{id}", `SELECT MAX(id) FROM power_affected`},
	{"/api/v1/power-imports/{id}", `SELECT MAX(id) FROM draft_batch WHERE kind LIKE 'power%'`},
	{"/api/v1/org/postings/{id}", `SELECT MIN(id) FROM org_posting`},
	{"/api/v1/settings/{code}", `SELECT 'powers.sole_trader'`},
	{"/api/v1/laws/{id}/articles/{article}", `SELECT '1'`},
	{"/api/v1/power-adjustments/{id}", `SELECT MAX(id) FROM power_adjustment`},
	{"/w/cases/{id}", sampleCase},
	{"/w/cases/{id}/photos/{photo}", `SELECT MIN(id) FROM case_photo WHERE case_id = (` + sampleCase + `)`},
	{"/w/cases/{id}/steps/{kind}", `SELECT 'show_id'`},
	{"/w/cases/{id}/signing/{kind}", `SELECT 'approve_filing'`},
	{"/w/cases/{id}/steps/{step}", `SELECT MIN(id) FROM case_step WHERE case_id = (` + sampleCase + `)`},
	{"/w/cases/{id}/payments/{payment}", `SELECT MIN(id) FROM payment WHERE case_id = (` + sampleCase + `)`},
	{"/w/cases/{id}/evidence/{number}", `SELECT e.case_id || ',' || e.number FROM evidence e JOIN penalty_case c ON c.id = e.case_id WHERE e.digest <> '' AND c.unit_id = $1 ORDER BY e.id LIMIT 1`},
	{"/w/cases/{id}/plans/{plan}", `SELECT case_id || ',' || id FROM payment_plan WHERE proof_digest <> '' AND unit_id = $1 ORDER BY id LIMIT 1`},
	{"/w/ledger/entries/{id}", `SELECT MIN(id) FROM ledger_entry`},
	{"/w/ledger/checkpoints/{size}", `SELECT '1'`}, // no checkpoint is made of so few
	{"/api/v1/ledger/entries/{seq}", `SELECT '1'`},
	{"/api/v1/ledger/checkpoints/{size}", `SELECT '1'`},
	{"/w/settings/{key}", `SELECT 'powers.sole_trader'`},
	{"/w/calendar/years/{year}", `SELECT '2026'`},
	{"/w/calendar/preview/{id}", `SELECT '1'`}, // nobody is loading a year
	{"/w/courses/{id}", `SELECT MIN(id) FROM course`},
	{"/w/courses/{id}/chapters/{number}", `SELECT '1'`},
	{"/w/courses/{id}/files/{file}", `SELECT MIN(id) FROM course_file`},
	{"/w/lessons/{id}", `SELECT MIN(id) FROM course_lesson`},
	{"/w/cohorts/{id}", `SELECT MIN(id) FROM cohort`},
	{"/w/points/people/{id}", `SELECT MIN(id) FROM account`},
	{"/w/points/rules/{id}", `SELECT '1'`},
	{"/w/course-books/{id}", `SELECT MIN(id) FROM course`},
	{"/w/register-import/{id}", `SELECT '1'`},
	{"/w/register-import/{id}/rows/{row}", `SELECT '1'`},
	{"/w/registers/imports/{id}", `SELECT '1'`},
	{"/w/bank-import/{id}", `SELECT '1'`},
	{"/w/bank-import/{id}/rows/{row}", `SELECT '1'`},
	{"/w/calendar/import/{id}", `SELECT '1'`},
	{"/w/past-reports/{id}", `SELECT MIN(id) FROM past_report WHERE unit_id = $1`},
	{"/w/past-report-import/{id}", `SELECT '1'`},
	{"/w/past-report-import/{id}/rows/{row}", `SELECT '1'`},
	{"/w/calendar/import/{id}/rows/{row}", `SELECT '1'`},
	{"/w/booklets/{id}", `SELECT MIN(id) FROM booklet`},
	{"/w/booklets/{id}/photos/{photo}", `SELECT n.booklet_id || ',' || p.id FROM booklet_photo p JOIN booklet_number n ON n.id = p.number_id WHERE n.unit_id = $1 ORDER BY p.id LIMIT 1`},
	{"/w/booklets/{id}/numbers/{number}", `SELECT MIN(number) FROM booklet_number`},
	{"/w/deadlines/terms/{id}", `SELECT MIN(id) FROM deadline WHERE state = 'running' AND ref IN (SELECT ref FROM reminder)`},
	{"/w/deadlines/reminders/{id}", `SELECT MIN(id) FROM reminder`},
	{"/w/deadlines/misses/{id}", `SELECT MIN(id) FROM deadline_miss`},
	{"/w/reviews/opinions/{id}", `SELECT MIN(o.id) FROM legal_review_opinion o JOIN penalty_case c ON c.id = o.case_id WHERE c.unit_id = $1`},
	{"/w/store/things/{code}", `SELECT MIN(code) FROM thing WHERE state = 'held' AND unit_id = $1`},
	{"/w/cases/{id}/dossier/{sheet}", `SELECT 'cover'`},
	{"/w/case-views/{id}", `SELECT MIN(id) FROM saved_view WHERE unit_id = $1`},
	{"/w/parties/{id}", sampleCase},
	{"/w/approvals/{id}", `SELECT MIN(id) FROM approval`},
	{"/w/approvals/{id}/scans/{step}", `SELECT 1`},
	{"/w/approvals/mandates/{id}", `SELECT MIN(id) FROM mandate`},
	{"/w/candidates/{id}", `SELECT MIN(id) FROM exam_candidate WHERE unit_id = $1`},
	{"/w/sittings/{id}", `SELECT MIN(sitting_id) FROM exam_candidate WHERE unit_id = $1`},
	{"/w/attempts/{id}", `SELECT MIN(a.id) FROM exam_attempt a JOIN exam_candidate c ON c.id = a.candidate_id WHERE c.unit_id = $1`},
	{"/w/exams/{id}", `SELECT MIN(sitting_id) FROM exam_candidate WHERE unit_id = $1`},
	{"/api/v1/exams/{id}", `SELECT MIN(sitting_id) FROM exam_candidate WHERE unit_id = $1`},
	{"/api/v1/exam-candidates/{id}", `SELECT MIN(id) FROM exam_candidate WHERE unit_id = $1`},
	{"/w/marking/{id}", `SELECT MIN(sitting_id) FROM exam_candidate WHERE unit_id = $1`},
	{"/api/v1/exam-marking/{id}", `SELECT MIN(sitting_id) FROM exam_candidate WHERE unit_id = $1`},
	{"/w/diplomas/{id}", `SELECT MIN(id) FROM exam_diploma WHERE unit_id = $1`},
	{"/api/v1/exam-diplomas/{id}", `SELECT MIN(id) FROM exam_diploma WHERE unit_id = $1`},
	{"/diplomas/{code}", `SELECT MIN(code) FROM exam_diploma`},
	{"/api/v1/diplomas/{code}", `SELECT MIN(code) FROM exam_diploma`},
	{"/w/motions/{id}", `SELECT '1'`}, // nothing of this bureau waits
	{"/api/v1/exam-motions/{id}", `SELECT '1'`},
	{"/w/scripts/{id}", `SELECT '1'`}, // nobody marks a paper of this bureau
	{"/api/v1/exam-scripts/{id}", `SELECT '1'`},
	{"/w/training/runs/{id}", `SELECT MIN(id) FROM training_run WHERE unit_id = $1`},
	{"/w/registers/of/{code}", `SELECT 'campaign_item'`},
	{"/w/registers/records/{id}", sampleRecord},
	{"/w/registers/records/{id}/files/{file}", `SELECT MIN(id) FROM register_file WHERE record_id = (` + sampleRecord + `)`},
	{"/w/registers/books/{id}", `SELECT MAX(id) FROM register_definition WHERE state = 'draft'`},
	{"/w/practice/answers/{id}", `SELECT MIN(id) FROM training_answer`},
	{"/w/practice/questions/{code}", `SELECT MIN(question) FROM training_answer`},
	{"/w/training/scenes/{id}", `SELECT MIN(id) FROM training_scene`},
	{"/w/training/drafts/{id}", `SELECT MIN(id) FROM training_draft WHERE state = 'writing'`},
	{"/w/bank/{id}", `SELECT MIN(id) FROM exam_question`},
	{"/api/v1/bank/{id}", `SELECT MIN(id) FROM exam_question`},
	{"/w/papers/{id}", samplePaper},
	{"/v/{code}", `SELECT code FROM paper WHERE id = (` + samplePaper + `)`},
	{"/w/series/{id}", `SELECT MIN(series_id) FROM paper WHERE id = (` + samplePaper + `)`},
	{"/w/money/cases/{id}", sampleCase},
	{"/w/payments/{id}", `SELECT MIN(id) FROM payment WHERE case_id = (` + sampleCase + `)`},
	{"/w/money/receipts/{id}", `SELECT MIN(book_id) FROM receipt`},
	{"/w/money/statements/{id}", `SELECT MIN(id) FROM statement`},
	{"/w/money/statement-lines/{id}", `SELECT MIN(id) FROM statement_line`},
	{"/api/v1/training/runs/{id}", `SELECT MIN(id) FROM training_run WHERE unit_id = $1`},
	{"/api/v1/practice/answers/{id}", `SELECT MIN(id) FROM training_answer`},
	{"/api/v1/training/drafts/{id}", `SELECT MIN(id) FROM training_draft WHERE state = 'writing'`},
	{"/api/v1/training/versions/{id}", `SELECT MIN(id) FROM training_scene`},
	{"/api/v1/papers/{code}", `SELECT code FROM paper WHERE id = (` + samplePaper + `)`},
}

const (
	sampleRecord = `SELECT MIN(id) FROM register_record WHERE code = 'campaign_item' AND unit_id = $1`
	sampleLaw    = `SELECT MIN(id) FROM power_law`
	sampleCase   = `SELECT MIN(c.id) FROM penalty_case c JOIN payment p ON p.case_id = c.id WHERE c.unit_id = $1`
	samplePaper  = `SELECT MIN(id) FROM paper WHERE kind = 'onspot_decision' AND case_id = (` + sampleCase + `)`
)

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// sampled answers what stands for each placeholder in this copy of the bureau.
func sampled(t *testing.T, site *apptest.Site) map[string]string {
	t.Helper()
	out := map[string]string{"/w/figures/{id}": definitions(site)[0].ID, "/api/v1/figures/{id}": definitions(site)[0].ID, "/api/v1/calc/{kind}": site.App.Door.Kinds()[0]}
	err := site.App.DB.View(context.Background(), func(tx *store.Tx) error {
		u, err := site.App.Access.UnitByCode(tx, ownUnit)
		if err != nil {
			return err
		}
		for _, s := range samples {
			var v string
			q := strings.ReplaceAll(s[1], "$1", u.ID.String())
			if err := tx.DB().QueryRowContext(tx.Ctx, q).Scan(&v); err != nil {
				t.Errorf("%s：找不到样本记录：%v", s[0], err)
			}
			out[s[0]] = v
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// pathOf puts the samples into a pattern's path; ok is false when a placeholder has none.
func pathOf(path string, found map[string]string) (string, bool) {
	path = strings.TrimSuffix(path, "{$}")
	at := placeholder.FindAllStringIndex(path, -1)
	values := make([]string, len(at))
	for i, where := range at {
		v := found[path[:where[1]]]
		if v == "" { // a record stands at the same place on pages and in the interface
			v = found["/w"+strings.TrimPrefix(path[:where[1]], "/api/v1")]
		}
		if v == "" {
			return path[:where[1]], false
		}
		parts := strings.Split(v, ",")
		copy(values[i+1-len(parts):], parts)
	}
	n := 0
	return placeholder.ReplaceAllStringFunc(path, func(string) string { n++; return values[n-1] }), true
}
