package powers

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

const apiGroup = "权责与法规"

// API adds the operations of powers, benchmarks, laws, the calculator and adjustments. They call what the
// pages call, with the pages' permissions.
func (s *Service) API(a *api.API) {
	s.apiItems(a)
	s.apiPublic(a)
	s.apiLaws(a)
	s.apiAdjust(a)
	s.apiStanding(a)
	s.apiAffected(a)
	s.drafts.API(a, "powers", "/power-imports", apiGroup, access.PowerImport)
}

type itemQuery struct {
	Words  string `query:"q" doc:"名称、编码、法律、第几条"`
	Kind   string `query:"kind" doc:"类别代码或名称"`
	Domain string `query:"domain" doc:"领域"`
	State  string `query:"state" doc:"状态代码或名称：在行使、事项库、待核实、已停止"`
	On     string `query:"on" doc:"在这一天有效 YYYY-MM-DD"`
	After  string `query:"after" doc:"上一页答复里 next 的值"`
}

// dayIn reads a date of a query; empty is none.
func dayIn(fs *fault.Fields, name, s string) (d law.Date) {
	if s == "" {
		return d
	}
	d, err := law.ParseDate(s)
	if err != nil {
		fs.Add(name, "%s", err)
	}
	return d
}

func (s *Service) apiItems(a *api.API) {
	op := api.Operation{ID: "listPowers", Path: "/powers", Group: apiGroup, Allow: access.PowerRead, Summary: "查权责事项", Detail: "按编码排序，每页 50 项；用 next 的值作 after 取下一页"}
	api.Get(a, op, func(ctx context.Context, _ access.Session, q itemQuery) (out ItemPageOut, err error) {
		var fs fault.Fields
		kind, _ := fromLabel(kindLabels, q.Kind)
		state, _ := fromLabel(stateLabels, q.State)
		f := Filter{Words: q.Words, Kind: kind, Domain: q.Domain, State: state, On: dayIn(&fs, "on", q.On)}
		if err := fs.Err(); err != nil {
			return out, err
		}
		err = s.db.View(ctx, func(tx *store.Tx) error {
			page, err := s.List(tx, f, q.After)
			out = ItemPageOut{Items: make([]ItemOut, 0, len(page.Items)), Total: min(page.Total, store.CountLimit), More: page.Total > store.CountLimit, Prev: page.Prev, Next: page.Next}
			for _, p := range page.Items {
				out.Items = append(out.Items, itemOut(p, tx.Today()))
			}
			return err
		})
		return out, err
	})
	type one struct {
		Code string `path:"code" doc:"权责编码"`
		On   string `query:"on" doc:"违法行为日；空为今天"`
	}
	api.Get(a, api.Operation{ID: "getPower", Path: "/powers/{code}", Group: apiGroup, Allow: access.PowerRead, Summary: "一项权责：各版本、基准、不罚情形、调整"},
		func(ctx context.Context, _ access.Session, q one) (out DossierOut, err error) {
			var fs fault.Fields
			on := dayIn(&fs, "on", q.On)
			if err := fs.Err(); err != nil {
				return out, err
			}
			err = s.db.View(ctx, func(tx *store.Tx) error {
				if on.IsZero() {
					on = tx.Today()
				}
				d, err := s.Dossier(tx, q.Code, on)
				if err != nil {
					return err
				}
				adj, err := s.Adjustments(tx, AdjustFilter{Code: d.Item.Code}, 0, adjustPage)
				out = dossierOut(d, adj, on, tx.Today())
				return err
			})
			return out, err
		})
	api.Post(a, api.Operation{ID: "calculateFine", Path: "/powers/{code}/calculation", Group: apiGroup, Allow: access.PowerRead, Pure: true, Summary: "算罚款幅度和阶次", Detail: "与“罚款计算”页相同，带本局同类案件的分布，不含当事人、单位和人员"},
		func(ctx context.Context, _ access.Session, code string, in CalculationIn) (out api.Made[CalculationOut], err error) {
			err = s.db.View(ctx, func(tx *store.Tx) (err error) {
				out.Body, err = s.calculate(tx, code, in)
				return err
			})
			return out, err
		})
}

// calculate assesses an act and adds the bureau's own similar cases.
func (s *Service) calculate(tx *store.Tx, code string, in CalculationIn) (CalculationOut, error) {
	input, err := in.input(code)
	if err != nil {
		return CalculationOut{}, err
	}
	a, err := s.Assess(tx, input)
	if err != nil {
		return CalculationOut{}, err
	}
	out := calculationOut(a)
	if a.HasTier {
		cases, err := s.Similar(tx, a.Item.Code, a.Tier.Tier.Grade.Label())
		if err != nil {
			return out, err
		}
		out.Similar = similarOut(DistributionOf(cases))
	}
	return out, nil
}
