package training

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/training/scene"
)

// faultsOf are what keeps a scene from being published: first what keeps it from being played, then what the linter says.
func (s *Service) faultsOf(content string) ([]scene.Fault, error) {
	x, err := scene.Parse([]byte(content))
	if err != nil {
		return nil, err
	}
	p, err := scene.Compile(x, s.Judge)
	var u *scene.Unplayable
	switch {
	case errors.As(err, &u):
		return u.Faults, nil
	case err != nil:
		return nil, err
	}
	faults := p.Lint()
	for where, paper := range p.Papers() {
		if s.Paper == nil {
			break
		}
		if _, ok := s.Paper(paper); !ok {
			faults = append(faults, scene.Fault{Where: where, Message: fmt.Sprintf("没有可以练习填写的文书“%s”", paper), Field: "paper"})
		}
	}
	return faults, nil
}

// checked are the faults of what was last checked of a draft, so that looking at a page twice walks the scene once.
type checked struct {
	content string
	faults  []scene.Fault
}

// DraftFaults are what keeps a draft from being published.
func (s *Service) DraftFaults(d Manuscript) ([]scene.Fault, error) {
	if c, ok := s.lints.Load(d.ID); ok && c.(checked).content == d.Content {
		return c.(checked).faults, nil
	}
	faults, err := s.faultsOf(d.Content)
	if err == nil {
		s.lints.Store(d.ID, checked{d.Content, faults})
	}
	return faults, err
}

// Faults are what keeps a version from being published, as the linter says.
func (s *Service) Faults(ctx context.Context, id SceneID) ([]scene.Fault, error) {
	var x Scene
	if err := s.DB.View(ctx, func(tx *store.Tx) (err error) { x, err = sceneOf(tx, id); return err }); err != nil {
		return nil, err
	}
	return s.faultsOf(x.Content)
}

// Submit makes a version of a draft that the linter passes; somebody else is to approve it.
func (s *Service) Submit(ctx context.Context, by access.Session, id DraftID, version int64) error {
	d, _, err := s.Draft(ctx, by, id)
	if err != nil {
		return err
	}
	faults, err := s.DraftFaults(d) // what is checked is what is submitted: the version is compared
	if err != nil {
		return err
	}
	return s.onDraft(ctx, by, id, version, kindSubmitted, "", func(tx *store.Tx, d *Manuscript) (map[string]any, error) {
		if err := d.open(); err != nil {
			return nil, err
		}
		if len(faults) > 0 {
			return nil, fault.New(fault.Conflict, "检查出 %d 处问题，不能送审：%s", len(faults), faults[0])
		}
		last, err := lastNumber(tx, d.Code)
		if err != nil {
			return nil, err
		}
		x, err := d.Scenario()
		if err != nil {
			return nil, err
		}
		x.Version = last + 1
		text, err := scene.Marshal(x)
		if err != nil {
			return nil, err
		}
		v := sceneRow(x, string(text))
		v.State, v.Author, v.AuthorID, v.Draft = Draft, by.Name(), by.Account(), d.ID
		if err := s.add(tx, by, &v, kindMade); err != nil {
			return nil, err
		}
		d.State, d.Scene, d.Returned = Submitted, v.ID, ""
		return map[string]any{"number": v.Number}, nil
	}, Revision{})
}

// Withdraw takes a draft back that waits for approval; its version is ended.
func (s *Service) Withdraw(ctx context.Context, by access.Session, id DraftID, version int64) error {
	return s.onDraft(ctx, by, id, version, kindWithdrawn, "", func(tx *store.Tx, d *Manuscript) (map[string]any, error) {
		if d.State != Submitted {
			return nil, fault.New(fault.Conflict, "这份草稿%s，没有可以撤回的", draftLabels[d.State])
		}
		v, err := sceneOf(tx, d.Scene)
		if err != nil {
			return nil, err
		}
		d.State = Writing
		v.State, v.Why = Ended, "撤回"
		return map[string]any{"number": v.Number}, s.note(tx, by, &v, kindEnded, "撤回")
	}, Revision{})
}

// Drop gives a draft up.
func (s *Service) Drop(ctx context.Context, by access.Session, id DraftID, version int64, why string) error {
	if why = strings.TrimSpace(why); why == "" {
		return fault.InvalidField("reason", "请写明为什么作废")
	}
	return s.onDraft(ctx, by, id, version, kindDropped, why, func(_ *store.Tx, d *Manuscript) (map[string]any, error) {
		if err := d.open(); err != nil {
			return nil, err
		}
		d.State = Dropped
		return map[string]any{"why": why}, nil
	}, Revision{})
}

