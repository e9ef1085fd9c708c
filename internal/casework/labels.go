package casework

import (
	"slices"
	"strings"
)

// Label returns what the vocabulary and the papers call the kind of party.
func (k PartyKind) Label() string {
	switch k {
	case Citizen:
		return "公民"
	case SoleTrader:
		return "个体工商户"
	case LegalPerson:
		return "法人"
	case OtherBody:
		return "其他组织"
	}
	return string(k)
}

// words maps a word that a text may contain to what it means. Order matters where one word contains
// another: 个人独资企业 is no 个人.
type words[K any] []struct {
	word string
	kind K
}

// find returns the meaning of the first word that the text contains.
func (ws words[K]) find(text string) (kind K, ok bool) {
	for _, w := range ws {
		if strings.Contains(text, w.word) {
			return w.kind, true
		}
	}
	return kind, false
}

// plain removes what people add without changing the meaning: spaces, quotation marks and brackets.
func plain(s string) string {
	return ornament.Replace(strings.TrimSpace(s))
}

var ornament = strings.NewReplacer(" ", "", "　", "", "\t", "", "“", "", "”", "", "\"", "", "「", "", "」", "", "《", "", "》", "")

var partyWords = words[PartyKind]{
	{"个体", SoleTrader},
	{"工商户", SoleTrader},
	{"citizen", Citizen},
	{"sole_trader", SoleTrader},
	{"legal_person", LegalPerson},
	{"other_organisation", OtherBody},
	{"非法人", OtherBody},
	{"其他组织", OtherBody},
	{"其它组织", OtherBody},
	{"个人独资", OtherBody},
	{"合伙企业", OtherBody},
	{"个人合伙", OtherBody},
	{"外国组织", OtherBody},
	// Persons who act for a unit are persons: before the words for units.
	{"法定代表人", Citizen},
	{"责任人", Citizen},
	{"负责人", Citizen},
	{"主管人员", Citizen},
	{"经营者", Citizen},
	{"员工", Citizen},
	{"职工", Citizen},
	{"公民", Citizen},
	{"自然人", Citizen},
	{"个人", Citizen},
	{"居民", Citizen},
	{"市民", Citizen},
	{"村民", Citizen},
	{"外国人", Citizen},
	{"无国籍", Citizen},
	{"流动摊贩", Citizen},
	{"摊贩", Citizen},
	{"摊主", Citizen},
	{"未成年人", Citizen},
	{"法人", LegalPerson},
	{"公司", LegalPerson},
	{"企业", LegalPerson},
	{"单位", LegalPerson},
	{"机关", LegalPerson},
	{"事业单位", LegalPerson},
	{"社会团体", LegalPerson},
	{"社团", LegalPerson},
	{"基金会", LegalPerson},
	{"合作社", LegalPerson},
	{"学校", LegalPerson},
	{"医院", LegalPerson},
	{"政府", LegalPerson},
	{"办事处", LegalPerson},
	{"委员会", LegalPerson},
	{"分支机构", OtherBody},
	{"事务所", OtherBody},
	{"组织", OtherBody},
}

// ParseParty reads a kind of party as people write it (自然人, 个人, 企业, 公司, 单位, 个体户 …). ok is false
// where the text names none or contradicts itself.
func ParseParty(s string) (kind PartyKind, ok bool) {
	text := plain(s)
	for _, sep := range []string{"、", "或者", "或", "/", "，", ",", "和", "及"} {
		// 法人或者其他组织 is one class of parties; 公民、法人 is no answer.
		text = strings.ReplaceAll(text, sep, "|")
	}
	for i, part := range strings.Split(text, "|") {
		k, found := partyWords.find(part)
		if !found || i > 0 && isUnit(k) != isUnit(kind) {
			return "", false
		}
		if i == 0 {
			kind = k
		}
	}
	return kind, true
}

func isUnit(k PartyKind) bool { return k == LegalPerson || k == OtherBody }

// PenaltyKind is a kind of penalty of 行政处罚法第九条.
type PenaltyKind string

// The kinds of penalty. The text of each is its legal name, as vocabulary, papers and records have it.
const (
	PenaltyWarning           PenaltyKind = "警告"
	PenaltyCriticism         PenaltyKind = "通报批评"
	PenaltyFine              PenaltyKind = "罚款"
	PenaltyGains             PenaltyKind = "没收违法所得"
	PenaltyGoods             PenaltyKind = "没收非法财物"
	PenaltyLicenceSuspension PenaltyKind = "暂扣许可证件"
	PenaltyGradeReduction    PenaltyKind = "降低资质等级"
	PenaltyLicenceRevocation PenaltyKind = "吊销许可证件"
	PenaltyRestriction       PenaltyKind = "限制开展生产经营活动"
	PenaltyBusinessStop      PenaltyKind = "责令停产停业"
	PenaltyClosure           PenaltyKind = "责令关闭"
	PenaltyTradeBar          PenaltyKind = "限制从业"
	PenaltyDetention         PenaltyKind = "行政拘留"
)

