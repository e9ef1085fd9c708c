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

// The classes of states. A side state lies off the line: an act may return from it to the state from which
// it was entered (中止调查、报批结案).
const (
	Open   Class = "open"
	Side   Class = "side"
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
	ID   string
	Name string
	From []S
	To   S
	// Back leads from a side state to the state from which that was entered, instead of To.
	Back bool
	By   string
	// Chain names the approval chain (审批表) whose last step this act is, as the bureau calls it.
	Chain string
	// Weighs: the act passes on what is proposed against the party; a form signed for another proposal does not count.
	Weighs bool
	Cite   law.Citations
	Guards []law.Action
	// Papers are the kinds of document that the act produces; Clocks the terms that it starts.
	Papers []string
	Clocks []string
	// Opens names the table of what begins beside the line with this act: a hearing, a seizure.
	Opens string
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
func (t Table[S]) Closed(s S) bool { return t.class(s) == Closed }

func (t Table[S]) class(s S) Class {
	for _, st := range t.States {
		if st.ID == s {
			return st.Class
		}
	}
	return ""
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
	if a.Back {
		return s, fmt.Errorf("flow: %s: act %q leads back; ask Move", t.Name, act)
	}
	if a.To == "" {
		return s, nil
	}
	return a.To, nil
}

// Place is where a matter stands: its state and, while that is a side state, the state to return to.
type Place[S ~string] struct{ State, Back S }

// Move returns the place after the act. It does what Next does and remembers, from a side state's beginning
// to its end, where the matter came from.
func (t Table[S]) Move(p Place[S], act string) (Place[S], error) {
	if a, ok := t.Act(act); ok && a.Back && slices.Contains(a.From, p.State) {
		if p.Back == "" {
			return p, fmt.Errorf("flow: %s: nothing says where %q leads back to", t.Name, act)
		}
		return Place[S]{State: p.Back}, nil
	}
	next, err := t.Next(p.State, act)
	switch {
	case err != nil || next == p.State:
		return p, err
	case t.class(next) != Side:
		return Place[S]{State: next}, nil
	case t.class(p.State) == Side:
		return Place[S]{next, p.Back}, nil
	}
	return Place[S]{next, p.State}, nil
}

// leads are the states to which an act can lead from s; none when it leaves the state as it is.
func (t Table[S]) leads(s S, a Act[S]) []S {
	switch {
	case !slices.Contains(a.From, s):
		return nil
	case a.Back:
		return t.entries(s)
	case a.To != "" && a.To != s:
		return []S{a.To}
	}
	return nil
}

// entries are the states of the line from which a side state is entered, by one or several acts.
func (t Table[S]) entries(side S) []S {
	var out []S
	seen := map[S]bool{side: true}
	var from func(S)
	from = func(to S) {
		for _, a := range t.Acts {
			if a.To != to {
				continue
			}
			for _, f := range a.From {
				switch {
				case seen[f]:
				case t.class(f) == Side:
					seen[f] = true
					from(f)
				default:
					seen[f] = true
					out = append(out, f)
				}
			}
		}
	}
	from(side)
	return out
}
