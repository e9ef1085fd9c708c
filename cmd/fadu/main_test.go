package main

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"fadu": main})
}

// TestCommands plays testdata/script/*.txtar with the real program. Besides testscript's own commands:
//
//	sql FILE STATEMENT   changes a SQLite file behind the program's back
//	lines N              the last command wrote N lines
func TestCommands(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			cache := filepath.Join(env.WorkDir, ".cache")
			env.Setenv("XDG_CACHE_HOME", cache)
			env.Setenv("FADU_DATABASE", "")
			return os.MkdirAll(cache, 0o700)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"sql": behindItsBack, "lines": lines},
	})
}

func behindItsBack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: sql FILE STATEMENT")
	}
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	defer func() { _ = db.Close() }()
	_, err = db.Exec(strings.Join(args[1:], " "))
	ts.Check(err)
}

// lines checks how many lines the last command wrote: one answer for each question.
func lines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: lines N")
	}
	out := ts.ReadFile("stdout")
	if n := strings.Count(out, "\n"); fmt.Sprint(n) != args[0] {
		ts.Fatalf("%d lines, want %s:\n%s", n, args[0], out)
	}
}

// TestServe starts the demo as a person does, opens its first page and ends it as Ctrl-C does.
func TestServe(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short")
	}
	s := startDemo(t)
	began := time.Now()
	for _, page := range []struct{ path, says string }{{"/", "演示"}, {"/sign-in", "Fadu-Demo-2026"}, {"/api/v1/openapi.json", `"openapi"`}, {"/v/", "验证码"}} {
		if body := s.get(t, page.path); !strings.Contains(body, page.says) {
			t.Errorf("%s does not say %q: %.200s", page.path, page.says, body)
		}
	}
	for _, role := range []string{"officer102", "leader1", "clerk", "cashier", "legal", "head", "sysadmin", "secadmin", "auditor"} {
		if !regexp.MustCompile(`(?m)^\s+` + role + `\s+\S+`).MatchString(s.said()) {
			t.Errorf("the account %s is not announced:\n%s", role, s.said())
		}
	}
	s.interrupt(t)
	t.Logf("it took %s from the first request to the end", time.Since(began))
	if _, err := os.Stat(s.data(t)); !os.IsNotExist(err) {
		t.Errorf("the temporary folder is left behind: %v", err)
	}
}
