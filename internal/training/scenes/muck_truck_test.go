package scenes_test

import (
	"strings"
	"testing"
)

const (
	muckStart = "开记录仪 呼叫交警 摆锥桶 请停车下来 亮证 说来意 拍照 测量 一起查看 个别问 查登记 "
	muckClear = " 责令清除 立即清洗 说清费用 记下来电 "
	muckEnd   = " 原话记下 说危险 给办法 盖严再走 说对期限 逐项登记 修好就能"
	muckFirm  = "写公司" + muckClear + "向交警核对 未密闭遗撒 "
	muckOwner = "写车主" + muckClear + "留单不罚 未密闭遗撒 "
)

func TestMuckTruck(t *testing.T) {
	all := plays(t)
	const firm, owner = false, true
	for _, id := range []string{"muck_truck", "muck_truck_old_law"} {
		for _, c := range []path{
			{"公司的车：立即代履行、责令改正、报立案", muckStart + muckFirm + "责令公司" + muckEnd, "成功", firm, true, "", ""},
			{"车主已被交警罚过：责令改正、不再罚款", muckStart + muckOwner + "责令车主" + muckEnd, "成功", owner, true, "", ""},
			{"同一趟再罚一次（处罚法第二十九条）", muckStart + "写车主" + muckClear + "各罚各的 未密闭遗撒 责令车主" + muckEnd, "成功", owner, false, "未告知权利即决定", "XZCF-29"},
			{"对个体车主当场罚两千（处罚法第五十一条）", muckStart + muckOwner + "当场两千 当场纠正", "中止", owner, false, "未告知权利即决定", "XZCF-51-1 XZCF-62-onspot-told"},
			{"对公司当场罚两千，没有告知（处罚法第六十二条）", muckStart + muckFirm + "当场两千 当场纠正", "中止", firm, false, "未告知权利即决定", "XZCF-62-onspot-told"},
			{"没有批准就扣车（强制法第十八条）", muckStart + muckFirm + "扣车 当场纠正", "中止", firm, false, "没有批准就扣车", "XZQZ-18-1"},
			{"扣驾驶证（强制法第十七条）", "开记录仪 呼叫交警 摆锥桶 请停车下来 亮证 要驾驶证 当场纠正", "中止", firm, false, "无依据扣押证件", ""},
			{"追车逼停（处罚法第四十二条）", strings.Replace(muckStart, "呼叫交警", "并线逼停", 1) + muckFirm + "责令公司" + muckEnd, "成功", firm, false, "危险拦截", ""},
			{"没有亮证就检查（处罚法第五十五条）", strings.Replace(muckStart, "亮证 ", "", 1) + muckFirm + "责令公司" + muckEnd, "成功", firm, true, "", "XZCF-55-1"},
			{"拿没有审核的抓拍定案（处罚法第四十一条）", strings.Replace(muckStart, "一起查看", "抓拍够了", 1) + muckFirm + "责令公司" + muckEnd, "成功", firm, true, "", "XZCF-41-2 处理要有证据"},
			{"几个人一起询问（住建部令第55号第十七条）", strings.Replace(muckStart, "个别问", "一起问", 1) + muckFirm + "责令公司" + muckEnd, "成功", firm, true, "", "MOHURD55-17-alone 处理要有证据"},
			{"不查登记就定当事人（处罚法第四十条）", strings.Replace(muckStart, "查登记", "看字定人", 1) + muckFirm + "责令公司" + muckEnd, "成功", firm, true, "", "查清车主再定当事人"},
			{"打过招呼就放车（处罚法第八十三条）", muckStart + strings.Replace(muckFirm, "记下来电", "放车", 1) + "误放行" + muckEnd, "成功", firm, false, "徇情放行", ""},
			{"现场收洗扫车的钱（强制法第五十一条）", muckStart + strings.Replace(muckFirm, "说清费用", "现场收钱", 1) + "责令公司" + muckEnd, "成功", firm, false, "私收费用", ""},
			{"剩下的泥倒在路边", muckStart + muckFirm + "责令公司" + strings.Replace(muckEnd, "盖严再走", "倒在路边", 1), "成功", firm, false, "指使违法倾倒", ""},
			{"因申辩加重（处罚法第四十五条）", muckStart + muckFirm + "责令公司" + strings.Replace(muckEnd, "原话记下", "再说加重", 1), "成功", firm, false, "因申辩加重处罚", ""},
		} {
			t.Run(id+"/"+c.name, func(t *testing.T) { walk(t, all[id], "already_fined_for_same_act", c) })
		}
	}
}
