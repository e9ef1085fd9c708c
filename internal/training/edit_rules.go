package training

import (
	"strings"

	"fadu/internal/training/scene"
	"fadu/internal/web"
)

func (e *editor) readRule() scene.Place {
	f, x := e.f, e.x
	r := scene.Rule{
		Kind: f.RequiredChoice("kind", "种类", scene.RuleLaw, scene.RulePrecedence, scene.RuleRequires, scene.RuleForbid, scene.RuleDeadline), Name: f.Text("name", 100),
		Dim: f.RequiredChoice("dim", "维度", scene.Dims...), Severity: f.RequiredChoice("severity", "轻重", scene.Fatal, scene.Major, scene.Minor), Points: e.number("points", "分值", 0, 100),
		First: f.Text("first", maxTitle), Then: e.list("then", 400), Needs: e.list("needs", 400), WithinS: e.number("within_s", "多少秒以内", 0, 36000), Refs: e.refs("refs"),
	}
	taken := func(t string) bool { return rule(x, t) != nil }
	if r.Kind == scene.RuleLaw {
		if r.ID = f.Required("law", "办案规则", 100); r.ID != e.at.Item && taken(r.ID) {
			f.Add("law", "已经算了这条规则")
		}
	} else {
		r.ID = e.id("id", "短名", e.at.Item, taken)
	}
	if old := rule(x, e.at.Item); old != nil && e.at.Item != "" {
		*old = r
	} else {
		x.Rules = append(x.Rules, r)
	}
	return scene.Place{Part: scene.PartRule, Item: r.ID}
}

func (e *editor) readRubric() {
	r := &e.x.Rubric
	r.Weights = map[string]float64{}
	for _, d := range scene.Dims {
		r.Weights[d] = e.number("weight_"+d, scene.DimLabels[d], 0, 100)
	}
	r.Pass, r.FatalCap = e.number("pass", "合格线", 1, 100), e.number("fatal_cap", "有致命错误的上限", 1, 99)
	r.Curve = scene.Curve{End: e.number("curve_end", "情绪没有升高", 0, 100), Calm: e.number("curve_calm", "没有愤怒", 0, 100)}
}

func (e *editor) readDebrief() {
	d := &e.x.Debrief
	d.Summary, d.Court, d.Questions = e.f.Text("summary", 400), nil, nil
	for i, c := range e.rows("court") {
		if c[0] == "" || c[1] == "" {
			e.f.Add(web.RowName("court", i), "要选材料，并写缺了它会怎样")
		}
		d.Court = append(d.Court, scene.Need{Has: c[0], Text: c[1], Refs: e.cited(web.RowName("court", i), items(c[2])), When: c[3]})
	}
	for i, c := range e.rows("questions") {
		if c[0] == "" || c[1] == "" {
			e.f.Add(web.RowName("questions", i), "要写问题和答案")
		}
		d.Questions = append(d.Questions, scene.Question{Ask: c[0], Answer: c[1], Refs: e.cited(web.RowName("questions", i), items(c[2]))})
	}
	e.x.Todo = e.lines("todo", 20000)
}

func items(text string) (out []string) {
	for _, t := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、；;", r) }) {
		if t = strings.TrimSpace(t); t != "" {
			out = append(out, t)
		}
	}
	return out
}
