package app_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestAdjustmentsExport reads the Excel file of the adjustments back: every adjustment with what was said
// about it, under the heads under which it could be imported.
func TestAdjustmentsExport(t *testing.T) {
	site := openSite(t)
	b, err := site.Browser("legal")
	if err != nil {
		t.Fatal(err)
	}
	const common = `"basis_title":"演示通知","basis_date":"2026-01-05","effective_on":"2026-08-01"`
	for i, body := range []string{
		`{"kind":"delegate","codes":["YS-001"],"counterpart":"演示街道","basis_number":"演1号","handling":"transfer","handling_document":"演1号",` + common + `}`,
		`{"kind":"merge","codes":["YS-003","YS-004"],"into":"YS-005","reason":"=HYPERLINK(1)","basis_number":"演2号","handling":"continue","handling_document":"演2号",` + common + `}`,
	} {
		if err := b.Call("/api/v1/power-adjustments", fmt.Sprint("export", i), body); err != nil || b.Status != 200 {
			t.Fatalf("%v %d %s", err, b.Status, b.Body)
		}
	}
	if err := b.Get("/w/powers/adjustments/export"); err != nil || b.Status != 200 {
		t.Fatalf("%v %d", err, b.Status)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Body))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetList()[0])
	if err != nil || len(rows) != 3 {
		t.Fatalf("%v %q", err, rows)
	}
	cell := func(row int, head string) string {
		i := slices.Index(rows[0], head)
		if i < 0 {
			t.Fatalf("没有“%s”一列：%q", head, rows[0])
		}
		if i >= len(rows[row]) {
			return ""
		}
		return rows[row][i]
	}
	for _, want := range []struct {
		row         int
		head, value string
	}{
		{1, "种类", "合并"},
		{1, "权责编码", "YS-003、YS-004"},
		{1, "并入", "YS-005"},
		{1, "文号", "演2号"},
		{1, "生效日期", "2026-08-01"},
		{1, "状态", "待法制核"},
		{2, "种类", "下放"},
		{2, "承接、移出机关", "演示街道"},
		{2, "办理中的案件", "移送承接机关"},
		{2, "移交文件", "演1号"},
	} {
		if got := cell(want.row, want.head); got != want.value {
			t.Errorf("第%d行“%s”是 %q，应为 %q", want.row, want.head, got, want.value)
		}
	}
	if formula, _ := f.GetCellFormula(f.GetSheetList()[0], "E2"); formula != "" {
		t.Errorf("理由成了公式 %q", formula)
	}
}
