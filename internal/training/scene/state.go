package scene

import (
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"
	"strconv"
)

// State is all that a session knows. It is a value: Do returns a new one.
type State struct {
	Seq           int                `json:"seq"`
	Seed          uint64             `json:"seed"`
	Beat          string             `json:"beat"`
	T             float64            `json:"t"`      // seconds since the scene began
	BeatT         float64            `json:"beat_t"` // seconds since the beat began
	Emotion       float64            `json:"emotion"`
	Peak          float64            `json:"peak"`
	AngryS        float64            `json:"angry_s"` // seconds in anger
	Vars          map[string]any     `json:"vars"`
	Facts         map[string]any     `json:"facts"`
	Evidence      []string           `json:"evidence"`
	Documents     []string           `json:"documents"`
	Done          []string           `json:"done"` // acts, in their order, each once
	Used          []string           `json:"-"`    // beat/choice, what may be done only once
	Fired         []string           `json:"-"`
	Left          []string           `json:"-"` // beats whose chances are counted
	Since         map[string]float64 `json:"-"` // when each act was first done
	Credits       []Credit           `json:"credits"`
	Hits          []Hit              `json:"rule_hits"`
	Fatal         []string           `json:"fatal"`
	Misconception []string           `json:"misconceptions"`
	Happened      []string           `json:"events"`
	End           string             `json:"end"` // empty while the scene goes on
}

// Hit is what a rule said about an act.
type Hit struct {
	Seq      int    `json:"seq"`
	Rule     string `json:"rule"`
	Article  string `json:"article"`
	Message  string `json:"message"`
	Severity string `json:"severity"`
	Passed   bool   `json:"passed"`
}

func (s State) clone() State {
	s.Vars, s.Facts, s.Since = maps.Clone(s.Vars), maps.Clone(s.Facts), maps.Clone(s.Since)
	s.Evidence, s.Documents, s.Done = slices.Clone(s.Evidence), slices.Clone(s.Documents), slices.Clone(s.Done)
	s.Used, s.Fired, s.Left = slices.Clone(s.Used), slices.Clone(s.Fired), slices.Clone(s.Left)
	s.Credits, s.Hits, s.Fatal = slices.Clone(s.Credits), slices.Clone(s.Hits), slices.Clone(s.Fatal)
	s.Misconception, s.Happened = slices.Clone(s.Misconception), slices.Clone(s.Happened)
	return s
}

// draw is a number below n that depends on seed, scenario and name alone.
func (p *Play) draw(seed uint64, name string, n int) int {
	h := sha256.Sum256([]byte(strconv.FormatUint(seed, 10) + "\x00" + p.Scenario.ID + "\x00" + name))
	return int(binary.BigEndian.Uint64(h[:8]) % uint64(n))
}

// Begin opens a session: the seed chooses the variants. Seed 0 plays the scene as its author wrote it first.
func (p *Play) Begin(seed uint64) State {
	values := map[string]any{}
	for _, v := range p.Scenario.Vars {
		values[v.Name] = v.Init
		if v.Init == nil {
			values[v.Name] = v.Variants[0]
		}
		if seed != 0 && len(v.Variants) > 0 {
			values[v.Name] = v.Variants[p.draw(seed, v.Name, len(v.Variants))]
		}
	}
	return p.begin(seed, values)
}

func (p *Play) begin(seed uint64, values map[string]any) State {
	e := p.Scenario.Party.Emotion
	s := State{
		Seed: seed, Emotion: e.Start, Peak: e.Start, Vars: values, Facts: map[string]any{}, Since: map[string]float64{},
		Evidence: []string{}, Documents: []string{}, Done: []string{}, Credits: []Credit{}, Hits: []Hit{}, Fatal: []string{}, Misconception: []string{}, Happened: []string{},
	}
	maps.Copy(s.Facts, p.Scenario.Facts)
	for k, v := range values {
		s.Facts[k] = v
	}
	p.enter(&s, p.Scenario.Start)
	return s
}

// has reports whether a fact holds, evidence or a paper is there, or an act was done.
func (s State) has(name string) bool {
	if slices.Contains(s.Evidence, name) || slices.Contains(s.Documents, name) || slices.Contains(s.Done, name) {
		return true
	}
	switch v := s.Facts[name].(type) {
	case bool:
		return v
	case string:
		return v != ""
	case nil:
		return false
	case []any:
		return len(v) > 0
	}
	return s.number(name) != 0
}

// number is the value of a fact that is a number, or how many pieces of evidence begin with the name.
func (s State) number(name string) float64 {
	switch v := s.Facts[name].(type) {
	case int:
		return float64(v)
	case int64:
		return float64(v)
	case uint64:
		return float64(v)
	case float64:
		return v
	case []any:
		return float64(len(v))
	case bool:
		if v {
			return 1
		}
		return 0
	}
	n := 0
	for _, e := range s.Evidence {
		if len(e) >= len(name) && e[:len(name)] == name {
			n++
		}
	}
	return float64(n)
}

func add(list *[]string, names ...string) {
	for _, n := range names {
		if !slices.Contains(*list, n) {
			*list = append(*list, n)
		}
	}
}
