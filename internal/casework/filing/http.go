package filing

import (
	"fmt"

	"github.com/a-h/templ"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/filing/pages"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Desk is what the kernel asks of this desk.
func (s *Service) Desk() casework.Desk {
	return casework.Desk{Name: "立案", Facts: s.facts, Words: s.words, Mends: map[string]string{
		"XZCF-36": "check", "MOHURD55-15-evidence": "check", "XZCF-22": "check", "XZCF-25-1": "check", "XZCF-42-1-decide": "assign", "XZCF-42-1-investigators": "assign", "XZCF-42-1-investigators-certified": "assign",
	}, Forms: []casework.Form{
		{Act: "take_up", Submit: "开始核查", Explain: "从发现线索起十五个工作日内核查清楚，决定是否立案。", When: "要按普通程序查的", Post: s.postTakeUp},
		{Act: "assign", Submit: "确定承办人", Explain: "不少于两人，执法证在今天有效、区域包括案发地；协管不能承办。", When: "没有承办人，或者要换人的", Presume: presumeOfficers, Body: s.assignBody, Post: s.postAssign},
		{Act: "check", Submit: "记录，出具核查记录", Explain: "每核查一次记一次，以最后一次为准。", When: "查看、询问、调取之后", Body: s.checkBody, Post: s.postCheck},
		{Act: "extend_check", Submit: "同意延长", Explain: "情况复杂的，经负责人批准延长一次。", When: "十五个工作日内查不清的", Presume: s.presumeExtension, Body: s.extendBody, Post: s.postExtend},
		{Act: "ask_filing", Submit: "报批，出具立案审批表", Explain: "审批表取得案件编号；编号取得后不能收回。", When: "有初步证据、归本机关管的", Body: s.askBody, Post: s.postAsk},
		{Act: "approve_filing", Submit: "批准立案", Explain: "自批准之日起九十日内作出处罚决定。", When: "负责人同意立案的", Presume: presumeHead, Body: s.approveBody, Post: s.postApprove, Alone: approval},
		{Act: "return_filing", Submit: "退回", Explain: "退回后继续核查，审批表编号登记作废。", When: "还要补充核查的", Body: textBody("why", "退回的理由", "还要核查什么", true), Post: s.postReturn},
		{Act: "decline_filing", Submit: "决定不予立案", Danger: true, Explain: "没有违法事实、不归本机关管、超过时效等情形，写明理由。", When: "不符合立案条件的", Presume: presumeHead, Body: s.declineBody, Post: s.postDecline},
	}}
}

func presumeHead(tx *store.Tx, by access.Session, c *casework.Case, f *law.Facts) error {
	f.SetBool(law.ReasonRecorded, true, "form")
	f.SetBool(law.InformantTold, true, "form")
	return headApproves(by)(tx, c, f)
}

// presumeOfficers takes two officers as named who may handle the case.
func presumeOfficers(_ *store.Tx, _ access.Session, _ *casework.Case, f *law.Facts) error {
	f.SetNumber(law.CertifiedCount, 2, "form")
	f.SetBool(law.OfficerAreaCovers, true, "form")
	f.SetBool(law.OfficerRecused, false, "form")
	f.SetBool(law.AuxiliaryHandling, false, "form")
	f.SetBool(law.OfficerJudged, false, "form")
	return nil
}

func (s *Service) presumeExtension(tx *store.Tx, _ access.Session, c *casework.Case, f *law.Facts) error {
	f.SetBool(law.ComplexSituation, true, "form")
	f.SetNumber(law.ExtensionDays, 1, "form")
	return s.stateExpiry(tx, c, f)
}

func (s *Service) postTakeUp(q casework.Posted) (string, error) {
	return "已开始核查", s.TakeUp(q.Context(), q.By, q.Case, q.Version)
}

func (s *Service) assignBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	v := pages.AssignView{Form: at.Form, Replace: at.Case.Lead != 0}
	if v.Replace {
		v.Lead, v.Assist = org.PersonID(at.Case.Lead).String(), org.PersonID(at.Case.Assist).String()
	}
	staff, err := org.Officers(tx, at.By.ScopeFor(access.CaseApprove), at.Today, at.Case.Area)
	for _, o := range staff {
		v.Options = append(v.Options, web.Option{Value: o.Person.String(), Label: o.Name, Small: o.UnitName, Off: !o.Certified})
		if !o.Certified {
			v.Barred = append(v.Barred, web.FactView{Label: o.Name, Text: casework.Standing(o)})
		}
	}
	return pages.Assign(v), err
}

func (s *Service) postAssign(q casework.Posted) (string, error) {
	in := AssignInput{Lead: org.PersonID(q.Form.ID("lead", "主办")), Assist: org.PersonID(q.Form.ID("assist", "协办")), Why: q.Form.Text("why", 200)}
	if err := q.Form.Err(); err != nil {
		return "", err
	}
	return "已确定承办人", s.Assign(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) checkBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	v := pages.CheckView{Form: at.Form, Found: law.DateOf(at.Case.Found()).String(), Today: at.Today.String(), Values: map[string]string{"in_jurisdiction": "1"}}
	for _, i := range []Informant{NoInformant, Anonymous, Named} {
		v.Informants = append(v.Informants, web.Option{Value: string(i), Label: i.Label()})
	}
	k, err := last(tx, at.Case.ID)
	if err != nil || k == nil {
		return pages.Check(v), err
	}
	v.Values = map[string]string{
		"found": k.Found, "cause": k.Cause, "act_from": at.Case.ActFrom.String(), "act_until": at.Case.ActUntil.String(), "prima_facie": tick(bool(k.PrimaFacie)), "in_jurisdiction": tick(bool(k.Ours)),
		"endangered": tick(bool(k.Endangered)), "elsewhere": k.Elsewhere, "informant": string(k.Informant), "letter": k.Letter, "evidence": k.Evidence, "violated": k.Violated,
	}
	return pages.Check(v), nil
}

