package casework

import (
	"testing"

	"fadu/internal/law/lawtest"
)

var noticeTables = []lawtest.Table{
	{Rule: "XZCF-44-parts", Article: "行政处罚法第44条", Cases: cases{
		pass("通过：齐全", `{"missing_notice_parts":[]}`),
		refuse("不通过：缺一项", `{"missing_notice_parts":["日期"]}`, "补齐"),
		open("未载明", `{}`),
	}},
	simple("MOHURD55-22-report", "住建部令第55号第22条；行政处罚法第44条", "notice_matches_report", "报批"),
	{Rule: "XZCF-44-kept", Article: "行政处罚法第44条、第45条第1款、第62条", Cases: cases{
		pass("通过：法制退回补充调查，补的是手续，什么都没有变", `{"worse_than_notice":false,"untold_evidence":[]}`),
		refuse("不通过：补充调查认定了没有告知的事实", `{"worse_than_notice":true,"untold_evidence":[]}`, "重新告知"),
		refuse("不通过：事实照旧，又采信了新的证据", `{"worse_than_notice":false,"untold_evidence":["4．邻居证言"]}`, "邻居证言"),
		open("没有比较", `{"untold_evidence":[]}`),
		open("没有查新证据", `{"worse_than_notice":false}`),
	}},
	{Rule: "XZCF-44-drafted", Article: "行政处罚法第44条；住建部令第55号第22条", Cases: cases{
		pass("通过：告知书已经送达", `{"draft_punishes":true,"informed":true}`),
		pass("通过：拟不予处罚，不告知", `{"draft_punishes":false,"informed":false}`),
		refuse("不通过：没有送达告知书就拟定处罚", `{"draft_punishes":true,"informed":false}`, "先出具告知书"),
		open("没有告知的记载", `{"draft_punishes":true}`),
		open("没有写明拟定什么", `{"informed":false}`),
	}},
	simple("XZCF-4-kind-proposed", "行政处罚法第4条、第38条第1款", "penalty_provided", "改选"),
	{Rule: "MOHURD55-22-points", Article: "住建部令第55号第22条；行政处罚法第45条第1款", Cases: cases{
		pass("通过：齐全", `{"unanswered_points":[]}`),
		refuse("不通过：缺一项", `{"unanswered_points":["日期"]}`, "逐点"),
		open("未载明", `{}`),
	}},
	simple("MOHURD55-22-written", "住建部令第55号第22条", "defence_review_written", "书面"),
}

// 以前的调查终结报告用自己的话写处罚：写了的种类才能告知（55号令22）。
func TestOldReportNamesWhatIsTold(t *testing.T) {
	for _, x := range []struct {
		words, kinds string
		want         bool
	}{
		{"建议罚款人民币伍万贰仟元", "罚款", true},
		{"建议警告并处罚款200元", "警告;罚款", true},
		{"建议警告", "罚款", false},
		{"建议警告并处罚款200元", "罚款", false},
		{"建议罚款5万元", "罚款;责令停产停业", false},
		{"建议没收违法所得3000元", "没收违法所得", false}, // the amount is nowhere to compare
		{"按规定处理", "罚款", false},
	} {
		if got := (Penalty{Kinds: x.kinds}).NamedIn(x.words); got != x.want {
			t.Errorf("报告写“%s”，告知%s：%v", x.words, x.kinds, got)
		}
	}
}
