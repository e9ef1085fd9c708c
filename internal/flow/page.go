package flow

import (
	"fmt"
	"strings"

	"fadu/internal/law"
)

// Diagram prints the table as a Mermaid state diagram.
func (t Table[S]) Diagram() string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	for _, s := range t.States {
		fmt.Fprintf(&b, "  %s: %s\n", s.ID, s.Label)
	}
	fmt.Fprintf(&b, "  [*] --> %s\n", t.Start)
	for _, a := range t.Acts {
		for _, f := range a.From {
			for _, to := range t.leads(f, a) {
				fmt.Fprintf(&b, "  %s --> %s: %s\n", f, to, a.Name)
			}
		}
	}
	for _, s := range t.States {
		if s.Class == Closed {
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
