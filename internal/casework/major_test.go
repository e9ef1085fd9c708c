package casework

import (
	"testing"

	"fadu/internal/law"
)

// 重大执法决定目录：每一行成立、不成立、没有记载三种情形（行政处罚法第五十八条第一款；国办发〔2018〕118号十二）。
func TestMajor(t *testing.T) {
	day := law.MustDate("2026-09-01")
	facts := func(name string, v law.Tri, more ...string) MajorCase {
		c := MajorCase{Facts: map[string]law.Tri{name: v}, Hearing: law.True}
		for _, m := range more {
			c.Facts[m] = law.True
		}
		return c
	}
	for _, x := range []struct {
		code             string
		yes, no, unknown MajorCase
	}{
		{"XZCF-58-1", facts("major_public_interest", law.True), facts("major_public_interest", law.False), MajorCase{}},
		{"XZCF-58-2", facts("major_rights", law.True), facts("major_rights", law.False), MajorCase{Hearing: law.True}},
		{"XZCF-58-3", facts("complex_case", law.True, "multiple_legal_relations"), facts("complex_case", law.False, "multiple_legal_relations"), facts("complex_case", law.True)},
		{"GBF118-12", facts("social_risk", law.True), facts("social_risk", law.False), MajorCase{}},
		{"DEMO-1", MajorCase{Party: Citizen, Fine: law.Yuan(10000)}, MajorCase{Party: Citizen, Fine: law.Yuan(9999)}, MajorCase{}},
		{"DEMO-2", MajorCase{Party: LegalPerson, Fine: law.Yuan(50000)}, MajorCase{Party: LegalPerson, Fine: law.Yuan(49999)}, MajorCase{}},
		{"DEMO-3", MajorCase{Kinds: []PenaltyKind{PenaltyBusinessStop}}, MajorCase{Kinds: []PenaltyKind{PenaltyFine}}, MajorCase{}},
	} {
		var row *MajorRow
		for _, r := range MajorRows(true) {
			if r.Code == x.code {
				row = &r
			}
		}
		if row == nil {
			t.Errorf("没有 %s", x.code)
			continue
		}
		if got := row.Holds(x.yes, day); got != law.True {
			t.Errorf("%s 成立的情形：%v", x.code, got)
		}
		if got := row.Holds(x.no, day); got != law.False {
			t.Errorf("%s 不成立的情形：%v", x.code, got)
		}
		if row.When.Fact == "" {
			continue // of amounts and kinds a case always has its own
		}
		if got := row.Holds(x.unknown, day); got != law.Unknown {
			t.Errorf("%s 没有记载的情形：%v", x.code, got)
		}
	}
	for _, r := range MajorRows(false) {
		if r.Issuer != "" {
			t.Errorf("正式库用了演示目录 %s", r.Code)
		}
	}
	if due, by := Major(MajorRows(false), NeedsReview, MajorCase{}, day); due != law.Unknown || len(by) != 0 {
		t.Errorf("什么都没有判断的案件：%v，%v", due, by)
	}
}
