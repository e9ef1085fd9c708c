package casework

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/law"
)

// TodoOut is something that waits for the caller.
type TodoOut struct {
	Group  string   `json:"group" doc:"已超期、今天到期等"`
	Case   CaseID   `json:"case"`
	What   string   `json:"what"`
	Title  string   `json:"title"`
	About  string   `json:"about"`
	Action string   `json:"action"`
	Due    law.Date `json:"due"`
}

// TodoList is what waits for the caller; cut says that there is more than was looked at.
type TodoList struct {
	Items []TodoOut `json:"items"`
	Cut   bool      `json:"cut"`
}

func (s *Service) apiTodo(a *api.API) {
	api.Get(a, api.Operation{ID: "listTodo", Path: "/todo", Group: apiGroup, Summary: "我的待办"},
		func(ctx context.Context, by access.Session, _ api.Nothing) (TodoList, error) {
			t, err := s.Todo(ctx, by)
			out := TodoList{Items: []TodoOut{}, Cut: t.Cut}
			for g, items := range t.Groups {
				for _, it := range items {
					out.Items = append(out.Items, TodoOut{todoLabels[g], it.Case, it.What, it.Title, it.About, it.Action, it.Due})
				}
			}
			return out, err
		})
	api.Get(a, api.Operation{ID: "listBookletNumbers", Path: "/booklets/numbers", Group: bookletGroup, Allow: access.CaseRead, Summary: "纸质文书号码的去向"},
		func(ctx context.Context, by access.Session, q numbersQuery) (api.List[NumberOut], error) {
			page, err := s.BookletNumbers(ctx, by, NumberFilter{Words: q.Words, State: NumberState(q.State)}, q.After)
			return api.ListOf(page.Rows, page.Prev, page.Next, func(r NumberRow) NumberOut {
				return NumberOut{numberHead(r.BookletNumber, nil), r.Booklet, r.UnitName, r.HolderName}
			}), err
		})
	onBookletAPI(a, s, "checkBooklet", "check", "盘点", access.SeriesManage, func(ctx context.Context, by access.Session, id BookletID, in StockBody) error {
		_, err := s.CheckBooklet(ctx, by, id, in.Version, in.CheckInput)
		return err
	})
}

type numbersQuery struct {
	Words string `query:"q" doc:"号码的一部分"`
	State string `query:"state" doc:"状态代码"`
	After string `query:"after" doc:"上一页答复里 next 的值"`
}

// NumberOut is a number of the register with its booklet.
type NumberOut struct {
	NumberHead
	Booklet BookletID `json:"booklet"`
	Unit    string    `json:"unit_name"`
	Holder  string    `json:"holder_name"`
}

// StockBody compares a booklet in hand with the register.
type StockBody struct {
	OnVersion
	CheckInput
}
