package casework

import (
	"fmt"
	"strings"

	"fadu/internal/web"
)

// lineFault is what is wrong with a line, counted from 0.
type lineFault struct {
	at   int
	text string
}

func (e *lineFault) Error() string { return e.text }

// thingRows is a list of things row by row.
func thingRows(f *web.Form, name, label string) web.RowsView {
	return f.Rows(name, label, "，", web.RowCell{Label: "名称", Wide: true}, web.RowCell{Label: "数量", Placeholder: "1辆"}, web.RowCell{Label: "特征、新旧", Wide: true})
}

// ParseThings reads a list of things, one a line: 电动三轮车，1辆，蓝色无牌，八成新. Behind name and amount stands what is
// particular about it; columns pasted from a table are taken, too, and ；for the end of a line.
func ParseThings(text string) ([]Thing, error) {
	var out []Thing
	for i, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '；' }) {
		parts := strings.FieldsFunc(line, func(r rune) bool { return r == '，' || r == ',' || r == '\t' })
		for n := range parts {
			parts[n] = strings.TrimSpace(parts[n])
		}
		switch {
		case strings.TrimSpace(line) == "":
			continue
		case len(parts) < 2 || parts[0] == "" || parts[1] == "":
			return nil, &lineFault{i, fmt.Sprintf("第 %d 行要写名称和数量，例如：电动三轮车，1辆，蓝色无牌", i+1)}
		}
		out = append(out, Thing{Name: parts[0], Amount: parts[1], Trait: strings.Join(parts[2:], "，")})
	}
	return out, nil
}

// ThingLines writes what ParseThings reads.
func ThingLines(things []Thing) string {
	var b strings.Builder
	for _, t := range things {
		b.WriteString(t.Name + "，" + t.Amount)
		if t.Trait != "" {
			b.WriteString("，" + t.Trait)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// ParseTalk reads questions and answers: a line that begins with 问 or 答 and a colon begins one, what follows
// goes on with it. Every question has its answer, on a line of its own or behind it.
func ParseTalk(text string) ([]QA, error) {
	var out []QA
	answering := false
	for i, line := range strings.Split(strings.ReplaceAll(text, "？答：", "？\n答："), "\n") {
		line = strings.TrimSpace(line)
		ask, isAsk := said(line, "问")
		answer, isAnswer := said(line, "答")
		switch {
		case line == "":
		case isAsk && len(out) > 0 && out[len(out)-1].Answer == "":
			return nil, fmt.Errorf("第 %d 行之前的问题没有回答；拒绝回答的写明“答：（拒绝回答）”", i+1)
		case isAsk:
			out, answering = append(out, QA{Ask: ask}), false
		case len(out) == 0:
			return nil, fmt.Errorf("第 %d 行要以“问：”开头", i+1)
		case isAnswer && answering:
			return nil, fmt.Errorf("第 %d 行的回答没有问题，请先写“问：”", i+1)
		case isAnswer:
			out[len(out)-1].Answer, answering = answer, true
		case answering:
			out[len(out)-1].Answer += line
		default:
			out[len(out)-1].Ask += line
		}
	}
	if len(out) > 0 && out[len(out)-1].Answer == "" {
		return nil, fmt.Errorf("最后一个问题没有回答；拒绝回答的写明“答：（拒绝回答）”")
	}
	return out, nil
}

func said(line, who string) (string, bool) {
	for _, colon := range []string{"：", ":"} {
		if rest, ok := strings.CutPrefix(line, who+colon); ok {
			return strings.TrimSpace(rest), true
		}
	}
	return "", false
}

// TalkLines writes what ParseTalk reads.
func TalkLines(talk []QA) string {
	var b strings.Builder
	for _, qa := range talk {
		b.WriteString("问：" + qa.Ask + "\n答：" + qa.Answer + "\n")
	}
	return b.String()
}
