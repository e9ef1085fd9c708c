package scene

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"

	"fadu/internal/law"
)

// Play is a scenario ready to be played: guards compiled, names looked up. It does not change and is safe for
// concurrent use.
type Play struct {
	Scenario *Scenario
	judge    *law.Judge
	words    law.Vocabulary
	guards   map[string]*vm.Program
	beats    map[string]*Beat
	tools    map[string]*Choice
	rules    map[string]*Rule // the law's rules that the scene counts
	law      map[string]law.Action
}

// env is what a guard may look at.
type env struct {
	Emotion float64                    `expr:"emotion"`
	Band    string                     `expr:"band"`
	T       float64                    `expr:"t"`
	Party   map[string]any             `expr:"party"`
	Var     map[string]any             `expr:"var"`
	Has     func(string) bool          `expr:"has"`
	N       func(string) float64       `expr:"n"`
	Rule    func(string) (bool, error) `expr:"rule"`
}

// guardNodes bounds the size of a guard.
const guardNodes = 100

func compileGuard(guard string) (*vm.Program, error) {
	if utf8.RuneCountInString(guard) > MaxGuard {
		return nil, fmt.Errorf("条件超过 %d 个字", MaxGuard)
	}
	p, err := expr.Compile(guard, expr.Env(env{}), expr.AsBool(), expr.DisableAllBuiltins(), expr.MaxNodes(guardNodes))
	if err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return nil, fmt.Errorf("条件“%s”不成立：%s", guard, first)
	}
	return p, nil
}

// Compile makes a scenario ready. Every fault that would make it unplayable is listed in the error.
func Compile(s *Scenario, judge *law.Judge) (*Play, error) {
	p := &Play{
		Scenario: s, judge: judge, words: law.Words(), guards: map[string]*vm.Program{},
		beats: map[string]*Beat{}, tools: map[string]*Choice{}, rules: map[string]*Rule{}, law: map[string]law.Action{},
	}
	for _, r := range judge.Rules() {
		if _, ok := p.law[r.ID]; !ok {
			p.law[r.ID] = r.Actions[0]
		}
	}
	var faults []Fault
	fault := func(where, format string, args ...any) {
		if f := (Fault{Where: where, Message: fmt.Sprintf(format, args...)}); !slices.Contains(faults, f) {
			faults = append(faults, f)
		}
	}
	p.name(fault)
	p.compileRules(fault)
	p.eachGuard(func(where, guard string) {
		if _, done := p.guards[guard]; done || guard == "" {
			return
		}
		g, err := compileGuard(guard)
		if err != nil {
			fault(where, "%v", err)
			return
		}
		p.guards[guard] = g
	})
	p.compileBeats(fault)
	p.checkArt(fault)
	for _, name := range slices.Sorted(maps.Keys(s.Facts)) {
		p.checkFact(atFacts, name, s.Facts[name], fault)
	}
	for _, v := range s.Vars {
		for _, x := range append(slices.Clone(v.Variants), v.Init) {
			if x != nil {
				p.checkFact(atVar(v.Name), v.Name, x, fault)
			}
		}
		if v.Name == "" || v.Init == nil && len(v.Variants) == 0 {
			fault(atVar(v.Name), "没有名称或者没有值")
		}
	}
	if len(faults) > 0 {
		return nil, &Unplayable{faults}
	}
	return p, nil
}

// name finds beats, tools and bound rules by what they are called.
func (p *Play) name(fault func(where, format string, args ...any)) {
	s := p.Scenario
	if len(s.Beats) == 0 || len(s.Beats) > MaxBeats {
		fault(atScene, "节拍应有 1 至 %d 个", MaxBeats)
	}
	for i := range s.Beats {
		b := &s.Beats[i]
		if b.ID == "" || p.beats[b.ID] != nil {
			fault(atBeat(b.ID), "第 %d 个节拍没有编号或者编号重复", i+1)
		}
		p.beats[b.ID] = b
	}
	if p.beats[s.Start] == nil {
		fault(atScene, "没有开始的节拍“%s”", s.Start)
	}
	for i := range s.Toolbar {
		t := &s.Toolbar[i]
		if t.ID == "" || p.tools[t.ID] != nil || reserved(t.ID) {
			fault(atTool(t.ID), "工具条第 %d 项没有编号或者编号重复", i+1)
		}
		p.tools[t.ID] = t
	}
	for i := range s.Rules {
		r := &s.Rules[i]
		if r.Kind == RuleLaw {
			p.rules[r.ID] = r
		}
	}
}

