package app_test

import (
	"regexp"
	"strings"

	"fadu/internal/access"
)

var eighteen = regexp.MustCompile(`"9901071980\d{7}[\dX]"`)

func containsDigits(text string) bool { return eighteen.MatchString(text) }

// lineEnds goes on from a party that is known to the end of the case.
func lineEnds(p *program, m *matter) {
	m.act("photo", "officer102", "casework.photo_added", p.photoBody(), `"photos":[{`)
	for _, st := range street {
		m.act("step", "officer102", "casework.step_recorded", members{"kind": st[0], "text": st[1], "detail": st[2]}, `"kind":"`+st[0]+`"`)
	}
	m.act("step", "officer102", "casework.step_recorded", members{"kind": "educate", "text": "口头教育"}, "口头教育")
	step, _ := m.file().in("steps", -1)["id"].(string)
	m.act("withdraw_step", "officer102", "casework.step_withdrawn", members{"step": step, "why": "记在别的案件里"})
	m.act("propose", "officer102", "casework.penalty_proposed", p.penaltyBody(100), `"amount":100`)
	p.read("listChoices", "officer102", m.id, "", `"act":"decide"`)
	m.act("order_paper", "officer102", "casework.paper_issued", members{"kind": "correction_notice", "fields": members{"due": "2026年7月20日"}}, `correction_notice`)
	m.act("decide", "officer102", "casework.decided", members{}, `"state":"issued"`)
	for _, who := range [][2]string{{"officer102", "lead"}, {"officer103", "assist"}, {"officer102", "party"}} {
		p.do(deed{op: "sign", by: "@" + who[0], at: m.id, body: members{"paper": m.decision(), "role": who[1], "method": "drawn", "image": encoded(signature()), "note": ""}, entry: "casework.signed"})
	}
	m.act("deliver", "officer102", "casework.delivered", members{"at": p.now()}, `"state":"delivered"`)
	m.act("file", "clerk", "casework.filed", members{})
	m.act("pay", "cashier", "casework.paid", members{"channel": "code", "amount": 100, "paid_on": p.today(), "reference": "PZ-1", "note": ""}, `PZ-1`)
	m.act("close", "clerk", "casework.closed", members{"note": "缴清"}, `"state":"closed"`, `"ending":"paid"`)
	p.read("listCases", "officer102", "", "state=closed", `"id":"`+m.id+`"`)
	p.read("listTodo", "officer102", "", "", `"items":[`)
	m = &matter{p: p, id: p.send("officer102", "POST", "/leads", asJSON(p.T, p.leadBody()), "lead-declined").str("id")}
	m.just("start", "officer102", members{"lead": p.person("officer102"), "assist": p.person("officer103")})
	m.just("party", "officer102", p.partyBody())
	m.just("photo", "officer102", p.photoBody())
	for _, st := range append(street, [3]string{"educate", "当场教育，签承诺", "signed"}) {
		m.just("step", "officer102", members{"kind": st[0], "text": st[1], "detail": st[2]})
	}
	m.act("decline", "officer102", "casework.declined", members{"ground": "slight", "act_from": p.today(), "fact_text": "占用0.5平方米，当场撤离", "power_code": "YS-001", "harm": "none", "why": "轻微并及时改正，没有危害后果"}, `"state":"declined"`)
	m = p.taken(100, "code")
	m.act("to_ordinary", "leader1", "casework.to_ordinary", members{"why": "当事人对事实有异议"}, `"state":"`)
}

// unsealed gives the squad numbers for notices that are printed without a seal.
func (p *program) unsealed() {
	p.Helper()
	old := p.one(`SELECT CAST(id AS TEXT) FROM number_series WHERE paper_kind = 'correction_notice' AND unit_id = ` + p.unit("YS-Z1"))
	a := p.send("clerk", "POST", p.path("closeSeries", old), asJSON(p.T, members{"version": number(p.one(`SELECT CAST(version AS TEXT) FROM number_series WHERE id = ` + old)), "reason": "换用没有套印的"}), "unsealed-1")
	b := p.send("clerk", "POST", "/series", asJSON(p.T, members{"unit": p.unit("YS-Z1"), "kind": "correction_notice", "year": 2026, "prefix": "演城管责改乙字", "first": 1, "last": 9, "note": "没有套印"}), "unsealed-2")
	if a.status != 200 || b.status != 200 {
		p.Fatalf("%s %s", a.text, b.text)
	}
}

