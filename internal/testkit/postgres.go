package testkit

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// EnvPostgreSQL names the variable with the URL of a running PostgreSQL server, such as withpg starts,
// whose user may create databases.
const EnvPostgreSQL = "FADU_TEST_PG_URL"

// EnvEngines, when set, names the engines to test, such as "sqlite" for a quick run.
const EnvEngines = "FADU_TEST_ENGINES"

// databases is a server in which tests make databases. Ours, if we started it, is kept here: were it
// collected, its lifeline would close.
type databases struct {
	url  string
	ours *Server
}

var (
	sharedOnce sync.Once
	shared     *databases
	sharedErr  error
	serial     atomic.Int64
)

// cluster returns the server of this test process and starts it when it is asked for first.
func cluster(t testing.TB) *databases {
	t.Helper()
	wanted(t)
	sharedOnce.Do(func() {
		if u := os.Getenv(EnvPostgreSQL); u != "" {
			shared = &databases{url: u}
			return
		}
		s, err := StartServer(false)
		if err != nil {
			sharedErr = err
			return
		}
		// Its keeper stops it when this process ends, however that happens.
		shared = &databases{url: s.URL(), ours: s}
	})
	if sharedErr != nil {
		missing(t, sharedErr)
	}
	return shared
}

// DurableServer starts a server for this test alone that syncs as in production and may be crashed.
func DurableServer(t testing.TB) *Server {
	t.Helper()
	wanted(t)
	s, err := StartServer(true)
	if err != nil {
		missing(t, err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// wanted skips the test when PostgreSQL is not among the engines asked for.
func wanted(t testing.TB) {
	t.Helper()
	if e := os.Getenv(EnvEngines); e != "" && !strings.Contains(e, "postgres") {
		t.Skipf("%s: the PostgreSQL suite did not run: %s=%s", t.Name(), EnvEngines, e)
	}
}

// missing skips a PostgreSQL test that got err where there is no PostgreSQL, but never in CI; any other
// err fails it.
func missing(t testing.TB, err error) {
	t.Helper()
	if errors.Is(err, ErrNoPostgreSQL) && os.Getenv("CI") == "" {
		t.Skipf("%s: the PostgreSQL suite did not run: %v", t.Name(), err)
	}
	t.Fatal(err)
}

// admin runs f on a connection to the server's own database.
func (d *databases) admin(f func(ctx context.Context, c *pgx.Conn) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	c, err := pgx.Connect(ctx, d.url)
	if err != nil {
		return fmt.Errorf("testkit: connect to %s: %w", d.url, err)
	}
	defer func() { _ = c.Close(ctx) }()
	return f(ctx, c)
}

// named returns the URL of a database of the server.
func (d *databases) named(name string) string {
	u, err := url.Parse(d.url)
	if err != nil {
		return d.url
	}
	u.Path = "/" + name
	return u.String()
}

// create makes a database from the template.
func (d *databases) create(name, template string) error {
	err := d.admin(func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.Exec(ctx, "CREATE DATABASE "+name+" TEMPLATE "+template)
		return err
	})
	if err != nil {
		return fmt.Errorf("testkit: create database %s: %w", name, err)
	}
	return nil
}

// filled makes a database from the template, has it filled and closed, and returns its name, from which
// copies can be made. It stays until the server goes.
func (d *databases) filled(template string, fill func(url string) error) (string, error) {
	n := serial.Add(1)
	unready, name := fmt.Sprintf("filling_%d_%d", os.Getpid(), n), fmt.Sprintf("filled_%d_%d", os.Getpid(), n)
	if err := d.create(unready, template); err != nil {
		return "", err
	}
	if err := fill(d.named(unready)); err != nil {
		return "", err
	}
	return name, d.admin(func(ctx context.Context, c *pgx.Conn) error { return settle(ctx, c, unready, name) })
}

// settle gives a database that was just closed its name as a template. A closed connection may take a
// moment to leave the server.
func settle(ctx context.Context, c *pgx.Conn, unready, name string) error {
	_, err := c.Exec(ctx, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", unready)
	if err != nil {
		return err
	}
	for range 100 {
		if _, err = c.Exec(ctx, "ALTER DATABASE "+unready+" RENAME TO "+name); err == nil {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return err
}

// createFor makes a database from the template and drops it at the end of the test.
func (d *databases) createFor(t testing.TB, template string) string {
	t.Helper()
	name := fmt.Sprintf("test_%d_%d", os.Getpid(), serial.Add(1))
	if err := d.create(name, template); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		err := d.admin(func(ctx context.Context, c *pgx.Conn) error {
			_, err := c.Exec(ctx, "DROP DATABASE "+name+" WITH (FORCE)")
			return err
		})
		if err != nil {
			t.Errorf("testkit: drop database %s: %v", name, err)
		}
	})
	return d.named(name)
}

// template returns the name of a database with the migrations applied. It is made once for the server,
// also when several test processes ask at the same time.
func (d *databases) template(folders []fs.FS) (string, error) {
	key, err := fingerprint(folders)
	if err != nil {
		return "", err
	}
	name := "template_" + key
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	err = d.admin(func(ctx context.Context, c *pgx.Conn) error {
		if _, err := c.Exec(ctx, "SELECT pg_advisory_lock($1)", int64(h.Sum32())); err != nil {
			return err
		}
		var exists bool
		if err := c.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)", name).Scan(&exists); err != nil || exists {
			return err
		}
		unready := name + "_unready" // left behind by a process that died
		if _, err := c.Exec(ctx, "DROP DATABASE IF EXISTS "+unready+" WITH (FORCE)"); err != nil {
			return err
		}
		if _, err := c.Exec(ctx, "CREATE DATABASE "+unready+" TEMPLATE template0"); err != nil {
			return err
		}
		if err := migrated(d.named(unready), folders); err != nil {
			return err
		}
		return settle(ctx, c, unready, name)
	})
	if err != nil {
		return "", fmt.Errorf("testkit: template database: %w", err)
	}
	return name, nil
}
