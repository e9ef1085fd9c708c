package scene

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// Term is one part of a guard that is put together from choices instead of being written.
type Term struct {
	Kind  string // one of TermKinds
	Name  string // of a fact, a piece of evidence, a paper, a choice, a variable, a rule
	Value string // what it is compared with
}

// The kinds of term.
const (
	TermHas      = "has"
	TermNot      = "not"
	TermAtLeast  = "at_least"
	TermAtMost   = "at_most"
	TermAngry    = "angry"
	TermCalm     = "calm"
	TermAfter    = "after"
	TermVar      = "var"
	TermVarNot   = "var_not"
	TermLawful   = "lawful"
	TermUnlawful = "unlawful"
)

// TermKinds are the kinds in the order in which they are offered.
var TermKinds = []string{TermHas, TermNot, TermAtLeast, TermAtMost, TermAngry, TermCalm, TermAfter, TermVar, TermVarNot, TermLawful, TermUnlawful}

var (
	plainName = regexp.MustCompile(`^[\p{L}_][\p{L}\p{N}_]*$`)
	number    = `(-?[0-9]+(?:\.[0-9]+)?)`
	quotedOne = `["']([^"'\\]*)["']`
	variable  = `var(?:\.([\p{L}_][\p{L}\p{N}_]*)|\[` + quotedOne + `\])`
	// written are the forms of a term, in the order in which they are tried.
	written = []struct {
		kind  string
		form  *regexp.Regexp
		value string // what stands for a value that is not written
	}{
		{TermHas, regexp.MustCompile(`^has\(\s*` + quotedOne + `\s*\)$`), ""},
		{TermNot, regexp.MustCompile(`^!\s*has\(\s*` + quotedOne + `\s*\)$`), ""},
		{TermAtLeast, regexp.MustCompile(`^n\(\s*` + quotedOne + `\s*\)\s*>=\s*` + number + `$`), ""},
		{TermAtMost, regexp.MustCompile(`^n\(\s*` + quotedOne + `\s*\)\s*<=\s*` + number + `$`), ""},
		{TermAngry, regexp.MustCompile(`^emotion()\s*>=\s*` + number + `$`), ""},
		{TermCalm, regexp.MustCompile(`^emotion()\s*<\s*` + number + `$`), ""},
		{TermAfter, regexp.MustCompile(`^t()\s*>=\s*` + number + `$`), ""},
		{TermVar, regexp.MustCompile(`^` + variable + `$`), "是"},
		{TermVar, regexp.MustCompile(`^!\s*` + variable + `$`), "否"},
		{TermVar, regexp.MustCompile(`^` + variable + `\s*==\s*` + `(?:` + quotedOne + `|` + number + `)$`), ""},
		{TermVarNot, regexp.MustCompile(`^` + variable + `\s*!=\s*` + `(?:` + quotedOne + `|` + number + `)$`), ""},
		{TermLawful, regexp.MustCompile(`^rule\(\s*` + quotedOne + `\s*\)$`), ""},
		{TermUnlawful, regexp.MustCompile(`^!\s*rule\(\s*` + quotedOne + `\s*\)$`), ""},
	}
)

// Terms takes a guard apart; any tells that one of the terms is enough. Not every guard can be: such a one is written out.
func Terms(guard string) (terms []Term, any, ok bool) {
	guard = strings.TrimSpace(guard)
	if guard == "" {
		return nil, false, true
	}
	parts := []string{guard}
	and, or := split(guard, "&&"), split(guard, "||")
	switch {
	case len(and) > 1 && len(or) > 1:
		return nil, false, false
	case len(or) > 1:
		parts, any = or, true
	case len(and) > 1:
		parts = and
	}
	for _, p := range parts {
		t, ok := termOf(strings.TrimSpace(p))
		if !ok {
			return nil, false, false
		}
		terms = append(terms, t)
	}
	return terms, any, true
}

