package casework

import (
	"slices"
	"testing"

	"fadu/internal/law"
)

func TestPartyAsPeopleWriteIt(t *testing.T) {
	for text, want := range map[string]PartyKind{
		"公民": Citizen, "自然人": Citizen, "个人": Citizen, "公民个人": Citizen, " 居民 ": Citizen, "外国人": Citizen, "法定代表人": Citizen, "单位负责人": Citizen, "流动摊贩": Citizen, "citizen": Citizen,
		"个体工商户": SoleTrader, "个体户": SoleTrader, "个体经营者": SoleTrader, "sole_trader": SoleTrader,
		"法人": LegalPerson, "企业": LegalPerson, "公司": LegalPerson, "有限责任公司": LegalPerson, "单位": LegalPerson, "国家机关": LegalPerson, "事业单位": LegalPerson, "法人或者其他组织": LegalPerson, "legal_person": LegalPerson,
		"其他组织": OtherBody, "非法人组织": OtherBody, "个人独资企业": OtherBody, "合伙企业": OtherBody, "律师事务所": OtherBody, "other_organisation": OtherBody,
	} {
		if got, ok := ParseParty(text); !ok || got != want {
			t.Errorf("%q: got %q %v, want %q", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "火星来客", "公民、法人", "公民或者单位"} {
		if got, ok := ParseParty(text); ok {
			t.Errorf("%q is read as %q", text, got)
		}
	}
	for _, k := range []PartyKind{Citizen, SoleTrader, LegalPerson, OtherBody} {
		if got, ok := ParseParty(k.Label()); !ok || got != k {
			t.Errorf("label %q of %q is read as %q", k.Label(), k, got)
		}
	}
}

func TestPenaltiesAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string][]PenaltyKind{
		"罚款": {PenaltyFine}, "警告": {PenaltyWarning}, "罚款、警告": {PenaltyFine, PenaltyWarning}, "警告并处罚款": {PenaltyWarning, PenaltyFine},
		"警告;罚款": {PenaltyWarning, PenaltyFine}, "罚款 200 元": {PenaltyFine}, "警告，责令改正": {PenaltyWarning}, "罚款和罚款": {PenaltyFine},
		"没收违法所得、没收非法财物": {PenaltyGains, PenaltyGoods}, "没收较大价值非法财物": {PenaltyGoods}, "没收": {PenaltyGoods},
		"责令停产停业": {PenaltyBusinessStop}, "停业整顿": {PenaltyBusinessStop}, "吊销营业执照": {PenaltyLicenceRevocation}, "暂扣许可证件": {PenaltyLicenceSuspension},
		"降低资质等级": {PenaltyGradeReduction}, "限制开展生产经营活动": {PenaltyRestriction}, "责令关闭": {PenaltyClosure}, "限制从业": {PenaltyTradeBar}, "行政拘留": {PenaltyDetention}, "通报批评": {PenaltyCriticism},
	} {
		if got := ParsePenalties(text); !slices.Equal(got.Kinds, want) || len(got.Strange) > 0 {
			t.Errorf("%q: got %v, strange %q, want %v", text, got.Kinds, got.Strange, want)
		}
	}
	for _, text := range []string{"", "拖车", "责令改正", "不予罚款", "罚款、拖车"} {
		if got := ParsePenalties(text); len(got.Strange) == 0 {
			t.Errorf("%q is read as %v", text, got.Kinds)
		}
	}
	if !ParsePenalties("较大数额罚款").Large || ParsePenalties("罚款").Large {
		t.Error("a large fine is not told from a fine")
	}
}

// 单行法律写的“责令停业整治”“吊销资质证书”就是行政处罚法第九条的责令停产停业、吊销许可证件。
func TestProvisionsNameTheKindsInTheirOwnWords(t *testing.T) {
	for _, c := range []struct {
		own  string
		kind PenaltyKind
		want bool
	}{
		{"责令停业整治", PenaltyBusinessStop, true},
		{"责令停工整治", PenaltyBusinessStop, true},
		{"责令停业整顿", PenaltyBusinessStop, true},
		{"责令停产整治", PenaltyBusinessStop, true},
		{"限制生产", PenaltyRestriction, true},
		{"吊销资质证书", PenaltyLicenceRevocation, true},
		{"吊销营业执照", PenaltyLicenceRevocation, true},
		{"没收非法财物", PenaltyGoods, true},
		{"没收违法所得", PenaltyGoods, false},
		{"责令限期改正", PenaltyBusinessStop, false},
		{"罚款", PenaltyLicenceSuspension, false},
	} {
		if got := Provides([]string{c.own}, string(c.kind)); got != c.want {
			t.Errorf("%s covers %s: %v", c.own, c.kind, got)
		}
	}
}

func TestHarmAsPeopleWriteIt(t *testing.T) {
	for text, want := range map[string]HarmDegree{
		"无": HarmNone, "没有": HarmNone, "没有造成危害后果": HarmNone, "未造成后果": HarmNone, "none": HarmNone,
		"轻微": HarmSlight, "危害较小": HarmSlight, "影响不大": HarmSlight, "没有严重后果": HarmSlight, "slight": HarmSlight,
		"严重": HarmSome, "有危害后果": HarmSome, "造成严重后果": HarmSome, "无法恢复": HarmSome, "后果不轻": HarmSome, "some": HarmSome,
	} {
		if got, ok := ParseHarm(text); !ok || got != want {
			t.Errorf("%q: got %q %v, want %q", text, got, ok, want)
		}
	}
	if got, ok := ParseHarm("红色"); ok {
		t.Errorf("红色 is read as %q", got)
	}
	for _, h := range []HarmDegree{HarmNone, HarmSlight, HarmSome} {
		if got, ok := ParseHarm(h.Label()); !ok || got != h {
			t.Errorf("label %q is read as %q", h.Label(), got)
		}
	}
}

func TestWordsThatNobodyCanRead(t *testing.T) {
	for _, fact := range []law.TextKey{law.Party, law.Recipient, law.Penalty, law.ProcedureUsed, law.Harm, law.LegalReview, law.DecisionStatus, law.ExecutionTime} {
		if CheckWord(fact.Name(), "嗯嗯") == nil {
			t.Errorf("%s accepts any text", fact.Name())
		}
		for _, usual := range usualTexts[fact.Name()] {
			if err := CheckWord(fact.Name(), usual); err != nil {
				t.Error(err)
			}
		}
	}
	if CheckWord(law.Target.Name(), " ") == nil || CheckWord(law.Target.Name(), "推车") != nil {
		t.Error("a free text is either refused or accepted when empty")
	}
}
