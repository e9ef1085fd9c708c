package document

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/template"

	"gopkg.in/yaml.v3"

	"fadu/internal/fault"
	"fadu/internal/law"
)

// Texts are the dated texts of papers: for each kind one or more versions that follow one another.
type Texts struct {
	versions map[string][]Text
}

// Text is one version of the text of one kind of paper, in force from From until Until (inclusive; zero
// is open). It is written in YAML:
//
//   - kind: onspot_decision
//     title: 当场行政处罚决定书
//     from: 2021-07-15
//     until:                # empty: in force
//     layout: form          # or letter
//     header: black         # or red
//     copies: 本决定书一式两份……
//     blocks:
//   - fields:
//     label: 当事人
//     rows:
//   - [{label: 姓名, value: "{{.Party.Name}}"}, {label: 性别, value: "{{.Party.Sex}}"}]
//   - label: 违法事实
//     text: 经查，{{.Facts}}。
//   - slot: signatures  # blocks given by the caller
//
// In text a line feed of the YAML joins its lines and an empty line begins a paragraph, so that long
// lines can be wrapped; a text that comes out empty is left out. Placeholders are those of text/template
// with the functions nobreak (see NoBreak) and join (strings.Join); variables and sub-templates are not
// allowed.
type Text struct {
	Kind   string      `yaml:"kind"`
	Title  string      `yaml:"title"`
	From   law.Date    `yaml:"from"`
	Until  law.Date    `yaml:"until"`
	Layout Layout      `yaml:"layout"`
	Header Header      `yaml:"header"`
	Copies string      `yaml:"copies"`
	Blocks []TextBlock `yaml:"blocks"`
}

// TextBlock is one block of a text: exactly one of Text, Fields and Slot.
type TextBlock struct {
	Label  string      `yaml:"label"`
	Text   string      `yaml:"text"`
	Style  Style       `yaml:"style"`
	Fields *TextFields `yaml:"fields"`
	Slot   string      `yaml:"slot"`
	// Free names a text that whoever drafts the paper may word anew; all others are bound by law.
	Free string `yaml:"free"`

	text *template.Template
}

// TextFields are fields whose values have placeholders.
type TextFields struct {
	Label string        `yaml:"label"`
	Rows  [][]TextField `yaml:"rows"`
}

// TextField is a field whose value has placeholders.
type TextField struct {
	Label  string `yaml:"label"`
	Value  string `yaml:"value"`
	Weight int    `yaml:"weight"`

	value *template.Template
}

// ParseTexts reads the texts of papers and refuses, naming the place, unknown keys, layouts and styles,
// versions of a kind that overlap, and placeholders that do not exist in the type of sample, also in
// branches not taken. Every text must come out with the sample, so its pointers are not nil and its
// lists not empty.
func ParseTexts(data []byte, sample any) (Texts, error) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	var all []Text
	if err := dec.Decode(&all); err != nil && !errors.Is(err, io.EOF) {
		return Texts{}, fmt.Errorf("文书文本读不懂: %w", err)
	}
	return arrange(all, func(string) any { return sample })
}

// ParseTextFiles reads the texts of several files, each a list under papers:. The parts, a mapping under parts:, are
// set before each file, so that its anchors (&) can be named (*) in all. sample gives the sample of a kind;
// nil refuses the kind.
func ParseTextFiles(parts []byte, files [][]byte, sample func(kind string) any) (Texts, error) {
	var all []Text
	for _, file := range files {
		dec := yaml.NewDecoder(bytes.NewReader(slices.Concat(parts, []byte("\n"), file)))
		dec.KnownFields(true)
		var in struct {
			Parts  yaml.Node `yaml:"parts"`
			Papers []Text    `yaml:"papers"`
		}
		if err := dec.Decode(&in); err != nil {
			return Texts{}, fmt.Errorf("文书文本读不懂: %w", err)
		}
		all = append(all, in.Papers...)
	}
	return arrange(all, sample)
}

func arrange(all []Text, sampleOf func(kind string) any) (Texts, error) {
	ts := Texts{versions: map[string][]Text{}}
	for i := range all {
		t := &all[i]
		sample := sampleOf(t.Kind)
		if sample == nil {
			return Texts{}, fmt.Errorf("没有“%s”这种文书", t.Kind)
		}
		if err := t.prepare(sample); err != nil {
			return Texts{}, fmt.Errorf("文书文本“%s”（自%s起）: %w", t.Kind, t.From, err)
		}
		ts.versions[t.Kind] = append(ts.versions[t.Kind], *t)
	}
	for kind, vs := range ts.versions {
		slices.SortFunc(vs, func(a, b Text) int { return strings.Compare(a.From.String(), b.From.String()) })
		for i := 1; i < len(vs); i++ {
			if until := vs[i-1].Until; until.IsZero() || !until.Before(vs[i].From) {
				return Texts{}, fmt.Errorf("文书文本“%s”：自%s起和自%s起的两个版本时间重叠，请给前一版写明 until", kind, vs[i-1].From, vs[i].From)
			}
		}
	}
	return ts, nil
}

