package enforcement

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// How the cost of what somebody else did for the party was settled (行政强制法第五十一条第二款).
const (
	costPaid   = "当事人缴纳"
	costCourt  = "法院执行到位"
	costWaived = "不再收取"
)

type enforcementCostBody struct {
	casework.OnVersion
	How       string    `json:"how" doc:"怎样了结" ask:"need radio" of:"当事人缴纳|法院执行到位|不再收取"`
	Amount    law.Money `json:"amount" doc:"数额" ask:"need" unit:"元"`
	On        law.Date  `json:"on" doc:"收到或者决定不再收取的日期" label:"日期" ask:"need now"`
	Reference string    `json:"reference,omitempty" doc:"票据、流水号" ask:"100"`
	Why       string    `json:"why,omitempty" doc:"不再收取的理由和批准的负责人、日期" ask:"long 500" when:"how=不再收取"`
}

type enforcementTellBody struct {
	casework.OnVersion
	Due     law.Date `json:"due,omitempty" doc:"缴纳费用的最后一日，没有费用的不填" label:"缴纳费用的最后一日" hint:"没有费用的不填"`
	Contact string   `json:"contact" doc:"联系人和电话" ask:"need"`
}

func (s *Service) costDeeds() []casework.Deed {
	return []casework.Deed{
		casework.NewDeed(s.cases, casework.DeedDef[enforcementCostBody]{
			Act: "settle_cost", Submit: "登记", Done: "已登记代履行的费用", Explain: "代履行的费用按照成本合理确定，由当事人承担。收到的照票据登记；不再收取的写明理由和批准的负责人。没有了结的费用，案件不能结案，并列入向法院的申请。", When: "代履行有费用的",
			Start: s.startCost, Command: s.settleCost,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[enforcementTellBody]{
			Act: "tell_clearance", Submit: "出具立即代履行通知书", Done: "已出具立即代履行通知书，请送达", Explain: "当事人不在场的，立即代履行以后立即通知；当时不知道是谁的，查明以后通知。", When: "立即代履行时当事人不在场的",
			Command: s.tellClearance,
		}),
	}
}

// recordsOf are all that the forms of some acts said in a case, whatever became of its decision since.
func recordsOf(tx *store.Tx, id casework.CaseID, acts ...string) ([]Record, error) {
	var out []Record
	err := tx.DB().NewSelect().Model(&out).Where("case_id = ?", id).Order("id").Scan(tx.Ctx)
	return slices.DeleteFunc(out, func(r Record) bool { return !slices.Contains(acts, r.Act) }), err
}

// costs is what was spent for the party and what of it is settled.
type costs struct{ spent, settled law.Money }

func (c costs) rest() law.Money { return max(0, c.spent-c.settled) }

func costsOf(tx *store.Tx, id casework.CaseID) (out costs, err error) {
	all, err := recordsOf(tx, id, "substitute", "clear_at_once", "settle_cost")
	for _, r := range all {
		var said struct {
			Cost   law.Money `json:"cost"`
			Amount law.Money `json:"amount"`
		}
		if err := json.Unmarshal([]byte(r.Says), &said); err != nil {
			return out, fmt.Errorf("enforcement: %s of case %s: %w", r.Act, id, err)
		}
		if r.Act == "settle_cost" {
			out.settled += said.Amount
		} else {
			out.spent += said.Cost
		}
	}
	return out, err
}

// clearance is the last thing cleared at once that nobody was told of; ok is false when there is none.
func clearance(tx *store.Tx, id casework.CaseID) (in enforcementClearBody, ok bool, err error) {
	all, err := recordsOf(tx, id, "clear_at_once", "tell_clearance")
	for _, r := range all {
		if r.Act == "tell_clearance" {
			ok = false
			continue
		}
		in = enforcementClearBody{}
		if err := json.Unmarshal([]byte(r.Says), &in); err != nil {
			return in, false, fmt.Errorf("enforcement: clearance of case %s: %w", id, err)
		}
		ok = in.Where == partyUnknown // of one who was away the notice came with the act
	}
	return in, ok, err
}

// stateCost states what of the cost is open and whether a party that is known by now was told of what was cleared.
func stateCost(tx *store.Tx, c *casework.Case, f *law.Facts) error {
	spent, err := costsOf(tx, c.ID)
	if err != nil {
		return err
	}
	f.SetMoney(law.CostRest, spent.rest(), c.ID.Subject())
	_, untold, err := clearance(tx, c.ID)
	f.SetBool(law.ClearanceUntold, untold && c.PartyName != "", c.ID.Subject())
	return err
}

func (s *Service) startCost(tx *store.Tx, at casework.FormAt) (casework.Asked[enforcementCostBody], error) {
	spent, err := costsOf(tx, at.Case.ID)
	out := casework.Asked[enforcementCostBody]{In: enforcementCostBody{How: costPaid, Amount: spent.rest()}, Hints: map[string]string{}}
	out.Hints["amount"] = "代履行的费用共 " + spent.spent.Grouped() + " 元，还有 " + spent.rest().Grouped() + " 元"
	return out, err
}

func (s *Service) settleCost(by access.Session, in enforcementCostBody) casework.Command {
	return casework.Command{
		On: in.On, Note: in.How + " " + in.Amount.Grouped() + " 元",
		Change: func(tx *store.Tx, c *casework.Case) error {
			spent, err := costsOf(tx, c.ID)
			if err != nil || spent.rest() == 0 { // the rule says that nothing is open
				return err
			}
			var fs fault.Fields
			if in.Amount <= 0 || in.Amount > spent.rest() {
				fs.Add("amount", "费用还有 %s 元，数额应大于 0、不超过它", spent.rest().Grouped())
			}
			switch {
			case in.How == costWaived && strings.TrimSpace(in.Why) == "":
				fs.Add("why", "请写明不再收取的理由和批准的负责人、日期")
			case in.How != costWaived && strings.TrimSpace(in.Reference) == "":
				fs.Add("reference", "请填写票据、流水号")
			}
			return fs.Err()
		},
		Write: s.keeping("settle_cost", by, in),
	}
}

func (s *Service) tellClearance(by access.Session, in enforcementTellBody) casework.Command {
	var done enforcementClearBody
	return casework.Command{
		Note: in.Contact,
		Change: func(tx *store.Tx, c *casework.Case) (err error) {
			untold := false
			if done, untold, err = clearance(tx, c.ID); err != nil {
				return err
			}
			if !untold || c.PartyName == "" { // the rule says that nobody is to be told
				return nil
			}
			return done.dueFault(tx, in.Due)
		},
		Drafts: func(*store.Tx, *casework.Case) ([]casework.Draft, error) {
			return []casework.Draft{done.notice(in.Due, in.Contact)}, nil
		},
		Write: s.keeping("tell_clearance", by, in),
	}
}

// dueFault: what costs something is to be paid by a day to come.
func (in enforcementClearBody) dueFault(tx *store.Tx, due law.Date) error {
	var fs fault.Fields
	if in.Cost > 0 && !due.After(tx.Today()) {
		fs.Add("due", "请填写缴纳费用的最后一日，在今天以后")
	}
	return fs.Err()
}

// notice tells the party what was cleared in its absence and what it cost (行政强制法第五十一条第二款、第五十二条).
func (in enforcementClearBody) notice(due law.Date, contact string) casework.Draft {
	return casework.Draft{Kind: "clearance_notice", Part: casework.ClearanceNotice{
		Object: in.Object, From: casework.Minute(in.From), Until: casework.Minute(in.Until), Course: in.Course, Goods: in.Goods, Cost: in.Cost, Due: due, Contact: contact,
	}}
}
