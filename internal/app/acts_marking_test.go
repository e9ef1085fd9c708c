package app_test

import (
	"maps"
	"time"

	"fadu/internal/exam/sitting"
)

// markingActs has a paper to be drawn up asked in an exam, answered, and marked by three people.
func markingActs(p *program) {
	p.Helper()
	id, version := p.openExam("exam-open")
	appoint := func(logins ...string) members { return members{"version": version(), "logins": logins} }
	p.do(deed{op: "appointExamMarkers", by: "trainer", at: id, body: appoint("legal", "reviewer", "leader2"), entry: "exam.markers_appointed"})
	p.do(deed{op: "dismissExamMarker", by: "trainer", at: id, body: members{"version": version(), "login": "leader2"}, entry: "exam.marker_dismissed"})
	p.do(deed{op: "appointExamMarkers", by: "trainer", at: id, body: appoint("leader2"), entry: "exam.markers_appointed"})
	p.answered(id, "officer102", `["某日在人民路占道摆卖","城市管理条例第十条","立即改正","","","",""]`)
	p.read("getExamMarking", "trainer", id, "", `"none":1`)
	p.read("listExamDuties", "legal", "", "", `"phase":"marking"`)
	script := p.read("nextExamScript", "legal", id, "").str("script")
	p.read("getExamScript", "legal", script, "", `"lacks":[`, `"version":0`)
	give := func(points ...int) members { return members{"version": 0, "points": points} }
	p.do(deed{op: "markExamScript", by: "legal", at: script, body: give(300, 200), other: give(300, 100), entry: "exam.script_marked"})
	p.do(deed{op: "markExamScript", by: "reviewer", at: script, body: give(0, 200), other: give(0, 100), entry: "exam.script_marked"})
	p.read("nextExamScript", "legal", id, "item=1", `"script":""`)
	p.do(deed{op: "markExamScript", by: "leader2", at: script, body: give(100, 200), other: give(100, 100), entry: "exam.script_marked"})
	p.read("listMyExamMarks", "legal", id, "", `"score":"5"`, `"open":false`)
	p.read("getExam", "trainer", id, "", `"phase":"marked"`)
}

// openExam plans and freezes an exam of one paper to be drawn up, for one candidate.
func (p *program) openExam(topic string) (id string, version func() int64) {
	p.Helper()
	asks := members{
		"type": "文书制作", "topic": topic, "level": "1", "stem": "为下面的事实制作责令改正通知书。", "text": "某日，某人在人民路占道摆卖。", "paper": "责令改正通知书",
		"rubric": "事实写清楚｜3\n依据引到条｜2", "explain": "事实、依据、要求、期限缺一不可。", "refs": "行政处罚法第二十八条第一款", "from": "2021-07-15",
	}
	other := maps.Clone(asks)
	other["stem"] = "为另一件事制作责令改正通知书。"
	bank := p.do(deed{op: "addBankQuestion", by: "trainer", body: members{"asks": asks}, other: members{"asks": other}, entry: "exam.question_drafted"}).str("id")
	p.do(deed{op: "approveBankQuestion", by: "legal", at: bank, body: members{"version": p.read("getBankQuestion", "trainer", bank, "", `"code":"`).version()}, entry: "exam.question_approved"})
	opens := p.site.Clock.Now().Add(time.Hour)
	plan := func(title string) members {
		return members{
			"title": title, "opens": opens.Format(time.RFC3339), "waiting_minutes": 5, "late_minutes": 10, "full_late": false, "minutes": 30, "attempts": 1, "pass": 300, "policy": "all_or_nothing",
			"blueprint": []members{{"type": "drafting", "topic": topic, "count": 1, "points": 500}},
		}
	}
	id = p.do(deed{op: "planExam", by: "trainer", body: plan("文书制作考试"), other: plan("另一场"), entry: "exam.sitting_made"}).str("id")
	version = func() int64 {
		p.Helper()
		return p.read("getExam", "trainer", id, "", `"phase":"`).version()
	}
	p.do(deed{op: "enrolInExam", by: "trainer", at: id, body: members{"version": version(), "logins": []string{"officer102"}}, entry: "exam.candidates_added"})
	p.do(deed{op: "freezeExam", by: "trainer", at: id, body: members{"version": version()}, entry: "exam.paper_frozen"})
	return id, version
}

// answered has somebody sit an exam of one item, and the program collect it.
func (p *program) answered(id, login, value string) {
	p.Helper()
	n, err := sitting.ParseID(id)
	by, faulty := p.site.App.Access.SessionFor(p.Context(), login)
	trainer, worse := p.site.App.Access.SessionFor(p.Context(), "trainer")
	if err != nil || faulty != nil || worse != nil {
		p.Fatal(err, faulty, worse)
	}
	x, _, _, err := p.site.App.Exams.Sitting(p.Context(), trainer, n)
	if err != nil {
		p.Fatal(err)
	}
	p.site.Clock.Set(x.Opens().Add(time.Minute))
	st, err := p.site.App.Exams.Start(p.Context(), by, n, sitting.StartInput{})
	if err != nil {
		p.Fatal(err)
	}
	if _, err := p.site.App.Exams.Save(p.Context(), by, st.Attempt, sitting.SaveInput{Device: st.Device, Answers: []sitting.Answer{{Item: 0, Seq: 1, Value: value}}}); err != nil {
		p.Fatal(err)
	}
	if _, err := p.site.App.Exams.Submit(p.Context(), by, st.Attempt, st.Device); err != nil {
		p.Fatal(err)
	}
	p.site.Clock.Set(x.Opens().Add(2 * time.Hour))
	if err := p.site.App.Exams.Collect(p.Context(), n); err != nil {
		p.Fatal(err)
	}
}
