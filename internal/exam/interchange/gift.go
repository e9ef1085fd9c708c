package interchange

import (
	"regexp"
	"strconv"
	"strings"

	"fadu/internal/exam/bank"
	"fadu/internal/exam/grade"
)

// GIFT reads questions in Moodle's text form. Full-width signs are text, never syntax.
func GIFT(content []byte) ([]Item, error) {
	s, err := text(content)
	if err != nil {
		return nil, err
	}
	var items []Item
	category := ""
	var block []string
	from, open := 0, false
	end := func() {
		if len(block) > 0 {
			items = append(items, giftItem(strings.Join(block, "\n"), from, category))
		}
		block, open = nil, false
	}
	for n, line := range strings.Split(s, "\n") {
		bare := strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(bare, "//"):
			continue
		case !open && bare == "":
			end()
			continue
		case !open && strings.HasPrefix(bare, "$CATEGORY:"):
			end()
			category = lastPart(strings.TrimSpace(strings.TrimPrefix(bare, "$CATEGORY:")))
			continue
		}
		if len(block) == 0 {
			from = n + 1
		}
		block = append(block, line)
		open = braces(line, open)
	}
	end()
	return settle(items)
}

// braces reports whether the answer is still open after the line.
func braces(line string, open bool) bool {
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '{':
			open = true
		case '}':
			open = false
		}
	}
	return open
}

// lastPart is the innermost of a path of categories: $course$/法律/当场处罚.
func lastPart(path string) string {
	parts := strings.Split(path, "/")
	return strings.TrimSpace(parts[len(parts)-1])
}

var giftFormat = regexp.MustCompile(`^\[(html|moodle|plain|markdown)\]`)

func giftItem(s string, line int, category string) Item {
	x := Item{Line: line, Question: bank.Question{Topic: category}}
	s = strings.TrimSpace(s)
	if rest, ok := strings.CutPrefix(s, "::"); ok {
		if at := find(rest, "::"); at >= 0 {
			x.Name, s = unescape(rest[:at]), strings.TrimSpace(rest[at+2:])
		}
	}
	if m := giftFormat.FindString(s); m != "" {
		s = strings.TrimSpace(s[len(m):])
		if m == "[html]" || m == "[markdown]" {
			x.lost("排版没有带过来，只留文字")
		}
	}
	a := find(s, "{")
	if a < 0 {
		x.refuse("没有用 { } 写出答案，是一段说明，不是题目")
		return x
	}
	z := find(s[a:], "}")
	if z < 0 {
		x.refuse("{ 没有配对的 }")
		return x
	}
	before, body, after := s[:a], strings.TrimSpace(s[a+1:a+z]), strings.TrimSpace(s[a+z+1:])
	if find(after, "{") >= 0 {
		x.refuse("一道题里有几处 { }，这里一道题只收一处")
		return x
	}
	x.Question.Stem = plain(unescape(strings.TrimSpace(before)))
	if after != "" {
		x.Question.Stem = strings.TrimSpace(x.Question.Stem) + "____" + plain(unescape(after))
	}
	giftAnswer(&x, body, after != "")
	return x
}

// find is where an unescaped mark stands; -1: nowhere.
func find(s, mark string) int {
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' {
			i++
			continue
		}
		if strings.HasPrefix(s[i:], mark) {
			return i
		}
	}
	return -1
}

var unescaper = strings.NewReplacer(`\\`, `\`, `\~`, "~", `\=`, "=", `\#`, "#", `\{`, "{", `\}`, "}", `\:`, ":", `\n`, "\n")

func unescape(s string) string { return unescaper.Replace(s) }

var (
	tags   = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)
	entity = strings.NewReplacer("&nbsp;", " ", "&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&")
)

// plain takes the marks of HTML off.
func plain(s string) string { return strings.TrimSpace(entity.Replace(tags.ReplaceAllString(s, ""))) }

// choice is an answer of a GIFT question.
type choice struct {
	right  bool
	weight float64
	weigh  bool
	text   string
}

