package enforcement

import (
	"slices"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

type enforcementApplyBody struct {
	casework.OnVersion
	Court     string `json:"court,omitempty" doc:"受理的人民法院，不填的按执法主体登记的管辖法院；执行对象是不动产的，填不动产所在地的基层法院" label:"受理的人民法院" hint:"执行对象是不动产的，填不动产所在地的基层法院"`
	Head      string `json:"head" doc:"行政机关负责人" ask:"need"`
	Address   string `json:"address,omitempty" doc:"申请人地址，不填的按执法主体登记的地址" label:"本机关地址"`
	Claim     string `json:"claim" doc:"申请事项" ask:"need long 500"`
	Target    string `json:"state_of_target" doc:"执行标的情况和其他理由" ask:"need long 1000"`
	HasTarget bool   `json:"target" doc:"申请强制执行标的情况"`
	Other     bool   `json:"other" doc:"法律、行政法规规定的其他材料"`
	Late      string `json:"late,omitempty" doc:"超过三个月才申请的正当理由" ask:"long 500"`
}

type enforcementCourtBody struct {
	casework.OnRow
	On   law.Date `json:"on" doc:"日期；裁定是收到裁定的日期" label:"日期（裁定填收到的日期）" ask:"need now"`
	No   string   `json:"no" doc:"文书号、回执号" ask:"need" hint:"没有的写无"`
	Says string   `json:"says,omitempty" doc:"情况" ask:"long 500"`
}

type enforcementAppealBody struct {
	casework.OnRow
	RuledOn law.Date `json:"ruled_on" doc:"裁定日期；收到的日期按登记的写" ask:"need"`
	Ruling  string   `json:"ruling" doc:"裁定书文号" ask:"need"`
	Upper   string   `json:"upper" doc:"上一级人民法院" ask:"need"`
	Claim   string   `json:"claim" doc:"请求" ask:"need long 500"`
	Reason  string   `json:"reason" doc:"事实和理由" ask:"need long 1000"`
}

func (s *Service) courtDeeds() []casework.Deed {
	out := []casework.Deed{
		casework.NewDeed(s.cases, casework.DeedDef[enforcementApplyBody]{
			Act: "apply_court", Submit: "批准申请，出具申请书和材料清单", Done: "已申请人民法院强制执行", Explain: "当事人在法定期限内不申请复议、不起诉又不履行，催告书送达满十个工作日的，自期限届满之日起三个月内申请。逐项核对材料后再交。", When: "催告期满仍不履行的",
			Start: s.startApply, Presume: presumeApply, Command: s.applyCourt,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[enforcementAppealBody]{
			Act: "appeal_court", Submit: "申请复议，出具复议申请书", Done: "已向上一级人民法院申请复议", Explain: "对不予受理、不予执行的裁定有异议的，自收到裁定之日起十五日内向上一级人民法院申请复议，过了不能再申请。", When: "法院不予受理、不准予执行的",
			Presume: presumeBool(law.BeforeExpiry, true), Command: s.appeal,
		}),
	}
	for _, e := range []struct{ act, submit, explain, when string }{
		{"hand_in_application", "登记", "法院应当在五日内受理。", "法院收到申请的"},
		{"court_accepts", "登记受理", "符合条件的，法院自受理之日起七日内作出执行裁定。", "法院受理的"},
		{"court_rejects", "登记不予受理", "有异议的，十五日内向上一级人民法院申请复议。", "法院不予受理的"},
		{"court_hears", "登记听取意见", "明显缺乏事实根据、法律依据或者明显违法的，法院可以听取意见，自受理之日起三十日内裁定。", "法院听取意见的"},
		{"court_takes_judgment", "登记立案执行", "法院立案执行生效裁判的，由法院执行。", "法院立案执行裁判的"},
		{"court_declines_judgment", "登记不立案", "写明法院的理由；补正以后可以在二年内再申请。", "法院不立案执行裁判的"},
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
		return a.track(&at), nil
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

// appealTerms are the terms of an appeal, by the ruling.
var appealTerms = map[string]string{"court_rejects": "对不予受理裁定申请复议", "court_denies": "对不予执行裁定申请复议"}

// ruled is the last ruling against an application: which, and when it was received.
func ruled(tx *store.Tx, c *casework.Case, of string) (ruling casework.CaseAct, err error) {
	acts, err := casework.Acts(tx, c.ID)
	for _, a := range acts {
		if a.Of == of && appealTerms[a.Act] != "" {
			ruling = a
		}
	}
	return ruling, err
}

// appealRuns states whether the fifteen days after the ruling still run.
func (s *Service) appealRuns(tx *store.Tx, c *casework.Case, of string, f *law.Facts) error {
	ruling, err := ruled(tx, c, of)
	if err != nil {
		return err
	}
	clocks, err := s.cases.Clocks(tx, c)
	runs := false
	for _, k := range clocks {
		runs = runs || k.Of == of && k.Term == appealTerms[ruling.Act] && k.Open() && !k.Overdue(tx.Today())
	}
	f.SetBool(law.BeforeExpiry, runs, of)
	return err
}

func (s *Service) appeal(by access.Session, in enforcementAppealBody) casework.Command {
	var ruling casework.CaseAct
	cmd := casework.Command{Note: in.Upper}
	cmd.Change = func(tx *store.Tx, c *casework.Case) (err error) {
		least, err := stepOf(tx, c, in.Of, "court_rejects", "court_denies")
		if err != nil {
			return err
		}
		if ruling, err = ruled(tx, c, in.Of); err != nil {
			return err
		}
		var fs fault.Fields
		if in.RuledOn.Before(least) || in.RuledOn.After(ruling.On) {
			fs.Add("ruled_on", "裁定日期在上一步（%s）以后，不晚于收到裁定的日期（%s）", least.Han(), ruling.On.Han())
		}
		return fs.Err()
	}
	cmd.State = func(tx *store.Tx, c *casework.Case, f *law.Facts) error { return s.appealRuns(tx, c, in.Of, f) }
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
			CourtName: a.Court, RuledOn: in.RuledOn, ReceivedOn: ruling.On, Ruling: in.Ruling, Kind: kind, Basis: basis, Claim: in.Claim, Reason: in.Reason, Upper: in.Upper,
		}}}, nil
	}
	return s.moving(in.Of, cmd, func(tx *store.Tx, c *casework.Case, done casework.Done) error {
		return keep(tx, c, done, "appeal_court", in.Of, by.Person(), in)
	})
}
