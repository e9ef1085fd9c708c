package calc

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"fadu/internal/law"
)

var (
	errNotObject = errors.New("不是一个 JSON 对象，请检查引号、逗号和括号")
	errNotUTF8   = errors.New("不是 UTF-8 编码的文字")
)

// member is one key of an object with its value as it was spelt.
type member struct {
	key   string
	value json.RawMessage
}

// object reads a JSON object key by key; a repeated key, a key other than those allowed (none given: any)
// and anything after the object are errors. The members read before an error are returned with it.
func object(b []byte, allowed ...string) ([]member, error) {
	if !utf8.Valid(b) {
		return nil, errNotUTF8
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil, errNotObject
	}
	var ms []member
	for dec.More() {
		t, err := dec.Token()
		key, isKey := t.(string)
		if err != nil || !isKey {
			return ms, errNotObject
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return ms, errNotObject
		}
		if slices.ContainsFunc(ms, func(m member) bool { return m.key == key }) {
			return ms, fmt.Errorf("“%s”写了两次", key)
		}
		if len(allowed) > 0 && !slices.Contains(allowed, key) {
			return ms, fmt.Errorf("不认识“%s”，这里可以写：%s", key, joinHan(allowed))
		}
		ms = append(ms, member{key, value})
	}
	if _, err := dec.Token(); err != nil {
		return ms, errNotObject
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return ms, errors.New("对象后面还有别的内容，一行只写一个对象")
	}
	return ms, nil
}

// splitID takes the id out of a question. It finds the id even of a question that goes wrong after it.
func splitID(question []byte) (id, rest json.RawMessage, err error) {
	ms, err := object(question)
	var b bytes.Buffer
	b.WriteByte('{')
	for _, m := range ms {
		if m.key == "id" {
			id = m.value
			continue
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		key, kerr := marshal(m.key)
		if kerr != nil {
			return id, nil, errNotObject
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(m.value)
	}
	b.WriteByte('}')
	return id, b.Bytes(), err
}

// fields are the members of an object by key, each still as spelt.
type fields map[string]json.RawMessage

func readFields(b []byte, allowed ...string) (fields, error) {
	ms, err := object(b, allowed...)
	if err != nil {
		return nil, err
	}
	f := fields{}
	for _, m := range ms {
		f[m.key] = m.value
	}
	return f, nil
}

// has reports whether the key is there with a value other than null.
func (f fields) has(key string) bool {
	v, ok := f[key]
	return ok && string(v) != "null"
}

func (f fields) text(key string) (string, error) {
	if !f.has(key) {
		return "", fmt.Errorf("缺“%s”", key)
	}
	var s string
	if json.Unmarshal(f[key], &s) != nil {
		return "", fmt.Errorf("“%s”应是文字", key)
	}
	return s, nil
}

// whole reads a whole number; without the key it is 0 when optional.
func (f fields) whole(key string, optional bool) (int, error) {
	if !f.has(key) {
		if optional {
			return 0, nil
		}
		return 0, fmt.Errorf("缺“%s”", key)
	}
	var n int
	if json.Unmarshal(f[key], &n) != nil {
		return 0, fmt.Errorf("“%s”应是整数", key)
	}
	return n, nil
}

func (f fields) money(key string) (law.Money, error) {
	if !f.has(key) {
		return 0, fmt.Errorf("缺“%s”", key)
	}
	return money(key, f[key])
}

func money(key string, raw json.RawMessage) (law.Money, error) {
	var n json.Number
	if len(raw) == 0 || raw[0] == '"' || json.Unmarshal(raw, &n) != nil {
		return 0, fmt.Errorf("“%s”应是数字，单位元", key)
	}
	m, err := law.ParseMoney(n.String())
	if err != nil {
		return 0, fmt.Errorf("“%s”：%w", key, err)
	}
	return m, nil
}

func (f fields) moneys(key string) ([]law.Money, error) {
	var raws []json.RawMessage
	if !f.has(key) {
		return nil, fmt.Errorf("缺“%s”", key)
	}
	if json.Unmarshal(f[key], &raws) != nil {
		return nil, fmt.Errorf("“%s”应是数字的列表，单位元", key)
	}
	out := make([]law.Money, len(raws))
	for i, raw := range raws {
		m, err := money(fmt.Sprintf("%s第%d个", key, i+1), raw)
		if err != nil {
			return nil, err
		}
		out[i] = m
	}
	return out, nil
}

// date reads a date; without the key it is the given day.
func (f fields) date(key string, otherwise func() law.Date) (law.Date, error) {
	if !f.has(key) {
		return otherwise(), nil
	}
	s, err := f.text(key)
	if err != nil {
		return law.Date{}, err
	}
	d, err := law.ParseDate(s)
	if err != nil {
		return law.Date{}, fmt.Errorf("“%s”：%w", key, err)
	}
	return d, nil
}

func joinHan(words []string) string { return strings.Join(words, "、") }
