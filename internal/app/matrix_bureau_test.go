package app_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
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

// peopledFrom and peopledUntil bound the month of the street in the bureau in which permissions are tried, peopledToday is
// its day when the cases of the ordinary procedure have come to where they stay.
var (
	peopledFrom  = law.MustDate("2026-01-05")
	peopledUntil = law.MustDate("2026-01-30")
	peopledToday = law.MustDate("2026-04-01")
)

// peopledMorning is the hour at which it opens.
func peopledMorning() time.Time { return peopledToday.Start().Add(9 * time.Hour) }

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
	for _, more := range []func(*apptest.Site) error{p.walked, p.people, p.oldReport, p.records, p.written, p.ordinary} {
		if err == nil {
			err = more(site)
		}
	}
	return p, errors.Join(err, site.Close())
}

// open serves the data in the folder.
func (p *peopled) open(dir string) (*apptest.Site, error) {
	site, err := apptest.Serve(app.Config{Data: dir, Database: p.database})
	if err == nil {
		site.Clock.Set(peopledMorning())
	}
	return site, err
}

// copyTo copies the bureau into a folder of the test's.
func (p *peopled) copyTo(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := copyBureau(dir, p.dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// copyBureau copies the data of a bureau. The files of blobs are never written again once they are there, so that the
// copy shares them.
func copyBureau(dir, from string) error {
	return filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(dir, strings.TrimPrefix(path, from))
		switch {
		case e.IsDir():
			return os.MkdirAll(to, 0o700)
		case strings.HasPrefix(path, filepath.Join(from, "blobs")+"/"):
			return os.Link(path, to)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(to, b, 0o600) // keys among them
	})
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

// oldReport imports and confirms a printed report of the first squad.
func (p *peopled) oldReport(site *apptest.Site) error {
	ctx := context.Background()
	i := slices.IndexFunc(p.actors, func(a actor) bool { return a.role == access.LegalAffairs && a.unit == ownUnit })
	by, err := site.App.Access.SessionFor(ctx, p.actors[i].login)
	if err != nil {
		return err
	}
	const text = "演示局2023年法治政府建设年度报告\n2023年权力事项共126项（其中行政处罚118项，其他权力20项），发送短信2045条，满意率98.3%。\n演示局\n2024年2月20日\n"
	batch, err := site.App.Past.Import(ctx, by, "演示.txt", []byte(text))
	if err != nil {
		return err
	}
	return site.App.Past.Publish(ctx, by, batch)
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
