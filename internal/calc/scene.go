package calc

import (
	"encoding/json"
	"slices"

	"fadu/internal/training/scene"
)

type sceneAnswer struct {
	State    scene.State   `json:"state"`
	Log      []scene.Entry `json:"log"`
	Score    scene.Result  `json:"score"`
	Lacks    []string      `json:"lacks"` // what the file would lack in court
	Articles []string      `json:"articles"`
}

// scenePlay answers {"scenario", "acts", "seed"?}: the acts are played one after the other.
func (d *Door) scenePlay(question json.RawMessage) (any, error) {
	f, err := readFields(question, "scenario", "acts", "seed")
	if err != nil {
		return nil, err
	}
	var raw json.RawMessage
	if err := f.into("scenario", &raw, false); err != nil {
		return nil, err
	}
	var acts []scene.Act
	if err := f.into("acts", &acts, false); err != nil {
		return nil, err
	}
	var seed uint64
	if err := f.into("seed", &seed, true); err != nil {
		return nil, err
	}
	s, err := scene.Parse(raw)
	if err != nil {
		return nil, err
	}
	p, err := scene.Compile(s, d.judge)
	if err != nil {
		return nil, err
	}
	state, log, err := p.Replay(seed, acts)
	if err != nil {
		return nil, err
	}
	a := sceneAnswer{State: state, Log: log, Score: p.Score(state), Lacks: []string{}, Articles: []string{}}
	for _, n := range p.Lacks(state) {
		a.Lacks = append(a.Lacks, n.Text)
	}
	for _, h := range state.Hits {
		if h.Article != "" && !slices.Contains(a.Articles, h.Article) {
			a.Articles = append(a.Articles, h.Article)
		}
	}
	return a, nil
}

type sceneScoreAnswer struct {
	scene.Total
	Article string `json:"article"`
}

// sceneScore answers {"weights"?, "pass"?, "fatal_cap"?, "dims", "fatal"?}.
func sceneScore(question json.RawMessage) (any, error) {
	f, err := readFields(question, "weights", "pass", "fatal_cap", "dims", "fatal")
	if err != nil {
		return nil, err
	}
	weights := scene.DefaultWeights()
	if f.has("weights") {
		weights = nil
		if err := f.into("weights", &weights, false); err != nil {
			return nil, err
		}
	}
	pass, err := f.number("pass", scene.DefaultPass)
	if err != nil {
		return nil, err
	}
	limit, err := f.number("fatal_cap", scene.DefaultFatalCap)
	if err != nil {
		return nil, err
	}
	var dims map[string]*float64
	if err := f.into("dims", &dims, false); err != nil {
		return nil, err
	}
	var fatal []string
	if err := f.into("fatal", &fatal, true); err != nil {
		return nil, err
	}
	total, err := scene.Sum(weights, pass, limit, dims, len(fatal))
	return sceneScoreAnswer{total, basisTraining}, err
}

// emotion answers {"start", "base", "decay_per_s", "sensitivity"?, "steps"}: the mood after each step.
func emotion(question json.RawMessage) (any, error) {
	f, err := readFields(question, "start", "base", "decay_per_s", "sensitivity", "steps")
	if err != nil {
		return nil, err
	}
	var m scene.Emotion
	if m.Start, err = f.number("start"); err != nil {
		return nil, err
	}
	if m.Base, err = f.number("base"); err != nil {
		return nil, err
	}
	if m.Decay, err = f.number("decay_per_s"); err != nil {
		return nil, err
	}
	if m.Sensitivity, err = f.number("sensitivity", 1); err != nil {
		return nil, err
	}
	var steps []scene.Step
	if err := f.into("steps", &steps, false); err != nil {
		return nil, err
	}
	course, err := m.Course(steps)
	if err != nil {
		return nil, err
	}
	return listAnswer{course, basisTraining}, nil
}
