package performance

import (
	"slices"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/law/timing"
	"fadu/internal/store"
	"fadu/internal/web"
)

// What a result means beyond its word: a suit that ended without a judgment, reconsideration that ended without a
// decision, and an organ that let its term run out (行政诉讼法第四十五条；行诉解释第五十八条).
const (
	suitDropped  = "撤诉或者不予立案"
	suitRejected = "驳回起诉"
	reviewEnded  = "终止复议"
	reviewSilent = "逾期没有作出决定"
)

// The procedures of reconsideration, by which the organ's term differs (行政复议法第六十二条).
const (
	reviewPlain = "普通程序"
	reviewShort = "简易程序"
)

// reviewTerms are the terms of the organ.
var reviewTerms = []string{"复议决定期限(普通程序)", "复议决定期限(简易程序)"}

// undoing are the results by which the decision no longer stands as it was made.
var undoing = []string{"撤销", "变更", "确认无效"}

var (
	reviewResults = pages.Words("维持", "驳回复议请求", "变更", "撤销", "确认违法", "确认无效", reviewEnded, reviewSilent)
	suitResults   = pages.Words("驳回诉讼请求", "变更", "撤销", "确认违法", "确认无效", suitRejected, suitDropped)
)

type performanceRegisterBody struct {
	casework.OnVersion
	On   law.Date `json:"on" doc:"受理的日期" ask:"need now"`
	Body string   `json:"body" doc:"复议机关或者人民法院，以及案号" label:"受理的机关和案号" ask:"need"`
}

type performanceReviewBody struct {
	casework.OnVersion
	On        law.Date `json:"on" doc:"受理的日期" ask:"need now"`
	Body      string   `json:"body" doc:"复议机关" label:"受理的机关" ask:"need"`
	Procedure string   `json:"procedure,omitempty" doc:"复议机关适用的程序，不填的按普通程序" label:"复议适用的程序" ask:"select" of:"普通程序|简易程序" propose:"普通程序"`
}

type performanceSuitResultBody struct {
	casework.OnVersion
	On     law.Date `json:"on" doc:"收到结果的日期" ask:"need now"`
	Result string   `json:"result" doc:"结果" ask:"need select"`
	No     string   `json:"no" doc:"文号" ask:"need"`
	// From is the day from which the judgment can be executed (行诉解释第一百五十三条第二款).
	From law.Date `json:"executable_from,omitempty" doc:"裁判规定的履行期间的最后一日；裁判没有规定的，裁判生效的日期；不填的按收到结果的日期" label:"履行期间的最后一日，或者裁判生效的日期" hint:"申请法院执行裁判的二年从这一天起算；不填的按收到结果的日期"`
}

type performanceExtendReviewBody struct {
	casework.OnVersion
	On   law.Date `json:"on" doc:"收到延长通知的日期" ask:"need now"`
	Days int      `json:"days" doc:"延长的日数，至多三十" label:"延长" unit:"日"`
	No   string   `json:"no" doc:"延长通知的文号" ask:"need"`
}

type performanceResultBody struct {
	casework.OnVersion
	On     law.Date `json:"on" doc:"收到结果的日期；逾期没有作出决定的，复议期限届满的日期" ask:"need now"`
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
	review := casework.NewDeed(s.cases, casework.DeedDef[performanceReviewBody]{
		Act: "register_review", Submit: "登记复议申请", Done: "已登记，期间不计算加处罚款", Explain: "申请复议不停止执行处罚；复议期间不计算加处罚款，也不申请法院强制执行。复议机关自受理之日起六十日内决定，简易程序三十日。", When: "当事人申请复议的",
		Command: func(by access.Session, in performanceReviewBody) casework.Command {
			return s.contest(by, "register_review", in.On, casework.OrWord(in.Procedure, reviewPlain), in.Body, "")
		},
	})
	extend := casework.NewDeed(s.cases, casework.DeedDef[performanceExtendReviewBody]{
		Act: "extend_review", Submit: "登记延长", Done: "已登记复议延长", Explain: "普通程序的案件情况复杂的，复议机构负责人批准可以延长，至多三十日，书面告知当事人。", When: "复议机关通知延长的",
		Command: s.extendReview,
	})
	result := func(act, submit, after, explain, when string, words []web.Option) casework.Deed {
		return casework.NewDeed(s.cases, casework.DeedDef[performanceResultBody]{
			Act: act, Submit: submit, Done: "已登记结果", Explain: explain, When: when, Options: map[string][]web.Option{"result": words},
			Command: func(by access.Session, in performanceResultBody) casework.Command {
				return s.contest(by, act, in.On, in.Result, in.No, after)
			},
		})
	}
	return []casework.Deed{
		review, extend,
		result("review_decided", "登记复议结果", "register_review", "不服的可以自收到复议决定书之日起十五日内起诉；复议终止的，起诉期限仍是六个月；复议机关逾期没有作出决定的，自期满起十五日。变更、撤销的，三个工作日内撤回已公开的信息，退还多缴的罚款。", "收到复议决定的", reviewResults),
		register("register_suit", "登记行政诉讼", "诉讼不停止执行处罚；诉讼期间不计算加处罚款，不申请非诉执行，按生效裁判执行。", "当事人起诉的"),
		casework.NewDeed(s.cases, casework.DeedDef[performanceSuitResultBody]{
			Act: "suit_decided", Submit: "登记诉讼结果", Done: "已登记结果", Explain: "判决撤销、变更的，由负责人作出撤销、变更；驳回诉讼请求的，向第一审人民法院申请执行生效裁判；撤诉、不予立案、裁定驳回起诉的，期满后仍可申请非诉执行。", When: "裁判生效的", Options: map[string][]web.Option{"result": suitResults},
			Command: func(by access.Session, in performanceSuitResultBody) casework.Command {
				cmd := s.contest(by, "suit_decided", in.On, in.Result, in.No, "register_suit")
				cmd.Named = in.From
				return cmd
			},
		}),
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
			open := pending(rows, begun, ended[begun]) || act == "review_decided" && result != reviewSilent && lastReview(rows).Result == reviewSilent
			switch {
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
			if err := notLater(tx, on, least); err != nil || result != reviewSilent {
				return err
			}
			return s.silent(tx, c, on)
		},
		Write: s.noting(act, by, on, result, says),
	}
}

