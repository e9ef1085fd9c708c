package scene

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"

	"fadu/internal/law"
)

// MaxBytes bounds a scenario as it is written.
const MaxBytes = 1 << 20

// Parse reads a scenario from YAML or JSON. It refuses unknown keys; whether the scene can be played is said by
// Compile, whether it may be published by Lint.
func Parse(b []byte) (*Scenario, error) {
	if len(b) > MaxBytes {
		return nil, errors.New("情景超过 1 MB")
	}
	b, err := YAML(b)
	if err != nil {
		return nil, err
	}
	dec := yaml.NewDecoder(bytes.NewReader(b))
	dec.KnownFields(true)
	var s Scenario
	if err := dec.Decode(&s); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, errors.New("情景是空的")
		}
		return nil, errors.New(Explain(err))
	}
	if err := s.defaults(); err != nil {
		return nil, err
	}
	return &s, nil
}

// YAML returns a scenario as YAML reads it: JSON is written anew, anything else stays.
func YAML(b []byte) ([]byte, error) {
	if t := bytes.TrimSpace(b); len(t) > 0 && t[0] == '{' && json.Valid(t) {
		return unescaped(t)
	}
	return b, nil
}

// unescaped writes JSON anew without escapes that YAML reads otherwise, such as pairs of surrogates.
func unescaped(b []byte) ([]byte, error) {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	var out bytes.Buffer
	type level struct {
		object bool
		n      int
	}
	var stack []level
	for {
		t, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return out.Bytes(), nil
		}
		if err != nil {
			return nil, errors.New("不是完整的 JSON")
		}
		if d, ok := t.(json.Delim); ok && (d == '}' || d == ']') {
			out.WriteRune(rune(d))
			stack = stack[:len(stack)-1]
			continue
		}
		if n := len(stack); n > 0 {
			l := &stack[n-1]
			switch {
			case l.object && l.n%2 == 1:
				out.WriteString(": ")
			case l.n > 0:
				out.WriteString(", ")
			}
			l.n++
		}
		switch v := t.(type) {
		case json.Delim:
			stack = append(stack, level{object: v == '{'})
			out.WriteRune(rune(v))
		case json.Number:
			out.WriteString(v.String())
		default:
			var text bytes.Buffer
			enc := json.NewEncoder(&text)
			enc.SetEscapeHTML(false)
			if err := enc.Encode(v); err != nil {
				return nil, fmt.Errorf("写不出：%w", err)
			}
			out.Write(bytes.TrimSpace(text.Bytes()))
		}
	}
}

var (
	unknownField = regexp.MustCompile(`line (\d+): field (\S+) not found`)
	atLine       = regexp.MustCompile(`line (\d+)`)
	wrongType    = regexp.MustCompile(`line (\d+): cannot unmarshal .* into (\S+)`)
	heading      = regexp.MustCompile(`^[一二三四五六七八九十]+$`)
	twice        = regexp.MustCompile(`line (\d+): mapping key "([^"]*)" already defined`)
)

// Explain says in Chinese what the parser does not understand.
func Explain(err error) string {
	s := err.Error()
	switch {
	case regexp.MustCompile(`^第 \d+ 行`).MatchString(s):
		return s
	case unknownField.MatchString(s):
		m := unknownField.FindStringSubmatch(s)
		return fmt.Sprintf("第 %s 行：不认识“%s”", m[1], m[2])
	case twice.MatchString(s):
		m := twice.FindStringSubmatch(s)
		return fmt.Sprintf("第 %s 行：“%s”写了两次", m[1], m[2])
	case wrongType.MatchString(s):
		m := wrongType.FindStringSubmatch(s)
		kind := "对象"
		for _, k := range []struct{ part, han string }{{"float", "数"}, {"int", "整数"}, {"string", "文字"}, {"bool", " true 或 false"}, {"[]", "列表"}} {
			if strings.Contains(m[2], k.part) {
				kind = k.han
			}
		}
		return fmt.Sprintf("第 %s 行：应是%s", m[1], kind)
	case atLine.MatchString(s):
		return fmt.Sprintf("第 %s 行：写法不对，请核对缩进、引号和日期", atLine.FindStringSubmatch(s)[1])
	}
	return "写法不对，请核对缩进、引号和日期"
}

// defaults fills in what may be left out and refuses numbers that are none.
func (s *Scenario) defaults() error {
	if s.Rubric.Weights == nil {
		s.Rubric.Weights = DefaultWeights()
	}
	if s.Rubric.Pass == 0 {
		s.Rubric.Pass = DefaultPass
	}
	if s.Rubric.FatalCap == 0 {
		s.Rubric.FatalCap = DefaultFatalCap
	}
	for i := range s.Rules {
		r := &s.Rules[i]
		if r.Kind == "" {
			r.Kind = RuleLaw
		}
		if r.Severity == "" {
			r.Severity = Major
		}
		if r.Dim == "" {
			r.Dim = Procedure
		}
	}
	if s.Start == "" && len(s.Beats) > 0 {
		s.Start = s.Beats[0].ID
	}
	e := s.Party.Emotion
	if e.Sensitivity == 0 {
		s.Party.Emotion.Sensitivity = 1
	}
	numbers := []float64{e.Start, e.Base, e.Decay, e.Sensitivity, s.Rubric.Pass, s.Rubric.FatalCap, s.Rubric.Curve.End, s.Rubric.Curve.Calm}
	for _, w := range s.Rubric.Weights {
		numbers = append(numbers, w)
	}
	each := func(cs []Choice) {
		for _, c := range cs {
			numbers = append(numbers, c.CostS)
			for _, f := range c.Effects {
				numbers = append(numbers, math.Abs(f.Emotion))
			}
		}
	}
	each(s.Toolbar)
	for _, b := range s.Beats {
		numbers = append(numbers, b.LimitS)
		each(b.Choices)
	}
	for _, n := range numbers {
		if !(n >= 0 && n <= 1e6) {
			return errors.New("情景里有一个数是负的、太大或者不是数（初值、基线、衰减、时限、权重、耗时都不能是负数）")
		}
	}
	return nil
}

// Ref reads an article as scenes write it: XZCF-51, XZCF-33-1, STHJ-1132-3-2; of a text without articles, its heading:
// GBF118-六.
func Ref(s string) (law.Citation, error) {
	parts := strings.Split(s, "-")
	c := law.Citation{Statute: parts[0]}
	if len(parts) > 4 {
		return c, fmt.Errorf("“%s”不是条文编号，应写成 XZCF-51 或 XZCF-33-1", s)
	}
	if len(parts) == 2 && heading.MatchString(parts[1]) {
		c.Section = parts[1]
		return c, law.CheckCitation(c)
	}
	for i, p := range parts[1:] {
		n := 0
		for _, r := range p {
			if r < '0' || r > '9' || n > 9999 {
				return c, fmt.Errorf("“%s”不是条文编号，应写成 XZCF-51 或 XZCF-33-1", s)
			}
			n = n*10 + int(r-'0')
		}
		switch i {
		case 0:
			c.Article = n
		case 1:
			c.Para = n
		default:
			c.Item = n
		}
	}
	return c, law.CheckCitation(c)
}
