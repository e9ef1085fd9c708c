package decision

import (
	"encoding/json"
	"strconv"

	"github.com/a-h/templ"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/decision/pages"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) extensionForms() []casework.Form {
	return []casework.Form{
		{Act: "discuss_extension", Submit: "保存笔录，请成员签名", Explain: "案情特别复杂，延长三十日后仍不能作出决定的，由负责人集体讨论是否再延长，至多六十日。逐人记载意见，主要负责人最后表态。", When: "延长三十日后仍不能作出决定的", Presume: s.presumeTalk, Body: s.extensionBody, Post: s.postExtensionTalk},
		{Act: "sign_extension", Submit: "确认是我的意见，签名", Explain: "参加讨论的负责人用自己的账号签名，不能代签。", When: "再次延长的笔录记好以后", Body: s.extensionMinutesBody, Post: s.postSignExtension},
		{Act: "extend_decision_again", Submit: "按集体讨论的决定再次延长", Explain: "再次延长由负责人集体讨论决定，不能由一人批准；笔录经全部成员签名。延长的日数以笔录为准。", When: "集体讨论同意以后", Presume: s.presumeExtension, Body: s.extendBody, Post: s.postExtend},
	}
}

func (s *Service) presumeTalk(tx *store.Tx, _ access.Session, c *casework.Case, f *law.Facts) error {
	return s.cases.StateDecisionTerm(tx, c, f)
}

func (s *Service) presumeExtension(tx *store.Tx, _ access.Session, c *casework.Case, f *law.Facts) error {
	return s.stateExtension(tx, c, f)
}

func (s *Service) extensionBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	v, heads, err := s.seating(tx, at)
	if err != nil {
		return nil, err
	}
	v.Extension, v.Values["days"], v.Values["report"] = true, "60", at.Case.FactText
	row, _, err := extensionTalk(tx, at.Case.ID)
	if err != nil {
		return nil, err
	}
	var was []DiscussionMember
	if row != nil {
		var in ExtensionTalkInput
		if err := json.Unmarshal([]byte(row.Content), &in); err != nil {
			return nil, err
		}
		v.Values, was = in.values(), in.Members
		v.Values["days"] = strconv.Itoa(in.Days)
	}
	v.seat(len(heads), was)
	return pages.Discussion(v.DiscussionView), nil
}

func (s *Service) postExtensionTalk(q casework.Posted) (string, error) {
	in := ExtensionTalkInput{Days: int(q.Form.Int("days", "再延长的日数", 1, 365))}
	in.DiscussionInput = discussionOf(q)
	if err := q.Form.Err(); err != nil {
		return "", err
	}
	return "已记录讨论，请参加的负责人签名", s.RecordExtension(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) extensionMinutesBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	facts, err := s.extensionFacts(tx, at)
	return pages.Text(pages.TextView{Form: at.Form, Facts: at.Facts(facts)}), err
}

// extensionFacts show the term and what was said about extending it.
func (s *Service) extensionFacts(tx *store.Tx, at casework.FormAt) ([]web.FactView, error) {
	var facts []web.FactView
	k, err := s.cases.OpenClock(tx, at.Case, casework.DecisionTerm)
	if err != nil {
		return nil, err
	}
	if k != nil && !k.Due.IsZero() {
		facts = append(facts, web.FactView{Label: "现在的期限", Text: "到" + k.Due.Han()})
	}
	row, d, err := extensionTalk(tx, at.Case.ID)
	if err != nil || row == nil {
		return facts, err
	}
	var in ExtensionTalkInput
	if err := json.Unmarshal([]byte(row.Content), &in); err != nil {
		return nil, err
	}
	facts = append(facts, web.FactView{Label: "讨论决定", Text: row.On.Han() + "，再延长 " + strconv.FormatInt(row.Days, 10) + " 日：" + in.Result})
	return append(facts, spoken(d, at.By.Account())...), nil
}

func (s *Service) postSignExtension(q casework.Posted) (string, error) {
	return "已签名", s.SignExtension(q.Context(), q.By, q.Case, q.Version, SignInput{})
}

func (s *Service) extendBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	facts, err := s.extensionFacts(tx, at)
	return pages.Text(pages.TextView{Form: at.Form, Name: "why", Label: "案情特别复杂在哪里", Need: true, Facts: at.Facts(facts)}), err
}

func (s *Service) postExtend(q casework.Posted) (string, error) {
	in := ExtendInput{Why: q.Form.Long("why", 500)}
	if err := q.Form.Err(); err != nil {
		return "", err
	}
	return "办案期限已再次延长", s.Extend(q.Context(), q.By, q.Case, q.Version, in)
}
