package performance

import (
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

type performancePerformBody struct {
	casework.OnVersion
	Duty      string    `json:"duty" doc:"哪一项义务：加处罚款、没收财物、责令改正、吊销许可证件等" label:"哪一项义务" ask:"need" hint:"例如：加处罚款、没收非法财物、限期拆除"`
	Due       law.Date  `json:"due,omitempty" doc:"履行期限；决定书写明的不填" hint:"决定书写明几日内履行的按它计算，不填"`
	Done      bool      `json:"done" doc:"已经履行"`
	DoneOn    law.Date  `json:"done_on,omitempty" doc:"履行的日期"`
	Amount    law.Money `json:"amount,omitempty" doc:"加处罚款：缴纳的数额" label:"加处罚款的数额"`
	Reference string    `json:"reference,omitempty" doc:"加处罚款的缴款流水号" label:"缴款流水号" hint:"依法减免的，登记执行协议"`
	Says      string    `json:"says" doc:"履行情况" ask:"need long 500"`
	Proof     string    `json:"proof" doc:"证明材料" ask:"need"`
}

func (s *Service) performDeeds() []casework.Deed {
	return []casework.Deed{
		casework.NewDeed(s.cases, casework.DeedDef[performancePerformBody]{
			Act: "perform", Submit: "登记，出具履行情况记录", Done: "已登记履行情况", Explain: "罚款、没收的违法所得以缴款记录为准，不在这里登记。加处罚款、没收财物、责令改正、吊销许可等逐项登记，每项以最后一次为准；全部履行的，十五个工作日内报批结案。", When: "罚款以外的义务",
			Start: s.startPerform, Command: s.perform,
		}),
	}
}

// startPerform shows what is open, and what of the surcharge.
func (s *Service) startPerform(tx *store.Tx, at casework.FormAt) (casework.Asked[performancePerformBody], error) {
	out := casework.Asked[performancePerformBody]{Hints: map[string]string{}}
	st, err := s.reckon(tx, at.Case, at.Today)
	if err != nil {
		return out, err
	}
	switch {
	case len(st.Open) > 0:
		out.Hints["duty"] = "还没有履行的：" + strings.Join(st.Open, "、")
		if !strings.HasPrefix(st.Open[0], gainsDuty) { // that is the cashier's to enter
			out.In.Duty = st.Open[0]
		}
	case st.Owed > 0 && st.Rest <= 0:
		out.In.Duty = surchargeDuty
	}
	if st.Surcharge.Amount > 0 {
		out.Hints["amount"] = "已加处 " + st.Surcharge.Amount.Grouped() + " 元，还有 " + st.Owed.Grouped() + " 元"
		if st.Surcharge.Capped {
			out.Hints["amount"] += "（已到罚款数额，不再增加）"
		}
	}
	return out, nil
}

func (in performancePerformBody) check(tx *store.Tx, st standing, served law.Date) error {
	var fs fault.Fields
	duty := strings.TrimSpace(in.Duty)
	switch duty {
	case fineDuty:
		fs.Add("duty", "罚款以缴款记录为准，请由财务人员登记缴款")
	case gainsDuty:
		if st.GainsRest > 0 {
			fs.Add("duty", "没收违法所得以缴款记录为准，请由财务人员登记缴款")
		}
	case waiverDuty:
		fs.Add("duty", "加处罚款由执行协议减免，请登记执行协议")
	}
	if in.Done && in.DoneOn.IsZero() || in.DoneOn.After(tx.Today()) {
		fs.Add("done_on", "请填写履行的日期，不能晚于今天")
	} else if !in.DoneOn.IsZero() && in.DoneOn.Before(served) {
		fs.Add("done_on", "决定书%s送达，送达以前还没有要履行的决定（%s）", served.Han(), law.Citations{law.Cite("XZCF", 61, 1), law.Cite("XZCF", 66, 1)}.Han())
	}
	if !in.Due.IsZero() && in.Due.Before(served) {
		fs.Add("due", "履行期限不能早于决定书送达（%s）", served.Han())
	}
	if duty == surchargeDuty {
		if in.Amount <= 0 || in.Amount > st.Owed {
			fs.Add("amount", "加处罚款还有 %s 元，数额应大于 0、不超过它", st.Owed.Grouped())
		}
		ref := strings.TrimSpace(in.Reference)
		if ref == "" {
			fs.Add("reference", "请填写缴款流水号")
		} else if again, err := used(tx, ref); err != nil {
			return err
		} else if again {
			fs.Add("reference", "这个流水号已经登记过")
		}
	} else if in.Amount != 0 {
		fs.Add("amount", "只有加处罚款填写数额")
	}
	return fs.Err()
}

func (s *Service) perform(by access.Session, in performancePerformBody) casework.Command {
	duty := strings.TrimSpace(in.Duty)
	owed := law.Money(0)
	return casework.Command{
		Note: duty,
		Change: func(tx *store.Tx, c *casework.Case) error {
			st, err := s.reckon(tx, c, tx.Today())
			if err != nil {
				return err
			}
			owed = st.Owed
			dues, err := s.dues(tx, c)
			if err != nil {
				return err
			}
			if set := dues[duty]; !set.IsZero() {
				if !in.Due.IsZero() && in.Due != set {
					var fs fault.Fields
					fs.Add("due", "决定书写明的履行期限到%s，不在这里另定", set.Han())
					return fs.Err()
				}
				in.Due = set
			}
			if in.Due.IsZero() {
				in.Due = later(st.Due, law.DateOf(c.Delivered()))
			}
			return in.check(tx, st, law.DateOf(c.Delivered()))
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			d, err := casework.DecidedOf(tx, c)
			result := "没有履行"
			switch {
			case duty == surchargeDuty && in.Amount < owed:
				result = "部分履行，加处罚款还有 " + (owed - in.Amount).Grouped() + " 元"
			case in.Done || duty == surchargeDuty:
				result = "已经履行"
			}
			return []casework.Draft{{Kind: "performance_record", Part: casework.PerformanceRecord{Title: d.Title, Decision: d.Decision, Duty: duty, Due: in.Due, Done: in.Says, Proof: in.Proof, Result: result}}}, err
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			on := in.DoneOn
			if on.IsZero() {
				on = tx.Today()
			}
			ref := ""
			if duty == surchargeDuty {
				ref = strings.TrimSpace(in.Reference)
			}
			return casework.AddRow(tx, &Performance{
				ID: store.NewID(), Case: c.ID, Entry: int64(done.Entry), Duty: duty, Due: in.Due, DoneOn: on, Done: store.Flag(in.Done || duty == surchargeDuty), Amount: in.Amount, Reference: ref,
				Says: in.Says, Proof: in.Proof, Person: by.Person(), RecordedAt: store.Micros(tx.Now),
			})
		},
	}
}
