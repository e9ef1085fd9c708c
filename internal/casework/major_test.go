package casework

import (
	"testing"

	"fadu/internal/law"
)

// 重大执法决定目录：法律的每一行成立、不成立、没有记载三种情形（行政处罚法第五十八条第一款；国办发〔2018〕118号十二）。
func TestMajor(t *testing.T) {
	day := law.MustDate("2026-09-01")
	facts := func(name string, v law.Tri, more ...string) MajorCase {
		c := MajorCase{Facts: map[string]law.Tri{name: v}}
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
		{"XZCF-58-2", MajorCase{Hearing: law.True}, MajorCase{Hearing: law.False}, MajorCase{}},
		{"GBF118-12-hearing", facts("hearing_required", law.True), facts("hearing_required", law.False), MajorCase{}},
		{"GBF118-12-rights", facts("major_rights", law.True), facts("major_rights", law.False), MajorCase{}},
		{"XZCF-58-3", facts("complex_case", law.True, "multiple_legal_relations"), facts("complex_case", law.False, "multiple_legal_relations"), facts("complex_case", law.True)},
		{"GBF118-12", facts("social_risk", law.True), facts("social_risk", law.False), MajorCase{}},
	} {
		var row *MajorRow
		for _, r := range MajorRows() {
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
		if got := row.Holds(x.unknown, day); got != law.Unknown {
			t.Errorf("%s 没有记载的情形：%v", x.code, got)
		}
	}
	if due, by := Major(MajorRows(), NeedsReview, MajorCase{}, day); due != law.Unknown || len(by) != 0 {
		t.Errorf("什么都没有判断的案件：%v，%v", due, by)
	}
}

// 本局采用的目录：数额含本数，公民、单位分别计算，施行以前没有答案，写错的读不懂（行政处罚法第五十七条第二款、第五十八条第一款）。
func TestAdoptedMajor(t *testing.T) {
	const value = "公民10000 单位50000元，种类吊销许可证件、责令停产停业 自2026-01-01"
	for _, x := range []struct {
		name string
		c    MajorCase
		on   string
		want law.Tri
	}{
		{"公民一万元，含本数", MajorCase{Party: Citizen, Fine: law.Yuan(10000)}, "2026-03-02", law.True},
		{"公民差一元", MajorCase{Party: Citizen, Fine: law.Yuan(9999)}, "2026-03-02", law.False},
		{"个体工商户按公民", MajorCase{Party: SoleTrader, Fine: law.Yuan(10000)}, "2026-03-02", law.True},
		{"单位八万元", MajorCase{Party: LegalPerson, Fine: law.Yuan(80000)}, "2026-03-02", law.True},
		{"单位四万九千九百九十九元", MajorCase{Party: LegalPerson, Fine: law.Yuan(49999)}, "2026-03-02", law.False},
		{"责令停产停业不论数额", MajorCase{Party: LegalPerson, Kinds: []PenaltyKind{PenaltyBusinessStop}}, "2026-03-02", law.True},
		{"施行以前不适用", MajorCase{Party: LegalPerson, Fine: law.Yuan(80000)}, "2025-12-31", law.False},
	} {
		rows, err := adoptedMajor(value, NeedsReview)
		if err != nil || len(rows) != 3 {
			t.Fatalf("%v %v", rows, err)
		}
		if due, _ := Major(rows, NeedsReview, x.c, law.MustDate(x.on)); due != x.want {
			t.Errorf("%s：%v", x.name, due)
		}
		if due, _ := Major(rows, NeedsDiscussion, x.c, law.MustDate(x.on)); due != law.False {
			t.Errorf("%s：审核目录答了集体讨论：%v", x.name, due)
		}
	}
	for _, wrong := range []string{"一万元以上", "公民0", "种类罚站", "自2026-01-01", "公民10000 自2026-13-01"} {
		if rows, err := adoptedMajor(wrong, NeedsReview); err == nil {
			t.Errorf("“%s”读成了 %v", wrong, rows)
		}
	}
	if rows, err := adoptedMajor("没有另定", NeedsReview); err != nil || rows != nil {
		t.Errorf("没有另定：%v %v", rows, err)
	}
}
