package powers

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"fadu/internal/fault"
	"fadu/internal/law"

	"github.com/uptrace/bun"
	"gopkg.in/yaml.v3"
)

// Guide is a power's service guide (办事指南). Texts may have several lines.
type Guide struct {
	Conditions string      `json:"conditions"`
	Materials  []string    `json:"materials"`
	Steps      []GuideStep `json:"steps"`
	LegalTerm  string      `json:"legal_term"`
	OwnTerm    string      `json:"own_term"`
	Fee        string      `json:"fee"`
	Place      string      `json:"place"`
	Contact    string      `json:"contact"`
	Complaint  string      `json:"complaint"`
	Remedy     string      `json:"remedy"`
}

// GuideStep is one step of the public flow chart.
type GuideStep struct {
	Name string `json:"name" yaml:"name"`
	Note string `json:"note,omitempty" yaml:"note"`
	Term string `json:"term,omitempty" yaml:"term"`
}

// GuideVersion is a saved guide.
type GuideVersion struct {
	Guide
	Number      int
	PublishedOn law.Date
	Author      string
}

type guideRow struct {
	bun.BaseModel `bun:"table:power_guide,alias:g"`
	ID            int64    `bun:"id,pk"`
	Code          string   `bun:"code"`
	Number        int      `bun:"number"`
	Content       string   `bun:"content"`
	PublishedOn   law.Date `bun:"published_on"`
	Author        string   `bun:"author"`
	Entry         int64    `bun:"entry_id"`
}

func (r guideRow) guide() (GuideVersion, error) {
	v := GuideVersion{Number: r.Number, PublishedOn: r.PublishedOn, Author: r.Author}
	if err := json.Unmarshal([]byte(r.Content), &v.Guide); err != nil {
		return v, fmt.Errorf("powers: guide of %s: %w", r.Code, err)
	}
	return v, nil
}

const (
	maxGuideSteps = 20
	maxStepRunes  = 40
)

// ParseSteps reads steps, one a line: 名称｜说明｜期限, the last two optional.
func ParseSteps(s string) ([]GuideStep, error) {
	var out []GuideStep
	for i, line := range strings.Split(s, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		parts := strings.FieldsFunc(strings.ReplaceAll(line, "｜", "|"), func(r rune) bool { return r == '|' })
		for j, p := range parts {
			parts[j] = strings.TrimSpace(p)
		}
		if len(parts) == 0 || parts[0] == "" || len(parts) > 3 {
			return nil, fmt.Errorf("第%d行应写成“步骤｜说明｜期限”，后两项可以不写", i+1)
		}
		if len([]rune(parts[0])) > maxStepRunes {
			return nil, fmt.Errorf("第%d行的步骤名超过%d字", i+1, maxStepRunes)
		}
		st := GuideStep{Name: parts[0]}
		if len(parts) > 1 {
			st.Note = parts[1]
		}
		if len(parts) > 2 {
			st.Term = parts[2]
		}
		out = append(out, st)
	}
	if len(out) > maxGuideSteps {
		return nil, fmt.Errorf("最多%d步，现有%d步；请合并", maxGuideSteps, len(out))
	}
	return out, nil
}

// StepsText prints what ParseSteps reads.
func StepsText(steps []GuideStep) string {
	lines := make([]string, len(steps))
	for i, s := range steps {
		lines[i] = strings.TrimRight(s.Name+"｜"+s.Note+"｜"+s.Term, "｜")
		if s.Note == "" && s.Term != "" {
			lines[i] = s.Name + "｜—｜" + s.Term
		}
	}
	return strings.Join(lines, "\n")
}

func (g Guide) check() error {
	var fs fault.Fields
	if g.Contact == "" {
		fs.Add("contact", "请写咨询电话和地点，公众要知道找谁")
	}
	if g.Remedy == "" {
		fs.Add("remedy", "请写救济途径")
	}
	return fs.Err()
}

//go:embed data/steps.yaml
var stepsYAML []byte

// kindSteps are the steps of each kind of power where neither a guide nor a procedure's table says more.
type kindSteps struct {
	Kind  Kind        `yaml:"kind"`
	Title string      `yaml:"title"`
	Steps []GuideStep `yaml:"steps"`
}

var usualSteps = sync.OnceValues(func() ([]kindSteps, error) {
	var out []kindSteps
	if err := yaml.Unmarshal(stepsYAML, &out); err != nil {
		return nil, fmt.Errorf("powers: steps: %w", err)
	}
	return out, nil
})

var citedInStep = regexp.MustCompile(`^(\p{Han}+法)(第[一二三四五六七八九十百千]+条)$`)

// CitedInSteps are the provisions that the usual steps of powers name, for the list of what a change of a law touches.
func CitedInSteps() []Citing {
	kinds, _ := usualSteps() // a fault in them shows on every guide
	var out []Citing
	for _, k := range kinds {
		for _, st := range k.Steps {
			m := citedInStep.FindStringSubmatch(st.Term)
			if m == nil {
				continue
			}
			articles, err := ParseArticles(m[2])
			if err != nil {
				continue
			}
			out = append(out, Citing{Kind: AffectedGuide, Ref: string(k.Kind) + " " + st.Name, Label: k.Title + "：" + st.Name, Law: "中华人民共和国" + m[1], Articles: articles})
		}
	}
	return out
}

// charts are the flow charts of a power: the guide's own steps, else those of its kind; a penalty shows the
// on-the-spot procedure as well.
func (s *Service) charts(p PowerItem, g *GuideVersion) ([]FlowChart, error) {
	if g != nil && len(g.Steps) > 0 {
		return []FlowChart{StepsChart(p.Name, g.Steps)}, nil
	}
	all, err := usualSteps()
	if err != nil {
		return nil, err
	}
	var out []FlowChart
	if p.Kind == KindPenalty && s.links.Procedure != nil {
		out = append(out, s.links.Procedure())
	}
	for _, k := range all {
		if k.Kind == p.Kind {
			out = append(out, StepsChart(k.Title, k.Steps))
		}
	}
	return out, nil
}
