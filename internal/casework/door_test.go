package casework

import (
	"bufio"
	"encoding/json"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"fadu/internal/law"
	"fadu/internal/law/lawtest"
	"fadu/internal/org"
)

func doorJudge(t *testing.T) *law.Judge {
	t.Helper()
	j, err := law.NewJudge(org.Rules(), org.CertificateRules(), org.SubjectRules(), Rules())
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// doorActs reads the recheck door's published list.
func doorActs(t *testing.T) map[law.Action][]string {
	t.Helper()
	f, err := os.Open("testdata/door_acts.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	acts := map[law.Action][]string{}
	for sc := bufio.NewScanner(f); sc.Scan(); {
		if strings.HasPrefix(sc.Text(), "#") {
			continue
		}
		act, facts, _ := strings.Cut(sc.Text(), "\t")
		acts[law.Action(act)] = nil
		if facts != "" {
			acts[law.Action(act)] = strings.Split(facts, ",")
		}
	}
	return acts
}

func TestDoorKnowsEveryPublishedAct(t *testing.T) {
	j := doorJudge(t)
	words := law.Words()
	today := law.MustDate("2026-11-21")
	for act, facts := range doorActs(t) {
		if !j.InForce(act, today) {
			t.Errorf("no rule in force for %s", act)
		}
		for _, f := range facts {
			if words[f] == nil {
				t.Errorf("%s: fact %s is not in the vocabulary", act, f)
			}
		}
	}
	for act := range doorActs(t) {
		if j.InForce(act, law.MustDate("2010-01-01")) {
			t.Errorf("%s: a rule is in force in 2010", act)
		}
	}
}

// usualTexts are the values that the published list names for text facts.
var usualTexts = map[string][]string{
	"decider": {"行政机关负责人", "中队长"}, "evidence_type": {"电子技术监控记录", "书证"}, "harm": {"无", "轻微"},
	"party": {"公民", "其他组织", "法人"}, "penalty": {"没收非法财物", "罚款", "警告", "责令停产停业", "通报批评"},
	"legal_review": {"未审核", "未通过", "通过"}, "recipient": {"公民"}, "decision_status": {"被撤销"}, "procedure": {"普通", "简易"},
	"target": {"公民个人及其所扶养家属的生活必需品", "居民生活"}, "delegated_to": {"受委托组织"}, "time": {"夜间", "法定节假日"},
	"object": {"道路遗洒物"}, "act": {"当场作出的行政处罚决定", "政府信息不予公开决定", "普通程序作出的罚款决定"},
	"agency": {"区人民政府工作部门(非垂直管理)"}, "role": {"参与分管的负责人"},
}

// randomFacts states every named fact.
func randomFacts(r *rand.Rand, act law.Action, names []string) law.Facts {
	var f law.Facts
	words := law.Words()
	for _, name := range names {
		switch k := words[name].(type) {
		case law.BoolKey:
			f.SetBool(k, r.IntN(2) == 0, "")
		case law.NumberKey:
			f.SetNumber(k, r.Int64N(40), "")
		case law.MoneyKey:
			f.SetMoney(k, law.Money(r.Int64N(400_000)), "")
		case law.TextKey:
			values := usualTexts[name]
			if act == ActNeedHearing {
				values = []string{"吊销许可证件", "没收较大价值非法财物", "责令停产停业", "降低资质等级"}
			}
			f.SetText(k, values[r.IntN(len(values))], "")
		case law.ListKey:
			f.SetList(k, [][]string{{}, {"日期"}}[r.IntN(2)], "")
		case law.DateKey:
			d := law.MustDate("2019-01-01").AddDays(r.IntN(2500))
			if name != law.ViolationStart.Name() && r.IntN(4) == 0 {
				d = law.Date{}
			}
			f.SetDate(k, d, "")
		}
	}
	return f
}

func TestNothingIsUnknownWhenEveryPublishedFactIsStated(t *testing.T) {
	j := doorJudge(t)
	r := rand.New(rand.NewPCG(1, 2))
	for act, names := range doorActs(t) {
		for range 200 {
			f := randomFacts(r, act, names)
			got := j.Judge(act, law.MustDate("2026-03-02"), f)
			if len(got.Unknown) > 0 {
				t.Fatalf("%s: %s is open for want of %v", act, got.Unknown[0].Rule, got.Unknown[0].Missing)
			}
			for _, finding := range got.Findings {
				if strings.Contains(finding.Message, "%!") || finding.Message == "" || finding.Article == "" {
					t.Fatalf("%s: finding %+v", act, finding)
				}
			}
		}
	}
}

// favourable gives, for each act, facts that all speak for it and the plain answer that must follow.
var favourable = map[law.Action]struct {
	answer law.Answer
	facts  string
}{
	"当场作出处罚决定(简易程序)": {law.Allow, `{"officers":2,"officers_certified":true,"showed_id":true,"facts_clear":true,"has_legal_basis":true,"party":"公民","penalty":"罚款","amount":200}`},
	"交付当场处罚决定书":      {law.Allow, `{"party_refused_to_sign":true,"noted_on_document":true,"missing_fields":[],"numbered":true}`},
	"当场收缴罚款":         {law.Allow, `{"procedure":"简易","amount":100,"special_receipt":true}`},
	"调查取证/检查":        {law.Allow, `{"officers":2,"officers_certified":true,"showed_id":true}`},
	"执法人员继续参与案件":     {law.Allow, `{"has_direct_interest":false}`},
	"回避申请未决期间停止调查":   {law.Allow, `{"recusal_requested":false}`},
	"决定执法人员回避申请":     {law.Allow, `{"decider":"行政机关负责人"}`},
	"先行登记保存":         {law.Allow, `{"approved_by_head":true,"evidence_may_be_lost":true}`},
	"采信证据":           {law.Allow, `{"evidence_type":"电子技术监控记录","reviewed":true,"obtained_by_illegal_means":false}`},
	"作出处罚决定(普通程序)": {law.Allow, `{"filed":true,"investigation_closed":true,"informed":true,"party_heard":true,"hearing_required":true,"hearing_notified":true,"hearing_requested":true,
		"hearing_held":true,"legal_review_required":true,"legal_review":"通过","collective_required":true,"collective_discussed":true,"officers":2,"facts_clear":true,
		"final_penalty":3000,"informed_penalty":3000,"increased_due_to_defence":false,"already_fined_for_same_act":false,"penalty":"罚款","has_legal_basis":true}`},
	"判断是否须法制审核":        {law.NotRequired, `{"major_public_interest":false,"major_rights":false,"complex_case":false}`},
	"担任处罚决定法制审核人员":     {law.Allow, `{"first_time":true,"passed_national_legal_exam":true}`},
	"判断是否告知听证权利":       {law.Must, `{"penalty":"吊销许可证件"}`},
	"担任听证主持人":          {law.Allow, `{"is_case_investigator":false}`},
	"听证委托代理人":          {law.Allow, `{"agents":2}`},
	"举行听证":             {law.Allow, `{"workdays_between_notice_and_hearing":7}`},
	"向当事人收取听证费用":       {law.Refuse, `{"amount":100}`},
	"终止听证":             {law.Must, `{"party_absent_without_reason":true}`},
	"签发处罚决定书":          {law.Allow, `{"missing_fields":[]}`},
	"电子送达处罚决定书":        {law.Allow, `{"party_consented":true,"confirmation_signed":true}`},
	"留置送达":             {law.Allow, `{"recipient_refused":true,"photo_or_video":true,"left_at_residence":true}`},
	"公告送达":             {law.Allow, `{"whereabouts_unknown":true}`},
	"直接送达给同住未成年家属":     {law.Refuse, `{"recipient":"公民","receiver_adult":false}`},
	"给予处罚":             {law.Allow, `{"age":30,"minor":false,"no_subjective_fault_proved":false,"violation_end":"2026-01-10","discovered":"2026-01-10"}`},
	"从轻或减轻处罚":          {law.Must, `{"age":16,"actively_eliminated_harm":true,"coerced":false}`},
	"不予处罚(首违)":         {law.May, `{"first_violation":true,"harm":"轻微","corrected_in_time":true}`},
	"适用新规定":            {law.Must, `{"new_rule_lighter":true,"decision_after_amendment":true}`},
	"以行政处罚代替移送":        {law.Refuse, `{"suspected_crime":true}`},
	"批准延期/分期缴纳":        {law.Allow, `{"party_applied":true,"economic_hardship":true,"agency_approved":true}`},
	"因申请复议停止执行处罚决定":    {law.Refuse, `{"review_applied":true,"statutory_exception":false}`},
	"复议期间计算加处罚款":       {law.Refuse, `{"review_pending":true}`},
	"加处罚款继续累加":         {law.Refuse, `{"fine":1000,"surcharge_accrued":1000}`},
	"撤回公开的处罚决定信息":      {law.Must, `{"decision_status":"被撤销"}`},
	"实施查封扣押":           {law.Allow, `{"officers":2,"approved":true,"target":"涉案推车","related_to_case":true,"delegated_to":"无"}`},
	"延长查封扣押期限":         {law.Allow, `{"initial_days":30,"extension_days":30,"approved":true,"complex":true}`},
	"重复查封":             {law.Refuse, `{"already_sealed_by_other_agency":true}`},
	"向当事人收取扣押保管费":      {law.Refuse, `{"amount":10}`},
	"实施行政强制执行":         {law.Refuse, `{"time":"夜间","urgent":false}`},
	"对居民断水断电迫使履行":      {law.Refuse, `{"target":"居民生活"}`},
	"强制拆除违法建筑":         {law.Allow, `{"announced":true,"review_or_suit_period_expired":true,"party_sued":false,"party_applied_review":false,"party_demolished":false,"county_gov_ordered":true}`},
	"立即代履行":            {law.Allow, `{"object":"道路遗洒物","party_can_clear":false}`},
	"代履行费用由谁承担":        {law.Must, `{}`},
	"申请法院强制执行":         {law.Allow, `{"suit_period_expired":true,"party_sued":false,"party_applied_review":false,"performed":false,"demand_served":true,"workdays_since_demand":10,"within_3_months":true,"missing_materials":[]}`},
	"缴纳非诉执行申请费":        {law.NotRequired, `{}`},
	"直接提起行政诉讼":         {law.Allow, `{"act":"普通程序作出的罚款决定","review_done":false}`},
	"向上级主管部门申请复议":      {law.Refuse, `{"agency":"区人民政府工作部门(非垂直管理)"}`},
	"复议适用简易程序":         {law.Allow, `{"amount":3000,"clear":true}`},
	"一审适用简易程序":         {law.Allow, `{"amount":2000,"clear":true}`},
	"仅委托律师出庭应诉":        {law.Refuse, `{"leader_present":false,"staff_present":false,"lawyers":2}`},
	"负责人出庭应诉计为负责人":     {law.Allow, `{"role":"参与分管的负责人"}`},
	"复议被申请人逾期未答复举证的后果": {law.Must, `{"third_party_evidence":false}`},
}

func TestFavourableFactsGiveAPlainAnswer(t *testing.T) {
	j := doorJudge(t)
	for act := range doorActs(t) {
		want, ok := favourable[act]
		if !ok {
			t.Errorf("no favourable facts for %s", act)
			continue
		}
		got := j.Judge(act, law.MustDate("2026-03-02"), lawtest.Facts(t, want.facts))
		if got.Answer != want.answer || len(got.Unknown) > 0 {
			t.Errorf("%s: got %s, open %v, findings %v, want %s", act, got.Answer, got.Unknown, got.Findings, want.answer)
		}
		if want.answer == law.Allow && len(got.Findings) > 0 {
			t.Errorf("%s: allowed with findings %v", act, got.Findings)
		}
	}
}

// TestOnSpotDecisionInAllCombinations compares the rules with article 51 written out once more.
func TestOnSpotDecisionInAllCombinations(t *testing.T) {
	j := doorJudge(t)
	ceilings := map[string]law.Money{"公民": law.Yuan(200), "法人": law.Yuan(3000), "其他组织": law.Yuan(3000)}
	bools := []bool{true, false}
	for officers := int64(1); officers <= 2; officers++ {
		for _, certified := range bools {
			for _, clear := range bools {
				for party, ceiling := range ceilings {
					for _, penalty := range usualTexts["penalty"] {
						for _, amount := range []law.Money{law.Yuan(200), law.Yuan(200) + 1, law.Yuan(3000), law.Yuan(3000) + 1} {
							var f law.Facts
							f.SetNumber(law.Officers, officers, "")
							f.SetBool(law.OfficersCertified, certified, "")
							f.SetBool(law.ShowedID, true, "")
							f.SetBool(law.FactsClear, clear, "")
							f.SetBool(law.HasLegalBasis, true, "")
							f.SetText(law.Party, party, "")
							f.SetText(law.Penalty, penalty, "")
							f.SetMoney(law.MoneyAmount, amount, "")
							lawful := officers >= 2 && certified && clear && (penalty == "警告" || penalty == "罚款" && amount <= ceiling)
							got := j.Judge(ActDecideOnSpot, law.MustDate("2026-03-02"), f)
							if lawful != (got.Answer == law.Allow) || len(got.Unknown) > 0 {
								t.Fatalf("officers %d certified %v clear %v %s %s %s: %s %v", officers, certified, clear, party, penalty, amount, got.Answer, got.Findings)
							}
						}
					}
				}
			}
		}
	}
}

// TestCashInAllCombinations compares the rule with articles 68 and 69 written out once more.
func TestCashInAllCombinations(t *testing.T) {
	j := doorJudge(t)
	for bits := range 128 {
		bit := func(n int) bool { return bits>>n&1 == 1 }
		procedure, amount := "普通", law.Yuan(101)
		if bit(0) {
			procedure = "简易"
		}
		if bit(1) {
			amount = law.Yuan(100)
		}
		var f law.Facts
		f.SetText(law.ProcedureUsed, procedure, "")
		f.SetMoney(law.MoneyAmount, amount, "")
		for n, k := range []law.BoolKey{law.HardToExecuteLater, law.RemoteArea, law.PaymentDifficulty, law.PartyRequested, law.SpecialReceipt} {
			f.SetBool(k, bit(n+2), "")
		}
		lawful := bit(6) && (bit(0) && (bit(1) || bit(2)) || bit(3) && bit(4) && bit(5))
		if got := j.Judge(ActCollectOnSpot, law.MustDate("2026-03-02"), f); lawful != (got.Answer == law.Allow) {
			t.Fatalf("%07b: %s %v", bits, got.Answer, got.Findings)
		}
	}
}

func TestOnSpotCaseFileAsAWhole(t *testing.T) {
	j := doorJudge(t)
	if !j.Knows(ActOnSpotRequirements) || !j.Knows(ActInvestigate) {
		t.Fatal("the rules of org do not guard this package's acts")
	}
	facts := lawtest.Facts(t, fullCase)
	for _, act := range []law.Action{ActInvestigate, ActDecideOnSpot, ActOnSpotRequirements, ActPunish, ActDeliverOnSpot, ActDeliveryRequirements, ActCollectOnSpot, ActCashRequirements, ActFileOnSpot, ActHandInCash, ActClose} {
		if err := j.Judge(act, law.MustDate("2026-03-02"), facts).Enforce(); err != nil {
			t.Errorf("%s: %v", act, err)
		}
	}
	// Every fact of the street counts: without it, at least one act is refused for want of a record.
	for _, name := range strings.Fields("identity_established photos_with_place_time correction_ordered statement_recorded informed party_heard showed_id " +
		"footage_linked power_adopted power_in_force power_verified benchmark_issued tier_named exemption_checked officer_area_covers officer_recused " +
		"auxiliary_handling certified_count subject_competent age no_subjective_fault_proved") {
		fewer := lawtest.Facts(t, without(t, fullCase, name))
		refused := false
		for _, act := range []law.Action{ActInvestigate, ActDecideOnSpot, ActOnSpotRequirements, ActPunish} {
			for _, finding := range j.Judge(act, law.MustDate("2026-03-02"), fewer).Lacks() {
				refused = refused || strings.Contains(finding.Message, law.Words()[name].Label())
			}
		}
		if !refused {
			t.Errorf("a file without %s passes", name)
		}
	}
}

// fullCase is a file with everything: a street vendor fined 100 yuan in cash.
const fullCase = `{"officers":2,"officers_certified":true,"certified_count":2,"showed_id":true,"officer_area_covers":true,"officer_recused":false,
	"auxiliary_handling":false,"officers_signed":2,"facts_clear":true,"has_legal_basis":true,"party":"公民","age":40,"identity_established":true,
	"penalty":"罚款","amount":100,"informed":true,"party_heard":true,"statement_recorded":true,"correction_ordered":true,"corrected_on_spot":true,
	"photos_with_place_time":2,"measurement_required":false,"footage_linked":true,"already_fined_for_same_act":false,"exemption_checked":true,
	"subject_competent":true,"power_adopted":true,"power_in_force":true,"power_verified":true,"penalty_provided":true,"statute_min":0,"statute_max":500,
	"benchmark_exists":true,"benchmark_issued":true,"tier_named":true,"tier_min":50,"tier_max":200,"minor":false,"corrected_in_time":true,"harm":"轻微",
	"no_subjective_fault_proved":false,"violation_start":"2026-03-02","violation_end":"2026-03-02","discovered":"2026-03-02",
	"missing_fields":[],"numbered":true,"party_refused_to_sign":false,"sealed":true,"review_first_told":true,"delivered":true,"change_unserved":false,"refund_due":false,
	"procedure":"简易","special_receipt":true,"receipt_registered":true,"cash_received_apart":true,"hand_in_due":"2026-03-04","handed_in_on":"2026-03-03",
	"record_due":"2026-03-05","recorded_on":"2026-03-03","performed":true,"onspot_recorded":true,"cash_collected":true,"cash_handed_in":true}`

// without returns the JSON object less one member, which it must have.
func without(t *testing.T, object, name string) string {
	t.Helper()
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(object), &members); err != nil {
		t.Fatal(err)
	}
	if _, ok := members[name]; !ok {
		t.Fatalf("fact %s is not in the full case", name)
	}
	delete(members, name)
	b, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
