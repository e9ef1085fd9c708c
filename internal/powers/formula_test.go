package powers

import "testing"

func TestParseFormula(t *testing.T) {
	for _, c := range []struct {
		basis FineBasis
		text  string
		want  Formula
	}{
		{FineRatio, "建设工程造价×[5%,10%]", Formula{Base: "建设工程造价", Low: Whole(5), High: Whole(10), Percent: true}},
		{FineRatio, "工程造价×(0,2%]", Formula{Base: "工程造价", High: Whole(2), LowOpen: true, Percent: true}},
		{FineRatio, "工程合同价款×[0.5%,1%]", Formula{Base: "工程合同价款", Low: MustQuantity("0.5"), High: Whole(1), Percent: true}},
		{FineRatio, "临时建设工程造价×(0,1]倍（可以并处）", Formula{Base: "临时建设工程造价", High: Whole(1), LowOpen: true, Optional: true}},
		{FineRatio, "货值金额×[10,20]倍", Formula{Base: "货值金额", Low: Whole(10), High: Whole(20)}},
		{FineRatio, "应交处理费×3倍以下且≤30000元", Formula{Base: "应交处理费", High: Whole(3), LowOpen: true, Cap: 3_000_000}},
		{FineRatio, "原罚款数额×自责令改正次日起的天数", Formula{Base: "原罚款数额", PerDay: true, Unit: "日"}},
		{FinePerUnit, "每株", Formula{Unit: "株"}},
		{FinePerUnit, "每只3000元（可以并处）", Formula{Unit: "只", Optional: true}},
		{FinePerUnit, "每个泊位10000元", Formula{Unit: "泊位"}},
	} {
		got, err := ParseFormula(c.basis, c.text)
		if err != nil || got.Base != c.want.Base || got.Low != c.want.Low || got.High != c.want.High || got.LowOpen != c.want.LowOpen ||
			got.Percent != c.want.Percent || got.Cap != c.want.Cap || got.PerDay != c.want.PerDay || got.Unit != c.want.Unit || got.Optional != c.want.Optional {
			t.Errorf("%s：%+v %v", c.text, got, err)
		}
	}
	g, err := ParseFormula(FinePerUnit, "每株；一级20万~50万，二级10万~20万，三级5万~10万")
	if err != nil || len(g.Grades) != 3 || g.Grades[1].Min.String() != "100000" || g.Grades[1].Max.String() != "200000" {
		t.Errorf("分级：%+v %v", g, err)
	}
	for _, text := range []string{"", "造价", "造价×[10%,5%]", "造价×[1%,2]", "造价×[1,2%]", "造价×[1,2]", "造价×[1%,2%]倍", "×[1%,2%]", "造价×[1%,0%]"} {
		if got, err := ParseFormula(FineRatio, text); err == nil {
			t.Errorf("“%s”读成了 %+v，应报错", text, got)
		}
	}
}
