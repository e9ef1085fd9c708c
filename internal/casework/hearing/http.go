package hearing

import (
	"strings"

	"github.com/a-h/templ"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/pages"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Desk is what the kernel asks of this desk.
func (s *Service) Desk() casework.Desk {
	return casework.Desk{Name: "听证", Facts: s.facts, Judges: judges, Tracks: s.tracks, Stays: stays, Mends: map[string]string{"XZCF-64-4": "appoint_host", "XZCF-64-4-seats": "appoint_host", "XZCF-43-3-seats": "appoint_host", "XZCF-64-5-mandate": "name_agents", "XZCF-64-2": "postpone_hearing", "XZCF-63-1-held": "ask_hearing"}, Forms: []casework.Form{
		{Act: "ask_hearing", Submit: "登记，出具申请记录", Explain: "书面或者口头都可以；当事人不承担任何费用。", When: "当事人要求听证的", Body: s.askBody, Post: s.postAsk},
		{Act: "accept_hearing", Submit: "受理", Explain: "从受理起到听证报告止，不计入办案期限。", When: "五个工作日内提出、属于听证范围的", Post: s.postText("accept_hearing", "已受理")},
		{Act: "refuse_hearing", Submit: "不予受理", Danger: true, Explain: "按期提出又属于听证范围的，不得不受理。", When: "逾期或者不属于听证范围的", Body: textBody("不予受理的理由", true), Post: s.postText("refuse_hearing", "已决定不予受理")},
		{Act: "appoint_host", Submit: "指定", Explain: "主持人不能是本案调查人员，听证员、记录员也不能是；都从人员名册里选，决定回避的另行指定。", When: "受理以后", Presume: presume(func(f *law.Facts) {
			f.SetBool(law.IsInvestigator, false, "form")
			f.SetBool(law.SeatsInvestigated, false, "form")
			f.SetBool(law.SeatsRecused, false, "form")
		}), Body: s.hostBody, Post: s.postHost},
		{Act: "name_agents", Submit: "登记", Explain: "一至二人，交授权委托书。", When: "当事人委托代理人的", Presume: presume(func(f *law.Facts) { f.SetNumber(law.Agents, 1, "form") }), Body: s.agentsBody, Post: s.postAgents},
		{Act: "add_third", Submit: "登记第三人", Explain: "与本案有利害关系的，和当事人一样在七个工作日前通知；已经通知听证日期的，随即出具通知书。", When: "有利害关系人参加听证的", Body: thirdBody, Post: s.postThird},
		{Act: "schedule_hearing", Submit: "出具听证通知书", Explain: "通知送达与举行之间要有七个完整的工作日；公开的同时公告。", When: "主持人已指定的", Body: s.planBody, Post: s.postPlan},
		{Act: "postpone_hearing", Submit: "延期", Explain: "延期以后重新通知。", When: "不能如期举行的", Body: textBody("延期的理由", false), Post: s.postText("postpone_hearing", "已延期")},
		{Act: "pause_hearing", Submit: "中止", Explain: "原因消除后恢复。", When: "暂时不能进行的", Body: textBody("中止的理由", false), Post: s.postText("pause_hearing", "已中止")},
		{Act: "resume_hearing", Submit: "恢复", Explain: "恢复以后另定日期，重新通知当事人。", When: "中止的原因已消除的", Post: s.postText("resume_hearing", "已恢复")},
		{Act: "hold_hearing", Submit: "听证结束，出具笔录", Explain: "四个步骤都要进行；笔录经核对签名，决定根据笔录作出。", When: "按通知的日期举行的", Presume: presume(func(f *law.Facts) {
			f.SetList(law.MissingHearingSteps, []string{}, "form")
			f.SetBool(law.PagesSigned, true, "form")
			f.SetBool(law.IsInvestigator, false, "form")
			f.SetNumber(law.HearingNoticeDays, 7, "form")
		}), Body: s.recordBody(false), Post: s.postRecord(false)},
		{Act: "end_hearing", Submit: "终止听证", Danger: true, Explain: "通知书按期送达以后无正当理由不到场的，视为放弃听证，记入笔录。", When: "无正当理由缺席、擅自退场的", Presume: presume(func(f *law.Facts) {
			f.SetBool(law.AbsentWithoutReason, true, "form")
			f.SetBool(law.IsInvestigator, false, "form")
			f.SetNumber(law.HearingNoticeDays, 7, "form")
		}), Body: s.recordBody(true), Post: s.postRecord(true)},
		{Act: "withdraw_hearing", Submit: "登记撤回", Explain: "要有当事人签名的书面申请。", When: "当事人不要求听证了的", Body: textBody("撤回的理由", false), Post: s.postText("withdraw_hearing", "已登记撤回")},
		{Act: "report_hearing", Submit: "出具听证报告", Explain: "附听证笔录；法制审核在报告之后。", When: "听证结束以后", Presume: presume(func(f *law.Facts) { f.SetBool(law.HearingRecordAttached, true, "form") }), Body: s.reportBody, Post: s.postReport},
	}}
}

func presume(state func(f *law.Facts)) func(*store.Tx, access.Session, *casework.Case, *law.Facts) error {
	return func(_ *store.Tx, _ access.Session, _ *casework.Case, f *law.Facts) error {
		state(f)
		return nil
	}
}

func (s *Service) askBody(_ *store.Tx, at casework.FormAt) (templ.Component, error) {
	f, today := at.Form, at.Today.String()
	return pages.DeskFields(nil,
		pages.InDay(f.Field("on", "提出日期").Need().Propose(today).Between("", today)),
		pages.InTick(f.Field("oral", "口头提出")),
		pages.InLong(f.Field("reason", "理由").Need().Max(500).Rows(2)),
		pages.InRows(agentRows(f).Hint("至多二人；举行听证以前要有授权委托书")),
		pages.InLine(f.Field("closed", "申请不公开的理由").Max(200).Note("公开的不填").Placeholder("商业秘密、个人隐私、未成年人")),
	), nil
}

func (s *Service) postAsk(q casework.Posted) (string, error) {
	f := q.Form
	in := AskInput{On: f.Date("on", "提出日期"), Oral: f.Bool("oral"), Reason: f.Long("reason", 500), Closed: f.Text("closed", 200)}
	in.Agents, in.Mandates = agentsOf(f)
	if err := f.Err(); err != nil {
		return "", err
	}
	return "已登记听证申请", s.Ask(q.Context(), q.By, q.Case, q.Version, in)
}

func textBody(label string, basis bool) func(*store.Tx, casework.FormAt) (templ.Component, error) {
	return func(_ *store.Tx, at casework.FormAt) (templ.Component, error) {
		fields := []pages.DeskField{pages.InLong(at.Form.Field("text", label).Need().Max(500).Rows(2))}
		if basis {
			fields = append(fields, pages.InLine(at.Form.Field("basis", "依据").Need().Max(200)))
		}
		return pages.DeskFields(nil, fields...), nil
	}
}

func (s *Service) postText(act, done string) func(casework.Posted) (string, error) {
	do := s.texts()[act]
	return func(q casework.Posted) (string, error) {
		in := TextInput{Hearing: ID(idOf(q.Of)), Text: q.Form.Long("text", 500), Basis: q.Form.Text("basis", 200)}
		if err := q.Form.Err(); err != nil {
			return "", err
		}
		return done, do(q.Context(), q.By, q.Case, q.Version, in)
	}
}

func (s *Service) hostBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	var options []web.Option
	page, err := org.People(tx, at.By.ScopeFor(access.CaseDecide), org.PersonFilter{}, "")
	for _, p := range page.People {
		mine := int64(p.ID) == at.Case.Lead || int64(p.ID) == at.Case.Assist
		o := web.Option{Value: p.ID.String(), Label: p.Name, Off: mine}
		if mine {
			o.Small = "本案调查人员"
		}
		options = append(options, o)
	}
	f := at.Form
	rest := append([]web.Option{{Label: "（不指定）"}}, options...)
	return pages.DeskFields(nil,
		pages.InSelect(f.Field("host", "主持人").Need().Options(options...)),
		pages.InSelect(f.Field("clerk", "记录员").Need().Options(options...)),
		pages.InSelect(f.Field("panel1", "听证员").Options(rest...)),
		pages.InSelect(f.Field("panel2", "听证员").Options(rest...)),
	), err
}

