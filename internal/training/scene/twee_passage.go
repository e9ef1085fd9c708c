package scene

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// What stands in the text of a passage.
var (
	tweeLink    = regexp.MustCompile(`\[\[([^\[\]\n]*)\](\[[^\[\]\n]*\])?\]`)
	tweeComment = regexp.MustCompile(`(?s)/\*.*?\*/|<!--.*?-->`)
	tweeMacro   = regexp.MustCompile(`(?s)<<\s*(/?[^\s<>()]*).*?>>|<%.*?%>`)
	tweeCall    = regexp.MustCompile(`\(([A-Za-z][A-Za-z0-9_-]*):`)
	tweePicture = regexp.MustCompile(`\[img[^\[\]\n]*\[[^\[\]\n]*\](\[[^\[\]\n]*\])*\]`)
	tweeMarkup  = regexp.MustCompile(`</?[A-Za-z][^<>\n]*>`)
	tweeVar     = regexp.MustCompile(`\$[A-Za-z_]\w*`)
	tweeOutside = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://`)
	tweeBullet  = regexp.MustCompile(`^[\s*\-+•·>|.、0-9]*$`)
)

// beat turns a passage into a beat.
func (s *story) beat(p passage) (tweeBeat, error) {
	b := tweeBeat{ID: p.name}
	text := strings.Join(p.text, "\n")
	if n := utf8.RuneCountInString(text); n > maxPassage {
		return b, tweeFault(p.line, "段落“%s”有 %d 个字，超过 %d 个", p.name, n, maxPassage)
	}
	var said []string
	for i, line := range strings.Split(s.plain(p, text), "\n") {
		at := p.line + 1 + i
		links := tweeLink.FindAllStringSubmatch(line, -1)
		if strings.Contains(tweeLink.ReplaceAllString(line, ""), "[[") {
			return b, tweeFault(at, "链接的方括号没有写完")
		}
		for _, m := range links {
			if err := s.link(&b, m, at); err != nil {
				return b, err
			}
		}
		if len(links) > 0 && tweeBullet.MatchString(tweeLink.ReplaceAllString(line, "")) {
			continue // a list of ways on, not part of what is told
		}
		said = append(said, strings.TrimSpace(tweeLink.ReplaceAllStringFunc(line, func(l string) string {
			shown, _ := tweeEnds(tweeLink.FindStringSubmatch(l)[1])
			return shown
		})))
	}
	b.Say = strings.Join(said, "")
	s.voice(&b, p)
	return b, nil
}

// voice reads the tags: who speaks, and how it ends.
func (s *story) voice(b *tweeBeat, p passage) {
	var left []string
	for _, t := range p.tags {
		switch {
		case slices.Contains(ends, t) && len(b.Choices) > 0:
			s.note(p.line, "“%s”标着结局“%s”，又有链接，没有当作结局", p.name, t)
		case slices.Contains(ends, t):
			b.End = &End{Kind: t}
		case b.Speaker == "":
			b.Speaker = t
		default:
			left = append(left, t)
		}
	}
	if len(left) > 0 {
		s.note(p.line, "标签 %s 没有带过来：第一个标签是说话的人", strings.Join(left, "、"))
	}
	if b.Speaker == "" {
		b.Speaker = "旁白"
	}
	if len(b.Choices) == 0 && b.End == nil {
		s.note(p.line, "“%s”没有链接，也没有写是什么结局（%s）", p.name, strings.Join(ends, "、"))
	}
}

// tweeEnds reads the inside of a link: what is shown, and where it leads.
func tweeEnds(in string) (shown, target string) {
	if i := strings.LastIndex(in, "->"); i >= 0 {
		return strings.TrimSpace(in[:i]), strings.TrimSpace(in[i+2:])
	}
	if i := strings.Index(in, "<-"); i >= 0 {
		return strings.TrimSpace(in[i+2:]), strings.TrimSpace(in[:i])
	}
	if i := strings.LastIndex(in, "|"); i >= 0 {
		return strings.TrimSpace(in[:i]), strings.TrimSpace(in[i+1:])
	}
	return strings.TrimSpace(in), strings.TrimSpace(in)
}

func (s *story) link(b *tweeBeat, m []string, line int) error {
	shown, target := tweeEnds(m[1])
	switch {
	case target == "" || shown == "":
		return tweeFault(line, "链接没有文字或者没有写去哪里")
	case tweeOutside.MatchString(target):
		s.note(line, "到外面网址的链接“%s”没有带过来", shown)
		return nil
	case len(b.Choices) == MaxChoices:
		s.note(line, "“%s”的链接超过 %d 个，“%s”没有带过来", b.ID, MaxChoices, shown)
		return nil
	}
	if m[2] != "" {
		s.note(line, "链接“%s”里改变量的部分没有带过来", shown)
	}
	c := tweeChoice{ID: fmt.Sprintf("选%d", len(b.Choices)+1), Text: shown, Goto: target}
	if !s.names[target] {
		s.note(line, "链接“%s”要去的“%s”没有写，先当作留在这一节", shown, target)
		c.Goto, c.Stay = "", true
	}
	b.Choices = append(b.Choices, c)
	return nil
}

// plain takes away what only a player of stories understands, names it, and keeps the lines where they are.
func (s *story) plain(p passage, text string) string {
	var names []string
	gone := func(name, what string) string {
		if name != "" && !slices.Contains(names, name) && !strings.HasPrefix(name, "<</") {
			names = append(names, name)
		}
		return strings.Join(tweeLink.FindAllString(what, -1), "") + strings.Repeat("\n", strings.Count(what, "\n"))
	}
	text = tweeComment.ReplaceAllStringFunc(text, func(x string) string { return gone("注释", x) })
	text = tweeMacro.ReplaceAllStringFunc(text, func(x string) string {
		if m := tweeMacro.FindStringSubmatch(x); m[1] != "" {
			return gone("<<"+m[1]+">>", x)
		}
		return gone("脚本", x)
	})
	text = tweeCalls(text, gone)
	text = tweePicture.ReplaceAllStringFunc(text, func(x string) string { return gone("图片", x) })
	text = tweeMarkup.ReplaceAllStringFunc(text, func(x string) string { return gone("网页标记", x) })
	if v := tweeVar.FindString(text); v != "" {
		names = append(names, "变量 "+v)
	}
	if len(names) > 0 {
		s.note(p.line, "“%s”里的%s没有带过来", p.name, strings.Join(names, "、"))
	}
	return text
}

// tweeCalls takes away macros in parentheses, such as (set: $a to 1); one that is not closed stays with all after it.
func tweeCalls(text string, gone func(name, what string) string) string {
	var b strings.Builder
	for {
		at := tweeCall.FindStringSubmatchIndex(text)
		if at == nil {
			break
		}
		depth, end := 0, -1
		for i := at[0]; i < len(text) && end < 0; i++ {
			switch text[i] {
			case '(':
				depth++
			case ')':
				if depth--; depth == 0 {
					end = i + 1
				}
			}
		}
		if end < 0 {
			break
		}
		b.WriteString(text[:at[0]])
		b.WriteString(gone("("+text[at[2]:at[3]]+":)", text[at[0]:end]))
		text = text[end:]
	}
	b.WriteString(text)
	return b.String()
}
