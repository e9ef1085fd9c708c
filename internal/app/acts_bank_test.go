package app_test

import (
	"fadu/internal/exam"
	"fadu/internal/law"
	"fadu/internal/store"
)

// bankActs writes a question by calls, has it returned, mended, approved, ended and restored.
func bankActs(p *program) {
	p.Helper()
	if err := p.site.App.Bank.Start(p.Context()); err != nil {
		p.Fatal(err)
	}
	asks := func(stem string) members {
		return members{
			"type": "单选", "topic": "占道经营", "level": "1", "stem": stem, "options": "出示证件\n暂扣工具\n通知家属", "answer": "A",
			"explain": "先出示证件。", "refs": "行政处罚法第五十五条第一款", "from": "2021-07-15",
		}
	}
	p.read("listBankQuestions", "trainer", "", "topic=%E5%BD%93%E5%9C%BA%E5%A4%84%E7%BD%9A&type=single", `"code":"onspot-001"`, `"state":"in_use"`)
	made := p.do(deed{op: "addBankQuestion", by: "trainer", body: members{"asks": asks("检查之前先做什么？")}, other: members{"asks": asks("检查以前先做什么？")}, entry: "exam.question_drafted"})
	id := made.str("id")
	version := func() int64 {
		p.Helper()
		return p.read("getBankQuestion", "trainer", id, "", `"code":"own-`).version()
	}
	p.do(deed{op: "returnBankQuestion", by: "legal", at: id, body: members{"version": version(), "reason": "写明是哪一种检查"}, entry: "exam.question_returned"})
	p.read("getBankQuestion", "trainer", id, "", `"state":"returned"`, `"remark":"写明是哪一种检查"`)
	p.do(deed{op: "editBankQuestion", by: "trainer", at: id, body: members{"version": version(), "asks": asks("现场检查之前先做什么？")}, entry: "exam.question_drafted"})
	p.do(deed{op: "approveBankQuestion", by: "legal", at: id, body: members{"version": version()}, entry: "exam.question_approved"})
	p.read("getBankQuestion", "trainer", id, "", `"state":"in_use"`, `"number":2`, `"stem":"现场检查之前先做什么？"`)
	bankChanges(p)
	importing{
		op: "bank", by: "trainer", kind: "exam.question", head: "题型|题干|答案|专题|难度|解析|条文|从哪天起适用",
		good: []string{"判断|导入甲：口头决定也可以。|错|演示|1|要书面。|行政处罚法第五十二条|2021-07-15", "判断|导入乙：口头决定也可以。|错|演示|1|要书面。|行政处罚法第五十二条|2021-07-15", "判断|导入丙：口头决定也可以。|错|演示|1|要书面。|行政处罚法第五十二条|2021-07-15"},
		bad:  "判断|导入丁：口头决定也可以。|错|演示|1|要书面。|行政处罚法第五十二条|2021-13-15", column: "from", value: "2021-07-15",
		check: func(p *program) {
			p.read("listBankQuestions", "trainer", "", "source=imported&q=%E5%AF%BC%E5%85%A5%E4%B9%99", `导入乙`, `"state":"draft"`)
		},
	}.play(p)
	p.do(deed{op: "endBankQuestion", by: "trainer", at: id, body: members{"version": version(), "reason": "试用完了"}, entry: "exam.question_ended"})
	p.do(deed{op: "restoreBankQuestion", by: "trainer", at: id, body: members{"version": version(), "reason": "还要用"}, entry: "exam.question_restored"})
	p.read("getBankQuestion", "trainer", id, "", `"state":"in_use"`)
}

// bankChanges has a law change, and a question that cites it looked at again.
func bankChanges(p *program) {
	p.Helper()
	by, err := p.site.App.Access.SessionFor(p.Context(), "legal")
	if err != nil {
		p.Fatal(err)
	}
	err = p.site.App.DB.Update(p.Context(), func(tx *store.Tx) error {
		_, err := p.site.App.Bank.Flag(tx, by, exam.LawChanged{Code: "XZCF", Title: "中华人民共和国行政处罚法", Kind: "修改", Articles: []int{51}, On: law.DateOf(tx.Now), Document: "演示令"})
		return err
	})
	if err != nil {
		p.Fatal(err)
	}
	id := p.read("listBankQuestions", "legal", "", "state=changed", `"code":"`).in("items", 0)["id"].(string)
	version := p.read("getBankQuestion", "legal", id, "", `"changed":["引用的`).version()
	p.do(deed{op: "recheckBankQuestion", by: "legal", at: id, body: members{"version": version, "reason": "这一款没有改"}, entry: "exam.question_rechecked"})
}
