package api

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"fadu/internal/fault"
	"fadu/internal/law"
)

// FuzzDecode: a body either is read, and then a plain reader of JSON reads the same, or every fault names
// its member in Chinese.
func FuzzDecode(f *testing.F) {
	type seen struct {
		Version int64 `json:"version"`
	}
	type body struct {
		seen
		Text  string            `json:"text"`
		Codes []string          `json:"codes"`
		On    law.Date          `json:"on"`
		Fine  law.Money         `json:"fine"`
		At    time.Time         `json:"at"`
		Sure  bool              `json:"sure"`
		Parts map[string]int    `json:"parts"`
		Raw   []byte            `json:"raw"`
		More  *struct{ A int8 } `json:"more"`
	}
	for _, s := range []string{
		`{"version":3,"text":"相符","codes":["YS-001"],"on":"2026-03-02","fine":185.5,"at":"2026-03-02T09:00:00+08:00","sure":true,"parts":{"a":1},"raw":"AA==","more":{"A":1}}`,
		`{"version":"3"}`, `{"text":1,"text":2}`, `{"没有":1}`, `[]`, `null`, `{"on":"2026-02-30","fine":"0.001"}`, `{} {}`, `{"more":{"A":300}}`, "\xff", strings.Repeat(`{"more":`, 50),
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var in body
		err := decode(raw, &in)
		if err == nil {
			var plain body
			if json.Unmarshal(raw, &plain) != nil {
				t.Fatalf("%q 读出来了，却不是 JSON", raw)
			}
			return
		}
		var bad *fault.Error
		if !errors.As(err, &bad) || bad.Kind != fault.Invalid || len(bad.Fields) == 0 {
			t.Fatalf("%q：%v", raw, err)
		}
		for _, x := range bad.Fields {
			if isASCII(x.Message) || !utf8.ValidString(x.Message) {
				t.Fatalf("%q：%s：%q", raw, x.Name, x.Message)
			}
		}
	})
}
