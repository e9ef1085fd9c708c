package scenes_test

import (
	"strings"
	"testing"
)

const (
	roofStart    = "开记录仪 两人敲门 亮证 说来意 征得同意 清边沿 "
	roofBuilding = roofStart + "认在建 责令停建 放稳 "
	roofBuilt    = roofStart + "认既成 不写停 "
	roofFacts    = "同查 宽心 拍照 测量 勘验 查许可 分清 不说谁 函询规划 "
	roofDecision = " 书面告知 记下复核 送审 作决定 留置 "
	roofDown     = "公告 等够 书面催告 听取核实 报责成 执行决定 白天拆 清单移交"
	roofEarly    = roofBuilding + roofFacts + "报立案" + roofDecision + "上门问 "
	roofLate     = roofBuilt + roofFacts + "报立案既成" + roofDecision + "上门劝 "
)

func TestRooftopRoom(t *testing.T) {
	p := plays(t)["rooftop_room"]
	not := strings.Replace
	for _, c := range []path{
		{"正在搭：当即停建，决定送达以后自己拆", roofEarly + "分步拆 收起伞 到场查", "成功", true, true, "", ""},
		{"搭好三年：公告、期满、催告、责成、白天拆（强制法第四十四条）", roofLate + roofDown, "成功", false, true, "", ""},
		{"用脚抵门进住宅（民法典第一千零三十三条）", "开记录仪 两人敲门 亮证 推门 认错", "中止", true, false, "擅自进入住宅", ""},
		{"没有批准就扣电钻（强制法第十八条）", roofStart + "认在建 抢电钻 认错", "中止", true, false, "没有批准就扣押", "XZQZ-18-1 在建当即停"},
		{"建成三年还开停工通知（规划法第六十四条）", not(roofBuilt, "不写停", "误停既成", 1) + roofFacts + "报立案既成" + roofDecision + "上门劝 " + roofDown, "成功", false, true, "", ""},
		{"没有亮证就勘验（处罚法第五十五条）", not(roofEarly, "亮证 ", "", 1) + "分步拆 收起伞 到场查", "成功", true, true, "", "XZCF-55-1"},
		{"交钱保留，以罚代拆（规划法第六十四条）", not(roofEarly, "函询规划", "交钱保留", 1) + "分步拆 收起伞 到场查", "成功", true, true, "", "不以罚代拆 认定先于告知"},
		{"说出投诉人（处罚法第五十条）", not(roofEarly, "不说谁", "说出来", 1) + "分步拆 收起伞 到场查", "成功", true, false, "违规泄露投诉人", ""},
		{"没有告知就贴决定（处罚法第四十四条、第六十二条）", roofBuilding + roofFacts + "报立案 直接贴 认错", "中止", true, false, "未告知权利即决定", "XZCF-62-told XZCF-62-heard"},
		{"没有法制审核就决定（处罚法第五十八条）", not(roofEarly, "送审", "队长同意", 1) + "分步拆 收起伞 到场查", "成功", true, true, "", "XZCF-58-1"},
		{"不签就塞门缝（民事诉讼法第八十九条）", not(roofEarly, "留置", "塞门缝", 1) + "分步拆 收起伞 到场查", "成功", true, true, "", "MSSS-89-proof"},
		{"三十日一过就拆（强制法第四十四条、规划法第六十八条）", roofLate + "明天拆", "处置不当", false, true, "", "XZQZ-44-announced XZQZ-44-expired CXGH-68"},
		{"只等复议期限（强制法第四十四条）", roofLate + not(roofDown, "等够", "等六十日", 1), "处置不当", false, true, "", "XZQZ-44-expired"},
		{"停水停电（强制法第四十三条第二款）", roofLate + "断水电 认错", "中止", false, false, "断水断电逼拆", "XZQZ-43-2"},
		{"没有催告、没有听取（强制法第三十五条、第三十六条）", roofLate + not(not(roofDown, "书面催告", "够了", 1), "听取核实", "老一套", 1), "处置不当", false, true, "", "催告先于执行 XZQZ-36"},
		{"没有政府责成（规划法第六十八条）", roofLate + not(roofDown, "报责成", "自己定", 1), "处置不当", false, true, "", "CXGH-68"},
		{"没有强制执行决定书就动手（强制法第三十七条）", roofLate + not(roofDown, "执行决定", "不写书", 1), "处置不当", false, true, "", "决定先于实施"},
		{"春节拆（强制法第四十三条第一款）", roofLate + not(roofDown, "白天拆 清单移交", "假日拆 认错", 1), "中止", false, false, "夜间、节假日强制拆除", "XZQZ-43-1"},
		{"事后补勘验记录（处罚法第五十五条）", not(roofEarly, "勘验", "回去补", 1) + "分步拆 收起伞 到场查", "成功", true, false, "伪造证据", "查清再报 XZCF-40"},
	} {
		t.Run(c.name, func(t *testing.T) { walk(t, p, "under_construction", c) })
	}
}
