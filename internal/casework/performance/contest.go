package performance

import (
	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// suitDropped is the result of a suit that leaves the decision as if nobody had sued.
const suitDropped = "撤诉或者不予立案"

// undoing are the results by which the decision no longer stands as it was made.
var undoing = []string{"撤销", "变更", "确认无效"}

var (
	reviewResults = pages.Words("维持", "驳回复议请求", "变更", "撤销", "确认违法", "终止复议")
	suitResults   = pages.Words("驳回诉讼请求", "变更", "撤销", "确认违法", "确认无效", suitDropped)
)

type performanceRegisterBody struct {
	casework.OnVersion
	On   law.Date `json:"on" doc:"受理的日期" ask:"need now"`
	Body string   `json:"body" doc:"复议机关或者人民法院，以及案号" label:"受理的机关和案号" ask:"need"`
}

type performanceResultBody struct {
	casework.OnVersion
	On     law.Date `json:"on" doc:"收到结果的日期" ask:"need now"`
	Result string   `json:"result" doc:"结果" ask:"need select"`
	No     string   `json:"no" doc:"文号" ask:"need"`
}

func (s *Service) contestDeeds() []casework.Deed {
	register := func(act, submit, explain, when string) casework.Deed {
		return casework.NewDeed(s.cases, casework.DeedDef[performanceRegisterBody]{
			Act: act, Submit: submit, Done: "已登记，期间不计算加处罚款", Explain: explain, When: when,
			Command: func(by access.Session, in performanceRegisterBody) casework.Command {
				return s.contest(by, act, in.On, "", in.Body, "")
			},
		})
	}
	result := func(act, submit, after, explain, when string, words []web.Option) casework.Deed {
		return casework.NewDeed(s.cases, casework.DeedDef[performanceResultBody]{
			Act: act, Submit: submit, Done: "已登记结果", Explain: explain, When: when, Options: map[string][]web.Option{"result": words},
			Command: func(by access.Session, in performanceResultBody) casework.Command {
				return s.contest(by, act, in.On, in.Result, in.No, after)
			},
		})
	}
	return []casework.Deed{
		register("register_review", "登记复议申请", "申请复议不停止执行处罚；复议期间不计算加处罚款，也不申请法院强制执行。", "当事人申请复议的"),
		result("review_decided", "登记复议结果", "register_review", "不服的可以自收到复议决定书之日起十五日内起诉。变更、撤销的，三个工作日内撤回已公开的信息，退还多缴的罚款。", "收到复议决定的", reviewResults),
		register("register_suit", "登记行政诉讼", "诉讼不停止执行处罚；诉讼期间不计算加处罚款，不申请非诉执行，按生效裁判执行。", "当事人起诉的"),
		result("suit_decided", "登记诉讼结果", "register_suit", "判决撤销、变更的，由负责人作出撤销、变更；驳回的按生效裁判执行。", "裁判生效的", suitResults),
	}
}

// contest registers a step; after names what must have been registered before.
func (s *Service) contest(by access.Session, act string, on law.Date, result, says, after string) casework.Command {
	return casework.Command{
		On: on, Note: result + " " + says,
		Change: func(tx *store.Tx, c *casework.Case) error {
			rows, err := casework.RoundRows[Contest](tx, c.ID)
			if err != nil {
				return err
			}
			least := law.DateOf(c.Delivered())
			begun := casework.OrWord(after, act)
			switch open := pending(rows, begun, ended[begun]); {
			case after == "" && open:
				return fault.New(fault.Conflict, "已经登记过，还没有结果")
			case after != "" && !open:
				return fault.New(fault.Conflict, "没有等待结果的登记。请先登记受理")
			}
			for _, r := range rows {
				if r.Act == after {
					least = r.On
				}
			}
			return notLater(tx, on, least)
		},
		Write: s.noting(act, by, on, result, says),
	}
}

// ended says by which act each is ended.
var ended = map[string]string{"register_review": "review_decided", "register_suit": "suit_decided"}
