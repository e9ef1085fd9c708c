package powers

import (
	"fmt"
	"slices"

	"fadu/internal/law"
)

// SimilarCase is a closed case of the same power, as much of it as a comparison needs: no party, no
// officer, no unit (no ranking: 行政处罚法第七十四条第三款).
type SimilarCase struct {
	DecidedOn law.Date
	// Grade is the tier's label, Circumstances what was found, Amount the fine.
	Grade         string
	Circumstances string
	Amount        law.Money
}

// SimilarYears is how far the comparison looks back.
const SimilarYears = 2

// Bucket counts the cases whose fine lies from Min to Max, both included.
type Bucket struct {
	Min, Max law.Money
	Count    int
}

// Text prints the bucket's range.
func (b Bucket) Text() string {
	if b.Min == b.Max {
		return b.Min.Grouped() + " 元"
	}
	return b.Min.Grouped() + "—" + b.Max.Grouped() + " 元"
}

// Distribution is how the fines of similar cases lie. The median is the lower of two middles, so that it is
// a fine that was really imposed; Low and High are those a quarter from either end.
type Distribution struct {
	Count            int
	Min, Median, Max law.Money
	Low, High        law.Money
	Buckets          []Bucket
}

// buckets is into how many ranges fines are counted.
const buckets = 5

// DistributionOf counts the fines in equal ranges between the least and the greatest.
func DistributionOf(cases []SimilarCase) Distribution {
	var d Distribution
	amounts := make([]law.Money, len(cases))
	for i, c := range cases {
		amounts[i] = c.Amount
	}
	slices.Sort(amounts)
	if d.Count = len(amounts); d.Count == 0 {
		return d
	}
	d.Min, d.Median, d.Max = amounts[0], amounts[(d.Count-1)/2], amounts[d.Count-1]
	d.Low, d.High = amounts[(d.Count-1)/4], amounts[d.Count-1-(d.Count-1)/4]
	n := law.Money(buckets)
	width := (d.Max - d.Min) / n
	if width == 0 {
		d.Buckets = []Bucket{{d.Min, d.Max, d.Count}}
		return d
	}
	for i := law.Money(0); i < n; i++ {
		b := Bucket{Min: d.Min + i*width, Max: d.Min + (i+1)*width - 1}
		if i == n-1 {
			b.Max = d.Max
		}
		for _, m := range amounts {
			if m >= b.Min && m <= b.Max {
				b.Count++
			}
		}
		d.Buckets = append(d.Buckets, b)
	}
	return d
}

// SimilarText says in a sentence how the similar cases lie.
func (d Distribution) SimilarText() string {
	if d.Count == 0 {
		return fmt.Sprintf("近 %d 年没有同一事项、同一阶次的已结案件", SimilarYears)
	}
	return fmt.Sprintf("近 %d 年同一事项、同一阶次已结 %d 件，罚款 %s—%s 元，中位数 %s 元", SimilarYears, d.Count, d.Min.Grouped(), d.Max.Grouped(), d.Median.Grouped())
}
