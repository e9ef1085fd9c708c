package stats

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
)

// MaxCells bounds candidates times items.
const MaxCells = 10_000_000

// Test is the marks of one form: a row for each candidate, a column for each item.
type Test struct {
	Max    []float64 // what each item can give
	IDs    []string  // of the candidates; they break ties, row numbers do when empty
	Matrix [][]float64
}

// Flag is a reason to look at an item again.
type Flag string

// The flags of an item.
const (
	TooHard    Flag = "too_hard"    // P < 0.20
	TooEasy    Flag = "too_easy"    // P > 0.95
	KeySuspect Flag = "key_suspect" // r < 0: those who know more get it wrong
	Weak       Flag = "weak"        // 0 ≤ r < 0.20
)

const (
	hardBelow = 0.20
	easyAbove = 0.95
	weakBelow = 0.20
)

// Item is what the answers say about an item.
type Item struct {
	P              *float64 `json:"p"`
	D27            *float64 `json:"d27"`
	RItemRest      *float64 `json:"r_item_rest"`
	RItemTotal     *float64 `json:"r_item_total"`
	DiscEfficiency *float64 `json:"disc_efficiency"`
	AlphaIfDeleted *float64 `json:"alpha_if_deleted"`
	Flags          []Flag   `json:"flags"`
}

// Analysis is what the answers say about a test.
type Analysis struct {
	N             int      `json:"n"`
	K             int      `json:"k"`
	Alpha         *float64 `json:"alpha"`
	SEM           *float64 `json:"sem"`
	SplitHalf     *float64 `json:"split_half"`
	SpearmanBrown *float64 `json:"spearman_brown"`
	Mean          *float64 `json:"mean"`
	Items         []Item   `json:"items"`
}

func (t Test) check() error {
	n, k := len(t.Matrix), len(t.Max)
	if k == 0 {
		return errors.New("没有题目")
	}
	if n*k > MaxCells {
		return fmt.Errorf("人数乘题数不能超过 %d", MaxCells)
	}
	if len(t.IDs) > 0 && len(t.IDs) != n {
		return fmt.Errorf("有 %d 个编号、%d 行成绩，应当一样多", len(t.IDs), n)
	}
	for i, m := range t.Max {
		if !(m > 0) || math.IsInf(m, 0) {
			return fmt.Errorf("第 %d 题的满分应大于 0", i+1)
		}
	}
	for r, row := range t.Matrix {
		if len(row) != k {
			return fmt.Errorf("第 %d 行有 %d 个分数，应有 %d 个", r+1, len(row), k)
		}
		for i, x := range row {
			if math.IsNaN(x) || math.Abs(x) > t.Max[i] {
				return fmt.Errorf("第 %d 行第 %d 题得 %v 分，满分是 %v", r+1, i+1, x, t.Max[i])
			}
		}
	}
	return nil
}

// Analyse reckons the statistics of a test.
func Analyse(t Test) (Analysis, error) {
	if err := t.check(); err != nil {
		return Analysis{}, err
	}
	n, k := len(t.Matrix), len(t.Max)
	totals, odd, even := make([]float64, n), make([]float64, n), make([]float64, n)
	columns := make([][]float64, k)
	for i := range columns {
		columns[i] = make([]float64, n)
	}
	for r, row := range t.Matrix {
		for i, x := range row {
			columns[i][r] = x
			totals[r] += x
			if i%2 == 0 {
				odd[r] += x
			} else {
				even[r] += x
			}
		}
	}
	a := Analysis{N: n, K: k, Items: make([]Item, k)}
	if n > 0 {
		a.Mean = known(mean(totals))
	}
	var sum float64
	vars := make([]float64, k)
	for i, c := range columns {
		vars[i] = covariance(c, c)
		sum += vars[i]
	}
	total := covariance(totals, totals)
	if alpha, ok := cronbach(k, sum, total, n); ok {
		a.Alpha, a.SEM = known(alpha), known(math.Sqrt(total)*math.Sqrt(1-alpha))
	}
	if k >= 2 {
		if r, ok := correlation(odd, even); ok {
			a.SplitHalf = known(r)
			if 1+r > tiny {
				a.SpearmanBrown = known(2 * r / (1 + r))
			}
		}
	}
	ranked := t.ranked(totals)
	for i, c := range columns {
		a.Items[i] = item(c, totals, t.Max[i], ranked)
		rest := minus(totals, c)
		if alpha, ok := cronbach(k-1, sum-vars[i], covariance(rest, rest), n); ok {
			a.Items[i].AlphaIfDeleted = known(alpha)
		}
	}
	return a, nil
}

