package powers

import (
	"strings"
	"testing"

	"fadu/internal/law"
)

func TestMilderLaw(t *testing.T) {
	l := starter(t)
	act, decision := day("2026-07-20"), day("2026-09-10")
	for _, c := range []struct {
		name, code, newCode string
		party               Party
		corrected           law.Tri
		use                 Choice
		follows, says       string
	}{
		{"露天烧烤，已改正：法典首档较轻", "CG-382", "CG-171", Citizen, law.True, ChooseNew, "CG-171", "新规定的罚款较轻"},
		{"露天烧烤，已改正，没有选对应事项：两项都较轻", "CG-382", "", Citizen, law.True, ChooseNew, "CG-172", "新规定的罚款较轻"},
		{"露天烧烤，未改正，没有选对应事项：两项不一致", "CG-382", "", Citizen, law.False, ChooseUnclear, "CG-172", "请先选定对应的一项"},
		{"露天烧烤，未改正：法典第二档下限较高", "CG-382", "CG-171", Citizen, law.False, ChooseOld, "CG-171", "新规定的罚款较重"},
		{"提供场地", "CG-382", "CG-172", Organisation, law.True, ChooseNew, "CG-172", "新规定的罚款较轻"},
		{"个人乱倒生活垃圾：法典上限提高", "CG-393", "", Citizen, law.True, ChooseOld, "CG-195", "新规定的罚款较重"},
		{"单位乱倒生活垃圾：法典提高", "CG-392", "", Organisation, law.True, ChooseOld, "CG-193", "适用行为时的规定"},
		{"车辆未密闭：不变", "CG-377", "", Organisation, law.True, ChooseOld, "CG-158", "罚款幅度相同"},
		{"单位未分类投放：前提由情节严重变为拒不改正", "CG-399", "", Organisation, law.True, ChooseNew, "CG-203", "以责令改正后拒不改正为罚款前提"},
	} {
		old, err := l.At(c.code, act)
		if err != nil {
			t.Fatal(err)
		}
		in := TierInput{RangeInput{ActDate: act, Party: c.party}, Circumstances{Corrected: c.corrected}}
		m, err := l.Compare(old, in, decision, c.newCode)
		if err != nil || m == nil {
			t.Errorf("%s：%v %v", c.name, m, err)
			continue
		}
		if m.Use != c.use || m.New.Code != c.follows || !strings.Contains(strings.Join(m.Reasons, "；"), c.says) {
			t.Errorf("%s：%s %s %v", c.name, m.Use, m.New.Code, m.Reasons)
		}
		if len(m.Cite) != 2 || m.Cite[0].Article != 37 || m.Cite[1].Article != 1057 {
			t.Errorf("%s：依据 %v", c.name, m.Cite)
		}
	}
}

func TestMilderLawNotAtIssue(t *testing.T) {
	l := starter(t)
	old, _ := l.At("CG-382", day("2026-07-20"))
	in := TierInput{RangeInput: RangeInput{ActDate: day("2026-07-20"), Party: Citizen}}
	if m, err := l.Compare(old, in, day("2026-08-10"), ""); m != nil || err != nil {
		t.Errorf("决定也在旧法期间，不用比较：%v %v", m, err)
	}
	road, _ := l.At("CG-020", day("2026-07-20"))
	if m, err := l.Compare(road, in, day("2026-09-10"), ""); m != nil || err != nil {
		t.Errorf("法律没有修改，不用比较：%v %v", m, err)
	}
}

func TestCompareRangesUnclear(t *testing.T) {
	m := &MilderChoice{OldRange: Range{Min: 100, Max: 500}, NewRange: Range{Min: 200, Max: 400}}
	m.compareRanges()
	if m.Use != ChooseUnclear {
		t.Errorf("下限升、上限降：%s", m.Use)
	}
	m = &MilderChoice{
		OldRange: Range{Min: 100, Max: 500}, NewRange: Range{Min: 100, Max: 400},
		Old: PowerItem{PenaltyKinds: []string{"罚款"}}, New: PowerItem{PenaltyKinds: []string{"罚款", "没收非法财物"}},
	}
	m.compareRanges()
	if m.Use != ChooseUnclear {
		t.Errorf("罚款轻了、多了没收非法财物：%s", m.Use)
	}
}
