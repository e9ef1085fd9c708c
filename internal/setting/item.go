package setting

import (
	"fmt"
	"slices"
	"strings"

	"fadu/internal/law"
)

// Item is one thing that a bureau decides for itself. It is declared by the slice that uses it, as a
// package variable.
type Item struct {
	// Key is the stable name, the slice and a noun: "powers.sole_trader". It is never reused.
	Key string
	// Group heads the settings that stand together on the page; Label is the setting's name.
	Group, Label string
	// Help says what the setting changes and what the strict choice is.
	Help string
	// Cite is the basis, or where the law leaves the choice; Source is a basis that is no article.
	Cite   law.Citations
	Source string
	// Choices are the values there are; without any, Check judges what is typed.
	Choices []Choice
	// Check returns what is wrong with a typed value, in Chinese, or "". nil takes any text.
	Check func(value string) string
	// Example shows how to type a value.
	Example string
	// Default holds until the bureau decides.
	Default string
}

// Choice is a value of a setting; Small says what follows from it.
type Choice struct{ Value, Label, Small string }

// maxValue bounds a typed value, in characters.
const maxValue = 200

// Refuse returns what is wrong with a value, in Chinese, or "".
func (s Item) Refuse(value string) string {
	switch {
	case len(s.Choices) > 0:
		if !slices.ContainsFunc(s.Choices, func(c Choice) bool { return c.Value == value }) {
			return "请从列出的办法中选一种：" + strings.Join(s.labels(), "、")
		}
	case len([]rune(value)) > maxValue:
		return fmt.Sprintf("最多 %d 个字", maxValue)
	case s.Check != nil:
		return s.Check(value)
	}
	return ""
}

func (s Item) labels() []string {
	out := make([]string, len(s.Choices))
	for i, c := range s.Choices {
		out[i] = c.Label
	}
	return out
}

// Say returns a value as people read it.
func (s Item) Say(value string) string {
	for _, c := range s.Choices {
		if c.Value == value {
			return c.Label
		}
	}
	if value == "" {
		return "没有设置"
	}
	return value
}

// check refuses a declaration that could not be shown or whose default is no value.
func (s Item) check() error {
	switch {
	case !strings.Contains(s.Key, "."):
		return fmt.Errorf("setting: the key of setting %q has no slice", s.Key)
	case s.Group == "" || s.Label == "" || s.Help == "" || len(s.Cite) == 0 && s.Source == "":
		return fmt.Errorf("setting: setting %s needs a group, a label, help and a basis", s.Key)
	case s.Refuse(s.Default) != "":
		return fmt.Errorf("setting: the default of setting %s: %s", s.Key, s.Refuse(s.Default))
	}
	return nil
}
