package document

import (
	"slices"
	"strings"
	"testing"

	"fadu/internal/fault"
	"fadu/internal/law"
)

type sampleParty struct{ Name, Sex string }

func (p sampleParty) Whole() string { return p.Name + "（" + p.Sex + "）" }

type sampleView struct {
	Party    sampleParty
	Facts    string
	Fine     law.Money
	Day      law.Date
	Minor    bool
	Evidence []struct{ Name string }
	Number   string
}

func filled() sampleView {
	return sampleView{
		Party: sampleParty{"郑某某", "男"}, Facts: "占道经营", Fine: law.Yuan(150), Day: law.MustDate("2026-05-02"),
		Evidence: []struct{ Name string }{{"照片"}, {"笔录"}}, Number: "演城管当罚字〔2026〕第186号",
	}
}

const goodTexts = `
- kind: onspot_decision
  title: 当场行政处罚决定书
  from: 2021-07-15
  until: 2026-08-14
  layout: form
  header: black
  copies: 一式两份。
  blocks:
    - fields:
        label: 当事人
        rows:
          - [{label: 姓名, value: "{{.Party.Name}}", weight: 2}, {label: 性别, value: "{{.Party.Sex}}"}]
          - [{label: 备注, value: ""}]
    - label: 违法事实
      text: |
        {{.Day.Han}}，{{.Party.Whole}}
        {{.Facts}}。

        证据：{{range .Evidence}}{{.Name}}、{{end}}等，见{{nobreak .Number}}。
    - text: "{{if .Minor}}当事人不满十八周岁。{{end}}"
      style: strong
    - slot: signatures
- kind: onspot_decision
  title: 当场行政处罚决定书
  from: 2026-08-15
  until:
  layout: form
  header: black
  blocks:
    - text: 罚款{{.Fine.Han}}。
`

func TestTexts按日期取版本并填写(t *testing.T) {
	ts, err := ParseTexts([]byte(goodTexts), filled())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(ts.Kinds(), []string{"onspot_decision"}) {
		t.Errorf("kinds %q", ts.Kinds())
	}
	old, err := ts.At("onspot_decision", law.MustDate("2026-08-14"))
	if err != nil {
		t.Fatal(err)
	}
	sign := Signatures{Signers: []Signer{{Role: "当事人"}}}
	p, err := old.Fill(filled(), map[string][]Block{"signatures": {sign}})
	if err != nil {
		t.Fatal(err)
	}
	if p.Title != "当场行政处罚决定书" || p.Layout != Form || p.Header != BlackHeader || p.Copies != "一式两份。" || len(p.Blocks) != 3 {
		t.Fatalf("%+v", p)
	}
	fields := p.Blocks[0].(Fields)
	if fields.Label != "当事人" || fields.Rows[0][0] != (Field{"姓名", "郑某某", 2}) || fields.Rows[1][0].Value != "" {
		t.Errorf("fields %+v", fields)
	}
	want := "2026年5月2日，郑某某（男）占道经营。\n证据：照片、笔录、等，见" + NoBreak("演城管当罚字〔2026〕第186号") + "。"
	if got := p.Blocks[1].(Paragraph); got.Text != want || got.Label != "违法事实" {
		t.Errorf("got  %q\nwant %q", got.Text, want)
	}
	now, err := ts.At("onspot_decision", law.MustDate("2026-08-15"))
	if err != nil {
		t.Fatal(err)
	}
	if p, err := now.Fill(filled(), nil); err != nil || p.Blocks[0].(Paragraph).Text != "罚款壹佰伍拾元整。" {
		t.Errorf("%+v %v", p, err)
	}
	if _, err := ts.At("onspot_decision", law.MustDate("2021-07-14")); !fault.Is(err, fault.NotFound) {
		t.Errorf("before the first version: %v", err)
	}
	if _, err := ts.At("poster", law.MustDate("2026-01-01")); !fault.Is(err, fault.NotFound) {
		t.Errorf("unknown kind: %v", err)
	}
	for name, slots := range map[string]map[string][]Block{"少给": {}, "多给": {"signatures": nil, "photos": nil}} {
		if _, err := old.Fill(filled(), slots); err == nil {
			t.Errorf("slots %s: filled", name)
		}
	}
}

