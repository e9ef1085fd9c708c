package scene

import (
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

const tweeStory = `:: StoryTitle
夜市一角

:: StoryData
{"ifid": "D674C58C-DEFA-4F70-B7A2-27742230C0FC", "format": "SugarCube", "start": "到场"}

:: 到场 [卢大姐] {"position":"100,100"}
<<set $calm to true>>同志，我就卖一会儿。
* [[先问候->问候]]
* [[收走<-直接收秤]]
* [[问候]]

:: 问候 [卢大姐 second]
您可以[[看看证件|证件][$seen to true]]，也可以等。 // 平常的话
[[去外面看->https://example.org/]] [[没有写的一段]]

:: 证件
(set: $x to (1 + 2))看过了。
[[好->办结]]

:: 收走 [升级]
围观的人多了。
\:: 这一行不是段落

:: 办结 [成功]
她笑了。

:: 样式 [stylesheet]
body { color: red }

:: StoryInit
<<set $a to 1>>
`

// A story becomes a draft that can be looked at and not be published, with nothing lost in silence.
func TestFromTwee(t *testing.T) {
	draft, notes, err := FromTwee(tweeStory)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Parse(draft)
	if err != nil {
		t.Fatalf("%v\n%s", err, draft)
	}
	if s.ID != "twee_d674c58c" || s.Title != "夜市一角" || s.Start != "到场" || s.Version != 1 || len(s.Beats) != 5 || !s.SetOn.IsZero() {
		t.Errorf("%+v", s)
	}
	first := s.Beats[0]
	if first.Speaker != "卢大姐" || first.Say.In("平静") != "同志，我就卖一会儿。" || len(first.Choices) != 3 {
		t.Errorf("%+v", first)
	}
	for i, want := range [][2]string{{"先问候", "问候"}, {"直接收秤", "收走"}, {"问候", "问候"}} {
		if c := first.Choices[i]; c.Text != want[0] || c.Goto != want[1] || c.Quality != "" || c.Why != "" {
			t.Errorf("第 %d 个选择：%+v", i+1, c)
		}
	}
	second := s.Beats[1]
	if second.Say.In("平静") != "您可以看看证件，也可以等。 // 平常的话" || len(second.Choices) != 2 || second.Choices[0].Goto != "证件" || !second.Choices[1].Stay || second.Choices[1].Goto != "" {
		t.Errorf("%+v", second)
	}
	if s.Beats[2].Speaker != "旁白" || s.Beats[2].Say.In("平静") != "看过了。" {
		t.Errorf("%+v", s.Beats[2])
	}
	if s.Beats[3].End == nil || s.Beats[3].End.Kind != EndEscalate || !strings.Contains(s.Beats[3].Say.In("平静"), ":: 这一行不是段落") || s.Beats[4].End.Kind != EndSuccess {
		t.Errorf("%+v", s.Beats[3:])
	}
	all := strings.Join(notes, "\n")
	for _, want := range []string{
		"还要写的：set_on", "第 4 行：StoryData 的 format 没有带过来", "第 7 行：“到场”里的<<set>>没有带过来", "第 13 行：标签 second", "第 14 行：链接“看看证件”里改变量", "第 15 行：到外面网址的链接“去外面看”",
		"第 15 行：链接“没有写的一段”要去的“没有写的一段”没有写", "第 17 行：“证件”里的(set:)没有带过来", "第 28 行：“样式”是故事工具的专用段落", "第 31 行：“StoryInit”是故事工具的专用段落",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("没有说明：%s\n%s", want, all)
		}
	}
	if strings.Join(s.Todo, "\n") != all {
		t.Error("草稿里的 todo 不是这些说明")
	}
	p, err := Compile(s, testJudge(t))
	if err != nil {
		t.Fatal(err)
	}
	faults := ""
	for _, f := range p.Lint() {
		faults += f.String() + "\n"
	}
	for _, want := range []string{"还没有写完：Twee 里没有", "没有写为什么", "设定日期"} {
		if !strings.Contains(faults, want) {
			t.Errorf("检查没有说：%s\n%s", want, faults)
		}
	}
}

// A finished scene with a line of todo left is not finished.
func TestTodoForbidsPublishing(t *testing.T) {
	s, err := Parse([]byte("todo: 结局还要改\n" + small))
	if err != nil {
		t.Fatal(err)
	}
	p, err := Compile(s, testJudge(t))
	if err != nil {
		t.Fatal(err)
	}
	if faults := p.Lint(); len(faults) == 0 || faults[0].String() != "还没有写完：结局还要改" {
		t.Errorf("%v", faults)
	}
}

