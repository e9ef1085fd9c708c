package indicator

import (
	"fmt"
	"strconv"

	"fadu/internal/law"
)

// Figure is a value with its measure. N is a count, an amount in 分 or a numerator; D is a rate's
// denominator.
type Figure struct {
	Measure Measure
	N, D    int64
}

// Money returns an amount; it is an error to ask a count for it.
func (f Figure) Money() (law.Money, error) {
	if f.Measure != Yuan {
		return 0, fmt.Errorf("indicator: a figure in %s is not money", f.Measure)
	}
	return law.Money(f.N), nil
}

// Text prints the figure with its measure: 12 件, 1,234.50 元, 83.3%（5/6）.
func (f Figure) Text() string {
	switch f.Measure {
	case Yuan:
		return law.Money(f.N).Grouped() + " 元"
	case Rate:
		return f.Percent() + fmt.Sprintf("（%d/%d）", f.N, f.D)
	}
	return strconv.FormatInt(f.N, 10) + " " + string(f.Measure)
}

// Percent prints a rate with one decimal, rounded half up, but never as 100.0% when something is
// missing nor as 0.0% when there is something; of nothing it is —.
func (f Figure) Percent() string {
	if f.D == 0 {
		return "—"
	}
	tenths := (f.N*2000 + f.D) / (2 * f.D)
	if f.N < f.D {
		tenths = min(tenths, 999)
	}
	if f.N > 0 {
		tenths = max(tenths, 1)
	}
	return fmt.Sprintf("%d.%d%%", tenths/10, tenths%10)
}
