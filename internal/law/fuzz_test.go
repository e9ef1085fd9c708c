package law

import (
	"encoding/json"
	"testing"
	"unicode/utf8"
)

// FuzzDate: what reads as a date is a real day that prints and reads again as itself.
func FuzzDate(f *testing.F) {
	for _, s := range []string{"2026-03-02", "2024-02-29", "2026-02-29", "0001-01-01", "9999-12-31", "2026-3-2", "２０２６-03-02", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var d Date
		if err := d.UnmarshalText([]byte(s)); err != nil {
			if utf8.ValidString(s) && !utf8.ValidString(err.Error()) {
				t.Fatalf("%q：%v", s, err)
			}
			return
		}
		if d.String() != s {
			t.Fatalf("%q 读成 %s", s, d)
		}
		if d.IsZero() != (s == "") {
			t.Fatalf("%q：%v", s, d.IsZero())
		}
		if next := d.AddDays(1); s != "" && d.Year() < 9999 && !next.After(d) {
			t.Fatalf("%s 的次日是 %s", d, next)
		}
	})
}

// FuzzMoney: what reads as money is exact: it prints and reads again as the same number of 分, also as JSON.
func FuzzMoney(f *testing.F) {
	for _, s := range []string{"200", "185.50", "-0.01", "1,234.5", "1e3", "0.001", "1000000000000", "99999999999999", ".5", "5."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := ParseMoney(s)
		if err != nil {
			return
		}
		if m > Yuan(maxYuan)+99 || m < -Yuan(maxYuan)-99 {
			t.Fatalf("%q 太大：%d", s, m)
		}
		if again, err := ParseMoney(m.String()); err != nil || again != m {
			t.Fatalf("%q → %s → %s %v", s, m, again, err)
		}
		b, err := json.Marshal(m)
		var back Money
		if err != nil || json.Unmarshal(b, &back) != nil || back != m {
			t.Fatalf("%q → %s → %s", s, b, back)
		}
		if m >= 0 && m.Han() == "" {
			t.Fatalf("%s 没有大写", m)
		}
	})
}