// paperActs does what is done with papers.
func paperActs(p *program) {
	m := p.decided(100, "code")
	p.unsealed()
	m.just("order_paper", "officer102", members{"kind": "correction_notice", "fields": members{"due": "2026年7月20日"}})
	paper := p.one(`SELECT CAST(MAX(id) AS TEXT) FROM paper WHERE kind = 'correction_notice'`)
	state := func(want string) {
		p.Helper()
		if got := p.one(`SELECT state FROM paper WHERE id = ` + paper); got != want {
			p.Errorf("文书是 %s，应为 %s", got, want)
		}
	}
	state("issued")
	p.do(deed{op: "retryPaper", by: "officer102", at: paper, entry: "-"})
	for _, who := range [][2]string{{"officer102", "lead"}, {"officer103", "assist"}} {
		p.do(deed{op: "signPaper", by: "@" + who[0], at: paper, body: members{"role": who[1], "method": "drawn", "image": encoded(signature()), "note": ""}, entry: "casework.signed"})
	}
	if n := p.one(`SELECT CAST(COUNT(*) AS TEXT) FROM paper_signature WHERE paper_id = ` + paper); n != "2" {
		p.Errorf("%s 个签名", n)
	}
	p.do(deed{op: "sealPaper", by: "clerk", at: paper, entry: "casework.paper_sealed"})
	for op, entry := range map[string]string{"printPaper": "casework.paper_printed", "printSlip": "casework.paper_printed", "copyPaper": "casework.paper_copied"} {
		at := paper
		if op == "printSlip" {
			at = m.decision()
		}
		a := p.do(deed{op: op, by: "officer102", at: at, entry: entry})
		if len(a.str("content")) < 1000 || a.str("name") == "" {
			p.Errorf("%s：%.200s", op, a.text)
		}
	}
	p.do(deed{op: "handOverPaper", by: "officer102", at: paper, body: members{"at": p.now(), "how": "direct", "note": ""}, entry: "casework.paper_delivered"})
	state("delivered")
	code := p.one(`SELECT code FROM paper WHERE id = ` + paper)
	p.read("checkPaper", "", code, "", `"known":true`)
	p.read("checkPaper", "", strings.Replace(strings.ToLower(code), "0", "o", 1), "", `"known":true`) // as people type it on the page
}

// endingActs are the corrections of what was decided.
func endingActs(p *program) {
	m := p.decided(100, "code")
	m.act("void_paper", "officer102", "casework.paper_voided", members{"why": "打印时卡纸"}, `"state":"on_site"`)
	m = p.delivered(100, "code")
	m.act("correct_paper", "head", "casework.paper_corrected", members{"item": "地点", "was": "青石路8号", "becomes": "青石路10号", "why": "笔误", "slip_only": true})
	p.one(`SELECT code FROM paper WHERE kind = 'correction_of_paper' AND case_id = ` + m.id)
	m.act("revoke", "head", "casework.revoked", members{"why": "主要事实不清"}, `"state":"revoked"`)
	p.read("checkPaper", "", p.one(`SELECT code FROM paper WHERE id = `+m.decision()), "", `"counts":false`, `"ended":"2026年7月`, `"revoked_by":"`)
	m.act("withdraw_publication", "clerk", "casework.publication_withdrawn", members{"published": false, "on": "", "place": "", "note": "查公示平台，没有公开过"})
}

// changeActs changes decisions, for the worse and for the better.
func changeActs(p *program) {
	m := p.delivered(100, "code")
	change := func(amount int) members {
		b := p.penaltyBody(amount)
		b["act_from"], b["faults"], b["why"] = m.file().text[:0]+p.today(), []string{"amount"}, "没有考虑当事人的情节"
		return b
	}
	latest := func(kind string) string {
		p.Helper()
		return p.one(`SELECT CAST(MAX(id) AS TEXT) FROM paper WHERE kind = '` + kind + `'`)
	}
	serve := func(paper string) {
		p.Helper()
		for _, x := range [][3]string{{"clerk", "sealPaper", "{}"}, {"officer102", "handOverPaper", asJSON(p.T, members{"at": p.now(), "how": "direct"})}} {
			p.serial++
			if a := p.send(x[0], "POST", p.path(x[1], paper), x[2], "serve-"+x[1]+paper); a.status != 200 && x[1] != "sealPaper" {
				p.Fatalf("%s：%s", x[1], a.text)
			}
		}
		p.site.Clock.Advance(60e9)
	}
	m.act("change_notice", "officer102", "casework.change_proposed", change(150))
	serve(latest("penalty_notice"))
	m.act("hear_again", "officer102", "casework.step_recorded", members{"at": p.now(), "text": "我马上就走了", "review": "与音像不符，不予采纳"}, "我马上就走了")
	m.act("change", "head", "casework.changed", change(150), `"amount":150`)
	m.act("void_change", "officer102", "casework.paper_voided", members{"why": "打印错误"}, `"amount":100`)
	m.act("change", "head", "casework.changed", change(60), `"amount":60`)
}

// termsActs lets parties pay later or in parts.
func termsActs(p *program) {
	apply := func(m *matter) members {
		return members{
			"applied_on": p.today(), "reason": "摊主生病住院，没有收入", "hardship": true, "proof": encoded(photograph()),
			"parts": []members{{"number": 1, "due": "2026-08-10", "amount": 60}, {"number": 2, "due": "2026-09-10", "amount": 40}},
		}
	}
	m := p.delivered(100, "code")
	m.act("apply_terms", "officer102", "casework.terms_applied", apply(m), `"state":"applied"`)
	p.looks("deputy", "/w/cases/"+m.id+"/plans/"+p.one(`SELECT CAST(MAX(id) AS TEXT) FROM payment_plan WHERE case_id = `+m.id), "casework.case_read", "case/"+m.id)
	p.original("getPlanProof", "leader1", m.id+","+p.one(`SELECT CAST(MAX(id) AS TEXT) FROM payment_plan WHERE case_id = `+m.id), "casework.case_read", access.ReadSubject("case/"+m.id))
	m.act("refuse_terms", "leader1", "casework.terms_refused", members{"why": "没有经济困难的证明"}, `"state":"refused"`)
	m.act("apply_terms", "officer102", "casework.terms_applied", apply(m))
	m.act("approve_terms", "head", "casework.terms_approved", members{"why": ""}, `"state":"approved"`)
	m.act("end_terms", "head", "casework.terms_ended", members{"why": "当事人请求一次缴清"}, `"state":"ended"`)
}
