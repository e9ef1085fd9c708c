package stats

import (
	"slices"
	"strings"
)

// Option is what the answers say about one option of a choice.
type Option struct {
	Letter  string   `json:"letter"`
	Chosen  int      `json:"chosen"`
	Mean    *float64 `json:"mean"` // mean total of those who chose it
	Idle    bool     `json:"idle"` // a wrong option that hardly anybody takes
	Rivals  bool     `json:"rivals"`
	Correct bool     `json:"correct"`
}

// From so many candidates on, an option that fewer than this share choose distracts nobody.
const (
	idleFrom  = 20
	idleBelow = 0.05
)

// Options looks at the options of one choice: letters of the key and those each candidate chose, with the
// candidates' totals. A wrong option rivals the key when those who choose it do better than those who
// choose the key.
func Options(key string, letters []string, chosen []string, totals []float64) []Option {
	type tally struct {
		n   int
		sum float64
	}
	by := map[string]tally{}
	for i, c := range chosen {
		for _, l := range letters {
			if strings.Contains(c, l) {
				by[l] = tally{by[l].n + 1, by[l].sum + totals[i]}
			}
		}
	}
	var right tally
	for i, c := range chosen {
		if sameLetters(c, key) {
			right = tally{right.n + 1, right.sum + totals[i]}
		}
	}
	var out []Option
	for _, l := range letters {
		o := Option{Letter: l, Chosen: by[l].n, Correct: strings.Contains(key, l)}
		if o.Chosen > 0 {
			o.Mean = known(by[l].sum / float64(o.Chosen))
		}
		if !o.Correct {
			o.Idle = len(chosen) >= idleFrom && float64(o.Chosen) < idleBelow*float64(len(chosen))
			o.Rivals = o.Chosen > 0 && right.n > 0 && by[l].sum/float64(o.Chosen) > right.sum/float64(right.n)+tiny
		}
		out = append(out, o)
	}
	return out
}

func sameLetters(a, b string) bool {
	x, y := []byte(a), []byte(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}
