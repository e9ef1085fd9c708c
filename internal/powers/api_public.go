package powers

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/law"
	"fadu/internal/store"
)

const publicGroup = "公开信息"

// PublicPowerOut is a power as the public sees it in the list.
type PublicPowerOut struct {
	Code         string   `json:"code"`
	Kind         Kind     `json:"kind"`
	KindLabel    string   `json:"kind_label"`
	Domain       string   `json:"domain"`
	Name         string   `json:"name"`
	Violated     string   `json:"violated" doc:"违反依据"`
	Basis        string   `json:"basis" doc:"实施依据"`
	PenaltyKinds []string `json:"penalty_kinds"`
	Fine         string   `json:"fine" doc:"法定罚款，没有罚款的是空"`
	Correction   bool     `json:"correction_first" doc:"责令改正后逾期不改正、拒不改正的才罚款"`
	Scope        string   `json:"scope"`
	Document     string   `json:"adopt_document"`
	From         law.Date `json:"adopted_from"`
	Until        law.Date `json:"adopted_until"`
}

func publicPowerOut(p PowerItem) PublicPowerOut {
	out := PublicPowerOut{
		Code: p.Code, Kind: p.Kind, KindLabel: p.Kind.Label(), Domain: p.Domain, Name: p.Name, Violated: p.Violated.Han(), Basis: p.Penalty.Han(), PenaltyKinds: append([]string{}, p.PenaltyKinds...),
		Correction: p.CorrectionFirst, Scope: p.Scope, Document: p.Standing.AdoptDocument, From: p.Standing.AdoptedFrom, Until: p.Standing.AdoptedUntil,
	}
	if p.HasFine() {
		out.Fine = p.FineText()
	}
	return out
}

// PublicListOut is a page of the public list.
type PublicListOut struct {
	Items []PublicPowerOut `json:"items"`
	Kinds []KindCountOut   `json:"kinds" doc:"符合文字条件的各类各有几项"`
	Prev  string           `json:"prev,omitempty"`
	Next  string           `json:"next,omitempty"`
}

// KindCountOut is how many powers of a kind there are.
type KindCountOut struct {
	Kind  Kind   `json:"kind"`
	Label string `json:"label"`
	Count int64  `json:"count"`
}

// PublicGuideOut is a service guide as published, without who wrote it.
type PublicGuideOut struct {
	Guide
	Number      int      `json:"number" doc:"第几版"`
	PublishedOn law.Date `json:"published_on"`
}

// PublicPowerPage is all that the public sees of one power.
type PublicPowerPage struct {
	PublicPowerOut
	Guide  *PublicGuideOut `json:"guide" doc:"办事指南，没有公布的是 null"`
	Charts []FlowChart     `json:"charts" doc:"流程图：框和连线，连线的 from、to 是框的次序，从 0 数起"`
}

// apiPublic are the public pages for programs, without an account.
func (s *Service) apiPublic(a *api.API) {
	type query struct {
		Words string `query:"q" doc:"名称、编码、法律、第几条"`
		Kind  string `query:"kind" doc:"类别代码或名称"`
		After string `query:"after" doc:"上一页答复里 next 的值"`
	}
	list := api.Operation{ID: "listPublicPowers", Path: "/public/powers", Group: publicGroup, Allow: access.Public, Summary: "本机关今天行使的权责清单", Detail: "不用登录，与公开的权责清单页相同；按编码排序，每页 50 项"}
	api.Get(a, list, func(ctx context.Context, _ access.Session, q query) (out PublicListOut, err error) {
		kind, _ := fromLabel(kindLabels, q.Kind)
		f := published(q.Words, kind)
		err = s.db.View(ctx, func(tx *store.Tx) error {
			f.On = tx.Today()
			page, err := s.List(tx, f, q.After)
			if err != nil {
				return err
			}
			out = PublicListOut{Items: make([]PublicPowerOut, 0, len(page.Items)), Kinds: []KindCountOut{}, Prev: page.Prev, Next: page.Next}
			for _, p := range page.Items {
				out.Items = append(out.Items, publicPowerOut(p))
			}
			count, _, err := countKinds(tx, f)
			for _, k := range kindLabels {
				if n := count[k.Code]; n > 0 {
					out.Kinds = append(out.Kinds, KindCountOut{k.Code, k.Label, n})
				}
			}
			return err
		})
		return out, err
	})
	type one struct {
		Code string `path:"code" doc:"权责编码"`
	}
	item := api.Operation{ID: "getPublicPower", Path: "/public/powers/{code}", Group: publicGroup, Allow: access.Public, Summary: "一项权责的依据、办事指南和流程图", Detail: "不用登录，与公开页相同；今天不行使的答复 404"}
	api.Get(a, item, func(ctx context.Context, _ access.Session, q one) (out PublicPowerPage, err error) {
		err = s.db.View(ctx, func(tx *store.Tx) error {
			p, g, charts, err := s.publicPower(tx, q.Code)
			if err != nil {
				return err
			}
			out = PublicPowerPage{PublicPowerOut: publicPowerOut(p), Charts: append([]FlowChart{}, charts...)}
			if g != nil {
				out.Guide = &PublicGuideOut{g.Guide, g.Number, g.PublishedOn}
			}
			return nil
		})
		return out, err
	})
}
