package legalreview

import (
	"reflect"
	"testing"
)

// 用时按意见、按是否采纳分开，中位数、平均数、最长各自算对（55号令第二十五条）。
func TestDaysUsed用时统计(t *testing.T) {
	got := spent([]days{
		{"同意", "不需要采纳", 3, 2}, {"同意", "不需要采纳", 10, 1}, {"改正", "已采纳", 2, 1}, {"改正", "未采纳", 5, 1}, {"改正", "已采纳", 4, 2},
	})
	want := []Spent{
		{"同意", "", 3, 3, 16.0 / 3, 10}, {"改正", "", 4, 4, 15.0 / 4, 5}, {"改正", "已采纳", 3, 4, 10.0 / 3, 4}, {"改正", "未采纳", 1, 5, 5, 5},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if spent(nil) != nil {
		t.Error("nothing took some time")
	}
}
