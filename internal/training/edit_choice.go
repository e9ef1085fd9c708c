package training

import (
	"cmp"
	"slices"
	"strings"

	"fadu/internal/training/pages"
	"fadu/internal/training/scene"
	"fadu/internal/web"
)

func (e *editor) choice() []pages.Section {
	c := scene.Choice{}
	tool := e.at.Part == scene.PartTool
	if b := e.x.Beat(e.at.Beat); b != nil && b.Choice(e.at.Item) != nil {
		c = *b.Choice(e.at.Item)
	} else if t := e.x.Tool(e.at.Item); tool && t != nil {
		c = *t
	}
	next := "去哪一节"
	if tool {
		next = "用了就去哪一节"
	}
	slots := make([]string, len(c.Slots))
	for i, s := range c.Slots {
		slots[i] = cmp.Or(s.Label, s.ID) + sep + strings.Join(s.AnyOf, listSep)
	}
	stay := hint("不选，就留在这一节")
	first := []pages.FieldRow{
		two(e.text("id", "短名", c.ID, need, hint("例如 招呼、共情；规则和复盘用它")), e.pick("goto", next, c.Goto, e.beats(), stay)),
		wide(e.area("text", "说什么、做什么", c.Text, 2, hint("最多 120 个字"))),
		wide(web.SegField(e.f.Field("quality", "评价").Options(qualityOptions...).Default(c.Quality))),
		two(e.area("why", "为什么这样评", c.Why, 2), e.area("better", "更好的做法", c.Better, 2, hint("评价不是优、良的要写"))),
		wide(e.area("refs", "条文", refTexts(c.Refs), 1, hint("用“、”隔开，例如 行政处罚法第五十五条第一款"))),
	}
	more := pages.Section{Title: "法律行为、文书、自己说", Fold: true, Open: c.Act != "" || c.Paper != "" || len(c.Slots) > 0, Rows: []pages.FieldRow{
		three(e.pick("act", "相当于哪种执法行为", c.Act, e.acts(), hint("选了的，由办案规则判断合不合法")), e.pick("paper", "要填的文书", c.Paper, options(e.s.Papers...)), e.amount("cost_s", "要用的时间", c.CostS, func(v web.FieldView) web.FieldView { return v.Unit("秒") })),
		two(e.tick("once", "只能用一次", c.Once, ""), e.tick("hidden", "只有不作声才到这里", c.Hidden, "不出现在选择里，给限时的一节用")),
		wide(web.RowsField(e.f.Rows("slots", "由学员自己写出来的话", sep, web.RowCell{Label: "要说到什么"}, web.RowCell{Label: "说到其中一种就算", Wide: true, Placeholder: "您好、打扰了"}).Default(strings.Join(slots, "\n")).Hint("填了的，学员不是点选，而是自己写"))),
	}}
	return []pages.Section{{Title: "这个" + partLabels[e.at.Part], Rows: first}, e.effectSection("选了以后", c.Effects, false), more, e.guardSection(c.When, "什么时候才有这个"+partLabels[e.at.Part])}
}

var qualityOptions = []web.Option{{Value: "优", Label: "优"}, {Value: "良", Label: "良"}, {Value: "可", Label: "可"}, {Value: "差", Label: "差"}, {Value: "禁", Label: "禁（违法）"}}

// acts are what the law's rules judge on the day of the scene.
func (e *editor) acts() []web.Option {
	var out []string
	for _, a := range e.s.Judge.Actions() {
		if e.s.Judge.InForce(a, e.x.SetOn) {
			out = append(out, string(a))
		}
	}
	slices.Sort(out)
	return options(out...)
}

var termLabels = map[string]string{
	scene.TermHas: "已经有、做过", scene.TermNot: "还没有、没做过", scene.TermAtLeast: "至少有几件", scene.TermAtMost: "最多有几件", scene.TermAngry: "情绪不低于", scene.TermCalm: "情绪低于",
	scene.TermAfter: "开始了几秒以后", scene.TermVar: "变量是", scene.TermVarNot: "变量不是", scene.TermLawful: "合乎规则", scene.TermUnlawful: "违反规则",
}

// guardSection puts a condition together from choices; one that cannot be is shown as its text.
func (e *editor) guardSection(when, title string) pages.Section {
	terms, any, plain := scene.Terms(when)
	rows := make([]string, len(terms))
	for i, t := range terms {
		rows[i] = strings.Join([]string{t.Kind, t.Name, t.Value}, sep)
	}
	kinds := []web.Option{{Label: "—"}}
	for _, k := range scene.TermKinds {
		kinds = append(kinds, web.Option{Value: k, Label: termLabels[k]})
	}
	names := e.x.Names()
	for _, r := range e.x.Rules {
		if r.Kind == scene.RuleLaw {
			names = append(names, r.ID)
		}
	}
	join, text := "all", ""
	if any {
		join = "any"
	}
	if !plain {
		text = when
	}
	return pages.Section{Title: title, Fold: true, Open: when != "", Hint: "不填，就总是有", Rows: []pages.FieldRow{
		wide(web.RowsField(e.f.Rows("when", "条件", sep, web.RowCell{Label: "条件", Options: kinds}, web.RowCell{Label: "什么", Options: nameOptions(names), Wide: true}, web.RowCell{Label: "值", Placeholder: "数、是、否"}).Default(strings.Join(rows, "\n")))),
		wide(web.SegField(e.f.Field("when_any", "几个条件").Options(web.Option{Value: "all", Label: "都要"}, web.Option{Value: "any", Label: "有一个就行"}).Default(join))),
		wide(e.text("when_text", "写成式子", text, hint(`会写的可以直接写，写了就不看上面的，例如 has("现场照片") && emotion < 70`))),
	}}
}

