package training

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/exam/interchange"
	"fadu/internal/training/scene"
	"fadu/internal/web"
)

// editor writes one part of a scenario: it shows the part as a form and reads the form into the scenario.
type editor struct {
	s  *Service
	x  *scene.Scenario
	at scene.Place
	f  *web.Form
}

// sep stands between the cells of a row, listSep between the items of a list.
const (
	sep     = "｜"
	listSep = "、"
)

// read puts what was sent into the scenario and says where the part now is. What is wrong is noted in the form.
func (e *editor) read() scene.Place {
	switch e.at.Part {
	case scene.PartBasics:
		e.readBasics()
	case scene.PartParty:
		e.readParty()
	case scene.PartFacts:
		e.readFacts()
	case scene.PartBeat:
		return e.readBeat()
	case scene.PartChoice, scene.PartTool:
		return e.readChoice()
	case scene.PartEvent:
		return e.readEvent()
	case scene.PartRule:
		return e.readRule()
	case scene.PartRubric:
		e.readRubric()
	case scene.PartDebrief:
		e.readDebrief()
	}
	return e.at
}

// remove takes a part out.
func remove(x *scene.Scenario, at scene.Place) {
	b := x.Beat(at.Beat)
	switch at.Part {
	case scene.PartBeat:
		x.Beats = slices.DeleteFunc(x.Beats, func(y scene.Beat) bool { return y.ID == at.Beat })
		if x.Start == at.Beat && len(x.Beats) > 0 {
			x.Start = x.Beats[0].ID
		}
	case scene.PartChoice:
		b.Choices = slices.DeleteFunc(b.Choices, func(y scene.Choice) bool { return y.ID == at.Item })
	case scene.PartTool:
		x.Toolbar = slices.DeleteFunc(x.Toolbar, func(y scene.Choice) bool { return y.ID == at.Item })
		for i := range x.Beats {
			x.Beats[i].Expect = slices.DeleteFunc(x.Beats[i].Expect, func(t string) bool { return t == at.Item })
		}
	case scene.PartEvent:
		gone := func(y scene.Event) bool { return y.ID == at.Item }
		if b != nil {
			b.Events = slices.DeleteFunc(b.Events, gone)
		} else {
			x.Events = slices.DeleteFunc(x.Events, gone)
		}
	case scene.PartRule:
		x.Rules = slices.DeleteFunc(x.Rules, func(y scene.Rule) bool { return y.ID == at.Item })
	}
}

