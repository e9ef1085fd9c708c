package calc

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"fadu/internal/law"
)

type guardAnswer struct {
	Answer   law.Answer    `json:"answer"`
	Findings []law.Finding `json:"findings"`
	Unknown  []string      `json:"unknown"`
	// Articles are the bases of the findings or, where nothing objects, of the rules that were asked.
	Articles []string `json:"articles"`
}

// guard answers {"action": NAME, "date": day, "facts": {…}}. A fact left out is not at issue here: the
// rules that need it are listed in unknown.
func (d *Door) guard(question json.RawMessage) (any, error) {
	f, err := readFields(question, "action", "date", "facts")
	if err != nil {
		return nil, err
	}
	name, err := f.text("action")
	if err != nil {
		return nil, err
	}
	on, err := f.date("date", d.today)
	if err != nil {
		return nil, err
	}
	action, known := d.actions[law.FoldName(name)]
	if !known {
		return nil, fmt.Errorf("没有“%s”这个行为，请核对名称", name)
	}
	facts, err := d.facts(f)
	if err != nil {
		return nil, err
	}
	j := d.judge.Judge(action, on, facts)
	a := guardAnswer{Answer: j.Answer, Findings: j.Findings, Unknown: []string{}, Articles: []string{}}
	for _, g := range j.Unknown {
		a.Unknown = append(a.Unknown, g.Rule)
	}
	if len(j.Findings)+len(j.Unknown)+len(j.Passed) == 0 {
		return nil, fmt.Errorf("%s还没有关于“%s”的已载入规定", on, name)
	}
	for _, finding := range j.Findings {
		a.cite(finding.Article)
	}
	if len(j.Findings) == 0 {
		a.Findings = []law.Finding{}
		for _, r := range d.judge.Rules() {
			asked := slices.Contains(j.Passed, r.ID) || slices.Contains(a.Unknown, r.ID)
			if asked && on.Within(r.From, r.Until) && slices.Contains(r.Actions, action) {
				a.cite(r.Cite.String())
			}
		}
	}
	return a, nil
}

func (a *guardAnswer) cite(article string) {
	if !slices.Contains(a.Articles, article) {
		a.Articles = append(a.Articles, article)
	}
}

// facts reads the stated facts; a name or kind of value that the vocabulary lacks is an error.
func (d *Door) facts(f fields) (law.Facts, error) {
	var facts law.Facts
	if !f.has("facts") {
		return facts, nil
	}
	ms, err := object(f["facts"])
	if err != nil {
		return facts, fmt.Errorf("“facts”：%w", err)
	}
	for _, m := range ms {
		dec := json.NewDecoder(bytes.NewReader(m.value))
		dec.UseNumber()
		var v any
		if err := dec.Decode(&v); err != nil {
			return facts, fmt.Errorf("“%s”：%w", m.key, errNotObject)
		}
		if err := d.words.Set(&facts, m.key, v, ""); err != nil {
			return facts, err
		}
		if text, ok := v.(string); ok && d.checkWord != nil {
			if err := d.checkWord(m.key, text); err != nil {
				return facts, err
			}
		}
	}
	return facts, nil
}
