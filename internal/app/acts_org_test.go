package app_test

func personActs(p *program) {
	squad, other := p.unit("YS-Z1"), p.unit("YS-Z2")
	in := members{"name": "演示·新来", "staff_number": "YS0901", "kind": "officer", "unit": squad, "post": "队员", "from": "2026-06-01", "phone": "13800001234", "identity": "990107198506150010", "note": "调入"}
	changed := members{}
	for k, v := range in {
		changed[k] = v
	}
	changed["identity"] = "" // the number alone makes another person
	id := p.do(deed{op: "addPerson", by: "legal", body: in, entry: "org.person_added", other: changed}).str("id")
	version := func(want ...string) int64 { return p.read("getPerson", "legal", id, "", want...).version() }
	act := func(op, entry string, body members, want ...string) {
		p.Helper()
		body["version"] = version()
		p.do(deed{op: op, by: "legal", at: id, body: body, entry: entry})
		version(want...)
	}
	p.read("listPeople", "legal", "", "q=YS0901", `"name":"演示·新来"`, `"phone":"138****1234"`)
	act("editPerson", "org.person_edited", members{"name": "演示·新来者", "staff_number": "YS0901", "phone": "13800001235", "note": "更正姓名", "identity": ""}, `"name":"演示·新来者"`, `"note":"更正姓名"`)
	shown := p.do(deed{op: "showIdentity", by: "legal", at: id, body: members{"reason": "核对档案"}, entry: "org.identity_shown", looks: true})
	if shown.str("identity") != "990107198506150010" {
		p.Errorf("完整号码：%s", shown.text)
	}
	act("absentPerson", "org.person_absent", members{"from": "2026-07-06", "until": "", "reason": "培训"}, `"text":"培训"`)
	absence, _ := p.read("getPerson", "legal", id, "").in("absences", 0)["id"].(string)
	act("backPerson", "org.person_back", members{"absence": absence, "on": "2026-07-10"}, `"until":"2026-07-09"`)
	act("transferPerson", "org.person_transferred", members{"unit": other, "post": "副中队长", "kind": "officer", "from": "2026-07-08", "reason": "演示人〔2026〕3号"}, `"unit":"`+other+`"`, `"text":"副中队长"`)
	posting := func() (string, int64) {
		d := p.read("getPerson", "legal", id, "").in("postings", -1)
		n, _ := d["version"].(float64)
		s, _ := d["id"].(string)
		return s, int64(n)
	}
	at, seen := posting()
	p.do(deed{op: "correctPosting", by: "legal", at: at, body: members{"version": seen, "unit": other, "post": "中队长", "kind": "officer", "from": "2026-07-09", "until": "", "reason": "任命文件写的是中队长"}, entry: "org.posting_corrected"})
	version(`"text":"中队长"`)
	at, seen = posting()
	p.do(deed{op: "annulPosting", by: "legal", at: at, body: members{"version": seen, "reason": "任命取消"}, entry: "org.posting_annulled"})
	version(`"annulled":true`)
	act("leavePerson", "org.person_left", members{"on": "2026-07-09", "reason": "辞职"}, `"left_on":"2026-07-09"`)
	act("returnPerson", "org.person_returned", members{"reason": "撤回辞职"}, `"left_on":""`)
}

