package app_test

import (
	"context"
	"strings"

	"fadu/internal/store"
)

// importActs takes a batch of each of the three lists through its life.
func importActs(p *program) {
	const people = "姓名|工号|人员类别|所在机构|职务|任职日期|手机号|备注"
	importing{
		op: "org", by: "legal", kind: "org.person", head: people,
		good: []string{"演示·导入甲|YS0911|执法人员|第一中队|队员|2026-06-01|13800002001|", "演示·导入乙|YS0912|执法人员|第一中队|队员|2026-06-01|13800002002|", "演示·导入丙|YS0913|执法人员|第一中队|队员|2026-06-01|13800002003|"},
		bad:  "演示·导入丁|YS0914|执法人员|第一中队|队员|2026-06-31|13800002004|", column: "from", value: "2026-06-30",
		check: func(p *program) { p.read("listPeople", "legal", "", "q=YS0912", `"name":"演示·导入乙"`) },
	}.play(p)
	const powers = "code|kind|domain|name|violated_law|violated_article|penalty_law|penalty_article|penalty_kinds|fine_citizen_min|fine_citizen_max|fine_org_min|fine_org_max|fine_basis|correction_order|limitation_years|law_version|scope|valid_from|verify"
	row := func(code, from string) string {
		return code + "|行政处罚|市容|演示新事项" + code + "|演示市市容条例|第二十一条第一款|演示市市容条例|第四十二条第一款|警告;罚款|50|500|500|5000|fixed_range|no|2|2024-01-01|演示市|" + from + "|A-演示"
	}
	importing{
		op: "powers", by: "legal", kind: "power.items", head: powers,
		good: []string{row("ZZ-901", "2024-01-01"), row("ZZ-902", "2024-01-01"), row("ZZ-903", "2024-01-01")},
		bad:  row("ZZ-904", "2024-13-01"), column: "valid_from", value: "2024-01-01", stated: 9,
		check: func(p *program) { p.read("getPower", "legal", "ZZ-902", "", `"name":"演示新事项ZZ-902"`) },
	}.play(p)
	var days []string
	for _, d := range []string{"02-08|放假|春节", "01-01|放假|元旦", "01-02|放假|元旦", "01-03|放假|元旦", "02-05|放假|春节", "02-06|放假|春节", "02-07|放假|春节", "05-01|放假|劳动节", "10-01|放假|国庆节", "10-02|放假|国庆节", "10-03|放假|国庆节"} {
		days = append(days, "2027-"+d+"|国务院办公厅关于2027年部分节假日安排的通知（演示）|演示")
	}
	importing{
		op: "calendar", by: "legal", kind: "holiday.notice", head: "date|kind|name|source_document|confidence",
		good: days, bad: "2027-02-30|上班|春节|国务院办公厅关于2027年部分节假日安排的通知（演示）|演示", column: "date", value: "2027-02-20",
		check: func(p *program) { p.read("getCalendar", "legal", "", "", `2027`, `"on":"2027-10-03"`) },
	}.play(p)
	importing{
		op: "register", by: "legal", kind: "register.patrol", head: "巡查日期|巡查对象|路段或地点|出动人员|当场纠正|记在哪个单位",
		good: []string{"2026-02-02|街面市容|演示导入路 1 号|2|3|第一中队", "2026年2月3日|公园广场|演示导入路 2 号|2 人次||第一中队", "2026/2/4|违法建设|演示导入路 3 号|4|0|"},
		bad:  "2026-02-30|街面市容|演示导入路 4 号|2|1|", column: "patrolled_on", value: "2026-02-20",
		check: undoneImport,
	}.play(p)
	importing{
		op: "pastReport", by: "legal", kind: "report.past", head: "类别|编号|数什么|数或者内容|计量单位|统计期|组成部分|分子|分母|计划|所在的句子",
		good: []string{"数字|f9|案件|3|件|2023||||否|案件3件", "报告名称|||演示局2023年法治政府建设年度报告|||||||", "数字|f2|行政处罚|118|项|2023||||否|权力事项共1200项", "数字|f3|其他权力|20|项|2023||||否|权力事项共1200项"},
		bad:  "数字|f1|权力事项|许多|项|2023|f2、f3|||否|权力事项共1200项", column: "value", value: "1200",
		check: pastReport,
	}.play(p)
}

// undoneImport finds the records of the file that was published, and takes them all back.
func undoneImport(p *program) {
	p.read("listRegisterRecords", "officer102", "patrol", "q=演示导入路", `演示导入路 2 号`)
	id := p.read("registerImports", "legal", "", "", `"state":"published"`).in("items", 0)["id"].(string)
	p.read("getRegisterImport", "legal", id, "", `"state":"published"`)
	p.do(deed{op: "undoRegisterImport", by: "legal", at: id, body: members{"version": 2, "reason": "导错了文件"}, other: members{"version": 2, "reason": "重复"}, entry: "register.import_undone"})
	p.read("getRegisterImport", "legal", id, "", `"state":"undone"`, `"reason":"导错了文件"`)
	p.read("listRegisterRecords", "officer102", "patrol", "state=void", `演示导入路 2 号`)
}

