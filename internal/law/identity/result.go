package identity

import (
	"strings"
	"unicode"

	"fadu/internal/law"
)

// Result is what a check found. Its JSON is the recheck door's answer.
type Result struct {
	Valid bool `json:"valid"`
	// Normalised is the code in half-width capitals without spaces and hyphens; of a 15-digit 身份号码 the
	// 18-digit one that it became.
	Normalised string `json:"normalised"`
	// Reason says why a code is not valid, or of a valid one what a person should still look at.
	Reason string `json:"reason"`
	// CheckChar is the check character that belongs to the first 17 characters, "" where they are not a code.
	CheckChar string `json:"check_char"`
	// OrgCodeCheckChar is the check character of the 组织机构代码 inside a 统一社会信用代码.
	OrgCodeCheckChar string `json:"org_code_check_char"`
	// Birth is the birth date in a 公民身份号码 whose date is real.
	Birth law.Date `json:"-"`
	// Fictional marks codes of the region 99, which no real code has: those of the demo bureau.
	Fictional bool `json:"-"`
}

func (r Result) refuse(reason string) Result {
	r.Valid, r.Reason = false, reason
	return r
}

// Normalise returns the code as registers keep it: full-width characters become half-width, letters
// capitals; spaces, hyphens and invisible characters, with which people and spreadsheets break numbers,
// are dropped.
func Normalise(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		case r == '—' || r == '–' || r == '‐' || r == '‑' || r == '−' || r == '\'' || r == '’' || r == '\ufeff':
			return -1
		}
		if r == '-' || r == '\'' || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, s)
}

// Age returns the full years of a person on a day. A year is full on the day after the birthday
// (从生日的次日起算), so that who turns fourteen on the day of the act is still under fourteen. A person born
// on 29 February has the birthday on the 28th in other years. Before the birth it is 0.
func Age(birth, on law.Date) int {
	n := on.Year() - birth.Year()
	if n > 0 && !on.After(birth.AddMonths(12*n)) {
		n--
	}
	return max(n, 0)
}
