package app_test

// unit is the number of a unit by its code.
func (p *program) unit(code string) string {
	p.Helper()
	return p.one(`SELECT CAST(id AS TEXT) FROM unit WHERE code = '` + code + `'`)
}

func (p *program) login(login string) string {
	p.Helper()
	return p.one(`SELECT CAST(id AS TEXT) FROM account WHERE login = '` + login + `'`)
}

func unitActs(p *program) {
	made := p.do(deed{op: "addUnit", by: "sysadmin", body: members{"parent": p.unit("YS-Z1"), "name": "演示一中队三组", "code": "YS-Z1-3", "from": "2026-07-01"}, entry: "access.unit_added"}).str("id")
	p.do(deed{op: "renameUnit", by: "sysadmin", at: made, body: members{"version": int64(1), "name": "演示一中队直属组"}, entry: "access.unit_renamed"})
	p.read("getUnit", "sysadmin", made, "", `"name":"演示一中队直属组"`, `"version":2`, `"code":"YS-Z1-3"`)
	p.do(deed{op: "endUnit", by: "sysadmin", at: made, body: members{"version": int64(2), "until": "2026-07-31", "successors": []string{p.unit("YS-Z1")}}, entry: "access.unit_ended"})
	p.read("listUnits", "sysadmin", "", "", `"id":"`+made+`"`, `"until":"2026-07-31"`)
}

func accountActs(p *program) {
	squad := p.unit("YS-Z1")
	id := p.do(deed{op: "addAccount", by: "sysadmin", body: members{"login": "duijie01", "name": "演示·对接员", "person": "0", "unit": squad}, entry: "access.account_created"}).str("id")
	version := func(want ...string) int64 { return p.read("getAccount", "sysadmin", id, "", want...).version() }
	act := func(op, by, entry string, body members, want ...string) {
		p.Helper()
		body["version"] = version()
		p.do(deed{op: op, by: by, at: id, body: body, entry: entry})
		version(want...)
	}
	act("editAccount", "sysadmin", "access.account_edited", members{"name": "演示·对接员甲", "person": "0", "unit": squad}, `"name":"演示·对接员甲"`)
	act("proposeRoles", "sysadmin", "access.roles_proposed", members{"roles": []string{"lawyer"}, "reason": "驻队"}, `"proposal":{`, `"reason":"驻队"`)
	settle := func(op, entry, want string) {
		p.Helper()
		x := p.read("getAccount", "secadmin", id, "").in("proposal")
		n, _ := x["version"].(float64)
		p.do(deed{op: op, by: "secadmin", at: id, body: members{"proposal": x["id"], "version": int64(n)}, entry: entry})
		version(want)
	}
	settle("declineRoles", "access.roles_declined", `"roles":[]`)
	act("proposeRoles", "sysadmin", "access.roles_proposed", members{"roles": []string{"auxiliary"}, "reason": "协管"})
	settle("confirmRoles", "access.roles_set", `"roles":["auxiliary"]`)
	act("bindIdentity", "sysadmin", "access.identity_bound", members{"subject": "oidc-演示-01", "only": true})
	act("bindIdentity", "sysadmin", "access.identity_loosed", members{"subject": "", "only": false})
	act("disableAccount", "sysadmin", "access.account_disabled", members{"reason": "离岗"}, `"disabled":true`)
	act("enableAccount", "sysadmin", "access.account_enabled", members{}, `"disabled":false`)
	p.do(deed{op: "unlockAccount", by: "secadmin", at: id, entry: "access.account_unlocked"})
	p.secondFactor("officer103")
	factor := p.login("officer103")
	seen := p.read("getAccount", "secadmin", factor, "", `"second_factor":true`).version()
	p.do(deed{op: "resetSecondFactor", by: "secadmin", at: factor, body: members{"version": seen, "reason": "手机丢失，已当面核实"}, entry: "access.second_factor_reset"})
	p.read("getAccount", "secadmin", factor, "", `"second_factor":false`)
	p.read("listAccounts", "sysadmin", "", "q=duijie01", `"login":"duijie01"`)
}

func ledgerActs(p *program) {
	p.read("listOwnTokens", "legal", "", "", `"演示对接程序"`)
	mine := p.spareToken("legal")
	p.do(deed{op: "revokeOwnToken", by: "@legal", at: mine, body: members{"reason": "不再对接"}, entry: "access.token_revoked"})
	p.read("listOwnTokens", "legal", "", "", `"id":"`+mine+`"`, `"state":"revoked"`)
	theirs := p.spareToken("clerk")
	p.do(deed{op: "revokeToken", by: "secadmin", at: theirs, body: members{"reason": "泄露"}, entry: "access.token_revoked"})
	p.read("listTokens", "secadmin", "", "", `"id":"`+theirs+`"`)
	p.read("listEvents", "secadmin", "", "", `"items":[`)
	p.read("listEntries", "auditor", "", "kind=access.token_revoked", `"kind":"access.token_revoked"`, `"via":"api:演示对接程序"`)
	p.sequenced()
	first := p.do(deed{op: "makeCheckpoint", by: "auditor", entry: "-"})
	p.spareToken("legal")
	p.sequenced()
	second := p.do(deed{op: "makeCheckpoint", by: "auditor", entry: "-"})
	p.read("listCheckpoints", "auditor", "", "", first.str("root"), second.str("root"))
	p.read("proveEntry", "auditor", "1", "", `"`)
	p.read("proveConsistency", "auditor", "", "from="+size(first)+"&to="+size(second), `"`)
}
