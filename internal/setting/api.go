package setting

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/store"
)

const apiGroup = "本局设置"

// SettingOut is a setting for programs.
type SettingOut struct {
	Key     string   `json:"key"`
	Group   string   `json:"group"`
	Label   string   `json:"label"`
	Help    string   `json:"help"`
	Value   string   `json:"value"`
	Said    string   `json:"said" doc:"value 的说法"`
	Decided bool     `json:"decided" doc:"本局定过；没有定过的是默认"`
	Choices []string `json:"choices" doc:"可选的值，空的是自己写"`
	Version int64    `json:"version"`
}

func out(x Standing) SettingOut {
	o := SettingOut{x.Key, x.Group, x.Label, x.Help, x.Value, x.Say(x.Value), x.Decided, []string{}, x.Version}
	for _, c := range x.Choices {
		o.Choices = append(o.Choices, c.Value)
	}
	return o
}

// DecideBody decides a setting.
type DecideBody struct {
	Version int64  `json:"version" doc:"看到的版本，没有定过的是 0"`
	Value   string `json:"value"`
	Reason  string `json:"reason" doc:"本局这样定的文件或者理由"`
}

// API adds the operations of settings.
func (s *Service) API(a *api.API) {
	api.Get(a, api.Operation{ID: "listSettings", Path: "/settings", Group: apiGroup, Allow: access.SettingManage, Summary: "全部设置"},
		func(ctx context.Context, _ access.Session, _ api.Nothing) (list api.List[SettingOut], err error) {
			err = s.db.View(ctx, func(tx *store.Tx) error {
				all, err := s.All(tx)
				list = api.ListOf(all, "", "", out)
				return err
			})
			return list, err
		})
	api.Post(a, api.Operation{ID: "decideSetting", Path: "/settings/{code}", Group: apiGroup, Allow: access.SettingManage, Summary: "定一项设置"},
		func(ctx context.Context, by access.Session, key string, in DecideBody) (api.Made[api.Done], error) {
			return api.Made[api.Done]{Location: api.Base + "/settings", Body: api.Done{ID: key}}, s.Decide(ctx, by, key, in.Value, in.Reason, in.Version)
		})
}