var penaltyWords = words[PenaltyKind]{
	{"警告", PenaltyWarning},
	{"通报批评", PenaltyCriticism},
	{"罚款", PenaltyFine},
	{"违法所得", PenaltyGains},
	{"没收", PenaltyGoods},
	{"暂扣", PenaltyLicenceSuspension},
	{"降低资质", PenaltyGradeReduction},
	{"资质等级", PenaltyGradeReduction},
	{"吊销", PenaltyLicenceRevocation},
	{"限制开展", PenaltyRestriction},
	{"限制生产", PenaltyRestriction},
	{"停产", PenaltyBusinessStop},
	{"停业", PenaltyBusinessStop},
	{"停工整治", PenaltyBusinessStop},
	{"责令关闭", PenaltyClosure},
	{"关闭", PenaltyClosure},
	{"限制从业", PenaltyTradeBar},
	{"停止执业", PenaltyTradeBar},
	{"拘留", PenaltyDetention},
}

// Penalties is what a text on penalties names.
type Penalties struct {
	Kinds []PenaltyKind
	// Large says that the text itself calls a fine or a confiscation large (较大数额, 较大价值).
	Large bool
	// Strange are the parts that name no penalty.
	Strange []string
}

// Provides reports whether a provision's kinds of penalty, in its own words, cover a kind: 责令停业整治 is 责令停产停业, 吊销资质证书 is
// 吊销许可证件.
func Provides(own []string, kind string) bool {
	return slices.ContainsFunc(own, func(k string) bool {
		return k == kind || ParsePenalties(k).Has(PenaltyKind(kind))
	})
}

// Has reports whether the kind is among those named.
func (p Penalties) Has(k PenaltyKind) bool { return slices.Contains(p.Kinds, k) }

// ParsePenalties reads one or several kinds of penalty as people write them: 罚款, 罚款、警告, 警告并处罚款
// 200元, 没收较大价值非法财物.
func ParsePenalties(s string) Penalties {
	var p Penalties
	var orders []string
	text := plain(s)
	for _, sep := range []string{"、", "，", ",", ";", "；", "+", "/", "并处", "并", "和", "及", "与"} {
		text = strings.ReplaceAll(text, sep, "|")
	}
	for _, part := range strings.Split(text, "|") {
		if part == "" {
			continue
		}
		p.Large = p.Large || strings.Contains(part, "较大")
		k, ok := penaltyWords.find(part)
		if strings.HasPrefix(part, "不") {
			ok = false // 不予罚款 is no fine
		}
		switch {
		case !ok && strings.Contains(part, "改正"):
			orders = append(orders, part) // an order to correct goes with a penalty but is none
		case !ok:
			p.Strange = append(p.Strange, part)
		case !p.Has(k):
			p.Kinds = append(p.Kinds, k)
		}
	}
	if len(p.Kinds)+len(p.Strange) == 0 {
		p.Strange = []string{strings.Join(orders, "、")}
	}
	return p
}

var procedureWords = words[bool]{
	{"非简易", false},
	{"非当场", false},
	{"简易", true},
	{"当场", true},
	{"summary", true},
	{"普通", false},
	{"一般", false},
	{"听证", false},
	{"快速", false},
	{"ordinary", false},
}

// ParseProcedure reads whether a text names the on-the-spot procedure (简易程序); ok is false where it
// names none.
func ParseProcedure(s string) (summary, ok bool) { return procedureWords.find(plain(s)) }

// HarmDegree grades the harm that a violation has done.
type HarmDegree string

// The degrees of harm, as records keep them.
const (
	HarmNone   HarmDegree = "none"
	HarmSlight HarmDegree = "slight"
	HarmSome   HarmDegree = "some"
)

// Label returns what the vocabulary and the papers call the degree.
func (h HarmDegree) Label() string {
	switch h {
	case HarmNone:
		return "无"
	case HarmSlight:
		return "轻微"
	case HarmSome:
		return "有"
	}
	return string(h)
}

var harmWords = words[HarmDegree]{
	{"none", HarmNone},
	{"slight", HarmSlight},
	{"some", HarmSome},
	// What is denied to be slight is some harm; what is denied to be grave is slight at most.
	{"无法", HarmSome},
	{"无可", HarmSome},
	{"未造成严重", HarmSlight},
	{"没有造成严重", HarmSlight},
	{"没造成严重", HarmSlight},
	{"无严重", HarmSlight},
	{"没有严重", HarmSlight},
	{"造成严重", HarmSome},
	{"无重大", HarmSlight},
	{"没有重大", HarmSlight},
	{"无较大", HarmSlight},
	{"没有较大", HarmSlight},
	{"不轻", HarmSome},
	{"非轻微", HarmSome},
	{"并非", HarmSome},
	{"不是", HarmSome},
	{"轻微", HarmSlight},
	{"较轻", HarmSlight},
	{"较小", HarmSlight},
	{"很小", HarmSlight},
	{"不大", HarmSlight},
	{"不严重", HarmSlight},
	{"没有", HarmNone},
	{"无", HarmNone},
	{"未造成", HarmNone},
	{"没造成", HarmNone},
	{"未产生", HarmNone},
	{"零", HarmNone},
	{"严重", HarmSome},
	{"较重", HarmSome},
	{"重大", HarmSome},
	{"较大", HarmSome},
	{"特别", HarmSome},
	{"一般", HarmSome},
	{"恶劣", HarmSome},
	{"有", HarmSome},
	{"造成", HarmSome},
	{"大", HarmSome},
	{"重", HarmSome},
}

// ParseHarm reads a degree of harm as people write it: 无, 没有造成危害后果, 轻微, 严重.
func ParseHarm(s string) (degree HarmDegree, ok bool) { return harmWords.find(plain(s)) }
