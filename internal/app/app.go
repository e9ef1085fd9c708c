// Package app wires the rooms in order, readable from top to bottom. It is the only package that knows
// all others.
package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"fadu/internal/access"
	"fadu/internal/approval"
	"fadu/internal/blob"
	"fadu/internal/calc"
	"fadu/internal/casework"
	"fadu/internal/casework/decision"
	"fadu/internal/casework/hearing"
	"fadu/internal/cohort"
	"fadu/internal/course"
	"fadu/internal/deadline"
	"fadu/internal/document"
	"fadu/internal/draft"
	"fadu/internal/exam"
	"fadu/internal/exam/sitting"
	"fadu/internal/holiday"
	"fadu/internal/indicator"
	"fadu/internal/jobs"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/ledger"
	"fadu/internal/legalreview"
	"fadu/internal/org"
	"fadu/internal/powers"
	"fadu/internal/register"
	"fadu/internal/report"
	"fadu/internal/report/past"
	"fadu/internal/search"
	"fadu/internal/setting"
	"fadu/internal/store"
	"fadu/internal/training"
	"fadu/internal/web"
)

// Config says where the data is and how the server is reached.
type Config struct {
	// Data is the folder of the embedded database and of the blobs.
	Data string
	// Database is a PostgreSQL URL; empty means SQLite in Data.
	Database string
	// Base is the public address without a trailing slash, printed into QR codes.
	Base  string
	HTTPS bool
	// Clock is the one clock of the process.
	Clock func() time.Time
	// Fonts is a folder of extra fonts for rare characters; may be empty.
	Fonts string
	// Proxies may say for whom they forward; Holidays is a further calendar file (CSV), for a year that the
	// program does not know yet.
	Proxies  []netip.Prefix
	Holidays string
	// Key is the file of the server's key; empty means secret.key in Data. Policy replaces the sign-in
	// policy, nil for the embedded one. OIDC is the bureau's identity provider, nil for none.
	Key    string
	Policy *access.Policy
	OIDC   *access.OIDC
	// DemoAccounts are shown on the sign-in page of a demo.
	DemoAccounts []access.DemoAccount
	Log          *slog.Logger
	// LedgerKey is the private key that signs checkpoints; empty means ledger.key in Data. Checkpoints is a
	// second place to which each one is written; empty means none. CheckpointEvery is how often; 0 means
	// every ten minutes.
	LedgerKey, Checkpoints string
	CheckpointEvery        time.Duration
	// Backup says when backups are made while the program runs.
	Backup Plan
	// Limits bound connections; zero values mean the usual ones.
	Limits Limits
	// Space replaces how the free space of a folder is asked for, in tests.
	Space func(dir string) (uint64, error)
	// Glance is how old a count beside a menu, on a tab or above a list may be (see store.Glance); 0 allows none.
	Glance time.Duration
	// NoSync trades durability for speed while a demo database is filled; never set it when serving.
	NoSync bool
	// Under replaces what the database and Disk what the folder of files stands on, for tests of their failures.
	Under store.Under
	Disk  func(step string) error
}

// App is the running program.
type App struct {
	DB       *store.DB
	Judge    *law.Judge
	Calendar *calendar.Calendar
	Access   *access.Service
	Settings *setting.Service
	Holidays *holiday.Service
	Terms    *deadline.Service
	Forms    *approval.Service
	Desks
	Org       *org.Service
	Powers    *powers.Service
	Cases     *casework.Service
	Training  *training.Service
	Registers *register.Service
	Past      *past.Service
	Bank      *exam.Bank
	Courses   *course.Service
	Cohorts   *cohort.Service
	Exams     *sitting.Service
	Report    *report.Service
	Door      *calc.Door
	Jobs      *jobs.Runner
	Blobs     *blob.Folder
	Bureau    string
	Demo      bool

	cfg                Config
	disk               *disk
	meters             *meters
	backups, witnessed lastRun
	routes             []access.Route
	stop               context.CancelFunc
	notary             *ledger.Notary
	notaryOnce         sync.Mutex
}

// Migrations are the schema of the whole program.
func Migrations() []fs.FS {
	return []fs.FS{ledger.Migrations, jobs.Migrations, search.Migrations, draft.Migrations, access.Migrations, setting.Migrations, holiday.Migrations, org.Migrations, powers.Migrations, deadline.Migrations, approval.Migrations, casework.Migrations, legalreview.Migrations, indicator.Migrations, training.Migrations, exam.Migrations, sitting.Migrations, register.Migrations, past.Migrations, course.Migrations, cohort.Migrations}
}

// References are the columns in which business rows keep their ledger entry.
func References() []ledger.Reference {
	return slices.Concat(access.References(), setting.References, holiday.References, org.References, draft.References, powers.References, deadline.References, approval.References,
		[]ledger.Reference{{Table: "ledger_key", Column: "entry_id"}}, legalreview.References, training.References, exam.References, sitting.References, register.References, past.References, course.References, cohort.References, casework.References)
}

