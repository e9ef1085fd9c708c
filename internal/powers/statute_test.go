package powers

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"fadu/internal/draft/prose"
)

const sampleStatute = `演示市公园管理条例

（2023年11月30日演示市第十六届人民代表大会常务委员会第十次会议通过　演示市人大常委会公告第12号　自2024年3月1日起施行）

目　录
第一章　总则
第二章　管理

第一章　总则

第一条　为了加强公园管理，制定本条例。
第二条　本条例所称公园，包括：
（一）综合公园；
（二）社区公园。
前款规定以外的绿地，参照执行。

第二章　管理
第三条　禁止下列行为：
（一）攀折花木；
1.折枝；
2.剥皮；
（二）擅自摆卖。
第四条之一　另有规定的除外。
第三条第一款第二项所列行为，由城市管理部门处罚。
第七条　本条例自2024年3月1日起施行。
`

func kindsOf(ls []StatuteLine) string {
	var out []string
	for _, l := range ls {
		out = append(out, string(l.Kind)+":"+l.Number)
	}
	return strings.Join(out, " ")
}

func TestParseStatute(t *testing.T) {
	lines, err := prose.Lines([]byte(sampleStatute))
	must(t, err)
	got := ParseStatute(lines)
	head := map[LineKind]string{}
	for _, l := range got {
		if _, ok := head[l.Kind]; !ok {
			head[l.Kind] = l.Text
		}
	}
	for kind, want := range map[LineKind]string{LineTitle: "演示市公园管理条例", LineIssuer: "演示市人民代表大会常务委员会", LineLevel: "地方性法规", LineFrom: "2024-03-01", LineUntil: ""} {
		if head[kind] != want {
			t.Errorf("%s：%q，应为 %q", kind, head[kind], want)
		}
	}
	if !strings.Contains(head[LineNumber], "公告第12号") {
		t.Errorf("文号 %q", head[LineNumber])
	}
	// 目录不重复，缺的第四、五、六条各留一行，行首的引用不另起一条。
	want := "章:第一章 条:第一条 条:第二条 章:第二章 条:第三条 条:第四条之一 条:第五条 条:第六条 条:第七条"
	if kinds := kindsOf(got); !strings.HasSuffix(kinds, want) && !strings.Contains(kinds, "条:第四条 条:第四条之一 条:第五条 条:第六条 条:第七条") {
		t.Errorf("%s", kinds)
	}
	for _, l := range got {
		switch l.Number {
		case "第四条之一":
			if !strings.Contains(l.Text, "由城市管理部门处罚") || l.Doubt == "" {
				t.Errorf("行首的引用应并入上一条并提示：%+v", l)
			}
		case "第五条", "第六条":
			if l.Text != "" || l.Doubt == "" {
				t.Errorf("缺的条应留空行：%+v", l)
			}
		}
	}
}

func TestParagraphs(t *testing.T) {
	ps := Paragraphs("本条例所称公园，包括：\n（一）综合公园；\n1.市级；\n（二）社区公园。\n前款规定以外的绿地，参照执行。")
	if len(ps) != 2 || len(ps[0].Items) != 2 || ps[0].Items[1].Number != 2 || !strings.Contains(ps[0].Items[0].Text, "市级") || len(ps[1].Items) != 0 {
		t.Errorf("%+v", ps)
	}
}

// docx makes a Word file of one XML part.
func docx(t testing.TB, xml string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	if err == nil {
		_, err = w.Write([]byte(xml))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func wordXML(lines ...string) string {
	var b strings.Builder
	b.WriteString(`<w:document xmlns:w="w"><w:body>`)
	for _, l := range lines {
		fmt.Fprintf(&b, `<w:p><w:r><w:t>%s</w:t></w:r></w:p>`, l)
	}
	return b.String() + `</w:body></w:document>`
}

// FuzzStatute: no file breaks the reader, and what it reads can be put back in order.
func FuzzStatute(f *testing.F) {
	f.Add([]byte(sampleStatute))
	f.Add([]byte("第一条之一第\n第九千条规定"))
	f.Add(docx(f, wordXML("第一条　甲", "（一）乙")))
	f.Fuzz(func(t *testing.T, content []byte) {
		lines, err := prose.Lines(content)
		if err != nil {
			return
		}
		for _, l := range ParseStatute(lines) {
			if l.Kind == "" {
				t.Fatalf("没有类别：%+v", l)
			}
			for _, p := range Paragraphs(l.Text) {
				if p.Text == "" && len(p.Items) == 0 {
					t.Fatalf("空的款：%q", l.Text)
				}
			}
		}
	})
}

// FuzzParseSteps: what is read prints and reads again as the same.
func FuzzParseSteps(f *testing.F) {
	f.Add("立案｜受理线索｜七日内\n决定")
	f.Fuzz(func(t *testing.T, s string) {
		steps, err := ParseSteps(s)
		if err != nil || strings.Contains(s, "—") {
			return
		}
		again, err := ParseSteps(StepsText(steps))
		if err != nil || len(again) != len(steps) {
			t.Fatalf("%q → %q：%v", s, StepsText(steps), err)
		}
	})
}

// A wide space parts the number from who passed the law and when.
func TestStatuteNumberAfterWideSpace(t *testing.T) {
	if got := numberForm.FindString("（2020年1月1日全国人民代表大会常务委员会通过　演示令第3号　自2024年3月1日起施行）"); got != "演示令第3号" {
		t.Errorf("文号读成“%s”", got)
	}
}
