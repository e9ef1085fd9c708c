package scene

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"fadu/internal/law"
)

// OldLaw labels a scene that is set under a repealed law on purpose.
const OldLaw = "旧法对照"

// bestFrom is what the best path must reach.
const bestFrom = 95

// maxVariants bounds how many combinations of variants are walked.
const maxVariants = 64

// linter gathers the faults of one scene.
type linter struct {
	*Play
	faults []Fault
}

func (l *linter) fault(where, format string, args ...any) { l.at(where, "", format, args...) }

// at notes a fault of one field.
func (l *linter) at(where, field, format string, args ...any) {
	f := Fault{Where: where, Message: fmt.Sprintf(format, args...), Field: field}
	if !slices.Contains(l.faults, f) {
		l.faults = append(l.faults, f)
	}
}

// Lint returns what keeps the scene from being published: none means that it may be. It walks the scene in all its
// variants, so it takes longer than playing it.
func (p *Play) Lint() []Fault {
	l := &linter{Play: p}
	l.texts()
	l.articles()
	l.names()
	if l.weights(); len(l.faults) > 0 {
		return l.faults // walking a scene with such faults would only repeat them
	}
	l.walk()
	return l.faults
}

// lengthOf names a text that is too long.
var lengthOf = map[string]string{"why": "理由", "better": "更好的做法"}

// texts: nothing said is too long, and every choice says why.
func (l *linter) texts() {
	s := l.Scenario
	if s.ID == "" || s.Title == "" || s.Version < 1 || s.SetOn.IsZero() {
		l.fault(atScene, "缺编号、标题、版本或者设定日期")
	}
	for _, todo := range s.Todo {
		l.fault(atTodo, "%s", todo)
	}
	length := func(where, field, text string) {
		if n := han(text); n > MaxText {
			l.at(where, field, "%s有 %d 个字，不能超过 %d 个", lengthOf[field], n, MaxText)
		}
	}
	choice := func(where string, c Choice) {
		length(where, "text", c.Text)
		length(where, "why", c.Why)
		length(where, "better", c.Better)
		switch {
		case c.Text == "" && !c.Hidden:
			l.at(where, "text", "没有文字")
		case c.Why == "":
			l.at(where, "why", "没有写为什么")
		case c.Quality == "":
			l.at(where, "quality", "没有写品质")
		case slices.Index(qualities, c.Quality) >= 2 && c.Better == "":
			l.at(where, "better", "不是优、良，没有写更好的做法")
		}
	}
	for _, t := range s.Toolbar {
		choice(atTool(t.ID), t)
	}
	for _, b := range s.Beats {
		where := atBeat(b.ID)
		if len(b.Say) == 0 {
			l.at(where, "say", "没有人说话，也没有旁白")
		}
		for _, band := range slices.Sorted(maps.Keys(b.Say)) {
			length(where, "say", b.Say[band])
			if band != "" && !slices.Contains(Bands, band) {
				l.fault(where, "情绪“%s”应是 %s", band, strings.Join(Bands, "、"))
			}
		}
		for _, c := range b.Choices {
			choice(atChoice(b.ID, c.ID), c)
		}
	}
}