// Kinds are the labels of every kind of ledger entry.
func Kinds() map[string]string {
	all := map[string]string{ledger.KindBorn: "建立数据库", ledger.KindKey: "启用检查点签名密钥", ledger.KindSealed: "补做入账摘要"}
	for _, ks := range []map[string]string{access.Kinds, setting.Kinds, holiday.Kinds, org.Kinds, draft.Kinds, powers.Kinds, deadline.Kinds, approval.Kinds, casework.Kinds, report.Kinds, training.Kinds, exam.Kinds, sitting.Kinds, register.Kinds, past.Kinds, course.Kinds, cohort.Kinds} {
		maps.Copy(all, ks)
	}
	return all
}

// subjects are the kinds of records that ledger entries are about and that forms change.
var subjects = []string{"case", "paper", "booklet", "series", "receipt_book", "statement", "unit", "account", "person", "certificate", "subject", "power", "power_adjustment", "draft", "setting", "law", "reminder", "mandate", "scene", "run", "question", "answer", "bank_question", "sitting", "candidate", "attempt", "register", "record", "past_report", "course", "study", "lesson", "points_edition", "cohort"}

// Settings are what the slices leave to the bureau, in the order in which the page lists them.
func Settings() []setting.Item {
	return slices.Concat(powers.Settings, org.Settings, casework.Settings, decision.Settings, hearing.Settings, deadline.Settings(), course.Settings, []setting.Item{approval.Way})
}

// NewJudge returns the one evaluator with all rules of the program.
func NewJudge() (*law.Judge, error) {
	return law.NewJudge(org.Rules(), org.CertificateRules(), org.SubjectRules(), casework.Rules())
}

// blobLimit is the largest single file that is accepted.
const blobLimit = 64 << 20

// Open opens the data and builds every room. The database must have been born (Create).
func Open(ctx context.Context, cfg Config) (*App, error) {
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	cfg.Log = slog.New(web.MaskLog(cfg.Log.Handler()))
	a := &App{cfg: cfg, disk: newDisk(cfg), meters: &meters{by: map[served]*tally{}}}
	ctx, a.stop = context.WithCancel(ctx)
	var err error
	if err = born(cfg); err == nil {
		a.DB, err = openDB(ctx, cfg)
	}
	if err != nil {
		a.stop()
		return nil, err
	}
	if err := a.build(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// born refuses to open an embedded database that is not there: opening would make an empty one.
func born(cfg Config) error {
	if cfg.Database != "" {
		return nil
	}
	_, err := os.Stat(cfg.file())
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s 里没有数据库：%w。目录写错了的，用 --data 指明原来的数据目录", cfg.Data, ErrUnborn)
	}
	return err
}

// file is the embedded database.
func (c Config) file() string { return filepath.Join(c.Data, "fadu.db") }

// url is the database's address for the store.
func (c Config) url() string {
	if c.Database != "" {
		return c.Database
	}
	return "sqlite:" + c.file()
}

func (c Config) blobs() string { return filepath.Join(c.Data, "blobs") }

func openDB(ctx context.Context, cfg Config) (*store.DB, error) {
	db, err := store.Open(ctx, store.Options{URL: cfg.url(), Clock: cfg.Clock, Migrations: Migrations(), Glance: cfg.Glance, NoSync: cfg.NoSync, Under: cfg.Under})
	if err != nil {
		return nil, err
	}
	if err := ledger.Start(ctx, db, ledger.Unproven(References())...); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// ErrUnborn says that the database is empty: it was never created for a bureau.
var ErrUnborn = errors.New("这个数据库还没有建立。请先运行 fadu init（正式库）或 fadu demo（演示库）")

// Create makes an empty database a bureau's, as a demo or for real, for good.
func Create(ctx context.Context, cfg Config, bureau string, demo bool) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return fmt.Errorf("建不了数据目录：%w", err)
	}
	if err := syncFolder(filepath.Dir(filepath.Clean(cfg.Data))); err != nil {
		return fmt.Errorf("建不了数据目录：%w", err)
	}
	db, err := openDB(ctx, cfg)
	if err != nil {
		return err
	}
	err = db.Update(ctx, func(tx *store.Tx) error {
		return ledger.Born(tx, access.System("console").Actor(), bureau, demo)
	})
	if err == nil {
		_, err = notaryOf(ctx, cfg, db, bureau)
	}
	return errors.Join(err, db.Close())
}

// whose reads whose data these are.
func (a *App) whose(ctx context.Context) error {
	return a.DB.View(ctx, func(tx *store.Tx) (err error) {
		var ok bool
		a.Bureau, a.Demo, ok, err = ledger.Birth(tx)
		if err == nil && !ok {
			err = ErrUnborn
		}
		return err
	})
}

