package app_test

import (
	"errors"

	"fadu/internal/training/scenes"
)

// trainingActs plays a scene by calls, takes it up again from its second act, leaves it and reads what is said of it; a
// scene is imported, published and ended.
func trainingActs(p *program) {
	p.Helper()
	if err := errors.Join(p.site.App.Bank.Start(p.Context()), p.site.App.Training.Start(p.Context())); err != nil {
		p.Fatal(err)
	}
	p.read("listTrainingScenes", "officer102", "", "", `"code":"street_vendor"`, `"state":"published"`)
	made := p.do(deed{op: "beginTrainingRun", by: "officer102", body: members{"scene": "street_vendor", "mode": "practice"}, other: members{"scene": "street_vendor", "mode": "test"}, entry: "training.run_begun"})
	run := made.str("id")
	p.read("getTrainingRun", "officer102", run, "", `"seq":0`, `"id":"两人同去"`)
	p.do(deed{op: "actInTrainingRun", by: "officer102", at: run, body: members{"seq": 0, "action": "开记录仪"}, other: members{"seq": 0, "action": "两人同去"}, entry: "training.run_acted"})
	p.do(deed{op: "actInTrainingRun", by: "officer102", at: run, body: members{"seq": 1, "action": "两人同去"}, other: members{"seq": 1, "action": "先赶走"}, entry: "training.run_acted"})
	p.read("getTrainingRun", "officer102", run, "", `"seq":2`, `"全程录像"`)
	p.do(deed{op: "againTrainingRun", by: "officer102", at: run, body: members{"from": 2}, other: members{"from": 1}, entry: "training.run_begun"})
	p.do(deed{op: "leaveTrainingRun", by: "officer102", at: run, body: members{}, entry: "training.run_left"})
	p.read("getTrainingDebrief", "officer102", run, "", `"state":"left"`, `"action":"两人同去"`, `"lacks":[`)
	p.read("listTrainingResults", "leader1", "", "scene=street_vendor", `"id":"`+run+`"`)
	p.practised()
	p.authored()
}

// practised answers a question, reads what is right and marks it.
func (p *program) practised() {
	p.Helper()
	q, _ := p.read("nextQuestion", "officer102", "", "mode=in_order", `"stem":"`).in("items", 0)["id"].(string)
	made := p.do(deed{op: "answerQuestion", by: "officer102", body: members{"question": q, "given": []string{"A"}}, other: members{"question": q, "given": []string{"B"}}, entry: "training.question_answered"})
	p.read("getAnswer", "officer102", made.str("id"), "", `"question":"`+q+`"`, `"explain":"`)
	p.do(deed{op: "keepQuestion", by: "officer102", body: members{"question": q, "keep": true}, other: members{"question": q, "keep": false}, entry: "training.question_kept"})
	p.read("nextQuestion", "officer102", "", "mode=kept", `"id":"`+q+`"`)
}

// authored brings a scene of the bureau's own from the file to the end of its use: it is written, undone, submitted, withdrawn,
// returned and approved by somebody else.
func (p *program) authored() {
	p.Helper()
	files, err := scenes.Files()
	if err != nil {
		p.Fatal(err)
	}
	version := func(call, id string) int64 {
		p.Helper()
		return p.read(call, "trainer", id, "", `"content":"`).version()
	}
	draft := func(id string) int64 { return version("getSceneDraft", id) }
	made := p.do(deed{op: "makeSceneDraft", by: "trainer", body: members{"content": files[0].Text}, other: members{"content": files[1].Text}, entry: "training.draft_made"})
	id := made.str("id")
	p.read("listSceneDrafts", "trainer", "", "state=writing", `"id":"`+id+`"`)
	p.do(deed{op: "editSceneDraft", by: "trainer", at: id, body: members{"version": draft(id), "content": files[1].Text}, other: members{"version": draft(id), "content": files[0].Text}, entry: "training.draft_saved"})
	p.do(deed{op: "restoreSceneDraft", by: "trainer", at: id, body: members{"version": draft(id), "to": 1}, entry: "training.draft_saved"})
	waiting := func() string {
		p.Helper()
		p.do(deed{op: "submitSceneDraft", by: "trainer", at: id, body: members{"version": draft(id)}, entry: "training.draft_submitted"})
		return p.read("getSceneDraft", "trainer", id, "", `"state":"submitted"`).str("scene")
	}
	waiting()
	p.do(deed{op: "withdrawSceneDraft", by: "trainer", at: id, body: members{"version": draft(id)}, entry: "training.draft_withdrawn"})
	scene := waiting()
	p.do(deed{op: "returnScene", by: "legal", at: scene, body: members{"version": version("getSceneVersion", scene), "reason": "第三节再改"}, entry: "training.scene_returned"})
	scene = waiting()
	p.read("listSceneVersions", "legal", "", "", `"id":"`+scene+`"`, `"state":"draft"`)
	p.do(deed{op: "publishScene", by: "legal", at: scene, body: members{"version": version("getSceneVersion", scene)}, entry: "training.scene_published"})
	p.do(deed{op: "endScene", by: "trainer", at: scene, body: members{"version": version("getSceneVersion", scene), "reason": "试用完了"}, entry: "training.scene_ended"})
	p.read("getSceneVersion", "trainer", scene, "", `"state":"ended"`)
	copied := p.do(deed{op: "copyScene", by: "trainer", at: scene, body: members{"another": true}, other: members{"another": false}, entry: "training.draft_made"}).str("id")
	p.do(deed{op: "dropSceneDraft", by: "trainer", at: copied, body: members{"version": draft(copied), "reason": "不用了"}, entry: "training.draft_dropped"})
}
