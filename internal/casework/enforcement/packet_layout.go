package enforcement

import (
	"fmt"
	"strconv"
	"strings"

	"fadu/internal/casework"
	"fadu/internal/document"
	"fadu/internal/law"
	"fadu/internal/store"
)

func head(p *CourtPacket, title string, demo bool) document.Paper {
	court := ""
	if p.Application != nil {
		court = p.Application.Court
	}
	return document.Paper{
		Layout: document.Form, Header: document.BlackHeader, Organ: p.Organ, Title: title, Demo: demo,
		Blocks: []document.Block{document.Fields{Rows: [][]document.Field{
			{{Label: "案件号", Value: p.Case.CaseNo, Weight: 3}, {Label: "受理法院", Value: court, Weight: 3}},
			{{Label: "被执行人", Value: p.Case.PartyName, Weight: 3}, {Label: "案由", Value: p.Case.PowerName, Weight: 3}},
		}}},
	}
}

// listSheet is the list of the materials in the order in which they are bound, with pages and digest of each.
func listSheet(p *CourtPacket, demo bool) document.Paper {
	out := head(p, "申请强制执行材料清单", demo)
	t := document.Table{Columns: []document.Column{{Title: "序号", Weight: 2, Align: document.Center}, {Title: "材料", Weight: 5}, {Title: "文书", Weight: 6}, {Title: "日期", Weight: 3}, {Title: "页数", Weight: 2, Align: document.Center}, {Title: "摘要（SHA-256）", Weight: 8}}}
	n, pages := 0, 0
	for part, name := range casework.CourtMaterials {
		found := false
		for _, it := range p.Items {
			if it.Part != part+1 {
				continue
			}
			n++
			pages += it.Pages
			t.Rows = append(t.Rows, []string{strconv.Itoa(n), first(!found, name), line(it.Paper.Kind.Label(), it.Paper.DocNo), it.Paper.Dated.String(), strconv.Itoa(it.Pages), grouped(it.Digest)})
			found = true
		}
		if !found {
			t.Rows = append(t.Rows, []string{"", name, "案卷里没有这一项的文书，由承办人另附", "", "", ""})
		}
	}
	out.Blocks = append(out.Blocks, t,
		document.Paragraph{Style: document.Small, Text: fmt.Sprintf("共 %d 件 %d 页，按行政强制法第五十五条第一款的项次排列。摘要是每个 PDF 文件的 SHA-256，用来核对收到的文件和交出的是同一份。", n, pages)},
		document.Signatures{Signers: []document.Signer{{Role: "移交人（签名）", Dated: true}, {Role: "法院接收人（签名）", Dated: true}}})
	return out
}

// checkSheet is the sheet of the pre-check: each material, what is missing, and why the court would send it back.
func checkSheet(p *CourtPacket, demo bool) document.Paper {
	out := head(p, "申请强制执行材料预检表", demo)
	t := document.Table{Columns: []document.Column{{Title: "材料", Weight: 7}, {Title: "案卷里的文书", Weight: 7}, {Title: "预检", Weight: 7}, {Title: "法院退回的常见原因", Weight: 7}}}
	for _, b := range p.Bound {
		var papers []string
		for _, x := range b.Papers {
			papers = append(papers, x.Named())
		}
		t.Rows = append(t.Rows, []string{b.Label, strings.Join(papers, "\n"), b.Verdict(), b.Bounced + "（" + law.Citations{b.Cite}.Han() + "）"})
	}
	out.Blocks = append(out.Blocks, t)
	bad := bounces(p.Bound)
	for _, o := range p.Objections {
		bad = append(bad, o.Message)
	}
	text := "案卷里的文书齐全。没有文书可以核对的（主体资格证明、授权委托书、财产线索），由承办人核对后另附。"
	if len(bad) > 0 {
		text = "还有 " + strconv.Itoa(len(bad)) + " 处会被退回：\n" + strings.Join(bad, "\n")
	}
	out.Blocks = append(out.Blocks, document.Paragraph{Label: "结论", Text: text})
	if p.Application != nil {
		out.Blocks = append(out.Blocks, document.Paragraph{Style: document.Small, Text: "申请日期：" + law.DateOf(store.FromMicros(p.Application.RecordedAt)).Han()})
	}
	return out
}

// Verdict is what the pre-check says of a material.
func (b Bound) Verdict() string {
	switch {
	case !b.Full():
		return "缺：" + strings.Join(b.Lacks, "；")
	case len(b.Papers) == 0:
		return "案卷里没有文书，由承办人核对、另附"
	}
	return "齐"
}

func first(is bool, text string) string {
	if is {
		return text
	}
	return ""
}

func line(a, b string) string { return strings.TrimSpace(a + "\n" + b) }

// grouped writes a digest in groups of eight, so that it breaks into lines and can be compared by eye.
func grouped(digest string) string {
	var out []string
	for len(digest) > 8 {
		out, digest = append(out, digest[:8]), digest[8:]
	}
	return strings.Join(append(out, digest), " ")
}