// nameOptions say what a name means where it is a fact of the law.
func nameOptions(names []string) []web.Option {
	facts := map[string]string{}
	for _, o := range factOptions() {
		facts[o.Value] = o.Label
	}
	out := []web.Option{{Label: "—"}}
	for _, n := range names {
		out = append(out, web.Option{Value: n, Label: cmp.Or(facts[n], n)})
	}
	return out
}

func (e *editor) event() []pages.Section {
	v := scene.Event{}
	if old := event(e.x, e.at); old != nil {
		v = *old
	}
	where := "这一节里会发生的事"
	if e.at.Beat == "" {
		where = "任何一节都会发生的事"
	}
	return []pages.Section{
		{Title: where, Hint: "条件成立就发生，一次演练里只发生一次", Rows: []pages.FieldRow{
			three(e.text("id", "短名", v.ID, need), e.amount("after_s", "到这一节几秒以后", v.AfterS, func(f web.FieldView) web.FieldView { return f.Unit("秒") }), e.pick("goto", "去哪一节", v.Goto, e.beats(), hint("不选，就不换"))),
			wide(e.area("say", "学员看到什么", v.Say, 2)),
		}},
		e.guardSection(v.When, "条件"),
		e.effectSection("发生以后", v.Effects, true),
	}
}

func (e *editor) rule() []pages.Section {
	r := scene.Rule{Kind: scene.RuleLaw, Dim: scene.Procedure, Severity: scene.Major}
	if old := rule(e.x, e.at.Item); old != nil {
		r = *old
	}
	lawID, own := r.ID, ""
	if r.Kind != scene.RuleLaw {
		lawID, own = "", r.ID
	}
	var dims []web.Option
	for _, d := range scene.Dims {
		dims = append(dims, web.Option{Value: d, Label: scene.DimLabels[d]})
	}
	join := func(t []string) string { return strings.Join(t, listSep) }
	return []pages.Section{
		{Title: "算哪一条", Rows: []pages.FieldRow{
			wide(web.SelectField(e.f.Field("kind", "种类").Need().Options(ruleKinds...).Default(r.Kind))),
			wide(e.pick("law", "办案规则", lawID, e.laws(), hint("种类是“办案规则”的选；要求什么由规则库定，这里只定算不算分"))),
			two(e.text("id", "短名", own, hint("种类不是“办案规则”的写")), e.text("name", "没有做到时怎么说", r.Name, hint("例如 没有听就处罚"))),
			three(e.pick("dim", "算在哪一维", r.Dim, dims, need), e.amount("points", "分值", r.Points), e.pick("severity", "轻重", r.Severity, severities, need)),
		}},
		{Title: "自己定的次序、要件", Fold: true, Open: r.Kind != scene.RuleLaw, Hint: "填短名：选择、工具、证据、文书、事实", Rows: []pages.FieldRow{
			three(e.text("first", "先做的", r.First), e.text("then", "再做的（其中一件）", join(r.Then)), e.text("needs", "要先有的（每一件）", join(r.Needs))),
			two(e.amount("within_s", "多少秒以内", r.WithinS), e.area("refs", "依据", refTexts(r.Refs), 1)),
		}},
	}
}

var (
	ruleKinds = []web.Option{
		{Value: scene.RuleLaw, Label: "办案规则：同真实案件一样判断"},
		{Value: scene.RulePrecedence, Label: "次序：先做的，要在再做的以前"},
		{Value: scene.RuleRequires, Label: "要件：做了再做的，要先有的都得有"},
		{Value: scene.RuleForbid, Label: "禁止：不能做再做的"},
		{Value: scene.RuleDeadline, Label: "时限：先做的以后，多少秒以内要做再做的"},
	}
	severities = []web.Option{{Value: scene.Fatal, Label: "致命（不合格）"}, {Value: scene.Major, Label: "较重"}, {Value: scene.Minor, Label: "较轻"}}
)

// laws are the rules of cases that hold on the day of the scene.
func (e *editor) laws() []web.Option {
	var out []web.Option
	seen := map[string]bool{}
	for _, r := range e.s.Judge.Rules() {
		if !seen[r.ID] && e.x.SetOn.Within(r.From, r.Until) {
			seen[r.ID] = true
			out = append(out, web.Option{Value: r.ID, Label: r.Name + "（" + r.ID + "）"})
		}
	}
	slices.SortFunc(out, func(a, b web.Option) int { return strings.Compare(a.Value, b.Value) })
	return out
}
