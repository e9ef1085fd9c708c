package interchange

import (
	"regexp"
	"strings"

	"fadu/internal/exam/bank"
)

var (
	aikenOption = regexp.MustCompile(`^([A-Z])[).]\s*(.*)$`)
	aikenAnswer = regexp.MustCompile(`^ANSWER:\s*(.*)$`)
)

// Aiken reads questions in the Aiken form: a stem of one line, options A) or A., and ANSWER: B.
func Aiken(content []byte) ([]Item, error) {
	s, err := text(content)
	if err != nil {
		return nil, err
	}
	var items []Item
	var x *Item
	end := func() {
		if x != nil {
			x.refuse("没有 ANSWER: 一行")
			items, x = append(items, *x), nil
		}
	}
	for n, line := range strings.Split(s, "\n") {
		line = strings.TrimSpace(line)
		option, answer := aikenOption.FindStringSubmatch(line), aikenAnswer.FindStringSubmatch(line)
		switch {
		case line == "":
		case x == nil:
			x = &Item{Line: n + 1, Question: bank.Question{Type: bank.Single, Stem: line}}
			if option != nil || answer != nil {
				x.refuse("选项或者答案前面没有题干")
			}
			if answer != nil {
				items, x = append(items, *x), nil
			}
		case answer != nil:
			x.Question.Answer = sorted(letters(answer[1]))
			if len(x.Question.Answer) > 1 {
				x.Question.Type = bank.Multiple
			}
			items, x = append(items, *x), nil
		case option != nil:
			if want := bank.Letter(len(x.Question.Options)); option[1] != want {
				x.refuse("第 %d 行：选项 %s 应是 %s", n+1, option[1], want)
			}
			x.Question.Options = append(x.Question.Options, option[2])
		case len(x.Question.Options) == 0:
			x.refuse("题干只能写一行，第 %d 行多出“%s”", n+1, clip(line))
		default:
			end()
			x = &Item{Line: n + 1, Question: bank.Question{Type: bank.Single, Stem: line}}
		}
	}
	end()
	return settle(items)
}

func clip(s string) string {
	if r := []rune(s); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return s
}
