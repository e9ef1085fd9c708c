package app

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/course"
	"fadu/internal/exam/sitting"
	"fadu/internal/jobs"
	"fadu/internal/store"
	"fadu/internal/training"
)

// jobExamPoints enters into the account of points what the results of an exam earn.
const jobExamPoints = "course.exam_points"

// resultsAtATime is how many candidates one transaction takes.
const resultsAtATime = 100

// earn enters what practice and scenes earn.
func earn(tx *store.Tx, by access.Session, e training.Earned) error {
	source := map[string]string{training.ByAnswer: course.SourcePractice, training.ByScene: course.SourceScene}[e.How]
	x := course.By(by, source, e.Ref, e.About, e.Opens)
	x.Often = e.How == training.ByAnswer
	return course.Award(tx, x, e.Entry)
}

// settled asks for the points of an exam whose results are new.
func settled(tx *store.Tx, x sitting.Sitting) error {
	return jobs.Add(tx, jobs.Job{Kind: jobExamPoints, Key: x.ID.String(), Payload: x.ID, Due: tx.Now})
}

// earnings are the jobs of the account of points.
func (a *App) earnings() map[string]jobs.Handler {
	return map[string]jobs.Handler{jobExamPoints: func(ctx context.Context, r jobs.Record) (func(*store.Tx) error, error) {
		var id sitting.SittingID
		if err := r.Read(&id); err != nil {
			return nil, err
		}
		return func(*store.Tx) error { return nil }, a.examPoints(ctx, id)
	}}
}

// examPoints goes through the candidates some at a time; done again it changes nothing.
func (a *App) examPoints(ctx context.Context, id sitting.SittingID) error {
	var last sitting.CandidateID
	for n := resultsAtATime; n == resultsAtATime; {
		next := last
		err := a.DB.Update(ctx, func(tx *store.Tx) error {
			x, cs, err := sitting.Some(tx, id, last, resultsAtATime)
			if n = len(cs); err != nil || n == 0 {
				return err
			}
			next = cs[n-1].ID
			results := make([]course.Result, n)
			for i, c := range cs {
				results[i] = course.Result{Account: c.Account, Name: c.Name, Levels: c.Levels, Passed: bool(c.Passed) && c.State == sitting.Took}
			}
			return course.AwardExam(tx, x.Subject(), x.Title, sitting.Path+"/"+x.ID.String(), int64(x.UnitID), results)
		})
		if err != nil {
			return err
		}
		last = next
	}
	return nil
}
