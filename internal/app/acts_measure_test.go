package app_test

import "time"

// measureActs takes a party's things by the calls: asked, approved, seized, stored; reads the store-room back and releases them.
func measureActs(p *program) {
	m := p.filed()
	m.act("ask_seizure", "officer102", "casework.seizure_asked", members{
		"way": "扣押", "power_code": "CG-271", "things": []members{{"name": "折叠桌", "amount": "2张"}}, "related": "用于无照经营", "kept_at": "仓库", "reason": "拒不停止",
	})
	m.act("approve_seizure", "head", "casework.seizure_approved", members{"note": "同意"})
	p.site.Clock.Advance(10 * time.Minute)
	at := p.now()
	m.act("seize", "officer102", "casework.seized", members{
		"at": at, "ended": at, "place": "演示区青石路12号", "recorder": "演示卫远信", "present": "演示·郑某", "recusal": "不申请回避", "footage": "DSJ-1", "found": "折叠桌两张", "heard": "无",
		"showed_id": true, "informed": true, "party_heard": true, "handed_over": true, "list_two_copies": true,
	})
	m.file(`"tracks":[{"of":"seizure/`)
	p.read("listChoices", "officer102", m.id, "", `"of":"seizure/`, `"about":"扣押`)
	m.act("store_thing", "clerk", "casework.thing_stored", members{"at": at, "shelf": "甲架", "condition": "完好"})
	item := p.read("listThings", "clerk", "", "", `"name":"折叠桌"`, `"shelf":"甲架"`).in("items", 0)
	code, _ := item["code"].(string)
	p.read("getThing", "clerk", code, "", `"kind":"in"`, `"place":"甲架"`)
	m.act("release", "head", "casework.seizure_released", members{"ground": "查封、扣押的财物与违法行为无关", "reason": "与本案无关", "collect": "仓库"})
	m.act("return_released", "officer102", "casework.seized_returned", members{"receiver": "演示·郑某", "remark": "没有异议"})
}

// reviewActs reads what waits for a legal review and what was given; the acts are signed in person, which scripts do.
func reviewActs(p *program) {
	p.read("listReviews", "reviewer", "", "", `"items"`)
	p.read("listReviewOpinions", "reviewer", "", "", `"items"`)
	p.read("reviewDaysUsed", "reviewer", "", "", `[`)
}
