package document

import (
	"strings"
	"testing"
	"time"
)

func TestPageCount(t *testing.T) {
	p := press(t, "")
	for _, lines := range []int{1, 120} {
		paper := Paper{Layout: Letter, Header: BlackHeader, Organ: "演示局", Title: "目录", Blocks: []Block{Paragraph{Text: strings.Repeat("一行文字\n", lines)}}}
		out, err := p.Print(paper, time.Unix(0, 0))
		if err != nil {
			t.Fatal(err)
		}
		if got := PageCount(out.PDF); got != out.Pages {
			t.Errorf("%d lines: %d pages counted, %d printed", lines, got, out.Pages)
		}
	}
	if n := PageCount([]byte("%PDF-1.7\nnot ours")); n != 0 {
		t.Errorf("a foreign file has %d pages", n)
	}
}
