package performance

import (
	"strings"
)

// course tells of reconsideration and suits as the application to the court must: what was asked for, what came of it,
// and that nothing else was (行政强制法第五十三条). The application puts 又不履行 behind it.
func course(rows []Contest) string {
	var told []string
	review, sued := "", false
	for _, r := range rows {
		on, result := r.On.Han(), r.Result
		switch r.Act {
		case "register_review":
			told = append(told, "被申请人申请行政复议，"+on+"受理（"+r.Says+"）")
			review = "复议还没有结果"
		case "review_decided":
			if result == reviewSilent {
				told = append(told, "复议机关到"+on+"期满没有作出复议决定")
				review = "被申请人在复议期满之日起十五日内没有提起行政诉讼"
				continue
			}
			told = append(told, on+"收到复议结果（"+r.Says+"）："+result)
			review = "被申请人在收到复议决定书之日起十五日内没有提起行政诉讼"
			if result == reviewEnded {
				review = "被申请人在法定期限内没有提起行政诉讼"
			}
		case "register_suit":
			told = append(told, "被申请人提起行政诉讼，"+on+"立案（"+r.Says+"）")
			sued = true
		case "suit_decided":
			told = append(told, on+"收到诉讼结果（"+r.Says+"）："+result)
		}
	}
	switch {
	case len(told) == 0:
		return "被申请人在法定期限内没有申请行政复议，没有提起行政诉讼"
	case sued && review == "":
		told = append(told, "被申请人没有申请行政复议")
	case !sued:
		told = append(told, review)
	}
	return strings.Join(told, "。")
}
