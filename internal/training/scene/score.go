package scene

import (
	"fmt"
	"maps"
	"math"
	"slices"
)

// The dimensions of a score.
const (
	Procedure     = "procedure"
	Law           = "law"
	Communication = "communication"
	Evidence      = "evidence"
	Education     = "education"
	Safety        = "safety"
)

// Dims are the dimensions in the order in which they are shown.
var Dims = []string{Procedure, Law, Communication, Evidence, Education, Safety}

// DimLabels are what the dimensions are called.
var DimLabels = map[string]string{Procedure: "程序", Law: "法律", Communication: "沟通", Evidence: "取证", Education: "普法", Safety: "安全"}

// DefaultWeights are the weights of the dimensions unless a scene has its own.
func DefaultWeights() map[string]float64 {
	return map[string]float64{Procedure: 30, Law: 20, Communication: 20, Evidence: 15, Education: 10, Safety: 5}
}

// The pass mark and the ceiling of a run with a fatal fault.
const (
	DefaultPass     = 80
	DefaultFatalCap = 59
)

// Total is a score.
type Total struct {
	Raw    float64 `json:"raw"`
	Final  float64 `json:"final"`
	Passed bool    `json:"passed"`
}

// Sum is the weighted mean of the dimensions that came into play: nothing is given for what the path never met. A
// fatal fault caps the score and fails.
func Sum(weights map[string]float64, pass, fatalCap float64, dims map[string]*float64, fatal int) (Total, error) {
	var sum, weight float64
	for _, d := range slices.Sorted(maps.Keys(dims)) {
		w, known := weights[d]
		if !known {
			return Total{}, fmt.Errorf("“%s”没有权重", d)
		}
		x := dims[d]
		if x == nil {
			continue
		}
		if !(*x >= 0 && *x <= 100) {
			return Total{}, fmt.Errorf("“%s”的得分应在 0 至 100 之间", d)
		}
		sum += w * *x
		weight += w
	}
	for d, w := range weights {
		if !(w >= 0 && w <= 1e6) {
			return Total{}, fmt.Errorf("“%s”的权重应是 0 以上的数", d)
		}
	}
	var t Total
	if weight > 0 {
		t.Raw = sum / weight
	}
	t.Passed = fatal == 0 && t.Raw >= pass-1e-9
	t.Final = t.Raw
	if fatal > 0 {
		t.Final = min(t.Raw, fatalCap)
	}
	t.Raw, t.Final = round6(t.Raw), round6(t.Final)
	return t, nil
}

func round6(x float64) float64 { return math.Round(x*1e6) / 1e6 }

// Result is the score of a run.
type Result struct {
	Dims map[string]*float64 `json:"dims"`
	Total
	Fatal []string `json:"fatal"`
}

// Credit is what one thing earned in a dimension, of what it could have.
type Credit struct {
	Key       string  `json:"key"`
	Dim       string  `json:"dim"`
	Earned    float64 `json:"earned"`
	Available float64 `json:"available"`
}

// Score is the score of a state as it stands.
func (p *Play) Score(s State) Result {
	earned, available := map[string]float64{}, map[string]float64{}
	for _, c := range slices.Concat(s.Credits, p.curve(s)) {
		earned[c.Dim] += c.Earned
		available[c.Dim] += c.Available
	}
	r := Result{Dims: map[string]*float64{}, Fatal: slices.Clone(s.Fatal)}
	if r.Fatal == nil {
		r.Fatal = []string{}
	}
	for d := range p.Scenario.Rubric.Weights {
		r.Dims[d] = nil
		if available[d] > 0 {
			x := round6(min(max(earned[d]/available[d]*100, 0), 100))
			r.Dims[d] = &x
		}
	}
	// Weights and dimensions were checked when the scenario was compiled.
	r.Total, _ = Sum(p.Scenario.Rubric.Weights, p.Scenario.Rubric.Pass, p.Scenario.Rubric.FatalCap, r.Dims, len(s.Fatal))
	return r
}

// curve is what the course of the mood earned.
func (p *Play) curve(s State) []Credit {
	c := p.Scenario.Rubric.Curve
	if s.End == "" || c.End == 0 && c.Calm == 0 {
		return nil
	}
	out := []Credit{{Key: "curve/end", Dim: Communication, Available: c.End}, {Key: "curve/calm", Dim: Communication, Available: c.Calm, Earned: c.Calm}}
	if s.Emotion <= p.Scenario.Party.Emotion.Start {
		out[0].Earned = c.End
	}
	if s.T > 0 {
		out[1].Earned = c.Calm * (1 - min(s.AngryS/s.T, 1))
	}
	return out
}
