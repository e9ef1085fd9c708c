package scenes_test

import (
	"slices"
	"strings"
	"testing"

	"fadu/internal/training/scene"
)

func acts(names string) (out []scene.Act) {
	for _, n := range strings.Fields(names) {
		out = append(out, scene.Act{Action: n, Dt: 3})
	}
	return out
}

// A seed whose session has the value of the variable.
func seedWith(t *testing.T, p *scene.Play, name string, value any) uint64 {
	t.Helper()
	for seed := range uint64(100) {
		if p.Begin(seed).Vars[name] == value {
			return seed
		}
	}
	t.Fatalf("没有种子使 %s=%v", name, value)
	return 0
}

const vendorStart = "开记录仪 两人同去 亮证 招呼 共情 查询 拍照 测量 记录 同办 讲清 疏导点 帮推 呼叫指挥中心 降调 "

// path is one way through a scene: how it ends, what is fatal, and which rules are not kept.
type path struct {
	name, acts, end string
	value           any // of the variable
	passed          bool
	fatal           string
	broken          string
}

func TestStreetVendor(t *testing.T) {
	p := plays(t)["street_vendor"]
	for _, c := range []path{
		{"首违：教育改正、不予立案", vendorStart + "教育改正 说清 登记办结 留卡片", "成功", true, true, "", ""},
		{"第三次：告知、听取、五十元、交付、缴款码", vendorStart + "当场罚款 逐项告知 记下申辩 填决定书 念给她听 缴款码 留位置", "成功", false, true, "", ""},
		{"第三次还按首违办，规则第三十三条不认", vendorStart + "教育改正再犯 说清 登记办结 留卡片", "成功", false, true, "", "XZCF-33-1-declined"},
		{"首违却当场罚款，合法而不妥", vendorStart + "当场罚款初次 逐项告知 记下申辩 填决定书 念给她听 缴款码 留位置", "成功", true, true, "", ""},
		{"没有亮证就处罚（第五十二条）", strings.Replace(vendorStart, "亮证 ", "", 1) + "当场罚款 逐项告知 记下申辩 填决定书 念给她听 缴款码 留位置", "成功", false, false, "未亮证即处罚", "XZCF-55-1 XZCF-52-1-certificate"},
		{"没有告知就决定（第四十四条、第六十二条）", vendorStart + "当场罚款 不解释 记下申辩 填决定书 念给她听 缴款码 留位置", "成功", false, false, "未告知权利即决定", "XZCF-62-onspot-told"},
		{"当场罚三百（第五十一条）", vendorStart + "当场罚三百 认错", "中止", true, false, "未告知权利即决定", "XZCF-51-1 XZCF-62-onspot-told XZCF-62-onspot-heard"},
		{"登记保存整车杨梅（第五十六条）", vendorStart + "登记保存 硬拖", "升级", true, false, "无依据登记保存物品", "XZCF-56-risk XZCF-56-approved"},
		{"私收现金（第七十条）", vendorStart + "当场罚款 逐项告知 记下申辩 填决定书 念给她听 收现金", "处置不当", false, false, "私收罚款", "XZCF-70"},
		{"翻看手机（第四十六条）", "开记录仪 两人同去 亮证 招呼 共情 翻手机 拍照 测量 记录 同办 讲清 疏导点 帮推 降调 教育改正 说清 登记办结 留卡片", "成功", true, true, "", "XZCF-46-3 XZCF-33-1-looked-up"},
		{"没有证据就处理（第四十条）", "开记录仪 两人同去 亮证 招呼 共情 查询 回去再补 同办 讲清 疏导点 帮推 降调 教育改正 说清 登记办结 留卡片", "成功", true, true, "", "处理要有证据"},
	} {
		t.Run(c.name, func(t *testing.T) { walk(t, p, "first_violation", c) })
	}
}

// walk goes a path and compares.
func walk(t *testing.T, p *scene.Play, variable string, c path) {
	t.Helper()
	s, _, err := p.Replay(seedWith(t, p, variable, c.value), acts(c.acts))
	if err != nil {
		t.Fatalf("%v，走到 %s", err, s.Beat)
	}
	r := p.Score(s)
	if s.End != c.end || r.Passed != c.passed || c.fatal != "" && !slices.Contains(r.Fatal, c.fatal) || c.fatal == "" && len(r.Fatal) > 0 {
		t.Errorf("%s，%+v，%v", s.End, r.Total, r.Fatal)
	}
	var broken []string
	for _, h := range s.Hits {
		if !h.Passed && h.Severity != scene.Minor {
			broken = append(broken, h.Rule)
		}
	}
	for _, want := range strings.Fields(c.broken) {
		if !slices.Contains(broken, want) {
			t.Errorf("规则 %s 没有说话：%v", want, broken)
		}
	}
	if c.broken == "" && c.passed && len(broken) > 0 {
		t.Errorf("不该有：%v", broken)
	}
}
