package training

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/exam/interchange"
	"fadu/internal/law"
	"fadu/internal/training/pages"
	"fadu/internal/training/scene"
	"fadu/internal/web"
)

// sections are the form of the part.
func (e *editor) sections() []pages.Section {
	switch e.at.Part {
	case scene.PartBasics:
		return e.basics()
	case scene.PartParty:
		return e.party()
	case scene.PartFacts:
		return e.start()
	case scene.PartBeat:
		return e.beat()
	case scene.PartChoice, scene.PartTool:
		return e.choice()
	case scene.PartEvent:
		return e.event()
	case scene.PartRule:
		return e.rule()
	case scene.PartRubric:
		return e.rubric()
	}
	return e.debrief()
}

func wide(fields ...pages.Field) pages.FieldRow  { return pages.FieldRow{Fields: fields} }
func two(fields ...pages.Field) pages.FieldRow   { return pages.FieldRow{Cols: 2, Fields: fields} }
func three(fields ...pages.Field) pages.FieldRow { return pages.FieldRow{Cols: 3, Fields: fields} }

// Short forms of fields with what the scenario says.
func (e *editor) text(name, label, value string, refine ...func(web.FieldView) web.FieldView) pages.Field {
	return web.TextField(refined(e.f.Field(name, label).Default(value), refine))
}

func (e *editor) area(name, label, value string, rows int, refine ...func(web.FieldView) web.FieldView) pages.Field {
	return web.TextArea(refined(e.f.Field(name, label).Rows(rows).Default(value), refine))
}

func (e *editor) amount(name, label string, value float64, refine ...func(web.FieldView) web.FieldView) pages.Field {
	text := ""
	if value != 0 {
		text = number(value)
	}
	return web.NumberField(refined(e.f.Field(name, label).Default(text).Width("s"), refine))
}

func (e *editor) pick(name, label, value string, options []web.Option, refine ...func(web.FieldView) web.FieldView) pages.Field {
	if value != "" && !slices.ContainsFunc(options, func(o web.Option) bool { return o.Value == value }) {
		options = append(slices.Clone(options), web.Option{Value: value, Label: value + "（没有了）"})
	}
	return web.SelectField(refined(e.f.Field(name, label).Options(options...).Default(value), refine))
}

func (e *editor) tick(name, label string, on bool, hint string) pages.Field {
	v := e.f.Field(name, label).Hint(hint)
	if on {
		v = v.Default("1")
	}
	return web.CheckField(v)
}

func refined(v web.FieldView, refine []func(web.FieldView) web.FieldView) web.FieldView {
	for _, f := range refine {
		v = f(v)
	}
	return v
}

func need(v web.FieldView) web.FieldView { return v.Need() }

