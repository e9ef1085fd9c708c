package legalreview

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/legalreview/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Desk is what casework asks of this slice.
func (s *Service) Desk() casework.Desk {
	give := func(act, submit, explain, when string) casework.Form {
		return casework.Form{Act: act, Submit: submit, Explain: explain, When: when, Presume: s.presumeOpinion(act), Body: s.opinionBody, Post: s.postOpinion(act)}
	}
	return casework.Desk{Name: "法制审核", Facts: s.facts, Judges: judges, After: s.after, Mends: map[string]string{
		"XZCF-58-1": "submit_review", "XZCF-58-1-lapsed": "submit_review",
	}, Forms: []casework.Form{
		{Act: "submit_review", Submit: "送审，出具送审表", Explain: "法制审核机构自收到之日起十个工作日内审核完毕。", When: "属于应当审核的情形，或者自愿送审的", Body: s.submitBody, Post: s.postSubmit},
		{Act: "withdraw_review", Submit: "撤回", Explain: "撤回后可以改了再送。", When: "还没有审核意见，发现要改的", Body: s.withdrawBody, Post: s.postWithdraw},
		{Act: "take_review", Submit: "领取，由我审核", Explain: "领取以后，法制审核期限由领取人负责；没有领取的在队列里等着。", When: "准备审核这件案件的", Presume: s.presumeTake, Body: s.takeBody, Post: s.postTake},
		{Act: "release_review", Submit: "放回队列", Explain: "放回以后由其他审核人员领取。", When: "领取以后不能审核的", Post: s.postRelease},
		give("review_agree", "同意，签发审核意见书", "只有签名的同意能打开决定；此后事实、证据、依据、处罚有变动的，自动失效。", "事实清楚、证据充分、依据准确、处罚适当、程序合法的"),
		give("review_inquire", "要求补充调查", "退回调查取证，补充后再次送审。", "事实不清、证据不足的"),
		give("review_amend", "要求改正", "退回承办机构，改正后再次送审。", "依据不准确、处罚不适当、程序不合法的"),
		give("review_transfer", "要求移送", "退回后按规定移送有管辖权的机关或者公安机关。", "超越权限或者涉嫌犯罪的"),
		casework.Ask(casework.Form{Act: "advise", Submit: "签名，出具意见书", Explain: "单独成文，供法制审核和负责人参考，不代替审核人签署。", When: "驻队律师、法律顾问对案件有意见的"}, "已出具律师意见书", nil, s.Advise),
		{Act: "settle_difference", Submit: "记录协调意见", Explain: "承办机构与审核机构意见不一致的，由负责人协调。只作记录，不打开任何一步。", When: "对审核意见有分歧的", Body: s.differenceBody, Post: s.postDifference},
	}}
}

func (s *Service) presumeTake(tx *store.Tx, by access.Session, c *casework.Case, f *law.Facts) error {
	return s.stateReviewer(tx, by, c, f)
}

// takeBody shows who has it now.
func (s *Service) takeBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	taker, err := s.taker(tx, at.Case)
	text := "待领取"
	if err == nil && taker != 0 {
		text, err = casework.PersonName(tx, taker)
	}
	return pages.Text(pages.TextView{Form: at.Form, Facts: []web.FactView{{Label: "领取人", Text: text}}}), err
}

func (s *Service) postTake(q casework.Posted) (string, error) {
	return "已领取，由你审核", s.Take(q.Context(), q.By, q.Case, q.Version, TakeInput{})
}

func (s *Service) postRelease(q casework.Posted) (string, error) {
	return "已放回审核队列", s.Release(q.Context(), q.By, q.Case, q.Version, TakeInput{})
}

func (s *Service) presumeOpinion(act string) func(*store.Tx, access.Session, *casework.Case, *law.Facts) error {
	return func(tx *store.Tx, by access.Session, c *casework.Case, f *law.Facts) error {
		f.SetNumber(law.ReviewPoints, int64(len(casework.ReviewPoints)), "form")
		f.SetText(law.ReviewOutcome, outcomes[act], "form")
		f.SetBool(law.OpinionSigned, true, "form")
		return s.stateReviewer(tx, by, c, f)
	}
}

func (s *Service) submitBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	p, ok, err := s.proposal(tx, at.Case)
	if err != nil {
		return nil, err
	}
	var facts []web.FactView
	if ok {
		have, missing, err := s.materials(tx, at.Case, p)
		if err != nil {
			return nil, err
		}
		facts = append(parts(p), web.FactView{Label: "送审材料", Text: strings.Join(have, "、")})
		if len(missing) > 0 {
			facts = append(facts, web.FactView{Label: "还缺", Text: strings.Join(missing, "、")})
		}
	}
	return pages.Text(pages.TextView{Form: at.Form, Name: "ground", Label: "应当审核的情形", Hint: "例如：直接关系当事人重大权益，经过听证程序；自愿送审的写明", Facts: at.Facts(facts)}), nil
}

