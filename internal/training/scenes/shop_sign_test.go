package scenes_test

import (
	"strings"
	"testing"
)

const (
	signStart  = "开记录仪 先排险 拉警戒 请里面等 亮证 打招呼 答应查档 调资料 拍照 测量 写检查记录 分开登记 通报消防 "
	signTalk   = " 当面答复 自己定 看螺栓 "
	signOrder  = " 要批件 责令广告 "
	signEnd    = "报指挥部 避开饭点 一样办 核对锚固 "
	signLeave  = " 按程序 风后再来"
	signStreet = "请街道修" + signTalk + "给告知单" + signOrder
	signOwn    = "让她修" + signTalk + "给通知书" + signOrder
)

func TestShopSign(t *testing.T) {
	p := plays(t)["shop_sign"]
	const street, own = true, false
	for _, c := range []path{
		{"街道装的门头：请街道加固，不记她名下", signStart + signStreet + signEnd + "不是她的事" + signLeave, "成功", street, true, "", ""},
		{"自己装的门头：责令限期修，按期改正不立案", signStart + signOwn + signEnd + "按期改正" + signLeave, "成功", own, true, "", ""},
		{"把招牌当遗洒物锯掉（强制法第五十二条）", "开记录仪 先排险 拉警戒 请里面等 亮证 锯掉 认错", "中止", own, false, "无依据采取强制", "XZQZ-52-object"},
		{"翻看手机取证（处罚法第四十六条）", strings.Replace(signStart, "写检查记录", "翻手机", 1) + signOwn + signEnd + "按期改正" + signLeave, "成功", own, true, "", "XZCF-46-3 查档再定谁修"},
		{"不查档就定谁修（处罚法第四十条）", strings.Replace(signStart, "调资料", "凭印象", 1) + signStreet + signEnd + "不是她的事" + signLeave, "成功", street, true, "", "查档再定谁修"},
		{"没有亮证就检查（处罚法第五十五条）", strings.Replace(signStart, "亮证 ", "", 1) + signOwn + signEnd + "按期改正" + signLeave, "成功", own, true, "", "XZCF-55-1"},
		{"没有拉警戒就进店谈事（处罚法第四十二条）", strings.Replace(signStart, "拉警戒 ", "", 1) + signOwn + signEnd + "按期改正" + signLeave, "成功", own, true, "", "先警戒再办事"},
		{"没有登记设置人、没有查审批就责令广告（市容条例第三十六条）", strings.Replace(signStart, "分开登记", "算面馆的", 1) + signOwn + signEnd + "按期改正" + signLeave, "成功", own, true, "", "责令要有证据"},
		{"强推统一样式（处罚法第四条）", signStart + strings.Replace(signOwn, "自己定", "统一样式", 1) + signEnd + "按期改正" + signLeave, "成功", own, true, "", "不强推样式"},
		{"趁夜强拆（强制法第四十三条）", signStart + strings.Replace(signOwn, "责令广告", "趁夜拆", 1) + "收回", "中止", own, false, "夜间强拆", "XZQZ-43-1"},
		{"给整栋楼断电（强制法第四十三条）", signStart + signOwn + "断楼电 收回", "中止", own, false, "断水断电逼迁", "XZQZ-43-2"},
		{"没有公告就叫吊车强拆（强制法第四十四条）", signStart + signOwn + strings.Replace(signEnd, "报指挥部", "吊车硬拆", 1) + "按期改正" + signLeave, "成功", own, false, "没有公告就强拆", "XZQZ-44-announced"},
		{"当场罚广告公司五千（处罚法第五十一条）", signStart + strings.Replace(signOwn, "责令广告", "当场五千", 1) + "收回", "中止", own, false, "未告知权利即决定", "XZCF-51-1 XZCF-62-onspot-told"},
		{"改好了还当场罚一千（处罚法第五十一条）", signStart + signStreet + signEnd + "罚一千 认错", "中止", street, false, "未告知权利即决定", "XZCF-51-1 XZCF-62-onspot-told"},
		{"没有责令改正就复查（处罚法第二十八条）", signStart + strings.Replace(signStreet, "责令广告", "自己看着办", 1) + signEnd + "不是她的事" + signLeave, "成功", street, true, "", "XZCF-28-1-recheck"},
	} {
		t.Run(c.name, func(t *testing.T) { walk(t, p, "street_installed", c) })
	}
}
