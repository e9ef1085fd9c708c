package casework

import "fadu/internal/law"

// suitMonths is the time to sue (行政诉讼法第四十六条第一款); suitAfterReview, in days, after a decision on reconsideration (第四十五条).
const (
	suitMonths      = 6
	suitAfterReview = 15
)

// Remedy tells how a decision can be challenged: 60 days and six months (行政复议法第二十条, 行政诉讼法第四十六条), or reconsideration
// first (行政复议法第二十三条). The fifteen days of older regulations are never told. It is the only place where this
// is worded.
func (c Content) Remedy() string {
	return c.RemedyWays() + "复议、诉讼期间不停止本决定的执行，法律另有规定的除外。"
}

// RemedyWays is Remedy without what holds meanwhile.
func (c Content) RemedyWays() string {
	days := law.HanNumeral(c.ReviewDays) + "日内"
	if c.ReviewFirst {
		return "如不服本决定，应当先自收到本决定书之日起" + days + "向" + c.ReviewOrgan + "申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起" +
			law.HanNumeral(suitAfterReview) + "日内依法向" + c.Court + "提起行政诉讼。"
	}
	return "如不服本决定，可以自收到本决定书之日起" + days + "向" + c.ReviewOrgan + "申请行政复议，也可以在" + law.HanNumeral(suitMonths) + "个月内依法向" + c.Court + "提起行政诉讼。"
}
