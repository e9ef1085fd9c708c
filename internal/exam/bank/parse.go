package bank

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"

	"gopkg.in/yaml.v3"

	"fadu/internal/law"
	"fadu/internal/training/scene"
)

//go:embed data/*.yaml
var files embed.FS

// MaxBytes bounds a file of questions.
const MaxBytes = 1 << 20

// File is a topic with its questions, as it is written.
type File struct {
	Topic     string     `yaml:"topic"`
	From      law.Date   `yaml:"from,omitempty"`
	Until     law.Date   `yaml:"until,omitempty"`
	Questions []Question `yaml:"questions"`
}

// Parse reads a file of questions. It refuses unknown keys and tells all faults at once, each with file and question.
func Parse(file string, b []byte) ([]Question, error) {
	if len(b) > MaxBytes {
		return nil, fmt.Errorf("%s：题目超过 1 MB", file)
	}
	dec := yaml.NewDecoder(bytes.NewReader(b))
	dec.KnownFields(true)
	var f File
	if err := dec.Decode(&f); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("%s：没有题目", file)
		}
		return nil, fmt.Errorf("%s：%s", file, scene.Explain(err))
	}
	if err := dec.Decode(new(File)); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s：一个文件只写一个专题", file)
	}
	if f.Topic == "" || len(f.Questions) == 0 {
		return nil, fmt.Errorf("%s：没有专题或者没有题目", file)
	}
	var faults []error
	seen := map[string]bool{}
	for i := range f.Questions {
		q := &f.Questions[i]
		q.inherit(f)
		name := q.ID
		if name == "" {
			name = fmt.Sprintf("第 %d 题", i+1)
		}
		if seen[q.ID] {
			faults = append(faults, fmt.Errorf("%s：%s：编号重复", file, name))
		}
		seen[q.ID] = true
		for _, fault := range q.Check() {
			faults = append(faults, fmt.Errorf("%s：%s：%w", file, name, fault))
		}
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return f.Questions, nil
}

// All returns the questions that come with the program, in the order of files and of lines. A fault in one is a fault
// of the program.
func All() ([]Question, error) {
	names, err := fs.Glob(files, "data/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("bank: %w", err)
	}
	var out []Question
	in := map[string]string{}
	for _, name := range names {
		b, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("bank: %w", err)
		}
		qs, err := Parse(path.Base(name), b)
		if err != nil {
			return nil, fmt.Errorf("bank: %w", err)
		}
		for _, q := range qs {
			if was := in[q.ID]; was != "" {
				return nil, fmt.Errorf("bank: %s：%s：编号在 %s 里已有", path.Base(name), q.ID, was)
			}
			in[q.ID] = path.Base(name)
		}
		out = append(out, qs...)
	}
	return out, nil
}

// inherit takes from the file what the question does not state; an empty list is none.
func (q *Question) inherit(f File) {
	if q.Topic == "" {
		q.Topic = f.Topic
	}
	if q.From.IsZero() {
		q.From = f.From
	}
	if q.Until.IsZero() {
		q.Until = f.Until
	}
	for _, list := range []*[]string{&q.Options, &q.Rules} {
		if len(*list) == 0 {
			*list = nil
		}
	}
	if len(q.Blanks) == 0 {
		q.Blanks = nil
	}
}
