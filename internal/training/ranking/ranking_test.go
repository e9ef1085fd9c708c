package ranking

import (
	"math"
	"slices"
	"testing"
)

func TestTeams(t *testing.T) {
	got, err := Teams([]Team{
		{"全到齐", 5, []float64{80, 80, 80, 80, 80}},
		{"只派高手", 5, []float64{100, 100, 100}},
		{"缺一人", 5, []float64{100, 100, 100, 100}},
		{"低一些", 2, []float64{70, 70}},
		{"没人来", 3, nil},
	})
	if err != nil {
		t.Fatal(err)
	}
	ranks := []int{1, 0, 1, 3, 0}
	means := []float64{80, 60, 80, 70, 0}
	for i, p := range got {
		r := 0
		if p.Rank != nil {
			r = *p.Rank
		}
		if r != ranks[i] || p.Mean != means[i] || p.Ranked != (r > 0) {
			t.Errorf("%+v，名次 %d", p, r)
		}
	}
	for name, teams := range map[string][]Team{
		"没有名称":  {{"", 1, nil}},
		"同名":    {{"a", 1, nil}, {"a", 1, nil}},
		"成绩多于人": {{"a", 1, []float64{1, 2}}},
		"负的成绩":  {{"a", 1, []float64{-1}}},
		"不是数":   {{"a", 1, []float64{math.NaN()}}},
	} {
		if _, err := Teams(teams); err == nil {
			t.Errorf("%s也收了", name)
		}
	}
}

func TestFourInOne(t *testing.T) {
	full := func(a, b, c, d float64) map[Part]float64 {
		return map[Part]float64{Activities: a, Scorebook: b, Assessment: c, Competition: d}
	}
	got, err := FourInOne(nil, []Unit{
		{"甲", full(90, 80, 70, 60)}, // 18+24+21+12
		{"乙", full(75, 75, 75, 75)},
		{"丙", map[Part]float64{Activities: 100, Scorebook: 100}},
		{"丁", full(0, 0, 0, 0)},
		{"戊", nil},
	})
	if err != nil {
		t.Fatal(err)
	}
	ranks, scores := []int{1, 1, 4, 3, 0}, []float64{75, 75, 100, 0, -1}
	for i, p := range got {
		r, s := 0, -1.0
		if p.Rank != nil {
			r = *p.Rank
		}
		if p.Score != nil {
			s = *p.Score
		}
		if r != ranks[i] || s != scores[i] || p.Complete != (len(p.Missing) == 0) {
			t.Errorf("%+v：第 %d 名，%v 分", p, r, s)
		}
	}
	if !slices.Equal(got[2].Missing, []Part{Assessment, Competition}) {
		t.Errorf("缺的部分：%v", got[2].Missing)
	}
	for name, c := range map[string]struct {
		w map[Part]float64
		u []Unit
	}{
		"权重全零":  {map[Part]float64{Activities: 0}, nil},
		"负的权重":  {map[Part]float64{Activities: -1}, nil},
		"没有的部分": {nil, []Unit{{"a", map[Part]float64{"印象": 1}}}},
		"超过一百":  {nil, []Unit{{"a", map[Part]float64{Activities: 101}}}},
		"同名":    {nil, []Unit{{"a", nil}, {"a", nil}}},
	} {
		if _, err := FourInOne(c.w, c.u); err == nil {
			t.Errorf("%s也收了", name)
		}
	}
}
