package inquiry

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
	"fadu/internal/web"
)

// withFiles bounds a form with photographs.
const withFiles = 80 << 20

// Desk is what the kernel asks of this desk.
func (s *Service) Desk() casework.Desk {
	return casework.Desk{
		Name: "调查取证", Facts: s.facts, Recusals: recused, Exhibits: exhibits, Merged: merged, Split: split, Mends: map[string]string{
			"XZCF-55-1": "inspect", "MOHURD55-20": "propose", "XZCF-28-1-concluded": "order_correction", "XZCF-43-1-handlers": "assign", "XZCF-43-2-decided": "decide_recusal", "XZCF-28-1-as-rechecked": "propose",
			"MOHURD55-20-out":   "receive_result",
			"XZCF-43-3-hearing": "decide_recusal", "XZCF-43-3-review": "decide_recusal",
		},
		Forms: []casework.Form{
			casework.Ask(casework.Form{Act: "summon", Submit: "出具询问通知书", Explain: "通知当事人到指定地点接受询问。", When: "要当事人来局里接受询问的"}, "已出具询问（调查）通知书", startSummon, s.Summon),
			casework.Ask(casework.Form{Act: "interview", Submit: "记录，出具询问笔录", Explain: "两名执法人员逐人询问，逐页签名，涂改处捺印。", When: "询问当事人、证人", Presume: presume(shown, record, alone)}, "已制作询问笔录", startInterview, s.Interview),
			casework.Ask(casework.Form{Act: "inspect", Submit: "记录，出具检查笔录", MaxBody: withFiles, Explain: "通知当事人到场；不到场的全程录像并在笔录上注明。", When: "到现场检查、勘验", Presume: presume(shown, record, present)}, "已制作现场检查（勘验）笔录", startInspect, s.Inspect),
			casework.Ask(casework.Form{Act: "request_evidence", Submit: "出具调取证据通知书", Explain: "通知有关单位、个人限期提供证据；收到以后另外登记证据。", When: "证据在别人手里的"}, "已出具调取证据通知书，请送达", nil, s.Request),
			casework.Ask(casework.Form{Act: "collect_evidence", Submit: "登记证据，出具清单", MaxBody: withFiles, Explain: "每份证据编号，写明证明什么。复制件要与原件核对。", When: "当事人、第三人提供材料，或者调取材料", Presume: presume(shown, copied)}, "已登记证据", startCollect, s.Collect),
			casework.Ask(casework.Form{Act: "ask_assistance", Submit: "出具协助调查函", Explain: "请有关机关协助调查。", When: "要别的机关提供材料、认定的"}, "已出具协助调查函", nil, s.AskAssistance),
			casework.Ask(casework.Form{Act: "sample", Submit: "出具抽样取证通知书", Explain: "样品当场封存，由当事人确认。", When: "物品数量大、要送检的", Presume: presume(shown)}, "已抽样取证", startSample, s.Sample),
			casework.Ask(casework.Form{Act: "commission", Submit: "出具委托书", Explain: "有委托书的检测、鉴定时间才不计入办案期限。", When: "要检测、检验、检疫、技术鉴定的", Presume: presume(qualified)}, "已出具委托书", startCommission, s.Commission),
			casework.Ask(casework.Form{Act: "prolong_commission", Submit: "出具延长的委托书", Explain: "检测、鉴定的时间只扣到委托书写明的那一天；来不及的，期满前另出委托书。送检的是查封、扣押的财物的，同时出具期间告知书，送达当事人。", When: "报告期限内出不来的"}, "已延长检测、鉴定期间", startProlong, s.Prolong),
			casework.Ask(casework.Form{Act: "cancel_commission", Submit: "撤回委托", Explain: "撤回以后，期限从今天起继续计算。", When: "不再需要检测、鉴定的"}, "已撤回委托，期限继续计算", startCancel, s.Cancel),
			casework.Ask(casework.Form{Act: "receive_result", Submit: "登记结果，出具告知书", Explain: "结果告知书送达当事人以后，才能认定这份证据。", When: "检测、鉴定的报告到了", Presume: presume(qualified)}, "已登记检测、鉴定结果", startResult, s.Receive),
			casework.Ask(casework.Form{Act: "admit_evidence", Submit: "认定", Explain: "调查终结报告和决定只写采信的证据。", When: "取得证据以后，报批终结以前", Presume: presume(lawful, told)}, "已认定", startAdmit, s.Admit),
			casework.Ask(casework.Form{Act: "order_correction", Submit: "出具责令改正文书", Explain: "责令改正不是处罚；限期的到期复查。", When: "违法行为可以改正、应当停止的"}, "已责令改正", startCorrect, s.Correct),
			casework.Ask(casework.Form{Act: "recheck", Submit: "记录，出具复查记录", Explain: "改正期限届满以后到现场看。", When: "责令改正的期限到了"}, "已记录复查情况", startRecheck, s.Recheck),
			casework.Ask(casework.Form{Act: "ask_recusal", Submit: "登记回避申请", Explain: "由负责人决定；决定以前调查不停止，对听证、审核人员的，听证和审核等着。", When: "当事人申请回避，或者执法人员自行回避"}, "已登记回避申请，调查继续", s.startRecusal, s.AskRecusal),
			casework.Ask(casework.Form{Act: "recuse_self", Submit: "申请回避", Explain: "主持、记录听证的和审核的人自行申请；由负责人决定，决定以前听证、审核等着。", When: "与本案有利害关系的"}, "已登记回避申请", nil, s.RecuseSelf),
			casework.Ask(casework.Form{Act: "decide_recusal", Submit: "决定，出具回避决定书", Explain: "同意执法人员回避的，同时确定接替的人；听证、审核人员另行指定。", When: "有回避申请等着决定的", Presume: presumeDecider}, "已决定回避申请", startDecideRecusal, s.DecideRecusal),
			casework.Ask(casework.Form{Act: "conclude", Submit: "报批，出具调查终结报告", Explain: "报告的证据是清单中采信的，依据和裁量来自拟定的处理意见。", When: "事实查清、处理意见已拟定", Presume: s.presumeReport}, "已报批调查终结", s.startConclude, s.Conclude),
			casework.Ask(casework.Form{Act: casework.MandateAct, Submit: "登记责成文件", MaxBody: withFiles, Explain: "县级以上地方人民政府责成强制拆除的文件，写明文号、日期，附扫描件，进证据清单；作出强制执行决定时选用。", When: "人民政府责成强制拆除的"}, "已登记责成文件", nil, s.RegisterMandate),
			casework.Ask(casework.Form{Act: "approve_conclusion", Submit: "同意调查终结", Explain: "同意后告知当事人。", When: "报告完整、事实清楚的"}, "已同意调查终结", nil, s.Approve),
			casework.Ask(casework.Form{Act: "return_conclusion", Submit: "退回", Explain: "退回后继续调查，报告登记作废。", When: "还要补充调查的"}, "已退回补充调查", nil, s.Return),
		},
	}
}

