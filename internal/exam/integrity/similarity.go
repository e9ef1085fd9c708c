// Package integrity finds signs that an examination was not everybody's own work. A sign only advises: a
// person decides, and the candidate may explain. It is pure.
package integrity

import (
	"errors"
	"fmt"
	"math"
)

// Similarity compares the wrong answers of two candidates, after Harpp and Hogan: those who worked apart
// rarely choose the same wrong option again and again while differing little elsewhere.
type Similarity struct {
	Items        int      `json:"items"`
	BothWrong    int      `json:"both_wrong"`     // EIC: items that both got wrong
	ExactWrong   int      `json:"exact_wrong"`    // EEIC: of these, with the same wrong answer
	Differences  int      `json:"differences"`    // items answered differently
	Ratio        *float64 `json:"ratio"`          // EEIC over differences; null without differences
	ShareOfWrong *float64 `json:"share_of_wrong"` // EEIC over EIC
	Review       bool     `json:"review"`         // worth a look by a person
}

// From these values on a pair is shown to the chief invigilator.
const (
	reviewFromExact = 6
	reviewFromRatio = 1.0
	reviewFromShare = 0.75
)

// MaxItems bounds one comparison.
const MaxItems = 10000

// Compare compares two candidates' answers with the key. An empty answer was not given: it is wrong, but not
// the same wrong answer as another empty one.
func Compare(key, a, b []string) (Similarity, error) {
	if len(key) == 0 || len(key) > MaxItems {
		return Similarity{}, fmt.Errorf("答案应有 1 至 %d 题", MaxItems)
	}
	if len(a) != len(key) || len(b) != len(key) {
		return Similarity{}, errors.New("两人的作答应与答案题数相同，没有作答的写空")
	}
	s := Similarity{Items: len(key)}
	for i, k := range key {
		if k == "" {
			return Similarity{}, fmt.Errorf("第 %d 题没有答案", i+1)
		}
		if a[i] != b[i] {
			s.Differences++
		}
		if a[i] == k || b[i] == k {
			continue
		}
		s.BothWrong++
		if a[i] == b[i] && a[i] != "" {
			s.ExactWrong++
		}
	}
	s.Ratio, s.ShareOfWrong = ratio(s.ExactWrong, s.Differences), ratio(s.ExactWrong, s.BothWrong)
	s.Review = s.ExactWrong >= reviewFromExact && *s.ShareOfWrong >= reviewFromShare && (s.Ratio == nil || *s.Ratio >= reviewFromRatio)
	return s, nil
}

func ratio(n, d int) *float64 {
	if d == 0 {
		return nil
	}
	x := math.Round(float64(n)/float64(d)*1e6) / 1e6
	return &x
}
