package casework

import (
	"slices"
	"testing"

	"fadu/internal/law"
)

// fullContent is a decision that says all that the law wants.
func fullContent(kind PaperKind) Content {
	return Content{
		Kind: kind, Organ: "演示市演示区城市管理综合执法局", Number: "演城管当罚字〔2026〕第186号", Code: "XJZ0ZAVVD1N13TBB7", Dated: law.MustDate("2026-03-02"), Demo: true,
		PartyKind: "公民", PartyName: "演示·郑某", IDLabel: "居民身份证", IDNumber: "990107198001010017", PartyAddress: "演示区和平里3号", PartyPhone: "19900000001",
		ActOn: "2026年3月2日", FoundAt: "2026年3月2日10时15分", Place: "演示区青石路8号门前", FactText: "当事人在人行道摆摊，占用2平方米", Cause: "对占用道路摆摊设点行为的处罚",
		Violated: "《演示市市容条例》第二十一条第一款", Basis: "《演示市市容条例》第四十二条第一款", Benchmark: "适用《演示市城市管理行政处罚裁量基准》YS-001，裁量阶次为从轻：占用面积2平方米",
		Heard: "知道错了，请从轻处理", Review: "配合改正的情节予以采纳", Correct: "当场改正", Footage: "DSJ-0101", Educated: "讲明有关规定和危害", Ending: "违法行为轻微，当场改正",
		Fine: law.Yuan(100), PayBy: PayCode, PayDays: 15, ReviewOrgan: "演示区人民政府", Court: "演示区人民法院", ReviewDays: 60, ReviewFirst: true,
		Officers: []ContentOfficer{{"演示赵某", "99010700001"}, {"演示钱某", "99010700002"}},
	}
}

func TestContentLacks(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Content)
		want   []string
	}{
		{"齐全", func(*Content) {}, nil},
		{"只警告，没有数额也齐全", func(c *Content) { c.Warning, c.Fine = true, 0 }, nil},
		{"没有违法事实", func(c *Content) { c.FactText = "" }, []string{"当事人的违法行为"}},
		{"没有处罚种类", func(c *Content) { c.Fine = 0 }, []string{"行政处罚的种类和依据", "罚款数额"}},
		{"没有依据", func(c *Content) { c.Basis = "" }, []string{"行政处罚的种类和依据"}},
		{"没有违法时间", func(c *Content) { c.ActOn = "" }, []string{"时间"}},
		{"没有作出日期", func(c *Content) { c.Dated = law.Date{} }, []string{"时间"}},
		{"没有地点", func(c *Content) { c.Place = "" }, []string{"地点"}},
		{"没有复议机关", func(c *Content) { c.ReviewOrgan = "" }, []string{"申请行政复议、提起行政诉讼的途径和期限"}},
		{"没有法院", func(c *Content) { c.Court = "" }, []string{"申请行政复议、提起行政诉讼的途径和期限"}},
		{"没有复议期限", func(c *Content) { c.ReviewDays = 0 }, []string{"申请行政复议、提起行政诉讼的途径和期限"}},
		{"没有机关名称", func(c *Content) { c.Organ = "" }, []string{"行政机关名称"}},
		{"只有一名执法人员", func(c *Content) { c.Officers = c.Officers[:1] }, []string{"执法人员"}},
		{"什么都没有", func(c *Content) { *c = Content{} }, []string{"当事人的违法行为", "行政处罚的种类和依据", "罚款数额", "时间", "地点", "申请行政复议、提起行政诉讼的途径和期限", "行政机关名称", "执法人员"}},
	} {
		content := fullContent(OnSpotDecision)
		c.change(&content)
		if got := content.Lacks(); !slices.Equal(got, c.want) {
			t.Errorf("%s：缺 %v，应缺 %v", c.name, got, c.want)
		}
	}
}

func TestSentences(t *testing.T) {
	for in, want := range map[string]string{"": "", "  ": "", "占用道路": "占用道路。", "占用道路。": "占用道路。", "占用道路；": "占用道路。", "占用道路，": "占用道路。", "真的吗？": "真的吗？", "说“不知道”": "说“不知道”", "占用道路.": "占用道路。"} {
		if got := sentence(in); got != want {
			t.Errorf("sentence(%q) = %q，应为 %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"": "", "带身份证。": "带身份证", "带身份证": "带身份证", "带身份证；": "带身份证", "甲、乙、": "甲、乙"} {
		if got := bare(in); got != want {
			t.Errorf("bare(%q) = %q，应为 %q", in, got, want)
		}
	}
}
