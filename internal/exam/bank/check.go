package bank

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"fadu/internal/exam/grade"
	"fadu/internal/law"
	"fadu/internal/training/scene"
)

// blank stands in the stem of a fill where something is to be filled in.
const blank = "____"

// Options of choices, and steps of orders.
const (
	minOptions  = 3
	maxOptions  = 5
	maxSteps    = 6
	mostOptions = 20 // of questions of other makers
)

var (
	idForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,40}-\d{3,6}$`)
	// whole names an option that is about the other options: shuffled, it would lie.
	whole = regexp.MustCompile(`以上(都|均|全|皆|各项|选项|说法)|都对|都不对|都是正确|都不正确|[A-F]和[A-F]`)
)

// Check returns what is wrong with a question of the program: none means that it may be asked.
func (q Question) Check() (faults []error) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if !idForm.MatchString(q.ID) {
		fault("编号“%s”应写成 onspot-001", q.ID)
	}
	if !slices.Contains(Types, q.Type) {
		fault("没有“%s”这种题型", q.Type)
		return faults
	}
	ends := []string{"。", "？"}
	if q.Type == Judgement {
		ends = ends[:1]
	}
	if !slices.ContainsFunc(ends, func(e string) bool { return strings.HasSuffix(q.Stem, e) && q.Stem != e }) {
		fault("题干应以%s结尾", strings.Join(ends, "或者"))
	}
	if !strings.HasSuffix(q.Explain, "。") {
		fault("没有解析，或者解析没有写完（以句号结尾）")
	}
	faults = append(faults, q.style()...)
	if len(q.Refs) == 0 {
		fault("没有写依据的条文（refs）")
	}
	return append(append(faults, q.Sound()...), q.Ready()...)
}

// Sound returns what makes a question impossible to ask or to mark; a question that is kept has none of it.
func (q Question) Sound() (faults []error) {
	fault := func(field, format string, args ...any) {
		faults = append(faults, Fault{field, fmt.Sprintf(format, args...)})
	}
	if !slices.Contains(Types, q.Type) {
		fault("type", "没有“%s”这种题型", q.Type)
		return faults
	}
	if strings.TrimSpace(q.Stem) == "" {
		fault("stem", "没有题干")
	}
	if q.Level < 0 || q.Level > 3 {
		fault("level", "难度应是 1、2 或者 3")
	}
	if !(q.Points >= 0 && q.Points <= maxPoints) {
		fault("points", "分值应在 0 至 %d 之间", maxPoints)
	}
	for _, check := range []struct {
		field  string
		faults func() []error
	}{{"stem", q.lengths}, {"options", q.options}, {"answer", q.answer}, {"pairs", q.matching}, {"answer", q.ordering}, {"parts", q.parts}} {
		for _, err := range check.faults() {
			faults = append(faults, Fault{Field: check.field, Message: err.Error()})
		}
	}
	return faults
}

// Fault is what is wrong in a field of a question.
type Fault struct{ Field, Message string }

// Error is the fault in Chinese.
func (f Fault) Error() string { return f.Message }

// Ready returns what is missing before a sound question may be used: where it belongs, its days, what it rests on, and
// for what people mark their rubric.
func (q Question) Ready() (faults []error) {
	if q.Level == 0 {
		faults = append(faults, errors.New("没有写难度（1、2 或者 3）"))
	}
	if strings.TrimSpace(q.Topic) == "" {
		faults = append(faults, errors.New("没有专题"))
	}
	if len(q.Refs) == 0 && strings.TrimSpace(q.Basis) == "" {
		faults = append(faults, errors.New("没有写依据：引用的条文，或者其他依据"))
	}
	faults = append(faults, q.rubrics()...)
	return append(faults, q.days()...)
}

// style: what our own questions hold to besides.
func (q Question) style() (faults []error) {
	if n := len(q.Options); q.Type.Lettered() && (n < minOptions || q.Type != Order && n > maxOptions || n > maxSteps) {
		faults = append(faults, fmt.Errorf("有 %d 个选项，应有 %d 至 %d 个", n, minOptions, maxOptions))
	}
	if q.Type == Multiple && len([]rune(q.Answer)) == 1 {
		faults = append(faults, errors.New("多选题的答案至少两个选项"))
	}
	seen := map[string]bool{}
	for i, o := range q.Options {
		key := grade.Normalise(o)
		if seen[key] && key != "" {
			faults = append(faults, fmt.Errorf("选项 %s 和前面的一样", Letter(i)))
		}
		seen[key] = true
		if whole.MatchString(o) {
			faults = append(faults, fmt.Errorf("选项 %s 说的是别的选项，打乱次序就不对了", Letter(i)))
		}
		if strings.HasSuffix(o, "。") {
			faults = append(faults, fmt.Errorf("选项 %s 不以句号结尾", Letter(i)))
		}
	}
	return faults
}

// Whole reports an option that is about the other options: its question must not be shuffled.
func (q Question) Whole() bool { return slices.ContainsFunc(q.Options, whole.MatchString) }

func (q Question) options() (faults []error) {
	if !q.Type.Lettered() {
		if len(q.Options) > 0 {
			faults = append(faults, fmt.Errorf("%s题没有选项", q.Type.Label()))
		}
		return faults
	}
	if n := len(q.Options); n < 2 || n > mostOptions {
		faults = append(faults, fmt.Errorf("有 %d 个选项，应有 2 至 %d 个", n, mostOptions))
	}
	seen := map[string]bool{}
	for i, o := range q.Options {
		key := strings.Join(strings.Fields(o), " ")
		switch {
		case key == "":
			faults = append(faults, fmt.Errorf("选项 %s 是空的", Letter(i)))
		case seen[key]:
			faults = append(faults, fmt.Errorf("选项 %s 和前面的一样", Letter(i)))
		}
		seen[key] = true
	}
	return faults
}

func (q Question) answer() (faults []error) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if q.Type == Fill {
		if q.Answer != "" {
			fault("填空题的答案写在 blanks")
		}
		if n := strings.Count(q.Stem, blank); n == 0 || n != len(q.Blanks) {
			fault("题干有 %d 个空，答案有 %d 个", n, len(q.Blanks))
		}
		for i, accept := range q.Blanks {
			if len(accept) == 0 || slices.ContainsFunc(accept, func(s string) bool { return grade.Normalise(s) == "" }) {
				fault("第 %d 空没有答案", i+1)
			}
		}
		return faults
	}
	if len(q.Blanks) > 0 {
		fault("只有填空题有 blanks")
	}
	if q.Type == Match || q.Type == Material || q.Type == Analysis || q.Type == Drafting {
		if q.Answer != "" {
			fault("%s题没有选项的答案", q.Type.Label())
		}
		return faults
	}
	if q.Type == Judgement {
		if q.Answer != "对" && q.Answer != "错" {
			fault("判断题的答案应是“对”或者“错”")
		}
		return faults
	}
	seen := map[rune]bool{}
	for _, l := range q.Answer {
		if l < 'A' || l >= 'A'+rune(len(q.Options)) || seen[l] {
			fault("答案“%s”里的“%c”没有这个选项，或者写了两次", q.Answer, l)
			return faults
		}
		seen[l] = true
	}
	switch n := len(seen); {
	case q.Type == Single && n != 1:
		fault("单选题的答案应是一个选项")
	case q.Type == Multiple && n < 1:
		fault("多选题没有答案")
	case q.Type == Order && n != len(q.Options):
		fault("排序题的答案应包括每一步")
	case q.Type != Order && !slices.IsSorted([]rune(q.Answer)):
		fault("答案“%s”请按字母的先后写", q.Answer)
	}
	return faults
}

// days: the question holds from a day, and its articles as long as it does.
func (q Question) days() (faults []error) {
	if q.From.IsZero() {
		return []error{errors.New("没有写从哪天起适用（from）")}
	}
	if !q.Until.IsZero() && q.Until.Before(q.From) {
		faults = append(faults, errors.New("适用的最后一天早于第一天"))
	}
	for _, ref := range q.Refs {
		c, err := scene.Ref(ref)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		if c.Article == 0 && c.Section == "" {
			faults = append(faults, fmt.Errorf("“%s”没有条号", ref))
			continue
		}
		if err := holds(c, q.From, q.Until); err != nil {
			faults = append(faults, err)
		}
	}
	return faults
}

// holds reports an article that is not in force on the first day, or whose text ends earlier than the question.
func holds(c law.Citation, from, until law.Date) error {
	for _, s := range law.Statutes() {
		if s.Code != c.Statute {
			continue
		}
		for _, v := range s.Versions {
			if !from.Within(v.From, v.Until) || v.Articles > 0 && c.Article > v.Articles {
				continue
			}
			if !v.Until.IsZero() && (until.IsZero() || until.After(v.Until)) {
				return fmt.Errorf("%s只施行到 %s，题目应写 until", c, v.Until)
			}
			return nil
		}
	}
	return fmt.Errorf("%s在 %s 不是有效的规定", c, from)
}
