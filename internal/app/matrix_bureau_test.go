package app_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/app/apptest"
	"fadu/internal/casework"
	"fadu/internal/demo"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/powers"
	"fadu/internal/store"
)

// peopledFrom and peopledUntil bound the short life of the bureau in which permissions are tried.
var (
	peopledFrom  = law.MustDate("2026-01-05")
	peopledUntil = law.MustDate("2026-01-30")
)

// actor is somebody who asks: a holder of one role in a unit, nobody, or a program.
type actor struct {
	label, login string
	role         access.Role
	unit         string
	// token is what a program shows; its permissions are rights.
	token  string
	rights []access.Permission
}

// may reports whether the roles' data gives the actor the permission.
func (a actor) may(p access.Permission) bool {
	if p == access.Public {
		return true
	}
	if a.role == "" && a.token == "" {
		return false
	}
	if p == "" {
		return true
	}
	if a.token != "" {
		return slices.Contains(a.rights, p)
	}
	info, _ := access.Catalogue().Find(a.role)
	return slices.Contains(info.Permissions, p)
}

const (
	ownUnit     = "YS-Z1"
	foreignUnit = "YS-Z2"
)

// peopled is a bureau with a month of work, an account for every role in the first squad and for every
// role of a single unit in the second. The folder is copied for each who asks, so that nobody's acts are
// seen by the next.
type peopled struct {
	dir    string
	actors []actor
	// database is where the bureau lies when it is not in the folder; then there is one, and no copies.
	database string
}

var peopledBureau = sync.OnceValues(func() (*peopled, error) { return fillPeopled("") })

func fillPeopled(database string) (*peopled, error) {
	dir, err := os.MkdirTemp("", "fadu-peopled-")
	if err != nil {
		return nil, err
	}
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	cfg := app.Config{Data: dir, Database: database, Base: "http://localhost", Log: quiet, Policy: apptest.Policy()}
	if err := demo.Fill(context.Background(), cfg, demo.Profile{Name: "peopled", Seed: 7, Cases: 24, From: peopledFrom, Until: peopledUntil}, func(string) {}); err != nil {
		return nil, err
	}
	p := &peopled{dir: dir, database: database}
	site, err := p.open(dir)
	if err != nil {
		return nil, err
	}
	err = p.people(site)
	if err == nil {
		err = p.records(site)
	}
	if err == nil {
		err = p.ordinary(site)
	}
	if e := site.Close(); err == nil {
		err = e
	}
	return p, err
}

// open serves the data in the folder on the morning after its last day.
func (p *peopled) open(dir string) (*apptest.Site, error) {
	site, err := apptest.Serve(app.Config{Data: dir, Database: p.database})
	if err == nil {
		site.Clock.Set(peopledUntil.AddDays(1).Start().Add(9 * 60 * 60 * 1e9))
	}
	return site, err
}

