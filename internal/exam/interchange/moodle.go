package interchange

import (
	"errors"
	"strconv"
	"strings"

	"fadu/internal/exam/bank"
)

// Moodle reads a question file of Moodle's XML form.
func Moodle(content []byte) ([]Item, error) {
	root, err := tree(content)
	if err != nil {
		return nil, err
	}
	if root.name != "quiz" {
		return nil, errors.New("不是 Moodle 的题库文件：最外层应是 quiz")
	}
	var items []Item
	category := ""
	for _, x := range root.all("question") {
		if x.attr["type"] == "category" {
			category = lastPart(x.first("category").said(nil))
			continue
		}
		items = append(items, moodleItem(x, category))
	}
	return settle(items)
}

func moodleItem(x *node, category string) Item {
	it := Item{Line: x.line, Name: x.first("name").said(nil), Question: bank.Question{Topic: category, Stem: moodleText(x.first("questiontext")), Explain: moodleText(x.first("generalfeedback"))}}
	q := &it.Question
	if points, err := strconv.ParseFloat(strings.TrimSpace(x.first("defaultgrade").said(nil)), 64); err == nil && points > 0 && points <= 1000 {
		q.Points = points
	}
	if len(x.find("file")) > 0 || strings.Contains(x.first("questiontext").said(nil), "<img") {
		it.lost("图片没有带过来")
	}
	switch kind := x.attr["type"]; kind {
	case "multichoice":
		moodleChoices(&it, x)
	case "truefalse":
		q.Type = bank.Judgement
		for _, a := range x.all("answer") {
			if fraction(a) >= 100 {
				q.Answer = map[bool]string{true: "对", false: "错"}[strings.EqualFold(moodleText(a), "true")]
			}
		}
	case "shortanswer", "numerical":
		moodleBlank(&it, x, kind)
	case "matching":
		q.Type = bank.Match
		for _, s := range x.all("subquestion") {
			left, right := moodleText(s), moodleText(s.first("answer"))
			if left == "" {
				q.Spare = append(q.Spare, right)
			} else {
				q.Pairs = append(q.Pairs, bank.Pair{Left: left, Right: right})
			}
		}
	case "essay":
		q.Type, q.Parts = bank.Analysis, []bank.Part{{Type: bank.Essay, Stem: q.Stem, Points: q.Points}}
		it.lost("问答题收作案例分析的一问，评分点要补写")
	case "description":
		it.refuse("是一段说明，不是题目")
	default:
		it.refuse("题型“%s”这里没有对应的", clip(kind))
	}
	return it
}

// moodleText is the text of an element, whose text child may be HTML.
func moodleText(x *node) string {
	s := x.first("text").said(nil)
	if x.attr["format"] != "plain_text" {
		s = plain(s)
	}
	return s
}

func fraction(x *node) float64 {
	f, err := strconv.ParseFloat(strings.TrimSpace(x.attr["fraction"]), 64)
	if err != nil {
		return 0
	}
	return f
}

func moodleChoices(it *Item, x *node) {
	q := &it.Question
	partial, feedback := false, false
	single := strings.TrimSpace(x.first("single").said(nil)) != "false"
	for i, a := range x.all("answer") {
		if i >= 26 {
			it.refuse("选项超过 26 个")
			return
		}
		q.Options = append(q.Options, moodleText(a))
		f := fraction(a)
		if single && f >= 100 || !single && f > 0 {
			q.Answer += bank.Letter(i)
		} else if f > 0 {
			partial = true
		}
		feedback = feedback || moodleText(a.first("feedback")) != ""
	}
	q.Type = bank.Single
	if !single {
		q.Type = bank.Multiple
		it.lost("各选项的比重没有带过来，照本系统多选题的给分办法计分")
	}
	if partial {
		it.lost("错误选项的部分得分没有带过来")
	}
	if feedback {
		it.lost("各答案的反馈没有带过来")
	}
}

func moodleBlank(it *Item, x *node, kind string) {
	q := &it.Question
	q.Type = bank.Fill
	var accept []string
	for _, a := range x.all("answer") {
		switch t := strings.TrimSpace(a.first("tolerance").said(nil)); {
		case kind == "numerical" && t != "" && t != "0":
			it.refuse("数值题有误差范围，这里的填空只收确定的数")
			return
		case fraction(a) >= 100:
			accept = append(accept, moodleText(a))
		default:
			it.lost("“%s”只得一部分分，这里没有收", clip(moodleText(a)))
		}
		if strings.Contains(moodleText(a), "*") {
			it.lost("答案里的 * 只当作一个字符")
		}
	}
	q.Blanks = [][]string{accept}
	if at := strings.Count(q.Stem, "____"); at == 0 {
		q.Stem += "____"
	}
}
