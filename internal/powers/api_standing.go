package powers

import (
	"bytes"
	"context"
	"net/http"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/law"
	"fadu/internal/store"
)

// AdoptBody takes powers up.
type AdoptBody struct {
	Items    []ItemID   `json:"items" doc:"事项版本的编号"`
	Basis    AdoptBasis `json:"basis" doc:"statutory 法定职权、transfer 职能划转、empower 赋权下放"`
	Document string     `json:"document" doc:"批准文件的名称和文号"`
	From     law.Date   `json:"from" doc:"从哪一天起行使"`
}

// AdoptedOut says what an adoption did.
type AdoptedOut struct {
	Done    int      `json:"done"`
	Already []string `json:"already" doc:"早已采用的编码"`
}

// EndBody takes a power away; VerifyBody says that a person held it against its text.
type EndBody struct {
	api.Seen
	Document string   `json:"document" doc:"调整权力的文件名称和文号"`
	Last     law.Date `json:"last" doc:"最后行使的一天"`
}

// VerifyBody says where a person found the text that bears a power out.
type VerifyBody struct {
	api.Seen
	Source string   `json:"source" doc:"核对所用文本的来源"`
	On     law.Date `json:"on" doc:"核对日期"`
}

// PublishBody records that benchmarks or exemptions were published.
type PublishBody struct {
	What        string   `json:"what" doc:"benchmarks 裁量基准、exemptions 不罚清单"`
	Prefix      string   `json:"prefix" doc:"只公布编码以它开头的；空是全部没有公布的"`
	Issuer      string   `json:"issuer" doc:"制定机关"`
	Document    string   `json:"document" doc:"文件名称和文号"`
	PublishedOn law.Date `json:"published_on"`
	From        law.Date `json:"from" doc:"施行日，空是公布日"`
}

// IssuedOut says how many groups were published.
type IssuedOut struct {
	Done int `json:"done"`
}

// GuideBody publishes a guide.
type GuideBody struct {
	Seen int `json:"seen" doc:"所改的是第几版，第一次是 0"`
	Guide
}

// apiStanding adds what a bureau does with the list: adopts, confirms, ends, publishes.
func (s *Service) apiStanding(a *api.API) {
	const record = "这项权责"
	at := api.Base + "/powers"
	api.Post(a, api.Operation{ID: "adoptPowers", Path: "/power-items/adopt", Group: apiGroup, Allow: access.PowerAdopt, Summary: "采用事项", Detail: "再发一次没有害处：已经采用的列在 already 里"},
		func(ctx context.Context, by access.Session, _ string, in AdoptBody) (api.Made[AdoptedOut], error) {
			done, err := s.Adopt(ctx, by, AdoptInput(in))
			return api.Made[AdoptedOut]{Location: at, Body: AdoptedOut{done.Done, append([]string{}, done.Already...)}}, err
		})
	api.Post(a, api.Operation{ID: "issueStandards", Path: "/power-standards/issue", Group: apiGroup, Allow: access.PowerAdopt, Summary: "登记公布裁量基准、不罚清单"},
		func(ctx context.Context, by access.Session, _ string, in PublishBody) (api.Made[IssuedOut], error) {
			n, err := s.issueAll(ctx, by, in.What, in.Prefix, IssueInput{Issuer: in.Issuer, Document: in.Document, PublishedOn: in.PublishedOn, From: in.From})
			return api.Made[IssuedOut]{Location: at, Body: IssuedOut{n}}, err
		})
	api.Act(a, api.Operation{ID: "confirmPower", Path: "/power-items/{id}/confirm", Group: apiGroup, Allow: access.PowerConfirm, Summary: "核实事项"}, record,
		func(ctx context.Context, by access.Session, id ItemID, in VerifyBody) error {
			return s.Confirm(ctx, by, ConfirmInput{Item: id, Version: in.Version, Source: in.Source, On: in.On})
		})
	api.Act(a, api.Operation{ID: "endPower", Path: "/power-items/{id}/end", Group: apiGroup, Allow: access.PowerAdopt, Summary: "停止行使"}, record,
		func(ctx context.Context, by access.Session, id ItemID, in EndBody) error {
			return s.End(ctx, by, EndInput{Item: id, Version: in.Version, Document: in.Document, Last: in.Last})
		})
	api.Post(a, api.Operation{ID: "saveGuide", Path: "/powers/{code}/guide", Group: apiGroup, Allow: access.PowerAdopt, Summary: "公布办事指南的新一版"},
		func(ctx context.Context, by access.Session, code string, in GuideBody) (api.Made[api.Done], error) {
			return api.Made[api.Done]{Location: at + "/" + code, Body: api.Done{ID: code}}, s.SaveGuide(ctx, by, code, in.Seen, in.Guide)
		})
}

