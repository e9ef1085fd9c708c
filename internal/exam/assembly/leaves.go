package assembly

import (
	"cmp"
	"math"
	"slices"

	"fadu/internal/exam/bank"
)

// Whole is the question that an item is a part of: what all its parts share.
type Whole struct {
	ID      string    `json:"id"`
	Type    bank.Type `json:"type"`
	Stem    string    `json:"stem"`
	Text    string    `json:"text,omitempty"`
	Explain string    `json:"explain,omitempty"`
}

// Line is a line of a paper to be drawn up, as real papers have it when the exam paper is frozen.
type Line struct {
	Name  string `json:"name"`
	Label string `json:"label"`
	Hint  string `json:"hint,omitempty"`
	Long  bool   `json:"long,omitempty"`
}

// Open reports whether people mark the item.
func (it Item) Open() bool {
	return it.Question.Type == bank.Essay || it.Question.Type == bank.Drafting
}

// Kind is the form under which the item stands in a paper: that of the whole question.
func (it Item) Kind() bank.Type {
	if it.Of != nil {
		return it.Of.Type
	}
	return it.Question.Type
}

// Source is the question of the bank that the item comes from.
func (it Item) Source() string {
	if it.Of != nil {
		return it.Of.ID
	}
	return it.Question.ID
}

// items are what a question becomes in a paper: its parts are answered and marked each by itself. Points are shared as
// the bank weighs the parts, to the hundredth, and the criteria of each share what it gives.
func items(q bank.Question, version, points int64) []Item {
	if len(q.Parts) == 0 {
		q.Rubric = scaled(q.Rubric, points)
		return []Item{{Question: q, Version: version, Points: points}}
	}
	weights := make([]float64, len(q.Parts))
	for i, p := range q.Parts {
		weights[i] = p.Points
		if p.Points == 0 {
			for _, c := range p.Rubric {
				weights[i] += c.Points
			}
		}
	}
	whole := &Whole{ID: q.ID, Type: q.Type, Stem: q.Stem, Text: q.Text, Explain: q.Explain}
	out := make([]Item, len(q.Parts))
	for i, n := range shares(points, weights) {
		part := q.Parts[i].Question(q, i)
		part.Rubric, part.Points = scaled(part.Rubric, n), 0
		out[i] = Item{Question: part, Version: version, Points: n, Of: whole}
	}
	return out
}

func scaled(rubric []bank.Criterion, points int64) []bank.Criterion {
	weights := make([]float64, len(rubric))
	for i, c := range rubric {
		weights[i] = c.Points
	}
	out := slices.Clone(rubric)
	for i, n := range shares(points, weights) {
		out[i].Points = float64(n) / 100
	}
	return out
}

// shares divides hundredths by weights; what is left over goes to the largest remainders, the first first.
func shares(total int64, weights []float64) []int64 {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	out, rest := make([]int64, len(weights)), total
	order, left := make([]int, len(weights)), make([]float64, len(weights))
	for i, w := range weights {
		exact := float64(total) / float64(len(weights))
		if sum > 0 {
			exact = float64(total) * w / sum
		}
		out[i] = int64(math.Floor(exact + 1e-9))
		order[i], left[i] = i, exact-float64(out[i])
		rest -= out[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(left[b], left[a]) })
	for _, i := range order[:min(int64(len(order)), max(rest, 0))] {
		out[i]++
	}
	return out
}