// Acts that no scenario may name.
const (
	Wait    = "等待" // let time pass
	Silence = "沉默" // say nothing until the limit
)

func reserved(id string) bool { return id == Wait || id == Silence }

func (p *Play) compileRules(fault func(where, format string, args ...any)) {
	seen := map[string]bool{}
	for _, r := range p.Scenario.Rules {
		if r.ID == "" || seen[r.ID] {
			fault(atRule(r.ID), "规则没有编号或者编号重复")
		}
		seen[r.ID] = true
		if _, ok := p.Scenario.Rubric.Weights[r.Dim]; !ok {
			fault(atRule(r.ID), "维度“%s”没有权重", r.Dim)
		}
		if r.Severity != Fatal && r.Severity != Major && r.Severity != Minor {
			fault(atRule(r.ID), "轻重应是 fatal、major 或 minor")
		}
		if !(r.Points >= 0 && r.Points <= 1000) {
			fault(atRule(r.ID), "分值不对")
		}
		ok := true
		switch r.Kind {
		case RuleLaw:
			if _, known := p.law[r.ID]; !known {
				fault(atRule(r.ID), "规则库里没有 %s", r.ID)
			}
		case RulePrecedence, RuleDeadline:
			ok = r.First != "" && len(r.Then) > 0
		case RuleRequires:
			ok = len(r.Needs) > 0 && len(r.Then) > 0
		case RuleForbid:
			ok = len(r.Then) > 0
		default:
			fault(atRule(r.ID), "种类“%s”不认识", r.Kind)
		}
		if !ok {
			fault(atRule(r.ID), "缺 first、then 或者 needs")
		}
	}
}

func (p *Play) compileBeats(fault func(where, format string, args ...any)) {
	s := p.Scenario
	for _, t := range s.Toolbar {
		p.checkChoice(atTool(t.ID), t, fault)
	}
	for _, e := range s.Events {
		p.checkEvent(atEvent("", e.ID), e, fault)
	}
	for _, b := range s.Beats {
		where := atBeat(b.ID)
		if len(b.Choices) > MaxChoices {
			fault(where, "选择超过 %d 个", MaxChoices)
		}
		seen := map[string]bool{}
		for _, c := range b.Choices {
			if c.ID == "" || seen[c.ID] || p.tools[c.ID] != nil || reserved(c.ID) {
				fault(atChoice(b.ID, c.ID), "选择没有编号、编号重复或者与工具同名")
			}
			seen[c.ID] = true
			p.checkChoice(atChoice(b.ID, c.ID), c, fault)
			if c.Goto == "" && !c.Stay {
				fault(atChoice(b.ID, c.ID), "没有写去哪一节，也没有写留在这一节")
			}
		}
		if b.LimitS > 0 && !seen[b.OnTimeout] {
			fault(where, "有时限，on_timeout 应是本节的一个选择，现在是“%s”", b.OnTimeout)
		}
		for _, t := range b.Expect {
			if p.tools[t] == nil {
				fault(where, "expect 里的“%s”不在工具条上", t)
			}
		}
		for _, e := range b.Events {
			p.checkEvent(atEvent(b.ID, e.ID), e, fault)
		}
		p.checkEffects(where, b.OnEnter, fault)
		if b.End != nil && !slices.Contains([]string{EndSuccess, EndMishandle, EndEscalate, EndAbort}, b.End.Kind) {
			fault(where, "结局应是 成功、处置不当、升级 或 中止，现在是“%s”", b.End.Kind)
		}
	}
}

func (p *Play) checkEvent(where string, e Event, fault func(where, format string, args ...any)) {
	if e.ID == "" || !(e.AfterS >= 0 && e.AfterS <= 1e6) {
		fault(where, "没有编号，或者 after_s 不对")
	}
	if e.Goto != "" && p.beats[e.Goto] == nil {
		fault(where, "没有节拍“%s”", e.Goto)
	}
	p.checkEffects(where, e.Effects, fault)
}

