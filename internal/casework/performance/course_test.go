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
