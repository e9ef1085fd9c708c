package app_test

import (
	"context"
	"net/url"
	"testing"
)

// TestTrainerWritesAScene: a trainer writes a small scene in the browser from nothing, plays it for a trial and submits it;
// somebody else approves it; an officer plays it to the debrief.
func TestTrainerWritesAScene(t *testing.T) {
	t.Parallel()
	w := newWalker(t)
	at := w.newScene()
	w.writeBeats(at)
	w.rate(at)
	w.trial(at)
	w.approve(at)
	w.playOwn()
	rep, err := w.site.App.Verify(context.Background())
	w.check(err)
	if !rep.OK() {
		t.Errorf("verify: %v", rep.Faults)
	}
}

// newScene begins a scene, describes its party while the form saves by itself, and takes a change back.
func (w *walker) newScene() string {
	w.as("trainer")
	w.open("/w/training/drafts/new")
	w.look("新写情景")
	for name, value := range map[string]string{"title": "巷口的糖水", "set_on": "2026-07-10", "party": "糖水阿婆", "figure": "老人", "place": "街边"} {
		w.fill(name, value)
	}
	w.send("/w/training/drafts")
	at := w.address()
	w.says("巷口的糖水", "没有人说话，也没有旁白", "到不了")
	w.look("新的草稿")
	w.open(at + "/edit?part=party")
	w.fill("persona", "七十来岁，推着小车")
	w.says("已自动保存")
	w.look("当事人")
	w.open(at + "/edit?part=party")
	if got := evaluate[string](w, `document.querySelector("[name=persona]").value`); got != "七十来岁，推着小车" {
		w.t.Errorf("自动保存的是 %q", got)
	}
	w.fill("name", "写错了")
	w.send(at + "/edit")
	w.send(at + "/restore")
	w.open(at + "/edit?part=party")
	if got := evaluate[string](w, `document.querySelector("[name=name]").value`); got != "糖水阿婆" {
		w.t.Errorf("撤销以后是 %q", got)
	}
	return at
}

// sceneChoice is one choice as the trainer writes it.
type sceneChoice struct{ id, text, quality, why, better, to, emotion, fatal, talk string }

// writeBeats writes what is said and what can be answered.
func (w *walker) writeBeats(at string) {
	beat := func(name, say string) {
		w.open(at + "/edit?part=beat&beat=" + url.QueryEscape(name))
		w.fill("say", say)
		w.send(at + "/edit")
	}
	beat("办妥", "她把车推到了疏导点。")
	beat("办砸", "她哭了起来，围上来一圈人。")
	beat("开头", "我就摆一会儿，卖完就走。")
	w.open(at + "/edit?part=beat")
	w.fill("id", "说理")
	w.fill("speaker", "糖水阿婆")
	w.fill("say", "那我还能去哪儿摆？")
	w.send(at + "/edit")
	choices := func(beat string, cs ...sceneChoice) {
		for _, c := range cs {
			w.open(at + "/edit?part=choice&beat=" + url.QueryEscape(beat))
			for name, value := range map[string]string{"id": c.id, "text": c.text, "quality": c.quality, "why": c.why, "better": c.better, "goto": c.to, "emotion": c.emotion, "fatal": c.fatal, "score_communication": c.talk, "refs": "行政处罚法第五条第一款"} {
				w.fill(name, value)
			}
			if c.id == "招呼" {
				w.look("写一个选择")
			}
			w.send(at + "/edit")
		}
	}
	choices("开头",
		sceneChoice{"吓唬", "赶紧走，不走就罚到你怕！", "差", "一开口就吓人，她听不进去", "先问候，说明身份", "办砸", "15", "", ""},
		sceneChoice{"招呼", "阿婆您好，我们是城管执法队的", "优", "先问候，说明身份", "", "说理", "-6", "", "4"},
		sceneChoice{"背书", "根据有关规定，任何单位和个人都不得擅自占用城市道路从事经营活动", "可", "话没有错，说早了", "先问候，说明身份", "说理", "3", "", "1"})
	choices("说理",
		sceneChoice{"自己想", "那是您自己的事，和我们没有关系，别在这条巷子里摆就行，别的不要问我们", "差", "只堵不疏", "指一条合法的出路", "办砸", "10", "", ""},
		sceneChoice{"指路", "前面两百米有疏导点，我们帮您推过去", "优", "有地方去，才改得了", "", "办妥", "-8", "", "4"},
		sceneChoice{"拖车", "先把车拖走再说", "禁", "没有决定就拿走东西", "指一条合法的出路", "办砸", "20", "无依据扣押物品", ""})
	w.look("写好的一节")
}

// rate sets the weights and what is to be remembered.
func (w *walker) rate(at string) {
	w.open(at + "/edit?part=rubric")
	for name, value := range map[string]string{"weight_procedure": "40", "weight_communication": "40", "weight_evidence": "20", "weight_law": "0", "weight_education": "0", "weight_safety": "0"} {
		w.fill(name, value)
	}
	w.look("评分")
	w.send(at + "/edit")
	w.open(at + "/edit?part=debrief")
	for name, value := range map[string]string{
		"summary": "先问候，再给出路。", "questions.0.0": "开始检查前先做什么？", "questions.0.1": "亮证，说明身份。", "questions.0.2": "行政处罚法第五十五条第一款",
		"questions.1.0": "全过程记录从什么时候开始？", "questions.1.1": "从接触当事人以前。", "questions.1.2": "行政处罚法第四十七条",
	} {
		w.fill(name, value)
	}
	w.send(at + "/edit")
	w.says("通过：处处走得到、走得完")
	w.look("写完的草稿")
}

// trial plays the draft as its author.
func (w *walker) trial(at string) {
	w.open(at + "/trial")
	w.look("试演")
	for _, words := range []string{"打开执法记录仪", "出示执法证件", "拍远景", "阿婆您好", "疏导点"} {
		w.follow(words)
	}
	w.says("结局：成功", "合格")
}

// approve submits the draft; its author may not approve it, somebody else does.
func (w *walker) approve(at string) {
	w.open(at)
	w.send(at + "/submit")
	w.says("待批准")
	w.as("legal")
	w.open("/w/training/scenes")
	w.look("编写情景")
	w.follow("巷口的糖水")
	w.look("审情景")
	w.send(w.address() + "/publish")
	w.says("使用中", "批准")
}

// playOwn plays the new scene well, to the debrief.
func (w *walker) playOwn() {
	w.as("officer102")
	w.open("/w/training")
	click := func(what, js string) {
		w.t.Helper()
		if !evaluate[bool](w, `(() => { const b = `+js+`; if (!b) return false; document.body.dataset.left = "1"; b.click(); return true })()`) {
			w.t.Fatalf("没有“%s”：%s", what, evaluate[string](w, `document.body.innerText.slice(0, 1500)`))
		}
		w.await(`!document.body.dataset.left && document.querySelector("main")`, what)
		w.settle()
	}
	click("开始练习", `[...document.querySelectorAll("main li")].find(l => l.innerText.includes("巷口的糖水"))?.querySelector("button[value=practice]")`)
	w.look("演练本局的情景")
	for _, act := range []string{"开记录仪", "亮证", "拍照", "招呼", "指路"} {
		click(act, `document.querySelector("button[name=action][value=\"`+act+`\"]")`)
	}
	w.says("合格", "先问候，再给出路", "每日一练")
	w.look("复盘本局的情景")
}
