package flow_test

import (
	"fmt"
	"strings"
	"testing"

	"fadu/internal/fault"
	"fadu/internal/flow"
)

type state string

func states(s ...state) []state { return s }

// matter is a small procedure with everything that a table can say.
func matter() flow.Table[state] {
	return flow.Table[state]{
		Name: "小程序", Start: "open",
		States: []flow.State[state]{
			{ID: "open", Label: "办理中", Class: flow.Open},
			{ID: "late", Label: "补正中", Class: flow.Open},
			{ID: "aside", Label: "中止", Class: flow.Side},
			{ID: "ending", Label: "报批结束", Class: flow.Side},
			{ID: "closed", Label: "已结束", Class: flow.Closed},
		},
		Acts: []flow.Act[state]{
			{ID: "note", Name: "记录", From: states("open", "late"), Emits: "x.noted"},
			{ID: "return", Name: "退回补正", From: states("open"), To: "late", Emits: "x.returned"},
			{ID: "pause", Name: "中止", From: states("open", "late"), To: "aside", Emits: "x.paused"},
			{ID: "resume", Name: "恢复", From: states("aside"), Back: true, Emits: "x.resumed"},
			{ID: "ask", Name: "报批结束", From: states("aside", "late"), To: "ending", Emits: "x.asked"},
			{ID: "refuse", Name: "退回", From: states("ending"), Back: true, Emits: "x.refused"},
			{ID: "close", Name: "结束", From: states("ending"), To: "closed", Emits: "x.closed"},
		},
	}
}

func TestCheckFindsNothingInASoundTable(t *testing.T) {
	if err := matter().Check(); err != nil {
		t.Error(err)
	}
}

func TestMoveRemembersWhereItCameFrom(t *testing.T) {
	m := matter()
	type place = flow.Place[state]
	p := place{State: "late"}
	for _, step := range []struct {
		act  string
		want place
	}{
		{"note", place{State: "late"}},
		{"pause", place{"aside", "late"}},
		{"ask", place{"ending", "late"}},
		{"refuse", place{State: "late"}},
		{"pause", place{"aside", "late"}},
		{"resume", place{State: "late"}},
		{"ask", place{"ending", "late"}},
		{"close", place{State: "closed"}},
	} {
		next, err := m.Move(p, step.act)
		if err != nil || next != step.want {
			t.Fatalf("%s: at %v, %v; want %v", step.act, next, err, step.want)
		}
		p = next
	}
	if _, err := m.Move(place{State: "closed"}, "note"); fault.KindOf(err) != fault.Conflict || !strings.Contains(err.Error(), "办理中") {
		t.Errorf("a closed matter was changed: %v", err)
	}
	if _, err := m.Move(place{State: "aside"}, "resume"); err == nil {
		t.Error("a matter went back to nowhere")
	}
	if _, err := m.Next("aside", "resume"); err == nil {
		t.Error("Next went back without knowing where to")
	}
}

func TestCheckNamesEachFault(t *testing.T) {
	for _, c := range []struct {
		name string
		mar  func(*flow.Table[state])
		says string
	}{
		{"到不了的状态", func(m *flow.Table[state]) {
			m.States = append(m.States, flow.State[state]{ID: "island", Label: "孤岛", Class: flow.Closed})
		}, "island cannot be reached"},
		{"没有出路", func(m *flow.Table[state]) {
			m.States = append(m.States, flow.State[state]{ID: "pit", Label: "坑", Class: flow.Open})
			m.Acts = append(m.Acts, flow.Act[state]{ID: "fall", Name: "掉进去", From: states("open"), To: "pit", Emits: "x.fell"})
		}, "pit has no way out"},
		{"走不到结束", func(m *flow.Table[state]) { m.Acts = m.Acts[:6] }, "no end can be reached"},
		{"不知道的状态", func(m *flow.Table[state]) { m.Acts[0].From = states("nowhere") }, "unknown state nowhere"},
		{"同一步写了两次", func(m *flow.Table[state]) { m.Acts = append(m.Acts, m.Acts[0]) }, "note stands twice"},
		{"没有入账", func(m *flow.Table[state]) { m.Acts[0].Emits = "" }, "lacks id, name"},
		{"不从侧状态返回", func(m *flow.Table[state]) { m.Acts[0].Back = true }, "no side state"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := matter()
			c.mar(&m)
			if err := m.Check(); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("said %v, want %q", err, c.says)
			}
		})
	}
}

func TestPageTellsTheWaysBack(t *testing.T) {
	page := matter().Page()
	for _, want := range []string{"aside --> open: 恢复", "aside --> late: 恢复", "ending --> late: 退回", "closed --> [*]", "| 恢复 | 中止 | 原来的状态 | `系统` |"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
	if strings.Contains(page, "审批表") {
		t.Error("a table without bases has a column for them")
	}
}

// 在许多环节都可以办的步骤另画一张图，主线上没有它；同样两个环节之间的几个步骤共用一根线。
func TestActsOfManyStatesHaveADiagramOfTheirOwn(t *testing.T) {
	m := matter()
	if m.Wide() != "" {
		t.Errorf("a small procedure has a second diagram:\n%s", m.Wide())
	}
	for i := range 20 {
		s := state(fmt.Sprintf("more%d", i))
		m.States = append(m.States, flow.State[state]{ID: s, Label: string(s), Class: flow.Open})
		m.Acts = append(m.Acts, flow.Act[state]{ID: "to_" + string(s), Name: "转" + string(s), From: states("open"), To: s, Emits: "x.moved"})
		m.Acts[2].From = append(m.Acts[2].From, s)
	}
	m.Acts = append(m.Acts, flow.Act[state]{ID: "again", Name: "再补正", From: states("open"), To: "late", Emits: "x.again"})
	line, wide := m.Diagram(), m.Wide()
	for _, want := range []string{"anywhere --> aside: 中止\n", "aside --> anywhere: 恢复\n", "anywhere: 办理中的各个环节"} {
		if !strings.Contains(wide, want) || strings.Contains(line, want) {
			t.Errorf("%q is not in the second diagram alone:\n%s\n%s", want, line, wide)
		}
	}
	if !strings.Contains(line, "open --> late: 退回补正、再补正\n") {
		t.Errorf("two acts between the same states have two arrows:\n%s", line)
	}
}
