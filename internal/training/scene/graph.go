package scene

import (
	"cmp"
	"math"
	"slices"
)

// Size of the drawing of a scene.
const (
	NodeWidth, NodeHeight = 168.0, 60.0
	gapX, gapY            = 36.0, 64.0
	graphMargin           = 24.0
)

// Node is a beat in the drawing; X and Y are its middle.
type Node struct {
	ID, Speaker, Say, End string
	X, Y                  float64
	Layer                 int
	Start                 bool
	// Lost is a beat that nothing leads to, Dead one that does not end and leads nowhere.
	Lost, Dead bool
}

// Edge are the ways from one beat to another, with the best quality among them.
type Edge struct {
	From, To string
	By       []string
	Quality  string
	Event    bool // only events lead there
	Back     bool // to an earlier beat
}

// Graph is a scene as it is drawn.
type Graph struct {
	Nodes         []Node
	Edges         []Edge
	Width, Height float64
	// Anywhere are the beats that tools and events of the whole scene lead to, by what leads there.
	Anywhere map[string][]string
}

// Node finds a beat in the drawing.
func (g *Graph) Node(id string) *Node {
	for i := range g.Nodes {
		if g.Nodes[i].ID == id {
			return &g.Nodes[i]
		}
	}
	return nil
}

// Draw lays a scene out from top to bottom: every beat below those that lead to it.
func Draw(s *Scenario) Graph {
	g := Graph{Anywhere: map[string][]string{}}
	for _, b := range s.Beats {
		n := Node{ID: b.ID, Speaker: b.Speaker, Say: b.Say.In(Bands[0]), Start: b.ID == s.Start, Lost: true}
		if b.End != nil {
			n.End = b.End.Kind
		}
		g.Nodes = append(g.Nodes, n)
	}
	for _, t := range s.Toolbar {
		g.from("", t.Goto, t.ID, t.Quality, false)
	}
	for _, e := range s.Events {
		g.from("", e.Goto, e.ID, "", true)
	}
	for _, b := range s.Beats {
		for _, c := range b.Choices {
			g.from(b.ID, c.Goto, c.ID, c.Quality, false)
		}
		for _, e := range b.Events {
			g.from(b.ID, e.Goto, e.ID, "", true)
		}
	}
	g.reach(s.Start)
	g.layer(s.Start)
	g.place()
	return g
}

// from notes a way that leads to a beat; from "" are ways that are open in every beat.
func (g *Graph) from(from, to, by, quality string, event bool) {
	if to == "" || to == from || g.Node(to) == nil {
		return
	}
	if from == "" {
		g.Anywhere[to] = append(g.Anywhere[to], by)
		return
	}
	i := slices.IndexFunc(g.Edges, func(e Edge) bool { return e.From == from && e.To == to })
	if i < 0 {
		i, g.Edges = len(g.Edges), append(g.Edges, Edge{From: from, To: to, Event: true})
	}
	e := &g.Edges[i]
	e.By, e.Event = append(e.By, by), e.Event && event
	at := func(q string) int {
		if k := slices.Index(qualities, q); k >= 0 {
			return k
		}
		return len(qualities)
	}
	if at(quality) < at(e.Quality) {
		e.Quality = quality
	}
}

// reach marks what can be come to from the start, and where it stops without an end.
func (g *Graph) reach(start string) {
	var visit func(id string)
	visit = func(id string) {
		n := g.Node(id)
		if n == nil || !n.Lost {
			return
		}
		n.Lost = false
		for _, e := range g.Edges {
			if e.From == id {
				visit(e.To)
			}
		}
	}
	visit(start)
	for to := range g.Anywhere {
		visit(to)
	}
	for i := range g.Nodes {
		n := &g.Nodes[i]
		n.Dead = n.End == "" && !slices.ContainsFunc(g.Edges, func(e Edge) bool { return e.From == n.ID })
	}
}

// layer puts each beat below the lowest that leads to it; ways back to an earlier beat do not count.
func (g *Graph) layer(start string) {
	const open, done = 1, 2
	state := map[string]int{}
	var order []string
	var visit func(id string)
	visit = func(id string) {
		state[id] = open
		for i := range g.Edges {
			if e := &g.Edges[i]; e.From == id {
				switch state[e.To] {
				case open:
					e.Back = true
				case 0:
					visit(e.To)
				}
			}
		}
		state[id] = done
		order = append(order, id)
	}
	if g.Node(start) != nil {
		visit(start)
	}
	for _, n := range g.Nodes {
		if state[n.ID] == 0 {
			visit(n.ID)
		}
	}
	slices.Reverse(order)
	for _, id := range order {
		at := g.Node(id).Layer
		for _, e := range g.Edges {
			if e.From == id && !e.Back {
				to := g.Node(e.To)
				to.Layer = max(to.Layer, at+1)
			}
		}
	}
	last := 0
	for _, n := range g.Nodes {
		last = max(last, n.Layer)
	}
	for i := range g.Nodes {
		n := &g.Nodes[i]
		lonely := !slices.ContainsFunc(g.Edges, func(e Edge) bool { return e.To == n.ID })
		if n.ID != start && lonely && (n.Lost || len(g.Anywhere[n.ID]) > 0) {
			n.Layer = last + 1 // what nothing leads to stands below all
		}
	}
}

// place orders each layer by where what leads there stands, and gives every beat its point.
func (g *Graph) place() {
	layers := map[int][]*Node{}
	last, widest := 0, 1
	for i := range g.Nodes {
		n := &g.Nodes[i]
		layers[n.Layer] = append(layers[n.Layer], n)
		last, widest = max(last, n.Layer), max(widest, len(layers[n.Layer]))
	}
	g.Width = 2*graphMargin + float64(widest)*NodeWidth + float64(widest-1)*gapX
	g.Height = 2*graphMargin + float64(last+1)*NodeHeight + float64(last)*gapY
	for l := 0; l <= last; l++ {
		row := layers[l]
		slices.SortStableFunc(row, func(a, b *Node) int { return cmp.Compare(g.pull(a), g.pull(b)) })
		width := float64(len(row))*NodeWidth + float64(len(row)-1)*gapX
		for i, n := range row {
			n.X = g.Width/2 - width/2 + NodeWidth/2 + float64(i)*(NodeWidth+gapX)
			n.Y = graphMargin + NodeHeight/2 + float64(l)*(NodeHeight+gapY)
		}
	}
}

// pull is the mean of where what leads to a beat stands.
func (g *Graph) pull(n *Node) float64 {
	var sum, count float64
	for _, e := range g.Edges {
		if from := g.Node(e.From); e.To == n.ID && !e.Back && from.Layer < n.Layer {
			sum, count = sum+from.X, count+1
		}
	}
	if count == 0 {
		return math.MaxFloat64
	}
	return sum / count
}
