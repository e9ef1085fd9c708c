package legalreview

import (
	"strings"
	"testing"
)

// 审核发现有问题的，写明依据哪一条（住建部令第55号第二十四条、第二十五条）；没有问题的不必。
func TestOpinion有问题的要写明依据(t *testing.T) {
	for _, c := range []struct {
		name, outcome string
		point         LegalReviewPoint
		refused       bool
	}{
		{"符合规定，改正别的", "改正", LegalReviewPoint{Finding: "符合规定"}, false},
		{"没有写结论", "改正", LegalReviewPoint{}, false},
		{"不涉嫌犯罪", "补充调查", LegalReviewPoint{Finding: "不涉嫌犯罪"}, false},
		{"不符合，没有依据", "改正", LegalReviewPoint{Finding: "不符合：裁量理由不充分"}, true},
		{"不清，依据不是条文", "补充调查", LegalReviewPoint{Finding: "不清：处置量没有核算", Cite: "有关规定"}, true},
		{"超越权限，写明了条", "移送", LegalReviewPoint{Finding: "超越：不属于本机关管", Cite: "行政处罚法第十七条"}, false},
		{"同意的不问", Agreed, LegalReviewPoint{Finding: "基本符合"}, false},
	} {
		err := OpinionInput{Points: []LegalReviewPoint{{Finding: "符合"}, c.point}, Reason: "理由"}.check(c.outcome)
		if (err != nil) != c.refused {
			t.Errorf("%s：%v", c.name, err)
		}
		if c.refused && err != nil && !strings.Contains(err.Error(), "第 2 项") {
			t.Errorf("%s：没有指明哪一项：%v", c.name, err)
		}
	}
}
