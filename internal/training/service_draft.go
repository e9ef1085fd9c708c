package training

import (
	"context"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/training/scene"
)

// Drafts is a page of the scenes that are or were being written, the newest first.
func (s *Service) Drafts(ctx context.Context, by access.Session, f DraftFilter, after string) (out []Manuscript, prev, next string, err error) {
	if _, err := by.Require(access.TrainingSceneRead); err != nil {
		return nil, "", "", err
	}
	cur, ok, err := store.DecodeCursor(after, f.key())
	if err != nil {
		return nil, "", "", err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		out = nil
		q := f.where(tx.DB().NewSelect().Model(&out).ExcludeColumn("content"))
		return store.KeysetByID(q, "td.id", true, cur, ok).Limit(store.PageLimit(ctx)).Scan(tx.Ctx)
	})
	if err != nil {
		return nil, "", "", err
	}
	out, prev, next = store.PageOf(ctx, out, cur, ok, f.key(), func(d Manuscript) store.Cursor { return store.Cursor{ID: int64(d.ID)} })
	return out, prev, next, nil
}

// Draft is a scene that is being written, with its last saves.
func (s *Service) Draft(ctx context.Context, by access.Session, id DraftID) (d Manuscript, saves []Revision, err error) {
	if _, err := by.Require(access.TrainingSceneRead); err != nil {
		return d, nil, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) (err error) {
		if d, err = draftOf(tx, id); err == nil {
			saves, err = revisionsOf(tx, id)
		}
		return err
	})
	return d, saves, err
}

// NewDraft begins a scene: from nothing, from a version that is there, or from a file.
type NewDraft struct {
	Title   string   `json:"title,omitempty" doc:"名称；从头写的必填"`
	SetOn   law.Date `json:"set_on,omitempty" doc:"情景日期，按这一天的法律判断；从头写的必填"`
	Party   string   `json:"party,omitempty" doc:"当事人怎么称呼"`
	Figure  string   `json:"figure,omitempty" doc:"当事人的样子"`
	Place   string   `json:"place,omitempty" doc:"场地"`
	Content string   `json:"content,omitempty" doc:"情景文件，YAML、JSON 或者 Twee 3；给了文件，其余不用填"`
}

// Make begins a scene.
func (s *Service) Make(ctx context.Context, by access.Session, in NewDraft) (DraftID, error) {
	if in.Content != "" {
		return s.Import(ctx, by, []byte(in.Content))
	}
	var bad fault.Fields
	in.Title, in.Party = strings.TrimSpace(in.Title), strings.TrimSpace(in.Party)
	if in.Title == "" || len([]rune(in.Title)) > maxTitle {
		bad.Add("title", "请写名称，最多 %d 个字", maxTitle)
	}
	if in.SetOn.IsZero() {
		bad.Add("set_on", "请选情景日期：按这一天的法律判断")
	}
	if in.Party == "" || len([]rune(in.Party)) > maxTitle {
		bad.Add("party", "请写当事人怎么称呼，例如 卢大姐")
	}
	if !oneOf(in.Figure, scene.Figures) {
		bad.Add("figure", "请选当事人的样子")
	}
	if !oneOf(in.Place, scene.Backdrops) {
		bad.Add("place", "请选场地")
	}
	if err := bad.Err(); err != nil {
		return 0, err
	}
	x := blank(in.Title, in.Party, in.Figure, in.Place, in.SetOn)
	return s.begin(ctx, by, in, x, "从头写")
}

const maxTitle = 40

