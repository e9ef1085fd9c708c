package enforcement

import (
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

type enforcementApplyBody struct {
	casework.OnVersion
	Court       string `json:"court" doc:"受理的人民法院" ask:"need"`
	Head        string `json:"head" doc:"行政机关负责人" ask:"need"`
	Address     string `json:"address" doc:"申请人地址" label:"本机关地址" ask:"need"`
	Claim       string `json:"claim" doc:"申请事项" ask:"need long 500"`
	Target      string `json:"state_of_target" doc:"执行标的情况和其他理由" ask:"need long 1000"`
	Application bool   `json:"application" doc:"强制执行申请书已由负责人签名、加盖印章并注明日期"`
	Decision    bool   `json:"decision" doc:"行政决定书及其送达回证"`
	Grounds     bool   `json:"grounds" doc:"作出决定的事实、理由和依据"`
	Demand      bool   `json:"demand" doc:"催告书及其送达回证"`
	Opinions    bool   `json:"opinions" doc:"当事人的意见"`
	HasTarget   bool   `json:"target" doc:"申请强制执行标的情况"`
	Other       bool   `json:"other" doc:"法律、行政法规规定的其他材料"`
	Late        string `json:"late,omitempty" doc:"超过三个月才申请的正当理由" ask:"long 500"`
}

type enforcementCourtBody struct {
	casework.OnRow
	On   law.Date `json:"on" doc:"日期" ask:"need now"`
	No   string   `json:"no" doc:"文书号、回执号" ask:"need" hint:"没有的写无"`
	Says string   `json:"says,omitempty" doc:"情况" ask:"long 500"`
}

type enforcementAppealBody struct {
	casework.OnRow
	RuledOn    law.Date `json:"ruled_on" doc:"裁定日期" ask:"need"`
	ReceivedOn law.Date `json:"received_on" doc:"收到裁定的日期" ask:"need now"`
	Ruling     string   `json:"ruling" doc:"裁定书文号" ask:"need"`
	Upper      string   `json:"upper" doc:"上一级人民法院" ask:"need"`
	Claim      string   `json:"claim" doc:"请求" ask:"need long 500"`
	Reason     string   `json:"reason" doc:"事实和理由" ask:"need long 1000"`
}

func (s *Service) courtDeeds() []casework.Deed {
	out := []casework.Deed{
		casework.NewDeed(s.cases, casework.DeedDef[enforcementApplyBody]{
			Act: "apply_court", Submit: "批准申请，出具申请书和材料清单", Done: "已申请人民法院强制执行", Explain: "当事人在法定期限内不申请复议、不起诉又不履行，催告书送达满十个工作日的，自期限届满之日起三个月内申请。逐项核对材料后再交。", When: "催告期满仍不履行的",
			Start: startApply, Presume: presumeApply, Command: s.applyCourt,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[enforcementAppealBody]{
			Act: "appeal_court", Submit: "申请复议，出具复议申请书", Done: "已向上一级人民法院申请复议", Explain: "对不予受理、不予执行的裁定有异议的，自收到裁定之日起十五日内向上一级人民法院申请复议。", When: "法院不予受理、不准予执行的",
			Command: s.appeal,
		}),
	}
	for _, e := range []struct{ act, submit, explain, when string }{
		{"hand_in_application", "登记", "法院应当在五日内受理。", "法院收到申请的"},
		{"court_accepts", "登记受理", "符合条件的，法院自受理之日起七日内作出执行裁定。", "法院受理的"},
		{"court_rejects", "登记不予受理", "有异议的，十五日内向上一级人民法院申请复议。", "法院不予受理的"},
		{"court_hears", "登记听取意见", "明显缺乏事实根据、法律依据或者明显违法的，法院可以听取意见，自受理之日起三十日内裁定。", "法院听取意见的"},
		{"court_allows", "登记准予执行", "准予执行的，由法院执行或者裁执分离。", "准予执行的"},
		{"court_denies", "登记不准予执行", "有异议的，十五日内向上一级人民法院申请复议。", "不准予执行的"},
		{"court_upholds", "登记维持裁定或者不再复议", "案件可以重新处理，或者终结执行。", "维持裁定或者不再复议的"},
		{"court_executed", "登记执行完毕", "财产执行到位的，由财务人员登记缴款。", "执行完毕的"},
		{"court_ends", "登记终结执行", "法院裁定终结本次执行的，案件再决定终结执行或者中止。", "法院终结执行的"},
		{"withdraw_application", "撤回申请", "撤回以后，申请期限按原来的日期接着算。", "当事人履行了，或者材料要重做的"},
	} {
		out = append(out, casework.NewDeed(s.cases, casework.DeedDef[enforcementCourtBody]{
			Act: e.act, Submit: e.submit, Done: "已登记", Explain: e.explain, When: e.when,
			Command: func(by access.Session, in enforcementCourtBody) casework.Command { return s.courtStep(by, e.act, in) },
		}))
	}
	return out
}

// startApply proposes the claim, and says at each material why courts send it back.
func startApply(_ *store.Tx, at casework.FormAt) (casework.Asked[enforcementApplyBody], error) {
	out := casework.Asked[enforcementApplyBody]{Hints: map[string]string{}, Labels: map[string]string{}}
	if at.Case.Amount > 0 {
		out.In.Claim = "强制执行罚款 " + at.Case.Amount.Grouped() + " 元及加处罚款"
	}
	for _, m := range Packet() {
		out.Labels[m.Name], out.Hints[m.Name] = m.Label, "法院退回的常见原因："+m.Bounced+"（"+m.Cite.Han()+"）"
	}
	return out, nil
}

func presumeApply(_ *store.Tx, _ access.Session, _ *casework.Case, f *law.Facts) error {
	f.SetList(law.MissingMaterials, nil, "form")
	f.SetBool(law.JustifiedReason, false, "form")
	return nil
}

func (s *Service) applyCourt(by access.Session, in enforcementApplyBody) casework.Command {
	a := &Application{ID: store.NewID(), Version: 1, State: casework.CourtTrack.Start, Court: in.Court, Claim: in.Claim}
	return casework.Command{
		Of: a.of(), Note: in.Court,
		State: func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
			f.SetList(law.MissingMaterials, missingMaterials(in), "form")
			f.SetBool(law.JustifiedReason, strings.TrimSpace(in.Late) != "", "form")
			return nil
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			d, err := casework.DecidedOf(tx, c)
			if err != nil {
				return nil, err
			}
			demanded, err := demandedOn(tx, c)
			list := casework.CourtMaterialList{CourtName: in.Court}
			for _, m := range casework.CourtMaterials {
				list.Proofs.Proofs = append(list.Proofs.Proofs, casework.Proof{Name: m, Pages: "见附卷", Source: "本机关", Proves: "符合申请强制执行的条件"})
			}
			return []casework.Draft{
				{Kind: "court_application", Part: casework.CourtApplication{
					OrganAddress: in.Address, Head: in.Head, Claim: in.Claim, Title: d.Title, Decision: d.Decision, DecidedOn: d.On, ServedOn: d.Served, DemandedOn: demanded, Reason: casework.Joined("；", in.Target, in.Late), CourtName: in.Court,
				}},
				{Kind: "court_material_list", Part: list},
			}, err
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			a.Case, a.Entry, a.RecordedAt = c.ID, int64(done.Entry), store.Micros(tx.Now)
			if err := casework.AddRow(tx, a); err != nil {
				return err
			}
			return keep(tx, c, done, "apply_court", a.of(), by.Person(), in)
		},
	}
}

// moving loads the application that a command moves, and saves it where it went.
func (s *Service) moving(of string, cmd casework.Command, write func(tx *store.Tx, c *casework.Case, done casework.Done) error) casework.Command {
	var a *Application
	at := Application{}.place()
	cmd.Track = func(tx *store.Tx, c *casework.Case) (casework.Track, error) {
		var err error
		if a, err = row(tx, c, of); err != nil {
			return casework.Track{}, err
		}
		at = a.place()
		return casework.TrackOf(a.of(), a.Court, casework.CourtTrack, &at), nil
	}
	cmd.Write = func(tx *store.Tx, c *casework.Case, done casework.Done) error {
		if err := save(tx, a, at.State, int64(done.Entry)); err != nil {
			return err
		}
		return write(tx, c, done)
	}
	return cmd
}

// stepOf is the day of the last step about an application, acts of some kinds left out.
func stepOf(tx *store.Tx, c *casework.Case, of string, but ...string) (on law.Date, err error) {
	acts, err := casework.Acts(tx, c.ID)
	for _, a := range acts {
		if a.Of == of && !slices.Contains(but, a.Act) {
			on = a.On
		}
	}
	return on, err
}

func (s *Service) courtStep(by access.Session, act string, in enforcementCourtBody) casework.Command {
	return s.moving(in.Of, casework.Command{
		On: in.On, Note: casework.Joined("；", in.No, in.Says),
		Change: func(tx *store.Tx, c *casework.Case) error {
			least, err := stepOf(tx, c, in.Of)
			if err != nil {
				return err
			}
			var fs fault.Fields
			if in.On.After(tx.Today()) || in.On.Before(least) {
				fs.Add("on", "日期在上一步（%s）和今天之间", least.Han())
			}
			return fs.Err()
		},
	}, func(tx *store.Tx, c *casework.Case, done casework.Done) error {
		return keep(tx, c, done, act, in.Of, by.Person(), in)
	})
}

func (s *Service) appeal(by access.Session, in enforcementAppealBody) casework.Command {
	cmd := casework.Command{Note: in.Upper}
	cmd.Change = func(tx *store.Tx, c *casework.Case) error {
		least, err := stepOf(tx, c, in.Of, "court_rejects", "court_denies")
		if err != nil {
			return err
		}
		var fs fault.Fields
		if in.RuledOn.Before(least) || in.RuledOn.After(in.ReceivedOn) {
			fs.Add("ruled_on", "裁定日期在上一步（%s）以后，不晚于收到的日期", least.Han())
		}
		if in.ReceivedOn.After(tx.Today()) {
			fs.Add("received_on", "收到裁定的日期不能晚于今天")
		}
		return fs.Err()
	}
	cmd.Drafts = func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
		a, err := row(tx, c, in.Of)
		if err != nil {
			return nil, err
		}
		kind, basis := "不予受理", "第五十六条第二款"
		if a.State == casework.CourtDenied {
			kind, basis = "不予执行", "第五十八条第三款"
		}
		return []casework.Draft{{Kind: "court_appeal", Part: casework.CourtAppeal{
			CourtName: a.Court, RuledOn: in.RuledOn, ReceivedOn: in.ReceivedOn, Ruling: in.Ruling, Kind: kind, Basis: basis, Claim: in.Claim, Reason: in.Reason, Upper: in.Upper,
		}}}, nil
	}
	return s.moving(in.Of, cmd, func(tx *store.Tx, c *casework.Case, done casework.Done) error {
		return keep(tx, c, done, "appeal_court", in.Of, by.Person(), in)
	})
}
