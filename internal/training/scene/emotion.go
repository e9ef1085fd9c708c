package scene

import (
	"errors"
	"fmt"
	"math"
)

// Emotion is how a party's mood moves: it drifts back to its base, and what is said pushes it.
type Emotion struct {
	Start       float64 `yaml:"start"`
	Base        float64 `yaml:"base"`
	Decay       float64 `yaml:"decay"` // a second
	Sensitivity float64 `yaml:"sensitivity"`
}

// Bands are what an officer sees of a mood, from the calmest.
var Bands = []string{"平静", "紧张", "愤怒", "失控"}

// bandFrom is where each band begins; from 85 on crowds, filming and injury may follow.
var bandFrom = []float64{0, 40, 70, 85}

// angryFrom is where anger begins.
const angryFrom = 70

// Band names the band of a mood.
func Band(e float64) string {
	for i := len(bandFrom) - 1; i > 0; i-- {
		if e >= bandFrom[i] {
			return Bands[i]
		}
	}
	return Bands[0]
}

// Drift is the mood after so many seconds in which nothing is said.
func (m Emotion) Drift(e, dt float64) float64 {
	return m.Base + (e-m.Base)*math.Exp(-m.Decay*dt)
}

// Push is the mood after something that moves it, from 0 to 100.
func (m Emotion) Push(e, delta float64) float64 {
	return min(max(e+delta*m.Sensitivity, 0), 100)
}

// Step is something that moves a mood after a while.
type Step struct {
	Delta float64 `json:"delta"`
	DtS   float64 `json:"dt_s"`
}

// MaxSteps bounds one course.
const MaxSteps = 100000

// Course is the mood after each step: first the drift, then the push.
func (m Emotion) Course(steps []Step) ([]float64, error) {
	if len(steps) > MaxSteps {
		return nil, fmt.Errorf("一次最多 %d 步", MaxSteps)
	}
	for _, x := range []float64{m.Start, m.Base} {
		if !(x >= 0 && x <= 100) {
			return nil, errors.New("初值和基线应在 0 至 100 之间")
		}
	}
	if !(m.Decay >= 0 && m.Decay <= 1e6 && m.Sensitivity >= 0 && m.Sensitivity <= 1e6) {
		return nil, errors.New("衰减和敏感度不能是负数")
	}
	out := make([]float64, len(steps))
	e := m.Start
	for i, s := range steps {
		if !(s.DtS >= 0 && s.DtS <= 1e9) || !(math.Abs(s.Delta) <= 1e6) {
			return nil, fmt.Errorf("第 %d 步的时间或者冲量不对", i+1)
		}
		e = m.Push(m.Drift(e, s.DtS), s.Delta)
		out[i] = math.Round(e*1e6) / 1e6
	}
	return out, nil
}
