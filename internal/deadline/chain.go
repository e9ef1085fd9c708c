package deadline

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/setting"

	"gopkg.in/yaml.v3"
)

//go:embed data/escalation.yaml
var escalationData []byte

//go:embed data/internal_terms.yaml
var internalData []byte

// Chain says how early a term is warned of, and to whom it is reported how many days after it was missed.
type Chain struct {
	Warn []struct {
		Under  int `yaml:"under"`
		Before int `yaml:"before"`
	} `yaml:"warn"`
	Escalate []Level `yaml:"escalate"`
}

// Level is a step of the report upwards.
type Level struct {
	After int         `yaml:"after"`
	Role  access.Role `yaml:"role"`
	Label string      `yaml:"label"`
}

// InternalTerm is a term that a bureau may make shorter for itself; Count is a suggestion in the term's own unit.
type InternalTerm struct {
	Term  string `yaml:"term"`
	Count int    `yaml:"count"`
	Note  string `yaml:"note"`
}

// ParseChain reads the chain: lengths and days that grow, roles that exist.
func ParseChain(b []byte) (*Chain, error) {
	var c Chain
	d := yaml.NewDecoder(bytes.NewReader(b))
	d.KnownFields(true)
	if err := d.Decode(&c); err != nil {
		return nil, fmt.Errorf("deadline: %w", err)
	}
	if len(c.Warn) == 0 || len(c.Escalate) == 0 {
		return nil, errors.New("deadline: 没有写明何时提醒、向谁报告")
	}
	for i, w := range c.Warn {
		last := i == len(c.Warn)-1
		if w.Before < 1 || (w.Under == 0) != last || !last && i > 0 && w.Under <= c.Warn[i-1].Under {
			return nil, fmt.Errorf("deadline: 提醒第 %d 行不对：期限从短到长，最后一行不写 under", i+1)
		}
	}
	for i, l := range c.Escalate {
		_, known := access.Catalogue().Find(l.Role)
		if !known || l.Label == "" || l.After < 1 || i > 0 && l.After <= c.Escalate[i-1].After {
			return nil, fmt.Errorf("deadline: 上报第 %d 级不对：角色要有，天数要一级比一级多", i+1)
		}
	}
	return &c, nil
}

// ParseInternal reads the internal terms: each of a statutory term, and shorter.
func ParseInternal(b []byte, terms *calendar.Terms) ([]InternalTerm, error) {
	var out []InternalTerm
	d := yaml.NewDecoder(bytes.NewReader(b))
	d.KnownFields(true)
	if err := d.Decode(&out); err != nil {
		return nil, fmt.Errorf("deadline: %w", err)
	}
	for _, x := range out {
		t, ok := terms.Named(x.Term)
		if !ok || x.Count < 1 || x.Count >= t.Count || t.Backward {
			return nil, fmt.Errorf("deadline: 内部期限“%s”%d：要有这项法定期限，并且比法定的短", x.Term, x.Count)
		}
	}
	return out, nil
}

// chain and internalTerms are the embedded data; a fault in them stops the program at start.
var (
	chain = sync.OnceValue(func() *Chain {
		c, err := ParseChain(escalationData)
		if err != nil {
			panic(err)
		}
		return c
	})
	internalTerms = sync.OnceValue(func() []InternalTerm {
		ts, err := ParseInternal(internalData, calendar.StatutoryTerms())
		if err != nil {
			panic(err)
		}
		return ts
	})
)

// before is how many days before its end a term of the length is warned of.
func (c *Chain) before(length int) int {
	for _, w := range c.Warn {
		if w.Under == 0 || length <= w.Under {
			return w.Before
		}
	}
	return 0
}

// Settings are the bureau's own shorter terms, one for each that may be shortened.
func Settings() []setting.Item {
	var out []setting.Item
	for _, x := range internalTerms() {
		out = append(out, itemOf(x))
	}
	return out
}

func itemOf(x InternalTerm) setting.Item {
	t, _ := calendar.StatutoryTerms().Named(x.Term)
	return setting.Item{
		Key: "deadline.internal_" + strings.ToLower(t.Code), Group: "内部期限", Label: x.Term + "（内部）", Cite: t.Cite, Default: "", Example: strconv.Itoa(x.Count),
		Help: fmt.Sprintf("法定 %d %s。本局可以定得更短，只作内部管理：到期前提醒，过了不算违法。不填就是没有内部期限。%s", t.Count, t.Unit.Han(), x.Note),
		Check: func(v string) string {
			if v == "" {
				return ""
			}
			n, err := strconv.Atoi(v)
			if err != nil || n < 1 || n >= t.Count {
				return fmt.Sprintf("请填 1 到 %d 之间的整数，或者不填；内部期限只能比法定的 %d %s短", t.Count-1, t.Count, t.Unit.Han())
			}
			return ""
		},
	}
}

// shift moves a day by so many days of the unit; where a year's days off are not loaded, by calendar days.
func shift(cal *calendar.Calendar, d law.Date, n int, workdays bool) law.Date {
	if !workdays || d.IsZero() {
		return d.AddDays(n)
	}
	step, left := 1, n
	if n < 0 {
		step, left = -1, -n
	}
	for at := d; ; {
		if left == 0 {
			return at
		}
		at = at.AddDays(step)
		worked, err := cal.Workday(at)
		if err != nil {
			return d.AddDays(n)
		}
		if worked {
			left--
		}
	}
}