// list reads items with 、 or ； or a line between them.
func (e *editor) list(name string, most int) scene.Texts {
	var out scene.Texts
	for _, t := range strings.FieldsFunc(e.f.Long(name, most), func(r rune) bool { return strings.ContainsRune("、；;\n", r) }) {
		if t = strings.TrimSpace(t); t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// lines reads a text a line.
func (e *editor) lines(name string, most int) (out scene.Texts) {
	for _, t := range strings.Split(e.f.Long(name, most), "\n") {
		if t = strings.TrimSpace(t); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// refs reads articles as people write them.
func (e *editor) refs(name string) (out scene.Texts) { return e.cited(name, e.list(name, 2000)) }

func (e *editor) cited(name string, texts []string) (out scene.Texts) {
	for _, t := range texts {
		ref, err := interchange.ParseRef(t)
		if err != nil {
			e.f.Add(name, "%s", err)
			continue
		}
		out = append(out, ref)
	}
	return out
}

func (e *editor) number(name, label string, least, most float64) float64 {
	text := strings.TrimSpace(e.f.Decimal(name, 12))
	if text == "" {
		return 0
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(x) || x < least || x > most {
		e.f.Add(name, "%s应是 %v 至 %v 的数", label, least, most)
		return 0
	}
	return x
}

// id reads the short name of a part and sees that no other has it.
func (e *editor) id(name, label, old string, taken func(string) bool) string {
	id := e.f.Required(name, label, 20)
	switch {
	case strings.ContainsAny(id, "\"'\\/?#&“”"):
		e.f.Add(name, "%s里不能有引号、斜线、问号", label)
	case id == scene.Wait || id == scene.Silence:
		e.f.Add(name, "“%s”另有用处，请换一个", id)
	case id != old && taken(id):
		e.f.Add(name, "已经有“%s”了，请换一个", id)
	}
	return id
}

func (e *editor) readBasics() {
	f, x := e.f, e.x
	x.Title = f.Required("title", "名称", maxTitle)
	x.SetOn = f.RequiredDate("set_on", "情景日期")
	x.Edition = ""
	if f.Bool("edition") {
		x.Edition = scene.OldLaw
	}
	x.Region, x.Topics, x.Roles = f.Text("region", 200), e.list("topics", 200), e.list("roles", 100)
	x.Sources = e.refs("refs")
	if start := f.Text("start", maxTitle); x.Beat(start) != nil {
		x.Start = start
	}
	x.Media = nil
	for i, cells := range e.rows("media") {
		m := scene.Media{ID: cells[0], Kind: "背景", Art: cells[1], Alt: cells[2]}
		if m.ID == "" || !oneOf(m.Art, scene.Backdrops) {
			f.Add(web.RowName("media", i), "要写名称，并选一种画好的场地")
		}
		x.Media = append(x.Media, m)
	}
}

// rows reads a list of rows; every row has at least six cells.
func (e *editor) rows(name string) (out [][]string) {
	for _, line := range strings.Split(e.f.RowText(name, sep, 20000), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		cells := strings.Split(line, sep)
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		for len(cells) < 6 {
			cells = append(cells, "")
		}
		out = append(out, cells)
	}
	return out
}

func (e *editor) readParty() {
	f, p := e.f, &e.x.Party
	p.Name = f.Required("name", "怎么称呼", 20)
	p.Kind = f.RequiredChoice("kind", "是公民还是单位", partyKinds...)
	p.Persona, p.Hidden = f.Text("persona", 100), e.lines("hidden", 2000)
	p.Figure = f.RequiredChoice("figure", "样子", scene.Figures...)
	p.Emotion = scene.Emotion{
		Start: e.number("start", "开始时的情绪", 0, 100), Base: e.number("base", "平常的情绪", 0, 100),
		Decay: e.number("decay", "平复的快慢", 0, 1), Sensitivity: e.number("sensitivity", "敏感度", 0, 5),
	}
}

var partyKinds = []string{"公民", "个体", "法人"}

func (e *editor) readFacts() {
	x := e.x
	x.Vars = nil
	for i, c := range e.rows("vars") {
		v := scene.Var{Name: c[0], Label: c[1], Init: scene.Value(c[2])}
		for _, t := range strings.FieldsFunc(c[3], func(r rune) bool { return strings.ContainsRune("、；;", r) }) {
			v.Variants = append(v.Variants, scene.Value(t))
		}
		if v.Name == "" || c[2] == "" {
			e.f.Add(web.RowName("vars", i), "变量要有名称和初值")
		}
		x.Vars = append(x.Vars, v)
	}
	x.Facts = e.facts("facts")
}

func (e *editor) facts(name string) map[string]any {
	out := map[string]any{}
	for i, c := range e.rows(name) {
		if c[0] == "" || c[1] == "" {
			e.f.Add(web.RowName(name, i), "要选事实，并写它的值：是、否、数或者文字")
			continue
		}
		out[c[0]] = scene.Value(c[1])
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func (e *editor) readBeat() scene.Place {
	f, x := e.f, e.x
	b := x.Beat(e.at.Beat)
	if b == nil {
		x.Beats = append(x.Beats, scene.Beat{})
		b = &x.Beats[len(x.Beats)-1]
	}
	id := e.id("id", "短名", e.at.Beat, func(t string) bool { return x.Beat(t) != nil })
	b.Speaker, b.Media = f.Text("speaker", 20), f.Text("media", maxTitle)
	b.Say = scene.Say{}
	for i, name := range sayFields {
		if t := f.Text(name, 400); t != "" {
			b.Say[append([]string{""}, scene.Bands...)[i]] = t
		}
	}
	b.LimitS = e.number("limit_s", "时限", 0, 3600)
	b.OnTimeout = ""
	if b.LimitS > 0 {
		b.OnTimeout = f.Text("on_timeout", maxTitle)
	}
	b.Expect = f.Choices("expect", ids(x.Toolbar)...)
	b.End = nil
	if kind := f.Choice("end", "结局", ends...); kind != "" {
		b.End = &scene.End{Kind: kind}
	}
	b.OnEnter = e.effects()
	if e.at.Beat == "" {
		b.ID = id
	} else if id != e.at.Beat && f.Err() == nil {
		x.RenameBeat(e.at.Beat, id)
	}
	return scene.Place{Part: scene.PartBeat, Beat: id}
}

var (
	sayFields = []string{"say", "say_calm", "say_tense", "say_angry", "say_lost"}
	ends      = []string{scene.EndSuccess, scene.EndMishandle, scene.EndEscalate, scene.EndAbort}
	qualities = []string{"优", "良", "可", "差", "禁"}
)

func ids(cs []scene.Choice) []string {
	out := make([]string, len(cs))
	for i, c := range cs {
		out[i] = c.ID
	}
	return out
}

func (e *editor) readChoice() scene.Place {
	f, x := e.f, e.x
	list := &x.Toolbar
	if b := x.Beat(e.at.Beat); b != nil && e.at.Part == scene.PartChoice {
		list = &b.Choices
	}
	i := slices.IndexFunc(*list, func(c scene.Choice) bool { return c.ID == e.at.Item && c.ID != "" })
	if i < 0 {
		i, *list = len(*list), append(*list, scene.Choice{})
	}
	c := &(*list)[i]
	id := e.id("id", "短名", e.at.Item, func(t string) bool {
		return x.Tool(t) != nil || slices.ContainsFunc(*list, func(y scene.Choice) bool { return y.ID == t })
	})
	c.Text, c.Why, c.Better = f.Text("text", 400), f.Text("why", 400), f.Text("better", 400)
	c.Quality = f.Choice("quality", "评价", qualities...)
	c.Refs = e.refs("refs")
	c.Hidden, c.Once = f.Bool("hidden"), f.Bool("once")
	c.CostS = e.number("cost_s", "要用的时间", 0, 3600)
	c.Goto = f.Text("goto", maxTitle)
	c.Stay = c.Goto == "" && e.at.Part == scene.PartChoice
	c.Act, c.Paper = f.Text("act", 60), f.Text("paper", 60)
	c.When = e.guard()
	c.Slots = nil
	for n, cells := range e.rows("slots") {
		slot := scene.Slot{ID: cells[0], Label: cells[0]}
		for _, t := range strings.FieldsFunc(cells[1], func(r rune) bool { return strings.ContainsRune("、；;", r) }) {
			slot.AnyOf = append(slot.AnyOf, strings.TrimSpace(t))
		}
		if slot.ID == "" || len(slot.AnyOf) == 0 {
			f.Add(web.RowName("slots", n), "要写要说到的意思和几种说法")
		}
		c.Slots = append(c.Slots, slot)
	}
	c.Effects = e.effects()
	if e.at.Item == "" {
		c.ID = id
	} else if id != e.at.Item && f.Err() == nil {
		x.RenameChoice(e.at.Beat, e.at.Item, id)
	}
	return scene.Place{Part: e.at.Part, Beat: e.at.Beat, Item: id}
}

// guard reads a condition that was put together, or the text of one that could not be.
func (e *editor) guard() string {
	if text := strings.TrimSpace(e.f.Text("when_text", scene.MaxGuard)); text != "" {
		return text
	}
	var terms []scene.Term
	for _, c := range e.rows("when") {
		terms = append(terms, scene.Term{Kind: c[0], Name: c[1], Value: c[2]})
	}
	text, err := scene.Guard(terms, e.f.Value("when_any") == "any")
	if err != nil {
		e.f.Add("when", "%s", err)
	}
	return text
}

// effects reads what happens; nothing is nothing.
func (e *editor) effects() scene.Effects {
	x := scene.Effect{
		Emotion: e.number("emotion", "情绪", -100, 100), Facts: e.facts("states"),
		Evidence: e.list("evidence", 400), Document: e.list("document", 400), Fatal: e.list("fatal", 400), Misconception: e.list("misconception", 400), Event: e.list("note", 400),
	}
	for _, d := range scene.Dims {
		if n := e.number("score_"+d, scene.DimLabels[d], -100, 100); n != 0 {
			if x.Score == nil {
				x.Score = map[string]float64{}
			}
			x.Score[d] = n
		}
	}
	if x.None() {
		return nil
	}
	return scene.Effects{x}
}

func (e *editor) readEvent() scene.Place {
	f, x := e.f, e.x
	list := &x.Events
	if b := x.Beat(e.at.Beat); b != nil {
		list = &b.Events
	}
	i := slices.IndexFunc(*list, func(v scene.Event) bool { return v.ID == e.at.Item && v.ID != "" })
	if i < 0 {
		i, *list = len(*list), append(*list, scene.Event{})
	}
	id := e.id("id", "短名", e.at.Item, func(t string) bool {
		return slices.ContainsFunc(*list, func(v scene.Event) bool { return v.ID == t })
	})
	(*list)[i] = scene.Event{ID: id, AfterS: e.number("after_s", "几秒以后", 0, 3600), When: e.guard(), Say: f.Text("say", 400), Goto: f.Text("goto", maxTitle), Effects: e.effects()}
	return scene.Place{Part: scene.PartEvent, Beat: e.at.Beat, Item: id}
}
