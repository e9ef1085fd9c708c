package document

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// wide is the metric of the tests: full-width characters one cell, ASCII half a cell.
func wide(r rune) int {
	if r < 0x80 {
		return cell / 2
	}
	return cell
}

func texts(lines []Line) []string {
	var out []string
	for _, l := range lines {
		out = append(out, string(l.Runes))
	}
	return out
}

func TestBreak(t *testing.T) {
	cases := []struct {
		name  string
		cells int
		text  string
		want  []string
	}{
		{"正好一行", 6, "当事人已改正", []string{"当事人已改正"}},
		{"行内另有标点时句号挤进行末", 6, "当，人已改正。复查合格", []string{"当，人已改正。", "复查合格"}},
		{"只有一个句号挤不出一格，带字推出", 6, "当事人已改正。复查合格", []string{"当事人已改", "正。复查合格"}},
		{"句号和引号一起挤进", 6, "说：“已改正了。”复查", []string{"说：“已改正", "了。”复查"}},
		{"两个标点挤不下就带字推出", 6, "某人说已改正》。复查", []string{"某人说已改", "正》。复查"}},
		{"逗号不在行首", 4, "一二三四，五六七", []string{"一二三", "四，五六", "七"}},
		{"问号叹号不压缩，带字推出", 4, "一二三四？五六七", []string{"一二三", "四？五六", "七"}},
		{"左书名号不在行末", 4, "依据了《条例》的", []string{"依据了", "《条例》", "的"}},
		{"左括号不在行末", 4, "当事人（甲）说", []string{"当事人", "（甲）说"}},
		{"连续左括号不在行末", 5, "当事人“《甲》”说", []string{"当事人", "“《甲》”", "说"}},
		{"省略号不拆开", 4, "他说了……后来", []string{"他说", "了……后", "来"}},
		{"破折号不拆开", 4, "他说了——后来", []string{"他说了", "——后来"}},
		{"四个破折号可在中间断", 4, "他说————后", []string{"他说——", "——后"}},
		{"文号整个不断", 14, "现已依据演城管当罚字〔2026〕第186号执行", []string{"现已依据", "演城管当罚字〔2026〕第186号", "执行"}},
		{"比一行还长的文号在六角括号前断", 8, "依据演城管当罚字〔2026〕第186号", []string{"依据演城管当罚字", "〔2026〕第186号"}},
		{"国务院文号不断", 10, "依照的是国办发〔2018〕118号文件", []string{"依照的是", "国办发〔2018〕118号", "文件"}},
		{"证件号码不断", 12, "身份证号990101198801010019", []string{"身份证号", "990101198801010019"}},
		{"信用代码不断", 12, "信用代码为91990100MADEM00K4L", []string{"信用代码为", "91990100MADEM00K4L"}},
		{"金额不断", 7, "罚款合计￥52,000.00元整", []string{"罚款合计", "￥52,000.00元", "整"}},
		{"数与单位不断", 6, "占地面积为120平方米左右", []string{"占地面积为", "120平方米左", "右"}},
		{"隔一个空格的单位不断", 6, "占地面积为 1,260 平方米", []string{"占地面积为", "1,260 平方米"}},
		{"日期的数与年月日不断", 5, "于本月内2026年5月", []string{"于本月内", "2026年5月"}},
		{"第几号不断", 5, "青石路门牌第88号", []string{"青石路门牌", "第88号"}},
		{"起止数不断", 6, "罚款幅度是50—185元", []string{"罚款幅度是", "50—185元"}},
		{"英文单词不断", 5, "设备Recorder编号", []string{"设备", "Recorder编", "号"}},
		{"单词间在空格处断，空格不占行首行末", 5, "DSJ recorder no two", []string{"DSJ", "recorder", "no two"}},
		{"比一行还长的网址在斜杠后断", 6, "见http://localhost/v/7KD4", []string{"见http://", "localhost/v/", "7KD4"}},
		{"比一行还长的编码逐字断", 4, "码91990100MADEM00K4L", []string{"码919901", "00MADEM0", "0K4L"}},
		{"全角空格在行末消失", 4, "当事人甲　住址", []string{"当事人甲", "住址"}},
		{"不断行符粘住姓名", 4, "当事人" + NoBreak("郑某某"), []string{"当事人", "郑某某"}},
		{"换行符当空格", 6, "一二\n三四", []string{"一二 三四"}},
		{"只有空格没有行", 6, "　 　", nil},
		{"空文字没有行", 6, "", nil},
		{"全是句号也不死循环", 3, "。。。。。。。", []string{"。。。", "。。。", "。"}},
		{"百分号跟着数", 5, "按日加处罚3%的款", []string{"按日加处罚", "3%的款"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := texts(Break(c.text, c.cells*cell, c.cells*cell, wide))
			if !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestBreak首行缩进(t *testing.T) {
	got := texts(Break("一二三四五六七八九", 4*cell, 6*cell, wide))
	if want := []string{"一二三四", "五六七八九"}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestBreak两端对齐(t *testing.T) {
	lines := Break("一二三《四五六》七八九十一二", 6*cell, 6*cell, wide)
	for _, l := range lines[:len(lines)-1] {
		if l.Width != 6*cell {
			t.Errorf("%q is %d wide", string(l.Runes), l.Width)
		}
	}
	if last := lines[len(lines)-1]; !last.Last || last.Width != len(last.Runes)*cell {
		t.Errorf("last line %q is %d wide", string(last.Runes), last.Width)
	}
	if ragged := BreakRagged("一二三四五《六》七八九十一二", 6*cell, wide)[0]; ragged.Width != 5*cell {
		t.Errorf("ragged %q is %d wide", string(ragged.Runes), ragged.Width)
	}
}

func TestBreak挤进时行末标点先让(t *testing.T) {
	l := Break("当，人已改正。复", 6*cell, 6*cell, wide)[0]
	if l.Width != 6*cell || l.Advances[6] != cell/2 || l.Advances[1] != cell/2 {
		t.Errorf("%q %v", string(l.Runes), l.Advances)
	}
}

// alphabet mixes everything that the rules speak of.
var alphabet = []rune("甲乙丙丁城管罚字第号年月日元米平方个工作日，。、；：？！（）《》“”〔〕【】…—·%￥ 　0123456789abcXYZ-./,()" + string(wordJoiner))

// checkLines holds the promises of Break against one result.
func checkLines(t interface{ Fatalf(string, ...any) }, text string, first, rest int, lines []Line) {
	strip := func(s string) string {
		return strings.NewReplacer(" ", "", "　", "", string(wordJoiner), "", "\n", "").Replace(s)
	}
	if got := strings.Join(texts(lines), ""); strip(got) != strip(text) {
		t.Fatalf("text changed:\n%q\n%q", text, got)
	}
	for i, l := range lines {
		width := rest
		if i == 0 {
			width = first
		}
		if len(l.Runes) == 0 || len(l.Runes) != len(l.Advances) {
			t.Fatalf("line %d of %q is empty or uneven: %v", i, text, l)
		}
		sum := 0
		for _, a := range l.Advances {
			sum += a
		}
		if sum != l.Width || sum > width && len(l.Runes) > 1 {
			t.Fatalf("line %q is %d wide, says %d, allowed %d", string(l.Runes), sum, l.Width, width)
		}
		if l.Last != (i == len(lines)-1) {
			t.Fatalf("Last of line %d of %d is %v", i, len(lines), l.Last)
		}
		forced := l.Forced || i > 0 && lines[i-1].Forced
		if forced {
			continue
		}
		if i > 0 && strings.ContainsRune(notAtStart, l.Runes[0]) {
			t.Fatalf("line begins with %c: %q in %q", l.Runes[0], texts(lines), text)
		}
		if end := l.Runes[len(l.Runes)-1]; !l.Last && strings.ContainsRune(notAtEnd, end) {
			t.Fatalf("line ends with %c: %q in %q", end, texts(lines), text)
		}
		if i > 0 && isWord(l.Runes[0]) && isWord(lines[i-1].Runes[len(lines[i-1].Runes)-1]) && !strings.ContainsAny(text, " 　\n") {
			t.Fatalf("word broken: %q in %q", texts(lines), text)
		}
		if !l.Last && l.Width < width && width-l.Width <= cell/2 && strings.Count(string(l.Runes), "甲") > 2 {
			t.Fatalf("line %q not justified: %d of %d", string(l.Runes), l.Width, width)
		}
	}
}

func TestBreak性质(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, 120).Draw(t, "text"))
		rest := rapid.IntRange(1, 30).Draw(t, "rest") * cell
		first := rest - rapid.IntRange(0, 2).Draw(t, "indent")*cell
		lines := Break(text, first, rest, wide)
		checkLines(t, text, first, rest, lines)
	})
}

func FuzzBreak(f *testing.F) {
	f.Add("依据《演示市市容条例》第四十二条，罚款￥150.00元。", 10)
	f.Add("。。。。（（（（", 1)
	f.Add(" \u2060 \u2060", 2)
	f.Fuzz(func(t *testing.T, text string, cells int) {
		if cells < 1 || cells > 60 || len(text) > 4000 {
			t.Skip()
		}
		text = strings.ToValidUTF8(text, "")
		lines := Break(text, cells*cell, cells*cell, wide)
		checkLines(t, text, cells*cell, cells*cell, lines)
	})
}

func TestBreak数字不拆(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		token := rapid.SampledFrom([]string{"（演城管当罚字〔2026〕第186号）", "￥52,000.00元", "990101198801010019", "1,260平方米", "2026年", "91990100MADEM00K4L", "C-115-01", "3个工作日", "50—185元"}).Draw(t, "token")
		before := strings.Repeat("甲", rapid.IntRange(0, 40).Draw(t, "before"))
		lines := Break(before+token+strings.Repeat("乙", 30), 26*cell, 28*cell, wide)
		if !slices.ContainsFunc(texts(lines), func(s string) bool { return strings.Contains(s, token) }) {
			t.Fatalf("%s broken: %q", token, texts(lines))
		}
	})
}
