package training

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/training/scene"
)

// SceneOut is a scene for programs; its content is given only to whoever manages scenes.
type SceneOut struct {
	ID      string   `json:"id"`
	Code    string   `json:"code"`
	Number  int      `json:"number" doc:"第几版"`
	Title   string   `json:"title"`
	Edition string   `json:"edition" doc:"旧法对照的写明"`
	SetOn   law.Date `json:"set_on" doc:"情景日期，按这一天的法律判断"`
	State   string   `json:"state" enum:"draft,published,ended"`
	Version int64    `json:"version"`
	Content string   `json:"content,omitempty" doc:"YAML，只在单独取一版时给出"`
}

func sceneOut(x Scene) SceneOut {
	return SceneOut{ID: x.ID.String(), Code: x.Code, Number: x.Number, Title: x.Title, Edition: x.Edition, SetOn: x.SetOn, State: string(x.State), Version: x.Version, Content: x.Content}
}

// DraftOut is a scene that is being written.
type DraftOut struct {
	ID       string   `json:"id"`
	Code     string   `json:"code" doc:"发布以后的编号"`
	Title    string   `json:"title"`
	SetOn    law.Date `json:"set_on"`
	State    string   `json:"state" enum:"writing,submitted,finished,dropped"`
	Origin   string   `json:"origin" doc:"从哪里来"`
	Author   string   `json:"author"`
	SavedBy  string   `json:"saved_by"`
	Returned string   `json:"returned,omitempty" doc:"为什么退回"`
	Revision int      `json:"revision" doc:"第几次保存"`
	Scene    string   `json:"scene,omitempty" doc:"送审的一版"`
	Version  int64    `json:"version"`
}

func draftOut(d Manuscript) DraftOut {
	out := DraftOut{ID: d.ID.String(), Code: d.Code, Title: d.Title, SetOn: d.SetOn, State: string(d.State), Origin: d.Origin, Author: d.Author, SavedBy: d.SavedBy, Returned: d.Returned, Revision: d.Revision, Version: d.Version}
	if d.Scene != 0 {
		out.Scene = d.Scene.String()
	}
	return out
}

// SaveOut is a save of a draft.
type SaveOut struct {
	Number int    `json:"number"`
	What   string `json:"what"`
	Name   string `json:"name"`
}

// WholeDraftOut is a draft with what it says, what is wrong with it and its last saves.
type WholeDraftOut struct {
	DraftOut
	Content string        `json:"content" doc:"YAML"`
	Faults  []scene.Fault `json:"faults" doc:"要改好才能送审的"`
	Saves   []SaveOut     `json:"saves" doc:"最近的在前"`
}

// DraftsQuery chooses drafts.
type DraftsQuery struct {
	Words string `query:"q" doc:"名称、作者里有的字"`
	State string `query:"state" enum:"writing,submitted,finished,dropped" doc:"状态"`
	After string `query:"after" doc:"接着哪一页"`
}

// CopyBody says what a draft made from a version becomes.
type CopyBody struct {
	Another bool `json:"another" doc:"true 复制成另一个情景，false 改出新的一版"`
}

// RestoreBody goes back to a save.
type RestoreBody struct {
	api.Seen
	To int `json:"to" doc:"回到第几次保存"`
}

func (s *Service) sceneAPI(a *api.API) {
	look, manage, approve := access.TrainingSceneRead, access.TrainingManage, access.TrainingSceneApprove
	api.Get(a, api.Operation{ID: "listSceneVersions", Path: "/training/versions", Group: apiGroup, Allow: look, Summary: "情景的各版"},
		func(ctx context.Context, by access.Session, _ api.Nothing) (api.List[SceneOut], error) {
			all, err := s.Scenes(ctx, by)
			return api.ListOf(all, "", "", sceneOut), err
		})
	api.Get(a, api.Operation{ID: "getSceneVersion", Path: "/training/versions/{id}", Group: apiGroup, Allow: look, Summary: "情景的一版，连同内容"},
		func(ctx context.Context, _ access.Session, in api.One) (out SceneOut, err error) {
			id, err := api.IDOf[SceneID](in.ID, nounScene)
			if err != nil {
				return out, err
			}
			err = s.DB.View(ctx, func(tx *store.Tx) error {
				x, err := sceneOf(tx, id)
				out = sceneOut(x)
				return err
			})
			return out, err
		})
	api.Post(a, api.Operation{ID: "copyScene", Path: "/training/versions/{id}/copy", Group: apiGroup, Allow: manage, Summary: "由情景的一版开始写草稿"},
		func(ctx context.Context, by access.Session, text string, in CopyBody) (out api.Made[api.Done], err error) {
			id, err := api.IDOf[SceneID](text, nounScene)
			if err != nil {
				return out, err
			}
			made, err := s.Copy(ctx, by, id, in.Another)
			return api.Made[api.Done]{Location: api.Base + "/training/drafts/" + made.String(), Body: api.Done{ID: made.String()}}, err
		})
	api.Act(a, api.Operation{ID: "publishScene", Path: "/training/versions/{id}/publish", Group: apiGroup, Allow: approve, Summary: "批准并发布情景；写过的人不能批准"}, nounScene,
		func(ctx context.Context, by access.Session, id SceneID, in api.Seen) error {
			return s.Publish(ctx, by, id, in.Version)
		})
	api.Act(a, api.Operation{ID: "returnScene", Path: "/training/versions/{id}/return", Group: apiGroup, Allow: approve, Summary: "退回情景"}, nounScene,
		func(ctx context.Context, by access.Session, id SceneID, in api.Reasoned) error {
			return s.Return(ctx, by, id, in.Version, in.Reason)
		})
	api.Act(a, api.Operation{ID: "endScene", Path: "/training/versions/{id}/end", Group: apiGroup, Allow: manage, Summary: "停用情景"}, nounScene,
		func(ctx context.Context, by access.Session, id SceneID, in api.Reasoned) error {
			return s.End(ctx, by, id, in.Version, in.Reason)
		})
	s.draftAPI(a)
}

