package scene

import "strings"

// Fault is something that keeps a scene from being played or published. Field names what of the place is wrong, for forms.
type Fault struct {
	Where   string `json:"where"`
	Message string `json:"message"`
	Field   string `json:"-"`
}

// String puts place and message on one line.
func (f Fault) String() string { return f.Where + "：" + f.Message }

// Unplayable says why a scenario cannot be played.
type Unplayable struct{ Faults []Fault }

// Error lists the faults.
func (u *Unplayable) Error() string {
	lines := make([]string, len(u.Faults))
	for i, f := range u.Faults {
		lines[i] = f.String()
	}
	return "情景不能演练：" + strings.Join(lines, "；")
}

// Where faults are: forms find their own by these names.
const (
	atScene     = "情景"
	atParty     = "当事人"
	atFacts     = "开始时的事实"
	atRubric    = "评分"
	atCourt     = "被诉时还缺什么"
	atQuestions = "短答题"
	atSources   = "依据"
	atTodo      = "还没有写完"
)

func atBeat(id string) string         { return "节拍“" + id + "”" }
func atChoice(beat, id string) string { return atBeat(beat) + "选择“" + id + "”" }
func atTool(id string) string         { return "工具“" + id + "”" }
func atRule(id string) string         { return "规则“" + id + "”" }
func atVar(name string) string        { return "变量“" + name + "”" }

func atEvent(beat, id string) string {
	if beat == "" {
		return "事件“" + id + "”"
	}
	return atBeat(beat) + "事件“" + id + "”"
}

// Place is a part of a scenario that is written in one form.
type Place struct {
	Part string // basics, party, facts, beat, choice, tool, event, rule, rubric, debrief, or check for what no form mends
	Beat string
	Item string
}

// The parts of a scenario.
const (
	PartBasics  = "basics"
	PartParty   = "party"
	PartFacts   = "facts"
	PartBeat    = "beat"
	PartChoice  = "choice"
	PartTool    = "tool"
	PartEvent   = "event"
	PartRule    = "rule"
	PartRubric  = "rubric"
	PartDebrief = "debrief"
	PartCheck   = "check"
)

// Locate finds the form in which a fault is mended.
func (s *Scenario) Locate(f Fault) Place {
	switch f.Where {
	case atScene, atSources:
		return Place{Part: PartBasics}
	case atParty:
		return Place{Part: PartParty}
	case atFacts:
		return Place{Part: PartFacts}
	case atRubric:
		return Place{Part: PartRubric}
	case atCourt, atQuestions, atTodo:
		return Place{Part: PartDebrief}
	}
	for _, v := range s.Vars {
		if f.Where == atVar(v.Name) {
			return Place{Part: PartFacts}
		}
	}
	for _, b := range s.Beats {
		if f.Where == atBeat(b.ID) {
			return Place{Part: PartBeat, Beat: b.ID}
		}
		for _, c := range b.Choices {
			if f.Where == atChoice(b.ID, c.ID) {
				return Place{PartChoice, b.ID, c.ID}
			}
		}
		for _, e := range b.Events {
			if f.Where == atEvent(b.ID, e.ID) {
				return Place{PartEvent, b.ID, e.ID}
			}
		}
	}
	for _, t := range s.Toolbar {
		if f.Where == atTool(t.ID) {
			return Place{Part: PartTool, Item: t.ID}
		}
	}
	for _, e := range s.Events {
		if f.Where == atEvent("", e.ID) {
			return Place{Part: PartEvent, Item: e.ID}
		}
	}
	for _, r := range s.Rules {
		if f.Where == atRule(r.ID) {
			return Place{Part: PartRule, Item: r.ID}
		}
	}
	return Place{Part: PartCheck}
}
