package flow

import (
	"fmt"
	"slices"
	"strings"

	"fadu/internal/law"
)

// An act with more than wideFrom arrows stands in the diagram of what can be done in many states, where the table has more
// than followed arrows: nobody can follow so many lines.
const (
	wideFrom = 3
	followed = 40
)

// anywhere stands for the many states from which a wide act leads.
const anywhere = "anywhere"

// arrow is one of a diagram's; several acts that lead from one state to another share it.
type arrow struct {
	from, to string
	names    []string
}

type arrows []arrow

func (all *arrows) add(from, to, name string) {
	for i, x := range *all {
		if x.from == from && x.to == to {
			if !slices.Contains(x.names, name) {
				(*all)[i].names = append(x.names, name)
			}
			return
		}
	}
	*all = append(*all, arrow{from, to, []string{name}})
}

// Diagram prints the line of the table as a Mermaid state diagram, without the acts of Wide.
func (t Table[S]) Diagram() string {
	line, _ := t.arrows()
	return t.draw(line, true)
}

// Wide prints the acts that can be done in many states, and the ways back from where they lead, as a diagram of its own; ""
// when there are none.
func (t Table[S]) Wide() string {
	_, wide := t.arrows()
	if len(wide) == 0 {
		return ""
	}
	return t.draw(wide, false)
}

func (t Table[S]) arrows() (line, wide arrows) {
	total := 0
	for _, a := range t.Acts {
		for _, f := range a.From {
			total += len(t.leads(f, a))
		}
	}
	for _, a := range t.Acts {
		var own arrows
		for _, f := range a.From {
			for _, to := range t.leads(f, a) {
				own.add(string(f), string(to), a.Name)
			}
		}
		to := &line
		for _, x := range own {
			if total > followed && len(own) > wideFrom {
				to = &wide
				if t.class(S(x.from)) != Side {
					x.from = anywhere
				} else if a.Back {
					x.to = anywhere
				}
			}
			to.add(x.from, x.to, a.Name)
		}
	}
	return line, wide
}

// draw prints arrows with the labels of the states that they touch; whole draws the beginning and the ends, too.
func (t Table[S]) draw(all arrows, whole bool) string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	touched := map[string]bool{string(t.Start): whole}
	for _, x := range all {
		touched[x.from], touched[x.to] = true, true
	}
	if touched[anywhere] {
		fmt.Fprintf(&b, "  %s: 办理中的各个环节\n", anywhere)
	}
	for _, s := range t.States {
		if touched[string(s.ID)] {
			fmt.Fprintf(&b, "  %s: %s\n", s.ID, s.Label)
		}
	}
	if whole {
		fmt.Fprintf(&b, "  [*] --> %s\n", t.Start)
	}
	for _, x := range all {
		fmt.Fprintf(&b, "  %s --> %s: %s\n", x.from, x.to, strings.Join(x.names, "、"))
	}
	for _, s := range t.States {
		if s.Class == Closed && touched[string(s.ID)] {
			fmt.Fprintf(&b, "  %s --> [*]\n", s.ID)
		}
	}
	return b.String()
}

// Page prints the table as a Markdown page: diagram, then every act with its guards. Where acts have a
// basis of their own, or open something beside the line, that is told too.
func (t Table[S]) Page() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n依据：%s\n\n```mermaid\n%s```\n\n", t.Name, t.Cite.Han(), t.Diagram())
	if wide := t.Wide(); wide != "" {
		fmt.Fprintf(&b, "下面这些步骤在许多环节都可以办，另画一张；可以从哪些环节办见表。恢复、退回的，回到原来的环节。\n\n```mermaid\n%s```\n\n", wide)
	}
	based := false
	for _, a := range t.Acts {
		based = based || len(a.Cite) > 0
	}
	heads := []string{"步骤", "从", "到", "权限", "须过的法定关口", "产生文书", "起算期限", "入账"}
	if based {
		heads = append(heads, "依据", "审批表", "同时开始")
	}
	b.WriteString("| " + strings.Join(heads, " | ") + " |\n|" + strings.Repeat(" --- |", len(heads)) + "\n")
	for _, a := range t.Acts {
		cells := t.cells(a)
		if based {
			cells = append(cells, a.Cite.Han(), a.Chain, a.Opens)
		}
		b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	}
	return b.String()
}

func (t Table[S]) cells(a Act[S]) []string {
	from := make([]string, len(a.From))
	for i, f := range a.From {
		from[i] = t.Label(f)
	}
	to := "不变"
	switch {
	case a.Back:
		to = "原来的状态"
	case a.To != "":
		to = t.Label(a.To)
	}
	by := a.By
	if by == "" {
		by = "系统"
	}
	return []string{
		a.Name, strings.Join(from, "、"), to, "`" + by + "`", joined(a.Guards), strings.Join(a.Papers, "、"),
		strings.Join(a.Clocks, "、"), "`" + a.Emits + "`",
	}
}

func joined(guards []law.Action) string {
	out := make([]string, len(guards))
	for i, g := range guards {
		out[i] = string(g)
	}
	return strings.Join(out, "、")
}