func termOf(text string) (Term, bool) {
	for _, w := range written {
		m := w.form.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		t := Term{Kind: w.kind, Value: w.value}
		switch w.kind {
		case TermVar, TermVarNot:
			t.Name = m[1] + m[2]
			if w.value == "" {
				t.Value = m[3] + m[4]
			}
		default:
			t.Name = m[1]
			if len(m) > 2 {
				t.Value = m[2]
			}
		}
		back, err := t.guard() // a text that looks like a number, or like 是, is not what it would become
		return t, err == nil && bare(back) == bare(text)
	}
	return Term{}, false
}

// bare is a term without the spaces that do not matter, and with one kind of quotation marks.
func bare(term string) string {
	var b strings.Builder
	var quote rune
	for _, r := range term {
		switch {
		case quote == 0 && (r == '"' || r == '\''):
			quote, r = r, '"'
		case r == quote:
			quote, r = 0, '"'
		case quote == 0 && unicode.IsSpace(r):
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// split cuts at a sign that no quotation holds.
func split(text, sign string) (out []string) {
	var quote byte
	from := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case strings.HasPrefix(text[i:], sign):
			out = append(out, text[from:i])
			i += len(sign) - 1
			from = i + 1
		}
	}
	return append(out, text[from:])
}

// Guard puts terms together. A term without a name or with a value that does not fit is an error that says which.
func Guard(terms []Term, any bool) (string, error) {
	var out []string
	for i, t := range terms {
		text, err := t.guard()
		if err != nil {
			return "", fmt.Errorf("第 %d 个条件：%w", i+1, err)
		}
		out = append(out, text)
	}
	sign := " && "
	if any {
		sign = " || "
	}
	return strings.Join(out, sign), nil
}

func (t Term) guard() (string, error) {
	t.Name, t.Value = strings.TrimSpace(t.Name), strings.TrimSpace(t.Value)
	if strings.ContainsAny(t.Name+t.Value, "\"'\\\r\n｜") {
		return "", fmt.Errorf("名称和值里不能有引号、斜线、竖线和换行")
	}
	_, notNumber := strconv.ParseFloat(t.Value, 64)
	switch t.Kind {
	case TermAngry, TermCalm, TermAfter:
		if notNumber != nil {
			return "", fmt.Errorf("要填一个数")
		}
		return map[string]string{TermAngry: "emotion >= ", TermCalm: "emotion < ", TermAfter: "t >= "}[t.Kind] + t.Value, nil
	}
	if t.Name == "" {
		return "", fmt.Errorf("没有选问的是什么")
	}
	asked := `"` + t.Name + `"`
	switch t.Kind {
	case TermHas:
		return "has(" + asked + ")", nil
	case TermNot:
		return "!has(" + asked + ")", nil
	case TermLawful:
		return "rule(" + asked + ")", nil
	case TermUnlawful:
		return "!rule(" + asked + ")", nil
	case TermAtLeast, TermAtMost:
		if notNumber != nil {
			return "", fmt.Errorf("要填一个数")
		}
		return "n(" + asked + ")" + map[string]string{TermAtLeast: " >= ", TermAtMost: " <= "}[t.Kind] + t.Value, nil
	case TermVar, TermVarNot:
		return t.variable(notNumber == nil)
	}
	return "", fmt.Errorf("没有“%s”这种条件", t.Kind)
}

func (t Term) variable(isNumber bool) (string, error) {
	name := `var["` + t.Name + `"]`
	if plainName.MatchString(t.Name) {
		name = "var." + t.Name
	}
	yes := t.Value == "" || t.Value == "是" || t.Value == "true"
	no := t.Value == "否" || t.Value == "false"
	switch {
	case yes && t.Kind == TermVar || no && t.Kind == TermVarNot:
		return name, nil
	case yes || no:
		return "!" + name, nil
	}
	value := `"` + t.Value + `"`
	if isNumber {
		value = t.Value
	}
	return name + map[string]string{TermVar: " == ", TermVarNot: " != "}[t.Kind] + value, nil
}
