package web

import (
	"strings"
	"testing"
)

// TestCleanText: what people write stays as it is; what nobody sees is dropped; what would make a document
// read otherwise is refused with the place and what to do.
func TestCleanText(t *testing.T) {
	for name, c := range map[string]struct{ in, out, problem string }{
		"扩展区汉字":   {in: "𠮷祥㙍（𫄸）", out: "𠮷祥㙍（𫄸）"},
		"表情组合":    {in: "摊主👨‍👩‍👧👍🏽🇨🇳", out: "摊主👨‍👩‍👧👍🏽🇨🇳"},
		"叠加符号":    {in: "e\u0301 བོད་ཡིག", out: "e\u0301 བོད་ཡིག"},
		"间隔号各种写法": {in: "阿卜杜拉·买买提•艾力‧玉素甫．尼亚孜", out: "阿卜杜拉·买买提•艾力‧玉素甫．尼亚孜"},
		"维吾尔文连接符": {in: "ئابدۇ\u200cللا", out: "ئابدۇ\u200cللا"},
		"蒙古文":     {in: "ᠮᠣᠩᠭᠣᠯ\u180e\u202fᠤᠨ", out: "ᠮᠣᠩᠭᠣᠯ\u180e\u202fᠤᠨ"},
		"全角":      {in: "ＡＢ１２", out: "ＡＢ１２"},
		"头尾的空格":   {in: "　 赵 六\u200b ", out: "赵 六"},
		"聊天软件的零宽": {in: "赵\ufeff六\u2060", out: "赵六"},
		"不相干的连接符": {in: "赵\u200d六", out: "赵六"},
		"换行":      {in: "一\r\n二", out: "一\n二"},
		"空字符":     {in: "赵\x00六", problem: "第 2 个字是看不见的控制字符（U+0000），请删去后重新输入"},
		"倒着显示":    {in: "abc\u202egpj.exe", problem: "第 4 个字是看不见的控制字符（U+202E），请删去后重新输入"},
		"半个字":     {in: "赵\xed\xa0\x80", problem: "有认不出的字符，请重新输入"},
		"替换符":     {in: "赵\ufffd", problem: "第 2 个字认不出来（显示为“�”），请删去后重新输入"},
		"符号塔":     {in: "赵六" + strings.Repeat("\u0301", 9), problem: "第 2 个字上叠加的符号太多，请删去后重新输入"},
	} {
		t.Run(name, func(t *testing.T) {
			out, problem := CleanText(c.in, true)
			if out != c.out || problem != c.problem {
				t.Errorf("%q %q，应是 %q %q", out, problem, c.out, c.problem)
			}
		})
	}
}

// TestLength counts characters as people see them.
func TestLength(t *testing.T) {
	for in, want := range map[string]int{
		"": 0, "赵六": 2, "𠮷㙍": 2, "👨‍👩‍👧": 1, "👍🏽👍": 2, "🇨🇳🇨🇳": 2, "e\u0301a": 2, "葛\U000E0100城": 2, "☀️雨": 2, "１2": 2, "赵 六": 3,
	} {
		if got := Length(in); got != want {
			t.Errorf("%q 有 %d 个字，应是 %d 个", in, got, want)
		}
	}
}
