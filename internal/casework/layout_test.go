package casework

import (
	"bytes"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"fadu/internal/document"
	"fadu/internal/law"
	"fadu/internal/testkit"
)

// noticeOf is a content with what only its kind says.
func noticeOf(kind PaperKind) Content {
	c := fullContent(kind)
	switch kind {
	case CorrectionNotice:
		c.Fields = map[string]string{"due": "2026年3月9日", "demand": "清走摊位，恢复通行。"}
	case InquiryNotice:
		c.Fields = map[string]string{"when": "2026年3月3日9时30分", "where": "第一中队", "bring": "身份证件、营业执照；"}
	case ParkingNotice:
		c.FactText = "停放在人行道上30分钟"
		c.Fields = map[string]string{"plate": "演A00001", "where": "第一中队"}
	case CorrectionSlip:
		c.AboutTitle = "当场行政处罚决定书"
		c.About = "演城管当罚字〔2026〕第180号"
		c.Fields = map[string]string{"item": "当事人住址", "was": "和平里3号", "becomes": "和平里13号", "why": "录入时漏字。"}
	case PenaltyNotice, ChangeDecision:
		c.About, c.AboutTitle = "演城管当罚字〔2026〕第180号", "当场行政处罚决定书"
		c.Fields = map[string]string{"decided": "2026年3月1日", "was": "罚款人民币壹佰伍拾元整（￥150）", "becomes": "罚款人民币壹佰元整（￥100）", "item": "事实认定、处罚幅度", "why": "复核照片，占用面积是2平方米，不是4平方米。", "settle": "你（单位）已缴纳罚款￥150，多缴的￥50由本机关依法办理退还。"}
	case PaymentTerms:
		c.About, c.AboutTitle = "演城管当罚字〔2026〕第180号", "当场行政处罚决定书"
		c.Fields = map[string]string{"answer": "同意", "terms": "分期", "when": "2026年3月10日", "plan": "第1期于2026年3月31日前缴纳 50 元；第2期于2026年4月30日前缴纳 50 元"}
	case Revocation:
		c.ReviewFirst = false // a withdrawal is no penalty on the spot
		c.AboutTitle = "当场行政处罚决定书"
		c.About = "演城管当罚字〔2026〕第180号"
		c.Fields = map[string]string{"why": "当事人认定错误"}
	}
	return c
}

// press opens the real fonts, or skips the test in a checkout without them.
func press(t *testing.T) *document.Press {
	t.Helper()
	p, err := document.Open("")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	return p
}

// textOf is what a reader of the PDF can copy out of it.
func textOf(t *testing.T, pdf []byte) []byte {
	t.Helper()
	path, err := exec.LookPath("pdftotext")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("pdftotext（poppler-utils）没有安装")
		}
		t.Skip("pdftotext（poppler-utils）没有安装，没有核对文书的文字")
	}
	cmd := exec.Command(path, "-enc", "UTF-8", "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(out)) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return []byte(strings.Join(lines, "\n") + "\n")
}

func TestPapersSayWhatTheyMust(t *testing.T) {
	s := New(Deps{Press: press(t), BaseURL: "http://fadu.example", Demo: true})
	for _, kind := range paperOrder {
		t.Run(kind.Label(), func(t *testing.T) {
			layout, err := s.layout(noticeOf(kind))
			if err != nil {
				t.Fatal(err)
			}
			if missing := s.Press.Missing(layout); len(missing) > 0 {
				t.Errorf("字库里没有 %q", string(missing))
			}
			at := time.Date(2026, 3, 2, 10, 30, 0, 0, law.Zone)
			pdf, err := s.Press.Render(layout, at)
			if err != nil {
				t.Fatal(err)
			}
			again, err := s.Press.Render(layout, at)
			if err != nil || !bytes.Equal(pdf, again) {
				t.Errorf("同样的内容印出不同的文件：%v", err)
			}
			text := textOf(t, pdf)
			for _, bad := range []string{"{{", "}}", "<no value>", "。。", "；。", "，。", "：。"} {
				if bytes.Contains(text, []byte(bad)) {
					t.Errorf("文书里有“%s”：\n%s", bad, text)
				}
			}
			testkit.Golden(t, "paper_"+string(kind)+".txt", text)
		})
	}
}

