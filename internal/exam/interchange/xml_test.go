package interchange

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"fadu/internal/exam/bank"
)

func item(body, declarations string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="q1" title="题">` + declarations + `<itemBody>` + body + `</itemBody></assessmentItem>`
}

func declared(values ...string) string {
	return `<responseDeclaration identifier="R" cardinality="single" baseType="identifier"><correctResponse><value>` + strings.Join(values, "</value><value>") + `</value></correctResponse></responseDeclaration>`
}

const three = `<simpleChoice identifier="a">负责人</simpleChoice><simpleChoice identifier="b">承办人</simpleChoice><simpleChoice identifier="c">当事人</simpleChoice>`

// TestQTIFates: each interaction is read, and what is not is refused with its reason.
func TestQTIFates(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		kind    bank.Type
		answer  string
		refused string
	}{
		"单选":   {item(`<p>谁批准？</p><choiceInteraction responseIdentifier="R" maxChoices="1">`+three+`</choiceInteraction>`, declared("a")), bank.Single, "A", ""},
		"多选":   {item(`<choiceInteraction responseIdentifier="R" maxChoices="0"><prompt>哪些人？</prompt>`+three+`</choiceInteraction>`, declared("c", "a")), bank.Multiple, "AC", ""},
		"判断":   {item(`<p>扣押是处罚。</p><choiceInteraction responseIdentifier="R" maxChoices="1"><simpleChoice identifier="t">正确</simpleChoice><simpleChoice identifier="f">错误</simpleChoice></choiceInteraction>`, declared("f")), bank.Judgement, "错", ""},
		"填空":   {item(`<p>上限是<textEntryInteraction responseIdentifier="R"/>元。</p>`, strings.Replace(declared("二百"), "identifier\"><c", "string\"><c", 1)), bank.Fill, "", ""},
		"排序":   {item(`<orderInteraction responseIdentifier="R"><prompt>排序。</prompt>`+three+`</orderInteraction>`, declared("b", "a", "c")), bank.Order, "BAC", ""},
		"配对":   {item(`<matchInteraction responseIdentifier="R"><prompt>配对。</prompt><simpleMatchSet><simpleAssociableChoice identifier="l1">登记保存</simpleAssociableChoice><simpleAssociableChoice identifier="l2">催告</simpleAssociableChoice></simpleMatchSet><simpleMatchSet><simpleAssociableChoice identifier="r1">七日</simpleAssociableChoice><simpleAssociableChoice identifier="r2">十日</simpleAssociableChoice><simpleAssociableChoice identifier="r3">一月</simpleAssociableChoice></simpleMatchSet></matchInteraction>`, declared("l1 r1", "l2 r2")), bank.Match, "", ""},
		"没有答案": {item(`<p>谁？</p><choiceInteraction responseIdentifier="R" maxChoices="1">`+three+`</choiceInteraction>`, ""), "", "", "correctResponse"},
		"别的交互": {item(`<p>点图。</p><hotspotInteraction responseIdentifier="R"/>`, ""), "", "", "hotspotInteraction"},
	} {
		t.Run(name, func(t *testing.T) {
			items, err := QTI([]byte(c.content))
			if err != nil || len(items) != 1 {
				t.Fatalf("%+v %v", items, err)
			}
			x := items[0]
			if c.refused == "" && (x.Refused != "" || x.Question.Type != c.kind || x.Question.Answer != c.answer) || !strings.Contains(x.Refused, c.refused) {
				t.Errorf("%+v", x)
			}
		})
	}
}

// TestMoodleFates: each type of Moodle's XML is read, and what is not is refused with its line.
func TestMoodleFates(t *testing.T) {
	const file = `<quiz>
<question type="category"><category><text>$course$/法律/当场处罚</text></category></question>
<question type="multichoice"><name><text>甲</text></name><questiontext format="html"><text><![CDATA[<p>谁<b>批准</b>？</p>]]></text></questiontext><single>true</single><answer fraction="100"><text>负责人</text></answer><answer fraction="0"><text>承办人</text></answer></question>
<question type="truefalse"><questiontext><text>扣押是处罚。</text></questiontext><answer fraction="0"><text>true</text></answer><answer fraction="100"><text>false</text></answer></question>
<question type="shortanswer"><questiontext><text>上限是多少？</text></questiontext><answer fraction="100"><text>二百元</text></answer><answer fraction="50"><text>二百</text></answer></question>
<question type="matching"><questiontext><text>配对。</text></questiontext><subquestion><text>登记保存</text><answer><text>七日</text></answer></subquestion><subquestion><text>催告</text><answer><text>十日</text></answer></subquestion><subquestion><text></text><answer><text>一月</text></answer></subquestion></question>
<question type="cloze"><questiontext><text>x</text></questiontext></question>
</quiz>`
	items, err := Moodle([]byte(file))
	if err != nil || len(items) != 5 {
		t.Fatalf("%+v %v", items, err)
	}
	for i, want := range []struct {
		kind            bank.Type
		answer, refused string
		lost            int
	}{{bank.Single, "A", "", 0}, {bank.Judgement, "错", "", 0}, {bank.Fill, "", "", 1}, {bank.Match, "", "", 0}, {"", "", "cloze", 0}} {
		x := items[i]
		if want.refused == "" && (x.Refused != "" || x.Question.Type != want.kind || x.Question.Answer != want.answer || x.Question.Topic != "当场处罚") || !strings.Contains(x.Refused, want.refused) || len(x.Lost) != want.lost || x.Line != i+3 {
			t.Errorf("第 %d 道：%+v", i+1, x)
		}
	}
	if items[0].Question.Stem != "谁批准？" || len(items[3].Question.Spare) != 1 {
		t.Errorf("%+v %+v", items[0].Question, items[3].Question)
	}
}

func packed(files map[string]string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// TestQTIPackage: every item of a package has its fate; a package without a manifest is none.
func TestQTIPackage(t *testing.T) {
	good := item(`<p>谁批准？</p><choiceInteraction responseIdentifier="R" maxChoices="1">`+three+`</choiceInteraction>`, declared("a"))
	items, err := QTI(packed(map[string]string{"imsmanifest.xml": "<manifest/>", "items/1.xml": good, "items/2.xml": "<assessmentItem>"}))
	if err != nil || len(items) != 2 {
		t.Fatalf("%+v %v", items, err)
	}
	refused := 0
	for _, x := range items {
		if x.Refused != "" {
			refused++
		}
	}
	if refused != 1 {
		t.Errorf("%+v", items)
	}
	if _, err := QTI(packed(map[string]string{"1.xml": good})); err == nil || !strings.Contains(err.Error(), "imsmanifest") {
		t.Error(err)
	}
}

// TestBombsAreRefused: small files that would grow while they are read are refused.
func TestBombsAreRefused(t *testing.T) {
	deep := strings.Repeat("<a>", 200) + strings.Repeat("</a>", 200)
	for name, content := range map[string]string{
		"实体":  `<!DOCTYPE quiz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><quiz><question type="essay"><questiontext><text>&b;</text></questiontext></question></quiz>`,
		"层次":  "<quiz>" + deep + "</quiz>",
		"元素":  "<quiz>" + strings.Repeat("<a/>", maxNodes+1) + "</quiz>",
		"别的码": `<?xml version="1.0" encoding="UTF-16"?><quiz/>`,
	} {
		if _, err := Moodle([]byte(content)); err == nil {
			t.Errorf("%s：收下了", name)
		}
	}
	blank := strings.Repeat(" ", 20<<20)
	bomb := packed(map[string]string{"imsmanifest.xml": "<manifest/>", "1.xml": "<a/>" + blank, "2.xml": "<a/>" + blank})
	if len(bomb) > 1<<20 {
		t.Fatalf("炸弹有 %d 字节，不像炸弹", len(bomb))
	}
	if _, err := QTI(bomb); err == nil || !strings.Contains(err.Error(), "MB") {
		t.Errorf("压缩炸弹：%v", err)
	}
}

func FuzzQTI(f *testing.F) {
	f.Add([]byte(item(`<p>谁？</p><choiceInteraction responseIdentifier="R" maxChoices="1">`+three+`</choiceInteraction>`, declared("a"))))
	f.Add([]byte(item(`<textEntryInteraction responseIdentifier="R"/>`, declared("x"))))
	f.Add(packed(map[string]string{"imsmanifest.xml": "<manifest/>", "1.xml": "<assessmentItem/>"}))
	f.Fuzz(func(t *testing.T, content []byte) { sound(t, content, QTI) })
}

func FuzzMoodle(f *testing.F) {
	f.Add([]byte(`<quiz><question type="truefalse"><questiontext><text>a</text></questiontext><answer fraction="100"><text>true</text></answer></question></quiz>`))
	f.Add([]byte(`<quiz><question type="multichoice"><questiontext><text>a</text></questiontext><answer fraction="50"><text>b</text></answer></question></quiz>`))
	f.Fuzz(func(t *testing.T, content []byte) { sound(t, content, Moodle) })
}

func sound(t *testing.T, content []byte, read func([]byte) ([]Item, error)) {
	t.Helper()
	items, err := read(content)
	if err != nil {
		return
	}
	for _, x := range items {
		if x.Refused == "" && len(x.Question.Sound()) > 0 {
			t.Errorf("收下了不能用的题：%+v", x)
		}
	}
}
