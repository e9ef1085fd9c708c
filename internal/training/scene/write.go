package scene

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// MarshalYAML writes what is said in every mood as one text.
func (s Say) MarshalYAML() (any, error) {
	if text, ok := s[""]; ok && len(s) == 1 {
		return text, nil
	}
	return map[string]string(s), nil
}

// MarshalYAML writes one effect without a list.
func (e Effects) MarshalYAML() (any, error) {
	if len(e) == 1 {
		return e[0], nil
	}
	return []Effect(e), nil
}

// Marshal writes a scenario as Parse reads it.
func Marshal(s *Scenario) ([]byte, error) {
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(s); err != nil {
		return nil, fmt.Errorf("写不出情景：%w", err)
	}
	return b.Bytes(), enc.Close()
}

// Merged is a list of effects as one: moods and points add up, what is stated last holds.
func (e Effects) Merged() Effect {
	if len(e) == 1 {
		return e[0]
	}
	var out Effect
	for _, x := range e {
		out.Emotion += x.Emotion
		if len(x.Facts) > 0 {
			if out.Facts == nil {
				out.Facts = map[string]any{}
			}
			maps.Copy(out.Facts, x.Facts)
		}
		for d, n := range x.Score {
			if out.Score == nil {
				out.Score = map[string]float64{}
			}
			out.Score[d] += n
		}
		add((*[]string)(&out.Evidence), x.Evidence...)
		add((*[]string)(&out.Document), x.Document...)
		add((*[]string)(&out.Fatal), x.Fatal...)
		add((*[]string)(&out.Misconception), x.Misconception...)
		add((*[]string)(&out.Event), x.Event...)
	}
	return out
}

// None reports an effect that does nothing.
func (e Effect) None() bool {
	return e.Emotion == 0 && len(e.Facts)+len(e.Score)+len(e.Evidence)+len(e.Document)+len(e.Fatal)+len(e.Misconception)+len(e.Event) == 0
}

// Value reads a value as it is typed: 是 and 否, a number, else text.
func Value(text string) any {
	switch text = strings.TrimSpace(text); text {
	case "是", "true":
		return true
	case "否", "false":
		return false
	}
	if n, err := strconv.Atoi(text); err == nil && strconv.Itoa(n) == text {
		return n
	}
	if x, err := strconv.ParseFloat(text, 64); err == nil && strconv.FormatFloat(x, 'f', -1, 64) == text {
		return x
	}
	return text
}

// Typed writes a value as Value reads it.
func Typed(v any) string {
	switch x := v.(type) {
	case bool:
		if x {
			return "是"
		}
		return "否"
	case []any:
		parts := make([]string, len(x))
		for i, y := range x {
			parts[i] = Typed(y)
		}
		return strings.Join(parts, "、")
	case nil:
		return ""
	}
	return fmt.Sprint(plain(v))
}

// Names are what guards and rules may ask about, in order: facts, evidence, papers, tools and choices.
func (s *Scenario) Names() []string { return slices.Sorted(maps.Keys(s.possible())) }