func hint(s string) func(web.FieldView) web.FieldView {
	return func(v web.FieldView) web.FieldView { return v.Hint(s) }
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func options(values ...string) []web.Option {
	out := make([]web.Option, len(values))
	for i, v := range values {
		out[i] = web.Option{Value: v, Label: v}
	}
	return out
}

// refTexts prints articles as people write them.
func refTexts(refs []string) string {
	out := make([]string, len(refs))
	for i, r := range refs {
		out[i] = interchange.RefText(r)
	}
	return strings.Join(out, listSep)
}

func (e *editor) beats() []web.Option {
	var out []web.Option
	for _, b := range e.x.Beats {
		label := b.ID
		if b.End != nil {
			label += "（结局：" + b.End.Kind + "）"
		}
		out = append(out, web.Option{Value: b.ID, Label: label})
	}
	return out
}

func (e *editor) basics() []pages.Section {
	x := e.x
	media := make([]string, len(x.Media))
	for i, m := range x.Media {
		media[i] = strings.Join([]string{m.ID, m.Art, m.Alt}, sep)
	}
	return []pages.Section{
		{Title: "这个情景", Rows: []pages.FieldRow{
			two(e.text("title", "名称", x.Title, need), web.DateField(e.f.Field("set_on", "情景日期").Need().Default(x.SetOn.String()).Hint("按这一天的法律判断"))),
			two(e.text("topics", "练什么", strings.Join(x.Topics, listSep), hint("用“、”隔开，例如 占道经营、首违不罚")), e.text("region", "地方", x.Region, hint("执行哪里的规定"))),
			two(e.text("roles", "角色", strings.Join(x.Roles, listSep)), e.pick("start", "从哪一节开始", x.Start, e.beats())),
			wide(e.tick("edition", "旧法对照", x.Edition == scene.OldLaw, "这一天的法律现在已经废止，拿来对照才勾")),
		}},
		{Title: "场地", Hint: "每一节的现场选其中一个", Rows: []pages.FieldRow{
			wide(web.RowsField(e.f.Rows("media", "场地", sep, web.RowCell{Label: "名称"}, web.RowCell{Label: "画面", Options: blankFirst(options(scene.Backdrops...))}, web.RowCell{Label: "看到什么", Wide: true, Placeholder: "傍晚的校门口，人行道上停着三轮车"}).Default(strings.Join(media, "\n")))),
		}},
		{Title: "依据", Rows: []pages.FieldRow{wide(e.area("refs", "引用的条文", strings.ReplaceAll(refTexts(x.Sources), listSep, "\n"), 3, hint("一行一条，例如 行政处罚法第五十一条")))}},
	}
}

func blankFirst(o []web.Option) []web.Option { return append([]web.Option{{Label: "—"}}, o...) }

func (e *editor) party() []pages.Section {
	p := e.x.Party
	return []pages.Section{
		{Title: "见到的人", Rows: []pages.FieldRow{
			two(e.text("name", "怎么称呼", p.Name, need), e.pick("kind", "是公民还是单位", p.Kind, options(partyKinds...), need)),
			two(e.text("persona", "看得出来的", p.Persona, hint("学员看得到，例如 五十来岁，怕惹事")), e.pick("figure", "样子", p.Figure, options(scene.Figures...), need)),
			wide(e.area("hidden", "看不出来的", strings.Join(p.Hidden, "\n"), 3, hint("一行一件；学员看不到，复盘时才说"))),
		}},
		{Title: "情绪", Hint: "0 至 100：40 以上紧张，70 以上愤怒，85 以上失控", Rows: []pages.FieldRow{
			two(e.amount("start", "开始时", p.Emotion.Start), e.amount("base", "慢慢回到", p.Emotion.Base)),
			two(e.amount("sensitivity", "敏感度", p.Emotion.Sensitivity, hint("1 是一般，越大越容易激动")), e.amount("decay", "平复的快慢", p.Emotion.Decay, hint("每秒，一般 0.004"))),
		}},
	}
}

// factOptions are the facts that the law asks for, with what they mean.
func factOptions() []web.Option {
	words := law.Words()
	out := make([]web.Option, 0, len(words))
	for _, name := range slices.Sorted(maps.Keys(words)) {
		out = append(out, web.Option{Value: name, Label: words[name].Label()})
	}
	slices.SortStableFunc(out, func(a, b web.Option) int { return strings.Compare(a.Label, b.Label) })
	return blankFirst(out)
}

func factRows(facts map[string]any) string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(facts)) {
		out = append(out, name+sep+scene.Typed(facts[name]))
	}
	return strings.Join(out, "\n")
}

func (e *editor) factField(name, label string, facts map[string]any) pages.Field {
	return web.RowsField(e.f.Rows(name, label, sep, web.RowCell{Label: "事实", Options: factOptions(), Wide: true}, web.RowCell{Label: "值", Placeholder: "是、否、数"}).Default(factRows(facts)))
}

func (e *editor) start() []pages.Section {
	vars := make([]string, len(e.x.Vars))
	for i, v := range e.x.Vars {
		vars[i] = strings.Join([]string{v.Name, v.Label, scene.Typed(v.Init), scene.Typed(v.Variants)}, sep)
	}
	return []pages.Section{
		{Title: "每次开始会变的", Hint: "每一种变体检查都要走得通；说的话里写 {名称} 会换成它的值", Rows: []pages.FieldRow{
			wide(web.RowsField(e.f.Rows("vars", "变量", sep, web.RowCell{Label: "名称"}, web.RowCell{Label: "是什么", Wide: true}, web.RowCell{Label: "初值"}, web.RowCell{Label: "各种变体", Wide: true, Placeholder: "是、否"}).Default(strings.Join(vars, "\n")))),
		}},
		{Title: "开始时的事实", Hint: "办案规则按这些事实判断，与真实案件用的是同一套", Rows: []pages.FieldRow{wide(e.factField("facts", "事实", e.x.Facts))}},
	}
}

func (e *editor) beat() []pages.Section {
	b := scene.Beat{}
	if old := e.x.Beat(e.at.Beat); old != nil {
		b = *old
	}
	end := ""
	if b.End != nil {
		end = b.End.Kind
	}
	var media []string
	for _, m := range e.x.Media {
		media = append(media, m.ID)
	}
	expect := e.f.Field("expect", "这时候该用的工具").Options(options(ids(e.x.Toolbar)...)...)
	if len(b.Expect) > 0 && !e.f.Has("part") { // nothing was sent
		expect.Value, expect.Values = b.Expect[0], b.Expect
	}
	says := []pages.Field{}
	for i, band := range scene.Bands {
		says = append(says, e.area(sayFields[i+1], band+"的时候说", b.Say[band], 2))
	}
	return []pages.Section{
		{Title: "这一节", Rows: []pages.FieldRow{
			three(e.text("id", "短名", b.ID, need, hint("例如 接近、说理；别处用它来找这一节")), e.text("speaker", "谁在说", b.Speaker, hint("没有人说的写 旁白")), e.pick("media", "现场", b.Media, options(media...))),
			wide(e.area("say", "说的话", b.Say[""], 2, hint("最多 120 个字；下面另写了的情绪，照下面的说"))),
		}},
		{Title: "按情绪说不同的话", Fold: true, Open: len(b.Say) > 1 || b.Say[""] == "" && len(b.Say) > 0, Rows: []pages.FieldRow{two(says...)}},
		{Title: "时限和结局", Rows: []pages.FieldRow{
			three(e.amount("limit_s", "限时回应", b.LimitS, func(v web.FieldView) web.FieldView { return v.Unit("秒").Hint("不填不限时") }),
				e.pick("on_timeout", "没有作声算哪一个选择", b.OnTimeout, blankLabels(b.Choices)), e.pick("end", "到这里结束", end, options(ends...), hint("不选，就接着往下走"))),
			wide(web.ChecksField(expect)),
		}},
		e.effectSection("一到这一节就", b.OnEnter, true),
	}
}

