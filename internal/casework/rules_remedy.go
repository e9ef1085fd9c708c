package casework

import (
	"strings"

	"fadu/internal/law"
)

// Which way a party may go against a decision: reconsideration comes first where 行政复议法第二十三条第一款
// says so, above all after an on-the-spot penalty; and it lies with the government, not with the higher
// department (第二十四条第一款), but for the organs of 第二十七、二十八条.
var remedyRules = []law.Rule{
	{
		ID: "XZFY-23-1-1", Name: "对当场处罚不服，先复议后起诉",
		Actions: []law.Action{ActSueDirectly},
		Cite:    law.Citations{law.Cite("XZFY", 23, 1, 1)}, From: review2024,
		Check: reviewFirst(actOnSpot, "对当场作出的行政处罚决定不服，应当先申请行政复议，对复议决定不服再起诉"),
	},
	{
		ID: "XZFY-23-1-2", Name: "自然资源权属决定，先复议后起诉",
		Actions: []law.Action{ActSueDirectly},
		Cite:    law.Citations{law.Cite("XZFY", 23, 1, 2)}, From: review2024,
		Check: reviewFirst(actResource, "对侵犯已经取得的自然资源权利的决定不服，应当先申请行政复议，对复议决定不服再起诉"),
	},
	{
		ID: "XZFY-23-1-3", Name: "未履行法定职责，先复议后起诉",
		Actions: []law.Action{ActSueDirectly},
		Cite:    law.Citations{law.Cite("XZFY", 23, 1, 3)}, From: review2024,
		Check: reviewFirst(actOmission, "认为行政机关未履行法定职责，应当先申请行政复议，对复议决定不服再起诉"),
	},
	{
		ID: "XZFY-23-1-4", Name: "政府信息不予公开，先复议后起诉",
		Actions: []law.Action{ActSueDirectly},
		Cite:    law.Citations{law.Cite("XZFY", 23, 1, 4)}, From: review2024,
		Check: reviewFirst(actDisclosure, "对政府信息不予公开不服，应当先申请行政复议，对复议决定不服再起诉"),
	},
	{
		ID: "XZFY-24-1", Name: "对政府工作部门的行为，向本级人民政府申请复议",
		Actions: []law.Action{ActReviewAbove},
		Cite:    law.Citations{law.Cite("XZFY", 24, 1)}, From: review2024, Check: governmentReviews,
	},
}

// contested sorts an act by whether reconsideration comes before a suit.
type contested string

const (
	actOther      contested = ""
	actOnSpot     contested = "当场处罚"
	actResource   contested = "自然资源"
	actOmission   contested = "未履行职责"
	actDisclosure contested = "信息不公开"
)

var contestedWords = words[contested]{
	{"非当场", actOther},
	{"不是当场", actOther},
	{"未当场", actOther},
	{"非简易", actOther},
	{"当场", actOnSpot},
	{"简易程序", actOnSpot},
	{"不予公开", actDisclosure},
	{"不公开", actDisclosure},
	{"拒绝公开", actDisclosure},
	{"不履行", actOmission},
	{"未履行", actOmission},
	{"不作为", actOmission},
	{"履职", actOmission},
	{"自然资源", actResource},
	{"土地所有权", actResource},
	{"土地使用权", actResource},
	{"林权", actResource},
	{"水流", actResource},
	{"草原", actResource},
}

func reviewFirst(kind contested, message string) func(*law.Reading) law.Outcome {
	return func(r *law.Reading) law.Outcome {
		text, ok := r.Text(law.ContestedAct)
		if !ok {
			return law.NotStated()
		}
		found, _ := contestedWords.find(plain(text))
		if found == actOnSpot && !onSpotPenalty(text) {
			found = actOther
		}
		return law.When(law.And(law.TriOf(found == kind), r.Claimed(law.ReviewDone).Not()), law.RefuseBecause("%s", message))
	}
}

// onSpotPenalty leaves out other acts done on the spot, such as a seizure: article 23 names penalties.
func onSpotPenalty(text string) bool {
	for _, w := range []string{"强制", "查封", "扣押", "收缴"} {
		if strings.Contains(text, w) && !strings.Contains(text, "处罚") {
			return false
		}
	}
	return true
}

// vertical names the organs whose reviews stay with their own line of command.
var vertical = words[bool]{
	{"地方金融", false},
	{"非垂直", false},
	{"不是垂直", false},
	{"不实行垂直", false},
	{"垂直", true},
	{"海关", true},
	{"金融", true},
	{"人民银行", true},
	{"外汇", true},
	{"税务", true},
	{"国家安全", true},
	{"国安", true},
	{"司法局", true},
	{"司法行政", true},
	{"司法厅", true},
}

func governmentReviews(r *law.Reading) law.Outcome {
	agency, ok := r.Text(law.Agency)
	if !ok {
		return law.NotStated()
	}
	own, _ := vertical.find(plain(agency))
	return law.When(law.TriOf(!own), law.RefuseBecause("“%s”不是垂直领导的机关，对它的行为应当向本级人民政府申请复议，不由上级主管部门受理", agency))
}
