package app_test

import (
	"strings"

	"fadu/internal/access"
)

func bookletActs(p *program) {
	body := members{"unit": p.unit("YS-Z1"), "kind": "onspot_decision", "year": 2026, "prefix": "演城管手罚字", "first": 2001, "last": 2010, "printer": "演示印刷厂", "edition": "2026-07-01", "presealed": true, "review_first": true, "note": "备用"}
	id := p.do(deed{op: "registerBooklet", by: "clerk", body: body, entry: "casework.booklet_registered"}).str("id")
	book := func(want ...string) heard { p.Helper(); return p.read("getBooklet", "officer102", id, "", want...) }
	act := func(op, by, entry string, body members, want ...string) heard {
		p.Helper()
		if op != "recordBookletNumber" && op != "enter" {
			body["version"] = book().version()
		}
		d := deed{op: op, by: by, at: id, body: body, entry: entry}
		if op == "issueBooklet" {
			d.other = members{"version": body["version"], "officer": p.person("officer103")}
		}
		out := p.do(d)
		book(want...)
		return out
	}
	act("issueBooklet", "clerk", "casework.booklet_issued", members{"officer": p.person("officer102")}, `"state":"issued"`)
	act("recordBookletNumber", "officer102", "casework.booklet_number_reported", members{"number": 2001, "state": "used", "used_at": p.now(), "why": "停电"}, `"state":"used"`)
	act("recordBookletNumber", "officer102", "casework.booklet_number_voided", members{"number": 2002, "state": "void", "why": "写错", "photos": []string{encoded(photograph())}}, `"state":"void"`)
	p.looks("deputy", "/w/booklets/"+id+"/photos/"+p.one(`SELECT CAST(MAX(id) AS TEXT) FROM booklet_photo`), "casework.booklet_read", "booklet/"+id+"/2002")
	p.original("getBookletPhoto", "leader1", id+","+p.one(`SELECT CAST(MAX(id) AS TEXT) FROM booklet_photo`), "casework.booklet_read", access.ReadSubject("booklet/"+id+"/2002"))
	book(`"photos":[{"id":"` + p.one(`SELECT CAST(MAX(id) AS TEXT) FROM booklet_photo`) + `","kind":"void","type":"image/`)
	p.looks("head", "/w/booklets/"+id+"/numbers/2002", "casework.booklet_read", "booklet/"+id+"/2002")
	act("recordBookletNumber", "officer102", "casework.booklet_number_lost", members{"number": 2003, "state": "lost", "why": "雨中遗失"}, `"state":"lost"`)
	act("recordBookletNumber", "clerk", "casework.booklet_number_restored", members{"number": 2003, "state": "blank", "why": "找到了"})
	entered := act("enter", "officer102", "casework.handwritten_entered", p.written(2001), `"state":"entered"`).str("id")
	m := &matter{p: p, id: entered}
	m.act("confirm_entry", "officer103", "casework.entry_confirmed", members{"agree": true, "note": ""})
	book(`"confirmed":true`)
	act("recordBookletNumber", "officer102", "casework.booklet_number_reported", members{"number": 2004, "state": "used", "used_at": p.now(), "why": "停电"})
	slight := p.written(2004)
	slight["no_footage"], slight["as_written"] = "", true
	m = &matter{p: p, id: act("enter", "officer102", "casework.handwritten_entered", slight).str("id")}
	m.act("confirm_entry", "officer103", "casework.entry_confirmed", members{"agree": true, "note": ""})
	m.act("keep_entry", "head", "casework.entry_kept", members{"why": "漏写的内容已另行书面告知，不影响当事人的权利"})
	p.read("listBooklets", "officer102", "", "", `"id":"`+id+`"`)
	p.read("listBookletNumbers", "officer102", "", "q=2004", `"number":2004`)
	act("checkBooklet", "clerk", "casework.booklet_checked", members{"next": 2003, "note": "盘点"})
	act("returnBooklet", "clerk", "casework.booklet_returned", members{"why": "人员调整"}, `"state":"stock"`)
	act("closeBooklet", "clerk", "casework.booklet_closed", members{"why": "改版"}, `"state":"closed"`)
}

// written is a decision that was written by hand.
func (p *program) written(n int) members {
	return members{
		"number": n, "written_at": p.now(), "source": "patrol", "place": "演示区青石路8号门前", "area": "990107", "summary": "停电，人行道上有人摆摊", "lead": p.person("officer102"), "assist": p.person("officer103"),
		"party": p.partyBody(), "penalty": p.penaltyBody(100), "showed_id": true, "told": true, "heard": "无", "correct": "on_spot", "no_footage": "停电，记录仪没有电",
		"officers_signed": true, "party_signed": "on_paper", "papers": []string{encoded(photograph())}, "scene": []string{encoded(photograph())},
	}
}

// restActs reads what no act of another part reads, and recomputes.
func restActs(p *program) {
	p.read("listFigures", "head", "", "", `"id":"casework.fine_imposed"`)
	p.read("getFigure", "head", "casework.fine_imposed", "from=2026-07-01&until=2026-07-31&by=unit", `"`)
	p.read("listFigureRecords", "head", "casework.fine_imposed", "from=2026-07-01&until=2026-07-31", `"records":[`)
	// What only computes needs no key.
	a := p.send("", "POST", p.path("recheck", "identity"), `[{"id":1,"kind":"resident_id","number":"990107198506150010"}]`, "")
	if p.done["recheck"] = true; a.status != 200 || !strings.Contains(a.text, `"id":1`) {
		p.Errorf("%d %s", a.status, a.text)
	}
}
