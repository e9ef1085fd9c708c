package measure

import (
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

type measureFailDisposalBody struct {
	casework.OnVersion
	On    law.Date `json:"on" doc:"没有处理成的日期：流拍、接收单位不接收的那一天" label:"没有处理成的日期" ask:"need now"`
	Why   string   `json:"why" doc:"怎样没有处理成" ask:"need long 500" hint:"例如：第一次公开拍卖无人应价，流拍"`
	Proof string   `json:"proof" doc:"证明材料" ask:"need" hint:"例如：拍卖机构的流拍证明（编号）"`
}

// failedDeed gives back what an auction, or another way that was allowed, did not dispose of: the things stay in the store-room, and the head allows another way or
// another attempt (行政处罚法第七十四条第一款).
func (s *Service) failedDeed() casework.Deed {
	return casework.NewDeed(s.cases, casework.DeedDef[measureFailDisposalBody]{
		Act: "fail_disposal", Submit: "登记没有处理成", Done: "已登记，财物仍在库，请重新报批怎样处理", Explain: "公开拍卖流拍、接收单位不接收的，登记以后财物仍在库待处理，由负责人重新批准：再次拍卖，或者按照国家有关规定处理。", When: "批准的方式没有处理成的",
		Start: s.startFailDisposal, Presume: s.presumeDisposal, Command: s.failDisposal,
	})
}

func (s *Service) startFailDisposal(tx *store.Tx, at casework.FormAt) (out casework.Asked[measureFailDisposalBody], err error) {
	shown, err := s.startDisposeConfiscated(tx, at)
	out.Facts = shown.Facts
	return out, err
}

func (s *Service) failDisposal(by access.Session, in measureFailDisposalBody) casework.Command {
	var d *Disposal
	var all []Thing
	return casework.Command{
		On: in.On, Note: strings.TrimSpace(in.Why),
		Change: func(tx *store.Tx, c *casework.Case) (err error) {
			if by.Person() == c.Lead {
				return faultIf(true, "why", "经手人和保管人是两个人：您是本案主办，请由保管人登记")
			}
			if d, all, err = pendingDisposal(tx, c); err != nil || d == nil {
				return err // the rule says that nothing is allowed yet
			}
			var fs fault.Fields
			switch {
			case d.Way == wayTreasury:
				fs.Add("why", "批准的是款项上缴国库，没有流拍。请照缴库票据登记处理")
			case in.On.Before(d.ApprovedOn):
				fs.Add("on", "批准处理的日期是%s，请填写以后的日期", d.ApprovedOn.Han())
			}
			return fs.Err()
		},
		State: func(_ *store.Tx, c *casework.Case, f *law.Facts) error {
			f.SetBool(law.DisposalApproved, d != nil, c.ID.Subject())
			return nil
		},
		Write: func(tx *store.Tx, _ *casework.Case, done casework.Done) error {
			d.FailedOn, d.FailedWhy, d.Entry = in.On, casework.Joined("；", in.Why, in.Proof), int64(done.Entry)
			d.Version++
			if err := update(tx, d, d.Version-1, "这项处理"); err != nil {
				return err
			}
			for i := range all {
				t := &all[i]
				t.Disposal, t.Entry = 0, int64(done.Entry)
				t.Version++
				if err := update(tx, t, t.Version-1, "这件财物"); err != nil {
					return err
				}
			}
			return nil
		},
	}
}