func certificateActs(p *program) {
	person := p.one(`SELECT CAST(id AS TEXT) FROM org_person_row WHERE staff_number = 'YS0901'`)
	id := p.do(deed{op: "issueCertificate", by: "legal", entry: "org.certificate_issued", body: members{
		"person": person, "number": "99010709901", "kind": "enforcement", "issuer": "演示市人民政府", "areas": []string{"990107 演示市演示区"}, "categories": []string{"城市管理"},
		"printed_unit": "演示区城市管理综合执法局", "exam_passed_on": "2026-05-15", "from": "2026-06-01", "to": "2031-05-31",
	}, other: members{"person": person, "number": "99010709902", "kind": "enforcement", "issuer": "演示市人民政府", "areas": []string{"990107 演示市演示区"}, "exam_passed_on": "2026-05-15", "from": "2026-06-01", "to": "2031-05-31"}}).str("id")
	version := func(want ...string) int64 { return p.read("getCertificate", "legal", id, "", want...).version() }
	act := func(op, entry string, body members, want ...string) {
		p.Helper()
		body["version"] = version()
		p.do(deed{op: op, by: "legal", at: id, body: body, entry: entry})
		version(want...)
	}
	act("editCertificate", "org.certificate_edited", members{
		"person": person, "number": "99010709903", "kind": "enforcement", "issuer": "演示市人民政府", "areas": []string{"990107 演示市演示区"}, "categories": []string{"城市管理", "环境保护"},
		"exam_passed_on": "2026-05-15", "from": "2026-06-01", "to": "2031-05-31", "reason": "编号登记错了",
	}, `"number":"99010709903"`, `"环境保护"`)
	act("renewCertificate", "org.certificate_renewed", members{"from": "2031-06-01", "to": "2036-05-31"}, `"until":"2036-05-31"`)
	act("checkCertificate", "org.certificate_checked", members{"year": 2026, "result": "passed", "checked_on": "2026-07-01", "note": "补审"}, `"year":2026`)
	suspension := func() string {
		s, _ := p.read("getCertificate", "legal", id, "").in("suspensions", -1)["id"].(string)
		return s
	}
	act("suspendCertificate", "org.certificate_suspended", members{"from": "2026-07-06", "until": "2026-08-06", "reason": "接受调查", "document": "演示决定1号"}, `"text":"接受调查"`)
	act("resumeCertificate", "org.certificate_resumed", members{"suspension": suspension(), "on": "2026-07-10"}, `"until":"2026-07-09"`)
	act("annulSuspension", "org.suspension_annulled", members{"suspension": suspension(), "reason": "登记错人"}, `"annulled":true`)
	act("revokeCertificate", "org.certificate_revoked", members{"on": "2026-07-10", "how": "收回", "reason": "调离执法岗位"}, `"revoked_on":"2026-07-10"`)
	act("restoreCertificate", "org.revocation_annulled", members{"reason": "登记错了"}, `"revoked_on":""`)
}

func subjectActs(p *program) {
	in := func(extra members) members {
		out := members{
			"name": "演示区白云街道办事处", "uscc": "1199010700000000XU", "basis": "entrustment", "basis_document": "演政发〔2026〕8号（演示）", "from": "2026-07-01", "until": "", "powers": "赋权事项",
			"areas": []string{"990107 演示市演示区"}, "address": "演示区白云路1号", "phone": "0990-0000001", "seal": "行政处罚专用章（演示）", "review_organ": "演示区人民政府", "court": "演示区人民法院", "collection_code": "990107002", "prefix": "演白街",
		}
		for k, v := range extra {
			out[k] = v
		}
		return out
	}
	unit := p.unit("YS-Z3")
	id := p.do(deed{op: "addSubject", by: "legal", body: in(members{"uscc": p.creditCode("11990107MB0009001")}), other: in(members{"prefix": "演白办"}), entry: "org.subject_added"}).str("id")
	version := func(want ...string) int64 { return p.read("getSubject", "legal", id, "", want...).version() }
	p.do(deed{op: "editSubject", by: "legal", at: id, body: in(members{"uscc": p.creditCode("11990107MB0009001"), "version": version(), "phone": "0990-0000002"}), entry: "org.subject_edited"})
	version(`"phone":"0990-0000002"`)
	p.do(deed{op: "bindSubject", by: "legal", at: id, body: members{"unit": unit, "from": "2026-08-01"}, other: members{"unit": unit, "from": "2026-08-02"}, entry: "org.subject_bound"})
	bound := p.read("getSubject", "legal", id, "", `"unit":"`+unit+`"`).in("units", -1)
	seen, _ := bound["version"].(float64)
	p.do(deed{op: "unbindSubject", by: "legal", at: id, body: members{"binding": bound["id"], "version": int64(seen), "until": "2026-08-31"}, entry: "org.subject_binding_ended"})
	version(`"until":"2026-08-31"`)
	p.read("listSubjects", "legal", "", "", `"name":"演示区白云街道办事处"`)
	p.read("listSettings", "legal", "", "", `"key":"powers.sole_trader"`)
	p.do(deed{op: "decideSetting", by: "legal", at: "powers.sole_trader", body: members{"version": int64(0), "value": "citizen", "reason": "演示法制办意见"}, entry: "setting.changed"})
	p.read("listSettings", "legal", "", "", `"value":"citizen"`, `"decided":true`)
}
