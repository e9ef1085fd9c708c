package casework

import (
	"context"
	"errors"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

const apiGroup = "案件"

// API adds the operations of the case: reading, and one for each act of the on-the-spot table, with the
// permission that the table names. They call the very commands that the pages call.
func (s *Service) API(a *api.API) {
	s.apiRead(a)
	s.apiStreet(a)
	s.apiDecision(a)
	s.apiEnding(a)
	s.apiOutputs(a)
	s.apiOriginals(a)
	s.apiBooklets(a)
	s.apiPlans(a)
	s.apiPapers(a)
	s.apiTodo(a)
	s.apiSeries(a)
	s.apiStaffing(a)
	s.apiViews(a)
	s.apiParties(a)
	s.apiMoney(a)
}

func (s *Service) apiRead(a *api.API) {
	api.Get(a, api.Operation{
		ID: "listCases", Path: "/cases", Group: apiGroup, Allow: access.CaseRead, Summary: "查案件",
		Detail: "按发现时间从新到旧，每页 50 件；用 next 的值作 after 取下一页",
	}, s.apiList)
	api.Get(a, api.Operation{ID: "getCase", Path: "/cases/{id}", Group: apiGroup, Allow: access.CaseRead, Summary: "看一个案件的全部记录"},
		func(ctx context.Context, by access.Session, in caseParam) (CaseFile, error) {
			f, err := s.apiFile(ctx, by, in.ID)
			if err != nil {
				return CaseFile{}, err
			}
			return caseFile(f), nil
		})
	api.Get(a, api.Operation{
		ID: "listChoices", Path: "/cases/{id}/choices", Group: apiGroup, Allow: access.CaseRead, Summary: "现在能办哪些步骤，各还缺什么",
		Detail: "与页面上按钮变灰的理由相同：缺的每一项都列出规则和法条",
	},
		func(ctx context.Context, by access.Session, in caseParam) (CaseChoices, error) {
			f, err := s.apiFile(ctx, by, in.ID)
			if err != nil {
				return CaseChoices{}, err
			}
			return CaseChoices{caseHead(f.Case, f.Decision), caseChoices(f.Choices)}, nil
		})
	api.Get(a, api.Operation{ID: "compareCase", Path: "/cases/{id}/similar", Group: apiGroup, Allow: access.CaseRead, Summary: "和本局同类案件比较", Detail: "同一案由、同一裁量阶次，近两年已结案的罚款怎样分布；没有拟定处罚的案件 count 是 0"},
		func(ctx context.Context, by access.Session, in caseParam) (Similar, error) {
			id, err := caseIDOf(in.ID)
			if err != nil {
				return Similar{}, err
			}
			out, err := s.SimilarTo(ctx, by, id)
			if err != nil || out == nil {
				return Similar{Latest: []SimilarRef{}}, err
			}
			return *out, nil
		})
	api.Post(a, api.Operation{
		ID: "showParty", Path: "/cases/{id}/personal", Group: apiGroup, Allow: access.PersonalRead, Summary: "写明理由，看当事人的完整信息",
		Detail: "谁、什么时候、为什么看，先记入办案留痕，再给出内容；每次调用记一次",
	}, func(ctx context.Context, by access.Session, text string, in PersonalBody) (out api.Made[CaseParty], err error) {
		id, err := caseIDOf(text)
		if err != nil {
			return out, err
		}
		p, err := s.ShowParty(ctx, by, id, in.Reason)
		return api.Made[CaseParty]{Location: id.apiURL(), Body: caseParty(p)}, err
	})
	api.Post(a, api.Operation{ID: "registerLead", Path: "/leads", Group: apiGroup, Allow: access.LeadRegister, Summary: "登记线索"},
		func(ctx context.Context, by access.Session, _ string, in LeadInput) (api.Made[CaseHead], error) {
			id, err := s.RegisterLead(ctx, by, in)
			if err != nil {
				return api.Made[CaseHead]{}, err
			}
			return s.apiMade(ctx, by, id)
		})
}

// PersonalBody asks for personal data in full.
type PersonalBody struct {
	Reason string `json:"reason" doc:"为什么要看"`
}

type caseParam struct {
	ID string `path:"id" doc:"案件编号"`
}

func caseIDOf(text string) (CaseID, error) {
	n, err := store.ParseID(text)
	if err != nil {
		return 0, fault.Missing("这个案件")
	}
	return CaseID(n), nil
}

func (s *Service) apiFile(ctx context.Context, by access.Session, text string) (*File, error) {
	id, err := caseIDOf(text)
	if err != nil {
		return nil, err
	}
	return s.View(ctx, by, id)
}

type caseQuery struct {
	Words        string `query:"q" doc:"文号、当事人、地点或者其他文字"`
	State        string `query:"state" doc:"状态代码；open 是所有未结的"`
	Procedure    string `query:"procedure" enum:"onspot,ordinary" doc:"程序：简易或者普通"`
	Power        string `query:"power" doc:"案由的权责编码"`
	Unit         string `query:"unit" doc:"办案单位及其下级"`
	Officer      string `query:"officer" doc:"主办或协办人员"`
	Ending       string `query:"ending" doc:"结案方式代码"`
	Source       string `query:"source" enum:"patrol,complaint,assigned,transfer,device,random" doc:"线索来源"`
	From         string `query:"from" doc:"发现日期自 YYYY-MM-DD"`
	Until        string `query:"until" doc:"发现日期至"`
	DecidedFrom  string `query:"decided_from" doc:"决定日期自"`
	DecidedUntil string `query:"decided_until" doc:"决定日期至"`
	After        string `query:"after" doc:"上一页答复里 next 的值"`
}

func (q caseQuery) filter() (Filter, error) {
	var fs fault.Fields
	date := func(name, text string) (d law.Date) {
		if text == "" {
			return d
		}
		d, err := law.ParseDate(text)
		if err != nil {
			fs.Add(name, "%s", err)
		}
		return d
	}
	id := func(name, text string) (n int64) {
		if text == "" {
			return 0
		}
		n, err := store.ParseID(text)
		if err != nil {
			fs.Add(name, "%s", err)
		}
		return n
	}
	f := Filter{
		Words: q.Words, State: q.State, Procedure: ProcedureID(q.Procedure), Power: q.Power, Ending: q.Ending, Source: q.Source, Unit: access.UnitID(id("unit", q.Unit)), Officer: id("officer", q.Officer),
		From: date("from", q.From), Until: date("until", q.Until), DecidedFrom: date("decided_from", q.DecidedFrom), DecidedUntil: date("decided_until", q.DecidedUntil),
	}
	return f, fs.Err()
}

func (s *Service) apiList(ctx context.Context, by access.Session, q caseQuery) (CasePage, error) {
	f, err := q.filter()
	if err != nil {
		return CasePage{}, err
	}
	page, err := s.List(ctx, by, f, q.After)
	if err != nil {
		return CasePage{}, err
	}
	out := CasePage{Items: make([]CaseRow, len(page.Rows)), Total: min(page.Total, store.CountLimit), More: page.Total > store.CountLimit, Prev: page.Prev, Next: page.Next}
	for i, r := range page.Rows {
		out.Items[i] = caseRow(r)
	}
	return out, nil
}

// apiMade answers a write with where the case is and how it now stands.
func (s *Service) apiMade(ctx context.Context, by access.Session, id CaseID) (api.Made[CaseHead], error) {
	out := api.Made[CaseHead]{Location: id.apiURL(), Body: CaseHead{ID: id}}
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return out, nil // the act was done; who may not read cases is told no more
	}
	err = s.DB.Look(ctx, func(tx *store.Tx) error {
		c, p, err := head(tx, scope, id)
		if err == nil {
			out.Body = caseHead(c, p)
		}
		return err
	})
	return out, err
}

