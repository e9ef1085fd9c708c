package casework

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/law"
)

// PartyFoundOut is a party that a search found.
type PartyFoundOut struct {
	Case  CaseID    `json:"case" doc:"它的一个案件，用来看全部案件"`
	Party CaseParty `json:"party"`
	Known bool      `json:"known" doc:"身份已经查清；没有查清的只有这一件"`
	Count int       `json:"count" doc:"找到的案件数"`
	Last  law.Date  `json:"last" doc:"最近一件的发现日期"`
}

// PartyCasesOut is what the bureau has of a party.
type PartyCasesOut struct {
	Party   CaseParty        `json:"party"`
	Known   bool             `json:"known"`
	Sums    PartySums        `json:"sums"`
	History *PartyHistoryOut `json:"history,omitempty" doc:"全市两年内的记录，只给办案的人"`
	Items   []PartyCaseOut   `json:"items"`
	Prev    string           `json:"prev,omitempty"`
	Next    string           `json:"next,omitempty"`
}

// PartyCaseOut is a case of a party.
type PartyCaseOut struct {
	CaseRow
	Owing law.Money `json:"owing" doc:"没有缴清的罚款"`
}

// PartyHistoryOut is what 首违 is judged by.
type PartyHistoryOut struct {
	PartyHistory
	Others []PartyElsewhere `json:"others" doc:"数据范围以外的：只有日期、案由、结果、单位"`
}

// PartyElsewhere is a matter of a unit outside the scope.
type PartyElsewhere struct {
	On     string        `json:"on"`
	Cause  string        `json:"cause"`
	Result string        `json:"result"`
	Unit   access.UnitID `json:"unit"`
}

type partyQuery struct {
	Words string `query:"q" doc:"姓名、名称、证件号码或者统一社会信用代码"`
}

type partyCasesQuery struct {
	ID    string `path:"id" doc:"当事人的一个案件"`
	After string `query:"after" doc:"上一页答复里 next 的值"`
}

func (s *Service) apiParties(a *api.API) {
	api.Get(a, api.Operation{ID: "findParties", Path: "/parties", Group: apiGroup, Allow: access.CaseRead, Summary: "按当事人查"},
		func(ctx context.Context, by access.Session, q partyQuery) (out api.List[PartyFoundOut], err error) {
			found, _, err := s.FindParties(ctx, by, q.Words)
			return api.ListOf(found, "", "", func(p PartyFound) PartyFoundOut {
				return PartyFoundOut{p.By, caseParty(p.Party), p.Known, p.Count, p.Last}
			}), err
		})
	api.Get(a, api.Operation{ID: "getParty", Path: "/parties/{id}", Group: apiGroup, Allow: access.CaseRead, Summary: "一个当事人的全部案件", Detail: "用当事人的任一案件的编号查；谁看过记入留痕"},
		func(ctx context.Context, by access.Session, q partyCasesQuery) (PartyCasesOut, error) {
			id, err := caseIDOf(q.ID)
			if err != nil {
				return PartyCasesOut{}, err
			}
			p, err := s.PartyOf(ctx, by, id, q.After)
			if err != nil {
				return PartyCasesOut{}, err
			}
			return partyOut(p), nil
		})
}

func partyOut(p PartyCases) PartyCasesOut {
	out := PartyCasesOut{Party: caseParty(p.Party), Known: p.Known, Sums: p.Sums, Items: []PartyCaseOut{}, Prev: p.Page.Prev, Next: p.Page.Next}
	for _, r := range p.Page.Rows {
		out.Items = append(out.Items, PartyCaseOut{caseRow(r), p.Owing[r.ID]})
	}
	if h := p.History; h != nil {
		out.History = &PartyHistoryOut{PartyHistory: *h, Others: []PartyElsewhere{}}
		for _, e := range h.Others {
			out.History.Others = append(out.History.Others, PartyElsewhere{orWord(e.DecidedOn, "未处罚"), orWord(e.PowerName, "未定案由"), e.result(), access.UnitID(e.Unit)})
		}
	}
	return out
}
