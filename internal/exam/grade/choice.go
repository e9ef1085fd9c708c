package grade

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Policy says what a multiple choice gives when not exactly the key was chosen.
type Policy string

// The policies of multiple choices.
const (
	AllOrNothing       Policy = "all_or_nothing"       // 全对得分
	SubsetHalf         Policy = "subset_half"          // 漏选得一半
	SubsetProrata      Policy = "subset_prorata"       // 漏选按比例
	SubsetPerOption    Policy = "subset_per_option"    // 漏选每个正确选项 0.5 分
	RightMinusWrong    Policy = "right_minus_wrong"    // 对减错
	PerOptionJudgement Policy = "per_option_judgement" // 逐项判断
)

// Policies are the policies of multiple choices, the default first.
var Policies = []Policy{AllOrNothing, SubsetHalf, SubsetProrata, SubsetPerOption, RightMinusWrong, PerOptionJudgement}

// MaxPoints bounds what one item can give.
const MaxPoints = 100000

// maxOptions is how many letters there are.
const maxOptions = 26

// perOption is what each right option gives under SubsetPerOption.
const perOption = 0.5

const micro = 1_000_000

// share is points·n/d, rounded half up to 0.01 without the errors of binary fractions.
func share(points float64, n, d int) float64 {
	p := int64(math.Round(points * micro))
	den := int64(d) * micro
	return float64((p*int64(n)*200+den)/(2*den)) / 100
}

func checkPoints(points float64) error {
	if !(points >= 0 && points <= MaxPoints) {
		return fmt.Errorf("分值应在 0 至 %d 之间", MaxPoints)
	}
	return nil
}

// letters reads chosen options: ABD, a b d, A、B. Each counts once; options is how many there are.
func letters(text string, options int) ([]byte, error) {
	var out []byte
	for _, r := range strings.ToUpper(norm.NFKC.String(text)) {
		switch {
		case r == ' ' || r == ',' || r == '、' || r == ';' || r == '\t' || r == '\u3000':
			continue
		case r < 'A' || r >= 'A'+rune(options):
			return nil, fmt.Errorf("选项“%c”不在 A 至 %c 之内", r, 'A'+options-1)
		}
		if !slices.Contains(out, byte(r)) {
			out = append(out, byte(r))
		}
	}
	return out, nil
}

// Single marks a single choice: the key gives the points, nothing chosen gives nothing, anything else costs
// the penalty.
func Single(key, selected string, points, penalty float64) (float64, error) {
	if err := checkPenalty(points, penalty); err != nil {
		return 0, err
	}
	k, err := letters(key, maxOptions)
	if err != nil {
		return 0, fmt.Errorf("答案：%w", err)
	}
	if len(k) != 1 {
		return 0, errors.New("单选题的答案应是一个选项")
	}
	s, err := letters(selected, maxOptions)
	if err != nil {
		return 0, err
	}
	return penalised(len(s) == 0, len(s) == 1 && s[0] == k[0], points, penalty), nil
}

func checkPenalty(points, penalty float64) error {
	if err := checkPoints(points); err != nil {
		return err
	}
	if !(penalty >= 0 && penalty <= MaxPoints) {
		return errors.New("错选扣分写成不小于 0 的数")
	}
	return nil
}

func penalised(blank, right bool, points, penalty float64) float64 {
	switch {
	case right:
		return share(points, 1, 1)
	case blank || penalty == 0:
		return 0
	}
	return -share(penalty, 1, 1)
}

// Multiple marks a multiple choice of so many options. Nothing chosen gives nothing under every policy.
func Multiple(policy Policy, key, selected string, options int, points float64) (float64, error) {
	if err := checkPoints(points); err != nil {
		return 0, err
	}
	if options < 2 || options > maxOptions {
		return 0, fmt.Errorf("选项数应在 2 至 %d 之间", maxOptions)
	}
	k, err := letters(key, options)
	if err != nil {
		return 0, fmt.Errorf("答案：%w", err)
	}
	if len(k) == 0 {
		return 0, errors.New("缺答案")
	}
	s, err := letters(selected, options)
	if err != nil {
		return 0, err
	}
	hits := 0
	for _, c := range s {
		if slices.Contains(k, c) {
			hits++
		}
	}
	wrong := len(s) - hits
	if !slices.Contains(Policies, policy) {
		return 0, fmt.Errorf("没有“%s”这种计分方式，可用的有：%s", policy, joined(Policies))
	}
	if len(s) == 0 {
		return 0, nil
	}
	switch policy {
	case RightMinusWrong:
		return share(points, max(hits-wrong, 0), len(k)), nil
	case PerOptionJudgement:
		return share(points, options-wrong-(len(k)-hits), options), nil
	}
	switch {
	case wrong > 0 || hits == 0:
		return 0, nil
	case hits == len(k):
		return share(points, 1, 1), nil
	}
	switch policy {
	case SubsetHalf:
		return share(points, 1, 2), nil
	case SubsetProrata:
		return share(points, hits, len(k)), nil
	case SubsetPerOption:
		return min(share(perOption, hits, 1), share(points, 1, 1)), nil
	}
	return 0, nil
}

func joined[T ~string](ts []T) string {
	words := make([]string, len(ts))
	for i, t := range ts {
		words[i] = string(t)
	}
	return strings.Join(words, "、")
}

// The spellings of a judgement. Letters are those of a two-option question: A is true.
var (
	trueWords  = []string{"对", "正确", "是", "√", "✓", "✔", "t", "true", "y", "yes", "1", "a", "合法", "能", "可以", "应当"}
	falseWords = []string{"错", "错误", "否", "×", "✗", "✘", "x", "f", "false", "n", "no", "0", "b", "不对", "不正确", "不是", "违法", "不能", "不可以", "不应当"}
)

// JudgementOf reads a judgement in any of its spellings.
func JudgementOf(text string) (truth, ok bool) {
	word := edges(strings.ToLower(norm.NFKC.String(text)))
	if slices.Contains(trueWords, word) {
		return true, true
	}
	return false, slices.Contains(falseWords, word)
}

// Judgement marks a judgement; blank gives nothing, wrong costs the penalty.
func Judgement(key, selected string, points, penalty float64) (float64, error) {
	if err := checkPenalty(points, penalty); err != nil {
		return 0, err
	}
	k, ok := JudgementOf(key)
	if !ok {
		return 0, fmt.Errorf("判断题的答案“%s”读不懂，请写“对”或者“错”", key)
	}
	if strings.TrimSpace(selected) == "" {
		return 0, nil
	}
	s, ok := JudgementOf(selected)
	if !ok {
		return 0, fmt.Errorf("“%s”既不是“对”也不是“错”", selected)
	}
	return penalised(false, s == k, points, penalty), nil
}
