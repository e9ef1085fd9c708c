package notice

import (
	"context"
	"fmt"
	"strings"

	"github.com/a-h/templ"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/pages"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Desk is what the kernel asks of this desk.
func (s *Service) Desk() casework.Desk {
	return casework.Desk{Name: "告知", Facts: s.facts, After: s.after, Mends: map[string]string{
		"XZCF-62-told": "issue_notice", "XZCF-44-drafted": "issue_notice", "XZCF-44-kept": "issue_notice", "MOHURD55-22-report": "investigate_again", "XZCF-62-heard": "answer_defence", "XZCF-44-again": "notify_again", "XZCF-44-worse": "notify_again",
		"XZCF-63-1-told": "issue_notice", "MOHURD55-22-answered": "answer_defence", "MOHURD55-22-waited": "state_defence",
	}, Forms: []casework.Form{
		{Act: "issue_notice", Submit: "出具告知书", Explain: "种类、数额、事实、依据取自拟定的处罚，这里不能改；达到听证标准的同时告知听证权利。", When: "调查终结已批准的", Presume: s.presumeIssue, Body: s.issueBody, Post: s.postIssue},
		{Act: "void_notice", Submit: "作废", Danger: true, Explain: "送达以前发现写错的作废重出，编号不再使用。", When: "告知书写错、还没有送达的", Presume: s.presumeVoid, Body: whyBody("作废的理由"), Post: s.postVoid},
		{Act: "state_defence", Submit: "记录意见", Explain: "一行一点，照原话记；每一点都要答复。不因陈述申辩加重处罚。送审、报批以后又提出的，案件回到听取意见，复核后重新拟定、再次送审。", When: "当事人提出意见的，决定以前都可以", Body: s.stateBody, Post: s.postState},
		{Act: "waive_defence", Submit: "记录放弃，出具声明", Explain: "要有当事人签名的声明；不说话不是放弃。放弃以后在期限内又提出的，以提出的为准。", When: "当事人明确表示放弃的", Body: s.waiveBody, Post: s.postWaive},
		{Act: "answer_defence", Submit: "作出复核意见", Explain: "逐点答复；没有提出意见的，期限届满后也要写明。", When: "意见已提出、已放弃或者期满的", Presume: presumeAnswer, Body: s.answerBody, Post: s.postAnswer},
		{Act: "notify_again", Submit: "重新告知", Explain: "原告知书不再作数，五个工作日重新起算。", When: "事实、依据变了，或者处罚要加重的", Body: whyBody("变更了什么、为什么"), Post: s.postWhy("已回到待告知", s.Again)},
		{Act: "investigate_again", Submit: "补充调查", Explain: "补充以后重新报批调查终结，重新告知。", When: "事实不清、要改拟定处罚的", Body: whyBody("要补充什么"), Post: s.postWhy("已回到调查取证", s.InvestigateAgain)},
	}}
}

// presumeIssue takes the form as complete; whether a hearing must be offered is asked of the records.
func (s *Service) presumeIssue(tx *store.Tx, _ access.Session, c *casework.Case, f *law.Facts) error {
	f.SetList(law.MissingNoticeParts, []string{}, "form")
	f.SetBool(law.HearingNotified, true, "form")
	return nil
}

func (s *Service) presumeVoid(tx *store.Tx, _ access.Session, c *casework.Case, f *law.Facts) error {
	f.SetBool(law.ReasonRecorded, true, "form")
	f.SetBool(law.Delivered, false, "form")
	return nil
}

func presumeAnswer(_ *store.Tx, _ access.Session, _ *casework.Case, f *law.Facts) error {
	f.SetList(law.UnansweredPoints, []string{}, "form")
	f.SetBool(law.ReviewWritten, true, "form")
	return nil
}

func whyBody(label string) func(*store.Tx, casework.FormAt) (templ.Component, error) {
	return func(_ *store.Tx, at casework.FormAt) (templ.Component, error) {
		return pages.DeskFields(nil, pages.InLong(at.Form.Field("why", label).Need().Max(500).Rows(3))), nil
	}
}

func (s *Service) postWhy(done string, do func(context.Context, access.Session, casework.CaseID, int64, WhyInput) error) func(casework.Posted) (string, error) {
	return func(q casework.Posted) (string, error) {
		in := WhyInput{Why: q.Form.Long("why", 500)}
		if err := q.Form.Err(); err != nil {
			return "", err
		}
		return done, do(q.Context(), q.By, q.Case, q.Version, in)
	}
}

func (s *Service) issueBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	c, f := at.Case, at.Form
	if c.PowerCode == "" || c.Organ == 0 {
		return pages.DeskFields([]web.FactView{{Label: "拟处罚", Text: "还没有拟定处罚。请退回补充调查，拟定处理意见"}}), nil
	}
	told, err := s.proposed(tx, c)
	if err != nil {
		return nil, err
	}
	need, err := s.cases.HearingNeed(tx, c, c.Gains, c.Goods, at.Today)
	if err != nil {
		return nil, err
	}
	earlier, err := s.earlier(tx, c)
	hearing := "不属于听证范围"
	switch need.Required {
	case law.True:
		hearing = "同时告知听证权利：" + need.Ground
	case law.Unknown:
		hearing = "本局还没有采用听证标准，无法判断。请法制在“本局设置”里采用"
	}
	facts := []web.FactView{
		{Label: "事实", Text: told.Facts},
		{Label: "违反", Text: told.Violated},
		{Label: "依据", Text: told.Basis},
		{Label: "拟处罚", Text: c.Says()},
		{Label: "听证", Text: hearing},
	}
	fields := []pages.DeskField{
		pages.InLong(f.Field("evidence", "证据").Need().Max(1000).Rows(3).Hint("证明事实的证据，逐一列出")),
		pages.InLong(f.Field("leniency", "从轻、减轻、从重的情节").Max(500).Rows(2)),
	}
	if need.Required == law.True {
		fields = append(fields, pages.InTick(f.Field("apart", "听证权利另出听证告知书").Hint("本机关的文书样式要求分开的选；不选的在同一份告知书里告知")))
	}
	if earlier != "" {
		facts = append(facts, web.FactView{Label: "代替", Text: earlier})
		fields = append(fields, pages.InLong(f.Field("changed", "变更了什么").Need().Max(500).Rows(2)))
	}
	return pages.DeskFields(facts, append(fields,
		pages.InLine(f.Field("contact", "联系人和电话").Need().Max(60)),
		pages.InLine(f.Field("address", "提出意见的地址").Need().Max(100)),
	)...), err
}

