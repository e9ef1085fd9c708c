package consistency

import (
	"fmt"
	"math/big"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Bound says how a printed number stands to the true one.
type Bound string

// A number is printed exactly, or with 余/以上, 近/不到, 约.
const (
	Exact   Bound = "exact"
	AtLeast Bound = "ge"
	Below   Bound = "lt"
	About   Bound = "approx"
)

// Number is a printed number: its exact value, how many digits behind the point were printed, and its bound.
// The zero value is no number.
type Number struct {
	value  *big.Rat
	places int
	Bound  Bound
}

// Is reports whether there is a number at all.
func (n Number) Is() bool { return n.value != nil }

// Text is the number as digits, with the digits behind the point that were printed and 余, 近 or 约.
func (n Number) Text() string {
	if !n.Is() {
		return ""
	}
	s := n.value.FloatString(n.places)
	switch n.Bound {
	case AtLeast:
		return s + "余"
	case Below:
		return "近" + s
	case About:
		return "约" + s
	}
	return s
}

func (n Number) whole() bool { return n.value.IsInt() }

// Whole makes an exact number.
func Whole(n int64) Number { return Number{value: new(big.Rat).SetInt64(n), Bound: Exact} }

// printedNumber: digits with thousands' marks, 万 or 亿, and the words of inexactness around it.
var printedNumber = regexp.MustCompile(`^(超过|不到|不足|将近|近|约|大约|达到|达|共)?([+-]?[0-9]{1,18}(?:\.[0-9]{1,9})?(?:[eE][+-]?[0-9]{1,2})?)(多|余)?(万|亿)?(多|余)?(?:%|‰)?(以上|左右)?$`)

// ParseNumber reads a number as reports print it: 10000余, 63.8万, 近500, 1,052, 98.3%, 6e-05. A percent sign is
// left to the unit. The error is Chinese.
func ParseNumber(s string) (Number, error) {
	folded := strings.NewReplacer(",", "", " ", "").Replace(norm.NFKC.String(strings.TrimSpace(s)))
	m := printedNumber.FindStringSubmatch(folded)
	if m == nil {
		return Number{}, fmt.Errorf("“%s”不是能核对的数", s)
	}
	n := Number{Bound: boundOf(m[1], m[3]+m[5], m[6])}
	n.value, _ = new(big.Rat).SetString(m[2]) // the pattern allows nothing else
	n.places = placesOf(m[2])
	switch m[4] {
	case "万":
		n.scale(10_000, 4)
	case "亿":
		n.scale(100_000_000, 8)
	}
	return n, nil
}

func boundOf(before, more, after string) Bound {
	switch {
	case before == "超过" || more != "" || after == "以上":
		return AtLeast
	case before == "不到" || before == "不足" || before == "将近" || before == "近":
		return Below
	case before == "约" || before == "大约" || after == "左右":
		return About
	}
	return Exact
}

// placesOf counts the digits behind the point, of an exponent's form those that it stands for.
func placesOf(digits string) int {
	mantissa, exponent, _ := strings.Cut(strings.ToLower(digits), "e")
	_, behind, _ := strings.Cut(mantissa, ".")
	places := len(behind)
	if exponent != "" {
		var e int
		if _, err := fmt.Sscan(exponent, &e); err == nil {
			places -= e
		}
	}
	return max(places, 0)
}

func (n *Number) scale(by int64, digits int) {
	n.value.Mul(n.value, new(big.Rat).SetInt64(by))
	n.places = max(n.places-digits, 0)
}

// within are the values that the printed number may stand for; a nil end is open.
func (n Number) within() (least, most *big.Rat) {
	switch n.Bound {
	case AtLeast:
		return n.value, nil
	case Below:
		return nil, n.value
	case About: // a tenth to either side
		tenth := new(big.Rat).Quo(n.value, big.NewRat(10, 1))
		return new(big.Rat).Sub(n.value, tenth), new(big.Rat).Add(n.value, tenth)
	}
	return n.value, n.value
}

// Ratio makes the number part ÷ of, as 十万分之六 is printed; before is 近, 不到 or 约.
func Ratio(part, of int64, before string) Number {
	n := Number{value: big.NewRat(part, of), Bound: boundOf(before, "", "")}
	for places, ten := 0, big.NewInt(1); places <= 9; places, ten = places+1, new(big.Int).Mul(ten, big.NewInt(10)) {
		if n.places = places; new(big.Rat).Mul(n.value, new(big.Rat).SetInt(ten)).IsInt() {
			break
		}
	}
	return n
}

// AtMost reports whether a is not more than b.
func AtMost(a, b Number) bool { return a.Is() && b.Is() && a.value.Cmp(b.value) <= 0 }
