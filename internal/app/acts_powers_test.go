package app_test

import (
	"maps"
	"strings"
)

func powerActs(p *program) {
	first := func(code string) string {
		p.Helper()
		return p.one(`SELECT CAST(MAX(id) AS TEXT) FROM power_item WHERE code = '` + code + `'`)
	}
	version := func(code string) int64 {
		p.Helper()
		return number(p.one(`SELECT CAST(version AS TEXT) FROM power_item WHERE id = ` + first(code)))
	}
	p.read("listPowers", "legal", "", "q=ZZ-90", `"code":"ZZ-902"`, `"state":"library"`)
	p.do(deed{
		op: "adoptPowers", by: "legal", entry: "power.adopted",
		body:  members{"items": []string{first("ZZ-902")}, "basis": "transfer", "document": "演政发〔2026〕9号（演示）", "from": "2026-07-10"},
		other: members{"items": []string{first("ZZ-903")}, "basis": "transfer", "document": "演政发〔2026〕9号（演示）", "from": "2026-07-10"},
	})
	p.read("getPower", "legal", "ZZ-902", "", `"adopted_from":"2026-07-10"`, "演政发〔2026〕9号")
	p.do(deed{op: "endPower", by: "legal", at: first("ZZ-902"), body: members{"version": version("ZZ-902"), "document": "演政发〔2026〕10号（演示）", "last": "2026-07-31"}, entry: "power.ended"})
	p.read("getPower", "legal", "ZZ-902", "", `"adopted_until":"2026-07-31"`)
	unchecked := p.one(`SELECT MIN(code) FROM power_item WHERE live = 1 AND unchecked = 1 AND confirmed_on = ''`)
	p.do(deed{op: "confirmPower", by: "reviewer", at: first(unchecked), body: members{"version": version(unchecked), "source": "国家法律法规数据库", "on": "2026-07-10"}, other: members{"version": version(unchecked), "source": "公报", "on": "2026-07-10"}, entry: "power.confirmed"})
	p.read("listPowers", "legal", "", "q="+unchecked, `"state":"library"`)
	p.read("getPower", "legal", "YS-001", "", `"code":"YS-001"`)
	guide := members{"seen": 0, "conditions": "在公共场所设置户外广告", "materials": []string{"申请书"}, "steps": []members{{"name": "受理"}, {"name": "决定"}}, "legal_term": "二十日", "own_term": "十日", "fee": "不收费", "place": "演示区政务大厅", "contact": "0990-0000003", "complaint": "0990-12345", "remedy": "可以申请行政复议"}
	changed := maps.Clone(guide)
	changed["own_term"] = "五日"
	p.do(deed{op: "saveGuide", by: "legal", at: "YS-001", body: guide, other: changed, entry: "power.guide_saved"})
	if n := p.one(`SELECT CAST(COUNT(*) AS TEXT) FROM power_guide WHERE code = 'YS-001'`); n != "1" {
		p.Errorf("指南 %s 版", n)
	}
	p.published()
	p.standards()
	// What only computes needs no key.
	a := p.send("officer102", "POST", p.path("calculateFine", "YS-001"), `{"act_date":"2026-07-10","party":"公民","metric":"2","prior_2y":0,"corrected":true,"harm":false}`, "")
	if p.done["calculateFine"] = true; a.status != 200 || !strings.Contains(a.text, "从轻") {
		p.Errorf("%d %s", a.status, a.text)
	}
}

// published asks for what the public sees, without a token: the bureau's own powers, with guide and chart, and not who
// wrote them.
func (p *program) published() {
	p.Helper()
	p.read("listPublicPowers", "", "", "q=YS-001", `"items":[{"code":"YS-001"`, `"kinds":[{"kind":"`, `"count":1`)
	if a := p.read("listPublicPowers", "", "", "q=ZZ-903"); !strings.Contains(a.text, `"items":[]`) {
		p.Errorf("没有采用的公开了：%s", a.text)
	}
	one := p.read("getPublicPower", "", "YS-001", "", `"own_term":"十日"`, `"number":1`, `"charts":[{"title":`, `{"label":"受理"}`, `"edges":[{"from":0,"to":1}]`)
	author, err := p.site.Name("legal")
	if err != nil || strings.Contains(one.text, author) || strings.Contains(one.text, "author") {
		p.Errorf("%v 公开页写着是谁写的：%s", err, one.text)
	}
	for _, code := range []string{"ZZ-903", "NOTHING"} {
		if a := p.send("", "GET", p.path("getPublicPower", code), "", ""); a.status != 404 {
			p.Errorf("%s：%d %s", code, a.status, a.text)
		}
	}
}

// standards imports a benchmark that is not published yet and publishes it.
func (p *program) standards() {
	p.Helper()
	rows := csvFile("id|code|name|type|effect|conditions|first_window|correction_required|accompanying|basis",
		"ZX-901|ZZ-903|演示新事项ZZ-903|首违不罚|可以不予处罚|二年内首次|二年|是|责令改正|行政处罚法第三十三条第一款后段",
		"ZY-902|ZZ-904|演示新事项ZZ-904|首违不罚|可以不予处罚|二年内首次|二年|是|责令改正|行政处罚法第三十三条第一款后段")
	batch := p.send("legal", "POST", "/power-imports", asJSON(p.T, members{"kind": "power.exemptions", "name": "清单.csv", "content": rows}), "standards-1")
	if a := p.send("legal", "POST", "/power-imports/"+batch.str("id")+"/publish", "{}", "standards-2"); a.status != 200 {
		p.Fatalf("%s %s", a.text, p.read("powersImport", "legal", batch.str("id"), "").text)
	}
	body := members{"what": "exemptions", "prefix": "ZZ-903", "issuer": "演示市城市管理局（演示）", "document": "《演示清单》", "published_on": "2026-07-01", "from": "2026-07-10"}
	other := maps.Clone(body)
	other["prefix"] = "ZZ-904"
	p.do(deed{op: "issueStandards", by: "legal", body: body, other: other, entry: "power.exemption_issued"})
	if got := p.one(`SELECT document FROM power_exemption WHERE ref = 'ZX-901'`); got != "《演示清单》" {
		p.Errorf("公布文件是 %s", got)
	}
}