func (s *Service) postIssue(q casework.Posted) (string, error) {
	f := q.Form
	in := IssueInput{
		Evidence: f.Long("evidence", 1000), Leniency: f.Long("leniency", 500),
		Apart: f.Bool("apart"), Changed: f.Long("changed", 500), Contact: f.Text("contact", 60), Address: f.Text("address", 100),
	}
	if err := f.Err(); err != nil {
		return "", err
	}
	return "已出具告知书，请送达当事人", s.Issue(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) postVoid(q casework.Posted) (string, error) {
	return "告知书已作废", s.Void(q.Context(), q.By, q.Case, q.Version, WhyInput{Why: q.Form.Long("why", 500)})
}

func (s *Service) stateBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	facts, options, err := said(tx, at.Case)
	f, c := at.Form, at.Case
	now := at.Today.String()
	fields := []pages.DeskField{
		pages.InLine(f.Field("person", "陈述申辩人").Max(60).Propose(c.PartyName)),
		pages.InLine(f.Field("role", "身份").Max(60).Propose("当事人")),
		pages.InDay(f.Field("on", "提出日期").Propose(now).Between("", now)),
		pages.InLine(f.Field("attached", "提交的材料").Max(200)),
		pages.InRows(f.Rows("points", "意见", "｜", web.RowCell{Label: "一行一点", Wide: true}).Hint("照原话记")),
		pages.InTick(f.Field("oral", "当面或者电话陈述").Note("制作陈述申辩笔录，填写下面四项；书面提出的不勾选")),
		pages.InMoment(f.Field("from", "笔录开始")), pages.InMoment(f.Field("until", "笔录结束")),
		pages.InLine(f.Field("at", "笔录地点").Max(100)), pages.InLine(f.Field("recorder", "记录人").Max(60)),
	}
	if len(options) > 0 {
		fields = append(fields, pages.InSelect(f.Field("withdraw", "撤回误记的一点").Options(options...).Note("只在记错时选")), pages.InLine(f.Field("why", "撤回的原因").Max(200)))
	}
	return pages.DeskFields(facts, fields...), err
}

