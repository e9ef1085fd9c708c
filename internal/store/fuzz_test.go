package store

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// FuzzCode: what is taken for a public code is canonical, and one wrong character in it is noticed.
func FuzzCode(f *testing.F) {
	f.Add("0123-4567 89AB CDEF 0", 3)
	f.Add(NewCode(), 0)
	f.Add("OIL", 16)
	f.Fuzz(func(t *testing.T, s string, at int) {
		code, err := ParseCode(s)
		if err != nil {
			return
		}
		if again, err := ParseCode(strings.ToLower(code)); err != nil || again != code || len(code) != codeBody+1 {
			t.Fatalf("%q → %q → %q %v", s, code, again, err)
		}
		at = int(uint(at) % uint(len(code)))
		for _, r := range crockford {
			if wrong := code[:at] + string(r) + code[at+1:]; wrong != code {
				if _, err := ParseCode(wrong); err == nil {
					t.Fatalf("%s 错一位成 %s 没有认出来", code, wrong)
				}
			}
		}
	})
}

// FuzzID: an identifier is the decimal writing of a positive number.
func FuzzID(f *testing.F) {
	for _, s := range []string{"1", "0", "-1", "+7", "9223372036854775807", "9223372036854775808", "１", "0x10", " 1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ParseID(s)
		if err == nil && (n <= 0 || strings.TrimLeft(strings.TrimPrefix(s, "+"), "0") != fmt.Sprint(n)) {
			t.Fatalf("%q 读成 %d", s, n)
		}
	})
}

// FuzzCursor: only a token made for the same filter is a place in the list.
func FuzzCursor(f *testing.F) {
	f.Add(Cursor{"2026-03-02", 7, false}.Encode("a=1"), "a=1")
	f.Add(Cursor{"\x00", -1, true}.Encode(""), "")
	f.Add("AAAAAAAAAAAA", "")
	f.Fuzz(func(t *testing.T, token, filter string) {
		c, ok, err := DecodeCursor(token, filter)
		if err != nil || !ok {
			if ok || (err == nil) != (token == "") {
				t.Fatalf("%q：%v %v", token, ok, err)
			}
			return
		}
		if strings.ContainsRune(c.Sort, 0) {
			t.Fatalf("PostgreSQL 不收的字符：%q", c.Sort)
		}
		if _, _, err := DecodeCursor(token, filter+"x"); err == nil {
			t.Fatal("别的筛选条件也能用")
		}
		if again, _, err := DecodeCursor(c.Encode(filter), filter); err != nil || again != c {
			t.Fatalf("%+v → %+v %v", c, again, err)
		}
	})
}

// FuzzRows reads copies of tables: no file breaks the reader, and what it reads it reads alike when written
// again as PostgreSQL would.
func FuzzRows(f *testing.F) {
	f.Add([]byte("1\t甲\\n乙\t\\N\n2\t\\\\\t\n"))
	f.Add([]byte("\\"))
	f.Add([]byte("a\\\tb\\\nc"))
	f.Fuzz(func(t *testing.T, b []byte) {
		var rows [][]any
		if err := Rows(bytes.NewReader(b), func(cells []any) error { rows = append(rows, cells); return nil }); err != nil {
			return
		}
		escape := strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\t", `\t`, "\r", `\r`, "\b", `\b`, "\f", `\f`, "\v", `\v`)
		var out bytes.Buffer
		for _, cells := range rows {
			for i, c := range cells {
				if i > 0 {
					out.WriteByte('\t')
				}
				if c == nil {
					out.WriteString(`\N`)
				} else {
					out.WriteString(escape.Replace(c.(string)))
				}
			}
			out.WriteByte('\n')
		}
		n := 0
		err := Rows(&out, func(cells []any) error {
			if fmt.Sprint(cells) != fmt.Sprint(rows[n]) {
				t.Fatalf("第 %d 行：%q → %q", n+1, rows[n], cells)
			}
			n++
			return nil
		})
		if err != nil || n != len(rows) {
			t.Fatalf("%d 行 → %d 行 %v", len(rows), n, err)
		}
	})
}
