package casework

import (
	"strings"

	"fadu/internal/law"
)

// Keeping and seizing beyond the door's questions (行政处罚法第五十六条；行政强制法第十八、二十二、二十四、二十五、二十七条).
var measureRules = []law.Rule{
	{
		ID: "XZCF-56-purpose", Name: "写明登记保存证明什么、为何拍照不够", Actions: []law.Action{ActPreserveNeed},
		Cite: law.Citations{xzcf(56)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.Unless(r.Is(law.PurposeStated), law.WarnThat("没有写明保存这些物品证明什么、为什么拍照和抽样不够。请补写；登记保存是取证，不是扣押"))
		},
	},
	{
		// What a livelihood depends on, or what spoils, is not kept without a second look by those who know the law.
		ID: "XZCF-56-consent", Name: "车辆、摊位、易腐物品先经法制机构同意", Actions: []law.Action{ActPreserveNeed},
		Cite: law.Citations{xzcf(56)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			text, ok := r.Text(law.Target)
			if !ok {
				return law.NotStated()
			}
			word := firstOf(text, needsConsent)
			if word == "" {
				return law.Pass()
			}
			return law.Unless(r.Is(law.LegalConsent), law.RefuseBecause("物品中有“%s”：车辆、摊位、易腐的东西先经法制机构同意才能登记保存。请由法制机构在本案登记同意，或者改用拍照、抽样取证", word))
		},
	},
	{
		ID: "XZCF-56-clearing", Name: "清理移置不是登记保存", Actions: []law.Action{ActPreserveNeed},
		Cite: law.Citations{xzcf(56)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			text, ok := r.Text(law.Target)
			if !ok {
				return law.NotStated()
			}
			word := firstOf(text, clearedAway)
			return law.When(law.TriOf(word != ""), law.WarnThat("从道路上清走的“%s”登记到清理移置，不是登记保存。确是证据的才登记保存", word))
		},
	},
	{
		ID: "XZCF-56-open", Name: "登记保存限于收集证据时", Actions: []law.Action{ActPreserveNeed},
		Cite: law.Citations{xzcf(56)}, From: penaltyLaw2021,
		Check: barred(law.EvidenceClosed, "案件已经作出决定、已经结束或者已经移走，不再收集证据，不能登记保存。请登记不再实施"),
	},
	{
		ID: "XZQZ-2-open", Name: "查封、扣押限于案件查处中", Actions: []law.Action{ActSeizeGround},
		Cite: law.Citations{xzqz(2, 2)}, From: coercion2012,
		Check: barred(law.EvidenceClosed, "案件已经作出决定、已经结束或者已经移走，不能再查封、扣押。请登记不再实施"),
	},
	{
		ID: "XZCF-57-confiscated", Name: "没收登记保存的物品有处罚决定", Actions: []law.Action{ActSettlePreservation},
		Cite: law.Citations{xzcf(57, 1), xzcf(61, 1)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			if r.Claimed(law.Confiscation) != law.True {
				return law.Pass()
			}
			return law.Unless(r.Is(law.ConfiscationServed), law.RefuseBecause("没有已经送达的没收非法财物的处罚决定，不能登记没收。请先作出决定并送达；期内来不及的，退还或者依法查封、扣押"))
		},
	},
	{
		ID: "XZCF-56-turned", Name: "转为查封、扣押的已经实施", Actions: []law.Action{ActSettlePreservation},
		Cite: law.Citations{xzcf(56), xzqz(18)}, From: penaltyLaw2021,
		Check: complete(law.NotSeized, "没有实施查封、扣押，或者清单上没有：%s。请先报批并实施查封、扣押"),
	},
	{
		ID: "XZCF-56-settled", Name: "登记保存期内作出处理决定", Actions: []law.Action{ActSettlePreservation},
		Cite: law.Citations{xzcf(56), xzcf(85)}, From: penaltyLaw2021,
		Check: required(law.BeforeExpiry, "七个工作日已满，登记保存自动失效。请解除并退还；需要继续取得的，另行依法办理"),
	},
	{
		ID: "XZQZ-10", Name: "查封、扣押有法律、法规授权", Actions: []law.Action{ActSeizeGround},
		Cite: law.Citations{xzqz(10), xzqz(22)}, From: coercion2012,
		Check: required(law.SeizureGranted, "没有法律、法规规定本机关对这一行为可以查封、扣押。请改用登记保存、抽样等方式取证"),
	},
	{
		ID: "XZQZ-18-5", Name: "查封、扣押告知理由、依据和权利", Actions: []law.Action{ActSeizeOnSite},
		Cite: law.Citations{item(xzqz(18), 5)}, From: coercion2012,
		Check: required(law.Informed, "没有当场告知采取措施的理由、依据和当事人的权利、救济途径。请告知并记入现场笔录"),
	},
	{
		ID: "XZQZ-18-6", Name: "查封、扣押听取陈述申辩", Actions: []law.Action{ActSeizeOnSite},
		Cite: law.Citations{item(xzqz(18), 6)}, From: coercion2012,
		Check: required(law.PartyHeard, "没有听取当事人的陈述、申辩。请听取并记入现场笔录"),
	},
	{
		ID: "XZQZ-18-7", Name: "查封、扣押制作现场笔录", Actions: []law.Action{ActSeizeOnSite},
		Cite: law.Citations{item(xzqz(18), 7)}, From: coercion2012,
		Check: required(law.RecordMade, "没有制作现场笔录。请当场制作"),
	},
	{
		ID: "XZQZ-24-1", Name: "查封、扣押当场交付决定书和清单", Actions: []law.Action{ActSeizeOnSite},
		Cite: law.Citations{xzqz(24, 1)}, From: coercion2012,
		Check: required(law.DecisionHandedOver, "没有当场交付查封、扣押决定书和清单。请当场交付"),
	},
	{
		ID: "XZQZ-24-3", Name: "清单一式二份并签名", Actions: []law.Action{ActSeizeOnSite},
		Cite: law.Citations{xzqz(24, 3)}, From: coercion2012,
		Check: required(law.ListTwice, "清单不是一式二份。请制作二份，由当事人和行政机关分别保存"),
	},
	{
		ID: "GBF118-8-seizure", Name: "查封、扣押全程音像记录", Actions: []law.Action{ActSeizeOnSite},
		Cite: law.Citations{xzcf(47), {Statute: "GBF118", Section: "八"}}, From: penaltyLaw2021,
		Check: required(law.FootageLinked, "没有关联全程音像记录，查封、扣押必须全程录音录像。请关联；设备故障的，报负责人并书面说明"),
	},
	{
		ID: "XZQZ-25-2", Name: "延长查封、扣押书面告知理由", Actions: []law.Action{ActExtendSeizureInTime},
		Cite: law.Citations{xzqz(25, 2)}, From: coercion2012,
		Check: func(r *law.Reading) law.Outcome {
			return law.Unless(r.Is(law.ExtensionTold), law.WarnThat("延长的决定应当及时书面告知当事人并说明理由。请用印后立即送达延长决定书；没有送达的不能结案"))
		},
	},
	{
		ID: "XZQZ-25-running", Name: "期满前延长", Actions: []law.Action{ActExtendSeizureInTime},
		Cite: law.Citations{xzqz(25, 1)}, From: coercion2012,
		Check: required(law.BeforeExpiry, "查封、扣押期限已经届满，不能延长。请立即解除并退还"),
	},
	{
		ID: "XZQZ-28-reason", Name: "写明解除的情形", Actions: []law.Action{ActRelease},
		Cite: law.Citations{xzqz(28, 1)}, From: coercion2012,
		Check: required(law.ReasonRecorded, "没有写明解除的情形。请写明并制作退还清单"),
	},
	{
		ID: "XZQZ-28-perishable", Name: "先行拍卖、变卖限于不易保管的财物", Actions: []law.Action{ActSellPerishable},
		Cite: law.Citations{xzqz(26, 1), xzqz(28, 2)}, From: coercion2012,
		Check: complete(law.MissingSaleSteps, "处理决定以前只有鲜活物品或者其他不易保管的财物可以拍卖、变卖，还缺：%s。请补齐，或者妥善保管"),
	},
	{
		ID: "XZQZ-28-sale-head", Name: "先行拍卖、变卖经负责人批准", Actions: []law.Action{ActSellPerishable},
		Cite: law.Citations{xzqz(26, 1), xzqz(28, 2)}, From: coercion2012,
		Check: required(law.ApprovedByHead, "没有经行政机关负责人批准，不能变卖。请报负责人批准"),
	},
	{
		ID: "XZQZ-27", Name: "没收、销毁有法律、行政法规依据", Actions: []law.Action{ActSettleSeizure},
		Cite: law.Citations{xzqz(27)}, From: coercion2012,
		Check: required(law.DisposalProvided, "没收、销毁没有法律、行政法规规定。请解除并退还"),
	},
	{
		ID: "XZQZ-27-decided", Name: "没收、销毁以送达的决定为依据", Actions: []law.Action{ActSettleSeizure},
		Cite: law.Citations{xzqz(27), xzcf(57, 1), xzcf(61, 1)}, From: coercion2012,
		Check: func(r *law.Reading) law.Outcome {
			if r.Claimed(law.Confiscation) == law.True {
				return law.Unless(r.Is(law.ConfiscationServed), law.RefuseBecause("没有已经送达的没收非法财物的处罚决定，不能没收。请先作出决定并送达；不没收的，解除并退还"))
			}
			return law.Unless(r.Is(law.DecisionServed), law.RefuseBecause("还没有作出决定并送达，不能销毁。请先查清事实，作出决定"))
		},
	},
}

// needsConsent are words for vehicles, stalls and what spoils; clearedAway for what is merely moved off the pavement.
var (
	needsConsent = []string{"车", "摊", "水果", "蔬菜", "鲜", "肉", "鱼", "虾", "海产", "水产", "豆腐", "熟食", "食品", "食材", "牛奶", "糕点", "活禽", "易腐"}
	clearedAway  = []string{"共享单车", "互联网租赁", "自行车", "单车"}
)

// firstOf is the first of the words that a text has, "" for none.
func firstOf(text string, words []string) string {
	for _, w := range words {
		if strings.Contains(text, w) {
			return w
		}
	}
	return ""
}