func (id CaseID) apiURL() string { return api.Base + "/cases/" + id.String() }

// versioned is a body that names the version of the case that the caller saw.
type versioned interface{ seen() int64 }

// OnVersion is the part of a body that says which version of the case the caller saw.
type OnVersion struct {
	Version int64 `json:"version" required:"true" doc:"看到的案件版本；别人改过以后答复 409，要重新读取再办" ask:"hidden"`
	// Free and Preview are for acts that issue papers.
	Free    map[string]string `json:"free,omitempty" doc:"改写文书中可以改写的文字：文书种类.部分，例如 penalty_decision.facts，见预览的 free；法律规定的内容不能改写" ask:"hidden"`
	Preview bool              `json:"preview,omitempty" doc:"只预览要出具的文书，不办理、不取号、不保存" ask:"hidden"`
}

// drafting is what the call says of the papers of its act.
func (v OnVersion) drafting() *drafting { return &drafting{free: v.Free, try: v.Preview} }

func (v OnVersion) seen() int64 { return v.Version }

func (v *OnVersion) setSeen(version int64) { v.Version = version }

// WhyBody is a body with nothing but a reason.
type WhyBody struct {
	OnVersion
	Why string `json:"why" doc:"理由"`
}

// apiCall says where an act of the table is and what it needs beyond the table.
type apiCall struct {
	path, detail string
	maxBody      int64
	// acts are the acts of the table that the call may do; the first names it and its permission.
	acts []string
}

// onCase adds an operation that does an act of the table. A stale version, and any other conflict, points
// to the case as it is now.
func onCase[B any](a *api.API, s *Service, call apiCall, do func(ctx context.Context, by access.Session, id CaseID, in B) error) {
	act, ok := findAct(call.acts[0])
	if !ok {
		panic("casework: no act " + call.acts[0]) // the table and this file are one program
	}
	op := api.Operation{ID: act.ID, Path: "/cases/{id}/" + call.path, Group: apiGroup, Allow: access.Permission(act.By), Summary: act.Name, Detail: call.detail, MaxBody: call.maxBody}
	if op.ID == "recheck" { // the recheck door has this name in the interface
		op.ID = "recheck_correction"
	}
	api.Post(a, op, func(ctx context.Context, by access.Session, text string, in B) (api.Made[CaseHead], error) {
		id, err := caseIDOf(text)
		if err != nil {
			return api.Made[CaseHead]{}, err
		}
		if v, ok := any(in).(versioned); ok && v.seen() <= 0 {
			if err := s.visible(ctx, by, id); err != nil {
				return api.Made[CaseHead]{}, err
			}
			return api.Made[CaseHead]{}, fault.InvalidField("version", "请填写看到的案件版本")
		}
		words, err := draftingBy(in, act)
		if err != nil {
			return api.Made[CaseHead]{}, err
		}
		err = do(words.within(ctx), by, id, in)
		if words.try && (err == nil || errors.Is(err, store.ErrRehearsed)) {
			return s.apiPreviewed(id, words)
		}
		if err != nil {
			return api.Made[CaseHead]{}, atCase(err, id)
		}
		return s.apiMade(ctx, by, id)
	})
}

func atCase(err error, id CaseID) error {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Conflict {
		return err
	}
	here := *f
	here.Location = id.apiURL()
	return &here
}