// AmendBody changes a proposal.
type AmendBody struct {
	api.Seen
	AdjustInput
}

// FileBody is the basis document's file.
type FileBody struct {
	api.Seen
	Name    string `json:"name" doc:"文件名"`
	Content []byte `json:"content" doc:"Base64"`
}

// SettleBody is what came of looking at an entry.
type SettleBody struct {
	api.Seen
	Outcome Outcome `json:"outcome" doc:"核对的结果"`
	Remark  string  `json:"remark" doc:"核对的情况"`
}

type affectedQuery struct {
	State  string `query:"state" doc:"状态代码，空是待核"`
	Kind   string `query:"kind" doc:"种类代码"`
	Source string `query:"source" doc:"来源：adjustment 或 law"`
	ID     string `query:"id" doc:"来源的编号"`
	After  string `query:"after" doc:"上一页答复里 next 的值"`
}

// AffectedRow is an entry of the list 受影响.
type AffectedRow struct {
	ID      AffectedID `json:"id"`
	Version int64      `json:"version"`
	Source  Source     `json:"source"`
	From    string     `json:"source_id"`
	AffectedOut
}

func (s *Service) apiAffected(a *api.API) {
	api.Get(a, api.Operation{ID: "listAffected", Path: "/power-affected", Group: apiGroup, Allow: access.PowerRead, Summary: "调整和法规变动影响到的内容，新的在前", Detail: "没有查看案件权限的，不列案件和文书"}, s.apiAffectedList)
	api.Act(a, api.Operation{ID: "settleAffected", Path: "/power-affected/{id}", Group: apiGroup, Allow: access.PowerAdopt, Summary: "写明一条受影响的内容核对的结果"}, "这一条",
		func(ctx context.Context, by access.Session, id AffectedID, in SettleBody) error {
			return s.Settle(ctx, by, SettleInput{Entry: id, Version: in.Version, Outcome: in.Outcome, Remark: in.Remark})
		})
}

func (s *Service) apiAffectedList(ctx context.Context, by access.Session, q affectedQuery) (out api.List[AffectedRow], err error) {
	f := AffectedFilter{State: AffectedPending, Source: Source(q.Source)}
	f.Kind, _ = fromLabel(affectedKindLabels, q.Kind)
	if st, ok := fromLabel(affectedStateLabels, q.State); ok {
		f.State = st
	}
	var before AffectedID
	for text, to := range map[string]*int64{q.ID: &f.ID, q.After: (*int64)(&before)} {
		if text == "" {
			continue
		}
		if *to, err = api.IDOf[int64](text, "这一条"); err != nil {
			return out, err
		}
	}
	err = s.db.View(ctx, func(tx *store.Tx) error {
		list, err := s.AffectedList(tx, f, before, adjustPage+1)
		next := ""
		if len(list) > adjustPage {
			list = list[:adjustPage]
			next = list[adjustPage-1].ID.String()
		}
		out = api.List[AffectedRow]{Items: []AffectedRow{}, Next: next}
		for _, x := range list {
			if x.shownTo(by) {
				out.Items = append(out.Items, AffectedRow{x.ID, x.Version, x.Source, AdjustmentID(x.SourceID).String(), affectedOut(x)})
			}
		}
		return err
	})
	return out, err
}

// shownTo reports whether the entry may be shown: cases and papers only to those who may read cases.
func (a Affected) shownTo(by access.Session) bool {
	return a.Kind != AffectedCase && a.Kind != AffectedPaper || by.Can(access.CaseRead)
}

func affectedOut(x Affected) AffectedOut {
	return AffectedOut{x.Kind, x.Kind.Label(), x.Ref, x.Label, x.Note, x.State, x.Outcome, bool(x.Gone)}
}

// attachAPI keeps the basis document's file, as the page does.
func (s *Service) attachAPI(ctx context.Context, by access.Session, id AdjustmentID, in FileBody) error {
	if len(in.Content) == 0 || in.Name == "" {
		return fieldFault("content", "请附上文件，写明文件名")
	}
	kind := http.DetectContentType(in.Content)
	switch {
	case len(in.Content) > maxBasisFile:
		return fieldFault("content", "文件最大 %d MB", maxBasisFile>>20)
	case !slices.ContainsFunc(basisTypes, func(t string) bool { return strings.HasPrefix(kind, t) }):
		return fieldFault("content", "依据文件收 PDF、图片和 DOCX、OFD，不收这一种")
	}
	return s.Attach(ctx, by, id, in.Version, Attachment{Name: in.Name, Type: kind, Body: bytes.NewReader(in.Content)})
}