// Publish approves a version that waits: somebody who wrote none of it offers it, and versions before it are offered no more.
func (s *Service) Publish(ctx context.Context, by access.Session, id SceneID, version int64) error {
	faults, err := s.Faults(ctx, id) // a version never changes, so nobody needs to wait for the walk
	if err != nil {
		return err
	}
	return s.decide(ctx, by, id, version, kindPublished, "", func(tx *store.Tx, x *Scene) error {
		if len(faults) > 0 {
			return fault.New(fault.Conflict, "检查出 %d 处问题，不能发布：%s。请退回", len(faults), faults[0])
		}
		x.State, x.Approver, x.ApprovedAt = Published, by.Name(), store.Micros(tx.Now)
		return nil
	})
}

// Return sends a version that waits back to who wrote it.
func (s *Service) Return(ctx context.Context, by access.Session, id SceneID, version int64, why string) error {
	if why = strings.TrimSpace(why); why == "" {
		return fault.InvalidField("why", "请写明为什么退回、要改什么")
	}
	return s.decide(ctx, by, id, version, kindReturned, why, func(_ *store.Tx, x *Scene) error {
		x.State, x.Why = Returned, why
		return nil
	})
}

// decide is an act of the second person.
func (s *Service) decide(ctx context.Context, by access.Session, id SceneID, version int64, kind, why string, f func(*store.Tx, *Scene) error) error {
	if _, err := by.Require(access.TrainingSceneApprove); err != nil {
		return err
	}
	return s.change(ctx, by, id, version, kind, why, func(tx *store.Tx, x *Scene) error {
		if x.State != Draft {
			return fault.New(fault.Conflict, "这一版%s，不用再审", sceneLabels[x.State])
		}
		own, err := wrote(tx, x.Draft, by.Account())
		if err != nil {
			return err
		}
		if by.Account() != 0 && (own || x.AuthorID == by.Account()) {
			return fault.New(fault.Forbidden, "您写过或者改过这个情景，由另一个人批准")
		}
		return f(tx, x)
	})
}

// follow lets the draft know what was decided of its version.
func (s *Service) follow(tx *store.Tx, x *Scene) error {
	if x.Draft == 0 || x.State != Published && x.State != Returned {
		return nil
	}
	d, err := draftOf(tx, x.Draft)
	if err != nil || d.Scene != x.ID {
		return err
	}
	d.State, d.Entry = Finished, x.Entry
	if x.State == Returned {
		d.State, d.Returned = Writing, x.Why
	}
	return saveDraft(tx, &d)
}

// End stops offering a version; runs that are under way go on.
func (s *Service) End(ctx context.Context, by access.Session, id SceneID, version int64, why string) error {
	if _, err := by.Require(access.TrainingManage); err != nil {
		return err
	}
	why = strings.TrimSpace(why)
	if why == "" {
		return fault.InvalidField("reason", "请写明为什么停用")
	}
	return s.change(ctx, by, id, version, kindEnded, why, func(_ *store.Tx, x *Scene) error {
		if x.State != Published {
			return fault.New(fault.Conflict, "这一版%s，不用停用", sceneLabels[x.State])
		}
		x.State, x.Why = Ended, why
		return nil
	})
}

func (s *Service) change(ctx context.Context, by access.Session, id SceneID, version int64, kind, why string, f func(*store.Tx, *Scene) error) error {
	_, _, err := s.DB.Once(ctx, by.Once(kind, []any{id, version, why}), func(tx *store.Tx) (string, error) {
		x, err := sceneOf(tx, id)
		if err != nil {
			return "", err
		}
		if x.Version != version {
			return "", fault.Stale(nounScene)
		}
		if err := f(tx, &x); err != nil {
			return "", err
		}
		if err := s.note(tx, by, &x, kind, why); err != nil {
			return "", err
		}
		return x.URL(), s.follow(tx, &x)
	})
	return err
}

// note saves a version with the entry of what was done to it.
func (s *Service) note(tx *store.Tx, by access.Session, x *Scene, kind, why string) error {
	e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: x.Subject(), Data: map[string]any{"scene": x.Code, "number": x.Number, "title": x.Title, "why": why}})
	if err != nil {
		return err
	}
	x.Entry = int64(e)
	return saveScene(tx, x)
}
