package casework

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
)

// SavedViewOut is a saved view.
type SavedViewOut struct {
	ID      SavedViewID   `json:"id"`
	Version int64         `json:"version"`
	Name    string        `json:"name"`
	Query   string        `json:"query" doc:"列表网址中问号后面的部分；officer=me 是打开的人自己"`
	Unit    access.UnitID `json:"unit"`
	Mine    bool          `json:"mine" doc:"自己存的；别人共用的只能打开"`
	Shared  bool          `json:"shared"`
	Default bool          `json:"default"`
}

// SavedViewChange is a change of a view.
type SavedViewChange struct {
	api.Seen
	SavedViewInput
}

func (s *Service) apiViews(a *api.API) {
	api.Get(a, api.Operation{ID: "listSavedViews", Path: "/case-views", Group: apiGroup, Allow: access.CaseRead, Summary: "案件列表的常用视图"},
		func(ctx context.Context, by access.Session, _ api.Nothing) (out api.List[SavedViewOut], err error) {
			all, err := s.SavedViews(ctx, by)
			return api.ListOf(all, "", "", func(v SavedView) SavedViewOut {
				return SavedViewOut{v.ID, v.Version, v.Name, v.Query, v.UnitID, v.Owner == int64(by.Account()), bool(v.Shared), v.Default}
			}), err
		})
	api.Post(a, api.Operation{ID: "saveView", Path: "/case-views", Group: apiGroup, Allow: access.CaseRead, Summary: "把列表的条件和列存为视图"},
		func(ctx context.Context, by access.Session, _ string, in SavedViewInput) (api.Made[api.Nothing], error) {
			return api.Made[api.Nothing]{Location: api.Base + "/case-views"}, s.SaveView(ctx, by, in)
		})
	api.Act(a, api.Operation{ID: "changeView", Path: "/case-views/{id}", Group: apiGroup, Allow: access.CaseRead, Summary: "修改视图", Detail: "别人共用的视图只能改 default"}, "这个视图",
		func(ctx context.Context, by access.Session, id SavedViewID, in SavedViewChange) error {
			return s.ChangeView(ctx, by, id, in.Version, in.SavedViewInput)
		})
	api.Act(a, api.Operation{ID: "removeView", Path: "/case-views/{id}/remove", Group: apiGroup, Allow: access.CaseRead, Summary: "删去视图"}, "这个视图",
		func(ctx context.Context, by access.Session, id SavedViewID, in api.Seen) error {
			return s.RemoveView(ctx, by, id, in.Version)
		})
}
