package law

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Money is an amount in 分, hundredths of a yuan. Stored as BIGINT; never a float.
type Money int64

// Yuan returns n whole yuan.
func Yuan(n int64) Money { return Money(n * 100) }

// maxYuan bounds what ParseMoney accepts, far above any fine and far below overflow.
const maxYuan = 1_000_000_000_000

var errMoney = errors.New("金额应写成元，最多两位小数，例如 200 或 185.50")

// ParseMoney reads yuan with at most two decimals ("1,234.50", "200"); signs other than a leading
// minus, exponents, full-width digits and a third decimal are refused.
func ParseMoney(s string) (Money, error) {
	s = strings.ReplaceAll(strings.TrimSpace(s), ",", "")
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	whole, frac, dotted := strings.Cut(s, ".")
	if whole == "" || len(whole) > 13 || !digits(whole) || (dotted && frac == "") || len(frac) > 2 || !digits(frac) {
		return 0, errMoney
	}
	yuan, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || yuan > maxYuan {
		return 0, errMoney
	}
	cents, _ := strconv.ParseInt((frac + "00")[:2], 10, 64)
	m := Money(yuan*100 + cents)
	if neg {
		m = -m
	}
	return m, nil
}

// MustMoney is ParseMoney for constants in code and tests.
func MustMoney(s string) Money {
	m, err := ParseMoney(s)
	if err != nil {
		panic(err)
	}
	return m
}

func digits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

// String prints yuan without thousands separators and without needless decimals: 200, 185.5, 0.01.
func (m Money) String() string {
	s := ""
	if m < 0 {
		s, m = "-", -m
	}
	s += strconv.FormatInt(int64(m/100), 10)
	if c := int64(m % 100); c != 0 {
		s += strings.TrimRight(fmt.Sprintf(".%02d", c), "0")
	}
	return s
}

// Grouped prints yuan with thousands separators and two decimals where there are 分: 52,000 or 1,234.50.
func (m Money) Grouped() string {
	s := ""
	if m < 0 {
		s, m = "-", -m
	}
	whole := strconv.FormatInt(int64(m/100), 10)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	s += whole
	if c := int64(m % 100); c != 0 {
		s += fmt.Sprintf(".%02d", c)
	}
	return s
}

// Han prints the amount in the capital numerals that decisions and receipts use: 伍万贰仟元整.
func (m Money) Han() string {
	if m == 0 {
		return "零元整"
	}
	s := ""
	if m < 0 {
		s, m = "负", -m
	}
	if whole := int64(m / 100); whole > 0 {
		s += capitalNumeral(whole) + "元"
	}
	jiao, fen := int64(m/10%10), int64(m%10)
	switch {
	case jiao == 0 && fen == 0:
		return s + "整"
	case jiao == 0 && m >= 100:
		s += "零"
	case jiao > 0:
		s += capitalDigits[jiao] + "角"
	}
	if fen > 0 {
		s += capitalDigits[fen] + "分"
	}
	return s
}

var (
	capitalDigits = [10]string{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}
	capitalUnits  = [4]string{"", "拾", "佰", "仟"}
	sectionUnits  = [5]string{"", "万", "亿", "万亿", "亿亿"}
)

// capitalNumeral writes n > 0 in capital numerals, by sections of four digits.
func capitalNumeral(n int64) string {
	var out string
	gap := false
	for section := 0; n > 0; section++ {
		part := int(n % 10000)
		n /= 10000
		if part == 0 {
			gap = out != ""
			continue
		}
		text := capitalSection(part)
		if gap && !strings.HasPrefix(out, "零") {
			out = "零" + out
		}
		out = text + sectionUnits[section] + out
		gap = part < 1000
	}
	return out
}

func capitalSection(n int) string {
	var out string
	zero := false
	for place := 0; n > 0; place++ {
		d := n % 10
		n /= 10
		if d == 0 {
			zero = out != ""
			continue
		}
		if zero {
			out = "零" + out
			zero = false
		}
		out = capitalDigits[d] + capitalUnits[place] + out
	}
	return out
}

// MarshalJSON prints yuan as an exact decimal number.
func (m Money) MarshalJSON() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalJSON reads yuan from a JSON number or string, exactly.
func (m *Money) UnmarshalJSON(b []byte) error {
	var n json.Number
	if err := json.Unmarshal(b, &n); err != nil {
		return errMoney
	}
	v, err := ParseMoney(n.String())
	*m = v
	return err
}
