package casework

import (
	"slices"
	"testing"

	"fadu/internal/law/lawtest"
)

var discussionTables = []lawtest.Table{
	simple("XZCF-57-2-signed", "行政处罚法第57条第2款", "members_signed", "补签"),
	simple("XZCF-57-2-opinions", "行政处罚法第57条第2款", "opinions_recorded", "逐人"),
	simple("XZCF-57-2-last", "行政处罚法第57条第2款", "chief_spoke_last", "末位"),
	simpleNot("XZCF-57-2-members", "行政处罚法第57条第2款", "outsider_voted", "重新"),
}

// 集体讨论有法制、承办列席；审核同意晚于讨论的，讨论不作数，同一天也一样（行政处罚法第五十七条第二款、第五十八条第一款）。
func TestWhoAttendsAndWhatCameFirst(t *testing.T) {
	for _, x := range []struct {
		name  string
		posts []string
		want  []string
	}{
		{"法制、承办都到", []string{"承办人", "法制科科长"}, nil},
		{"中队长和法规科", []string{"第一中队中队长", "政策法规科"}, nil},
		{"只有承办", []string{"承办人", "纪检组"}, []string{"法制机构"}},
		{"没有人列席", nil, []string{"法制机构", "承办机构"}},
	} {
		if got := GuestsLacking(x.posts); !slices.Equal(got, x.want) {
			t.Errorf("%s：还缺 %v", x.name, got)
		}
	}
	agreed := func(id int64) []CaseAct { return []CaseAct{{ID: id, Act: "review_agree"}} }
	if !Followed(agreed(5), 6) || Followed(agreed(7), 6) || !Followed(nil, 6) {
		t.Error("同一天的先后没有按记载比较")
	}
}
