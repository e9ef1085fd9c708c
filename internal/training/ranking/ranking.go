// Package ranking puts teams and units in order: the mean of a team in which who was absent counts as nothing, and the
// yearly 四合一 score of a unit from its four parts. Ties share a rank. It is pure.
package ranking

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Participation is the share of its people that a team must bring to be ranked.
const Participation = 0.8

// MaxUnits bounds one ranking.
const MaxUnits = 10000

// Team is the scores of those who came; Enrolled counts all who should have.
type Team struct {
	Name     string
	Enrolled int
	Scores   []float64
}

// TeamPlace is a team's result.
type TeamPlace struct {
	Name          string   `json:"name"`
	Enrolled      int      `json:"enrolled"`
	Taken         int      `json:"taken"`
	Mean          float64  `json:"mean"`
	MeanOfTaken   *float64 `json:"mean_of_taken"`
	Participation float64  `json:"participation"`
	Ranked        bool     `json:"ranked"`
	Rank          *int     `json:"rank"`
}

// Teams ranks teams by the mean over all who should have come. A team with fewer than four of five people
// has its mean and no rank.
func Teams(teams []Team) ([]TeamPlace, error) {
	if len(teams) > MaxUnits {
		return nil, fmt.Errorf("一次最多排 %d 个", MaxUnits)
	}
	out := make([]TeamPlace, len(teams))
	seen := map[string]bool{}
	for i, t := range teams {
		switch {
		case t.Name == "" || seen[t.Name]:
			return nil, fmt.Errorf("第 %d 个队没有名称或者与前面的同名", i+1)
		case t.Enrolled < 1 || len(t.Scores) > t.Enrolled:
			return nil, fmt.Errorf("“%s”应到 %d 人、有 %d 个成绩，请核对", t.Name, t.Enrolled, len(t.Scores))
		}
		seen[t.Name] = true
		var sum float64
		for _, s := range t.Scores {
			if !(s >= 0 && s <= 100000) {
				return nil, fmt.Errorf("“%s”有一个成绩不是 0 以上的数", t.Name)
			}
			sum += s
		}
		p := TeamPlace{Name: t.Name, Enrolled: t.Enrolled, Taken: len(t.Scores), Mean: round6(sum / float64(t.Enrolled))}
		if p.Taken > 0 {
			m := round6(sum / float64(p.Taken))
			p.MeanOfTaken = &m
		}
		p.Participation = round6(float64(p.Taken) / float64(t.Enrolled))
		p.Ranked = float64(p.Taken) >= Participation*float64(t.Enrolled)
		out[i] = p
	}
	rank(out, func(p TeamPlace) (float64, bool) { return p.Mean, p.Ranked }, func(p *TeamPlace, r int) { p.Rank = &r })
	return out, nil
}

// Part is one of the four parts of the yearly score.
type Part string

// The four parts: a series of activities, a scorebook, a special assessment, a competition.
const (
	Activities  Part = "活动"
	Scorebook   Part = "评分簿"
	Assessment  Part = "专项考核"
	Competition Part = "竞赛"
)

// DefaultWeights are the weights of the parts unless the year has its own.
var DefaultWeights = map[Part]float64{Activities: 20, Scorebook: 30, Assessment: 30, Competition: 20}

// Unit is a unit with the parts that it has scores of, from 0 to 100.
type Unit struct {
	Name  string
	Parts map[Part]float64
}

// UnitPlace is a unit's result.
type UnitPlace struct {
	Name     string   `json:"name"`
	Score    *float64 `json:"score"`
	Complete bool     `json:"complete"`
	Missing  []Part   `json:"missing"`
	Rank     *int     `json:"rank"`
}

// FourInOne scores units by the weighted mean of the parts there are. Incomplete units stand after the
// complete ones; a unit without any part has neither score nor rank.
func FourInOne(weights map[Part]float64, units []Unit) ([]UnitPlace, error) {
	if weights == nil {
		weights = DefaultWeights
	}
	if len(units) > MaxUnits {
		return nil, fmt.Errorf("一次最多排 %d 个", MaxUnits)
	}
	parts := make([]Part, 0, len(weights))
	var all float64
	for p, w := range weights {
		if p == "" || !(w >= 0 && w <= 100000) {
			return nil, fmt.Errorf("“%s”的权重应是 0 以上的数", p)
		}
		if w > 0 {
			parts = append(parts, p)
			all += w
		}
	}
	if all <= 0 {
		return nil, errors.New("权重不能都是 0")
	}
	order := []Part{Activities, Scorebook, Assessment, Competition}
	slices.SortFunc(parts, func(a, b Part) int {
		return cmp.Or(cmp.Compare(place(order, a), place(order, b)), cmp.Compare(a, b))
	})
	out := make([]UnitPlace, len(units))
	seen := map[string]bool{}
	for i, u := range units {
		if u.Name == "" || seen[u.Name] {
			return nil, fmt.Errorf("第 %d 个单位没有名称或者与前面的同名", i+1)
		}
		seen[u.Name] = true
		for p, s := range u.Parts {
			if _, known := weights[p]; !known {
				return nil, fmt.Errorf("“%s”的“%s”没有权重", u.Name, p)
			}
			if !(s >= 0 && s <= 100) {
				return nil, fmt.Errorf("“%s”的“%s”应在 0 至 100 之间", u.Name, p)
			}
		}
		out[i] = unit(u, parts, weights)
	}
	rank(out, func(p UnitPlace) (float64, bool) {
		switch {
		case p.Score == nil:
			return 0, false
		case p.Complete:
			return *p.Score, true
		}
		return *p.Score - 1000, true // after every complete unit
	}, func(p *UnitPlace, r int) { p.Rank = &r })
	return out, nil
}

func place(order []Part, p Part) int {
	if i := slices.Index(order, p); i >= 0 {
		return i
	}
	return len(order)
}

func unit(u Unit, parts []Part, weights map[Part]float64) UnitPlace {
	p := UnitPlace{Name: u.Name, Missing: []Part{}}
	var sum, have float64
	for _, part := range parts {
		s, ok := u.Parts[part]
		if !ok {
			p.Missing = append(p.Missing, part)
			continue
		}
		sum += weights[part] * s
		have += weights[part]
	}
	p.Complete = len(p.Missing) == 0
	if have > 0 {
		score := round6(sum / have)
		p.Score = &score
	}
	return p
}

// rank gives places from the highest value: equals share one, and the next is as far on as there were equals.
func rank[T any](ts []T, value func(T) (float64, bool), set func(*T, int)) {
	for i := range ts {
		v, ranked := value(ts[i])
		if !ranked {
			continue
		}
		r := 1
		for _, o := range ts {
			if w, other := value(o); other && w > v {
				r++
			}
		}
		set(&ts[i], r)
	}
}

func round6(x float64) float64 { return math.Round(x*1e6) / 1e6 }