func parts(p casework.Proposal) []web.FactView {
	var out []web.FactView
	for _, x := range p.Parts() {
		if x.Text != "" {
			out = append(out, web.FactView{Label: x.Name, Text: x.Text})
		}
	}
	return out
}

func (s *Service) postSubmit(q casework.Posted) (string, error) {
	in := SubmitInput{Ground: q.Form.Long("ground", 500)}
	if err := q.Form.Err(); err != nil {
		return "", err
	}
	return "已送法制审核", s.Submit(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) withdrawBody(_ *store.Tx, at casework.FormAt) (templ.Component, error) {
	return pages.Text(pages.TextView{Form: at.Form, Name: "why", Label: "撤回的理由"}), nil
}

func (s *Service) postWithdraw(q casework.Posted) (string, error) {
	in := WithdrawInput{Why: q.Form.Long("why", 500)}
	if err := q.Form.Err(); err != nil {
		return "", err
	}
	return "已撤回送审", s.Withdraw(q.Context(), q.By, q.Case, q.Version, in)
}

// opinionBody shows what was submitted — the second time only what changed — and each point with what the program finds beside it.
func (s *Service) opinionBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	st, err := standing(tx, at.Case.ID)
	if err != nil {
		return nil, err
	}
	v := pages.OpinionView{Form: at.Form}
	if st.Last != nil {
		if v.About, err = about(st); err != nil {
			return nil, err
		}
	}
	counsel, err := advice(tx, at.Case.ID)
	if err != nil {
		return nil, err
	}
	for _, c := range counsel {
		text, err := c.said()
		if err != nil {
			return nil, err
		}
		v.About = append(v.About, web.FactView{Label: "律师意见（" + c.Lawyer + "）", Text: text, Href: c.Paper.URL()})
	}
	f, err := s.cases.FactsOf(tx, at.Case, at.Today)
	if err != nil {
		return nil, err
	}
	punish := true
	if st.Last != nil {
		p, err := st.Last.proposal()
		if err != nil {
			return nil, err
		}
		punish = p.Punish
	}
	found, missing := s.machine(at.Today, f, punish)
	for i, name := range casework.ReviewPoints {
		v.Points = append(v.Points, pages.PointView{Number: strconv.Itoa(i + 1), Name: name, Found: found[i], Missing: missing[i]})
	}
	v.About = at.Facts(v.About)
	return pages.Opinion(v), nil
}

// about is what the reviewer looks at.
func about(st file) ([]web.FactView, error) {
	now, err := st.Last.proposal()
	if err != nil {
		return nil, err
	}
	out := []web.FactView{{Label: "送审", Text: "第" + law.HanNumeral(int(st.Last.Round)) + "次，" + st.Last.On.Han()}}
	if st.Before == nil {
		return append(out, parts(now)...), nil
	}
	diff, err := changed(st.Before, now)
	out = append(out, web.FactView{Label: "上次意见", Text: st.BeforeOp.Outcome})
	for _, p := range diff {
		out = append(out, web.FactView{Label: p.Name + "（有变动）", Text: p.Text})
	}
	if len(diff) == 0 {
		out = append(out, web.FactView{Label: "变动", Text: "拟作的决定没有变动"})
	}
	return out, err
}

func (s *Service) postOpinion(act string) func(casework.Posted) (string, error) {
	return func(q casework.Posted) (string, error) {
		in := OpinionInput{Reason: q.Form.Long("reason", 2000), Signed: q.Form.Bool("signed")}
		for i := range casework.ReviewPoints {
			n := strconv.Itoa(i + 1)
			in.Points = append(in.Points, LegalReviewPoint{Finding: q.Form.Text("finding"+n, 300), Cite: q.Form.Text("cite"+n, 200)})
		}
		if err := q.Form.Err(); err != nil {
			return "", err
		}
		return "已签发审核意见：" + outcomes[act], s.Give(q.Context(), q.By, q.Case, q.Version, act, in)
	}
}

func (s *Service) differenceBody(_ *store.Tx, at casework.FormAt) (templ.Component, error) {
	return pages.Difference(pages.DifferenceView{Form: at.Form}), nil
}

func (s *Service) postDifference(q casework.Posted) (string, error) {
	f := q.Form
	in := DifferenceInput{From: f.Text("from", 30), Until: f.Text("until", 30), At: f.Text("at", 100), Recorder: f.Text("recorder", 30), Matter: f.Long("matter", 1000), Handling: f.Long("handling", 1000), Reviewing: f.Long("reviewing", 1000), Result: f.Long("result", 1000)}
	if err := f.Err(); err != nil {
		return "", err
	}
	return "已记录协调意见", s.Settle(q.Context(), q.By, q.Case, q.Version, in)
}