func blankLabels(cs []scene.Choice) []web.Option {
	out := make([]web.Option, len(cs))
	for i, c := range cs {
		out[i] = web.Option{Value: c.ID, Label: c.ID}
	}
	return out
}

func (e *editor) effectSection(title string, es scene.Effects, fold bool) pages.Section {
	x := es.Merged()
	scores := []pages.Field{}
	for _, d := range scene.Dims {
		scores = append(scores, e.amount("score_"+d, scene.DimLabels[d], x.Score[d]))
	}
	join := func(t []string) string { return strings.Join(t, listSep) }
	return pages.Section{Title: title, Fold: fold, Open: !x.None(), Rows: []pages.FieldRow{
		three(e.amount("emotion", "情绪", x.Emotion, hint("正数更激动，负数缓和")), e.text("evidence", "得到的证据", join(x.Evidence)), e.text("document", "开出的文书、记录", join(x.Document))),
		{Cols: 3, Label: "加分、扣分", Fields: scores},
		three(e.text("fatal", "致命错误", join(x.Fatal), hint("例如 无依据扣押物品；有就不合格")), e.text("misconception", "误解", join(x.Misconception)), e.text("note", "记一笔", join(x.Event))),
		wide(e.factField("states", "改变的事实", x.Facts)),
	}}
}

func (e *editor) debrief() []pages.Section {
	d := e.x.Debrief
	court, questions := []string{}, []string{}
	for _, n := range d.Court {
		court = append(court, strings.Join([]string{n.Has, n.Text, refTexts(n.Refs), n.When}, sep))
	}
	for _, q := range d.Questions {
		questions = append(questions, strings.Join([]string{q.Ask, q.Answer, refTexts(q.Refs)}, sep))
	}
	out := []pages.Section{
		{Title: "复盘", Rows: []pages.FieldRow{wide(e.area("summary", "总的说一句", d.Summary, 2))}},
		{Title: "如果被诉，还缺什么", Rows: []pages.FieldRow{wide(web.RowsField(e.f.Rows("court", "要有的材料", sep,
			web.RowCell{Label: "材料", Options: blankFirst(options(e.x.Names()...))}, web.RowCell{Label: "缺了它会怎样", Wide: true}, web.RowCell{Label: "条文", Wide: true}, web.RowCell{Label: "什么时候才要", Placeholder: "不填是都要"}).Default(strings.Join(court, "\n"))))}},
		{Title: "要记住的问答", Hint: "至少两道", Rows: []pages.FieldRow{wide(web.RowsField(e.f.Rows("questions", "问答", sep,
			web.RowCell{Label: "问", Wide: true}, web.RowCell{Label: "答", Wide: true}, web.RowCell{Label: "条文", Wide: true}).Default(strings.Join(questions, "\n"))))}},
	}
	if len(e.x.Todo) > 0 {
		out = append(out, pages.Section{Title: "导入时没有带过来的", Hint: "处理完一条，删去一条；删完才能送审", Rows: []pages.FieldRow{wide(e.area("todo", "还没有写完", strings.Join(e.x.Todo, "\n"), 8))}})
	}
	return out
}

func (e *editor) rubric() []pages.Section {
	r := e.x.Rubric
	weights := []pages.Field{}
	for _, d := range scene.Dims {
		weights = append(weights, e.amount("weight_"+d, scene.DimLabels[d], r.Weights[d]))
	}
	return []pages.Section{
		{Title: "各维的权重", Hint: "合计 100；用不到的写 0", Rows: []pages.FieldRow{three(weights...)}},
		{Title: "合格", Rows: []pages.FieldRow{
			two(e.amount("pass", "合格线", r.Pass), e.amount("fatal_cap", "有致命错误的，最多得", r.FatalCap)),
			two(e.amount("curve_end", "结束时情绪没有升高，沟通加", r.Curve.End), e.amount("curve_calm", "一直没有愤怒，沟通加", r.Curve.Calm, hint("按没有愤怒的时间比例"))),
		}},
	}
}