func TestFromTweeRefuses(t *testing.T) {
	many := strings.Repeat("x", maxPassageID+1)
	var passages strings.Builder
	for i := range MaxBeats + 1 {
		passages.WriteString(":: p" + strings.Repeat("i", i%50) + string(rune('一'+i)) + "\n")
	}
	for _, c := range []struct{ name, text, want string }{
		{"没有段落", "", "没有一个讲现场的段落"},
		{"只有标题", ":: StoryTitle\n甲", "没有一个讲现场的段落"},
		{"段落没有名称", ":: a\nx\n::\n", "第 3 行：段落没有名称"},
		{"只有标签", ":: [甲]\n", "第 1 行：段落没有名称"},
		{"名称太长", ":: " + many, "第 1 行：段落的名称超过 60 个字"},
		{"写了两次", ":: a\n:: b\n:: a\n", "第 3 行：段落“a”写了两次"},
		{"标签没有写完", ":: a [甲\n", "第 1 行：标签的方括号没有写完"},
		{"名称以后读不懂", ":: a [甲] 乙\n", "第 1 行：段落名称、标签以后有读不懂的文字"},
		{"链接没有写完", ":: a\n好\n[[去b\n:: b\n", "第 3 行：链接的方括号没有写完"},
		{"链接没有去处", ":: a\n[[去->]]\n", "第 2 行：链接没有文字或者没有写去哪里"},
		{"故事数据不是 JSON", ":: StoryData\n{\n:: a\n", "第 1 行：StoryData 应是一段 JSON"},
		{"开始的段落没有", ":: a\nx\n:: StoryData\n{\"start\":\"b\"}\n", "第 3 行：StoryData 的 start 写的是“b”，没有这个段落"},
		{"段落太长", ":: a\n" + strings.Repeat("字", maxPassage+1), "第 1 行：段落“a”有 2001 个字，超过 2000 个"},
		{"段落太多", passages.String(), "第 201 行：段落超过 200 个"},
		{"太大", strings.Repeat(" ", maxTwee+1), "故事超过 256 KB"},
		{"不是 UTF-8", ":: a\n\xff", "故事应是 UTF-8"},
	} {
		if _, _, err := FromTwee(c.text); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s：%v，应是 %s", c.name, err, c.want)
		}
	}
}

func TestFromTweeNotes(t *testing.T) {
	links := strings.Repeat("[[a]]\n", MaxChoices+1)
	for _, c := range []struct{ name, text, want string }{
		{"段落以前的文字", "前言\n:: a [成功]\n", "第 1 行：第一个段落以前的文字没有带过来"},
		{"没有链接也没有结局", ":: a\nx\n", "第 1 行：“a”没有链接，也没有写是什么结局"},
		{"结局又有链接", ":: a [成功]\n[[a]]\n", "第 1 行：“a”标着结局“成功”，又有链接"},
		{"链接太多", ":: a\n" + links, "第 14 行：“a”的链接超过 12 个"},
		{"注释、图片、网页标记、变量", ":: a [成功]\n/* x */<!-- y -->[img[p.png]]<b>$名 $n</b>", "第 1 行：“a”里的注释、图片、网页标记、变量 $n没有带过来"},
		{"宏里的链接照样是选择", ":: a\n<<link [[甲->b]]>><</link>>\n:: b [成功]\n", "第 1 行：“a”里的<<link>>没有带过来"},
		{"脚本段落", ":: a [成功]\n:: s [script]\nalert(1)", "第 2 行：“s”是故事工具的专用段落"},
	} {
		draft, notes, err := FromTwee(c.text)
		if err != nil || !strings.Contains(strings.Join(notes, "\n"), c.want) {
			t.Errorf("%s：%v %v", c.name, err, notes)
			continue
		}
		s, err := Parse(draft)
		if err != nil {
			t.Errorf("%s：%v", c.name, err)
			continue
		}
		if strings.Contains(c.name, "照样是选择") && (len(s.Beats[0].Choices) != 1 || s.Beats[0].Choices[0].Goto != "b" || s.Beats[0].Choices[0].Text != "甲") {
			t.Errorf("%s：%+v", c.name, s.Beats[0])
		}
	}
	if _, notes, _ := FromTwee(":: a\n" + strings.Repeat("[[没有|x]]\n[[没有2|y]]\n", 1)); len(notes) != 3 {
		t.Errorf("%q", notes)
	}
}

func TestIsTwee(t *testing.T) {
	for text, want := range map[string]bool{
		":: 甲\n": true, "\uFEFF:: 甲": true, "前言\n::甲": true, "": false, "id: a\ntitle: '::'\n": false, "  :: 甲": false, `{"id":"::a"}`: false, small: false,
	} {
		if IsTwee([]byte(text)) != want {
			t.Errorf("%q：不是 %v", text, want)
		}
	}
}

// Whatever is taken over can be read and compiled, stays within the bounds, and cannot be published as it is.
func FuzzTwee(f *testing.F) {
	f.Add(tweeStory)
	f.Add(":: a [成功]\n(a:(b:(c:\n:: b\n[[x->a][$y]]<<a>><</a>>")
	f.Add("::a\\[b\\] [t\\]u] {}\n\\::x\n[[a<-b<-c->d|e]]")
	f.Add(":: a\n[img[x][y]]/*<!--*/-->\x00\u0085\u2028")
	f.Add("::~\n::null\n[[~]][[null]]\n::true\n::1\n:: StoryData\n{\"ifid\":1}")
	judge := testJudge(f)
	f.Fuzz(func(t *testing.T, in string) {
		draft, notes, err := FromTwee(in)
		if err != nil {
			return
		}
		if len(notes) == 0 || len(notes) > maxTweeNotes+2 {
			t.Fatalf("%d 条说明", len(notes))
		}
		s, err := Parse(draft)
		if err != nil {
			t.Fatalf("读不回来：%v\n%s", err, draft)
		}
		p, err := Compile(s, judge)
		if err != nil {
			t.Fatalf("不能演练：%v\n%s", err, draft)
		}
		if len(p.Lint()) == 0 {
			t.Fatal("草稿可以发布")
		}
		var again tweeDraft
		if err := yaml.Unmarshal(draft, &again); err != nil || len(again.Beats) != len(s.Beats) || again.Start != s.Start {
			t.Fatalf("%v", err)
		}
		for i, b := range again.Beats {
			if got := s.Beats[i]; got.ID != b.ID || got.Say.In("平静") != b.Say || len(got.Choices) != len(b.Choices) {
				t.Fatalf("%+v 读成 %+v", b, got)
			}
		}
	})
}
