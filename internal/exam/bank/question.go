package bank

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/exam/grade"
	"fadu/internal/law"
)

// Type is the form of a question.
type Type string

// The forms.
const (
	Single    Type = "single"    // 单选
	Multiple  Type = "multiple"  // 多选
	Judgement Type = "judgement" // 判断
	Fill      Type = "fill"      // 填空
	Order     Type = "order"     // 排序
	Match     Type = "match"     // 配对
	Material  Type = "material"  // 材料题: a text with questions on it, each marked by itself
	Analysis  Type = "analysis"  // 案例分析: a case with questions that people mark by their rubric
	Drafting  Type = "drafting"  // 文书制作: a paper to be drawn up from facts
	Essay     Type = "essay"     // 问答: only as a part of the last ones
)

// Types are all forms, as a paper asks them.
var Types = []Type{Single, Multiple, Judgement, Fill, Order, Match, Material, Analysis, Drafting}

var typeLabels = map[Type]string{
	Single: "单选", Multiple: "多选", Judgement: "判断", Fill: "填空", Order: "排序", Match: "配对", Material: "材料题", Analysis: "案例分析", Drafting: "文书制作", Essay: "问答",
}

// Label is the Chinese name of the form.
func (t Type) Label() string { return typeLabels[t] }

// TypeOf finds a form by its Chinese name or its word; 题 after the name is none of it.
func TypeOf(label string) (Type, bool) {
	for t, l := range typeLabels {
		if label == string(t) || strings.TrimSuffix(strings.TrimSuffix(label, "题"), "选择") == strings.TrimSuffix(l, "题") {
			return t, true
		}
	}
	return "", false
}

// Lettered reports whether the question is answered by the letters of its options.
func (t Type) Lettered() bool { return t == Single || t == Multiple || t == Order }

// Question is one question of the bank.
type Question struct {
	ID      string   `yaml:"id" json:"id"`
	Type    Type     `yaml:"type" json:"type"`
	Topic   string   `yaml:"topic,omitempty" json:"topic"`
	Chapter string   `yaml:"chapter,omitempty" json:"chapter,omitempty"`
	Level   int      `yaml:"level" json:"level"` // 1 to 3
	Stem    string   `yaml:"stem" json:"stem"`
	Options []string `yaml:"options,omitempty,flow" json:"options,omitempty"`
	// Answer is B, ACD, 对 or 错; for an order the letters one after the other.
	Answer string `yaml:"answer,omitempty" json:"answer,omitempty"`
	// Blanks are the accepted forms of each blank of a fill.
	Blanks [][]string `yaml:"blanks,omitempty,flow" json:"blanks,omitempty"`
	// Pairs are what belongs together in a match; Spare are right sides that belong to nothing.
	Pairs []Pair   `yaml:"pairs,omitempty" json:"pairs,omitempty"`
	Spare []string `yaml:"spare,omitempty,flow" json:"spare,omitempty"`
	// Ordering is how an order is marked, by letters: by default only neighbours count.
	Ordering *Ordering `yaml:"ordering,omitempty" json:"ordering,omitempty"`
	// Text is what a material, a case or a paper is about; Parts are the questions on it.
	Text  string `yaml:"text,omitempty" json:"text,omitempty"`
	Parts []Part `yaml:"parts,omitempty" json:"parts,omitempty"`
	// Paper is the name of the paper to be drawn up; Rubric is by what people mark it.
	Paper  string      `yaml:"paper,omitempty" json:"paper,omitempty"`
	Rubric []Criterion `yaml:"rubric,omitempty" json:"rubric,omitempty"`
	Points float64     `yaml:"points,omitempty" json:"points,omitempty"` // what it gives; none: what its paper says
	// Basis is what the question rests on besides articles: a local rule, a standard.
	Basis   string   `yaml:"basis,omitempty" json:"basis,omitempty"`
	Explain string   `yaml:"explain" json:"explain"`
	Refs    []string `yaml:"refs,flow" json:"refs"`                       // articles, as scenes write them
	Rules   []string `yaml:"rules,omitempty,flow" json:"rules,omitempty"` // ids of rules of the case engine
	// From and Until are the first and the last day on which the question holds; no Until: still.
	From  law.Date `yaml:"from,omitempty" json:"from"`
	Until law.Date `yaml:"until,omitempty" json:"until,omitzero"`
}

// Letter is the letter of the nth option, from 0.
func Letter(n int) string { return string(rune('A' + n)) }

// Shuffled returns the question with its options in another order: the new nth option is the old order[n]-th. The
// answer names the same options.
func (q Question) Shuffled(order []int) (Question, error) {
	if !q.Type.Lettered() {
		return q, nil
	}
	sorted := slices.Sorted(slices.Values(order))
	for i, n := range sorted {
		if i != n {
			return q, fmt.Errorf("题目 %s：打乱选项的次序不对", q.ID)
		}
	}
	if len(order) != len(q.Options) {
		return q, fmt.Errorf("题目 %s：打乱选项的次序不对", q.ID)
	}
	options, letters := make([]string, len(order)), make([]string, 0, len(order))
	for to, from := range order {
		options[to] = q.Options[from]
	}
	for _, l := range q.Answer {
		letters = append(letters, Letter(slices.Index(order, int(l-'A'))))
	}
	if q.Type != Order {
		slices.Sort(letters)
	}
	if q.Ordering != nil {
		q.Ordering = q.Ordering.moved(order)
	}
	q.Options, q.Answer = options, strings.Join(letters, "")
	return q, nil
}

// Mark marks a reply: letters or a judgement in reply[0], for a fill one text for each blank; blanks count alike.
func (q Question) Mark(reply []string, policy grade.Policy, points float64) (float64, error) {
	first := ""
	if len(reply) > 0 {
		first = reply[0]
	}
	switch q.Type {
	case Single:
		return grade.Single(q.Answer, first, points, 0)
	case Multiple:
		return grade.Multiple(policy, q.Answer, first, len(q.Options), points)
	case Judgement:
		return grade.Judgement(q.Answer, first, points, 0)
	case Order:
		return q.order(points).Score(strings.Split(first, ""))
	case Match:
		return q.markPairs(reply, points)
	case Fill:
		key, got := map[string]string{}, map[string]string{}
		for i, accept := range q.Blanks {
			n := strconv.Itoa(i)
			key[n] = "right"
			if i < len(reply) {
				if ok, _ := grade.Fill(reply[i], accept); ok {
					got[n] = "right"
				}
			}
		}
		return grade.Match(key, got, false, points)
	}
	return 0, fmt.Errorf("题目 %s：没有“%s”这种题型", q.ID, q.Type)
}

// Right is a reply that gives the full points.
func (q Question) Right() []string {
	switch q.Type {
	case Match:
		return q.rightPairs()
	case Fill:
	default:
		return []string{q.Answer}
	}
	out := make([]string, len(q.Blanks))
	for i, accept := range q.Blanks {
		out[i] = accept[0]
	}
	return out
}
