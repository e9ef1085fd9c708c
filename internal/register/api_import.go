package register

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/draft"
)

// RegisterImportOut is a batch of records that came in a file.
type RegisterImportOut struct {
	ID       draft.BatchID `json:"id"`
	Register string        `json:"register" doc:"台账的编号"`
	State    string        `json:"state" enum:"published,undone"`
	Records  int64         `json:"records" doc:"登记了几条"`
	Changed  int           `json:"changed" doc:"登记以后改过的"`
	By       string        `json:"published_by"`
	Undone   string        `json:"undone_by"`
	Reason   string        `json:"reason" doc:"为什么撤回"`
	Version  int64         `json:"version"`
}

func (s *Service) importAPI(a *api.API) {
	s.drafts.API(a, "register", "/register-import", apiGroup, access.RegisterWrite)
	api.Get(a, api.Operation{ID: "getRegisterImport", Path: "/registers/imports/{id}", Group: apiGroup, Allow: access.RegisterWrite, Summary: "一批导入的台账记录"},
		func(ctx context.Context, by access.Session, in api.One) (out RegisterImportOut, err error) {
			id, err := api.IDOf[draft.BatchID](in.ID, nounImport)
			if err != nil {
				return out, err
			}
			x, err := s.Import(ctx, by, id)
			m := x.Import
			return RegisterImportOut{m.ID, m.Code, m.State, m.Records, x.Changed, m.PublishedBy, m.UndoneBy, m.Reason, m.Version}, err
		})
	api.Act(a, api.Operation{ID: "undoRegisterImport", Path: "/registers/imports/{id}/undo", Group: apiGroup, Allow: access.RegisterManage, Summary: "撤回整批导入的记录，每一条都作废"}, nounImport,
		func(ctx context.Context, by access.Session, id draft.BatchID, in api.Reasoned) error {
			return s.Undo(ctx, by, id, in.Version, in.Reason)
		})
}
