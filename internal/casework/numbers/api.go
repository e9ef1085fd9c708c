package numbers

import (
	"context"
	"time"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/law"
)

// NumbersIn narrows the register.
type NumbersIn struct {
	Year  string `query:"year" doc:"四位数的年份；不填是今年"`
	State string `query:"state" doc:"asked 待批准、open 在办、closed 办结、gap 全部空缺、unexplained 空缺待说明，或者一种空缺的名称；不填是全部"`
	Unit  string `query:"unit" doc:"承办单位"`
	Words string `query:"q" doc:"案件号、当事人、地点、案由"`
	After string `query:"after"`
}

// CaseNumber is a line of the register for programs.
type CaseNumber struct {
	Name       string         `json:"name" doc:"案件号；没有用的一段号写起止"`
	Prefix     string         `json:"prefix"`
	Year       int64          `json:"year"`
	First      int64          `json:"first"`
	Last       int64          `json:"last"`
	State      string         `json:"state" enum:"asked,open,closed,return_filing,decline_filing,left,withdrawn,merged,failed,void,unused"`
	StateLabel string         `json:"state_label"`
	Gap        bool           `json:"gap" doc:"这个号没有案件在办"`
	Explained  bool           `json:"explained"`
	Case       string         `json:"case,omitempty"`
	Party      string         `json:"party"`
	Matter     string         `json:"matter" doc:"案由，还没有认定的是线索内容"`
	Unit       string         `json:"unit"`
	AppliedOn  law.Date       `json:"applied_on"`
	Applicant  string         `json:"applicant"`
	Parts      []string       `json:"parts,omitempty" doc:"分案分出的案件号"`
	Why        []NumberReason `json:"why,omitempty" doc:"空缺的说明"`
}

// NumberReason is who said when why a number was not used.
type NumberReason struct {
	Who  string    `json:"who"`
	At   time.Time `json:"at"`
	What string    `json:"what"`
}

// API adds the calls of the register.
func (s *Service) API(a *api.API) {
	api.Get(a, api.Operation{
		ID: "listCaseNumbers", Path: "/case-numbers", Group: "文书号段", Allow: access.CaseRead, Summary: "案件号登记簿",
		Detail: "一年的案件号按号码顺序排列，没有用的号也列出，写明去向；用 next 的值作 after 取下一页",
	}, s.apiList)
	api.Post(a, api.Operation{ID: "explainCaseNumber", Path: "/case-numbers/notes", Group: "文书号段", Allow: access.SeriesManage, Summary: "说明案件号为什么空缺", Detail: "说明只增不改"},
		func(ctx context.Context, by access.Session, _ string, in ExplainInput) (api.Made[api.Nothing], error) {
			return api.Made[api.Nothing]{Location: api.Base + "/case-numbers"}, s.Explain(ctx, by, in)
		})
}

func (s *Service) apiList(ctx context.Context, by access.Session, in NumbersIn) (out api.List[CaseNumber], err error) {
	f, err := filterOf(in.form())
	if err != nil {
		return out, err
	}
	page, err := s.List(ctx, by, f, in.After)
	return api.ListOf(page.Rows, page.Prev, page.Next, caseNumber), err
}

func caseNumber(n Number) CaseNumber {
	out := CaseNumber{
		Name: n.Name(), Prefix: n.Prefix, Year: n.Year, First: n.First, Last: n.Last, State: string(n.State), StateLabel: n.State.Label(), Gap: n.State.IsGap(), Explained: n.Explained(),
		Party: n.PartyName, Matter: n.Matter(), Unit: n.Unit, AppliedOn: n.AppliedOn(), Applicant: n.Applicant, Parts: n.Parts,
	}
	if n.Case != 0 {
		out.Case = n.Case.String()
	}
	for _, e := range n.Why {
		out.Why = append(out.Why, NumberReason(e))
	}
	return out
}