var (
	giftWeight = regexp.MustCompile(`^%(-?[0-9]+(?:\.[0-9]+)?)%`)
	giftNumber = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)
)

func giftAnswer(x *Item, body string, gap bool) {
	if at := find(body, "####"); at >= 0 {
		x.Question.Explain, body = plain(unescape(strings.TrimSpace(body[at+4:]))), strings.TrimSpace(body[:at])
	}
	if strings.HasPrefix(body, "#") {
		giftNumeric(x, strings.TrimSpace(body[1:]))
		return
	}
	first := body
	if at := find(body, "#"); at >= 0 {
		first = strings.TrimSpace(body[:at])
	}
	switch strings.ToUpper(first) {
	case "":
		x.Question.Type = bank.Analysis
		x.Question.Parts = []bank.Part{{Type: bank.Essay, Stem: x.Question.Stem}}
		x.lost("问答题收作案例分析的一问，评分点要补写")
		return
	case "T", "TRUE", "F", "FALSE":
		x.Question.Type, x.Question.Answer = bank.Judgement, map[bool]string{true: "对", false: "错"}[strings.ToUpper(first)[0] == 'T']
		if first != body {
			x.lost("各答案的反馈没有带过来")
		}
		return
	}
	var cs []choice
	if cs = giftChoices(x, body); x.Refused != "" {
		return
	}
	giftKind(x, cs, gap)
}

// giftChoices takes the answers apart.
func giftChoices(x *Item, body string) (out []choice) {
	var marks []int
	for i := 0; i < len(body); i++ {
		switch body[i] {
		case '\\':
			i++
		case '=', '~':
			marks = append(marks, i)
		}
	}
	if len(marks) == 0 || strings.TrimSpace(body[:marks[0]]) != "" {
		x.refuse("答案应以 = 或者 ~ 开头")
		return nil
	}
	for n, at := range marks {
		end := len(body)
		if n+1 < len(marks) {
			end = marks[n+1]
		}
		c := choice{right: body[at] == '='}
		s := strings.TrimSpace(body[at+1 : end])
		if hash := find(s, "#"); hash >= 0 {
			s = strings.TrimSpace(s[:hash])
			if n == len(marks)-1 || !strings.Contains(strings.Join(x.Lost, ""), "反馈") {
				x.lost("各答案的反馈没有带过来")
			}
		}
		if m := giftWeight.FindStringSubmatch(s); m != nil {
			c.weight, _ = strconv.ParseFloat(m[1], 64)
			c.weigh, s = true, s[len(m[0]):]
		}
		c.text = plain(unescape(strings.TrimSpace(s)))
		out = append(out, c)
	}
	return out
}

// giftKind says which form the answers make.
func giftKind(x *Item, cs []choice, gap bool) {
	q := &x.Question
	wrong, arrows := 0, 0
	for _, c := range cs {
		if !c.right {
			wrong++
		}
		if strings.Contains(c.text, "->") {
			arrows++
		}
	}
	switch {
	case wrong == 0 && arrows == len(cs) && arrows > 1:
		giftPairs(x, cs)
	case wrong == 0:
		q.Type = bank.Fill
		if !gap {
			q.Stem += "____"
		}
		var accept []string
		for _, c := range cs {
			if c.weigh && c.weight < 100 {
				x.lost("“%s”只得一部分分，这里没有收", clip(c.text))
				continue
			}
			accept = append(accept, c.text)
		}
		q.Blanks = [][]string{accept}
	default:
		giftOptions(x, cs)
	}
}

func giftPairs(x *Item, cs []choice) {
	x.Question.Type = bank.Match
	for _, c := range cs {
		left, right, _ := strings.Cut(c.text, "->")
		if left, right = strings.TrimSpace(left), strings.TrimSpace(right); left == "" {
			x.Question.Spare = append(x.Question.Spare, right)
		} else {
			x.Question.Pairs = append(x.Question.Pairs, bank.Pair{Left: left, Right: right})
		}
	}
}

