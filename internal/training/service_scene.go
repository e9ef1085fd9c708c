package training

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"fadu/internal/access"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/training/scene"
	"fadu/internal/training/scenes"
)

// Start brings the scenes of the program into the database: a version that is there stays as it is.
func (s *Service) Start(ctx context.Context) error {
	all, err := scenes.Files()
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *store.Tx) error {
		for _, f := range all {
			n, err := tx.DB().NewSelect().Model((*Scene)(nil)).Where("code = ?", f.Scenario.ID).Where("number = ?", f.Scenario.Version).Count(tx.Ctx)
			if err != nil {
				return err
			}
			if n > 0 {
				continue
			}
			x := sceneRow(f.Scenario, f.Text)
			x.Builtin, x.State, x.Author = true, Published, "法度"
			if err := s.add(tx, access.System("start"), &x, kindPublished); err != nil {
				return err
			}
		}
		return nil
	})
}

func sceneRow(p *scene.Scenario, text string) Scene {
	sum := sha256.Sum256([]byte(text))
	return Scene{Code: p.ID, Number: p.Version, Title: p.Title, Edition: p.Edition, SetOn: p.SetOn, Content: text, Digest: hex.EncodeToString(sum[:]), Version: 1}
}

func (s *Service) add(tx *store.Tx, by access.Session, x *Scene, kind string) error {
	x.ID, x.MadeAt = SceneID(store.NewID()), store.Micros(tx.Now)
	e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: x.Subject(), Data: map[string]any{"scene": x.Code, "number": x.Number, "title": x.Title, "digest": x.Digest}})
	if err != nil {
		return err
	}
	x.Entry = int64(e)
	return insert(tx, x)
}

// Scenes lists the versions, for whoever manages them.
func (s *Service) Scenes(ctx context.Context, by access.Session) (out []Scene, err error) {
	if _, err := by.Require(access.TrainingSceneRead); err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) (err error) { out, err = scenesOf(tx); return err })
	return out, err
}

// Offered lists the scenes in use, the newest version of each, and what the account reached in them.
func (s *Service) Offered(ctx context.Context, by access.Session) (out []Scene, reached map[string]best, err error) {
	if err := takes(by); err != nil {
		return nil, nil, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		all, err := scenesOf(tx, Published)
		if err != nil {
			return err
		}
		out = nil
		for _, x := range all {
			if len(out) == 0 || out[len(out)-1].Code != x.Code {
				out = append(out, x)
			}
		}
		reached, err = bestOf(tx, by.Account())
		return err
	})
	return out, reached, err
}

// playOf is the scene of a version ready to be played.
func (s *Service) playOf(tx *store.Tx, id SceneID) (*scene.Play, error) {
	if p, ok := s.plays.Load(id); ok {
		return p.(*scene.Play), nil
	}
	x, err := sceneOf(tx, id)
	if err != nil {
		return nil, err
	}
	return s.play(x)
}