// copyTo copies the bureau into a folder of the test's.
func (p *peopled) copyTo(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	err := os.CopyFS(dir, os.DirFS(p.dir))
	for _, key := range []string{"ledger.key", "secret.key"} { // copies are readable by others, which keys must not be
		if err == nil {
			err = os.Chmod(filepath.Join(dir, key), 0o600)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// copied serves a copy of the bureau.
func (p *peopled) copied(t *testing.T) *apptest.Site {
	t.Helper()
	site, err := p.open(p.copyTo(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := site.Close(); err != nil {
			t.Error(err)
		}
	})
	return site
}

// people adds the accounts and the tokens.
func (p *peopled) people(site *apptest.Site) error {
	ctx, system := context.Background(), access.System("test")
	units := map[string]access.UnitID{}
	err := site.App.DB.View(ctx, func(tx *store.Tx) error {
		for _, code := range []string{ownUnit, foreignUnit} {
			u, err := site.App.Access.UnitByCode(tx, code)
			if err != nil {
				return err
			}
			units[code] = u.ID
		}
		return nil
	})
	if err != nil {
		return err
	}
	add := func(a actor) error {
		a.login = fmt.Sprintf("matrix%02d", len(p.actors)+1)
		_, err := site.App.Access.CreateAccount(ctx, system, access.AccountInput{Login: a.login, Name: "演示·" + a.label, Unit: units[a.unit], Roles: []access.Role{a.role}, Password: demo.Password, Settled: true})
		p.actors = append(p.actors, a)
		return err
	}
	for _, r := range access.Catalogue().Roles {
		if err := add(actor{label: short(r.Label), role: r.Code, unit: ownUnit}); err != nil {
			return err
		}
	}
	for _, r := range access.Catalogue().Roles {
		if r.Reach == access.ReachUnit {
			if err := add(actor{label: "外单位" + short(r.Label), role: r.Code, unit: foreignUnit}); err != nil {
				return err
			}
		}
	}
	if err := p.programs(site, units[ownUnit]); err != nil {
		return err
	}
	disabled := actor{label: "停用的账号", unit: ownUnit, role: access.SquadLeader}
	if err := add(disabled); err != nil {
		return err
	}
	p.actors[len(p.actors)-1].role = "" // nothing is left of it
	p.actors = append(p.actors, actor{label: "未登录"})
	return nil
}

// short is a role's first name: 中队长、大队长 is 中队长.
func short(label string) string {
	label, _, _ = strings.Cut(label, "、")
	label, _, _ = strings.Cut(label, "（")
	return label
}

// programs makes a token with a squad leader's permissions, and one whose permission no call asks for.
func (p *peopled) programs(site *apptest.Site, unit access.UnitID) error {
	ctx := context.Background()
	for _, want := range []struct {
		label  string
		role   access.Role
		rights []access.Permission
	}{
		{"中队长的令牌", access.SquadLeader, nil},
		{"没有相应权限的令牌", access.SecurityAdmin, []access.Permission{access.TokenManage}},
	} {
		i := slices.IndexFunc(p.actors, func(a actor) bool { return a.role == want.role && a.unit == ownUnit })
		if want.rights == nil {
			info, _ := access.Catalogue().Find(want.role)
			want.rights = info.Permissions
		}
		owner, err := site.App.Access.SessionFor(ctx, p.actors[i].login)
		if err != nil {
			return err
		}
		held, _, err := site.App.Access.CreateToken(ctx, owner, access.TokenInput{Name: want.label, Unit: unit, Permissions: slices.Clone(want.rights), Until: law.DateOf(site.Clock.Now()).AddDays(300)})
		if err != nil {
			return err
		}
		p.actors = append(p.actors, actor{label: want.label, token: held, rights: want.rights})
	}
	return nil
}

// records adds what a month of the demo does not have.
func (p *peopled) records(site *apptest.Site) error {
	ctx, system := context.Background(), access.System("test")
	var person org.PersonID
	var card org.CertificateID
	var pv, cv int64
	err := site.App.DB.View(ctx, func(tx *store.Tx) error {
		const q = `SELECT p.id, p.version, k.id, k.version FROM org_person_row p JOIN org_certificate_row k ON k.person_id = p.id WHERE p.left_on = '' ORDER BY p.staff_number DESC LIMIT 1`
		return tx.DB().QueryRowContext(tx.Ctx, q).Scan(&person, &pv, &card, &cv)
	})
	if err != nil {
		return err
	}
	today := law.DateOf(site.Clock.Now())
	if err := site.App.Org.Absent(ctx, system, person, pv, today, today.AddDays(20), "学习"); err != nil {
		return err
	}
	if err := site.App.Org.Suspend(ctx, system, card, cv, org.SuspensionInput{From: today, Until: today.AddDays(20), Reason: "演示：培训期间"}); err != nil {
		return err
	}
	var code string
	err = site.App.DB.View(ctx, func(tx *store.Tx) error {
		return tx.DB().NewRaw(`SELECT MAX(power_code) FROM penalty_case`).Scan(tx.Ctx, &code)
	})
	if err != nil {
		return err
	}
	cancel := powers.AdjustInput{
		Kind: powers.AdjustCancel, Codes: []string{code}, Reason: "演示：条例修改", BasisTitle: "演示市关于取消一批权责事项的通知", BasisNumber: "演示政发〔2026〕9号", BasisDate: today.AddDays(-5),
		EffectiveOn: today.AddDays(20), Handling: powers.HandlingContinue, HandlingDocument: "演示政发〔2026〕9号第三条",
	}
	if err := p.adjust(site, cancel, today); err != nil {
		return err
	}
	var unit access.UnitID
	err = site.App.DB.View(ctx, func(tx *store.Tx) error {
		u, err := site.App.Access.UnitByCode(tx, ownUnit)
		unit = u.ID
		return err
	})
	if err != nil {
		return err
	}
	booklet := casework.BookletInput{Unit: unit, Kind: casework.OnSpotDecision, Year: 2026, Prefix: "演城管手罚字", First: 1, Last: 5, Printer: "演示印刷厂", Edition: today.AddDays(-20), Presealed: true}
	if _, err := site.App.Cases.RegisterBooklet(ctx, system, booklet); err != nil {
		return err
	}
	return p.kept(site)
}

// adjust brings an adjustment of powers to its filing, by three people.
func (p *peopled) adjust(site *apptest.Site, in powers.AdjustInput, today law.Date) error {
	ctx := context.Background()
	as := map[access.Role]access.Session{}
	for _, r := range []access.Role{access.Clerk, access.LegalReviewer, access.LegalAffairs} {
		i := slices.IndexFunc(p.actors, func(a actor) bool { return a.role == r })
		var err error
		if as[r], err = site.App.Access.SessionFor(ctx, p.actors[i].login); err != nil {
			return err
		}
	}
	id, err := site.App.Powers.Propose(ctx, as[access.Clerk], in)
	if err == nil {
		err = site.App.Powers.Attach(ctx, as[access.Clerk], id, 1, powers.Attachment{Name: "通知.pdf", Type: "application/pdf", Body: strings.NewReader("%PDF-1.4 演示")})
	}
	if err == nil {
		err = site.App.Powers.CheckAdjustment(ctx, as[access.LegalReviewer], id, 2, "演示：依据属实")
	}
	if err == nil {
		err = site.App.Powers.FileAdjustment(ctx, as[access.LegalAffairs], id, 3, powers.FilingInput{With: "演示市司法局", Number: "演示备〔2026〕1号", On: today})
	}
	return err
}

// kept leaves a form that was filled in when the session had ended, and a session of somebody else.
func (p *peopled) kept(site *apptest.Site) error {
	site.Clock.Advance(-4 * time.Hour)
	b, err := site.Browser(p.actors[0].login)
	if err == nil {
		err = b.Get("/w/cases/new")
	}
	if err != nil {
		return err
	}
	site.Clock.Advance(4*time.Hour - 5*time.Minute)
	if err := b.Force("/w/cases/new", "summary=占道堆放"); err != nil {
		return err
	}
	_, err = site.Browser("officer102")
	return err
}

// samples are the records that stand in the routes' patterns: the path up to the placeholder, and the
// query that finds one. $1 is the first squad. Whoever adds a route with a record of a new kind adds a
// line; without it the route cannot be asked and the test fails.
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
	{"/w/cases/{id}/evidence/{number}", `SELECT '1'`}, // the month has none: nobody finds it
	{"/w/cases/{id}/plans/{plan}", `SELECT '1'`},      // the month has none: nobody finds it
	{"/w/ledger/entries/{id}", `SELECT MIN(id) FROM ledger_entry`},
	{"/w/ledger/checkpoints/{size}", `SELECT '1'`}, // no checkpoint is made of so few
	{"/api/v1/ledger/entries/{seq}", `SELECT '1'`},
	{"/api/v1/ledger/checkpoints/{size}", `SELECT '1'`},
	{"/w/settings/{key}", `SELECT 'powers.sole_trader'`},
	{"/w/calendar/years/{year}", `SELECT '2026'`},
	{"/w/calendar/preview/{id}", `SELECT '1'`}, // nobody is loading a year
	{"/w/calendar/import/{id}", `SELECT '1'`},
	{"/w/calendar/import/{id}/rows/{row}", `SELECT '1'`},
	{"/w/booklets/{id}", `SELECT MIN(id) FROM booklet`},
	{"/w/booklets/{id}/photos/{photo}", `SELECT '1'`}, // no number of the booklet is used yet
	{"/w/booklets/{id}/numbers/{number}", `SELECT MIN(number) FROM booklet_number`},
	{"/w/deadlines/terms/{id}", `SELECT MIN(id) FROM deadline WHERE state = 'running' AND ref IN (SELECT ref FROM reminder)`},
	{"/w/deadlines/reminders/{id}", `SELECT MIN(id) FROM reminder`},
	{"/w/deadlines/misses/{id}", `SELECT MIN(id) FROM deadline_miss`},
	{"/w/reviews/opinions/{id}", `SELECT '0'`},
	{"/w/store/things/{code}", `SELECT '0'`},
	{"/w/cases/{id}/dossier/{sheet}", `SELECT 'cover'`},
	{"/w/case-views/{id}", `SELECT '0'`},
	{"/w/parties/{id}", sampleCase},
	{"/parties/{id}", sampleCase},
	{"/store/things/{code}", `SELECT '0'`},
	{"/w/approvals/{id}", `SELECT MIN(id) FROM approval`},
	{"/w/approvals/{id}/scans/{step}", `SELECT 1`},
	{"/w/approvals/mandates/{id}", `SELECT MIN(id) FROM mandate`},
	{"/w/papers/{id}", samplePaper},
	{"/v/{code}", `SELECT code FROM paper WHERE id = (` + samplePaper + `)`},
	{"/w/series/{id}", `SELECT MIN(series_id) FROM paper WHERE id = (` + samplePaper + `)`},
	{"/w/money/cases/{id}", sampleCase},
	{"/w/payments/{id}", `SELECT MIN(id) FROM payment WHERE case_id = (` + sampleCase + `)`},
	{"/w/money/receipts/{id}", `SELECT MIN(book_id) FROM receipt`},
	{"/w/money/statements/{id}", `SELECT MIN(id) FROM statement`},
	{"/w/money/statement-lines/{id}", `SELECT MIN(id) FROM statement_line`},
	{"/api/v1/papers/{code}", `SELECT code FROM paper WHERE id = (` + samplePaper + `)`},
}

const (
	sampleLaw   = `SELECT MIN(id) FROM power_law`
	sampleCase  = `SELECT MIN(c.id) FROM penalty_case c JOIN payment p ON p.case_id = c.id WHERE c.unit_id = $1`
	samplePaper = `SELECT MIN(id) FROM paper WHERE kind = 'onspot_decision' AND case_id = (` + sampleCase + `)`
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
	asked := path
	for _, at := range placeholder.FindAllStringIndex(path, -1) {
		v := found[path[:at[1]]]
		if v == "" { // a record stands at the same place on pages and in the interface
			v = found["/w"+strings.TrimPrefix(path[:at[1]], "/api/v1")]
		}
		if v == "" {
			return path[:at[1]], false
		}
		asked = strings.Replace(asked, path[at[0]:at[1]], v, 1)
	}
	return asked, true
}