// said is what the party said so far.
func said(tx *store.Tx, c *casework.Case) ([]web.FactView, []web.Option, error) {
	n, err := current(tx, c.ID)
	if err != nil || n == nil {
		return nil, nil, err
	}
	all, err := toAnswer(tx, n)
	var facts []web.FactView
	var options []web.Option
	for i, p := range all {
		facts = append(facts, web.FactView{Label: fmt.Sprintf("第%d点", i+1), Text: p.Said + "（" + p.Person + "，" + p.StatedOn.Han() + "）"})
		options = append(options, web.Option{Value: fmt.Sprint(p.ID), Label: fmt.Sprintf("第%d点：%s", i+1, short(p.Said))})
	}
	return facts, options, err
}

func (s *Service) postState(q casework.Posted) (string, error) {
	f := q.Form
	in := StateInput{
		Oral: f.Bool("oral"), On: f.Date("on", "提出日期"), From: f.Time("from", "笔录开始"), Until: f.Time("until", "笔录结束"), At: f.Text("at", 100), Recorder: f.Text("recorder", 60),
		Person: f.Text("person", 60), Role: f.Text("role", 60), Points: strings.Split(f.RowText("points", "｜", 2000), "\n"), Attached: f.Text("attached", 200), Withdraw: f.Text("withdraw", 40), Why: f.Text("why", 200),
	}
	if err := f.Err(); err != nil {
		return "", err
	}
	return "已记录当事人的意见", s.StateDefence(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) waiveBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	facts, _, err := said(tx, at.Case)
	f, today := at.Form, at.Today.String()
	return pages.DeskFields(facts,
		pages.InTick(f.Field("defence", "放弃陈述、申辩")),
		pages.InTick(f.Field("hearing", "放弃要求听证").Note("告知过听证权利的")),
		pages.InTick(f.Field("signed", "当事人已在声明上签名或者盖章")),
		pages.InDay(f.Field("on", "签署日期").Propose(today).Between("", today)),
	), err
}

func (s *Service) postWaive(q casework.Posted) (string, error) {
	f := q.Form
	in := WaiveInput{On: f.Date("on", "签署日期"), Defence: f.Bool("defence"), Hearing: f.Bool("hearing"), Signed: f.Bool("signed")}
	if err := f.Err(); err != nil {
		return "", err
	}
	return "已记录放弃", s.Waive(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) answerBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	n, err := current(tx, at.Case.ID)
	if err != nil || n == nil {
		return templ.NopComponent, err
	}
	all, err := toAnswer(tx, n)
	f := at.Form
	var fields []pages.DeskField
	var facts []web.FactView
	for i, p := range all {
		id, nth := fmt.Sprint(p.ID), fmt.Sprintf("第%d点", i+1)
		facts = append(facts, web.FactView{Label: nth, Text: p.Said})
		fields = append(fields,
			pages.InLong(f.Field("answer-"+id, nth+"的复核情况").Need().Max(500).Rows(2)),
			pages.InTick(f.Field("adopted-"+id, nth+"予以采纳")),
			pages.InLong(f.Field("why-"+id, nth+"不予采纳的理由").Max(500).Rows(2).Note("不采纳的必填")),
		)
	}
	if len(all) == 0 {
		facts = append(facts, web.FactView{Label: "意见", Text: "当事人没有提出"})
	}
	return pages.DeskFields(facts, append(fields,
		pages.InLong(f.Field("reason", "复核的过程和依据").Need().Max(500).Rows(2)),
		pages.InLong(f.Field("result", "复核结论").Need().Max(500).Rows(2)),
	)...), err
}

func (s *Service) postAnswer(q casework.Posted) (string, error) {
	f := q.Form
	in := AnswerInput{Reason: f.Long("reason", 500), Result: f.Long("result", 500)}
	err := s.cases.DB.View(q.Context(), func(tx *store.Tx) error {
		c, err := s.cases.Load(tx, q.By, access.CaseHandle, q.Case)
		if err != nil {
			return err
		}
		n, err := current(tx, c.ID)
		if err != nil || n == nil {
			return err
		}
		all, err := toAnswer(tx, n)
		for _, p := range all {
			id := fmt.Sprint(p.ID)
			in.Answers = append(in.Answers, Answer{Point: id, Answer: f.Long("answer-"+id, 500), Adopted: f.Bool("adopted-" + id), Why: f.Long("why-"+id, 500)})
		}
		return err
	})
	if err != nil {
		return "", err
	}
	if err := f.Err(); err != nil {
		return "", err
	}
	return "已作出复核意见", s.AnswerDefence(q.Context(), q.By, q.Case, q.Version, in)
}
