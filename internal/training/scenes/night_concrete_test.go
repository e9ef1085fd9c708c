package scenes_test

import (
	"strings"
	"testing"
)

const (
	nightStart = "开记录仪 先听声 不用测 戴安全帽 请负责人 亮证 说明来意 拍照 核时段 记公告 听工艺 找住建 "
	nightTalk  = " 一分钟 说法理 教办法 "
)

func TestNightConcrete(t *testing.T) {
	all := plays(t)
	for _, id := range []string{"night_concrete", "night_concrete_old_law"} {
		for _, c := range []path{
			{"没有证明：停在安全节点，报立案", nightStart + "无证明 收口" + nightTalk + "报立案 短信", "成功", false, true, "", ""},
			{"抢修抢险：降噪、补公告，登记依据", nightStart + "抢险例外 免办公告" + nightTalk + "登记抢险 短信", "成功", true, true, "", ""},
			{"当场罚一千（处罚法第四十四条）", nightStart + "无证明 当场一千 停下", "中止", false, false, "未告知权利即决定", "XZCF-62-onspot-told"},
			{"封泵车（强制法第十八条）", nightStart + "无证明 封泵车 停下", "中止", false, false, "没有批准就查封", "XZQZ-18-1"},
			{"说出投诉人（处罚法第五十条）", strings.Replace(nightStart, "请负责人", "说投诉人", 1) + "无证明 收口" + nightTalk + "报立案 短信", "成功", false, false, "违规泄露投诉人", ""},
			{"手机测分贝（处罚法第四十一条）", strings.Replace(nightStart, "不用测", "手机测", 1) + "无证明 收口" + nightTalk + "报立案 短信", "成功", false, true, "", "XZCF-41-2"},
			{"没有亮证就检查（处罚法第五十五条）", strings.Replace(nightStart, "亮证 ", "", 1) + "无证明 收口" + nightTalk + "报立案 短信", "成功", false, true, "", "XZCF-55-1"},
			{"不看手续就处理", strings.Replace(nightStart, "核时段", "有证就行", 1) + "无证明 收口" + nightTalk + "报立案 短信", "成功", false, true, "", "查手续再处理"},
			{"先定罚再告知", nightStart + "无证明 收口" + nightTalk + "先罚再说 短信", "成功", false, false, "未告知权利即决定", ""},
		} {
			t.Run(id+"/"+c.name, func(t *testing.T) { walk(t, all[id], "emergency", c) })
		}
	}
}