// presume states what a well filled form states.
func presume(what ...func(*law.Facts)) func(*store.Tx, access.Session, *casework.Case, *law.Facts) error {
	return func(_ *store.Tx, _ access.Session, _ *casework.Case, f *law.Facts) error {
		for _, state := range what {
			state(f)
		}
		return nil
	}
}

func shown(f *law.Facts)  { f.SetBool(law.ShowedID, true, "form") }
func record(f *law.Facts) { stated{true, true, true}.put(f) }
func alone(f *law.Facts)  { f.SetBool(law.InterviewedAlone, true, "form") }
func copied(f *law.Facts) { f.SetBool(law.CopyChecked, true, "form") }
func told(f *law.Facts)   { f.SetList(law.UntoldResults, nil, "form") } // the act asks the papers of what is chosen
func present(f *law.Facts) {
	f.SetBool(law.PartyPresent, true, "form")
}

func qualified(f *law.Facts) {
	f.SetBool(law.CommissionWritten, true, "form")
	f.SetBool(law.BodyQualified, true, "form")
}

func lawful(f *law.Facts) {
	f.SetText(law.EvidenceType, Written.Label(), "form")
	f.SetBool(law.Reviewed, true, "form")
	f.SetBool(law.IllegalMeans, false, "form")
}

func presumeDecider(_ *store.Tx, by access.Session, _ *casework.Case, f *law.Facts) error {
	f.SetText(law.Decider, DecideRecusalInput{}.decider(by), "form")
	return nil
}