// agentRows is a list of agents, each with the mandate.
func agentRows(f *web.Form) web.RowsView {
	return f.Rows("agents", "委托代理人", "｜", web.RowCell{Label: "姓名"}, web.RowCell{Label: "授权委托书", Placeholder: "日期和代理权限", Wide: true})
}

// agentsOf reads agentRows.
func agentsOf(f *web.Form) (agents, mandates []string) {
	for _, l := range lines(f.RowText("agents", "｜", 400)) {
		name, mandate, _ := strings.Cut(l, "｜")
		agents, mandates = append(agents, strings.TrimSpace(name)), append(mandates, strings.TrimSpace(mandate))
	}
	return agents, mandates
}

func thirdBody(_ *store.Tx, at casework.FormAt) (templ.Component, error) {
	return pages.DeskFields(nil,
		pages.InLine(at.Form.Field("name", "第三人").Need().Max(100)),
		pages.InLine(at.Form.Field("interest", "与本案的利害关系").Need().Max(200).Placeholder("受损害的相邻住户")),
	), nil
}

func (s *Service) postThird(q casework.Posted) (string, error) {
	in := ThirdInput{Hearing: ID(idOf(q.Of)), Name: q.Form.Text("name", 100), Interest: q.Form.Text("interest", 200)}
	if err := q.Form.Err(); err != nil {
		return "", err
	}
	return "已登记第三人", s.AddThird(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) postHost(q casework.Posted) (string, error) {
	f := q.Form
	in := HostInput{Hearing: ID(idOf(q.Of)), Host: org.PersonID(f.ID("host", "主持人")), Clerk: org.PersonID(f.ID("clerk", "记录员"))}
	for _, name := range []string{"panel1", "panel2"} {
		if f.Has(name) {
			in.Panel = append(in.Panel, org.PersonID(f.ID(name, "听证员")))
		}
	}
	if err := f.Err(); err != nil {
		return "", err
	}
	return "已指定主持人", s.Appoint(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) agentsBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	h, err := find(tx, at.Case.ID, idOf(at.Of))
	var now []string
	if h != nil {
		held := strings.Split(h.Mandates, "\n")
		for i, a := range lines(h.Agents) {
			if i < len(held) {
				a += "｜" + held[i]
			}
			now = append(now, a)
		}
	}
	return pages.DeskFields(nil, pages.InRows(agentRows(at.Form).Need().Default(strings.Join(now, "\n")).Hint("至多二人；没有授权委托书的不能代理"))), err
}

func (s *Service) postAgents(q casework.Posted) (string, error) {
	in := AgentsInput{Hearing: ID(idOf(q.Of))}
	in.Agents, in.Mandates = agentsOf(q.Form)
	return "已登记代理人", s.NameAgents(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) planBody(_ *store.Tx, at casework.FormAt) (templ.Component, error) {
	f := at.Form
	return pages.DeskFields(nil,
		pages.InMoment(f.Field("when", "听证时间").Need()),
		pages.InLine(f.Field("place", "听证地点").Need().Max(100)),
		pages.InLine(f.Field("apply", "旁听登记截止").Max(60).Note("公开的必填")),
		pages.InLine(f.Field("office", "旁听登记地点").Max(100).Note("公开的必填")),
		pages.InLine(f.Field("seats", "旁听席位").Note("公开的必填")),
	), nil
}

func (s *Service) postPlan(q casework.Posted) (string, error) {
	f := q.Form
	in := PlanInput{Hearing: ID(idOf(q.Of)), When: f.Time("when", "听证时间"), Place: f.Text("place", 100), Announce: Announce{Apply: f.Text("apply", 60), Office: f.Text("office", 100), Seats: int(f.Int("seats", "旁听席位", 0, 1000))}}
	if err := f.Err(); err != nil {
		return "", err
	}
	return "已出具听证通知书，请送达", s.Schedule(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) recordBody(absent bool) func(*store.Tx, casework.FormAt) (templ.Component, error) {
	return func(_ *store.Tx, at casework.FormAt) (templ.Component, error) {
		f := at.Form
		fields := []pages.DeskField{
			pages.InMoment(f.Field("from", "开始时间").Need()), pages.InMoment(f.Field("until", "结束时间").Need()),
			pages.InLong(f.Field("present", "到场情况").Need().Max(300).Rows(2)),
		}
		if absent {
			return pages.DeskFields(nil, append(fields, pages.InTick(f.Field("absent", "无正当理由缺席或者擅自退场")))...), nil
		}
		return pages.DeskFields(nil, append(fields,
			pages.InLong(f.Field("opening", "一、宣布纪律、流程，告知回避权").Need().Max(2000).Rows(3)),
			pages.InLong(f.Field("accusation", "二、调查人员提出事实、证据和建议").Need().Max(4000).Rows(4)),
			pages.InLong(f.Field("defence", "三、当事人申辩和质证").Need().Max(4000).Rows(4)),
			pages.InLong(f.Field("final", "四、双方总结陈述").Need().Max(2000).Rows(3)),
			pages.InTick(f.Field("signed", "笔录已经核对签名，拒签的已由主持人注明")),
		)...), nil
	}
}

func (s *Service) postRecord(absent bool) func(casework.Posted) (string, error) {
	return func(q casework.Posted) (string, error) {
		f := q.Form
		in := RecordInput{Hearing: ID(idOf(q.Of)), From: f.Time("from", "开始时间"), Until: f.Time("until", "结束时间"), Present: f.Long("present", 300), Opening: f.Long("opening", 2000), Accusation: f.Long("accusation", 4000), Defence: f.Long("defence", 4000), Final: f.Long("final", 2000), Signed: f.Bool("signed"), Absent: f.Bool("absent")}
		if err := f.Err(); err != nil {
			return "", err
		}
		if absent {
			return "已终止听证", s.End(q.Context(), q.By, q.Case, q.Version, in)
		}
		return "已出具听证笔录", s.Hold(q.Context(), q.By, q.Case, q.Version, in)
	}
}

func (s *Service) reportBody(_ *store.Tx, at casework.FormAt) (templ.Component, error) {
	f := at.Form
	return pages.DeskFields(nil,
		pages.InLong(f.Field("facts", "案件基本情况").Need().Max(2000).Rows(3).Propose(at.Case.FactText)),
		pages.InLong(f.Field("accusation", "调查人员的主张和证据").Need().Max(2000).Rows(3)),
		pages.InLong(f.Field("defence", "当事人的主张和证据").Need().Max(2000).Rows(3)),
		pages.InLong(f.Field("findings", "质证和认定").Need().Max(2000).Rows(3)),
		pages.InLong(f.Field("proposal", "处理意见和建议").Need().Max(1000).Rows(2)),
		pages.InTick(f.Field("attached", "附听证笔录")),
	), nil
}

func (s *Service) postReport(q casework.Posted) (string, error) {
	f := q.Form
	in := ReportInput{Hearing: ID(idOf(q.Of)), Facts: f.Long("facts", 2000), Accusation: f.Long("accusation", 2000), Defence: f.Long("defence", 2000), Findings: f.Long("findings", 2000), Proposal: f.Long("proposal", 1000), Attached: f.Bool("attached")}
	if err := f.Err(); err != nil {
		return "", err
	}
	return "已出具听证报告", s.Report(q.Context(), q.By, q.Case, q.Version, in)
}