func (s *Service) draftAPI(a *api.API) {
	look, manage := access.TrainingSceneRead, access.TrainingManage
	api.Get(a, api.Operation{ID: "listSceneDrafts", Path: "/training/drafts", Group: apiGroup, Allow: look, Summary: "情景草稿"},
		func(ctx context.Context, by access.Session, in DraftsQuery) (api.List[DraftOut], error) {
			all, prev, next, err := s.Drafts(ctx, by, DraftFilter{in.Words, DraftState(in.State)}, in.After)
			return api.ListOf(all, prev, next, draftOut), err
		})
	api.Get(a, api.Operation{ID: "getSceneDraft", Path: "/training/drafts/{id}", Group: apiGroup, Allow: look, Summary: "一份草稿，连同内容、检查和保存过的各次"}, s.wholeDraftOut)
	api.Add(a, api.Operation{ID: "makeSceneDraft", Path: "/training/drafts", Group: apiGroup, Allow: manage, Summary: "开始写情景：从头写，或者从文件导入", MaxBody: scene.MaxBytes * 2}, s.Make)
	api.Act(a, api.Operation{ID: "editSceneDraft", Path: "/training/drafts/{id}/edit", Group: apiGroup, Allow: manage, Summary: "改草稿，整份替换", MaxBody: scene.MaxBytes * 2}, nounDraft,
		func(ctx context.Context, by access.Session, id DraftID, in SaveInput) error {
			return s.Save(ctx, by, id, in)
		})
	api.Act(a, api.Operation{ID: "restoreSceneDraft", Path: "/training/drafts/{id}/restore", Group: apiGroup, Allow: manage, Summary: "回到以前的一次保存"}, nounDraft,
		func(ctx context.Context, by access.Session, id DraftID, in RestoreBody) error {
			return s.Restore(ctx, by, id, in.Version, in.To)
		})
	api.Act(a, api.Operation{ID: "submitSceneDraft", Path: "/training/drafts/{id}/submit", Group: apiGroup, Allow: manage, Summary: "送审草稿"}, nounDraft,
		func(ctx context.Context, by access.Session, id DraftID, in api.Seen) error {
			return s.Submit(ctx, by, id, in.Version)
		})
	api.Act(a, api.Operation{ID: "withdrawSceneDraft", Path: "/training/drafts/{id}/withdraw", Group: apiGroup, Allow: manage, Summary: "撤回送审的草稿"}, nounDraft,
		func(ctx context.Context, by access.Session, id DraftID, in api.Seen) error {
			return s.Withdraw(ctx, by, id, in.Version)
		})
	api.Act(a, api.Operation{ID: "dropSceneDraft", Path: "/training/drafts/{id}/drop", Group: apiGroup, Allow: manage, Summary: "作废草稿"}, nounDraft,
		func(ctx context.Context, by access.Session, id DraftID, in api.Reasoned) error {
			return s.Drop(ctx, by, id, in.Version, in.Reason)
		})
}

func (s *Service) wholeDraftOut(ctx context.Context, by access.Session, in api.One) (out WholeDraftOut, err error) {
	id, err := api.IDOf[DraftID](in.ID, nounDraft)
	if err != nil {
		return out, err
	}
	d, saves, err := s.Draft(ctx, by, id)
	if err != nil {
		return out, err
	}
	faults, err := s.DraftFaults(d)
	if err != nil {
		return out, err
	}
	out = WholeDraftOut{DraftOut: draftOut(d), Content: d.Content, Faults: append([]scene.Fault{}, faults...), Saves: []SaveOut{}}
	for _, r := range saves {
		out.Saves = append(out.Saves, SaveOut{r.Number, r.What, r.Name})
	}
	return out, nil
}
