package store

import (
	"context"
	"strings"
	"testing"

	"github.com/uptrace/bun"
)

func TestControls(t *testing.T) {
	for _, c := range []struct {
		name, query string
		want        bool
	}{
		{"一条提交", "COMMIT", true},
		{"藏在分号后面", "INSERT INTO toy VALUES (1); commit", true},
		{"注释后面", "SELECT 1; /* ; ' /* x */ ' */ -- ;\n ROLLBACK", true},
		{"字符串里有分号", "INSERT INTO toy VALUES ('a; commit')", false},
		{"字符串里有单引号", "INSERT INTO toy VALUES ('a''; commit; ')", false},
		{"字符串结束以后", "INSERT INTO toy VALUES ('a'''); commit; SELECT ''", true},
		{"反斜杠在普通字符串里不转义", `INSERT INTO toy VALUES ('\'); commit; SELECT '')`, true},
		{"反斜杠在E字符串里转义", `INSERT INTO toy VALUES (E'\'; commit; ')`, false},
		{"名字以e结尾不是E字符串", `SELECT name'\'; commit; SELECT '`, true},
		{"美元引号", "DO $x$ BEGIN; COMMIT; $x$", false},
		{"美元引号以后", "DO $$ ; $$; COMMIT", true},
		{"名字里有美元号", "SELECT a$b$ ; COMMIT; SELECT $b$", true},
		{"引号名字里有分号", `SELECT "a; commit"`, false},
		{"末尾分号", "SELECT 1;", false},
		{"以end开头的列", "SELECT 1; SELECT endless", false},
		{"空的一条", ";;COMMIT", true},
		{"两个撇号以后", "INSERT INTO toy VALUES ('e''; commit', 'a'); COMMIT", true},
		{"写成E的字符串以后", `SELECT E'\'', 'x'; COMMIT; SELECT '`, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := controls(c.query); got != c.want {
				t.Errorf("%q: %v", c.query, got)
			}
		})
	}
}

// TestLookCannotWrite: who only looks has no transaction that would keep it from writing.
func TestLookCannotWrite(t *testing.T) {
	for _, query := range []string{"INSERT INTO toy (id) VALUES (1)", "UPDATE toy SET id = 2", "DELETE FROM toy", "COMMIT", "WITH gone AS (DELETE FROM toy RETURNING id) SELECT id FROM gone", "SELECT 1; DELETE FROM toy"} {
		g := &guarded{reading: true}
		ctx := guard{}.BeforeQuery(context.WithValue(t.Context(), guardKey{}, g), &bun.QueryEvent{Query: query})
		if g.err == nil || ctx.Err() == nil {
			t.Errorf("%s was let through", query)
		}
	}
	g := &guarded{reading: true}
	if guard.BeforeQuery(guard{}, context.WithValue(t.Context(), guardKey{}, g), &bun.QueryEvent{Query: "SELECT 1"}); g.err != nil {
		t.Error(g.err)
	}
}

// FuzzControls: cutting ends, loses nothing, and a text in quotes hides nothing outside of it.
func FuzzControls(f *testing.F) {
	for _, s := range []string{"", "a;b", "'", "$$", "$x$;$y$", "/*/*", "e'\\", "E'", `"`, "-- ;\n;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if _, second := cutStatement(s); second != "" && single(s) {
			t.Fatalf("%q holds a second statement: %q", s, second)
		}
		rest := s
		for n := 0; rest != ""; n++ {
			if n > len(s) {
				t.Fatal("no end")
			}
			before := len(rest)
			_, rest = cutStatement(rest)
			if len(rest) >= before {
				t.Fatal("nothing cut")
			}
		}
		if literal := "SELECT '" + strings.ReplaceAll(s, "'", "''") + "'"; controls(literal) {
			t.Errorf("%q is a harmless text", literal)
		}
		if hidden := "SELECT '" + strings.ReplaceAll(s, "'", "''") + "'; COMMIT"; !controls(hidden) {
			t.Errorf("%q commits", hidden)
		}
	})
}