// presumeReport takes the free texts as written: what the records still miss stays missing.
func (s *Service) presumeReport(tx *store.Tx, _ access.Session, c *casework.Case, f *law.Facts) error {
	draft, err := s.report(tx, c, ConcludeInput{Course: "写", Views: "写", Discretion: "写", Proposal: "写", Measures: "写", Crime: "写"})
	if err != nil {
		return err
	}
	missing, err := s.cases.DraftLacks(tx, c, draft)
	if err != nil {
		missing = []string{"拟定处理意见"}
	}
	f.SetList(law.MissingReportParts, missing, c.ID.Subject())
	f.SetBool(law.NothingToCorrect, true, "form")
	return nil
}

func leadName(tx *store.Tx, c *casework.Case) (string, error) {
	names, err := org.PeopleNames(tx, []org.PersonID{org.PersonID(c.Lead)})
	return names[org.PersonID(c.Lead)], err
}

func options(values ...string) []web.Option {
	var out []web.Option
	for _, v := range values {
		out = append(out, web.Option{Value: v, Label: v})
	}
	return out
}

func startSummon(_ *store.Tx, at casework.FormAt) (casework.Asked[SummonInput], error) {
	return casework.Asked[SummonInput]{In: SummonInput{Bring: "身份证明"}}, nil
}

func startInterview(tx *store.Tx, at casework.FormAt) (casework.Asked[InterviewInput], error) {
	name, err := leadName(tx, at.Case)
	out := casework.Asked[InterviewInput]{In: InterviewInput{Recorder: name, Recusal: "听清楚了，不申请回避。"}}
	var list []web.Option
	for _, r := range roles {
		list = append(list, web.Option{Value: r.value, Label: r.label})
	}
	out.Options = map[string][]web.Option{"role": list}
	return out, err
}

func startInspect(tx *store.Tx, at casework.FormAt) (casework.Asked[InspectInput], error) {
	name, err := leadName(tx, at.Case)
	return casework.Asked[InspectInput]{
		In:      InspectInput{At: at.Case.Place, Recorder: name, Party: "present", Recusal: "听清楚了，不申请回避。", Remark: "没有意见。"},
		Options: map[string][]web.Option{"party": {{Value: "present", Label: "到场"}, {Value: "absent", Label: "经通知没有到场、拒绝到场"}}},
	}, err
}

func startCollect(*store.Tx, casework.FormAt) (casework.Asked[CollectInput], error) {
	var list []web.Option
	for _, k := range kinds {
		list = append(list, web.Option{Value: string(k), Label: k.Label()})
	}
	return casework.Asked[CollectInput]{Options: map[string][]web.Option{"kind": list}}, nil
}

func startSample(_ *store.Tx, at casework.FormAt) (casework.Asked[SampleInput], error) {
	return casework.Asked[SampleInput]{In: SampleInput{At: at.Case.Place}}, nil
}

func startCommission(tx *store.Tx, at casework.FormAt) (casework.Asked[CommissionInput], error) {
	open, err := seizures(tx, at.Case)
	list := []web.Option{{Value: "", Label: "不是查封、扣押的财物"}}
	for _, a := range open {
		list = append(list, web.Option{Value: a.Of, Label: a.On.Han() + "查封、扣押的财物", Small: a.Note})
	}
	return casework.Asked[CommissionInput]{In: CommissionInput{Kind: appraisalKinds[0]}, Options: map[string][]web.Option{"kind": options(appraisalKinds...), "seizure": list}}, err
}

