package casework_test

import (
	"strings"
	"testing"

	"fadu/internal/casework"
)

// 接口和页面收一样长的字：页面的输入框限多少字，接口也限多少字，多一个字就指明是哪一项。
func TestCallsAreAsLongAsForms(t *testing.T) {
	type asked struct {
		Title  string `json:"title" label:"事项" ask:"need"`
		Reason string `json:"reason" label:"理由" ask:"need long"`
		Office string `json:"office" label:"机关" ask:"20"`
	}
	long := func(n int) string { return strings.Repeat("𠮷", n) }
	for _, c := range []struct {
		name, want string
		in         asked
	}{
		{"都填满", "", asked{long(200), long(1000), long(20)}},
		{"一行多一个字", "事项最多 200 个字，现在有 201 个", asked{long(201), long(1), ""}},
		{"一段多一个字", "理由最多 1000 个字，现在有 1001 个", asked{long(1), long(1001), ""}},
		{"自定长度多一个字", "机关最多 20 个字，现在有 21 个", asked{long(1), long(1), long(21)}},
		{"没有填写", "请填写理由", asked{long(1), "", ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := casework.Lacking(c.in)
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("答复 %v，应为 %q", err, c.want)
			}
		})
	}
}