// Kinds returns the kinds of paper that have a text, sorted.
func (ts Texts) Kinds() []string {
	var kinds []string
	for k := range ts.versions {
		kinds = append(kinds, k)
	}
	slices.Sort(kinds)
	return kinds
}

// At returns the version of a kind that is in force on the date.
func (ts Texts) At(kind string, on law.Date) (Text, error) {
	for _, t := range ts.versions[kind] {
		if on.Within(t.From, t.Until) {
			return t, nil
		}
	}
	return Text{}, fault.New(fault.NotFound, "没有%s适用的“%s”文书文本，请先在文书文本中补上这一版", on.Han(), kind)
}

// Fill makes the paper from the data and the blocks for the text's slots; each slot must be given, if
// only with no blocks, and no other. Authority, number, verification and marks are the caller's to set.
func (t Text) Fill(data any, slots map[string][]Block) (Paper, error) {
	return t.FillFree(data, slots, nil)
}

// Slots are the names of the text's slots.
func (t Text) Slots() []string {
	var out []string
	for _, b := range t.Blocks {
		if b.Slot != "" {
			out = append(out, b.Slot)
		}
	}
	return out
}

// FreeText is a text that may be worded anew: its name, the heading of its cell, and how it reads now.
type FreeText struct{ Name, Label, Text string }

// Free returns the free texts as they come out with the data.
func (t Text) Free(data any) ([]FreeText, error) {
	var out []FreeText
	for _, b := range t.Blocks {
		if b.Free == "" {
			continue
		}
		text, err := execute(b.text, data)
		if err != nil {
			return nil, fmt.Errorf("document: text %s: %w", t.Kind, err)
		}
		out = append(out, FreeText{b.Free, b.Label, text})
	}
	return out, nil
}

// FillFree is Fill with the free texts that were worded anew, by name. A name that is not free is refused: what
// the law wants in a paper is nobody's to word.
func (t Text) FillFree(data any, slots map[string][]Block, free map[string]string) (Paper, error) {
	for name := range free {
		if !slices.ContainsFunc(t.Blocks, func(b TextBlock) bool { return b.Free == name }) {
			return Paper{}, fault.New(fault.Invalid, "《%s》里没有可以改写的“%s”：法律规定的内容不能改写", t.Title, name)
		}
	}
	p := Paper{Layout: t.Layout, Header: t.Header, Title: t.Title, Copies: t.Copies}
	used := 0
	for _, b := range t.Blocks {
		switch {
		case b.Slot != "":
			blocks, ok := slots[b.Slot]
			if !ok {
				return Paper{}, fmt.Errorf("document: text %s: slot %q not given", t.Kind, b.Slot)
			}
			used++
			p.Blocks = append(p.Blocks, blocks...)
		case b.Fields != nil:
			fields, err := b.Fields.fill(data)
			if err != nil {
				return Paper{}, fmt.Errorf("document: text %s: %w", t.Kind, err)
			}
			p.Blocks = append(p.Blocks, fields)
		default:
			text, err := execute(b.text, data)
			if err != nil {
				return Paper{}, fmt.Errorf("document: text %s: %w", t.Kind, err)
			}
			if own := strings.TrimSpace(free[b.Free]); b.Free != "" && own != "" {
				text = own
			}
			if text != "" {
				p.Blocks = append(p.Blocks, Paragraph{Label: b.Label, Text: text, Style: b.Style})
			}
		}
	}
	if used != len(slots) {
		return Paper{}, fmt.Errorf("document: text %s has %d slots, %d were given", t.Kind, used, len(slots))
	}
	return p, nil
}

func (f TextFields) fill(data any) (Fields, error) {
	out := Fields{Label: f.Label}
	for _, row := range f.Rows {
		var fields []Field
		for _, one := range row {
			value, err := execute(one.value, data)
			if err != nil {
				return Fields{}, err
			}
			fields = append(fields, Field{one.Label, value, one.Weight})
		}
		out.Rows = append(out.Rows, fields)
	}
	return out, nil
}

func execute(t *template.Template, data any) (string, error) {
	var b strings.Builder
	if err := t.Execute(&b, data); err != nil {
		return "", err
	}
	return strings.TrimSpace(b.String()), nil
}
