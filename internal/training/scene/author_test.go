package scene

import (
	"reflect"
	"strings"
	"testing"

	"fadu/internal/law"
)

// TestMarshal: what is written is read back as the same scenario.
func TestMarshal(t *testing.T) {
	s, err := Parse([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	text, err := Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Parse(text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if !reflect.DeepEqual(s, again) {
		t.Errorf("写出来再读，不是原来的情景：\n%s", text)
	}
}

// TestTerms: a guard that is put together comes apart again, one that is written freely stays text.
func TestTerms(t *testing.T) {
	for _, g := range []string{
		"", `has("照片")`, `!has("照片")`, `n("照片") >= 2`, `n("照片") <= 1`, "emotion >= 85", "emotion < 40", "t >= 60", "var.first", "!var.first",
		`var.天气 == "雨"`, `var.n != 3`, `rule("XZCF-51-1")`, `!rule("调查取证/检查")`, `has("a && b") && emotion >= 70`, `var.a || has("x") || t >= 5`, `var["a b"]`,
	} {
		terms, any, ok := Terms(g)
		if !ok {
			t.Errorf("%s：拆不开", g)
			continue
		}
		back, err := Guard(terms, any)
		if err != nil || back != g {
			t.Errorf("%s 拆开再合成 %s（%v）", g, back, err)
		}
		if g != "" {
			if _, err := compileGuard(back); err != nil {
				t.Errorf("%s：%v", back, err)
			}
		}
	}
	for _, g := range []string{`has("a") && (t >= 3 || t < 1)`, `has("a") && t >= 1 || t >= 2`, "len(band) > 2"} {
		if _, _, ok := Terms(g); ok {
			t.Errorf("%s：不是选得出来的条件", g)
		}
	}
	for name, bad := range map[string]Term{"没有名称": {Kind: TermHas}, "不是数": {Kind: TermAngry, Value: "很"}, "引号": {Kind: TermHas, Name: `a" || "`}, "不认识": {Kind: "x", Name: "a"}} {
		if g, err := Guard([]Term{bad}, false); err == nil {
			t.Errorf("%s：成了 %s", name, g)
		}
	}
}

// TestRename: whatever leads to a beat or asks for a choice follows its new name.
func TestRename(t *testing.T) {
	s, err := Parse([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	j := testJudge(t)
	before, err := Compile(s, j)
	if err != nil {
		t.Fatal(err)
	}
	faults := len(before.Lint())
	s.RenameBeat("开头", "开场")
	s.RenameChoice("", "拍照", "取证照片")
	s.RenameChoice("开场", "倾听", "先听他说")
	after, err := Compile(s, j)
	if err != nil {
		t.Fatal(err)
	}
	if s.Start != "开场" || s.Rules[2].First != "先听他说" || s.Tool("取证照片") == nil || s.Beat("开头") != nil {
		t.Errorf("没有跟着改：%+v", s.Rules[2])
	}
	if n := len(after.Lint()); n != faults {
		t.Errorf("改名以前 %d 处问题，以后 %d 处：%v", faults, n, after.Lint())
	}
}

// TestDraw: beats stand below those that lead to them; what nothing leads to and what leads nowhere is marked.
func TestDraw(t *testing.T) {
	s, err := Parse([]byte(`
id: g
version: 1
title: 图
set_on: 2026-09-01
events: [{id: 乱, when: emotion >= 85, goto: 失控}]
beats:
  甲: {say: 一, choices: [{id: 去乙, text: 去, goto: 乙}, {id: 去丙, text: 去, goto: 丙}]}
  乙: {say: 二, choices: [{id: 往丙, text: 去, goto: 丙}, {id: 回甲, text: 回, goto: 甲}]}
  丙: {say: 三, end: {kind: 成功}}
  失控: {say: 乱, end: {kind: 升级}}
  孤: {say: 孤, choices: [{id: 留, text: 留, stay: true}]}
`))
	if err != nil {
		t.Fatal(err)
	}
	g := Draw(s)
	if g.Node("乙").Layer != 1 || g.Node("丙").Layer != 2 || g.Node("丙").Y <= g.Node("乙").Y {
		t.Errorf("上下不对：%+v", g.Nodes)
	}
	if n := g.Node("孤"); !n.Lost || !n.Dead {
		t.Errorf("到不了、走不出去的没有标明：%+v", n)
	}
	if n := g.Node("失控"); n.Lost || n.Dead || len(g.Anywhere["失控"]) != 1 {
		t.Errorf("处处可能发生的事件也到得了：%+v", n)
	}
	for _, e := range g.Edges {
		if e.From == "乙" && e.To == "甲" && !e.Back {
			t.Error("回到前面的没有认出来")
		}
	}
}

// TestAmended: a scene whose statute has another version on a later day is flagged, one under old law on purpose is not.
func TestAmended(t *testing.T) {
	var old law.Statute
	for _, st := range law.Statutes() {
		if n := len(st.Versions); n > 0 && !st.Versions[n-1].Until.IsZero() {
			old = st
		}
	}
	if old.Code == "" {
		t.Skip("法规里没有已经废止的")
	}
	last := old.Versions[len(old.Versions)-1]
	s := &Scenario{SetOn: last.From, Sources: Texts{old.Code + "-1", "XZCF-51"}}
	if got := s.Amended(last.Until.AddDays(1)); len(got) == 0 || !got[0].Repealed || !strings.Contains(got[0].Cite.String(), "1") {
		t.Errorf("废止了没有标出来：%+v", got)
	}
	if got := s.Amended(last.From); len(got) != 0 {
		t.Errorf("当天就标出来了：%+v", got)
	}
	s.Edition = OldLaw
	if got := s.Amended(last.Until.AddDays(1)); len(got) != 0 {
		t.Error("旧法对照的不用标")
	}
}

// FuzzTerms: what is taken apart is put together again to a guard that says the same, and that can be asked.
func FuzzTerms(f *testing.F) {
	for _, g := range []string{`has("a") && !has('b')`, `n("x") >= 2 || emotion < 40`, `var.天气 != "雨"`, `!var["a b"]`, `rule("XZCF-51-1")`, `t >= 1 && has("a||b")`, `has("`, `&&`} {
		f.Add(g)
	}
	f.Fuzz(func(t *testing.T, guard string) {
		terms, any, ok := Terms(guard)
		if !ok || len(terms) == 0 {
			return
		}
		back, err := Guard(terms, any)
		if err != nil {
			t.Fatalf("%q → %+v：%v", guard, terms, err)
		}
		again, other, ok := Terms(back)
		if !ok || !reflect.DeepEqual(again, terms) || len(terms) > 1 && other != any {
			t.Fatalf("%q → %+v → %q → %+v", guard, terms, back, again)
		}
		if _, err := compileGuard(guard); err != nil {
			return
		}
		if _, err := compileGuard(back); err != nil {
			t.Fatalf("%q 能问，合成的 %q 不能：%v", guard, back, err)
		}
	})
}