func oneOf(s string, list []string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// Import takes a file in as a draft. What cannot be read is refused at once; what cannot be played or published is said on
// the draft's page. A story in Twee brings along what is left to write in its todo.
func (s *Service) Import(ctx context.Context, by access.Session, content []byte) (DraftID, error) {
	if _, err := by.Require(access.TrainingManage); err != nil {
		return 0, err
	}
	from := "从文件导入"
	if scene.IsTwee(content) {
		draft, _, err := scene.FromTwee(string(content))
		if err != nil {
			return 0, fault.InvalidField("file", "%s", err)
		}
		content, from = draft, "从 Twee 导入"
	}
	x, err := scene.Parse(content)
	if err != nil {
		return 0, fault.InvalidField("file", "%s", err)
	}
	if strings.TrimSpace(x.ID) == "" || strings.TrimSpace(x.Title) == "" {
		return 0, fault.InvalidField("file", "情景没有编号（id）或者没有名称（title）")
	}
	return s.begin(ctx, by, string(content), x, from)
}

// Copy begins a draft from a version: as another scene of the bureau's own, or as the next version of the same.
func (s *Service) Copy(ctx context.Context, by access.Session, id SceneID, another bool) (DraftID, error) {
	if _, err := by.Require(access.TrainingManage); err != nil {
		return 0, err
	}
	var v Scene
	if err := s.DB.View(ctx, func(tx *store.Tx) (err error) { v, err = sceneOf(tx, id); return err }); err != nil {
		return 0, err
	}
	x, err := scene.Parse([]byte(v.Content))
	if err != nil {
		return 0, err
	}
	if bool(v.Builtin) && !another {
		return 0, fault.New(fault.Conflict, "随程序的情景由程序更新，不能改出新的一版。请复制成本局的情景再改")
	}
	from := "由《" + v.Title + "》第 " + strconv.Itoa(v.Number) + " 版改出"
	if another {
		x.ID, x.Title, from = "", x.Title+"（本局）", "由《"+v.Title+"》第 "+strconv.Itoa(v.Number)+" 版复制"
	}
	return s.begin(ctx, by, []any{id, another}, x, from)
}

// begin keeps a scenario as the first save of a draft; one without a code gets its own.
func (s *Service) begin(ctx context.Context, by access.Session, body any, x *scene.Scenario, from string) (DraftID, error) {
	if _, err := by.Require(access.TrainingManage); err != nil {
		return 0, err
	}
	at, _, err := s.DB.Once(ctx, by.Once(kindDraftMade, body), func(tx *store.Tx) (string, error) {
		now := store.Micros(tx.Now)
		d := Manuscript{ID: DraftID(store.NewID()), Origin: from, State: Writing, Author: by.Name(), AuthorID: by.Account(), MadeAt: now, Version: 1}
		if x.ID == "" {
			x.ID = "own_" + strconv.FormatInt(int64(d.ID), 36)
		}
		x.Version = 1
		if err := d.write(x); err != nil {
			return "", err
		}
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindDraftMade, Subject: d.Subject(), Data: map[string]any{"scene": d.Code, "title": d.Title, "from": from}})
		if err != nil {
			return "", err
		}
		d.Entry = int64(e)
		if err := d.keep(tx, by, Revision{What: from}); err != nil {
			return "", err
		}
		return d.URL(), insert(tx, &d)
	})
	return DraftID(store.IDAt(at)), err
}

// write puts a scenario into the draft.
func (d *Manuscript) write(x *scene.Scenario) error {
	text, err := scene.Marshal(x)
	if err != nil {
		return err
	}
	if len(text) > scene.MaxBytes {
		return fault.New(fault.Invalid, "情景超过 1 MB，请删去一些")
	}
	d.Code, d.Title, d.SetOn, d.Content = x.ID, x.Title, x.SetOn, string(text)
	return nil
}

// together is how long saves that were made by themselves count as one.
const together = int64(10 * 60 * 1e6)

// keep adds a save. One that was made by itself takes the place of the last when that was, too, of the same person and the
// same part, and not long ago: else undoing would go back word by word.
func (d *Manuscript) keep(tx *store.Tx, by access.Session, r Revision) error {
	now := store.Micros(tx.Now)
	r.Draft, r.Content, r.Account, r.Name, r.At, r.Entry = d.ID, d.Content, by.Account(), by.Name(), now, d.Entry
	d.SavedAt, d.SavedBy = now, by.Name()
	if bool(r.Auto) && d.Revision > 0 {
		last, err := revisionOf(tx, d.ID, d.Revision)
		if err != nil {
			return err
		}
		if bool(last.Auto) && last.Account == r.Account && last.What == r.What && now-last.At < together {
			r.Number = last.Number
			_, err := tx.DB().NewUpdate().Model(&r).WherePK().Exec(tx.Ctx)
			return err
		}
	}
	d.Revision++
	r.Number = d.Revision
	return insert(tx, &r)
}

