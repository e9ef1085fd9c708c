package app_test

// cohortActs opens a cohort, fills it, reads what people reached, closes, reopens and cancels it.
func cohortActs(p *program) {
	p.Helper()
	asks := func(title string) members {
		return members{"title": title, "aim": "全年轮训", "from": "2026-07-01", "until": "2026-07-31"}
	}
	id := p.do(deed{op: "openCohort", by: "trainer", body: asks("执法规范一班"), other: asks("执法规范二班"), entry: "cohort.opened"}).str("id")
	read := func() heard { p.Helper(); return p.read("getCohort", "trainer", id, "", `"title":"执法规范一班`) }
	with := func(extra members) members {
		m := members{"version": read().version()}
		for k, v := range extra {
			m[k] = v
		}
		return m
	}
	p.do(deed{op: "changeCohort", by: "trainer", at: id, body: with(asks("执法规范一班（改）")), entry: "cohort.changed"})
	p.do(deed{op: "enrolInCohort", by: "trainer", at: id, body: with(members{"logins": []string{"officer102", "officer103"}}), entry: "cohort.enrolled"})
	p.do(deed{op: "removeFromCohort", by: "trainer", at: id, body: with(members{"member": read().in("people", 1)["id"], "reason": "请长假"}), entry: "cohort.member_removed"})
	scene := p.read("listTrainingScenes", "officer102", "", "", `"code":`).in("items", 0)["code"]
	course := p.read("listCourses", "officer102", "", "", `"title":`).in("items", 0)["id"]
	p.do(deed{op: "addCohortPart", by: "trainer", at: id, body: with(members{"kind": "scene", "ref": scene, "must": true}), entry: "cohort.part_added"})
	p.do(deed{op: "addCohortPart", by: "trainer", at: id, body: with(members{"kind": "course", "ref": course, "must": false}), entry: "cohort.part_added"})
	p.do(deed{op: "removeCohortPart", by: "trainer", at: id, body: with(members{"part": read().in("parts", 1)["id"], "reason": "课程另排"}), entry: "cohort.part_removed"})
	p.read("listMyCohorts", "officer102", "", "", `"title":"执法规范一班（改）"`)
	p.do(deed{op: "closeCohort", by: "trainer", at: id, body: with(nil), entry: "cohort.closed"})
	p.read("listCohorts", "trainer", "", "state=closed", `"enrolled":1`)
	p.do(deed{op: "reopenCohort", by: "trainer", at: id, body: with(members{"reason": "补一场演练"}), entry: "cohort.reopened"})
	p.do(deed{op: "cancelCohort", by: "trainer", at: id, body: with(members{"reason": "改期"}), entry: "cohort.cancelled"})
}
