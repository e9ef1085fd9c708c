package app

import (
	"fadu/internal/casework"
	"fadu/internal/exam"
	"fadu/internal/exam/assembly"
	"fadu/internal/exam/sitting"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/training"
)

// openStudies opens training, the question bank and exams.
func (a *App) openStudies() {
	a.Training = training.New(training.Deps{DB: a.DB, Units: a.Access, Judge: a.Judge, Paper: exercise})
	a.Bank = exam.New(exam.Deps{DB: a.DB})
	a.Exams = sitting.New(sitting.Deps{DB: a.DB, Units: a.Access, Bank: a.questions})
}

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

// questions lends exams the approved questions that hold on a day, each by its version.
func (a *App) questions(tx *store.Tx, on law.Date) ([]assembly.Available, error) {
	held, err := a.Bank.InForce(tx, on, exam.Filter{})
	if err != nil {
		return nil, err
	}
	ids := make([]exam.VersionID, len(held))
	for i, q := range held {
		ids[i] = q.Head
	}
	versions, err := a.Bank.Versions(tx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]assembly.Available, 0, len(held))
	for _, id := range ids {
		asks, err := versions[id].Asks()
		if err != nil {
			return nil, err
		}
		out = append(out, assembly.Available{Question: asks, Version: int64(id)})
	}
	return out, nil
}
