// Package mastery estimates how well a person commands a rule, from exams, scenes and real files. The estimate
// is for training only: who is weak gets practice, and closing a weakness takes a real file or a blind test. It
// is pure.
package mastery

import (
	"fmt"
	"math"
	"strings"
)

// Source is where an observation comes from.
type Source string

// The sources; what happened on a real file says most.
const (
	Quiz  Source = "quiz"
	Scene Source = "scene"
	File  Source = "file"
)

// weights of the sources.
var weights = map[Source]float64{Quiz: 1, Scene: 2, File: 3}

const (
	// halfLife is after how many days an observation counts half.
	halfLife = 90
	// A rule is weak below this mastery, once there is this much evidence.
	weakBelow   = 0.6
	weakFromSum = 1.5
)

// Observation is one result on a rule: Score from 0 to 1, Day counted from any fixed day.
type Observation struct {
	Source Source
	Score  float64
	Day    float64
}

// Level is the estimate.
type Level struct {
	Mastery  float64 `json:"mastery"`
	Evidence float64 `json:"evidence"`
	Weak     bool    `json:"weak"`
}

// Estimate is (1+Σw·s)/(2+Σw), w the source's weight halved every 90 days: without evidence one half.
func Estimate(now float64, obs []Observation) (Level, error) {
	var sum, good float64
	for i, o := range obs {
		w, ok := weights[o.Source]
		switch {
		case !ok:
			return Level{}, fmt.Errorf("第 %d 条的来源“%s”不认识，应是 %s（考题）、%s（情景）、%s（案卷）", i+1, o.Source, Quiz, Scene, File)
		case !(o.Score >= 0 && o.Score <= 1):
			return Level{}, fmt.Errorf("第 %d 条的得分应在 0 至 1 之间", i+1)
		case !(o.Day <= now):
			return Level{}, fmt.Errorf("第 %d 条在今天以后", i+1)
		}
		w *= math.Pow(0.5, (now-o.Day)/halfLife)
		sum += w
		good += w * o.Score
	}
	level := (1 + good) / (2 + sum)
	return Level{round6(level), round6(sum), level < weakBelow && sum >= weakFromSum}, nil
}

func round6(x float64) float64 { return math.Round(x*1e6) / 1e6 }

// ParseSource reads a source by its name in either language.
func ParseSource(s string) Source {
	switch strings.TrimSpace(s) {
	case "考题", "exam":
		return Quiz
	case "情景":
		return Scene
	case "案卷":
		return File
	}
	return Source(strings.TrimSpace(s))
}
