package practice

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// Rating is how well an answer was remembered.
type Rating int

// The ratings: forgotten, remembered with effort, remembered, remembered easily.
const (
	Again Rating = 1 + iota
	Hard
	Good
	Easy
)

// MaxInterval is the longest pause in days: a year, in which statutes change.
const MaxInterval = 365

const (
	minStability = 0.001
	maxStability = 36500
	// minFirst is the least stability after a first answer.
	minFirst = 0.1
)

// DefaultWeights are the 21 published weights of FSRS-6.
var DefaultWeights = [21]float64{
	0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
	1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
}

// weightBounds are the published bounds; a weight fitted beyond them is brought back.
var weightBounds = [21][2]float64{
	{0.001, 100},
	{0.001, 100},
	{0.001, 100},
	{0.001, 100},
	{1, 10},
	{0.001, 4},
	{0.001, 4},
	{0.001, 0.75},
	{0, 4.5},
	{0, 0.8},
	{0.001, 3.5},
	{0.001, 5},
	{0.001, 0.25},
	{0.001, 0.9},
	{0, 4},
	{0, 1},
	{1, 6},
	{0, 2},
	{0, 2},
	{0, 0.8},
	{0.1, 0.8},
}

// Memory is what the model knows of a card: stability is the number of days after which nine of ten such
// cards are still remembered, difficulty goes from 1 to 10. The zero Memory is a card never seen.
type Memory struct {
	Stability, Difficulty float64
}

// Scheduler holds the weights and the retention that is wanted.
type Scheduler struct {
	w             [21]float64
	decay, factor float64
	modifier      float64 // days of interval for each day of stability
}

// NewScheduler makes a scheduler; no weights mean the published ones. Retention is the share of cards that
// should still be remembered when they come up.
func NewScheduler(weights []float64, retention float64) (*Scheduler, error) {
	s := &Scheduler{w: DefaultWeights}
	if weights != nil {
		if len(weights) != len(s.w) {
			return nil, fmt.Errorf("FSRS-6 有 %d 个权重，给了 %d 个", len(s.w), len(weights))
		}
		for i, w := range weights {
			if math.IsNaN(w) || math.IsInf(w, 0) {
				return nil, fmt.Errorf("第 %d 个权重不是数", i)
			}
			s.w[i] = min(max(w, weightBounds[i][0]), weightBounds[i][1])
		}
	}
	if !(retention > 0 && retention < 1) {
		return nil, errors.New("保持率应大于 0、小于 1，通常取 0.9")
	}
	s.decay = -s.w[20]
	s.factor = round8(math.Exp(math.Log(0.9)/s.decay) - 1)
	s.modifier = round8((math.Pow(retention, 1/s.decay) - 1) / s.factor)
	return s, nil
}

// round8 keeps eight places, as the published reference does: without it the last digits of a long series
// would depend on the machine's library.
func round8(x float64) float64 { return math.Round(x*1e8) / 1e8 }

// Retrievability is the chance that the card is still remembered after so many days.
func (s *Scheduler) Retrievability(m Memory, days float64) float64 {
	if m.Stability <= 0 {
		return 0
	}
	return round8(math.Pow(1+s.factor*days/m.Stability, s.decay))
}

// Next is the memory after an answer so many days after the last one.
func (s *Scheduler) Next(m Memory, days float64, r Rating) Memory {
	if m == (Memory{}) {
		return Memory{Stability: max(s.w[r-1], minFirst), Difficulty: min(max(s.firstDifficulty(r), 1), 10)}
	}
	recall := s.Retrievability(m, days)
	next := Memory{Difficulty: s.difficulty(m.Difficulty, r)}
	if r == Again {
		next.Stability = max(min(round8(m.Stability), s.forgotten(m, recall)), minStability)
	} else {
		next.Stability = s.remembered(m, recall, r)
	}
	return next
}

func (s *Scheduler) firstDifficulty(r Rating) float64 {
	return round8(s.w[4] - math.Exp(float64(r-1)*s.w[5]) + 1)
}

// difficulty moves with the rating, the less the harder the card is already, and is drawn back a little
// towards that of an easy card.
func (s *Scheduler) difficulty(d float64, r Rating) float64 {
	moved := d + round8(-s.w[6]*float64(r-3)*(10-d)/9)
	return min(max(round8(s.w[7]*s.firstDifficulty(Easy)+(1-s.w[7])*moved), 1), 10)
}

func (s *Scheduler) remembered(m Memory, recall float64, r Rating) float64 {
	bonus := 1.0
	switch r {
	case Hard:
		bonus = s.w[15]
	case Easy:
		bonus = s.w[16]
	}
	grown := m.Stability * (1 + math.Exp(s.w[8])*(11-m.Difficulty)*math.Pow(m.Stability, -s.w[9])*(math.Exp((1-recall)*s.w[10])-1)*bonus)
	return round8(min(max(grown, minStability), maxStability))
}

func (s *Scheduler) forgotten(m Memory, recall float64) float64 {
	left := s.w[11] * math.Pow(m.Difficulty, -s.w[12]) * (math.Pow(m.Stability+1, s.w[13]) - 1) * math.Exp((1-recall)*s.w[14])
	return round8(min(max(left, minStability), maxStability))
}

func (s *Scheduler) days(m Memory) int {
	return int(min(max(math.Round(m.Stability*s.modifier), 1), MaxInterval))
}

// Interval is the pause before the card comes up again after it was rated r. The four ratings keep their
// order: remembered with effort waits longer than forgotten, remembered longer still.
func (s *Scheduler) Interval(before Memory, elapsed float64, r Rating) int {
	var ivl [5]int
	for g := Again; g <= Easy; g++ {
		ivl[g] = s.days(s.Next(before, elapsed, g))
	}
	ivl[Again] = min(ivl[Again], ivl[Hard])
	for g := Hard; g <= Easy; g++ {
		ivl[g] = max(ivl[g], ivl[g-1]+1)
	}
	return min(ivl[r], MaxInterval)
}

// Review is one answer with what follows from it.
type Review struct {
	Memory
	Interval int // days
	Due      time.Time
}

// Review rates a card at an instant; last is when it was rated before.
func (s *Scheduler) Review(before Memory, last, at time.Time, r Rating) Review {
	var elapsed float64
	if before != (Memory{}) {
		elapsed = math.Floor(max(at.Sub(last).Hours()/24, 0))
	}
	days := s.Interval(before, elapsed, r)
	return Review{s.Next(before, elapsed, r), days, at.AddDate(0, 0, days)}
}

// MaxReviews bounds one series.
const MaxReviews = 1000

// Series rates a new card at start and then each time on its due instant.
func (s *Scheduler) Series(start time.Time, ratings []Rating) ([]Review, error) {
	if len(ratings) > MaxReviews {
		return nil, fmt.Errorf("一次最多算 %d 次复习", MaxReviews)
	}
	out := make([]Review, 0, len(ratings))
	var m Memory
	last, at := start, start
	for i, r := range ratings {
		if r < Again || r > Easy {
			return nil, fmt.Errorf("第 %d 次的评分是 %d，只能是 1（没想起）、2（吃力）、3（记得）、4（轻松）", i+1, r)
		}
		rev := s.Review(m, last, at, r)
		out = append(out, rev)
		m, last, at = rev.Memory, at, rev.Due
	}
	return out, nil
}
