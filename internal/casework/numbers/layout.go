package numbers

import (
	"fmt"
	"strings"

	"fadu/internal/document"
	"fadu/internal/law"
)

// layout is the register as it is printed.
func layout(organ string, year int64, rows []Number, tally Tally, on law.Date, demo bool) document.Paper {
	t := document.Table{Columns: []document.Column{{Title: "案件号", Weight: 5}, {Title: "申请日期、申请人", Weight: 4}, {Title: "当事人、案由", Weight: 6}, {Title: "承办单位", Weight: 4}, {Title: "去向", Weight: 6}}}
	for _, n := range rows {
		t.Rows = append(t.Rows, []string{n.Name(), lines(applied(n.AppliedOn()), n.Applicant), lines(n.PartyName, n.Matter()), n.Unit, lines(append([]string{n.State.Label()}, n.remarks()...)...)})
	}
	if len(rows) == 0 {
		t.Rows = [][]string{{"这一年没有编号", "", "", "", ""}}
	}
	return document.Paper{
		Layout: document.Form, Header: document.BlackHeader, Organ: organ, Title: fmt.Sprintf("案件号登记簿（%d年）", year), Demo: demo,
		Blocks: []document.Block{
			document.Paragraph{Style: document.Flush, Text: tally.Text() + "。编号申请立案时取得，一号一案，不重号、不跳号；没有用的号照列，写明去向。"},
			t,
			document.Paragraph{Style: document.Small, Text: "打印日期：" + on.Han()},
			document.Signatures{Signers: []document.Signer{{Role: "登记人（签名）", Dated: true}, {Role: "核对人（签名）", Dated: true}}},
		},
	}
}

// applied is the day of the application; the year stands in the title.
func applied(on law.Date) string {
	if on.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d月%d日", int(on.Month()), on.Day())
}

// remarks are the lines that tell what became of the number, beside its state.
func (n Number) remarks() []string {
	var out []string
	if n.State == Failed {
		out = append(out, n.Reason)
	}
	for _, e := range n.Why {
		out = append(out, e.Text())
	}
	if !n.Explained() {
		out = append(out, "待说明")
	}
	if len(n.Parts) > 0 {
		out = append(out, "分出 "+strings.Join(n.Parts, "、"))
	}
	return out
}

func lines(texts ...string) string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return strings.Join(out, "\n")
}
