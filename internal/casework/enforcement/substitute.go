package enforcement

import (
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

type enforcementOrderSubstituteBody struct {
	casework.OnVersion
	Duty     string   `json:"duty" doc:"应当履行的义务" ask:"need long 500"`
	Clearing bool     `json:"clearing" doc:"属于排除妨碍、恢复原状等义务，后果已经或者将危害交通安全、造成环境污染或者破坏自然资源" label:"属于排除妨碍、恢复原状等义务"`
	Harm     string   `json:"harm" doc:"已经或者将造成的后果" ask:"need long 500"`
	Reason   string   `json:"reason" doc:"代履行的理由和依据" label:"理由和依据" ask:"need long 500"`
	What     string   `json:"what" doc:"代履行的标的" label:"标的" ask:"need"`
	Way      string   `json:"way" doc:"代履行的方式" label:"方式" ask:"need"`
	When     law.Date `json:"when" doc:"代履行的日期，在催告的期限以后" label:"代履行的日期" ask:"need"`
	Budget   string   `json:"budget" doc:"费用预算" ask:"need"`
	Doer     string   `json:"doer" doc:"代履行人" ask:"need"`
	Due      law.Date `json:"due" doc:"催告当事人履行的期限" ask:"need"`
	Contact  string   `json:"contact" doc:"联系人" ask:"need"`
}

// enforcementSubstituteBody is what the form of performance by others says of the site.
type enforcementSubstituteBody struct {
	casework.OnVersion
	From       time.Time `json:"from" doc:"开始时间" ask:"need"`
	Until      time.Time `json:"until" doc:"结束时间" ask:"need"`
	Present    string    `json:"present" doc:"到场的当事人" ask:"need" hint:"不到场的写明"`
	Supervisor string    `json:"supervisor" doc:"到场监督人员"`
	Witness    string    `json:"witness,omitempty" doc:"见证人"`
	Footage    string    `json:"footage" doc:"全程音像记录的编号" ask:"need"`
	Course     string    `json:"course" doc:"执行经过" ask:"need long 2000"`
	Goods      string    `json:"goods" doc:"财物清点和保管" ask:"need" hint:"没有的写无" propose:"无"`
	Remark     string    `json:"remark" doc:"当事人的意见" ask:"need" hint:"没有的写无" propose:"无"`
	Cost       law.Money `json:"cost" doc:"代履行的费用，元" label:"代履行的费用" unit:"元" hint:"按成本合理确定，由当事人承担；没有费用的写0"`
}

type enforcementClearBody struct {
	casework.OnVersion
	Object     string    `json:"object" doc:"要立即清除的东西：哪里的什么遗洒物、障碍物、污染物" label:"要立即清除的东西" ask:"need" hint:"例如：青石路路面遗洒的渣土"`
	CanClear   bool      `json:"can_clear" doc:"当事人能够清除"`
	ShowedID   bool      `json:"showed_id" doc:"已出示执法证件；当事人不在场的，已向在场的人表明身份"`
	From       time.Time `json:"from" doc:"开始时间" ask:"need"`
	Until      time.Time `json:"until" doc:"结束时间" ask:"need"`
	Where      string    `json:"party_at" doc:"当事人在不在场" ask:"need radio" of:"当事人在场|当事人不在场|当事人不明" hint:"不在场的，同时出具立即代履行通知书；不明的，查明以后通知"`
	Present    string    `json:"present" doc:"到场的人" ask:"need" hint:"当事人在场的写当事人；不在场的写见证人或者没有"`
	Supervisor string    `json:"supervisor" doc:"到场监督人员"`
	Witness    string    `json:"witness,omitempty" doc:"见证人"`
	Footage    string    `json:"footage" doc:"全程音像记录的编号" ask:"need"`
	Course     string    `json:"course" doc:"执行经过" ask:"need long 2000"`
	Goods      string    `json:"goods" doc:"财物清点和保管" ask:"need" hint:"没有的写无" propose:"无"`
	Remark     string    `json:"remark" doc:"当事人的意见" ask:"need" hint:"没有的写无" propose:"无"`
	Cost       law.Money `json:"cost" doc:"代履行的费用，元" label:"代履行的费用" unit:"元" hint:"按成本合理确定，由当事人承担；没有费用的写0"`
	Due        law.Date  `json:"due,omitempty" doc:"缴纳费用的最后一日，没有费用、当事人不明的不填" label:"缴纳费用的最后一日" hint:"没有费用的不填"`
	Contact    string    `json:"contact,omitempty" doc:"联系人和电话，写进通知书" label:"联系人和电话" ask:"100"`
}

// Where the party was while something was cleared at once.
const (
	partyThere   = "当事人在场"
	partyAway    = "当事人不在场"
	partyUnknown = "当事人不明"
)

// tells reports whether the notice is drawn up with the act: the party is known, and was away or is to pay.
func (in enforcementClearBody) tells() bool {
	return in.Where == partyAway || in.Where == partyThere && in.Cost > 0
}

func (s *Service) substituteDeeds() []casework.Deed {
	return []casework.Deed{
		casework.NewDeed(s.cases, casework.DeedDef[enforcementOrderSubstituteBody]{
			Act: "order_substitute", Submit: "作出代履行决定，出具决定书和催告书", Done: "已作出代履行决定，请送达", Explain: "要求当事人排除妨碍、恢复原状等义务，逾期不履行、经催告仍不履行，后果已经或者将危害交通安全、造成环境污染、破坏自然资源的，可以代履行。", When: "当事人不清除、不恢复原状的",
			Presume: presumeSubstitute, Command: s.orderSubstitute,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[enforcementSubstituteBody]{
			Act: "substitute", Submit: "登记代履行，出具笔录", Done: "已登记代履行", Explain: "代履行三个工作日前催告，当事人履行的停止代履行；实施时派员到场监督，到场人员、代履行人和当事人或者见证人签名。", When: "代履行催告期满仍不履行的",
			Presume: presumeBool(law.SupervisedOnSite, true), Command: s.substitute,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[enforcementClearBody]{
			Act: "clear_at_once", Submit: "登记立即代履行，出具笔录", Done: "已登记立即代履行", Explain: "道路、河道、航道或者公共场所的遗洒物、障碍物或者污染物，当事人不能清除的，可以立即代履行；当事人不在场的，事后立即通知。", When: "路面遗洒、障碍要马上清除的",
			Presume: func(_ *store.Tx, _ access.Session, _ *casework.Case, f *law.Facts) error {
				f.SetText(law.ClearedObject, "道路上遗洒的渣土", "form")
				f.SetBool(law.PartyCanClear, false, "form")
				f.SetBool(law.ShowedID, true, "form")
				return nil
			},
			Command: s.clear,
		}),
	}
}

func presumeSubstitute(_ *store.Tx, _ access.Session, _ *casework.Case, f *law.Facts) error {
	f.SetBool(law.ClearingDuty, true, "form")
	f.SetBool(law.SubstituteAfter, true, "form")
	f.SetNumber(law.SubstituteTerm, 3, "form")
	return nil
}

func presumeBool(key law.BoolKey, v bool) func(*store.Tx, access.Session, *casework.Case, *law.Facts) error {
	return func(_ *store.Tx, _ access.Session, _ *casework.Case, f *law.Facts) error {
		f.SetBool(key, v, "form")
		return nil
	}
}

func (s *Service) orderSubstitute(by access.Session, in enforcementOrderSubstituteBody) casework.Command {
	return casework.Command{
		Note: in.What,
		State: func(tx *store.Tx, _ *casework.Case, f *law.Facts) error {
			f.SetBool(law.ClearingDuty, in.Clearing, "form")
			f.SetBool(law.SubstituteAfter, in.When.After(in.Due), "form")
			n, err := s.cases.WorkdaysPassed(tx.Today(), in.Due.AddDays(1))
			if err != nil { // a year that is not loaded holds nobody up
				n, err = max(0, tx.Today().DaysUntil(in.Due)), nil
			}
			f.SetNumber(law.SubstituteTerm, int64(n), "form")
			return err
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			d, err := casework.DecidedOf(tx, c)
			return []casework.Draft{
				{Kind: "substitute_decision", Part: casework.SubstituteDecision{Executed: d.Executed, Duty: in.Duty, Harm: in.Harm, Reason: in.Reason, What: in.What, Way: in.Way, When: in.When.Han(), Budget: in.Budget, By: in.Doer}},
				{Kind: "substitute_demand", Cites: func(before []casework.Paper) any {
					demand := casework.SubstituteDemand{DecidedOn: tx.Today(), When: in.When.Han(), Due: in.Due, Duty: in.Duty, By: in.Doer, Contact: in.Contact}
					if len(before) > 0 {
						demand.Decision = before[0].DocNo
					}
					return demand
				}},
			}, err
		},
		Write: s.keeping("order_substitute", by, in),
	}
}

func (in enforcementSubstituteBody) site() enforcementExecuteBody {
	return enforcementExecuteBody{From: in.From, Until: in.Until, Present: in.Present, Supervisor: in.Supervisor, Witness: in.Witness, Course: in.Course, Goods: in.Goods, Remark: in.Remark, Footage: in.Footage}
}

func (s *Service) substitute(by access.Session, in enforcementSubstituteBody) casework.Command {
	return casework.Command{
		On: law.DateOf(in.From), Note: in.Course,
		Change: func(tx *store.Tx, c *casework.Case) error {
			return afterOrder(tx, c, "order_substitute", in.From, in.Until)
		},
		State: func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
			f.SetBool(law.SupervisedOnSite, strings.TrimSpace(in.Supervisor) != "", "form")
			return nil
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			return siteRecord(tx, c, in.site(), in.Cost.Grouped()+"元")
		},
		Write: s.keeping("substitute", by, in),
	}
}

func (s *Service) clear(by access.Session, in enforcementClearBody) casework.Command {
	site := enforcementSubstituteBody{From: in.From, Until: in.Until, Present: in.Present, Supervisor: in.Supervisor, Witness: in.Witness, Course: in.Course, Goods: in.Goods, Remark: in.Remark, Footage: in.Footage}.site()
	return casework.Command{
		On: law.DateOf(in.From), Note: in.Object,
		Change: func(tx *store.Tx, c *casework.Case) error {
			if err := onSite(tx, in.From, in.Until, c.Found()); err != nil || !in.tells() {
				return err
			}
			var fs fault.Fields
			if c.PartyName == "" {
				fs.Add("party_at", "案件还没有登记当事人。请先登记当事人，或者选“当事人不明”")
			}
			if strings.TrimSpace(in.Contact) == "" {
				fs.Add("contact", "请填写联系人和电话，写进通知书")
			}
			if err := fs.Err(); err != nil {
				return err
			}
			return in.dueFault(tx, in.Due)
		},
		State: func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
			f.SetText(law.ClearedObject, in.Object, "form")
			f.SetBool(law.PartyCanClear, in.CanClear, "form")
			f.SetBool(law.ShowedID, in.ShowedID, "form")
			return nil
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			out, err := siteRecord(tx, c, site, in.Cost.Grouped()+"元")
			if err == nil && in.tells() {
				out = append(out, in.notice(in.Due, in.Contact))
			}
			return out, err
		},
		Write: s.keeping("clear_at_once", by, in),
	}
}
