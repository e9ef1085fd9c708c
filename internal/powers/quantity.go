package powers

import (
	"fmt"
	"math/big"
	"strings"

	"fadu/internal/law"
)

// Quantity is an exact number with up to six decimals, in millionths: an area, a count, a percentage, a
// multiple. Never a float.
type Quantity int64

const millionth = 1_000_000

// maxQuantity keeps products with money far from overflow checks by hand.
const maxQuantity = Quantity(1_000_000_000 * millionth)

// Whole returns n as a Quantity.
func Whole(n int64) Quantity { return Quantity(n * millionth) }

// ParseQuantity reads a non-negative decimal in half-width digits with at most six decimals.
func ParseQuantity(s string) (Quantity, error) {
	wrong := fmt.Errorf("“%s”应为不小于0的数，最多六位小数，用半角数字", s)
	whole, frac, dotted := strings.Cut(s, ".")
	if whole == "" || (dotted && frac == "") || len(whole) > 10 || len(frac) > 6 {
		return 0, wrong
	}
	n := int64(0)
	for _, r := range whole + (frac + "000000")[:6] {
		if r < '0' || r > '9' {
			return 0, wrong
		}
		n = n*10 + int64(r-'0')
	}
	if Quantity(n) > maxQuantity {
		return 0, fmt.Errorf("“%s”太大", s)
	}
	return Quantity(n), nil
}

// MustQuantity is ParseQuantity for constants in code and tests.
func MustQuantity(s string) Quantity {
	q, err := ParseQuantity(s)
	if err != nil {
		panic(err)
	}
	return q
}

// String prints the number without needless decimals.
func (q Quantity) String() string {
	s := fmt.Sprintf("%d", int64(q)/millionth)
	if f := int64(q) % millionth; f != 0 {
		s += strings.TrimRight(fmt.Sprintf(".%06d", f), "0")
	}
	return s
}

// MarshalJSON prints the exact decimal number.
func (q Quantity) MarshalJSON() ([]byte, error) { return []byte(q.String()), nil }

// times multiplies money by q÷divisor exactly and brings the result to 分: up when up is set, else down.
// A lower bound goes up and an upper bound goes down, so that rounding never leaves the statutory range.
func times(m law.Money, q Quantity, divisor int64, up bool) law.Money {
	p := new(big.Int).Mul(big.NewInt(int64(m)), big.NewInt(int64(q)))
	d := big.NewInt(divisor * millionth)
	out, rest := new(big.Int).QuoRem(p, d, new(big.Int))
	if up && rest.Sign() > 0 {
		out.Add(out, big.NewInt(1))
	}
	if !out.IsInt64() {
		return law.Money(1<<63 - 1)
	}
	return law.Money(out.Int64())
}
