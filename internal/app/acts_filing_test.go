package app_test

import "fmt"

// filingActs takes a lead to the filed case, and two others to where they end.
func filingActs(p *program) {
	for kind, prefix := range map[string]string{"filing_approval": "演城管立字", "no_filing_approval": "演城管不立字", "no_filing_notice": "演城管不立告字", "check_extension": "演城管延字"} {
		p.send("clerk", "POST", "/series", asJSON(p.T, members{"unit": p.unit("YS-Z1"), "kind": kind, "year": 2026, "prefix": prefix, "first": 1, "last": 20, "presealed": true}), "series-"+kind)
	}
	check := members{
		"found": "到现场查看，楼顶有广告牌一块", "cause": "涉嫌未经许可设置大型户外广告", "act_from": "2026-04-01", "act_until": p.today(),
		"prima_facie": true, "evidence": "现场照片4张", "violated": "《演示市市容条例》第二十一条第一款", "in_jurisdiction": true, "informant": "none",
	}
	m := p.lead()
	m.act("take_up", "officer102", "casework.check_begun", members{}, `"procedure":"ordinary"`)
	m.act("assign", "leader1", "casework.assigned", members{"lead": p.person("officer102"), "assist": p.person("officer103")})
	m.act("check", "officer102", "casework.checked", check)
	m.act("extend_check", "head", "casework.check_extended", members{"days": 5, "complex": true, "why": "产权资料在外地"})
	m.act("ask_filing", "officer102", "casework.filing_asked", members{"opinion": "建议立案"})
	m.act("return_filing", "head", "casework.filing_returned", members{"why": "补查产权人"})
	m.just("ask_filing", "officer102", members{})
	const number = "演城管立字〔2026〕第2号"
	if head := m.act("approve_filing", "head", "casework.case_filed", members{"note": "同意"}, number); head.str("case_no") != number {
		p.Errorf("立案的答复：%s", head.text)
	}

	m = p.lead()
	m.just("take_up", "officer102", members{})
	check["prima_facie"], check["found"] = false, "到现场查看，没有施工痕迹"
	m.just("check", "officer102", check)
	m.act("decline_filing", "head", "casework.filing_declined", members{"why": "经核查没有违法事实"})

	p.read("listCaseNumbers", "clerk", "", "year=2026&state=gap", `"name":"演城管立字〔2026〕第1号"`, `"state":"return_filing"`, "补查产权人", `"explained":true`)
	gap := members{"prefix": "演城管立字", "year": 2026, "number": 1, "why": "重新报批用第2号"}
	p.do(deed{op: "explainCaseNumber", by: "clerk", body: gap, entry: "casework.number_explained"})
	p.read("listCaseNumbers", "officer102", "", "year=2026", "重新报批用第2号", `"state":"open"`)
}

// lead is a new lead in hand.
func (p *program) lead() *matter {
	p.Helper()
	p.serial++
	a := p.send("officer102", "POST", "/leads", asJSON(p.T, p.leadBody()), fmt.Sprintf("lead-%d", p.serial))
	return &matter{p: p, id: a.str("id")}
}
