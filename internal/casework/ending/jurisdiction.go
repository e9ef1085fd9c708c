package ending

import (
	"slices"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

type endingDisputeBody struct {
	casework.OnVersion
	Body   string    `json:"body" doc:"争议的另一方机关" ask:"need"`
	Arose  law.Date  `json:"arose" doc:"争议发生的日期" ask:"need"`
	Matter string    `json:"matter" doc:"争议事项" ask:"need long 500"`
	From   time.Time `json:"from" doc:"协商开始时间" label:"协商开始" ask:"need"`
	Until  time.Time `json:"until" doc:"协商结束时间" label:"协商结束" ask:"need"`
	At     string    `json:"at" doc:"协商地点、方式" ask:"need"`
	Attend string    `json:"attend" doc:"参加协商的人员，用顿号分开" label:"参加人员" ask:"need" hint:"用顿号分开"`
	Result string    `json:"result" doc:"协商结果" ask:"need long 500"`
}

type endingReferBody struct {
	casework.OnVersion
	To       string `json:"to" doc:"共同的上一级机关" ask:"need"`
	Facts    string `json:"facts" doc:"案件基本情况" ask:"need long 1000"`
	Views    string `json:"views" doc:"各方意见" ask:"need long 1000"`
	Attached string `json:"attached" doc:"附送材料，用顿号分开" label:"附送材料" ask:"need" hint:"用顿号分开"`
}

type endingKeepBody struct {
	casework.OnVersion
	How string   `json:"how" doc:"协商一致，或者指定管辖的文件和文号" label:"协商一致的记录，或者指定管辖的文件和文号" ask:"need"`
	On  law.Date `json:"on" doc:"协商一致或者指定的日期" label:"日期" ask:"need now"`
}

type endingTransferBody struct {
	casework.OnVersion
	To       string `json:"to" doc:"受移送的机关" ask:"need"`
	Basis    string `json:"basis" doc:"移送的依据" ask:"need" propose:"《中华人民共和国行政处罚法》第二十二条、《住房和城乡建设行政处罚程序规定》第六条"`
	Reason   string `json:"reason" doc:"移送的理由" ask:"long 500"`
	Attached string `json:"attached" doc:"移送的材料，用顿号分开" label:"移送的材料" ask:"need" hint:"用顿号分开，例如：线索登记表、核查记录、现场照片"`
	Things   bool   `json:"things" doc:"查封、扣押的财物随案移送并附清单" label:"查封、扣押的财物随案移送，附清单"`
}

func (s *Service) jurisdictionDeeds() []casework.Deed {
	return []casework.Deed{
		casework.NewDeed(s.cases, casework.DeedDef[endingDisputeBody]{
			Act: "dispute", Submit: "记录协商，提出管辖争议", Done: "已记录管辖争议", Explain: "对管辖有争议的，先协商；协商不成的，报请共同的上一级机关指定管辖。", When: "别的机关也要管，或者都不管的",
			Command: s.dispute,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingReferBody]{
			Act: "refer_dispute", Submit: "报请，出具报请指定管辖函", Done: "已报请指定管辖", Explain: "协商不成的，报请共同的上一级机关指定管辖。", When: "协商不成的",
			Command: s.refer,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingKeepBody]{
			Act: "keep_jurisdiction", Submit: "由本机关继续办理", Done: "已确定由本机关管辖", Explain: "案件回到争议前的那一步。", When: "协商一致或者指定由本机关管辖的",
			Command: s.keepJurisdiction,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingTransferBody]{
			Act: "transfer_out", Submit: "批准移送，出具案件移送函", Danger: true, Done: "已移送有管辖权的机关", Explain: "不归本机关管的，经负责人批准移送有管辖权的机关。移送以后本机关不再办理。", When: "不归本机关管的",
			Presume: presume(law.ThingsUnaccounted), Command: s.transferOut,
		}),
	}
}

// han is an instant as records print it.
func han(t time.Time) string { return t.In(law.Zone).Format("2006年1月2日15时04分") }

func (s *Service) dispute(by access.Session, in endingDisputeBody) casework.Command {
	return casework.Command{
		Note: in.Body + "：" + in.Matter, Named: in.Arose,
		Change: func(tx *store.Tx, _ *casework.Case) error {
			var fs fault.Fields
			if in.Until.Before(in.From) || in.Until.After(tx.Now) {
				fs.Add("until", "协商结束的时间在开始以后、现在以前")
			}
			if in.Arose.After(tx.Today()) {
				fs.Add("arose", "争议发生的日期不能晚于今天")
			}
			return fs.Err()
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			form, err := casework.Unsigned(tx, c, in.Matter)
			var attend []casework.Speaker
			for _, n := range names(in.Attend) {
				attend = append(attend, casework.Speaker{Name: n})
			}
			return []casework.Draft{{Kind: "jurisdiction_record", Part: casework.JurisdictionRecord{
				Session: casework.Session{From: han(in.From), Until: han(in.Until), At: in.At, Recorder: form.Steps[0].Name}, Attend: attend, Arose: in.Arose, Matter: in.Body + "：" + in.Matter, Result: in.Result,
			}}}, err
		},
		Write: s.keeping("dispute", by, in),
	}
}

func (s *Service) refer(by access.Session, in endingReferBody) casework.Command {
	return casework.Command{
		Note: in.To,
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			var d endingDisputeBody
			_, err := said(tx, c.ID, "dispute", &d)
			return []casework.Draft{{Kind: "designation_request", Part: casework.DesignationRequest{To: in.To, Other: d.Body, Facts: in.Facts, Arose: d.Arose, Views: in.Views, Attached: names(in.Attached)}}}, err
		},
		Write: s.keeping("refer_dispute", by, in),
	}
}