func TestTexts有错就拒(t *testing.T) {
	block := func(b string) string {
		return "- {kind: a, title: 甲, from: 2021-01-01, layout: letter, header: red, blocks: [" + b + "]}"
	}
	version := func(from, until string) string {
		return "- {kind: a, title: 甲, from: " + from + ", until: " + until + ", layout: letter, header: red}\n"
	}
	cases := []struct{ name, yaml, want string }{
		{"没有的占位符", block(`{text: "{{.Part.Name}}"}`), "没有“.Part.Name”这个占位符"},
		{"没有的下级占位符", block(`{text: "{{.Party.Nmae}}"}`), "里没有 Nmae"},
		{"未走到的分支也查", block(`{text: "{{if .Minor}}{{.Guardian}}{{end}}"}`), "没有“.Guardian”"},
		{"else 分支也查", block(`{text: "{{if .Facts}}甲{{else}}{{.Guardian}}{{end}}"}`), "没有“.Guardian”"},
		{"循环里也查", block(`{text: "{{range .Evidence}}{{.Nmae}}{{end}}"}`), "没有“.Nmae”"},
		{"循环里经 $ 回到全体", block(`{text: "{{range .Evidence}}{{$.Nope}}{{end}}"}`), "没有“.Nope”"},
		{"不是列表不能循环", block(`{text: "{{range .Facts}}{{end}}"}`), "不是列表"},
		{"栏目里的占位符", block(`{fields: {rows: [[{label: 姓名, value: "{{.Nope}}"}]]}}`), "栏目“姓名”"},
		{"栏目名里的占位符", block(`{fields: {rows: [[{label: "{{.Facts}}", value: 甲}]]}}`), "栏目名不能用占位符"},
		{"不能定义变量", block(`{text: "{{$x := .Facts}}{{$x}}"}`), "不能定义变量"},
		{"没有的函数", block(`{text: "{{shout .Facts}}"}`), "写法不对"},
		{"三者缺一", block(`{label: 甲}`), "有且只有一个"},
		{"三者多一", block(`{text: 甲, slot: b}`), "有且只有一个"},
		{"没有的样式", block(`{text: 甲, style: huge}`), "段落样式"},
		{"插槽用两次", block(`{slot: b}, {slot: b}`), "用了两次"},
		{"没有的键", block(`{txt: 甲}`), "读不懂"},
		{"没有的版式", "- {kind: a, title: 甲, from: 2021-01-01, layout: poster, header: red}", "版式"},
		{"没有的版头", "- {kind: a, title: 甲, from: 2021-01-01, layout: form, header: blue}", "版头"},
		{"没有起日", "- {kind: a, title: 甲, layout: form, header: red}", "from"},
		{"止日早于起日", version("2022-01-01", "2021-01-01"), "早于"},
		{"日期不存在", version("2022-02-30", ""), "读不懂"},
		{"前一版没有止日", version("2021-01-01", "") + version("2022-01-01", ""), "重叠"},
		{"两版同一天", version("2021-01-01", "2022-01-01") + version("2022-01-01", ""), "重叠"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := ParseTexts([]byte(c.yaml), filled())
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestJoinLines(t *testing.T) {
	for in, want := range map[string]string{
		"甲\n乙":              "甲乙",
		"甲\n\n乙\n":          "甲\n乙",
		"甲\n \n\n乙":         "甲\n乙",
		"DSJ\nrecorder\n编号": "DSJ recorder编号",
		"{{.A}}\n{{.B}}":    "{{.A}}{{.B}}",
	} {
		if got := joinLines(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}
