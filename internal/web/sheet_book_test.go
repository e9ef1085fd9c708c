package web

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// 多于一张工作表的行数的，接着写下一张：表头各有，一行不少，不多出一张空的；不到的只有一张。
func TestBookOfSeveralSheets(t *testing.T) {
	name := strings.Repeat("很长的表名", 7)
	for _, c := range []struct {
		situation string
		rows      int
		sheets    []int // the rows of each without its heading
	}{
		{"没有行", 0, []int{0}},
		{"正好一张", 9, []int{9}},
		{"多一行", 10, []int{9, 1}},
		{"正好三张", 27, []int{9, 9, 9}},
	} {
		rows := make([][]any, c.rows)
		for i := range rows {
			rows[i] = []any{i, "第" + strconv.Itoa(i) + "行"}
		}
		var out bytes.Buffer
		if err := writeBook(&out, Sheet{Name: name, Head: []string{"序号", "内容"}}, Rows(rows), false, 10, func() error { return nil }); err != nil {
			t.Fatal(err)
		}
		book, err := excelize.OpenReader(&out)
		if err != nil {
			t.Fatal(c.situation, err)
		}
		var sizes []int
		var read [][]string
		for _, tab := range book.GetSheetList() {
			if len([]rune(tab)) > 31 {
				t.Errorf("%s：表名超过 31 个字：%s", c.situation, tab)
			}
			got, err := book.GetRows(tab)
			if err != nil || len(got) == 0 || !slices.Equal(got[0], []string{"序号", "内容"}) {
				t.Fatal(c.situation, tab, got, err)
			}
			sizes, read = append(sizes, len(got)-1), append(read, got[1:]...)
		}
		if d := cmp.Diff(c.sheets, sizes); d != "" {
			t.Errorf("%s：%s", c.situation, d)
		}
		for i, row := range read {
			if row[0] != strconv.Itoa(i) {
				t.Errorf("%s：第 %d 行是 %v", c.situation, i, row)
			}
		}
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	}
}
