package bank

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"fadu/internal/exam/grade"
)

// Bounds of a question, wherever it comes from.
const (
	maxPoints   = 1000
	maxStem     = 4000
	maxOption   = 1000
	maxText     = 20000
	maxParts    = 20
	maxPairs    = 26
	maxCriteria = 40
	maxAccepted = 20
)

// lengths bounds what is written.
func (q Question) lengths() (faults []error) {
	long := func(what, text string, most int) {
		if n := utf8.RuneCountInString(text); n > most {
			faults = append(faults, fmt.Errorf("%s有 %d 个字，最多 %d 个", what, n, most))
		}
		if strings.ContainsRune(text, 0) || !utf8.ValidString(text) {
			faults = append(faults, fmt.Errorf("%s里有不能保存的字符", what))
		}
	}
	long("题干", q.Stem, maxStem)
	long("解析", q.Explain, maxStem)
	long("材料", q.Text, maxText)
	long("其他依据", q.Basis, maxOption)
	for _, short := range []string{q.Topic, q.Chapter, q.Paper} {
		long("专题、章节、文书名称", short, 100)
	}
	for i, o := range q.Options {
		long("选项 "+Letter(i), o, maxOption)
	}
	for i, accept := range q.Blanks {
		if len(accept) > maxAccepted {
			faults = append(faults, fmt.Errorf("第 %d 空的答案最多 %d 种写法", i+1, maxAccepted))
		}
		for _, a := range accept {
			long(fmt.Sprintf("第 %d 空的答案", i+1), a, maxOption)
		}
	}
	for i, p := range q.Pairs {
		long(fmt.Sprintf("第 %d 对", i+1), p.Left+p.Right, maxOption)
	}
	for _, s := range q.Spare {
		long("多余的右项", s, maxOption)
	}
	for _, c := range q.Rubric {
		long("评分点", c.Text, maxOption)
	}
	if len(q.Refs) > maxCriteria || len(q.Rules) > maxCriteria {
		faults = append(faults, fmt.Errorf("条文和规则最多各 %d 个", maxCriteria))
	}
	return faults
}

// matching: a match has at least two different left sides, each with its right one.
func (q Question) matching() (faults []error) {
	if q.Type != Match {
		if len(q.Pairs)+len(q.Spare) > 0 {
			faults = append(faults, errors.New("只有配对题有左项和右项"))
		}
		return faults
	}
	if n := len(q.Pairs); n < 2 || n > maxPairs || len(q.Rights()) > maxPairs {
		faults = append(faults, fmt.Errorf("配对题应有 2 至 %d 对", maxPairs))
	}
	seen := map[string]bool{}
	for i, p := range q.Pairs {
		if strings.TrimSpace(p.Left) == "" || strings.TrimSpace(p.Right) == "" {
			faults = append(faults, fmt.Errorf("第 %d 对没有写全", i+1))
		}
		if seen[p.Left] {
			faults = append(faults, fmt.Errorf("左项“%s”有两次", p.Left))
		}
		seen[p.Left] = true
	}
	for _, s := range q.Spare {
		if strings.TrimSpace(s) == "" || slices.ContainsFunc(q.Pairs, func(p Pair) bool { return p.Right == s }) {
			faults = append(faults, fmt.Errorf("多余的右项“%s”是空的，或者已经配了左项", s))
		}
	}
	return faults
}

// ordering: the way in which an order is marked must fit its own answer.
func (q Question) ordering() (faults []error) {
	if q.Ordering == nil {
		return nil
	}
	if q.Type != Order {
		return []error{errors.New("只有排序题有计分的次序")}
	}
	for _, p := range slices.Concat(q.Ordering.Precedence, q.Ordering.Fatal) {
		if len([]rune(p)) != 2 {
			faults = append(faults, fmt.Errorf("“%s”应写两个字母，先的在前，例如 AC", p))
		}
	}
	if q.Ordering.Policy != "" && !slices.Contains(grade.OrderPolicies, q.Ordering.Policy) {
		faults = append(faults, fmt.Errorf("没有“%s”这种排序计分", q.Ordering.Policy))
	}
	if len(faults) == 0 && q.Answer != "" {
		if _, err := q.order(1).Score(strings.Split(q.Answer, "")); err != nil {
			faults = append(faults, err)
		}
	}
	return faults
}

// parts: a material has questions that are sound themselves; what people mark has its questions or its paper.
func (q Question) parts() (faults []error) {
	if q.Type != Material && q.Type != Analysis {
		if len(q.Parts) > 0 {
			faults = append(faults, errors.New("只有材料题和案例分析分小题"))
		}
		if q.Type == Drafting && strings.TrimSpace(q.Paper) == "" {
			faults = append(faults, errors.New("没有写要制作哪一种文书"))
		}
		return faults
	}
	if n := len(q.Parts); n < 1 || n > maxParts {
		faults = append(faults, fmt.Errorf("应有 1 至 %d 个小题", maxParts))
	}
	if q.Type == Material && strings.TrimSpace(q.Text) == "" {
		faults = append(faults, errors.New("没有材料"))
	}
	for i, p := range q.Parts {
		for _, err := range p.sound(q.Type) {
			faults = append(faults, fmt.Errorf("第 %d 问：%w", i+1, err))
		}
	}
	return faults
}

func (p Part) sound(of Type) (faults []error) {
	if !(p.Points >= 0 && p.Points <= maxPoints) {
		faults = append(faults, fmt.Errorf("分值应在 0 至 %d 之间", maxPoints))
	}
	switch p.Type {
	case Essay:
		if strings.TrimSpace(p.Stem) == "" {
			faults = append(faults, errors.New("没有题干"))
		}
		return append(faults, Question{Stem: p.Stem, Explain: p.Model, Rubric: p.Rubric}.lengths()...)
	case Single, Multiple, Judgement, Fill, Order:
		if of == Analysis {
			return append(faults, errors.New("案例分析的小题由人评卷，写成问答"))
		}
		return append(faults, p.Question(Question{Level: 1}, 0).Sound()...)
	}
	return append(faults, fmt.Errorf("小题不能是“%s”", p.Type.Label()))
}

// rubrics: markers need by what to mark, and each part what it gives.
func (q Question) rubrics() (faults []error) {
	check := func(what string, rubric []Criterion, points float64) {
		if len(rubric) == 0 || len(rubric) > maxCriteria {
			faults = append(faults, fmt.Errorf("%s没有评分点，或者超过 %d 个", what, maxCriteria))
			return
		}
		for _, c := range rubric {
			if strings.TrimSpace(c.Text) == "" || !(c.Points > 0 && c.Points <= maxPoints) {
				faults = append(faults, fmt.Errorf("%s的评分点要写内容和分值", what))
				return
			}
		}
		if total := sum(rubric); points > 0 && (total < points-0.001 || total > points+0.001) {
			faults = append(faults, fmt.Errorf("%s的评分点合计 %v 分，和分值 %v 不一致", what, total, points))
		}
	}
	if q.Type == Drafting {
		check("文书", q.Rubric, q.Points)
	}
	for i, p := range q.Parts {
		switch {
		case p.Type == Essay:
			check(fmt.Sprintf("第 %d 问", i+1), p.Rubric, p.Points)
		case p.Points == 0:
			faults = append(faults, fmt.Errorf("第 %d 问没有分值", i+1))
		}
	}
	return faults
}
