package powers

import (
	"fmt"
	"regexp"
	"strings"

	"fadu/internal/law"
)

// Formula is how a fine by ratio or per unit is counted, read from the text in the list of powers.
type Formula struct {
	// Base is what the ratio is taken of: 建设工程造价, 货值金额.
	Base string
	// Low and High are percentages or multiples of the base; LowOpen: the low end itself is excluded.
	Low, High Quantity
	LowOpen   bool
	// Percent: Low and High are percentages; else multiples.
	Percent bool
	// Cap bounds the fine in money; 0 = no cap.
	Cap law.Money
	// PerDay: the fine is base × days (按日连续处罚).
	PerDay bool
	// Unit is what is counted: 株, 只, 泊位.
	Unit string
	// Grades narrow a fine per unit by the grade of the thing harmed.
	Grades []GradeBand
	// Optional: the law says 可以并处.
	Optional bool
}

// GradeBand is the range per unit for one grade.
type GradeBand struct {
	Name     string
	Min, Max law.Money
}

var (
	ratioForm = regexp.MustCompile(`^(.+?)×([\[(])([0-9.]+)(%?),([0-9.]+)(%?)\](倍?)(（可以并处）)?$`)
	capForm   = regexp.MustCompile(`^(.+?)×([0-9.]+)倍以下且≤([0-9.]+)元$`)
	dailyForm = regexp.MustCompile(`^(.+?)×自责令改正次日起的天数$`)
	unitForm  = regexp.MustCompile(`^每个?(\p{Han}{1,6}?)(?:[0-9]+元)?(（可以并处）)?(?:；(.+))?$`)
	gradeForm = regexp.MustCompile(`^(\p{Han}{1,6}?)([0-9.]+)万~([0-9.]+)万$`)
)

// ParseFormula reads the formula of a fine by ratio (工程合同价款×[2%,4%], 货值金额×[10,20]倍,
// 应交处理费×3倍以下且≤30000元) or per unit (每株, 每只3000元（可以并处）).
func ParseFormula(basis FineBasis, s string) (Formula, error) {
	if basis == FinePerUnit {
		return parseUnitFormula(s)
	}
	if m := ratioForm.FindStringSubmatch(s); m != nil {
		f := Formula{Base: m[1], LowOpen: m[2] == "(", Percent: m[6] == "%", Optional: m[8] != ""}
		if f.Percent == (m[7] == "倍") || m[4] != m[6] && m[3] != "0" {
			return Formula{}, fmt.Errorf("算式“%s”应写百分比或者倍，二者取一", s)
		}
		return f.withBounds(m[3], m[5], s)
	}
	if m := capForm.FindStringSubmatch(s); m != nil {
		limit, err := law.ParseMoney(m[3])
		if err != nil {
			return Formula{}, fmt.Errorf("算式“%s”的上限不对：%w", s, err)
		}
		return Formula{Base: m[1], LowOpen: true, Cap: limit}.withBounds("0", m[2], s)
	}
	if m := dailyForm.FindStringSubmatch(s); m != nil {
		return Formula{Base: m[1], PerDay: true, Unit: "日"}, nil
	}
	return Formula{}, fmt.Errorf("算式“%s”不认识，应写成“工程合同价款×[2%%,4%%]”或者“货值金额×[10,20]倍”", s)
}

func (f Formula) withBounds(low, high, s string) (Formula, error) {
	var err error
	if f.Low, err = ParseQuantity(low); err != nil {
		return Formula{}, fmt.Errorf("算式“%s”的下限%w", s, err)
	}
	if f.High, err = ParseQuantity(high); err != nil {
		return Formula{}, fmt.Errorf("算式“%s”的上限%w", s, err)
	}
	if f.Low > f.High || f.High == 0 {
		return Formula{}, fmt.Errorf("算式“%s”的下限大于上限", s)
	}
	return f, nil
}

func parseUnitFormula(s string) (Formula, error) {
	m := unitForm.FindStringSubmatch(s)
	if m == nil {
		return Formula{}, fmt.Errorf("按数量计罚的算式“%s”不认识，应写成“每株”“每只”等", s)
	}
	f := Formula{Unit: m[1], Optional: m[2] != ""}
	if m[3] == "" {
		return f, nil
	}
	for _, part := range strings.Split(m[3], "，") {
		g := gradeForm.FindStringSubmatch(part)
		if g == nil {
			return Formula{}, fmt.Errorf("算式“%s”里的“%s”不认识，应写成“一级20万~50万”", s, part)
		}
		low, err1 := ParseQuantity(g[2])
		high, err2 := ParseQuantity(g[3])
		if err1 != nil || err2 != nil || low > high {
			return Formula{}, fmt.Errorf("算式“%s”里的“%s”数额不对", s, part)
		}
		f.Grades = append(f.Grades, GradeBand{g[1], times(law.Yuan(10000), low, 1, true), times(law.Yuan(10000), high, 1, false)})
	}
	return f, nil
}

// grade returns the band of the grade.
func (f Formula) grade(name string) (GradeBand, bool) {
	for _, g := range f.Grades {
		if g.Name == name {
			return g, true
		}
	}
	return GradeBand{}, false
}
