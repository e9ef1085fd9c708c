package powers

import (
	"regexp"
	"strings"
)

// Paragraph is one 款 of an article with its 项; the first text may be empty where an article begins with
// items.
type Paragraph struct {
	Text  string      `json:"text"`
	Items []ParaPoint `json:"items,omitempty"`
}

// ParaPoint is one 项 with its 目, as lines.
type ParaPoint struct {
	Number int    `json:"number"`
	Text   string `json:"text"`
}

var pointForm = regexp.MustCompile(`^[（(]([一二三四五六七八九十百]+)[）)]`)

var subPointForm = regexp.MustCompile(`^[0-9]{1,2}[.．、]`)

// Paragraphs cuts an article's text: a line is a 款, a line that begins with （一） an 项 of the 款 before, one
// that begins with 1. a 目 of the 项 before.
func Paragraphs(text string) []Paragraph {
	var out []Paragraph
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		m := pointForm.FindStringSubmatch(line)
		last := len(out) - 1
		switch {
		case m != nil:
			n, err := ParseHanNumeral(m[1])
			if err != nil {
				out = append(out, Paragraph{Text: line})
				continue
			}
			if last < 0 {
				out, last = append(out, Paragraph{}), 0
			}
			out[last].Items = append(out[last].Items, ParaPoint{n, line})
		case last >= 0 && len(out[last].Items) > 0 && subPointForm.MatchString(line):
			it := &out[last].Items[len(out[last].Items)-1]
			it.Text += "\n" + line
		default:
			out = append(out, Paragraph{Text: line})
		}
	}
	return out
}
