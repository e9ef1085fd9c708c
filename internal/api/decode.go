package api

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"fadu/internal/fault"
	"fadu/internal/web"
)

// decode reads a body. Of an object every member is read by itself, so that all that is wrong is told
// at once: a member that is unknown, written twice or of the wrong type.
func decode(raw []byte, into any) error {
	var fs fault.Fields
	v := reflect.ValueOf(into).Elem()
	if !utf8.Valid(raw) {
		fs.Add("body", "不是 UTF-8 编码的文字")
		return fs.Err()
	}
	if v.Kind() != reflect.Struct {
		if err := json.Unmarshal(raw, into); err != nil {
			fs.Add("body", "%s", reason(err))
		}
		return fs.Err()
	}
	members, err := object(raw)
	if err != nil {
		fs.Add("body", "%s", err)
		return fs.Err()
	}
	known := membersOf(v.Type())
	seen := map[string]bool{}
	for _, m := range members {
		to, ok := known[m.key]
		switch {
		case !ok:
			fs.Add(m.key, "没有这一项，请对照接口文档")
			continue
		case seen[m.key]:
			fs.Add(m.key, "写了两次")
			continue
		}
		seen[m.key] = true
		if problem := illegible(m.value); problem != "" {
			fs.Add(m.key, "%s", problem)
			continue
		}
		if err := to.read(m.value, v); err != nil {
			fs.Add(m.key, "%s", reason(err))
		}
	}
	return fs.Err()
}

// illegible says what is wrong with the texts of a value, whatever its form: what no form takes, no program
// can send either.
func illegible(value json.RawMessage) string {
	d := json.NewDecoder(bytes.NewReader(value))
	for {
		t, err := d.Token()
		if err != nil {
			return "" // the end, or what is told when the value is read
		}
		if s, ok := t.(string); ok {
			if problem := web.TextProblem(s); problem != "" {
				return problem
			}
		}
	}
}

// legible checks the parameters of a path and a query.
func legible(in any) error {
	var fs fault.Fields
	v := reflect.ValueOf(in)
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.String {
			if problem := web.TextProblem(f.String()); problem != "" {
				tag := v.Type().Field(i).Tag
				fs.Add(cmp.Or(tag.Get("query"), tag.Get("path"), "name"), "%s", problem)
			}
		}
	}
	return fs.Err()
}

// place is where a member goes: the field, and whether its number is written as a text ("123").
type place struct {
	index []int
	text  bool
}

// read reads a value into its field of the struct. A number that stands as a text in our answers is taken as a
// plain number, too.
func (p place) read(value json.RawMessage, in reflect.Value) error {
	to := in.FieldByIndex(p.index).Addr().Interface()
	var text string
	if !p.text || json.Unmarshal(value, &text) != nil {
		return json.Unmarshal(value, to)
	}
	if json.Unmarshal([]byte(text), to) != nil {
		return errors.New("应是整数，写成文字，例如 \"123\"")
	}
	return nil
}

// membersOf maps the JSON names of a struct and of what it embeds to their fields.
func membersOf(t reflect.Type) map[string]place {
	out := map[string]place{}
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || name == "" || name == "-" {
			continue
		}
		out[name] = place{f.Index, slices.Contains(strings.Split(options, ","), "string")}
	}
	return out
}

type member struct {
	key   string
	value json.RawMessage
}

var errNotObject = errors.New("应是一个 JSON 对象，请检查引号、逗号和括号")

func object(raw []byte) ([]member, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, errNotObject
	}
	var out []member
	for d.More() {
		t, err := d.Token()
		key, ok := t.(string)
		if err != nil || !ok {
			return nil, errNotObject
		}
		m := member{key: key}
		if err := d.Decode(&m.value); err != nil {
			return nil, errNotObject
		}
		out = append(out, m)
	}
	if _, err := d.Token(); err != nil {
		return nil, errNotObject
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("对象后面还有别的内容")
	}
	return out, nil
}

// reason words an error of encoding/json; the errors of our own types are Chinese already.
func reason(err error) string {
	var wrong *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	var instant *time.ParseError
	switch {
	case errors.As(err, &instant):
		return "应是带时区的时间，例如 2026-03-02T09:30:00+08:00"
	case errors.As(err, &wrong):
		inside := ""
		if wrong.Field != "" {
			inside = "（" + wrong.Field + "）"
		}
		return fmt.Sprintf("%s应是%s", inside, kindName(wrong.Type))
	case errors.As(err, &syntax):
		return fmt.Sprintf("第 %d 个字节处不是合法的 JSON", syntax.Offset)
	}
	if text := err.Error(); !isASCII(text) {
		return text
	}
	return "格式不对，请对照接口文档"
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

func kindName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Bool:
		return "true 或 false"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return "整数"
	case reflect.Float32, reflect.Float64:
		return "数字"
	case reflect.Slice, reflect.Array:
		if t.Elem().Kind() == reflect.Uint8 {
			return " Base64 文字"
		}
		return "列表"
	case reflect.Struct, reflect.Map:
		return "对象"
	}
	return "文字"
}
