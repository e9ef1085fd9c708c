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
	minOptions = 3
	maxOptions = 5
	maxSteps   = 6
)

var (
	idForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,40}-\d{3}$`)
	// whole names an option that is about the other options: shuffled, it would lie.
	whole = regexp.MustCompile(`以上(都|均|全|皆|各项|选项|说法)|都对|都不对|都是正确|都不正确|[A-F]和[A-F]`)
)

// Check returns what is wrong with a question: none means that it may be asked.
func (q Question) Check() (faults []error) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if !idForm.MatchString(q.ID) {
		fault("编号“%s”应写成 onspot-001", q.ID)
	}
	if !slices.Contains(Types, q.Type) {
		fault("没有“%s”这种题型", q.Type)
		return faults
	}
	if q.Level < 1 || q.Level > 3 {
		fault("难度应是 1、2 或者 3")
	}
	if q.Topic == "" {
		fault("没有专题")
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
	for _, check := range []func() []error{q.options, q.answer, q.days} {
		faults = append(faults, check()...)
	}
	return faults
}

func (q Question) options() (faults []error) {
	if !q.Type.Lettered() {
		if len(q.Options) > 0 {
			faults = append(faults, fmt.Errorf("%s题没有选项", q.Type.Label()))
		}
		return faults
	}
	most := maxOptions
	if q.Type == Order {
		most = maxSteps
	}
	if n := len(q.Options); n < minOptions || n > most {
		faults = append(faults, fmt.Errorf("有 %d 个选项，应有 %d 至 %d 个", n, minOptions, most))
	}
	seen := map[string]bool{}
	for i, o := range q.Options {
		key := grade.Normalise(o)
		switch {
		case key == "":
			faults = append(faults, fmt.Errorf("选项 %s 是空的", Letter(i)))
		case seen[key]:
			faults = append(faults, fmt.Errorf("选项 %s 和前面的一样", Letter(i)))
		case whole.MatchString(o):
			faults = append(faults, fmt.Errorf("选项 %s 说的是别的选项，打乱次序就不对了", Letter(i)))
		case strings.HasSuffix(o, "。"):
			faults = append(faults, fmt.Errorf("选项 %s 不以句号结尾", Letter(i)))
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
	case q.Type == Multiple && n < 2:
		fault("多选题的答案至少两个选项")
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
	if len(q.Refs) == 0 {
		faults = append(faults, errors.New("没有写依据的条文（refs）"))
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