func adjustmentActs(p *program) {
	in := members{"kind": "delegate", "codes": []string{"YS-010"}, "counterpart": "演示街道办事处", "basis_title": "演示赋权决定", "basis_number": "演1号", "basis_date": "2026-07-01", "effective_on": "2026-08-01", "handling": "transfer", "handling_document": "演1号", "reason": "下沉"}
	propose := func() string {
		p.Helper()
		return p.do(deed{op: "proposeAdjustment", by: "legal", body: in, entry: "power.adjust_proposed"}).str("id")
	}
	id := propose()
	pdf := encoded([]byte("%PDF-1.4 演示"))
	act := func(op, by, entry string, body members, want ...string) {
		p.Helper()
		body["version"] = p.read("getAdjustment", by, id, "").version()
		d := deed{op: op, by: by, at: id, body: body, entry: entry}
		if op == "attachBasis" {
			d.other = members{"version": body["version"], "name": "通知.pdf", "content": encoded([]byte("%PDF-1.4 另一份"))}
		}
		p.do(d)
		p.read("getAdjustment", by, id, "", want...)
	}
	amended := maps.Clone(in)
	amended["counterpart"] = "演示白云街道办事处"
	act("amendAdjustment", "legal", "power.adjust_amended", amended, "演示白云街道办事处")
	act("attachBasis", "legal", "power.adjust_attached", members{"name": "通知.pdf", "content": pdf})
	act("returnAdjustment", "reviewer", "power.adjust_returned", members{"text": "请补文号"}, `"state":"returned"`)
	amended["reason"] = "补文号"
	act("amendAdjustment", "legal", "power.adjust_amended", amended, `"state":"proposed"`)
	act("checkAdjustment", "reviewer", "power.adjust_checked", members{"text": "依据相符"}, `"state":"checked"`)
	act("fileAdjustment", "legal", "power.adjust_filed", members{"with": "演示市委编办", "number": "演编备1号", "on": "2026-07-10"}, `"state":"filed"`)
	in["codes"] = []string{"YS-011"}
	id = propose()
	act("withdrawAdjustment", "legal", "power.adjust_withdrawn", members{"text": "文件收回"}, `"state":"withdrawn"`)
	p.read("listAdjustments", "legal", "", "code=YS-010", `"YS-010"`)
}

func lawActs(p *program) {
	id := p.one(`SELECT CAST(MIN(id) AS TEXT) FROM power_law WHERE title = '演示市市容条例'`)
	p.do(deed{op: "changeLaw", by: "legal", at: id, body: members{"kind": "amended", "articles": "第四十二条第一款", "effective_on": "2026-09-01", "document": "演示市人大常委会公告第演2号"}, entry: "power.law_changed"})
	rows := p.read("listAffected", "legal", "", "source=law&kind=item", `第四十二条第一款`)
	row := rows.in("items", 0)
	seen, _ := row["version"].(float64)
	text, _ := row["id"].(string)
	p.do(deed{op: "settleAffected", by: "legal", at: text, body: members{"version": int64(seen), "outcome": "adjusted", "remark": "条次没有变"}, entry: "power.affected_settled"})
	p.read("listAffected", "legal", "", "source=law&state=checked", `"id":"`+text+`"`, `"outcome":"adjusted"`)
	p.read("listLaws", "legal", "", "q=市容", `演示市市容条例`)
	p.read("getLaw", "legal", id, "", `"title":"演示市市容条例"`)
	p.do(deed{
		op: "powersUpload", by: "legal", entry: "draft.uploaded",
		body:  members{"kind": "power.texts", "name": "公园.md", "content": encoded([]byte(parkRule))},
		other: members{"kind": "power.texts", "name": "公园.md", "content": encoded([]byte(parkRule + "\n\n第四条 自公布之日起施行。"))},
	})
	batch := p.one(`SELECT CAST(MAX(id) AS TEXT) FROM draft_batch WHERE kind = 'power.texts'`)
	p.do(deed{op: "powersPublish", by: "legal", at: batch, entry: "draft.published"})
	park := p.one(`SELECT CAST(MAX(id) AS TEXT) FROM power_law WHERE title = '演示市公园管理条例'`)
	p.read("searchArticles", "officer102", "", "q=攀折花木", `攀折花木`)
	p.read("getArticle", "officer102", park+",3", "", `攀折花木`)
}

const parkRule = `# 演示市公园管理条例

（2023年11月30日演示市第十六届人民代表大会常务委员会第十次会议通过　演示市人大常委会公告第12号　自2024年3月1日起施行）

第一条　为了加强公园管理，制定本条例。

第二条　本条例所称公园，包括综合公园。

第三条　禁止攀折花木。
`
