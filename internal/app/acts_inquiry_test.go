package app_test

import (
	"maps"

	"fadu/internal/access"
)

// filed takes a lead to the filed case.
func (p *program) filed() *matter {
	p.Helper()
	m := p.lead()
	m.just("take_up", "officer102", members{})
	m.just("assign", "leader1", members{"lead": p.person("officer102"), "assist": p.person("officer103")})
	m.just("party", "officer102", p.partyBody())
	m.just("check", "officer102", members{"found": "人行道堆放砂石", "cause": "涉嫌占道堆放", "act_from": p.today(), "prima_facie": true, "evidence": "现场照片4张", "violated": "《演示市市容条例》第二十一条第一款", "in_jurisdiction": true, "informant": "none"})
	m.just("ask_filing", "officer102", members{})
	m.just("approve_filing", "head", members{})
	return m
}

// numbers opens series of numbers for kinds of papers.
func (p *program) numbers(kinds map[string]string) {
	p.Helper()
	for kind, word := range kinds {
		p.send("clerk", "POST", "/series", asJSON(p.T, members{"unit": p.unit("YS-Z1"), "kind": kind, "year": 2026, "prefix": "演城管" + word + "字", "first": 1, "last": 50, "presealed": true}), "series-"+kind)
	}
}

// inquiryActs investigates: every act of the desk, up to the approved report.
func inquiryActs(p *program) {
	p.numbers(map[string]string{"assistance_letter": "协", "sampling_notice": "样", "appraisal_commission": "委", "appraisal_result_notice": "鉴结", "recusal_decision": "避", "correction_notice": "责改", "inquiry_notice": "询通"})
	m := p.filed()
	began := p.now()
	p.site.Clock.Advance(10 * 60e9)
	ended := p.now()
	record := members{"began": began, "ended": ended, "at": "现场", "recorder": "演示卫远信", "recusal": "不申请回避", "purpose": "证明占道", "showed_id": true, "pages_signed": true, "corrections_initialled": true}
	with := func(more members) members {
		out := maps.Clone(record)
		maps.Copy(out, more)
		return out
	}
	m.act("summon", "officer102", "casework.summoned", members{"when": "2027-03-01T09:00:00+08:00", "where": "第一中队询问室"})
	m.act("interview", "officer102", "casework.interviewed", with(members{"person": "演示·郑某", "role": "party", "id_number": "无", "alone": true, "talk": []members{{"ask": "是谁堆放的？", "answer": "是我。"}}}))
	m.act("inspect", "officer102", "casework.inspected", with(members{"party": "present", "present": "演示·郑某", "found": "砂石两堆", "taken": "拍照", "photos": []string{encoded(signature())}}))
	p.original("getExhibit", "deputy", m.id+","+p.one(`SELECT CAST(MAX(number) AS TEXT) FROM evidence WHERE digest <> '' AND case_id = `+m.id), "casework.case_read", access.ReadSubject("case/"+m.id))
	m.act("request_evidence", "officer102", "casework.evidence_requested", members{"holder": "演示砂石行", "wanted": "送货单存根", "due": "2027-03-01"})
	m.act("collect_evidence", "officer102", "casework.evidence_collected", members{"kind": "written", "title": "送货单", "obtained_on": p.today(), "holder": "演示·郑某", "source": "当场提供", "purpose": "证明数量", "showed_id": true})
	m.act("ask_assistance", "officer102", "casework.assistance_asked", members{"to": "演示自然资源局", "contact": "演示卫远信", "due": "2027-03-01", "wanted": "查明土地性质"})
	m.act("sample", "officer102", "casework.sampled", members{"things": []members{{"name": "砂石", "amount": "2袋"}}, "taken_at": p.now(), "at": "现场", "method": "随机", "sealed": "封口", "purpose": "证明种类", "showed_id": true})
	m.act("commission", "officer102", "casework.appraisal_commissioned", members{"kind": "检测", "body": "演示检测所", "qualification": "演检资字001号", "qualified": true, "things": []members{{"name": "砂石", "amount": "2袋"}}, "questions": "含泥量", "on": p.today(), "due": "2027-03-01"})
	m.act("prolong_commission", "officer102", "casework.appraisal_prolonged", members{"due": "2027-03-10", "why": "设备检修"})
	m.act("cancel_commission", "officer102", "casework.appraisal_cancelled", members{"why": "改由另一机构检测"})
	m.act("commission", "officer102", "casework.appraisal_commissioned", members{"kind": "检测", "body": "演示检测二所", "qualification": "演检资字002号", "qualified": true, "things": []members{{"name": "砂石", "amount": "2袋"}}, "questions": "含泥量", "on": p.today(), "due": "2027-03-01"})
	m.act("receive_result", "officer102", "casework.appraisal_received", members{"result_on": p.today(), "report": "演检字001号", "result": "百分之三", "purpose": "证明种类"})
	m.act("admit_evidence", "officer102", "casework.evidence_admitted", members{"evidence": "1", "outcome": "admitted", "reason": "来源合法，内容真实，与本案有关"})
	m.file(`"evidence":[{"number":1`, `"admitted":true`, `"act":"interview"`)
	m.act("order_correction", "officer102", "casework.correction_ordered", members{"kind": "correct", "demand": "清除砂石", "due": "2027-03-01"})
	m.act("recheck_correction", "officer102", "casework.rechecked", members{"checked_at": p.now(), "found": "已经清除", "result": "已改正"})
	m.act("ask_recusal", "officer102", "casework.recusal_asked", members{"applicant": "演示·郑某", "officer": p.person("officer103"), "asked_on": p.today(), "reason": "与举报人是亲属"})
	m.act("decide_recusal", "head", "casework.recusal_decided", members{"finding": "没有亲属关系"})
	proposal := p.penaltyBody(300)
	proposal["measured_by"] = 1
	m.just("propose", "officer102", proposal)
	report := members{"course": "巡查发现", "views": "承认", "discretion": "已经改正", "proposal": "罚款300元", "measures": "无", "crime": "不涉嫌犯罪"}
	m.act("conclude", "officer102", "casework.conclusion_asked", maps.Clone(report))
	m.act("return_conclusion", "leader1", "casework.conclusion_returned", members{"why": "补拍照片"})
	m.just("conclude", "officer102", maps.Clone(report))
	m.act("approve_conclusion", "leader1", "casework.investigation_closed", members{"note": "同意"})
}
