package grade

import (
	"fmt"
	"math"
)

// apart is how far two markers may differ, in hundredths of the maximum.
const apart = 15

// Double joins two markers: within 15 per cent of the maximum their mean, else a third marker decides: the mean
// of the third and the nearer of the two, the third alone when both are as near. needsThird is true
// while there is none.
func Double(a, b, maximum float64, third *float64) (score float64, needsThird bool, err error) {
	if !(maximum > 0 && maximum <= MaxPoints) {
		return 0, false, fmt.Errorf("满分应大于 0、不超过 %d", MaxPoints)
	}
	marks := []float64{a, b}
	if third != nil {
		marks = append(marks, *third)
	}
	ms := make([]int64, len(marks))
	for i, m := range marks {
		if !(m >= 0 && m <= maximum) {
			return 0, false, fmt.Errorf("第 %d 位评卷人的分数 %v 不在 0 至满分 %v 之间", i+1, m, maximum)
		}
		ms[i] = int64(math.Round(m * micro))
	}
	distance := func(x, y int64) int64 { return max(x-y, y-x) }
	if distance(ms[0], ms[1])*100 <= apart*int64(math.Round(maximum*micro)) {
		return mean(ms[0], ms[1]), false, nil
	}
	if third == nil {
		return 0, true, nil
	}
	toA, toB := distance(ms[2], ms[0]), distance(ms[2], ms[1])
	switch {
	case toA < toB:
		return mean(ms[2], ms[0]), false, nil
	case toB < toA:
		return mean(ms[2], ms[1]), false, nil
	}
	return mean(ms[2], ms[2]), false, nil
}

// mean of two marks in millionths, half up to 0.01.
func mean(a, b int64) float64 {
	const cent = micro / 100
	return float64((a+b+cent)/(2*cent)) / 100
}
