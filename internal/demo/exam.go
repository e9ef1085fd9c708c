package demo

import (
	"context"
	"fmt"
	"time"

	"fadu/internal/access"
	"fadu/internal/exam/assembly"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/grade"
	"fadu/internal/exam/sitting"
)

// exams has a short exam sat, marked and published, and plans the next one.
func (f *filler) exams(ctx context.Context) error {
	if f.p.Cases == 0 {
		return nil
	}
	draws := 0
	f.app.Exams.Draw = func() (string, error) { draws++; return fmt.Sprintf("demo %d %d", f.p.Seed, draws), nil }
	quiz := sitting.Input{
		Title: "行政执法基础知识测验", Opens: f.clock.Now().Add(time.Minute), Late: 2, Minutes: 5, Attempts: 1, Pass: 6_00, Policy: grade.SubsetHalf, Diplomas: sitting.Diplomas{Prefix: "演城管考字", Months: 24},
		Blueprint: assembly.Blueprint{{Type: bank.Single, Count: 6, Points: 1_00}, {Type: bank.Multiple, Count: 2, Points: 1_00}, {Type: bank.Judgement, Count: 2, Points: 1_00}},
	}
	id, err := f.plan(ctx, quiz)
	if err != nil {
		return err
	}
	f.tick(1)
	for i, login := range []string{"officer102", "officer103", "officer202", "officer203", "officer302"} {
		if err := f.sit(ctx, id, login, 2*i); err != nil {
			return fmt.Errorf("%s sits: %w", login, err)
		}
	}
	f.tick(8)
	if err := f.app.Exams.Collect(ctx, id); err != nil {
		return err
	}
	by := f.sessions["trainer"]
	x, _, _, err := f.app.Exams.Sitting(ctx, by, id)
	if err != nil {
		return err
	}
	if err := f.app.Exams.Publish(ctx, by, id, x.Version); err != nil {
		return err
	}
	next := quiz
	next.Title, next.Opens, next.Waiting, next.Late, next.Minutes, next.Pass = "年度行政执法考试", f.p.Until.AddDays(14).Start().Add(9*time.Hour), 30, 15, 60, 60_00
	next.Blueprint = assembly.Blueprint{{Type: bank.Single, Count: 40, Points: 1_00}, {Type: bank.Multiple, Count: 20, Points: 2_00}, {Type: bank.Judgement, Count: 20, Points: 1_00}}
	_, err = f.plan(ctx, next)
	return err
}

// plan makes an exam for everybody and freezes its paper.
func (f *filler) plan(ctx context.Context, in sitting.Input) (sitting.SittingID, error) {
	by := f.sessions["trainer"]
	id, err := f.app.Exams.Make(ctx, by, in)
	if err != nil {
		return 0, err
	}
	roster := sitting.RosterInput{Units: []access.UnitID{by.ScopeFor(access.ExamManage).Unit()}}
	for _, act := range []func(int64) error{
		func(v int64) error { return f.app.Exams.Enrol(ctx, by, id, v, roster) },
		func(v int64) error { return f.app.Exams.Freeze(ctx, by, id, v) },
	} {
		x, _, _, err := f.app.Exams.Sitting(ctx, by, id)
		if err == nil {
			err = act(x.Version)
		}
		if err != nil {
			return 0, err
		}
	}
	return id, nil
}

// sit answers everything rightly but for so many questions, and hands in.
func (f *filler) sit(ctx context.Context, id sitting.SittingID, login string, wrong int) error {
	by := f.sessions[login]
	st, err := f.app.Exams.Start(ctx, by, id, sitting.StartInput{})
	if err != nil {
		return err
	}
	x, _, _, err := f.app.Exams.Sitting(ctx, f.sessions["trainer"], id)
	if err != nil {
		return err
	}
	right, err := x.Rights()
	if err != nil {
		return err
	}
	in := sitting.SaveInput{Device: st.Device}
	for i, value := range right {
		if i < wrong {
			value = "错"
		}
		in.Answers = append(in.Answers, sitting.Answer{Item: i, Seq: 1, Value: value})
	}
	if _, err := f.app.Exams.Save(ctx, by, st.Attempt, in); err != nil {
		return err
	}
	_, err = f.app.Exams.Submit(ctx, by, st.Attempt, st.Device)
	return err
}
