package powers

import (
	"fadu/internal/flow"
)

// FlowChart is a procedure as the public sees it: boxes and the ways between them.
type FlowChart struct {
	Title string     `json:"title"`
	Nodes []FlowNode `json:"nodes"`
	Edges []FlowEdge `json:"edges"`
}

// FlowNode is a box; Note is a term or what happens there.
type FlowNode struct {
	Label string `json:"label"`
	Note  string `json:"note,omitempty"`
	// Side boxes stand beside the main way.
	Side bool `json:"side,omitempty"`
	End  bool `json:"end,omitempty"`
}

// FlowEdge leads from a box to another, by their places in Nodes.
type FlowEdge struct {
	From  int    `json:"from"`
	To    int    `json:"to"`
	Label string `json:"label,omitempty"`
}

// ChartOf draws a procedure's table: the longest way from its start to an end goes down the middle, the
// other states stand beside it.
func ChartOf[S ~string](t flow.Table[S]) FlowChart {
	c := FlowChart{Title: t.Name}
	at := map[S]int{}
	main := longestWay(t)
	add := func(s S, side bool) {
		at[s] = len(c.Nodes)
		c.Nodes = append(c.Nodes, FlowNode{Label: t.Label(s), Side: side, End: t.Closed(s)})
	}
	for _, s := range main {
		add(s, false)
	}
	for _, s := range t.States {
		if _, ok := at[s.ID]; !ok {
			add(s.ID, true)
		}
	}
	seen := map[[2]int]bool{}
	for _, a := range t.Acts {
		for _, f := range a.From {
			key := [2]int{at[f], at[a.To]}
			if a.To == "" || a.To == f || seen[key] {
				continue
			}
			seen[key] = true
			c.Edges = append(c.Edges, FlowEdge{From: key[0], To: key[1], Label: a.Name})
		}
	}
	return c
}

// longestWay is the longest way without a loop from the start to a closed state; of equals the first in
// the table's order. Procedures are small, so all ways are walked.
func longestWay[S ~string](t flow.Table[S]) []S {
	var best []S
	on := map[S]bool{}
	var walk func(way []S)
	walk = func(way []S) {
		last := way[len(way)-1]
		if t.Closed(last) {
			if len(way) > len(best) {
				best = append([]S{}, way...)
			}
			return
		}
		for _, a := range t.At(last) {
			if a.To == "" || on[a.To] {
				continue
			}
			on[a.To] = true
			walk(append(way, a.To))
			on[a.To] = false
		}
	}
	on[t.Start] = true
	walk([]S{t.Start})
	return best
}

// StepsChart is a chart of steps one after the other.
func StepsChart(title string, steps []GuideStep) FlowChart {
	c := FlowChart{Title: title}
	for i, s := range steps {
		note := s.Note
		if s.Term != "" {
			note = joinNotes(note, s.Term)
		}
		c.Nodes = append(c.Nodes, FlowNode{Label: s.Name, Note: note, End: i == len(steps)-1})
		if i > 0 {
			c.Edges = append(c.Edges, FlowEdge{From: i - 1, To: i})
		}
	}
	return c
}
