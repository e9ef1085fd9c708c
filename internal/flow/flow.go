// Package flow writes a procedure as a table that a lawyer can read: each act with the states it leaves
// from and leads to, who may do it, which guards of the law it must pass, what it produces. Pages draw
// their steps from the table, commands are checked against it, and diagrams and lists are generated
// from it. It is pure.
package flow

import (
	"fmt"
	"slices"
	"strings"

	"fadu/internal/fault"
	"fadu/internal/law"
)

// Class sorts states into few kinds; labels are many.
type Class string

// The classes of states.
const (
	Open   Class = "open"
	Closed Class = "closed"
)

// State is one state of a procedure.
type State[S ~string] struct {
	ID    S
	Label string
	Class Class
}

// Act is one act of a procedure. To is empty when the act leaves the state as it is. By is the
// permission of whoever acts ("" for the system itself). Guards are judged by the law before it.
type Act[S ~string] struct {
	ID     string
	Name   string
	From   []S
	To     S
	By     string
	Guards []law.Action
	// Papers are the kinds of document that the act produces; Clocks the terms that it starts.
	Papers []string
	Clocks []string
	// Emits is the kind of its ledger entry.
	Emits string
}

// Table is a procedure.
type Table[S ~string] struct {
	Name   string
	Cite   law.Citations
	Start  S
	States []State[S]
	Acts   []Act[S]
}

// Label returns the state's Chinese label.
func (t Table[S]) Label(s S) string {
	for _, st := range t.States {
		if st.ID == s {
			return st.Label
		}
	}
	return string(s)
}

// Closed reports whether nothing is open in the state.
func (t Table[S]) Closed(s S) bool {
	for _, st := range t.States {
		if st.ID == s {
			return st.Class == Closed
		}
	}
	return false
}

// Act returns the act with the identifier.
func (t Table[S]) Act(id string) (Act[S], bool) {
	for _, a := range t.Acts {
		if a.ID == id {
			return a, true
		}
	}
	return Act[S]{}, false
}

// At returns the acts that leave from the state, in the table's order.
func (t Table[S]) At(s S) []Act[S] {
	var out []Act[S]
	for _, a := range t.Acts {
		if slices.Contains(a.From, s) {
			out = append(out, a)
		}
	}
	return out
}

// Next returns the state after the act, or a Conflict that says where the act is possible.
func (t Table[S]) Next(s S, act string) (S, error) {
	a, ok := t.Act(act)
	if !ok {
		return s, fmt.Errorf("flow: %s has no act %q", t.Name, act)
	}
	if !slices.Contains(a.From, s) {
		labels := make([]string, len(a.From))
		for i, f := range a.From {
			labels[i] = "“" + t.Label(f) + "”"
		}
		return s, fault.New(fault.Conflict, "现在是“%s”，不能%s；这一步只能在%s时办理", t.Label(s), a.Name, strings.Join(labels, "、"))
	}
	if a.To == "" {
		return s, nil
	}
	return a.To, nil
}

// Check reports what is wrong with the table: an unknown state, an unreachable one, an open one without
// a way out, an act without name, emission or origin.
func (t Table[S]) Check() error {
	var faults []string
	known := map[S]Class{}
	for _, s := range t.States {
		known[s.ID] = s.Class
		if s.Label == "" {
			faults = append(faults, fmt.Sprintf("state %s has no label", s.ID))
		}
	}
	reached := map[S]bool{t.Start: true}
	leaves := map[S]bool{}
	for _, a := range t.Acts {
		if a.ID == "" || a.Name == "" || a.Emits == "" || len(a.From) == 0 {
			faults = append(faults, fmt.Sprintf("act %q lacks id, name, origin or emission", a.ID))
		}
		for _, f := range a.From {
			if _, ok := known[f]; !ok {
				faults = append(faults, fmt.Sprintf("act %s leaves from unknown state %s", a.ID, f))
			}
			if a.To != "" && a.To != f {
				leaves[f] = true
			}
		}
		if a.To != "" {
			if _, ok := known[a.To]; !ok {
				faults = append(faults, fmt.Sprintf("act %s leads to unknown state %s", a.ID, a.To))
			}
			reached[a.To] = true
		}
	}
	for _, s := range t.States {
		if !reached[s.ID] {
			faults = append(faults, fmt.Sprintf("state %s cannot be reached", s.ID))
		}
		if s.Class == Open && !leaves[s.ID] {
			faults = append(faults, fmt.Sprintf("open state %s has no way out", s.ID))
		}
	}
	if len(faults) > 0 {
		return fmt.Errorf("flow: %s: %s", t.Name, strings.Join(faults, "; "))
	}
	return nil
}

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
			if a.To != "" && a.To != f {
				fmt.Fprintf(&b, "  %s --> %s: %s\n", f, a.To, a.Name)
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

// Page prints the table as a Markdown page: diagram, then every act with its guards.
func (t Table[S]) Page() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n依据：%s\n\n```mermaid\n%s```\n\n", t.Name, t.Cite.Han(), t.Diagram())
	b.WriteString("| 步骤 | 从 | 到 | 权限 | 须过的法定关口 | 产生文书 | 起算期限 | 入账 |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n")
	for _, a := range t.Acts {
		from := make([]string, len(a.From))
		for i, f := range a.From {
			from[i] = t.Label(f)
		}
		to := "不变"
		if a.To != "" {
			to = t.Label(a.To)
		}
		guards := make([]string, len(a.Guards))
		for i, g := range a.Guards {
			guards[i] = string(g)
		}
		by := a.By
		if by == "" {
			by = "系统"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | `%s` | %s | %s | %s | `%s` |\n", a.Name, strings.Join(from, "、"), to, by,
			strings.Join(guards, "、"), strings.Join(a.Papers, "、"), strings.Join(a.Clocks, "、"), a.Emits)
	}
	return b.String()
}