// TestPapersLookAsTheyDid holds the pages of real papers against pictures: all of the street's and one of each layout of
// the ordinary procedure.
func TestPapersLookAsTheyDid(t *testing.T) {
	s := New(Deps{Press: press(t), BaseURL: "http://fadu.example", Demo: true})
	for _, kind := range append([]PaperKind{"penalty_notice", "service_receipt", "court_application"}, pictured...) {
		t.Run(kind.Label(), func(t *testing.T) {
			content := noticeOf(kind)
			if !slices.Contains(paperOrder, kind) {
				content = sampleContent(t, kind)
			}
			layout, err := s.layout(content)
			if err != nil {
				t.Fatal(err)
			}
			pdf, err := s.Press.Render(layout, time.Date(2026, 3, 2, 10, 30, 0, 0, law.Zone))
			if err != nil {
				t.Fatal(err)
			}
			testkit.GoldenPages(t, string(kind), pdf)
		})
	}
}

// What changes with the case: how it is paid, who is warned, what the party said.
func TestDecisionFollowsTheCase(t *testing.T) {
	s := New(Deps{BaseURL: "http://fadu.example"})
	for _, c := range []struct {
		name        string
		change      func(*Content)
		has, hasNot string
	}{
		{"罚款写大写和小写", func(*Content) {}, "☑罚款人民币壹佰元整（￥100）", "☑警告"},
		{"警告没有缴款方式", func(c *Content) { c.Warning, c.Fine = true, 0 }, "本决定没有罚款", "☑罚款"},
		{"当场收缴写明专用票据", func(c *Content) { c.PayBy = PayCash }, "☑当场收缴（出具财政部门统一制发的专用票据", "☑自收到"},
		{"不当场收缴写明加处罚款", func(*Content) {}, "每日按罚款数额的百分之三加处罚款，加处罚款的数额不超过罚款的数额", "☑当场收缴"},
		{"没有陈述申辩写无", func(c *Content) { c.Heard, c.Review = NothingSaid, "" }, "当事人陈述申辩：无。", "经复核"},
		{"有陈述申辩写原话和复核", func(*Content) {}, "“知道错了，请从轻处理。”经复核：配合改正的情节予以采纳。", "陈述申辩：无"},
		{"先复议后诉讼", func(*Content) {}, "应当先自收到本决定书之日起六十日内向演示区人民政府申请行政复议", "也可以在六个月内"},
		{"从新从轻写明", func(c *Content) { c.LawChoice = "新规定处罚较轻，适用新规定" }, "（新规定处罚较轻，适用新规定）", "{{"},
		{"单位写法定代表人", func(c *Content) {
			c.IDLabel, c.IDNumber, c.LegalRep = "统一社会信用代码", "91990107MA0000011A", "演示法人"
		}, "统一社会信用代码 91990107MA0000011A", "居民身份证"},
	} {
		content := fullContent(OnSpotDecision)
		c.change(&content)
		p, err := s.layout(content)
		if err != nil {
			t.Fatalf("%s：%v", c.name, err)
		}
		text := blocksText(p.Blocks)
		if !strings.Contains(text, c.has) || strings.Contains(text, c.hasNot) {
			t.Errorf("%s：应有“%s”，没有“%s”：\n%s", c.name, c.has, c.hasNot, text)
		}
	}
}

func blocksText(blocks []document.Block) string {
	var b strings.Builder
	for _, block := range blocks {
		switch x := block.(type) {
		case document.Fields:
			for _, row := range x.Rows {
				for _, f := range row {
					b.WriteString(f.Label + "：" + f.Value + "\n")
				}
			}
		case document.Paragraph:
			b.WriteString(x.Text + "\n")
		}
	}
	return b.String()
}

// Every kind has a text on any day since the law of 2021 (the decision since the law of 2024 that puts
// reconsideration first).
func TestEveryKindHasItsText(t *testing.T) {
	texts, err := Texts()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range paperOrder {
		if _, err := texts.At(string(kind), law.MustDate("2026-01-01")); err != nil {
			t.Errorf("%s：%v", kind.Label(), err)
		}
	}
	if len(paperLabels) != len(paperOrder) {
		t.Errorf("名称有 %d 种", len(paperLabels))
	}
	for _, kind := range texts.Kinds() {
		if _, ordinary := FormOf(PaperKind(kind)); !ordinary && paperLabels[PaperKind(kind)] == "" {
			t.Errorf("有文本而没有这一种文书：%s", kind)
		}
	}
}
