package definition

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"

	"gopkg.in/yaml.v3"
)

// MaxBytes bounds a file of definitions.
const MaxBytes = 1 << 20

// Fault is what is wrong with a definition, where it stands.
type Fault struct {
	File string
	Line int
	Text string
}

// Error says the fault in Chinese with its place.
func (f Fault) Error() string {
	switch {
	case f.File != "" && f.Line > 0:
		return fmt.Sprintf("%s 第 %d 行：%s", f.File, f.Line, f.Text)
	case f.Line > 0:
		return fmt.Sprintf("第 %d 行：%s", f.Line, f.Text)
	case f.File != "":
		return f.File + "：" + f.Text
	}
	return f.Text
}

// Parse reads a file with a list of definitions. It refuses unknown keys and wrong types, and what Lint objects to.
func Parse(file string, b []byte) ([]Definition, error) {
	if len(b) > MaxBytes {
		return nil, Fault{file, 0, "文件超过 1 MB"}
	}
	dec := yaml.NewDecoder(bytes.NewReader(b))
	dec.KnownFields(true)
	var out []Definition
	if err := dec.Decode(&out); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, Fault{file, 0, "文件是空的"}
		}
		return nil, explained(file, err)
	}
	var root yaml.Node
	if err := yaml.Unmarshal(b, &root); err != nil {
		return nil, explained(file, err)
	}
	var faults []error
	for i := range out {
		for _, f := range out[i].lint() {
			f.File, f.Line = file, lineOf(&root, append([]any{i}, f.path...))
			faults = append(faults, f.Fault)
		}
	}
	return out, errors.Join(faults...)
}

// Print writes one definition as Parse reads it.
func Print(d Definition) ([]byte, error) { return yaml.Marshal([]Definition{d}) }

var (
	unknownField = regexp.MustCompile(`line (\d+): field (\S+) not found`)
	twice        = regexp.MustCompile(`line (\d+): mapping key "([^"]*)" already defined`)
	wrongType    = regexp.MustCompile(`line (\d+): cannot unmarshal`)
	atLine       = regexp.MustCompile(`line (\d+)`)
)

// explained says in Chinese what the parser does not understand.
func explained(file string, err error) error {
	s := err.Error()
	f := Fault{File: file}
	at := func(m []string) { _, _ = fmt.Sscan(m[1], &f.Line) }
	switch m := unknownField.FindStringSubmatch(s); {
	case m != nil:
		at(m)
		f.Text = fmt.Sprintf("不认识“%s”", m[2])
	case twice.MatchString(s):
		m = twice.FindStringSubmatch(s)
		at(m)
		f.Text = fmt.Sprintf("“%s”写了两次", m[2])
	case wrongType.MatchString(s):
		at(wrongType.FindStringSubmatch(s))
		f.Text = "值的类型不对，请核对是文字、数还是列表"
	case atLine.MatchString(s):
		at(atLine.FindStringSubmatch(s))
		f.Text = "写法不对，请核对缩进和引号"
	default:
		f.Text = "写法不对，请核对缩进和引号"
	}
	return f
}

// lineOf finds the line of what a path of keys and positions leads to, as far as it goes.
func lineOf(n *yaml.Node, path []any) int {
	if n.Kind == yaml.DocumentNode && len(n.Content) > 0 {
		n = n.Content[0]
	}
	line := n.Line
	for _, p := range path {
		var next *yaml.Node
		switch p := p.(type) {
		case int:
			if n.Kind == yaml.SequenceNode && p < len(n.Content) {
				next = n.Content[p]
			}
		case string:
			for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
				if n.Content[i].Value == p {
					next = n.Content[i+1]
				}
			}
		}
		if next == nil {
			break
		}
		n, line = next, next.Line
	}
	return line
}
