package calc

import (
	"encoding/json"
	"fmt"
	"slices"

	"fadu/internal/exam/grade"
)

// gradeKeys are the keys of each type of question.
var gradeKeys = map[string][]string{
	"single":         {"type", "key", "selected", "points", "penalty", "options"},
	"multiple":       {"type", "policy", "key", "options", "points", "selected"},
	"judgement":      {"type", "key", "selected", "points", "penalty"},
	"fill":           {"type", "answer", "accept", "points"},
	"order":          {"type", "policy", "key", "precedence", "fatal", "answer", "points"},
	"double_marking": {"type", "a", "b", "max", "third"},
}

type scoreAnswer struct {
	Score   float64 `json:"score"`
	Article string  `json:"article"`
}

type fillAnswer struct {
	Correct    bool     `json:"correct"`
	Normalised string   `json:"normalised"`
	Score      *float64 `json:"score,omitempty"` // when the question states points
	Article    string   `json:"article"`
}

type doubleAnswer struct {
	Status  string   `json:"status"`
	Score   *float64 `json:"score"`
	Article string   `json:"article"`
}

// gradeItem answers {"type": …} and what that type needs.
func gradeItem(question json.RawMessage) (any, error) {
	all, err := readFields(question)
	if err != nil {
		return nil, err
	}
	kind, err := all.text("type")
	if err != nil {
		return nil, err
	}
	keys, ok := gradeKeys[kind]
	if !ok {
		return nil, fmt.Errorf("“type”只能是 single、multiple、judgement、fill、order、double_marking，不能是“%s”", kind)
	}
	f, err := readFields(question, keys...)
	if err != nil {
		return nil, err
	}
	switch kind {
	case "fill":
		return gradeFill(f)
	case "double_marking":
		return gradeDouble(f)
	}
	points, err := f.number("points", 1)
	if err != nil {
		return nil, err
	}
	var score float64
	if kind == "order" {
		score, err = gradeOrder(f, points)
	} else {
		score, err = gradeChoice(kind, f, points)
	}
	return scoreAnswer{score, basisGrade}, err
}

func gradeChoice(kind string, f fields, points float64) (float64, error) {
	if !f.has("key") {
		return 0, fmt.Errorf("缺“key”")
	}
	key, err := f.choice("key")
	if err != nil {
		return 0, err
	}
	selected, err := f.choice("selected")
	if err != nil {
		return 0, err
	}
	penalty, err := f.number("penalty", 0)
	if err != nil {
		return 0, err
	}
	switch kind {
	case "single":
		return grade.Single(key, selected, points, penalty)
	case "judgement":
		return grade.Judgement(key, selected, points, penalty)
	}
	policy := string(grade.AllOrNothing)
	if f.has("policy") {
		if policy, err = f.text("policy"); err != nil {
			return 0, err
		}
	}
	options, err := f.whole("options", true)
	if err != nil {
		return 0, err
	}
	if !f.has("options") {
		options = 4
	}
	return grade.Multiple(grade.Policy(policy), key, selected, options, points)
}

func gradeFill(f fields) (any, error) {
	answer := ""
	var err error
	if f.has("answer") {
		if answer, err = f.text("answer"); err != nil {
			return nil, err
		}
	}
	var accept []string
	if err := f.into("accept", &accept, false); err != nil {
		return nil, err
	}
	a := fillAnswer{Article: basisGrade}
	a.Correct, a.Normalised = grade.Fill(answer, accept)
	if f.has("points") {
		points, err := f.number("points")
		if err != nil {
			return nil, err
		}
		score, err := grade.FillScore(answer, accept, points)
		if err != nil {
			return nil, err
		}
		a.Score = &score
	}
	return a, nil
}

func gradeOrder(f fields, points float64) (float64, error) {
	o := grade.Order{Policy: grade.OrderPrecedence, Points: points}
	if f.has("policy") {
		policy, err := f.text("policy")
		if err != nil {
			return 0, err
		}
		o.Policy = grade.OrderPolicy(policy)
	}
	var answer []string
	var precedence, fatal [][]string
	for _, r := range []struct {
		key      string
		to       any
		optional bool
	}{{"key", &o.Key, false}, {"answer", &answer, true}, {"precedence", &precedence, true}, {"fatal", &fatal, true}} {
		if err := f.into(r.key, r.to, r.optional); err != nil {
			return 0, err
		}
	}
	for _, pairs := range []struct {
		key  string
		from [][]string
		to   *[][2]string
	}{{"precedence", precedence, &o.Precedence}, {"fatal", fatal, &o.Fatal}} {
		if i := slices.IndexFunc(pairs.from, func(p []string) bool { return len(p) != 2 }); i >= 0 {
			return 0, fmt.Errorf("“%s”第%d个应是两步：[先, 后]", pairs.key, i+1)
		}
		for _, p := range pairs.from {
			*pairs.to = append(*pairs.to, [2]string{p[0], p[1]})
		}
	}
	return o.Score(answer)
}

func gradeDouble(f fields) (any, error) {
	var marks [3]float64
	for i, key := range []string{"a", "b", "max"} {
		x, err := f.number(key)
		if err != nil {
			return nil, err
		}
		marks[i] = x
	}
	var third *float64
	if f.has("third") {
		x, err := f.number("third")
		if err != nil {
			return nil, err
		}
		third = &x
	}
	score, needs, err := grade.Double(marks[0], marks[1], marks[2], third)
	if err != nil {
		return nil, err
	}
	if needs {
		return doubleAnswer{Status: "needs_third", Article: basisGrade}, nil
	}
	return doubleAnswer{"final", &score, basisGrade}, nil
}