// pastReport opens the report that was confirmed, and takes it down.
func pastReport(p *program) {
	id := p.read("listPastReports", "legal", "", "", `"title":"演示局2023年法治政府建设年度报告"`).in("items", 0)["id"].(string)
	p.read("getPastReport", "legal", id, "", `"verdict":"impossible"`, `合计1200`)
	p.do(deed{op: "withdrawPastReport", by: "legal", at: id, body: members{"version": 1, "reason": "重新导入"}, other: members{"version": 1, "reason": "导错了"}, entry: "past.withdrawn"})
	p.read("getPastReport", "legal", id, "", `"withdrawn":"重新导入"`)
}

// importing is a list to be imported: rows that are right, and one with a wrong column and what mends it.
type importing struct {
	op, by, kind, head string
	good               []string
	bad, column, value string
	stated             int // a total that the rows do not add up to; 0: the list has none
	check              func(*program)
}

func (i importing) play(p *program) {
	upload := func(rows ...string) string {
		p.Helper()
		body := members{"kind": i.kind, "name": "演示.csv", "content": csvFile(append([]string{i.head}, rows...)...)}
		other := members{"kind": i.kind, "name": "演示.csv", "content": csvFile(append([]string{i.head}, rows[1:]...)...)}
		if i.stated > 0 {
			body["stated"] = []members{{"label": "合计", "count": i.stated}}
		}
		return p.do(deed{op: i.op + "Upload", by: i.by, body: body, other: other, entry: "draft.uploaded"}).str("id")
	}
	spare := upload(append([]string{i.bad}, i.good...)...)
	batch := upload(append([]string{i.bad}, i.good[1:]...)...)
	line := func(n int) map[string]any { return p.read(i.op+"Import", i.by, batch, "show=all").in("lines", n) }
	act := func(op, entry string, body members) {
		p.Helper()
		other := members(nil)
		if v, ok := body["values"].(map[string]any); ok { // another mending of the same row
			changed := map[string]any{}
			for k, x := range v {
				changed[k] = x
			}
			changed[i.column] = strings.Replace(i.value, "20", "19", 1)
			other = members{"version": body["version"], "row": body["row"], "values": changed}
		}
		p.do(deed{op: i.op + op, by: i.by, at: batch, body: body, other: other, entry: entry})
	}
	bad := line(0)
	values, _ := bad["values"].(map[string]any)
	if values == nil || !strings.Contains(p.read(i.op+"Import", i.by, batch, "").text, `"column":"`+i.column+`"`) {
		p.Fatalf("%s 的错行没有说 %s：%v", i.op, i.column, bad)
	}
	values[i.column] = i.value
	act("MendRow", "draft.row_mended", members{"version": int64(bad["version"].(float64)), "row": bad["id"], "values": values})
	p.read(i.op+"Import", i.by, batch, "show=all", `"bad":0`, i.value)
	second := line(1)
	act("RemoveRow", "draft.row_removed", members{"version": int64(second["version"].(float64)), "row": second["id"]})
	p.read(i.op+"Import", i.by, batch, "show=all", `"removed":1`)
	act("RemoveRow", "draft.row_restored", members{"version": int64(line(1)["version"].(float64)), "row": second["id"], "restore": true})
	p.read(i.op+"Import", i.by, batch, "show=all", `"removed":0`)
	if i.stated == 0 { // these lists state no total
		a := p.send(i.by, "POST", p.path(i.op+"AcknowledgeImport", batch), `{"reason":"没有"}`, "ack-"+batch)
		if p.done[i.op+"AcknowledgeImport"] = true; a.status != 409 || !strings.Contains(a.text, "没有要核对的总数") {
			p.Errorf("没有总数的清单：%d %s", a.status, a.text)
		}
	} else {
		act("AcknowledgeImport", "draft.acknowledged", members{"reason": "只是其中几项"})
		p.read(i.op+"Import", i.by, batch, "", `只是其中几项`)
	}
	p.interrupt(batch)
	act("WithdrawImport", "draft.publishing_withdrawn", members{})
	p.read(i.op+"Import", i.by, batch, "", `"state":"open"`)
	p.do(deed{op: i.op + "Publish", by: i.by, at: batch, entry: "draft.published"})
	p.read(i.op+"Imports", i.by, "", "", `"id":"`+batch+`"`, `"state":"published"`)
	i.check(p)
	p.do(deed{op: i.op + "DiscardImport", by: i.by, at: spare, body: members{"reason": "重复上传"}, entry: "draft.discarded"})
	p.read(i.op+"Import", i.by, spare, "", `"state":"discarded"`)
}

// interrupt leaves a batch as a server leaves it that dies while it publishes.
func (p *program) interrupt(batch string) {
	p.Helper()
	err := p.site.App.DB.Update(context.Background(), func(tx *store.Tx) error {
		_, err := tx.Exec(`UPDATE draft_batch SET state = 'publishing' WHERE id = ?`, number(batch))
		return err
	})
	if err != nil {
		p.Fatal(err)
	}
}
