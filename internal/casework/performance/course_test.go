package performance

import (
	"testing"

	"fadu/internal/law"
)

// 申请书照登记写复议、诉讼的经过，不说没有发生过的话（行政强制法第五十三条）。
func TestCourseTellsOnlyWhatIsOnRecord(t *testing.T) {
	row := func(act, on, result, says string) Contest {
		return Contest{Act: act, On: law.MustDate(on), Result: result, Says: says}
	}
	review := row("register_review", "2026-05-20", "", "演示区人民政府")
	suit := row("register_suit", "2026-07-01", "", "演示区人民法院，1号")
	for _, c := range []struct {
		name, want string
		rows       []Contest
	}{
		{"没有复议也没有起诉", "被申请人在法定期限内没有申请行政复议，没有提起行政诉讼", nil},
		{"复议维持，没有起诉", "被申请人申请行政复议，2026年5月20日受理（演示区人民政府）。2026年6月20日收到复议结果（复1号）：维持。被申请人在收到复议决定书之日起十五日内没有提起行政诉讼", []Contest{review, row("review_decided", "2026-06-20", "维持", "复1号")}},
		{"撤回复议，复议终止", "被申请人申请行政复议，2026年5月20日受理（演示区人民政府）。2026年6月20日收到复议结果（复1号）：终止复议。被申请人在法定期限内没有提起行政诉讼", []Contest{review, row("review_decided", "2026-06-20", "终止复议", "复1号")}},
		{"复议机关逾期不决定", "被申请人申请行政复议，2026年5月20日受理（演示区人民政府）。复议机关到2026年7月20日期满没有作出复议决定。被申请人在复议期满之日起十五日内没有提起行政诉讼", []Contest{review, row("review_decided", "2026-07-20", reviewSilent, "无")}},
		{"直接起诉后撤诉", "被申请人提起行政诉讼，2026年7月1日立案（演示区人民法院，1号）。2026年8月1日收到诉讼结果（1号）：撤诉或者不予立案。被申请人没有申请行政复议", []Contest{suit, row("suit_decided", "2026-08-01", suitDropped, "1号")}},
		{"复议维持，起诉被驳回起诉", "被申请人申请行政复议，2026年5月20日受理（演示区人民政府）。2026年6月20日收到复议结果（复1号）：维持。被申请人提起行政诉讼，2026年7月1日立案（演示区人民法院，1号）。2026年8月1日收到诉讼结果（1号）：驳回起诉", []Contest{review, row("review_decided", "2026-06-20", "维持", "复1号"), suit, row("suit_decided", "2026-08-01", suitRejected, "1号")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := course(c.rows); got != c.want {
				t.Errorf("写的是：%s\n应该是：%s", got, c.want)
			}
		})
	}
}

// 决定书写明几日内履行的按它算逾期，不看登记的日期；没有写明的照登记（行政处罚法第五十九条第一款第四项、第六十六条第一款）。
func TestDutyIsOverdueByTheDecision(t *testing.T) {
	day := law.MustDate
	typed := func(due string) []Performance { return []Performance{{Duty: "没收非法财物", Due: day(due)}} }
	for _, c := range []struct {
		name    string
		due     law.Date
		rows    []Performance
		overdue bool
	}{
		{"期限内，没有登记", day("2026-05-20"), nil, false},
		{"期限已过，没有登记", day("2026-05-18"), nil, true},
		{"期限内，登记了更早的日期", day("2026-05-20"), typed("2026-05-01"), false},
		{"期限已过，登记了更晚的日期", day("2026-05-18"), typed("2026-06-30"), true},
		{"以前的决定没有写明，照登记已过", law.Date{}, typed("2026-05-18"), true},
		{"以前的决定没有写明，没有登记", law.Date{}, nil, false},
		{"期限已过，已经履行", day("2026-05-18"), []Performance{{Duty: "没收非法财物", Done: true, DoneOn: day("2026-05-17")}}, false},
	} {
		var st standing
		if st.duty("没收非法财物", c.due, c.rows, day("2026-05-19")); st.Overdue != c.overdue {
			t.Errorf("%s：逾期 %v", c.name, st.Overdue)
		}
	}
}
