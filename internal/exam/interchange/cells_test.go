package interchange

import (
	"reflect"
	"strings"
	"testing"

	"fadu/internal/exam/bank"
	"fadu/internal/exam/grade"
	"fadu/internal/law"
)

// questions are those of the program and one of every other form.
func questions(t testing.TB) []bank.Question {
	t.Helper()
	all, err := bank.All()
	if err != nil {
		t.Fatal(err)
	}
	return append(all, others()...)
}

func others() []bank.Question {
	common := bank.Question{Topic: "占道经营", Chapter: "第二章", Level: 2, Explain: "见条文。", Refs: []string{"XZCF-55-1"}, Basis: "本市市容标准", From: law.MustDate("2021-07-15")}
	match, material, analysis, drafting, order := common, common, common, common, common
	match.Type, match.Stem = bank.Match, "把期限和事项配起来。"
	match.Pairs, match.Spare = []bank.Pair{{Left: "先行登记保存", Right: "七日"}, {Left: "立案后作出决定", Right: "九十日"}, {Left: "催告", Right: "十日"}}, []string{"三十日"}
	material.Type, material.Stem, material.Text = bank.Material, "阅读材料，回答问题。", "某日，执法人员在学校门口\n发现一名摊贩。"
	material.Parts = []bank.Part{
		{Type: bank.Single, Stem: "先做什么？", Options: []string{"亮证", "收秤", "拍照"}, Answer: "A", Points: 2},
		{Type: bank.Fill, Stem: "应由____名以上执法人员，____。", Blanks: [][]string{{"两", "二"}, {"出示证件"}}, Points: 3},
		{Type: bank.Judgement, Stem: "可以当场收秤。", Answer: "错", Points: 1},
	}
	analysis.Type, analysis.Stem, analysis.Text = bank.Analysis, "分析本案。", "一家店把桌子摆到人行道上。"
	analysis.Parts = []bank.Part{{Type: bank.Essay, Stem: "如何定性？", Points: 5, Model: "属于占道经营。", Rubric: []bank.Criterion{{Text: "定性准确", Points: 3}, {Text: "引用条文", Points: 2}}}}
	drafting.Type, drafting.Stem, drafting.Text, drafting.Paper = bank.Drafting, "制作当场处罚决定书。", "某人摆摊，罚款五十元。", "当场处罚决定书"
	drafting.Rubric = []bank.Criterion{{Text: "当事人", Points: 2}, {Text: "违法事实", Points: 3.5}}
	order.Type, order.Stem, order.Options, order.Answer = bank.Order, "排出先后。", []string{"告知", "亮证", "决定"}, "BAC"
	order.Ordering = &bank.Ordering{Policy: grade.OrderPrecedence, Precedence: []string{"BA", "BC"}, Fatal: []string{"AC"}}
	return []bank.Question{match, material, analysis, drafting, order}
}

// TestCellsKeepTheQuestion: a question written as cells and read again is the same question.
func TestCellsKeepTheQuestion(t *testing.T) {
	for _, q := range questions(t) {
		got, faults := FromCells(ToCells(q))
		got.ID = q.ID
		if len(faults) > 0 || !reflect.DeepEqual(got, q) {
			t.Errorf("%s：%v\n得到 %+v\n应是 %+v", q.ID, faults, got, q)
		}
	}
}

// TestOthersAreSound: the questions of this test can be asked, so that what they show holds of real ones.
func TestOthersAreSound(t *testing.T) {
	for _, q := range others() {
		if faults := append(q.Sound(), q.Ready()...); len(faults) > 0 {
			t.Errorf("%s：%v", q.Type.Label(), faults)
		}
	}
}

// TestCellsNameWhatIsWrong: what cannot be read is named at its field, in Chinese.
func TestCellsNameWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct {
		field, value, says string
	}{
		"题型不认得":     {"type", "连词成句", "题型"},
		"难度不认得":     {"level", "很难很难", "难度"},
		"分值不是数":     {"points", "两分半", "分值"},
		"日期不对":      {"from", "2026年13月", "日期"},
		"条文不认得":     {"refs", "本市某条例第三条", "条文"},
		"条文没有条号":    {"refs", "行政处罚法", "条文"},
		"判断答案不是对或错": {"answer", "也许", "判断题"},
	} {
		t.Run(name, func(t *testing.T) {
			cells := Cells{"type": "判断", "stem": "扣押是处罚。", "answer": "错"}
			cells[c.field] = c.value
			_, faults := FromCells(cells)
			if len(faults) != 1 || faults[0].Field != c.field || !strings.Contains(faults[0].Message, c.says) {
				t.Errorf("%+v", faults)
			}
		})
	}
}

// TestParseRef: articles are read as people write them.
func TestParseRef(t *testing.T) {
	for text, want := range map[string]string{
		"行政处罚法第五十一条": "XZCF-51", "《中华人民共和国行政处罚法》第五十一条": "XZCF-51", "行政处罚法第33条第1款": "XZCF-33-1", "XZCF-33-1": "XZCF-33-1",
	} {
		if got, err := ParseRef(text); err != nil || got != want {
			t.Errorf("%s：%q %v，应是 %s", text, got, err, want)
		}
	}
}

func FuzzCells(f *testing.F) {
	f.Add("单选", "题干？", "甲\n乙\n丙", "B", "", "行政处罚法第五十一条")
	f.Add("材料题", "读。", "", "", "单选｜问？｜甲；乙；丙｜A｜2｜｜\n问答｜答｜｜｜5｜范文｜要点=5", "XZCF-51")
	f.Add("填空", "____。", "", "", "", "")
	f.Fuzz(func(t *testing.T, kind, stem, options, answer, parts, refs string) {
		q, faults := FromCells(Cells{"type": kind, "stem": stem, "options": options, "answer": answer, "parts": parts, "blanks": options, "pairs": parts, "rubric": parts, "refs": refs})
		if len(faults) > 0 || len(q.Sound()) > 0 {
			return
		}
		again, faults := FromCells(ToCells(q))
		if len(faults) > 0 || again.Stem != q.Stem || again.Answer != q.Answer || len(again.Options) != len(q.Options) || len(again.Refs) != len(q.Refs) {
			t.Errorf("%+v\n%+v %v", q, again, faults)
		}
	})
}
