package inquiry

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
)

// CorrectInput orders the party to correct or to stop.
type CorrectInput struct {
	Kind   string   `json:"kind" doc:"责令" ask:"need radio"`
	Demand string   `json:"demand" doc:"具体要求" ask:"need 200" hint:"改正什么，或者停止什么"`
	Due    law.Date `json:"due" doc:"改正期限" hint:"限期改正的填写，到期复查；责令立即改正的不填"`
	Basis  string   `json:"basis" doc:"专门的依据" ask:"100" when:"kind=stop" hint:"法律另有规定的填写，例如：城乡规划法第六十四条"`
}

// Correct orders the party to correct (行政处罚法第二十八条第一款). The day that the paper names is the term's end.
func (s *Service) Correct(ctx context.Context, by access.Session, id casework.CaseID, version int64, in CorrectInput) error {
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "order_correction", Version: version, Named: in.Due, Note: strings.TrimSpace(in.Demand), Input: in,
		Row: func(*store.Tx, *casework.Case) (string, error) {
			return "correction/" + strconv.FormatInt(store.NewID(), 10), nil
		},
		Change: func(tx *store.Tx, _ *casework.Case) error {
			if err := casework.Lacking(in); err != nil {
				return err
			}
			if err := faultIf(in.Kind != "correct" && in.Kind != "stop", "kind", "请选择责令改正或者责令停止"); err != nil {
				return err
			}
			return faultIf(!in.Due.IsZero() && in.Due.Before(tx.Today()), "due", "改正期限不能早于今天")
		},
		Drafts: func(*store.Tx, *casework.Case) ([]casework.Draft, error) {
			due := ""
			if !in.Due.IsZero() {
				due = in.Due.Han()
			}
			if in.Kind == "stop" {
				return []casework.Draft{{Kind: "stop_notice", Part: casework.StopNotice{Stop: in.Demand, Basis: in.Basis, Until: due}}}, nil
			}
			return []casework.Draft{{Kind: casework.CorrectionNotice, Fields: map[string]string{"due": due, "demand": strings.TrimSpace(in.Demand)}}}, nil
		},
	})
	return err
}

// RecheckInput is a look at whether the party corrected.
type RecheckInput struct {
	Order     string    `json:"order" doc:"责令改正文书" ask:"select" hint:"只有一份时可以不选"`
	CheckedAt time.Time `json:"checked_at" doc:"复查时间" ask:"need now"`
	Found     string    `json:"found" doc:"复查情况" ask:"need long"`
	Result    string    `json:"result" doc:"复查结论" ask:"need radio"`
}

// Recheck records whether the party corrected.
func (s *Service) Recheck(ctx context.Context, by access.Session, id casework.CaseID, version int64, in RecheckInput) error {
	var order *casework.CaseAct
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "recheck", Version: version, On: law.DateOf(in.CheckedAt), At: in.CheckedAt, Of: in.Order, Note: joined(in.Result, in.Found), Input: in,
		Row: func(tx *store.Tx, c *casework.Case) (of string, err error) {
			open, err := orders(tx, c)
			order = only(slices.DeleteFunc(open, func(a casework.CaseAct) bool { return in.Order != "" && a.Of != in.Order }))
			if order != nil {
				of = order.Of
			}
			return of, err
		},
		Change: func(tx *store.Tx, c *casework.Case) error {
			if err := casework.Lacking(in); err != nil {
				return err
			}
			if err := faultIf(!slices.Contains(casework.RecheckResults, in.Result), "result", "请选择复查结论"); err != nil {
				return err
			}
			if err := faultIf(order == nil, "order", "没有这份责令改正文书，或者已经复查"); err != nil {
				return err
			}
			if err := faultIf(law.DateOf(in.CheckedAt).Before(order.On), "checked_at", "复查时间不能早于责令改正的 %s", order.On); err != nil {
				return err
			}
			return past(tx, c, in.CheckedAt, time.Time{})
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			all, err := casework.Papers(tx, c.ID)
			part := casework.RecheckRecord{OrderedOn: order.On, Due: order.Named, Demand: order.Note, CheckedAt: minute(in.CheckedAt), Found: in.Found, Result: in.Result}
			if part.Due.IsZero() {
				part.Due = order.On // at once
			}
			for _, p := range all {
				if p.ID == order.Paper {
					part.OrderTitle, part.Order = p.Kind.Label(), p.DocNo
				}
			}
			return []casework.Draft{{Kind: "recheck_record", Part: part}}, err
		},
	})
	return err
}

// orders are the orders to correct that were not looked at since.
func orders(tx *store.Tx, c *casework.Case) ([]casework.CaseAct, error) {
	all, err := casework.Acts(tx, c.ID)
	var out []casework.CaseAct
	for _, a := range all {
		switch {
		case a.Act == "order_correction":
			out = append(out, a)
		case a.Act == "recheck":
			out = slices.DeleteFunc(out, func(o casework.CaseAct) bool { return o.Of == a.Of })
		}
	}
	return out, err
}
