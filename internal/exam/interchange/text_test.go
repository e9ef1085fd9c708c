package interchange

import (
	"reflect"
	"strings"
	"testing"

	"fadu/internal/exam/bank"
)

// TestGIFTComesBack: what is written in GIFT is read as the same question; what it cannot carry is named.
func TestGIFTComesBack(t *testing.T) {
	all := questions(t)
	text, left := ToGIFT(all)
	items, err := GIFT([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if len(items)+len(left) != len(all) || len(items) < 400 {
		t.Fatalf("写出 %d 道，没有写出 %d 道，一共 %d 道", len(items), len(left), len(all))
	}
	by := map[string]bank.Question{}
	for _, q := range all {
		by[q.ID] = q
	}
	for _, x := range items {
		got, q := x.Question, by[x.Name]
		if x.Name == "" {
			continue // the questions of this test have no code
		}
		if x.Refused != "" || got.Type != q.Type || got.Stem != q.Stem || !reflect.DeepEqual(got.Options, q.Options) || got.Answer != q.Answer || !reflect.DeepEqual(got.Blanks, q.Blanks) || got.Topic != q.Topic || got.Explain != q.Explain {
			t.Errorf("%s：%s\n得到 %+v\n应是 %+v", x.Name, x.Refused, got, q)
		}
	}
}

// TestGIFTFates: each form of GIFT is taken, taken with a loss that is named, or refused with the reason and the line.
func TestGIFTFates(t *testing.T) {
	for name, c := range map[string]struct {
		text          string
		kind          bank.Type
		answer        string
		lost, refused string
	}{
		"单选":        {"::甲::谁批准？{=负责人#对 ~承办人 ~当事人}", bank.Single, "A", "反馈", ""},
		"多选按比重":     {"哪些是处罚？{~%50%警告 ~%50%罚款 ~%-100%扣押}", bank.Multiple, "AB", "比重", ""},
		"判断":        {"扣押是处罚。{F}", bank.Judgement, "错", "", ""},
		"判断全写":      {"罚款是处罚。{TRUE}", bank.Judgement, "对", "", ""},
		"填空在句中":     {"公民罚款上限是{=二百元 =200元}。", bank.Fill, "", "", ""},
		"配对":        {"配起来。{=先行登记 -> 七日 =催告 -> 十日}", bank.Match, "", "", ""},
		"数值":        {"上限是多少元？{#200}", bank.Fill, "", "", ""},
		"数值有误差":     {"多少分贝？{#55:3}", "", "", "", "误差"},
		"问答":        {"谈谈你的看法。{}", bank.Analysis, "", "评分点", ""},
		"说明":        {"下面是第二部分。", "", "", "", "不是题目"},
		"没有配对的大括号":  {"哪一个？{=甲 ~乙", "", "", "", "配对"},
		"几处大括号":     {"先{=甲}后{=乙}", "", "", "", "几处"},
		"全角标点不是语法":  {"“＝”和“～”哪一个是等号？{=＝ ~～ ~＃}", bank.Single, "A", "", ""},
		"转义":        {`1\=1 对吗？{=\{对\} ~\~错 ~不知道}`, bank.Single, "A", "", ""},
		"没有等号的单选不收": {"哪一个？{甲 乙}", "", "", "", "= 或者 ~"},
	} {
		t.Run(name, func(t *testing.T) {
			items, err := GIFT([]byte("// 注释\n\n" + c.text + "\n"))
			if err != nil || len(items) != 1 {
				t.Fatalf("%+v %v", items, err)
			}
			x := items[0]
			if x.Line != 3 || c.refused == "" && (x.Refused != "" || x.Question.Type != c.kind || x.Question.Answer != c.answer) || !strings.Contains(x.Refused, c.refused) || !strings.Contains(strings.Join(x.Lost, ""), c.lost) || c.lost == "" && len(x.Lost) > 0 {
				t.Errorf("%+v", x)
			}
		})
	}
}

// TestAiken: questions are read with their lines; what is out of order is refused and the next question is still taken.
func TestAiken(t *testing.T) {
	items, err := Aiken([]byte("\ufeff谁批准？\r\nA) 负责人\r\nB. 承办人\r\nANSWER: A\r\n\r\n没有答案的题？\nA) 甲\nB) 乙\n\n下一题？\nA)甲\nB)乙\nC)丙\nANSWER: C\n跳了字母？\nA) 甲\nC) 乙\nANSWER: A\n"))
	if err != nil || len(items) != 4 {
		t.Fatalf("%+v %v", items, err)
	}
	for i, want := range []struct {
		line            int
		answer, refused string
	}{{1, "A", ""}, {6, "", "ANSWER"}, {10, "C", ""}, {15, "", "选项 C 应是 B"}} {
		x := items[i]
		if x.Line != want.line || want.refused == "" && (x.Refused != "" || x.Question.Answer != want.answer) || !strings.Contains(x.Refused, want.refused) {
			t.Errorf("第 %d 道：%+v", i+1, x)
		}
	}
}

func FuzzGIFT(f *testing.F) {
	for _, s := range []string{"::a::b{=c ~d ~e####f}", "x{T}", "x{#3:1}", "{", "x{=a -> b =c -> d}", "$CATEGORY: a/b\n\nq{}", `\{`, "x{~%50%a~%50%b}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		items, err := GIFT([]byte(s))
		if err != nil {
			return
		}
		for _, x := range items {
			if x.Refused == "" && len(x.Question.Sound()) > 0 {
				t.Errorf("收下了不能用的题：%+v", x)
			}
		}
	})
}

func FuzzAiken(f *testing.F) {
	for _, s := range []string{"q\nA) a\nB) b\nANSWER: A", "A) a", "ANSWER: B", "q\n\nA. x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		items, err := Aiken([]byte(s))
		if err != nil {
			return
		}
		for _, x := range items {
			if x.Refused == "" && len(x.Question.Sound()) > 0 {
				t.Errorf("收下了不能用的题：%+v", x)
			}
		}
	})
}
