package scene

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// Bounds of a story that is taken over.
const (
	maxTwee      = 256 << 10 // bytes
	maxPassage   = 2000      // characters of one passage
	maxPassageID = 60        // characters of its name
	maxTweeNotes = 100
)

// IsTwee reports whether a text is a story in Twee notation: a line begins with the sign of a passage.
func IsTwee(text []byte) bool { return tweeSign.Match(text) }

var (
	tweeSign = regexp.MustCompile(`(?m)^(?:\x{FEFF})?::[ \t]*\S`)
	tweeIFID = regexp.MustCompile(`^[0-9A-Fa-f]{8}-`)
)

// Passages and tags that mean something to a player of stories and nothing here.
var (
	tweeSpecial = []string{"StoryInit", "StoryAuthor", "StoryBanner", "StoryCaption", "StoryDisplayTitle", "StoryInterface", "StoryMenu", "StorySettings", "StoryShare", "StorySubtitle", "StoryIncludes", "PassageHeader", "PassageFooter", "PassageReady", "PassageDone"}
	tweeTags    = []string{"script", "stylesheet", "init", "widget", "header", "footer", "startup", "debug-header", "debug-footer", "annotation", "Twine.private", "Twine.image", "Twine.audio", "Twine.video", "Twine.vtt"}
	ends        = []string{EndSuccess, EndMishandle, EndEscalate, EndAbort}
)

// The draft as it is written: what a story does not say is left out, so that the linter asks for it.
type (
	tweeDraft struct {
		ID      string     `yaml:"id"`
		Version int        `yaml:"version"`
		Title   string     `yaml:"title"`
		Todo    []string   `yaml:"todo"`
		Start   string     `yaml:"start"`
		Beats   []tweeBeat `yaml:"beats"`
	}
	tweeBeat struct {
		ID      string       `yaml:"id"`
		Speaker string       `yaml:"speaker"`
		Say     string       `yaml:"say,omitempty"`
		Choices []tweeChoice `yaml:"choices,omitempty"`
		End     *End         `yaml:"end,omitempty"`
	}
	tweeChoice struct {
		ID   string `yaml:"id"`
		Text string `yaml:"text"`
		Goto string `yaml:"goto,omitempty"`
		Stay bool   `yaml:"stay,omitempty"`
	}
)

// passage is one passage of a story; the line is that of its header.
type passage struct {
	name string
	tags []string
	line int
	text []string
}

// story gathers what is read.
type story struct {
	draft  tweeDraft
	ifid   string
	begins string // as StoryData says
	line   int    // of StoryData
	notes  []tweeNote
	more   int
	names  map[string]bool
}

// tweeNote says of a line what was not taken over.
type tweeNote struct {
	line int
	text string
}

func (s *story) note(line int, format string, args ...any) {
	n := tweeNote{line, fmt.Sprintf(format, args...)}
	switch {
	case slices.Contains(s.notes, n):
	case len(s.notes) >= maxTweeNotes:
		s.more++
	default:
		s.notes = append(s.notes, n)
	}
}

func tweeFault(line int, format string, args ...any) error {
	return fmt.Errorf("第 %d 行：%s", line, fmt.Sprintf(format, args...))
}

// FromTwee turns a story in Twee 3 into the draft of a scenario: passages become beats, links become choices, the first
// tag is who speaks, a tag that names an ending ends. What a story cannot say (quality, reason, articles, rules) stays
// open; what is not taken over is noted, and the notes stand in the draft under todo until somebody strikes them.
func FromTwee(text string) (draft []byte, notes []string, err error) {
	switch {
	case len(text) > maxTwee:
		return nil, nil, fmt.Errorf("故事超过 %d KB", maxTwee>>10)
	case !utf8.ValidString(text):
		return nil, nil, errors.New("故事应是 UTF-8 的文字，请另存为 UTF-8 再导入")
	}
	s := &story{names: map[string]bool{}}
	passages, err := s.split(text)
	if err != nil {
		return nil, nil, err
	}
	kept, err := s.sort(passages)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range kept {
		b, err := s.beat(p)
		if err != nil {
			return nil, nil, err
		}
		s.draft.Beats = append(s.draft.Beats, b)
	}
	s.head()
	out, err := yaml.Marshal(s.draft)
	if err != nil {
		return nil, nil, fmt.Errorf("写不出草稿：%w", err)
	}
	return out, s.draft.Todo, nil
}

// split finds the passages.
func (s *story) split(text string) ([]passage, error) {
	text = strings.TrimPrefix(strings.ReplaceAll(text, "\r\n", "\n"), "\uFEFF")
	var out []passage
	before := 0
	for i, line := range strings.Split(text, "\n") {
		head, is := strings.CutPrefix(line, "::")
		if is {
			p, err := tweeHeader(head, i+1)
			if err != nil {
				return nil, err
			}
			if s.names[p.name] {
				return nil, tweeFault(i+1, "段落“%s”写了两次", p.name)
			}
			s.names[p.name] = true
			out = append(out, p)
			continue
		}
		if len(out) > 0 {
			p := &out[len(out)-1]
			if strings.HasPrefix(line, `\::`) {
				line = line[1:] // text that begins like a header
			}
			p.text = append(p.text, line)
		} else if before == 0 && strings.TrimSpace(line) != "" {
			before = i + 1
		}
	}
	if before > 0 {
		s.note(before, "第一个段落以前的文字没有带过来")
	}
	return out, nil
}

