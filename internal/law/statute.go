package law

import (
	_ "embed"
	"fmt"
	"slices"
	"sync"

	"gopkg.in/yaml.v3"
)

//go:embed data/statutes.yaml
var statutesYAML []byte

// Statute is one act, regulation or document that Fadu's own rules cite, with its versions.
type Statute struct {
	Code     string           `yaml:"code"`
	Title    string           `yaml:"title"`
	Short    string           `yaml:"short"`
	Versions []StatuteVersion `yaml:"versions"`
}

// StatuteVersion is a text in force from From until Until (zero: still), with its document number and
// the number of its last article (0: a text without articles, or one whose full text was not checked).
type StatuteVersion struct {
	Number   string `yaml:"number"`
	From     Date   `yaml:"from"`
	Until    Date   `yaml:"until"`
	Articles int    `yaml:"articles"`
}

type registry struct {
	list   []Statute
	byCode map[string]int
}

// The registry is embedded data; a fault in it stops the program at start.
var statutes = sync.OnceValue(func() *registry {
	r, err := parseStatutes(statutesYAML)
	if err != nil {
		panic(err)
	}
	return r
})

func parseStatutes(b []byte) (*registry, error) {
	r := &registry{byCode: map[string]int{}}
	if err := yaml.Unmarshal(b, &r.list); err != nil {
		return nil, fmt.Errorf("law: statutes: %w", err)
	}
	for i, s := range r.list {
		if s.Code == "" || s.Title == "" || s.Short == "" || len(s.Versions) == 0 {
			return nil, fmt.Errorf("law: statute %q lacks code, title, short title or version", s.Code)
		}
		if _, dup := r.byCode[s.Code]; dup {
			return nil, fmt.Errorf("law: statute code %s twice", s.Code)
		}
		r.byCode[s.Code] = i
		for a, v := range s.Versions {
			if v.From.IsZero() {
				return nil, fmt.Errorf("law: statute %s: a version without its first day", s.Code)
			}
			for _, w := range s.Versions[a+1:] {
				if overlap(v.From, v.Until, w.From, w.Until) {
					return nil, fmt.Errorf("law: statute %s: versions %s and %s overlap", s.Code, v.From, w.From)
				}
			}
		}
	}
	return r, nil
}

// Statutes returns the statute registry, sorted as in the data.
func Statutes() []Statute { return slices.Clone(statutes().list) }

// Title returns a statute's short title, or the code itself when it is not registered.
func Title(code string) string {
	r := statutes()
	if i, ok := r.byCode[code]; ok {
		return r.list[i].Short
	}
	return code
}

// FullTitle returns a statute's full title in book-title marks, as documents print it.
func FullTitle(code string) string {
	r := statutes()
	if i, ok := r.byCode[code]; ok {
		return "《" + r.list[i].Title + "》"
	}
	return "《" + code + "》"
}

// CheckCitation reports a citation whose statute is not registered or whose article does not exist in
// any version.
func CheckCitation(c Citation) error {
	r := statutes()
	i, ok := r.byCode[c.Statute]
	if !ok {
		return fmt.Errorf("法规登记表里没有 %q", c.Statute)
	}
	if c.Article == 0 && c.Section == "" {
		return fmt.Errorf("引用 %s 没有条号", c.Statute)
	}
	last := 0
	for _, v := range r.list[i].Versions {
		if v.Articles == 0 {
			return nil
		}
		last = max(last, v.Articles)
	}
	if c.Article == 0 {
		return fmt.Errorf("%s有条文，“%s”应写条号", r.list[i].Short, c.Section)
	}
	if c.Article > last {
		return fmt.Errorf("%s没有第%d条", r.list[i].Short, c.Article)
	}
	return nil
}
