package scenes_test

import (
	"strings"
	"testing"
)

const (
	kitchenStart = "开记录仪 两人进 亮证 移步 找搭档 问店主 拍照 查控制箱 如实记 走到头 听住户 保密 委托 三步 讲清楚 "
	kitchenEnd   = " 逐项念 说程序 名录 说明白 支持 到场 首违不罚 答复"
)

func TestKitchenFumes(t *testing.T) {
	all := plays(t)
	for _, id := range []string{"kitchen_fumes", "kitchen_fumes_old_law"} {
		for _, c := range []path{
			{"有专用烟道：第一款，责令改正，首违不罚", kitchenStart + "一款 责令一款" + kitchenEnd, "成功", true, true, "", ""},
			{"没有专用烟道：第二款，停做油烟项目", kitchenStart + "二款 责令二款" + kitchenEnd, "成功", false, true, "", ""},
			{"当场罚五千（处罚法第五十一条）", kitchenStart + "一款 当场五千 停下", "中止", true, false, "未告知权利即决定", "XZCF-51-1 XZCF-62-onspot-told"},
			{"当天贴封条（强制法第十八条）", kitchenStart + "一款 贴封条 停下", "中止", true, false, "没有批准就查封", "XZQZ-18-1"},
			{"以罚代管", kitchenStart + "二款 错责令", "处置不当", false, true, "", ""},
			{"泄露投诉人（处罚法第五十条）", strings.Replace(kitchenStart, "保密", "告诉他", 1) + "一款 责令一款" + kitchenEnd, "成功", true, false, "违规泄露投诉人", ""},
			{"手持仪读数定案（处罚法第四十一条）", strings.Replace(kitchenStart, "委托", "手持定罪", 1) + "一款 责令一款" + kitchenEnd, "成功", true, true, "", "XZCF-41-2"},
			{"没有到场复查，首违不罚缺及时改正（处罚法第三十三条）", kitchenStart + "一款 责令一款" + strings.Replace(kitchenEnd, "到场", "打电话", 1), "成功", true, true, "", "XZCF-33-1-first"},
		} {
			t.Run(id+"/"+c.name, func(t *testing.T) { walk(t, all[id], "has_duct", c) })
		}
	}
}