// commissioned are the tests whose results are awaited, and the only one of them.
func commissioned(tx *store.Tx, at casework.FormAt) (map[string][]web.Option, string, error) {
	all, err := ofCase[Appraisal](tx, at.Case.ID)
	var list []web.Option
	for _, a := range all {
		if a.out() {
			list = append(list, web.Option{Value: a.Of(), Label: a.Kind + "：" + a.Subject, Small: a.Body + "，" + a.CommissionedOn.Han() + "委托"})
		}
	}
	return map[string][]web.Option{"appraisal": list}, first(list), err
}

func startResult(tx *store.Tx, at casework.FormAt) (casework.Asked[ResultInput], error) {
	list, one, err := commissioned(tx, at)
	return casework.Asked[ResultInput]{In: ResultInput{Appraisal: one}, Options: list}, err
}

func startProlong(tx *store.Tx, at casework.FormAt) (casework.Asked[ProlongInput], error) {
	list, one, err := commissioned(tx, at)
	return casework.Asked[ProlongInput]{In: ProlongInput{Appraisal: one}, Options: list}, err
}

func startCancel(tx *store.Tx, at casework.FormAt) (casework.Asked[CancelInput], error) {
	list, one, err := commissioned(tx, at)
	return casework.Asked[CancelInput]{In: CancelInput{Appraisal: one}, Options: list}, err
}

// first is the only choice of a list, "" where there are several.
func first(list []web.Option) string {
	if len(list) == 1 {
		return list[0].Value
	}
	return ""
}

func startAdmit(tx *store.Tx, at casework.FormAt) (casework.Asked[AdmitInput], error) {
	all, err := pieces(tx, at.Case.ID)
	list := []web.Option{{Value: "all", Label: "全部还没有认定的"}}
	var facts []web.FactView
	for _, p := range all {
		label := fmt.Sprintf("%d．%s（%s）", p.Number, p.Title, p.Kind.Label())
		state := "还没有认定"
		if p.Review != nil {
			state = joined(outcomeLabel(p.Review.Outcome), p.Review.Reason)
		}
		if !at.Case.FiledOn.IsZero() && p.ObtainedOn.Before(at.Case.FiledOn) {
			state = joined("立案前取得", state)
		}
		if p.Device != "" {
			state = joined("监控设备："+p.Device, state)
		}
		list = append(list, web.Option{Value: strconv.FormatInt(p.Number, 10), Label: label})
		facts = append(facts, web.FactView{Label: label, Text: "证明" + p.proves() + "；" + state})
	}
	return casework.Asked[AdmitInput]{
		In: AdmitInput{Evidence: "all", Outcome: Admitted, Reason: "来源合法，内容真实，与本案有关"}, Facts: facts,
		Options: map[string][]web.Option{"evidence": list, "outcome": {{Value: Admitted, Label: outcomeLabel(Admitted)}, {Value: Rejected, Label: outcomeLabel(Rejected)}, {Value: Deleted, Label: outcomeLabel(Deleted)}}},
	}, err
}

func startCorrect(*store.Tx, casework.FormAt) (casework.Asked[CorrectInput], error) {
	return casework.Asked[CorrectInput]{In: CorrectInput{Kind: "correct"}, Options: map[string][]web.Option{"kind": {{Value: "correct", Label: "责令改正"}, {Value: "stop", Label: "责令停止违法行为"}}}}, nil
}

func startRecheck(tx *store.Tx, at casework.FormAt) (casework.Asked[RecheckInput], error) {
	open, err := orders(tx, at.Case)
	var list []web.Option
	for _, a := range open {
		due := "立即改正"
		if !a.Named.IsZero() {
			due = a.Named.Han() + "前改正"
		}
		list = append(list, web.Option{Value: a.Of, Label: a.On.Han() + "责令" + due, Small: a.Note})
	}
	return casework.Asked[RecheckInput]{In: RecheckInput{Order: first(list)}, Options: map[string][]web.Option{"order": list, "result": options(casework.RecheckResults...)}}, err
}