func (s *Service) keepJurisdiction(by access.Session, in endingKeepBody) casework.Command {
	return casework.Command{
		Note: in.How,
		Change: func(tx *store.Tx, _ *casework.Case) error {
			var fs fault.Fields
			if in.On.After(tx.Today()) {
				fs.Add("on", "日期不能晚于今天")
			}
			return fs.Err()
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			if err := keep(tx, c, done, "keep_jurisdiction", by.Person(), in); err != nil {
				return err
			}
			return link(tx, c, done, Link{Kind: LinkDesignated, Note: in.How})
		},
	}
}

func (s *Service) transferOut(by access.Session, in endingTransferBody) casework.Command {
	why := strings.TrimSpace(in.Reason)
	return casework.Command{
		Note: in.To + "：" + why,
		Change: func(_ *store.Tx, c *casework.Case) error {
			c.Ending, c.EndingNote = "transferred", in.To+"："+why
			return nil
		},
		State: func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
			headApproves(by, f)
			f.SetBool(law.ReasonRecorded, why != "", "form")
			accountFor(f, in.Things)
			return nil
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			along, err := s.cases.Held(tx, c)
			return []casework.Draft{{Kind: "transfer_letter", Part: casework.TransferLetter{To: in.To, Facts: orWord(c.FactText, c.Summary), Reason: why, Basis: in.Basis, Seized: len(along) > 0, Attached: names(in.Attached)}}}, err
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			if err := keep(tx, c, done, "transfer_out", by.Person(), in); err != nil {
				return err
			}
			return link(tx, c, done, Link{Kind: LinkTransferred, Body: in.To, Note: why})
		},
	}
}

// accountFor states that things go along with the case; otherwise the records of the measures say whether any are left.
func accountFor(f *law.Facts, along bool) {
	if along {
		f.SetBool(law.ThingsUnaccounted, false, "form")
	}
}

// departed is the act by which a case, or the things of a decided one, left; "" for none.
func departed(at casework.State, acts []casework.CaseAct) string {
	done := func(act string) bool {
		return slices.ContainsFunc(acts, func(a casework.CaseAct) bool { return a.Act == act })
	}
	switch at {
	case casework.WithPolice:
		return "hand_to_police"
	case casework.LeadWithPolice:
		return "hand_lead_to_police"
	case casework.Transferred:
		if !done("transfer_out") { // the police have filed what was a lead
			return "hand_lead_to_police"
		}
		return "transfer_out"
	case casework.Issued, casework.Delivered, casework.Demanded, casework.Enforcing, casework.Halted, casework.Revoked:
		if done("hand_decided_to_police") {
			return "hand_decided_to_police"
		}
	}
	return ""
}

// left tells where the case has gone: to the police, or to the body that is competent, by the letter of that day.
func left(tx *store.Tx, c *casework.Case) (out casework.Departure, err error) {
	all, err := casework.Acts(tx, c.ID)
	if err != nil {
		return out, err
	}
	act := departed(c.State, all)
	if act == "" {
		return out, nil
	}
	var to struct {
		To     string `json:"to"`
		Police string `json:"police"`
	}
	if _, err := said(tx, c.ID, act, &to); err != nil {
		return out, err
	}
	out = casework.Departure{To: to.To + to.Police, Title: "涉嫌犯罪案件移送书"}
	if act == "transfer_out" {
		out.Title = "案件移送函"
	}
	var letter casework.PaperID
	for _, a := range all {
		if a.Act == act {
			letter = a.Paper
		}
	}
	papers, err := casework.Papers(tx, c.ID)
	for _, p := range papers {
		if p.ID == letter {
			out.Letter = p.DocNo
		}
	}
	return out, err
}
