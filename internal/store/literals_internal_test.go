package store

import (
	"fmt"
	"strings"
	"testing"

	"github.com/uptrace/bun/dialect/sqlitedialect"
)

func TestSeparate(t *testing.T) {
	const m = string(argumentMark)
	long := "912255724845793280"
	for name, c := range map[string]struct {
		in, sqlite, pg, args string
		reuse                bool
	}{
		"文本参数取出":          {in: `SELECT a FROM t WHERE a = ` + m + `'张''三'`, sqlite: `SELECT a FROM t WHERE a = ?`, pg: `SELECT a FROM t WHERE a = $1`, args: `[张'三]`, reuse: true},
		"程序自己写的文本不动":      {in: `SELECT a FROM t WHERE a = 'cash' AND b LIKE '%x%'`, sqlite: `SELECT a FROM t WHERE a = 'cash' AND b LIKE '%x%'`, args: `[]`, reuse: true},
		"长数字是编号":          {in: `SELECT a1 FROM t WHERE id = -` + long + ` LIMIT 51`, sqlite: `SELECT a1 FROM t WHERE id = -? LIMIT 51`, pg: `SELECT a1 FROM t WHERE id = -$1::int8 LIMIT 51`, args: `[` + long + `]`, reuse: true},
		"查询里的短数字不动":       {in: `SELECT substr(a, 1, 7) FROM t GROUP BY 1 ORDER BY 1`, sqlite: `SELECT substr(a, 1, 7) FROM t GROUP BY 1 ORDER BY 1`, args: `[]`, reuse: true},
		"写入的数字都取出":        {in: `INSERT INTO t (a, u1, c) VALUES (1, -2, ` + long + `)`, sqlite: `INSERT INTO t (a, u1, c) VALUES (?, -?, ?)`, pg: `INSERT INTO t (a, u1, c) VALUES ($1::int4, -$2::int4, $3::int8)`, args: `[1 2 ` + long + `]`, reuse: true},
		"小数":              {in: `UPDATE t SET a = 30.5 WHERE b = 1`, sqlite: `UPDATE t SET a = ? WHERE b = ?`, pg: `UPDATE t SET a = 30.5 WHERE b = $1::int4`, reuse: true},
		"写入又查询的，短数字不动":    {in: `INSERT INTO t SELECT 1 FROM u ORDER BY 1`, sqlite: `INSERT INTO t SELECT 1 FROM u ORDER BY 1`, args: `[]`, reuse: true},
		"过大的数不动":          {in: `SELECT 9223372036854775808`, sqlite: `SELECT 9223372036854775808`, args: `[]`, reuse: true},
		"记号在参数内容里，是内容":    {in: `SELECT ` + m + `'` + m + `''` + m + `'`, sqlite: `SELECT ?`, pg: `SELECT $1`, args: `[` + m + `'` + m + `]`, reuse: true},
		"参数里有问号和分号":       {in: `SELECT ` + m + `'a?;--'`, sqlite: `SELECT ?`, pg: `SELECT $1`, args: `[a?;--]`, reuse: true},
		"两条语句照原样":         {in: `DELETE FROM t WHERE a = ` + m + `'x'; DELETE FROM u`, sqlite: `DELETE FROM t WHERE a = 'x'; DELETE FROM u`, args: `[]`},
		"注释里的引号不算":        {in: "SELECT 1 -- it's\n, " + m + `'x' /* "; */`, sqlite: "SELECT 1 -- it's\n, ? /* \"; */", pg: "SELECT 1 -- it's\n, $1 /* \"; */", args: `[x]`, reuse: true},
		"别的语句照原样":         {in: `CREATE TABLE t (a TEXT DEFAULT ` + m + `'x')`, sqlite: `CREATE TABLE t (a TEXT DEFAULT 'x')`, args: `[]`},
		"bun 说参数不对的，照样出错": {in: `SELECT ` + m + `?!(bun: string contains a NUL byte (0x00))`, sqlite: `SELECT ?!(bun: string contains a NUL byte (0x00))`, args: `[]`},
		"引号没有结尾":          {in: `SELECT 'abc`, sqlite: `SELECT 'abc`, args: `[]`},
		"名字里有数字和引号":       {in: `SELECT "t"".1"."u1", x912255724845793280 FROM "t"".1"`, sqlite: `SELECT "t"".1"."u1", x912255724845793280 FROM "t"".1"`, args: `[]`, reuse: true},
		"SAVEPOINT 可以重用":  {in: `SAVEPOINT closure`, sqlite: `SAVEPOINT closure`, args: `[]`, reuse: true},
	} {
		t.Run(name, func(t *testing.T) {
			for _, dollar := range []bool{false, true} {
				want := c.sqlite
				if dollar && c.pg != "" {
					want = c.pg
				}
				got, args, reuse := separate(c.in, dollar)
				if got != want || reuse != c.reuse {
					t.Errorf("dollar %v: %q, reuse %v; want %q, %v", dollar, got, reuse, want, c.reuse)
				}
				var values []any
				for _, a := range args {
					values = append(values, a.Value)
				}
				if c.args != "" && fmt.Sprint(values) != c.args {
					t.Errorf("dollar %v: args %v; want %s", dollar, values, c.args)
				}
			}
		})
	}
}

// FuzzSeparate: whatever text is an argument, it comes out as it was and its statement stays the same.
func FuzzSeparate(f *testing.F) {
	for _, s := range []string{"", "'", "''", "\x01'", "a'; DROP TABLE t; --", "$1 ? \x01", "𠮷\\'"} {
		f.Add(s, int64(912255724845793280))
	}
	d := sqliteMarked{sqlitedialect.New()}
	f.Fuzz(func(t *testing.T, s string, n int64) {
		if strings.ContainsRune(s, 0) || n < 1e12 || strings.ToValidUTF8(s, "�") != s {
			return
		}
		query := append(d.AppendString([]byte(`SELECT 'own', "x" FROM t WHERE a = `), s), fmt.Sprintf(" AND b > %d AND c = ", n)...)
		query = append(d.AppendString(query, s), " LIMIT 7"...)
		got, args, reuse := separate(string(query), true)
		if want := `SELECT 'own', "x" FROM t WHERE a = $1 AND b > $2::int8 AND c = $3 LIMIT 7`; got != want || !reuse {
			t.Fatalf("%q became %q", query, got)
		}
		if len(args) != 3 || args[0].Value != s || args[1].Value != n || args[2].Value != s {
			t.Fatalf("%q gave %v", query, args)
		}
	})
}
