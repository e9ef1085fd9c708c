package app

import (
	"fadu/internal/casework"
	"fadu/internal/cohort"
	"fadu/internal/course"
	"fadu/internal/document"
	"fadu/internal/exam"
	"fadu/internal/exam/assembly"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/sitting"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/training"
	"fadu/internal/web"
)

// openStudies opens training, the question bank and exams.
func (a *App) openStudies(press *document.Press) {
	a.Bank = exam.New(exam.Deps{DB: a.DB, Press: press})
	a.Bank.Link(practised)
	a.Courses = course.New(course.Deps{DB: a.DB, Units: a.Access, Blobs: a.Blobs, Base: a.cfg.Base, Article: a.Powers.ArticleOn})
	a.Training = training.New(training.Deps{DB: a.DB, Units: a.Access, Judge: a.Judge, Paper: exercise, Papers: casework.Exercises(), Questions: training.Questions{On: a.Bank.Asked, Of: a.Bank.AskedAs}, Earn: earn})
	a.Cohorts = cohort.New(cohort.Deps{DB: a.DB, Units: a.Access, Sources: cohortSources()})
	a.Exams = sitting.New(sitting.Deps{DB: a.DB, Units: a.Access, Bank: a.questions, Paper: drafted, Settled: settled, Press: press, Base: a.cfg.Base, Bureau: a.Bureau, Demo: a.Demo, Print: a.printed})
}

// printed lends exams the printed form of a paper: the parts of a question stand together again.
func (a *App) printed(title string, minutes int64, form assembly.Form) ([]byte, error) {
	p := exam.Printed{Title: title, Minutes: minutes}
	for i, it := range form {
		points := float64(it.Points) / 100
		if it.Of == nil {
			p.Items = append(p.Items, exam.PrintedItem{Question: it.Question, Points: points})
			continue
		}
		if i == 0 || form[i-1].Of == nil || form[i-1].Source() != it.Source() {
			p.Items = append(p.Items, exam.PrintedItem{Question: bank.Question{ID: it.Of.ID, Type: it.Of.Type, Stem: it.Of.Stem, Text: it.Of.Text}})
		}
		whole, q := &p.Items[len(p.Items)-1], it.Question
		whole.Points += points
		whole.Question.Parts = append(whole.Question.Parts, bank.Part{Type: q.Type, Stem: q.Stem, Options: q.Options, Blanks: q.Blanks, Points: points})
	}
	return a.Bank.Word(p, exam.Printed.Paper)
}

// practised tells how often a question was answered in practice.
func practised(tx *store.Tx, q exam.Question) ([]web.Link, error) {
	n, err := training.AnswersOf(tx, q.Code)
	if err != nil || n == 0 {
		return nil, err
	}
	return []web.Link{{Label: "练习作答 " + web.CountText(int64(min(n, store.CountLimit)), n > store.CountLimit) + " 次"}}, nil
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

// drafted lends exams the same.
func drafted(name string) (sitting.DraftPaper, bool) {
	e, ok := casework.ExerciseOf(name)
	p := sitting.DraftPaper{Lacks: e.Lacks}
	for _, f := range e.Fields {
		p.Lines = append(p.Lines, assembly.Line(f))
	}
	return p, ok
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