func (a *App) build(ctx context.Context) error {
	cfg := a.cfg
	if err := a.whose(ctx); err != nil {
		return err
	}
	base, err := Calendar(cfg.Holidays)
	if err != nil {
		return err
	}
	if a.Holidays, err = holiday.New(ctx, a.DB, base); err != nil {
		return err
	}
	a.Calendar = a.Holidays.Calendar()
	if a.Judge, err = NewJudge(); err != nil {
		return err
	}
	if err := errors.Join(casework.CheckProcedures(), powers.Adjusting.Check()); err != nil {
		return err
	}
	if a.Blobs, err = blob.NewFolder(cfg.blobs(), blobLimit); err != nil {
		return err
	}
	a.Blobs.Before(cfg.Disk)
	press, err := document.Open(cfg.Fonts)
	if err != nil {
		return err
	}
	if err := a.openAccess(); err != nil {
		return err
	}
	if a.Settings, err = setting.New(a.DB, Settings()...); err != nil {
		return err
	}
	a.Org = org.New(a.DB, a.Access, a.Judge)
	a.Powers = powers.New(a.DB, powers.Options{Blobs: a.Blobs})
	a.Terms = deadline.New(deadline.Deps{DB: a.DB, Units: a.Access, Calendar: a.Calendar, Program: Program, People: peopleNames})
	a.Forms = approval.New(approval.Deps{DB: a.DB, Units: a.Access, Blobs: a.Blobs})
	a.Cases = casework.New(casework.Deps{DB: a.DB, Units: a.Access, Org: a.Org, Powers: a.Powers, Judge: a.Judge, Calendar: a.Calendar, Blobs: a.Blobs, Press: press, BaseURL: cfg.Base, Demo: a.Demo, Terms: a.Terms, Others: a.waiting, Kinds: Kinds(), Approval: a.signing, AskApproval: a.askSigning, Acting: func(tx *store.Tx, account access.AccountID) (string, error) {
		return approval.HeadMandate(tx, account, tx.Today())
	}, Moved: a.lapseForms})
	a.openStudies(press)
	if err := a.openRegisters(ctx); err != nil {
		return err
	}
	a.linkTerms()
	a.openDesks()
	a.linkPowers()
	a.Past = past.New(a.DB)
	if err := a.openFigures(ctx); err != nil {
		return err
	}
	if a.Door, err = NewDoor(a.Calendar, a.Judge, func() law.Date { return law.DateOf(cfg.Clock()) }); err != nil {
		return err
	}
	a.Jobs = jobs.NewRunner(a.DB, a.work())
	return nil
}

// openFigures builds the figures; those of a register that the bureau designs are counted as soon as it is in use.
func (a *App) openFigures(ctx context.Context) (err error) {
	if a.Report, err = report.New(a.DB, a.Access, a.Indicators()); err != nil {
		return err
	}
	a.Registers.Follow(func() error { return a.Report.Define(a.Indicators()) })
	a.Report.Follow(a.Registers.Refresh)
	return a.Report.Prepare(ctx)
}

// Indicators are the definitions of all figures.
func (a *App) Indicators() []indicator.Definition {
	return slices.Concat(a.Cases.Indicators(), a.Org.Indicators(), a.Review.Indicators(), deadline.Indicators(caseKind, "/w/cases/%d"), a.Registers.Indicators())
}

// openAccess builds the door of every request.
func (a *App) openAccess() error {
	cfg := a.cfg
	key, err := serverKey(cfg.KeyPath())
	if err != nil {
		return err
	}
	o := access.Options{
		Bureau: a.Bureau, Demo: a.Demo, HTTPS: cfg.HTTPS, Checkpoint: a.Checkpoint, Kinds: Kinds(), Subjects: subjects, Nouns: a.nouns(), Nav: a.nav(), DemoAccounts: cfg.DemoAccounts,
		Alias: org.PersonByCertificate, TrustedProxies: cfg.Proxies, Log: cfg.Log, Key: key, Policy: cfg.Policy, OIDC: cfg.OIDC,
	}
	if o.OIDC != nil {
		o.OIDC.Base = cfg.Base
	}
	a.Access, err = access.New(a.DB, o)
	return err
}

// NewDoor returns the recheck door over the embedded law and starter data.
func NewDoor(cal *calendar.Calendar, judge *law.Judge, today func() law.Date) (*calc.Door, error) {
	door, err := calc.New(calc.Options{Calendar: cal, Terms: calendar.StatutoryTerms(), Judge: judge, Vocabulary: law.Words(), Today: today, CheckWord: casework.CheckWord})
	if err != nil {
		return nil, err
	}
	lib, err := powers.Starter()
	if err != nil {
		return nil, err
	}
	for rule, f := range powers.AmountRules(lib) {
		if err := door.AddAmount(rule, f); err != nil {
			return nil, err
		}
	}
	return door, nil
}

// Close stops the program after what it holds.
func (a *App) Close() error {
	var err error
	if a.Access != nil {
		ctx, cancel := context.WithTimeout(context.Background(), closing)
		defer cancel()
		err = a.Access.Close(ctx)
	}
	a.stop()
	return errors.Join(err, a.DB.Close())
}

// closing bounds how long the end waits for what must still be written.
const closing = 10 * time.Second

// Handler is everything that the program answers over HTTP.
func (a *App) Handler() http.Handler { return a.handler() }
