package ending

import (
	"slices"
	"testing"
)

// 移送规定第五条：两名以上核实，同一个人写两遍还是一个人。
func TestNames(t *testing.T) {
	for _, c := range []struct {
		says string
		want []string
	}{
		{"演示甲、演示乙", []string{"演示甲", "演示乙"}},
		{"演示甲，演示甲", []string{"演示甲"}},
		{"演示甲 演示乙；演示甲", []string{"演示甲", "演示乙"}},
		{"", nil},
	} {
		if got := names(c.says); !slices.Equal(got, c.want) {
			t.Errorf("%q：%v，应为 %v", c.says, got, c.want)
		}
	}
}
