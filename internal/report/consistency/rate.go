package consistency

import (
	"math/big"
	"slices"
	"strings"
)

// scale is what the unit of a rate multiplies n ÷ d with; nil for what is no rate.
func (f *Figure) scale() *big.Rat {
	switch f.Unit {
	case "%", "％", "百分比", "百分点":
		return big.NewRat(100, 1)
	case "‰", "千分比":
		return big.NewRat(1000, 1)
	case "比例", "比率", "率":
		return big.NewRat(1, 1)
	}
	return nil
}

// target reports whether the figure says what should be, not what was.
func (f *Figure) target() bool {
	return f.Period == "目标" || strings.Contains(f.Name, "标准") || strings.Contains(f.Name, "目标")
}

// open reports whether a rate of this name may exceed the whole.
func (f *Figure) open() bool {
	return slices.ContainsFunc([]string{"增长", "增幅", "同比", "环比", "完成率", "上升", "下降"}, func(w string) bool { return strings.Contains(f.Name, w) })
}

// rate judges a rate by what it is of: n ÷ d must give it at the digits printed; of d alone some whole n must.
func (f *Figure) rate() []Finding {
	scale := f.scale()
	if !f.Value.Is() {
		return nil
	}
	if scale == nil {
		if f.Numerator.Is() && f.Denominator.Is() { // an average
			return f.quotient(big.NewRat(1, 1))
		}
		return nil
	}
	ids := []string{f.ID}
	if f.Value.value.Sign() < 0 && !f.open() || f.Value.value.Cmp(scale) > 0 && !f.open() && f.Value.Bound != About {
		return []Finding{finding(checkRate, Impossible, ids, "%s：%s%s，这样的率只能在0到%s之间", f.label(), f.Value.Text(), f.unit(), scale.FloatString(0))}
	}
	switch n, d := f.Numerator, f.Denominator; {
	case d.Is() && d.value.Sign() <= 0:
		return []Finding{finding(checkRate, Impossible, ids, "%s：分母是%s，算不出率", f.label(), d.Text())}
	case n.Is() && d.Is():
		return f.quotient(scale)
	case d.Is():
		return f.someNumerator(scale)
	case f.target():
		return nil
	case n.Is():
		return []Finding{finding(checkRate, Explain, ids, "%s：%s%s，只有分子%s，没有分母", f.label(), f.Value.Text(), f.unit(), n.Text())}
	}
	return []Finding{finding(checkRate, Explain, ids, "%s：%s%s，没有写明分子和分母", f.label(), f.Value.Text(), f.unit())}
}

func (f *Figure) unit() string {
	if f.Unit == "％" || f.Unit == "百分比" {
		return "%"
	}
	if f.scale() != nil && f.Unit != "%" && f.Unit != "‰" {
		return ""
	}
	return f.Unit
}

// quotient compares n ÷ d with the figure.
func (f *Figure) quotient(scale *big.Rat) []Finding {
	n, d, ids := f.Numerator, f.Denominator, []string{f.ID}
	if d.value.Sign() <= 0 {
		return []Finding{finding(checkRate, Impossible, ids, "%s：分母是%s，算不出来", f.label(), d.Text())}
	}
	if f.scale() != nil && n.value.Cmp(d.value) > 0 && !f.open() && n.Bound == Exact && d.Bound == Exact {
		return []Finding{finding(checkRate, Impossible, ids, "%s：分子%s大于分母%s，部分不会多于全体", f.label(), n.Text(), d.Text())}
	}
	q := new(big.Rat).Quo(n.value, d.value)
	q.Mul(q, scale)
	of := n.Text() + "÷" + d.Text() + "＝" + q.FloatString(max(f.Value.places, 2)) + f.unit()
	places, value := f.Value.places, f.Value.value
	switch {
	case n.Bound != Exact || d.Bound != Exact:
		return []Finding{finding(checkRate, Explain, ids, "%s：%s，分子或者分母不确切，不能核对%s%s", f.label(), of, f.Value.Text(), f.unit())}
	case f.Value.Bound != Exact:
		if low, high := f.Value.within(); less(q, low) || less(high, q) {
			return []Finding{finding(checkRate, Impossible, ids, "%s：%s，不是%s%s", f.label(), of, f.Value.Text(), f.unit())}
		}
		return []Finding{finding(checkRate, Holds, ids, "%s：%s，与%s%s相符", f.label(), of, f.Value.Text(), f.unit())}
	case rounded(q, places).Cmp(value) == 0:
		return []Finding{finding(checkRate, Holds, ids, "%s：%s，相符", f.label(), of)}
	case cut(q, places).Cmp(value) == 0:
		return []Finding{finding(checkRate, Explain, ids, "%s：%s，四舍五入应为%s%s，印的是去尾的%s%s", f.label(), of, rounded(q, places).FloatString(places), f.unit(), f.Value.Text(), f.unit())}
	}
	return []Finding{finding(checkRate, Impossible, ids, "%s：%s，不是%s%s", f.label(), of, f.Value.Text(), f.unit())}
}

// someNumerator looks for a whole n of which n ÷ d rounds to the figure: the nearest to it, and its neighbours.
func (f *Figure) someNumerator(scale *big.Rat) []Finding {
	d, ids := f.Denominator, []string{f.ID}
	if !d.whole() || d.Bound != Exact || f.Value.Bound != Exact {
		return []Finding{finding(checkRate, Explain, ids, "%s：%s%s，分母%s，没有写明分子", f.label(), f.Value.Text(), f.unit(), d.Text())}
	}
	share := new(big.Rat).Quo(f.Value.value, scale)
	share.Mul(share, d.value)
	nearest := rounded(share, 0).Num()
	for _, step := range []int64{0, -1, 1} {
		n := new(big.Rat).SetInt(new(big.Int).Add(nearest, big.NewInt(step)))
		q := new(big.Rat).Quo(n, d.value)
		q.Mul(q, scale)
		if n.Sign() >= 0 && rounded(q, f.Value.places).Cmp(f.Value.value) == 0 {
			return []Finding{finding(checkRate, Holds, ids, "%s：%s中有%s即为%s%s，可以成立；应写明分子", f.label(), d.Text(), n.FloatString(0), f.Value.Text(), f.unit())}
		}
	}
	under := new(big.Rat).SetInt(new(big.Int).Quo(share.Num(), share.Denom()))
	over := new(big.Rat).Add(under, big.NewRat(1, 1))
	return []Finding{finding(checkRate, Impossible, ids, "%s：分母是%s时不可能得到%s%s，相邻的是%s和%s", f.label(), d.Text(), f.Value.Text(), f.unit(), f.of(under, scale), f.of(over, scale))}
}

// of writes n ÷ the denominator with what it gives.
func (f *Figure) of(n, scale *big.Rat) string {
	q := new(big.Rat).Quo(n, f.Denominator.value)
	return n.FloatString(0) + "÷" + f.Denominator.Text() + "＝" + q.Mul(q, scale).FloatString(max(f.Value.places, 2)) + f.unit()
}

// rounded rounds half away from nought.
func rounded(q *big.Rat, places int) *big.Rat {
	out, _ := new(big.Rat).SetString(q.FloatString(places))
	return out
}

// cut drops the digits behind the places.
func cut(q *big.Rat, places int) *big.Rat {
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
	n := new(big.Int).Mul(q.Num(), ten)
	return new(big.Rat).SetFrac(n.Quo(n, q.Denom()), ten)
}
