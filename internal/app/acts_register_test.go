package app_test

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/png"
)

// shot is a small picture, as a program sends it.
func shot(shade uint8) string {
	m := image.NewGray(image.Rect(0, 0, 18, 16))
	for y := range 16 {
		for x := range 18 {
			m.Set(x, y, color.Gray{Y: uint8(x*y) * shade})
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, m) // into memory
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

// registerActs strikes a problem off by calls, with everything that can come between, and takes a new register from its design
// to the end of its use.
func registerActs(p *program) {
	p.Helper()
	p.read("listRegisters", "officer102", "", "", `"code":"campaign_item"`, `"name":"普法活动"`)
	photo := func(field string, shade uint8) []members {
		return []members{{"field": field, "name": field + ".png", "body": shot(shade)}}
	}
	values := func(problem string) members {
		return members{"found_on": "2026-03-02", "kind": "招牌", "source": "自查", "problem": problem, "place": "演示东路 1 号"}
	}
	version := func(id string) int64 {
		p.Helper()
		return p.read("getRegisterRecord", "officer102", id, "", `"files":[`).version()
	}
	made := p.do(deed{op: "addRegisterRecord", by: "officer102", at: "campaign_item", body: members{"values": values("招牌破损"), "files": photo("before", 3)}, other: members{"values": values("招牌褪色"), "files": photo("before", 3)}, entry: "register.recorded"})
	id := made.str("id")
	p.fetched(id)
	p.read("listRegisterRecords", "officer102", "campaign_item", "state=fixing", `"id":"`+id+`"`)
	p.do(deed{op: "correctRegisterRecord", by: "officer102", at: id, body: members{"version": version(id), "values": values("招牌破损两处"), "files": photo("before", 5)}, entry: "register.corrected"})
	file, _ := p.read("getRegisterRecord", "officer102", id, "", `"招牌破损两处`).in("files", 0)["id"].(string)
	p.do(deed{op: "removeRegisterFile", by: "officer102", at: id, body: members{"version": version(id), "file": file, "reason": "拍糊了"}, entry: "register.file_removed"})
	p.do(deed{op: "fixRegisterRecord", by: "officer102", at: id, body: members{"version": version(id), "values": members{"measure": "更换"}, "files": photo("after", 7)}, entry: "register.fixed"})
	p.do(deed{op: "returnRegisterRecord", by: "leader1", at: id, body: members{"version": version(id), "reason": "照片看不清"}, entry: "register.returned"})
	p.do(deed{op: "fixRegisterRecord", by: "officer102", at: id, body: members{"version": version(id), "files": photo("after", 9)}, entry: "register.fixed"})
	p.do(deed{op: "passRegisterRecord", by: "leader1", at: id, body: members{"version": version(id)}, entry: "register.passed"})
	p.do(deed{op: "reopenRegisterRecord", by: "leader1", at: id, body: members{"version": version(id), "reason": "抽查又破损"}, entry: "register.reopened"})
	p.do(deed{op: "cancelRegisterRecord", by: "leader1", at: id, body: members{"version": version(id), "reason": "重复登记"}, entry: "register.voided"})
	video := p.do(deed{op: "addRegisterRecord", by: "clerk", at: "first_duty", body: members{"values": members{"done_on": "2026-03-02", "year": "2026", "duty": "部署法治工作", "kind": "部署", "leader": "演示局长"}}, other: members{"values": members{}}, entry: "register.recorded"}).str("id")
	proof := []members{{"field": "proof", "name": "纪要.txt", "body": base64.StdEncoding.EncodeToString([]byte("纪要"))}}
	p.do(deed{op: "correctRegisterRecord", by: "clerk", at: video, body: members{"version": int64(1), "values": members{"done_on": "2026-03-02", "year": "2026", "duty": "部署法治工作", "kind": "部署", "leader": "演示局长"}, "files": proof}, entry: "register.corrected"})
	p.do(deed{op: "submitRegisterRecord", by: "clerk", at: video, body: members{"version": int64(2)}, entry: "register.submitted"})
	p.designed()
}

// fetched gets the photo of a record as it was sent.
func (p *program) fetched(record string) {
	p.Helper()
	id, _ := p.read("getRegisterRecord", "officer102", record, "", `"files":[`).in("files", 0)["id"].(string)
	sent, err := base64.StdEncoding.DecodeString(shot(3))
	if err != nil {
		p.Fatal(err)
	}
	if got := p.read("getRegisterFile", "officer102", record+","+id, "").text; got != string(sent) {
		p.Errorf("照片取出来 %d 字节，送进去 %d 字节", len(got), len(sent))
	}
}

// designed takes a register of the bureau's own from its design to the end of its use.
func (p *program) designed() {
	p.Helper()
	fields := []members{{"label": "日期", "type": "date", "need": true}, {"label": "地点", "type": "place", "need": true}}
	design := func(name string) members {
		return members{"name": name, "group": "社区", "help": "一次一条", "measure": "次", "flow": "plain", "fields": fields}
	}
	version := func(id string) int64 {
		p.Helper()
		return p.read("getRegisterEdition", "clerk", id, "", `"content":"`).version()
	}
	id := p.do(deed{op: "draftRegister", by: "clerk", body: design("噪声劝导"), other: design("噪声巡查"), entry: "register.defined"}).str("id")
	p.read("listRegisterEditions", "clerk", "", "", `"id":"`+id+`"`, `"state":"draft"`)
	p.do(deed{op: "publishRegister", by: "clerk", at: id, body: members{"version": version(id)}, entry: "register.definition_published"})
	code := p.read("getRegisterEdition", "clerk", id, "", `"state":"in_use"`).str("code")
	p.read("listFigures", "clerk", "", "", `"id":"register.`+code+`.count"`)
	p.do(deed{op: "endRegister", by: "clerk", at: id, body: members{"version": version(id), "reason": "试用完了"}, entry: "register.definition_ended"})
	drop := p.do(deed{op: "draftRegister", by: "clerk", body: design("路灯巡查"), other: design("路灯登记"), entry: "register.defined"}).str("id")
	p.do(deed{op: "dropRegister", by: "clerk", at: drop, body: members{"version": version(drop)}, entry: "register.definition_dropped"})
}
