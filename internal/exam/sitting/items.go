package sitting

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"fadu/internal/access"
	"fadu/internal/exam/assembly"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/integrity"
	"fadu/internal/exam/stats"
	"fadu/internal/fault"
	"fadu/internal/store"
)

// Alike are two attempts with many alike wrong answers: worth a look by a person, no more.
type Alike struct {
	One, Two Candidate
	Found    integrity.Similarity
}

// Paper is what the answers say about the questions of a paper. Everybody sat the same questions, in another order each.
type Paper struct {
	Sitting  Sitting
	Form     assembly.Form
	Analysis stats.Analysis
	Alike    []Alike
}

// comparedAtMost bounds how many attempts are compared in pairs.
const comparedAtMost = 400

// Analyse reckons the statistics of a marked paper over the first attempts of the candidates whom the session may see.
func (s *Service) Analyse(ctx context.Context, by access.Session, id SittingID) (p Paper, err error) {
	var tries []Attempt
	people := map[CandidateID]Candidate{}
	given := map[AttemptID][]Answer{}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		tries = nil
		var scope access.Scope
		if p.Sitting, scope, err = s.seen(tx, by, id); err != nil {
			return err
		}
		if !p.Sitting.judged() {
			return fault.New(fault.Conflict, "阅卷以后才能分析题目")
		}
		var cs []Candidate
		if err := scope.Beside(tx, tx.DB().NewSelect().Model(&cs), "ec").Where("ec.sitting_id = ?", id).Where("ec.taken > 0").Order("ec.id").Scan(tx.Ctx); err != nil {
			return err
		}
		for _, c := range cs {
			people[c.ID] = c
		}
		var all []Attempt
		if err := tx.DB().NewSelect().Model(&all).Where("sitting_id = ?", id).Where("number = 1").Order("id").Scan(tx.Ctx); err != nil {
			return err
		}
		for _, a := range all {
			if _, ok := people[a.Candidate]; ok {
				tries = append(tries, a)
			}
		}
		if len(tries) <= comparedAtMost {
			given, err = givenBy(tx, tries)
		}
		return err
	})
	if err != nil {
		return p, err
	}
	if p.Form, err = s.formOf(p.Sitting); err != nil {
		return p, err
	}
	if p.Analysis, err = analysis(p.Form, tries); err == nil {
		p.Alike, err = alike(p.Form, tries, given, people)
	}
	return p, err
}

func analysis(form assembly.Form, tries []Attempt) (stats.Analysis, error) {
	t := stats.Test{}
	for _, it := range form {
		t.Max = append(t.Max, float64(it.Points)/100)
	}
	for _, a := range tries {
		var marks []int64
		if err := json.Unmarshal([]byte(a.Marks), &marks); err != nil || len(marks) != len(form) {
			return stats.Analysis{}, fmt.Errorf("sitting: marks of %s: %w", a.ID, err)
		}
		row := make([]float64, len(marks))
		for i, m := range marks {
			row[i] = float64(m) / 100
		}
		t.IDs, t.Matrix = append(t.IDs, a.ID.String()), append(t.Matrix, row)
	}
	return stats.Analyse(t)
}

// alike compares all pairs of attempts by their choices; what is written freely is left out.
func alike(form assembly.Form, tries []Attempt, given map[AttemptID][]Answer, people map[CandidateID]Candidate) (out []Alike, err error) {
	var key []string
	at := map[int]int{}
	for i, it := range form {
		if t := it.Question.Type; t == bank.Single || t == bank.Multiple {
			at[i], key = len(key), append(key, it.Question.Answer)
		}
	}
	if len(key) == 0 || len(given) == 0 {
		return nil, nil
	}
	rows := make([][]string, len(tries))
	for n, a := range tries {
		rows[n] = make([]string, len(key))
		for _, g := range given[a.ID] {
			if i, ok := at[g.Item]; ok {
				rows[n][i] = g.Value
			}
		}
	}
	for i := range rows {
		for j := i + 1; j < len(rows); j++ {
			found, err := integrity.Compare(key, rows[i], rows[j])
			if err != nil {
				return nil, err
			}
			if found.Review {
				out = append(out, Alike{people[tries[i].Candidate], people[tries[j].Candidate], found})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Alike) int { return cmp.Compare(b.Found.ExactWrong, a.Found.ExactWrong) })
	return out, nil
}