func tick(on bool) string {
	if on {
		return "1"
	}
	return ""
}

func (s *Service) postCheck(q casework.Posted) (string, error) {
	f := q.Form
	in := CheckInput{
		On: f.Date("on", "核查日期"), Found: f.Long("found", 2000), Cause: f.Text("cause", 100), ActFrom: f.Date("act_from", "违法行为发生日"), ActUntil: f.Date("act_until", "行为终了日"),
		PrimaFacie: f.Bool("prima_facie"), Ours: f.Bool("in_jurisdiction"), Endangered: f.Bool("endangered"), Elsewhere: f.Text("elsewhere", 100),
		Informant: Informant(f.Choice("informant", "举报人", string(NoInformant), string(Anonymous), string(Named))), Letter: f.Text("letter", 60),
		Evidence: f.Text("evidence", 200), Violated: f.Text("violated", 200),
	}
	if err := f.Err(); err != nil {
		return "", err
	}
	return "已记录核查情况", s.Record(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) extendBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	v := pages.ExtendView{Form: at.Form}
	if most, ok := law.Limit("check_extension_days", at.Today); ok {
		v.Most = most.Value
	}
	clock, err := s.running(tx, at.Case)
	if clock != nil {
		v.Due = "，现在到" + clock.Due.Han()
	}
	return pages.Extend(v), err
}

func (s *Service) postExtend(q casework.Posted) (string, error) {
	in := ExtendInput{Days: int(q.Form.RequiredInt("days", "延长", 1, 100)), Complex: q.Form.Bool("complex"), Why: q.Form.Long("why", 500)}
	if err := q.Form.Err(); err != nil {
		return "", err
	}
	return fmt.Sprintf("核查期限已延长 %d 个工作日", in.Days), s.Extend(q.Context(), q.By, q.Case, q.Version, in)
}

// textBody is a form of one long text.
func textBody(name, label, hint string, need bool) func(*store.Tx, casework.FormAt) (templ.Component, error) {
	return func(_ *store.Tx, at casework.FormAt) (templ.Component, error) {
		return pages.Text(pages.TextView{Form: at.Form, Name: name, Label: label, Hint: hint, Need: need}), nil
	}
}

func (s *Service) askBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	facts, err := s.found(tx, at.Case)
	return pages.Text(pages.TextView{Form: at.Form, Name: "opinion", Label: "承办人意见", Hint: "审批表写明有初步证据、属于管辖、没有超过时效", Facts: facts}), err
}

func (s *Service) approveBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	facts, err := s.found(tx, at.Case)
	return pages.Text(pages.TextView{Form: at.Form, Name: "note", Label: "审批意见", Facts: facts}), err
}

// found is what the last check found, as those who decide read it.
func (s *Service) found(tx *store.Tx, c *casework.Case) ([]web.FactView, error) {
	k, err := last(tx, c.ID)
	if err != nil || k == nil {
		return nil, err
	}
	out := []web.FactView{{Label: "案由", Text: k.Cause}, {Label: "核查情况", Text: k.Found}, {Label: "初步证据", Text: k.Evidence}, {Label: "涉嫌违反", Text: k.Violated}, {Label: "核查日期", Text: k.On.Han()}}
	if k.Elsewhere != "" {
		out = append(out, web.FactView{Label: "已先立案", Text: k.Elsewhere})
	}
	return out, nil
}

func (s *Service) postAsk(q casework.Posted) (string, error) {
	in := AskInput{Opinion: q.Form.Long("opinion", 500)}
	if err := q.Form.Err(); err != nil {
		return "", err
	}
	return "已报批立案", s.Ask(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) postApprove(q casework.Posted) (string, error) {
	in := DecideInput{Note: q.Form.Long("note", 500)}
	if err := q.Form.Err(); err != nil {
		return "", err
	}
	return "已批准立案", s.Approve(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) postReturn(q casework.Posted) (string, error) {
	in := ReturnInput{Why: q.Form.Long("why", 500)}
	if err := q.Form.Err(); err != nil {
		return "", err
	}
	return "已退回继续核查", s.Return(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) declineBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	v := pages.DeclineView{Form: at.Form, Today: at.Today.String()}
	k, err := last(tx, at.Case.ID)
	if k != nil && k.Informant == Named {
		v.Letter = k.Letter
	}
	return pages.Decline(v), err
}

func (s *Service) postDecline(q casework.Posted) (string, error) {
	in := DeclineInput{Why: q.Form.Long("why", 500), ToldOn: q.Form.Date("told_on", "告知举报人的日期")}
	if err := q.Form.Err(); err != nil {
		return "", err
	}
	return "已决定不予立案", s.Decline(q.Context(), q.By, q.Case, q.Version, in)
}
