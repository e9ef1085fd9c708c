package demo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fadu/internal/law"
	"fadu/internal/training"
	"fadu/internal/training/scene"
)

// pause is how long the demo's trainees think before each act.
const pause = 4 * time.Second

// training has some officers play the scenes: whoever chooses well, and whoever does not.
func (f *filler) training(ctx context.Context) error {
	if err := errors.Join(f.app.Bank.Start(ctx), f.app.Training.Start(ctx)); err != nil || f.p.Cases == 0 { // a bureau without cases is empty for tests
		return err
	}
	seed := f.p.Seed
	f.app.Training.Draw = func() (int64, error) { seed++; return int64(seed), nil } // the demo is the same each time it is filled
	for i, login := range []string{"officer102", "officer103", "officer202", "officer203", "officer302"} {
		by := f.sessions[login]
		scenes, _, err := f.app.Training.Offered(ctx, by)
		if err != nil {
			return err
		}
		x := scenes[i%len(scenes)]
		mode := training.Practice
		if i%2 == 1 {
			mode = training.Test
		}
		if err := f.play(ctx, login, x.Code, mode, i%3 != 2); err != nil {
			return fmt.Errorf("%s plays %s: %w", login, x.Code, err)
		}
	}
	if err := f.write(ctx); err != nil {
		return fmt.Errorf("scenes are written: %w", err)
	}
	for i, login := range []string{"officer102", "officer103", "leader1"} {
		if err := f.practise(ctx, login, 12-3*i); err != nil {
			return fmt.Errorf("%s practises: %w", login, err)
		}
	}
	return nil
}

// write leaves one scene of the bureau's own in the writing, begun from nothing, and one that waits for approval.
func (f *filler) write(ctx context.Context) error {
	by, s := f.sessions["trainer"], f.app.Training
	if _, err := s.Make(ctx, by, training.NewDraft{Title: "夜市一角", SetOn: law.DateOf(f.clock.Now()), Party: "演示摊主", Figure: "青年", Place: "街边"}); err != nil {
		return err
	}
	versions, err := s.Scenes(ctx, by)
	if err != nil {
		return err
	}
	for _, x := range versions {
		if x.Code != "shop_sign" {
			continue
		}
		id, err := s.Copy(ctx, by, x.ID, true)
		if err != nil {
			return err
		}
		d, _, err := s.Draft(ctx, by, id)
		if err != nil {
			return err
		}
		return s.Submit(ctx, by, id, d.Version)
	}
	return fmt.Errorf("no scene to copy")
}

// practise answers questions of the day, every fourth one with whatever comes first.
func (f *filler) practise(ctx context.Context, login string, n int) error {
	by := f.sessions[login]
	for i := range n {
		q, ok, err := f.app.Training.Next(ctx, by, training.Daily, "")
		if err != nil || !ok {
			return err
		}
		given := q.Right()
		if i%4 == 3 {
			given = []string{"A"}
		}
		f.clock.Set(f.clock.Now().Add(20 * time.Second))
		if _, err := f.app.Training.Answer(ctx, by, training.AnswerInput{Question: q.ID, Given: given, TookMS: 20000}); err != nil {
			return err
		}
	}
	return nil
}

// play goes through a scene: by the best choices when it is done well, always by the first otherwise.
func (f *filler) play(ctx context.Context, login, code string, mode training.Mode, well bool) error {
	by := f.sessions[login]
	id, err := f.app.Training.Begin(ctx, by, training.BeginInput{Scene: code, Mode: mode})
	if err != nil {
		return err
	}
	for range scene.MaxBeats {
		x, err := f.app.Training.See(ctx, by, id)
		if err != nil || x.Run.State != training.Running {
			return err
		}
		f.clock.Set(f.clock.Now().Add(pause))
		if err := f.app.Training.Act(ctx, by, id, training.ActInput{Seq: x.Run.Seq, Action: choose(x, well)}); err != nil {
			return err
		}
	}
	return fmt.Errorf("the scene has no end")
}

// choose takes every tool first, then what is rated best.
func choose(x training.Session, well bool) string {
	v := x.View()
	if !well || len(v.Choices) == 0 {
		return v.Choices[0].ID
	}
	for _, t := range v.Tools {
		if c := x.Play.Choice(v.Beat, t.ID); c.Once && c.Quality == "优" {
			return t.ID
		}
	}
	best := ""
	for _, q := range []string{"优", "良", "可", "差", "禁"} {
		for _, o := range v.Choices {
			if best == "" && x.Play.Choice(v.Beat, o.ID).Quality == q {
				best = o.ID
			}
		}
	}
	return best
}
