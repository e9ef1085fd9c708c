package casework

import (
	"testing"

	"fadu/internal/law"
)

// 及时改正（行政处罚法第三十三条第一款）：看复查那天过没过责令改正的期限。
func TestCorrectedInTime(t *testing.T) {
	d := law.MustDate
	order := CaseAct{Act: "order_correction", Of: "correction/1", On: d("2026-03-02"), Named: d("2026-03-09")}
	look := func(day, found string) CaseAct {
		return CaseAct{Act: "recheck", Of: "correction/1", On: d(day), Note: found + "；到现场查看"}
	}
	atOnce := order
	atOnce.Named = law.Date{}
	for _, c := range []struct {
		name string
		acts []CaseAct
		want law.Tri
	}{
		{"没有复查", []CaseAct{order}, law.Unknown},
		{"期限内复查已改正", []CaseAct{order, look("2026-03-08", "已改正")}, law.True},
		{"期满后第一次复查已改正", []CaseAct{order, look("2026-03-10", "已改正")}, law.True},
		{"期限内没有改正，期限最后一天改正了", []CaseAct{order, look("2026-03-05", "没有改正"), look("2026-03-09", "已改正")}, law.True},
		{"期满后没有改正，后来才改正", []CaseAct{order, look("2026-03-10", "没有改正"), look("2026-03-20", "已改正")}, law.False},
		{"期满后部分改正，后来才全部改正", []CaseAct{order, look("2026-03-10", "部分改正"), look("2026-03-12", "已改正")}, law.False},
		{"最后一天没有改正", []CaseAct{order, look("2026-03-09", "没有改正")}, law.False},
		{"责令立即改正，第二天没有改正，后来改正", []CaseAct{atOnce, look("2026-03-03", "没有改正"), look("2026-03-05", "已改正")}, law.False},
		{"责令立即改正，当天改正", []CaseAct{atOnce, look("2026-03-02", "已改正")}, law.True},
	} {
		if got := CorrectedInTime(c.acts); got != c.want {
			t.Errorf("%s：%v，应为 %v", c.name, got, c.want)
		}
	}
}