func (s *Service) startRecusal(tx *store.Tx, at casework.FormAt) (casework.Asked[RecusalInput], error) {
	names, err := org.PeopleNames(tx, []org.PersonID{org.PersonID(at.Case.Lead), org.PersonID(at.Case.Assist)})
	var list []web.Option
	for _, p := range []org.PersonID{org.PersonID(at.Case.Lead), org.PersonID(at.Case.Assist)} {
		if p != 0 {
			list = append(list, web.Option{Value: p.String(), Label: names[p]})
		}
	}
	if err != nil {
		return casework.Asked[RecusalInput]{}, err
	}
	posts, err := s.cases.JudgesAs(tx, at.Case)
	if err != nil {
		return casework.Asked[RecusalInput]{}, err
	}
	judges := slices.Sorted(maps.Keys(posts))
	called, err := org.PersonNames(tx, judges)
	for _, p := range judges {
		list = append(list, web.Option{Value: org.PersonID(p).String(), Label: called[p], Small: posts[p]})
	}
	heads, herr := access.Holders(tx, access.BureauHead, access.DeputyHead)
	if herr != nil {
		return casework.Asked[RecusalInput]{}, herr
	}
	for _, h := range heads {
		if h.Person != 0 {
			list = append(list, web.Option{Value: org.PersonID(h.Person).String(), Label: h.Name, Small: "本局负责人"})
		}
	}
	return casework.Asked[RecusalInput]{In: RecusalInput{Applicant: at.Case.PartyName}, Options: map[string][]web.Option{"officer": list}}, err
}

func startDecideRecusal(tx *store.Tx, at casework.FormAt) (casework.Asked[DecideRecusalInput], error) {
	all, err := ofCase[Recusal](tx, at.Case.ID)
	if err != nil {
		return casework.Asked[DecideRecusalInput]{}, err
	}
	var list, staff []web.Option
	for _, r := range all {
		if r.State != RecusalAsked {
			continue
		}
		names, err := org.PeopleNames(tx, []org.PersonID{org.PersonID(r.Officer)})
		if err != nil {
			return casework.Asked[DecideRecusalInput]{}, err
		}
		list = append(list, web.Option{Value: r.Of(), Label: r.Applicant + "申请" + names[org.PersonID(r.Officer)] + "回避", Small: r.AskedOn.Han() + "：" + r.Reason})
	}
	officers, err := org.Officers(tx, at.By.ScopeFor(access.CaseRead), at.Today, at.Case.Area)
	for _, o := range officers {
		if p := int64(o.Person); o.Certified && p != at.Case.Lead && p != at.Case.Assist {
			staff = append(staff, web.Option{Value: o.Person.String(), Label: o.Name, Small: o.UnitName})
		}
	}
	return casework.Asked[DecideRecusalInput]{In: DecideRecusalInput{Recusal: first(list)}, Options: map[string][]web.Option{"recusal": list, "successor": staff}}, err
}

func (s *Service) startConclude(tx *store.Tx, at casework.FormAt) (casework.Asked[ConcludeInput], error) {
	all, err := pieces(tx, at.Case.ID)
	c := at.Case
	facts := []web.FactView{
		{Label: "认定的事实", Text: orNone(c.FactText, "还没有拟定处理意见")},
		{Label: "案由和裁量阶次", Text: joined(c.PowerName, c.Tier, c.TierWhy)},
		{Label: "采信的证据", Text: fmt.Sprintf("%d 份，清单共 %d 份", len(admitted(all)), len(all))},
	}
	return casework.Asked[ConcludeInput]{In: ConcludeInput{Measures: "无", Crime: "不涉嫌犯罪", Discretion: c.TierWhy}, Facts: facts}, err
}

func orNone(text, none string) string {
	if text == "" {
		return none
	}
	return text
}
