package training

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"

	"fadu/internal/access"
	"fadu/internal/fault"
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

// Import takes a scene in as a draft: the next version of its code. What makes it unplayable is refused at once; what
// forbids publishing is told by Faults. A story in Twee becomes a draft with what is left to write in its todo.
func (s *Service) Import(ctx context.Context, by access.Session, content []byte) (SceneID, error) {
	if _, err := by.Require(access.TrainingManage); err != nil {
		return 0, err
	}
	content, parsed, err := s.read(content)
	if err != nil {
		return 0, invalid("file", "%s", err)
	}
	if strings.TrimSpace(parsed.ID) == "" || strings.TrimSpace(parsed.Title) == "" {
		return 0, invalid("file", "情景没有编号（id）或者没有名称（title）")
	}
	at, _, err := s.DB.Once(ctx, by.Once(kindMade, content), func(tx *store.Tx) (string, error) {
		var last int
		if err := tx.DB().NewSelect().Model((*Scene)(nil)).ColumnExpr("COALESCE(MAX(number), 0)").Where("code = ?", parsed.ID).Scan(tx.Ctx, &last); err != nil {
			return "", err
		}
		text, err := numbered(content, last+1)
		if err != nil {
			return "", err
		}
		parsed.Version = last + 1
		x := sceneRow(parsed, text)
		x.State, x.Author = Draft, by.Name()
		err = s.add(tx, by, &x, kindMade)
		return x.URL(), err
	})
	return SceneID(idAt(at)), err
}

// read takes a file apart and returns the scene as it is kept.
func (s *Service) read(content []byte) ([]byte, *scene.Scenario, error) {
	if scene.IsTwee(content) {
		draft, _, err := scene.FromTwee(string(content))
		if err != nil {
			return nil, nil, err
		}
		content = draft
	}
	parsed, err := scene.Parse(content)
	if err == nil {
		_, err = scene.Compile(parsed, s.Judge)
	}
	if err == nil {
		content, err = scene.YAML(content)
	}
	return content, parsed, err
}

// numbered writes the version into the text.
func numbered(content []byte, number int) (string, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(content, &doc); err != nil {
		return "", err
	}
	m := doc.Content[0]
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == "version" {
			m.Content[i+1].Value, m.Content[i+1].Tag, m.Content[i+1].Style = fmt.Sprint(number), "!!int", 0
			out, err := yaml.Marshal(&doc)
			return string(out), err
		}
	}
	m.Content = append([]*yaml.Node{{Kind: yaml.ScalarNode, Value: "version"}, {Kind: yaml.ScalarNode, Tag: "!!int", Value: fmt.Sprint(number)}}, m.Content...)
	out, err := yaml.Marshal(&doc)
	return string(out), err
}

// Faults are what keeps a version from being published, as the linter says.
func (s *Service) Faults(ctx context.Context, id SceneID) ([]scene.Fault, error) {
	var x Scene
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) { x, err = sceneOf(tx, id); return err })
	if err != nil {
		return nil, err
	}
	p, err := s.play(x)
	if err != nil {
		return nil, err
	}
	faults := p.Lint()
	for where, paper := range p.Papers() {
		if _, ok := s.Paper(paper); !ok {
			faults = append(faults, scene.Fault{Where: where, Message: fmt.Sprintf("没有可以练习填写的文书“%s”", paper)})
		}
	}
	return faults, nil
}

// Scenes lists the versions, for whoever manages them.
func (s *Service) Scenes(ctx context.Context, by access.Session) (out []Scene, err error) {
	if _, err := by.Require(access.TrainingManage); err != nil {
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

// Publish offers a draft that the linter passes; versions before it are offered no more.
func (s *Service) Publish(ctx context.Context, by access.Session, id SceneID, version int64) error {
	if _, err := by.Require(access.TrainingManage); err != nil {
		return err
	}
	faults, err := s.Faults(ctx, id) // a version never changes, so nobody needs to wait for the walk
	if err != nil {
		return err
	}
	return s.change(ctx, by, id, version, kindPublished, "", func(_ *store.Tx, x *Scene) error {
		if x.State != Draft {
			return fault.New(fault.Conflict, "这一版%s，不能再发布。要改的，导入新的一版", sceneLabels[x.State])
		}
		if len(faults) > 0 {
			return fault.New(fault.Conflict, "检查出 %d 处问题，不能发布：%s。改好以后再导入", len(faults), faults[0])
		}
		x.State = Published
		return nil
	})
}

// End stops offering a version; runs that are under way go on.
func (s *Service) End(ctx context.Context, by access.Session, id SceneID, version int64, why string) error {
	why = strings.TrimSpace(why)
	if why == "" {
		return invalid("reason", "请写明为什么停用")
	}
	return s.change(ctx, by, id, version, kindEnded, why, func(_ *store.Tx, x *Scene) error {
		if x.State == Ended {
			return fault.New(fault.Conflict, "这一版已经停用")
		}
		x.State, x.Why = Ended, why
		return nil
	})
}

func (s *Service) change(ctx context.Context, by access.Session, id SceneID, version int64, kind, why string, f func(*store.Tx, *Scene) error) error {
	if _, err := by.Require(access.TrainingManage); err != nil {
		return err
	}
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
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: x.Subject(), Data: map[string]any{"scene": x.Code, "number": x.Number, "title": x.Title, "why": why}})
		if err != nil {
			return "", err
		}
		x.Entry = int64(e)
		return x.URL(), saveScene(tx, &x)
	})
	return err
}
