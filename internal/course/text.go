package course

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"

	"fadu/internal/exam/interchange"
)

// BlockKind is how a piece of a chapter is shown.
type BlockKind string

// The kinds.
const (
	Heading   BlockKind = "heading"
	Paragraph BlockKind = "paragraph"
	Item      BlockKind = "item"
	Numbered  BlockKind = "numbered"
	Quote     BlockKind = "quote"
)

// Block is a piece of a chapter: plain text in runs, some of them strong. Nothing of it is ever taken as markup.
type Block struct {
	Kind BlockKind
	Runs []Run
}

// Run is text of one weight.
type Run struct {
	Text   string
	Strong bool
}

// Chapter is a part of a course.
type Chapter struct {
	Title   string
	Seconds int64    // how long it takes at least
	Refs    []string // articles that are read in it, as scenes write them
	File    string   // the PDF or video that is looked at in it
	Blocks  []Block
	line    int
}

// Bounds of a course.
const (
	MaxText     = 200_000
	MaxChapters = 60
	maxSeconds  = 4 * 3600
	leastTime   = 30
	runesSecond = 10 // nobody reads law faster
)

// Fault is what is wrong in a line of a course.
type Fault struct {
	Line    int
	Message string
}

// Error is the fault with its line.
func (f Fault) Error() string { return fmt.Sprintf("第 %d 行：%s", f.Line, f.Message) }

type parser struct {
	out    []Chapter
	faults []Fault
	stated bool // the chapter says how long it takes
	runes  int
}

func (p *parser) bad(line int, format string, args ...any) {
	p.faults = append(p.faults, Fault{line, fmt.Sprintf(format, args...)})
}

// directive is a line that says something of its chapter: 时长：5分钟.
var directive = regexp.MustCompile(`^(时长|条文|文件)[：:]\s*(.*)$`)

var listed = regexp.MustCompile(`^\d{1,2}[.．、]\s*`)

// Parse reads the text of a course: a line beginning with "# " opens a chapter; below it may stand 时长, 条文 and 文件, then
// what is read. All faults come at once, each with its line.
func Parse(text string) ([]Chapter, []Fault) {
	p := &parser{}
	if n := utf8.RuneCountInString(text); n > MaxText {
		return nil, []Fault{{1, fmt.Sprintf("有 %d 个字，一门课程最多 %d 个", n, MaxText)}}
	}
	for i, line := range strings.Split(strings.ReplaceAll(text, "\r", ""), "\n") {
		p.line(i+1, strings.TrimSpace(line))
	}
	p.close()
	if len(p.out) == 0 && len(p.faults) == 0 {
		p.bad(1, "没有章节：一章以“# 章名”一行开头")
	}
	if len(p.out) > MaxChapters {
		p.bad(p.out[MaxChapters].line, "章节最多 %d 个", MaxChapters)
	}
	return p.out, p.faults
}

func (p *parser) line(n int, line string) {
	title, opens := strings.CutPrefix(line, "# ")
	switch m := directive.FindStringSubmatch(line); {
	case line == "" || line == "#":
		if line == "#" {
			p.bad(n, "没有写章名")
		}
	case opens:
		p.open(n, strings.TrimSpace(title))
	case len(p.out) == 0:
		p.bad(n, "第一章以前不能有文字：一章以“# 章名”一行开头")
	case m != nil:
		p.directive(n, m[1], strings.TrimSpace(m[2]))
	default:
		b := blockOf(line)
		c := &p.out[len(p.out)-1]
		c.Blocks = append(c.Blocks, b)
		for _, r := range b.Runs {
			p.runes += utf8.RuneCountInString(r.Text)
		}
	}
}

func (p *parser) open(n int, title string) {
	p.close()
	switch {
	case utf8.RuneCountInString(title) > 80:
		p.bad(n, "章名最多 80 个字")
	case slices.ContainsFunc(p.out, func(c Chapter) bool { return c.Title == title }):
		p.bad(n, "章名“%s”有两次", title)
	}
	p.out = append(p.out, Chapter{Title: title, line: n})
	p.stated, p.runes = false, 0
}

// close checks the chapter that ends and reckons its time when it states none.
func (p *parser) close() {
	if len(p.out) == 0 {
		return
	}
	c := &p.out[len(p.out)-1]
	if len(c.Blocks) == 0 && len(c.Refs) == 0 && c.File == "" {
		p.bad(c.line, "“%s”没有内容：写文字，或者条文、文件", c.Title)
	}
	if !p.stated {
		c.Seconds = max(leastTime, int64(p.runes/runesSecond))
	}
}

func (p *parser) directive(n int, name, value string) {
	c := &p.out[len(p.out)-1]
	switch name {
	case "时长":
		seconds, ok := secondsOf(value)
		if !ok {
			p.bad(n, "时长“%s”应写成 5分钟 或者 90秒，最多 4 小时", value)
			return
		}
		c.Seconds, p.stated = seconds, true
	case "条文":
		for _, part := range strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune("、；;", r) }) {
			ref, err := interchange.ParseRef(part)
			if err != nil {
				p.bad(n, "%v", err)
				continue
			}
			c.Refs = append(c.Refs, ref)
		}
	case "文件":
		if c.File != "" || value == "" {
			p.bad(n, "一章写一个文件名")
			return
		}
		c.File = value
	}
}

func secondsOf(text string) (int64, bool) {
	text = strings.ReplaceAll(width.Narrow.String(text), " ", "")
	unit := int64(1)
	switch {
	case strings.HasSuffix(text, "分钟"):
		unit, text = 60, strings.TrimSuffix(text, "分钟")
	case strings.HasSuffix(text, "秒"):
		text = strings.TrimSuffix(text, "秒")
	default:
		return 0, false
	}
	n, err := strconv.ParseInt(text, 10, 32)
	return n * unit, err == nil && n > 0 && n*unit <= maxSeconds
}

func blockOf(line string) Block {
	b := Block{Kind: Paragraph}
	switch {
	case strings.HasPrefix(line, "##"):
		b.Kind, line = Heading, strings.TrimLeft(line, "# ")
	case strings.HasPrefix(line, "- "), strings.HasPrefix(line, "* "):
		b.Kind, line = Item, strings.TrimSpace(line[2:])
	case strings.HasPrefix(line, "> "):
		b.Kind, line = Quote, strings.TrimSpace(line[2:])
	case listed.MatchString(line):
		b.Kind = Numbered
	}
	for i, part := range strings.Split(line, "**") {
		if part != "" {
			b.Runs = append(b.Runs, Run{part, i%2 == 1 && i < strings.Count(line, "**")})
		}
	}
	return b
}

// Refs are the articles of all chapters, each once.
func Refs(chapters []Chapter) (out []string) {
	for _, c := range chapters {
		for _, r := range c.Refs {
			if !slices.Contains(out, r) {
				out = append(out, r)
			}
		}
	}
	return out
}