// tweeHeader reads “:: name [tags] {metadata}”; the metadata only places the passage on the editor's map.
func tweeHeader(head string, line int) (passage, error) {
	p := passage{line: line}
	name, rest := tweeUntil(head, "[{")
	p.name = strings.TrimSpace(name)
	if strings.HasPrefix(rest, "[") {
		tags, after := tweeUntil(rest[1:], "]")
		if after == "" {
			return p, tweeFault(line, "标签的方括号没有写完")
		}
		p.tags, rest = strings.Fields(tags), strings.TrimSpace(after[1:])
	}
	switch {
	case p.name == "":
		return p, tweeFault(line, "段落没有名称")
	case utf8.RuneCountInString(p.name) > maxPassageID:
		return p, tweeFault(line, "段落的名称超过 %d 个字", maxPassageID)
	case rest != "" && !(strings.HasPrefix(rest, "{") && strings.HasSuffix(strings.TrimSpace(rest), "}")):
		return p, tweeFault(line, "段落名称、标签以后有读不懂的文字")
	}
	return p, nil
}

// tweeUntil cuts before the first of some signs that no backslash stands before, and takes the backslashes away.
func tweeUntil(s, signs string) (before, rest string) {
	var b strings.Builder
	escaped := false
	for i, r := range s {
		switch {
		case escaped:
			escaped = false
		case r == '\\':
			escaped = true
			continue
		case strings.ContainsRune(signs, r):
			return b.String(), s[i:]
		}
		b.WriteRune(r)
	}
	return b.String(), ""
}

// sort reads what is about the story and keeps the passages that are told.
func (s *story) sort(all []passage) (kept []passage, err error) {
	for _, p := range all {
		special := slices.Contains(tweeSpecial, p.name)
		for _, t := range p.tags {
			special = special || slices.Contains(tweeTags, t)
		}
		switch {
		case p.name == "StoryTitle":
			s.draft.Title = strings.TrimSpace(strings.Join(p.text, " "))
		case p.name == "StoryData":
			if err := s.data(p); err != nil {
				return nil, err
			}
		case special:
			s.note(p.line, "“%s”是故事工具的专用段落，没有带过来", p.name)
			delete(s.names, p.name)
			continue
		default:
			kept = append(kept, p)
			continue
		}
		delete(s.names, p.name)
	}
	switch {
	case len(kept) == 0:
		return nil, errors.New("没有一个讲现场的段落")
	case len(kept) > MaxBeats:
		return nil, tweeFault(kept[MaxBeats].line, "段落超过 %d 个", MaxBeats)
	case s.begins != "" && !s.names[s.begins]:
		return nil, tweeFault(s.line, "StoryData 的 start 写的是“%s”，没有这个段落", s.begins)
	case s.begins == "" && s.names["Start"]:
		s.begins = "Start"
	case s.begins == "":
		s.begins = kept[0].name
	}
	return kept, nil
}

func (s *story) data(p passage) error {
	s.line = p.line
	var all map[string]json.RawMessage
	var known struct {
		IFID  string `json:"ifid"`
		Start string `json:"start"`
	}
	text := []byte(strings.Join(p.text, "\n"))
	if json.Unmarshal(text, &all) != nil || json.Unmarshal(text, &known) != nil {
		return tweeFault(p.line, "StoryData 应是一段 JSON")
	}
	s.ifid, s.begins = known.IFID, known.Start
	var left []string
	for k := range all {
		if k != "ifid" && k != "start" {
			left = append(left, k)
		}
	}
	if slices.Sort(left); len(left) > 0 {
		s.note(p.line, "StoryData 的 %s 没有带过来", strings.Join(left, "、"))
	}
	return nil
}

// head names the draft and says what a story never has.
func (s *story) head() {
	d := &s.draft
	if d.Title == "" {
		d.Title = "没有名称的 Twee 草稿"
	}
	sum := sha256.Sum256([]byte(d.Title))
	d.ID, d.Version, d.Start = "twee_"+hex.EncodeToString(sum[:4]), 1, s.begins
	if tweeIFID.MatchString(s.ifid) {
		d.ID = "twee_" + strings.ToLower(s.ifid[:8])
	}
	d.Todo = []string{"Twee 里没有、还要写的：set_on、party、toolbar、rules、debrief，每个选择的 quality、why、article_refs。处理完一条，删去一条"}
	slices.SortStableFunc(s.notes, func(a, b tweeNote) int { return cmp.Compare(a.line, b.line) })
	for _, n := range s.notes {
		d.Todo = append(d.Todo, fmt.Sprintf("第 %d 行：%s", n.line, n.text))
	}
	if s.more > 0 {
		d.Todo = append(d.Todo, fmt.Sprintf("还有 %d 条说明没有列出", s.more))
	}
}
