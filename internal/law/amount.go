package law

import (
	_ "embed"
	"errors"
	"fmt"
	"sync"

	"gopkg.in/yaml.v3"
)

//go:embed data/amounts.yaml
var amountsYAML []byte

// amountNumbers are the numbers of the formulas of this file, each list dated.
type amountNumbers struct {
	Surcharge  []surchargeNumbers `yaml:"surcharge"`
	HigherFine []datedBasis       `yaml:"higher_fine"`
}

type datedBasis struct {
	From  Date      `yaml:"from"`
	Until Date      `yaml:"until"`
	Cite  Citations `yaml:"cite"`
}

type surchargeNumbers struct {
	datedBasis `yaml:",inline"`
	Rate       int64 `yaml:"rate"` // per cent of the fine a day
	Cap        int64 `yaml:"cap"`  // per cent of the fine in all
}

// The numbers are embedded data; a fault in them stops the program at start.
var amounts = sync.OnceValue(func() *amountNumbers {
	n, err := parseAmounts(amountsYAML)
	if err != nil {
		panic(err)
	}
	return n
})

func parseAmounts(b []byte) (*amountNumbers, error) {
	n := &amountNumbers{}
	if err := yaml.Unmarshal(b, n); err != nil {
		return nil, fmt.Errorf("law: amounts: %w", err)
	}
	bases := make([]datedBasis, len(n.Surcharge))
	for i, s := range n.Surcharge {
		if s.Rate <= 0 || s.Cap <= 0 {
			return nil, fmt.Errorf("law: amounts: 加处罚款自 %s 起的比例或者上限不对", s.From)
		}
		bases[i] = s.datedBasis
	}
	return n, errors.Join(checkBases("加处罚款", bases), checkBases("择高罚款", n.HigherFine))
}

func checkBases(what string, bases []datedBasis) error {
	if len(bases) == 0 {
		return fmt.Errorf("law: amounts: %s没有数据", what)
	}
	for i, b := range bases {
		if b.From.IsZero() || len(b.Cite) == 0 {
			return fmt.Errorf("law: amounts: %s缺起始日或者依据", what)
		}
		for _, c := range b.Cite {
			if err := CheckCitation(c); err != nil {
				return fmt.Errorf("law: amounts: %s：%w", what, err)
			}
		}
		for _, o := range bases[i+1:] {
			if overlap(b.From, b.Until, o.From, o.Until) {
				return fmt.Errorf("law: amounts: %s自 %s 和自 %s 起的版本重叠", what, b.From, o.From)
			}
		}
	}
	return nil
}

// Reckoning is a formula of this file in one of its versions.
type Reckoning struct {
	Label string
	From  Date
	Cite  Citations
}

// Reckonings are the formulas with the provisions that each version rests on.
func Reckonings() []Reckoning {
	var out []Reckoning
	for _, s := range amounts().Surcharge {
		out = append(out, Reckoning{"加处罚款", s.From, s.Cite})
	}
	for _, h := range amounts().HigherFine {
		out = append(out, Reckoning{"择高罚款", h.From, h.Cite})
	}
	return out
}

func errNotYet(what string, on Date) error {
	return fmt.Errorf("%s适用当时的规定，本系统没有载入%s的规定", on, what)
}

// Surcharge is the 加处罚款 on a fine that was not paid in time.
type Surcharge struct {
	Amount Money
	Total  Money // fine and surcharge
	Days   int   // overdue days that count
	Capped bool  // the daily rate alone would have made more
	Cite   Citations
}

// SurchargeOn reckons the 加处罚款 (行政处罚法第七十二条第一款第一项、第七十三条第三款，行政强制法第四十五条)
// by the law of the day on. overdue is the number of days after the last day for payment (the first
// overdue day is 1); suspended is how many of them fell into 行政复议 or 行政诉讼 and do not count. The
// surcharge is rounded to 分 once, half up, and never exceeds the fine. A negative number, or more
// suspended than overdue days, is an error in Chinese.
func SurchargeOn(on Date, fine Money, overdue, suspended int) (Surcharge, error) {
	switch {
	case fine < 0:
		return Surcharge{}, errors.New("罚款数额不能是负数")
	case overdue < 0 || suspended < 0:
		return Surcharge{}, errors.New("天数不能是负数")
	case suspended > overdue:
		return Surcharge{}, fmt.Errorf("复议、诉讼期间的天数（%d）多于逾期天数（%d），请只填落在逾期期间内的天数", suspended, overdue)
	}
	for _, n := range amounts().Surcharge {
		if !on.Within(n.From, n.Until) {
			continue
		}
		s := Surcharge{Days: overdue - suspended, Cite: n.Cite}
		// Comparing days first keeps the product far from overflow however many years have passed.
		if s.Capped = fine > 0 && int64(s.Days) > n.Cap/n.Rate; s.Capped {
			s.Amount = percentOf(fine, n.Cap)
		} else {
			s.Amount = percentOf(fine, n.Rate*int64(s.Days))
		}
		s.Total = fine + s.Amount
		return s, nil
	}
	return Surcharge{}, errNotYet("加处罚款", on)
}

// percentOf returns percent hundredths of m ≥ 0, rounded half up to 分.
func percentOf(m Money, percent int64) Money {
	return (m*Money(percent) + 50) / 100
}

// HigherFine chooses the fine for one act that breaks several norms: the highest of the fines that each
// norm would give (行政处罚法第二十九条), by the law of the day on. No fine or a negative one is an error.
func HigherFine(on Date, fines []Money) (Money, Citations, error) {
	if len(fines) == 0 {
		return 0, nil, errors.New("至少要列出一个规范应处的罚款数额")
	}
	highest := Money(0)
	for _, f := range fines {
		if f < 0 {
			return 0, nil, errors.New("罚款数额不能是负数")
		}
		highest = max(highest, f)
	}
	for _, b := range amounts().HigherFine {
		if on.Within(b.From, b.Until) {
			return highest, b.Cite, nil
		}
	}
	return 0, nil, errNotYet("择高罚款", on)
}
