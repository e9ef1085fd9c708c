package approval

import (
	"bytes"
	"context"
	"encoding/base64"
	"net/http"
	"slices"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

const apiGroup = "审批"

// StepOut is a signature for programs.
type StepOut struct {
	Post     string   `json:"post"`
	Label    string   `json:"label"`
	Name     string   `json:"name"`
	Agreed   bool     `json:"agreed"`
	Opinion  string   `json:"opinion"`
	SignedOn law.Date `json:"signed_on"`
	Reserved bool     `json:"reserved" doc:"不得代签"`
	Mandate  string   `json:"mandate" doc:"凭什么代签"`
	OnPaper  bool     `json:"on_paper" doc:"线下签批，后来补录"`
}

// FormOut is an approval for programs.
type FormOut struct {
	ID      string    `json:"id"`
	Subject string    `json:"subject"`
	Title   string    `json:"title"`
	Chain   string    `json:"chain"`
	Act     string    `json:"act"`
	Purpose string    `json:"purpose"`
	State   string    `json:"state" enum:"asked,returned,signed,done,withdrawn"`
	Turn    string    `json:"turn" doc:"轮到哪个岗位签"`
	Steps   []StepOut `json:"steps"`
	Version int64     `json:"version"`
}

func formOut(a Approval) FormOut {
	out := FormOut{ID: a.ID.String(), Subject: a.Subject(), Title: a.Title, Chain: a.Chain, Act: a.Act, Purpose: a.Purpose, State: string(a.State), Turn: a.Post, Steps: []StepOut{}, Version: a.Version}
	for _, st := range a.Steps {
		out.Steps = append(out.Steps, StepOut{st.Post, st.Label, st.Name, bool(st.Agreed), st.Opinion, st.SignedOn, bool(st.Reserved), st.Mandate, st.Scan != ""})
	}
	return out
}

// RequestBody asks for an approval.
type RequestBody struct {
	Kind    string `json:"kind" doc:"哪一类事，案件是 case"`
	Ref     string `json:"ref" doc:"编号"`
	Of      string `json:"of,omitempty" doc:"针对其中一项的，例如 seizure/12；针对案件本身的空着"`
	Chain   string `json:"chain" doc:"审批表的名称"`
	Act     string `json:"act" doc:"报批的动作"`
	Purpose string `json:"purpose" doc:"事由"`
}

// OpinionBody signs a form.
type OpinionBody struct {
	api.Seen
	Agree   bool   `json:"agree"`
	Opinion string `json:"opinion"`
}

// OnPaperBody enters a signature on paper.
type OnPaperBody struct {
	api.Seen
	Signer   string   `json:"signer" doc:"谁签的，他的账号"`
	SignedOn law.Date `json:"signed_on" doc:"纸上的日期"`
	Agree    bool     `json:"agree"`
	Opinion  string   `json:"opinion"`
	Scan     string   `json:"scan" doc:"签批原件，PDF、JPEG 或者 PNG，Base64"`
}

// MandateBody grants a mandate.
type MandateBody struct {
	Document string   `json:"document"`
	Paired   bool     `json:"paired" doc:"AB 角"`
	Giver    string   `json:"giver" doc:"授权人的账号"`
	Taker    string   `json:"taker" doc:"代签人的账号"`
	Posts    []string `json:"posts"`
	From     law.Date `json:"from"`
	Until    law.Date `json:"until"`
}

// MandateOut is a mandate, also one that has run out.
type MandateOut struct {
	ID       string   `json:"id"`
	Version  int64    `json:"version"`
	Document string   `json:"document"`
	Paired   bool     `json:"paired" doc:"AB 角"`
	Giver    string   `json:"giver"`
	Taker    string   `json:"taker"`
	Posts    []string `json:"posts"`
	From     law.Date `json:"from"`
	Until    law.Date `json:"until"`
	WhyEnded string   `json:"why_ended"`
}

func mandateOut(m Mandate) MandateOut {
	return MandateOut{ID(m.ID).String(), m.Version, m.Document, bool(m.Paired), m.GiverName, m.TakerName, m.Posts(), m.From, m.Until, m.WhyEnded}
}

// API adds the calls of this package.
func (s *Service) API(a *api.API) {
	read := access.CaseRead
	api.Get(a, api.Operation{ID: "approvalInbox", Path: "/approvals", Group: apiGroup, Allow: read, Summary: "待我审批"},
		func(ctx context.Context, by access.Session, _ api.Nothing) (out api.List[FormOut], err error) {
			err = s.DB.View(ctx, func(tx *store.Tx) error {
				rows, err := s.Inbox(tx, by)
				out = api.ListOf(rows, "", "", formOut)
				return err
			})
			return out, err
		})
	api.Get(a, api.Operation{ID: "getApproval", Path: "/approvals/{id}", Group: apiGroup, Allow: read, Summary: "一份审批表"},
		func(ctx context.Context, by access.Session, in api.One) (out FormOut, err error) {
			id, err := api.IDOf[ID](in.ID, "这份审批表")
			if err != nil {
				return out, err
			}
			var found Approval
			err = s.DB.View(ctx, func(tx *store.Tx) error {
				x, err := s.shown(tx, by, by.ScopeFor(read), id)
				found, out = x, formOut(x)
				return err
			})
			if err != nil {
				return FormOut{}, err
			}
			return out, s.saw(ctx, by, &found)
		})
	api.Add(a, api.Operation{ID: "askApproval", Path: "/approvals", Group: apiGroup, Allow: access.CaseHandle, Summary: "报请审批"},
		func(ctx context.Context, by access.Session, in RequestBody) (ID, error) {
			ref, err := store.ParseID(in.Ref)
			if err != nil {
				return 0, fault.Missing("这件事")
			}
			return s.Ask(ctx, by, Request{in.Kind, ref, in.Of, in.Chain, in.Act, in.Purpose})
		})
	s.actAPI(a)
	api.File(a, api.Operation{ID: "getApprovalScan", Path: "/approvals/{id}/scans/{step}", Group: apiGroup, Allow: read, Summary: "线下签批的原件", Detail: "on_paper 的签批才有。查看入办案留痕"},
		[]string{"application/pdf", "image/jpeg", "image/png"}, []api.Param{{Name: "id", Doc: "审批表编号"}, {Name: "step", Doc: "第几个签批，从 1 数起"}}, s.showScan)
	api.Get(a, api.Operation{ID: "listMandates", Path: "/approvals/mandates", Group: apiGroup, Allow: access.SettingManage, Summary: "代签授权"},
		func(ctx context.Context, _ access.Session, _ api.Nothing) (out api.List[MandateOut], err error) {
			err = s.DB.View(ctx, func(tx *store.Tx) error {
				ms, err := mandates(tx)
				out = api.ListOf(ms, "", "", mandateOut)
				return err
			})
			return out, err
		})
	api.Add(a, api.Operation{ID: "grantMandate", Path: "/approvals/mandates", Group: apiGroup, Allow: access.SettingManage, Summary: "登记代签授权"},
		func(ctx context.Context, by access.Session, in MandateBody) (MandateID, error) {
			return s.Grant(ctx, by, MandateInput(in))
		})
	api.Act(a, api.Operation{ID: "endMandate", Path: "/approvals/mandates/{id}/end", Group: apiGroup, Allow: access.SettingManage, Summary: "终止代签授权"}, "这份授权",
		func(ctx context.Context, by access.Session, id MandateID, in api.Reasoned) error {
			return s.EndMandate(ctx, by, id, in.Version, in.Reason)
		})
}

// actAPI adds the acts on one form.
func (s *Service) actAPI(a *api.API) {
	api.Act(a, api.Operation{ID: "signApproval", Path: "/approvals/{id}/sign", Group: apiGroup, Allow: access.CaseRead, Summary: "签署审批意见；最后一签就是办理"}, "这份审批表",
		func(ctx context.Context, by access.Session, id ID, in OpinionBody) error {
			return s.Sign(ctx, by, id, in.Version, in.Agree, in.Opinion)
		})
	api.Act(a, api.Operation{ID: "enterApproval", Path: "/approvals/{id}/enter", Group: apiGroup, Allow: access.CaseFile, Summary: "补录线下签批", MaxBody: maxScan * 4 / 3}, "这份审批表",
		func(ctx context.Context, by access.Session, id ID, in OnPaperBody) error {
			scan, err := base64.StdEncoding.DecodeString(in.Scan)
			kind := http.DetectContentType(scan)
			if err != nil || !slices.Contains([]string{"application/pdf", "image/jpeg", "image/png"}, kind) {
				var fs fault.Fields
				fs.Add("scan", "请附签批原件的扫描件：PDF、JPEG 或者 PNG，写成 Base64")
				return fs.Err()
			}
			return s.Enter(ctx, by, id, in.Version, OnPaper{Login: in.Signer, On: in.SignedOn, Agree: in.Agree, Opinion: in.Opinion, Scan: bytes.NewReader(scan), ScanType: kind})
		})
	api.Act(a, api.Operation{ID: "performApproval", Path: "/approvals/{id}/perform", Group: apiGroup, Allow: access.CaseRead, Summary: "按线下签完的审批表办理"}, "这份审批表",
		func(ctx context.Context, by access.Session, id ID, in api.Seen) error {
			return s.Perform(ctx, by, id, in.Version)
		})
	api.Act(a, api.Operation{ID: "withdrawApproval", Path: "/approvals/{id}/withdraw", Group: apiGroup, Allow: access.CaseRead, Summary: "撤回报批"}, "这份审批表",
		func(ctx context.Context, by access.Session, id ID, in api.Reasoned) error {
			return s.Withdraw(ctx, by, id, in.Version, in.Reason)
		})
}
