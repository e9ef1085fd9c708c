package dossier

import (
	"strings"
	"testing"

	"fadu/internal/casework"
	"fadu/internal/document"
	"fadu/internal/law"
)

func TestContents(t *testing.T) {
	paper := func(kind casework.PaperKind, no string) casework.Paper {
		return casework.Paper{Kind: kind, DocNo: no, State: casework.PaperIssued, Dated: law.MustDate("2026-07-10"), SealedAt: 1}
	}
	hand := paper("interview_record", "")
	hand.HandFill = "𠮷"
	revoked := paper("penalty_decision", "演城管罚字〔2026〕第1号")
	revoked.State = casework.PaperRevoked
	f := File{Organ: "演示局", CaseNo: "演城管立字〔2026〕第1号", Party: "演示·甲", Cause: "擅自占道堆放物料", Lines: numbered([]Line{lineOf(paper("filing_approval", "演城管立字〔2026〕第1号"), 2), lineOf(revoked, 3), lineOf(hand, 1), lineOf(paper("evidence_list", ""), 0)})}
	if f.Pages() != 6 || f.Name() != "演示·甲擅自占道堆放物料案" {
		t.Errorf("%d 页，%s", f.Pages(), f.Name())
	}
	var rows []string
	for _, b := range f.contents(true).Blocks {
		if t, ok := b.(document.Table); ok {
			for _, r := range t.Rows {
				rows = append(rows, strings.Join(r, "|"))
			}
		}
	}
	want := []string{
		"1|演示局|立案审批表|演城管立字〔2026〕第1号|2026-07-10|1—2|", "2|演示局|行政处罚决定书|演城管罚字〔2026〕第1号|2026-07-10|3—5|已撤销",
		"3|演示局|询问笔录||2026-07-10|6|有字手填", "4|演示局|",
	}
	if len(rows) != len(want) {
		t.Fatalf("%q", rows)
	}
	for i := range want {
		if !strings.HasPrefix(rows[i], want[i]) {
			t.Errorf("第%d行 %q，要 %q", i+1, rows[i], want[i])
		}
	}
	if !strings.HasSuffix(rows[3], "||纸质原件附卷，页数装订时填写") {
		t.Errorf("没有页的：%q", rows[3])
	}
	closing := f.closing(true)
	if p, ok := closing.Blocks[1].(document.Paragraph); !ok || !strings.Contains(p.Text, "第2件行政处罚决定书") || strings.Contains(p.Text, "第1件") {
		t.Errorf("备考表：%+v", closing.Blocks[1])
	}
	empty := File{}
	if p, ok := empty.closing(true).Blocks[1].(document.Paragraph); !ok || p.Text != "目录与卷内文书相符。" || len(empty.contents(true).Blocks) != 2 {
		t.Error("空的案卷")
	}
}
