package assembly

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"slices"

	"fadu/internal/exam/bank"
	"fadu/internal/law"
)

// Available is a question that may be taken, with its exposure: in how many papers it stood lately, and when last.
type Available struct {
	Question bank.Question
	Version  int64
	Used     int
	Last     law.Date
}

// Item is a question of a paper with what it gives, in hundredths.
type Item struct {
	Question bank.Question `json:"question"`
	Version  int64         `json:"version"`
	Points   int64         `json:"points"`
	// Of is the question that this is a part of; Lines are those of the paper to be drawn up.
	Of    *Whole `json:"of,omitempty"`
	Lines []Line `json:"lines,omitempty"`
}

// Form is a paper: its items in the order of the table.
type Form []Item

// Points is what the paper gives, in hundredths.
func (f Form) Points() (n int64) {
	for _, it := range f {
		n += it.Points
	}
	return n
}

// Assemble takes the questions for the table. Among all papers that the table allows it takes one whose questions were
// used the least: questions come forward in the order of their exposure, equals in an order drawn from the seed, and each
// is taken if the table still has room for it and for all that were taken before. Cells may overlap: a question that
// was taken for a wide cell makes room for another by going to a narrow one.
func Assemble(b Blueprint, pool []Available, seed string) (Form, error) {
	if err := b.Check(); err != nil {
		return nil, err
	}
	order := slices.Clone(pool)
	drawn := make(map[string][]byte, len(order))
	for _, a := range order {
		drawn[a.Question.ID] = mac([]byte(seed), "draw", a.Question.ID)
	}
	slices.SortStableFunc(order, func(x, y Available) int {
		return cmp.Or(cmp.Compare(x.Used, y.Used), cmp.Compare(x.Last.String(), y.Last.String()), bytes.Compare(drawn[x.Question.ID], drawn[y.Question.ID]))
	})
	m := matching{blueprint: b, pool: order, in: make([][]int, len(b))}
	seen := map[string]bool{}
	for q, a := range order {
		if !seen[a.Question.ID] {
			seen[a.Question.ID] = m.place(q, make([]bool, len(b))) // of two versions of one question only one is asked
		}
	}
	if short := m.shortages(); len(short) > 0 {
		return nil, short
	}
	return m.form(drawn), nil
}

// matching holds which questions each cell has.
type matching struct {
	blueprint Blueprint
	pool      []Available
	in        [][]int
}

// place gives the question a cell, moving others on where it must; visited are the cells that were asked already.
func (m *matching) place(q int, visited []bool) bool {
	for i, c := range m.blueprint {
		if visited[i] || !c.takes(m.pool[q].Question) {
			continue
		}
		visited[i] = true
		if len(m.in[i]) < c.Count {
			m.in[i] = append(m.in[i], q)
			return true
		}
		for at, other := range m.in[i] {
			if m.place(other, visited) {
				m.in[i][at] = q
				return true
			}
		}
	}
	return false
}

func (m *matching) shortages() (out Infeasible) {
	for i, c := range m.blueprint {
		if have := len(m.in[i]); have < c.Count {
			out = append(out, Shortage{Row: i, Cell: c, Need: c.Count, Have: have})
		}
	}
	return out
}

func (m *matching) form(drawn map[string][]byte) (out Form) {
	for i, c := range m.blueprint {
		qs := slices.Clone(m.in[i])
		slices.SortFunc(qs, func(a, b int) int {
			return bytes.Compare(drawn[m.pool[a].Question.ID], drawn[m.pool[b].Question.ID])
		})
		for _, q := range qs {
			out = append(out, items(m.pool[q].Question, m.pool[q].Version, c.Points)...)
		}
	}
	return out
}

// mac is an HMAC over the parts, each ended, so that no two lists of parts are alike.
func mac(key []byte, parts ...string) []byte {
	h := hmac.New(sha256.New, key)
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return h.Sum(nil)
}
