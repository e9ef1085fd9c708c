package app_test

func seriesActs(p *program) {
	unit := p.unit("YS-Z1")
	in := members{"unit": unit, "kind": "onspot_decision", "year": 2026, "prefix": "演城管试字", "first": 1, "last": 20, "presealed": true, "note": "演示"}
	p.do(deed{op: "openSeries", by: "clerk", body: in, entry: "casework.series_opened"})
	p.read("listSeries", "clerk", "", "", `"prefix":"演城管试字"`)
	id := p.one(`SELECT CAST(id AS TEXT) FROM number_series WHERE prefix = '演城管试字'`)
	version := func() int64 { return number(p.one(`SELECT CAST(version AS TEXT) FROM number_series WHERE id = ` + id)) }
	p.do(deed{op: "voidNumber", by: "clerk", at: id, body: members{"version": version(), "reason": "打印机卡纸"}, entry: "casework.number_voided"})
	p.read("listSeries", "clerk", "", "", `"voids":1`)
	p.do(deed{op: "closeSeries", by: "clerk", at: id, body: members{"version": version(), "reason": "改用新字样"}, entry: "casework.series_closed"})
	p.read("listSeries", "clerk", "", "", `"closed":true`)
	p.do(deed{op: "setWording", by: "legal", body: members{"since": "2026-12-01", "ordinal": false, "titles": members{}, "document": "演示文〔2026〕1号"}, entry: "casework.wording_set"})
	p.read("listWordings", "legal", "", "", `"since":"2026-12-01"`)
}

// book is a receipt book of an officer, as the interface shows it, the newest last.
func (p *program) book(first string) map[string]any {
	p.Helper()
	a := p.read("listReceiptBooks", "cashier", "", "", first)
	items, _ := a.body["items"].([]any)
	for _, x := range items {
		if b, _ := x.(map[string]any); b["first"] == first {
			return b
		}
	}
	p.Fatalf("没有 %s 的票据：%s", first, a.text)
	return nil
}

func moneyActs(p *program) {
	m := p.delivered(100, "cash")
	m.act("collect", "officer102", "casework.cash_collected", members{"amount": 100, "receipt_no": "演票0001001", "hard_later": false, "why": ""}, "演票0001001")
	cash := func() (string, int64) {
		x := m.file().in("payments", 0)
		s, _ := x["id"].(string)
		n, _ := x["version"].(float64)
		return s, int64(n)
	}
	p.read("listMoney", "cashier", "", "tab=cash", "演票0001001")
	id, seen := cash()
	p.do(deed{op: "hand_in", by: "cashier", at: m.id, body: members{"payment": id, "version": seen, "on": "2026-07-10"}, other: members{"payment": id, "version": seen, "on": "2026-07-11"}, entry: "casework.cash_handed_in"})
	m.file(`"handed_in_on":"2026-07-10"`)
	id, seen = cash()
	p.do(deed{op: "deposit", by: "cashier", at: m.id, body: members{"payment": id, "version": seen, "on": "2026-07-10"}, other: members{"payment": id, "version": seen, "on": "2026-07-11"}, entry: "casework.cash_deposited"})
	m.file(`"deposited_on":"2026-07-10"`)

	m = p.delivered(100, "code")
	m.just("pay", "cashier", members{"channel": "code", "amount": 100, "paid_on": p.today(), "reference": "PZ-77"})
	change := p.penaltyBody(60)
	change["faults"], change["why"] = []string{"amount"}, "没有考虑情节"
	m.just("change", "head", change)
	p.do(deed{op: "refund", by: "cashier", at: m.id, body: members{"channel": "bank", "amount": 40, "paid_on": p.today(), "reference": "TK-1", "note": "多缴"}, entry: "casework.refunded"})
	m.file("TK-1")

	holder := p.person("officer103")
	p.do(deed{op: "issueReceipts", by: "cashier", body: members{"unit": p.unit("YS-Z1"), "holder": holder, "prefix": "演试", "first": "0000001", "last": "0000010"}, other: members{"unit": p.unit("YS-Z1"), "holder": holder, "prefix": "演试", "first": "0000001", "last": "0000011"}, entry: "casework.receipts_issued"})
	book := p.book("演试0000001")
	at, _ := book["id"].(string)
	p.do(deed{op: "voidReceipt", by: "cashier", at: at, body: members{"version": int64(book["version"].(float64)), "reason": "票面污损"}, entry: "casework.receipt_voided"})
	p.read("getReceiptBook", "cashier", at, "", `"void":1`, "票面污损")
	book = p.book("演票0001001") // its first receipt was used above, and the money is in the bank
	at, _ = book["id"].(string)
	p.do(deed{op: "settleReceipts", by: "cashier", at: at, body: members{"version": int64(book["version"].(float64))}, entry: "casework.receipts_returned"})
	p.read("getReceiptBook", "cashier", at, "", `"settled":1`)
	p.statements()
}

// statements loads a bank's file with a line that fits a case and one that fits none.
func (p *program) statements() {
	p.Helper()
	m := p.delivered(100, "code")
	doc, _ := m.file().in("decision")["doc_no"].(string)
	const head = "缴款日期|流水号|决定书文号|金额|缴款人"
	unknown := "2026-07-10|演非税90000002|演城管当罚字〔2026〕第99999号|50|演示·丙"
	id := p.do(deed{
		op: "importStatement", by: "cashier", entry: "casework.statement_imported",
		body:  members{"name": "七月.csv", "content": csvFile(head, "2026-07-10|演非税90000001|"+doc+"|100|演示·乙", unknown)},
		other: members{"name": "七月.csv", "content": csvFile(head, unknown)},
	}).str("id")
	p.read("listStatements", "cashier", "", "", `"name":"七月.csv"`)
	m.file("演非税90000001")
	line := p.read("getStatement", "cashier", id, "state=unknown", "演非税90000002").in("items", 0, "line")
	at, _ := line["id"].(string)
	seen, _ := line["version"].(float64)
	p.do(deed{op: "settleLine", by: "cashier", at: at, body: members{"version": int64(seen), "note": "误缴，已通知银行退回"}, entry: "casework.statement_matched"})
	p.read("getStatement", "cashier", id, "state=settled", "误缴，已通知银行退回")
}