func giftOptions(x *Item, cs []choice) {
	q := &x.Question
	equals := 0
	for _, c := range cs {
		if c.right {
			equals++
		}
	}
	partial := false
	for i, c := range cs {
		q.Options = append(q.Options, c.text)
		if c.right || equals == 0 && c.weigh && c.weight > 0 {
			q.Answer += bank.Letter(i)
		} else if c.weigh && c.weight > 0 {
			partial = true
		}
	}
	q.Type = bank.Single
	if equals == 0 || equals > 1 {
		q.Type = bank.Multiple
	}
	if len(q.Answer) > 20 {
		x.refuse("正确的选项太多")
	}
	switch {
	case partial:
		x.lost("错误选项的部分得分没有带过来")
	case equals == 0:
		x.lost("各选项的比重没有带过来，照本系统多选题的给分办法计分")
	}
}

// giftNumeric takes a number without a tolerance as a fill; others cannot be marked here.
func giftNumeric(x *Item, body string) {
	body = strings.TrimPrefix(body, "=")
	if at := find(body, "#"); at >= 0 {
		body = body[:at]
	}
	value, tolerance, _ := strings.Cut(strings.TrimSpace(body), ":")
	value = strings.TrimSpace(value)
	if t := strings.TrimSpace(tolerance); !giftNumber.MatchString(value) || t != "" && t != "0" {
		x.refuse("数值题有误差范围，这里的填空只收确定的数")
		return
	}
	x.Question.Type = bank.Fill
	x.Question.Stem += "____"
	x.Question.Blanks = [][]string{{value}}
}

var escaper = strings.NewReplacer(`\`, `\\`, "~", `\~`, "=", `\=`, "#", `\#`, "{", `\{`, "}", `\}`, ":", `\:`, "\n", `\n`)

// ToGIFT writes questions in GIFT, and names those that it cannot carry, with why.
func ToGIFT(questions []bank.Question) (out string, left []string) {
	var b strings.Builder
	topic := ""
	for _, q := range questions {
		body, why := giftBody(q)
		if why != "" {
			left = append(left, q.ID+"："+why)
			continue
		}
		if q.Topic != topic {
			topic = q.Topic
			b.WriteString("$CATEGORY: " + strings.ReplaceAll(topic, "/", "／") + "\n\n")
		}
		stem, after := q.Stem, ""
		if q.Type == bank.Fill {
			stem, after, _ = strings.Cut(q.Stem, "____")
		}
		if q.Explain != "" {
			body += "####" + escaper.Replace(q.Explain)
		}
		b.WriteString("::" + escaper.Replace(q.ID) + "::" + escaper.Replace(stem) + "{" + body + "}" + escaper.Replace(after) + "\n\n")
	}
	return b.String(), left
}

func giftBody(q bank.Question) (body, why string) {
	switch q.Type {
	case bank.Single, bank.Multiple:
		share := strconv.FormatFloat(100/float64(max(len(q.Answer), 1)), 'f', 5, 64)
		for i, o := range q.Options {
			right := strings.Contains(q.Answer, bank.Letter(i))
			switch {
			case q.Type == bank.Single && right:
				body += "="
			case right:
				body += "~%" + share + "%"
			case q.Type == bank.Multiple:
				body += "~%-100%"
			default:
				body += "~"
			}
			body += escaper.Replace(o) + " "
		}
		return body, ""
	case bank.Judgement:
		if truth, _ := grade.JudgementOf(q.Answer); truth {
			return "T", ""
		}
		return "F", ""
	case bank.Fill:
		if len(q.Blanks) != 1 {
			return "", "GIFT 的填空只有一个空"
		}
		for _, a := range q.Blanks[0] {
			body += "=" + escaper.Replace(a) + " "
		}
		return body, ""
	case bank.Match:
		for _, p := range q.Pairs {
			body += "=" + escaper.Replace(p.Left) + " -> " + escaper.Replace(p.Right) + " "
		}
		for _, s := range q.Spare {
			body += "= -> " + escaper.Replace(s) + " "
		}
		return body, ""
	}
	return "", "GIFT 没有" + q.Type.Label() + "题"
}
