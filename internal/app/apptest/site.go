package apptest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/demo"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// Start is the day on which the bureau of tests is ready: officers, certificates, powers, benchmarks,
// number series and receipts are there, and no case yet.
var Start = law.MustDate("2026-01-05")

// Outsider is an officer of the second squad who may sign in; the accounts that the demo shows are of the
// first squad or of the desk.
const Outsider = "outsider"

// Site is a running app with its clock.
type Site struct {
	App   *app.App
	Clock *testkit.Clock
	// URL is the server's address, Data the folder with the database and the files.
	URL, Data string

	server *httptest.Server
}

// Open starts the bureau of tests in the folder: on SQLite when database is empty, else in the database that
// PostgreSQL named. Close it.
func Open(data, database string) (*Site, error) {
	if database == "" {
		if err := copyBureau(data); err != nil {
			return nil, err
		}
	}
	return Serve(app.Config{Data: data, Database: database})
}

// PostgreSQL names a database with the bureau of tests, which is dropped at the end of the test.
func PostgreSQL(t testing.TB) string {
	t.Helper()
	return testkit.PostgreSQLCopy(t, "bureau", func(url string) error {
		dir, err := os.MkdirTemp("", "fadu-bureau-")
		if err != nil {
			return err
		}
		return errors.Join(makeBureau(dir, url), os.RemoveAll(dir))
	})
}

// Policy is the program's sign-in policy with passwords that are hashed a thousand times as cheaply: tests sign
// in hundreds of times.
func Policy() *access.Policy {
	p, err := access.DefaultPolicy()
	if err != nil {
		panic(err) // it is part of the program
	}
	p.Password.MemoryKiB, p.Password.Threads = 64, 1
	return &p
}

// Serve starts an app on data that exist, with a clock at Start, 9:00.
func Serve(cfg app.Config) (*Site, error) {
	s := &Site{Data: cfg.Data, Clock: testkit.NewClock()}
	s.Clock.Set(Start.Start().Add(9 * 60 * 60 * 1e9))
	s.server = httptest.NewUnstartedServer(nil)
	s.URL = "http://" + s.server.Listener.Addr().String()
	cfg.Clock, cfg.NoSync, cfg.Base, cfg.DemoAccounts = s.Clock.Now, cfg.Under.Driver == "", s.URL, demo.Accounts()
	cfg.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	if cfg.Policy == nil {
		cfg.Policy = Policy()
	}
	var err error
	if s.App, err = app.Open(context.Background(), cfg); err != nil {
		s.server.Close()
		return nil, err
	}
	s.server.Config.Handler = s.App.Handler()
	s.server.Start()
	return s, nil
}

// Close stops the server and the app.
func (s *Site) Close() error {
	s.server.Close()
	return s.App.Close()
}

// Name returns the person's name of a login.
func (s *Site) Name(login string) (string, error) {
	session, err := s.App.Access.SessionFor(context.Background(), login)
	return session.Name(), err
}

// template is the bureau's SQLite database, made once for a test process.
var template = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "fadu-bureau-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := makeBureau(dir, ""); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, "fadu.db"))
})

func copyBureau(data string) error {
	db, err := template()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(data, 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(data, "fadu.db"), db, 0o600)
}

// makeBureau runs the demo's own commands up to the first case, and adds the outsider.
func makeBureau(data, database string) error {
	ctx := context.Background()
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	cfg := app.Config{Data: data, Database: database, Base: "http://localhost", Log: quiet, Policy: Policy()}
	p := demo.Profile{Name: "apptest", Seed: 1, From: Start, Until: Start}
	if err := demo.Fill(ctx, cfg, p, func(string) {}); err != nil {
		return err
	}
	clock := testkit.NewClock()
	clock.Set(Start.Start().Add(8 * 60 * 60 * 1e9))
	cfg.Clock, cfg.NoSync = clock.Now, true
	a, err := app.Open(ctx, cfg)
	if err != nil {
		return err
	}
	return errors.Join(addOutsider(ctx, a), a.Close())
}

func addOutsider(ctx context.Context, a *app.App) error {
	var unit access.UnitID
	err := a.DB.View(ctx, func(tx *store.Tx) error {
		u, err := a.Access.UnitByCode(tx, "YS-Z2")
		unit = u.ID
		return err
	})
	if err != nil {
		return err
	}
	_, err = a.Access.CreateAccount(ctx, access.System("test"), access.AccountInput{Login: Outsider, Name: "演示·第二中队队员", Unit: unit, Roles: []access.Role{access.Officer}, Password: demo.Password, Settled: true})
	if err != nil {
		return fmt.Errorf("account of the outsider: %w", err)
	}
	return nil
}