// SaveInput changes a draft. Version is the one that the person saw.
type SaveInput struct {
	Version int64  `json:"version" required:"true" doc:"看到的版本；别人改过以后答复 409"`
	Content string `json:"content" doc:"改好的情景，YAML 或者 JSON，整份"`
}

// Save replaces what a draft says.
func (s *Service) Save(ctx context.Context, by access.Session, id DraftID, in SaveInput) error {
	x, err := scene.Parse([]byte(in.Content))
	if err != nil {
		return fault.InvalidField("content", "%s", err)
	}
	return s.Edit(ctx, by, id, Change{Version: in.Version, What: "整份替换", Body: in.Content}, func(old *scene.Scenario) error {
		code := old.ID
		*old = *x
		old.ID = code
		return nil
	})
}

// Change is one change of a draft: what is changed in words, whether the page saved by itself, and what was sent.
type Change struct {
	Version int64
	What    string
	Auto    bool
	Body    any
}

// Edit changes a draft and keeps the change as a save.
func (s *Service) Edit(ctx context.Context, by access.Session, id DraftID, c Change, edit func(*scene.Scenario) error) error {
	return s.onDraft(ctx, by, id, c.Version, kindDraftSaved, []any{c.What, c.Auto, c.Body}, func(tx *store.Tx, d *Manuscript) (map[string]any, error) {
		if err := d.open(); err != nil {
			return nil, err
		}
		x, err := d.Scenario()
		if err != nil {
			return nil, err
		}
		if err := edit(x); err != nil {
			return nil, err
		}
		if strings.TrimSpace(x.Title) == "" {
			return nil, fault.InvalidField("title", "请写名称")
		}
		if err := d.write(x); err != nil {
			return nil, err
		}
		return map[string]any{"what": c.What}, nil
	}, Revision{What: c.What, Auto: store.Flag(c.Auto)})
}

// Restore goes back to an earlier save; what came after it stays in the list.
func (s *Service) Restore(ctx context.Context, by access.Session, id DraftID, version int64, to int) error {
	r := Revision{What: "回到第 " + strconv.Itoa(to) + " 次保存", Restored: to}
	return s.onDraft(ctx, by, id, version, kindDraftSaved, to, func(tx *store.Tx, d *Manuscript) (map[string]any, error) {
		if err := d.open(); err != nil {
			return nil, err
		}
		old, err := revisionOf(tx, id, to)
		if err != nil {
			return nil, err
		}
		x, err := scene.Parse([]byte(old.Content))
		if err != nil {
			return nil, err
		}
		return map[string]any{"what": r.What}, d.write(x)
	}, r)
}

// onDraft changes a draft in one transaction with its entry; a revision with words keeps what it then says.
func (s *Service) onDraft(ctx context.Context, by access.Session, id DraftID, version int64, kind string, body any, f func(*store.Tx, *Manuscript) (map[string]any, error), r Revision) error {
	if _, err := by.Require(access.TrainingManage); err != nil {
		return err
	}
	_, _, err := s.DB.Once(ctx, by.Once(kind, []any{id, version, body}), func(tx *store.Tx) (string, error) {
		d, err := draftOf(tx, id)
		if err != nil {
			return "", err
		}
		if d.Version != version {
			return "", fault.Stale(nounDraft)
		}
		data, err := f(tx, &d)
		if err != nil {
			return "", err
		}
		data["title"] = d.Title
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: d.Subject(), Data: data})
		if err != nil {
			return "", err
		}
		d.Entry = int64(e)
		if r.What != "" {
			if err := d.keep(tx, by, r); err != nil {
				return "", err
			}
		}
		return d.URL(), saveDraft(tx, &d)
	})
	return err
}

// undoTo is the save before the one that the draft now says; 0 when there is none.
func undoTo(saves []Revision) int {
	if len(saves) == 0 {
		return 0
	}
	return saves[0].base() - 1
}