// ranked are the rows from the highest total to the lowest, ties by id.
func (t Test) ranked(totals []float64) []int {
	rows := make([]int, len(totals))
	for r := range rows {
		rows[r] = r
	}
	slices.SortStableFunc(rows, func(a, b int) int {
		byTotal := 0
		if d := totals[b] - totals[a]; math.Abs(d) > tiny {
			byTotal = cmp.Compare(d, 0)
		}
		if byTotal == 0 && len(t.IDs) > 0 {
			return cmp.Compare(t.IDs[a], t.IDs[b])
		}
		return byTotal
	})
	return rows
}

func item(c, totals []float64, maximum float64, ranked []int) Item {
	it := Item{Flags: []Flag{}}
	n := len(c)
	if n == 0 {
		return it
	}
	p := mean(c) / maximum
	it.P = known(p)
	if n >= 2 {
		// The upper and lower 27 per cent, at least one each.
		g := max(1, int(math.Floor(0.27*float64(n)+0.5)))
		var top, bottom float64
		for j := range g {
			top += c[ranked[j]]
			bottom += c[ranked[n-1-j]]
		}
		it.D27 = known((top - bottom) / (float64(g) * maximum))
	}
	rest := minus(totals, c)
	if p < hardBelow {
		it.Flags = append(it.Flags, TooHard)
	}
	if p > easyAbove {
		it.Flags = append(it.Flags, TooEasy)
	}
	if r, ok := correlation(c, totals); ok {
		it.RItemTotal = known(r)
	}
	r, ok := correlation(c, rest)
	if !ok {
		return it
	}
	it.RItemRest = known(r)
	switch r = *it.RItemRest; {
	case r < 0:
		it.Flags = append(it.Flags, KeySuspect)
	case r < weakBelow:
		it.Flags = append(it.Flags, Weak)
	}
	cov := covariance(c, rest)
	best := covariance(slices.Sorted(slices.Values(c)), slices.Sorted(slices.Values(rest)))
	if best > tiny {
		it.DiscEfficiency = known(cov / best)
	}
	return it
}

// tiny is what is left of nothing by the errors of binary fractions.
const tiny = 1e-9

// known rounds to six places.
func known(x float64) *float64 {
	x = math.Round(math.Round(x*1e12)/1e6) / 1e6 // first off what the order of adding leaves, so that halves round alike
	if x == 0 {
		x = 0 // not −0
	}
	return &x
}

func mean(xs []float64) float64 {
	var s float64
	for _, x := range xs {
		s += x
	}
	return s / float64(len(xs))
}

func minus(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] - b[i]
	}
	return out
}

// covariance of two columns, 0 of fewer than two rows.
func covariance(a, b []float64) float64 {
	if len(a) < 2 {
		return 0
	}
	ma, mb := mean(a), mean(b)
	var s float64
	for i := range a {
		s += (a[i] - ma) * (b[i] - mb)
	}
	return s / float64(len(a)-1)
}

// correlation is undefined where one column does not vary.
func correlation(a, b []float64) (float64, bool) {
	va, vb := covariance(a, a), covariance(b, b)
	if va <= tiny || vb <= tiny {
		return 0, false
	}
	return min(max(covariance(a, b)/math.Sqrt(va*vb), -1), 1), true
}

func cronbach(k int, sum, total float64, n int) (float64, bool) {
	if k < 2 || n < 2 || total <= tiny {
		return 0, false
	}
	return float64(k) / float64(k-1) * (1 - sum/total), true
}
