package bank

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/exam/grade"
)

// Pair is what belongs together in a match.
type Pair struct {
	Left  string `yaml:"left" json:"left"`
	Right string `yaml:"right" json:"right"`
}

// Ordering says how an order is marked, by the letters of its steps.
type Ordering struct {
	Policy grade.OrderPolicy `yaml:"policy,omitempty" json:"policy,omitempty"`
	// Precedence are the pairs that the law puts in order (AC: A before C); none: the neighbours of the answer. Fatal
	// ones the wrong way round give nothing.
	Precedence []string `yaml:"precedence,omitempty,flow" json:"precedence,omitempty"`
	Fatal      []string `yaml:"fatal,omitempty,flow" json:"fatal,omitempty"`
}

// moved names the same steps after they were shuffled: the new nth is the old order[n]-th.
func (o Ordering) moved(order []int) *Ordering {
	move := func(pairs []string) (out []string) {
		for _, p := range pairs {
			next := ""
			for _, l := range p {
				next += Letter(slices.Index(order, int(l-'A')))
			}
			out = append(out, next)
		}
		return out
	}
	return &Ordering{Policy: o.Policy, Precedence: move(o.Precedence), Fatal: move(o.Fatal)}
}

// Criterion is a point of a rubric with what it gives.
type Criterion struct {
	Text   string  `yaml:"text" json:"text"`
	Points float64 `yaml:"points" json:"points"`
}

// Part is a question on a text.
type Part struct {
	Type    Type       `yaml:"type" json:"type"`
	Stem    string     `yaml:"stem" json:"stem"`
	Options []string   `yaml:"options,omitempty,flow" json:"options,omitempty"`
	Answer  string     `yaml:"answer,omitempty" json:"answer,omitempty"`
	Blanks  [][]string `yaml:"blanks,omitempty,flow" json:"blanks,omitempty"`
	Points  float64    `yaml:"points,omitempty" json:"points,omitempty"`
	// Model is the answer that markers see, Rubric by what they mark it.
	Model  string      `yaml:"model,omitempty" json:"model,omitempty"`
	Rubric []Criterion `yaml:"rubric,omitempty" json:"rubric,omitempty"`
}

// Question is the part as a question of its own, so that it is shown and marked alike.
func (p Part) Question(of Question, n int) Question {
	return Question{
		ID: of.ID + "/" + strconv.Itoa(n+1), Type: p.Type, Topic: of.Topic, Chapter: of.Chapter, Level: of.Level, Stem: p.Stem, Options: p.Options, Answer: p.Answer, Blanks: p.Blanks,
		Points: p.Points, Rubric: p.Rubric, Explain: p.Model, Refs: of.Refs, From: of.From, Until: of.Until,
	}
}

// Automatic reports whether the whole question is marked without people.
func (q Question) Automatic() bool {
	switch q.Type {
	case Analysis, Drafting, Essay:
		return false
	case Material:
		return !slices.ContainsFunc(q.Parts, func(p Part) bool { return p.Type == Essay })
	}
	return true
}

// Full is what the question gives: its own points, else those of its parts or of its rubric; 0 when it states none.
func (q Question) Full() float64 {
	if q.Points > 0 || len(q.Parts) == 0 {
		if q.Points == 0 {
			return sum(q.Rubric)
		}
		return q.Points
	}
	total := 0.0
	for _, p := range q.Parts {
		if p.Points == 0 {
			total += sum(p.Rubric)
		}
		total += p.Points
	}
	return total
}

func sum(rubric []Criterion) (total float64) {
	for _, c := range rubric {
		total += c.Points
	}
	return total
}

// Rights are the right sides of a match in an order that tells nothing; the letter of each is its place.
func (q Question) Rights() []string {
	var out []string
	for _, p := range q.Pairs {
		if !slices.Contains(out, p.Right) {
			out = append(out, p.Right)
		}
	}
	for _, s := range q.Spare {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}

// rightPairs is a reply that gives the full points: for each left side the letter of its right one.
func (q Question) rightPairs() []string {
	rights := q.Rights()
	out := make([]string, len(q.Pairs))
	for i, p := range q.Pairs {
		out[i] = Letter(slices.Index(rights, p.Right))
	}
	return out
}

func (q Question) markPairs(reply []string, points float64) (float64, error) {
	key, got := map[string]string{}, map[string]string{}
	for i, right := range q.rightPairs() {
		key[strconv.Itoa(i)] = right
		if i < len(reply) && strings.TrimSpace(reply[i]) != "" {
			got[strconv.Itoa(i)] = strings.ToUpper(strings.TrimSpace(reply[i]))
		}
	}
	return grade.Match(key, got, false, points)
}

func (q Question) order(points float64) grade.Order {
	out := grade.Order{Policy: grade.OrderPrecedence, Key: strings.Split(q.Answer, ""), Points: points}
	if q.Ordering == nil {
		return out
	}
	if q.Ordering.Policy != "" {
		out.Policy = q.Ordering.Policy
	}
	out.Precedence, out.Fatal = q.Ordering.pairs()
	return out
}

func (o Ordering) pairs() (precedence, fatal [][2]string) {
	read := func(list []string) (out [][2]string) {
		for _, p := range list {
			if r := []rune(p); len(r) == 2 {
				out = append(out, [2]string{string(r[0]), string(r[1])})
			}
		}
		return out
	}
	return read(o.Precedence), read(o.Fatal)
}

// MarkParts marks a material: the reply to each of its parts, and what each gives. Parts that people mark give nothing
// here.
func (q Question) MarkParts(replies [][]string, policy grade.Policy) (total float64, each []float64, err error) {
	each = make([]float64, len(q.Parts))
	for i, p := range q.Parts {
		if p.Type == Essay || i >= len(replies) || len(replies[i]) == 0 {
			continue
		}
		if each[i], err = p.Question(q, i).Mark(replies[i], policy, p.Points); err != nil {
			return 0, nil, fmt.Errorf("第 %d 问：%w", i+1, err)
		}
		total += each[i]
	}
	return total, each, nil
}
