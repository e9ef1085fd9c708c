package app

import (
	"fadu/internal/casework"
	"fadu/internal/training"
)

// exercise lends scenes the forms and the element checker of real papers.
func exercise(name string) (training.Paper, bool) {
	e, ok := casework.ExerciseOf(name)
	if !ok {
		return training.Paper{}, false
	}
	p := training.Paper{Lacks: e.Lacks}
	for _, f := range e.Fields {
		p.Lines = append(p.Lines, training.PaperLine(f))
	}
	return p, true
}