// ended says by which act each is ended.
var ended = map[string]string{"register_review": "review_decided", "register_suit": "suit_decided"}

// lastReview is the last step of reconsideration.
func lastReview(rows []Contest) (last Contest) {
	for _, r := range rows {
		if r.Act == "register_review" || r.Act == "review_decided" {
			last = r
		}
	}
	return last
}

// silent checks that the organ's term has run out without a decision, and on which day.
func (s *Service) silent(tx *store.Tx, c *casework.Case, on law.Date) error {
	for _, term := range reviewTerms {
		k, err := s.cases.ClockOf(tx, c, term)
		if err != nil {
			return err
		}
		if k == nil || k.EndAct != "" {
			continue
		}
		var fs fault.Fields
		switch {
		case k.Open():
			fs.Add("result", "复议机关的期限到%s，还没有届满（%s）", k.Due.Han(), k.Article)
		case on != k.Due:
			fs.Add("on", "复议机关的期限于%s届满，请填写这一天", k.Due.Han())
		}
		return fs.Err()
	}
	return nil
}

func (s *Service) extendReview(by access.Session, in performanceExtendReviewBody) casework.Command {
	return casework.Command{
		On: in.On, Days: in.Days, Note: in.No,
		Change: func(tx *store.Tx, c *casework.Case) error {
			rows, err := casework.RoundRows[Contest](tx, c.ID)
			if err != nil {
				return err
			}
			last := lastReview(rows)
			if last.Act != "register_review" || last.Result == reviewShort {
				return fault.New(fault.Conflict, "没有按普通程序办理、等待结果的复议。简易程序的复议不延长（%s）", law.Cite("XZFY", 62).Han())
			}
			var fs fault.Fields
			most, ok := law.Limit("review_extension_days", in.On)
			if !ok || in.Days <= 0 || int64(in.Days) > most.Value {
				fs.Add("days", "延长一至%d日（%s）", most.Value, law.Cite("XZFY", 62, 1).Han())
			}
			if k, err := s.cases.ClockOf(tx, c, reviewTerms[0]); err != nil {
				return err
			} else if k != nil && (in.On.After(k.Due) || k.Granted > 0) {
				fs.Add("on", "复议机关的期限到%s，届满以前延长，只延长一次", k.Due.Han())
			}
			if fs.Err() != nil {
				return fs.Err()
			}
			return notLater(tx, in.On, last.On)
		},
		Write: s.noting("extend_review", by, in.On, "", in.No),
	}
}

// contestEvents tell the clocks what the steps of reconsideration and suits mean for the party's time to sue.
func contestEvents(rows []Contest) []timing.Event {
	var out []timing.Event
	reviewed := false
	for _, r := range rows {
		act := ""
		switch {
		case r.Act == "register_review" && r.Result == reviewShort:
			act = casework.EventReviewShort
		case r.Act == "register_review":
			act = casework.EventReviewPlain
		case r.Act == "review_decided" && r.Result == reviewSilent:
			reviewed = true
		case r.Act == "review_decided" && r.Result == reviewEnded:
			act, reviewed = casework.EventReviewEnded, false
		case r.Act == "review_decided" && (r.Result == "撤销" || r.Result == "确认无效"):
			act, reviewed = casework.EventReviewUndid, true
		case r.Act == "review_decided":
			act, reviewed = casework.EventReviewStands, true
		case r.Act == "suit_decided" && dropped(r.Result) && reviewed:
			act = casework.EventSuitDroppedAfterReview
		case r.Act == "suit_decided" && dropped(r.Result):
			act = casework.EventSuitDropped
		}
		if act == "" {
			continue
		}
		at := store.FromMicros(r.RecordedAt)
		if law.DateOf(at) != r.On {
			at = r.On.Start()
		}
		out = append(out, timing.Event{Act: act, On: r.On, At: at})
	}
	return out
}

// judgmentEvents tell the clocks since when a judgment can be executed.
func judgmentEvents(tx *store.Tx, c *casework.Case, rows []Contest) ([]timing.Event, error) {
	acts, err := casework.RoundActs(tx, c.ID)
	var out []timing.Event
	for _, a := range acts {
		i := slices.IndexFunc(rows, func(r Contest) bool {
			return r.Entry == a.Entry && r.Act == "suit_decided" && slices.Contains(executable, r.Result)
		})
		if i < 0 || a.Act != "suit_decided" {
			continue
		}
		from := a.Named
		if from.IsZero() {
			from = a.On
		}
		out = append(out, timing.Event{Act: casework.EventJudgmentDue, On: a.On, At: store.FromMicros(a.At - 1), Day: from}) // before what was done in the same instant
	}
	return out, err
}

// dropped reports whether a suit ended without a judgment on the decision.
func dropped(result string) bool { return result == suitDropped || result == suitRejected }
