package notice_test

import (
	"strings"
	"testing"

	"fadu/internal/casework/notice"
	"fadu/internal/law"
)

// 拟作的决定同告知的逐项比较（处罚法44、45Ⅱ、62）。
func TestWorse(t *testing.T) {
	told := notice.Told{Kinds: "警告;罚款", Amount: law.Yuan(5000), Facts: "占道经营2平方米", Violated: "第三十二条", Basis: "第五十条"}
	with := func(f func(*notice.Told)) notice.Told {
		n := told
		f(&n)
		return n
	}
	const stop = "警告;罚款;责令停产停业"
	for _, c := range []struct {
		name   string
		now    notice.Told
		worse  string
		raised bool
	}{
		{"一字不改", told, "", false},
		{"罚款多一分", with(func(n *notice.Told) { n.Amount++ }), "罚款数额", true},
		{"罚款减轻", with(func(n *notice.Told) { n.Amount = law.Yuan(3000) }), "", false},
		{"减去一种处罚", with(func(n *notice.Told) { n.Kinds = "罚款" }), "", false},
		{"增加一种处罚", with(func(n *notice.Told) { n.Kinds = "警告;罚款;吊销许可证件" }), "增加吊销许可证件", true},
		{"换成另一种处罚", with(func(n *notice.Told) { n.Kinds, n.Amount = "责令停产停业", 0 }), "增加责令停产停业", true},
		{"数额相同，事实不同", with(func(n *notice.Told) { n.Facts = "占道经营9平方米" }), "事实", false},
		{"数额相同，依据不同", with(func(n *notice.Told) { n.Basis = "第五十一条" }), "依据", false},
		{"查明新的事实以后加重，不是因为申辩", with(func(n *notice.Told) { n.Facts, n.Amount = "占道经营9平方米", law.Yuan(8000) }), "事实、罚款数额", false},
		{"没收违法所得增加", with(func(n *notice.Told) { n.Gains = 1 }), "没收违法所得数额", true},
		{"认定的事实少了一句", with(func(n *notice.Told) { n.Facts = "" }), "", false},
		{"停业的内容没有变", with(func(n *notice.Told) { n.Kinds, n.Contents = stop, "责令停产停业：停止 外运，10日。" }), "", false},
		{"停业的日数少了", with(func(n *notice.Told) { n.Kinds, n.Contents = stop, "责令停产停业：停止外运，5日" }), "", false},
		{"停业的日数多了", with(func(n *notice.Told) { n.Kinds, n.Contents = stop, "责令停产停业：停止外运，60日" }), "责令停产停业的内容", true},
		{"停业的内容换了", with(func(n *notice.Told) { n.Kinds, n.Contents = stop, "责令停产停业：停止施工，10日" }), "责令停产停业的内容", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			told := told
			if c.now.Contents != "" {
				told.Kinds, told.Contents = stop, "责令停产停业：停止外运，10日"
			}
			if got := strings.Join(notice.Worse(told, c.now), "、"); got != c.worse {
				t.Errorf("更不利之处是“%s”，应是“%s”", got, c.worse)
			}
			if got := notice.RaisedByDefence(told, c.now); got != c.raised {
				t.Errorf("因申辩加重：%v", got)
			}
		})
	}
}
