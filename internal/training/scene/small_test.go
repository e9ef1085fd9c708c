package scene

import (
	"encoding/json"
	"strings"
	"testing"

	"fadu/internal/law"
)

// lawRules are two rules for the engine's own tests; the scenes are tested with the product's rules.
func testJudge(t testing.TB) *law.Judge {
	t.Helper()
	j, err := law.NewJudge([]law.Rule{
		{
			ID: "XZCF-52-1-certificate", Name: "亮证", Actions: []law.Action{"当场作出处罚决定(简易程序)"}, Cite: law.Citations{law.Cite("XZCF", 52, 1)}, From: law.MustDate("2021-07-15"),
			Check: func(r *law.Reading) law.Outcome {
				return law.Unless(r.Is(law.ShowedID), law.RefuseBecause("没有出示执法证件"))
			},
		},
		{
			ID: "XZCF-51-1", Name: "限额", Actions: []law.Action{"当场作出处罚决定(简易程序)"}, Cite: law.Citations{law.Cite("XZCF", 51)}, From: law.MustDate("2021-07-15"),
			Check: func(r *law.Reading) law.Outcome {
				return law.Unless(r.AtMost(law.MoneyAmount, law.Yuan(200)), law.RefuseBecause("超过二百元"))
			},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

const small = `
id: t1
version: 1
title: 小样
set_on: 2026-09-01
party: {name: 老张, kind: 公民, persona: 急, hidden_facts: 赶时间, emotion: {start: 50, base: 40, decay: 0.01, sensitivity: 1.2}}
facts: {officers: 2, amount: 50}
vars:
  - {name: weather, label: 天气, init: 晴, variants: [晴, 雨]}
toolbar:
  - {id: 亮证, text: 出示执法证件, once: true, quality: 优, why: 主动出示, effects: {emotion: -2, facts: {showed_id: true}, score: {procedure: 5}}}
  - {id: 拍照, text: 拍照, quality: 优, why: 固定证据, effects: {evidence: 照片, score: {evidence: 5}}}
rules:
  - {id: XZCF-52-1-certificate, severity: fatal, dim: procedure, points: 10, name: 未亮证即处罚}
  - {id: XZCF-51-1, dim: law, points: 10}
  - {id: 先听后罚, kind: precedence, first: 倾听, then: [罚五十, 罚三百], dim: communication, points: 5, name: 没有听就处罚, article_refs: XZCF-45}
rubric:
  weights: {procedure: 30, law: 20, communication: 20, evidence: 15, education: 10, safety: 5}
  curve: {end: 2, calm: 2}
debrief:
  court: [{has: 照片, text: 没有照片, article_refs: XZCF-40}]
  questions: [{ask: 问一, answer: 答一, article_refs: XZCF-51}, {ask: 问二, answer: 答二, article_refs: XZCF-52}]
beats:
  开头:
    speaker: 老张
    say: {平静: 有事吗, 愤怒: "又是你们，{weather}天也不放过"}
    limit_s: 20
    on_timeout: 不说话
    expect: [亮证]
    events: [{id: 围观, after_s: 10, say: 有人围过来, effects: {emotion: 5}}]
    choices:
      - {id: 凶, text: 给我站住别动老实点听见没有, quality: 差, why: 伤人, better: 先问候, goto: 中间, effects: {emotion: 20}}
      - {id: 倾听, text: 您先说, quality: 优, why: 先听, goto: 中间, effects: {emotion: -10, score: {communication: 5, education: 3, safety: 2}}}
      - {id: 不说话, hidden: true, quality: 差, why: 沉默让人更急, better: 先问候, goto: 中间, effects: {emotion: 8}}
  中间:
    say: 怎么办
    expect: [拍照]
    choices:
      - {id: 罚三百, text: 当场罚三百元并且今天之内必须交清, quality: 禁, why: 超过限额, better: 罚五十, goto: 坏, act: 当场作出处罚决定(简易程序), effects: {facts: {amount: 300}}}
      - {id: 罚五十, text: 当场罚五十元, quality: 优, why: 在限额内, goto: 好, act: 当场作出处罚决定(简易程序), effects: {score: {law: 5}}}
  好: {say: 完, end: {kind: 成功}}
  坏: {say: 完, end: {kind: 处置不当}}
`

func compiled(t testing.TB, text string) *Play {
	t.Helper()
	s, err := Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	p, err := Compile(s, testJudge(t))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPerfectRun(t *testing.T) {
	p := compiled(t, small)
	s, log, err := p.Replay(0, []Act{{Action: "亮证", Dt: 1}, {Action: "倾听", Dt: 2}, {Action: "拍照", Dt: 1}, {Action: "罚五十", Dt: 2}})
	if err != nil {
		t.Fatal(err)
	}
	r := p.Score(s)
	if s.End != EndSuccess || r.Final != 100 || !r.Passed || len(log) != 4 {
		b, _ := json.Marshal(s)
		t.Errorf("%+v %s", r, b)
	}
	// 50 → 40+10·e^(−0.01) = 49.900498; −2·1.2 → 47.500498.
	if log[0].Emotion != 47.500498 || log[0].Band != "紧张" || log[3].Next != "好" {
		t.Errorf("%+v", log[0])
	}
	if len(s.Hits) != 3 || len(p.Lacks(s)) != 0 {
		t.Errorf("%+v", s.Hits)
	}
}

func TestUnlawfulActsAreJudgedByTheLawsOwnRules(t *testing.T) {
	p := compiled(t, small)
	s, log, err := p.Replay(0, []Act{{Action: "倾听", Dt: 2}, {Action: "罚三百", Dt: 2}})
	if err != nil {
		t.Fatal(err)
	}
	r := p.Score(s)
	if r.Passed || r.Final > 59 || len(r.Fatal) != 1 || r.Fatal[0] != "未亮证即处罚" || *r.Dims[Law] != 0 || *r.Dims[Procedure] != 0 {
		t.Errorf("%+v", r)
	}
	last := log[1].Findings
	if len(last) != 3 || last[0].Rule != "XZCF-51-1" || !strings.Contains(last[0].Message, "二百元") || last[0].Article != "行政处罚法第51条" || last[1].Message != "没有做到或者没有记载：已出示执法证件" {
		t.Errorf("%+v", last)
	}
	if lacks := p.Lacks(s); len(lacks) != 1 || lacks[0].Text != "没有照片" {
		t.Errorf("%+v", lacks)
	}
}

func TestTimeIsJudged(t *testing.T) {
	p := compiled(t, small)
	for _, c := range []struct {
		name         string
		acts         []Act
		action, sent string
		timeout      bool
		events       int
		t, after     float64
	}{
		{"到时限还算数", []Act{{Action: "倾听", Dt: 20}}, "倾听", "", false, 1, 20, 0},
		{"超过一点就是沉默", []Act{{Action: "倾听", Dt: 20.001}}, "不说话", "倾听", true, 1, 20, 0},
		{"工具用掉的时间也算", []Act{{Action: "亮证", Dt: 15}, {Action: "倾听", Dt: 6}}, "不说话", "倾听", true, 0, 20, 0},
		{"沉默到时限", []Act{{Action: Silence}}, "不说话", Silence, true, 1, 20, 0},
		{"等一会儿，事件发生", []Act{{Action: Wait, Dt: 10}}, Wait, "", false, 1, 10, 0},
		{"等一会儿，还没发生", []Act{{Action: Wait, Dt: 9.9}}, Wait, "", false, 0, 9.9, 0},
	} {
		s, log, err := p.Replay(0, c.acts)
		if err != nil {
			t.Fatal(err)
		}
		e := log[len(log)-1]
		if e.Action != c.action || e.Sent != c.sent || e.Timeout != c.timeout || len(e.Events) != c.events || s.T != c.t {
			t.Errorf("%s：%+v，%v 秒", c.name, e, s.T)
		}
	}
	for _, a := range []Act{{Action: "不说话"}, {Action: "没有"}, {Action: "倾听", Dt: -1}} {
		if _, _, err := p.Replay(0, []Act{a}); err == nil {
			t.Errorf("%+v 也能做", a)
		}
	}
	if _, _, err := p.Replay(0, []Act{{Action: "亮证"}, {Action: "亮证"}}); err == nil {
		t.Error("只能做一次的做了两次")
	}
	if _, _, err := p.Replay(0, []Act{{Action: "凶"}, {Action: "罚五十"}, {Action: "拍照"}}); err == nil {
		t.Error("结束以后还能做")
	}
}

// The same acts after the same seed give the same state, and a state is not changed by what is done after it.
func TestReplayIsEqual(t *testing.T) {
	p := compiled(t, small)
	acts := []Act{{Action: "亮证", Dt: 1.5}, {Action: "凶", Dt: 12}, {Action: "拍照", Dt: 3}, {Action: "罚三百", Dt: 8}}
	for seed := range uint64(20) {
		s, log, err := p.Replay(seed, acts)
		if err != nil {
			t.Fatal(err)
		}
		again, logAgain, _ := p.Replay(seed, acts)
		a, _ := json.Marshal([]any{s, log, p.Score(s)})
		b, _ := json.Marshal([]any{again, logAgain, p.Score(again)})
		if string(a) != string(b) {
			t.Fatalf("%s\n%s", a, b)
		}
	}
	start := p.Begin(3)
	before, _ := json.Marshal(start)
	for _, a := range []string{"亮证", "拍照", "凶", "倾听"} {
		if _, _, err := p.Do(start, Act{Action: a, Dt: 11}); err != nil {
			t.Fatal(err)
		}
	}
	if after, _ := json.Marshal(start); string(after) != string(before) {
		t.Errorf("%s\n%s", before, after)
	}
}

// What goes to the browser holds nothing that would answer the scene.
func TestViewTellsNothing(t *testing.T) {
	p := compiled(t, small)
	orders := map[string]bool{}
	for seed := range uint64(30) {
		s := p.Begin(seed)
		s.Emotion = 72
		b, _ := json.Marshal(p.See(s))
		for _, secret := range []string{"goto", "quality", "优", "禁", "why", "effects", "赶时间", "emotion", "72", "不说话", "score", "when"} {
			if strings.Contains(string(b), secret) {
				t.Fatalf("看得到“%s”：%s", secret, b)
			}
		}
		v := p.See(s)
		if v.Band != "愤怒" || !strings.HasPrefix(v.Say, "又是你们，") || strings.Contains(v.Say, "{") || *v.RemainingMS != 20000 || len(v.Tools) != 2 {
			t.Fatalf("%+v", v)
		}
		orders[v.Choices[0].ID] = true
	}
	if len(orders) != 2 {
		t.Errorf("选择的次序不随种子变：%v", orders)
	}
}

func TestLintPassesTheSmallScene(t *testing.T) {
	if faults := compiled(t, small).Lint(); len(faults) != 0 {
		t.Error(faults)
	}
}

// Each fault of the list is found.
func TestLintFinds(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"到不了的节拍", "  坏: {say", "  孤岛: {say: 无, end: {kind: 中止}}\n  坏: {say", "节拍“孤岛”：到不了"},
		{"选不到的选择", "id: 罚五十, text", "id: 罚五十, when: 'n(\"officers\") > 2', text", "永远选不到"},
		{"没有出路", "goto: 好, act", "goto: 死路, act", "什么也做不了"},
		{"转来转去", "id: 罚五十, text: 当场罚五十元, quality: 优, why: 在限额内, goto: 好", "id: 罚五十, text: 当场罚五十元, quality: 优, why: 在限额内, goto: 圈", "到不了结局"},
		{"没有成功", "好: {say: 完, end: {kind: 成功}}", "好: {say: 完, end: {kind: 中止}}", "没有成功的结局"},
		{"拿不到满分的维度", "education: 3, safety: 2", "education: 3", "“安全”这一维拿不到满分"},
		{"只有超时才致命", "goto: 中间, effects: {emotion: 8}", "goto: 中间, effects: {emotion: 8, fatal: 拖死}", "“拖死”：只有超时"},
		{"条文不存在", "why: 先听, goto", "why: 先听, article_refs: XZCF-999, goto", "没有第999条"},
		{"条文那天不生效", "why: 先听, goto", "why: 先听, article_refs: XYXF58-1, goto", "不是有效的规定"},
		{"没有理由", "why: 先听, ", "", "没有写为什么"},
		{"太长", "text: 您先说", "text: " + strings.Repeat("说", 121), "有 121 个字"},
		{"最好的走法不够好", "effects: {evidence: 照片, score: {evidence: 5}}", "effects: {evidence: 照片}", "“取证”这一维拿不到满分"},
		{"懒办法能过", "{id: 罚三百, text: 当场罚三百元并且今天之内必须交清, quality: 禁, why: 超过限额, better: 罚五十, goto: 坏", "{id: 罚三百, text: 当场罚二十元并且今天之内必须交清, quality: 禁, why: 超过限额, better: 罚五十, goto: 好", ""},
		{"权重不到一百", "safety: 5}", "safety: 4}", "应是 100"},
		{"短答题太少", ", {ask: 问二, answer: 答二, article_refs: XZCF-52}", "", "少于两道"},
		{"永远不会发生", "court: [{has: 照片", "court: [{has: 录音", "“录音”永远不会发生"},
	} {
		text := strings.Replace(small, c.old, c.new, 1)
		switch c.name {
		case "没有出路":
			text += "  死路: {say: 无}\n"
		case "转来转去":
			text += "  圈: {say: 无, choices: [{id: 再来, text: 再来, quality: 差, why: 无, better: 走, goto: 圈}]}\n"
		case "懒办法能过":
			text = strings.Replace(text, "facts: {amount: 300}", "facts: {amount: 20}, score: {law: 5}", 1)
			text = strings.Replace(text, "id: 凶, text: 给我站住别动老实点听见没有, quality: 差", "id: 凶, text: 我先听您说完再讲我的道理好吗, quality: 差", 1)
			text = strings.Replace(text, "goto: 中间, effects: {emotion: 20}", "goto: 中间, effects: {emotion: -10, score: {communication: 5, education: 3, safety: 2}}", 1)
			text = strings.Replace(text, "first: 倾听", "first: 凶", 1)
			c.want = "也能通过"
		}
		if text == small {
			t.Fatalf("%s：没有改动", c.name)
		}
		faults := compiled(t, text).Lint()
		found := false
		for _, f := range faults {
			found = found || strings.Contains(f.String(), c.want)
		}
		if !found {
			t.Errorf("%s：没有找到“%s”：%v", c.name, c.want, faults)
		}
	}
}

// A scene under a repealed law is published only with its label.
func TestOldLawNeedsItsLabel(t *testing.T) {
	text := strings.Replace(small, "why: 先听, goto", "why: 先听, article_refs: XYXF58-1, goto", 1)
	text = strings.Replace(text, "set_on: 2026-09-01", "set_on: 2025-09-01", 1)
	if faults := compiled(t, text).Lint(); len(faults) != 1 || !strings.Contains(faults[0].String(), "已经废止") {
		t.Error(faults)
	}
	if faults := compiled(t, "edition: 旧法对照\n"+text).Lint(); len(faults) != 0 {
		t.Error(faults)
	}
}

func TestCompileRefuses(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"没有目标", "goto: 中间, effects: {emotion: 20}", "goto: 天上", "没有节拍“天上”"},
		{"条件写错", "id: 倾听, text", "id: 倾听, when: 'emotoin > 3', text", "不成立"},
		{"条件不是真假", "id: 倾听, text", "id: 倾听, when: 'emotion', text", "不成立"},
		{"条件太长", "id: 倾听, text", "id: 倾听, when: 't > " + strings.Repeat("1", 300) + "', text", "超过 256 个字"},
		{"超时没有选择", "on_timeout: 不说话", "on_timeout: 走开", "on_timeout"},
		{"规则库里没有", "XZCF-51-1,", "XZCF-51-9,", "规则库里没有 XZCF-51-9"},
		{"事实的值不对", "facts: {officers: 2", "facts: {officers: 两", "整数"},
		{"编号重复", "id: 倾听, text", "id: 凶, text", "编号重复"},
		{"没有这种行为", "act: 当场作出处罚决定(简易程序), effects: {facts", "act: 随便罚, effects: {facts", "没有关于“随便罚”"},
		{"没有这一维", "score: {law: 5}", "score: {luck: 5}", "luck"},
		{"不知道去哪", "goto: 好, act", "act", "没有写去哪一节"},
		{"保留的名字", "id: 拍照, text", "id: 等待, text", "等待"},
	} {
		s, err := Parse([]byte(strings.Replace(small, c.old, c.new, 1)))
		if err == nil {
			_, err = Compile(s, testJudge(t))
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s：%v", c.name, err)
		}
	}
	for _, c := range []struct{ name, text, want string }{
		{"多出的键", small + "nonsense: 1\n", "不认识“nonsense”"},
		{"节拍里多出的键", strings.Replace(small, "limit_s: 20", "limit: 20", 1), "不认识“limit”"},
		{"选择里多出的键", strings.Replace(small, "quality: 优, why: 先听", "qualty: 优, why: 先听", 1), "不认识“qualty”"},
		{"效果里多出的键", strings.Replace(small, "effects: {emotion: 20}", "effects: {mood: 20}", 1), "不认识“mood”"},
		{"空的", "", "空的"},
		{"负的初值", strings.Replace(small, "start: 50", "start: -1", 1), "负"},
	} {
		if _, err := Parse([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s：%v", c.name, err)
		}
	}
}

func TestCourse(t *testing.T) {
	m := Emotion{Start: 60, Base: 50, Decay: 0.1, Sensitivity: 2}
	got, err := m.Course([]Step{{10, 0}, {-5, 10}, {100, 0}, {0, 1e6}})
	if err != nil || len(got) != 4 || got[0] != 80 || got[1] != 51.036383 || got[2] != 100 || got[3] != 50 {
		t.Errorf("%v %v", got, err)
	}
	for e, want := range map[float64]string{0: "平静", 39.9: "平静", 40: "紧张", 70: "愤怒", 85: "失控", 100: "失控"} {
		if Band(e) != want {
			t.Errorf("%v 是 %s", e, Band(e))
		}
	}
}

func TestSum(t *testing.T) {
	x := func(f float64) *float64 { return &f }
	w := map[string]float64{Procedure: 30, Law: 20, Communication: 20, Evidence: 15, Education: 10, Safety: 5}
	for _, c := range []struct {
		name  string
		dims  map[string]*float64
		fatal int
		want  Total
	}{
		{"全满", map[string]*float64{Procedure: x(100), Law: x(100), Communication: x(100), Evidence: x(100), Education: x(100), Safety: x(100)}, 0, Total{100, 100, true}},
		{"恰好八十", map[string]*float64{Procedure: x(80), Law: x(80), Communication: x(80), Evidence: x(80), Education: x(80), Safety: x(80)}, 0, Total{80, 80, true}},
		{"一票否决", map[string]*float64{Procedure: x(90), Law: x(90), Communication: x(90), Evidence: x(90), Education: x(90), Safety: x(90)}, 1, Total{90, 59, false}},
		{"本来就低", map[string]*float64{Procedure: x(40)}, 1, Total{40, 40, false}},
		{"没有碰到的不算", map[string]*float64{Procedure: x(100), Law: x(50), Safety: nil}, 0, Total{80, 80, true}},
		{"什么也没有", nil, 0, Total{0, 0, false}},
	} {
		if got, err := Sum(w, 80, 59, c.dims, c.fatal); err != nil || got != c.want {
			t.Errorf("%s：%+v %v", c.name, got, err)
		}
	}
	if _, err := Sum(w, 80, 59, map[string]*float64{"luck": x(1)}, 0); err == nil {
		t.Error("没有权重的维度也收了")
	}
	if _, err := Sum(w, 80, 59, map[string]*float64{Law: x(101)}, 0); err == nil {
		t.Error("超过一百也收了")
	}
}

// A scenario in JSON is the same scenario.
func TestParseJSON(t *testing.T) {
	s, err := Parse([]byte(`{"id":"j","version":1,"title":"\u5c0f\ud83d\ude00","set_on":"2026-09-01","beats":{"b":{"say":"x","choices":[{"id":"c","text":"t","stay":true}]},"a":{"end":{"kind":"成功"}}}}`))
	if err != nil || s.Title != "小😀" || s.Start != "b" || len(s.Beats) != 2 || s.Beats[1].End.Kind != EndSuccess || !s.Beats[0].Choices[0].Stay {
		t.Errorf("%+v %v", s, err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(small)
	f.Add(`{"beats":[{"id":"a","say":["x","y"],"end":{"kind":"成功"}}]}`)
	f.Add("beats: {a: {choices: [1]}}")
	f.Add("a: &a [*a]")
	judge := testJudge(f)
	f.Fuzz(func(t *testing.T, in string) {
		s, err := Parse([]byte(in))
		if err != nil {
			return
		}
		p, err := Compile(s, judge)
		if err != nil {
			return
		}
		state := p.Begin(7)
		for range 5 {
			v := p.See(state)
			if state.End != "" || len(v.Choices) == 0 {
				return
			}
			if state, _, err = p.Do(state, Act{Action: v.Choices[0].ID, Dt: 30}); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func BenchmarkDo(b *testing.B) {
	p := compiled(b, small)
	s := p.Begin(1)
	for b.Loop() {
		if _, _, err := p.Do(s, Act{Action: "倾听", Dt: 3}); err != nil {
			b.Fatal(err)
		}
	}
}
