package powers

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/fault"
	"fadu/internal/store"
)

type adjustParam struct {
	ID string `path:"id" doc:"调整的编号"`
}

func adjustID(text string) (AdjustmentID, error) {
	n, err := store.ParseID(text)
	if err != nil {
		return 0, fault.Missing("这件调整")
	}
	return AdjustmentID(n), nil
}

// madeAdjustment answers a write with where the adjustment is and how it stands.
func (s *Service) madeAdjustment(ctx context.Context, id AdjustmentID, err error) (api.Made[AdjustmentOut], error) {
	if err != nil {
		return api.Made[AdjustmentOut]{}, err
	}
	out := api.Made[AdjustmentOut]{Location: api.Base + "/power-adjustments/" + id.String()}
	err = s.db.View(ctx, func(tx *store.Tx) error {
		a, err := adjustmentByID(tx, id)
		out.Body = adjustmentOut(a)
		return err
	})
	return out, err
}

type adjustQuery struct {
	Kind   string `query:"kind" doc:"种类代码或名称"`
	State  string `query:"state" doc:"状态代码"`
	Code   string `query:"code" doc:"涉及的权责编码"`
	Before string `query:"before" doc:"上一页最后一件的编号"`
}

func (s *Service) apiAdjust(a *api.API) {
	api.Get(a, api.Operation{ID: "listAdjustments", Path: "/power-adjustments", Group: apiGroup, Allow: access.PowerRead, Summary: "查权责调整", Detail: "从新到旧，每页 30 件；用最后一件的编号作 before 取下一页"},
		func(ctx context.Context, _ access.Session, q adjustQuery) (out AdjustmentsOut, err error) {
			kind, _ := fromLabel(adjustKindLabels, q.Kind)
			var before AdjustmentID
			if q.Before != "" {
				if before, err = adjustID(q.Before); err != nil {
					return out, err
				}
			}
			err = s.db.View(ctx, func(tx *store.Tx) error {
				list, err := s.Adjustments(tx, AdjustFilter{Kind: kind, State: AdjustState(q.State), Code: q.Code}, before, adjustPage)
				out.Items = make([]AdjustmentOut, 0, len(list))
				for _, x := range list {
					out.Items = append(out.Items, adjustmentOut(x))
				}
				return err
			})
			return out, err
		})
	api.Get(a, api.Operation{ID: "getAdjustment", Path: "/power-adjustments/{id}", Group: apiGroup, Allow: access.PowerRead, Summary: "一件权责调整和它影响什么", Detail: "没有查看案件权限的，不列案件和文书"}, s.apiAdjustment)
	api.Post(a, api.Operation{ID: "proposeAdjustment", Path: "/power-adjustments", Group: apiGroup, Allow: access.PowerPropose, Summary: "提出权责调整", Detail: "依据文件的原件另用 file 附上"},
		func(ctx context.Context, by access.Session, _ string, in AdjustInput) (api.Made[AdjustmentOut], error) {
			id, err := s.Propose(ctx, by, in)
			return s.madeAdjustment(ctx, id, err)
		})
	api.Post(a, api.Operation{ID: "amendAdjustment", Path: "/power-adjustments/{id}/edit", Group: apiGroup, Allow: access.PowerPropose, Summary: "修改后重新提出权责调整"},
		func(ctx context.Context, by access.Session, text string, in AmendBody) (api.Made[AdjustmentOut], error) {
			id, err := adjustID(text)
			if err == nil {
				err = s.Amend(ctx, by, id, in.Version, in.AdjustInput)
			}
			return s.madeAdjustment(ctx, id, err)
		})
	api.Post(a, api.Operation{ID: "attachBasis", Path: "/power-adjustments/{id}/file", Group: apiGroup, Allow: access.PowerPropose, Summary: "附上依据文件的原件", MaxBody: maxBasisFile*4/3 + 1<<20},
		func(ctx context.Context, by access.Session, text string, in FileBody) (api.Made[AdjustmentOut], error) {
			id, err := adjustID(text)
			if err == nil {
				err = s.attachAPI(ctx, by, id, in)
			}
			return s.madeAdjustment(ctx, id, err)
		})
	s.apiAdjustActs(a)
}

func (s *Service) apiAdjustment(ctx context.Context, by access.Session, in adjustParam) (out AdjustmentDetail, err error) {
	id, err := adjustID(in.ID)
	if err != nil {
		return out, err
	}
	err = s.db.View(ctx, func(tx *store.Tx) error {
		a, err := adjustmentByID(tx, id)
		if err != nil {
			return err
		}
		out.AdjustmentOut = adjustmentOut(a)
		list, err := affectedOf(tx, SourceAdjustment, int64(id))
		if err == nil && len(list) == 0 && !a.Closed() {
			list, err = s.affectedByAdjustment(tx, a)
		}
		out.Affected = make([]AffectedOut, 0, len(list))
		for _, x := range list {
			if x.shownTo(by) {
				out.Affected = append(out.Affected, affectedOut(x))
			}
		}
		return err
	})
	return out, err
}

// SeenIn is the version that the caller saw.
type SeenIn struct {
	Version int64 `json:"version" doc:"看到的版本"`
}

func (s *Service) apiAdjustActs(a *api.API) {
	type words struct {
		SeenIn
		Text string `json:"text" doc:"意见或者理由"`
	}
	type filing struct {
		SeenIn
		FilingInput
	}
	act := func(id, path string, allow access.Permission, summary string, do func(context.Context, access.Session, AdjustmentID, words) error) {
		api.Post(a, api.Operation{ID: id, Path: "/power-adjustments/{id}/" + path, Group: apiGroup, Allow: allow, Summary: summary},
			func(ctx context.Context, by access.Session, text string, in words) (api.Made[AdjustmentOut], error) {
				id, err := adjustID(text)
				if err == nil {
					err = do(ctx, by, id, in)
				}
				return s.madeAdjustment(ctx, id, err)
			})
	}
	act("checkAdjustment", "check", access.PowerConfirm, "权责调整法制核通过", func(ctx context.Context, by access.Session, id AdjustmentID, in words) error {
		return s.CheckAdjustment(ctx, by, id, in.Version, in.Text)
	})
	act("returnAdjustment", "return", access.PowerConfirm, "退回权责调整", func(ctx context.Context, by access.Session, id AdjustmentID, in words) error {
		return s.ReturnAdjustment(ctx, by, id, in.Version, in.Text)
	})
	act("withdrawAdjustment", "withdraw", access.PowerPropose, "撤回权责调整", func(ctx context.Context, by access.Session, id AdjustmentID, in words) error {
		return s.WithdrawAdjustment(ctx, by, id, in.Version, in.Text)
	})
	api.Post(a, api.Operation{ID: "fileAdjustment", Path: "/power-adjustments/{id}/record", Group: apiGroup, Allow: access.PowerAdopt, Summary: "登记权责调整的备案", Detail: "到生效日自动生效；生效日已到的当即生效"},
		func(ctx context.Context, by access.Session, text string, in filing) (api.Made[AdjustmentOut], error) {
			id, err := adjustID(text)
			if err == nil {
				err = s.FileAdjustment(ctx, by, id, in.Version, in.FilingInput)
			}
			return s.madeAdjustment(ctx, id, err)
		})
}
