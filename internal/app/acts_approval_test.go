package app_test

import (
	"maps"
	"time"

	"fadu/internal/access"
)

// asked takes a lead to where its filing is asked for.
func (p *program) asked() *matter {
	p.Helper()
	m := p.lead()
	m.just("take_up", "officer102", members{})
	m.just("assign", "leader1", members{"lead": p.person("officer102"), "assist": p.person("officer103")})
	m.just("check", "officer102", members{"found": "楼顶有广告牌一块", "cause": "涉嫌未经许可设置大型户外广告", "act_from": p.today(), "prima_facie": true, "evidence": "现场照片4张", "violated": "《演示市市容条例》第二十一条第一款", "in_jurisdiction": true, "informant": "none"})
	m.just("ask_filing", "officer102", members{"opinion": "建议立案"})
	return m
}

// signing is an approval form on its way.
type signing struct {
	p  *program
	id string
}

// form asks for the signatures under an act of a case.
func (m *matter) form() signing {
	p := m.p
	p.Helper()
	body := members{"kind": "case", "ref": m.id, "chain": "立案", "act": "approve_filing", "purpose": "符合立案条件"}
	other := maps.Clone(body)
	other["purpose"] = "另一事由"
	a := p.do(deed{op: "askApproval", by: "officer102", body: body, other: other, entry: "approval.asked"})
	return signing{p, a.str("id")}
}

func (f signing) read(want ...string) heard {
	f.p.Helper()
	return f.p.read("getApproval", "officer102", f.id, "", want...)
}

// act does an act on the form and reads it back.
func (f signing) act(op, by, entry string, body members, want ...string) {
	f.p.Helper()
	body["version"] = f.read().version()
	f.p.do(deed{op: op, by: by, at: f.id, body: body, entry: entry})
	f.read(want...)
}

// approvalActs takes forms from the request to the signature that is the act: signed here, under a mandate, on paper,
// sent back, taken back.
func approvalActs(p *program) {
	m := p.asked()
	f := m.form()
	f.read(`"subject":"case/`+m.id+`"`, `"state":"asked"`, `"turn":"handler"`)
	p.read("approvalInbox", "officer102", "", "", `"id":"`+f.id+`"`)
	f.act("signApproval", "officer102", "approval.signed", members{"agree": true, "opinion": "拟立案"}, `"turn":"assist"`, `"opinion":"拟立案"`)
	f.act("signApproval", "officer103", "approval.returned", members{"agree": false, "opinion": "照片不清"}, `"state":"returned"`, "照片不清")

	f = m.form()
	f.act("withdrawApproval", "officer102", "approval.withdrawn", members{"reason": "补拍照片"}, `"state":"withdrawn"`)
	p.mandated(m)
	p.signedOnPaper(p.asked())
}

// mandated has a place of a form signed under a mandate, which is then ended.
func (p *program) mandated(m *matter) {
	p.Helper()
	p.site.Clock.Advance(time.Minute)
	body := members{"document": "演城管发〔2026〕9号", "paired": true, "giver": "leader1", "taker": "clerk", "posts": []string{"squad"}, "from": p.today(), "until": "2026-12-31"}
	granted := p.do(deed{op: "grantMandate", by: "legal", body: body, entry: "approval.mandate_granted"})
	p.read("listMandates", "legal", "", "", `"document":"演城管发〔2026〕9号"`)
	f := m.form()
	f.act("signApproval", "officer102", "approval.signed", members{"agree": true, "opinion": "拟立案"})
	f.act("signApproval", "officer103", "approval.signed", members{"agree": true, "opinion": "同意"})
	p.read("approvalInbox", "clerk", "", "", `"id":"`+f.id+`"`)
	f.act("signApproval", "clerk", "approval.signed", members{"agree": true, "opinion": "同意报批"}, `授权，演城管发〔2026〕9号"`, `"turn":"leader"`)
	p.read("approvalInbox", "head", "", "", `"id":"`+f.id+`"`)
	f.act("signApproval", "head", "casework.case_filed", members{"agree": true, "opinion": "同意立案"}, `"state":"done"`)
	m.file(`"state":"investigating"`)
	p.do(deed{op: "endMandate", by: "legal", at: granted.str("id"), body: members{"version": int64(1), "reason": "负责人返岗"}, entry: "approval.mandate_ended"})
	if why := p.one(`SELECT why_ended FROM mandate WHERE id = ` + granted.str("id")); why != "负责人返岗" {
		p.Errorf("授权的终止原因：%s", why)
	}
}

// signedOnPaper has the last place signed on paper: the act is done afterwards, by who may.
func (p *program) signedOnPaper(m *matter) {
	p.Helper()
	f := m.form()
	for _, who := range []string{"officer102", "officer103", "leader1"} {
		f.act("signApproval", who, "approval.signed", members{"agree": true, "opinion": "同意"})
	}
	f.act("enterApproval", "clerk", "approval.entered", members{"signer": "head", "signed_on": p.today(), "agree": true, "opinion": "同意立案", "scan": encoded(signature())}, `"state":"signed"`, `"on_paper":true`)
	p.original("getApprovalScan", "deputy", f.id+",4", "approval.form_read", access.ReadSubject("approval/"+f.id))
	m.file(`"state":"filing_asked"`)
	f.act("performApproval", "head", "approval.performed", members{}, `"state":"done"`)
	m.file(`"state":"investigating"`)
}