// han counts the characters of a text that are letters or digits.
func han(text string) (n int) {
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// articles: every article exists and is in force on the day of the scene; a statute that is repealed by now needs the
// label of an old edition.
func (l *linter) articles() {
	s := l.Scenario
	if s.Edition != "" && s.Edition != OldLaw {
		l.fault(atScene, "edition 只能空着或者写“%s”", OldLaw)
	}
	check := func(where string, refs []string) {
		for _, ref := range refs {
			c, err := Ref(ref)
			if err != nil {
				l.at(where, "refs", "%v", err)
				continue
			}
			inForce, repealed := standing(c, s.SetOn)
			switch {
			case !inForce:
				l.at(where, "refs", "%s在 %s 不是有效的规定", c, s.SetOn)
			case repealed && s.Edition == "":
				l.at(where, "refs", "%s已经废止，只能用在标明“%s”的情景里", c, OldLaw)
			}
		}
	}
	check(atSources, s.Sources)
	for _, t := range s.Toolbar {
		check(atTool(t.ID), t.Refs)
	}
	for _, r := range s.Rules {
		check(atRule(r.ID), r.Refs)
		if r.Kind != RuleLaw && (len(r.Refs) == 0 || r.Name == "") {
			l.fault(atRule(r.ID), "没有名称或者没有依据")
		}
	}
	for _, n := range s.Debrief.Court {
		check(atCourt, n.Refs)
	}
	for _, q := range s.Debrief.Questions {
		check(atQuestions, q.Refs)
	}
	if len(s.Debrief.Questions) < 2 {
		l.fault(atQuestions, "少于两道")
	}
	for _, b := range s.Beats {
		for _, c := range b.Choices {
			check(atChoice(b.ID, c.ID), c.Refs)
		}
	}
}

// standing reports whether a citation is in force on a day, and whether its version has ended by law since.
func standing(c law.Citation, on law.Date) (inForce, repealed bool) {
	for _, s := range law.Statutes() {
		if s.Code != c.Statute {
			continue
		}
		for i, v := range s.Versions {
			if on.Within(v.From, v.Until) && (v.Articles == 0 || c.Article <= v.Articles) {
				return true, !v.Until.IsZero() && i == len(s.Versions)-1
			}
		}
	}
	return false, false
}

var ruleCall = regexp.MustCompile(`rule\(\s*["']([^"']*)["']`)

// names: what guards and needs ask for can come about.
func (l *linter) names() {
	s := l.Scenario
	can := s.possible()
	known := func(where, name string) {
		prefix := func(x string) bool { return strings.HasPrefix(x, name) }
		if !can[name] && !slices.ContainsFunc(slices.Collect(maps.Keys(can)), prefix) {
			l.fault(where, "“%s”永远不会发生", name)
		}
	}
	for _, r := range s.Rules {
		where := atRule(r.ID)
		for _, n := range slices.Concat([]string{r.First}, r.Then, r.Needs) {
			if n != "" {
				known(where, n)
			}
		}
	}
	for _, n := range s.Debrief.Court {
		known(atCourt, n.Has)
	}
	l.eachGuard(func(where, guard string) {
		for _, m := range ruleCall.FindAllStringSubmatch(guard, -1) {
			if _, ok := l.law[m[1]]; !ok && !l.judge.Knows(law.Action(m[1])) {
				l.fault(where, "没有规则或者行为“%s”", m[1])
			}
		}
		for _, m := range regexp.MustCompile(`\b(?:has|n)\(\s*["']([^"']*)["']`).FindAllStringSubmatch(guard, -1) {
			known(where, m[1])
		}
	})
}

// possible are the facts, acts, papers and pieces of evidence that can come about.
func (s *Scenario) possible() map[string]bool {
	can := map[string]bool{}
	effects := func(es Effects) {
		for _, e := range es {
			for f := range e.Facts {
				can[f] = true
			}
			for _, x := range slices.Concat(e.Evidence, e.Document) {
				can[x] = true
			}
		}
	}
	choice := func(c Choice) {
		can[c.ID] = true
		if c.Paper != "" {
			can[c.Paper] = true
		}
		effects(c.Effects)
	}
	for f := range s.Facts {
		can[f] = true
	}
	for _, v := range s.Vars {
		can[v.Name] = true
	}
	for _, t := range s.Toolbar {
		choice(t)
	}
	for _, e := range s.Events {
		effects(e.Effects)
	}
	for _, b := range s.Beats {
		effects(b.OnEnter)
		for _, c := range b.Choices {
			choice(c)
		}
		for _, e := range b.Events {
			effects(e.Effects)
		}
	}
	return can
}

func (l *linter) weights() {
	r := l.Scenario.Rubric
	var sum float64
	for d, w := range r.Weights {
		sum += w
		if !slices.Contains(Dims, d) {
			l.fault(atRubric, "没有“%s”这个维度", d)
		}
	}
	if sum < 99.999 || sum > 100.001 {
		l.fault(atRubric, "权重合计是 %v，应是 100", sum)
	}
	if r.Pass <= 0 || r.Pass > 100 || r.FatalCap >= r.Pass {
		l.fault(atRubric, "合格线应在 0 至 100 之间，一票否决的封顶应低于合格线")
	}
}
