package decision

import (
	"github.com/a-h/templ"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/decision/pages"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Desk is what the kernel asks of this desk.
func (s *Service) Desk() casework.Desk {
	return casework.Desk{Name: "决定", Facts: s.facts, Mends: map[string]string{
		"XZCF-59-1": "draft_decision", "XZCF-59-1-evidence": "draft_decision", "XZCF-33-ground": "draft_decision", "XZCF-33-fits": "draft_decision", "XZCF-33-2": "draft_decision", "XZCF-33-3-decision": "draft_decision", "GBF27-12": "draft_decision",
		"MOHURD55-24-materials": "draft_decision", "XZCF-57-2": "submit_discussion", "XZCF-57-2-signed": "sign_discussion", "XZCF-57-2-opinions": "record_discussion", "XZCF-57-2-last": "record_discussion", "XZCF-57-2-quorum": "record_discussion",
		"MOHURD55-29-collective": "discuss_extension", "MOHURD55-29-minutes": "sign_extension",
	}, Forms: append(s.extensionForms(), []casework.Form{
		{Act: "draft_decision", Submit: "保存拟定的决定", Explain: "写决定书的全部内容。适用的规定和阶次按行为日和今天重新比较；审核以后改动的，要再次送审。", When: "送审、报批以前", Presume: presumeSpared, Body: s.draftBody, Post: s.postDraft},
		{Act: "submit_discussion", Submit: "提请集体讨论", Explain: "情节复杂或者重大违法行为，由负责人集体讨论决定。", When: "属于目录所列情形的", Body: s.textBody("opinion", "承办人意见", "", false), Post: s.postSubmit},
		{Act: "record_discussion", Submit: "保存笔录，请成员签名", Explain: "逐人记载意见，主要负责人最后表态。改正笔录的，重新记录、重新签名。", When: "讨论之后", Body: s.discussionBody, Post: s.postDiscussion},
		{Act: "sign_discussion", Submit: "确认是我的意见，签名", Explain: "参加讨论的负责人用自己的账号签名，不能代签。", When: "笔录记好以后", Body: s.minutesBody, Post: s.postSign},
		{Act: "discuss", Submit: "形成讨论结论", Explain: "成员都签了名，讨论结论才成立。", When: "全部签名以后", Body: s.minutesBody, Post: s.postConclude},
		{Act: "ask_decision", Submit: "报批，出具决定审批表", Explain: "报负责人审查决定。", When: "不需要集体讨论的", Body: s.textBody("opinion", "承办人意见", "", false), Post: s.postAsk},
		{Act: "return_decision", Submit: "退回", Explain: "退回后重新拟定，再次报批。", When: "还要改的", Body: s.textBody("why", "退回的理由", "要改什么", true), Post: s.postReturn},
		{Act: "decide_penalty", Submit: "作出处罚决定，出具决定书", Danger: true, Explain: "取号、定稿，此后只能作废或者依法变更。七日内送达当事人。", When: "负责人同意处罚的", Presume: s.presumeHead, Body: s.textBody("note", "审批意见", "", false), Post: s.postPunish},
		{Act: "decide_no_penalty", Submit: "作出不予处罚决定", Danger: true, Explain: "写明情形和依据，教育当事人并记录。", When: "拟定的是不予处罚的", Presume: s.presumeHead, Body: s.textBody("note", "审批意见", "", false), Post: s.postSpare},
		{Act: "void_paper", Submit: "作废，退回待批准决定", Danger: true, Explain: "只在送达以前。编号保留、不再使用，连同原因登记。", When: "送达前发现写错了的", Presume: presumeReason, Body: s.textBody("why", "作废的原因", "", true), Post: s.postVoid},
	}...)}
}

func (s *Service) presumeHead(tx *store.Tx, by access.Session, c *casework.Case, f *law.Facts) error {
	return s.stateHead(tx, by, c, f)
}

// presumeSpared takes a draft as one that does not punish, which may be drawn up without a notice.
func presumeSpared(_ *store.Tx, _ access.Session, _ *casework.Case, f *law.Facts) error {
	f.SetBool(law.DraftPunishes, false, "form")
	return nil
}

func presumeReason(_ *store.Tx, _ access.Session, _ *casework.Case, f *law.Facts) error {
	f.SetBool(law.ReasonRecorded, true, "form")
	return nil
}

// textBody is a form of one long text below what is to be decided.
func (s *Service) textBody(name, label, hint string, need bool) func(*store.Tx, casework.FormAt) (templ.Component, error) {
	return func(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
		facts, err := s.proposed(tx, at.Case)
		return pages.Text(pages.TextView{Form: at.Form, Name: name, Label: label, Hint: hint, Need: need, Facts: at.Facts(facts)}), err
	}
}

// proposed is what is to be decided, as those who decide read it.
func (s *Service) proposed(tx *store.Tx, c *casework.Case) ([]web.FactView, error) {
	d, in, err := last(tx, c.ID)
	if err != nil || d == nil {
		return nil, err
	}
	out := []web.FactView{{Label: "拟作决定", Text: in.says()}, {Label: "查明的事实", Text: in.Facts}}
	if c.PowerName != "" {
		out = append(out, web.FactView{Label: "案由", Text: c.PowerName})
	}
	if c.Tier != "" {
		out = append(out, web.FactView{Label: "裁量阶次", Text: c.Tier + "，" + c.TierMin.Grouped() + "至" + c.TierMax.Grouped() + " 元"})
	}
	told, err := s.told(tx, c)
	if err != nil {
		return nil, err
	}
	for _, h := range [][2]string{{"理由", in.Opinion + in.Why}, {"偏离基准", in.Departure}, {"从轻减轻", in.Leniency}, {"告知和申辩", in.heard(told)}} {
		if h[1] != "" {
			out = append(out, web.FactView{Label: h[0], Text: h[1]})
		}
	}
	m, err := minutes(tx, c.ID)
	if m != nil {
		text := m.On.Han() + "讨论"
		if left := m.unsigned(); len(left) > 0 {
			text += "，还没有签名：" + joined(left)
		} else {
			text += "，全部成员已签名"
		}
		out = append(out, web.FactView{Label: "集体讨论", Text: text})
	}
	return out, err
}

func (s *Service) postSubmit(q casework.Posted) (string, error) {
	in := AskInput{Opinion: q.Form.Long("opinion", 500)}
	if err := q.Form.Err(); err != nil {
		return "", err
	}
	return "已提请集体讨论", s.Submit(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) postAsk(q casework.Posted) (string, error) {
	in := AskInput{Opinion: q.Form.Long("opinion", 500)}
	if err := q.Form.Err(); err != nil {
		return "", err
	}
	return "已报批", s.Ask(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) postReturn(q casework.Posted) (string, error) {
	in := ReturnInput{Why: q.Form.Long("why", 500)}
	if err := q.Form.Err(); err != nil {
		return "", err
	}
	return "已退回", s.Return(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) postPunish(q casework.Posted) (string, error) {
	in := DecideInput{Note: q.Form.Long("note", 500)}
	if err := q.Form.Err(); err != nil {
		return "", err
	}
	return "已作出处罚决定", s.Punish(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) postSpare(q casework.Posted) (string, error) {
	in := DecideInput{Note: q.Form.Long("note", 500)}
	if err := q.Form.Err(); err != nil {
		return "", err
	}
	return "已作出不予处罚决定", s.Spare(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) postVoid(q casework.Posted) (string, error) {
	why := q.Form.Long("why", 500)
	if err := q.Form.Err(); err != nil {
		return "", err
	}
	if err := wanted("why", why, "请写明作废的原因"); err != nil {
		return "", err
	}
	return "决定书已作废，编号保留", s.cases.VoidPaper(q.Context(), q.By, q.Case, q.Version, why)
}

func (s *Service) postConclude(q casework.Posted) (string, error) {
	return "已形成讨论结论", s.Conclude(q.Context(), q.By, q.Case, q.Version)
}

func (s *Service) postSign(q casework.Posted) (string, error) {
	return "已签名", s.Sign(q.Context(), q.By, q.Case, q.Version, SignInput{})
}