func (p *Play) checkChoice(where string, c Choice, fault func(where, format string, args ...any)) {
	if c.Goto != "" && p.beats[c.Goto] == nil {
		fault(where, "没有节拍“%s”", c.Goto)
	}
	if c.Quality != "" && !slices.Contains(qualities, c.Quality) {
		fault(where, "品质应是 %s，现在是“%s”", strings.Join(qualities, "、"), c.Quality)
	}
	if c.Act != "" && !p.judge.InForce(law.Action(c.Act), p.Scenario.SetOn) {
		fault(where, "规则库在 %s 没有关于“%s”的规则", p.Scenario.SetOn, c.Act)
	}
	p.checkEffects(where, c.Effects, fault)
}

func (p *Play) checkEffects(where string, es Effects, fault func(where, format string, args ...any)) {
	for _, e := range es {
		for _, name := range slices.Sorted(maps.Keys(e.Facts)) {
			p.checkFact(where, name, e.Facts[name], fault)
		}
		for d, x := range e.Score {
			if _, ok := p.Scenario.Rubric.Weights[d]; !ok || !(x >= -1000 && x <= 1000) {
				fault(where, "维度“%s”没有权重，或者分值不对", d)
			}
		}
	}
}

// checkFact sees to it that a fact of the law's vocabulary has a value that it can have.
func (p *Play) checkFact(where, name string, v any, fault func(where, format string, args ...any)) {
	switch v.(type) {
	case bool, int, int64, uint64, float64, string, time.Time, []any, nil:
	default:
		fault(where, "事实“%s”的值不对", name)
		return
	}
	if _, legal := p.words[name]; !legal || v == nil {
		return
	}
	var f law.Facts
	if err := p.words.Set(&f, name, plain(v), ""); err != nil {
		fault(where, "%v", err)
	}
}

// plain turns a value as YAML reads it into one as the law's vocabulary reads it.
func plain(v any) any {
	switch x := v.(type) {
	case int:
		return json.Number(strconv.Itoa(x))
	case int64:
		return json.Number(strconv.FormatInt(x, 10))
	case uint64:
		return json.Number(strconv.FormatUint(x, 10))
	case float64:
		return json.Number(strconv.FormatFloat(x, 'f', -1, 64))
	case time.Time:
		return x.Format(time.DateOnly)
	}
	return v
}

func (p *Play) eachGuard(see func(where, guard string)) {
	s := p.Scenario
	for _, t := range s.Toolbar {
		see(atTool(t.ID), t.When)
	}
	for _, e := range s.Events {
		see(atEvent("", e.ID), e.When)
	}
	for _, n := range s.Debrief.Court {
		see(atCourt, n.When)
	}
	for _, b := range s.Beats {
		for _, c := range b.Choices {
			see(atChoice(b.ID, c.ID), c.When)
		}
		for _, e := range b.Events {
			see(atEvent(b.ID, e.ID), e.When)
		}
	}
}

// quoted finds the names that guards ask for.
var quoted = regexp.MustCompile(`["']([^"']+)["']`)

// Figures are the parties that are drawn, Backdrops the places. Who names none gets the first.
var (
	Figures   = []string{"摊主", "店主", "工地经理", "货车司机", "老人", "青年", "业主", "女店主"}
	Backdrops = []string{"街边", "校门口", "餐馆", "工地", "道路", "商铺", "楼顶"}
)

// checkArt: whom and what a scene shows can be drawn.
func (p *Play) checkArt(fault func(where, format string, args ...any)) {
	if f := p.Scenario.Party.Figure; f != "" && !slices.Contains(Figures, f) {
		fault(atParty, "没有画好的人物“%s”，可以用 %s", f, strings.Join(Figures, "、"))
	}
	for _, m := range p.Scenario.Media {
		if m.Art != "" && !slices.Contains(Backdrops, m.Art) {
			fault(atScene, "没有画好的场地“%s”，可以用 %s", m.Art, strings.Join(Backdrops, "、"))
		}
	}
}
