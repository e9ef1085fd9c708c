package calc

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"fadu/internal/exam/integrity"
)

type similarityAnswer struct {
	integrity.Similarity
	Article string `json:"article"`
}

// similarity answers {"key", "a", "b"}: lists of answers, or texts of one letter an item.
func similarity(question json.RawMessage) (any, error) {
	f, err := readFields(question, "key", "a", "b")
	if err != nil {
		return nil, err
	}
	var lists [3][]string
	for i, key := range []string{"key", "a", "b"} {
		if lists[i], err = f.answers(key); err != nil {
			return nil, err
		}
	}
	s, err := integrity.Compare(lists[0], lists[1], lists[2])
	return similarityAnswer{s, basisSimilarity}, err
}

// answers reads a list of texts, null for none given, or one text with a letter for each item: “-”, “_” and
// a space are none given.
func (f fields) answers(key string) ([]string, error) {
	if !f.has(key) {
		return nil, fmt.Errorf("缺“%s”", key)
	}
	var list []*string
	if json.Unmarshal(f[key], &list) == nil {
		out := make([]string, len(list))
		for i, a := range list {
			if a != nil {
				out[i] = strings.TrimSpace(*a)
			}
		}
		return out, nil
	}
	var text string
	if json.Unmarshal(f[key], &text) != nil {
		return nil, errors.New("“" + key + "”应是作答的列表，或者每题一个字母的文字")
	}
	out := []string{}
	for _, r := range text {
		if r == '-' || r == '_' || r == ' ' {
			out = append(out, "")
		} else {
			out = append(out, string(r))
		}
	}
	return out, nil
}
