package org

import (
	"testing"
	"unicode"
)

// FuzzAreas: an area is a code of a known length, a name, or both; what is read prints and reads again as
// the same.
func FuzzAreas(f *testing.F) {
	for _, s := range []string{"450202", "450202 城中区", "城中区", "4502020", "450200000", "  ", "450202城中区450203"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		as, err := ParseAreas([]string{s})
		if err != nil {
			return
		}
		for _, a := range as {
			if a.Code == "" && a.Name == "" {
				t.Fatalf("%q 读成空的区域", s)
			}
			if a.Code != "" && (!digitsOnly(a.Code) || len(a.Code) > 12) {
				t.Fatalf("%q：%q", s, a.Code)
			}
			if again, err := ParseArea(a.String()); err != nil || again != a {
				t.Fatalf("%q → %+v → %q → %+v %v", s, a, a.String(), again, err)
			}
			if a.Code != "" && !a.Covers(a.Code) {
				t.Fatalf("%q 不覆盖自己", a.Code)
			}
		}
	})
}

// FuzzMonthDay: a day of the year is refused with words or can be used for every year.
func FuzzMonthDay(f *testing.F) {
	for _, s := range []string{"03-31", "02-29", "13-01", "3月31日", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, x := range Settings {
			if why := x.Refuse(s); why != "" {
				han := false
				for _, r := range why {
					han = han || unicode.Is(unicode.Han, r)
				}
				if !han {
					t.Fatalf("%s：%q：%q", x.Key, s, why)
				}
			}
		}
	})
}
